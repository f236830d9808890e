package exchange

import "seedbed/assets/i18n"

// What several readers say.

func unreadable(err error) error {
	return i18n.Error("could not read the file: {{.Cause}}", i18n.Values{"Cause": err})
}

func unreadableAs(encoding Encoding, err error) error {
	return i18n.Error("could not read the file as {{.Encoding}}: {{.Cause}}", i18n.Values{"Encoding": encoding, "Cause": err})
}

// brokenOff is for a reading that ends in the middle of the file.
func (r *Reading) brokenOff(err error) error {
	return i18n.Error("the file could be read no further; the {{.N}} messages before were read: {{.Cause}}",
		i18n.Values{"N": r.Tally.Rows, "Cause": err})
}
