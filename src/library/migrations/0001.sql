-- Facts about the library itself: which version of what made the derived data in it.
CREATE TABLE facts (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One row for each article, without its text. The id follows the date, so that the newest is the highest and a search
-- can stop as soon as it has enough; it may change when the date does. The key is the article's identity and never changes.
CREATE TABLE articles (
    id         INTEGER PRIMARY KEY,
    key        INTEGER NOT NULL UNIQUE,
    title      TEXT NOT NULL,
    day        INTEGER,             -- days from 1 January of the year 1, which is day 1
    second     INTEGER,             -- of that day, UTC
    source     TEXT,
    byline     TEXT,
    url        TEXT,
    topics     TEXT,                -- what its publisher filed it under, one a line
    summary    INTEGER NOT NULL,    -- whether the text is only a summary of what stands at the url
    origin     INTEGER NOT NULL,    -- 0 unknown, 1 standard input, 2 a file, 3 the web
    path       BLOB,                -- of the file, or the address of the feed or page it was fetched from
    gone       INTEGER NOT NULL DEFAULT 0,  -- whether no file holds it any more
    quotations INTEGER NOT NULL,    -- how many somebody speaks
    people     BLOB NOT NULL        -- who speaks, and how often
) STRICT;

-- The words of an article, compressed; apart from the rest so that listing headlines never touches them.
CREATE TABLE bodies (
    id         INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    paragraphs BLOB NOT NULL,
    text       BLOB NOT NULL
) STRICT;

-- What the engine found in an article, and which version of it.
CREATE TABLE findings (
    id     INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    engine INTEGER NOT NULL,
    found  BLOB NOT NULL
) STRICT;
CREATE INDEX findings_by_engine ON findings (engine);

-- The search index, made from the above and made anew whenever it is in doubt. In `beginnings` each word of an article
-- stands once, and again behind a sign for where it stands: ! headline, $ quotation, @ name of a speaker, % source.
-- In `phrases` all words stand in their order, with ! between two paragraphs.
CREATE VIRTUAL TABLE beginnings USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3 4', tokenize = "ascii tokenchars '!$@%'"
);
CREATE VIRTUAL TABLE phrases USING fts5 (
    words, content = '', contentless_delete = 1, detail = full, tokenize = "ascii tokenchars '!'"
);

-- More is gathered in memory before it is written: importing takes a third less time.
INSERT INTO beginnings (beginnings, rank) VALUES ('hashsize', 33554432);
INSERT INTO phrases (phrases, rank) VALUES ('hashsize', 33554432);

-- Files that were read, so that an unchanged one need not be read again.
CREATE TABLE files (
    id       INTEGER PRIMARY KEY,
    path     BLOB NOT NULL UNIQUE,
    size     INTEGER NOT NULL,
    modified INTEGER NOT NULL,  -- nanoseconds since 1970
    reader   INTEGER NOT NULL,  -- the version of the formats that read it
    gone     INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE contents (
    file    INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    article INTEGER NOT NULL,   -- the key
    PRIMARY KEY (file, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX contents_by_article ON contents (article);

-- Folders that are part of the library: looked through at every start.
CREATE TABLE folders (
    path BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- What the reader did, by the article's key: it outlives the article.
CREATE TABLE marks (
    article INTEGER PRIMARY KEY,
    read    INTEGER NOT NULL DEFAULT 0,
    starred INTEGER NOT NULL DEFAULT 0,
    place   INTEGER             -- the first byte that was on the screen
) STRICT;
CREATE TABLE corrections (
    article INTEGER NOT NULL,
    start   INTEGER NOT NULL,   -- the first byte of the quoted words
    speaker TEXT,               -- nobody, where it is null
    PRIMARY KEY (article, start)
) STRICT, WITHOUT ROWID;

-- Everyone who speaks, made from the findings, corrected by the reader, and kept up with them: a row for each identity,
-- that is the folded name with what title, role and initial tell (after tabs). Several may be one person's: one of them,
-- the head, stands for all.
CREATE TABLE people (
    id            INTEGER PRIMARY KEY,
    identity      TEXT NOT NULL UNIQUE,
    named         INTEGER NOT NULL,     -- 0 for a description ("a spokesman"): somebody else in every article
    name          TEXT NOT NULL,        -- the fullest
    role          TEXT,                 -- the commonest
    role_articles INTEGER NOT NULL,     -- in how many articles it is that
    quotations    INTEGER NOT NULL,
    articles      INTEGER NOT NULL,
    first         INTEGER,              -- day
    last          INTEGER,
    months        BLOB NOT NULL,        -- how many quotations in which month
    head          INTEGER NOT NULL,     -- the row that stands for the person
    members       INTEGER NOT NULL,     -- how many rows it stands for
    standing      INTEGER               -- how many quotations they have together; null in rows that stand for nobody
) STRICT;
CREATE INDEX people_by_standing ON people (named DESC, standing DESC, identity) WHERE standing IS NOT NULL;
CREATE INDEX people_by_head ON people (head) WHERE head <> id;

-- The names and roles that an identity goes by, and in how many articles.
CREATE TABLE voices (
    id       INTEGER PRIMARY KEY,
    person   INTEGER NOT NULL,
    name     TEXT NOT NULL,
    role     TEXT NOT NULL,             -- empty for none
    articles INTEGER NOT NULL,
    UNIQUE (person, name, role)
) STRICT;

-- Who speaks in which article, and how often.
CREATE TABLE appearances (
    person     INTEGER NOT NULL,
    day        INTEGER NOT NULL,        -- 0 where the article has no date
    article    INTEGER NOT NULL,        -- its id, not its key
    voice      INTEGER NOT NULL,
    quotations INTEGER NOT NULL,
    PRIMARY KEY (person, day, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX appearances_by_article ON appearances (article);

-- What the reader says of two identities: whether they are one person's. It outlives all articles.
CREATE TABLE ties (
    one   TEXT NOT NULL,
    other TEXT NOT NULL,
    same  INTEGER NOT NULL,
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
