//! Other programs that run without the terminal: started, ended in time, and told of in words.
//!
//! Accepts a command, and when it is to be ended; returns how it ended, and the beginning of what it wrote. It never knows what a program
//! is run for.

mod end;
mod run;
mod signals;

pub use end::{failure, first_line, name_of, not_run};
pub use run::{Bounds, End, Finished, run};
pub use signals::end_programs_with_us;
