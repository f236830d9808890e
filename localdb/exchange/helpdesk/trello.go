package helpdesk

import (
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
)

// Trello is a board of Trello with its cards.
var Trello = &exchange.Format{ID: "trello", Name: i18n.T("Trello board"), Extension: ".json"}

var trelloReader = reader(Trello,
	"The cards of a board: the title and what is written below it. The category is a card's label where it has one. Archived cards are skipped.",
	fieldsOf("Trello"), []string{"cards"},
	func(v any) bool { return jsonitems.Has(v, "idList", "name", "desc") },
	func(r *exchange.Reading, item jsonitems.Item) {
		text := strings.TrimSpace(jsonitems.Text(item.Value, "name") + "\n" + jsonitems.Text(item.Value, "desc"))
		if jsonitems.True(item.Value, "closed") {
			r.Skip(0, archived, text)
			return
		}
		var labels []string
		for _, label := range jsonitems.List(item.Value, "labels") {
			if name := first(jsonitems.Text(label, "name"), jsonitems.Text(label)); name != "" {
				labels = append(labels, name)
			}
		}
		row := exchange.Row{Message: text}
		switch len(labels) {
		case 0:
		case 1:
			row.Category = labels[0]
		default:
			r.Note(0, exchange.SeveralLabels, strings.Join(labels, ", ")+": "+text)
		}
		r.Add(row)
	})

var archived = i18n.T("is archived")
