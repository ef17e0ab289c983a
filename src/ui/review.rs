//! What is to be checked: a quotation among the words around it, its speaker, and who else could have spoken it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::pieces::{percent, put, put_message};
use super::signs::of_article;
use super::{Theme, choices};
use crate::app::{App, ClippingsAreas, Command, DateForms, Layer, Notice, Reader, Review};
use crate::keymap::Keymap;
use crate::layout::wrap;
use crate::quotes::{Alternative, Certainty, DOUBTFUL_BELOW, Quotation};
use crate::text::{Span as TextSpan, cells, shorten};

/// How wide the bar of what is certain is, in cells.
const BAR: usize = 20;

/// Draws the statement that is to be checked.
pub fn draw(app: &App, view: &Review, keymap: &Keymap, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let area = ClippingsAreas::of(area).rows;
    if view.selected().is_none() {
        if view.has_lost_selected() && view.total() > 0 {
            let words = "What was to be checked here is not listed any more";
            let next = keymap.line(Layer::Review, &Notice::new("").hint(Command::Next, "goes on"));
            return put_message(words, &next, area, theme, buffer);
        }
        let words = if view.is_running() {
            "Looking for what to check…".to_owned()
        } else if app.progress().running {
            "Nothing to check so far: articles are still being read".to_owned()
        } else {
            format!("Nothing to check: every attribution here is {} or surer", percent(DOUBTFUL_BELOW))
        };
        let next = keymap.line(Layer::Review, &Notice::new("").hint(Command::Back, "goes back"));
        return put_message(&words, &next, area, theme, buffer);
    }
    let Some(shown) = app.reviewed().and_then(|reader| Shown::of(reader, view)) else {
        return put(buffer, area, 0, Line::styled("Opening…", theme.dim));
    };
    let (width, height) = (usize::from(area.width), usize::from(area.height));
    let about = shown.about(width, theme);
    let context = shown.context_rows(width);
    let listed = shown.candidates(keymap, width, theme);
    let is_roomy = 2 + context.len() + 1 + about.len() + 1 + listed.len() <= height;
    let candidates = if is_roomy { listed } else { shown.packed_candidates(keymap, width, theme) };
    // Blanks go first when it gets low.
    let gaps = usize::from(height >= 12);
    let room = height.saturating_sub(1 + about.len() + candidates.len() + 3 * gaps).max(1);
    let mut row = 0;
    put(buffer, area, row, shown.source(width, app.dates(), theme));
    row += 1 + gaps as isize;
    let mark = Rect { x: area.x - 2, width: 1, ..area };
    for (line, is_quoted) in shown.context(&context, room, theme) {
        if is_quoted {
            put(buffer, mark, row, Line::styled("▌", theme.accent));
        }
        put(buffer, area, row, line);
        row += 1;
    }
    row += gaps as isize;
    for line in about {
        put(buffer, area, row, line);
        row += 1;
    }
    row += gaps as isize;
    for line in candidates {
        put(buffer, area, row, line);
        row += 1;
    }
}

/// The statement that is shown.
struct Shown<'a> {
    reader: &'a Reader,
    view: &'a Review,
    /// Its quotations.
    runs: Vec<&'a Quotation>,
    /// That of them whose speaker is least certain.
    quotation: &'a Quotation,
    certainty: Certainty,
    /// Where it stands with the words around it.
    context: TextSpan,
}

impl<'a> Shown<'a> {
    fn of(reader: &'a Reader, view: &'a Review) -> Option<Self> {
        let findings = &reader.findings;
        let runs: Vec<usize> = reader.runs(reader.current()?).collect();
        Some(Self {
            reader,
            view,
            quotation: reader.least_certain()?,
            certainty: findings.certainty_of(&runs),
            context: findings.context_span(&reader.article.body, &runs)?,
            runs: runs.iter().filter_map(|&run| findings.quotations.get(run)).collect(),
        })
    }

    /// The headline, and publisher and date behind it as far as there is room.
    fn source(&self, width: usize, dates: &DateForms, theme: &Theme) -> Line<'static> {
        let article = &self.reader.article;
        let day = article.dates.day().map(|day| dates.day(day, "%-d %B %Y"));
        let mut behind: Vec<String> = [article.publisher.clone(), day].into_iter().flatten().collect();
        let taken = |behind: &[String]| behind.iter().map(|part| cells(part) + 3).sum::<usize>();
        while !behind.is_empty() && taken(&behind) + 20 > width {
            behind.remove(0);
        }
        let headline = shorten(article.headline(), width.saturating_sub(taken(&behind)));
        let behind: String = behind.iter().flat_map(|part| [" · ", part.as_str()]).collect();
        Line::from(vec![Span::styled(headline, of_article(theme.headline)), Span::styled(behind, theme.dim)])
    }

    /// The rows of the words, in bytes of the text.
    fn context_rows(&self, width: usize) -> Vec<TextSpan> {
        let (text, mut start) = (self.context.of(self.reader.article.body.text()), self.context.start);
        let mut rows = Vec::new();
        for line in text.split('\n') {
            rows.extend(wrap(line, width).into_iter().map(|span| span.shifted(start)));
            start += line.len() + 1;
        }
        rows
    }

    /// So many of the rows, and whether quoted words stand in each. What stands before the quotation goes first, then the end.
    fn context(&self, rows: &[TextSpan], room: usize, theme: &Theme) -> Vec<(Line<'static>, bool)> {
        let quoted =
            |row: &TextSpan| self.runs.iter().any(|run| run.outer.start < row.end && row.start < run.outer.end);
        let first = rows.iter().position(quoted).unwrap_or(0);
        let from = first.min(rows.len().saturating_sub(room));
        let shown = &rows[from..rows.len().min(from + room)];
        let mut lines: Vec<_> = shown.iter().map(|row| (self.line(*row, theme), quoted(row))).collect();
        if from + shown.len() < rows.len()
            && let Some((last, _)) = lines.last_mut()
        {
            last.push_span(Span::styled(" …", theme.dim));
        }
        lines
    }

    /// A row in which the quoted words stand out.
    fn line(&self, row: TextSpan, theme: &Theme) -> Line<'static> {
        let text = self.reader.article.body.text();
        let (mut pieces, mut done) = (Vec::new(), row.start);
        let mut push = |end: usize, style: Style| {
            if let Some(words) = text.get(done..end).filter(|words| !words.is_empty()) {
                pieces.push(Span::styled(words.to_owned(), of_article(style)));
                done = end;
            }
        };
        for run in &self.runs {
            let (start, end) = (run.outer.start.clamp(row.start, row.end), run.outer.end.clamp(row.start, row.end));
            push(start, theme.dim);
            push(end, theme.current(choices::style_of(self.reader, run, theme), run.certainty()));
        }
        push(row.end, theme.dim);
        Line::from(pieces)
    }

    /// Who speaks it, how sure that is, and why.
    fn about(&self, width: usize, theme: &Theme) -> Vec<Line<'static>> {
        let speaker = self.reader.findings.speaker_of(self.quotation);
        let name = speaker.map_or("nobody", |speaker| speaker.name.as_str());
        let style = self.style_of(speaker.map(|speaker| speaker.name.as_str()), theme).add_modifier(Modifier::BOLD);
        let sure = match self.certainty {
            Certainty::Corrected => String::new(),
            _ => format!("  {}", percent(self.quotation.confidence)),
        };
        let name = shorten(&self.certainty.signed(name), width.saturating_sub(cells(&sure)));
        let room = width.saturating_sub(cells(&name) + cells(&sure) + 3);
        let role = speaker.and_then(|speaker| speaker.role.as_ref()).filter(|_| room >= 8);
        let role = role.map_or_else(String::new, |role| format!(" · {}", shorten(role, room)));
        let mut lines = vec![Line::from(vec![
            Span::styled(name, theme.trusted(style, self.certainty)),
            Span::styled(sure, theme.text),
            Span::styled(role, theme.dim),
        ])];
        if let Some(reporter) = self.quotation.reporter() {
            lines.push(Line::styled(shorten(&format!("as told by {reporter}"), width), theme.dim));
        }
        let reason = self.quotation.reason.to_string();
        let rows = wrap(&reason, width);
        let [first, rest @ ..] = rows.as_slice() else { return lines };
        lines.push(Line::styled(first.of(&reason).to_owned(), theme.dim));
        if let Some(second) = rest.first() {
            lines.push(Line::styled(shorten(&reason[second.start..], width), theme.dim));
        }
        lines
    }

    /// The style of a name: that of the speaker, if they speak in the article.
    fn style_of(&self, name: Option<&str>, theme: &Theme) -> Style {
        let Some(name) = name else { return theme.dim };
        let known = self.reader.findings.speakers.iter().position(|speaker| speaker.name == name);
        let colours = theme.colours(self.reader.colour_keys());
        let colour = known.and_then(|at| colours.get(at));
        colour.map_or(theme.text, |&colour| theme.speaker(colour, Certainty::Likely))
    }

    fn is_present(&self, candidate: &Alternative) -> bool {
        let present = self.reader.findings.speaker_of(self.quotation).map(|speaker| &speaker.name);
        candidate.speaker.as_ref() == present
    }

    /// The candidates with the keys that choose them.
    fn numbered(&self, keymap: &Keymap) -> impl Iterator<Item = (String, &'a Alternative)> {
        let key = |number| keymap.first_key(Layer::Review, Command::Choose(number)).map(ToString::to_string);
        (1..).map(key).map(Option::unwrap_or_default).zip(self.view.candidates())
    }

    fn name_style(&self, candidate: &Alternative, theme: &Theme) -> Style {
        let style = self.style_of(candidate.speaker.as_deref(), theme);
        if self.is_present(candidate) { style.add_modifier(Modifier::BOLD) } else { style }
    }

    /// "+3 more · c all speakers".
    fn others(&self, keymap: &Keymap) -> Option<String> {
        let notice = Notice::new(format!("+{} more", self.view.others())).hint(Command::Correct, "all speakers");
        (self.view.others() > 0).then(|| keymap.line(Layer::Review, &notice))
    }

    /// A row for each candidate.
    fn candidates(&self, keymap: &Keymap, width: usize, theme: &Theme) -> Vec<Line<'static>> {
        let names = self.view.candidates().iter().map(|one| cells(name(one)));
        let widest = names.max().unwrap_or(0).min(width.saturating_sub(BAR + 12).max(10));
        let line = |(key, candidate): (String, &Alternative)| {
            let shown = shorten(name(candidate), widest);
            let blank = " ".repeat(widest.saturating_sub(cells(&shown)));
            let filled = (candidate.probability * BAR as f32).round() as usize;
            Line::from(vec![
                Span::styled(format!("{key:>2} "), theme.accent),
                Span::styled(shown, self.name_style(candidate, theme)),
                Span::styled(format!("{blank}  {:>5}  ", percent(candidate.probability)), theme.dim),
                Span::styled("━".repeat(filled.min(BAR)), theme.rule),
            ])
        };
        let mut lines: Vec<_> = self.numbered(keymap).map(line).collect();
        lines.extend(self.others(keymap).map(|words| Line::styled(format!("   {words}"), theme.dim)));
        lines
    }

    /// The same, as many in a row as there is room for.
    fn packed_candidates(&self, keymap: &Keymap, width: usize, theme: &Theme) -> Vec<Line<'static>> {
        /// The most rows.
        const ROWS: usize = 5;
        let mut lines: Vec<Line<'static>> = Vec::new();
        let mut add = |pieces: Vec<Span<'static>>| {
            let needed = pieces.iter().map(Span::width).sum::<usize>();
            match lines.last_mut().filter(|line| line.width() + 2 + needed <= width) {
                Some(line) => {
                    line.push_span(Span::raw("  "));
                    line.extend(pieces);
                }
                None => lines.push(Line::from(pieces)),
            }
        };
        for (key, candidate) in self.numbered(keymap) {
            let sure = format!(" {}", percent(candidate.probability));
            let shown = shorten(name(candidate), width.saturating_sub(cells(&key) + 1 + cells(&sure)));
            add(vec![
                Span::styled(format!("{key} "), theme.accent),
                Span::styled(shown, self.name_style(candidate, theme)),
                Span::styled(sure, theme.dim),
            ]);
        }
        if let Some(words) = self.others(keymap) {
            add(vec![Span::styled(words, theme.dim)]);
        }
        lines.truncate(ROWS);
        lines
    }
}

/// How a candidate is called.
fn name(candidate: &Alternative) -> &str {
    candidate.speaker.as_deref().unwrap_or("nobody")
}
