package realdata

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen/realdata"
	"seedbed/localdb/pii"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// cleanupCard is the second card: what is left out, and which details are hidden.
type cleanupCard struct {
	page                           *page
	known, near, hide, names, long *widget.Check
	found                          *widget.Text
	look                           *widget.Button
	region                         *widget.Field // the country of phone numbers without a country code
	badRegion                      *widget.Text
	leave                          []string // what a person said is no personal detail
	object                         fyne.CanvasObject
}

// longMessage is how many characters a message to a chat assistant rarely has.
const longMessage = 300

func newCleanupCard(p *page) *cleanupCard {
	c := &cleanupCard{page: p, found: widget.Muted("")}
	check := func(checked bool) *widget.Check {
		box := widget.NewCheck("", nil)
		box.Checked = checked
		box.OnChanged = func(bool) { p.renew() }
		return box
	}
	c.known, c.near, c.hide, c.names, c.long = check(true), check(true), check(true), check(false), check(false)
	c.look = widget.NewButton(lang.L("Look at them…"), c.showDetails)
	c.badRegion = widget.Muted(lang.L("Give the country's two letters, such as DE or BR."))
	c.badRegion.Hide()
	c.region = widget.NewField(lang.L("none"))
	c.region.SetText(languageRegion(p.window.Settings))
	c.region.OnChanged = func(text string) {
		_, err := pii.ParseRegion(text)
		shell.SetVisible(c.badRegion, err != nil)
		if err == nil {
			c.page.renew()
		}
	}
	c.show(realdata.Preview{})
	c.object = widget.VBox(4, widget.Heading(lang.L("2 · Clean up")), widget.VBox(-6, c.known, c.near, c.hide,
		indented(container.NewBorder(nil, nil, nil, widget.HBox(0, c.look), shell.Centred(c.found))), indented(c.names),
		indented(widget.VBox(0, widget.Wrap(8, shell.Centred(widget.Caption(lang.L("Country for phone numbers"))), widget.FixedWidth(70, c.region)), c.badRegion)), c.long))
	return c
}

// cleaning is what the card says.
func (c *cleanupCard) cleaning(roles []string) realdata.Cleaning {
	return realdata.Cleaning{
		Roles: roles, Hide: c.hide.Checked, Names: c.names.Checked, Leave: slices.Clone(c.leave),
		Longest: longMessage, SkipLong: c.long.Checked, Region: c.country(),
	}
}

// languageRegion is the country whose national phone numbers are recognised unless a person
// names another: that of the window's language.
func languageRegion(settings *shell.Settings) string {
	language := settings.Language()
	if language == "" {
		language = lang.SystemLocale().String()
	}
	return pii.RegionOf(language)
}

// country is the one that the card says; "" where what was typed is none.
func (c *cleanupCard) country() string {
	region, err := pii.ParseRegion(c.region.Text)
	if err != nil {
		return ""
	}
	return region
}

func (c *cleanupCard) show(p realdata.Preview) {
	n := func(n int) map[string]any { return map[string]any{"N": shell.Thousands(n), "Most": longMessage} }
	c.known.SetText(lang.L("Skip messages already in the dataset ({{.N}})", n(p.Known)))
	c.near.SetText(lang.L("Skip near-duplicates ({{.N}})", n(p.Near)))
	c.hide.SetText(lang.L("Hide personal details"))
	c.names.SetText(lang.L("Hide names as well (not every name is recognised)"))
	c.long.SetText(lang.L("Skip messages longer than {{.Most}} characters ({{.N}})", n(p.TooLong)))
	shell.SetVisible(c.look, len(p.Details) > 0)
	c.found.SetText(foundText(p.Details))
}

// foundText counts the personal details of each kind.
func foundText(details []realdata.FoundDetail) string {
	var parts []string
	for _, kind := range pii.Kinds {
		n := 0
		for _, d := range details {
			if d.Kind == kind && !d.Left {
				n += d.Count
			}
		}
		if n > 0 {
			parts = append(parts, kindCount(kind, n))
		}
	}
	if len(parts) == 0 {
		return lang.L("None were found.")
	}
	return strings.Join(parts, ", ")
}

func kindCount(kind pii.Kind, n int) string {
	count := map[string]any{"N": shell.Thousands(n)}
	switch kind {
	case pii.Email:
		return many(n, lang.L("1 email"), lang.L("{{.N}} emails", count))
	case pii.Phone:
		return many(n, lang.L("1 phone number"), lang.L("{{.N}} phone numbers", count))
	case pii.Card:
		return many(n, lang.L("1 card number"), lang.L("{{.N}} card numbers", count))
	case pii.IBAN:
		return many(n, lang.L("1 bank account"), lang.L("{{.N}} bank accounts", count))
	case pii.IP:
		return many(n, lang.L("1 IP address"), lang.L("{{.N}} IP addresses", count))
	case pii.ID:
		return many(n, lang.L("1 national ID"), lang.L("{{.N}} national IDs", count))
	case pii.Secret:
		return many(n, lang.L("1 password or key"), lang.L("{{.N}} passwords or keys", count))
	case pii.MAC:
		return many(n, lang.L("1 MAC address"), lang.L("{{.N}} MAC addresses", count))
	case pii.Location:
		return many(n, lang.L("1 location"), lang.L("{{.N}} locations", count))
	case pii.URL:
		return many(n, lang.L("1 link"), lang.L("{{.N}} links", count))
	case pii.Handle:
		return many(n, lang.L("1 handle"), lang.L("{{.N}} handles", count))
	default:
		return many(n, lang.L("1 name"), lang.L("{{.N}} names", count))
	}
}

// showDetails lists what is hidden; what is no personal detail can be left as it is.
func (c *cleanupCard) showDetails() {
	details, left := c.page.preview.Details, map[string]bool{}
	for _, d := range details {
		left[d.Text] = d.Left
	}
	list := widget.NewList(func() int { return len(details) }, newDetailRow, nil)
	list.UpdateItem = func(i int, o fyne.CanvasObject) {
		if row, ok := o.(*detailRow); ok && i < len(details) {
			row.show(details[i], !left[details[i].Text], func(hide bool) { left[details[i].Text] = !hide })
		}
	}
	list.HideSeparators = true
	content := container.NewBorder(widget.Muted(lang.L("Take the tick away from what is no personal detail: it then stays in the messages as it is.")), nil, nil, nil,
		atLeast(320, list))
	widget.ShowDialog(c.page.window.Canvas(), lang.L("Hidden personal details"), content,
		widget.NewPrimaryButton(lang.L("Apply"), func() {
			c.leave = nil
			for _, d := range details {
				if left[d.Text] {
					c.leave = append(c.leave, d.Text)
				}
			}
			c.page.renew()
		}),
		widget.NewButton(lang.L("Cancel"), func() {}))
}

// detailRow is one personal detail with the message it stands in.
type detailRow struct {
	shell.ListRow
	hide *widget.Check
	in   *widget.Text
}

func newDetailRow() fyne.CanvasObject {
	r := &detailRow{hide: widget.NewCheck("", nil), in: widget.MutedLine("")}
	r.Body = widget.Columns(8, []float32{45, 55}, r.hide, shell.Centred(r.in))
	r.ExtendBaseWidget(r)
	return r
}

func (r *detailRow) show(d realdata.FoundDetail, hidden bool, changed func(hide bool)) {
	r.hide.OnChanged = nil
	r.hide.SetText(d.Text)
	r.hide.SetChecked(hidden)
	r.hide.OnChanged = changed
	r.in.SetText(shell.OneLine(d.In))
}

// many is the first text for one of something, and the second for another number.
func many(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return more
}

// indented puts something under the words of a box to tick.
func indented(o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(nil, nil, widget.FixedWidth(30, widget.VBox(0)), nil, o)
}
