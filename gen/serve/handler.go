package serve

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"seedbed/assets"
	"seedbed/assets/crash"
)

//go:embed page.html
var page []byte

// health is the answer to GET /health.
type health struct {
	Status     string   `json:"status"`
	Version    string   `json:"version"`
	Categories []string `json:"categories"`
}

// answers is the answer to many messages.
type answers struct {
	Answers []Answer `json:"answers"`
}

// Handler answers POST /predict and GET /health, and GET / with a page to try it.
// Errors are {"error": "a sentence"}. It lets pages of other sites neither ask nor read.
func Handler(a Answering) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /predict", func(w http.ResponseWriter, r *http.Request) { predict(w, r, a) })
	mux.HandleFunc("GET /health", func(w http.ResponseWriter, _ *http.Request) {
		write(w, http.StatusOK, health{"ok", assets.Version(), a.Model.Categories()})
	})
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		_, _ = w.Write(page) // whoever asked is gone
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		for path, method := range map[string]string{"/predict": "POST", "/health": "GET, HEAD", "/": "GET, HEAD"} {
			if r.URL.Path == path {
				w.Header().Set("Allow", method)
				fail(w, problem{http.StatusMethodNotAllowed, fmt.Errorf("%s takes %s, not %s", path, method, r.Method)})
				return
			}
		}
		fail(w, problem{http.StatusNotFound, errors.New("there is nothing here: ask POST /predict, GET /health or GET /")})
	})
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fail(w, problem{http.StatusForbidden, errors.New("pages of other sites may not ask here")})
	}))
	return caught(guard.Handler(mux))
}

// caught answers where a handler panics. Of the panic only its place is logged, since its
// value may hold a message.
func caught(handler http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := crash.Try(func() error {
			handler.ServeHTTP(w, r)
			return nil
		})
		if p := crash.In(err); p != nil {
			slog.Error("a fault while answering", "stack", string(p.Stack))
			fail(w, problem{http.StatusInternalServerError, err})
		}
	})
}

func predict(w http.ResponseWriter, r *http.Request, a Answering) {
	asked, wrong := readQuestions(w, r)
	if wrong != nil {
		fail(w, *wrong)
		return
	}
	probabilities := r.URL.Query().Get("probabilities") == "true"
	found := answers{Answers: make([]Answer, len(asked.messages))}
	ctx, cancel := context.WithTimeout(r.Context(), predictTime)
	defer cancel()
	for i, message := range asked.messages {
		switch err := ctx.Err(); {
		case errors.Is(err, context.DeadlineExceeded):
			fail(w, problem{http.StatusServiceUnavailable, errors.New("this took too long; send fewer messages at a time, or try again when less is going on")})
			return
		case err != nil:
			return // whoever asked is gone
		}
		found.Answers[i] = a.Answer(message, probabilities)
	}
	if asked.single {
		write(w, http.StatusOK, found.Answers[0])
		return
	}
	write(w, http.StatusOK, found)
}

// onlyLocal refuses requests that name another host than this computer. A site can let
// its own name lead here (DNS rebinding), and would then pass for this server's own page.
func onlyLocal(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if name, _, err := net.SplitHostPort(host); err == nil {
			host = name
		}
		address, err := netip.ParseAddr(strings.Trim(host, "[]"))
		if err == nil && address.IsLoopback() || strings.EqualFold(host, "localhost") {
			next.ServeHTTP(w, r)
			return
		}
		fail(w, problem{http.StatusForbidden, errors.New("this server answers only under the names of this computer, such as localhost")})
	})
}

func fail(w http.ResponseWriter, p problem) {
	write(w, p.status, struct {
		Error string `json:"error"`
	}{p.Error()})
}

func write(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(value) // whoever asked is gone
}
