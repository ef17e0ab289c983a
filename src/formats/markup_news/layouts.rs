//! Where things stand in documents of each kind: data, so that a new kind is a few lines.

use Slot::{Byline, Dateline, Headline, Id, Name, Published, Publisher, Sentence, Tag, Url};

/// What a field says of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    Headline,
    /// When it was published.
    Published,
    /// A line that names a day, among other things.
    Sentence,
    Byline,
    Publisher,
    Url,
    /// All of these count, of others the first.
    Tag,
    /// What stands before the first words.
    Dateline,
    /// What the document is called.
    Name,
    /// The same, which begins with the name of an agency and holds the day: `APW_ENG_20040314.0001`.
    Id,
}

/// Where things stand in documents of one kind.
///
/// A path is the names of elements from the outside to the inside, the last of all that lie around a place, in small
/// letters and without the prefixes of namespaces; behind `@` follows the name of an attribute.
#[derive(Debug)]
pub struct Layout {
    /// What it is, in words.
    pub name: &'static str,
    /// The elements with which a document may begin.
    pub roots: &'static [&'static str],
    /// The element that holds one article.
    pub record: &'static str,
    /// What says something; of the same the first that is there counts.
    pub fields: &'static [(Slot, &'static str)],
    /// The elements that hold the text.
    pub text: &'static [&'static str],
    /// Elements in them that do not belong to it.
    pub skipped: &'static [&'static str],
    /// Who published what has no field that says so.
    pub publisher: Option<&'static str>,
}

impl PartialEq for Layout {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Layout {}

/// Every kind that is read.
pub const LAYOUTS: [Layout; 5] = [
    // NITF 3.6 (IPTC).
    Layout {
        name: "NITF",
        roots: &["nitf"],
        record: "nitf",
        fields: &[
            (Headline, "hedline/hl1"),
            (Headline, "head/title"),
            (Published, "docdata/date.issue@norm"),
            (Published, "pubdata@date.publication"),
            (Published, "story.date@norm"),
            (Published, "docdata/date.release@norm"),
            (Byline, "body.head/byline"),
            (Byline, "byline"),
            (Publisher, "pubdata@name"),
            (Publisher, "distributor"),
            (Publisher, "doc.copyright@holder"),
            (Url, "pubdata@ex-ref"),
            (Url, "doc-id@id-string"),
            (Name, "doc-id@id-string"),
            (Tag, "key-list/keyword@key"),
            (Tag, "tobject.subject@tobject.subject.type"),
            (Dateline, "dateline/location"),
        ],
        text: &["body.content"],
        skipped: &["media-metadata", "media-reference", "media-producer", "nitf-table-metadata"],
        publisher: None,
    },
    // NewsML-G2 (IPTC), with NITF, XHTML or plain text in it.
    Layout {
        name: "NewsML-G2",
        roots: &["newsitem", "newsmessage"],
        record: "newsitem",
        fields: &[
            (Headline, "contentmeta/headline"),
            (Headline, "hedline/hl1"),
            (Published, "itemmeta/firstcreated"),
            (Published, "itemmeta/versioncreated"),
            (Published, "contentmeta/contentcreated"),
            (Byline, "contentmeta/by"),
            (Byline, "contentmeta/creator/name"),
            (Byline, "contentmeta/creator@literal"),
            (Publisher, "contentmeta/infosource/name"),
            (Publisher, "itemmeta/provider/name"),
            (Publisher, "itemmeta/provider@literal"),
            (Url, "newsitem@guid"),
            (Name, "newsitem@guid"),
            (Tag, "contentmeta/subject/name"),
            (Tag, "contentmeta/keyword"),
            (Dateline, "dateline/location"),
        ],
        text: &["inlinexml", "inlinedata"],
        skipped: &["body.head", "body.end", "head", "media-metadata", "media-reference", "media-producer"],
        publisher: None,
    },
    // TEI P5 and P4, as libraries write it and as trafilatura does.
    Layout {
        name: "TEI",
        roots: &["tei", "tei.2", "teicorpus", "teicorpus.2"],
        record: "tei",
        fields: &[
            (Headline, "teiheader/filedesc/titlestmt/title"),
            (Published, "biblfull/publicationstmt/date@when"),
            (Published, "biblfull/publicationstmt/date"),
            (Published, "sourcedesc/bibl/date@when"),
            (Published, "sourcedesc/bibl/date"),
            (Published, "imprint/date@when"),
            (Published, "imprint/date"),
            (Sentence, "sourcedesc/bibl"),
            (Published, "filedesc/publicationstmt/date@when"),
            (Published, "filedesc/publicationstmt/date"),
            (Byline, "teiheader/filedesc/titlestmt/author"),
            (Byline, "biblfull/titlestmt/author"),
            (Publisher, "biblfull/publicationstmt/publisher"),
            (Publisher, "sourcedesc/bibl/publisher"),
            (Publisher, "imprint/publisher"),
            (Publisher, "filedesc/publicationstmt/publisher"),
            (Url, "biblfull/publicationstmt/ptr@target"),
            (Url, "sourcedesc/bibl/ref@target"),
            (Url, "sourcedesc/bibl/ptr@target"),
            (Url, "filedesc/publicationstmt/ptr@target"),
            (Tag, "keywords/term"),
            (Name, "tei@xml:id"),
            (Name, "publicationstmt/idno"),
        ],
        text: &["text"],
        skipped: &["teiheader", "front", "back", "note", "fw", "div@comments"],
        publisher: None,
    },
    // Reuters-21578 (Lewis 1997): SGML.
    Layout {
        name: "Reuters-21578",
        roots: &["reuters"],
        record: "reuters",
        fields: &[
            (Headline, "text/title"),
            (Published, "reuters/date"),
            (Byline, "text/author"),
            (Tag, "topics/d"),
            (Tag, "places/d"),
            (Tag, "people/d"),
            (Tag, "orgs/d"),
            (Dateline, "text/dateline"),
            (Name, "reuters@newid"),
            (Name, "reuters@oldid"),
        ],
        text: &["text"],
        skipped: &["title", "author", "dateline"],
        publisher: Some("Reuters"),
    },
    // English Gigaword and AQUAINT (LDC), TREC's collections: SGML. The XML of trafilatura has the same root.
    Layout {
        name: "a collection of documents",
        roots: &["doc"],
        record: "doc",
        fields: &[
            (Headline, "doc/headline"),
            (Headline, "body/headline"),
            (Headline, "doc/head"),
            (Headline, "doc@title"),
            (Published, "doc@date"),
            (Published, "doc/date_time"),
            (Published, "doc/datetime"),
            (Published, "doc/date"),
            (Byline, "doc@author"),
            (Byline, "doc/byline"),
            (Publisher, "doc@sitename"),
            (Publisher, "doc@hostname"),
            (Url, "doc@url"),
            (Url, "doc@source"),
            (Tag, "doc@categories"),
            (Tag, "doc@tags"),
            (Dateline, "doc/dateline"),
            (Dateline, "body/dateline"),
            (Id, "doc@id"),
            (Id, "doc/docno"),
            (Name, "doc/docid"),
        ],
        text: &["text", "main"],
        skipped: &["comments", "headline", "dateline", "slug", "annotation"],
        publisher: None,
    },
];

/// The agencies of Gigaword, by how the names of their documents begin.
pub const AGENCIES: [(&str, &str); 9] = [
    ("AFP", "Agence France-Presse"),
    ("APW", "Associated Press"),
    ("CNA", "Central News Agency of Taiwan"),
    ("LTW", "Los Angeles Times/Washington Post"),
    ("NYT", "New York Times"),
    ("WPB", "Washington Post/Bloomberg"),
    ("XIE", "Xinhua"),
    ("XIN", "Xinhua"),
    ("SLN", "Salon"),
];
