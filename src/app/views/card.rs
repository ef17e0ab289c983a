//! What lies over the panes, one at a time, and what keys do there.

use super::article_info::{self, ArticleInfo};
use super::errors::{self, ErrorsCard};
use super::feed_card::{self, FeedCard};
use super::help::{self, HelpCard};
use super::links_card::{self, LinksCard};
use super::tasks::{self, TasksCard};
use super::why;
use crate::app::command::Command;
use crate::app::{App, OptionSpec};

/// What lies over the panes.
#[derive(Debug)]
pub enum Card {
    /// The keys.
    Help(HelpCard),
    /// Why the current quotation was given to its speaker.
    Why,
    /// What could not be read, and what does not hold in the configuration.
    Errors(ErrorsCard),
    /// What runs in the background.
    Tasks(TasksCard),
    /// What is known of the open article.
    ArticleInfo(ArticleInfo),
    /// What is known of a feed.
    Feed(FeedCard),
    /// Where the open article leads.
    Links(LinksCard),
    /// Which value an option has, and who has set it.
    Option(&'static OptionSpec),
}

/// What a command does while a card has the keys: whether that was anything; none where the pane below has the command.
pub(super) fn command(app: &mut App, command: Command, count: Option<usize>) -> Option<bool> {
    match app.views.card()? {
        Card::Help(_) => Some(help::command(app, command)),
        Card::Why => Some(why::command(app, command, count.unwrap_or(1))),
        Card::Errors(_) => errors::command(app, command).then_some(true),
        Card::Tasks(_) => Some(tasks::command(app, command)),
        Card::Feed(_) => feed_card::command(app, command).then_some(true),
        Card::Links(_) => links_card::command(app, command, count).then_some(true),
        Card::ArticleInfo(_) | Card::Option(_) => None,
    }
}

/// Moves in the card.
pub(super) fn travel(app: &mut App, command: Command, count: usize) {
    match app.views.card() {
        Some(Card::Help(_)) => help::travel(app, command, count),
        Some(Card::Errors(_)) => errors::travel(app, command, count),
        Some(Card::Tasks(_)) => tasks::travel(app, command, count),
        Some(Card::ArticleInfo(_)) => article_info::travel(app, command, count),
        Some(Card::Feed(_)) => feed_card::travel(app, command, count),
        Some(Card::Links(_)) => links_card::travel(app, command, count),
        Some(Card::Why | Card::Option(_)) | None => {}
    }
}
