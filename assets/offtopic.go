package assets

import (
	"embed"
	"io/fs"
	"path"
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
		topic := Topic{Language: path.Base(path.Dir(file)), Name: strings.TrimSuffix(path.Base(file), ".txt")}
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
