//! The integration tests, one binary.

mod architecture;
mod journeys;
mod screens;
mod sitting;
