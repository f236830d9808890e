-- What a person notes about a message, and the tags that it has: lower-case words with
-- commas between them, without spaces around them; '' for none.
ALTER TABLE messages ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN tags TEXT NOT NULL DEFAULT '';
ALTER TABLE undo_messages ADD COLUMN note TEXT;
ALTER TABLE undo_messages ADD COLUMN tags TEXT;
