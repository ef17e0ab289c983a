//! The default keys. Read it from top to bottom: it is the help.

use super::Key;
use crate::app::Command::{self, Accept, Back, Leave, Open, Quit, Redraw, Suspend};
use crate::app::{Command as C, Edit, Layer, Layers};

/// Keys, the layers in which they hold, and what they do.
#[derive(Debug, Clone)]
pub struct Binding {
    /// The heading under which the help shows it.
    pub section: &'static str,
    /// Where it holds.
    pub layers: Layers,
    /// The keys, separated by blanks.
    pub keys: &'static str,
    /// Its command.
    pub command: Command,
    /// The name of the command, after `:` and in the configuration.
    pub name: &'static str,
    /// What it does, for the help. The name of a command in angle brackets stands for its key: `<back> stops it`. Empty for
    /// what the help need not show.
    pub does: &'static str,
}

impl Binding {
    /// The keys; what is written as none is left out.
    pub fn keys(&self) -> impl Iterator<Item = Key> {
        self.keys.split(' ').filter_map(Key::parse)
    }

    /// Whether the help shows it.
    pub(super) const fn is_shown(&self) -> bool {
        !self.does.is_empty()
    }

    /// Each layer in which it works, with each of its keys and their command.
    pub(super) fn bound(&self) -> impl Iterator<Item = (Layer, Key, Command)> {
        self.keys().flat_map(move |key| self.layers.iter().map(move |layer| (layer, key, self.command)))
    }
}

use Layer as L;

/// What lies over the list, one at a time, and the list.
const PANES: Layers =
    Layers::of(&[L::List, L::Article, L::Speakers, L::Sidebar, L::People, L::Timeline, L::Clippings, L::Review]);
const NAVIGABLE: Layers = PANES.and(&[L::Why]);
const ALL: Layers = PANES.and(&[L::Card, L::Tasks, L::Feed, L::Why, L::Links]);
/// Where something was decided that can be undone.
const UNDOING: Layers = NAVIGABLE.and(&[L::Feed]);
const EVERYWHERE: Layers = ALL.and(&[L::Prompt]);
const SEARCHED: Layers = ALL.without(L::Review).without(L::Why).without(L::Feed);
/// Not among the speakers of the library, where `m` merges.
const MARKED: Layers = PANES.without(L::People);
const BACK: Layers = PANES.without(L::List).without(L::Sidebar);

/// The list, and what is shown of an article.
const ADDRESSED: Layers = Layers::of(&[L::List, L::Article, L::Speakers]);
const QUOTED: Layers = ADDRESSED.and(&[L::Why]);
const REPEATING: Layers = QUOTED.and(&[L::Timeline]);
const CORRECTED: Layers = REPEATING.and(&[L::Review]);
const COPYING: Layers = CORRECTED.and(&[L::Clippings]);
const EXPLAINED: Layers = REPEATING.and(&[L::Clippings, L::Card]);
/// Where there is an article or a quotation to hand over.
const PIPED: Layers = ADDRESSED.and(&[L::Timeline, L::Clippings, L::Review]);
const JUMPING: Layers = ADDRESSED.and(&[L::Timeline]);
const LINKED: Layers = ADDRESSED.and(&[L::Clippings, L::Timeline, L::Links]);
const LISTING_LINKS: Layers = ADDRESSED.and(&[L::Links]);
const BESIDE: Layers = ADDRESSED.and(&[L::Sidebar]);
const READING: Layers = Layers::of(&[L::List, L::Article]);
const MARKABLE: Layers = READING.and(&[L::Timeline]);
const TAGGED: Layers = MARKABLE.and(&[L::Clippings]);
const REMOVABLE: Layers = READING.and(&[L::Sidebar, L::Clippings]);

const LIST: Layers = Layers::of(&[L::List]);
const ARTICLE: Layers = Layers::of(&[L::Article, L::Speakers]);
const TEXT: Layers = Layers::of(&[L::Article]);
const SPEAKERS: Layers = Layers::of(&[L::Speakers]);
const SIDEBAR: Layers = Layers::of(&[L::Sidebar]);
/// The card of a feed.
const FEED: Layers = Layers::of(&[L::Feed]);
/// Feeds in the sidebar, and the card of one.
const FEEDS: Layers = SIDEBAR.and(&[L::Feed]);
const BROWSING: Layers = LIST.and(&[L::Sidebar]);
const PEOPLE: Layers = Layers::of(&[L::People]);
const TIMELINE: Layers = Layers::of(&[L::Timeline]);
const CLIPPINGS: Layers = Layers::of(&[L::Clippings]);
const ORDERED: Layers = TIMELINE.and(&[L::Clippings]);
const LIBRARY: Layers = ORDERED.and(&[L::People]);
const SORTED: Layers = LIBRARY.and(&[L::List]);
const REVIEW: Layers = Layers::of(&[L::Review]);
const TASKS: Layers = Layers::of(&[L::Tasks]);
/// The list of links.
const LINKS: Layers = Layers::of(&[L::Links]);
const CARD: Layers = TASKS.and(&[L::Card, L::Why]);
const PROMPT: Layers = Layers::of(&[L::Prompt]);

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
pub(super) const HOMES: &[(&str, Layers)] = &[
    (ARTICLES, LIST),
    (NAVIGATION, ARTICLE.and(&[L::Why])),
    (EVERYONE, PEOPLE.and(&[L::Timeline])),
    (KEPT, CLIPPINGS),
    (CHECK, REVIEW),
    (WEB, FEEDS),
    (ARTICLES, LINKS),
    (ALWAYS, TASKS.and(&[L::Card])),
];

const fn on(
    section: &'static str,
    layers: Layers,
    keys: &'static str,
    command: Command,
    name: &'static str,
    does: &'static str,
) -> Binding {
    Binding { section, layers, keys, command, name, does }
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
    on(NAVIGATION, READING, "v", C::Highlight, "highlight", "highlight by speaker, with reported speech, all alike, off"),
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
    on(EVERYONE, SORTED, "", C::Sort, "sort", "the order of what is listed: sort oldest, sort name …"),
    on(EVERYONE, PEOPLE, "x", C::SplitSpeaker, "split-speaker", "split merged names"),

    on(KEPT, CORRECTED, "w", C::Clip, "clip", "keep this quotation as a clipping, with all that one needs to cite it"),
    on(KEPT, CORRECTED, "W", C::ClipWithNote, "clip-with-note", "the same with a note; on one that is kept: its note"),
    on(KEPT, PANES, "B", C::Clippings, "clippings", "the clippings; <search> looks for words in them"),
    on(KEPT, CLIPPINGS, "Enter l Right", Open, "open-clipping", "open the article at this quotation"),
    on(KEPT, CLIPPINGS, "e W", C::EditNote, "edit-note", "write a note about this clipping, or change it"),

    on(CHECK, PANES, "V", C::Review, "review", "check quotations whose speaker is doubtful: of the list, the article or the speaker here"),
    on(CHECK, REVIEW, "1", C::Choose(1), "choose-1", "the candidate with this number spoke, up to 9; <confirm> the present speaker did"),
    on(CHECK, REVIEW, "2", C::Choose(2), "choose-2", ""),
    on(CHECK, REVIEW, "3", C::Choose(3), "choose-3", ""),
    on(CHECK, REVIEW, "4", C::Choose(4), "choose-4", ""),
    on(CHECK, REVIEW, "5", C::Choose(5), "choose-5", ""),
    on(CHECK, REVIEW, "6", C::Choose(6), "choose-6", ""),
    on(CHECK, REVIEW, "7", C::Choose(7), "choose-7", ""),
    on(CHECK, REVIEW, "8", C::Choose(8), "choose-8", ""),
    on(CHECK, REVIEW, "9", C::Choose(9), "choose-9", ""),
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
    on(MOVE, TEXT, ")", C::ScrollRight, "scroll-right", "to the right in code that is wider than the screen"),
    on(MOVE, TEXT, "(", C::ScrollLeft, "scroll-left", "back to the left"),
    on(MOVE, TEXT, "{", C::PreviousParagraph, "previous-paragraph", "to the start of this paragraph, or the one before"),

    on(WAY, LIST, "Enter l Right", Open, "open", "open the article"),
    on(WAY, ARTICLE, "Enter", Open, "only-this-speaker", "only the speaker of the current quotation; again: all"),
    on(WAY, SPEAKERS, "l Right", Open, "open", ""),
    on(WAY, ALL, "Esc", Back, "back", "one step back: search, speaker, article; never quits"),
    on(WAY, BACK, "q h Left Backspace", Leave, "leave", ""),
    on(WAY, CARD, "q h Left Backspace Enter", Leave, "leave", ""),
    on(WAY, FEED.and(&[L::Links]), "q h Left Backspace", Leave, "leave", ""),
    on(WAY, LIST, "h Left", C::Sidebar, "sidebar", "the sidebar: unread, starred, searches, tags, feeds"),
    on(WAY, SIDEBAR, "Enter l Right", Open, "open", ""),
    on(WAY, SIDEBAR, "q h Left", Leave, "leave", ""),
    on(WAY, LIST, "q", Leave, "leave", "back to the list; from the list, quit"),
    on(WAY, ALL, "Q", Quit, "quit", "quit at once"),
    on(WAY, EVERYWHERE, "C-c", Quit, "quit", ""),
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
    on(ARTICLES, LIST, "O", C::SortList, "sort-list", "order of the list: newest, oldest, publisher, headline, most quoted, unread, first seen, in turn; kept for this collection"),
    on(ARTICLES, BROWSING, "A", C::MarkAllRead, "mark-all-read", "mark all listed articles read"),
    on(ARTICLES, LIST, ",", C::Pick, "pick", "pick, or unpick, and go down; what acts on an article here acts on all that are picked"),
    on(ARTICLES, LIST, ";", C::PickRange, "pick-range", "pick all from the one picked last to this one"),
    on(ARTICLES, LIST, "", C::PickAbove, "pick-above", "pick this article and all above it"),
    on(ARTICLES, LIST, "", C::PickAll, "pick-all", "pick all that are listed: with a search, all that match"),
    on(ARTICLES, LIST, "", C::Unpick, "unpick", "pick none any more; <back> does it too"),
    on(ARTICLES, REPEATING, ".", C::Repeat, "repeat", "do what was done last again, with what is selected now"),
    on(ARTICLES, UNDOING, "U", C::Undo, "undo", "undo the last action, whatever it was"),
    on(ARTICLES, UNDOING, "C-r", C::Redo, "redo", "redo what was undone"),
    on(ARTICLES, ADDRESSED, "I", C::ArticleInfo, "article-info", "all that is known of the article: where it comes from, what you and your rules did"),
    on(ARTICLES, LINKED, "o", C::OpenAddress, "open-in-browser", "open the address of the article, or of the link here, in the browser"),
    on(ARTICLES, ADDRESSED, "f", C::FollowLink, "follow-link", "follow a link on the screen by its letters"),
    on(ARTICLES, TEXT, "p", C::ShowPicture, "picture", "draw the first picture on the screen; again: larger, then not any more; a click on it does it too"),
    on(ARTICLES, LISTING_LINKS, "L", C::Links, "links", "list where the article leads: links, pictures, what comes with it"),
    on(ARTICLES, LINKS, "Enter l Right", Open, "open-link", "read the page of the link here, as an article; after a number: of that link; <jump-back> returns"),
    on(ARTICLES, ADDRESSED, "E", C::OpenEnclosure, "open-enclosure", "open what comes with the article: a recording, a film, a document"),
    on(ARTICLES, PIPED, "|", C::Pipe, "pipe", "run a command with the article, or all that are picked, on its standard input; <back> stops it"),
    on(ARTICLES, ADDRESSED, "e", C::EditArticle, "edit", "open a copy of the article in your editor"),
    on(ARTICLES, ADDRESSED, "P", C::Pager, "pager", "read the article in your pager"),
    on(ARTICLES, ARTICLE, "S", C::SaveArticle, "save", "save the article into a file: Markdown, text or JSON"),
    on(ARTICLES, PANES, "", C::Run, "run", "run a command of the configuration with the article: run send"),
    on(ARTICLES, LINKED, "y", C::CopyAddress, "copy-address", "copy the address or path of the article, or the address of the link here"),

    on(WEB, PANES, "a", C::Subscribe, "subscribe", "subscribe to a feed, or to a page that links to one"),
    on(WEB, BROWSING, "r", C::Refresh, "refresh", "refresh this feed"),
    on(WEB, PANES, "R", C::RefreshAll, "refresh-all", "refresh all; <back> stops it"),
    on(WEB, READING, "x", C::FullText, "full-text", "fetch the full article for a summary"),
    on(WEB, FEEDS, "I", C::FeedInfo, "feed-info", "all that is known of a feed, and its settings"),
    on(WEB, FEED, "Enter e l Right", C::EditFeed, "edit-feed", "edit the selected row of the card of a feed"),
    on(WEB, FEEDS, "M", C::PauseFeed, "pause-feed", "pause or resume a feed"),
    on(WEB, FEEDS, "c", C::RenameFeed, "rename-feed", "rename a feed or a feed folder"),
    on(WEB, FEEDS, "f", C::MoveFeed, "move-feed", "move a feed, or a feed folder with all in it, into a feed folder"),
    on(WEB, SIDEBAR, "z", C::Fold, "fold", "fold or unfold a feed folder; a click on its sign does it too"),
    on(WEB, SIDEBAR, "", C::FoldAll, "fold-all", "fold all feed folders"),
    on(WEB, SIDEBAR, "", C::UnfoldAll, "unfold-all", "unfold all feed folders"),
    on(WEB, PANES, "", C::ImportFeeds, "import-feeds", "subscribe to the feeds of a file, OPML or the urls of newsboat: import-feeds feeds.opml"),
    on(WEB, PANES, "", C::ExportFeeds, "export-feeds", "write your feeds into a file, as OPML without passwords: export-feeds feeds.opml"),
    on(WEB, PANES, "", C::OverwriteFeeds, "overwrite-feeds", "the same over a file that is there already: export-feeds! feeds.opml"),

    on(ALWAYS, ALL, "?", C::Help, "help", "these keys; <search> searches them"),
    on(ALWAYS, ALL, ":", C::Palette, "command", "run a command"),
    on(ALWAYS, PANES, "!", C::Errors, "errors", "errors: what could not be read, or does not hold in the configuration"),
    on(ALWAYS, PANES, "", C::Tasks, "tasks", "what runs in the background; <stop-task> stops it"),
    on(ALWAYS, ALL, "", C::Set, "set", "set an option, or tell its value and who has set it: set column=80, set column?"),
    on(ALWAYS, ALL, "", C::Reload, "reload", "read the configuration again"),
    on(ALWAYS, TASKS, "x D", C::StopTask, "stop-task", "stop the selected task"),
    on(ALWAYS, EVERYWHERE, "C-l", Redraw, "redraw", "redraw"),
    on(ALWAYS, EVERYWHERE, "C-z", Suspend, "suspend", "suspend; fg in the shell resumes"),

    on(COLOURS, ALL, "", C::Theme, "theme", "the colours, kept for later runs: theme dark, theme mono …"),
    on(COLOURS, ALL, "", C::NextTheme, "theme-next", "the next of the colour themes, kept for later runs"),

    on(TYPING, PROMPT, "Enter", Accept, "accept", ""),
    on(TYPING, PROMPT, "Esc", Back, "back", ""),
    on(TYPING, PROMPT, "Down", C::Down, "down", ""),
    on(TYPING, PROMPT, "Up", C::Up, "up", ""),
    on(TYPING, PROMPT, "Tab", C::Complete, "complete", ""),
    on(TYPING, PROMPT, "BackTab", C::CompleteBack, "complete-back", ""),
    on(TYPING, PROMPT, "C-p", C::EarlierSearch, "earlier-line", ""),
    on(TYPING, PROMPT, "C-n", C::LaterSearch, "later-line", ""),
    on(TYPING, PROMPT, "C-j", C::BreakLine, "break-line", ""),
    on(TYPING, PROMPT, "PgDn", C::PageDown, "page-down", ""),
    on(TYPING, PROMPT, "PgUp", C::PageUp, "page-up", ""),
    on(TYPING, PROMPT, "Backspace C-h", C::Edit(Edit::Erase), "erase-letter", ""),
    on(TYPING, PROMPT, "Del C-d", C::Edit(Edit::Delete), "delete-letter", ""),
    on(TYPING, PROMPT, "C-w", C::Edit(Edit::EraseWord), "erase-word", ""),
    on(TYPING, PROMPT, "C-u", C::Edit(Edit::Clear), "clear-line", ""),
    on(TYPING, PROMPT, "Left C-b", C::Edit(Edit::Left), "letter-left", ""),
    on(TYPING, PROMPT, "Right C-f", C::Edit(Edit::Right), "letter-right", ""),
    on(TYPING, PROMPT, "Home C-a", C::Edit(Edit::Start), "line-start", ""),
    on(TYPING, PROMPT, "End C-e", C::Edit(Edit::End), "line-end", ""),
];

/// Other names of a command after `:`. First what the fingers of vim users type: nothing has to be saved by hand, so that
/// what saves and quits in vim just quits. Then names that commands had before: they go on working.
#[rustfmt::skip]
pub const ALIASES: &[(&str, &[&str])] = &[
    ("quit", &["q", "q!", "qa", "qa!", "qall", "qall!", "quit!", "quitall", "wq", "wq!", "wqa", "wqall", "x", "x!", "xa", "xit", "exit"]),
    ("help", &["h"]),
    ("choose-1", &["choose"]),
    ("top", &["^"]),
    ("bottom", &["$"]),

    ("reverse-order", &["turn-round"]),
    ("save-search", &["keep-search"]),
    ("sidebar", &["shelves"]),
    ("subscribe", &["add-source"]),
    ("pause-feed", &["mute"]),
    ("rename-feed", &["rename-source"]),
    ("overwrite-feeds", &["export-feeds!"]),
    ("errors", &["refusals"]),
    ("open-speaker", &["their-quotations"]),
    ("open-article", &["their-article"]),
    ("toggle-star", &["star"]),
    ("theme-next", &["next-theme"]),
];
