// Package knowledge is the page that reads passages, from which factual questions are
// written, into the dataset.
package knowledge

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/gen/knowledge"
	"seedbed/kbsource"
	"seedbed/kbsource/document"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/system"
	"seedbed/ui/widget"
)

// passagesRead is how many passages are read at a time: enough for several hundred
// questions.
const passagesRead = 200

// page reads passages from a folder of documents or from PostgreSQL and lists what the
// dataset has.
type page struct {
	window   *shell.Window
	tables   []kbsource.Table
	passages []localdb.Passage
	stored   *shell.Loader

	address, password *widget.Field
	typed             string // the address before its last change
	table, column     *widget.ComboBox
	advanced          *widget.Disclosure
	status            *widget.Text
	statusBox         *widget.Panel
	kept, none        *widget.Text
	list              *widget.List
	read, clear       *widget.Button

	coverage

	leftOut     leftOut
	leftOutText *widget.Text
	leftOutLine *fyne.Container
}

// New returns the page.
func New(w *shell.Window) *shell.Page { return newPage(w).declare() }

func newPage(w *shell.Window) *page {
	p := &page{window: w}
	p.stored = shell.NewLoader(w, lang.L("The passages could not be read"), p.readStored, p.showStored)
	p.asked = shell.NewLoader(w, lang.L("The questions could not be counted"), p.readAsked, p.showAsked)
	p.stating = shell.NewLoader(w, "", p.readStating, p.showStating)
	return p
}

func (p *page) declare() *shell.Page {
	return &shell.Page{ID: shell.Knowledge, Name: lang.L("Knowledge"), Content: p.content, Load: p.stored.Load, Actions: p.actions}
}

func (p *page) actions() []shell.Action {
	return []shell.Action{
		{Menu: shell.DatasetMenu, Name: lang.L("Read a folder of documents…"), Do: p.chooseFolder, Lead: true},
		{Menu: shell.DatasetMenu, Name: lang.L("Read a document…"), Do: p.chooseFile, Lead: true},
		{Name: lang.L("Read passages from a database"), Key: shell.Act, Do: p.readDatabase, Can: func() bool { return !p.read.Disabled() }},
	}
}

func (p *page) content() fyne.CanvasObject {
	p.status, p.kept = widget.Body(""), widget.Heading("")
	p.statusBox = widget.Notice(widget.VBox(8, p.status, p.newLeftOut()))
	p.statusBox.Hide()
	p.read = widget.NewPrimaryButton(lang.L("Read passages"), p.readDatabase).WithKey(shell.ActKey)
	p.clear = widget.NewSmallButton(lang.L("Remove all"), p.removeAll)
	p.list = widget.NewList(func() int { return len(p.shown) }, shell.NewTwoLines, p.showPassage)
	p.list.OnSelected = p.openPassage
	p.none = widget.Muted(lang.L("Nothing was read yet. With passages, factual questions are about your own documents; without, they are general ones."))
	folder := widget.Card(widget.VBox(10, widget.Heading(lang.L("A folder of documents")),
		widget.Muted(lang.L("Markdown, text, HTML, CSV, PDF, Word, PowerPoint, OpenDocument and EPUB documents, cut at headings and paragraphs; also a zip file of them.")),
		widget.Wrap(8, widget.NewButton(lang.L("Choose a folder…"), p.chooseFolder), widget.NewButton(lang.L("Choose a file…"), p.chooseFile))))
	nothing := widget.Card(widget.VBox(10, widget.Heading(lang.L("Nothing")),
		widget.Muted(lang.L("Factual questions are then general ones.")),
		widget.Wrap(8, widget.NewButton(lang.L("Continue without"), func() { p.window.GoTo(shell.Generate) }))))
	database := p.database()
	left := shell.Tall(widget.VBox(16, p.statusBox, folder, widget.Card(database), nothing))
	p.advanced.OnChanged = left.Refresh
	p.right = widget.WithHeader(10, widget.VBox(10, container.NewBorder(nil, nil, nil, p.clear, shell.Centred(p.kept)), p.newCoverage(), fynewidget.NewSeparator()), container.NewStack(p.none, p.list))
	return shell.PageLayout(widget.VBox(4, widget.Title(lang.L("Knowledge")), widget.Muted(lang.L("Where factual questions come from. What is read here is kept in the dataset and works offline."))),
		widget.Columns(16, []float32{50, 50}, left, widget.Card(p.right)))
}

func (p *page) database() fyne.CanvasObject {
	p.address, p.password = widget.NewField(""), widget.NewPasswordField()
	p.table, p.column = widget.NewComboBox(kbsource.DefaultTable), widget.NewComboBox(kbsource.DefaultColumn)
	p.address.SetPlaceHolder("postgres://user@host:5432/database")
	p.address.OnChanged, p.address.OnLeave = p.addressChanged, p.addressLeft
	p.password.SetPlaceHolder(lang.L("kept in the system's keychain"))
	p.table.OnChanged = p.tableChosen
	p.advanced = widget.NewDisclosure(lang.L("Advanced"), widget.VBox(8,
		widget.Muted(lang.L("Where in the database the passages are: a table, and the column of it with their text.")),
		shell.Form(lang.L("Table"), p.table, lang.L("Text column"), p.column)))
	return widget.VBox(10, widget.Heading(lang.L("The database of an assistant")),
		widget.Muted(lang.L("The PostgreSQL database that your assistant answers from. Whoever runs the assistant can give you its address.")),
		shell.Form(lang.L("Address"), p.address, lang.L("Password"), p.password), p.advanced.Object,
		widget.Wrap(8, p.read, widget.NewButton(lang.L("Test and list tables"), p.test)))
}

// stored is what the dataset has: the passages, and the database they came from.
type stored struct {
	address, table, column string
	passages               []localdb.Passage
}

func (p *page) readStored() func(context.Context) (stored, error) {
	data := p.window.Dataset()
	return func(ctx context.Context) (s stored, err error) {
		for key, value := range map[string]*string{
			shell.DatasetKnowledgeAddress: &s.address, shell.DatasetKnowledgeTable: &s.table, shell.DatasetKnowledgeColumn: &s.column,
		} {
			if *value, err = data.Setting(ctx, key); err != nil {
				return s, err
			}
		}
		s.passages, err = data.Passages(ctx)
		return s, err
	}
}

func (p *page) showStored(s stored) {
	if p.address.Text == "" && s.address != "" {
		p.address.SetText(s.address)
		p.table.SetText(s.table)
		p.column.SetText(s.column)
	}
	p.setPassages(s.passages)
	p.kept.SetText(lang.N("{{.N}} passages kept", len(s.passages), map[string]any{"N": shell.Thousands(len(s.passages))}))
	shell.SetVisible(p.clear, len(s.passages) > 0)
	shell.SetVisible(p.none, len(s.passages) == 0)
	p.asked.Load()
}

// source returns the database that the fields describe, and what stores its password once
// a connection has succeeded. Both may wait for the keychain.
func (p *page) source() (open func() (*kbsource.Postgres, error), storePassword func()) {
	p.takePassword()
	address, typed, table, column := strings.TrimSpace(p.address.Text), p.password.Text, p.table.Text, p.column.Text
	keychain, name := p.window.Keychain, system.DatabasePasswordName(address)
	open = func() (*kbsource.Postgres, error) {
		password := typed
		if password == "" {
			password = keychain.Get(name)
		}
		return kbsource.NewPostgres(kbsource.Config{URL: address, Password: password, Table: table, Column: column, Embeddings: true})
	}
	return open, func() {
		if typed != "" {
			keychain.Set(name, typed)
		}
	}
}

// test connects and lists the tables, or explains why that failed.
func (p *page) test() {
	if !p.hasAddress() {
		return
	}
	open, storePassword := p.source()
	var tables []kbsource.Table
	p.setStatus(lang.L("Connecting…"))
	p.window.Jobs.Run(lang.L("Testing the database"), func(ctx context.Context, _ func(shell.Progress)) error {
		database, err := open()
		if err != nil {
			return err
		}
		if tables, err = database.Tables(ctx); err == nil {
			storePassword()
		}
		return err
	}, func(err error) {
		if err != nil {
			p.showFailure(err)
			return
		}
		p.tables = tables
		lines := make([]string, len(tables))
		for i, t := range tables {
			lines[i] = t.Name
			if t.Rows >= 0 {
				lines[i] += rowsSeparator + lang.N("about {{.N}} rows", int(t.Rows), map[string]any{"N": shell.Thousands(int(t.Rows))})
			}
		}
		p.table.SetOptions(lines)
		p.advanced.SetOpen(true) // where one of them is chosen
		p.tableChosen(p.table.Text)
		p.setStatus(p.describeTables())
	})
}

// rowsSeparator separates a table's name and its number of rows in the list.
const rowsSeparator = " · "

// tableChosen reduces a line chosen from the list to the name, and offers the table's
// columns.
func (p *page) tableChosen(line string) {
	if name, _, chosen := strings.Cut(line, rowsSeparator); chosen {
		p.table.SetText(name) // calls tableChosen again
		return
	}
	p.offerColumns(line)
}

// describeTables confirms the connection and lists the database's tables.
func (p *page) describeTables() string {
	for _, t := range p.tables {
		if t.Name == p.table.Text && t.Rows >= 0 {
			return lang.N("Connected. {{.Table}} has about {{.N}} rows.", int(t.Rows), map[string]any{"Table": t.Name, "N": shell.Thousands(int(t.Rows))})
		}
	}
	return lang.N("Connected. {{.N}} tables have text: choose one.", len(p.tables), map[string]any{"N": shell.Thousands(len(p.tables))})
}

func (p *page) offerColumns(table string) {
	for _, t := range p.tables {
		if t.Name != table {
			continue
		}
		p.column.SetOptions(t.Columns)
		if len(t.Columns) > 0 && !slices.Contains(t.Columns, p.column.Text) {
			p.column.SetText(t.Columns[0])
		}
	}
}

func (p *page) readDatabase() {
	if !p.hasAddress() {
		return
	}
	open, storePassword := p.source()
	data := p.window.Dataset()
	bare, _ := kbsource.WithoutPassword(p.address.Text)
	settings := map[string]string{shell.DatasetKnowledgeAddress: bare, shell.DatasetKnowledgeTable: p.table.Text, shell.DatasetKnowledgeColumn: p.column.Text}
	p.readSource(func(context.Context) (kbsource.Source, error) { return open() }, func(ctx context.Context) error {
		storePassword()
		for key, value := range settings {
			if err := data.SetSetting(ctx, key, value); err != nil {
				return err
			}
		}
		return nil
	})
}

func (p *page) chooseFolder() {
	p.window.ChooseFolder(lang.L("Choose a folder of documents"), p.readFolder)
}

func (p *page) chooseFile() {
	p.window.ChooseToOpen(lang.L("Choose a document or a zip file of documents"), append(document.Endings(), ".zip"), p.readFolder)
}

// readFolder reads a folder, a zip file or a document.
func (p *page) readFolder(path string) {
	p.readSource(func(context.Context) (kbsource.Source, error) { return kbsource.OpenFolder(path) },
		func(context.Context) error { return nil })
}

// readSource reads passages into the dataset and then calls remember.
func (p *page) readSource(open func(ctx context.Context) (kbsource.Source, error), remember func(ctx context.Context) error) {
	data, added, left := p.window.Dataset(), 0, leftOut{}
	p.setStatus(lang.L("Reading…"))
	title := lang.L("Reading passages")
	p.window.Jobs.Run(title, func(ctx context.Context, report func(shell.Progress)) error {
		source, err := open(ctx)
		if err != nil {
			return err
		}
		folder, ok := source.(*kbsource.Folder)
		if ok {
			folder.Progress = func(done, total int) { report(shell.Progress{What: title, Done: done, Total: total}) }
		}
		added, err = knowledge.Keep(ctx, data, source, passagesRead)
		if ok {
			left = leftOut{folder.Skipped(), folder.Ignored()}
		}
		if err != nil {
			return err
		}
		return remember(ctx)
	}, func(err error) {
		defer p.setLeftOut(left)
		if err != nil {
			p.showFailure(err)
			return
		}
		if added == 0 {
			p.setStatus(lang.L("Nothing new: the dataset has these passages already."))
		} else {
			p.setStatus(lang.N("{{.N}} new passages are kept in the dataset.", added, map[string]any{"N": shell.Thousands(added)}))
		}
		p.stored.Load()
	})
}

func (p *page) removeAll() {
	data := p.window.Dataset()
	p.window.Jobs.RunSilently(data.ClearPassages, func(err error) {
		if err != nil {
			p.window.Fail(lang.L("The passages could not be removed"), err)
			return
		}
		p.window.Toasts.Show(lang.L("The passages are removed; messages keep theirs"), lang.L("Undo"), p.window.Undo)
	})
}

// setStatus says what is done or was done last.
func (p *page) setStatus(text string) {
	p.setLeftOut(leftOut{})
	p.status.SetText(text)
	p.statusBox.Show()
}

func (p *page) showFailure(err error) {
	if shell.IsStopped(err) {
		p.setStatus(lang.L("Stopped."))
		return
	}
	shell.LogError("reading knowledge", err)
	p.setStatus(shell.Explain(err))
}
