//! What stands at the start of the lines of paragraphs in lists and block quotations, as Markdown has it: "> ", "- ", "3. ".

use crate::article::{Container, Marker, Nesting, Paragraph, ParagraphKind};

/// The containers that are open after a paragraph.
#[derive(Debug, Default)]
pub struct LineStarts {
    open: Vec<Open>,
}

#[derive(Debug, Clone)]
struct Open {
    container: Container,
    /// What stands before each line in it but the first.
    rest: String,
    /// Of a list its last item: its number, and what stands behind that.
    item: Option<(Option<i32>, char)>,
}

/// What stands before the lines of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineStart {
    /// Before its first line.
    pub first: String,
    /// Before its others.
    pub rest: String,
    /// Before what stands between it and the paragraph above.
    pub above: String,
    /// Whether it may follow an item of a list without a blank line between.
    pub may_follow: bool,
}

/// What a paragraph stands in. Libraries of before know only that something is an item or a quotation.
fn standing(paragraph: &Paragraph) -> (Nesting, Option<Marker>) {
    let shape = paragraph.shape;
    match paragraph.kind {
        _ if shape.nesting.depth() > 0 => (shape.nesting, shape.marker),
        ParagraphKind::ListItem => (Nesting::default().within(Container::List), Some(Marker::Bullet)),
        ParagraphKind::BlockQuotation | ParagraphKind::Citation => {
            (Nesting::default().within(Container::Quotation), None)
        }
        _ => (Nesting::default(), None),
    }
}

impl LineStarts {
    /// What stands before the lines of the next paragraph.
    pub fn next(&mut self, paragraph: &Paragraph) -> LineStart {
        let (nesting, marker) = standing(paragraph);
        let innermost = nesting.innermost_list();
        // An item ends the one before.
        let most = marker.and(innermost).unwrap_or(nesting.depth());
        let open = self.open.iter().zip(nesting.iter()).take(most);
        let shared = open.take_while(|(open, container)| open.container == *container).count();
        let before = self.open.get(shared).filter(|open| open.container == Container::List).and_then(|open| open.item);
        self.open.truncate(shared);
        let above: String = self.open.iter().map(|open| open.rest.as_str()).collect();
        let (mut first, mut may_follow) = (above.clone(), false);
        for (level, container) in nesting.iter().enumerate().skip(shared) {
            if container == Container::Quotation {
                first.push_str("> ");
                self.open.push(Open { container, rest: "> ".to_owned(), item: None });
                continue;
            }
            let marker = if Some(level) == innermost { marker } else { Some(Marker::Bullet) };
            // Words beside the items of a list belong to none of them.
            let Some(marker) = marker else { break };
            let before = before.filter(|_| level == shared);
            let (sign, item) = sign(marker, before);
            let is_in_item = self.open.last().is_some_and(|open| open.container == Container::List);
            may_follow = level == shared && may_follow_item(item, before, is_in_item);
            first.push_str(&sign);
            self.open.push(Open { container, rest: " ".repeat(sign.len()), item: Some(item) });
        }
        let rest = self.open.iter().map(|open| open.rest.as_str()).collect();
        LineStart { first, rest, above, may_follow: may_follow && self.open.len() == shared + 1 }
    }
}

/// Whether an item goes on with the list of the one before it, or begins a list inside of an item.
fn may_follow_item(item: (Option<i32>, char), before: Option<(Option<i32>, char)>, is_in_item: bool) -> bool {
    match before {
        Some(before) => before.1 == item.1,
        // Markdown takes other numbers for the start of a line of prose.
        None => is_in_item && item.0.is_none_or(|number| number == 1),
    }
}

/// The sign of an item, behind one of the same place: a number that does not follow begins another list.
fn sign(marker: Marker, before: Option<(Option<i32>, char)>) -> (String, (Option<i32>, char)) {
    /// Larger numbers begin no item.
    const LARGEST: i32 = 999_999_999;
    match marker {
        // Letters and Roman numerals become numbers: Markdown has no others.
        Marker::Number(number, _) if (0..=LARGEST).contains(&number) => {
            let point = match before {
                Some((Some(last), point)) if last.checked_add(1) == Some(number) => point,
                Some((Some(_), '.')) => ')',
                _ => '.',
            };
            (format!("{number}{point} "), (Some(number), point))
        }
        _ => ("- ".to_owned(), (None, '-')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{BodyBuilder, Numerals, Shape};

    #[test]
    fn lines_start_as_markdown_has_it() {
        use Container::{List, Quotation};
        let number = |number| Some(Marker::Number(number, Numerals::Decimal));
        let mut starts = LineStarts::default();
        for (nesting, marker, first, rest, above) in [
            (&[List][..], number(9), "9. ", "   ", ""),
            (&[List], number(10), "10. ", "    ", ""),
            (&[List, List], Some(Marker::Bullet), "    - ", "      ", "    "),
            (&[List], None, "    ", "    ", "    "),
            (&[List], number(4), "4) ", "   ", ""),
            (&[List, Quotation], None, "   > ", "   > ", "   "),
            (&[List, Quotation], number(5), "5) > ", "   > ", ""),
            (&[Quotation, Quotation], None, "> > ", "> > ", ""),
            (&[Quotation, List, List], Some(Marker::Bullet), "> - - ", ">     ", "> "),
            (&[Quotation], None, "> ", "> ", "> "),
            (&[], None, "", "", ""),
            (&[List], None, "", "", ""),
        ] {
            let nesting = nesting.iter().fold(Nesting::default(), |nesting, container| nesting.within(*container));
            let mut builder = BodyBuilder::new("H");
            let shape = Shape { nesting, marker, ..Shape::default() };
            builder.push_shaped(ParagraphKind::Prose, shape, "", "x");
            let start = starts.next(&builder.build().paragraphs()[1]);
            assert_eq!((&*start.first, &*start.rest, &*start.above), (first, rest, above));
        }
    }
}
