package llm

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"seedbed/assets/i18n"
	"seedbed/gen/openai"
)

// Choice is a model that an endpoint offers, as a writer of messages.
type Choice struct {
	openai.Model
	Price    *Price      // nil if unknown
	Suitable bool        // it can write messages
	Why      []i18n.Text // what speaks for or against it

	points int
}

// trait is a word in a model's name, and what it means for writing messages.
type trait struct {
	words  *regexp.Regexp
	points int // unsuitable where it is never
	why    i18n.Text
}

// never is the points of what can't write messages.
const never = -1000

// word matches any of some words as parts of a name.
func word(words string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:^|[-_/.: ])(?:` + words + `)(?:$|[-_/.:@ ]|\d)`)
}

// traits are in the order of their weight: the first one that excludes a model is the
// reason that is shown.
var traits = []trait{
	{regexp.MustCompile(`(?i)embed|minilm|sentence-t|(^|[-_/])(bge|gte|e5|jina-clip)([-_]|$)`), never, i18n.T("an embedding model")},
	{regexp.MustCompile(`(?i)rerank`), never, i18n.T("it sorts search results")},
	{regexp.MustCompile(`(?i)guard|shield|moderation|safety|prompt-injection`), never, i18n.T("a safety filter")},
	{regexp.MustCompile(`(?i)whisper|transcribe|realtime|speech|orpheus|playai|sonic|parakeet|lyria|` + word(`tts|asr|audio|voice|live`).String()), never, i18n.T("for speech")},
	{regexp.MustCompile(`(?i)dall-?e|imagen|flux|diffusion|sdxl|siglip|midjourney|kontext|` + word(`image|video|sora|veo|clip|wan`).String()), never, i18n.T("for pictures")},
	{regexp.MustCompile(`(?i)` + word(`ocr|aqa|reward|rm|prm|draft|lora|adapter|classifier|detector`).String()), never, i18n.T("no chat model")},
	{regexp.MustCompile(`(?i)^(openai/)?(babbage|davinci|ada|curie)|turbo-instruct|` + word(`base|pretrain|pt`).String()), never, i18n.T("it only continues texts")},
	{regexp.MustCompile(`(?i)deep-research|computer-use|robotics|` + word(`search`).String()), -200, i18n.T("made for other work, and dear")},
	{regexp.MustCompile(`(?i)coder|codestral|codex|starcoder|codellama|codegemma|devstral|` + word(`code`).String()), -120, i18n.T("made for writing programs")},
	{regexp.MustCompile(`(?i)math|prover|` + word(`sql|translate|med`).String()), -120, i18n.T("made for one subject")},
	{regexp.MustCompile(`(?i)llava|moondream|pixtral|bakllava|` + word(`vl|vision`).String()), -60, i18n.T("made for looking at pictures")},
	{regexp.MustCompile(`(?i)thinking|reasoner|(^|[-/])r1|qwq|magistral|` + word(`o1|o3|o4`).String()), -40, i18n.T("thinks before it answers, which costs time and money")},
	{regexp.MustCompile(`(?i)preview|experimental|` + word(`exp|beta|alpha|rc`).String()), -15, i18n.T("a preview")},
	{regexp.MustCompile(`(?i)instruct|` + word(`it|chat|assistant`).String()), 20, i18n.T("made for following instructions")},
	{regexp.MustCompile(`(?i)gpt-[4-9](\.\d)?o?-(mini|luna)|claude-.*haiku|haiku|gemini-.*flash|mistral-small|llama-?3\.3-70b|deepseek-(chat|v3)|gemma-?3|qwen-?(2\.5|3)|llama-?3`), 30, i18n.T("a family that writes well for its price")},
}

// Rank sorts the models of an endpoint by how well they suit writing messages, the best
// first, by what is known of them. The order is the same for the same models.
func Rank(baseURL string, models []openai.Model, prices Prices) []Choice {
	prices = prices.Listed(models)
	choices := make([]Choice, len(models))
	for i, m := range models {
		choices[i] = judge(m, prices.Of(baseURL, m.ID))
	}
	slices.SortStableFunc(choices, func(a, b Choice) int {
		return cmp.Or(cmp.Compare(b.points, a.points), cmp.Compare(len(a.ID), len(b.ID)), strings.Compare(a.ID, b.ID))
	})
	return choices
}

func judge(m openai.Model, price *Price) Choice {
	c := Choice{Model: m, Price: price, Suitable: true}
	add := func(points int, why i18n.Text) {
		c.points += points
		c.Suitable = c.Suitable && points > never
		if c.Suitable || points == never {
			c.Why = append(c.Why, why)
		}
	}
	if m.ID == DefaultModel {
		c.points += 200
	}
	switch {
	case m.Unable:
		add(never, i18n.T("switched off, or made for something else"))
	case kinds[m.Kind] != "":
		add(never, i18n.T("{{.Kind}}, says the endpoint", i18n.Values{"Kind": kinds[m.Kind]}))
	case strings.Contains(m.Family, "bert"):
		add(never, i18n.T("an embedding model"))
	}
	for _, t := range traits {
		if c.Suitable && t.words.MatchString(m.ID) {
			add(t.points, t.why)
		}
	}
	if m.Context > 0 && m.Context < leastContext {
		add(-80, i18n.T("a short context"))
	}
	if m.Loaded {
		add(100, i18n.T("in memory now"))
	}
	c.weighPrice(add)
	c.weighSize(add)
	if !c.Suitable {
		c.Why = c.Why[:1]
		c.points = min(c.points, never)
	}
	return c
}

// kinds are the words of lists for what doesn't chat, as people read them.
var kinds = map[string]string{
	"embedding": "embedding", "embeddings": "embedding", "rerank": "rerank", "reranker": "rerank", "moderation": "moderation",
	"image": "image", "audio": "audio", "video": "video", "transcribe": "audio", "speech": "audio", "tts": "audio", "asr": "audio", "base": "base",
}

// leastContext holds a prompt with passages and its answer, in tokens.
const leastContext = 6000

func (c *Choice) weighPrice(add func(int, i18n.Text)) {
	if c.Price == nil {
		return
	}
	switch per := (3*c.Price.Prompt + c.Price.Completion) / 4; { // a request reads about three times what it writes
	case per == 0:
		c.points += 5
	case per <= 1:
		add(15, i18n.T("cheap"))
	case per > 15:
		add(-90, i18n.T("very dear"))
	case per > 4:
		add(-40, i18n.T("dear"))
	}
}

var (
	sizeForm  = regexp.MustCompile(`(?i)(?:^|[^a-z0-9.])(\d+(?:\.\d+)?)\s?b(?:$|[^a-z0-9])`)
	releaseID = regexp.MustCompile(`20\d\d-?\d\d-?\d\d|-00\d$`)
)

// weighSize prefers models that write well and still fit a computer: a small one repeats
// itself, a very large one is slow.
func (c *Choice) weighSize(add func(int, i18n.Text)) {
	if releaseID.MatchString(c.ID) {
		c.points-- // the same model under its own name is updated
	}
	m := sizeForm.FindStringSubmatch(cmp.Or(c.Size, c.ID))
	if m == nil {
		return
	}
	billions, err := strconv.ParseFloat(m[1], 64)
	switch {
	case err != nil:
	case billions < 1.5:
		add(-30, i18n.T("very small: it repeats itself"))
	case billions < 3:
		c.points -= 10
	case billions <= 80:
		c.points += 10
	}
}

// Choose is the model that writes where none was named; an error if none of an
// endpoint's models can.
func Choose(host string, choices []Choice) (Choice, error) {
	if len(choices) > 0 && choices[0].Suitable {
		return choices[0], nil
	}
	if len(choices) == 0 {
		return Choice{}, &PlanError{i18n.T("{{.Host}} offers no model; load one there, or name the model to ask", i18n.Values{"Host": host})}
	}
	c := choices[0]
	return Choice{}, &PlanError{i18n.T("none of the models that {{.Host}} offers can write messages ({{.Model}}: {{.Why}}); load a chat model there, or name the model to ask", i18n.Values{"Host": host, "Model": c.ID, "Why": c.Why[0]})}
}

// Choices lists what an endpoint offers, the best first. It is one request, or two with
// local programs, and free.
func Choices(ctx context.Context, config openai.Config, own map[string]Price) ([]Choice, error) {
	models, err := openai.New(config).Models(ctx)
	if err != nil {
		return nil, err
	}
	prices, err := ShippedPrices()
	return Rank(config.BaseURL, models, prices.With(own)), err
}

// Suitable are the names of the models that can write messages, the best first.
func Suitable(choices []Choice) []string {
	var names []string
	for _, c := range choices {
		if c.Suitable {
			names = append(names, c.ID)
		}
	}
	return names
}

// How long a program that is loading its model is waited for, and how often it is asked.
const (
	loadingPatience = time.Minute
	loadingPause    = time.Second
)

// choicesOnceLoaded is Choices that waits for a program which is loading its model.
func choicesOnceLoaded(ctx context.Context, config openai.Config, own map[string]Price) ([]Choice, error) {
	for end := time.Now().Add(loadingPatience); ; {
		choices, err := Choices(ctx, config, own)
		var e *openai.Error
		if !errors.As(err, &e) || e.Status != http.StatusServiceUnavailable || time.Now().After(end) {
			return choices, err
		}
		select {
		case <-time.After(loadingPause):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// listPatience is how long a run that has its model waits for the endpoint's prices.
const listPatience = 5 * time.Second

// Open returns a client for the model that config names, and the model's price, nil if it
// is unknown. If config names no model, Open takes DefaultModel at OpenAI, and the best of
// what another endpoint offers. A person's own prices for the endpoint, by model, override
// the others. The endpoint is asked for its list where no model is named.
func Open(ctx context.Context, config openai.Config, own map[string]Price) (*openai.Client, *Price, error) {
	prices, err := ShippedPrices()
	if err != nil {
		return nil, nil, err
	}
	prices = prices.With(own)
	switch {
	case openai.New(config).Model() != "":
	case config.BaseURL == "":
		config.Model = DefaultModel
	default:
		choices, err := choicesOnceLoaded(ctx, config, own)
		if err != nil {
			return nil, nil, err
		}
		best, err := Choose(hostOf(config.BaseURL), choices)
		if err != nil {
			return nil, nil, err
		}
		config.Model = best.ID
		return openai.New(config), best.Price, nil
	}
	client := openai.New(config)
	return client, prices.Of(config.BaseURL, client.Model()), nil
}

// OpenListed is Open that asks an endpoint for its prices, where that of the model is not
// known otherwise. It is for what is going to send requests anyway.
func OpenListed(ctx context.Context, config openai.Config, own map[string]Price) (*openai.Client, *Price, error) {
	client, price, err := Open(ctx, config, own)
	if err != nil || price != nil || config.BaseURL == "" {
		return client, price, err
	}
	prices, err := ShippedPrices()
	return client, prices.With(own).Listed(listedAt(ctx, client)).Of(config.BaseURL, client.Model()), err
}

// list is what an endpoint offered at a time.
type list struct {
	models []openai.Model
	until  time.Time // asked again after that
}

// lists are by address; a page that estimates asks for prices with every change.
var lists sync.Map

// listedAt is what an endpoint lists, or listed a short time ago; nothing where it doesn't
// answer, and the price stays unknown.
func listedAt(ctx context.Context, client *openai.Client) []openai.Model {
	if known, ok := lists.Load(client.BaseURL()); ok && time.Now().Before(known.(list).until) {
		return known.(list).models
	}
	listing, cancel := context.WithTimeout(ctx, listPatience)
	defer cancel()
	models, err := client.Models(listing)
	valid := 10 * time.Minute
	if err != nil {
		valid = time.Minute
	}
	if ctx.Err() == nil {
		lists.Store(client.BaseURL(), list{models, time.Now().Add(valid)})
	}
	return models
}
