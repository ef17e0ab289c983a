-- Dates as they were written: `day` and `second` are no longer those of UTC. Those of older versions are.
ALTER TABLE articles ADD COLUMN zone INTEGER;   -- how many minutes ahead of UTC; null where that is not written
UPDATE articles SET zone = 0 WHERE second IS NOT NULL;

-- When an article was first seen, in milliseconds since 1970; null where it did not come from the web.
ALTER TABLE articles ADD COLUMN seen INTEGER;

-- Dates of people are numbers that give the day in any time zone: twice the minutes since 1 January of the year 1, which is
-- day 1, and one more where the day depends on the zone.
ALTER TABLE appearances RENAME TO appearances_by_day;
CREATE TABLE appearances (
    person     INTEGER NOT NULL,
    date       INTEGER NOT NULL,        -- 0 where the article has none
    article    INTEGER NOT NULL,        -- its id, not its key
    voice      INTEGER NOT NULL,
    quotations INTEGER NOT NULL,
    PRIMARY KEY (person, date, article)
) STRICT, WITHOUT ROWID;
INSERT INTO appearances
SELECT person, coalesce(2 * (1440 * articles.day + coalesce(second, 0) / 60) + (coalesce(second, 0) > 0), 0), article, voice,
       appearances_by_day.quotations
FROM appearances_by_day JOIN articles ON articles.id = article;
DROP TABLE appearances_by_day;
UPDATE people SET first = (SELECT min(date) FROM appearances WHERE person = people.id AND date <> 0),
                  last = (SELECT max(date) FROM appearances WHERE person = people.id AND date <> 0);

-- What an article is known by besides its own key: the hashes of its words, of its address, and of what a feed knew it by
-- before. The article is null where several claim the address: it is the key of none. What is known of an article outlives it.
CREATE TABLE aliases (
    key     INTEGER PRIMARY KEY,
    article INTEGER
) STRICT;

-- By what a feed knows an entry, hashed; and each feed is asked for as a whole once more, to tell.
ALTER TABLE came_from ADD COLUMN guid INTEGER;
CREATE INDEX came_from_by_guid ON came_from (source, guid) WHERE guid IS NOT NULL;
UPDATE sources SET etag = NULL, modified = NULL;
UPDATE came_from SET print = 0;

-- Where and when else an article appeared: the same words under another date, the same story in another feed.
CREATE TABLE editions (
    article   INTEGER NOT NULL,   -- the key
    publisher TEXT,
    url       TEXT,
    day       INTEGER,
    second    INTEGER,
    zone      INTEGER
) STRICT;
CREATE INDEX editions_by_article ON editions (article);
