-- Quotations that the user keeps, as they stood when they were kept: they outlive their articles.
CREATE TABLE clippings (
    id       INTEGER PRIMARY KEY,
    article  INTEGER NOT NULL,  -- the key of the article in which it stood
    clipping TEXT NOT NULL      -- all of it, as JSON: what is read is always the whole
) STRICT;
CREATE INDEX clippings_by_article ON clippings (article);
