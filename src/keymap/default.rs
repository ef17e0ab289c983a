//! The default keys. Read it from top to bottom: it is the help.

use std::borrow::Cow;

use super::Key;
use crate::app::Command::{self, Accept, Back, Leave, Open, Quit, Redraw, Suspend};
use crate::app::{Command as C, Edit, Layer, ThemeName};

/// Keys, the layers in which they hold, and what they do.
#[derive(Debug, Clone)]
pub struct Binding {
    /// The heading under which the help shows it.
    pub section: &'static str,
    /// Where it holds.
    pub layers: &'static [Layer],
    /// The keys, separated by blanks.
    pub keys: Cow<'static, str>,
    /// Its command.
    pub command: Command,
    /// Its name after `:`; empty for what the help need not show.
    pub name: &'static str,
    /// What it does, for the help. The name of a command in angle brackets stands for its key: `<back> stops it`.
    pub does: &'static str,
}

impl Binding {
    /// The keys; what is written as none is left out.
    pub fn keys(&self) -> impl Iterator<Item = Key> {
        self.keys.split(' ').filter_map(Key::parse)
    }

    /// Each layer in which it works, with each of its keys and their command.
    pub(super) fn bound(&self) -> impl Iterator<Item = (Layer, Key, Command)> {
        self.keys().flat_map(move |key| self.layers.iter().map(move |&layer| (layer, key, self.command)))
    }
}

const ALL: &[Layer] = &[
    Layer::List,
    Layer::Article,
    Layer::Speakers,
    Layer::Sidebar,
    Layer::People,
    Layer::Timeline,
    Layer::Clippings,
    Layer::Review,
    Layer::Card,
    Layer::Tasks,
    Layer::Why,
];
const SEARCHED: &[Layer] = &[
    Layer::List,
    Layer::Article,
    Layer::Speakers,
    Layer::Sidebar,
    Layer::People,
    Layer::Timeline,
    Layer::Clippings,
    Layer::Card,
    Layer::Tasks,
];
const LIBRARY: &[Layer] = &[Layer::People, Layer::Timeline, Layer::Clippings];
const ORDERED: &[Layer] = &[Layer::Timeline, Layer::Clippings];
const CLIPPINGS: &[Layer] = &[Layer::Clippings];
const CLIPPED: &[Layer] = &[Layer::List, Layer::Article, Layer::Speakers, Layer::Timeline, Layer::Review, Layer::Why];
const PEOPLE: &[Layer] = &[Layer::People];
const TIMELINE: &[Layer] = &[Layer::Timeline];
const COPYING: &[Layer] =
    &[Layer::List, Layer::Article, Layer::Speakers, Layer::Timeline, Layer::Clippings, Layer::Review, Layer::Why];
const BACK: &[Layer] =
    &[Layer::Article, Layer::Speakers, Layer::People, Layer::Timeline, Layer::Clippings, Layer::Review];
const PANES: &[Layer] = &[
    Layer::List,
    Layer::Article,
    Layer::Speakers,
    Layer::Sidebar,
    Layer::People,
    Layer::Timeline,
    Layer::Clippings,
    Layer::Review,
];
const NAVIGABLE: &[Layer] = &[
    Layer::List,
    Layer::Article,
    Layer::Speakers,
    Layer::Sidebar,
    Layer::People,
    Layer::Timeline,
    Layer::Clippings,
    Layer::Review,
    Layer::Why,
];
const REVIEW: &[Layer] = &[Layer::Review];
/// Not among the speakers of the library, where `m` merges.
const MARKED: &[Layer] =
    &[Layer::List, Layer::Article, Layer::Speakers, Layer::Sidebar, Layer::Timeline, Layer::Clippings, Layer::Review];
const QUOTED: &[Layer] = &[Layer::List, Layer::Article, Layer::Speakers, Layer::Why];
const CORRECTED: &[Layer] = &[Layer::List, Layer::Article, Layer::Speakers, Layer::Timeline, Layer::Review, Layer::Why];
const EXPLAINED: &[Layer] =
    &[Layer::List, Layer::Article, Layer::Speakers, Layer::Timeline, Layer::Clippings, Layer::Card, Layer::Why];
const DECIDING: &[Layer] = NAVIGABLE;
const REPEATING: &[Layer] = &[Layer::List, Layer::Article, Layer::Speakers, Layer::Timeline, Layer::Why];
const BESIDE: &[Layer] = &[Layer::List, Layer::Article, Layer::Speakers, Layer::Sidebar];
const LIST: &[Layer] = &[Layer::List];
const ARTICLE: &[Layer] = &[Layer::Article, Layer::Speakers];
const TEXT: &[Layer] = &[Layer::Article];
const ADDRESSED: &[Layer] = &[Layer::List, Layer::Article, Layer::Speakers];
const JUMPING: &[Layer] = &[Layer::List, Layer::Article, Layer::Speakers, Layer::Timeline];
const MARKABLE: &[Layer] = &[Layer::List, Layer::Article, Layer::Timeline];
const READING: &[Layer] = &[Layer::List, Layer::Article];
const SPEAKERS: &[Layer] = &[Layer::Speakers];
const SIDEBAR: &[Layer] = &[Layer::Sidebar];
const REMOVABLE: &[Layer] = &[Layer::List, Layer::Article, Layer::Sidebar, Layer::Clippings];
const TAGGED: &[Layer] = &[Layer::List, Layer::Article, Layer::Timeline, Layer::Clippings];
const LINKED: &[Layer] = &[Layer::List, Layer::Article, Layer::Speakers, Layer::Clippings];
const BROWSING: &[Layer] = &[Layer::List, Layer::Sidebar];
const CARD: &[Layer] = &[Layer::Card, Layer::Tasks, Layer::Why];
const TASKS: &[Layer] = &[Layer::Tasks];
const PROMPT: &[Layer] = &[Layer::Prompt];
const EVERYWHERE: &[Layer] = &[
    Layer::List,
    Layer::Article,
    Layer::Speakers,
    Layer::Sidebar,
    Layer::People,
    Layer::Timeline,
    Layer::Clippings,
    Layer::Review,
    Layer::Card,
    Layer::Tasks,
    Layer::Why,
    Layer::Prompt,
];

const MOVE: &str = "Moving";
const WAY: &str = "Opening and closing";
const NAVIGATION: &str = "Quotations and speakers";
const EVERYONE: &str = "Speakers in the library";
const KEPT: &str = "Clippings";
const CHECK: &str = "Review";
const SEARCH: &str = "Searching";
const ARTICLES: &str = "Articles";
const WEB: &str = "Feeds";
const ALWAYS: &str = "Always";
const COLOURS: &str = "Colours";
/// Keys of the line into which one types: anyone knows them.
const TYPING: &str = "";

/// The layers whose help begins with a section.
pub(super) const HOMES: &[(&str, &[Layer])] = &[
    (ARTICLES, &[Layer::List]),
    (NAVIGATION, &[Layer::Article, Layer::Speakers, Layer::Why]),
    (EVERYONE, &[Layer::People, Layer::Timeline]),
    (KEPT, &[Layer::Clippings]),
    (CHECK, &[Layer::Review]),
    (WEB, &[Layer::Sidebar]),
    (ALWAYS, &[Layer::Card, Layer::Tasks]),
];

const fn on(
    section: &'static str,
    layers: &'static [Layer],
    keys: &'static str,
    command: Command,
    name: &'static str,
    does: &'static str,
) -> Binding {
    Binding { section, layers, keys: Cow::Borrowed(keys), command, name, does }
}

/// All keys.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
    on(NAVIGATION, NAVIGABLE, "n", C::Next, "next", "next quotation; next match in a search; next unread in the list"),
    on(NAVIGATION, NAVIGABLE, "N", C::Previous, "previous", "the same, backwards"),
    on(NAVIGATION, QUOTED, "*", C::NextBySpeaker, "next-by-speaker", "next quotation by this speaker, also in later articles"),
    on(NAVIGATION, QUOTED, "#", C::PreviousBySpeaker, "previous-by-speaker", "previous quotation by this speaker"),
    on(NAVIGATION, QUOTED, "]", C::NextOtherSpeaker, "next-other-speaker", "next quotation by another speaker"),
    on(NAVIGATION, QUOTED, "[", C::PreviousOtherSpeaker, "previous-other-speaker", "previous quotation by another speaker"),
    on(NAVIGATION, JUMPING, "C-o", C::JumpBack, "jump-back", "back to where you were before a jump"),
    on(NAVIGATION, MARKED, "m", C::SetMark, "set-mark", "mark this place with a letter"),
    on(NAVIGATION, MARKED, "'", C::GoToMark, "go-to-mark", "to the mark with a letter; twice: to before the last jump"),
    on(NAVIGATION, PANES, "\"", C::Speakers, "speakers", "speakers: of all articles from the list, else of this article"),
    on(NAVIGATION, ADDRESSED, "T", C::Timeline, "timeline", "all quotations by this speaker, in all articles"),
    on(NAVIGATION, EXPLAINED, "i", C::Why, "why", "why this quotation has this speaker"),
    on(NAVIGATION, CORRECTED, "c", C::Correct, "correct", "correct the speaker of this quotation"),
    on(NAVIGATION, CORRECTED, "C", C::CorrectAll, "correct-all", "correct the speaker of all that this speaker says here"),
    on(NAVIGATION, CORRECTED, "+", C::Confirm, "confirm", "the speaker of this quotation is right: no doubt any more"),
    on(NAVIGATION, READING, "v", C::Highlight, "highlight", "highlight by speaker, off, all alike"),
    on(NAVIGATION, COPYING, "Y", C::CopyQuotation, "copy-quotation", "copy the quotation with its speaker and publisher"),

    on(EVERYONE, PEOPLE, "Enter l Right T", Open, "open-speaker", "all quotations by this speaker, in order of time"),
    on(EVERYONE, TIMELINE, "Enter l Right", Open, "open-article", "open the article at this quotation; <jump-back> returns"),
    on(EVERYONE, ORDERED, "O", C::ReverseOrder, "reverse-order", "oldest first, or newest first"),
    on(EVERYONE, TIMELINE, "v", C::Context, "context", "the sentences around all quotations, or around fragments only"),
    on(EVERYONE, LIBRARY, "E", C::Export, "export", "export as Markdown, CSV or JSON"),
    on(EVERYONE, PEOPLE, "m", C::MergeSpeakers, "merge-speakers", "select; on another speaker: merge"),
    on(EVERYONE, PEOPLE, "+", C::AcceptSuggestion, "accept-suggestion", "names that look like one person's: to the next; there: merge them"),
    on(EVERYONE, PEOPLE, "-", C::DismissSuggestion, "dismiss-suggestion", "they are two people: do not propose it again"),
    on(EVERYONE, PEOPLE, "O", C::SortPeople, "sort-people", "sort by quotations, name, first seen, last seen, in turn; kept"),
    on(EVERYONE, PEOPLE, "x", C::SplitSpeaker, "split-speaker", "split merged names"),

    on(KEPT, CLIPPED, "w", C::Clip, "clip", "keep this quotation as a clipping, with all that one needs to cite it"),
    on(KEPT, CLIPPED, "W", C::ClipWithNote, "clip-with-note", "the same with a note; on one that is kept: its note"),
    on(KEPT, PANES, "B", C::Clippings, "clippings", "the clippings; <search> looks for words in them"),
    on(KEPT, CLIPPINGS, "Enter l Right", Open, "open-clipping", "open the article at this quotation"),
    on(KEPT, CLIPPINGS, "e W", C::EditNote, "edit-note", "write a note about this clipping, or change it"),

    on(CHECK, PANES, "V", C::Review, "review", "check quotations whose speaker is doubtful: of the list, the article or the speaker here"),
    on(CHECK, REVIEW, "1", C::Choose(1), "choose", "the candidate with this number spoke, up to 9; <confirm> the present speaker did"),
    on(CHECK, REVIEW, "2", C::Choose(2), "", ""),
    on(CHECK, REVIEW, "3", C::Choose(3), "", ""),
    on(CHECK, REVIEW, "4", C::Choose(4), "", ""),
    on(CHECK, REVIEW, "5", C::Choose(5), "", ""),
    on(CHECK, REVIEW, "6", C::Choose(6), "", ""),
    on(CHECK, REVIEW, "7", C::Choose(7), "", ""),
    on(CHECK, REVIEW, "8", C::Choose(8), "", ""),
    on(CHECK, REVIEW, "9", C::Choose(9), "", ""),
    on(CHECK, REVIEW, "Enter l Right", Open, "open-reviewed", "open the article at this quotation"),

    on(SEARCH, SEARCHED, "/", C::Search, "search", "search as you type: all articles from the list, the text in an article; elsewhere narrow the list"),
    on(SEARCH, PANES, "F", C::SearchAll, "search-all", "search all articles, from anywhere"),
    on(SEARCH, BROWSING, "S", C::SaveSearch, "save-search", "save this search under a name"),

    on(MOVE, ALL, "j Down", C::Down, "down", "down by one"),
    on(MOVE, ALL, "k Up", C::Up, "up", "up by one"),
    on(MOVE, ALL, "Space PgDn C-f", C::PageDown, "page-down", "down a page"),
    on(MOVE, ALL, "b PgUp C-b", C::PageUp, "page-up", "up a page"),
    on(MOVE, ALL, "C-d", C::HalfPageDown, "half-page-down", "down half a page"),
    on(MOVE, ALL, "C-u", C::HalfPageUp, "half-page-up", "up half a page"),
    on(MOVE, ALL, "C-e", C::ScrollDown, "scroll-down", "scroll down a row"),
    on(MOVE, ALL, "C-y", C::ScrollUp, "scroll-up", "scroll up a row"),
    on(MOVE, ALL, "g Home", C::Top, "top", "to the start"),
    on(MOVE, ALL, "G End", C::Bottom, "bottom", "to the end; after a number, to that row"),
    on(MOVE, ALL, "%", C::Percent, "percent", "after a number: so many hundredths of the way"),
    on(MOVE, TEXT, "}", C::NextParagraph, "next-paragraph", "to the next paragraph"),
    on(MOVE, TEXT, "{", C::PreviousParagraph, "previous-paragraph", "to the start of this paragraph, or the one before"),

    on(WAY, LIST, "Enter l Right", Open, "open", "open the article"),
    on(WAY, ARTICLE, "Enter", Open, "only-this-speaker", "only the speaker of the current quotation; again: all"),
    on(WAY, SPEAKERS, "l Right", Open, "", ""),
    on(WAY, ALL, "Esc", Back, "back", "one step back: search, speaker, article; never quits"),
    on(WAY, BACK, "q h Left Backspace", Leave, "", ""),
    on(WAY, CARD, "q h Left Backspace Enter", Leave, "", ""),
    on(WAY, LIST, "h Left", C::Sidebar, "sidebar", "the sidebar: unread, starred, searches, tags, feeds"),
    on(WAY, SIDEBAR, "Enter l Right", Open, "", ""),
    on(WAY, SIDEBAR, "q h Left", Leave, "", ""),
    on(WAY, LIST, "q", Leave, "leave", "back to the list; from the list, quit"),
    on(WAY, ALL, "Q", Quit, "quit", "quit at once"),
    on(WAY, EVERYWHERE, "C-c", Quit, "", ""),
    on(WAY, BESIDE, "Tab", C::NextPane, "next-pane", "list, article, speakers"),
    on(WAY, BESIDE, "BackTab", C::PreviousPane, "previous-pane", "previous pane"),
    on(WAY, READING, "z", C::Zen, "zen", "list alone, list and article, article alone, in turn; kept"),
    on(WAY, READING, "<", C::NarrowList, "narrow-list", "move the split to the left: a narrower list"),
    on(WAY, READING, ">", C::WidenList, "widen-list", "move the split to the right: a wider list"),
    on(WAY, READING, "-", C::NarrowText, "narrow-text", "narrower text"),
    on(WAY, READING, "=", C::WidenText, "widen-text", "wider text"),

    on(ARTICLES, PANES, "J", C::NextArticle, "next-article", "next article of the list"),
    on(ARTICLES, PANES, "K", C::PreviousArticle, "previous-article", "the article before"),
    on(ARTICLES, MARKABLE, "u", C::ToggleRead, "toggle-read", "mark read or unread"),
    on(ARTICLES, MARKABLE, "s", C::ToggleStar, "toggle-star", "toggle star"),
    on(ARTICLES, TAGGED, "t", C::Tag, "tag", "add or remove a tag"),
    on(ARTICLES, REMOVABLE, "D", C::Remove, "remove", "remove from the library, where is:removed finds it again, or restore; a saved search or a feed from the sidebar; a clipping"),
    on(ARTICLES, LIST, "O", C::SortList, "sort", "order of the list: newest, oldest, publisher, headline, most quoted, unread, first seen, in turn; kept for this collection"),
    on(ARTICLES, BROWSING, "A", C::MarkAllRead, "mark-all-read", "mark all listed articles read"),
    on(ARTICLES, REPEATING, ".", C::Repeat, "repeat", "do what was done last again, with what is selected now"),
    on(ARTICLES, DECIDING, "U", C::Undo, "undo", "undo the last action, whatever it was"),
    on(ARTICLES, DECIDING, "C-r", C::Redo, "redo", "redo what was undone"),
    on(ARTICLES, LINKED, "o", C::OpenAddress, "open-in-browser", "open the article's address in the browser"),
    on(ARTICLES, ADDRESSED, "f", C::FollowLink, "follow-link", "follow a link on the screen by its letters"),
    on(ARTICLES, LINKED, "y", C::CopyAddress, "copy-address", "copy the address or path of the article"),

    on(WEB, PANES, "a", C::Subscribe, "subscribe", "subscribe to a feed, or to a page that links to one"),
    on(WEB, BROWSING, "r", C::Refresh, "refresh", "refresh this feed"),
    on(WEB, PANES, "R", C::RefreshAll, "refresh-all", "refresh all; <back> stops it"),
    on(WEB, READING, "x", C::FullText, "full-text", "fetch the full article for a summary"),
    on(WEB, SIDEBAR, "M", C::PauseFeed, "pause-feed", "pause or resume a feed"),
    on(WEB, SIDEBAR, "c", C::RenameFeed, "rename-feed", "rename a feed"),

    on(ALWAYS, ALL, "?", C::Help, "help", "these keys; <search> searches them"),
    on(ALWAYS, ALL, ":", C::Palette, "command", "run a command"),
    on(ALWAYS, PANES, "!", C::Errors, "errors", "read errors: what could not be read, and why"),
    on(ALWAYS, PANES, "", C::Tasks, "tasks", "what runs in the background; <stop-task> stops it"),
    on(ALWAYS, TASKS, "x D", C::StopTask, "stop-task", "stop the selected task"),
    on(ALWAYS, EVERYWHERE, "C-l", Redraw, "redraw", "redraw"),
    on(ALWAYS, EVERYWHERE, "C-z", Suspend, "suspend", "suspend; fg in the shell resumes"),

    on(COLOURS, ALL, "", C::NextTheme, "theme-next", "the next of the colour themes, kept for later runs"),
    on(COLOURS, ALL, "", C::Theme(ThemeName::Terminal), "theme-terminal", "theme: the terminal's own colours, on a dark background"),
    on(COLOURS, ALL, "", C::Theme(ThemeName::TerminalLight), "theme-terminal-light", "theme: the terminal's own colours, on a light background"),
    on(COLOURS, ALL, "", C::Theme(ThemeName::Dark), "theme-dark", "theme: muted colours on a dark background"),
    on(COLOURS, ALL, "", C::Theme(ThemeName::Light), "theme-light", "theme: deep colours on a light background"),
    on(COLOURS, ALL, "", C::Theme(ThemeName::Safe), "theme-safe", "theme: colours that all people tell apart, dark"),
    on(COLOURS, ALL, "", C::Theme(ThemeName::SafeLight), "theme-safe-light", "theme: colours that all people tell apart, light"),
    on(COLOURS, ALL, "", C::Theme(ThemeName::Mono), "theme-mono", "theme: no colours"),

    on(TYPING, PROMPT, "Enter", Accept, "", ""),
    on(TYPING, PROMPT, "Esc", Back, "", ""),
    on(TYPING, PROMPT, "Down", C::Down, "", ""),
    on(TYPING, PROMPT, "Up", C::Up, "", ""),
    on(TYPING, PROMPT, "Tab", C::Complete, "", ""),
    on(TYPING, PROMPT, "BackTab", C::CompleteBack, "", ""),
    on(TYPING, PROMPT, "C-p", C::EarlierSearch, "", ""),
    on(TYPING, PROMPT, "C-n", C::LaterSearch, "", ""),
    on(TYPING, PROMPT, "C-j", C::BreakLine, "", ""),
    on(TYPING, PROMPT, "PgDn", C::PageDown, "", ""),
    on(TYPING, PROMPT, "PgUp", C::PageUp, "", ""),
    on(TYPING, PROMPT, "Backspace C-h", C::Edit(Edit::Erase), "", ""),
    on(TYPING, PROMPT, "Del C-d", C::Edit(Edit::Delete), "", ""),
    on(TYPING, PROMPT, "C-w", C::Edit(Edit::EraseWord), "", ""),
    on(TYPING, PROMPT, "C-u", C::Edit(Edit::Clear), "", ""),
    on(TYPING, PROMPT, "Left C-b", C::Edit(Edit::Left), "", ""),
    on(TYPING, PROMPT, "Right C-f", C::Edit(Edit::Right), "", ""),
    on(TYPING, PROMPT, "Home C-a", C::Edit(Edit::Start), "", ""),
    on(TYPING, PROMPT, "End C-e", C::Edit(Edit::End), "", ""),
];

/// Other names of a command after `:`. First what the fingers of vim users type: nothing has to be saved by hand, so that
/// what saves and quits in vim just quits. Then names that commands had before: they go on working.
#[rustfmt::skip]
pub const ALIASES: &[(&str, &[&str])] = &[
    ("quit", &["q", "q!", "qa", "qa!", "qall", "qall!", "quit!", "quitall", "wq", "wq!", "wqa", "wqall", "x", "x!", "xa", "xit", "exit"]),
    ("help", &["h"]),
    ("top", &["^"]),
    ("bottom", &["$"]),

    ("reverse-order", &["turn-round"]),
    ("save-search", &["keep-search"]),
    ("sidebar", &["shelves"]),
    ("subscribe", &["add-source"]),
    ("pause-feed", &["mute"]),
    ("rename-feed", &["rename-source"]),
    ("errors", &["refusals"]),
    ("open-speaker", &["their-quotations"]),
    ("open-article", &["their-article"]),
    ("toggle-star", &["star"]),
    ("theme-next", &["next-theme"]),
];
