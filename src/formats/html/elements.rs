//! The elements of HTML by what they do to text.

/// Elements that begin a line of their own.
pub const BLOCKS: [&str; 38] = [
    "address",
    "article",
    "aside",
    "body",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "form",
    "header",
    "hr",
    "html",
    "main",
    "ol",
    "p",
    "section",
    "summary",
    "tbody",
    "tfoot",
    "thead",
    "ul",
    "legend",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "blockquote",
    "figcaption",
    "caption",
    "pre",
];

/// Elements that have no end.
pub const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
