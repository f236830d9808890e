package nlu

import (
	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonfile"
)

// The formats of this package.
var (
	RasaYAML     = &exchange.Format{ID: "rasa-yaml", Name: i18n.T("Rasa YAML"), Extension: ".yml"}
	RasaMarkdown = &exchange.Format{ID: "rasa-markdown", Name: i18n.T("Rasa Markdown"), Extension: ".md"}
	RasaJSON     = &exchange.Format{ID: "rasa-json", Name: i18n.T("Rasa JSON"), Extension: ".json"}
	DialogflowES = &exchange.Format{ID: "dialogflow-es", Name: i18n.T("Dialogflow ES"), Extension: ".zip"}
	DialogflowCX = &exchange.Format{ID: "dialogflow-cx", Name: i18n.T("Dialogflow CX"), Extension: ".json"}
	LUIS         = &exchange.Format{ID: "luis", Name: i18n.T("LUIS"), Extension: ".json"}
	CLU          = &exchange.Format{ID: "clu", Name: i18n.T("Azure CLU"), Extension: ".json"}
	Lex          = &exchange.Format{ID: "lex", Name: i18n.T("Amazon Lex"), Extension: ".zip"}
	Botpress     = &exchange.Format{ID: "botpress", Name: i18n.T("Botpress"), Extension: ".json"}
	Voiceflow    = &exchange.Format{ID: "voiceflow", Name: i18n.T("Voiceflow"), Extension: ".vf"}
	Wit          = &exchange.Format{ID: "wit", Name: i18n.T("wit.ai"), Extension: ".zip"}
	Watson       = &exchange.Format{ID: "watson", Name: i18n.T("Watson Assistant"), Extension: ".json"}
	Snips        = &exchange.Format{ID: "snips", Name: i18n.T("Snips NLU"), Extension: ".json"}
	Alexa        = &exchange.Format{ID: "alexa", Name: i18n.T("Alexa skill"), Extension: ".json"}
	Kore         = &exchange.Format{ID: "kore", Name: i18n.T("Kore.ai"), Extension: ".json"}
	SAPCAI       = &exchange.Format{ID: "sap-cai", Name: i18n.T("SAP Conversational AI"), Extension: ".json"}
	QnA          = &exchange.Format{ID: "qna", Name: i18n.T("Bot Framework QnA"), Extension: ".qna"}
	LU           = &exchange.Format{ID: "lu", Name: i18n.T("Bot Framework LU"), Extension: ".lu"}
	VowpalWabbit = &exchange.Format{ID: "vowpal-wabbit", Name: i18n.T("Vowpal Wabbit"), Extension: ".vw"}
	HuggingCSV   = &exchange.Format{ID: "huggingface-csv", Name: i18n.T("Hugging Face CSV"), Extension: ".csv"}
	HuggingFace  = &exchange.Format{ID: "huggingface-parquet", Name: i18n.T("Hugging Face Parquet"), Extension: ".parquet"}
	FastText     = &exchange.Format{ID: "fasttext", Name: i18n.T("fastText"), Extension: ".txt"}
)

// Readers are the readers of this package.
var Readers = []exchange.Reader{
	textReader(RasaYAML, recogniseRasaYAML, readRasaYAML, "Training data of versions 2 and 3; entities as plain text, retrieval intents by their whole name."),
	textReader(RasaMarkdown, recogniseRasaMarkdown, readRasaMarkdown, "Training data of versions 1 and 2; entities as plain text."),
	rasaJSON.Reader(),
	dialogflowES.Reader(),
	dialogflowCX.Reader(),
	luis.Reader(),
	clu.Reader(),
	lex.Reader(),
	botpress.Reader(),
	voiceflow.Reader(),
	wit.Reader(),
	watson.Reader(),
	snips.Reader(),
	alexa.Reader(),
	kore.Reader(),
	sapCAI.Reader(),
	textReader(QnA, recogniseQnA, readQnA, "The questions of each pair, with its id as the category where it has one; answers are left out."),
	textReader(LU, recogniseLU, readLU, "Utterances below the headings of their intents; marked entities as plain text, and the name of an entity stands for its value."),
	textReader(VowpalWabbit, recogniseVowpal, readVowpal, "Lines of a label and namespaces of text."),
	textReader(FastText, recogniseFastText, readFastText, "Lines of labels and text; a line with several labels keeps none."),
}

// textReader makes a reader of a format that is plain text.
func textReader(format *exchange.Format, recognise func(*exchange.File) exchange.Evidence, read func(*exchange.File, *exchange.Reading) error, about string) exchange.Reader {
	return exchange.Reader{Format: format, Recognise: recognise, About: about, Read: func(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
		facts := exchange.Facts{Format: format, Encoding: f.Guess()}
		return exchange.NewReading(o, facts, func(r *exchange.Reading) error { return read(f, r) }), nil
	}}
}

// Writers are the writers of this package, in the order to offer them.
var Writers = []exchange.Writer{
	{Format: RasaYAML, Write: writeRasaYAML, About: "nlu.yml of Rasa 3."},
	{Format: RasaMarkdown, Write: writeRasaMarkdown, About: "nlu.md of Rasa 1 and 2."},
	{Format: RasaJSON, Write: writeRasaJSON, About: "rasa_nlu_data of every version."},
	{Format: DialogflowES, Write: writeDialogflowES, About: "An agent (zip) to restore or import."},
	{Format: DialogflowCX, Write: writeDialogflowCX, About: "Intents to import."},
	{Format: LUIS, Write: writeLUIS, About: "An application to import."},
	{Format: CLU, Write: writeCLU, About: "A project to import."},
	{Format: Lex, Write: writeLex, About: "A bot of V2 (zip) to import."},
	{Format: FastText, Write: writeFastText, About: "__label__ and text, one message a line; white space in a label as %20."},
	{Format: jsonfile.OpenAI, Write: writeOpenAI, About: "Chats whose answer is the category."},
	{Format: HuggingCSV, Write: writeHuggingCSV, About: "Text, label as a number and label_text."},
	{Format: HuggingFace, Write: writeHuggingParquet, About: "Text and label as a ClassLabel with its names."},
}
