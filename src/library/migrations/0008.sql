-- Places in articles that the user marked with a letter.
CREATE TABLE bookmarks (
    article INTEGER NOT NULL,
    letter  TEXT NOT NULL,
    place   INTEGER NOT NULL,   -- a byte of the text
    PRIMARY KEY (article, letter)
) STRICT, WITHOUT ROWID;
