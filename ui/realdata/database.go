package realdata

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"seedbed/assets/number"

	"fyne.io/fyne/v2/lang"

	"seedbed/gen/realdata"
	"seedbed/kbsource"
	"seedbed/localdb"
	"seedbed/localdb/exchange"
	"seedbed/ui/shell"
	"seedbed/ui/system"
	"seedbed/ui/widget"
)

// conversationsRead is how many messages are read out of a database unless a person
// wants more.
const conversationsRead = 2000

// database opens the database at an address, with its password out of the keychain. It may
// wait for that.
func (p *page) database(address string) func() (*kbsource.Postgres, error) {
	keychain := p.window.Keychain
	return func() (*kbsource.Postgres, error) {
		bare, password := kbsource.WithoutPassword(address)
		if password == "" {
			password = keychain.Get(system.DatabasePasswordName(bare))
		}
		return kbsource.NewPostgres(kbsource.Config{URL: address, Password: password})
	}
}

// askDatabase asks which table and columns hold the conversations.
func (p *page) askDatabase(address string) {
	table, message, role := widget.NewComboBox("conversation_history"), widget.NewComboBox("message"), widget.NewComboBox("role")
	conversation, created := widget.NewComboBox("conversation_id"), widget.NewComboBox("created_at")
	user, limit := widget.NewField("user"), widget.NewNumberField(strconv.Itoa(conversationsRead))
	fresh := widget.NewCheck(lang.L("Only what is new or changed since the last merge"), nil)
	fresh.SetChecked(true)
	advanced := widget.NewDisclosure(lang.L("Advanced"), widget.VBox(8,
		widget.Muted(lang.L("Where in the database the conversations are: a table, and the columns of it. A column that the table doesn't have is written as -. Several roles are separated by commas.")),
		shell.Form(lang.L("Table"), table, lang.L("Messages"), message, lang.L("Who speaks"), role, lang.L("Roles to keep"), user,
			lang.L("Conversation"), conversation, lang.X("real.time", "Time"), created)))
	content := widget.VBox(10, shell.Form(lang.L("At most"), widget.HBox(10, widget.FixedWidth(90, limit), widget.Caption(lang.L("messages")))), fresh, advanced.Object)
	dialog := widget.ShowDialog(p.window.Canvas(), lang.L("The conversations of your assistant"), content,
		widget.NewPrimaryButton(lang.L("Read"), func() {
			most, err := number.Turns.Int(limit.Text)
			if err != nil {
				p.window.Tell(lang.L("How many messages?"), lang.L("Nothing was read. “At most” is the number of messages to read, 0 for all. {{.Why}}", map[string]any{"Why": shell.Explain(err)}))
				return
			}
			p.readDatabase(address, kbsource.ConversationConfig{
				Table: table.Text, Message: message.Text, Role: role.Text, UserRole: user.Text,
				Conversation: conversation.Text, Created: created.Text, Limit: most,
			}, fresh.Checked)
		}), widget.NewButton(lang.L("Cancel"), func() {}))
	advanced.OnChanged = dialog.Refresh
	p.offerTables(address, table, message, role, conversation, created)
}

// offerTables lists what the database has, for the fields to choose from.
func (p *page) offerTables(address string, table, message *widget.ComboBox, others ...*widget.ComboBox) {
	var tables []kbsource.Table
	open := p.database(address)
	p.window.Jobs.RunSilently(func(ctx context.Context) error {
		source, err := open()
		if err == nil {
			tables, err = source.Tables(ctx)
		}
		return err
	}, func(err error) {
		if err != nil {
			shell.LogError("listing the tables", err) // reading them will tell
			return
		}
		names := make([]string, len(tables))
		for i, t := range tables {
			names[i] = t.Name
		}
		table.SetOptions(names)
		offer := func(name string) {
			for _, t := range tables {
				if t.Name == name {
					message.SetOptions(t.Columns)
					for _, other := range others {
						other.SetOptions(t.All)
					}
				}
			}
		}
		table.OnChanged = offer
		offer(table.Text)
	})
}

// reading is what a reading of conversations came to.
type reading struct {
	rows  []exchange.Row
	turns kbsource.Turns
	place string // the table and where it is
	fresh bool   // only what is new was read
}

// readDatabase reads the turns once and goes on with them as with a file.
func (p *page) readDatabase(address string, config kbsource.ConversationConfig, fresh bool) {
	var r reading
	title, open, data := lang.L("Reading conversations"), p.database(address), p.window.Dataset()
	p.begin(title, func(ctx context.Context, report func(shell.Progress)) error {
		source, err := open()
		if err != nil {
			return err
		}
		r.place = source.DescribeTable(config.Table)
		if fresh {
			marks, err := conversationMarks(ctx, data)
			if err != nil {
				return err
			}
			config.After = marks[r.place]
			r.fresh = !config.After.IsZero()
		}
		for row, err := range realdata.Conversations(ctx, source, config, &r.turns) {
			if err != nil {
				return err
			}
			r.rows = append(r.rows, row)
			report(shell.Progress{What: title, Done: len(r.rows), Total: config.Limit})
		}
		return nil
	}, func(err error) {
		switch {
		case err != nil:
			p.window.Fail(lang.L("The conversations could not be read"), err)
			p.close()
		case len(r.rows) == 0:
			p.window.Tell(lang.L("No conversations"), r.nothing(config))
			p.close()
		default:
			p.open(&source{name: lang.L("Conversations from the database"), kept: r.rows, reading: r})
		}
	})
}

// nothing says why nothing was read.
func (r reading) nothing(config kbsource.ConversationConfig) string {
	values := map[string]any{"Table": config.Table, "Role": config.UserRole, "N": shell.Thousands(r.turns.Empty), "Roles": strings.Join(r.turns.Others, ", ")}
	switch {
	case r.fresh:
		return lang.L("There is nothing new in the database since the last merge.")
	case r.turns.Empty > 0:
		return lang.L("All {{.N}} rows of the role “{{.Role}}” in {{.Table}} have no text. Pick another column of messages.", values)
	case len(r.turns.Others) > 0:
		return lang.L("{{.Table}} has no messages of the role “{{.Role}}”. Its roles are: {{.Roles}}.", values)
	}
	return lang.L("{{.Table}} has no messages of the role “{{.Role}}”.", values)
}

// describe says what else is to be known of the rows that were read; "" for nothing.
func (r reading) describe() string {
	var parts []string
	if r.turns.Empty > 0 {
		parts = append(parts, lang.N("{{.N}} rows without text left out", r.turns.Empty, map[string]any{"N": shell.Thousands(r.turns.Empty)}))
	}
	if r.turns.Changed > 0 {
		parts = append(parts, lang.L("{{.N}} of them changed since the last merge", map[string]any{"N": shell.Thousands(r.turns.Changed)}))
	}
	if r.fresh && r.turns.More {
		parts = append(parts, lang.L("there are more new ones, for the next merge"))
	}
	if r.fresh && !r.turns.SeesChanges {
		parts = append(parts, lang.L("without a column updated_at, changed messages can't be noticed"))
	}
	return strings.Join(parts, " · ")
}

// conversationMarks are how far each table was read that was merged into the dataset.
func conversationMarks(ctx context.Context, data *localdb.Dataset) (map[string]kbsource.Mark, error) {
	marks := map[string]kbsource.Mark{}
	kept, err := data.Setting(ctx, shell.DatasetConversations)
	if err == nil && kept != "" {
		err = json.Unmarshal([]byte(kept), &marks)
	}
	return marks, err
}

// keepMark remembers how far a table was read, once that is merged.
func (r reading) keepMark(ctx context.Context, data *localdb.Dataset) error {
	if r.turns.Mark.IsZero() {
		return nil
	}
	marks, err := conversationMarks(ctx, data)
	if err != nil {
		return err
	}
	marks[r.place] = r.turns.Mark
	kept, err := json.Marshal(marks)
	if err != nil {
		return err
	}
	return data.SetSetting(ctx, shell.DatasetConversations, string(kept))
}
