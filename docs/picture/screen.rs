//! The screens of the pictures: what one sees of the samples after some keys.

use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::NaiveDate;
use pullquote::app::screen::Size;
use pullquote::app::{App, ArticleRecord, Effect, Event, LoadJob, ReviewJob, ReviewOf, TimelineJob};
use pullquote::catalog::{Doubtful, Headline};
use pullquote::keymap::{Key, Keymap, Meaning};
use pullquote::library::{Error, Library, Order};
use pullquote::quotes;
use pullquote::samples;
use pullquote::ui::{self, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

/// A picture.
pub struct Picture {
    /// What it is called.
    pub name: &'static str,
    /// In cells.
    size: Size,
    /// The beginning of the headline that is selected first.
    headline: &'static str,
    /// What is pressed then.
    keys: &'static [&'static str],
}

/// All of them.
pub const PICTURES: [Picture; 3] = [
    Picture {
        name: "reading",
        size: Size { width: 120, height: 34 },
        headline: "Harbour Bridge to Close",
        keys: &["Enter", "n", "n"],
    },
    Picture { name: "review", size: Size { width: 100, height: 22 }, headline: "With the Bridge Shut", keys: &["V"] },
    Picture {
        name: "timeline",
        size: Size { width: 100, height: 30 },
        headline: "With the Bridge Shut",
        keys: &["Enter", "n", "n", "]", "]", "T"],
    },
];

/// Draws the screen of a picture.
pub fn draw(picture: &Picture) -> Buffer {
    let library = Library::default();
    let mut headlines = Vec::new();
    for index in 0..samples::COUNT {
        samples::read(index, &mut |article| {
            let findings = quotes::find(&article.body);
            headlines.push(Headline::of(&article, &findings));
            library.add(article, findings);
        });
    }
    let keymap = Keymap::default();
    let mut screen = Screen { app: App::new("sample-articles", keymap.help(), picture.size), library };
    screen.event(Event::Arrived(headlines));
    screen.event(Event::Finished);
    let (list, catalog) = (screen.app.list(), screen.app.catalog());
    let below = list.from(catalog, 0).position(|headline| headline.title.starts_with(picture.headline));
    for key in vec!["j"; below.unwrap_or(0)].iter().chain(picture.keys) {
        let meaning = Key::parse(key).map(|key| keymap.resolve(screen.app.layer(), &[key]));
        for &command in meaning.iter().flat_map(Meaning::commands) {
            let effects = screen.app.command(command);
            screen.carry_out(effects);
        }
    }
    let today = NaiveDate::from_ymd_opt(2026, 3, 20).unwrap_or_default();
    let Ok(mut terminal) = Terminal::new(TestBackend::new(picture.size.width, picture.size.height));
    let Ok(_) = terminal.draw(|frame| ui::draw(&screen.app, &keymap, &Theme::dark(), today, frame));
    terminal.backend().buffer().clone()
}

/// The program without its workers: they answer at once.
struct Screen {
    app: App,
    library: Library,
}

impl Screen {
    fn event(&mut self, event: Event) {
        let effects = self.app.event(event);
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            if let Ok(Some(answer)) = self.answer(effect) {
                self.event(answer);
            }
        }
    }

    /// What a worker answers; nothing to what no picture needs.
    fn answer(&self, effect: Effect) -> Result<Option<Event>, Error> {
        Ok(match effect {
            Effect::Load(LoadJob::Article { request, id }) => self.library.get(id)?.map(|entry| Event::Loaded {
                request,
                article: Arc::clone(&entry.article),
                findings: Arc::clone(&entry.findings),
                record: ArticleRecord::default(),
            }),
            Effect::Write(write) => Some(Event::Committed(write.actions().to_vec())),
            Effect::Timeline(TimelineJob::List { request, person, .. }) => {
                let (known, mut said) = (self.library.person(&person)?.map(Arc::new), Vec::new());
                self.library.said_by(&person, Order::NewestFirst, &mut |batch| {
                    said.extend(batch);
                    ControlFlow::Continue(())
                })?;
                let today = NaiveDate::default();
                Some(Event::SaidListed { request, person: known, said, today, is_last: true })
            }
            Effect::Review(ReviewJob::List { request, of: ReviewOf::Articles(articles), .. }) => {
                let mut doubtful: Vec<Doubtful> = Vec::new();
                self.library.doubtful_in(&articles, false, &mut |found, _| {
                    doubtful.extend(found);
                    ControlFlow::Continue(())
                })?;
                doubtful.sort_by(Doubtful::standing);
                let total = doubtful.len();
                Some(Event::DoubtfulListed { request, doubtful, total, is_last: true })
            }
            Effect::Review(ReviewJob::Alternatives { request, article, start }) => {
                let alternatives = quotes::alternatives(&article.body, start);
                Some(Event::Alternatives { request, alternatives })
            }
            _ => None,
        })
    }
}
