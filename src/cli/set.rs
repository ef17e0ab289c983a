//! `pullquote set`: the settings of a feed.

use std::io::{self, Write};

use clap::{ArgAction, Args, ValueEnum};

use super::Error;
use super::error::{Found, Outcome};
use super::library_args::LibraryArguments;
use crate::fetch::{self, shown};
use crate::library::{FeedSettings, Library, Subscription};
use crate::text::{clean_line, counted};
use crate::user::{FeedField, tags_of};

/// What `pullquote set` accepts.
#[derive(Debug, Args)]
pub struct SetArguments {
    /// The address or the name of a feed
    #[arg(value_name = "FEED")]
    source: String,
    /// Name; empty for the feed's own title
    #[arg(long, value_name = "NAME")]
    title: Option<String>,
    /// Feed folder; `News/Local` is a folder in a folder
    #[arg(long, value_name = "FOLDER")]
    folder: Option<String>,
    /// Tag, instead of those before; may be repeated, empty for none
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// Pause updates; its articles stay
    #[arg(long, conflicts_with = "unmute")]
    mute: bool,
    /// Resume updates
    #[arg(long)]
    unmute: bool,
    /// Refresh interval in minutes (0 = default)
    #[arg(long, value_name = "MINUTES")]
    interval: Option<String>,
    /// Fetch the full text of summaries automatically
    #[arg(long, value_enum, value_name = "on|off")]
    full_text: Option<Switch>,
    /// How long its articles are kept: forever, an age (90d, 12w, 6m, 2y), a number of articles; default for what the configuration
    /// says
    #[arg(long, value_name = "AGE|NUMBER")]
    keep: Option<String>,
    /// User agent; empty for pullquote
    #[arg(long, value_name = "NAME")]
    user_agent: Option<String>,
    /// HTTP header for its server, instead of those before; may be repeated, empty for none
    #[arg(long, value_name = "NAME: VALUE", action = ArgAction::Append)]
    header: Vec<String>,
    /// Proxy; `none` for no proxy, `system` for that of the environment
    #[arg(long, value_name = "ADDRESS")]
    proxy: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Switch {
    On,
    Off,
}

/// Changes the settings of a feed; without anything to change, shows them.
pub fn run(arguments: &SetArguments, library_args: &LibraryArguments) -> Outcome {
    let library = library_args.open_or_fail()?;
    let source = source_named(&library, &arguments.source)?;
    let settings = arguments.changed(source.settings.clone())?;
    if settings != source.settings {
        library.set_feed_settings(source.id, &settings)?;
    }
    let source = library.subscriptions()?.into_iter().find(|other| other.id == source.id).unwrap_or(source);
    let mut out = io::stdout().lock();
    let FeedSettings { folder, tags, paused, fetch, .. } = &source.settings;
    let mut line = |key: &str, value: &str| writeln!(out, "{key:<11} {}", clean_line(value));
    line("feed", &source.name())?;
    line("address", &shown(&source.settings.address))?;
    line("folder", folder)?;
    line("tags", &tags.join(", "))?;
    line("paused", if *paused { "yes" } else { "no" })?;
    let minutes = |minutes: u32| counted(minutes as usize, "minute");
    line("interval", &fetch.interval.map_or("default".to_owned(), minutes))?;
    line("full text", if fetch.full_text { "on" } else { "off" })?;
    line("keep", &fetch.keep.map_or("default".to_owned(), |keep| keep.to_string()))?;
    line("user agent", fetch.user_agent.as_deref().unwrap_or("pullquote"))?;
    // The values may be passwords.
    let names: Vec<_> = fetch.headers.iter().map(|(name, _)| name.as_str()).collect();
    line("headers", &names.join(", "))?;
    line("proxy", &fetch.proxy.as_deref().map_or("system".to_owned(), shown))?;
    line("status", source.status.error.as_deref().unwrap_or("ok"))?;
    Ok(Found::Something)
}

impl SetArguments {
    fn changed(&self, mut of: FeedSettings) -> Result<FeedSettings, Error> {
        let full_text = self.full_text.map(|switch| if switch == Switch::On { "on" } else { "off" }.to_owned());
        // A header is a line, whatever stands in it.
        let headers = self.header.iter().map(|header| clean_line(header)).collect::<Vec<_>>().join("\n");
        for (field, written) in [
            (FeedField::Name, &self.title),
            (FeedField::Folder, &self.folder),
            (FeedField::Interval, &self.interval),
            (FeedField::FullText, &full_text),
            (FeedField::Keep, &self.keep),
            (FeedField::UserAgent, &self.user_agent),
            (FeedField::Headers, &Some(headers).filter(|_| !self.header.is_empty())),
            (FeedField::Proxy, &self.proxy),
        ] {
            if let Some(written) = written {
                of.set(field, written).map_err(Error::FeedSetting)?;
            }
        }
        if !self.tag.is_empty() {
            of.tags = tags_of(self.tag.iter().map(String::as_str));
        }
        of.paused = (of.paused || self.mute) && !self.unmute;
        Ok(of)
    }
}

/// Returns the feed with this address or name.
pub fn source_named(library: &Library, name: &str) -> Result<Subscription, Error> {
    let url = fetch::parse(name).map(|url| url.to_string());
    let mut sources = library.subscriptions()?;
    let is_it = |source: &Subscription| {
        let FeedSettings { address, typed, .. } = &source.settings;
        let is_at = |known: &String| known == name || Some(known) == url.as_ref() || shown(known) == name;
        [address, typed].into_iter().any(is_at) || source.name() == name
    };
    let found: Vec<_> = sources.iter().enumerate().filter(|(_, source)| is_it(source)).map(|(at, _)| at).collect();
    match found[..] {
        [] => Err(Error::NoSource(shown(name))),
        [at] => Ok(sources.swap_remove(at)),
        _ => {
            let addresses = found.iter().map(|&at| shown(&sources[at].settings.address)).collect();
            Err(Error::SeveralSources(shown(name), addresses))
        }
    }
}
