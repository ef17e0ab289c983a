-- Where the date of an article comes from: 0 the article, 1 its address on the web, 2 the name of its file.
ALTER TABLE articles ADD COLUMN date_source INTEGER NOT NULL DEFAULT 0;

-- Version 1 took the time at which a file was written for the date of an article that has none. The program takes these
-- dates away (`redating.rs`), since the rows move with them.

-- Why a file is not read again as long as it does not change: reading it ended a thread, or the program.
ALTER TABLE files ADD COLUMN refusal TEXT;

-- 1 where the program ended while it read the file, which another process could read; 2 where it ended while it read this
-- file alone: the next time it does, the file is refused.
ALTER TABLE files ADD COLUMN suspected INTEGER NOT NULL DEFAULT 0;

-- Missing files are few, and are looked for at every start.
CREATE INDEX files_missing ON files (id) WHERE gone;

-- Version 1 lost letters of entries (&scaron;, &oelig;): each feed is asked for as a whole once more, and its entries
-- are compared anew.
UPDATE sources SET etag = NULL, modified = NULL;
UPDATE came_from SET print = 0;
