package exchange

import (
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

// DatasetCard is what a dataset card says: the README.md by which Hugging Face knows
// what the files of a folder are.
type DatasetCard struct {
	Title      string
	Language   string // as in "en"; "" leaves it out
	Licence    string // as Hugging Face writes it, "cc-by-4.0"; "" leaves it out
	Splits     []CardSplit
	Categories []CardCategory
	Synthetic  int // messages that were written for the dataset
	Real       int // messages of users
}

// CardSplit is one file of the dataset.
type CardSplit struct {
	Name     string // train, validation or test
	File     string // its path in the folder, with slashes
	Messages int
}

// CardCategory is one label.
type CardCategory struct {
	Name, Is string // Is says in a sentence what belongs to it
	Messages int
}

// WriteCard writes the card: YAML that names the files of each split and
// the labels, and the same in words for people.
func WriteCard(w io.Writer, c DatasetCard) error {
	var b strings.Builder
	c.metadata(&b)
	c.words(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

func (c DatasetCard) metadata(b *strings.Builder) {
	b.WriteString("---\n")
	if c.Licence != "" {
		fmt.Fprintf(b, "license: %s\n", quoteYAML(c.Licence))
	}
	if c.Language != "" {
		fmt.Fprintf(b, "language:\n- %s\n", quoteYAML(c.Language))
	}
	fmt.Fprintf(b, "pretty_name: %s\ntask_categories:\n- text-classification\ntask_ids:\n- intent-classification\nsize_categories:\n- %s\n",
		quoteYAML(c.Title), sizeCategory(c.Synthetic+c.Real))
	b.WriteString("configs:\n- config_name: default\n  data_files:\n")
	for _, s := range c.Splits {
		fmt.Fprintf(b, "  - split: %s\n    path: %s\n", s.Name, quoteYAML(path.Clean(s.File)))
	}
	b.WriteString("dataset_info:\n  features:\n  - name: message\n    dtype: string\n  - name: category\n    dtype:\n      class_label:\n        names:\n")
	for i, category := range c.Categories {
		fmt.Fprintf(b, "          '%d': %s\n", i, quoteYAML(category.Name))
	}
	b.WriteString("  - name: confidence\n    dtype: float64\n---\n\n")
}

func (c DatasetCard) words(b *strings.Builder) {
	fmt.Fprintf(b, "# %s\n\nMessages of users, each with its category, to train and test an intent classifier on.\n", oneLine(c.Title))
	fmt.Fprintf(b, "%d messages: %d written for this dataset, %d real.\n\n", c.Synthetic+c.Real, c.Synthetic, c.Real)
	b.WriteString("| split | file | messages |\n| --- | --- | ---: |\n")
	for _, s := range c.Splits {
		fmt.Fprintf(b, "| %s | %s | %d |\n", s.Name, oneLine(s.File), s.Messages)
	}
	b.WriteString("\nNear-duplicates and messages of one conversation are never in two splits.\n\n")
	b.WriteString("| category | messages | what it is |\n| --- | ---: | --- |\n")
	for _, category := range c.Categories {
		fmt.Fprintf(b, "| %s | %d | %s |\n", oneLine(category.Name), category.Messages, oneLine(category.Is))
	}
	b.WriteString("\nColumns: `message` (text), `category` (one of those above), `confidence` (0 to 1, how sure the label is).\n")
}

// sizeCategory is Hugging Face's word for a number of rows.
func sizeCategory(n int) string {
	switch {
	case n < 1_000:
		return "n<1K"
	case n < 10_000:
		return "1K<n<10K"
	case n < 100_000:
		return "10K<n<100K"
	case n < 1_000_000:
		return "100K<n<1M"
	default:
		return "1M<n<10M"
	}
}

// quoteYAML writes a text as a double-quoted YAML scalar.
func quoteYAML(s string) string {
	return strconv.QuoteToGraphic(strings.Join(strings.Fields(s), " "))
}

// oneLine keeps a text within a cell of a Markdown table.
func oneLine(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "|", `\|`)
}
