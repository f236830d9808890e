package serve

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"

	"golang.org/x/net/netutil"

	"seedbed/assets/crash"
	"seedbed/assets/i18n"
	"seedbed/assets/number"
)

// Config says what is served, and where.
type Config struct {
	Answering
	// Address is host:port, such as 127.0.0.1:8080; port 0 is any free one.
	Address string
	// Public allows an address that other computers can reach.
	Public bool
}

// ErrPublic is the error of Start for an address that other computers can reach, without
// Config.Public.
var ErrPublic = i18n.Error("other computers can reach this address, and anyone there could ask the model")

// The limits of connections.
const (
	maxConnections = 256
	maxHeader      = 16 << 10 // bytes
	readTime       = 15 * time.Second
	predictTime    = 20 * time.Second
	answerTime     = 60 * time.Second // from the header on
	idleTime       = 2 * time.Minute
	stopTime       = 5 * time.Second
)

// Server is a server that has been started.
type Server struct {
	http   *http.Server
	at     *net.TCPAddr
	public bool
	done   chan error
}

// Start starts a server, which then runs until Stop.
func Start(config Config) (*Server, error) {
	if _, port, err := net.SplitHostPort(config.Address); err == nil && port != "" && strings.ContainsAny(port[:1], "0123456789+-") {
		if _, err := number.Port.Int(port); err != nil {
			return nil, i18n.Error("the port of {{.Address}}: {{.Why}}", i18n.Values{"Address": config.Address, "Why": err})
		}
	}
	at, err := net.ResolveTCPAddr("tcp", config.Address)
	if err != nil {
		return nil, i18n.Error("{{.Address}} is not an address to serve at, as 127.0.0.1:8080 is: {{.Cause}}", i18n.Values{"Address": config.Address, "Cause": err})
	}
	local := at.IP.IsLoopback()
	if !local && !config.Public {
		return nil, i18n.Error("{{.Address}}: {{.What}}", i18n.Values{"Address": config.Address, "What": ErrPublic})
	}
	listener, err := net.ListenTCP("tcp", at)
	if err != nil {
		return nil, i18n.Error("nothing can be served at {{.Address}}; choose another port, or end the program that uses it: {{.Cause}}", i18n.Values{"Address": config.Address, "Cause": err})
	}
	handler := Handler(config.Answering)
	if local {
		handler = onlyLocal(handler)
	}
	s := &Server{
		http: &http.Server{
			Handler: handler, MaxHeaderBytes: maxHeader,
			ReadHeaderTimeout: readTime, ReadTimeout: readTime, WriteTimeout: answerTime, IdleTimeout: idleTime,
		},
		at: listener.Addr().(*net.TCPAddr), public: !local, done: make(chan error, 1),
	}
	go func() {
		err := crash.Try(func() error { return s.http.Serve(netutil.LimitListener(listener, maxConnections)) })
		if errors.Is(err, http.ErrServerClosed) {
			err = nil
		}
		s.done <- err
	}()
	return s, nil
}

// URL is where the server answers on this computer.
func (s *Server) URL() string {
	at := *s.at
	if at.IP.IsUnspecified() {
		at.IP = net.IPv4(127, 0, 0, 1)
	}
	return "http://" + at.String()
}

// Public reports whether other computers can reach the server.
func (s *Server) Public() bool { return s.public }

// Done gives the error that ended the server, nil after Stop.
func (s *Server) Done() <-chan error { return s.done }

// Stop ends the server once what has been asked is answered, or a few seconds later.
func (s *Server) Stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	if err := s.http.Shutdown(ctx); err != nil {
		return s.http.Close()
	}
	return nil
}
