//! What comes with an article and is no part of its text: a recording, a film, a document.

use percent_encoding::percent_decode_str;

use super::address::shown_address;
use crate::text::{clean_line, shorten};

/// A file that comes with an article (RSS 2.0 `<enclosure>`, Atom `rel="enclosure"`, JSON Feed `attachments`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosure {
    /// Its address: absolute (`http` or `https`), cleaned.
    pub url: String,
    /// Its media type (RFC 6838), in lower case; empty where that is not known.
    pub media_type: String,
    /// How large it is, in bytes, where the feed says so.
    pub bytes: Option<u64>,
    /// How long it plays, in seconds, where the feed says so.
    pub seconds: Option<u32>,
}

/// What an enclosure is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Medium {
    /// To be listened to.
    Audio,
    /// To be watched.
    Video,
}

impl Medium {
    /// Both, each with its word.
    pub const NAMES: [(&str, Self); 2] = [("audio", Self::Audio), ("video", Self::Video)];

    /// "audio"
    pub fn name(self) -> &'static str {
        if self == Self::Audio { "audio" } else { "video" }
    }
}

/// The media types of files whose feeds do not say them, by the ends of their names.
const BY_EXTENSION: [(&str, &str); 16] = [
    ("mp3", "audio/mpeg"),
    ("m4a", "audio/mp4"),
    ("m4b", "audio/mp4"),
    ("aac", "audio/aac"),
    ("oga", "audio/ogg"),
    ("ogg", "audio/ogg"),
    ("opus", "audio/ogg"),
    ("flac", "audio/flac"),
    ("wav", "audio/wav"),
    ("mp4", "video/mp4"),
    ("m4v", "video/mp4"),
    ("mov", "video/quicktime"),
    ("webm", "video/webm"),
    ("ogv", "video/ogg"),
    ("mkv", "video/x-matroska"),
    ("pdf", "application/pdf"),
];

impl Enclosure {
    /// The file at this absolute address of this type; where nothing is said of that, or only that it is a file, by the end of its
    /// name. Nothing where it is not on the web.
    pub fn at(url: &str, media_type: &str) -> Option<Self> {
        // Without a password: exports and messages have it.
        let url = shown_address(url);
        let is_on_web = url.starts_with("https://") || url.starts_with("http://");
        if !is_on_web || url.contains(' ') || url.len() > LONGEST_ADDRESS {
            return None;
        }
        let said = clean_line(media_type).to_ascii_lowercase();
        let said = said.split(';').next().unwrap_or_default().trim();
        let is_type = said.split_once('/').is_some_and(|(kind, of)| !kind.is_empty() && !of.is_empty());
        let is_vague = !is_type || matches!(said, "application/octet-stream" | "binary/octet-stream");
        let named = || by_name(&url).map(str::to_owned);
        let of_medium = || Medium::NAMES.iter().find(|(name, _)| *name == said).map(|(name, _)| format!("{name}/*"));
        let said = if said == "application/ogg" { "audio/ogg" } else { said };
        let media_type = if is_vague {
            named().or_else(of_medium).unwrap_or_default()
        } else {
            said.chars().take(LONGEST_TYPE).collect()
        };
        Some(Self { url, media_type, bytes: None, seconds: None })
    }

    /// What it is for, where that is known.
    pub fn medium(&self) -> Option<Medium> {
        let (kind, _) = self.media_type.split_once('/')?;
        Medium::NAMES.iter().find(|(name, _)| *name == kind).map(|(_, medium)| *medium)
    }

    /// What its type is to a person: "audio", "video", "picture", "PDF", else the media type itself.
    pub fn kind(&self) -> &str {
        match (self.medium(), self.media_type.as_str()) {
            (Some(medium), _) => medium.name(),
            (None, "") => "file",
            (None, "application/pdf") => "PDF",
            (None, picture) if picture.starts_with("image/") => "picture",
            (None, other) => other,
        }
    }

    /// "audio, 31 min, 24 MB": its type, length and size, as far as they are known.
    pub fn in_words(&self) -> String {
        self.with_length_and_size(self.kind().to_owned())
    }

    /// "audio: episode.mp3, 31 min, 24 MB"
    pub fn with_name(&self) -> String {
        self.with_length_and_size(format!("{}: {}", self.kind(), self.shown_name()))
    }

    fn with_length_and_size(&self, what: String) -> String {
        let parts = [Some(what), self.seconds.map(length), self.bytes.map(size)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// The name of the file for a person: without percent signs, and not too long.
    pub fn shown_name(&self) -> String {
        /// In cells.
        const LONGEST: usize = 60;
        shorten(&clean_line(&percent_decode_str(self.file_name()).decode_utf8_lossy()), LONGEST)
    }

    /// The name of the file: the last part of the address that has one.
    pub fn file_name(&self) -> &str {
        let path = path(&self.url);
        path.rsplit('/').find(|part| !part.is_empty()).unwrap_or(path)
    }
}

/// The longest address, in bytes: no browser takes a longer one.
const LONGEST_ADDRESS: usize = 8 << 10;

/// The longest media type that is kept, in characters.
const LONGEST_TYPE: usize = 80;

/// An address without its scheme, query and fragment.
fn path(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['?', '#']).next().unwrap_or(rest)
}

fn by_name(url: &str) -> Option<&'static str> {
    let (_, file) = path(url).rsplit_once('/')?;
    let (_, extension) = file.rsplit_once('.')?;
    BY_EXTENSION.iter().find(|(known, _)| extension.eq_ignore_ascii_case(known)).map(|(_, media_type)| *media_type)
}

/// "45 s", "31 min", "1 h 05 min": to the nearest minute.
fn length(seconds: u32) -> String {
    if seconds < 60 {
        return format!("{seconds} s");
    }
    let minutes = (u64::from(seconds) + 30) / 60;
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes:02} min"),
    }
}

/// "24 MB", in powers of ten; as much of it as a person compares.
fn size(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    match UNITS.iter().find(|(unit, _)| bytes >= *unit) {
        None => format!("{bytes} B"),
        Some((unit, name)) if bytes < 10 * unit => {
            let tenths = bytes / (unit / 10);
            format!("{}.{} {name}", tenths / 10, tenths % 10)
        }
        Some((unit, name)) => format!("{} {name}", bytes / unit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(url: &str, media_type: &str) -> Enclosure {
        Enclosure::at(url, media_type).unwrap()
    }

    #[test]
    fn type_is_that_of_the_feed_or_of_the_name() {
        for (url, said, wanted) in [
            ("https://a.example/1", "Audio/MPEG; charset=x", "audio/mpeg"),
            ("https://a.example/1.MP3?x=1.pdf", "", "audio/mpeg"),
            ("https://a.example/1.mp4", "application/octet-stream", "video/mp4"),
            ("https://a.example/1", "application/octet-stream", ""),
            ("https://a.example/1", "video", "video/*"),
            ("https://a.example/x.m4a", "nonsense", "audio/mp4"),
            ("https://mp3.example", "", ""),
        ] {
            assert_eq!(at(url, said).media_type, wanted, "{url} {said}");
        }
    }

    #[test]
    fn only_files_on_the_web_come_with_an_article() {
        for url in ["file:///etc/passwd", "javascript:alert(1)", "", "//a.example/1.mp3", "https://a b/1.mp3"] {
            assert_eq!(Enclosure::at(url, "audio/mpeg"), None, "{url}");
        }
    }

    #[test]
    fn size_and_length_are_for_people() {
        let words = |seconds, bytes| Enclosure { bytes, seconds, ..at("https://a.example/1.mp3", "") }.in_words();
        assert_eq!(words(None, None), "audio");
        assert_eq!(words(Some(45), Some(999)), "audio, 45 s, 999 B");
        assert_eq!(words(Some(1_861), Some(2_450_000)), "audio, 31 min, 2.4 MB");
        assert_eq!(words(Some(u32::MAX), None), "audio, 1193046 h 28 min");
        assert_eq!(words(Some(3_599), Some(24_000_000)), "audio, 1 h, 24 MB");
        assert_eq!(words(Some(3_900), Some(u64::MAX)), "audio, 1 h 05 min, 18446744073 GB");
        assert_eq!(at("https://a.example/x", "image/png").in_words(), "picture");
        assert_eq!(at("https://a.example/show/1.mp3?t=1", "").file_name(), "1.mp3");
        assert_eq!(at("https://a.example/", "").file_name(), "a.example");
        assert_eq!(at("https://a.example/a%20%C3%BC%07.pdf", "").with_name(), "PDF: a ü.pdf");
    }
}
