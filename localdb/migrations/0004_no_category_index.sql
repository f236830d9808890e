-- Lists, counts and searches come from memory, and what reads a category's messages
-- reads a good part of the file anyway: the index only made adding slower.
DROP INDEX messages_category;
