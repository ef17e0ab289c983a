//! The integration tests, one binary.

mod architecture;
mod folder;
mod formats;
mod quotes_command;
