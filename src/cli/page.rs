//! `pullquote page`: the article of a web page, or how it is found there.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::config::WhichConfig;
use super::error::{Error, Found, Outcome, show_message};
use super::output::{OF_AN_ARTICLE, one_of, standard, terminal_width};
use crate::export::{Format, Frame};
use crate::fetch::Logins;
use crate::formats::{Candidate, Explanation, LeftOut, PageExplanation, TextSource};
use crate::ingest::{InputSource, explain_page, is_address};
use crate::quotes;
use crate::text::{clean_line, counted};

/// What stands under `pullquote page --help`.
const EXAMPLES: &str = "\
Examples:
  pullquote page https://coast.example/bridge            the article, without keeping it
  pullquote page --format md saved.html > bridge.md
  pullquote page --explain https://coast.example/bridge  which elements could hold it, and what was left out

Where the wrong text is taken, a rule for the site helps (config.toml):
  [[site]]
  match = \"coast.example\"
  article = \"main .story\"
  remove = [\".promo\"]
  title = \"h1\"

Exit codes: 0 success, 1 no article, 2 error.";

/// What `pullquote page` accepts.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct PageArguments {
    /// The address of a page, a file, or - for standard input
    #[arg(value_name = "URL|FILE")]
    page: PathBuf,
    /// Say how the article is found: which elements could hold it, what speaks for each, what was left out and why
    #[arg(long)]
    explain: bool,
    /// Output format
    #[arg(long, short, value_name = "FORMAT", value_parser = one_of(OF_AN_ARTICLE), default_value = "text", conflicts_with = "explain")]
    format: Format,
}

/// Writes the article of a page to standard output, or how it is found.
pub fn run(arguments: &PageArguments, which: &WhichConfig) -> Outcome {
    super::signals::end_programs_with_us()?;
    let config = which.config()?;
    let rules = config.input_rules();
    let logins = Logins::new(config.logins);
    let page = match &arguments.page {
        input if input == Path::new("-") => InputSource::Input,
        address if is_address(address) => InputSource::Web(address.to_string_lossy().into_owned(), logins),
        file => InputSource::File(file.clone()),
    };
    let mut output = standard(Frame::NONE);
    if arguments.explain {
        let explanation = explain_page(page, &rules).map_err(|why| Error::Page(why.to_string()))?;
        output.try_write(&explained(&explanation))?;
        output.finish()?;
        return Ok(if explanation.error.is_none() { Found::Something } else { Found::Nothing });
    }
    let mut read = None;
    page.read(&rules, &mut |article| {
        read = Some(article);
        std::ops::ControlFlow::Break(())
    });
    match read {
        Some(Ok(article)) => {
            let findings = quotes::find(&article.body);
            output.try_write(&arguments.format.article(&article, &findings, &[], terminal_width()))?;
            output.finish()?;
            Ok(Found::Something)
        }
        Some(Err(why)) => {
            show_message(&why.to_string());
            Ok(Found::Nothing)
        }
        None => Ok(Found::Nothing),
    }
}

/// How an article is found, in lines.
fn explained(page: &PageExplanation) -> String {
    let mut out = String::new();
    match &page.rule {
        Some((rule, selected)) => {
            let _ = writeln!(out, "Rule for {}", rule.site());
            if let Some(article) = &rule.article {
                row(&mut out, "article", article.written(), selected.articles);
            }
            for (selector, found) in rule.remove.iter().zip(&selected.removed) {
                row(&mut out, "remove", selector.written(), *found);
            }
            if let Some(title) = &rule.title {
                let words = selected.headline.as_deref().unwrap_or("finds no words");
                let _ = writeln!(out, "  title {}: {words}", clean_line(title.written()));
            }
        }
        None => out += "No rule ([[site]]) is for this page\n",
    }
    if let Some(found) = &page.found {
        found_in(&mut out, found);
    }
    out += match page.source {
        TextSource::Rule => "\nThe text is that of the elements that the rule names\n",
        TextSource::Stated => {
            "\nThe text is the one that the page states for machines (JSON-LD): it shows less, or something else\n"
        }
        TextSource::Shown => "\nThe text is the one that the page shows\n",
    };
    if let Some(why) = &page.error {
        let _ = writeln!(out, "It {why}");
    }
    out
}

/// How many elements a selector finds.
fn row(out: &mut String, part: &str, selector: &str, found: usize) {
    let _ = writeln!(out, "  {part} {}: finds {}", clean_line(selector), counted(found, "element"));
}

fn found_in(out: &mut String, found: &Explanation) {
    if let Some(headline) = &found.headline {
        let _ = writeln!(out, "Headline on the page: {headline}");
    }
    if found.share_of_stated > 0.0 {
        let _ =
            writeln!(out, "It shows {:.0} % of the text that it states for machines", found.share_of_stated * 100.0);
    }
    *out += "\nElements that could hold the article, by what their lines are worth together\n";
    for candidate in &found.candidates {
        candidate_row(out, candidate);
    }
    let leads = if found.leads > 0 { format!(", {} of them a lead before it", found.leads) } else { String::new() };
    let captions =
        if found.captions > 0 { format!(" · {}", counted(found.captions, "caption")) } else { String::new() };
    let _ = writeln!(out, "\nKept: {}{leads}{captions}", counted(found.kept, "line"));
    if !found.left_out.is_empty() {
        *out += "Left out of it\n";
    }
    for LeftOut { why, lines, words, selector } in &found.left_out {
        let more = if *lines > 1 { format!(" and {} more", counted(lines - 1, "line")) } else { String::new() };
        let _ = writeln!(out, "  {why}: “{words}”{more} ({selector})");
    }
}

fn candidate_row(out: &mut String, candidate: &Candidate) {
    let Candidate { selector, worth, prose, linked, lines, signs, chosen } = candidate;
    let mark = if chosen.is_some() { "▸" } else { " " };
    let _ = writeln!(out, "{mark} {worth:>7.0}  {selector}");
    let mut says = vec![
        counted(*lines as usize, "line"),
        format!("{} of prose", counted(*prose as usize, "character")),
        format!("{linked} in links"),
    ];
    says.extend(signs.iter().map(|sign| (*sign).to_owned()));
    let _ = writeln!(out, "           {}", says.join(" · "));
    if let Some(why) = chosen {
        let _ = writeln!(out, "           chosen: {why}");
    }
}
