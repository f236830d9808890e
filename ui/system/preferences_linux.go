//go:build !ci

package system

import "github.com/rymdport/portal/settings"

// AskPreferences asks the portal, which GNOME, KDE and others answer.
func AskPreferences() (found Preferences) {
	const gnome = "org.gnome.desktop.interface"
	if factor, err := settings.ReadOne(gnome, "text-scaling-factor"); err == nil {
		found.TextSize, _ = factor.(float64)
	}
	if animated, err := settings.ReadOne(gnome, "enable-animations"); err == nil {
		on, known := animated.(bool)
		found.Still = known && !on
	}
	if reduced, err := settings.ReadOne("org.freedesktop.appearance", "reduced-motion"); err == nil {
		found.Still = found.Still || reduced == uint32(1)
	}
	return found
}
