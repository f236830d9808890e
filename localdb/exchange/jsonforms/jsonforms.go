// Package jsonforms makes readers of JSON files that are told from others by the fields
// that they have, alone or in a zip file.
package jsonforms

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
)

// Forms are those that a format's files come in.
type Forms struct {
	Format *exchange.Format
	About  string
	Forms  []Form
	// Name takes from a file of a zip file what the others need; may be nil.
	Name func(in *Input, f *exchange.File)
	// Category is the category that a file's name stands for, "" where it says none; may be nil.
	Category func(name string) string
	// After is called after the last file of a zip file; may be nil.
	After func(in *Input)
}

// Form is one of the forms.
type Form struct {
	Has  []string                     // the paths by which it is recognised: keys with dots, * for any key, arrays are no step
	List string                       // the path of the list whose elements are read; "" for those of the file itself, or all of it
	Read func(in *Input, element any) // reads an element
	Left map[string]i18n.Text         // lists that hold no messages, with what they hold
	// Whole reads the file where its elements can't be read one by one; nil otherwise.
	Whole func(in *Input, f *exchange.File) error
}

// Input is a file that is being read.
type Input struct {
	Reading  *exchange.Reading
	Options  exchange.Options
	Place    string            // its name in a zip file; "" for a file of its own
	Line     int               // of the element that is read: the last that was counted
	Category string            // of messages that say none themselves
	Names    map[string]string // categories by what the messages call them
	Kept     any               // what a format keeps from file to file of a zip file
}

// Add gives a message. A name that Names doesn't know is the category itself.
func (in *Input) Add(message, name string) {
	in.Line++
	in.Reading.Add(exchange.Row{Line: in.Line, Place: in.Place, Message: message, Category: cmp.Or(in.Names[name], name, in.Category)})
}

// Skip counts something that is not a message.
func (in *Input) Skip(reason i18n.Text, text string) {
	in.Line++
	in.Reading.Skip(in.Line, reason, text)
}

// Reader makes the format's reader.
func (fs *Forms) Reader() exchange.Reader {
	return exchange.Reader{Format: fs.Format, Recognise: fs.recognise, Read: fs.read, About: fs.About}
}

// recognise tells by its fields whether a file, or one inside a zip file, has a form.
func (fs *Forms) recognise(f *exchange.File) exchange.Evidence {
	if !f.IsZip() {
		if fm := fs.formOf(jsonitems.Root(f)); fm != nil {
			return exchange.Evidence{Sureness: exchange.Sure, Why: i18n.T("it has the fields {{.Fields}}", i18n.Values{"Fields": strings.Join(fm.Has, ", ")})}
		}
		return exchange.Evidence{}
	}
	for _, e := range exchange.Once(f, looked{}, func() []looked { return look(f) }) {
		if fm := fs.formOf(e.root); fm != nil {
			return exchange.Evidence{Sureness: exchange.Sure, Why: i18n.T("{{.File}} in it has the fields {{.Fields}}",
				i18n.Values{"File": e.name, "Fields": strings.Join(fm.Has, ", ")})}
		}
	}
	return exchange.Evidence{}
}

// Bounds on what is unpacked of a zip file to recognise it.
const (
	maxLooked      = 50       // files
	maxLookedBytes = 16 << 20 // of all of them
)

// looked is a JSON file of a zip file and how it begins.
type looked struct {
	name string
	root any
}

// look gives the first JSON files of a zip file.
func look(f *exchange.File) (files []looked) {
	entries, _ := f.Entries() // whoever reads it tells what is wrong with it
	var size int64
	for _, e := range entries {
		if !isJSON(e.Name) || size+e.Size > maxLookedBytes {
			continue
		}
		size += e.Size
		if file, err := e.Open(); err == nil {
			files = append(files, looked{e.Name, jsonitems.Root(file)})
			_ = file.Close() // it was only read
		}
		if len(files) == maxLooked {
			break
		}
	}
	return files
}

// formOf gives the form of a file that begins like that; nil where it has none.
func (fs *Forms) formOf(root any) *Form {
	for i, fm := range fs.Forms {
		if !slices.ContainsFunc(fm.Has, func(path string) bool { return !hasPath(root, strings.Split(path, ".")) }) {
			return &fs.Forms[i]
		}
	}
	return nil
}

// hasPath tells whether a value has a path of keys, in which arrays are no step.
func hasPath(value any, path []string) bool {
	if len(path) == 0 {
		return true
	}
	switch v := value.(type) {
	case []any:
		return slices.ContainsFunc(v, func(e any) bool { return hasPath(e, path) })
	case map[string]any:
		if path[0] != "*" {
			inner, ok := v[path[0]]
			return ok && hasPath(inner, path[1:])
		}
		for _, inner := range v {
			if hasPath(inner, path[1:]) {
				return true
			}
		}
	}
	return false
}

func (fs *Forms) read(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	return exchange.NewReading(o, exchange.Facts{Format: fs.Format, Encoding: f.Guess()}, func(r *exchange.Reading) error {
		in := &Input{Reading: r, Options: o, Names: map[string]string{}}
		if f.IsZip() {
			return fs.readZip(f, in)
		}
		fm := fs.formOf(jsonitems.Root(f))
		if fm == nil {
			return i18n.Error("it holds nothing that can be read as {{.Format}}", i18n.Values{"Format": fs.Format.Name})
		}
		in.Category = fs.category(f.Name)
		return fm.readAll(in, f)
	}), nil
}

func (fs *Forms) category(name string) string {
	if fs.Category == nil {
		return ""
	}
	return fs.Category(name)
}

// readAll reads a file of the form.
func (fm *Form) readAll(in *Input, f *exchange.File) error {
	if fm.Whole != nil {
		return fm.Whole(in, f)
	}
	items := jsonitems.Open(f)
	if fm.List != "" {
		items = jsonitems.Inside(f, fm.List)
	}
	if err := items.Each(in.Reading, func(item jsonitems.Item) { fm.Read(in, item.Value) }); err != nil {
		return err
	}
	for _, list := range slices.Sorted(maps.Keys(fm.Left)) {
		err := jsonitems.Inside(f, list).Each(in.Reading, func(item jsonitems.Item) {
			text, _ := jsonitems.Scalar(item.Value)
			in.Skip(fm.Left[list], cmp.Or(text, jsonitems.Text(item.Value, "text"), jsonitems.Text(item.Value, "name"), jsonitems.Text(item.Value, "value")))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// readZip reads all files of a zip file that have one of the forms.
func (fs *Forms) readZip(f *exchange.File, in *Input) error {
	entries, err := f.Entries()
	if err != nil {
		return err
	}
	entries = slices.DeleteFunc(slices.Clone(entries), func(e *exchange.Entry) bool { return !isJSON(e.Name) })
	if fs.Name != nil {
		for _, e := range entries {
			err := fs.open(e, in, func(f *exchange.File) error {
				fs.Name(in, f)
				return nil
			})
			if err != nil {
				return err
			}
		}
	}
	for _, e := range entries {
		err := fs.open(e, in, func(f *exchange.File) error {
			if fm := fs.formOf(jsonitems.Root(f)); fm != nil {
				return fm.readAll(in, f)
			}
			return nil
		})
		if err != nil || in.Reading.Stopped() {
			return err
		}
	}
	if fs.After != nil {
		fs.After(in)
	}
	return nil
}

// open does something with a file of a zip file.
func (fs *Forms) open(e *exchange.Entry, in *Input, do func(*exchange.File) error) error {
	f, err := e.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	name := fs.category(e.Name)
	in.Place, in.Line, in.Category = e.Name, 0, cmp.Or(in.Names[name], name)
	return do(f)
}

func isJSON(name string) bool {
	extension := path.Ext(name)
	return extension == ".json" || extension == ".jsonl"
}
