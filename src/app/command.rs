//! Commands: what the user wants.

use super::Layers;

/// What the user wants, in the imperative. Where it makes sense a count typed before it repeats it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Command {
    /// Move down by one: headline, row or speaker.
    Down,
    /// Move up by one.
    Up,
    /// Move down by a page.
    PageDown,
    /// Move up by a page.
    PageUp,
    /// Move down by half a page.
    HalfPageDown,
    /// Move up by half a page.
    HalfPageUp,
    /// Scroll the text down by a row, whatever is selected.
    ScrollDown,
    /// Scroll the text up by a row.
    ScrollUp,
    /// Move lines that are wider than the screen to the left, to see their ends.
    ScrollRight,
    /// Move them back to the right.
    ScrollLeft,
    /// Go to the start.
    Top,
    /// Go to the end.
    Bottom,
    /// Go to so many hundredths of the way: `50%` is half-way.
    Percent,
    /// Go to the start of the next paragraph.
    NextParagraph,
    /// Go to the start of this paragraph, or of the one before.
    PreviousParagraph,
    /// Open what is selected; on a quotation, show only its speaker.
    Open,
    /// Go back by one layer: search, speaker filter, article; never out of the program.
    Back,
    /// As `Back`, and out of the program from the outermost layer.
    Leave,
    /// Leave the program at once.
    Quit,
    /// Go to the next pane.
    NextPane,
    /// Go to the pane before.
    PreviousPane,
    /// Show the list alone, list and article side by side, the article alone, in turn.
    Zen,
    /// Move the split between list and article to the left.
    NarrowList,
    /// Move it to the right.
    WidenList,
    /// Make the text of articles narrower.
    NarrowText,
    /// Make it wider.
    WidenText,
    /// Go to the next thing hunted: match, else quotation, else unread headline.
    Next,
    /// Go to the one before.
    Previous,
    /// Go to the next quotation by the same speaker, also in later articles.
    NextBySpeaker,
    /// Go to the one before, also in earlier articles.
    PreviousBySpeaker,
    /// Go to the next quotation by another speaker.
    NextOtherSpeaker,
    /// Go to the previous quotation by another speaker.
    PreviousOtherSpeaker,
    /// Go to the list of speakers.
    Speakers,
    /// Go to the sidebar, or back to the list.
    Sidebar,
    /// Remove what is selected: a saved search, or an article from the library.
    Remove,
    /// Add a tag to the article, or remove one.
    Tag,
    /// Keep the search that is on.
    SaveSearch,
    /// Subscribe to the feed at an address.
    Subscribe,
    /// Refresh the feed that is selected.
    Refresh,
    /// Refresh all feeds.
    RefreshAll,
    /// Fetch the full text of a summary.
    FullText,
    /// Pause a feed, or resume it.
    PauseFeed,
    /// Rename a feed, or a feed folder.
    RenameFeed,
    /// Tell all that is known of a feed.
    FeedInfo,
    /// Edit the selected row of what is known of a feed.
    EditFeed,
    /// Move a feed, or a feed folder with all in it, into a feed folder.
    MoveFeed,
    /// Fold a feed folder of the sidebar, or unfold it.
    Fold,
    /// Fold all feed folders.
    FoldAll,
    /// Unfold them.
    UnfoldAll,
    /// Subscribe to the feeds of a list.
    ImportFeeds,
    /// Write the feeds into a file.
    ExportFeeds,
    /// Write them over a file that is there already.
    OverwriteFeeds,
    /// Complete what is being typed.
    Complete,
    /// Complete it the other way round.
    CompleteBack,
    /// Begin a new line in the prompt.
    BreakLine,
    /// Put what was searched for before into the prompt.
    EarlierSearch,
    /// Put what was searched for after that into the prompt.
    LaterSearch,
    /// Show all that the speaker here said, in all articles.
    Timeline,
    /// Select a speaker of the library, or merge them with the selected one.
    MergeSpeakers,
    /// Change the order in which the speakers of the library are listed.
    SortPeople,
    /// Ask for the order of what is listed.
    Sort,
    /// Change the order in which headlines are listed.
    SortList,
    /// Merge two speakers of the library who are probably one, or select the next of such.
    AcceptSuggestion,
    /// Say that they are two.
    DismissSuggestion,
    /// Split a speaker of the library into the names that were merged.
    SplitSpeaker,
    /// Show the oldest first, or the newest again.
    ReverseOrder,
    /// Show the sentences around all quotations, or around fragments only.
    Context,
    /// Write what a speaker said into a file.
    Export,
    /// Change what is highlighted: quotations by speaker, with what is reported, all alike, nothing.
    Highlight,
    /// Ask for other colours of everything.
    Theme,
    /// Change them to those of the next theme.
    NextTheme,
    /// Tell all that is known of the article.
    ArticleInfo,
    /// Tell why the current quotation was given to its speaker.
    Why,
    /// Correct the speaker of the current quotation.
    Correct,
    /// Correct the speaker of all quotations in the article that have the one of the current quotation.
    CorrectAll,
    /// Confirm the speaker of the current quotation.
    Confirm,
    /// Keep the current quotation.
    Clip,
    /// Keep it with a note.
    ClipWithNote,
    /// Change the note of a clipping.
    EditNote,
    /// Show the quotations that were kept.
    Clippings,
    /// Show the quotations whose speaker is doubtful, one at a time.
    Review,
    /// Say that the candidate with this number spoke.
    Choose(u8),
    /// Go back to where the last jump began.
    JumpBack,
    /// Set a mark here, under a letter.
    SetMark,
    /// Go to a mark, or back to before the last jump.
    GoToMark,
    /// Search: headlines and texts in the list, this text in an article.
    Search,
    /// Search headlines and texts, from wherever.
    SearchAll,
    /// Go to the next article of the list.
    NextArticle,
    /// Go to the article before.
    PreviousArticle,
    /// Mark read, or unread again.
    ToggleRead,
    /// Mark all listed articles read.
    MarkAllRead,
    /// Star or unstar.
    ToggleStar,
    /// Pick the article, or unpick it, and go down.
    Pick,
    /// Pick all articles from the one that was picked last to this one.
    PickRange,
    /// Pick this article and all above it.
    PickAbove,
    /// Pick all articles that are listed.
    PickAll,
    /// Pick none any more.
    Unpick,
    /// Do what was done last again, with what is selected now.
    Repeat,
    /// Undo the last action.
    Undo,
    /// Redo what was undone last.
    Redo,
    /// Copy the current quotation with its speaker, headline and date.
    CopyQuotation,
    /// Copy where the article is: its address, else its path.
    CopyAddress,
    /// Open the article's address in the browser.
    OpenAddress,
    /// Run a command with the article on its standard input.
    Pipe,
    /// Open the article in the user's editor.
    EditArticle,
    /// Save the article into a file.
    SaveArticle,
    /// Read the article in the user's pager.
    Pager,
    /// Run a command of the configuration with the article.
    Run,
    /// Open what comes with the article: a recording, a film, a document.
    OpenEnclosure,
    /// Choose a link on the screen by its letters, and open it.
    FollowLink,
    /// Draw the first picture on the screen, then larger, then not any more.
    ShowPicture,
    /// List where the article leads.
    Links,
    /// Show which files could not be read, and why.
    Errors,
    /// Show what runs in the background.
    Tasks,
    /// Stop the selected task.
    StopTask,
    /// Show the keys.
    Help,
    /// Set an option, or tell its value.
    Set,
    /// Read the configuration again.
    Reload,
    /// Type a command's name.
    Palette,
    /// Redraw the whole screen.
    Redraw,
    /// Stop the program until the shell's `fg`.
    Suspend,
    /// A digit of the count before the next command.
    Digit(u8),
    /// What a line after `:` does: the name of a command with its argument.
    Line(&'static str),
    /// A letter typed into the prompt.
    Type(char),
    /// An edit of the prompt.
    Edit(Edit),
    /// Keep what was typed.
    Accept,
    /// A click, at a cell counted from the top left.
    Click {
        /// The column, from 0.
        column: u16,
        /// The row, from 0.
        row: u16,
    },
    /// A turn of the wheel over a cell.
    Wheel {
        /// The column, from 0.
        column: u16,
        /// The row, from 0.
        row: u16,
        /// Whether towards the end.
        down: bool,
    },
    /// The pointer was moved with the button held.
    Drag {
        /// The column, from 0.
        column: u16,
        /// The row, from 0.
        row: u16,
    },
    /// A key that means something elsewhere, but nothing here.
    Elsewhere {
        /// Its command.
        command: &'static Command,
        /// The name of the command.
        name: &'static str,
        /// Where it means that.
        layers: Layers,
    },
    /// A key that means nothing anywhere.
    Unbound,
}

impl Command {
    /// Whether it moves in whatever has the keys.
    pub(super) const fn is_motion(self) -> bool {
        matches!(
            self,
            Self::Down
                | Self::Up
                | Self::PageDown
                | Self::PageUp
                | Self::HalfPageDown
                | Self::HalfPageUp
                | Self::ScrollDown
                | Self::ScrollUp
                | Self::Top
                | Self::Bottom
        )
    }
}

/// An edit of the line in the prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edit {
    /// Take the letter before the cursor away.
    Erase,
    /// Take the letter under the cursor away.
    Delete,
    /// Take the word before the cursor away.
    EraseWord,
    /// Take everything away.
    Clear,
    /// One letter to the left.
    Left,
    /// One letter to the right.
    Right,
    /// To the start.
    Start,
    /// To the end.
    End,
}
