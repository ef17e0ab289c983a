//! Doing what was done last again, with what is selected now.

use super::article_mark::ArticleMark;
use super::{App, Command, Notice};
use crate::article::ArticleId;
use crate::quotes::SpeakerCorrection;
use crate::user::UserAction;

/// What was done last, apart from what it was done with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Deed {
    /// With an article: a star, a tag, read, removed.
    Article(UserAction),
    /// With a quotation: who spoke it.
    Speaker(SpeakerCorrection),
    /// With a quotation: its speaker is right.
    Confirmed,
    /// With all articles of the list.
    AllRead,
}

impl Deed {
    /// Whether it is done with a quotation.
    pub const fn is_about_quotation(&self) -> bool {
        matches!(self, Self::Speaker(_) | Self::Confirmed)
    }

    /// What these actions, committed together, were; none where they cannot be done with anything else.
    pub fn of(actions: &[UserAction]) -> Option<Self> {
        use UserAction as A;
        match actions {
            [action @ (A::Read { .. } | A::Starred { .. } | A::Removed { .. } | A::Tagged { .. })] => {
                Some(Self::Article(action.clone()))
            }
            [A::Corrected { after: Some(speaker), .. }, others @ ..] => {
                let is_same = |other: &A| matches!(other, A::Corrected { after: Some(other), .. } if other == speaker);
                others.iter().all(is_same).then(|| Self::Speaker(speaker.clone()))
            }
            _ => None,
        }
    }
}

/// Does it again.
pub(super) fn repeat(app: &mut App) {
    match app.last_deed.clone() {
        None => app.refuse("Nothing was done yet that can be repeated"),
        Some(Deed::AllRead) => app.mark_all_read(),
        Some(Deed::Confirmed) => app.dispatch(Command::Confirm, None),
        Some(Deed::Article(action)) if let Some(articles) = app.picked_here() => {
            repeat_with_picked(app, &action, articles);
        }
        Some(Deed::Article(action)) => match app.article_here() {
            Some(article) => repeat_with(app, action, article),
            None => app.refuse("No article is selected"),
        },
        Some(Deed::Speaker(speaker)) => repeat_correction(app, &speaker),
    }
}

fn repeat_with_picked(app: &mut App, action: &UserAction, articles: Vec<ArticleId>) {
    if articles.is_empty() {
        return app.refuse(app.picks_elsewhere());
    }
    if let Some((mark, is_on)) = ArticleMark::of(action) {
        app.repeat_mark(mark, is_on, articles);
    }
}

fn repeat_with(app: &mut App, mut action: UserAction, article: ArticleId) {
    if let Some(before) = action.article() {
        action.follow(before, article);
    }
    let title = app.title_of(article);
    let label = label(&action, &title);
    if app.user.state().change(&action).is_none() {
        return app.refuse(format!("Nothing to repeat: {title} is {} already", state(&action)));
    }
    match action {
        UserAction::Removed { .. } => app.remove(article, &title),
        action => app.commit(vec![action], label.clone()),
    }
    app.show_message(Notice::undoable(format!("Repeated: {label}")));
}

/// Says of the statement here that the same person spoke it.
fn repeat_correction(app: &mut App, speaker: &SpeakerCorrection) {
    if app.panes().article.is_none() && !app.views.pane().lists_quotations() {
        return app.refuse("Open an article to repeat the correction");
    }
    let Some(index) = app.quotation_to_decide("No quotation to correct") else { return };
    let Some(reader) = &app.article.reader else { return };
    let article = reader.id();
    let starts = reader.runs(index).map(|run| reader.findings.quotations[run].span.start);
    let corrected = |start| UserAction::Corrected { article, start, before: None, after: Some(speaker.clone()) };
    let actions: Vec<_> = starts.map(corrected).collect();
    let name = speaker.in_words();
    let label = format!("corrected to {name} in {}", app.title_of(article));
    app.commit(actions, label.clone());
    app.show_message(Notice::undoable(format!("Repeated: {label}")));
}

/// What an action with an article of this title is called.
pub(super) fn label(action: &UserAction, title: &str) -> String {
    match action {
        UserAction::Tagged { tag, tagged: true, .. } => format!("tagged {title} with {tag}"),
        UserAction::Tagged { tag, .. } => format!("removed tag {tag} from {title}"),
        UserAction::Read { .. } => format!("marked {} {title}", state(action)),
        _ => format!("{} {title}", state(action)),
    }
}

/// How an article is after an action with it.
fn state(action: &UserAction) -> String {
    match action {
        UserAction::Read { read: true, .. } => "read".to_owned(),
        UserAction::Read { .. } => "unread".to_owned(),
        UserAction::Starred { starred: true, .. } => "starred".to_owned(),
        UserAction::Starred { .. } => "unstarred".to_owned(),
        UserAction::Removed { removed: true, .. } => "removed".to_owned(),
        UserAction::Removed { .. } => "restored".to_owned(),
        UserAction::Tagged { tag, tagged: true, .. } => format!("tagged {tag}"),
        _ => "so".to_owned(),
    }
}
