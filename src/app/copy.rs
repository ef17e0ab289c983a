//! What the reader takes along: quotations, addresses.

use super::App;
use super::effect::{Effect, Effects};
use crate::article::Published;

/// A quotation with its speaker, headline, date and address.
pub(super) fn citation(
    words: &str,
    speaker: &str,
    headline: &str,
    published: Option<Published>,
    url: Option<&str>,
) -> String {
    let mut citation = format!("“{words}” — {speaker}, {headline}");
    if let Some(published) = published {
        citation.push_str(&published.day.format(", %-d %B %Y").to_string());
    }
    if let Some(url) = url {
        citation.push_str(", ");
        citation.push_str(url);
    }
    citation
}

impl App {
    /// `Y`: the quotation that the reader is at, with its speaker, headline, date and address.
    pub(super) fn copy_quotation(&mut self) -> Effects {
        let Some(reader) = &self.reader else { return self.say("No article is open") };
        let Some(index) = reader.quotation_here(self.text_height()) else { return self.say("No quotation to copy") };
        let quotation = &reader.findings.quotations[index];
        let words = reader.article.body.words(quotation.span);
        let speaker = reader.speaker_name(index).unwrap_or("unattributed");
        let article = &reader.article;
        let copied = citation(words, speaker, article.headline(), article.published, article.url.as_deref());
        self.notice = Some(format!("Copied: {copied}"));
        Effect::Copy(copied).into()
    }

    /// `y`: where the open article is.
    pub(super) fn copy_address(&mut self) -> Effects {
        let Some(reader) = &self.reader else { return self.say("No article is open") };
        let address = reader.article.url.clone().unwrap_or_else(|| reader.article.origin.to_string());
        self.notice = Some(format!("Copied: {address}"));
        Effect::Copy(address).into()
    }
}
