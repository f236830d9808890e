package ui

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2/lang"

	"seedbed/gen/realdata"
	"seedbed/kbsource"
	"seedbed/localdb/exchange"
	"seedbed/ui/widget"
)

// conversationsRead is how many messages are read out of a database unless a person
// wants more.
const conversationsRead = 2000

// askDatabase asks which table and columns hold the conversations.
func (p *realPage) askDatabase(address string) {
	table, message, role := widget.NewCombo("conversation_history"), widget.NewCombo("message"), widget.NewCombo("role")
	conversation, created := widget.NewCombo("conversation_id"), widget.NewCombo("created_at")
	user, limit := widget.NewField("user"), widget.NewNumber(strconv.Itoa(conversationsRead))
	content := fields(lang.L("Table"), table, lang.L("Messages"), message, lang.L("Who speaks"), role, lang.L("Role to keep"), user,
		lang.L("Conversation"), conversation, lang.X("real.time", "Time"), created, lang.L("At most"), limit)
	widget.ShowDialog(p.app.window.Canvas(), lang.L("Conversations in PostgreSQL"), content,
		widget.NewPrimary(lang.L("Read"), func() {
			most, err := strconv.Atoi(limit.Text)
			if err != nil || most < 1 {
				most = conversationsRead
			}
			p.readDatabase(address, kbsource.ConversationConfig{
				Table: table.Text, Message: message.Text, Role: role.Text, UserRole: user.Text,
				Conversation: conversation.Text, Created: created.Text, Limit: most,
			})
		}), widget.NewButton(lang.L("Cancel"), func() {}))
	p.offerTables(address, table, message, role, conversation, created)
}

// offerTables lists what the database has, for the fields to choose from.
func (p *realPage) offerTables(address string, table *widget.Combo, columns ...*widget.Combo) {
	var tables []kbsource.Table
	keychain := p.app.keychain
	p.app.jobs.quietly(func(ctx context.Context) error {
		source, err := kbsource.NewPostgres(kbsource.Config{URL: address, Password: keychain.get(databaseName(address))})
		if err == nil {
			tables, err = source.Tables(ctx)
		}
		return err
	}, func(err error) {
		if err != nil {
			logError("listing the tables", err) // reading them will tell
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
					for _, column := range columns {
						column.SetOptions(t.Columns)
					}
				}
			}
		}
		table.OnChanged = offer
		offer(table.Text)
	})
}

// databaseName names the password of a database in the keychain.
func databaseName(address string) string { return "database " + address }

// readDatabase reads the turns once and goes on with them as with a file.
func (p *realPage) readDatabase(address string, config kbsource.ConversationConfig) {
	var rows []exchange.Row
	title, keychain := lang.L("Reading conversations"), p.app.keychain
	p.begin(title, func(ctx context.Context, report func(progress)) error {
		source, err := kbsource.NewPostgres(kbsource.Config{URL: address, Password: keychain.get(databaseName(address))})
		if err != nil {
			return err
		}
		for row, err := range realdata.Conversations(ctx, source, config) {
			if err != nil {
				return err
			}
			rows = append(rows, row)
			report(progress{what: title, done: len(rows), total: config.Limit})
		}
		return nil
	}, func(err error) {
		switch {
		case err != nil:
			p.app.fail(lang.L("The conversations could not be read"), err)
		case len(rows) == 0:
			p.app.tell(lang.L("No conversations"), lang.L("{{.Table}} has no messages of the role “{{.Role}}”.", map[string]any{"Table": config.Table, "Role": config.UserRole}))
		default:
			p.open(&realSource{name: config.Table, kept: rows})
		}
	})
}
