//! How the settings of a feed are written as text and read again: by the command line and in the reader alike.

use std::collections::HashSet;

use url::Url;

use super::{FeedSetting, FeedSettings, Retention, tag_of};
use crate::article::{shown_address, web_address};
use crate::text::{clean_line, shorten};

/// Stands for the value of a header that stays as it is: it may be a password.
const KEPT_VALUE: &str = "…";

/// What stands for what holds with all feeds.
const DEFAULT: &str = "default";

/// A setting of a feed that is written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedField {
    /// The user's own name for it; empty for its own title.
    Name,
    /// Its address.
    Address,
    /// The least number of minutes between two automatic fetches.
    Interval,
    /// Whether the full text of a summary is fetched automatically.
    FullText,
    /// How long its articles are kept.
    Keep,
    /// Its tags, with commas between them.
    Tags,
    /// The feed folders it lies in, separated by `/`; empty for none.
    Folder,
    /// `User-Agent`; empty for that of pullquote.
    UserAgent,
    /// More headers, one a line.
    Headers,
    /// The address of a proxy.
    Proxy,
}

impl FeedField {
    /// Whether it may hold a password, so that no history keeps it.
    pub const fn may_be_secret(self) -> bool {
        matches!(self, Self::Address | Self::Headers | Self::Proxy)
    }

    /// What it is called: "feed folder".
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Address => "address",
            Self::Interval => "interval",
            Self::FullText => "full text",
            Self::Keep => "keep",
            Self::Tags => "tags",
            Self::Folder => "feed folder",
            Self::UserAgent => "user agent",
            Self::Headers => "headers",
            Self::Proxy => "proxy",
        }
    }
}

impl FeedSettings {
    /// Changes a setting to what was written. What may hold a password keeps the one that it has where none is written: the
    /// password of an address at the same server, and the value of a header that is written as `…`.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and what would be right; nothing has changed then.
    pub fn set(&mut self, field: FeedField, written: &str) -> Result<(), String> {
        match field {
            FeedField::Name => self.name = text(written),
            FeedField::Address => {
                self.address = address(written, &self.address)?;
                self.typed.clone_from(&self.address);
            }
            FeedField::Interval => self.fetch.interval = interval(written)?,
            FeedField::FullText => self.fetch.full_text = full_text(written)?,
            FeedField::Keep => self.fetch.keep = keep(written)?,
            FeedField::Tags => self.tags = tags_of(written.split(',')),
            FeedField::Folder => self.folder = folder_of(written),
            FeedField::UserAgent => self.fetch.user_agent = text(written),
            FeedField::Headers => self.fetch.headers = headers(written, &self.fetch.headers)?,
            FeedField::Proxy => self.fetch.proxy = proxy(written, self.fetch.proxy.as_deref())?,
        }
        Ok(())
    }

    /// A setting as it is written, without a password.
    pub fn written(&self, field: FeedField) -> String {
        let fetch = &self.fetch;
        match field {
            FeedField::Name => self.name.clone().unwrap_or_default(),
            FeedField::Address => shown_address(&self.address),
            FeedField::Interval => fetch.interval.map_or_else(|| DEFAULT.to_owned(), |minutes| minutes.to_string()),
            FeedField::FullText => if fetch.full_text { "on" } else { "off" }.to_owned(),
            FeedField::Keep => fetch.keep.map_or_else(|| DEFAULT.to_owned(), |keep| keep.to_string()),
            FeedField::Tags => self.tags.join(", "),
            FeedField::Folder => self.folder.clone(),
            FeedField::UserAgent => fetch.user_agent.clone().unwrap_or_default(),
            FeedField::Headers => {
                let lines = fetch.headers.iter().map(|(name, _)| format!("{name}: {KEPT_VALUE}"));
                lines.collect::<Vec<_>>().join("\n")
            }
            FeedField::Proxy => fetch.proxy.as_deref().map_or_else(|| "system".to_owned(), shown_address),
        }
    }

    /// Whether a setting has no value of its own, so that what holds with all feeds does.
    pub const fn has_default(&self, field: FeedField) -> bool {
        match field {
            FeedField::Interval => self.fetch.interval.is_none(),
            FeedField::Keep => self.fetch.keep.is_none(),
            FeedField::Proxy => self.fetch.proxy.is_none(),
            _ => false,
        }
    }

    /// The value of a setting that the history keeps; none of those with an action of their own, and of those that may be
    /// secret.
    pub fn setting(&self, field: FeedField) -> Option<FeedSetting> {
        Some(match field {
            FeedField::Interval => FeedSetting::Interval(self.fetch.interval),
            FeedField::FullText => FeedSetting::FullText(self.fetch.full_text),
            FeedField::Keep => FeedSetting::Keep(self.fetch.keep),
            FeedField::Tags => FeedSetting::Tags(self.tags.clone()),
            FeedField::Folder => FeedSetting::Folder(self.folder.clone()),
            FeedField::UserAgent => FeedSetting::UserAgent(self.fetch.user_agent.clone()),
            FeedField::Name | FeedField::Address | FeedField::Headers | FeedField::Proxy => return None,
        })
    }

    /// The same without what may be a password: as they may be shown.
    #[must_use]
    pub fn without_passwords(mut self) -> Self {
        self.address = shown_address(&self.address);
        self.typed = shown_address(&self.typed);
        self.fetch.proxy = self.fetch.proxy.as_deref().map(shown_address);
        for (_, value) in &mut self.fetch.headers {
            KEPT_VALUE.clone_into(value);
        }
        self
    }
}

/// Tags as they are written: cleaned, each once, in this order.
pub fn tags_of<'a>(written: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut seen = HashSet::new();
    let tags = written.into_iter().map(tag_of).filter(|tag| !tag.is_empty());
    tags.filter(|tag| seen.insert(tag.clone())).collect()
}

/// A feed folder as it is written: cleaned, the folders separated by `/`, no more of them than a list of feeds may have in one
/// another; empty for none.
pub fn folder_of(written: &str) -> String {
    const DEEPEST: usize = 64;
    written.split('/').filter_map(text).take(DEEPEST).collect::<Vec<_>>().join("/")
}

/// A line of text; none where it is empty.
fn text(written: &str) -> Option<String> {
    Some(clean_line(written.trim())).filter(|text| !text.is_empty())
}

/// How a message repeats what is wrong: cleaned, cut, without a password.
fn shown(written: &str) -> String {
    /// In cells.
    const LONGEST: usize = 40;
    shorten(&shown_address(written.trim()), LONGEST)
}

fn interval(written: &str) -> Result<Option<u32>, String> {
    let written = written.trim();
    if matches!(written, "" | DEFAULT) {
        return Ok(None);
    }
    let minutes = written.parse::<u32>();
    let wrong = || format!("an interval is a number of minutes, or 0 for the default, not “{}”", shown(written));
    minutes.map(|minutes| Some(minutes).filter(|minutes| *minutes > 0)).map_err(|_| wrong())
}

fn full_text(written: &str) -> Result<bool, String> {
    match written.trim() {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(format!("full text is on or off, not “{}”", shown(written))),
    }
}

fn keep(written: &str) -> Result<Option<Retention>, String> {
    match written.trim() {
        "" | DEFAULT => Ok(None),
        written => Retention::parse(written).map(Some),
    }
}

fn address(written: &str, before: &str) -> Result<String, String> {
    let wrong = || format!("“{}” is no web address, as https://coast.example/feed is", shown(written));
    let mut url = web_address(written).filter(|_| !written.trim().contains(char::is_whitespace)).ok_or_else(wrong)?;
    lend_password(before, &mut url);
    Ok(url.into())
}

/// The schemes of proxies.
const PROXIES: [&str; 6] = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"];

fn proxy(written: &str, before: Option<&str>) -> Result<Option<String>, String> {
    let written = clean_line(written.trim());
    match written.as_str() {
        "" | "system" | DEFAULT => return Ok(None),
        "none" => return Ok(Some(written)),
        _ => {}
    }
    let url = proxy_address(&written).ok_or_else(|| {
        format!("“{}” is no proxy, as http://proxy.example:8080, socks5://…, none and system are", shown(&written))
    })?;
    let mut lent = url.clone();
    lend_password(before.unwrap_or_default(), &mut lent);
    // What is written stays as it is, but where it gets its password back.
    Ok(Some(if lent == url { written } else { lent.into() }))
}

/// Where a proxy lies: without a scheme at `http`.
fn proxy_address(written: &str) -> Option<Url> {
    let whole = if written.contains("://") { written.to_owned() } else { format!("http://{written}") };
    let url = Url::parse(&whole).ok()?;
    let is_proxy = PROXIES.contains(&url.scheme()) && url.host_str().is_some_and(|host| !host.is_empty());
    (is_proxy && !written.contains(char::is_whitespace)).then_some(url)
}

/// Gives an address the password of the one before, where the same user is at the same server and none is written.
fn lend_password(before: &str, url: &mut Url) {
    let Some(before) = proxy_address(before).or_else(|| Url::parse(before).ok()) else { return };
    let is_same = before.scheme() == url.scheme()
        && before.host() == url.host()
        && before.port_or_known_default() == url.port_or_known_default()
        && before.username() == url.username();
    if is_same && url.password().is_none() {
        // Fails only for addresses without a host.
        let _ = url.set_password(before.password());
    }
}

fn headers(written: &str, before: &[(String, String)]) -> Result<Vec<(String, String)>, String> {
    written.lines().filter(|line| !line.trim().is_empty()).map(|line| header(line, before)).collect()
}

fn header(line: &str, before: &[(String, String)]) -> Result<(String, String), String> {
    // How it begins: the rest may be a password.
    let wrong = || {
        let start = clean_line(line.split_whitespace().next().unwrap_or_default());
        format!("“{} …” is not a header: a name, a colon and a value, as in X-Key: abc", shorten(&start, 30))
    };
    let is_of_name = |letter: char| letter.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(letter);
    let (name, value) = line.split_once(':').ok_or_else(wrong)?;
    let (name, value) = (name.trim(), clean_line(value.trim()));
    if name.is_empty() || !name.chars().all(is_of_name) {
        return Err(wrong());
    }
    if value != KEPT_VALUE {
        return Ok((name.to_owned(), value));
    }
    let kept = before.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    let kept =
        kept.ok_or_else(|| format!("the header {} has no value yet: write one for {KEPT_VALUE}", shorten(name, 30)))?;
    Ok((name.to_owned(), kept.1.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::user::FetchOptions;

    fn settings() -> FeedSettings {
        FeedSettings {
            address: "https://me:secret@coast.example/feed".to_owned(),
            fetch: FetchOptions {
                headers: vec![("X-Key".to_owned(), "hush".to_owned())],
                proxy: Some("socks5://me:secret@proxy.example:1080".to_owned()),
                ..FetchOptions::default()
            },
            ..FeedSettings::default()
        }
    }

    const ALL: [FeedField; 10] = [
        FeedField::Name,
        FeedField::Address,
        FeedField::Interval,
        FeedField::FullText,
        FeedField::Keep,
        FeedField::Tags,
        FeedField::Folder,
        FeedField::UserAgent,
        FeedField::Headers,
        FeedField::Proxy,
    ];

    #[test]
    fn what_is_written_is_read_again_and_names_no_password() {
        let mut before = settings();
        for (field, written) in [
            (FeedField::Name, "Coast"),
            (FeedField::Interval, "90"),
            (FeedField::FullText, "on"),
            (FeedField::Keep, "12w"),
            (FeedField::Tags, "sea, two words"),
            (FeedField::Folder, "News/Local"),
            (FeedField::UserAgent, "Mine/1"),
        ] {
            before.set(field, written).unwrap();
        }
        before.typed.clone_from(&before.address);
        let mut after = before.clone();
        for field in ALL {
            let written = before.written(field);
            assert!(!written.contains("secret") && !written.contains("hush"), "{written}");
            after.set(field, &written).unwrap();
            assert_eq!(after, before, "{field:?}: {written}");
        }
        let shown = format!("{:?}", before.clone().without_passwords());
        assert!(!shown.contains("secret") && !shown.contains("hush"), "{shown}");
        for field in ALL.into_iter().filter(|field| field.may_be_secret()) {
            assert_eq!(before.setting(field), None, "{field:?}");
        }
    }

    #[test]
    fn wrong_value_is_told_and_changes_nothing() {
        for (field, written, why) in [
            (FeedField::Interval, "often", "an interval is a number of minutes, or 0 for the default, not “often”"),
            (FeedField::Interval, "-3", "an interval is a number of minutes, or 0 for the default, not “-3”"),
            (FeedField::FullText, "yes", "full text is on or off, not “yes”"),
            (
                FeedField::Keep,
                "ever",
                "keep is forever, an age such as 90d or 12w, or a number of articles, not “ever”",
            ),
            (FeedField::Address, "exec:ls", "“exec:ls” is no web address, as https://coast.example/feed is"),
            (FeedField::Address, "", "“” is no web address, as https://coast.example/feed is"),
            (
                FeedField::Headers,
                "Authorization Bearer hush",
                "“Authorization …” is not a header: a name, a colon and a value, as in X-Key: abc",
            ),
            (
                FeedField::Headers,
                "X-Key: …\n: x",
                "“: …” is not a header: a name, a colon and a value, as in X-Key: abc",
            ),
            (FeedField::Headers, "X-Other: …", "the header X-Other has no value yet: write one for …"),
            (
                FeedField::Proxy,
                "ftp://a:pass@b",
                "“ftp://a@b” is no proxy, as http://proxy.example:8080, socks5://…, none and system are",
            ),
        ] {
            let mut changed = settings();
            assert_eq!(changed.set(field, written), Err(why.to_owned()));
            assert_eq!(changed, settings());
        }
    }

    #[test]
    fn password_stays_with_its_user_and_server_only() {
        let address = |written: &str| {
            let mut changed = settings();
            changed.set(FeedField::Address, written).unwrap();
            changed.address
        };
        assert_eq!(address("https://me@coast.example/news"), "https://me:secret@coast.example/news");
        assert_eq!(address("https://me:new@coast.example/feed"), "https://me:new@coast.example/feed");
        assert_eq!(address("https://you@coast.example/feed"), "https://you@coast.example/feed");
        assert_eq!(address("https://me@other.example/feed"), "https://me@other.example/feed");
        assert_eq!(address("http://me@coast.example/feed"), "http://me@coast.example/feed");
        let proxy = |written: &str| {
            let mut changed = settings();
            changed.set(FeedField::Proxy, written).unwrap();
            changed.fetch.proxy
        };
        assert_eq!(proxy("socks5://me@proxy.example:1080").as_deref(), Some("socks5://me:secret@proxy.example:1080"));
        assert_eq!(proxy("proxy.example:8080").as_deref(), Some("proxy.example:8080"));
        assert_eq!((proxy("none").as_deref(), proxy("system")), (Some("none"), None));
    }
}
