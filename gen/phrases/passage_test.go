package phrases_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode"

	"seedbed/gen/phrases"
	"seedbed/gen/questions"
	"seedbed/kbsource"
)

// handbook are passages of a real handbook.
func handbook(t testing.TB) []questions.Passage {
	t.Helper()
	folder, err := kbsource.OpenFolder("../../kbsource/testdata/handbook")
	if err != nil {
		t.Fatal(err)
	}
	read, err := folder.Passages(t.Context(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	passages := make([]questions.Passage, len(read))
	for i, p := range read {
		passages[i] = questions.Passage{Title: p.Title, Text: p.Text}
	}
	return passages
}

// askAbout takes all questions about each of some passages.
func askAbout(t testing.TB, w *phrases.Writer, passages []questions.Passage) map[questions.Passage][]string {
	t.Helper()
	collection, err := questions.NewCollection(passages)
	if err != nil {
		t.Fatal(err)
	}
	asked := map[questions.Passage][]string{}
	for _, p := range passages {
		for again := range phrases.Askings {
			about := phrases.Subject{Category: "rag_query", Bank: "coaching/rag_query", Knowledge: collection, Passage: p, Again: again}
			asked[p] = append(asked[p], write(t, w, about, 10)...)
		}
	}
	return asked
}

// TestQuestionsNameWhatStandsInThePassage counts a question as good where a word of
// it that is no question's usual word stands in the passage's text.
func TestQuestionsNameWhatStandsInThePassage(t *testing.T) {
	w := newWriter(t, 42)
	asked, good := 0, 0
	for p, list := range askAbout(t, w, handbook(t)) {
		for _, question := range list {
			asked++
			checkLine(t, question)
			if names(question, p.Title+" "+p.Text) {
				good++
			}
		}
	}
	if asked < 45 || 10*good < 9*asked {
		t.Errorf("%d of %d questions name something of their passage, want 45 or more and 9 of 10", good, asked)
	}
}

var usual = strings.Fields("the and for are can you who how its does any get what does this mean explain about with that from when where which should would could have really important example people simple words plain english read more practice work works tips anything something quick question sentence best good start need basics point role first true someone told hold mistakes avoid make long take they them there mention mentioned")

// names reports whether a word of the question, of three letters or more and not usual
// in any, stands in the text.
func names(question, text string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(question), func(r rune) bool { return !unicode.IsLetter(r) }), func(word string) bool {
		return len(word) >= 3 && !slices.Contains(usual, word) && strings.Contains(text, word)
	})
}

// allAsked are the questions about a passage with any of some seeds, in small letters
// and without their marks.
func allAsked(t testing.TB, about questions.Passage) map[string]bool {
	t.Helper()
	asked := map[string]bool{}
	for seed := range uint64(12) {
		for _, question := range askAbout(t, newWriter(t, seed), []questions.Passage{about})[about] {
			asked[strings.ToLower(strings.Trim(question, "?¿ "))] = true
		}
	}
	return asked
}

func TestQuestions(t *testing.T) {
	for name, test := range map[string]struct {
		title, text string
		want        string // one of the questions
	}{
		"how soon":                   {"", "You must report the accident within 24 hours.", "how long do i have to report the accident"},
		"a deadline":                 {"", "Employees must submit their timesheet by Friday at noon.", "by when do i have to submit my timesheet"},
		"notice":                     {"", "You should request annual leave at least two weeks in advance.", "how far in advance do i have to request annual leave"},
		"how often something is":     {"", "Travel budgets are reviewed every quarter.", "how often are travel budgets reviewed"},
		"when something starts":      {"", "The notice period runs from the day after the letter arrived.", "when does the notice period start"},
		"what a heading names":       {"Notice periods", "It differs from firm to firm. The notice period is written in the contract of each person.", "what should i know about notice periods"},
		"a technique":                {"Breadth-first search", "Maps are explored with breadth-first search in most games. The breadth-first search algorithm visits near places first, and breadth-first search needs a queue.", "info on breadth-first search"},
		"an obligation":              {"", "All employees must wear their badge in the warehouse.", "do i have to wear my badge in the warehouse"},
		"a permission":               {"", "You may carry over unused vacation days.", "can i carry over unused vacation days"},
		"a prohibition":              {"", "Do not share your password with colleagues.", "can i share my password with colleagues"},
		"something needless":         {"", "You do not need to keep receipts for small purchases.", "do i need to keep receipts for small purchases"},
		"an exception":               {"", "You must book train tickets in Concur unless the trip is urgent.", "do i always have to book train tickets in concur"},
		"what to do if":              {"", "If your laptop is stolen, call the service desk at once.", "what should i do if my laptop is stolen"},
		"what happens if":            {"", "If you miss the enrollment deadline, your current coverage ends.", "what happens if i miss the enrollment deadline"},
		"a way":                      {"", "To request parental leave, fill in form HR-12.", "how do i request parental leave"},
		"a wish":                     {"", "If you need to reserve a conference room, use the booking page.", "how do i reserve a conference room"},
		"a heading that tells":       {"Requesting a parking permit", "Fill in the form. You should send it to the front desk.", "how do i request a parking permit"},
		"a contact":                  {"", "Contact the payroll office if you have questions about your tax withholding.", "who do i contact about my tax withholding"},
		"where something is":         {"", "Expense templates are stored in the finance folder.", "where can i find expense templates"},
		"where something goes":       {"", "You should log your overtime in Workday.", "where do i log my overtime"},
		"how much something is":      {"", "The maximum reimbursement is $5,250 per calendar year.", "how much is the maximum reimbursement"},
		"how many":                   {"", "Full-time employees accrue 4 hours of sick leave every pay period.", "how many hours of sick leave do full-time employees accrue every pay period"},
		"how many are needed":        {"", "Applicants must complete 12 months of continuous service.", "how many months of continuous service do i have to complete"},
		"how long something takes":   {"", "The background check takes three weeks.", "how long does the background check take"},
		"who does something":         {"", "The travel coordinator approves international trips.", "who approves international trips"},
		"who something is done by":   {"", "Purchase orders are signed by the finance director.", "who signs purchase orders"},
		"a responsibility":           {"", "The facilities team is responsible for the fire drills.", "who is responsible for the fire drills"},
		"who may have something":     {"", "Part-time staff are eligible for dental insurance.", "who is eligible for dental insurance"},
		"a definition":               {"", "A notice period is the time between giving notice and the last day.", "what is a notice period"},
		"a label":                    {"", "Core hours: the hours when everybody has to be reachable.", "what are core hours"},
		"an acronym":                 {"", "Ask for a Permanent Change of Station (PCS) early.", "what does pcs stand for"},
		"a purpose":                  {"", "The purpose of the exit interview is to learn why people leave.", "what is the purpose of the exit interview"},
		"what something is used for": {"", "We use Trello to plan sprints.", "what do we use trello for"},
		"a difference":               {"", "Paid leave is a benefit of regular staff. Unpaid leave is a leave without salary.", "what's the difference between paid leave and unpaid leave"},
		"a reason":                   {"", "Delivery drivers must sign the logbook because the fire brigade needs a list.", "why do delivery drivers have to sign the logbook"},
		"a claim":                    {"", "The dental plan does not cover orthodontics.", "does the dental plan cover orthodontics"},
		"what there is":              {"", "There is a bicycle garage behind the building.", "is there a bicycle garage behind the building"},
		"a frequent question":        {"", "How do I get a parking permit?\nAsk at the front desk and bring your registration.", "how do i get a parking permit"},
		"marks of Markdown":          {"", "## Pay\n\n- **The [signing bonus](https://example.com/x)** is a payment on the first day, `always`.", "what is the signing bonus"},
		"a question in a heading":    {"Fees › Q: Who pays for the replacement key?", "The tenant pays for it unless the lock was faulty.", "who pays for the replacement key"},
		"a heading in capitals":      {"LOCKER KEYS", "Locker keys cost a deposit. The deposit for locker keys is paid back in June, when all locker keys are counted.", "what should i know about locker keys"},
		"a countable heading":        {"Bicycle permit", "A bicycle permit lets residents use the cellar. Each bicycle permit belongs to one frame.", "what should i know about bicycle permits"},
		"a rule for a visitor":       {"", "Visitors must sign the guest book at the front desk.", "do i have to sign the guest book at the front desk"},
		"a prohibition with stress":  {"", "You must not open the fuse box under any circumstances.", "can i open the fuse box"},
		"a numbered paragraph":       {"", "4.2 Camera recordings are kept for 14 days.", "how long are camera recordings kept"},
		"one of two objects":         {"", "You can pay your parking or camera ticket online if it has been issued.", "can i pay my parking or camera ticket online"},
		"a trouble":                  {"", "If you have an allergy, tell the kitchen staff.", "what should i do if i have an allergy"},
		"a label of one thing":       {"", "Sorting notice: a letter that is sent before the bins are emptied.", "meaning of sorting notice"},
		"a heading's path":           {"Travel › Booking a rental car", "Use the portal. You should book the car early.", "how do i book a rental car"},
	} {
		t.Run(name, func(t *testing.T) {
			asked := allAsked(t, questions.Passage{Title: test.title, Text: test.text})
			if !asked[test.want] {
				t.Errorf("asked %q, want %q among them", slices.Sorted(maps.Keys(asked)), test.want)
			}
			for q := range asked {
				if strings.Contains(q, "we allowed") {
					t.Errorf("%q is asked by several people about one", q)
				}
				if strings.ContainsAny(q, "*#`[]{}") || strings.Contains(q, "http") {
					t.Errorf("%q has marks left", q)
				}
			}
		})
	}
}

func TestNothingIsAskedThatNobodyWouldAsk(t *testing.T) {
	for name, test := range map[string]struct {
		title, text string
		not         string // stands in no question
	}{
		"a bare common noun":          {"Subject", "The subject comes up in practice. Requests are what people ask for. Be brief.", "subject"},
		"a generic plural":            {"", "Requests are a big part of the job and take time.", "what are requests"},
		"a cut object":                {"", "Follow the steps below to set up the phone. Use it.", "follow the steps"},
		"a verb in a run of nouns":    {"", "Your success hinges on the mentor you choose in the first year.", "success hinges"},
		"a person":                    {"", "Email the form to Mary Smith. Mary Smith is a manager in Denver.", "mary"},
		"a mail address":              {"", "Please email the benefits form to benefits@example.com today.", "@"},
		"a bare role":                 {"The supervisor", "The supervisor decides. They will tell you.", "the supervisor"},
		"a figure of speech":          {"", "There was enthusiasm for our mere existence at the time.", "existence"},
		"a pronoun":                   {"", "If this happens again, it must be reported by them within two days.", "this"},
		"a question to the reader":    {"", "Do you want to celebrate a job well done?\nThink about what you want from the talk before it starts.", "celebrate"},
		"what is forbidden at times":  {"", "Never open the kiln before it has cooled down. Do not wear gloves when operating the lathe.", "i "},
		"what is denied":              {"", "The annex does not have a lift because the building is protected.", "why does the annex have"},
		"this one":                    {"", "This grinder is a bench grinder with two wheels and a lamp.", "grinder"},
		"who somebody is":             {"", "If you are a landlord, read the lease first. If you have several gardens, you can rent a shed.", "if i"},
		"a state that is no trouble":  {"", "If your bank account is in good standing, the clerk will issue a new card.", "good standing"},
		"a greeting":                  {"", "Everyone is welcome to enter the workshop regardless of age.", "enter the workshop"},
		"a price":                     {"", "Phone plans start from around £17 a month.", "when"},
		"what may be needed":          {"", "If the roof leaks, you may need a permit for the scaffold.", "what can i do"},
		"minutes of a meeting":        {"2031-04-02 Board minutes › Bicycle shed", "The treasurer must order a bicycle shed. You can paint the bicycle shed in June.", "shed"},
		"a list of questions":         {"", "Do I have push sticks available for the saw?\nIs the saw blade in a safe position for the cut etc.", "push sticks"},
		"a description of a page":     {"", "Lesson calendar: A list of the dates when lessons are taught.", "lesson calendar"},
		"a heading of what happens":   {"Whistling pipes", "Check the fill valve first. Replace the worn washer. Close the main tap.", "how"},
		"an object left out":          {"", "Never run under rugs or through walls. Wash with soap monthly.", "i "},
		"an article left out":         {"", "You must attempt cancellation with merchant. Receive confirmation email one day in advance.", "i "},
		"a danger":                    {"", "Loose wires are a fire hazard in every house.", "loose wires"},
		"how many are allowed to do":  {"", "Temporary cardholders are limited to checking out three items.", "cap on"},
		"who writes":                  {"", "You can either leave the bottles with me or bring a clean cup.", "bottles"},
		"a verb cut from its object":  {"", "Do not leave a soldering iron running unattended.", "leave a soldering iron"},
		"a list of what isn't there":  {"", "There is no physical punishment, shouting or teasing here.", "is there"},
		"to the extent":               {"", "To the extent required by law, you must keep the receipts of the grant.", "how"},
		"a heading with a modal":      {"The Landlord May Enter", "The landlord may enter to read the meter. The landlord must knock first. The landlord can come at noon.", "landlord may enter"},
		"a question to the writer":    {"Can you clarify the parking fines?", "Parking fines are charged by the district and are paid at the counter.", "clarify"},
		"where something is, cut off": {"", "Pension forms are available at forms.example.org/pension for everyone.", "pension forms available"},
		"what may be":                 {"", "Rebates may be available for private gardens.", "available"},
		"a wait for the writer":       {"", "If you don't hear back from us by noon, call the night porter.", "from us"},
		"what happened once":          {"", "On December 17th eight of us came to the agency and started a project.", "december"},
	} {
		t.Run(name, func(t *testing.T) {
			for q := range allAsked(t, questions.Passage{Title: test.title, Text: test.text}) {
				if strings.Contains(q, test.not) {
					t.Errorf("asked %q", q)
				}
			}
		})
	}
}

// A name with a dot in it stays whole.
func TestNamesWithDots(t *testing.T) {
	asked := allAsked(t, questions.Passage{Text: "To publish source code, use code.gov. You should publish your source code on code.gov within 30 days."})
	for q := range asked {
		if strings.HasSuffix(q, "code.") || strings.Contains(q, "on code?") {
			t.Errorf("asked %q", q)
		}
	}
	if !asked["how do i publish source code"] {
		t.Errorf("asked %q", slices.Sorted(maps.Keys(asked)))
	}
}

// Whatever is mistyped, it is never what is asked for.
func TestTermsAreSpeltRight(t *testing.T) {
	about := questions.Passage{Text: "The Foreign Earnings Questionnaire (FEQ) is a form for expatriates. IT approves laptop orders."}
	for q := range allAsked(t, about) {
		if !strings.Contains(q, "feq") && !strings.Contains(q, "foreign earnings questionnaire") && !strings.Contains(q, "laptop orders") {
			t.Errorf("asked %q", q)
		}
	}
}

func TestNothingToAskAbout(t *testing.T) {
	if asked := allAsked(t, questions.Passage{Text: "It is so. And then it was not."}); len(asked) != 0 {
		t.Errorf("asked %v about nothing", asked)
	}
}

func TestQuestionsInThePassagesLanguage(t *testing.T) {
	for language, test := range map[string]struct{ title, text, want string }{
		"German":  {"Reisekosten", "Eine Dienstreise ist eine Reise, die der Arbeitgeber angeordnet hat. Die Belege müssen innerhalb von vier Wochen bei der Buchhaltung eingereicht werden.", "was ist eine dienstreise"},
		"French":  {"Congés payés", "Le congé parental est un congé que les salariés peuvent prendre après la naissance de leur enfant. La demande doit être faite par écrit.", "qu'est-ce que le congé parental"},
		"Spanish": {"Vacaciones", "El permiso parental es un permiso que los empleados pueden pedir después del nacimiento de su hijo. La solicitud se hace por escrito.", "qué es el permiso parental"},
	} {
		t.Run(language, func(t *testing.T) {
			asked := allAsked(t, questions.Passage{Title: test.title, Text: test.text})
			if !asked[test.want] {
				t.Errorf("asked %q, want %q among them", slices.Sorted(maps.Keys(asked)), test.want)
			}
		})
	}
}
