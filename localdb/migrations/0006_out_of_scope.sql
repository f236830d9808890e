-- How little a check found each message to be like any category; NULL in older checks.
ALTER TABLE verdicts ADD COLUMN out_of_scope REAL CHECK (out_of_scope BETWEEN 0 AND 1);
