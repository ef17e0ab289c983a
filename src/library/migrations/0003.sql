-- What the user decided, the latest with the highest id, to be undone and redone.
CREATE TABLE history (
    id        INTEGER PRIMARY KEY,
    run       INTEGER NOT NULL,     -- the run of the program that did it last
    undone_by INTEGER,              -- the run that undid it
    undone    INTEGER,              -- grows with each that is undone: the last is redone first
    feed      INTEGER,              -- the feed that it is about
    label     TEXT NOT NULL,        -- "starred “Headline”"
    actions   TEXT NOT NULL         -- JSON
) STRICT;

-- A feed that was unsubscribed, as long as the history can bring it back.
ALTER TABLE sources ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;

-- Version 2 lost what follows an address in the escaped HTML of entries: each feed is asked for as a whole once more.
UPDATE sources SET etag = NULL, modified = NULL;
UPDATE came_from SET print = 0;
