package plaintext_test

import (
	"strings"
	"testing"

	"seedbed/localdb/exchange/plaintext"
)

func TestReplyKeepsWhatTheSenderWrote(t *testing.T) {
	for name, text := range map[string]string{
		"dates and colons":         "On Monday I ordered 3 pieces at 15:30.\nWhat I need:\n- two in red\n- one in blue",
		"an address before a list": "Please send it by 5.1. to ann@example.com:\n- the invoice\n- the label",
		"fields of a form":         "Name: Ann\nOrder: 4711\nProblem: it is broken",
		"dashes":                   "It is red - or is it blue? - and costs 5 --- really.",
		"a question after regards": "Best regards to Bob,\nhe knows it.\n\nBest regards\nAnn\nCould you call me back?",
		"a postscript":             "It works.\n\nRegards\nAnn\n\nPS: the box was open",
		"only a closing":           "Best regards",
		"talk of iPhones":          "I sent my iPhone back from Berlin, and it never arrived. It was sent from the shop in the old town on Monday.",
		"talk of confidence":       "Is my e-mail address confidential?",
		"short lines":              "Hello\nit is me\n\nagain",
	} {
		if got := plaintext.Reply(text); got != text {
			t.Errorf("%s: got %q, want %q", name, got, text)
		}
	}
}

func TestReplyTakesOutQuotesSignaturesAndFooters(t *testing.T) {
	const said = "It is broken.\nPlease help."
	for name, after := range map[string]string{
		"marks":             "\n> old\n>> older",
		"attribution":       "\n\nOn Fri, Jan 5, 2024 at 3:07 PM Ann <ann@example.com> wrote:\n\nold",
		"directly below":    "\nOn Fri, Jan 5, 2024 at 3:07 PM Ann\n<ann@example.com> wrote:\n> old",
		"unlisted language": "\n\nÞann fös., 5. jan. 2024 kl. 15:07 Ann <ann@example.com>:\n\nold",
		"Thunderbird":       "\n\nAm 05.01.24 um 15:07 schrieb Ann:\n> old",
		"original message":  "\n\n-----Ursprüngliche Nachricht-----\nVon: Ann\n\nold",
		"Outlook":           "\n\n________________________________\nFrom: Ann <ann@example.com>\nSent: Friday, January 5, 2024 3:07 PM\nTo: Shop\nSubject: x\n\nold",
		"Outlook in Greek":  "\n\nΑπό: Ann <ann@example.com>\nΣτάλθηκε: Παρασκευή, 5 Ιανουαρίου 2024\nΠρος: Shop\nΘέμα: x\n\nold",
		"bold header":       "\n\n*From:* Ann <ann@example.com>\n*Date:* Friday, January 5, 2024\n*Subject:* x\n\nold",
		"signature":         "\n-- \nAnn\nExample Ltd.",
		"closing":           "\n\nMit freundlichen Grüßen\nAnn Lee\nBeispiel GmbH\nTel. 030 123456",
		"phone":             "\n\nSent from my iPhone",
		"phone in Polish":   "\n\nWysłane z telefonu Samsung",
		"Outlook app":       "\n\nGet Outlook for Android",
		"disclaimer":        "\n\nCe message et toutes les pièces jointes sont confidentiels et établis à l'intention exclusive de leurs destinataires.",
		"forwarded":         "\n\n---------- Forwarded message ---------\nFrom: Ann\n\nold",
	} {
		if got := plaintext.Reply(said + after); got != said {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

func TestHTMLIsReadAsAPersonSeesIt(t *testing.T) {
	for source, want := range map[string]string{
		"<p>Hi,</p><p>I can&#39;t <b>log in</b><br>at\n   all</p>": "Hi,\nI can't log in\nat all",
		"a < b && c > d":                    "a < b && c > d",
		"no markup,\n  two lines":           "no markup,\n  two lines",
		"<ul><li>one</li><li>two</li></ul>": "one\ntwo",
		"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>": "a b\nc",
		"<style>p{}</style><script>x</script>seen<!-- unseen -->":         "seen",
		"x &amp; y\nz":              "x & y\nz",
		"<pre>a\n  b</pre>":         "a\n  b",
		"<div>a<div>b</div></div>c": "a\nb\nc",
	} {
		if got := plaintext.FromHTML(source); got != want {
			t.Errorf("%s: got %q, want %q", source, got, want)
		}
	}
	deep := strings.Repeat("<div>", 100_000) + "deep"
	if got := plaintext.FromHTML(deep); got != "deep" {
		t.Errorf("nested without end: got %.40q", got)
	}
}

func TestRepliesInHTMLLoseTheirQuotes(t *testing.T) {
	for source, want := range map[string]string{
		`<p>Yes, please.</p><blockquote type="cite">old</blockquote>`:                                                                           "Yes, please.",
		`<p>On 5 Jan 2024, at 15:07, Ann &lt;a@example.com&gt; wrote:</p><blockquote>Red or blue?</blockquote><p>Blue.</p>`:                     "Blue.",
		`<p>On 5 Jan 2024, at 15:07, Ann &lt;a@example.com&gt; wrote:</p><p>old without marks</p>`:                                              "",
		`<div>Cancel it</div><div class="gmail_signature">Ann</div>`:                                                                            "Cancel it",
		`<p>No.</p><div><p><b>From:</b> Ann &lt;a@example.com&gt;<br><b>Sent:</b> Friday, 5 January 2024<br><b>To:</b> Bob</p></div><p>old</p>`: "No.",
	} {
		if got := plaintext.FromHTMLReply(source); got != want {
			t.Errorf("%s: got %q, want %q", source, got, want)
		}
	}
}

func FuzzReply(f *testing.F) {
	f.Add("On Fri, Jan 5 Ann wrote:\n> x")
	f.Add("<p>a<blockquote>b</p>")
	f.Fuzz(func(t *testing.T, text string) {
		if got := plaintext.Reply(text); len(got) > len(text) {
			t.Errorf("%q became longer: %q", text, got)
		}
		plaintext.FromHTMLReply(text)
	})
}
