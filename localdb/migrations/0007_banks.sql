-- The shipped messages that the built-in writer begins a category with, as
-- "starter/category"; '' for none.
ALTER TABLE categories ADD COLUMN bank TEXT NOT NULL DEFAULT '';
ALTER TABLE undo_categories ADD COLUMN bank TEXT;

-- Datasets began with the categories of the coaching starter until now. One that has kept
-- two of its contexts is about coaching, and says so in the sentence about the assistant.
INSERT OR IGNORE INTO settings (key, value)
SELECT 'about', 'a career-coaching assistant' WHERE 2 <= (
    SELECT count(*) FROM categories
    WHERE deleted = 0 AND name IN ('professional', 'psychological', 'learning', 'social', 'emotional', 'aspirational')
);

UPDATE categories SET bank = 'coaching/' || name
WHERE name IN ('rag_query', 'professional', 'psychological', 'learning', 'social', 'emotional', 'aspirational', 'chitchat')
  AND EXISTS (SELECT 1 FROM settings WHERE key = 'about');
