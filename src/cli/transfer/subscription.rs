//! A source on the web as a line of an export: all but what is secret in it.

use serde::{Deserialize, Serialize};

use crate::article::{ArticleId, shown_address};
use crate::library::{self, Course, Description, Learnt, Library, Settings, Source};
use crate::text::clean_line;

/// A source, what the reader wants of it, and which articles came from it. Without passwords and headers: an export lies
/// about, and is handed on.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Subscription {
    address: String,
    typed: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    folder: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    muted: bool,
    settings: Settings,
    /// The identity of each article, in hexadecimal, with the print by which it is told whether it has changed there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    articles: Vec<(String, u64)>,
}

impl Subscription {
    /// The line of a source.
    pub fn of(source: &Source, library: &Library) -> Result<Self, library::Error> {
        let Source { description, title, link, .. } = source.clone();
        let mut articles: Vec<_> = library.prints(source.id)?.into_iter().collect();
        articles.sort_unstable();
        let proxy = description.settings.proxy.as_deref().map(shown_address);
        Ok(Self {
            address: shown_address(&description.address),
            typed: shown_address(&description.typed),
            name: description.name,
            title,
            link: link.as_deref().map(shown_address),
            folder: description.folder,
            tags: description.tags,
            muted: description.muted,
            settings: Settings { headers: Vec::new(), proxy, ..description.settings },
            articles: articles.into_iter().map(|(id, print)| (id.to_string(), print)).collect(),
        })
    }

    /// Adds the source to a library, unless there is one at its address; its articles count as come from it either way.
    pub fn add_to(&self, library: &Library) -> Result<(), library::Error> {
        if url::Url::parse(&self.address).is_err() {
            return Ok(());
        }
        let line = |text: &Option<String>| text.as_deref().map(clean_line);
        let description = Description {
            address: clean_line(&self.address),
            typed: clean_line(&self.typed),
            name: line(&self.name),
            folder: clean_line(&self.folder),
            tags: self.tags.iter().map(|tag| clean_line(tag)).collect(),
            muted: self.muted,
            settings: self.settings.clone(),
        };
        let (source, is_new) = library.subscribe(&description)?;
        let article = |(id, print): &(String, u64)| Some((ArticleId(u64::from_str_radix(id, 16).ok()?), *print));
        library.learn(&[Learnt {
            source: source.id,
            articles: self.articles.iter().filter_map(article).collect(),
            moved_to: None,
            title: line(&self.title).filter(|_| is_new),
            link: line(&self.link).filter(|_| is_new),
            mute: false,
            course: if is_new { Course::default() } else { source.course },
        }])
    }
}
