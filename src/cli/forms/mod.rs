//! What all commands that write data share: the frame around the parts, and what each form must be kept from.

mod code_points;
mod json;
mod output;

pub use crate::export::{escaped, rounded, rows};
pub use code_points::CodePoints;
pub use json::{json, json_lines};
pub use output::{Frame, standard, terminal_width};
