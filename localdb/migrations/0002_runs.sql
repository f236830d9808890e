-- Runs: plans being carried out. Money is whole billionths of a US dollar, so that
-- sums are exact; NULL money is money that nobody knows.

CREATE TABLE runs (
    id      INTEGER PRIMARY KEY,
    plan    TEXT    NOT NULL CHECK (json_valid(plan)),
    writer  TEXT    NOT NULL,                                 -- who it was begun with
    model   TEXT    NOT NULL,                                 -- '' for a writer without one
    done    INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)), -- every message of the plan was kept
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE batches (
    id       INTEGER PRIMARY KEY,
    run      INTEGER NOT NULL REFERENCES runs (id),
    category INTEGER REFERENCES categories (id),              -- NULL for messages to label
    top_up   INTEGER NOT NULL CHECK (top_up IN (0, 1)),       -- makes up for what other batches lacked
    count    INTEGER NOT NULL CHECK (count > 0),              -- messages asked for
    kept     INTEGER NOT NULL DEFAULT 0 CHECK (kept BETWEEN 0 AND count),
    state    INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 2), -- waiting, stored, given up
    prompt   TEXT    NOT NULL,                                -- the prompt's version
    brief    TEXT    NOT NULL CHECK (json_valid(brief))       -- who writes, how, about what
) STRICT;

CREATE INDEX batches_run ON batches (run);

-- The ledger: one row a request, written before it is sent.
CREATE TABLE requests (
    id                INTEGER PRIMARY KEY,
    batch             INTEGER NOT NULL REFERENCES batches (id),
    writer            TEXT    NOT NULL,                       -- who was asked: a resumed run may have changed
    model             TEXT    NOT NULL,
    state             INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 3), -- sent, answered, refused and free, lost and perhaps paid
    reserved          INTEGER CHECK (reserved >= 0),          -- the most that it can cost
    cost              INTEGER CHECK (cost >= 0),              -- what it cost; NULL until answered
    prompt_tokens     INTEGER,
    completion_tokens INTEGER,
    error             TEXT    NOT NULL DEFAULT '',
    created           INTEGER NOT NULL
) STRICT;

CREATE INDEX requests_batch ON requests (batch);

CREATE TABLE set_aside (
    id      INTEGER PRIMARY KEY,
    request INTEGER NOT NULL REFERENCES requests (id),
    text    TEXT    NOT NULL,
    reason  TEXT    NOT NULL,
    copy_of INTEGER NOT NULL DEFAULT 0                        -- the message that it repeats; 0 for none
) STRICT;

CREATE INDEX set_aside_request ON set_aside (request);
