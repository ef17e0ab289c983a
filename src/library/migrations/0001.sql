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
    body       INTEGER NOT NULL,    -- its row in bodies and findings
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
    people     TEXT NOT NULL        -- who speaks, a line for each: how often, and the name
) STRICT;

-- The words of an article, compressed; apart from the rest so that listing headlines never touches them. In the order in
-- which they came: in any other, pages are filled by two thirds only, and each article is written to a page of its own.
CREATE TABLE bodies (
    id         INTEGER PRIMARY KEY,
    paragraphs BLOB NOT NULL,
    text       BLOB NOT NULL
) STRICT;

-- What the engine found in an article, and which version of it.
CREATE TABLE findings (
    id     INTEGER PRIMARY KEY REFERENCES bodies (id) ON DELETE CASCADE,
    engine INTEGER NOT NULL,
    found  BLOB NOT NULL
) STRICT;
CREATE INDEX findings_by_engine ON findings (engine);

CREATE TRIGGER article_dropped AFTER DELETE ON articles BEGIN
    DELETE FROM bodies WHERE id = old.body;
END;

-- The search index, made from the above and made anew whenever it is in doubt. In `beginnings` each word of an article
-- stands once, and again behind a sign for where it stands: ! headline, $ quotation, @ name of a speaker, % source, # what its
-- publisher filed it under.
-- Behind ^ stand the first letters of words: few of them begin so many that they would have to be gathered for long.
-- In `phrases` all words stand in their order, with ! between two paragraphs.
CREATE VIRTUAL TABLE beginnings USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '!$@%#^'"
);
CREATE VIRTUAL TABLE phrases USING fts5 (
    words, content = '', contentless_delete = 1, detail = full, tokenize = "ascii tokenchars '!'"
);

-- More is gathered in memory before it is written, and more parts are gathered before they are merged: importing takes
-- half the time. Merging is left to the program, which knows when nobody waits.
INSERT INTO beginnings (beginnings, rank)
VALUES ('hashsize', 33554432), ('pgsz', 8000), ('automerge', 0), ('usermerge', 16), ('crisismerge', 1000);
INSERT INTO phrases (phrases, rank)
VALUES ('hashsize', 33554432), ('pgsz', 8000), ('automerge', 0), ('usermerge', 16), ('crisismerge', 1000);

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
    removed INTEGER NOT NULL DEFAULT 0,  -- taken out by the reader: shown only when asked for
    place   INTEGER             -- the first byte that was on the screen
) STRICT;
CREATE TABLE tags (
    article INTEGER NOT NULL,
    name    TEXT NOT NULL,
    PRIMARY KEY (article, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE corrections (
    article INTEGER NOT NULL,
    start   INTEGER NOT NULL,   -- the first byte of the quoted words
    speaker TEXT,               -- nobody, where it is null
    PRIMARY KEY (article, start)
) STRICT, WITHOUT ROWID;

-- Searches that the reader gave a name, in the order in which that was done.
CREATE TABLE searches (
    id    INTEGER PRIMARY KEY,
    name  TEXT NOT NULL UNIQUE,
    query TEXT NOT NULL
) STRICT;

-- What was searched for, the latest last.
CREATE TABLE searched (
    id    INTEGER PRIMARY KEY,
    query TEXT NOT NULL UNIQUE
) STRICT;

-- How the reader left the program: what is lit, say.
CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- Sources on the web. Times are seconds since 1970.
CREATE TABLE sources (
    id        INTEGER PRIMARY KEY,
    address   TEXT NOT NULL UNIQUE,
    typed     TEXT NOT NULL,        -- by the reader, to get there
    name      TEXT,                 -- given by the reader
    folder    TEXT NOT NULL,        -- in folders, parted by /
    tags      TEXT NOT NULL,        -- one a line
    muted     INTEGER NOT NULL,
    settings  TEXT NOT NULL,        -- JSON
    title     TEXT,                 -- as it calls itself
    link      TEXT,
    tried     INTEGER,
    succeeded INTEGER,
    due       INTEGER NOT NULL DEFAULT 0,
    barred    INTEGER NOT NULL DEFAULT 0,
    error     TEXT,
    failures  INTEGER NOT NULL DEFAULT 0,
    etag      TEXT,
    modified  TEXT
) STRICT;
-- Which articles came from which source, by their keys.
CREATE TABLE came_from (
    source  INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    article INTEGER NOT NULL,
    print   INTEGER NOT NULL,   -- of what the source said of it, to tell a change
    PRIMARY KEY (source, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX came_from_by_article ON came_from (article);
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

-- The people who speak in an article, by its row in bodies. That grows at its end only: an index of the appearances by
-- their articles would be written to all over.
CREATE TABLE casts (
    body   INTEGER NOT NULL,
    person INTEGER NOT NULL,
    PRIMARY KEY (body, person)
) STRICT, WITHOUT ROWID;

-- What the reader says of two identities: whether they are one person's. It outlives all articles.
CREATE TABLE ties (
    one   TEXT NOT NULL,
    other TEXT NOT NULL,
    same  INTEGER NOT NULL,
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
