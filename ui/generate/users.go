package generate

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen/phrases"
	"seedbed/gen/profile"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// users is the choice to write as the senders of the dataset's real messages do.
type users struct {
	profiles          profile.Profiles
	loader            *shell.Loader
	like              *widget.Check
	theirs, synthetic *widget.Text
	row               *fyne.Container
}

func (p *page) newUsers() *fyne.Container {
	u := &p.users
	u.like = widget.NewCheck(lang.L("Like your users"), func(bool) { p.updatePlan() })
	u.theirs, u.synthetic = widget.Muted(""), widget.Muted("")
	u.row = widget.VBox(4, u.like, u.theirs, u.synthetic)
	u.row.Hide()
	return u.row
}

// readUsers measures the messages. During a run it doesn't: each batch changes them.
func (p *page) readUsers() func(context.Context) (profile.Profiles, error) {
	data := p.window.Dataset()
	if data == nil || p.window.RunUnderWay() != nil {
		return nil
	}
	return func(ctx context.Context) (profile.Profiles, error) { return profile.Read(ctx, data) }
}

func (p *page) showUsers(profiles profile.Profiles) {
	u := &p.users
	if profiles == u.profiles {
		return
	}
	u.profiles = profiles
	u.theirs.SetText(profileText(lang.L("Real messages"), profiles.Real))
	u.synthetic.SetText(profileText(lang.L("Synthetic messages"), profiles.Synthetic))
	shell.SetVisible(u.synthetic, profiles.Synthetic.Messages > 0)
	shell.SetVisible(u.row, profiles.LikeUsers())
	p.left.Refresh() // the rows below move
	p.updatePlan()
}

// habits are the quotas of a plan; nil where it isn't to be like the users.
func (u *users) habits() *phrases.Habits {
	if !u.like.Checked || !u.profiles.LikeUsers() {
		return nil
	}
	return new(u.profiles.Real.Habits) // a run keeps them while the page shows others
}

// profileText is a profile in the figures that tell most.
func profileText(whose string, of profile.Profile) string {
	return lang.L("{{.Whose}} ({{.N}}): {{.Words}} words on average, {{.Lower}} in lower case, {{.NoMark}} without an end mark, {{.Questions}} questions, {{.Typos}} with typing errors, {{.Emoji}} with emoji", map[string]any{
		"Whose": whose, "N": shell.Thousands(of.Messages), "Words": shell.Decimal(of.Words, 1), "Lower": percent(of.LowerCase), "NoMark": percent(of.NoEndMark),
		"Questions": percent(of.Questions), "Typos": percent(of.Typos), "Emoji": percent(of.Emoji),
	})
}

func percent(share float64) string { return shell.Decimal(100*share, 0) + " %" }

// hasRealMessages reports whether a dataset may have enough of them to be measured.
func hasRealMessages(counts localdb.Counts) bool {
	all := counts.All()
	return all.Source(localdb.Real)-all[localdb.Rejected][localdb.Real] >= profile.Enough
}
