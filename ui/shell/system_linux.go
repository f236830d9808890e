//go:build !ci

package shell

import "github.com/rymdport/portal/settings"

// askSystem asks the portal, which GNOME, KDE and others answer.
func askSystem() (found system) {
	const gnome = "org.gnome.desktop.interface"
	if factor, err := settings.ReadOne(gnome, "text-scaling-factor"); err == nil {
		found.textSize, _ = factor.(float64)
	}
	if animated, err := settings.ReadOne(gnome, "enable-animations"); err == nil {
		on, known := animated.(bool)
		found.still = known && !on
	}
	if reduced, err := settings.ReadOne("org.freedesktop.appearance", "reduced-motion"); err == nil {
		found.still = found.still || reduced == uint32(1)
	}
	return found
}
