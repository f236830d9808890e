package openaitest

import (
	"cmp"
	"fmt"
	"strings"
)

// p is the number of phrases in each of the four lists. It is prime, so that
// the lines of the plane over p elements give p² messages of which any two have
// at most one of their four phrases in common: no near-duplicates, by
// construction.
const p = 61

// message is the k-th message of a category; the same k gives the same message.
// About is what it is about; "" takes a topic.
func message(category string, k, seed uint64, about string) string {
	frames, known := frames[category]
	if !known {
		frames = anyFrames
	}
	round := k / (p * p)
	k = (k*1009 + seed*31 + uint64(len(category))*547) % (p * p) // neighbours shouldn't look alike
	a, b := k%p, k/p
	text := strings.NewReplacer(
		"{who}", roles[a],
		"{what}", cmp.Or(about, topics[b]),
		"{when}", when((a+b)%p),
		"{where}", cities[(a+2*b)%p],
	).Replace(frames[(a+3*b)%uint64(len(frames))])
	if round > 0 {
		text = fmt.Sprintf("%s Told %d times over, from %s to %s, by every %s.", text, round, cities[(k+round)%p], cities[(k*7+round)%p], roles[(k*5+round)%p])
	}
	return text
}

func when(i uint64) string {
	months := []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
	return fmt.Sprintf("%s %d", months[i%12], 2019+i/12)
}

// frames are the sentences of each category that ships with Seedbed, told apart
// as a person would.
var frames = map[string][]string{
	"rag_query": {
		"What does {what} usually involve for a {who}, and has that changed since {when} in {where}?",
		"how do i prepare {what} when applying as a {who} in {where}, deadline {when}",
		"Which steps belong to {what} for a {who}? The guide from {where} dated {when} is unclear.",
	},
	"professional": {
		"I have worked as a {who} in {where} since {when}, mostly on {what}.",
		"{who} here, based in {where}, promoted {when}, my daily work is {what}",
		"My contract as {who} in {where} runs from {when} and covers {what}.",
	},
	"psychological": {
		"I'm the kind of {who} who can't let go of {what}; {where} in {when} only proved it.",
		"Deep down I value independence: as a {who} from {where} I always put {what} first, {when} or not.",
		"perfectionist by nature, {what} has to be flawless, just like any {who} in {where} told me in {when}",
	},
	"learning": {
		"I'm studying {what} with evening classes in {where} since {when}, next to work as a {who}.",
		"flashcards about {what} on the train to {where}, that's how this {who} learns since {when}",
		"Videos never stick; as a {who} I practise {what} by hand, {when} course in {where}.",
	},
	"social": {
		"My mentor, a {who} from {where}, has backed me on {what} since {when}.",
		"the team in {where} fell out over {what} in {when} and the {who} stopped talking to me",
		"A friend who is a {who} in {where} introduced me to everybody for {what} in {when}.",
	},
	"emotional": {
		"I feel so anxious about {what}, worse than {when} in {where} as a {who}.",
		"honestly relieved that {what} is over, being a {who} in {where} since {when} had me in tears",
		"So angry and tired right now: {what} again, a {who} in {where} can take only so much since {when}.",
	},
	"aspirational": {
		"By {when} I want to be a {who} in {where} with {what} as my own business.",
		"my dream is moving to {where} and becoming a {who}, {what} first, then by {when} freedom",
		"Someday I'd love to lead {what} as a {who} in {where}, {when} at the latest.",
	},
	"chitchat": {
		"haha {where} in {when}, my neighbour the {who} still jokes about {what}",
		"Good morning! Rain in {where} again, like {when}, and a {who} on the bus hummed about {what}",
		"lol ok thanks, back from {where}, {when} photos later, say hi to the {who} and {what}",
	},
	"off_topic": {
		"Can you book a van from {where} for {when}? The {who} needs it for {what}.",
		"translate this poem about {what} by a {who} from {where}, {when}",
		"What is the recipe the {who} from {where} shared in {when}, next to {what}?",
	},
}

var anyFrames = []string{
	"As a {who} in {where} I came across {what} in {when}.",
	"{what} again, said the {who} from {where} in {when}",
	"In {when} a {who} told me about {what} over in {where}.",
}

var roles = [p]string{
	"night-shift nurse", "field geologist", "data engineer", "pastry chef", "bus driver", "tax adviser", "primary teacher", "welder",
	"UX researcher", "paralegal", "forklift operator", "violin maker", "dental hygienist", "site manager", "copywriter", "beekeeper",
	"security analyst", "florist", "airline steward", "sound engineer", "social worker", "crane operator", "librarian", "vet assistant",
	"stage designer", "actuary", "barista", "radiographer", "plumber", "game tester", "museum guide", "hotel receptionist",
	"midwife", "carpenter", "sales trainer", "lab technician", "train dispatcher", "translator", "optician", "line cook",
	"payroll clerk", "surveyor", "yoga teacher", "embedded developer", "park ranger", "brand manager", "locksmith", "call-centre agent",
	"speech therapist", "warehouse lead", "journalist", "ship's officer", "recruiter", "glazier", "backend developer", "pharmacist",
	"union organiser", "film editor", "goldsmith", "climate modeller", "housekeeper",
}

var topics = [p]string{
	"the salary negotiation", "portfolio reviews", "a career break", "remote onboarding", "the panel interview", "apprentice training",
	"system design", "public speaking", "a cover letter", "shift planning", "grant applications", "cloud certificates", "the notice period",
	"stakeholder mapping", "parental leave", "a second degree", "peer feedback", "freelance invoices", "customer complaints", "SQL tuning",
	"the probation talk", "team budgets", "visa paperwork", "whiteboard exercises", "conflict mediation", "a LinkedIn profile",
	"burnout prevention", "stock options", "technical writing", "return-to-office rules", "networking breakfasts", "quarterly goals",
	"reference letters", "pair programming", "the exit interview", "gap years", "machine safety", "a portfolio website", "job shadowing",
	"aptitude tests", "severance terms", "volunteer shifts", "first-time management", "pension transfers", "thesis deadlines",
	"cold calls", "code reviews", "night classes", "wage transparency", "mock assessments", "a relocation package", "works councils",
	"the elevator pitch", "kanban boards", "evening rehearsals", "skills matrices", "trade fairs", "bilingual meetings",
	"retraining vouchers", "open-source releases", "handover notes",
}

var cities = [p]string{
	"Leeds", "Osaka", "Porto", "Nairobi", "Lima", "Gdańsk", "Tampere", "Chennai", "Ottawa", "Tbilisi", "Accra", "Basel", "Hanoi",
	"Valencia", "Detroit", "Riga", "Medellín", "Perth", "Bergen", "Cairo", "Lyon", "Izmir", "Dunedin", "Kraków", "Boston", "Manila",
	"Antwerp", "Rosario", "Jaipur", "Cork", "Dakar", "Graz", "Seoul", "Tucson", "Aarhus", "Muscat", "Bristol", "Quito", "Zagreb",
	"Winnipeg", "Lagos", "Trieste", "Almaty", "Leipzig", "Busan", "Haifa", "Utrecht", "Kampala", "Bilbao", "Oslo", "Denver", "Pune",
	"Sofia", "Montréal", "Durban", "Tallinn", "Recife", "Brno", "Penang", "Galway", "Ljubljana",
}
