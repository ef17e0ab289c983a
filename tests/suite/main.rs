//! The integration tests, one binary.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod accidents;
mod architecture;
mod archive;
mod archive_journeys;
mod clean_output;
mod collections;
mod command_line;
mod engine;
mod evaluate_command;
mod feed_formats;
mod feeds_command;
mod fetching;
mod folder;
mod format_properties;
mod formats;
mod hostile;
mod journeys;
mod large_library;
mod letters;
mod library;
mod library_command;
mod links;
mod looking;
mod migrations;
mod missing_files;
mod page_formats;
mod palette;
mod picture;
mod properties;
mod pty;
mod quotes_command;
mod ran;
mod readme;
mod record_formats;
mod screens;
mod server;
mod shell_loop;
mod shelves;
mod sitting;
mod sources;
mod speakers_command;
mod subscriptions;
mod terminal;
mod two_programs;
