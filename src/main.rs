//! The `pullquote` program.

fn main() -> std::process::ExitCode {
    pullquote::cli::main()
}
