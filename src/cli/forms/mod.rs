//! What all commands that write data share: the frame around the parts, and what each form must be kept from.

mod code_points;
mod output;

pub use crate::forms::{escaped, rows};
pub use code_points::CodePoints;
pub use output::{Frame, standard, terminal_width};
