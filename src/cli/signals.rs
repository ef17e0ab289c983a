//! Signals that end a command without a screen.

use std::fs;
use std::io;

use crate::process;

/// From now on a signal that ends this program ends those that it runs, too.
///
/// # Errors
///
/// When the system does not let it.
pub fn end_programs_with_us() -> io::Result<()> {
    process::end_programs_with_us(ignored_signals())
}

/// The signals that this program was started to ignore, as by nohup, a bit for each from the first on; none where the system
/// does not say it as Linux does (proc(5), `SigIgn`).
fn ignored_signals() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}
