//! What a mail tells of its characters where it does not say how they are encoded: raw letters of eight bits, as programs
//! of before MIME send them.

use encoding_rs::{Encoding, UTF_8};
use mail_parser::decoders::charsets::map::charset_decoder;
use memchr::{memchr, memmem};

use super::encoding;

/// How far into a message it is looked for, in bytes.
const SAMPLE: usize = 64 << 10;

/// Languages whose code is not that of the country in which most speak it (ISO 639-1, ISO 3166-1).
const COUNTRIES: [(&str, &str); 14] = [
    ("cs", "cz"),
    ("sl", "si"),
    ("el", "gr"),
    ("uk", "ua"),
    ("be", "by"),
    ("sr", "rs"),
    ("bs", "ba"),
    ("et", "ee"),
    ("he", "il"),
    ("ar", "eg"),
    ("vi", "vn"),
    ("ja", "jp"),
    ("ko", "kr"),
    ("zh", "cn"),
];

/// What tells of the characters of a message.
pub struct CharsetClue<'m> {
    /// The encoding of its text, of another part, or of encoded words in its headers.
    pub charset: Option<&'m str>,
    /// The top-level domain of the country of its language, or that of the sender.
    pub domain: Option<&'m str>,
    whole: &'m [u8],
}

impl<'m> CharsetClue<'m> {
    /// What the message `whole` tells.
    pub fn of(whole: &'m [u8]) -> Self {
        let lines = || whole[..whole.len().min(SAMPLE)].split(|b| *b == b'\n').map(<[u8]>::trim_ascii);
        let headers = || lines().take_while(|line| !line.is_empty());
        let named = lines().filter_map(of_parameter).chain(headers().filter_map(of_word)).find(is_clue);
        let language = headers().find_map(|line| domain_of(value(line, b"content-language:")?));
        let sender = || headers().find_map(|line| host_of(value(line, b"from:")?));
        Self { charset: named, domain: language.or_else(sender), whole }
    }

    /// The encoding that its headers are in: that of its text, which has more letters to tell it by.
    pub fn of_headers(&self) -> &str {
        self.charset.unwrap_or_else(|| encoding::guess(self.whole, self.domain).name())
    }
}

/// Whether a label says how letters beyond ASCII are encoded.
pub fn is_telling(label: &str) -> bool {
    let is_ascii = ["us-ascii", "ascii", "ansi_x3.4-1968"].iter().any(|ascii| label.eq_ignore_ascii_case(ascii));
    !is_ascii && (Encoding::for_label(label.as_bytes()).is_some() || charset_decoder(label.as_bytes()).is_some())
}

/// Whether a label tells of other letters, too: what is in UTF-8 shows it by itself.
fn is_clue(label: &&str) -> bool {
    is_telling(label) && Encoding::for_label(label.as_bytes()) != Some(UTF_8)
}

/// What follows `name` at the beginning of a line.
fn value<'l>(line: &'l [u8], name: &[u8]) -> Option<&'l [u8]> {
    line.get(..name.len()).filter(|head| head.eq_ignore_ascii_case(name)).map(|_| line[name.len()..].trim_ascii())
}

/// The label in `Content-Type: text/plain; charset=…`, or in a line that goes on with that.
fn of_parameter(line: &[u8]) -> Option<&str> {
    let begins = value(line, b"content-type:").is_some() || value(line, b"charset=").is_some();
    encoding::of_content_type(std::str::from_utf8(line).ok().filter(|_| begins)?)
}

/// The charset of the first encoded word in a line (RFC 2047).
fn of_word(line: &[u8]) -> Option<&str> {
    let rest = &line[memmem::find(line, b"=?")? + 2..];
    std::str::from_utf8(&rest[..memchr(b'?', rest)?]).ok()?.split('*').next()
}

/// The domain of the country of the first language of `pl-PL, en`.
fn domain_of(languages: &[u8]) -> Option<&str> {
    let language = std::str::from_utf8(languages).ok()?.split([',', '-', '_', ' ', ';']).next()?;
    let country = COUNTRIES.iter().find(|(code, _)| language.eq_ignore_ascii_case(code)).map(|(_, country)| *country);
    country.or(Some(language)).filter(|domain| domain.len() == 2)
}

/// The top-level domain of the address in a value of `From`.
fn host_of(sender: &[u8]) -> Option<&str> {
    let host = sender.rsplit(|b| *b == b'@').next()?;
    let end = host.iter().position(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'.' | b'-')).unwrap_or(host.len());
    std::str::from_utf8(&host[..end]).ok()?.trim_end_matches('.').rsplit_once('.').map(|(_, domain)| domain)
}

#[cfg(test)]
mod tests {
    use super::super::{Hint, read};
    use super::*;

    /// The headline and the text of a mail, or of its parts.
    fn shown(mail: &[u8]) -> String {
        let hint = Hint { name: Some("a.eml"), ..Hint::default() };
        let mut all = Vec::new();
        read(&mut &*mail, &hint, &mut |article| all.push(article.unwrap().body.text().to_owned()));
        all.join("\n")
    }

    fn raw(label: &str, headers: &str, subject: &str, text: &str) -> Vec<u8> {
        let mail = format!(
            "From: Anna <a@coast.example>\nSubject: {subject}\nDate: Sat, 14 Mar 2026 09:30:00 +0000\n{headers}\n{text}\n"
        );
        Encoding::for_label(label.as_bytes()).unwrap().encode(&mail).0.into_owned()
    }

    #[test]
    fn raw_letters_of_a_mail_are_those_of_its_language() {
        for (label, headers, subject, text) in TEXTS {
            let mail = raw(label, headers, subject, text);
            assert_eq!(shown(&mail), format!("{subject}\n{text}"), "{label} {headers:?}");
        }
    }

    const PL: &str =
        "Most jest stary, powiedziała Anna Wójcik. Nie spieszymy się, dodała. Rada miasta zbierze się w środę.";
    const CS: &str = "Most je starý, řekla Věra Nováková. Nespěcháme, dodala. Městská rada se sejde ve středu.";
    const HU: &str = "A híd öreg, mondta Kovács Ágnes. Nem sietünk, tette hozzá. A tanács szerdán ülésezik, tűnődött.";
    const SL: &str = "Most je star, je rekla Ana Žižek. Ne mudi se nam, je dodala. Svet se sestane v četrtek.";
    const FR: &str = "Le pont est vieux, a déclaré Zoé Küster. « Nous ne sommes pas pressés », a-t-elle ajouté.";

    const TEXTS: [(&str, &str, &str, &str); 20] = [
        ("windows-1250", "", "Most zamknięty do wiosny", PL),
        ("iso-8859-2", "", "Most zamknięty do wiosny", PL),
        ("windows-1250", "", "Most zamknięty", "Anna Wójcik: „To już nie działa”."),
        ("windows-1250", "", "Most", "Zażółć gęślą jaźń."),
        ("iso-8859-2", "", "Most", "Zażółć gęślą jaźń."),
        ("windows-1250", "", "Most bude uzavřen", CS),
        ("iso-8859-2", "", "Most bude uzavřen", CS),
        ("windows-1250", "Content-Language: hu\n", "Lezárják a hidat", HU),
        ("iso-8859-2", "Content-Language: hu\n", "Lezárják a hidat", HU),
        ("windows-1250", "", "Most zaprt", SL),
        ("iso-8859-2", "", "Most zaprt", SL),
        ("windows-1252", "", "Pont fermé", FR),
        ("windows-1250", "Content-Language: pl\n", "Most", "Trzęsła się ziemia, źle."),
        ("iso-8859-2", "Content-Language: pl-PL, en\n", "Śnieg", "Jest źle."),
        ("windows-1250", "Content-Language: cs\n", "Most", "Je to těžké."),
        ("windows-1251", "Content-Language: ru\n", "Мост", "Закрыт."),
        ("windows-1250", "Content-Type: text/plain; charset=us-ascii\n", "Most zamknięty do wiosny", PL),
        ("iso-8859-2", "X-A: =?ISO-8859-2*pl?Q?=B1?=\n", "Śnieg", "Źle."),
        ("windows-1250", "Reply-To: a@b.pl\n", "Lato", "Powiedziała: „Źle się czuję”."),
        ("windows-1250", "Content-Type: text/plain; charset=unknown-8bit\n", "Most zamknięty do wiosny", PL),
    ];

    #[test]
    fn another_part_tells_of_the_letters() {
        let parts = "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nSpadł śnieg.\n--x\nContent-Type: text/plain;\n  charset=\"iso-8859-2\"\n\nJest źle.\n--x--";
        let mail = raw("iso-8859-2", parts, "Lato minęło", "");
        assert_eq!(shown(&mail), "Lato minęło\nSpadł śnieg.\nJest źle.");
    }

    #[test]
    fn clues_are_read_from_headers() {
        let domain = |headers: &str| CharsetClue::of(headers.as_bytes()).domain.map(str::to_owned);
        for (headers, expected) in [
            ("From: Anna <a@mail.coast.pl>", Some("pl")),
            ("From: a@coast.cz (Anna)\nContent-Language: sl", Some("si")),
            ("Content-Language: en-GB", Some("en")),
            ("From: Anna", None),
            ("\nFrom: a@coast.pl", None),
        ] {
            assert_eq!(domain(headers).as_deref(), expected, "{headers}");
        }
        let mail = b"From: \xa3ukasz <a@coast.pl>\nSubject: \xb1 =?utf-8?Q?a?=\n =?iso-8859-2?Q?b?=\n";
        let clue = CharsetClue::of(mail);
        assert_eq!((clue.charset, clue.domain), (Some("iso-8859-2"), Some("pl")));
    }
}
