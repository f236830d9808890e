-- A dataset: its categories, its messages, the passages they came from, its
-- settings, and the log that lets every change be taken back.
--
-- Nothing a person removes is gone at once: `deleted` hides a row until no undo
-- entry can bring it back. Times are milliseconds since 1970, UTC.

CREATE TABLE categories (
    id       INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 65535),
    name     TEXT    NOT NULL CHECK (name <> ''),
    kind     TEXT    NOT NULL CHECK (kind IN ('rag', 'context', 'chitchat', 'custom')),
    is_what  TEXT    NOT NULL,
    is_not   TEXT    NOT NULL,
    examples TEXT    NOT NULL CHECK (json_type(examples) = 'array'),
    colour   TEXT    NOT NULL,
    key      TEXT    NOT NULL,
    target   INTEGER NOT NULL CHECK (target >= 0),
    training INTEGER NOT NULL CHECK (training IN (0, 1)),
    archived INTEGER NOT NULL CHECK (archived IN (0, 1)),
    position INTEGER NOT NULL,
    deleted  INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX categories_name ON categories (name COLLATE NOCASE) WHERE deleted = 0;

CREATE TABLE passages (
    id      INTEGER PRIMARY KEY,
    origin  TEXT    NOT NULL,
    ref     TEXT    NOT NULL,
    title   TEXT    NOT NULL,
    text    TEXT    NOT NULL CHECK (text <> ''),
    deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;

CREATE TABLE messages (
    id             INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 4294967295),
    text           TEXT    NOT NULL CHECK (text <> ''),
    category       INTEGER REFERENCES categories (id),
    confidence     REAL    CHECK (confidence BETWEEN 0 AND 1),
    labelled_by    INTEGER NOT NULL DEFAULT 0 CHECK (labelled_by BETWEEN 0 AND 5), -- nobody, writer, file, check, model, person
    source         INTEGER NOT NULL DEFAULT 0 CHECK (source BETWEEN 0 AND 1),      -- synthetic, real
    status         INTEGER NOT NULL DEFAULT 0 CHECK (status BETWEEN 0 AND 2),      -- to review, accepted, rejected
    flags          INTEGER NOT NULL DEFAULT 0 CHECK (flags BETWEEN 0 AND 255),     -- 1 near-duplicate, 2 looks mislabelled, 4 personal details, 8 same text under two categories
    reads_as       INTEGER REFERENCES categories (id),                             -- what the check thinks, where it disagrees
    reads_as_score REAL    CHECK (reads_as_score BETWEEN 0 AND 1),
    doubt          REAL    NOT NULL DEFAULT 0 CHECK (doubt BETWEEN 0 AND 1),
    batch          INTEGER,
    passage        INTEGER,
    near           INTEGER,                                                        -- the message it nearly copies
    conversation   TEXT,
    created        INTEGER NOT NULL DEFAULT 0,
    deleted        INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
    CHECK ((category IS NULL) = (confidence IS NULL)),
    CHECK ((reads_as IS NULL) = (reads_as_score IS NULL))
) STRICT;

CREATE INDEX messages_category ON messages (category);
CREATE INDEX messages_deleted ON messages (id) WHERE deleted = 1;

-- Settings that belong to the dataset. Never a secret.
CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One entry is one change a person made. It is made of steps; a step keeps what
-- the rows were before it, in only those columns that it changed. Undoing puts
-- that back and keeps what was there instead, so redoing is the same act again.
CREATE TABLE undo_entries (
    id      INTEGER PRIMARY KEY,
    title   TEXT    NOT NULL,
    created INTEGER NOT NULL,
    rows    INTEGER NOT NULL, -- how many rows the steps keep
    undone  INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;

CREATE TABLE undo_steps (
    id      INTEGER PRIMARY KEY,
    entry   INTEGER NOT NULL REFERENCES undo_entries (id) ON DELETE CASCADE,
    subject TEXT    NOT NULL CHECK (subject IN ('messages', 'categories', 'passages')),
    columns TEXT    NOT NULL -- comma-separated; "deleted" means the ranges below
) STRICT;

CREATE INDEX undo_steps_entry ON undo_steps (entry);

-- Rows that came or went, as ranges of ids: importing a million takes one row here.
CREATE TABLE undo_ranges (
    step    INTEGER NOT NULL REFERENCES undo_steps (id) ON DELETE CASCADE,
    first   INTEGER NOT NULL,
    last    INTEGER NOT NULL,
    deleted INTEGER NOT NULL, -- what it was
    PRIMARY KEY (step, first)
) STRICT, WITHOUT ROWID;

CREATE TABLE undo_messages (
    step           INTEGER NOT NULL REFERENCES undo_steps (id) ON DELETE CASCADE,
    id             INTEGER NOT NULL,
    text           TEXT,
    category       INTEGER,
    confidence     REAL,
    labelled_by    INTEGER,
    source         INTEGER,
    status         INTEGER,
    flags          INTEGER,
    reads_as       INTEGER,
    reads_as_score REAL,
    doubt          REAL,
    near           INTEGER,
    PRIMARY KEY (step, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE undo_categories (
    step     INTEGER NOT NULL REFERENCES undo_steps (id) ON DELETE CASCADE,
    id       INTEGER NOT NULL,
    name     TEXT,
    kind     TEXT,
    is_what  TEXT,
    is_not   TEXT,
    examples TEXT,
    colour   TEXT,
    key      TEXT,
    target   INTEGER,
    training INTEGER,
    archived INTEGER,
    position INTEGER,
    PRIMARY KEY (step, id)
) STRICT, WITHOUT ROWID;
