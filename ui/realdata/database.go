package realdata

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2/lang"

	"seedbed/gen/realdata"
	"seedbed/kbsource"
	"seedbed/localdb/exchange"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// conversationsRead is how many messages are read out of a database unless a person
// wants more.
const conversationsRead = 2000

// askDatabase asks which table and columns hold the conversations.
func (p *page) askDatabase(address string) {
	table, message, role := widget.NewComboBox("conversation_history"), widget.NewComboBox("message"), widget.NewComboBox("role")
	conversation, created := widget.NewComboBox("conversation_id"), widget.NewComboBox("created_at")
	user, limit := widget.NewField("user"), widget.NewNumberField(strconv.Itoa(conversationsRead))
	content := shell.Form(lang.L("Table"), table, lang.L("Messages"), message, lang.L("Who speaks"), role, lang.L("Role to keep"), user,
		lang.L("Conversation"), conversation, lang.X("real.time", "Time"), created, lang.L("At most"), limit)
	widget.ShowDialog(p.window.Canvas(), lang.L("Conversations in PostgreSQL"), content,
		widget.NewPrimaryButton(lang.L("Read"), func() {
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
func (p *page) offerTables(address string, table *widget.ComboBox, columns ...*widget.ComboBox) {
	var tables []kbsource.Table
	keychain := p.window.Keychain
	p.window.Jobs.RunSilently(func(ctx context.Context) error {
		source, err := kbsource.NewPostgres(kbsource.Config{URL: address, Password: keychain.Get(databaseName(address))})
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
func (p *page) readDatabase(address string, config kbsource.ConversationConfig) {
	var rows []exchange.Row
	title, keychain := lang.L("Reading conversations"), p.window.Keychain
	p.begin(title, func(ctx context.Context, report func(shell.Progress)) error {
		source, err := kbsource.NewPostgres(kbsource.Config{URL: address, Password: keychain.Get(databaseName(address))})
		if err != nil {
			return err
		}
		for row, err := range realdata.Conversations(ctx, source, config) {
			if err != nil {
				return err
			}
			rows = append(rows, row)
			report(shell.Progress{What: title, Done: len(rows), Total: config.Limit})
		}
		return nil
	}, func(err error) {
		switch {
		case err != nil:
			p.window.Fail(lang.L("The conversations could not be read"), err)
		case len(rows) == 0:
			p.window.Tell(lang.L("No conversations"), lang.L("{{.Table}} has no messages of the role “{{.Role}}”.", map[string]any{"Table": config.Table, "Role": config.UserRole}))
		default:
			p.open(&source{name: config.Table, kept: rows})
		}
	})
}
