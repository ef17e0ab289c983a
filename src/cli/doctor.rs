//! `pullquote doctor`: is the library sound, and how large is it.

use std::io::{self, Write};

use clap::Args;

use super::error::{Found, Outcome};
use super::library_args::LibraryArguments;
use crate::text::clean_line;

/// What `pullquote doctor` accepts.
#[derive(Debug, Args)]
pub struct DoctorArguments {
    /// Rebuild the search index from the articles
    #[arg(long)]
    rebuild: bool,
}

/// Checks the library and prints the result; exit code 1 where it is damaged.
pub fn run(arguments: &DoctorArguments, library_args: &LibraryArguments) -> Outcome {
    let library = if arguments.rebuild { library_args.open_or_fail()? } else { library_args.look_into()? };
    let mut out = io::stdout().lock();
    if arguments.rebuild {
        library.rebuild()?;
        library.optimize()?;
        writeln!(out, "the search index was rebuilt")?;
    }
    let faults = library.check()?;
    if let Some(path) = library.path() {
        writeln!(out, "library      {}", clean_line(&path.display().to_string()))?;
    }
    let held = library.statistics()?;
    writeln!(out, "size         {:.1} MB", held.bytes as f64 / 1e6)?;
    writeln!(out, "articles     {} ({} with the file missing)", held.articles, held.gone)?;
    writeln!(out, "files        {}", held.files)?;
    writeln!(out, "quotations   {}", held.quotations)?;
    writeln!(out, "read         {}", held.read)?;
    writeln!(out, "starred      {}", held.starred)?;
    writeln!(out, "corrections  {}", held.corrections)?;
    for (id, lost) in library.all_unplaced()? {
        let headline = library.get(id)?.map_or_else(|| id.to_string(), |entry| entry.article.headline().to_owned());
        let line = format!("unplaced     {} is quoted no more in “{headline}”", lost.in_words());
        writeln!(out, "{}", clean_line(&line))?;
    }
    for fault in &faults {
        writeln!(out, "fault        {}", clean_line(fault))?;
    }
    if faults.is_empty() {
        writeln!(out, "no faults found")?;
        return Ok(Found::Something);
    }
    writeln!(
        out,
        "keep a copy of the file; pullquote doctor --rebuild rebuilds the search index and changes nothing else"
    )?;
    Ok(Found::Nothing)
}
