//! Fetch: one feed or page from the web, politely and safely; and lists of feeds that other programs keep.
//!
//! From an address and its validators to articles and the next validators, or an error. When feeds are fetched, and
//! what becomes of the articles, is decided by `ingest`.
//! It never knows what is found in an article, the library, the app or threads.

mod address;
mod caching;
mod client;
mod content_coding;
mod cookies;
pub mod discovery;
mod document;
mod error;
mod fetching;
mod further_pages;
mod link_header;
mod logins;
mod meta_refresh;
pub mod newsboat;
pub mod opml;
mod outline;
mod page_elements;
mod password_command;
mod redirects;
mod request;

pub use crate::article::shown_address as shown;
pub use address::{lend_login, parse, share_server, unsecured};
pub use client::HttpClient;
pub use document::{articles, is_html};
pub use error::{Error, ErrorKind};
pub use fetching::{Feed, Fetched, FetchedPage, fetch, fetch_page};
pub use further_pages::{numbered_page, plain_versions};
pub use logins::Logins;
pub use outline::Outline;
pub use password_command::PasswordError;
pub use request::{Limits, Proxy, Request, Validators};
