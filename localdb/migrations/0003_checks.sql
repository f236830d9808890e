-- The history of checks, and what the last few thought of each message.

CREATE TABLE checks (
    id      INTEGER PRIMARY KEY,
    created INTEGER NOT NULL,
    report  TEXT    NOT NULL CHECK (json_valid(report))       -- as it was shown
) STRICT;

CREATE TABLE verdicts (
    of_check     INTEGER NOT NULL REFERENCES checks (id) ON DELETE CASCADE,
    message      INTEGER NOT NULL,                            -- which may be gone since
    category     INTEGER NOT NULL,                            -- what it was labelled then
    reads_as     INTEGER,                                     -- NULL where the check could not tell
    score        REAL    CHECK (score BETWEEN 0 AND 1),
    tested       INTEGER,                                     -- what the test behind the headline read; NULL where it took no part
    tested_score REAL    CHECK (tested_score BETWEEN 0 AND 1),
    PRIMARY KEY (of_check, message)
) STRICT, WITHOUT ROWID;

-- A labelling is a run, too: its requests go through the same ledger.
ALTER TABLE runs ADD COLUMN kind TEXT NOT NULL DEFAULT 'writing' CHECK (kind IN ('writing', 'labelling'));
