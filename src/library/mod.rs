//! The articles that the program holds, and the search over them.
//!
//! Takes articles with their findings; gives them back by identity, and the hits of a query.
//! It never knows of the app, threads or channels. It keeps everything in memory as yet.

mod entry;

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

pub use entry::Entry;

use crate::article::{Article, ArticleId};
use crate::query::{Hit, Query};
use crate::quotes::{Findings, Verdict};

/// All articles that are held. Cheap to share between threads.
#[derive(Debug, Default)]
pub struct Library {
    entries: RwLock<Shelf>,
}

#[derive(Debug, Default)]
struct Shelf {
    places: HashMap<ArticleId, usize>,
    entries: Vec<Arc<Entry>>,
}

impl Library {
    /// Takes an article in; one that is there already stays as it is.
    pub fn add(&self, article: Article, findings: Findings) {
        let entry = Arc::new(Entry::new(article, findings));
        let mut held = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        let place = held.entries.len();
        if held.places.contains_key(&entry.article.id) {
            return;
        }
        held.places.insert(entry.article.id, place);
        held.entries.push(entry);
    }

    /// The article with this identity, and what was found in it.
    pub fn get(&self, id: ArticleId) -> Option<Arc<Entry>> {
        let held = self.entries.read().unwrap_or_else(PoisonError::into_inner);
        held.places.get(&id).map(|&place| Arc::clone(&held.entries[place]))
    }

    /// Notes who spoke the quotation of an article whose words start at byte `start`; with no verdict, the engine's
    /// word holds again.
    pub fn correct(&self, id: ArticleId, start: usize, verdict: Option<Verdict>) {
        let mut held = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(&place) = held.places.get(&id) {
            let corrected = held.entries[place].with_correction(start, verdict);
            held.entries[place] = Arc::new(corrected);
        }
    }

    /// The articles that have all that `query` asks for, in no order.
    ///
    /// `wanted` is asked now and then; once it says no, the search ends and gives what it has.
    pub fn search(&self, query: &Query, wanted: &dyn Fn() -> bool) -> Vec<Hit> {
        /// How many articles are searched between two questions: about a millisecond's work.
        const STRIDE: usize = 64;
        let entries = self.entries.read().unwrap_or_else(PoisonError::into_inner).entries.clone();
        let mut hits = Vec::new();
        for chunk in entries.chunks(STRIDE) {
            if !wanted() {
                break;
            }
            hits.extend(chunk.iter().filter_map(|entry| entry.hit(query)));
        }
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{BodyBuilder, ParagraphKind};
    use crate::quotes::{Marks, Quotation, QuotationKind, Reason, Speaker, SpeakerIndex};
    use crate::text::Span;

    fn library() -> Library {
        let library = Library::default();
        let add = |headline: &str, words: &str, speaker: &str| {
            let mut builder = BodyBuilder::new(headline);
            builder.push(ParagraphKind::Prose, words);
            let speaker = Speaker { name: speaker.to_owned(), ..Speaker::default() };
            let quotation = Quotation {
                span: Span::default(),
                outer: Span::default(),
                marks: Marks::Curly,
                depth: 0,
                continues: false,
                kind: QuotationKind::Speech,
                cue: None,
                mention: None,
                speaker: Some(SpeakerIndex(0)),
                confidence: 1.0,
                reason: Reason::default(),
                corrected: false,
            };
            let findings = Findings { speakers: vec![speaker], quotations: vec![quotation] };
            library.add(Article::new(builder.build()), findings);
        };
        add("Bridge closes", "The ferry captain Zoë Martin laughed out loud.", "Zoë Martin");
        add("Trams delayed", "No night trams until the bridge opens.", "Ines Okafor");
        library
    }

    fn found(query: &str) -> Vec<String> {
        let show = |hit: Hit| match hit.snippet {
            Some(snippet) => snippet.marked(),
            None => format!("{} in the headline", hit.title.len()),
        };
        library().search(&Query::parse(query), &|| true).into_iter().map(show).collect()
    }

    #[test]
    fn all_words_in_headline_or_text() {
        assert_eq!(found("bridge"), ["1 in the headline", "…until the [bridge] opens."]);
        assert_eq!(found("bridge zoe"), ["…ferry captain [Zoë] Martin laughed out loud."]);
        assert_eq!(found("\"night trams\""), ["No [night trams] until the bridge opens."]);
        assert_eq!(found("bridge -ferry"), ["…until the [bridge] opens."]);
        assert!(found("zeppelin").is_empty());
    }

    #[test]
    fn speakers() {
        assert_eq!(found("speaker:martin"), ["0 in the headline"]);
        assert_eq!(found("speaker:\"ines okafor\" trams"), ["No night [trams] until the bridge opens."]);
        assert!(found("speaker:laughed").is_empty());
    }

    #[test]
    fn a_correction_is_found_at_once() {
        let library = library();
        let id = library.search(&Query::parse("speaker:martin"), &|| true)[0].id;
        let hits = |name: &str| library.search(&Query::parse(&format!("speaker:{name}")), &|| true).len();
        library.correct(id, 0, Some(Verdict::Speaker("Mara Deniz".to_owned())));
        assert_eq!((hits("deniz"), hits("martin")), (1, 0));
        library.correct(id, 0, None);
        assert_eq!((hits("deniz"), hits("martin")), (0, 1));
    }

    #[test]
    fn an_unwanted_search_ends() {
        assert!(library().search(&Query::parse("bridge"), &|| false).is_empty());
    }
}
