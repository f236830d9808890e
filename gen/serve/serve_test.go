package serve

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"seedbed/gen/intent"
	"seedbed/gen/intent/outofscope"
)

// model is trained once for all tests.
var model = sync.OnceValues(func() (*intent.Model, error) {
	file, err := os.Open("../intent/testdata/clinc150_part.csv")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, err
	}
	var examples []intent.Example
	for _, line := range lines[1:] {
		examples = append(examples, intent.Example{Text: line[0], Category: line[1], Group: -1})
	}
	return intent.Train(context.Background(), examples, intent.Options{})
})

func trained(tb testing.TB) *intent.Model {
	tb.Helper()
	m, err := model()
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

const (
	own     = "how much is left in my checking account"
	strange = "the volcano erupted beneath purple jellyfish marching through basalt"
)

// ask asks a handler and decodes its answer, which is always one JSON object.
func ask(t *testing.T, h http.Handler, r *http.Request) (status int, answer map[string]any) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		t.Fatalf("%d %q: %v", w.Code, w.Body.String(), err)
	}
	if kind := w.Header().Get("Content-Type"); kind != "application/json; charset=utf-8" {
		t.Errorf("content type %q", kind)
	}
	return w.Code, answer
}

func post(body, contentType string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/predict", strings.NewReader(body))
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	return r
}

func TestMessagesAreAnsweredHoweverTheyAreSent(t *testing.T) {
	m := trained(t)
	want := m.Predict(own)
	h := Handler(Answering{Model: m})
	asJSON, err := json.Marshal(map[string]string{"message": own})
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]*http.Request{
		"JSON":                         post(string(asJSON), "application/json"),
		"JSON with a charset":          post(string(asJSON), "application/json; charset=UTF-8"),
		"JSON as curl -d sends it":     post(string(asJSON), "application/x-www-form-urlencoded"),
		"JSON that nobody declared":    post(" \n"+string(asJSON)+"\n", ""),
		"plain text":                   post(own, "text/plain"),
		"plain text as curl -d sends":  post(own, "application/x-www-form-urlencoded"),
		"plain text, nobody's":         post(own, ""),
		"plain text as browsers do it": post(own, "text/plain;charset=UTF-8"),
	} {
		status, answer := ask(t, h, r)
		if status != http.StatusOK || answer["category"] != want.Category || answer["nearest"] != want.Category || answer["none"] != false ||
			answer["confidence"] != want.Confidence || answer["out_of_scope"] != want.OutOfScope {
			t.Errorf("%s: %d %v", name, status, answer)
		}
		if answer["probabilities"] != nil {
			t.Errorf("%s: probabilities that nobody asked for", name)
		}
	}
	r := post(own, "text/plain")
	r.URL.RawQuery = "probabilities=true"
	_, answer := ask(t, h, r)
	if list, _ := answer["probabilities"].(map[string]any); len(list) != len(m.Categories()) || list[want.Category] != want.Confidence {
		t.Errorf("probabilities: %v", list)
	}
	if status, answer := ask(t, h, post("{not JSON", "text/plain")); status != http.StatusOK || answer["category"] == nil {
		t.Errorf("text that begins like JSON: %d %v", status, answer)
	}
}

func TestManyMessagesAreAnsweredInTheirOrder(t *testing.T) {
	m := trained(t)
	h := Handler(Answering{Model: m})
	status, answer := ask(t, h, post(`{"messages": ["`+own+`", "`+strange+`", ""]}`, "application/json"))
	list, _ := answer["answers"].([]any)
	if status != http.StatusOK || len(list) != 3 {
		t.Fatalf("%d %v", status, answer)
	}
	for i, text := range []string{own, strange, ""} {
		if got := list[i].(map[string]any); got["nearest"] != m.Predict(text).Category {
			t.Errorf("%q: %v", text, got)
		}
	}
	if _, answer := ask(t, h, post(`{"messages": []}`, "application/json")); fmt.Sprint(answer["answers"]) != "[]" {
		t.Errorf("no messages: %v", answer)
	}
}

func TestStrangeMessagesAreNone(t *testing.T) {
	m := trained(t)
	if p := m.Predict(strange); p.OutOfScope <= m.Threshold(outofscope.DefaultKept).Score {
		t.Fatalf("out of scope %.3f: not strange enough for this test", p.OutOfScope)
	}
	_, answer := ask(t, Handler(Answering{Model: m}), post(strange, ""))
	if answer["category"] != outofscope.None || answer["none"] != true || answer["nearest"] == outofscope.None {
		t.Errorf("%v", answer)
	}
	_, answer = ask(t, Handler(Answering{Model: m, Always: true}), post(strange, ""))
	if answer["category"] != answer["nearest"] || answer["none"] != false {
		t.Errorf("always: %v", answer)
	}
}

func TestWhatCannotBeAnsweredIsASentence(t *testing.T) {
	h := Handler(Answering{Model: trained(t)})
	with := func(r *http.Request, header, value string) *http.Request {
		r.Header.Set(header, value)
		return r
	}
	const asJSON = "application/json"
	for name, c := range map[string]struct {
		r    *http.Request
		want int
	}{
		"not JSON":            {post("{", asJSON), 400},
		"JSON without object": {post(`"hello"`, asJSON), 400},
		"no body":             {post("", asJSON), 400},
		"another field":       {post(`{"text": "hello"}`, asJSON), 400},
		"both":                {post(`{"message": "a", "messages": ["b"]}`, asJSON), 400},
		"neither":             {post(`{"message": null}`, asJSON), 400},
		"a number":            {post(`{"message": 7}`, asJSON), 400},
		"two objects":         {post(`{"message": "a"} {"message": "b"}`, asJSON), 400},
		"deep":                {post(strings.Repeat("[", 1<<20), asJSON), 400},
		"Latin 1":             {post("caf\xe9", ""), 400},
		"declared Latin 1":    {post("cafe", "text/plain; charset=iso-8859-1"), 415},
		"a form with a file":  {post("--x", "multipart/form-data; boundary=x"), 415},
		"compressed":          {with(post("x", ""), "Content-Encoding", "gzip"), 415},
		"a broken type":       {post("x", ";;"), 415},
		"long":                {post(strings.Repeat("x", maxMessage+1), ""), 413},
		"too long":            {post(strings.Repeat("x", maxBody+1), ""), 413},
		"too many":            {post(`{"messages": ["`+strings.Repeat(`","`, maxMessages)+`"]}`, asJSON), 413},
		"another site":        {with(post("x", "text/plain"), "Sec-Fetch-Site", "cross-site"), 403},
		"another origin":      {with(post("x", "text/plain"), "Origin", "https://elsewhere.example"), 403},
		"another method":      {httptest.NewRequest(http.MethodGet, "/predict", nil), 405},
		"deleted":             {httptest.NewRequest(http.MethodDelete, "/health", nil), 405},
		"another path":        {httptest.NewRequest(http.MethodGet, "/nothing", nil), 404},
	} {
		status, answer := ask(t, h, c.r)
		if sentence, _ := answer["error"].(string); status != c.want || len(sentence) < 20 {
			t.Errorf("%s: %d %v, want %d", name, status, answer, c.want)
		}
	}
}

func TestWhatTakesTooLongIsASentence(t *testing.T) {
	ctx, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	status, answer := ask(t, Handler(Answering{Model: trained(t)}), post(own, "").WithContext(ctx))
	if status != http.StatusServiceUnavailable || answer["error"] == nil {
		t.Errorf("%d %v", status, answer)
	}
}

func TestPageAndHealth(t *testing.T) {
	h := Handler(Answering{Model: trained(t)})
	if status, answer := ask(t, h, httptest.NewRequest(http.MethodGet, "/health", nil)); status != 200 || answer["status"] != "ok" {
		t.Errorf("%d %v", status, answer)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if w.Code != 200 || !strings.Contains(w.Body.String(), "<textarea") || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if w.Header().Get("Access-Control-Allow-Origin") != "" || !strings.Contains(w.Header().Get("Content-Security-Policy"), "connect-src 'self'") {
		t.Errorf("%v", w.Header())
	}
	for _, elsewhere := range []string{"http://", "https://", "//cdn", "@import", "url("} {
		if strings.Contains(w.Body.String(), elsewhere) {
			t.Errorf("the page needs %s", elsewhere)
		}
	}
}

func start(tb testing.TB, c Config) *Server {
	tb.Helper()
	c.Model = trained(tb)
	s, err := Start(c)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Stop(); err != nil {
			tb.Error(err)
		}
	})
	return s
}

func TestServerAnswersUnderItsOwnNamesOnly(t *testing.T) {
	s := start(t, Config{Address: "localhost:0"})
	if s.Public() {
		t.Error("localhost is public")
	}
	port := s.URL()[strings.LastIndex(s.URL(), ":"):]
	for host, want := range map[string]int{
		"localhost" + port: 200, "127.0.0.1" + port: 200, "[::1]" + port: 200, "LOCALHOST": 200, "127.0.0.1": 200,
		"rebound.example" + port: 403, "127.0.0.1.rebound.example": 403, "0.0.0.0" + port: 403, "192.168.1.2" + port: 403,
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL()+"/health", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = host
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != want {
			t.Errorf("%s: %d, want %d", host, answer.StatusCode, want)
		}
	}
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := <-s.Done(); err != nil {
		t.Errorf("ended with %v", err)
	}
	if conn, err := net.Dial("tcp", strings.TrimPrefix(s.URL(), "http://")); err == nil {
		conn.Close()
		t.Error("still listens after Stop")
	}
}

func TestStopLetsRequestsEnd(t *testing.T) {
	s := start(t, Config{Address: "127.0.0.1:0"})
	body, feed := io.Pipe()
	type result struct {
		text string
		err  error
	}
	// The server asks for the body once it has begun to answer.
	begun, done := make(chan struct{}), make(chan result, 1)
	ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{Got100Continue: func() { close(begun) }})
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL()+"/predict", body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "text/plain")
	r.Header.Set("Expect", "100-continue")
	go func() {
		answer, err := (&http.Client{Transport: &http.Transport{ExpectContinueTimeout: time.Minute}}).Do(r)
		if err != nil {
			done <- result{err: err}
			return
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		done <- result{string(text), err}
	}()
	<-begun
	stopped := make(chan error, 1)
	go func() { stopped <- s.Stop() }()
	fmt.Fprint(feed, own)
	feed.Close()
	if r := <-done; r.err != nil || !strings.Contains(r.text, "category") {
		t.Errorf("%q, %v", r.text, r.err)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}

func TestOtherComputersAreKeptOutUnlessAskedFor(t *testing.T) {
	for _, address := range []string{":0", "0.0.0.0:0", "[::]:0"} {
		if _, err := Start(Config{Answering: Answering{Model: trained(t)}, Address: address}); !errors.Is(err, ErrPublic) {
			t.Errorf("%q: %v", address, err)
		}
	}
	s := start(t, Config{Address: "0.0.0.0:0", Public: true})
	if !s.Public() || !strings.HasPrefix(s.URL(), "http://127.0.0.1:") {
		t.Errorf("public %v at %s", s.Public(), s.URL())
	}
	answer, err := http.Post(s.URL()+"/predict", "text/plain", bytes.NewReader([]byte(own)))
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("%d", answer.StatusCode)
	}
	for _, wrong := range []string{"nonsense", "127.0.0.1", "127.0.0.1:http-nothing", strings.TrimPrefix(s.URL(), "http://")} {
		if other, err := Start(Config{Answering: Answering{Model: trained(t)}, Address: wrong, Public: true}); err == nil {
			t.Errorf("%q was taken: %v", wrong, other.Stop())
		}
	}
}

func FuzzQuestions(f *testing.F) {
	f.Add([]byte(`{"message": "hi"}`), "application/json")
	f.Add([]byte(`{"messages": ["hi", "\ud800"]}`), "")
	f.Add([]byte("hello"), "text/plain; charset=utf-8")
	f.Fuzz(func(t *testing.T, body []byte, kind string) {
		r := httptest.NewRequest(http.MethodPost, "/predict", bytes.NewReader(body))
		r.Header["Content-Type"] = []string{kind}
		asked, wrong := readQuestions(httptest.NewRecorder(), r)
		if wrong == nil && (len(asked.messages) > maxMessages || asked.single && len(asked.messages) != 1) {
			t.Errorf("%d messages", len(asked.messages))
		}
	})
}
