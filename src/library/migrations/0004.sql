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
