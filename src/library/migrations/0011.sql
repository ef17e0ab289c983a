-- Which rule did what with which article, by the article's key: it outlives the article, so that the rule is not applied again
-- to one that was removed and comes again.
CREATE TABLE rule_results (
    article INTEGER NOT NULL,
    query   TEXT NOT NULL,      -- of the rule, as it was written
    does    TEXT NOT NULL,      -- all that the rule does: "read, tag:x"
    did     TEXT NOT NULL,      -- what of that changed something
    at      INTEGER NOT NULL,   -- milliseconds since 1970
    PRIMARY KEY (article, query, does)
) STRICT, WITHOUT ROWID;

-- Articles of feeds that retention deleted, by their keys: they do not come again while their feed still lists them.
CREATE TABLE expired (
    article INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL    -- milliseconds since 1970
) STRICT;
