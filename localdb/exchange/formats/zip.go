package formats

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// recognised is a file inside a zip file with the reader for it.
type recognised struct {
	Candidate
	entry *exchange.Entry
	err   error // why it can't be unpacked
}

// entriesOf finds the readers for the files inside a zip file.
func entriesOf(f *exchange.File) (all []recognised) {
	entries, err := f.Entries()
	if err != nil {
		return []recognised{{err: err}}
	}
	for _, entry := range entries {
		all = append(all, recogniseEntry(entry))
	}
	return all
}

func recogniseEntry(entry *exchange.Entry) recognised {
	f, err := entry.Open()
	if err != nil {
		return recognised{entry: entry, err: err}
	}
	defer f.Close()
	if candidates := Recognise(f); len(candidates) > 0 && candidates[0].Sureness >= refuse(f).sureness {
		return recognised{Candidate: candidates[0], entry: entry}
	}
	if !f.IsZip() {
		return recognised{entry: entry}
	}
	inner := entriesOf(f)
	format := mainFormat(inner)
	for _, e := range inner {
		if e.Format == format && format != nil {
			e.Read = func(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
				return readZip(o, entriesOf(f))
			}
			return recognised{Candidate: e.Candidate, entry: entry}
		}
	}
	return recognised{entry: entry, err: firstError(inner)}
}

// readZip reads the files of one format inside a zip file one after another, in the
// order of their names. Where there are several formats, it is the one of which a reader
// is surest, and of several such the one with the most bytes; the other files are skipped.
func readZip(o exchange.Options, all []recognised) (*exchange.Reading, error) {
	for _, e := range all {
		if errors.Is(e.err, exchange.ErrUnpacksTooLarge) || e.err != nil && e.entry == nil {
			return nil, e.err
		}
	}
	inner := readable(all)
	chosen, err := chooseInner(all, o.Inner)
	if err != nil {
		return nil, err
	}
	format := mainFormat(chosen)
	if err := firstError(chosen); format == nil && err != nil {
		return nil, err
	}
	if format == nil {
		return nil, because(i18n.T("none of the files inside the zip file is of a format that is known"))
	}
	files, others := split(all, format, o.Inner)
	first, err := openEntry(files[0], o)
	if err != nil {
		return nil, i18n.Error("{{.File}}: {{.Cause}}", i18n.Values{"File": files[0].entry.Name, "Cause": err})
	}
	facts := first.Facts
	facts.Why, facts.Inner, facts.Files = files[0].Why, inner, nil
	for _, e := range files {
		facts.Files = append(facts.Files, e.entry.Name)
	}
	reading := exchange.NewReading(o, facts, func(r *exchange.Reading) error {
		reportUnread(r, others, o.Inner != nil)
		if err := r.Include(first, files[0].entry.Name); err != nil {
			return err
		}
		for _, e := range files[1:] {
			if r.Stopped() {
				break
			}
			reading, err := openEntry(e, o)
			if err != nil {
				r.RejectPlace(e.entry.Name, err)
				continue
			}
			if err := r.Include(reading, e.entry.Name); err != nil {
				return err
			}
		}
		return nil
	})
	reading.OnClose(first.Close)
	return reading, nil
}

// split parts the files that are read, in the order of their names, from the others: those
// with the chosen names, or those of the format where none were chosen.
func split(all []recognised, format *exchange.Format, chosen []string) (files, others []recognised) {
	for _, e := range all {
		wanted := e.Format == format
		if chosen != nil {
			wanted = slices.Contains(chosen, nameOf(e))
		}
		if wanted && e.err == nil {
			files = append(files, e)
		} else {
			others = append(others, e)
		}
	}
	slices.SortFunc(files, func(a, b recognised) int { return cmp.Compare(a.entry.Name, b.entry.Name) })
	return files, others
}

// reportUnread reports the files of a zip file that are not read, and why.
func reportUnread(r *exchange.Reading, others []recognised, filesChosen bool) {
	for _, e := range others {
		switch {
		case e.err != nil:
			r.RejectPlace(e.entry.Name, e.err)
		case filesChosen:
			r.SkipPlace(e.entry.Name, i18n.T("was not chosen"))
		default:
			r.SkipPlace(e.entry.Name, i18n.T("is in the zip file, but not of the format that is read"))
		}
	}
}

// readable are the names of the files of a zip file that there is a reader for.
func readable(all []recognised) (names []string) {
	for _, e := range all {
		if e.Format != nil && e.err == nil {
			names = append(names, e.entry.Name)
		}
	}
	slices.Sort(names)
	return names
}

// chooseInner gives the files with these names; all where none are given.
func chooseInner(all []recognised, names []string) (chosen []recognised, err error) {
	if names == nil {
		return all, nil
	}
	for _, name := range names {
		i := slices.IndexFunc(all, func(e recognised) bool { return nameOf(e) == name && (e.Format != nil || e.err != nil) })
		if i < 0 {
			return nil, i18n.Error("the zip file has no file that can be read and is called {{.File}}; it has {{.Files}}",
				i18n.Values{"File": name, "Files": strings.Join(readable(all), ", ")})
		}
		if all[i].err != nil {
			return nil, all[i].err
		}
		chosen = append(chosen, all[i])
	}
	return chosen, nil
}

func nameOf(e recognised) string {
	if e.entry == nil {
		return ""
	}
	return e.entry.Name
}

func firstError(all []recognised) error {
	for _, e := range all {
		if e.err != nil {
			return e.err
		}
	}
	return nil
}

func openEntry(e recognised, o exchange.Options) (*exchange.Reading, error) {
	f, err := e.entry.Open()
	if err != nil {
		return nil, err
	}
	o.Format, o.Inner = nil, nil
	reading, err := e.Read(f, o)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	reading.CloseLast(f.Close)
	return reading, nil
}

// generic is the sureness up to which a reader has not found what only its format has.
const generic = 0.8

// mainFormat is the format whose files are read; nil where none can be.
func mainFormat(all []recognised) *exchange.Format {
	type weight struct {
		sureness float64
		bytes    int64
	}
	weights := map[*exchange.Format]weight{}
	for _, e := range all {
		if e.Format != nil {
			w := weights[e.Format]
			// Of formats that many files have, such as CSV and JSON, none comes before another.
			weights[e.Format] = weight{max(w.sureness, e.Sureness, generic), w.bytes + e.entry.Size}
		}
	}
	var best *exchange.Format
	for format, w := range weights {
		if best == nil || cmp.Or(cmp.Compare(w.sureness, weights[best].sureness), cmp.Compare(w.bytes, weights[best].bytes), strings.Compare(best.ID, format.ID)) > 0 {
			best = format
		}
	}
	return best
}
