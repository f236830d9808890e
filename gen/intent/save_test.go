package intent

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"seedbed/gen/intent/svm"
)

func saved(tb testing.TB, m *Model) []byte {
	tb.Helper()
	var file bytes.Buffer
	if err := m.Save(&file); err != nil {
		tb.Fatal(err)
	}
	return file.Bytes()
}

func load(file []byte) (*Model, error) { return Load(bytes.NewReader(file), int64(len(file))) }

// contents are the files of a zip.
func contents(tb testing.TB, file []byte) map[string][]byte {
	tb.Helper()
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		tb.Fatal(err)
	}
	files := map[string][]byte{}
	for _, entry := range archive.File {
		r, err := entry.Open()
		if err != nil {
			tb.Fatal(err)
		}
		if files[entry.Name], err = io.ReadAll(r); err != nil {
			tb.Fatal(err)
		}
	}
	return files
}

// zipped makes a zip of files, stored or deflated.
func zipped(tb testing.TB, files map[string][]byte, method uint16) []byte {
	tb.Helper()
	var file bytes.Buffer
	archive := zip.NewWriter(&file)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		entry, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := entry.Write(files[name]); err != nil {
			tb.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		tb.Fatal(err)
	}
	return file.Bytes()
}

// small is a model of few words.
func small(tb testing.TB, options Options) *Model {
	tb.Helper()
	return mustTrain(tb, []Example{
		{Text: "hello there", Category: "greet"},
		{Text: "hi you", Category: "greet", Group: -1},
		{Text: "bye now", Category: "part", Group: -1},
		{Text: "see you later", Category: "part", Group: -1},
	}, options)
}

func TestLoadedModelPredictsTheSame(t *testing.T) {
	examples := part(t)
	for name, options := range map[string]Options{"with vectors": {}, "n-grams only": {NGramsOnly: true, Kept: 0.9}} {
		m := mustTrain(t, examples, options)
		file := saved(t, m)
		loaded, err := load(file)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, e := range examples[:100] {
			if a, b := m.Predict(e.Text), loaded.Predict(e.Text); !reflect.DeepEqual(a, b) {
				t.Fatalf("%s: %q: %+v before, %+v after", name, e.Text, a, b)
			}
		}
		if m.Kept() != loaded.Kept() || options.Kept != 0 && m.Kept() != options.Kept {
			t.Errorf("%s: it kept %v before, %v after", name, m.Kept(), loaded.Kept())
		}
		if !bytes.Equal(file, saved(t, loaded)) {
			t.Errorf("%s: saving the loaded model gives another file", name)
		}
		for method, how := range map[uint16]string{zip.Store: "stored", zip.Deflate: "deflated"} {
			if _, err := load(zipped(t, contents(t, file), method)); err != nil {
				t.Errorf("%s: zipped again, %s: %v", name, how, err)
			}
		}
	}
}

func TestLoadRejectsBrokenFiles(t *testing.T) {
	file := saved(t, mustTrain(t, part(t)[:200], Options{}))
	change := func(at int) []byte {
		other := bytes.Clone(file)
		other[at] ^= 0x40
		return other
	}
	files := contents(t, file)
	with := func(name string, content []byte) []byte {
		other := maps.Clone(files)
		other[name] = content
		if len(content) > 1<<24 {
			return zipped(t, other, zip.Deflate)
		}
		return zipped(t, other, zip.Store)
	}
	formWith := func(old, changed string) []byte {
		text := string(files[formFile])
		if !strings.Contains(text, old) {
			t.Fatalf("%s has no %s", formFile, old)
		}
		return with(formFile, []byte(strings.Replace(text, old, changed, 1)))
	}
	without := maps.Clone(files)
	delete(without, weightFile)
	many := map[string][]byte{}
	for i := range 30_000 {
		many[hex.EncodeToString([]byte{byte(i >> 8), byte(i)})] = nil
	}
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"empty":                 {nil, ErrNotModel},
		"a CSV":                 {[]byte("message,category\nhi,greet\n"), ErrNotModel},
		"another zip":           {zipped(t, map[string][]byte{"chat.txt": []byte("hi")}, zip.Deflate), ErrNotModel},
		"another model.json":    {zipped(t, map[string][]byte{formFile: []byte(`{"format": "layers-model"}`)}, zip.Deflate), ErrNotModel},
		"the first format":      {[]byte("SEEDINT\x01abcdefgh"), ErrOtherModel},
		"a later format":        {formWith(`"version": 1`, `"version": 2`), ErrOtherModel},
		"other shorthand":       {formWith(`"asap": "as soon as possible"`, `"asap": "soon"`), ErrOtherModel},
		"other constants":       {formWith(`"farthest": 8`, `"farthest": 9`), ErrOtherModel},
		"a form that isn't one": {with(formFile, []byte(`{"format": "seedbed-intent", "version": 1, "categories": 7}`)), ErrBrokenModel},
		"an endless form":       {with(formFile, bytes.Repeat([]byte(" "), formLimit+1)), ErrBrokenModel},
		"no weights":            {zipped(t, without, zip.Store), ErrBrokenModel},
		"other weights":         {with(weightFile, make([]byte, len(files[weightFile]))), ErrBrokenModel},
		"endless weights":       {with(weightFile, make([]byte, 100<<20)), ErrBrokenModel},
		"a huge shape":          {formWith(`"shape": [`, `"shape": [900000000000,`), ErrBrokenModel},
		"30,000 files":          {zipped(t, many, zip.Store), ErrBrokenModel},
		"head only":             {file[:8], ErrBrokenModel},
		"cut short":             {file[:len(file)/2], ErrBrokenModel},
		"one bit wrong":         {change(len(file) / 2), ErrBrokenModel},
	} {
		if _, err := load(c.file); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestLoadDoesNotReadWhatIsTooLarge(t *testing.T) {
	for _, head := range []string{"PK\x03\x04", "SQLite format 3", ""} {
		file := &counting{ReaderAt: strings.NewReader(head)}
		if _, err := Load(file, 1<<40); !errors.Is(err, ErrNotModel) || file.read > 1<<10 {
			t.Errorf("%q: %v after %d bytes", head, err, file.read)
		}
	}
}

// counting counts the bytes that are asked for.
type counting struct {
	io.ReaderAt
	read int
}

func (c *counting) ReadAt(p []byte, offset int64) (int, error) {
	c.read += len(p)
	return c.ReaderAt.ReadAt(p, offset)
}

func TestSameSeedGivesTheSameBytes(t *testing.T) {
	if a, b := saved(t, small(t, Options{})), saved(t, small(t, Options{})); !bytes.Equal(a, b) {
		t.Error("the same messages and seed give another file")
	}
}

// FuzzLoad gives Load any file.
func FuzzLoad(f *testing.F) {
	file := saved(f, small(f, Options{NGramsOnly: true}))
	f.Add(file)
	f.Add(file[:len(file)/2])
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte(oldMagic))
	f.Fuzz(func(t *testing.T, file []byte) {
		if m, err := load(file); err == nil {
			predicts(t, m)
		}
	})
}

// FuzzUnpack gives it any model.json and any content of one array, with the checksum that
// fits, so that the decoding itself has to stand.
func FuzzUnpack(f *testing.F) {
	models := []map[string][]byte{fewVectors(f, contents(f, saved(f, small(f, Options{})))), contents(f, saved(f, small(f, Options{NGramsOnly: true})))}
	for _, files := range models {
		files[formFile] = edited(files[formFile], func(form map[string]any) {
			for _, long := range []string{"upper", "lower", "word"} {
				form["text"].(map[string]any)[long] = "" // read by other languages only
			}
		})
		if _, err := unpack(folderOf(files)); err != nil {
			f.Fatal(err)
		}
		for _, name := range []string{formFile, hashFile, kindFile, scaleFile} {
			f.Add(files[formFile], name, files[name])
		}
	}
	f.Fuzz(func(t *testing.T, description []byte, name string, content []byte) {
		for _, files := range models {
			files := maps.Clone(files)
			files[formFile] = description
			if files[name] != nil && name != formFile {
				files[name] = content
				files[formFile] = edited(description, func(form map[string]any) { describe(form, name, content) })
			}
			if m, err := unpack(folderOf(files)); err == nil {
				predicts(t, m)
			}
		}
	})
}

// fewVectors leaves a model 50 word vectors of its 40,000.
func fewVectors(tb testing.TB, files map[string][]byte) map[string][]byte {
	tb.Helper()
	const words = 50
	files[wordFile] = bytes.Join(bytes.Split(files[wordFile], []byte("\n"))[:words], []byte("\n"))
	files[vectorFile] = files[vectorFile][:words*svm.MaxDense/3]
	files[vectorScaleFile] = files[vectorScaleFile][:words*4]
	files[formFile] = edited(files[formFile], func(form map[string]any) {
		for _, name := range []string{wordFile, vectorFile, vectorScaleFile} {
			form["files"].(map[string]any)[name].(map[string]any)["shape"].([]any)[0] = words
			describe(form, name, files[name])
		}
	})
	return files
}

// edited changes the fields of a model.json, if it is one.
func edited(description []byte, edit func(form map[string]any)) []byte {
	var form map[string]any
	if json.Unmarshal(description, &form) != nil {
		return description
	}
	edit(form)
	changed, err := json.Marshal(form)
	if err != nil {
		return description
	}
	return changed
}

// describe gives an array in a model.json the checksum of its content.
func describe(form map[string]any, name string, content []byte) {
	files, _ := form["files"].(map[string]any)
	if file, ok := files[name].(map[string]any); ok {
		sum := sha256.Sum256(content)
		file["sha256"] = hex.EncodeToString(sum[:])
	}
}

func folderOf(files map[string][]byte) fs.FS {
	folder := fstest.MapFS{}
	for name, content := range files {
		folder[name] = &fstest.MapFile{Data: content}
	}
	return folder
}

// predicts checks that a model gives numbers.
func predicts(t *testing.T, m *Model) {
	t.Helper()
	const text = "hello, see you later"
	p := m.Predict(text)
	sum := 0.0
	for _, x := range p.Probabilities {
		sum += x
	}
	if p.Category == "" || !(sum > 0.999 && sum < 1.001) {
		t.Errorf("no prediction: %+v", p)
	}
	m.Explain(text)
}
