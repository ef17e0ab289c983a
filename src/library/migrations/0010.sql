-- Of how many of the `quotations` it is doubtful that they are theirs. The program fills this in (`people::complete`), but for
-- articles that an older engine read: of those it is known once they are read again.
ALTER TABLE appearances ADD COLUMN doubtful INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN doubtful INTEGER NOT NULL DEFAULT 0;
