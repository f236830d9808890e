package assets

import (
	"embed"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed offtopic
var offTopic embed.FS

// Topic is messages on one everyday topic, written for Seedbed to teach the check model
// what a dataset is not about.
type Topic struct {
	Language string // a code such as "en"
	Name     string // such as "cooking", or Mixed or Nonsense
	Messages []string
	// WordingOnly topics tell which words are foreign to a dataset, and are not for its classifier.
	WordingOnly bool
}

// The names of files that are not of one topic.
const (
	Mixed    = "mixed"    // of many
	Nonsense = "nonsense" // of none: slips of the keyboard, words without a meaning
)

// OffTopic returns the topics that ship inside the program, by language and name;
// offtopic/README.md describes their files.
var OffTopic = sync.OnceValues(func() ([]Topic, error) {
	var topics []Topic
	err := fs.WalkDir(offTopic, "offtopic", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(file) != ".txt" {
			return err
		}
		text, err := offTopic.ReadFile(file)
		if err != nil {
			return err
		}
		folders := strings.Split(path.Dir(file), "/")
		topic := Topic{
			Language: folders[1], Name: strings.TrimSuffix(path.Base(file), ".txt"),
			WordingOnly: slices.Contains(folders[2:], "wording"),
		}
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
				topic.Messages = append(topic.Messages, line)
			}
		}
		topics = append(topics, topic)
		return nil
	})
	return topics, err
})
