-- What people read in place of a category's name, which files keep; '' for the name itself.
ALTER TABLE categories ADD COLUMN shown_name TEXT NOT NULL DEFAULT '';
ALTER TABLE undo_categories ADD COLUMN shown_name TEXT;
