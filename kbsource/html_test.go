//go:build unix

package kbsource

import (
	"strings"
	"testing"
)

// passagesIn returns the passages of a document, each as "[title] text", separated by empty
// lines.
func passagesIn(t *testing.T, name, data string) string {
	t.Helper()
	passages, err := read(t, map[string]string{name: data})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	texts := make([]string, len(passages))
	for i, p := range passages {
		texts[i] = "[" + p.Title + "] " + p.Text
	}
	return strings.Join(texts, "\n\n")
}

// wants compares what is read of documents.
func wants(t *testing.T, name, data, want string) {
	t.Helper()
	if got := passagesIn(t, name, data); got != strings.TrimSpace(want) {
		t.Errorf("%s is read as\n%s\n\nnot\n%s", name, got, want)
	}
}

const handbookPage = `<h1>Travel</h1><p>Trips are booked by the travel desk at least ten days before departure.</p>
<h2 id="reimbursement">Reimbursement <a class="headerlink" href="#reimbursement">¶</a></h2>
<p>The following costs are paid back:</p><ul><li>Train tickets in second class</li><li>Hotels:<ul><li>up to 120 euros in Berlin</li><li>up to 90 euros elsewhere</li></ul></li></ul>
<table><caption>Days of leave</caption><thead><tr><th>Grade</th><th>Days</th></tr></thead><tbody><tr><td>5</td><td>30</td></tr><tr><td>6</td><td>32</td></tr></tbody></table>
<pre><code>travel --book BER</code></pre>
<h2>Insurance</h2><p>Every employee is insured against accidents on a trip.<sup><a href="#fn1">1</a></sup></p>`

const handbookText = `
[Travel] Trips are booked by the travel desk at least ten days before departure.

[Travel › Reimbursement] The following costs are paid back:
- Train tickets in second class
- Hotels:
  - up to 120 euros in Berlin
  - up to 90 euros elsewhere
Days of leave
Grade: 5; Days: 30
Grade: 6; Days: 32

[Travel › Insurance] Every employee is insured against accidents on a trip.`

func TestPagesLoseWhatSurroundsTheirText(t *testing.T) {
	menu := `<a href="/">Home</a> <a href="/hr">People</a> <a href="/it">Computers</a> <a href="/news">News</a>`
	for name, page := range map[string]string{
		"semantic":      `<header role="banner">` + menu + `</header><nav>` + menu + `</nav><main>` + handbookPage + `</main><aside><h3>Related</h3><p>Read more about parking in the garage.</p></aside><footer>© 2026 Acme</footer>`,
		"plain divs":    `<div><div>` + menu + `</div></div><div>We use cookies to improve your experience on this site. <button>Accept all</button></div><div>` + handbookPage + `</div><div><div>© 2026 Acme Ltd. All rights reserved.</div><div><a href="i">Imprint</a> | <a href="p">Privacy</a></div></div>`,
		"cookie banner": `<div id="onetrust-banner-sdk"><h2>We value your privacy</h2><p>We and our 812 partners store information on your device, to show you advertising.</p><a href="#">OK</a></div><div class="content">` + handbookPage + `</div>`,
		"German notice": `<div><p>Diese Seite verwendet Cookies, um Inhalte anzupassen.</p><div><button>Alle akzeptieren</button></div></div>` + handbookPage + `<div class="footer">Alle Rechte vorbehalten</div>`,
		"sidebar":       `<div class="layout has-sidebar"><div class="sideBar"><ul><li><a href="a">Parking</a></li><li><a href="b">Canteen</a></li></ul></div><div>` + handbookPage + `</div></div>`,
		"aside":         `<aside><ul><li><a href="a">Parking</a></li><li><a href="b">Canteen</a></li></ul></aside><article>` + handbookPage + `</article><aside>Did you know? Our canteen has a new menu since last week.</aside>`,
		"newsletter":    handbookPage + `<div class="newsletter-signup"><p>Subscribe to our newsletter and get the latest news every month.</p></div><div class="breadcrumbs">Home / HR / Travel</div>`,
		"one form":      `<form action="Default.aspx"><div class="topnav">` + menu + `</div>` + handbookPage + `<input type="submit" value="Go"></form>`,
		"no controls":   `<div class="menu"><span>Home</span> <span>People</span></div><div class="cookie-bar">This site sets cookies.</div><div>By reading on you agree that we use some cookies.</div>` + handbookPage + `<div>Was this page helpful? <button>Yes</button> <button>No</button></div><div class="page-footer">Acme Ltd, 1 Main Street, Berlin. Phone 030 123456.</div>`,
		"scripts":       `<script>var cookies = "We use cookies"</script><style>p { color: red }</style>` + handbookPage + `<noscript>Please turn JavaScript on to see this page.</noscript>`,
		"dialog":        handbookPage + `<div role="dialog" aria-modal="true"><p>Take part in our survey about this page and win a prize.</p><button>No</button></div>`,
	} {
		t.Run(name, func(t *testing.T) {
			wants(t, "page.html", "<html><head><title>Travel – Acme</title></head><body>"+page+"</body></html>", handbookText)
		})
	}
}

func TestPagesKeepTheirText(t *testing.T) {
	for name, c := range map[string]struct{ page, want string }{
		"questions that fold out": {
			`<h1>Questions</h1><details><summary>May I work abroad?</summary><p>Yes, up to twenty days a year, if your manager agrees.</p></details><dl><dt>Notice period</dt><dd>Three months to the end of a quarter.</dd></dl>`,
			"[Questions › May I work abroad?] Yes, up to twenty days a year, if your manager agrees.\n\n[Questions] Notice period\nThree months to the end of a quarter.",
		},
		"hidden answers": {
			`<h1>Questions</h1><div class="q">May I work abroad?</div><div class="answer" style="display:none">Yes, up to twenty days a year, if your manager agrees.</div>`,
			"[Questions] May I work abroad?\nYes, up to twenty days a year, if your manager agrees.",
		},
		"names like those of menus": {
			`<h1>Benefits</h1><section id="social-security"><h2>Social security</h2><p>Contributions are paid by the company and by you in equal parts.</p></section><section id="share-plan"><h2>Share plan</h2><p>Employees buy <a href="s">shares</a> at a discount of ten percent.</p></section><section id="cookies"><h2>Cookies</h2><p>Our web pages may set a cookie only after the visitor agreed.</p></section>`,
			"[Benefits › Social security] Contributions are paid by the company and by you in equal parts.\n\n[Benefits › Share plan] Employees buy shares at a discount of ten percent.\n\n[Benefits › Cookies] Our web pages may set a cookie only after the visitor agreed.",
		},
		"many short parts": {
			`<div><div class="card"><h2>Parking</h2><p>Spaces are given away in the spring of each year.</p></div><div class="card"><h2>Canteen</h2><p>It is open from eleven to two on every working day.</p></div><div class="card"><h2>Bicycles</h2><p>They are parked in the garage under the building.</p></div></div>`,
			"[Parking] Spaces are given away in the spring of each year.\n\n[Canteen] It is open from eleven to two on every working day.\n\n[Bicycles] They are parked in the garage under the building.",
		},
		"questions as buttons": {
			`<h1>Questions</h1><div class="accordion"><h3><button aria-expanded="false">May I work abroad?</button></h3><div><p>Yes, up to twenty days a year, if your manager agrees.</p></div></div><div><button aria-controls="x">Who pays for training?</button><div id="x"><p>The company pays for training that was agreed on before.</p></div></div>`,
			"[Questions › May I work abroad?] Yes, up to twenty days a year, if your manager agrees.\n\n[Questions › May I work abroad? › Who pays for training?] The company pays for training that was agreed on before.",
		},
		"notes": {
			`<h1>Keys</h1><p>Keys are lent by the janitor for one day at a time.</p><aside class="admonition note"><p>A lost key is reported at once.</p></aside>`,
			"[Keys] Keys are lent by the janitor for one day at a time.\nA lost key is reported at once.",
		},
		"another encoding": {
			"<meta charset=iso-8859-2><p>Zam\xf3wienie mo\xbfna z\xb3o\xbfy\xe6 do godziny dwunastej ka\xbfdego dnia.</p>",
			"[] Zamówienie można złożyć do godziny dwunastej każdego dnia.",
		},
	} {
		t.Run(name, func(t *testing.T) { wants(t, "page.html", c.page, c.want) })
	}
}

func TestTablesAreReadRowByRow(t *testing.T) {
	for name, c := range map[string]struct{ table, want string }{
		"marked headings":  {`<tr><th>Grade</th><th>Days of leave</th></tr><tr><td>five</td><td>thirty working days</td></tr>`, "Grade: five; Days of leave: thirty working days"},
		"bold headings":    {`<tr><td><b>Grade</b></td><td><b>Days 2026</b></td></tr><tr><td>five</td><td>thirty days and more</td></tr>`, "Grade: five; Days 2026: thirty days and more"},
		"no marks":         {`<tr><td>Grade</td><td>Days of leave</td></tr><tr><td>five</td><td>thirty working days</td></tr>`, "Grade: five; Days of leave: thirty working days"},
		"headings of rows": {`<tr><th>Notice period</th><td>three months</td></tr><tr><th>Probation</th><td>six months</td></tr>`, "Notice period: three months\nProbation: six months"},
		"pairs":            {`<tr><td>Notice period</td><td>3 months</td></tr><tr><td>Probation period</td><td>6 months</td></tr>`, "Notice period: 3 months\nProbation period: 6 months"},
		"two heading rows": {`<thead><tr><th rowspan="2">Grade</th><th colspan="2">Days</th></tr><tr><th>Leave</th><th>Training</th></tr></thead><tr><td>five</td><td>thirty</td><td>three</td></tr>`, "Grade: five; Days, Leave: thirty; Days, Training: three"},
		"cells that reach down": {
			`<tr><th>Grade</th><th>Site</th><th>Days</th></tr><tr><td rowspan="2">five</td><td>Berlin</td><td>thirty</td></tr><tr><td>Rome</td><td>twenty-eight</td></tr>`,
			"Grade: five; Site: Berlin; Days: thirty\nGrade: five; Site: Rome; Days: twenty-eight",
		},
		"layout": {`<tr><td><h2>Parking</h2><p>Spaces are given away in the spring of each year.</p></td><td><p>Ask the janitor.</p></td></tr>`, "Spaces are given away in the spring of each year.\nAsk the janitor."},
	} {
		t.Run(name, func(t *testing.T) {
			got := passagesIn(t, "page.html", "<h1>Rules</h1><table>"+c.table+"</table>")
			if _, text, _ := strings.Cut(got, "] "); text != c.want {
				t.Errorf("%q, not %q", text, c.want)
			}
		})
	}
}

func TestLongListsAndTablesKeepWhatTheyAreAbout(t *testing.T) {
	item := "<li>" + strings.Repeat("a cost that is paid back, ", 8) + "</li>"
	passages, err := read(t, map[string]string{"a.html": "<h1>Travel</h1><p>These costs are paid back:</p><ul>" + strings.Repeat(item, 3) + strings.Repeat(strings.Replace(item, "a cost", "another cost", 1), 9) + "</ul>"})
	if err != nil || len(passages) < 2 {
		t.Fatalf("%d passages, %v", len(passages), err)
	}
	for _, p := range passages {
		if !strings.HasPrefix(p.Text, "These costs are paid back:\n- a") || p.Title != "Travel" {
			t.Errorf("[%s] %s", p.Title, p.Text)
		}
	}
}
