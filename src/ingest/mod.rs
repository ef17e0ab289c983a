//! Ingest: the one way from an input to a committed article.
//!
//! Takes paths, and feeds of the library; returns headlines with articles encoded for the library, skipped files,
//! batches to commit. The reader and the commands are its two callers: the reader needs the first headlines at once and
//! leaves the cores to what the user waits for, the commands need all, in order, on all cores. It never knows the app,
//! nor what is drawn or printed of it all.

mod batch;
mod bulk;
mod feed_entries;
mod feed_list;
mod feed_request;
mod full_text;
mod host_limiter;
mod input;
mod journal;
mod linked_page;
mod page;
mod page_explanation;
mod par_ordered;
mod read;
mod record_chunk;
mod refresh;
mod scan;
mod standard_input;
mod subscribe;
mod thread_priority;

pub use batch::Batch;
pub use bulk::{IngestError, Totals, ingest_paths};
pub use feed_list::{ListedSettings, count_passwords, is_feed_list, read_feed_list, write_feed_list};
pub use full_text::{FullTextError, ingest_full_text};
pub use input::{InputSource, find_inputs, is_address};
pub use journal::{PANICKED, ReadJournal, caught};
pub use linked_page::{article_at, fetch_linked, ingest_linked_page};
pub use page_explanation::explain_page;
pub use par_ordered::{NoThreads, Pool, in_order, in_order_each, in_order_on};
pub use read::{Ingested, Item, ingest_article, ingest_input};
pub use record_chunk::{RecordChunk, failed, split_stream};
pub use refresh::{FetchOutcome, Refresh, Refreshed, select_feeds};
pub use scan::{Scanned, absolute, is_absent, scan};
pub use standard_input::{StandardInput, look_ahead, standard_input};
pub use subscribe::{SubscribeError, Subscribed, subscribe};
pub use thread_priority::{Priority, lower_priority};
