package volume

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestSynchronisedFoldersAreRecognised(t *testing.T) {
	for path, want := range map[string]string{
		"Dropbox/work/x.seedbed":                                          "Dropbox",
		"Dropbox (Acme)/x.seedbed":                                        "Dropbox",
		"OneDrive - Acme Ltd/Documents/Seedbed/x.seedbed":                 "OneDrive",
		"onedrive/x.seedbed":                                              "OneDrive",
		"Google Drive/My Drive/x.seedbed":                                 "Google Drive",
		"Library/Mobile Documents/com~apple~CloudDocs/x.seedbed":          "iCloud Drive",
		"Library/CloudStorage/OneDrive-Personal/x.seedbed":                "OneDrive",
		"Library/CloudStorage/SomeNewDrive-me@example.com/deep/x.seedbed": "SomeNewDrive",
		"Nextcloud/x.seedbed":                                             "Nextcloud",
		"Documents/x.seedbed":                                             "",
		"My OneDrive notes/x.seedbed":                                     "",
	} {
		path = filepath.Join(t.TempDir(), filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if got := Of(path); got.Name != want || (got.Kind == Synchronised) != (want != "") {
			t.Errorf("%s is in %+v, want %q", path, got, want)
		}
	}
	for mark, want := range map[string]string{".stfolder": "Syncthing", ".sync_1a2b3c.db": "Nextcloud", ".dropbox.cache": "Dropbox", "notes.db": ""} {
		root := t.TempDir()
		if err := os.MkdirAll(filepath.Join(root, "a", "b"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, mark), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if got := Of(filepath.Join(root, "a", "b", "x.seedbed")); got.Name != want {
			t.Errorf("below a folder with %s it is in %+v, want %q", mark, got, want)
		}
	}
	t.Setenv("OneDriveCommercial", t.TempDir())
	if got := Of(filepath.Join(os.Getenv("OneDriveCommercial"), "x.seedbed")); got.Name != "OneDrive" {
		t.Errorf("in what Windows calls OneDrive it is in %+v", got)
	}
}

func TestWhyReadOnly(t *testing.T) {
	for err, want := range map[error]string{
		&fs.PathError{Op: "open", Path: "x", Err: readOnlyDrive}:    ReadOnlyDrive.String(),
		&fs.PathError{Op: "open", Path: "x", Err: fs.ErrPermission}: ReadOnlyFile.String(),
		fs.ErrNotExist:       "",
		errors.New("unlike"): "",
	} {
		if why, ok := WhyReadOnly(err, ReadOnlyFile); why.String() != want || ok != (want != "") {
			t.Errorf("%v: %q", err, why)
		}
	}
}
