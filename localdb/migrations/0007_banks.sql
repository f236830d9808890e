-- The shipped messages that the built-in writer begins a category with, as
-- "starter/category"; '' for none.
ALTER TABLE categories ADD COLUMN bank TEXT NOT NULL DEFAULT '';
ALTER TABLE undo_categories ADD COLUMN bank TEXT;

UPDATE categories SET bank = 'coaching/' || name
WHERE name IN ('rag_query', 'professional', 'psychological', 'learning', 'social', 'emotional', 'aspirational', 'chitchat');
