package chat

import (
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
)

// Activity is what a person searched for and said, as Google Takeout has it.
var Activity = &exchange.Format{ID: "google-activity", Name: i18n.T("Google activity"), Extension: ".json"}

var activityReader = exchange.Reader{
	Format: Activity, Recognise: recogniseActivity, Read: readActivity,
	About: "MyActivity.json of Google Takeout in English: what was searched for, and said to the Assistant and Gemini. What was visited, viewed and used is skipped.",
}

func recogniseActivity(f *exchange.File) exchange.Evidence {
	return jsonitems.Evidence(jsonitems.Sample(f), func(v any) bool {
		return jsonitems.Has(v, "header", "title", "time", "products")
	}, fieldsOf("Google"))
}

// saidToGoogle begin the titles of what a person wrote or said.
var saidToGoogle = []string{"Searched for ", "Said ", "Asked ", "Asked: ", "Prompted "}

func readActivity(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	items := jsonitems.Open(f)
	return exchange.NewReading(o, exchange.Facts{Format: Activity, Encoding: f.Guess()}, func(r *exchange.Reading) error {
		return items.Each(r, func(item jsonitems.Item) {
			title := jsonitems.Text(item.Value, "title")
			for _, start := range saidToGoogle {
				if text, ok := strings.CutPrefix(title, start); ok && strings.TrimSpace(text) != "" {
					r.Add(exchange.Row{Message: strings.TrimSpace(text), Role: "user", Time: exchange.ParseTime(jsonitems.Text(item.Value, "time"))})
					return
				}
			}
			r.Skip(0, noticeOf("Google"), title)
		})
	}), nil
}
