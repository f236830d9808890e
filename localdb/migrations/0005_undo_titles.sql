-- The title of an undo entry is JSON: {"template": …, "values": …}, so that it can be
-- shown in any language. Titles that were plain English become JSON strings.
UPDATE undo_entries SET title = json_quote(title);
