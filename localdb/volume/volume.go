// Package volume tells what kind of place a file is in: one that only this computer
// changes, or a network drive or a folder that a program keeps in step with other computers.
package volume

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// Kind is what else may change a file.
type Kind int

// The kinds of places.
const (
	Local        Kind = iota // only programs on this computer
	Network                  // programs on other computers, through a network drive
	Synchronised             // a program that exchanges the folder with other computers
)

// Place is where a file is.
type Place struct {
	Kind Kind
	Name string // of the network's protocol or the program that synchronises; "" for Local
}

// Of returns where the file at a path is, links in which are resolved. The file need not
// exist, but its folder must.
func Of(path string) Place {
	folder := filepath.Dir(path)
	if name := synchroniser(folder); name != "" {
		return Place{Synchronised, name}
	}
	if name := networkType(folder); name != "" {
		return Place{Network, name}
	}
	return Place{}
}

// service is a program that synchronises folders, and how its folders can be recognised:
// by their own names, or by what they hold.
type service struct {
	name    string
	folders []string // in lower case; "x*" are all names that start with x
	holds   []string // patterns of filepath.Match
}

// services are recognised by what their programs document and leave in the folders.
var services = []service{
	{"Dropbox", []string{"dropbox", "dropbox (*", "dropbox-*"}, []string{".dropbox.cache"}},
	{"OneDrive", []string{"onedrive", "onedrive - *", "onedrive-*", "skydrive"}, []string{".849C9593-D756-4E56-8D6E-42412F2A707B"}},
	{"Google Drive", []string{"google drive", "googledrive", "googledrive-*", "google-drive", "my drive"}, []string{".tmp.driveupload", ".tmp.drivedownload"}},
	{"iCloud Drive", []string{"mobile documents", "iclouddrive", "icloud drive", "icloud drive (archive)*"}, nil},
	{"Nextcloud", []string{"nextcloud", "nextcloud-*", "nextcloud[0-9]"}, []string{".nextcloudsync.log", ".sync_*.db", "._sync_*.db"}},
	{"ownCloud", []string{"owncloud", "owncloud-*", "owncloud - *"}, []string{".owncloudsync.log"}},
	{"Syncthing", nil, []string{".stfolder", ".stversions"}},
	{"Box", []string{"box sync", "box-box"}, nil},
	{"MEGA", []string{"megasync", "mega downloads"}, []string{".megaignore"}},
	{"Proton Drive", []string{"proton drive", "protondrive-*"}, nil},
	{"pCloud", []string{"pcloud drive", "pclouddrive", "pcloud sync"}, nil},
	{"Seafile", []string{"seafile"}, []string{"_seafile-ignore.txt", "seafile-ignore.txt"}},
	{"Resilio Sync", []string{"resilio sync"}, []string{".sync/ID"}},
	{"Synology Drive", []string{"synologydrive", "synologydrive-*"}, []string{".SynologyWorkingDirectory"}},
	{"Yandex.Disk", []string{"yandex.disk", "yandexdisk"}, nil},
	{"Tresorit", []string{"tresorit drive", "my tresorit"}, nil},
}

// synchroniser is the name of the program that synchronises a folder; "" for none.
func synchroniser(folder string) string {
	for _, variable := range []string{"OneDrive", "OneDriveConsumer", "OneDriveCommercial"} { // set on Windows
		if root := os.Getenv(variable); root != "" && within(folder, root) {
			return "OneDrive"
		}
	}
	for at := folder; ; at = filepath.Dir(at) {
		name := strings.ToLower(filepath.Base(at))
		for _, s := range services {
			if slices.ContainsFunc(s.folders, func(pattern string) bool { return like(name, pattern) }) ||
				slices.ContainsFunc(s.holds, func(pattern string) bool { return holds(at, pattern) }) {
				return s.name
			}
		}
		parent := filepath.Dir(at)
		if strings.EqualFold(filepath.Base(parent), "CloudStorage") && strings.EqualFold(filepath.Base(filepath.Dir(parent)), "Library") {
			provider, _, _ := strings.Cut(filepath.Base(at), "-")
			return provider // where macOS keeps the folders of all such programs
		}
		if parent == at {
			return ""
		}
	}
}

func like(name, pattern string) bool {
	matches, err := filepath.Match(pattern, name)
	return err == nil && matches
}

// holds reports whether a folder has a file of that pattern.
func holds(folder, pattern string) bool {
	if !strings.ContainsAny(pattern, "*") {
		_, err := os.Lstat(filepath.Join(folder, pattern))
		return err == nil
	}
	dir, err := os.Open(folder)
	if err != nil {
		return false
	}
	defer dir.Close()
	names, _ := dir.Readdirnames(mostNames) // what can't be read isn't known to be synchronised
	return slices.ContainsFunc(names, func(name string) bool { return like(name, pattern) })
}

// mostNames is how many names of a folder are looked at.
const mostNames = 10_000

func within(folder, root string) bool {
	relative, err := filepath.Rel(root, folder)
	if runtime.GOOS == "windows" && err == nil {
		relative = filepath.ToSlash(relative)
	}
	return err == nil && relative != ".." && !strings.HasPrefix(relative, "../")
}
