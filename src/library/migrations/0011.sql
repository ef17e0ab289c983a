-- Which rule did what with which article, by the article's key: it outlives the article.
CREATE TABLE rule_results (
    article INTEGER NOT NULL,
    query   TEXT NOT NULL,      -- of the rule, as it was written
    does    TEXT NOT NULL,      -- all that the rule does: "read, tag:x"
    did     TEXT NOT NULL,      -- what of that changed something
    at      INTEGER NOT NULL,   -- milliseconds since 1970
    PRIMARY KEY (article, query, does)
) STRICT, WITHOUT ROWID;

-- Articles that went from the library, by their keys: where they come again they are not new, and no rule is applied to them.
CREATE TABLE departed (
    article INTEGER PRIMARY KEY
) STRICT;

-- Articles that retention deleted, by their keys: the feed does not bring them again as long as it keeps them no longer.
CREATE TABLE expired (
    source  INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    article INTEGER NOT NULL,
    at      INTEGER NOT NULL,   -- milliseconds since 1970
    PRIMARY KEY (source, article)
) STRICT, WITHOUT ROWID;
