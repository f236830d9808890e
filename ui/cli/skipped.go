package cli

import "seedbed/kbsource"

// skippedFile is a file that could not be read, for programs.
type skippedFile struct {
	File   string `json:"file"`
	Reason string `json:"reason"`
}

// maxListed is how many skipped files are listed for people; --json has all.
const maxListed = 20

// watchFolder shows how many documents of a folder have been read; the folder may be
// nil.
func (t *terminal) watchFolder(folder *kbsource.Folder) {
	if folder == nil {
		return
	}
	set, end := t.counter()
	folder.Progress = func(done, total int) {
		if set(done); done == total {
			end()
		}
	}
}

// tellSkipped lists the files of a folder that could not be read, and returns them.
func (t *terminal) tellSkipped(folder *kbsource.Folder) (files []skippedFile) {
	if folder == nil {
		return nil
	}
	skipped := folder.Skipped()
	if len(skipped) > 0 {
		t.say("%d of the knowledge's files could not be read:", len(skipped))
	}
	for i, s := range skipped {
		files = append(files, skippedFile{s.Path, s.Reason.String()})
		if i < maxListed {
			t.say("  %s: %s", s.Path, s.Reason)
		}
	}
	if more := len(skipped) - maxListed; more > 0 {
		t.say("  and %d more; --json lists all", more)
	}
	if n := folder.Ignored(); n > 0 {
		t.say("%d hidden files and folders of programs were left out.", n)
	}
	return files
}
