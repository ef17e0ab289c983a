//! How another program ended, in words.

use std::io::{self, ErrorKind};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::ExitStatus;

use signal_hook::low_level::signal_name;

use crate::text::{clean_line, shorten};

/// The most of what a program said that is told, in cells.
const LONGEST: usize = 160;

/// What a program is called.
pub fn name_of(program: &str) -> String {
    let name = Path::new(program).file_name().map_or_else(|| program.into(), |name| name.to_string_lossy());
    shorten(&clean_line(&name), LONGEST)
}

/// The first line of what a program wrote that has anything in it.
pub fn first_line(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    text.lines().map(clean_line).find(|line| !line.is_empty()).map(|line| shorten(&line, LONGEST))
}

/// Why a program could not be run.
pub fn not_run(program: &str, error: &io::Error) -> String {
    let program = shorten(&clean_line(program), LONGEST);
    match error.kind() {
        ErrorKind::NotFound => format!("There is no program {program}"),
        ErrorKind::PermissionDenied => format!("{program} may not be run"),
        _ => format!("{program} cannot be run ({error})"),
    }
}

/// Why a program did not do its work, with what it `said`; nothing where it did.
pub fn failure(program: &str, status: ExitStatus, said: &[u8]) -> Option<String> {
    if status.success() {
        return None;
    }
    let name = name_of(program);
    let why = match (status.code(), status.signal()) {
        (Some(code), _) => format!("{name} failed with exit code {code}"),
        (None, Some(signal)) => {
            let called = signal_name(signal).map_or_else(|| signal.to_string(), str::to_owned);
            format!("{name} was ended by signal {called}")
        }
        (None, None) => format!("{name} failed"),
    };
    Some(first_line(said).map_or(why.clone(), |said| format!("{why}: {said}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn end_of_a_program_is_told_with_what_it_said() {
        let of = |raw, said: &str| failure("/usr/bin/wc", ExitStatus::from_raw(raw), said.as_bytes());
        assert_eq!(of(0, "so what"), None);
        assert_eq!(of(2 << 8, "\n\x1b[31mno such file\n usage").unwrap(), "wc failed with exit code 2: no such file");
        assert_eq!(of(1 << 8, " \n").unwrap(), "wc failed with exit code 1");
        assert_eq!(of(9, "").unwrap(), "wc was ended by signal SIGKILL");
        let not_found = io::Error::from(ErrorKind::NotFound);
        assert_eq!(not_run("./x\x1b[2Jy", &not_found), "There is no program ./xy");
    }
}
