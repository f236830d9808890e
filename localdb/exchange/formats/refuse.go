package formats

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"sync"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/charset"
	"seedbed/localdb/exchange/jsonfile"
	"seedbed/localdb/exchange/jsonitems"
	"seedbed/localdb/exchange/spreadsheet"
)

// ErrUnknownFormat is returned for a file of a kind that is not read here.
var ErrUnknownFormat = i18n.Error("this kind of file can't be read")

// Refusal is a kind of file that people choose and no reader is for.
type Refusal struct {
	Name string // what it is, for the documentation
	// Looks says how sure it is that a text is of this kind.
	Looks  func(s sample) float64
	Advice i18n.Text // a sentence: what it looks like, and what would help
}

// sample is the beginning of a text.
type sample struct {
	text  string
	lines []string // those that aren't blank, at most 200
}

// share tells how many of the lines match, from 0 to 1.
func (s sample) share(pattern *regexp.Regexp) float64 {
	n := 0
	for _, line := range s.lines {
		if pattern.MatchString(line) {
			n++
		}
	}
	return float64(n) / float64(max(len(s.lines), 1))
}

// lazily compiles a pattern when it is first needed: few starts of the program need them.
func lazily(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

// begins finds the kinds that one pattern tells by how the text begins.
func begins(pattern string) func(sample) float64 {
	compiled := lazily(`(?i)^\s*(?:` + pattern + `)`)
	return func(s sample) float64 {
		if compiled().MatchString(s.text) {
			return 0.85
		}
		return 0
	}
}

// holds finds the kinds that a pattern tells by what they hold.
func holds(pattern string) func(sample) float64 {
	compiled := lazily(pattern)
	return func(s sample) float64 {
		if compiled().MatchString(s.text) {
			return 0.88
		}
		return 0
	}
}

// mostly finds the kinds of which at least a share of the lines match.
func mostly(share float64, pattern string) func(sample) float64 {
	compiled := lazily(pattern)
	return func(s sample) float64 {
		if found := s.share(compiled()); found >= share {
			return 0.45 + 0.4*found
		}
		return 0
	}
}

// Refusals lists the kinds of text that are told by their names.
var Refusals = []Refusal{
	{"chats of Telegram as HTML", holds(`(?s)<div class="page_wrap.*class="(?:message (?:default|service)|history)`), i18n.T("it looks like a chat that Telegram exported as HTML; export it again with JSON chosen as the format, which gives a result.json")},
	{"chats of Discord as HTML", holds(`class="?chatlog__|class="?preamble__guild-icon`), i18n.T("it looks like a chat of Discord as HTML; export it again with JSON chosen as the format")},
	{"messages of Facebook and Instagram as HTML", holds(`(?s)<html.*(?:_a6-g|class="pam _3-95|_3-95 _a6)`), i18n.T("it looks like messages of Facebook or Instagram as HTML; request the download again with JSON chosen as the format")},
	{"messages of iMessage as text", mostly(0.15, `^[A-Z][a-z]{2} \d{1,2}, \d{4} {1,2}\d{1,2}:\d\d:\d\d [AP]M(?: \(.*\))?$`), i18n.T("it looks like messages of iMessage as text; export them as CSV instead")},
	{"notebooks", begins(`\{(?s:.{0,200}?)"cells"\s*:\s*\[\s*\{(?s:.{0,400}?)"cell_type"`), i18n.T("it looks like a Jupyter notebook; write the messages as CSV or JSON in it")},
	{"JSON text sequences", begins("\x1E"), i18n.T("it looks like a JSON text sequence; write it as JSON lines, without the record separators")},
	{"JSON with comments", begins(`(?://.*\s+|/\*(?s:.*?)\*/\s*)+[\[{]\s*[\[{"\]}/]`), i18n.T("it looks like JSON with comments, which JSON doesn't have; take them out")},
	{"JSON inside JavaScript", begins(`(?:(?:window|self)\.)?\w[\w.$]*(?:\[\w*\])? ?= ?[\[{]\s*[\[{"]`), i18n.T("it looks like JSON inside JavaScript, as archives of social networks have it; take out what stands before the first bracket, and save it as JSON")},
	{"logs in JSON", mostly(0.9, `^\{.*"(?:level|severity|levelname|log\.level|lvl)"\s*:\s*"?(?i:trace|debug|info|notice|warn|warning|error|fatal|critical|[1-6]0)"?\s*[,}]`), i18n.T("it looks like a log of a program; export the messages out of it as CSV or JSON")},
	{"PowerShell", mostly(0.5, `^\s*(?:\$\w[\w:.]*\s*=\s|(?i:param|foreach|if)\s*\(.*[){]\s*$|[A-Z][a-z]+-[A-Z]\w+(?:\s|$)|(?i:function) [\w-]+\s*\{|[{}]\s*$)`), i18n.T("it looks like the code of a program; save the messages as CSV, JSON, or one a line")},
	{"text of protocol buffers", protoText, i18n.T("it looks like messages of protocol buffers as text; write them as JSON")},
	{"stylesheets", mostly(0.3, `^\s*[\w-]+\s*:[^;{}]+;\s*$`), i18n.T("it looks like a stylesheet (CSS); it holds no messages")},
	{"keys and certificates", begins(`-----BEGIN [A-Z0-9 ]+-----`), i18n.T("it looks like a key or certificate; it holds no messages")},
	{"base64", mostly(0.6, `^[A-Za-z0-9+/]{60,}={0,2}\s*$`), i18n.T("it looks like base64; decode it first")},
	{"base64 of one line", begins(`(?-i:[A-Za-z0-9+/]{24,}(?:={1,2}|[A-Za-z0-9+/]{24,})\s*$)`), i18n.T("it looks like base64; decode it first")},
	{"uuencode", begins(`begin(?:-base64)? [0-7]{3,4} \S+\r?\n[\x20-\x60]+\r?\n`), i18n.T("it looks like a file in uuencode; decode it first")},
	{"tokens (JWT)", mostly(0.5, `^\s*(?:Bearer )?eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*\s*$`), i18n.T("it looks like tokens (JWT), which are secrets and no messages")},
	{"LDIF", begins(`(?:version: 1\s+)?(?:#.*\s+)*dn::? \S+=`), i18n.T("it looks like entries of a directory (LDIF); it holds no messages")},
	{"references (BibTeX, RIS, EndNote)", references, i18n.T("it looks like references (BibTeX, RIS or EndNote); it holds no messages")},
	{"Lisp", mostly(0.5, `^\s*\(+(?:def\w*|let\*?|setq|setf|lambda|require|import|ns|if|when|cond|loop|print|format|begin|display|use-package|module)\b|\){2,}\s*$|^\s*;;`), i18n.T("it looks like the code of a program; save the messages as CSV, JSON, or one a line")},
	{"R", mostly(0.4, `^\s*[\w.$\[\]"]+\s*<-\s*\S|^\s*(?:library|require|print|summary|plot|install\.packages)\(.*\)\s*$|%>%\s*$`), i18n.T("it looks like the code of a program; save the messages as CSV, JSON, or one a line")},
	{"Haskell", mostly(0.2, `^\w+ ::\s.*->|^module \w[\w.]* (?:\(|where)|^import qualified|^main ::`), i18n.T("it looks like the code of a program; save the messages as CSV, JSON, or one a line")},
	{"makefiles", makefile, i18n.T("it looks like the code of a program; save the messages as CSV, JSON, or one a line")},
	{"settings of Unix", mostly(0.8, `^[^:\s]+:[^:]*:\d*:\d*:[^:]*:|^(?:[\d*/,-]+\s+){5}\S+|^\d{1,3}(?:\.\d{1,3}){3}(?:\s+\w[\w.-]*)+\s*$`), i18n.T("it looks like a file of settings; it holds no messages")},
	{"headers of HTTP and rules for robots", mostly(0.8, `(?i)^(?:host|user-agent|accept[\w-]*|content-[\w-]+|connection|cookie|set-cookie|cache-control|date|server|etag|referer|origin|authorization|x-[\w-]+|disallow|allow|sitemap|crawl-delay|location|vary|expires|last-modified)\s*:\s*\S+|^HTTP/\d|^(?:GET|POST|PUT|HEAD) /\S* HTTP`), i18n.T("it looks like headers of HTTP or rules for robots; it holds no messages")},
	{"sessions of a shell", mostly(0.3, `^(?:>>>|\$|In \[\d+\]:) \S`), i18n.T("it looks like the code of a program; save the messages as CSV, JSON, or one a line")},
	{"dumps of bytes and checksums", mostly(0.6, `^(?:[0-9a-f]{7,8}[: ]\s*(?:[0-9a-f]{2,4} ){2,}|[0-9a-fA-F]{32,128}\s+\*?\S+$)`), i18n.T("it looks like a dump of bytes or checksums; it holds no messages")},
	{"games of chess", begins(`\[(?:Event|Site|Date|Round|White|Black|Result) "`), i18n.T("it looks like games of chess (PGN); it holds no messages")},
	{"Gherkin", begins(`(?:@\S+\s+)*Feature:.*\n`), i18n.T("it looks like the code of a program; save the messages as CSV, JSON, or one a line")},
	{"levels of a log", mostly(0.9, `(?i)^\W?(?:trace|debug|info|notice|warn|warning|error|fatal|critical)\W? ?[:\]-]`), i18n.T("it looks like a log of a program; export the messages out of it as CSV or JSON")},
	{"lyrics", lyrics, i18n.T("it looks like lyrics; it holds no messages")},
	{"translations (PO)", mostly(0.3, `^(?:msgid|msgstr|msgctxt|#: )`), i18n.T("it looks like a PO file of translations; export the texts as CSV")},
	{"patches", begins(`(?:diff --git |--- .*\n\+\+\+ |Index: .*\n=+)`), i18n.T("it looks like a patch (diff); it holds no messages")},
	{"shell scripts", begins(`#!`), i18n.T("it looks like a script; it holds no messages")},
	{"Dockerfiles", mostly(0.5, `^(?:FROM|RUN|COPY|CMD|ENV|ADD|WORKDIR|EXPOSE|ENTRYPOINT|LABEL|ARG|USER|VOLUME) [^a-z]*\S`), i18n.T("it looks like a Dockerfile; it holds no messages")},
	{"stack traces", begins(`Traceback \(most recent call last\)|Exception in thread`), i18n.T("it looks like a log of a program; export the messages out of it as CSV or JSON")},
	{"annotated words", begins(`#\s?FORMAT=WebAnno|(?:#.*\s+)*#\s*(?:sent_id|text|newdoc|global\.columns)\b.*\n(?:#.*\n)*1\t\S`), i18n.T("it looks like words with annotations (WebAnno, INCEpTION, CoNLL-U), one a line; write whole sentences with their labels")},
	{"annotations of brat", mostly(0.9, `^(?:T\d+\t\S+ \d+ \d+|[RE]\d+\t\S+|[AM]\d+\t\S+ [TRE]\d+|#\d+\tAnnotatorNotes|\*\t\S+ T\d+)`), i18n.T("it looks like annotations of brat, which name places in a text file beside it; write whole sentences with their labels")},
	{"ARFF", begins(`(?:%.*\s+)*@relation\s`), i18n.T("it looks like an ARFF file of Weka; save it as CSV")},
	{"tagged words", mostly(0.7, `^\S+(?:[ \t]\S+){0,2}[ \t](?:O|[BIESU]-[\w-]+)\s*$`), i18n.T("it looks like words with tags (CoNLL, BIO), one a line; write whole sentences with their labels")},
	{"columns of spaces", mostly(0.9, `^[^,;\t|]*[^\s,;\t|] {3,}[^\s,;\t|][^,;\t|]*$`), i18n.T("its columns look aligned with spaces; save it as CSV or with tabs")},
	{"tables of a database shell", shellTable, i18n.T("it looks like the output of a database shell; let it write CSV")},
	{"blocks of settings and declarations", declarations, i18n.T("it looks like the code of a program; save the messages as CSV, JSON, or one a line")},
	{"Chatito", begins(`[%@~]\[[^\]\n]+\]`), i18n.T("it looks like a Chatito grammar; generate the examples with it as Rasa or LUIS files first")},
	{"logs of git", begins(`commit [0-9a-f]{40}\b`), i18n.T("it looks like a log of a program; export the messages out of it as CSV or JSON")},
	{"names of labels alone", namesOfLabels, i18n.T("it names the labels of a model or dataset and holds no messages; put it into a zip file with the file of messages, so that their numbers get these names")},
	{"JSON without texts", jsonAlone, i18n.T("it is JSON, but holds no objects or texts that could be messages")},
	{"HTML pages", begins(`<!doctype html|<html|<head|<body`), i18n.T("it looks like a web page (HTML); export the messages as CSV or JSON instead, or copy them out of the page into a text file")},
	{"XML", begins(`<\?xml|<[\w:-]+(\s+[\w:-]+="[^"]*")*\s*/?>\s*<`), i18n.T("it looks like XML; export the messages as CSV or JSON instead")},
	{"HTML fragments", fragments, i18n.T("it looks like HTML or XML; export the messages as CSV or JSON instead")},
	{"RTF", begins(`\{\\rtf`), i18n.T("it looks like a document of a word processor (RTF); save it as plain text")},
	{"TeX", begins(`%.*\n\\documentclass|\\documentclass|\\begin\{`), i18n.T("it looks like TeX; copy the messages into a text file, one a line")},
	{"fastText", mostly(0.5, `^__label__\S+`), i18n.T("it looks like training data of fastText, labels with __label__ before the text; save it as CSV with a column for each")},
	{"TOML", begins(`(?:#.*\s+)*(?:[\w.-]+ = .*\s+)*\[\[[\w.-]+\]\]\s*\n\s*[\w."-]+\s*=`), i18n.T("it looks like TOML; convert it to JSON or CSV")},
	{"tables of a wiki", begins(`(?:=.*\s+)*\{\|.*\n\s*[|!]`), i18n.T("it looks like a table of a wiki; save it as CSV, or copy it into a spreadsheet")},
	{"YAML", yaml, i18n.T("it looks like YAML; if it is of Rasa, it has to have nlu: at its top, otherwise convert it to JSON or CSV")},
	{"INI and properties files", settings, i18n.T("it looks like a file of settings; it holds no messages")},
	{"logs", mostly(0.5, `(?:^|[\s\[|"])(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)(?:[\s\]:|",]|$)|"(?:GET|POST|PUT|HEAD|DELETE) \S+ HTTP/|^\w{3} [ \d]\d \d\d:\d\d:\d\d \S+ \S+:|^\[?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)\]? \S`), i18n.T("it looks like a log of a program; export the messages out of it as CSV or JSON")},
	{"lines with times", stamped, i18n.T("it looks like a log of a program; export the messages out of it as CSV or JSON")},
	{"dumps of PostgreSQL", holds(`(?m)^COPY \S+ (?:\(.*\) )?FROM stdin;`), i18n.T("it looks like SQL; export the table as CSV, or read from the database itself")},
	{"SQL", mostly(0.15, `(?i)^\s*(?:INSERT INTO|CREATE TABLE|DROP TABLE|ALTER TABLE|BEGIN TRANSACTION|COPY .* FROM stdin)`), i18n.T("it looks like SQL; export the table as CSV, or read from the database itself")},
	{"subtitles", mostly(0.15, `^\s*(?:\d\d:)?\d\d:\d\d[.,]\d{3}\s+-->|^\d{1,2}:\d\d:\d\d\.\d{3},\d{1,2}:\d\d:\d\d\.\d{3}\s*$|^\[\d\d:\d\d\.\d\d\]|^Dialogue: \d+,\d:\d\d:\d\d`), i18n.T("it looks like subtitles; save the texts one a line")},
	{"subtitles (ASS)", begins(`\[Script Info\]`), i18n.T("it looks like subtitles; save the texts one a line")},
	{"vCards and calendars", begins(`BEGIN:V`), i18n.T("it looks like contacts or a calendar; it holds no messages")},
	{"program code", mostly(0.3, `^\s*(?:import\s+[\w.{*"'/]+[\w.}*"'/]*;?\s*$|import\s.*\sfrom\s+["']|from\s+[\w.]+\s+import\b|def\s+\w+\(|class\s+\w+[^.!?]*[:{]\s*$|function\s*\w*\(|(?:const|let|var)\s+\w+\s*=|return\b.*;|(?:public|private|static)\s+\w+.*[({;]\s*$|#include\b|package\s+\w+;?\s*$|func\s+[\w(].*\{\s*$|print\(|self\.\w+|(?:if|for|while)\s*\(.*\{|[{}]\s*[;,)]*\s*$|//|/\*)`), i18n.T("it looks like the code of a program; save the messages as CSV, JSON, or one a line")},
	{"Markdown and its kin", markdown, i18n.T("it looks like a Markdown document; put the messages into a table or a list in a file of its own")},
	{"prose", prose, i18n.T("it looks like running text; put each message on a line of its own, or use the text as knowledge")},
}

var declaration = regexp.MustCompile(`[{};]\s*$|^\s*[\w"-]+\s*(?:<-|=)\s*\S`)

// declarations takes lines that end or begin as those of programs do. It is less sure than
// any reader but that of plain lines: tables and JSON end lines like that as well.
func declarations(s sample) float64 {
	if s.share(declaration) >= 0.5 {
		return 0.4
	}
	return 0
}

var rule = regexp.MustCompile(`^ *\+?-{3,}(?:\+-{3,})+\+?\s*$|^={2,}(?: +={2,})+\s*$`)

// shellTable takes the rules between the header and the rows.
func shellTable(s sample) float64 {
	if slices.ContainsFunc(s.lines[:min(len(s.lines), 5)], rule.MatchString) {
		return 0.85
	}
	return 0
}

func namesOfLabels(s sample) float64 {
	if jsonfile.IsDescription(jsonitems.Root(exchange.BytesFile("", []byte(s.text)))) {
		return 0.75
	}
	return 0
}

func jsonAlone(s sample) float64 {
	text := strings.TrimSpace(s.text)
	if text != "" && (text[0] == '[' || text[0] == '{') && json.Valid([]byte(text)) {
		return 0.7 // below that of the readers of JSON
	}
	return 0
}

var (
	yamlKey     = regexp.MustCompile(`^\s*(?:- )*["']?[\w./-]+["']?:(?:\s|$)`)
	yamlItem    = regexp.MustCompile(`^\s*- `)
	yamlNesting = regexp.MustCompile(`^\s*(?:- )?["']?[\w./-]+["']?:\s*(?:[|>][+-]?|&\w+|#.*)?$`)
	yamlRecord  = regexp.MustCompile(`^\s*- ["']?[\w-]+["']?:(?:\s|$)`)
	yamlMember  = regexp.MustCompile(`^\s+["']?[\w-]+["']?:(?:\s|$)`)
	yamlStart   = regexp.MustCompile(`^(?:%YAML|---\s*(?:\n|$))`)
)

// yaml takes keys with something nested below them; "name: words" alone is how people
// write down who said what.
func yaml(s sample) float64 {
	structured := s.share(yamlKey) + s.share(yamlItem)
	nested := s.share(yamlNesting)
	switch {
	case s.share(yamlRecord) >= 0.1 && s.share(yamlMember) >= 0.1 && structured >= 0.9:
		return 0.8 // a list of records
	case structured >= 0.6 && nested > 0 && s.share(yamlKey) > 0, yamlStart.MatchString(s.text) && structured >= 0.5:
		return 0.8
	}
	return 0
}

var (
	heading = regexp.MustCompile(`^#{1,6} \S`)
	bullet  = regexp.MustCompile(`^\s*(?:[-*+•·‣◦–] |\d+[.)] )`)
	fence   = regexp.MustCompile("^\\s*(?:```|~~~)")
	link    = regexp.MustCompile(`\[[^\[\]]+\]\([^()\s]+\)`)
)

// underline is how reStructuredText marks a heading, directive what AsciiDoc and Org mark with.
var (
	underline = regexp.MustCompile(`^(?:={4,}|-{4,}|~{4,}|\*{4,})\s*$`)
	directive = regexp.MustCompile(`^(?:\.\. [\w-]+::|={1,5} \S|:[\w-]+:|\*{1,6} (?:TODO|DONE)|\*{2,6} \S)`)
)

// markdown takes headings, fences and lists; a line with # alone may be a message.
func markdown(s sample) float64 {
	marks := s.share(bullet) + s.share(link)/2
	switch {
	case s.share(underline)+s.share(directive) >= 0.2, s.share(heading) > 0 && s.share(heading)+marks > 0.15, s.share(fence) > 0, marks > 0.8:
		return 0.6
	}
	return 0
}

// prose takes lines that are wrapped at one width, and paragraphs.
func prose(s sample) float64 {
	longest, full, goesOn, paragraphs := 0, 0, 0, 0
	for _, line := range s.lines {
		longest = max(longest, len(line))
	}
	for _, line := range s.lines {
		if len(line) > longest*3/4 {
			full++
			if !strings.ContainsAny(line[len(line)-1:], ".!?:\"") {
				goesOn++
			}
		}
		if len(line) > 400 {
			paragraphs++
		}
	}
	n := len(s.lines)
	if n >= 4 && longest >= 55 && longest <= 120 && full*10 >= n*6 && goesOn*10 >= full*7 || n > 0 && paragraphs*2 >= n {
		return 0.5
	}
	return 0
}

// magic is how files start that aren't text.
var magic = []struct {
	start  string
	advice i18n.Text
}{
	{"%PDF-", i18n.T("it is a PDF; copy the messages out of it into a text file, or use it as knowledge")},
	{"SQLite format 3\x00", i18n.T("it is an SQLite database; a dataset of Seedbed is opened and not merged, and a table of another one can be exported as CSV")},
	{"\x1F\x8B", i18n.T("it is packed with gzip; unpack it first")},
	{"7z\xBC\xAF", i18n.T("it is a 7-Zip archive; unpack it first, or pack it as zip")},
	{"Rar!", i18n.T("it is a RAR archive; unpack it first, or pack it as zip")},
	{"BZh", i18n.T("it is packed with bzip2; unpack it first")},
	{"\xFD7zXZ\x00", i18n.T("it is packed with xz; unpack it first")},
	{"\x28\xB5\x2F\xFD", i18n.T("it is packed with zstd; unpack it first")},
	{"ARROW1", i18n.T("it is an Arrow file; write it as Parquet or CSV")},
	{"Obj\x01", i18n.T("it is an Avro file; write it as Parquet or CSV")},
	{"\x89PNG", picture},
	{"GIF8", picture},
	{"\xFF\xD8\xFF", picture},
	{"RIFF", media},
	{"ID3", media},
	{"OggS", media},
	{"\x7FELF", program},
	{"MZ", program},
	{"\xCF\xFA\xED\xFE", program},
}

var (
	picture = i18n.T("it is a picture; it holds no text that can be read")
	media   = i18n.T("it is a sound or video; it holds no text that can be read")
	program = i18n.T("it is a program; it holds no messages")
)

// packedDocuments are what zip files hold that are documents.
var packedDocuments = []struct {
	entry  string
	advice i18n.Text
}{
	{"word/document.xml", i18n.T("it is a Word document; save its table as CSV or its lines as plain text, or use it as knowledge")},
	{"ppt/presentation.xml", i18n.T("it is a presentation; it holds no messages that can be read")},
	{"META-INF/container.xml", i18n.T("it is an e-book; it holds no messages that can be read")},
}

// refusal is why a file can't be read, and how sure that is.
type refusal struct {
	sureness float64
	reason   error
}

// refuse says why a file is none that can be read; the zero refusal where it may be.
func refuse(f *exchange.File) refusal {
	head, err := f.Head()
	if err != nil {
		return refusal{exchange.Certain, err}
	}
	if why := spreadsheet.Refuse(f); !why.IsZero() {
		return refusal{exchange.Certain, because(why)}
	}
	for _, m := range magic {
		if bytes.HasPrefix(head, []byte(m.start)) && (len(m.start) > 3 || bytes.IndexByte(head, 0) >= 0 || m.start[0] >= 0x80 || m.start[0] < ' ') {
			return refusal{exchange.Sure, because(m.advice)}
		}
	}
	entries, err := f.Entries()
	if err != nil {
		return refusal{exchange.Certain, err}
	}
	for _, e := range entries {
		for _, d := range packedDocuments {
			if e.Name == d.entry {
				return refusal{exchange.Sure, because(d.advice)}
			}
		}
	}
	if f.IsZip() {
		return refusal{}
	}
	text := f.Sample()
	switch {
	case text == "" && bytes.Equal(head, []byte(charset.ByteOrderMark)):
		return refusal{exchange.Certain, exchange.ErrEmpty}
	case text == "":
		return refusal{exchange.Possible, because(i18n.T("it isn't text, and of no format that is known"))}
	case strings.TrimSpace(text) == "":
		return refusal{exchange.Certain, exchange.ErrEmpty}
	}
	return refuseText(text)
}

func refuseText(text string) (surest refusal) {
	s := sample{text: text}
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, "\r\n"); strings.TrimSpace(line) != "" {
			s.lines = append(s.lines, line[:min(len(line), 2000)])
		}
		if len(s.lines) == 200 {
			break
		}
	}
	for _, r := range Refusals {
		if looks := r.Looks(s); looks > surest.sureness {
			surest = refusal{looks, because(r.Advice)}
		}
	}
	return surest
}

func because(advice i18n.Text) error {
	return i18n.Error("{{.What}}: {{.Why}}", i18n.Values{"What": ErrUnknownFormat, "Why": advice})
}
