package exchange

import "seedbed/assets/sentence"

// What several readers say.

func unreadable(err error) error {
	return sentence.Error("could not read the file: {{.Cause}}", sentence.Values{"Cause": err})
}

func unreadableAs(encoding Encoding, err error) error {
	return sentence.Error("could not read the file as {{.Encoding}}: {{.Cause}}", sentence.Values{"Encoding": encoding, "Cause": err})
}

// brokenOff is for a reading that ends in the middle of the file.
func (r *Reading) brokenOff(err error) error {
	return sentence.Error("the file could be read no further; the {{.N}} messages before were read: {{.Cause}}",
		sentence.Values{"N": r.Tally.Rows, "Cause": err})
}
