-- How many runs of quoted words there are in the statements that `quotations` counts, and whether the article calls someone with
-- a full name by the surname alone, too. Of articles that an older engine read, the runs are not known before it reads them
-- again.
ALTER TABLE appearances ADD COLUMN runs INTEGER NOT NULL DEFAULT 0;
ALTER TABLE appearances ADD COLUMN by_surname INTEGER NOT NULL DEFAULT 0;
UPDATE appearances SET runs = quotations;
ALTER TABLE people ADD COLUMN runs INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN by_surname INTEGER NOT NULL DEFAULT 0;   -- in how many articles

-- The last word of a full name, by which its short forms find it; and, in rows that stand for a person, the key of the full
-- name that this may be the short form of. The program fills in all of these (`people::complete`).
ALTER TABLE people ADD COLUMN surname TEXT;
ALTER TABLE people ADD COLUMN perhaps TEXT;
CREATE INDEX people_by_surname ON people (surname) WHERE surname IS NOT NULL;
