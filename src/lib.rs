//! pullquote: a terminal news reader that shows who said what.
//!
//! The modules, from the ground up; each may use what stands above it in this list, never what stands below.
//! `docs/ARCHITECTURE.md` has the bird's eye view and `tests/suite/architecture.rs` holds the order.

// What a text is.
pub mod text;

// Other programs.
pub mod process;

pub mod article;

// What is found in it: pure functions that cannot fail.
pub mod quotes;

// What bytes are made into.
pub mod formats;

pub mod layout;

pub mod query;

// The headlines that are loaded.
pub mod catalog;

// What the user did with them.
pub mod user;

// How good it is.
pub mod evaluate;

// The outside: doors, each ignorant of the others.
pub mod library;

pub mod export;
pub mod fetch;

pub mod notification;

pub mod folder;

pub mod samples;

// From an input to a committed article.
pub mod ingest;

// The program.
pub mod app;

pub mod keymap;

// What the user says of it in a file.
pub mod config;

pub mod ui;

pub mod runtime;

pub mod cli;
