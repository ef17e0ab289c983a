//! `pullquote doctor`: is the library sound, and how large is it.

use std::io::{self, Write};

use clap::Args;

use super::Error;
use super::error::{Found, Outcome};
use super::library_args::LibraryArguments;
use crate::library::{self, Library};
use crate::text::{clean_line, counted};

/// What `pullquote doctor` accepts.
#[derive(Debug, Args)]
pub struct DoctorArguments {
    /// Rebuild the search index from the articles
    #[arg(long)]
    rebuild: bool,
}

/// Checks the library and prints the result; exit code 1 where only what can be rebuilt is wrong or
/// nothing is there to rebuild, 2 where the file is
/// damaged.
pub fn run(arguments: &DoctorArguments, library_args: &LibraryArguments) -> Outcome {
    examine(arguments, library_args).map_err(|error| match (error, library_args.file()) {
        (Error::Library(error), Some(path)) if error.is_damage() => Error::DamagedLibrary(path, error),
        (error, _) => error,
    })
}

fn examine(arguments: &DoctorArguments, library_args: &LibraryArguments) -> Outcome {
    let library = if arguments.rebuild { library_args.open_or_fail()? } else { library_args.look_into()? };
    let mut out = io::stdout().lock();
    if arguments.rebuild && library.is_empty()? {
        describe(&mut out, &library)?;
        writeln!(out, "there are no articles in it: nothing was rebuilt")?;
        return Ok(Found::Nothing);
    }
    if arguments.rebuild {
        library.rebuild()?;
        library.optimize()?;
        writeln!(out, "the search index was rebuilt")?;
    }
    let (of_file, of_derived) = (library.check_file()?, library.check_derived()?);
    describe(&mut out, &library)?;
    for fault in of_file.iter().chain(&of_derived) {
        writeln!(out, "fault        {}", clean_line(fault))?;
    }
    if of_file.len() + of_derived.len() == 0 {
        writeln!(out, "no faults found")?;
        return Ok(Found::Something);
    }
    if !of_file.is_empty() {
        return Err(library::Error::Damaged(counted(of_file.len(), "fault")).into());
    }
    let repair = format!("pullquote doctor --rebuild{}", library_args.typed());
    let line = format!("keep a copy of the file; {repair} rebuilds the search index and changes nothing else");
    writeln!(out, "{}", clean_line(&line))?;
    Ok(Found::Nothing)
}

fn describe(out: &mut impl Write, library: &Library) -> Result<(), Error> {
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
        let entry = library.get(id)?;
        let headline = entry.as_ref().map_or_else(|| id.to_string(), |entry| entry.article.headline().to_owned());
        let state = library.user_state();
        let is_beaten = entry.zip(state.corrections.get(&id)).is_some_and(|(entry, corrections)| {
            let mut corrected =
                entry.findings.quotations.iter().filter(|quotation| corrections.contains_key(&quotation.span.start));
            corrected.any(|quotation| entry.article.body.words(quotation.span) == lost.words)
        });
        let why = if is_beaten { "gave way to another correction of these words" } else { "is quoted no more" };
        let line = format!("unplaced     {} {why} in “{headline}”", lost.in_words());
        writeln!(out, "{}", clean_line(&line))?;
    }
    Ok(())
}
