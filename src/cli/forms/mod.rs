//! What all commands that write data share: the frame around the parts, and what each form must be kept from.

mod code_points;
mod csv;
mod markdown;
mod output;

pub use code_points::CodePoints;
pub use csv::rows;
pub use markdown::escaped;
pub use output::{Frame, standard, terminal_width};
