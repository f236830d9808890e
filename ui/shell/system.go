package shell

import (
	"context"
	"runtime"

	"fyne.io/fyne/v2"

	"seedbed/ui/system"
)

// followSystem asks the desktop in the background, which may take a while, and looks as it says.
func (w *Window) followSystem() {
	var found system.Preferences
	w.Jobs.RunDetached(func(context.Context) error {
		found = system.AskPreferences()
		return nil
	}, func(error) {
		if found != w.Settings.preferred {
			w.Settings.preferred = found
			w.ApplyTheme()
		}
	})
}

// RespectMotion lets Fyne's widgets animate only as the settings say. Fyne reads that from
// a file of its own, which holds for all programs.
func (w *Window) RespectMotion() {
	if runtime.GOOS == "darwin" {
		return // where Fyne insists on settings of its own type
	}
	fyne.SetCurrentApp(&stillApp{App: w.App, settings: stillSettings{w.App.Settings(), w.Settings}})
}

type stillApp struct {
	fyne.App
	settings stillSettings
}

// Settings is called by Fyne.
func (a *stillApp) Settings() fyne.Settings { return a.settings }

type stillSettings struct {
	fyne.Settings
	own *Settings
}

// ShowAnimations is called by Fyne.
func (s stillSettings) ShowAnimations() bool {
	return s.Settings.ShowAnimations() && s.own.Animated()
}
