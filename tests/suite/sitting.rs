//! A sitting at the program without a terminal: keys go in, effects are carried out at once, places come out.
//!
//! Articles are written with the speaker of each quotation beside it, `{Ines Okafor: “The steel is telling us.”}`, so
//! that these tests hold whatever the attribution engine thinks.

use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::NaiveDate;
use pullquote::app::screen::Size;
use pullquote::app::{
    App, ArticleRecord, Command, Effect, Event, Exported, Layer, LoadJob, PeopleJob, RequestId, ReviewJob, ReviewOf,
    ScreenJob, SearchJob, SortJob, TimelineJob,
};
use pullquote::article::{Article, ArticleId, Body, BodyBuilder, Origin, ParagraphKind, Published};
use pullquote::catalog::{Doubtful, Headline, Narrowing, PeopleOrder, Person, Said, SkippedFile, propose_like_names};
use pullquote::export::Format;
use pullquote::keymap::{Key, Keymap, Meaning};
use pullquote::layout::TextLayout;
use pullquote::library::{Library, Order, Written};
use pullquote::quotes::{
    self, Alternative, Findings, Quotation, QuotationKind, QuoteMarks, Reason, Speaker, SpeakerId,
};
use pullquote::text::Span;
use pullquote::ui;
use pullquote::user::{RuleResult, UserAction, UserWrite};

/// A user at the program.
pub struct Sitting {
    pub app: App,
    pub library: Library,
    pub keymap: Keymap,
    /// The beginning of a sequence of keys.
    begun: Vec<Key>,
    /// What was put on the clipboard.
    pub copied: Vec<String>,
    /// The requests to the web, and about feeds.
    pub asked: Vec<Effect>,
    /// What was opened in the browser.
    pub opened: Vec<String>,
    /// What was to be written.
    pub writes: Vec<UserWrite>,
    pub ended: bool,
    /// Files that were written, and in which format.
    pub exported: Vec<(String, Format)>,
    /// What clippings were written into files.
    pub kept: Vec<String>,
    /// Files that are there.
    pub files: Vec<String>,
    /// Searches and articles whose answers are held back, as on a slow disk.
    pub slow: bool,
    pub waiting: Vec<Effect>,
    /// Who could have spoken any quotation, where that is not what the engine thinks.
    pub alternatives: Option<Vec<Alternative>>,
    /// Articles that several files hold.
    pub held_twice: Vec<(ArticleId, Vec<String>)>,
    /// What the rules did with each article.
    pub rules: Vec<RuleResult>,
}

impl Sitting {
    /// Opens these articles on a screen of this size.
    pub fn new(width: u16, height: u16, articles: Vec<(Article, Findings)>) -> Self {
        let mut sitting = Self::empty(width, height);
        sitting.arrive(articles);
        sitting.event(Event::Finished);
        sitting
    }

    /// A program that is still reading.
    pub fn empty(width: u16, height: u16) -> Self {
        Self::with_keys(width, height, Keymap::default())
    }

    /// A program with other keys that is still reading.
    pub fn with_keys(width: u16, height: u16, keymap: Keymap) -> Self {
        Self {
            app: App::new("news", keymap.help(), Size { width, height }),
            library: Library::default(),
            keymap,
            begun: Vec::new(),
            copied: Vec::new(),
            asked: Vec::new(),
            opened: Vec::new(),
            writes: Vec::new(),
            ended: false,
            exported: Vec::new(),
            kept: Vec::new(),
            files: Vec::new(),
            slow: false,
            waiting: Vec::new(),
            alternatives: None,
            held_twice: Vec::new(),
            rules: Vec::new(),
        }
    }

    /// More articles are read.
    pub fn arrive(&mut self, articles: Vec<(Article, Findings)>) {
        let headlines = articles.iter().map(|(article, findings)| Headline::of(article, findings)).collect();
        for (article, findings) in articles {
            self.library.add(article, findings);
        }
        self.event(Event::Arrived(headlines));
    }

    /// Presses keys, written as in vim: `jj<enter>3n<c-o>`; `<` itself is `<lt>`.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        let mut rest = keys;
        while let Some(first) = rest.chars().next() {
            let (name, after) = match rest.strip_prefix('<').and_then(|named| named.split_once('>')) {
                Some((name, after)) => (named_key(name), after),
                None => (first.to_string(), &rest[first.len_utf8()..]),
            };
            rest = after;
            self.press_key(if name == " " { "Space" } else { &name });
        }
        self
    }

    /// Presses one key, written as in the keymap.
    pub fn press_key(&mut self, name: &str) {
        let key = Key::parse(name).unwrap_or_else(|| panic!("{name:?} is no key"));
        let keys: Vec<_> = std::mem::take(&mut self.begun).into_iter().chain([key]).collect();
        self.app.wait_for_keys(None);
        match self.keymap.resolve(self.app.layer(), &keys) {
            Meaning::Commands(commands) => {
                for &command in &*commands {
                    let was_asking = self.app.prompt().is_some();
                    self.command(command);
                    if self.app.has_refused() || (self.app.prompt().is_some() && !was_asking) {
                        break;
                    }
                }
            }
            Meaning::Waits => {
                self.app.wait_for_keys(Some(self.keymap.waiting(self.app.layer(), &keys)));
                self.begun = keys;
            }
            Meaning::Nothing => {}
        }
    }

    /// Clicks a cell, counted from the top left.
    pub fn click(&mut self, column: u16, row: u16) {
        let named = ui::command_at(&self.app, &self.keymap, column, row);
        self.command(named.unwrap_or(Command::Click { column, row }));
    }

    pub fn command(&mut self, command: Command) {
        let effects = self.app.command(command);
        self.carry_out(effects);
    }

    pub fn event(&mut self, event: Event) {
        let effects = self.app.event(event);
        self.carry_out(effects);
    }

    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.event(Event::Resized { width, height });
        self
    }

    pub fn refuse(&mut self, place: &str, reason: &str) {
        self.event(Event::Skipped(SkippedFile { place: place.to_owned(), reason: reason.to_owned() }));
    }

    /// Carries effects out at once, or holds them back on a slow disk.
    pub fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Load(_)
                | Effect::Search(SearchJob::Find { .. })
                | Effect::Sort(SortJob::Sort { .. })
                | Effect::People(PeopleJob::List { .. })
                | Effect::Timeline(TimelineJob::List { .. })
                | Effect::Review(ReviewJob::List { .. } | ReviewJob::Alternatives { .. })
                    if self.slow =>
                {
                    self.waiting.push(effect);
                }
                effect => self.answer(effect),
            }
        }
    }

    /// Carries out one effect.
    pub fn answer(&mut self, effect: Effect) {
        match effect {
            Effect::Load(LoadJob::Article { request, id }) => match self.library.get(id).unwrap() {
                Some(entry) => self.event(Event::Loaded {
                    request,
                    article: Arc::clone(&entry.article),
                    findings: Arc::clone(&entry.findings),
                    record: ArticleRecord {
                        rules: self.rules.clone(),
                        unplaced: self.library.unplaced(id).unwrap(),
                        ..ArticleRecord::default()
                    },
                }),
                None => self.event(Event::Missing { request }),
            },
            Effect::Search(SearchJob::Find { request, query }) => {
                let hits = self.library.search(&query, &|| true).unwrap();
                self.event(Event::Found { request, hits });
            }
            Effect::Sort(SortJob::Sort { request, work }) => {
                let sorted = work.sort(&|| true).unwrap();
                self.event(Event::Sorted { request, sorted });
            }
            Effect::Load(LoadJob::Articles { request, ids }) => self.read_articles(request, &ids),
            Effect::GoOn => self.event(Event::GoOn),
            Effect::Load(LoadJob::HeldTwice) => {
                let held = self.held_twice.clone();
                self.event(Event::HeldTwice(held));
            }
            Effect::Load(LoadJob::LayOut { article, width }) => {
                self.event(Event::LaidOut { id: article.id, page: TextLayout::of_article(&article, width) });
            }
            Effect::Search(SearchJob::Count { request, queries }) => {
                let count = |query| self.library.count(query, &|_| true).unwrap();
                let counts = queries.iter().map(count).collect();
                self.event(Event::Counted { request, counts });
            }
            Effect::Write(write) => self.write(write),
            Effect::People(PeopleJob::List { request, typed, order, with_reported, .. }) => {
                self.list_people(request, &typed, order, with_reported);
            }
            Effect::People(PeopleJob::Names { request, person }) => {
                let identities = self.library.identities_of(&person).unwrap();
                let keys = identities.iter().map(|identity| identity.key().to_owned()).collect();
                self.event(Event::NamesFound { request, keys });
            }
            Effect::Timeline(TimelineJob::List { request, person, oldest_first, with_reported }) => {
                let order = if oldest_first { Order::OldestFirst } else { Order::NewestFirst };
                let found = self.library.person(&person).unwrap().map(Arc::new);
                let said = self.said_by(&person, order, with_reported);
                let today = NaiveDate::from_ymd_opt(2026, 3, 15).unwrap();
                self.event(Event::SaidListed { request, person: found, said, today, is_last: true });
            }
            Effect::Review(ReviewJob::List { request, of, with_reported }) => {
                let mut doubtful: Vec<Doubtful> = Vec::new();
                let give = &mut |found: Vec<_>, _: usize| {
                    doubtful.extend(found);
                    ControlFlow::Continue(())
                };
                match of {
                    ReviewOf::Articles(articles) => self.library.doubtful_in(&articles, with_reported, give).unwrap(),
                    ReviewOf::Speaker(identity) => self.library.doubtful_of(&identity, with_reported, give).unwrap(),
                }
                doubtful.sort_by(Doubtful::standing);
                let total = doubtful.len();
                self.event(Event::DoubtfulListed { request, doubtful, total, is_last: true });
            }
            Effect::Review(ReviewJob::Alternatives { request, article, start }) => {
                let alternatives =
                    self.alternatives.clone().unwrap_or_else(|| quotes::alternatives(&article.body, start));
                self.event(Event::Alternatives { request, alternatives });
            }
            Effect::People(PeopleJob::Export { file, overwrite, format, what }) => {
                self.write_file(file, format, &what, overwrite);
            }
            Effect::Screen(ScreenJob::Copy(text)) => self.copied.push(text),
            Effect::OpenLink(url) => self.opened.push(url),
            Effect::Quit => self.ended = true,
            Effect::Fetch(_)
            | Effect::ReadPage(_)
            | Effect::Picture(_)
            | Effect::Program(_)
            | Effect::StopTask(_)
            | Effect::Notify(_)
            | Effect::Feeds(_)
            | Effect::EditFeeds(_)
            | Effect::Search(SearchJob::Cancel)
            | Effect::Sort(SortJob::Cancel)
            | Effect::Review(ReviewJob::Cancel)
            | Effect::Timeline(TimelineJob::Cancel)
            | Effect::Screen(ScreenJob::Mouse { .. }) => self.asked.push(effect),
            Effect::Screen(ScreenJob::Redraw | ScreenJob::Suspend | ScreenJob::Reload) => {}
        }
    }

    /// What somebody said, all articles together.
    fn said_by(&self, person: &str, order: Order, with_reported: bool) -> Vec<Said> {
        let mut said = Vec::new();
        let give = &mut |batch: Vec<_>| {
            said.extend(batch);
            ControlFlow::Continue(())
        };
        if with_reported {
            self.library.all_said_by(person, order, give).unwrap();
        } else {
            self.library.said_by(person, order, give).unwrap();
        }
        said
    }

    fn write_file(&mut self, file: String, format: Format, what: &Exported, overwrite: bool) {
        if let Exported::Clippings(clippings) = what {
            self.kept.push(format.clippings(&clippings.iter().collect::<Vec<_>>(), None));
        }
        let article = if let Exported::Article(id) = what { Some(*id) } else { None };
        if self.files.contains(&file) && !overwrite {
            self.event(Event::ExportExists { file, format, article });
        } else if article.is_some() {
            self.exported.push((file.clone(), format));
            self.files.push(file.clone());
            self.event(Event::Reported(format!("Saved to {file}")));
        } else {
            self.exported.push((file.clone(), format));
            self.files.push(file.clone());
            self.event(Event::Exported { file, quotations: 1 });
        }
    }

    fn read_articles(&mut self, request: RequestId, ids: &[ArticleId]) {
        let entries = ids.iter().filter_map(|id| self.library.get(*id).unwrap());
        let articles = entries.map(|entry| Arc::clone(&entry.article)).collect();
        self.event(Event::Articles { request, articles });
    }

    fn list_people(&mut self, request: RequestId, typed: &str, order: PeopleOrder, with_reported: bool) {
        let mut people: Vec<Arc<Person>> = Vec::new();
        let give = &mut |batch: Vec<_>| {
            let is_listed = |person: &Person| with_reported || person.spoken.quotations > 0;
            people.extend(batch.into_iter().filter(is_listed).map(Arc::new));
            ControlFlow::Continue(())
        };
        self.library.people(give).unwrap();
        propose_like_names(&mut people, &self.library.identity_links().unwrap());
        let mut people = Narrowing::default().narrow(&people, typed);
        if order != PeopleOrder::default() {
            order.sort(&mut people);
        }
        self.event(Event::SpeakersListed { request, people, is_last: true });
    }

    /// The message in the foot line.
    pub fn notice(&self) -> Option<String> {
        self.app.notice().map(|notice| self.keymap.line(self.app.layer(), notice))
    }

    /// Presses a key of a command that can do nothing here; returns why, which is said at once, and by Enter too where one is
    /// asked all the same.
    pub fn refused(&mut self, keys: &str) -> Option<String> {
        self.press(keys);
        if self.app.prompt().is_some_and(|prompt| prompt.refusal(&self.app).is_some()) {
            self.press("<enter>");
        }
        self.notice()
    }

    /// What was to be written, apart from steps in the history.
    pub fn written(&self) -> Vec<UserAction> {
        self.writes.iter().flat_map(UserWrite::actions).cloned().collect()
    }

    /// Writes what the user did.
    fn write(&mut self, write: UserWrite) {
        // Each a minute after the one before.
        let write = write.kept_at(1_770_000_000_000 + 60_000 * self.writes.len() as i64);
        self.writes.push(write.clone());
        let is_split = matches!(write, UserWrite::Split { .. });
        let asked = write.actions().to_vec();
        match self.library.write(&[write]).unwrap().remove(0) {
            Written::Done(actions) if is_split => self.event(Event::Committed(actions)),
            Written::Done(_) if self.slow => {}
            Written::Done(_) => self.event(Event::Committed(asked)),
            Written::Stepped { step, label, actions, left } => {
                self.event(Event::Stepped { step, label, actions, left });
            }
            Written::Nothing(step) => self.event(Event::EndOfHistory(step)),
        }
    }

    /// Where one is: the selected headline, or the open one with the current quotation, with what else holds.
    pub fn place(&self) -> String {
        let app = &self.app;
        let title = |id| app.catalog().get(id).map_or("?", |headline| &*headline.title).to_owned();
        match (app.views().pane_layer(), app.reader()) {
            (Layer::List, _) | (_, None) => {
                let selected = app.list().selected().map_or_else(|| "nothing".to_owned(), title);
                format!("list: {selected}")
            }
            (_, Some(reader)) => {
                let quotation = reader.current_quotation();
                let words = quotation.map_or("", |quotation| reader.article.body.words(quotation.span));
                let speaker = quotation.and_then(|quotation| reader.findings.speaker_of(quotation));
                let name = speaker.map_or("", |speaker| &speaker.name);
                format!("{}: {name}: {words}", title(reader.id()))
            }
        }
    }

    /// The headlines that are listed.
    pub fn listed(&self) -> Vec<&str> {
        self.app.list().from(self.app.catalog(), 0).map(|headline| &*headline.title).collect()
    }

    /// The words in the first row of the open article's pane.
    pub fn first_row(&self) -> &str {
        let reader = self.app.reader().expect("an article is open");
        let height = self.app.panes().column().expect("it is shown").height;
        let row = reader.page.rows()[reader.top_row(height.into())];
        reader.article.body.words(row.span)
    }
}

fn named_key(name: &str) -> String {
    match name {
        "enter" => "Enter",
        "esc" => "Esc",
        "tab" => "Tab",
        "s-tab" => "BackTab",
        "bs" => "Backspace",
        "space" => "Space",
        "down" => "Down",
        "up" => "Up",
        "pgdn" => "PgDn",
        "pgup" => "PgUp",
        "home" => "Home",
        "end" => "End",
        "lt" => "<",
        other => return other.strip_prefix("c-").map_or_else(|| other.to_owned(), |key| format!("C-{key}")),
    }
    .to_owned()
}

/// An article of March 2026 whose quotations are marked up as `{Speaker: “words”}`; `{?: “words”}` has no speaker and
/// `{-: “words”}` is a term, which has no speaker; `{+Speaker: “words”}` goes on from the quotation before it.
pub fn article(day: u32, headline: &str, paragraphs: &[&str]) -> (Article, Findings) {
    let mut builder = BodyBuilder::new(headline);
    let mut quoted = Vec::new();
    for paragraph in paragraphs {
        let (words, quotations) = read_markup(paragraph);
        builder.push(ParagraphKind::Prose, &words);
        quoted.push(quotations);
    }
    let mut article = Article::new(builder.build());
    article.dates.published = NaiveDate::from_ymd_opt(2026, 3, day).map(Published::on);
    article.publisher = Some("Coast Wire".to_owned());
    article.origin = Origin::Input;
    let findings = findings(&article.body, &quoted);
    (article, findings)
}

type Quoted = (String, Span);

/// The words of a paragraph, and who speaks where in it.
fn read_markup(paragraph: &str) -> (String, Vec<Quoted>) {
    let (mut words, mut quotations) = (String::new(), Vec::new());
    let mut rest = paragraph;
    while let Some((before, after)) = rest.split_once('{') {
        let (inside, after) = after.split_once('}').expect("a brace is closed");
        let (name, quotation) = inside.split_once(": ").expect("a speaker stands before a colon");
        words += before;
        quotations.push((name.to_owned(), Span::new(words.len(), words.len() + quotation.len())));
        words += quotation;
        rest = after;
    }
    (words + rest, quotations)
}

fn findings(body: &Body, quoted: &[Vec<Quoted>]) -> Findings {
    let mut findings = Findings::default();
    for (paragraph, quotations) in body.paragraphs()[1..].iter().zip(quoted) {
        for (marked, span) in quotations {
            let (goes_on, name) = marked.strip_prefix('+').map_or((false, marked.as_str()), |name| (true, name));
            let outer = span.shifted(paragraph.span.start);
            let speaker = (name != "?" && name != "-").then(|| speaker(&mut findings, name));
            findings.quotations.push(Quotation {
                span: Span::new(outer.start + '“'.len_utf8(), outer.end - '”'.len_utf8()),
                outer,
                marks: QuoteMarks::Curly,
                depth: 0,
                goes_on,
                kind: if name == "-" { QuotationKind::Term } else { QuotationKind::Speech },
                cue: None,
                mention: None,
                speaker,
                via: None,
                confidence: 0.9,
                reason: Reason("written beside it".to_owned()),
                corrected: false,
            });
        }
    }
    findings
}

fn speaker(findings: &mut Findings, name: &str) -> SpeakerId {
    let known = findings.speakers.iter().position(|speaker| speaker.name == name);
    SpeakerId(known.unwrap_or_else(|| {
        findings.speakers.push(Speaker { name: name.to_owned(), ..Speaker::default() });
        findings.speakers.len() - 1
    }))
}

/// Three articles, the newest first: two speakers in the first, one of them again in the last, none in between.
pub fn three() -> Vec<(Article, Findings)> {
    vec![
        article(
            14,
            "Harbour Bridge to Close",
            &[
                "The harbour bridge will close on Monday.",
                "{Ines Okafor: “The steel is telling us something,”} said Ines Okafor. {Ines Okafor: “I have not slept.”}",
                "She called the {-: “quick fix”} a plaster.",
                "{Tomas Lindqvist: “Nobody will be stranded,”} said the minister.",
                "{Ines Okafor: “Somebody will be,”} said Ms. Okafor.",
            ],
        ),
        article(13, "Council Votes Down Night Trams", &["Nobody said a word about the trams."]),
        article(
            12,
            "Minister Keeps His Job",
            &[
                "{?: “Resign!”} somebody cried.",
                "{Tomas Lindqvist: “I have already lost a bridge,”} he said.",
                "{Rosalind Meer: “And a vote,”} said the senator.",
            ],
        ),
    ]
}

/// The one command that a key has in a layer, or that its letter has there.
pub fn command_of(keymap: &Keymap, layer: Layer, key: Key) -> Option<Command> {
    match keymap.resolve(layer, &[key]).commands() {
        [command] => Some(*command),
        _ => None,
    }
}
