//! The loop: carries keys and events to the state, effects to the workers, and the state to the screen.
//!
//! Receives messages from one channel; ends when the user quits. It never knows what a command or an event means: it
//! only carries.

mod article_text;
mod browser;
mod config_worker;
mod context;
mod db_watcher;
mod decoder;
mod feed_jobs;
mod feed_worker;
mod folder_watcher;
mod foreground;
mod headline_reports;
mod input;
mod input_gate;
mod key_dispatch;
mod load_worker;
mod loaded;
mod messages;
mod page_worker;
mod people_worker;
mod picture_cache;
mod picture_worker;
mod pictures;
mod piped_articles;
mod programs;
mod programs_at_exit;
mod read_jobs;
mod readers;
mod review_worker;
mod scanner;
mod search_worker;
mod shown_links;
mod sort_worker;
mod tasks;
mod terminal;
mod typed_file;
mod worker;
mod workers;
mod write_worker;

use std::time::{Duration, Instant};

use chrono::NaiveDate;
use crossbeam_channel::{Receiver, RecvTimeoutError};
use ratatui::Terminal;
use ratatui::backend::Backend;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::{App, Effect, Event};
use crate::config::{ThemeColors, ThemeFiles};
use crate::keymap::Keymap;
use crate::ui::{self, ColorDepth, PlacedPicture, Theme};
use key_dispatch::KeyDispatch;
use shown_links::ShownLinks;

pub use decoder::GraphicsAnswer;
pub use input::{EndSignal, listen};
pub use messages::{Message, MessageSender, message_channel};
pub use read_jobs::ReadRequest;
pub use terminal::{Frames, Guard};
pub use workers::Workers;

/// The shortest time between two frames without a key press: 60 a second.
const MIN_FRAME: Duration = Duration::from_millis(16);

/// The shortest time between two frames while the user presses keys, so that none waits for what arrived just before.
const MIN_FRAME_AFTER_KEY: Duration = Duration::from_millis(4);

/// For how long after a key its answer is waited for.
const AFTER_KEY: Duration = Duration::from_millis(200);

/// How long an answer to work just begun is waited for before the next frame, so that most keys need one frame, not
/// one for the key and one for what it led to.
const ANSWER_WAIT: Duration = Duration::from_millis(4);

/// How long the first frame waits for something to show; too short to be noticed.
const FIRST_FRAME: Duration = Duration::from_millis(20);

/// The most messages that are handled before the next frame, so that a flood cannot freeze the screen.
const MESSAGES_PER_FRAME: usize = 512;

/// Carries effects out. Tests put workers of their own in here.
pub trait EffectHandler {
    /// Starts the work of `effect`, without waiting for its end; answers come as messages.
    fn carry_out(&mut self, effect: Effect) -> Flow;

    /// Shows what the window is about; does nothing where there is none.
    fn set_title(&mut self, _title: &str) {}

    /// Writes this to the terminal, where it passes over operating system commands that it does not know; does nothing where
    /// there is none.
    fn write_commands(&mut self, _sequences: &[u8]) {}

    /// The terminal told what it can draw.
    fn know_graphics(&mut self, _answer: GraphicsAnswer) {}

    /// Draws pictures into a frame; does nothing where there are none.
    fn draw_pictures(&mut self, _placed: &[PlacedPicture], _frame: &mut Buffer) {}

    /// The screen is empty: what was drawn before is to be drawn as new.
    fn forget_pictures(&mut self) {}
}

/// How the loop goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// As before.
    Continue,
    /// As before; an answer may come within a moment.
    Answering,
    /// With a screen on which nothing can be relied on.
    Redraw,
    /// Not at all.
    Quit,
}

/// What the loop works with besides the state.
pub struct Env<'a> {
    /// Which key does what, until the configuration is read again.
    pub keymap: &'a Keymap,
    /// The user's themes, until they are read again.
    pub themes: &'a ThemeFiles,
    /// How many colours the terminal has.
    pub colors: ColorDepth,
    /// Tells the day.
    pub today: &'a dyn Fn() -> NaiveDate,
}

/// Runs until the user leaves or no more messages can come.
///
/// # Errors
///
/// When the terminal cannot be written to.
pub fn run<B: Backend>(
    terminal: &mut Terminal<B>,
    app: &mut App,
    messages: &Receiver<Message>,
    workers: &mut dyn EffectHandler,
    env: &Env<'_>,
) -> Result<(), B::Error> {
    let mut dispatch = KeyDispatch::new(env.keymap.clone(), env.themes.clone());
    let mut last_frame: Option<Instant> = None;
    let mut last_key: Option<Instant> = None;
    let mut due = Some(Instant::now() + FIRST_FRAME);
    let mut effects = Vec::new();
    let mut look = Look::new(app, env.themes, env.colors);
    loop {
        let mut answering = false;
        for effect in std::mem::take(&mut effects) {
            match workers.carry_out(effect) {
                Flow::Continue => {}
                Flow::Answering => answering = true,
                Flow::Redraw => {
                    wipe(terminal)?;
                    look.title.clear();
                    look.links.forget();
                    workers.forget_pictures();
                }
                Flow::Quit => return Ok(()),
            }
        }
        if answering {
            due = due.map(|at| at.max(Instant::now() + ANSWER_WAIT));
        }
        if due.is_some_and(|at| at <= Instant::now()) {
            let size = terminal.size()?;
            effects.extend(app.event(Event::Resized { width: size.width, height: size.height }));
            let today = (env.today)();
            look.follow(app, dispatch.themes(), workers);
            let drawn = terminal.draw(|frame| {
                ui::draw(app, dispatch.keymap(), &look.theme, today, frame);
                workers.draw_pictures(&ui::pictures(app), frame.buffer_mut());
            })?;
            let links = look.links.follow(ui::hyperlinks(app), drawn.buffer);
            if !links.is_empty() {
                workers.write_commands(&links);
            }
            last_frame = Some(Instant::now());
            due = None;
            continue;
        }
        // Sleeps as long as nothing happens; when a frame is due, at most until then.
        let first = match due {
            Some(at) => messages.recv_deadline(at),
            None => messages.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        let first = match first {
            Ok(message) => message,
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        };
        for message in std::iter::once(first).chain(messages.try_iter().take(MESSAGES_PER_FRAME)) {
            if let Message::Graphics(answer) = message {
                workers.know_graphics(answer);
                continue;
            }
            if !matches!(message, Message::Event(_)) {
                last_key = Some(Instant::now());
            }
            effects.extend(dispatch.take(app, message));
        }
        let pace = if last_key.is_some_and(|at| at.elapsed() < AFTER_KEY) { MIN_FRAME_AFTER_KEY } else { MIN_FRAME };
        let next = last_frame.map_or_else(Instant::now, |at| at + pace);
        due = Some(next.max(Instant::now()));
    }
}

/// What follows from the state besides the cells.
struct Look {
    colors: ColorDepth,
    /// The name of the theme.
    name: String,
    /// What its file says, where it has one.
    own: Option<ThemeColors>,
    theme: Theme,
    /// The title of the window.
    title: String,
    /// The words that lead to an address.
    links: ShownLinks,
}

impl Look {
    fn new(app: &App, themes: &ThemeFiles, colors: ColorDepth) -> Self {
        let name = app.theme().to_owned();
        let own = themes.colors(&name).cloned();
        let theme = Theme::named(&name, themes, colors);
        Self { colors, name, own, theme, title: String::new(), links: ShownLinks::default() }
    }

    /// Takes on the theme and the title that the state wants now.
    fn follow(&mut self, app: &App, themes: &ThemeFiles, workers: &mut dyn EffectHandler) {
        if self.name != app.theme() || self.own.as_ref() != themes.colors(app.theme()) {
            let (title, links) = (std::mem::take(&mut self.title), std::mem::take(&mut self.links));
            *self = Self { title, links, ..Self::new(app, themes, self.colors) };
        }
        let title = app.window_title();
        if self.title != title {
            workers.set_title(&title);
            self.title = title;
        }
    }
}

/// Clears the screen, and forgets what was on it.
///
/// `Terminal::clear` asks the terminal where the cursor is and waits for the answer, which the thread that reads keys
/// would get.
fn wipe<B: Backend>(terminal: &mut Terminal<B>) -> Result<(), B::Error> {
    let size = terminal.size()?;
    terminal.resize(Rect::from((Position::ORIGIN, size)))
}
