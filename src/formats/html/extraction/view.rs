//! What of a page can be its article: what its elements say of themselves, and how much each line is worth.
//!
//! The worth of a line is in characters of prose. These signals hold for any site:
//!
//! | signal | worth |
//! | --- | --- |
//! | a sentence, not mostly linked | its characters, up to [`MOST_OF_LINE`] |
//! | inside of what is named the text of an article, or in the text that the page states for machines | a quarter more |
//! | outside of it, where that is most of the prose of the page | half, less [`OUTSIDE`] |
//! | before the headline of the page | a third |
//! | mostly linked | less than nothing, the less the longer |
//! | in furniture: what is named comments, other articles, sharing and the like | a trifle less than nothing: it is taken out |

use super::super::title::letters;
use super::line::Line;
use super::names::{self, NameReader, Signs};
use super::stated::Stated;
use super::tree::Tree;

/// The most that a line is worth.
const MOST_OF_LINE: u32 = 800;

/// What it costs to have another line of prose beside the text that is named so.
const OUTSIDE: f32 = 80.0;

/// How much of the text that a page states it must show for that to count, of 1.
const MOST_STATED: f32 = 0.6;

/// Signs of what is no part of an article.
const FURNITURE: Signs = names::COMMENTS
    | names::RELATED
    | names::SHARE
    | names::NEWSLETTER
    | names::NAVIGATION
    | names::FOOTER
    | names::ADVERTISEMENT
    | names::OVERLAY
    | names::AUTHOR
    | names::TAGS
    | names::UNSEEN;

/// Those of what may hold more prose than the article, and how much there must be beside it then, in characters.
const LONG: Signs = names::COMMENTS | names::OVERLAY | names::FOOTER | names::NEWSLETTER;
const FEWEST_BESIDE: u32 = 100;

/// Those of what never says much, and how much that is at most, in characters.
const BRIEF: Signs = names::SHARE | names::ADVERTISEMENT | names::TAGS;
const MOST_OF_BRIEF: u32 = 250;

/// What some lines have together.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sums {
    /// Characters of prose, of links, and all.
    pub prose: u32,
    pub linked: u32,
    pub chars: u32,
    /// How many lines are shown.
    pub lines: u32,
}

/// A page with what each of its elements and lines is.
#[derive(Debug)]
pub struct View<'h> {
    pub tree: Tree<'h>,
    /// What the elements say.
    pub signs: Vec<Signs>,
    /// Whether they are furniture or in it.
    pub is_furniture: Vec<bool>,
    /// What of it is in the text that the page states, where it shows most of that.
    pub stated: Option<Stated>,
    /// How much it shows of that text, of 1.
    pub share_of_stated: f32,
    /// The line that is the headline, and whether it has the words of a title of the page.
    pub headline: Option<usize>,
    pub is_headline_sure: bool,
    /// What all lines before one are worth.
    worth: Vec<f32>,
    /// What all lines before one have.
    sums: Vec<Sums>,
}

impl<'h> View<'h> {
    /// Of a page whose headline is one of `titles`, and which states `text` of its article for machines.
    pub fn of(tree: Tree<'h>, titles: &[String], text: Option<&str>) -> Self {
        let reader = NameReader::default();
        let signs = tree.elements.iter().map(|element| reader.signs(element) | of_element(&element.name)).collect();
        let stated = text.map(|text| Stated::of(&tree, text));
        let share_of_stated = stated.as_ref().map_or(0.0, |stated| stated.share);
        let mut view = Self {
            is_furniture: vec![false; tree.elements.len()],
            signs,
            stated: stated.filter(|stated| stated.share >= MOST_STATED),
            share_of_stated,
            headline: None,
            is_headline_sure: false,
            worth: Vec::new(),
            sums: sums(&tree.lines),
            tree,
        };
        view.find_headline(titles);
        view.find_furniture(FURNITURE);
        if view.is_of_comments() {
            view.find_furniture(FURNITURE & !names::COMMENTS);
        }
        view.worth = view.worths();
        view
    }

    /// What the lines inside an element have together.
    pub fn sums_in(&self, index: usize) -> Sums {
        let lines = self.tree.line_range(index);
        let (before, all) = (self.sums[lines.start], self.sums[lines.end]);
        Sums {
            prose: all.prose - before.prose,
            linked: all.linked - before.linked,
            chars: all.chars - before.chars,
            lines: all.lines - before.lines,
        }
    }

    /// What an element is worth.
    pub fn worth_in(&self, index: usize) -> f32 {
        let lines = self.tree.line_range(index);
        self.worth[lines.end] - self.worth[lines.start]
    }

    /// Whether a line is shown and stands in no furniture.
    pub fn is_open(&self, line: &Line) -> bool {
        !line.is_unseen && !self.is_furniture[line.element as usize]
    }

    /// Whether a line stands in an element of one of these names.
    pub fn is_in(&self, line: &Line, names: &[&str]) -> bool {
        /// How far around it that is.
        const FARTHEST: usize = 6;
        let mut around = self.tree.around(line.element as usize).take(FARTHEST);
        around.any(|index| names.contains(&&*self.tree.elements[index].name))
    }

    /// Whether a line is a heading.
    pub fn is_heading(&self, line: &Line) -> bool {
        self.is_in(line, &["h1", "h2", "h3", "h4", "h5", "h6"])
    }

    /// Whether an element holds the headline.
    pub fn has_headline(&self, index: usize) -> bool {
        self.headline.is_some_and(|headline| self.tree.line_range(index).contains(&headline))
    }

    /// Finds the headline: a heading of the first rank with the words of a title, else any heading with them, else the last
    /// of the first rank.
    fn find_headline(&mut self, titles: &[String]) {
        /// Longer lines are no headlines; of fewer letters, one may be in a title by chance.
        const LONGEST: u32 = 300;
        const FEWEST: usize = 8;
        let titles: Vec<_> = titles.iter().map(|title| letters(title)).filter(|title| title.len() >= FEWEST).collect();
        let is_titled = |line: &Line| {
            let words = letters(&self.tree.words(line));
            words.len() >= FEWEST && titles.iter().any(|title| title.starts_with(&words))
        };
        let may_be = |line: &Line| line.chars <= LONGEST && !line.is_unseen && self.is_heading(line);
        let headings: Vec<_> = self.tree.lines.iter().enumerate().filter(|(_, line)| may_be(line)).collect();
        let is_first = |line: &Line| self.is_in(line, &["h1"]);
        let found = headings.iter().find(|(_, line)| is_first(line) && is_titled(line));
        let found = found.or_else(|| headings.iter().find(|(_, line)| is_titled(line))).map(|(at, _)| *at);
        let last = || headings.iter().rfind(|(_, line)| is_first(line)).map(|(at, _)| *at);
        (self.headline, self.is_headline_sure) = (found.or_else(last), found.is_some());
    }

    /// Whether there is nothing on the page but what is named comments, as in a forum.
    fn is_of_comments(&self) -> bool {
        let total = self.sums.last().copied().unwrap_or_default().prose;
        let open = self.tree.lines.iter().filter(|line| self.is_open(line)).map(prose).sum::<u32>();
        open < FEWEST_BESIDE && total > FEWEST_BESIDE * 3
    }

    fn find_furniture(&mut self, furniture: Signs) {
        let total = self.sums.last().copied().unwrap_or_default().prose;
        let mut in_quotation = vec![false; self.signs.len()];
        for index in 1..self.signs.len() {
            let element = &self.tree.elements[index];
            let parent = element.parent.unwrap_or_default() as usize;
            in_quotation[index] = in_quotation[parent] || element.name == "blockquote";
            // The footer of a block quotation says whose words it has.
            let is_citation = in_quotation[index] && element.name == "footer";
            let is_named = self.signs[index] & furniture != 0 && !is_citation;
            self.is_furniture[index] = self.is_furniture[parent] || is_named && !self.is_misnamed(index, total);
        }
    }

    /// Whether an element is no furniture although it is named so: what holds the headline, or most of the prose, is none.
    fn is_misnamed(&self, index: usize, total: u32) -> bool {
        /// How much it must say beside a headline, in characters.
        const FEWEST_BELOW: u32 = 200;
        if matches!(&*self.tree.elements[index].name, "html" | "body" | "main" | "article") {
            return true;
        }
        let prose = self.sums_in(index).prose;
        let named = self.signs[index] & FURNITURE;
        let is_page = self.has_headline(index) && prose > FEWEST_BELOW;
        let is_long = named & !BRIEF == 0 && prose > MOST_OF_BRIEF;
        let is_most = if named & LONG == 0 { prose * 10 > total * 6 } else { total - prose < FEWEST_BESIDE };
        is_page || is_long || is_most
    }

    fn worths(&self) -> Vec<f32> {
        let in_body = self.inside(names::BODY);
        let is_inside = |at: usize, line: &Line| match &self.stated {
            Some(stated) => stated.has[at],
            None => in_body[line.element as usize],
        };
        let (mut inside, mut all) = (0, 0);
        for (at, line) in self.tree.lines.iter().enumerate().filter(|(_, line)| self.is_open(line)) {
            all += prose(line);
            inside += if is_inside(at, line) { prose(line) } else { 0 };
        }
        let has_body = inside * 2 > all || self.stated.is_some();
        let worth = |at: usize, line: &Line| {
            if !self.is_open(line) {
                return if line.is_unseen { 0.0 } else { -0.5 };
            }
            let (is_inside, prose) = (is_inside(at, line), prose(line) as f32);
            if prose > 0.0 {
                let prose = match (is_inside, has_body) {
                    (true, _) => prose * 1.25,
                    (false, true) if self.stated.is_some() => -OUTSIDE,
                    (false, true) => prose / 2.0 - OUTSIDE,
                    (false, false) => prose,
                };
                let is_before = self.headline.is_some_and(|headline| at < headline);
                return if is_before && prose > 0.0 { prose / 3.0 } else { prose };
            }
            if line.ends_sentence && line.words >= 3 && line.linked == 0 {
                let is_before = self.headline.is_some_and(|headline| at < headline);
                return if is_before || has_body && !is_inside { 0.0 } else { line.chars as f32 * 0.3 };
            }
            let cost = if line.is_linked() { 4.0 + line.linked.min(100) as f32 * 0.15 } else { 2.0 };
            if is_inside { cost * -0.3 } else { -cost }
        };
        let mut sum = 0.0;
        let worths = self.tree.lines.iter().enumerate().map(|(at, line)| {
            sum += worth(at, line);
            sum
        });
        std::iter::once(0.0).chain(worths).collect()
    }

    /// Of each element whether it or one around it has one of these signs.
    fn inside(&self, signs: Signs) -> Vec<bool> {
        let mut inside = vec![false; self.signs.len()];
        for index in 1..inside.len() {
            let parent = self.tree.elements[index].parent.unwrap_or_default() as usize;
            inside[index] = inside[parent] || self.signs[index] & signs != 0;
        }
        inside
    }
}

/// What the name of an element of HTML says.
fn of_element(name: &str) -> Signs {
    match name {
        "nav" => names::NAVIGATION,
        "footer" => names::FOOTER,
        "aside" => names::BESIDE,
        "article" => names::ARTICLE,
        "main" => names::CONTENT,
        "figcaption" | "caption" => names::CAPTION,
        "address" | "time" => names::META,
        _ => 0,
    }
}

/// How many characters of prose a line has: of sentences that do not lead elsewhere.
pub fn prose(line: &Line) -> u32 {
    let free = line.free();
    let is_sentence = free >= 50 && (line.sentences > 0 || line.commas > 1) || free >= 120;
    if is_sentence && !line.is_linked() { free.min(MOST_OF_LINE) } else { 0 }
}

/// What all lines before each have together, and last of all what all have.
fn sums(lines: &[Line]) -> Vec<Sums> {
    let mut all = Sums::default();
    let mut sums = vec![all];
    for line in lines {
        if !line.is_unseen {
            all.prose += prose(line);
            all.linked += line.linked;
            all.chars += line.chars;
            all.lines += 1;
        }
        sums.push(all);
    }
    sums
}
