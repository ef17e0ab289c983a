//! Opens addresses in the program that the user has for them: never through a shell, always as one argument.

use std::env;
use std::io;
use std::process::{Command, Stdio};

use super::{MessageSender, worker};
use crate::ingest::Priority;

/// Opens an address with `$BROWSER`, else with the program that the desktop has for it; does not wait for it.
///
/// # Errors
///
/// When there is no such program, or it cannot be started.
pub(super) fn open(url: &str, sender: &MessageSender) -> io::Result<()> {
    let Some(browser) = env::var("BROWSER").ok().filter(|browser| !browser.trim().is_empty()) else {
        return open::that_detached(url);
    };
    // Several may be named, the first first; each may have arguments.
    let first = browser.split(':').next().unwrap_or_default();
    let mut words = first.split_whitespace();
    let program = words.next().unwrap_or_default();
    let arguments = words.filter(|word| *word != "%s");
    let mut child = Command::new(program)
        .args(arguments)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    // It must be waited for, or it stays a zombie process.
    worker::start("waiting for the browser", Priority::Lowest, sender, move || drop(child.wait()))?;
    Ok(())
}
