-- When people first and last spoke. Which of a written day and a moment is earlier depends on the time zone: each kind has
-- columns of its own. The numbers are those of `appearances.date`.
ALTER TABLE people RENAME COLUMN first TO first_day;
ALTER TABLE people RENAME COLUMN last TO last_day;
ALTER TABLE people ADD COLUMN first_moment INTEGER;
ALTER TABLE people ADD COLUMN last_moment INTEGER;
UPDATE people SET (first_day, last_day, first_moment, last_moment) = (
    SELECT min(date) FILTER (WHERE date % 2 = 0), max(date) FILTER (WHERE date % 2 = 0),
           min(date) FILTER (WHERE date % 2 = 1), max(date) FILTER (WHERE date % 2 = 1)
    FROM appearances WHERE person = people.id AND date <> 0
);
