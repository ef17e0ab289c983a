//! News in XML and SGML: NITF, NewsML-G2, TEI, the XML of trafilatura, Reuters-21578, Gigaword; read one element at a time.
//!
//! SGML is no XML: the tags are read as those of a page are, whether they end or not.

mod element;
mod layouts;
mod split;

use std::io::BufRead;

use self::layouts::LAYOUTS;
use super::html::{Attributes, HtmlToken, Tokens};
use super::json_value::JsonValue;
use super::sink::Sink;
use super::unsupported::prolog;
use super::{Hint, ParseError, encoding};

pub use layouts::Layout;

/// The kind of news with which `start` begins; nothing where it is none.
pub fn layout_of(start: &str) -> Option<&'static Layout> {
    let prolog = prolog(start);
    if prolog.has_words_below() {
        return None;
    }
    let mut tokens = Tokens::of(prolog.rest);
    let HtmlToken::Start { name, attributes, .. } = tokens.next()? else { return None };
    let name = name.rsplit_once(':').map_or(&*name, |(_, local)| local);
    let layout = LAYOUTS.iter().find(|layout| layout.roots.contains(&name))?;
    // People put what they write into tags that they invent.
    let is_said = prolog.is_xml || prolog.doctype.is_some() || attributes.have_values();
    (is_said && name != "doc" || is_of_collection(attributes, tokens)).then_some(layout)
}

/// Whether an element `doc` is one of a collection or of trafilatura: it has a name, or says where it comes from.
fn is_of_collection<'h>(attributes: Attributes<'h>, tokens: impl Iterator<Item = HtmlToken<'h>>) -> bool {
    const CHILDREN: [&str; 4] = ["docno", "docid", "headline", "text"];
    let first = tokens.take(3).find_map(|token| match token {
        HtmlToken::Start { name, .. } => Some(CHILDREN.contains(&&*name) || name == "main"),
        _ => None,
    });
    first.unwrap_or_default() || ["fingerprint", "sitename", "hostname"].iter().any(|name| attributes.has(name))
}

/// Reads the articles of `input` and hands each to `sink`.
///
/// # Errors
///
/// When the stream breaks.
pub fn read(mut input: impl BufRead, layout: &Layout, hint: &Hint<'_>, sink: &mut Sink<'_>) -> Result<(), ParseError> {
    let mut number = 0;
    while let Some(element) = split::next(&mut input, layout.record).map_err(ParseError::from_reading)? {
        number += 1;
        let (fields, article) = match element {
            Ok(bytes) => {
                let (draft, fields) = element::read(&encoding::with_stray_bytes(&bytes), layout, sink.keeps());
                let has_words = !(draft.blocks.is_empty() && draft.headline.is_empty());
                let article = if has_words { draft.named(hint).finish() } else { None };
                (fields, article.ok_or(ParseError::NoText))
            }
            Err(why) => (JsonValue::Nothing, Err(why)),
        };
        match article {
            Ok(article) => sink.push_record(article, &fields),
            Err(why) => sink.refuse_record(number, why, &fields),
        }
    }
    if number == 0 { Err(ParseError::CutOff) } else { Ok(()) }
}
