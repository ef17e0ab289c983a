-- How many statements of a person an article reports without quotation marks. They are in none of the other counts: `people.articles`,
-- the months and the dates are of articles in which someone speaks in quotation marks. The statements stand among the findings;
-- those of articles that an older engine read are known once they are read again.
ALTER TABLE appearances ADD COLUMN reported INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN reported INTEGER NOT NULL DEFAULT 0;
-- In how many articles the name with this role stands beside reported statements alone.
ALTER TABLE voices ADD COLUMN reported INTEGER NOT NULL DEFAULT 0;
