-- Corrections whose quoted words are not quoted in the text of their article any more. They wait for the words to come
-- again.
CREATE TABLE unplaced (
    id      INTEGER PRIMARY KEY,
    article INTEGER NOT NULL,
    start   INTEGER NOT NULL,   -- the byte at which the words stood last
    words   TEXT NOT NULL,
    speaker TEXT                -- nobody, where it is null
) STRICT;
CREATE INDEX unplaced_by_article ON unplaced (article);

-- Which version of the formats read the feed. What an older one lost is read once more: the validators of its answer count
-- for the same version only.
ALTER TABLE sources ADD COLUMN reader INTEGER NOT NULL DEFAULT 0;

-- What was read of a file of which something was refused was not recorded: when the file was read again, what the user did with
-- it could not follow. Such a file is read again, and is not known as it is now.
INSERT OR IGNORE INTO files (path, size, modified, reader)
SELECT DISTINCT path, -1, 0, 0 FROM articles
WHERE origin = 2 AND NOT EXISTS (SELECT 1 FROM contents WHERE article = key);
INSERT OR IGNORE INTO contents (file, article)
SELECT files.id, key FROM articles JOIN files ON files.path = articles.path
WHERE origin = 2 AND NOT EXISTS (SELECT 1 FROM contents WHERE article = key);
