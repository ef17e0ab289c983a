//! The loop, without a terminal, threads or workers: messages go in at each frame, frames are counted.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use pullquote::app::screen::Size;
use pullquote::app::{App, ArticleRecord, Command, Effect, Event, Layer, Layers, LoadJob, ScreenJob, SearchJob};
use pullquote::catalog::Headline;
use pullquote::config::ThemeFiles;
use pullquote::keymap::{Key, KeyChange, KeySequence, Keymap};
use pullquote::library::Library;
use pullquote::runtime::{self, EffectHandler, Env, Flow, Message, MessageSender};
use pullquote::ui::ColorDepth;
use ratatui::Terminal;
use ratatui::backend::{Backend, ClearType, TestBackend, WindowSize};
use ratatui::buffer::Cell as ScreenCell;
use ratatui::layout::{Position, Size as CellSize};

use crate::sitting::three;

/// A screen that counts what is asked of it.
struct Screen {
    screen: TestBackend,
    log: Rc<RefCell<Log>>,
}

#[derive(Debug, Default)]
struct Log {
    clearings: usize,
    /// How many cells each frame wrote that wrote any.
    written: Vec<usize>,
}

type Answer<T> = Result<T, <TestBackend as Backend>::Error>;

impl Backend for Screen {
    type Error = <TestBackend as Backend>::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a ScreenCell)>>(&mut self, content: I) -> Answer<()> {
        let cells: Vec<_> = content.collect();
        self.log.borrow_mut().written.push(cells.len());
        self.screen.draw(cells.into_iter())
    }

    fn hide_cursor(&mut self) -> Answer<()> {
        self.screen.hide_cursor()
    }

    fn show_cursor(&mut self) -> Answer<()> {
        self.screen.show_cursor()
    }

    fn get_cursor_position(&mut self) -> Answer<Position> {
        panic!("a terminal answers that among the keys, and the thread that reads keys would take the answer");
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Answer<()> {
        self.screen.set_cursor_position(position)
    }

    fn clear(&mut self) -> Answer<()> {
        self.log.borrow_mut().clearings += 1;
        self.screen.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> Answer<()> {
        self.log.borrow_mut().clearings += 1;
        self.screen.clear_region(region)
    }

    fn size(&self) -> Answer<CellSize> {
        self.screen.size()
    }

    fn window_size(&mut self) -> Answer<WindowSize> {
        self.screen.window_size()
    }

    fn flush(&mut self) -> Answer<()> {
        self.screen.flush()
    }
}

/// A handler made of one function.
struct Fake<F>(F);

impl<F: FnMut(Effect) -> Flow> EffectHandler for Fake<F> {
    fn carry_out(&mut self, effect: Effect) -> Flow {
        (self.0)(effect)
    }
}

/// What a run of the loop leaves.
struct Ran {
    app: App,
    log: Rc<RefCell<Log>>,
    /// When each frame was drawn.
    frames: Vec<Instant>,
    /// The last screen.
    shown: String,
}

/// Runs the loop on three articles. With each frame the messages of the next of `steps` come; after the last one the
/// user quits. `workers` carry out everything but quitting and redrawing.
fn run(steps: Vec<Vec<Message>>, workers: impl FnMut(Effect, &MessageSender) -> Flow) -> Ran {
    run_with(&Keymap::default(), steps, workers)
}

/// The same with other keys.
fn run_with(keymap: &Keymap, steps: Vec<Vec<Message>>, mut workers: impl FnMut(Effect, &MessageSender) -> Flow) -> Ran {
    let (sender, messages) = runtime::message_channel();
    let mut app = App::new("news", keymap.help(), Size { width: 80, height: 24 });
    let headlines = three().iter().map(|(article, findings)| Headline::of(article, findings)).collect();
    sender.emit(Event::Arrived(headlines));
    sender.emit(Event::Finished);

    let frames = RefCell::new(Vec::new());
    let steps = RefCell::new(steps.into_iter());
    let today = || {
        frames.borrow_mut().push(Instant::now());
        let step = steps.borrow_mut().next().unwrap_or_else(|| vec![Message::Command(Command::Quit)]);
        for message in step {
            assert!(sender.send(message));
        }
        NaiveDate::from_ymd_opt(2026, 3, 20).unwrap()
    };
    let log = Rc::new(RefCell::new(Log::default()));
    let screen = Screen { screen: TestBackend::new(80, 24), log: Rc::clone(&log) };
    let mut terminal = Terminal::new(screen).unwrap();
    let mut workers = Fake(|effect| match effect {
        Effect::Quit => Flow::Quit,
        Effect::Screen(ScreenJob::Redraw) => Flow::Redraw,
        effect => workers(effect, &sender),
    });
    let env = Env { keymap, themes: &ThemeFiles::default(), colors: ColorDepth::Sixteen, today: &today };
    runtime::run(&mut terminal, &mut app, &messages, &mut workers, &env).unwrap();
    let shown = terminal.backend().screen.to_string();
    Ran { app, log, frames: frames.into_inner(), shown }
}

/// A handler that answers nothing.
fn idle(_: Effect, _: &MessageSender) -> Flow {
    Flow::Continue
}

fn keys(keys: &str) -> Vec<Message> {
    keys.split(' ').map(|key| Message::Key(Key::parse(key).unwrap())).collect()
}

/// The answer to a request for an article.
fn loaded(effect: &Effect) -> Option<Event> {
    let &Effect::Load(LoadJob::Article { request, id }) = effect else { return None };
    let library = Library::default();
    for (article, findings) in three() {
        library.add(article, findings);
    }
    let entry = library.get(id).ok()??;
    Some(Event::Loaded {
        request,
        article: Arc::clone(&entry.article),
        findings: Arc::clone(&entry.findings),
        record: ArticleRecord::default(),
    })
}

#[test]
fn first_frame_shows_what_waits_when_it_begins() {
    let ran = run(vec![], idle);
    assert_eq!(ran.frames.len(), 1);
    assert!(ran.shown.contains("Harbour Bridge to Close") && ran.shown.contains("3 articles"), "{}", ran.shown);
}

#[test]
fn messages_that_wait_are_drawn_in_one_frame() {
    let ran = run(vec![keys("j k j k j j"), keys("k")], idle);
    assert_eq!(ran.frames.len(), 3);
    assert!(ran.shown.contains("2 of 3"), "{}", ran.shown);
}

#[test]
fn keys_by_the_thousand_need_few_frames() {
    let many: Vec<Message> = (0..5_000).flat_map(|_| keys("j k")).chain(keys("G")).collect();
    let many = many.into_iter().chain([Message::Command(Command::Quit)]).collect();
    let ran = run(vec![many], idle);
    assert!(ran.frames.len() < 30, "{} frames", ran.frames.len());
    assert_eq!(ran.app.list().position(ran.app.catalog(), ran.app.list().selected().unwrap()), Some(2));
}

#[test]
fn frames_are_paced() {
    let progress = |read| vec![Message::Event(Event::Progressed { read, known: 100 })];
    let arrivals = run((0..10).map(progress).collect(), idle);
    let typed = run((0..10).map(|_| keys("j")).collect(), idle);
    for (ran, least) in [(arrivals, 15), (typed, 3)] {
        assert_eq!(ran.frames.len(), 11);
        for pair in ran.frames.windows(2) {
            assert!(pair[1] - pair[0] >= Duration::from_millis(least), "{:?}", pair[1] - pair[0]);
        }
    }
}

#[test]
fn answer_that_comes_at_once_is_in_the_same_frame() {
    let ran = run(vec![keys("Enter")], |effect, sender| {
        if let Some(answer) = loaded(&effect) {
            sender.emit(answer);
        }
        Flow::Answering
    });
    assert_eq!(ran.frames.len(), 2);
    assert!(ran.shown.contains("The harbour bridge will close on Monday."), "{}", ran.shown);
}

#[test]
fn keys_typed_ahead_wait_for_their_article() {
    let ran = run(vec![keys("Enter n n")], idle);
    assert!(ran.app.is_opening() && ran.app.reader().is_none(), "nothing has come yet");

    let ran = run(vec![keys("Enter n n")], |effect, sender| {
        if let Some(answer) = loaded(&effect) {
            sender.emit(answer);
        }
        Flow::Answering
    });
    let reader = ran.app.reader().unwrap();
    assert_eq!(reader.article.body.words(reader.current_quotation().unwrap().span), "I have not slept.");
}

#[test]
fn commands_of_a_key_wait_for_their_article_and_end_with_the_first_that_can_do_nothing() {
    let bound = |commands: &[Command]| {
        let layers = Layers::of(&[Layer::List, Layer::Article]);
        let change = KeyChange { layers, keys: KeySequence::parse("x").unwrap(), commands: commands.into() };
        Keymap::with_changes(&[change]).0
    };
    let answer = |effect: Effect, sender: &MessageSender| {
        if let Some(answer) = loaded(&effect) {
            sender.emit(answer);
        }
        Flow::Answering
    };
    let ran = run_with(&bound(&[Command::Open, Command::Next, Command::Next]), vec![keys("x")], answer);
    let reader = ran.app.reader().unwrap();
    assert_eq!(reader.article.body.words(reader.current_quotation().unwrap().span), "I have not slept.");
    // There is none before the first: the next one is not gone to.
    let ran = run_with(&bound(&[Command::Previous, Command::Next]), vec![keys("Enter n x")], answer);
    let reader = ran.app.reader().unwrap();
    assert_eq!(reader.current(), Some(0), "{}", ran.shown);
}

#[test]
fn keys_typed_ahead_are_dropped_with_an_abandoned_article() {
    // It never comes; `n` in the list would go to the next unread headline.
    let ran = run(vec![keys("Enter n n q"), vec![Message::Event(Event::Finished)]], idle);
    assert_eq!(ran.app.views().pane_layer(), Layer::List);
    assert_eq!(ran.app.list().position(ran.app.catalog(), ran.app.list().selected().unwrap()), Some(0));
}

#[test]
fn redraw_clears_the_screen_and_writes_all_of_it() {
    let ran = run(vec![keys("j"), keys("C-l"), keys("C-l")], idle);
    let log = ran.log.borrow();
    assert_eq!(log.clearings, 2);
    let [whole, key, anew, again] = log.written[..] else { panic!("{log:?}") };
    assert!(key < 100 && anew >= whole - 10 && anew == again, "{log:?}");
}

#[test]
fn loop_ends_when_the_channel_closes() {
    let (sender, messages) = runtime::message_channel();
    drop(sender);
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    let mut app = App::new("news", Keymap::default().help(), Size { width: 80, height: 24 });
    let today = || NaiveDate::from_ymd_opt(2026, 3, 20).unwrap();
    let env =
        Env { keymap: &Keymap::default(), themes: &ThemeFiles::default(), colors: ColorDepth::Sixteen, today: &today };
    let mut workers = Fake(|_| Flow::Continue);
    runtime::run(&mut terminal, &mut app, &messages, &mut workers, &env).unwrap();
}

#[test]
fn pasted_text_goes_to_the_prompt() {
    let paste = |text: &str| Message::Paste(text.to_owned());
    let ran = run(vec![vec![paste("Qqjj")], keys("/"), vec![paste("night\u{1b}[31m\r\n\ttrams\u{202e}\u{7}")]], idle);
    assert_eq!(ran.frames.len(), 4);
    assert_eq!(ran.app.views().pane_layer(), Layer::List);
    assert_eq!(ran.app.prompt().unwrap().typed(), "night trams");
    assert_eq!(ran.app.list().position(ran.app.catalog(), ran.app.list().selected().unwrap()), Some(0));
}

#[test]
fn abandoned_search_is_cancelled() {
    for (typed, is_over) in [("/ b", false), ("/ b Esc", true), ("/ b Backspace", true), ("/ b Backspace Esc", true)] {
        let mut asked = Vec::new();
        run(vec![keys(typed)], |effect, _| {
            asked.push(effect);
            Flow::Continue
        });
        let ends = asked.iter().filter(|effect| matches!(effect, Effect::Search(SearchJob::Cancel))).count();
        assert_eq!(ends, usize::from(is_over), "{typed}");
    }
}
