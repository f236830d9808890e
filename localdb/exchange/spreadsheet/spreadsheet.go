// Package spreadsheet reads and writes files of spreadsheets: Excel and OpenDocument. What
// the cells mean is for package sheet.
//
// No Go library that reads .xls, .xlsb or OpenDocument is kept well enough to trust it with
// other people's files: extrame/xls was last released in 2017, shakinm/xlsReader in 2022.
package spreadsheet

import (
	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// The formats of this package.
var (
	XLSX    = &exchange.Format{ID: "xlsx", Name: i18n.T("Excel"), Extension: ".xlsx"}
	XML2003 = &exchange.Format{ID: "xml2003", Name: i18n.T("Excel 2003 XML"), Extension: ".xml"}
	ODS     = &exchange.Format{ID: "ods", Name: i18n.T("OpenDocument spreadsheet"), Extension: ".ods"}
)

const meaning = "One sheet: the one that is asked for, or of those that aren't hidden the one that looks most like a table of messages. Hidden sheets, rows and columns, titles above the table, rows that explain its columns, and totals are left out and counted. A merged cell counts for every row it covers, and one over the columns is the category of the rows below it; numbers and dates are taken as they are shown, formulas by their last result, and errors as empty."

// Readers and Writers list the formats of this family.
var (
	Readers = []exchange.Reader{
		{Format: XLSX, Recognise: recogniseXLSX, Read: readXLSX, About: meaning},
		{Format: ODS, Recognise: recogniseODS, Read: readODS, About: meaning + " As LibreOffice and others write it, packed (.ods) or flat (.fods)."},
		{Format: XML2003, Recognise: recogniseXML2003, Read: readXML2003, About: meaning + " Numbers are taken without their formats. Reports are often of this form but named .xls."},
	}
	Writers = []exchange.Writer{{
		Format: XLSX, Write: WriteXLSX, Notes: true,
		About: "One sheet: message, category, confidence, with note and tags where asked for. Texts are cells of text, so that none is ever a formula.",
	}}
)
