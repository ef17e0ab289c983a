//! Adding a tag to an article or a clipping, or removing one.

use std::collections::BTreeSet;

use super::{ChoiceRow, Choices, Line, PromptKind, Then};
use crate::app::article_mark::ArticleMark;
use crate::app::{App, Command, Notice, Pane};
use crate::article::ArticleId;
use crate::text::fold;
use crate::user::{ClippingId, UserAction, tag_of, tag_problem};

/// Asks which tag to add, or to remove.
#[derive(Debug)]
struct EditTags {
    of: Tagged,
}

/// What has tags.
#[derive(Debug, Clone)]
enum Tagged {
    Article(ArticleId),
    /// Articles, and the tags that all of them have.
    Articles(Vec<ArticleId>, BTreeSet<String>),
    Clipping(ClippingId),
}

impl Tagged {
    fn articles(app: &App, articles: Vec<ArticleId>) -> Self {
        let have_it = |tagged: &BTreeSet<ArticleId>| {
            tagged.len() >= articles.len() && articles.iter().all(|id| tagged.contains(id))
        };
        let of_all = app.user.tags().filter(|(_, tagged)| have_it(tagged)).map(|(tag, _)| tag.to_owned()).collect();
        Self::Articles(articles, of_all)
    }
}

/// The tags of articles and clippings, in order.
fn known_tags(app: &App) -> BTreeSet<&str> {
    let clippings = app.user.state().clippings.values().flat_map(|clipping| &clipping.tags);
    app.user.tags().map(|(tag, _)| tag).chain(clippings.map(String::as_str)).collect()
}

impl EditTags {
    fn has(&self, app: &App, tag: &str) -> bool {
        let state = app.user.state();
        match &self.of {
            Tagged::Article(id) => state.tags.get(tag).is_some_and(|tagged| tagged.contains(id)),
            Tagged::Articles(_, of_all) => of_all.contains(tag),
            Tagged::Clipping(id) => {
                state.clippings.get(id).is_some_and(|clipping| clipping.tags.iter().any(|known| known == tag))
            }
        }
    }

    /// What was typed, and the tags that fit it; with whether they are set.
    fn fitting(&self, app: &App, typed: &str) -> Vec<(String, bool)> {
        let typed = tag_of(typed);
        let wanted = fold(&typed);
        let known = known_tags(app).into_iter().filter(|tag| fold(tag).contains(&wanted));
        let mut tags: Vec<_> = known.map(|tag| (tag.to_owned(), self.has(app, tag))).collect();
        // What was typed comes first: nobody who types "budget" means "budget-2026".
        match tags.iter().position(|(tag, _)| fold(tag) == wanted) {
            Some(at) => tags[..=at].rotate_right(1),
            None if typed.is_empty() => {}
            None => tags.insert(0, (typed, false)),
        }
        tags
    }

    /// Removes a tag that is set, or adds one that is not.
    fn turn(&self, app: &mut App, tag: String, is_set: bool) {
        let article = match self.of.clone() {
            Tagged::Article(article) => article,
            Tagged::Articles(mut articles, _) => {
                // Some may have gone meanwhile.
                articles.retain(|id| app.catalog.get(*id).is_some());
                return app.toggle_mark(ArticleMark::Tagged(tag), articles);
            }
            Tagged::Clipping(id) => return tag_clipping(app, id, &tag, is_set),
        };
        let title = app.title_of(article);
        let (label, message) = if is_set {
            (format!("removed tag {tag} from {title}"), format!("Removed tag {tag}"))
        } else {
            (format!("tagged {title} with {tag}"), format!("Tagged {tag}"))
        };
        app.commit(vec![UserAction::Tagged { article, tag, tagged: !is_set }], label);
        app.show_message(message);
    }

    /// Tags of what keys are about.
    fn here(app: &App) -> Option<Self> {
        let of = match app.views.pane() {
            Pane::Clippings(view) => view.selected().map(Tagged::Clipping),
            _ if let Some(articles) = app.picked_here() => Some(Tagged::articles(app, articles)),
            _ => app.article_here().map(Tagged::Article),
        };
        of.map(|of| Self { of })
    }
}

/// The tags that have these letters, with whether what keys are about has them; the one of this name comes first.
pub(in crate::app) fn known_here(app: &App, typed: &str) -> Vec<(String, bool)> {
    let tags = EditTags::here(app).map_or_else(Vec::new, |tags| tags.fitting(app, typed));
    let known = known_tags(app);
    tags.into_iter().filter(|(tag, _)| known.contains(tag.as_str())).collect()
}

/// Adds a tag to what keys are about, or removes it; returns why it cannot.
pub(in crate::app) fn turn_here(app: &mut App, typed: &str) -> Result<(), Notice> {
    if tag_of(typed).is_empty() {
        return Err(format!("“{typed}” is no tag: type a word, as in tag budget").into());
    }
    if let Some(why) = refusal(typed) {
        return Err(why);
    }
    if app.picked_here().is_some_and(|articles| articles.is_empty()) {
        return Err(app.picks_elsewhere());
    }
    let Some(tags) = EditTags::here(app) else { return Err("Nothing is selected that could be tagged".into()) };
    if let Some((tag, is_set)) = tags.fitting(app, typed).into_iter().next() {
        tags.turn(app, tag, is_set);
    }
    Ok(())
}

/// Asks for a tag of the article that keys are about.
pub(in crate::app) fn open(app: &mut App) {
    let Some(article) = app.article_here() else { return app.refuse("No article is selected") };
    app.ask_for(EditTags { of: Tagged::Article(article) }, "");
}

/// Asks for a tag of all these articles.
pub(in crate::app) fn open_for_articles(app: &mut App, articles: Vec<ArticleId>) {
    let of = Tagged::articles(app, articles);
    app.ask_for(EditTags { of }, "");
}

/// Asks for a tag of a clipping.
pub(in crate::app) fn open_for_clipping(app: &mut App, id: ClippingId) {
    app.ask_for(EditTags { of: Tagged::Clipping(id) }, "");
}

/// Why what was typed is no tag.
fn refusal(typed: &str) -> Option<Notice> {
    tag_problem(typed).map(|why| format!("A tag {why}").into())
}

/// Adds a tag to a clipping, or removes it.
fn tag_clipping(app: &mut App, id: ClippingId, tag: &str, is_set: bool) {
    let Some(mut clipping) = app.user.state().clippings.get(&id).cloned() else { return };
    clipping.tags.retain(|known| known != tag);
    if !is_set {
        clipping.tags.push(tag.to_owned());
        clipping.tags.sort();
    }
    let message = if is_set { format!("Removed tag {tag}") } else { format!("Tagged {tag}") };
    app.keep_clipping(id, clipping, Some(message));
}

impl PromptKind for EditTags {
    fn follow(&mut self, before: ArticleId, now: ArticleId) {
        let articles = match &mut self.of {
            Tagged::Article(article) => std::slice::from_mut(article),
            Tagged::Articles(articles, _) => articles.as_mut_slice(),
            Tagged::Clipping(_) => return,
        };
        articles.iter_mut().filter(|id| **id == before).for_each(|id| *id = now);
    }

    fn label(&self, _: &Line) -> &'static str {
        if matches!(self.of, Tagged::Articles(..)) { "tag all picked: " } else { "tag: " }
    }

    fn hints(&self, _: &App, _: &Line) -> Vec<Notice> {
        vec![Notice::new("a word").hint(Command::Complete, "").hint(Command::Accept, "")]
    }

    fn refusal(&self, _: &App, line: &Line) -> Option<Notice> {
        refusal(line.typed())
    }

    fn choices(&self, app: &App, line: &Line) -> Option<Choices> {
        let row = |(name, is_set): (String, bool)| {
            let mark = match is_set {
                true => "✓",
                false if known_tags(app).contains(name.as_str()) => " ",
                false => "+",
            };
            ChoiceRow { mark: mark.to_owned(), name, ..ChoiceRow::default() }
        };
        Some(Choices {
            title: "Tags",
            rows: self.fitting(app, line.typed()).into_iter().map(row).collect(),
            chosen: Some(line.choice),
            none: "Type a word: budget, to-call, …".into(),
            is_about_quotation: false,
        })
    }

    fn accept(&mut self, app: &mut App, line: &mut Line) -> Then {
        if let Tagged::Article(id) = self.of
            && app.catalog.get(id).is_none()
        {
            app.refuse("The article is no longer in the library");
        } else if refusal(line.typed()).is_some() {
            return Then::Stay;
        } else if let Some((tag, is_set)) = self.fitting(app, line.typed()).into_iter().nth(line.choice) {
            self.turn(app, tag, is_set);
        }
        Then::Close
    }
}
