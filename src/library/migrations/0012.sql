-- What comes with an article: recordings, films, documents. A JSON array of arrays: address, media type, bytes, seconds; NULL for none.
ALTER TABLE articles ADD COLUMN enclosures TEXT;
