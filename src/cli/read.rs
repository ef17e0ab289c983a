//! `pullquote [PATH…]`: the reader.

use super::{Failure, Outcome, ReadArguments};

/// Opens the reader on what the arguments name.
pub fn run(arguments: &ReadArguments) -> Outcome {
    let _ = arguments;
    Err(Failure::NoTerminal)
}
