//! The screen of the picture: the bridge article of the samples, its second statement current.

use std::sync::Arc;

use chrono::NaiveDate;
use pullquote::app::screen::Size;
use pullquote::app::{App, Effect, Event, LoadJob};
use pullquote::article::Article;
use pullquote::catalog::Headline;
use pullquote::keymap::{Key, Keymap};
use pullquote::quotes::{self, Findings};
use pullquote::samples;
use pullquote::ui::{self, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

/// The size of the picture, in cells.
const SIZE: Size = Size { width: 120, height: 34 };

/// How many statements are stepped over to the current one.
const STEPS: usize = 2;

/// Draws the screen.
pub fn reading() -> Buffer {
    let mut articles = Vec::new();
    for index in 0..samples::COUNT {
        samples::read(index, &mut |article| {
            let findings = quotes::find(&article.body);
            articles.push((Arc::new(article), Arc::new(findings)));
        });
    }
    let keymap = Keymap::default();
    let mut app = App::new("sample-articles", keymap.help(), SIZE);
    let headlines = articles.iter().map(|(article, findings)| Headline::of(article, findings)).collect();
    let mut effects = app.event(Event::Arrived(headlines));
    effects.extend(app.event(Event::Finished));
    carry_out(&mut app, effects, &articles);
    let below = app.list().from(app.catalog(), 0).position(|headline| headline.title.starts_with("Harbour Bridge"));
    let mut keys = vec!["j"; below.unwrap_or(0)];
    keys.push("Enter");
    keys.extend(["n"; STEPS]);
    for key in keys {
        if let Some(command) = Key::parse(key).and_then(|key| keymap.resolve(app.layer(), key)) {
            let effects = app.command(command);
            carry_out(&mut app, effects, &articles);
        }
    }
    draw(&app, &keymap)
}

fn carry_out(app: &mut App, effects: Vec<Effect>, articles: &[(Arc<Article>, Arc<Findings>)]) {
    for effect in effects {
        match effect {
            Effect::Load(LoadJob::Article { request, id }) => {
                if let Some((article, findings)) = articles.iter().find(|(article, _)| article.id == id) {
                    let (article, findings) = (Arc::clone(article), Arc::clone(findings));
                    let more = app.event(Event::Loaded { request, article, findings, unplaced: Vec::new() });
                    carry_out(app, more, articles);
                }
            }
            Effect::Write(write) => {
                let more = app.event(Event::Committed(write.actions().to_vec()));
                carry_out(app, more, articles);
            }
            _ => {}
        }
    }
}

fn draw(app: &App, keymap: &Keymap) -> Buffer {
    let today = NaiveDate::from_ymd_opt(2026, 3, 20).unwrap_or_default();
    let Ok(mut terminal) = Terminal::new(TestBackend::new(SIZE.width, SIZE.height));
    let Ok(_) = terminal.draw(|frame| ui::draw(app, keymap, &Theme::dark(), today, frame));
    terminal.backend().buffer().clone()
}
