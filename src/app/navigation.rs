//! Jumping: from quotation to quotation, from speaker to speaker, from article to article, and back.

use super::direction::Direction;
use super::effect::{Effect, PeopleJob, RequestId};
use super::jumps::ReadingPosition;
use super::reader::{Goal, Reader, Step};
use super::{App, Command, Notice};
use crate::app::views::results;
use crate::article::ArticleId;
use crate::catalog::{Headline, article_speakers, person_key};
use crate::quotes::{Quotation, Speaker, SpeakerId};
use crate::user::UserAction;

/// The next match of what is looked for in the article.
pub(super) fn next_match(app: &mut App, direction: Direction, count: usize) {
    let height = app.text_height();
    note_jump(app);
    let Some(reader) = &mut app.article.reader else { return };
    let here = reader.position().top;
    let span = reader.find.as_mut().and_then(|find| find.step(direction, count, here));
    match span {
        Some(span) => {
            reader.reveal(span, height);
            app.count_as_read();
        }
        None => app.refuse("Not found in this article"),
    }
}

/// The next quotation, also in the articles that follow.
pub(super) fn next_quotation(app: &mut App, direction: Direction, count: usize) {
    let height = app.text_height();
    let Some(reader) = &app.article.reader else { return };
    let furthest = match reader.nth_quotation(direction, count, height, |_| true) {
        Step::Within(index) => return jump_within(app, index, height),
        Step::Beyond(furthest) => furthest,
    };
    match reader.only {
        Some(only) => follow(app, only, direction, furthest),
        None => jump_across(
            app,
            direction,
            Goal::Quotation(direction),
            Vec::new(),
            |headline| headline.quotations > 0,
            ("quotation", furthest),
        ),
    }
}

/// The next quotation by the speaker of the current one.
pub(super) fn next_by_speaker(app: &mut App, direction: Direction, count: usize) {
    let height = app.text_height();
    let Some((index, key)) = speaker_here(app, height).map(|(index, key)| (index, [key])) else {
        return app.refuse(app.no_speaker());
    };
    let Some(reader) = &app.article.reader else { return };
    if reader.current() != Some(index) && direction == Direction::Forward && count == 1 {
        // The quotation in view becomes the current one first, so that one sees whose trail is followed.
        return jump_within(app, index, height);
    }
    let furthest = match reader.nth_quotation(direction, count, height, |q| reader.is_by(q, &key)) {
        Step::Within(index) => return jump_within(app, index, height),
        Step::Beyond(furthest) => furthest,
    };
    if let Some(speaker) = reader.findings.quotations[index].speaker {
        follow(app, speaker, direction, furthest);
    }
}

/// A jump to another article in which a person speaks, under whatever name.
#[derive(Debug)]
pub(super) struct Following {
    request: RequestId,
    /// The article in which the jump begins.
    from: ArticleId,
    direction: Direction,
    /// The name in that article.
    name: String,
    /// Whether the quotations of all others are hidden.
    is_only: bool,
    /// The last quotation on the way in that article.
    furthest: Option<usize>,
}

/// Goes to the next article in which a speaker of the open one speaks, once it is known under which names.
fn follow(app: &mut App, speaker: SpeakerId, direction: Direction, furthest: Option<usize>) {
    let request = app.new_request();
    let Some(reader) = &app.article.reader else { return };
    let Some(Speaker { name, .. }) = reader.findings.speakers.get(speaker.0) else { return };
    let members = article_speakers(&reader.findings);
    let member = members.into_iter().find(|member| member.speakers.contains(&speaker));
    // Someone without a statement of their own, and someone unnamed, is in no other article.
    let person = member.map_or_else(|| person_key(name), |member| member.identity.to_string());
    let (name, is_only) = (name.clone(), reader.only.is_some());
    app.article.following = Some(Following { request, from: reader.id(), direction, name, is_only, furthest });
    app.ask(Effect::People(PeopleJob::Names { request, person }));
}

/// Goes to the next article in which a person with these keys speaks, if the user is still where that was asked for.
pub(super) fn names_found(app: &mut App, request: RequestId, mut keys: Vec<String>) {
    let here = app.article.reader.as_ref().map(Reader::id);
    let is_meant = |following: &mut Following| following.request == request && Some(following.from) == here;
    let Some(following) = app.article.following.take_if(is_meant) else { return };
    let Following { direction, name, is_only, furthest, .. } = following;
    let key = person_key(&name);
    if !keys.contains(&key) {
        keys.push(key);
    }
    let only = if is_only { keys.clone() } else { Vec::new() };
    let goal = Goal::By(direction, keys.clone());
    let is_wanted = |headline: &Headline| headline.has_speaker(&keys);
    jump_across(app, direction, goal, only, is_wanted, (&format!("quotation by {name}"), furthest));
}

/// The next quotation by another speaker.
pub(super) fn next_by_other_speaker(app: &mut App, direction: Direction, count: usize) {
    let height = app.text_height();
    let Some((_, key)) = speaker_here(app, height) else { return next_quotation(app, direction, count) };
    if let Some(reader) = &mut app.article.reader {
        reader.only = None;
    }
    let Some(reader) = &app.article.reader else { return };
    let is_other = |q: &Quotation| q.speaker.is_some() && !reader.is_by(q, std::slice::from_ref(&key));
    let furthest = match reader.nth_quotation(direction, count, height, is_other) {
        Step::Within(index) => return jump_within(app, index, height),
        Step::Beyond(furthest) => furthest,
    };
    jump_across(
        app,
        direction,
        Goal::NotBy(direction, key.clone()),
        Vec::new(),
        |headline| headline.speakers.iter().any(|member| person_key(member.name) != key),
        ("quotation by another speaker", furthest),
    );
}

/// Back to where the last jump began.
pub(super) fn jump_back(app: &mut App, count: usize) {
    for _ in 0..count.min(100) {
        if app.jumps_back_to_timeline() {
            app.close_article_over_timeline();
            break;
        }
        let here = app.article.reader.as_ref().filter(|_| !app.views.pane().is_list()).map(Reader::position);
        let Some(position) = app.article.jumps.back(here) else {
            app.refuse("No earlier position");
            break;
        };
        app.visit(position.id, Goal::Position(position));
    }
}

/// Back to before the last jump, and from there here again.
pub(super) fn before_jump(app: &mut App) {
    let Some(here) = app.article.reader.as_ref().map(Reader::position) else { return };
    let Some(position) = app.article.jumps.back(Some(here)) else {
        return app.refuse("No earlier position");
    };
    app.article.jumps.leave(here);
    app.visit(position.id, Goal::Position(position));
}

/// Marks the place that the user is at in the open article.
pub(super) fn set_mark(app: &mut App, letter: char) {
    let Some(ReadingPosition { id: article, top, .. }) = app.article.reader.as_ref().map(Reader::position) else {
        return;
    };
    app.note(UserAction::Mark { article, letter, offset: Some(top) });
    app.show_message(Notice::new(format!("Mark {letter} is set")).hint(Command::GoToMark, "goes to a mark"));
}

/// Goes to a mark in the open article.
pub(super) fn go_to_mark(app: &mut App, letter: char) {
    let Some(id) = app.article.reader.as_ref().map(Reader::id) else { return };
    let Some(&top) = app.user.state().marks.get(&id).and_then(|marks| marks.get(&letter)) else {
        return app.refuse(Notice::new(format!("There is no mark {letter} here")).hint(Command::SetMark, "sets one"));
    };
    note_jump(app);
    if let Some(reader) = &mut app.article.reader {
        reader.go_to(ReadingPosition { id, top, quotation: None });
    }
    app.count_as_read();
}

/// Selects the article after the selected one, or before it.
pub(super) fn select_neighbour(app: &mut App, direction: Direction, count: usize) {
    if let Some(id) = neighbour(app, direction, count)
        && let Some(area) = app.list_area()
    {
        app.list.select(&app.catalog, area, id);
    }
}

/// Opens the article after this one, or before it.
pub(super) fn open_neighbour(app: &mut App, direction: Direction, count: usize) {
    if let Some(id) = neighbour(app, direction, count) {
        app.note_place();
        let goal = results::goal(app);
        app.read(id, goal);
    }
}

/// Opens the article after this one or before it; shows a message where there is none.
fn neighbour(app: &mut App, direction: Direction, count: usize) -> Option<ArticleId> {
    let neighbour = neighbours(app, app.article_here(), direction, |_| true).take(count).last();
    if neighbour.is_none() {
        app.refuse(match direction {
            Direction::Forward => "This is the last article",
            Direction::Backward => "This is the first article",
        });
    }
    neighbour
}

/// Makes a quotation of the open article the current one.
fn jump_within(app: &mut App, index: usize, height: usize) {
    note_jump(app);
    if let Some(reader) = &mut app.article.reader {
        reader.make_current(index, height);
    }
    if app.views.pane().is_list() {
        app.focus_article();
        app.glance();
    } else {
        app.count_as_read();
    }
}

/// Opens the next article that `wanted` accepts and goes to `goal` in it. Where there is none, goes to the furthest
/// quotation in this one, or says that there is no more of `what`.
fn jump_across(
    app: &mut App,
    direction: Direction,
    goal: Goal,
    only: Vec<String>,
    wanted: impl Fn(&Headline) -> bool,
    (what, furthest): (&str, Option<usize>),
) {
    let here = app.article.reader.as_ref().map(Reader::id);
    let Some(id) = neighbours(app, here, direction, wanted).next() else {
        if let Some(index) = furthest {
            return jump_within(app, index, app.text_height());
        }
        let side = if direction == Direction::Forward { "later" } else { "earlier" };
        return app.refuse(format!("No {side} {what}"));
    };
    note_jump(app);
    app.note_place();
    app.visit(id, goal);
    app.show_only_person(only);
    let title = app.catalog.get(id).map_or("", |headline| &headline.title);
    app.show_message(format!("{} {title}", if direction == Direction::Forward { "→" } else { "←" }));
}

/// The current quotation if it has a speaker, and the key of the speaker's name.
fn speaker_here(app: &App, height: usize) -> Option<(usize, String)> {
    let reader = app.article.reader.as_ref()?;
    let index = reader.quotation_here(height)?;
    Some((index, person_key(reader.speaker_name(index)?)))
}

/// The listed articles after or before one that `wanted` accepts, the nearest first.
pub(super) fn neighbours<'a>(
    app: &'a App,
    here: Option<ArticleId>,
    direction: Direction,
    wanted: impl Fn(&Headline) -> bool + 'a,
) -> Box<dyn Iterator<Item = ArticleId> + 'a> {
    let position = here.and_then(|id| app.list.position(&app.catalog, id));
    let wanted = move |headline: &&Headline| wanted(headline);
    let id = |headline: &Headline| headline.id;
    match direction {
        Direction::Forward => {
            Box::new(app.list.from(&app.catalog, position.map_or(0, |at| at + 1)).filter(wanted).map(id))
        }
        Direction::Backward => Box::new(app.list.before(&app.catalog, position.unwrap_or(0)).filter(wanted).map(id)),
    }
}

/// Records the position before a jump.
pub(super) fn note_jump(app: &mut App) {
    if let Some(reader) = &app.article.reader
        && !app.views.pane().is_list()
    {
        app.article.jumps.leave(reader.position());
    }
}
