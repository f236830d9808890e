// Package rescue gets out of a damaged dataset what can still be read of it. It reads
// the file page by page, without the engine, which gives up at the first broken page,
// and never changes it.
package rescue

import (
	"context"
	"path/filepath"

	"zombiezen.com/go/sqlite"

	"seedbed/assets/i18n"
	"seedbed/localdb"
	"seedbed/localdb/damage"
	"seedbed/localdb/pages"
)

// Count is what became of the rows of one kind.
type Count struct {
	Rescued int  `json:"rescued"`
	Lost    int  `json:"lost"`     // as the gaps tell; rows that were deleted long ago can be among them
	AndMore bool `json:"and_more"` // the end is missing, and nothing tells how many were there
}

// Report is what was rescued. Deleted messages and the undo log are left behind.
type Report struct {
	Messages   Count `json:"messages"`
	Categories Count `json:"categories"` // those of which only the labels are left are lost
	Passages   Count `json:"passages"`
	Runs       Count `json:"runs"`
	// Unlabelled messages had a label or a status that can't be right; they are to be
	// reviewed again.
	Unlabelled int  `json:"unlabelled"`
	Log        bool `json:"log"` // the write-ahead log beside the file was used
}

// Complete reports whether nothing is known to be lost.
func (r Report) Complete() bool {
	for _, c := range []Count{r.Messages, r.Categories, r.Passages, r.Runs} {
		if c.Lost > 0 || c.AndMore {
			return false
		}
	}
	return r.Unlabelled == 0
}

// Rescue makes a new dataset at to of all that can be read of the file at from, which it
// leaves as it is. It never overwrites: where to exists, the error is fs.ErrExist. Report,
// which may be nil, hears how many of the pages are read.
func Rescue(ctx context.Context, from, to string, report func(done, total int)) (r Report, err error) {
	err = localdb.CreateFilled(ctx, to, func(conn *sqlite.Conn) error {
		tables, err := readTables(conn)
		if err != nil {
			return err
		}
		use, err := chooseLog(ctx, from, tables)
		if err != nil {
			return err
		}
		f, err := newFiller(conn)
		if err != nil {
			return err
		}
		s, err := scanFile(ctx, from, use, tables, f.add, report)
		if err != nil {
			return err
		}
		if err := s.nothing(from, f); err != nil {
			return err
		}
		r.Log = use != pages.WithoutLog
		return r.finish(s, f)
	})
	return r, err
}

// scanFile reads all rows of a file.
func scanFile(ctx context.Context, path string, use pages.LogUse, tables []*table, row func(*table, int64, []any) error, report func(done, total int)) (*scan, error) {
	file, err := pages.Open(path, use)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	s := &scan{file: file, tables: tables, row: row, report: report}
	return s, s.run(ctx)
}

// finish mends what refers to rows that are lost, and counts.
func (r *Report) finish(s *scan, f *filler) (err error) {
	byName := map[string]*table{}
	for _, t := range s.tables {
		byName[t.name] = t
	}
	if err := f.dropDeleted(byName["messages"]); err != nil {
		return err
	}
	for name, count := range map[string]*Count{"messages": &r.Messages, "categories": &r.Categories, "passages": &r.Passages, "runs": &r.Runs} {
		if *count, err = f.count(s, byName[name]); err != nil {
			return err
		}
	}
	made, err := f.lostCategories(r.Categories.Lost > 0 || r.Categories.AndMore)
	if err != nil {
		return err
	}
	r.Categories.Lost = max(r.Categories.Lost, made)
	r.Unlabelled = f.repaired
	return f.mendReferences()
}

// chooseLog finds out whether the log beside a file belongs to it, and how much of it to
// use. A log of another dataset or another time is left alone.
func chooseLog(ctx context.Context, path string, tables []*table) (pages.LogUse, error) {
	if !pages.HasLog(path) {
		return pages.WithoutLog, nil
	}
	var samples [3]damage.LogSample
	var sound [3]bool
	for _, use := range []pages.LogUse{pages.WithLog, pages.WithAllLog, pages.WithoutLog} {
		s, err := scanFile(ctx, path, use, tables, func(t *table, id int64, values []any) error {
			if t.name == "messages" {
				samples[use].Add(id, values[1].(string))
			}
			return nil
		}, nil)
		if err != nil {
			return use, err
		}
		sound[use] = s.sound()
	}
	best := pages.WithLog
	if samples[pages.WithAllLog].Len() > samples[best].Len() {
		best = pages.WithAllLog
	}
	without := samples[pages.WithoutLog]
	foreign := sound[pages.WithoutLog] && !samples[best].Follows(without)
	if foreign || sound[pages.WithoutLog] && !sound[pages.WithLog] || !sound[best] && without.Len() > samples[best].Len() {
		return pages.WithoutLog, nil
	}
	return best, nil
}

// nothing explains where nothing was found; the error is nil where something was.
func (s *scan) nothing(path string, f *filler) error {
	found := 0
	stranger := s.file.HasHeader() && s.file.ApplicationID() != localdb.ApplicationID
	for t, n := range f.rescued {
		found += n
		stranger = stranger && (t.name != "messages" || n == 0)
	}
	if found > 0 && !stranger {
		return nil
	}
	values := i18n.Values{"File": filepath.Base(path)}
	if s.file.HasHeader() && !stranger {
		return i18n.Error("{{.File}} is a dataset, but nothing in it can be read any more; no file was written: go back to a backup, if there is one", values)
	}
	kind, err := looksLike(path)
	if err != nil {
		return err
	}
	values["Kind"] = kind
	return i18n.Error("{{.File}} is not a dataset: it is {{.Kind}}; no file was written", values)
}
