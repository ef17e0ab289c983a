//! Articles that take the place of others in a file that is read again, edited or by another version of the formats; what
//! was refused of it, and what an export from before says of them.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::SystemTime;

use assert_cmd::cargo::cargo_bin;
use pullquote::article::ArticleId;
use pullquote::library::{Library, Scope, Written};
use pullquote::quotes::SpeakerCorrection;
use pullquote::user::{UserAction, UserWrite};
use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

use crate::ran::Ran;
use crate::user_actions::{redo, removed, starred, tagged, undo};

/// A library, and a file beside it.
struct Fixture {
    folder: TempDir,
    name: &'static str,
}

impl Fixture {
    /// With a file of this name and text that was read.
    fn new(name: &'static str, text: &str) -> Self {
        let fixture = Self { folder: TempDir::new().unwrap(), name };
        fixture.edit(text);
        fixture
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join(self.name)
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = Command::new(cargo_bin("pullquote"));
        command.args(arguments).args(["--library", "library.sqlite3"]).current_dir(self.folder.path());
        Ran::from(command.stdin(Stdio::null()).output().unwrap())
    }

    fn read(&self) {
        assert!(self.run(&["add", self.name]).code.is_some_and(|code| code < 2));
    }

    /// Gives the file another text, and reads it.
    fn edit(&self, text: &str) {
        fs::write(self.file(), text).unwrap();
        self.read();
    }

    /// Reads this text as if the file had had it before, and another version of the formats had read the other one out of
    /// it.
    fn upgrade(&self, text: &str) {
        fs::write(self.file(), text).unwrap();
        let written = fs::metadata(self.file()).unwrap();
        let modified = written.modified().unwrap().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_nanos() as i64;
        let connection = Connection::open(self.folder.path().join("library.sqlite3")).unwrap();
        let sql = "UPDATE files SET size = ?1, modified = ?2, reader = CASE reader WHEN 0 THEN 0 ELSE 2 END";
        assert_eq!(connection.execute(sql, (written.len() as i64, modified)).unwrap(), 1);
        drop(connection);
        self.read();
    }

    fn library(&self) -> Library {
        Library::open(&self.folder.path().join("library.sqlite3")).unwrap()
    }

    /// The article that stands last among those with this headline.
    fn id(&self, headline: &str) -> ArticleId {
        self.all().into_iter().rfind(|(title, ..)| title == headline).unwrap().1
    }

    fn all(&self) -> Vec<(String, ArticleId, bool)> {
        let mut all = Vec::new();
        let mut take = |headlines: Vec<pullquote::catalog::Headline>| {
            all.extend(headlines.into_iter().map(|it| (it.title.to_string(), it.id, it.is_gone)));
            std::ops::ControlFlow::Continue(())
        };
        self.library().headlines(&Scope::Whole, &mut take).unwrap();
        all
    }

    /// What is in the library, a line each in the order of the alphabet: `*` for a star, `D` for what was removed, `-`
    /// for what the file holds no more; and the first words that are quoted.
    fn listed(&self) -> Vec<String> {
        let library = self.library();
        assert_eq!(library.check().unwrap(), [""; 0]);
        let line = |(title, id, is_gone): (String, ArticleId, bool)| {
            let flags = library.user_state().flags(id);
            let signs = [(flags.starred, "*"), (flags.removed, "D"), (is_gone, "-")];
            let signs: String = signs.into_iter().filter(|(is_so, _)| *is_so).map(|(_, sign)| sign).collect();
            let entry = library.get(id).unwrap().unwrap();
            let text = entry.article.body.text();
            let quoted = text.split(['“', '”']).nth(1).unwrap_or_default().trim_end_matches(',');
            format!("{title}{signs}: {quoted}")
        };
        let mut lines: Vec<_> = self.all().into_iter().map(line).collect();
        lines.sort();
        lines
    }

    fn star(&self, headline: &str) {
        self.library().note(&[starred(self.id(headline), true)]).unwrap();
    }

    fn remove(&self, headline: &str) {
        self.library().note(&[removed(self.id(headline), true)]).unwrap();
    }

    fn export(&self) -> String {
        self.run(&["export"]).out
    }
}

const REFUSED: &str = "{\"title\": \n";

/// A record, a line; its text quotes Ann Holt.
fn record(title: &str, words: &str) -> String {
    format!("{{\"title\":\"{title}\",\"text\":\"“{words},” said Ann Holt.\"}}\n")
}

/// A feed of these entries; an empty headline stands for one that is refused.
fn feed(entries: &[(&str, &str)]) -> String {
    let entry = |(title, words): &(&str, &str)| {
        if title.is_empty() {
            return "<item></item>".to_owned();
        }
        format!("<item><title>{title}</title><description>{words}</description></item>")
    };
    let entries: String = entries.iter().map(entry).collect();
    format!("<rss version=\"2.0\"><channel><title>Coast</title>{entries}</channel></rss>")
}

const CAPTION: (&str, &str) = ("Weir", "“Cap on the water,” said Bo Lund of the picture that was long enough to win.");
const TEXT: (&str, &str) = ("Weir", "“No,” said Mara Deniz.");
const BARN: (&str, &str) = ("Barn", "“It is sold,” said Ida Voss.");

#[test]
fn entry_of_a_part_of_a_file_is_followed_by_its_headline_however_it_reads_now() {
    for entries in [vec![CAPTION, ("", ""), BARN], vec![("", ""), CAPTION], vec![BARN, ("", ""), CAPTION]] {
        let fixture = Fixture::new("coast.xml", &feed(&entries));
        fixture.star("Weir");
        let now: Vec<_> = entries.iter().map(|entry| if *entry == CAPTION { TEXT } else { *entry }).collect();
        fixture.upgrade(&feed(&now));
        let barn = entries.contains(&BARN).then(|| "Barn: It is sold".to_owned());
        let listed: Vec<_> = barn.into_iter().chain(["Weir*: No".to_owned()]).collect();
        assert_eq!(fixture.listed(), listed, "{entries:?}");
        fixture.read();
        assert_eq!(fixture.listed(), listed, "{entries:?}");
    }
}

#[test]
fn removed_entry_of_a_part_of_a_file_stays_removed() {
    let fixture = Fixture::new("coast.xml", &feed(&[CAPTION, ("", ""), BARN]));
    fixture.remove("Weir");
    fixture.upgrade(&feed(&[TEXT, ("", ""), BARN]));
    assert_eq!(fixture.listed(), ["Barn: It is sold", "WeirD: No"]);
}

#[test]
fn place_decides_where_the_headline_changed_too() {
    let old = [record("A1 Mil", "It was"), REFUSED.to_owned(), record("A2 Mil", "It was")].concat();
    let new = [record("A1 Miloš", "Ça a été"), REFUSED.to_owned(), record("A2 Miloš", "Ça a été")].concat();
    let fixture = Fixture::new("r.jsonl", &old);
    fixture.star("A2 Mil");
    fixture.upgrade(&new);
    assert_eq!(fixture.listed(), ["A1 Miloš: Ça a été", "A2 Miloš*: Ça a été"]);
}

#[test]
fn refused_record_is_not_taken_over_by_its_neighbour() {
    let (tram, ferry, well) =
        (record("Tram", "It rings"), record("Ferry", "No boat today"), record("Well", "It is dry"));
    // By another reader, which refuses the one and reads what was refused.
    for (old, new, left) in [
        ([&tram, REFUSED].concat(), [REFUSED, &ferry].concat(), vec!["Ferry: No boat today", "Tram*: It rings"]),
        (
            [&tram, REFUSED, &well].concat(),
            [REFUSED, &ferry, &well].concat(),
            vec!["Ferry: No boat today", "Tram*: It rings", "Well: It is dry"],
        ),
        // Headlines that stand elsewhere now say that places moved.
        (
            [&tram, &ferry, REFUSED].concat(),
            [REFUSED, &record("Ferry", "Full"), &well].concat(),
            vec!["Ferry: Full", "Tram*: It rings", "Well: It is dry"],
        ),
    ] {
        let fixture = Fixture::new("r.jsonl", &old);
        fixture.star("Tram");
        fixture.upgrade(&new);
        assert_eq!(fixture.listed(), left, "by another reader: {new}");
        let fixture = Fixture::new("r.jsonl", &old);
        fixture.star("Tram");
        fixture.edit(&new);
        assert_eq!(fixture.listed(), left, "edited: {new}");
    }
    // Short records that differ by their headlines alone.
    let same = [record("Tram", "Fine"), record("Well", "Fine"), record("Barn", "Fine")];
    let fixture = Fixture::new("r.jsonl", &[same[0].as_str(), &same[1]].concat());
    fixture.star("Tram");
    fixture.edit(&[REFUSED, &same[1], &same[2]].concat());
    assert_eq!(fixture.listed(), ["Barn: Fine", "Tram*: Fine", "Well: Fine"]);
    // In a file that was whole.
    let fixture = Fixture::new("r.jsonl", &tram);
    fixture.star("Tram");
    fixture.edit(&[REFUSED, &ferry].concat());
    assert_eq!(fixture.listed(), ["Ferry: No boat today", "Tram*: It rings"]);
    // Once the record is mended it is itself again.
    fixture.edit(&[tram.as_str(), &ferry].concat());
    assert_eq!(fixture.listed(), ["Ferry: No boat today", "Tram*: It rings"]);
}

#[test]
fn edited_record_of_a_part_of_a_file_replaces_the_old_one_at_once() {
    let well = record("Well", "It is dry");
    let long = "It rings at six, and at seven, and every hour until the last of the boats is in";
    for (old, new, words) in [
        // Alike.
        (record("Tram", long), record("Tram Rings", &long.replace("six", "five")), "Tram Rings"),
        // Known by the headline, and the neighbour.
        (record("Tram", "It rings"), record("Tram", "Nobody heard a bell tonight"), "Tram"),
    ] {
        for is_starred in [false, true] {
            let fixture = Fixture::new("r.jsonl", &[&old, REFUSED, &well].concat());
            if is_starred {
                fixture.star("Tram");
            }
            fixture.edit(&[&new, REFUSED, &well].concat());
            let listed = fixture.listed();
            assert_eq!(listed.len(), 2, "{listed:?}");
            let sign = if is_starred { "*" } else { "" };
            assert!(listed[0].starts_with(&format!("{words}{sign}: ")), "{listed:?}");
        }
    }
}

#[test]
fn other_article_of_the_same_headline_takes_no_star() {
    // All is new: a file that is written anew each day.
    let day = |weather: &str, sports: &str| [record("Weather", weather), record("Sports", sports)].concat();
    let fixture = Fixture::new("r.jsonl", &(day("Rain is on its way", "We won") + REFUSED));
    fixture.star("Weather");
    fixture.edit(&(day("Sun all over", "They lost a match") + REFUSED));
    let listed = ["Sports: They lost a match", "Weather*-: Rain is on its way", "Weather: Sun all over"];
    assert_eq!(fixture.listed(), listed);
    // Dates tell two of them apart, beside whatever they stand.
    let dated =
        |day: u32, words: &str| record("Weather", words).replacen('{', &format!("{{\"date\":\"2026-03-{day}\","), 1);
    let well = record("Well", "It is dry");
    let fixture = Fixture::new("r.jsonl", &[&dated(14, "Rain is on its way"), REFUSED, &well].concat());
    fixture.star("Weather");
    fixture.edit(&[&dated(15, "Sun all over"), REFUSED, &well].concat());
    let listed = ["Weather*-: Rain is on its way", "Weather: Sun all over", "Well: It is dry"];
    assert_eq!(fixture.listed(), listed);
}

#[test]
fn replaced_article_is_not_exported_as_a_second_one() {
    let fixture =
        Fixture::new("r.jsonl", &(record("Tram", "It rings at six and at seven") + &record("Well", "It is dry")));
    let tram = fixture.id("Tram");
    fixture.library().note(&[starred(tram, true), tagged(tram, "rail", true)]).unwrap();
    let before = fixture.export();
    fixture.edit(&(record("Tram", "It rings at five and at seven") + &record("Well", "It is dry")));
    let now = fixture.export();
    let lines: Vec<Value> = now.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let marked: Vec<_> = lines.iter().filter(|line| line["starred"] == true || !line["filed"].is_null()).collect();
    assert_eq!(marked.len(), 1, "{now}");
    assert!(marked[0]["id"] != tram.to_string().as_str() && marked[0]["paragraphs"].is_array(), "{now}");
    assert!(!now.contains(&tram.to_string()), "{now}");
    // An export from before finds the successor; nothing comes twice.
    fs::write(fixture.folder.path().join("before.jsonl"), before).unwrap();
    assert_eq!(fixture.run(&["import", "before.jsonl"]).code, Some(0));
    assert_eq!(fixture.export(), now);
    // The old text comes again: it is the same article still.
    fixture.edit(&(record("Tram", "It rings at six and at seven") + &record("Well", "It is dry")));
    assert_eq!(fixture.listed(), ["Tram*: It rings at six and at seven", "Well: It is dry"]);
}

#[test]
fn replaced_article_that_lies_elsewhere_too_keeps_what_was_done() {
    let fixture =
        Fixture::new("r.jsonl", &(record("Tram", "It rings at six and at seven") + &record("Well", "It is dry")));
    fs::copy(fixture.file(), fixture.folder.path().join("copy.jsonl")).unwrap();
    assert_eq!(fixture.run(&["add", "copy.jsonl"]).code, Some(0));
    fixture.star("Tram");
    fixture.edit(&(record("Tram", "It rings at five and at seven") + &record("Well", "It is dry")));
    let listed = ["Tram*: It rings at five and at seven", "Tram*: It rings at six and at seven", "Well: It is dry"];
    assert_eq!(fixture.listed(), listed);
}

/// Quoted words with the speaker that the user named.
type Named = (String, String);

/// Two articles become one, after something was done with them.
fn become_one(short: &str, long: &str, done: impl Fn(&Library)) -> Fixture {
    let entry = |title: &str, url: &str, words: &str| {
        // Two whole texts at one address stay two articles.
        let is_summary = title == "Bridge" && !url.is_empty();
        let name = if is_summary { "date\":\"2026-03-14\",\"description" } else { "text" };
        format!("{{\"title\":\"{title}\",\"{name}\":\"{words}\"{url}}}\n")
    };
    let fixture = Fixture::new("a.jsonl", &entry("Bridge", "", short));
    let second = fixture.folder.path().join("b.jsonl");
    fs::write(&second, entry("Bridge closes", "", long)).unwrap();
    assert_eq!(fixture.run(&["add", "b.jsonl"]).code, Some(0));
    done(&fixture.library());
    let connection = Connection::open(fixture.folder.path().join("library.sqlite3")).unwrap();
    connection.execute("UPDATE files SET reader = 2", []).unwrap();
    drop(connection);
    let url = ",\"url\":\"https://coast.example/1\"";
    fs::write(&second, entry("Bridge closes", url, long)).unwrap();
    fs::write(fixture.file(), entry("Bridge", url, short)).unwrap();
    assert_eq!(fixture.run(&["add", "a.jsonl", "b.jsonl"]).code, Some(0));
    fixture
}

/// Two articles, with the first quotation of each corrected, become one; returns what is corrected in that, and what found
/// no place.
fn become_one_corrected(short: &str, long: &str) -> (Vec<Named>, Vec<Named>) {
    let fixture = become_one(short, long, |library| {
        for id in library.ids().unwrap() {
            let entry = library.get(id).unwrap().unwrap();
            let start = entry.findings.quotations[0].span.start;
            let after = Some(SpeakerCorrection::Speaker(format!("Speaker of {}", entry.article.headline())));
            library.note(&[UserAction::Corrected { article: id, start, before: None, after }]).unwrap();
        }
    });
    let library = fixture.library();
    let ids = library.ids().unwrap();
    let [one] = ids[..] else { panic!("{ids:?}") };
    let entry = library.get(one).unwrap().unwrap();
    let corrected = entry.corrected();
    let kept =
        corrected.quotations.iter().filter(|run| run.corrected).map(|run| {
            (entry.article.body.words(run.span).to_owned(), corrected.speaker_of(run).unwrap().name.clone())
        });
    let lost = library.unplaced(one).unwrap().into_iter().map(|lost| {
        let SpeakerCorrection::Speaker(name) = lost.correction else { panic!("{lost:?}") };
        (lost.words, name)
    });
    (kept.collect(), lost.collect())
}

#[test]
fn corrections_of_articles_that_become_one_keep_their_own_words() {
    let pair = |words: &str, speaker: &str| (words.to_owned(), speaker.to_owned());
    let (kept, lost) = become_one_corrected(
        "“We are closed until spring,” said Mara Deniz.",
        "It rained all day, and the river rose. “Nobody told us that it was to be shut,” said Bo Lund.",
    );
    assert_eq!(kept, [pair("Nobody told us that it was to be shut,", "Speaker of Bridge closes")]);
    assert_eq!(lost, [pair("We are closed until spring,", "Speaker of Bridge")]);
    // Of two corrections of the same words one counts, and the other is kept.
    let words = "“We are closed until spring,” said Mara Deniz.";
    let (kept, lost) = become_one_corrected(words, &format!("{words} It rained all day, and the river rose."));
    assert_eq!((kept.len(), lost.len()), (1, 1), "{kept:?} {lost:?}");
    assert!(kept[0].0 == lost[0].0 && kept[0].1 != lost[0].1, "{kept:?} {lost:?}");
}

#[test]
fn star_that_two_articles_had_is_taken_back_twice_once_they_are_one() {
    let words = "“We are closed until spring,” said Mara Deniz.";
    let long = format!("{words} It rained all day, and the river rose.");
    let of = |library: &Library, headline: &str| {
        let is_it = |id: &ArticleId| library.get(*id).unwrap().unwrap().article.headline() == headline;
        library.ids().unwrap().into_iter().find(is_it).unwrap()
    };
    let commit = |library: &Library, headline: &str| {
        let actions = vec![starred(of(library, headline), true), tagged(of(library, headline), headline, true)];
        library.write(&[UserWrite::Commit { actions, label: headline.to_owned() }]).unwrap();
    };
    let is_starred = |library: &Library| library.user_state().flags(library.ids().unwrap()[0]).starred;
    for order in [["Bridge", "Bridge closes"], ["Bridge closes", "Bridge"]] {
        let fixture = become_one(words, &long, |library| order.iter().for_each(|one| commit(library, one)));
        let library = fixture.library();
        for (label, is_left) in [(order[1], true), (order[0], false)] {
            let Written::Stepped { label: undone, actions, left: 0, .. } = undo(&library) else { panic!("{label}") };
            assert_eq!((undone.as_str(), actions.len()), (label, if is_left { 1 } else { 2 }));
            assert_eq!(is_starred(&library), is_left, "{order:?}");
        }
        // Two steps forward as well.
        for label in order {
            assert!(matches!(redo(&library), Written::Stepped { label: redone, left: 0, .. } if redone == label));
            assert!(is_starred(&library));
        }
        // One of the two was starred by an import, which is no part of the history.
        let fixture = become_one(words, &long, |library| {
            library.note(&[starred(of(library, order[0]), true)]).unwrap();
            commit(library, order[1]);
        });
        let library = fixture.library();
        undo(&library);
        assert!(is_starred(&library), "{order:?}");
        assert!(matches!(undo(&library), Written::Nothing(_)));
    }
}

#[test]
fn import_of_an_older_text_follows_to_the_article_of_its_file() {
    let fixture = Fixture::new("r.jsonl", &(record("Tram", "It rings at six") + &record("Well", "It is dry")));
    fixture.star("Tram");
    let exported = fixture.export();
    let id = fixture.id("Tram").to_string();
    let other =
        Fixture::new("r.jsonl", &(record("Tram", "It rings at six and at seven") + &record("Well", "It is dry")));
    let moved = exported.replace(fixture.folder.path().to_str().unwrap(), other.folder.path().to_str().unwrap());
    let import = |text: &str| {
        fs::write(other.folder.path().join("old.jsonl"), text).unwrap();
        assert_eq!(other.run(&["import", "old.jsonl"]).code, Some(0));
    };
    import(&moved);
    assert_eq!(other.listed(), ["Tram*: It rings at six and at seven", "Well: It is dry"]);
    // Letters of the headline that a program of before lost.
    import(&moved.replace("Tram", "Tram \u{e9}\u{17e}").replace(&id, "00000000000000a0"));
    assert_eq!(other.listed().len(), 2);
    // Another article of that headline is another one, and so is one of another file.
    let unlike = moved.replace("It rings at six", "Nobody wants to ride in this heat").replace("Ann Holt", "Jon Reed");
    import(&unlike.replace(&id, "00000000000000a1"));
    assert_eq!(other.listed().len(), 3);
    import(&moved.replace("r.jsonl", "s.jsonl").replace(&id, "00000000000000a2"));
    assert_eq!(other.listed().len(), 4);
}
