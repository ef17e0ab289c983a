//! Where several articles are: the addresses are read from the library, and copied or opened once they are there.

use std::sync::Arc;

use super::App;
use super::copy;
use super::effect::{Effect, LoadJob, RequestId, ScreenJob};
use super::links;
use crate::article::{Article, ArticleId};
use crate::text::counted;

/// Articles that were asked for, and what for.
#[derive(Debug)]
pub(super) struct Wanted {
    request: RequestId,
    purpose: Purpose,
}

/// What is done with the addresses of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Copy,
    Open,
}

impl App {
    /// Copies where these articles are.
    pub(super) fn copy_addresses(&mut self, ids: Vec<ArticleId>) {
        self.ask_for_articles(ids, Purpose::Copy);
    }

    /// Opens the addresses of these articles in the browser.
    pub(super) fn open_addresses(&mut self, ids: Vec<ArticleId>) {
        self.ask_for_articles(ids, Purpose::Open);
    }

    fn ask_for_articles(&mut self, ids: Vec<ArticleId>, purpose: Purpose) {
        let request = self.new_request();
        self.wanted = Some(Wanted { request, purpose });
        self.ask(Effect::Load(LoadJob::Articles { request, ids }));
    }

    /// Articles are there that were asked for.
    pub(super) fn articles_loaded(&mut self, request: RequestId, articles: &[Arc<Article>]) {
        let Some(Wanted { purpose, .. }) = self.wanted.take_if(|wanted| wanted.request == request) else { return };
        match purpose {
            Purpose::Copy => self.copy_addresses_of(articles),
            Purpose::Open => self.open_addresses_of(articles),
        }
    }

    /// Copies where articles are, a line each.
    fn copy_addresses_of(&mut self, articles: &[Arc<Article>]) {
        let lines: Vec<_> = articles.iter().map(|article| copy::address_of(article)).collect();
        let text = lines.join("\n");
        if text.len() > copy::LONGEST_COPY {
            let all = counted(lines.len(), "address");
            return self.refuse(format!("{all} are too long to be copied at once: pick fewer"));
        }
        match lines.as_slice() {
            [] => return self.refuse("These articles no longer exist"),
            [address] => self.show_message(format!("Copied: {address}")),
            _ => self.show_message(format!("Copied the addresses of {}", counted(lines.len(), "article"))),
        }
        self.ask(Effect::Screen(ScreenJob::Copy(text)));
    }

    fn open_addresses_of(&mut self, articles: &[Arc<Article>]) {
        let addresses: Vec<_> = articles
            .iter()
            .filter_map(|article| article.url.as_deref())
            .filter(|url| links::is_followed(url))
            .collect();
        if addresses.is_empty() {
            return self.refuse("None of these articles has a web address");
        }
        let without = match articles.len() - addresses.len() {
            0 => String::new(),
            some => format!(" · {} without a web address", counted(some, "article")),
        };
        match addresses.as_slice() {
            [address] => self.show_message(format!("Opening {address}{without}")),
            _ => self.show_message(format!("Opening {}{without}", counted(addresses.len(), "article"))),
        }
        for address in addresses {
            self.ask(Effect::OpenLink(address.to_owned()));
        }
    }
}
