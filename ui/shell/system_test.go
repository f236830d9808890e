package shell

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"seedbed/ui/system"
)

func TestSizeAndMotionFollowTheSystemUntilTheyAreChosen(t *testing.T) {
	app := test.NewTempApp(t)
	w := &Window{App: app, Settings: &Settings{Prefs: app.Preferences()}}
	w.RespectMotion()
	animated := func() bool { return fyne.CurrentApp().Settings().ShowAnimations() }
	s := w.Settings
	if s.TextSize() != 1 || !animated() {
		t.Errorf("without a system text is %v, animated %v", s.TextSize(), animated())
	}
	s.preferred = system.Preferences{TextSize: 1.5, Still: true}
	if s.TextSize() != 1.5 || animated() {
		t.Errorf("text is %v, animated %v", s.TextSize(), animated())
	}
	s.SetTextSize(0.8)
	s.SetMotion(FullMotion)
	if s.TextSize() != 0.8 || !animated() {
		t.Errorf("against the system text is %v, animated %v", s.TextSize(), animated())
	}
	s.FollowTextSize()
	s.SetMotion(SystemMotion)
	if s.TextSize() != 1.5 || animated() {
		t.Errorf("again with the system text is %v, animated %v", s.TextSize(), animated())
	}
	s.preferred = system.Preferences{TextSize: 3}
	s.SetMotion(LessMotion)
	if s.TextSize() != LargestText || animated() {
		t.Errorf("text is %v, animated %v", s.TextSize(), animated())
	}
}
