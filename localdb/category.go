package localdb

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/rowindex"
)

// Category is what a message can be labelled as.
type Category struct {
	ID        int64
	Name      string // in files, in prompts and in the terminal
	ShownName string // in the window; "" for the name, see Shown
	Kind      string // rag, context, chitchat or custom
	Is        string // what belongs in it
	IsNot     string // what doesn't, and where it belongs instead
	Examples  []string
	Colour    string // #rrggbb
	Key       string // the key that labels a message with it; "" for none
	Target    int    // how many messages it should have
	Training  bool   // false keeps its messages out of training and splits
	Archived  bool   // kept with its messages, but no longer offered
	Position  int    // its place among the categories
	Bank      string // the shipped messages that the built-in writer begins with, as "starter/category"; "" for none
}

// Shown is the name that people read in the window.
func (c Category) Shown() string { return cmp.Or(c.ShownName, c.Name) }

// IsNamed reports whether one of the category's two names is this one, whatever its case.
func (c Category) IsNamed(name string) bool {
	return strings.EqualFold(c.Name, name) || c.ShownName != "" && strings.EqualFold(c.ShownName, name)
}

// Called reports whether a text that people typed is part of one of the category's names.
func (c Category) Called(text string) bool {
	text = rowindex.Fold(strings.TrimSpace(text))
	return strings.Contains(rowindex.Fold(c.Name), text) || strings.Contains(rowindex.Fold(c.ShownName), text)
}

// Categories are those of a dataset.
type Categories []Category

// Named returns the category with a name, as messages have it; where there is none, as that
// of a deleted category, one that has just this name.
func (l Categories) Named(name string) Category {
	if i := slices.IndexFunc(l, func(c Category) bool { return c.Name == name }); i >= 0 {
		return l[i]
	}
	return Category{Name: name}
}

// ErrNoCategory means that a dataset has no such category.
var ErrNoCategory = i18n.Error("the dataset has no such category")

// Categories returns the categories in their order, archived ones included.
func (d *Dataset) Categories(ctx context.Context) (Categories, error) {
	rows, err := d.reader.QueryContext(ctx, `
		SELECT id, name, kind, is_what, is_not, examples, colour, key, target, training, archived, position, bank, shown_name
		FROM categories WHERE deleted = 0 ORDER BY position, id`)
	if err != nil {
		return nil, fmt.Errorf("reading categories: %w", err)
	}
	defer rows.Close()
	var categories Categories
	for rows.Next() {
		var c Category
		var examples []byte
		err := rows.Scan(&c.ID, &c.Name, &c.Kind, &c.Is, &c.IsNot, &examples, &c.Colour, &c.Key, &c.Target, &c.Training, &c.Archived, &c.Position, &c.Bank, &c.ShownName)
		if err == nil {
			err = json.Unmarshal(examples, &c.Examples)
		}
		if err != nil {
			return nil, fmt.Errorf("reading categories: %w", err)
		}
		categories = append(categories, c)
	}
	return categories, rows.Err()
}

// AddCategory adds a category after the others and returns its id. Its ID and
// Position are given here; a kind of "" is custom.
func (d *Dataset) AddCategory(ctx context.Context, c Category) (id int64, err error) {
	err = d.write(ctx, titleAddCategory.With(i18n.Values{"Category": c.Name}), func(tx *writeTx) error {
		if err = tx.checkShown(c.trimmed()); err == nil {
			id, err = tx.addCategory(c)
		}
		return err
	})
	return id, err
}

// addCategory adds a category after the others, as part of a larger change.
func (tx *writeTx) addCategory(c Category) (int64, error) {
	c = c.trimmed()
	if err := tx.queryRow(`SELECT coalesce(max(position), 0) + 1 FROM categories`).Scan(&c.Position); err != nil {
		return 0, err
	}
	id, err := insertCategory(tx.ctx, tx.raw, c)
	if err != nil {
		return 0, err
	}
	return id, tx.recordPresence("categories", 1, idRange{id, id})
}

// UpdateCategory changes everything about a category except its ID; messages follow a
// new name.
func (d *Dataset) UpdateCategory(ctx context.Context, c Category) error {
	c = c.trimmed()
	return d.changeCategory(ctx, titleChangeCategory.With(i18n.Values{"Category": c.Name}), c, columns{
		"name": ":name", "shown_name": ":shownName", "kind": ":kind", "is_what": ":is", "is_not": ":isNot", "examples": ":examples", "colour": ":colour", "key": ":key",
		"target": ":target", "training": ":training", "archived": ":archived", "position": ":position", "bank": ":bank",
	}, args{
		"name": c.Name, "shownName": c.ShownName, "kind": kindOf(c), "is": c.Is, "isNot": c.IsNot, "examples": jsonOf(c.Examples), "colour": c.Colour, "key": c.Key,
		"target": c.Target, "training": c.Training, "archived": c.Archived, "position": c.Position, "bank": c.Bank,
	})
}

// RenameCategory gives a category another name; its messages follow.
func (d *Dataset) RenameCategory(ctx context.Context, id int64, name string) error {
	name = strings.TrimSpace(name)
	return d.changeCategory(ctx, titleRename.With(i18n.Values{"Category": name}), Category{ID: id}, columns{"name": ":name"}, args{"name": name})
}

// ArchiveCategory archives a category, or (false) restores it. Its messages stay.
func (d *Dataset) ArchiveCategory(ctx context.Context, id int64, archived bool) error {
	title := titleArchive
	if !archived {
		title = titleBringBack
	}
	return d.changeCategory(ctx, title, Category{ID: id}, columns{"archived": ":archived"}, args{"archived": archived})
}

func (d *Dataset) changeCategory(ctx context.Context, title i18n.Text, c Category, to columns, values args) error {
	values["id"] = c.ID
	return d.write(ctx, title, func(tx *writeTx) error {
		var there bool
		err := tx.queryRow(`SELECT EXISTS (SELECT 1 FROM categories WHERE id = ? AND deleted = 0)`, c.ID).Scan(&there)
		if err == nil && !there {
			err = ErrNoCategory
		}
		if err == nil {
			err = tx.checkShown(c)
		}
		if err != nil {
			return err
		}
		_, err = tx.change("categories", "id = :id", to, values)
		return nameTaken(err, fmt.Sprint(values["name"]))
	})
}

// MergeCategories moves all messages of one category into another and deletes the
// first. It returns how many messages moved.
func (d *Dataset) MergeCategories(ctx context.Context, from, into string, report Report) (moved int, err error) {
	if from == into {
		return 0, i18n.Error(`"{{.Category}}" can't be merged into itself; choose another category`, i18n.Values{"Category": from})
	}
	err = d.write(ctx, titleMerge.With(i18n.Values{"From": from, "Into": into}), func(tx *writeTx) error {
		tx.progress.report = report
		source, err := tx.categoryID(from)
		if err != nil {
			return err
		}
		target, err := tx.categoryID(into)
		if err != nil {
			return err
		}
		values := args{"from": source, "into": target}
		ids, err := tx.ids(`SELECT id FROM messages WHERE category = :from AND deleted = 0`, values)
		if err != nil {
			return err
		}
		if moved, err = tx.changeMessages(ids, "true", columns{"category": ":into"}, values); err != nil {
			return err
		}
		// A prediction of the other of the two categories no longer disagrees.
		settled := columns{"reads_as": "NULL", "reads_as_score": "NULL", "flags": fmt.Sprintf("flags & ~%d", Mislabelled)}
		if _, err = tx.change("messages", "category = :into AND reads_as IN (:from, :into)", settled, values); err != nil {
			return err
		}
		if _, err = tx.change("messages", "reads_as = :from", columns{"reads_as": ":into"}, values); err != nil {
			return err
		}
		if _, err = tx.update("categories", "deleted = 1 WHERE id = :from", values); err != nil {
			return err
		}
		id := source.(int64)
		return tx.recordPresence("categories", 0, idRange{id, id})
	})
	return moved, err
}

func insertCategories(ctx context.Context, tx *sql.Tx, categories []Category) error {
	for i, c := range categories {
		c.Position = i + 1
		if _, err := insertCategory(ctx, tx, c); err != nil {
			return err
		}
	}
	return nil
}

func insertCategory(ctx context.Context, tx *sql.Tx, c Category) (int64, error) {
	result, err := tx.ExecContext(ctx, `
		INSERT INTO categories (name, shown_name, kind, is_what, is_not, examples, colour, key, target, training, archived, position, bank)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		c.Name, c.ShownName, kindOf(c), c.Is, c.IsNot, jsonOf(c.Examples), c.Colour, c.Key, c.Target, c.Training, c.Archived, c.Position, c.Bank)
	if err != nil {
		return 0, nameTaken(err, c.Name)
	}
	return result.LastInsertId()
}

// trimmed is the category without spaces around its names, and without a shown name that is
// its name.
func (c Category) trimmed() Category {
	c.Name, c.ShownName = strings.TrimSpace(c.Name), strings.TrimSpace(c.ShownName)
	if c.ShownName == c.Name {
		c.ShownName = ""
	}
	return c
}

// checkShown returns an error if people could mean another category by the name under
// which this one is shown.
func (tx *writeTx) checkShown(c Category) error {
	rows, err := tx.query(`SELECT name, shown_name FROM categories WHERE deleted = 0 AND id <> ?`, c.ID)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var other Category
		if err := rows.Scan(&other.Name, &other.ShownName); err != nil {
			return err
		}
		if !strings.EqualFold(other.Name, c.Name) && other.IsNamed(c.Shown()) { // the database refuses the same name
			return i18n.Error(`another category is already shown as "{{.Category}}"; nothing was changed: choose another shown name`, i18n.Values{"Category": c.Shown()})
		}
	}
	return rows.Err()
}

func kindOf(c Category) string {
	if c.Kind == "" {
		return "custom"
	}
	return c.Kind
}

// nameTaken returns an error if a category's name is empty or taken.
func nameTaken(err error, name string) error {
	switch {
	case err == nil:
		return nil
	case strings.Contains(err.Error(), "UNIQUE constraint failed"):
		return i18n.Error(`the category "{{.Category}}" already exists; nothing was changed: choose another name, or merge the two`, i18n.Values{"Category": name})
	case name == "":
		return i18n.Error("a category needs a name; nothing was changed")
	}
	return err
}
