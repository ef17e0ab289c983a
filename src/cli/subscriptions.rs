//! `pullquote add URL`, `remove URL`, `set`, and the lists of sources of other programs.

use std::io::{self, BufRead, IsTerminal, Read, Write};
use std::path::PathBuf;

use chrono::Utc;
use clap::{ArgAction, Args, ValueEnum};

use super::Error;
use super::error::{Found, Outcome, say};
use super::folders::{self, FolderArguments};
use super::forms::{self, Frame};
use super::place::LibraryArguments;
use crate::feeds::discovery::Found as FoundFeed;
use crate::feeds::newsboat::Listed;
use crate::feeds::{self, Agent, Limits, Outline, newsboat, opml, shown};
use crate::ingest::{Batch, Refresh, SubscribeError, Subscribed, is_address, subscribe};
use crate::library::{FeedSettings, FetchOptions, Library, Subscription};
use crate::text::{cells, clean_line, counted};

/// What `pullquote set` takes.
#[derive(Debug, Args)]
pub struct SetArguments {
    /// The address or the name of a source
    source: String,
    /// Call it so; nothing between the quotation marks: as it calls itself
    #[arg(long, value_name = "NAME")]
    title: Option<String>,
    /// Put it into this folder; `News/Local` is a folder in a folder
    #[arg(long, value_name = "FOLDER")]
    folder: Option<String>,
    /// File it under this, in the place of what it was filed under; may stand several times, empty for nothing
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// Leave it alone from now on; its articles stay
    #[arg(long, conflicts_with = "unmute")]
    mute: bool,
    /// Ask it again
    #[arg(long)]
    unmute: bool,
    /// Ask it of itself every so many minutes at the most; 0 for as with all
    #[arg(long, value_name = "MINUTES")]
    interval: Option<u32>,
    /// Fetch the whole text of a summary without being asked for
    #[arg(long, value_enum, value_name = "on|off")]
    full_text: Option<Switch>,
    /// What to call oneself; empty for pullquote
    #[arg(long, value_name = "NAME")]
    user_agent: Option<String>,
    /// Send this header to its server, in the place of those before; may stand several times, empty for none
    #[arg(long, value_name = "NAME: VALUE", action = ArgAction::Append)]
    header: Vec<String>,
    /// Ask through this proxy; `none` for nobody, `system` for whom the environment names
    #[arg(long, value_name = "ADDRESS")]
    proxy: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Switch {
    On,
    Off,
}

/// Makes sources of addresses, and folders part of the library.
pub fn add(arguments: FolderArguments, place: &LibraryArguments) -> Outcome {
    let (addresses, paths): (Vec<PathBuf>, Vec<PathBuf>) =
        arguments.paths.into_iter().partition(|path| is_address(path));
    if !addresses.is_empty() {
        let library = place.open_or_fail()?;
        for address in &addresses {
            let address = address.to_string_lossy();
            add_source(&library, &address, &address)?;
        }
    }
    if paths.is_empty() { Ok(Found::Something) } else { folders::add(&FolderArguments { paths }, place) }
}

fn add_source(library: &Library, address: &str, typed: &str) -> Result<(), Error> {
    let agent = Agent::new(Limits::default());
    let refresh = Refresh { library, agent: &agent, now: Utc::now().timestamp() };
    match subscribe(&refresh, address, typed).map_err(Error::from)? {
        Subscribed::Known(source) => {
            writeln!(io::stdout(), "{} is a source already: {}", source.name(), shown(&source.settings.address))?;
            Ok(())
        }
        Subscribed::New(refreshed) => {
            let line = format!("{}: {}", refreshed.source.name(), counted(refreshed.new.len(), "article"));
            let at = shown(&refreshed.source.settings.address);
            let mut batch = Batch::default();
            batch.push_refreshed(*refreshed);
            batch.commit(library)?;
            writeln!(io::stdout(), "{line}, from {at}")?;
            Ok(())
        }
        Subscribed::Several(found) => match choose(typed, &found)? {
            Some(chosen) => add_source(library, &chosen, typed),
            None => Err(Error::SeveralFeeds(shown(typed))),
        },
    }
}

/// Lists the feeds of a page; where a person sits at a terminal, asks which is meant.
fn choose(page: &str, found: &[FoundFeed]) -> io::Result<Option<String>> {
    let mut talk = io::stderr().lock();
    writeln!(talk, "{} names {}:", shown(page), counted(found.len(), "feed"))?;
    for (number, feed) in found.iter().enumerate() {
        let title = feed.title.as_deref().unwrap_or_default();
        writeln!(talk, "{:>4}  {}  {}", number + 1, shown(&feed.address), clean_line(title))?;
    }
    if !io::stdin().is_terminal() {
        return Ok(None);
    }
    write!(talk, "Which? (1 to {}, Enter for none) ", found.len())?;
    talk.flush()?;
    let mut line = String::new();
    if io::stdin().lock().read_line(&mut line)? == 0 {
        writeln!(talk)?;
    }
    let number = line.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    Ok(number.and_then(|number| found.get(number)).map(|feed| feed.address.clone()))
}

/// Takes sources and folders out of the library. The articles of a source stay.
pub fn remove(arguments: FolderArguments, place: &LibraryArguments) -> Outcome {
    let (addresses, paths): (Vec<PathBuf>, Vec<PathBuf>) =
        arguments.paths.into_iter().partition(|path| is_address(path));
    if !addresses.is_empty() {
        let library = place.open_or_fail()?;
        for address in &addresses {
            let source = source_named(&library, &address.to_string_lossy())?;
            library.unsubscribe(source.id)?;
            writeln!(io::stdout(), "{} is no source any more; its articles stay", source.name())?;
        }
    }
    if paths.is_empty() { Ok(Found::Something) } else { folders::remove(&FolderArguments { paths }, place) }
}

/// Changes what is known of a source; without anything to change, says what it is.
pub fn set(arguments: &SetArguments, place: &LibraryArguments) -> Outcome {
    let library = place.open_or_fail()?;
    let source = source_named(&library, &arguments.source)?;
    let settings = arguments.changed(source.settings.clone())?;
    if settings != source.settings {
        library.set_feed_settings(source.id, &settings)?;
    }
    let source = library.subscriptions()?.into_iter().find(|other| other.id == source.id).unwrap_or(source);
    let mut out = io::stdout().lock();
    let FeedSettings { folder, tags, paused, fetch, .. } = &source.settings;
    let mut line = |key: &str, value: &str| writeln!(out, "{key:<11} {}", clean_line(value));
    line("source", &source.name())?;
    line("address", &shown(&source.settings.address))?;
    line("folder", folder)?;
    line("tags", &tags.join(", "))?;
    line("muted", if *paused { "yes" } else { "no" })?;
    let minutes = |minutes: u32| counted(minutes as usize, "minute");
    line("interval", &fetch.interval.map_or("as with all".to_owned(), minutes))?;
    line("full text", if fetch.full_text { "on" } else { "off" })?;
    line("user agent", fetch.user_agent.as_deref().unwrap_or("pullquote"))?;
    // The values may be passwords.
    let names: Vec<_> = fetch.headers.iter().map(|(name, _)| name.as_str()).collect();
    line("headers", &names.join(", "))?;
    line("proxy", &fetch.proxy.as_deref().map_or("system".to_owned(), shown))?;
    line("last time", source.status.error.as_deref().unwrap_or("good"))?;
    Ok(Found::Something)
}

impl SetArguments {
    fn changed(&self, mut of: FeedSettings) -> Result<FeedSettings, Error> {
        let text = |text: &str| Some(clean_line(text)).filter(|text| !text.is_empty());
        let list = |list: &[String]| list.iter().filter_map(|one| text(one)).collect::<Vec<_>>();
        if let Some(title) = &self.title {
            of.name = text(title);
        }
        if let Some(folder) = &self.folder {
            let parts: Vec<_> = folder.split('/').filter_map(text).collect();
            of.folder = parts.join("/");
        }
        if !self.tag.is_empty() {
            of.tags = list(&self.tag);
        }
        of.paused = (of.paused || self.mute) && !self.unmute;
        let FetchOptions { interval, full_text, user_agent, headers, proxy } = &mut of.fetch;
        if let Some(minutes) = self.interval {
            *interval = Some(minutes).filter(|minutes| *minutes > 0);
        }
        if let Some(switch) = self.full_text {
            *full_text = switch == Switch::On;
        }
        if let Some(name) = &self.user_agent {
            *user_agent = text(name);
        }
        if !self.header.is_empty() {
            *headers = self.headers()?;
        }
        if let Some(address) = &self.proxy {
            *proxy = text(address).filter(|address| address != "system");
        }
        Ok(of)
    }

    fn headers(&self) -> Result<Vec<(String, String)>, Error> {
        let mut headers = Vec::new();
        for header in self.header.iter().filter(|header| !header.is_empty()) {
            let (name, value) = header
                .split_once(':')
                .ok_or_else(|| Error::NoHeader(clean_line(header.split(' ').next().unwrap_or_default())))?;
            headers.push((name.trim().to_owned(), value.trim().to_owned()));
        }
        Ok(headers)
    }
}

/// The source with this address or name.
pub(super) fn source_named(library: &Library, name: &str) -> Result<Subscription, Error> {
    let url = feeds::parse(name).map(|url| url.to_string());
    let mut sources = library.subscriptions()?;
    let is_it = |source: &Subscription| {
        let FeedSettings { address, typed, .. } = &source.settings;
        let is_at = |known: &String| known == name || Some(known) == url.as_ref() || shown(known) == name;
        [address, typed].into_iter().any(is_at) || source.name() == name
    };
    let at = sources.iter().position(is_it).ok_or_else(|| Error::NoSource(shown(name)))?;
    Ok(sources.swap_remove(at))
}

/// Writes the sources, each with the number of its articles; gives how many there are.
pub(super) fn list(out: &mut impl Write, library: &Library) -> Result<usize, Error> {
    /// Names that are longer stand out of line.
    const LONGEST: usize = 32;
    let lines = library.source_lines()?;
    let width = lines.iter().map(|line| cells(&line.name)).filter(|width| *width <= LONGEST).max().unwrap_or(0);
    for line in &lines {
        write!(out, "{:>9}  {}", line.articles, line.name)?;
        if line.name != line.address {
            let gap = width.saturating_sub(cells(&line.name));
            write!(out, "{:gap$}  {}", "", line.address)?;
        }
        if line.unread > 0 {
            write!(out, "  {} unread", line.unread)?;
        }
        if line.paused {
            write!(out, "  muted")?;
        }
        match &line.error {
            Some(error) => writeln!(out, "  {}", clean_line(error))?,
            None => writeln!(out)?,
        }
    }
    Ok(lines.len())
}

/// Whether what begins like this is a list of sources, of OPML or of newsboat.
pub(super) fn is_list(start: &[u8]) -> bool {
    let start = String::from_utf8_lossy(start);
    opml::recognize(&start) || newsboat::recognize(&start)
}

/// Makes sources of a list; nothing is asked yet, and nothing in it is ever run.
pub(super) fn import(input: &mut dyn Read, library: &Library, file: &str) -> Outcome {
    let text = opml::text_of(input)?;
    let listed = if opml::recognize(&text) {
        opml::read(&text).map_err(|refusal| Error::NoList(clean_line(file), refusal))?
    } else {
        newsboat::read(&text)
    };
    let (mut added, mut known) = (0, 0);
    let Listed { sources, left_out } = listed;
    for outline in sources {
        let (_, is_new) = library.subscribe(&described(outline))?;
        if is_new { added += 1 } else { known += 1 }
    }
    for left in &left_out {
        say(&format!("line {}: not imported: {} {}", left.line, shown(&left.text), left.why));
    }
    let known_too = if known == 0 { String::new() } else { format!(", {known} known already") };
    writeln!(io::stdout(), "{} added{known_too}; pullquote refresh asks what is new", counted(added, "source"))?;
    Ok(if added + known == 0 { Found::Nothing } else { Found::Something })
}

fn described(outline: Outline) -> FeedSettings {
    let mut tags = outline.tags;
    tags.extend(outline.hidden.then(|| "hidden".to_owned()));
    FeedSettings {
        typed: outline.address.clone(),
        address: outline.address,
        name: outline.title,
        folder: outline.folder,
        tags,
        paused: false,
        fetch: FetchOptions::default(),
    }
}

/// Writes the sources to standard output, as OPML. Passwords stay here: lists are passed on.
pub(super) fn export(library: &Library) -> Outcome {
    let sources = library.subscriptions()?;
    let outlines: Vec<_> = sources
        .iter()
        .map(|source| Outline {
            address: shown(&source.settings.address),
            title: Some(source.name()),
            link: source.link.as_deref().map(shown),
            folder: source.settings.folder.clone(),
            tags: source.settings.tags.clone(),
            hidden: false,
        })
        .collect();
    let mut output = forms::standard(Frame::NONE);
    output.try_write(&opml::write("pullquote", &outlines))?;
    output.finish()?;
    say_without_passwords(&sources);
    Ok(if sources.is_empty() { Found::Nothing } else { Found::Something })
}

/// Tells for how many sources an export lacks a password.
pub(super) fn say_without_passwords(sources: &[Subscription]) {
    let is_bare =
        |source: &&Subscription| feeds::parse(&source.settings.address).is_some_and(|url| url.password().is_some());
    let without = sources.iter().filter(is_bare).count();
    if without > 0 {
        say(&format!(
            "left out the passwords of {}; where you import this, pullquote add https://NAME:PASSWORD@…",
            counted(without, "source")
        ));
    }
}

impl From<SubscribeError> for Error {
    fn from(why: SubscribeError) -> Self {
        match why {
            SubscribeError::Library(trouble) => Self::Library(trouble),
            SubscribeError::Fetch(..) => Self::NotSubscribed(why),
        }
    }
}
