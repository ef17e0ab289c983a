-- Places in articles that the user marked with a letter.
CREATE TABLE bookmarks (
    article INTEGER NOT NULL,
    letter  TEXT NOT NULL,
    place   INTEGER NOT NULL,   -- a byte of the text
    PRIMARY KEY (article, letter)
) STRICT, WITHOUT ROWID;

-- What a corrected quotation is, where the user said that too: speech, fragment, title or term.
ALTER TABLE corrections ADD COLUMN kind TEXT;
ALTER TABLE unplaced ADD COLUMN kind TEXT;
