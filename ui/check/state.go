package check

import (
	"context"

	"seedbed/gen"
	"seedbed/gen/check"
	"seedbed/gen/profile"
	"seedbed/localdb"
)

// state is what the page shows, as it was read from the dataset.
type state struct {
	categories localdb.Categories
	checks     []check.Result // the newest first
	mistakes   []localdb.Message
	kept       float64  // what the out-of-scope threshold keeps
	outOfScope int      // messages that look as if they belonged to no category
	holdout    int      // messages in the holdout
	realCount  int      // labelled real messages that are not rejected
	messages   int      // labelled messages that are not rejected
	help       gen.Plan // what helps the weakest category
	compared   *check.Comparison
	profiles   profile.Profiles // how real and synthetic messages are written
}

func (p *page) readState() func(context.Context) (state, error) {
	data := p.window.Dataset()
	if data == nil {
		return nil
	}
	return func(ctx context.Context) (state, error) { return readChecks(ctx, data) }
}

func readChecks(ctx context.Context, data *localdb.Dataset) (s state, err error) {
	if s.categories, err = data.Categories(ctx); err != nil {
		return s, err
	}
	counts, err := data.Counts(ctx)
	if err != nil {
		return s, err
	}
	all := counts.All()
	s.messages = all.Total() - all.Status(localdb.Rejected) - counts.ByCategory[""].Total()
	s.realCount = all.Source(localdb.Real) - all[localdb.Rejected][localdb.Real] - counts.ByCategory[""].Source(localdb.Real)
	holdout, err := check.Holdout(ctx, data)
	if err != nil {
		return s, err
	}
	s.holdout = len(holdout)
	facets, err := data.Facets(ctx, localdb.Filter{Statuses: []localdb.Status{localdb.ToReview, localdb.Accepted}})
	if err != nil {
		return s, err
	}
	s.outOfScope = facets.Flags[localdb.OutOfScope]
	if s.kept, err = check.Kept(ctx, data); err != nil {
		return s, err
	}
	if s.checks, err = check.History(ctx, data); err != nil || len(s.checks) == 0 {
		return s, err
	}
	if s.mistakes, err = readMistakes(ctx, data); err != nil {
		return s, err
	}
	if weakest := s.checks[0].Weakest(); weakest != nil {
		if s.help, err = gen.HelpCategory(ctx, data, s.checks[0], weakest.Name); err != nil {
			return s, err
		}
	}
	if len(s.checks) > 1 {
		if s.compared, err = check.Compare(ctx, data, s.checks[1], s.checks[0]); err != nil {
			return s, err
		}
	}
	s.profiles, err = profile.Read(ctx, data)
	return s, err
}
