package spreadsheet

import (
	"errors"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/sheet"
)

// Records gives what is shown of the first rows of a spreadsheet's first sheet, whatever
// its columns are for. ok is false for a file that is no spreadsheet.
func Records(f *exchange.File, most int) (records [][]string, ok bool, err error) {
	var sheets []*sheet.Sheet
	closeSheets := func() error { return nil }
	switch {
	case recogniseXLSX(f).Sureness > exchange.No:
		sheets, closeSheets, err = openXLSX(f)
	case recogniseODS(f).Sureness > exchange.No:
		sheets, closeSheets, err = openODS(f)
	case recogniseXML2003(f).Sureness > exchange.No:
		sheets, err = openXML2003(f)
	default:
		return nil, false, nil
	}
	if err != nil {
		return nil, true, err
	}
	records, err = sheet.Records(sheets, most)
	return records, true, errors.Join(err, closeSheets())
}
