package localdb

import (
	"context"
	"maps"
	"slices"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/rowindex"
)

// Tags are the tags of a message as the file stores them: in lower case, in the order in
// which they were given, with commas between them.
type Tags string

// ParseTags reads tags with commas, semicolons or line ends between them.
func ParseTags(text string) Tags {
	var tags []string
	for tag := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(",;\n\x00", r) }) {
		tag = rowindex.Fold(strings.Join(strings.Fields(tag), " "))
		if tag != "" && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	return Tags(strings.Join(tags, ","))
}

// List are the tags one by one.
func (t Tags) List() []string {
	if t == "" {
		return nil
	}
	return strings.Split(string(t), ",")
}

// Has reports whether a tag is among them.
func (t Tags) Has(tag string) bool { return slices.Contains(t.List(), tag) }

// With are the tags with those of another message after them.
func (t Tags) With(more Tags) Tags { return ParseTags(string(t) + "," + string(more)) }

// String is the tags for people: with a space after each comma.
func (t Tags) String() string { return strings.ReplaceAll(string(t), ",", ", ") }

// Tags are all tags that messages have, in alphabetical order.
func (d *Dataset) Tags(ctx context.Context) ([]string, error) {
	facets, err := d.Facets(ctx, Filter{})
	return slices.Sorted(maps.Keys(facets.Tags)), err
}

// Label is a person's decision on messages: they have this category ("" takes the
// label away), and those that were still to review are accepted with it. It returns
// how many changed.
func (d *Dataset) Label(ctx context.Context, ids []int64, category string, report Report) (changed int, err error) {
	if category == "" {
		return d.Relabel(ctx, ids, "", Nobody, 0, report)
	}
	err = d.write(ctx, titleLabel, func(tx *writeTx) error {
		tx.progress.report = report
		id, err := tx.categoryID(category)
		if err != nil {
			return err
		}
		changed, err = tx.changeMessages(ids, "true", columns{
			"category": ":category", "confidence": "1", "labelled_by": ":by",
			"flags": "flags & ~:settled", "reads_as": "NULL", "reads_as_score": "NULL", "doubt": "0",
			"status": "CASE status WHEN :waiting THEN :accepted ELSE status END",
		}, args{"category": id, "by": int(ByPerson), "settled": int(fromCheck), "waiting": int(ToReview), "accepted": int(Accepted)})
		tx.title = titleLabelAs.With(i18n.Values{"Messages": countMessages(changed), "Category": category})
		return err
	})
	return changed, err
}

// SetNote gives a message a note; "" removes it.
func (d *Dataset) SetNote(ctx context.Context, id int64, note string) error {
	if note = strings.TrimSpace(note); strings.ContainsRune(note, 0) {
		return errNoText
	}
	return d.write(ctx, titleNote, func(tx *writeTx) error {
		_, err := tx.changeMessages([]int64{id}, "true", columns{"note": ":note"}, args{"note": note})
		return err
	})
}

// Tag adds tags to messages and removes others from them. It returns how many messages changed.
func (d *Dataset) Tag(ctx context.Context, ids []int64, add, remove Tags, report Report) (changed int, err error) {
	err = d.write(ctx, titleTag, func(tx *writeTx) error {
		tx.progress.report = report
		for _, tag := range remove.List() {
			if err := tx.untag(ids, tag); err != nil {
				return err
			}
		}
		for _, tag := range add.List() {
			if err := tx.tag(ids, tag); err != nil {
				return err
			}
		}
		slices.Sort(tx.touched)
		changed = len(slices.Compact(tx.touched))
		tx.title = titleTag.With(messagesOf(changed))
		return nil
	})
	return changed, err
}

// hasTag is an SQL condition; a tag never holds a comma.
const hasTag = `instr(',' || tags || ',', ',' || :tag || ',') > 0`

func (tx *writeTx) tag(ids []int64, tag string) error {
	_, err := tx.changeMessages(ids, "NOT "+hasTag, columns{"tags": "iif(tags = '', :tag, tags || ',' || :tag)"}, args{"tag": tag})
	return err
}

func (tx *writeTx) untag(ids []int64, tag string) error {
	_, err := tx.changeMessages(ids, hasTag, columns{"tags": "trim(replace(',' || tags || ',', ',' || :tag || ',', ','), ',')"}, args{"tag": tag})
	return err
}

// remark is the note and the tags that a row brings for a message which is there.
type remark struct {
	id   int64
	note string
	tags Tags
}

// addRemarks adds tags, and notes where messages have none.
func (tx *writeTx) addRemarks(list []remark) error {
	if len(list) == 0 {
		return nil
	}
	type noted struct {
		ID   int64  `json:"id"`
		Note string `json:"note"`
	}
	var notes []noted
	tagged := map[string][]int64{}
	var tags []string // in the order in which they come
	for _, r := range list {
		if r.note != "" {
			notes = append(notes, noted{r.id, r.note})
		}
		for _, tag := range r.tags.List() {
			if tagged[tag] == nil {
				tags = append(tags, tag)
			}
			tagged[tag] = append(tagged[tag], r.id)
		}
	}
	for _, tag := range tags {
		if err := tx.tag(tagged[tag], tag); err != nil {
			return err
		}
	}
	_, err := tx.execUnrecorded(`
		CREATE TEMP TABLE notes (id INTEGER PRIMARY KEY, note TEXT);
		INSERT OR IGNORE INTO temp.notes SELECT value ->> 'id', value ->> 'note' FROM json_each(?)`, jsonOf(notes))
	if err != nil {
		return err
	}
	_, err = tx.change("messages", "note = '' AND id IN (SELECT id FROM temp.notes)", columns{"note": "(SELECT n.note FROM temp.notes n WHERE n.id = messages.id)"}, args{})
	if err != nil {
		return err
	}
	_, err = tx.execUnrecorded(`DROP TABLE temp.notes`)
	return err
}

var (
	titleNote = i18n.T("Note on a message")
	titleTag  = i18n.T("Tag {{.Messages}}")
)
