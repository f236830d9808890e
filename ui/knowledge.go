package ui

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/gen"
	"seedbed/kbsource"
	"seedbed/localdb"
	"seedbed/ui/widget"
)

// How many passages are read at a time: enough for several hundred questions.
const passagesRead = 200

// What a dataset remembers of where its knowledge came from. Never a password.
const (
	settingKnowledgeAddress = "knowledge.address"
	settingKnowledgeTable   = "knowledge.table"
	settingKnowledgeColumn  = "knowledge.column"
)

// knowledge is where the facts come from: a folder, PostgreSQL, or nowhere. What
// was read stays in the dataset and works offline.
type knowledge struct {
	app      *app
	tables   []kbsource.Table
	passages []localdb.Passage

	address, password *widget.Field
	table, column     *widget.ComboBox
	said              *widget.Text
	saidBox           *widget.Panel
	kept, none        *widget.Text
	list              *fynewidget.List
	read, clear       *widget.Button
}

func newKnowledge(a *app) page { return &knowledge{app: a} }

func (k *knowledge) content() fyne.CanvasObject {
	k.said, k.kept = widget.Body(""), widget.Heading("")
	k.saidBox = widget.Notice(k.said)
	k.saidBox.Hide()
	k.read = widget.NewPrimaryButton(lang.L("Read passages"), k.readDatabase).WithKey(actKey)
	k.clear = widget.NewSmallButton(lang.L("Remove all"), k.removeAll)
	k.list = fynewidget.NewList(func() int { return len(k.passages) }, newTwoLines, k.showPassage)
	k.list.OnSelected = k.openPassage
	k.none = widget.Muted(lang.L("Nothing was read yet. With passages, factual questions are about your own documents; without, they are general questions about work and careers."))
	folder := widget.Card(widget.VBox(10, widget.Heading(lang.L("A folder of documents")),
		widget.Muted(lang.L("Markdown, text, HTML, CSV, PDF and Word documents, cut at headings and paragraphs.")),
		widget.Wrap(8, widget.NewButton(lang.L("Choose a folder…"), k.chooseFolder))))
	nothing := widget.Card(widget.VBox(10, widget.Heading(lang.L("Nothing")),
		widget.Muted(lang.L("Factual questions are then general questions about work and careers.")),
		widget.Wrap(8, widget.NewButton(lang.L("Continue without"), func() { k.app.goTo(atGenerate) }))))
	left := tall(widget.VBox(16, k.saidBox, folder, widget.Card(k.database()), nothing))
	right := widget.Card(widget.WithHeader(10, widget.VBox(10, container.NewBorder(nil, nil, nil, k.clear, centred(k.kept)), fynewidget.NewSeparator()), container.NewStack(k.none, k.list)))
	return framed(widget.VBox(4, widget.Title(lang.L("Knowledge")), widget.Muted(lang.L("Where factual questions come from. What is read here is kept in the dataset and works offline."))),
		widget.Columns(16, []float32{50, 50}, left, right))
}

func (k *knowledge) database() fyne.CanvasObject {
	k.address, k.password = widget.NewField(""), widget.NewPasswordField()
	k.table, k.column = widget.NewComboBox(kbsource.DefaultTable), widget.NewComboBox(kbsource.DefaultColumn)
	k.address.SetPlaceHolder("postgres://user@host:5432/database")
	k.address.OnChanged = k.takePassword
	k.password.SetPlaceHolder(lang.L("kept in the system's keychain"))
	k.table.OnChanged = k.choseTable
	return widget.VBox(10, widget.Heading(lang.L("PostgreSQL")),
		fields(lang.L("Address"), k.address, lang.L("Password"), k.password, lang.L("Table"), k.table, lang.L("Text column"), k.column),
		widget.Wrap(8, k.read, widget.NewButton(lang.L("Test and list tables"), k.test)))
}

// inAddress finds a password among key=value pairs, as libpq takes them too.
var inAddress = regexp.MustCompile(`\s*\bpassword\s*=\s*('(?:[^'\\]|\\.)*'|\S+)(\s|$)`)

// takePassword moves a password out of an address that was pasted with one.
func (k *knowledge) takePassword(address string) {
	bare, password := kbsource.WithoutPassword(address)
	if at := inAddress.FindStringSubmatchIndex(address); at != nil && password == "" && at[4] < at[5] {
		password = strings.Trim(address[at[2]:at[3]], "'")
		bare = strings.TrimSpace(address[:at[0]] + " " + address[at[1]:])
	}
	if password == "" {
		return
	}
	k.password.SetText(password)
	k.address.SetText(bare)
}

func (k *knowledge) shown() {
	data := k.app.data
	var address, table, column string
	var passages []localdb.Passage
	k.app.jobs.quietly(func(ctx context.Context) (err error) {
		for key, value := range map[string]*string{settingKnowledgeAddress: &address, settingKnowledgeTable: &table, settingKnowledgeColumn: &column} {
			if *value, err = data.Setting(ctx, key); err != nil {
				return err
			}
		}
		passages, err = data.Passages(ctx)
		return err
	}, func(err error) {
		if err != nil {
			k.app.fail(lang.L("The passages could not be read"), err)
			return
		}
		if k.address.Text == "" && address != "" {
			k.address.SetText(address)
			k.table.SetText(table)
			k.column.SetText(column)
		}
		k.passages = passages
		k.kept.SetText(lang.L("{{.N}} passages kept", map[string]any{"N": thousands(len(passages))}))
		setVisible(k.clear, len(passages) > 0)
		setVisible(k.none, len(passages) == 0)
		k.list.Refresh()
	})
}

// source is the database that the fields describe, and how to keep its password once
// it has proved right; both may ask the keychain.
func (k *knowledge) source() (open func() (*kbsource.Postgres, error), proved func()) {
	address, typed, table, column := strings.TrimSpace(k.address.Text), k.password.Text, k.table.Text, k.column.Text
	keychain, name := k.app.keychain, "database "+address
	open = func() (*kbsource.Postgres, error) {
		password := typed
		if password == "" {
			password = keychain.get(name)
		}
		return kbsource.NewPostgres(kbsource.Config{URL: address, Password: password, Table: table, Column: column, Embeddings: true})
	}
	return open, func() {
		if typed != "" {
			keychain.set(name, typed)
		}
	}
}

// test connects, lists the tables, and says exactly what is wrong where that fails.
func (k *knowledge) test() {
	if !k.hasAddress() {
		return
	}
	open, proved := k.source()
	var tables []kbsource.Table
	k.say(lang.L("Connecting…"))
	k.app.jobs.run(lang.L("Testing the database"), func(ctx context.Context, _ func(progress)) error {
		p, err := open()
		if err != nil {
			return err
		}
		if tables, err = p.Tables(ctx); err == nil {
			proved()
		}
		return err
	}, func(err error) {
		if err != nil {
			k.failed(err)
			return
		}
		k.tables = tables
		lines := make([]string, len(tables))
		for i, t := range tables {
			lines[i] = t.Name
			if t.Rows >= 0 {
				lines[i] += rowsAfter + lang.L("about {{.N}} rows", map[string]any{"N": thousands(int(t.Rows))})
			}
		}
		k.table.SetOptions(lines)
		k.choseTable(k.table.Text)
		k.say(k.found())
	})
}

// rowsAfter stands between a table's name and its rows in the list.
const rowsAfter = " · "

// choseTable takes the name out of a chosen line and offers the table's columns.
func (k *knowledge) choseTable(line string) {
	if name, _, chosen := strings.Cut(line, rowsAfter); chosen {
		k.table.SetText(name) // which comes back here
		return
	}
	k.offerColumns(line)
}

func (k *knowledge) hasAddress() bool {
	if strings.TrimSpace(k.address.Text) != "" {
		return true
	}
	k.say(lang.L("Give the database's address first, such as postgres://user@host:5432/database."))
	k.app.window.Canvas().Focus(k.address)
	return false
}

// found says what the database has to offer.
func (k *knowledge) found() string {
	for _, t := range k.tables {
		if t.Name == k.table.Text && t.Rows >= 0 {
			return lang.L("It works. {{.Table}} has about {{.N}} rows.", map[string]any{"Table": t.Name, "N": thousands(int(t.Rows))})
		}
	}
	return lang.L("It works. There are {{.N}} tables with text: choose one.", map[string]any{"N": thousands(len(k.tables))})
}

func (k *knowledge) offerColumns(table string) {
	for _, t := range k.tables {
		if t.Name != table {
			continue
		}
		k.column.SetOptions(t.Columns)
		if len(t.Columns) > 0 && !slices.Contains(t.Columns, k.column.Text) {
			k.column.SetText(t.Columns[0])
		}
	}
}

// act does what the page is for with the address that stands there.
func (k *knowledge) act() { k.readDatabase() }

func (k *knowledge) readDatabase() {
	if !k.hasAddress() {
		return
	}
	open, proved := k.source()
	data := k.app.data
	keep := map[string]string{settingKnowledgeAddress: strings.TrimSpace(k.address.Text), settingKnowledgeTable: k.table.Text, settingKnowledgeColumn: k.column.Text}
	k.keepFrom(func(context.Context) (kbsource.Source, error) { return open() }, func(ctx context.Context) error {
		proved()
		for key, value := range keep {
			if err := data.SetSetting(ctx, key, value); err != nil {
				return err
			}
		}
		return nil
	})
}

func (k *knowledge) chooseFolder() {
	k.app.chooseFolder(lang.L("Choose a folder of documents"), k.readFolder)
}

func (k *knowledge) readFolder(path string) {
	k.keepFrom(func(context.Context) (kbsource.Source, error) { return kbsource.OpenFolder(path) },
		func(context.Context) error { return nil })
}

// keepFrom reads passages and keeps them in the dataset; proved is called once that
// went well.
func (k *knowledge) keepFrom(open func(ctx context.Context) (kbsource.Source, error), proved func(ctx context.Context) error) {
	data, added := k.app.data, 0
	k.say(lang.L("Reading…"))
	k.app.jobs.run(lang.L("Reading passages"), func(ctx context.Context, _ func(progress)) error {
		source, err := open(ctx)
		if err != nil {
			return err
		}
		if added, err = gen.KeepPassages(ctx, data, source, passagesRead); err != nil {
			return err
		}
		return proved(ctx)
	}, func(err error) {
		if err != nil {
			k.failed(err)
			return
		}
		if added == 0 {
			k.say(lang.L("Nothing new: the dataset has these passages already."))
		} else {
			k.say(lang.L("{{.N}} new passages are kept in the dataset.", map[string]any{"N": thousands(added)}))
		}
		k.shown()
	})
}

func (k *knowledge) removeAll() {
	data := k.app.data
	k.app.jobs.quietly(data.ClearPassages, func(err error) {
		if err != nil {
			k.app.fail(lang.L("The passages could not be removed"), err)
			return
		}
		k.app.toasts.Show(lang.L("The passages are removed; messages keep theirs"), lang.L("Undo"), k.app.undo)
	})
}

func (k *knowledge) say(text string) {
	k.said.SetText(text)
	k.saidBox.Show()
}

func (k *knowledge) failed(err error) {
	if stopped(err) {
		k.say(lang.L("Stopped."))
		return
	}
	logError("reading knowledge", err)
	k.say(explanation(err))
}

// showPassage shows a passage's heading and how it begins.
func (k *knowledge) showPassage(i fynewidget.ListItemID, o fyne.CanvasObject) {
	row, ok := o.(*twoLines)
	if !ok || i >= len(k.passages) {
		return
	}
	p := k.passages[i]
	title := p.Title
	if title == "" {
		title = p.Origin
	}
	row.first.SetText(shortened(title, passageCut))
	row.second.SetText(shortened(strings.ReplaceAll(p.Text, "\n", " "), passageCut))
}

// passageCut is how many characters of a passage its line can show at most.
const passageCut = 160

// openPassage shows all of a passage.
func (k *knowledge) openPassage(i fynewidget.ListItemID) {
	k.list.Unselect(i)
	if i < len(k.passages) {
		p := k.passages[i]
		k.app.tell(shortened(p.Title, passageCut), p.Text+"\n\n"+p.Origin)
	}
}
