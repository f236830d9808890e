package kbsource

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"seedbed/assets/i18n"
)

// Config says which PostgreSQL to read and what of it.
type Config struct {
	URL      string // an address in any form that people have; see parseAddress
	Password string // used where the URL has none, so that it need not be in it
	Table    string // "table" or "schema.table"; DefaultTable where empty
	Column   string // the text column; DefaultColumn where empty
	// Embeddings asks for the vectors beside the passages, where they can be read.
	Embeddings bool
	// Seed chooses the passages: the same one picks the same of an unchanged table.
	Seed uint64

	conversations bool // it is read for conversations, not for knowledge
	parsed        *pgx.ConnConfig
	session       map[string]string // the server's settings, made in each transaction
}

// The default names of a knowledge base.
const (
	DefaultTable  = "general_embeddings_1024"
	DefaultColumn = "content"
)

// The timeouts of connecting and of one statement.
const (
	connectTimeout   = 10 * time.Second
	statementTimeout = 30 * time.Second
)

// Postgres reads knowledge and conversations from a PostgreSQL database. Each call
// opens and closes a connection of its own, so that none stays open while a person
// reads.
type Postgres struct{ config Config }

// NewPostgres checks the address; it does not connect yet.
func NewPostgres(config Config) (*Postgres, error) {
	a, err := parseAddress(config.URL)
	if err != nil {
		return nil, err
	}
	if err := a.filesExist(); err != nil {
		return nil, err
	}
	parsed, err := pgx.ParseConfig(a.keywords())
	if err != nil {
		// Nothing of what pgx says is kept: it quotes the address.
		return nil, badAddress(i18n.T("One of its settings can't be used; leave only host, port, database, user and sslmode in it"))
	}
	switch {
	case a.password != "":
		parsed.Password = a.password
	case config.Password != "":
		parsed.Password = config.Password
	}
	// A pooler such as Supabase's hands every transaction to another server process,
	// so nothing prepared may be expected to be there again, and it refuses settings
	// it does not know when the connection starts.
	parsed.DefaultQueryExecMode = pgx.QueryExecModeExec
	parsed.StatementCacheCapacity = 0
	parsed.DescriptionCacheCapacity = 0
	if parsed.ConnectTimeout == 0 {
		parsed.ConnectTimeout = connectTimeout
	}
	if config.Table == "" {
		config.Table = DefaultTable
	}
	if config.Column == "" {
		config.Column = DefaultColumn
	}
	config.parsed, config.session = parsed, a.session
	return &Postgres{config}, nil
}

// defaults are the server's settings that reading relies on: times are read in UTC, and
// literals as they are written.
const defaults = "SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL timezone = 'UTC'; SET LOCAL standard_conforming_strings = on"

// Describe names the table and where it is.
func (p *Postgres) Describe() string { return p.DescribeTable(p.config.Table) }

// DescribeTable names another table and where it is.
func (p *Postgres) DescribeTable(table string) string { return table + " in " + p.config.where() }

// Test connects and reads one passage, and says exactly what is wrong where that
// fails.
func (p *Postgres) Test(ctx context.Context) error {
	_, err := p.Passages(ctx, 1)
	return err
}

// read runs do in a transaction that can't change anything and in which each statement
// ends in time.
func (p *Postgres) read(ctx context.Context, do func(tx pgx.Tx) error) error {
	conn, err := p.config.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	// All statements see the same rows.
	err = pgx.BeginTxFunc(ctx, conn, pgx.TxOptions{AccessMode: pgx.ReadOnly, IsoLevel: pgx.RepeatableRead}, func(tx pgx.Tx) error {
		if err := limitStatements(ctx, tx, statementTimeout); err != nil {
			return err
		}
		for _, name := range slices.Sorted(maps.Keys(p.config.session)) {
			if _, err := tx.Exec(ctx, "SELECT set_config($1, $2, true)", name, p.config.session[name]); err != nil {
				var refused *pgconn.PgError
				if errors.As(err, &refused) && !strings.HasPrefix(refused.Code, "57") {
					return p.config.refusedSetting(err, name)
				}
				return err
			}
		}
		for statement := range strings.SplitSeq(defaults, ";") {
			if _, err := tx.Exec(ctx, statement); err != nil {
				return err
			}
		}
		return do(tx)
	})
	return p.config.explainReading(err, 0)
}

// limitStatements bounds how long each statement from here on may take.
func limitStatements(ctx context.Context, tx pgx.Tx, most time.Duration) error {
	_, err := tx.Exec(ctx, fmt.Sprintf("SET LOCAL statement_timeout = %d", most.Milliseconds()))
	return err
}

// where is host:port/database: never the user, never the password.
func (c Config) where() string {
	if c.parsed == nil {
		return "the database"
	}
	if strings.HasPrefix(c.parsed.Host, "/") {
		return c.parsed.Host + "/" + c.parsed.Database
	}
	return net.JoinHostPort(c.parsed.Host, strconv.Itoa(int(c.parsed.Port))) + "/" + c.parsed.Database
}
