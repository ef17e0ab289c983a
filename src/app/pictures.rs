//! Pictures that are drawn in their places: which of them, how large, and what becomes of them.

use super::effect::Effect;
use super::picture_state::{PictureJob, PictureMode, PictureState, ShownPicture};
use super::{App, Notice};

/// Draws the first picture on the screen; where it is drawn, larger; where it is large, not any more.
pub(super) fn show(app: &mut App) {
    let height = app.text_height();
    let Some(reader) = &app.article.reader else { return app.refuse("No article is open") };
    let mut rows = reader.page.rows().iter().skip(reader.top_row(height)).take(height);
    match rows.find_map(|row| row.kind.picture()) {
        Some(number) => show_number(app, number),
        None if reader.article.body.pictures().is_empty() => app.refuse("This article has no pictures"),
        None => app.refuse("There is no picture on the screen"),
    }
}

/// Draws a picture; where it is drawn, larger; where it is large, not any more.
pub(super) fn show_number(app: &mut App, number: usize) {
    if app.display.pictures == PictureMode::Never {
        return app.refuse(Notice::new("Pictures are not fetched: the option pictures is never"));
    }
    let Some(reader) = &mut app.article.reader else { return };
    let is_large = match reader.pictures.get(&number).map(|shown| (&shown.state, shown.is_large)) {
        Some((PictureState::Awaited, _)) => return,
        Some((PictureState::Drawn { .. }, true)) => {
            reader.pictures.remove(&number);
            return;
        }
        Some((PictureState::Drawn { .. }, false)) => true,
        Some((PictureState::Failed(_), _)) | None => false,
    };
    ask(app, number, is_large);
}

fn ask(app: &mut App, number: usize, is_large: bool) {
    let (columns, height) = (app.panes().column().map_or(0, |column| column.width), app.text_height() as u16);
    let Some(reader) = &mut app.article.reader else { return };
    let Some(picture) = reader.article.body.pictures().get(number) else { return };
    // The words around a small one stay in sight.
    let rows = if is_large { height.saturating_sub(1) } else { (height / 2).min(16) }.max(2);
    let job = PictureJob { article: reader.id(), number, url: picture.url.clone(), columns, rows };
    reader.pictures.insert(number, ShownPicture { is_large, job: job.clone(), state: PictureState::Awaited });
    app.ask(Effect::Picture(job));
}

/// A picture is there in so many rows, or why not.
pub(super) fn known(app: &mut App, job: &PictureJob, drawn: Result<u16, String>) {
    let Some(reader) = app.article.reader.as_mut().filter(|reader| reader.id() == job.article) else { return };
    let Some(shown) = reader.pictures.get_mut(&job.number).filter(|shown| shown.job == *job) else { return };
    shown.state = match drawn {
        Ok(rows) => PictureState::Drawn { rows },
        Err(why) => PictureState::Failed(why),
    };
}

/// Makes room for the pictures that are drawn, and asks for those that should be: where the screen has another size, and those in
/// sight where the user wants all.
pub(super) fn follow(app: &mut App) {
    let (columns, height) = (app.panes().column().map_or(0, |column| column.width), app.text_height());
    let mode = app.display.pictures;
    let Some(reader) = &mut app.article.reader else { return };
    if reader.article.body.pictures().is_empty() {
        return;
    }
    if mode == PictureMode::Never {
        reader.pictures.clear();
    }
    let fits = |shown: &ShownPicture| shown.job.columns == columns && usize::from(shown.job.rows) <= height.max(2);
    let is_drawn = |shown: &ShownPicture| matches!(shown.state, PictureState::Drawn { .. });
    let misfits = reader.pictures.iter().filter(|(_, shown)| is_drawn(shown) && !fits(shown));
    let mut wanted: Vec<_> = misfits.map(|(number, shown)| (*number, shown.is_large)).collect();
    reader.make_room();
    if mode == PictureMode::Always {
        let rows = reader.page.rows().iter().skip(reader.top_row(height)).take(height);
        let mut in_sight: Vec<_> = rows.filter_map(|row| row.kind.picture()).collect();
        in_sight.dedup();
        wanted
            .extend(in_sight.into_iter().filter(|number| !reader.pictures.contains_key(number)).map(|at| (at, false)));
    }
    for (number, is_large) in wanted {
        ask(app, number, is_large);
    }
    if let Some(reader) = &mut app.article.reader {
        reader.make_room();
    }
}
