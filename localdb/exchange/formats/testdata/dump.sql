INSERT INTO messages VALUES (1,"hello","greet");
INSERT INTO messages VALUES (2,"bye","bye");
