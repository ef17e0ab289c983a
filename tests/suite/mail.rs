//! Mail through the door: parts, forwarded messages, characters, and what is cut off or mislabelled.

use pullquote::article::Article;
use pullquote::formats::{self, Hint, ParseError};

const HEAD: &str = "From: Coast Wire <desk@wire.example>\nTo: you@here.example\nDate: Tue, 05 Mar 2024 10:20:30 +0100\nSubject: The bridge\n\
    MIME-Version: 1.0\n";

/// Words that are more than the frame of a newsletter.
const LONG: &str =
    "The ferry will run twice as often until the summer comes and the last of the visitors has gone home again";

fn read_as(mail: impl AsRef<[u8]>, name: &str) -> Vec<Result<Article, ParseError>> {
    let mut all = Vec::new();
    formats::read(&mut mail.as_ref(), &Hint { name: Some(name), ..Hint::default() }, &mut |read| all.push(read));
    all
}

/// The text of each article in a mail, or why it is none.
fn texts(mail: impl AsRef<[u8]>) -> Vec<String> {
    let text = |read: Result<Article, ParseError>| match read {
        Ok(article) => article.body.text().to_owned(),
        Err(why) => why.to_string(),
    };
    read_as(mail, "letter.eml").into_iter().map(text).collect()
}

/// A mail with a body of this type, and the text below its headline.
fn body(content_type: &str, body: impl AsRef<[u8]>) -> String {
    let mail = [format!("{HEAD}Content-Type: {content_type}\n\n").as_bytes(), body.as_ref()].concat();
    // Lines end as the standard says, or as files have them.
    let in_transit = mail.split(|b| *b == b'\n').collect::<Vec<_>>().join(&b"\r\n"[..]);
    let [of_file, of_transit] = [mail, in_transit].map(texts);
    assert_eq!(of_file, of_transit);
    let [text] = &of_file[..] else { panic!("{of_file:?}") };
    text.strip_prefix("The bridge\n").unwrap_or(text).to_owned()
}

/// Parts with their headers, between delimiters `--b`.
fn parts(parts: &[&str]) -> String {
    parts.iter().map(|part| format!("--b\n{part}\n")).collect::<Vec<_>>().concat() + "--b--\n"
}

const PICTURE: &str = "Content-Type: image/png\nContent-Disposition: inline; filename=p.png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n";

#[test]
fn inline_parts_are_read_in_order() {
    let plain = |n: u32| format!("Content-Type: text/plain\n\nP{n} is closed.\n");
    let html = |n: u32| format!("Content-Type: text/html\n\n<p>P{n} is closed.</p>\n");
    let all = "P1 is closed.\nP2 is closed.\nP3 is closed.";
    for [one, two, three] in [
        [plain(1), plain(2), plain(3)],
        [html(1), html(2), html(3)],
        [html(1), plain(2), html(3)],
        [plain(1), html(2), "\nP3 is closed.\n".to_owned()],
    ] {
        for kind in ["mixed", "parallel", "x-own"] {
            let kind = format!("multipart/{kind}; boundary=b");
            assert_eq!(body(&kind, parts(&[&one, PICTURE, &two, &three])), all, "{one}{two}{three}");
        }
    }
    // Apple Mail: plain text, or markup that pictures split.
    let split = parts(&[&html(1), PICTURE, &html(2), PICTURE, &html(3)]).replace("--b", "--inner");
    let apple = parts(&[
        "Content-Type: text/plain\n\nP1 is closed. P2 is closed.",
        &format!("Content-Type: multipart/mixed; boundary=inner\n\n{split}"),
    ]);
    assert_eq!(body("multipart/alternative; boundary=b", apple), all);
    let alternative = parts(&[&plain(9), &html(2)]).replace("--b", "--inner");
    let inside = parts(&[
        &plain(1),
        &format!("Content-Type: multipart/alternative; boundary=inner\n\n{alternative}"),
        &plain(3),
    ]);
    assert_eq!(body("multipart/mixed; boundary=b", inside), all);
}

#[test]
fn one_of_several_forms_is_read() {
    let alternative = |forms: &[&str]| body("multipart/alternative; boundary=b", parts(forms));
    let (plain, html) = (
        format!("Content-Type: text/plain\n\nPlain. {LONG}."),
        format!("Content-Type: text/html\n\n<p>Page. {LONG}.</p>"),
    );
    let page = format!("Page. {LONG}.");
    assert_eq!(alternative(&[&plain, &html]), page);
    assert_eq!(alternative(&[&html, &plain]), page);
    let calendar = "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nEND:VCALENDAR";
    assert_eq!(alternative(&[&plain, &html, calendar]), page);
    assert_eq!(alternative(&[&plain, calendar]), format!("Plain. {LONG}."));
    // A page that is only a frame, and plain text that only leads to the web.
    let frame = "Content-Type: text/html\n\n<p>Coast Wire</p><img src=x>";
    assert_eq!(alternative(&[&plain, frame]), format!("Plain. {LONG}."));
    let stub = "Content-Type: text/plain\n\nView this in your browser: https://wire.example/letters/2024/03/05";
    assert_eq!(
        alternative(&[stub, "Content-Type: text/html\n\n<p>The bridge is closed, she said, for good.</p>"]),
        "The bridge is closed, she said, for good."
    );
}

#[test]
fn root_of_related_parts_is_read() {
    let style = "Content-Type: text/plain\nContent-ID: <note>\n\nNot shown.";
    let page = "Content-Type: text/html\nContent-ID: <page@b>\n\n<p>It is closed.</p>";
    assert_eq!(body("multipart/related; boundary=b", parts(&[page, PICTURE, style])), "It is closed.");
    assert_eq!(body("multipart/related; start=\"<page@b>\"; boundary=b", parts(&[style, page])), "It is closed.");
}

#[test]
fn mail_that_an_editor_saved_is_read() {
    let utf16 = |text: &str| -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let mail = format!("{HEAD}\n“It is closed.”\n");
    for saved in [format!("\u{feff}{mail}").into_bytes(), utf16(&mail)] {
        assert_eq!(texts(saved), ["The bridge\n“It is closed.”"]);
    }
    let all = format!("From a@b Sat Mar 14 09:30:00 2026\n{mail}\n").repeat(2);
    for saved in [format!("\u{feff}{all}").into_bytes(), utf16(&all)] {
        assert_eq!(read_as(saved, "a.mbox").iter().filter(|read| read.is_ok()).count(), 2);
    }
}

#[test]
fn attachments_are_left_aside() {
    let text = "Content-Type: text/plain\n\nIt is closed.";
    for attachment in [
        "Content-Type: text/plain\nContent-Disposition: attachment\n\nNotes.",
        "Content-Type: text/html; name=notes.html\n\n<p>Notes.</p>",
        "Content-Type: text/plain; name=\"notes.txt\"\n\nNotes.",
        "Content-Type: text/csv\n\ntitle,text\na,b",
        "Content-Type: application/pgp-signature\n\n-----BEGIN PGP SIGNATURE-----",
    ] {
        assert_eq!(body("multipart/mixed; boundary=b", parts(&[text, attachment])), "It is closed.", "{attachment}");
    }
    // The first part is the text, whatever it is called.
    let named = "Content-Type: text/plain; name=\"mail.txt\"\n\nIt is closed.";
    assert_eq!(body("multipart/signed; boundary=b", parts(&[named])), "It is closed.");
}

#[test]
fn parts_that_are_said_to_be_inline_are_shown() {
    let text = "Content-Type: text/plain\n\nIt is closed.";
    for inline in [
        "Content-Type: text/plain\nContent-Disposition: inline; filename=\"more.txt\"\n\nIt is late.",
        "Content-Type: text/html; name=ATT1.htm\nContent-Disposition: inline; filename=\"ATT1.htm\"\n\n<p>It is late.</p>",
        "Content-Type: text/markdown\n\nIt is late.",
        "Content-Type: text/x-own\n\nIt is late.",
    ] {
        let shown = body("multipart/mixed; boundary=b", parts(&[text, PICTURE, inline]));
        assert_eq!(shown, "It is closed.\nIt is late.", "{inline}");
    }
    assert_eq!(body("text/enriched", "It is closed."), "It is closed.");
}

#[test]
fn attachment_is_shown_where_there_is_nothing_else() {
    let attachment = "Content-Type: text/plain\nContent-Disposition: attachment; filename=x.txt\n\nIt is closed.";
    assert_eq!(body("multipart/mixed; boundary=b", parts(&[attachment])), "It is closed.");
    assert_eq!(body("multipart/mixed; boundary=b", parts(&["\n ", PICTURE, attachment])), "It is closed.");
    assert_eq!(body("text/plain\nContent-Disposition: attachment", "It is closed."), "It is closed.");
}

#[test]
fn parts_with_another_boundary_are_taken_apart() {
    let text = parts(&["Content-Type: text/plain\n\nIt is closed.", "Content-Type: text/html\n\n<p>It is late.</p>"]);
    assert_eq!(body("multipart/mixed; boundary=other", text), "It is closed.\nIt is late.");
}

#[test]
fn parts_without_a_boundary_parameter_are_taken_apart() {
    let plain = "--A\nContent-Type: text/plain\n\nIt is closed.\n";
    let html = "--A\nContent-Type: text/html\n\n<p>It is <i>closed</i>.</p>\n";
    for kind in ["multipart/alternative", "multipart/alternative; boundary=\"\""] {
        assert_eq!(body(kind, format!("{plain}{html}--A--\n")), "It is closed.");
        assert_eq!(body(kind, format!("For old programs.\n\n{plain}{html}--A--\n")), "It is closed.");
        assert_eq!(body(kind, "\n--A\n\nIt is closed.\n--A--\n"), "It is closed.");
        assert_eq!(body(kind, "It is closed."), "It is closed.");
    }
}

#[test]
fn markup_that_repeats_the_text_beside_it_counts_once() {
    let plain = "Content-Type: text/plain\n\nIt is closed.\n\nIt stays so.";
    let html = "Content-Type: text/html\n\n<p>It is <b>closed</b>.</p><p>It stays so.</p>";
    let other = "Content-Type: text/html\n\n<p>It is open.</p>";
    let mixed = |all: &[&str]| body("multipart/mixed; boundary=b", parts(all));
    let once = "It is closed.\nIt stays so.";
    assert_eq!(mixed(&[plain, html]), once);
    assert_eq!(mixed(&[html, PICTURE, plain]), once);
    assert_eq!(mixed(&[plain, html, other]), format!("{once}\nIt is open."));
    assert_eq!(mixed(&[plain, other]), format!("{once}\nIt is open."));
    assert_eq!(mixed(&[plain, plain]), format!("{once}\n{once}"));
}

#[test]
fn lines_of_text_are_laid_out_as_its_type_says() {
    let flowed = "text/plain; charset=utf-8; format=flowed";
    let text = "“The bridge is \n tired,” said \nAnn.\n";
    assert_eq!(body(flowed, text), "“The bridge is tired,” said Ann.");
    assert_eq!(body(&format!("{flowed}; DelSp=Yes"), "“Ti \nred,”  \nsaid Ann."), "“Tired,” said Ann.");
    let enriched = "<bold>“It is tired,”</bold>\nsaid Ann.\n\nNext.\n";
    assert_eq!(body("text/enriched; charset=utf-8", enriched), "“It is tired,” said Ann.\nNext.");
    assert_eq!(sent("; charset=utf-7", "7bit", b"+IBw-Tired,+IB0 said Ann, 1 + 2."), "“Tired,” said Ann, 1 + 2.");
    let mail = format!("{HEAD}\nIt is closed.\n\nIt stays so.\n").replace('\n', "\r");
    assert_eq!(texts(mail), ["The bridge\nIt is closed.\nIt stays so."]);
}

#[test]
fn list_footer_is_set_apart() {
    let rule = "_".repeat(47);
    let footer =
        format!("{rule}\nHarbour mailing list\nHarbour@lists.example\nhttps://lists.example/listinfo/harbour\n");
    let post = "Content-Type: text/plain\n\nThe bridge is closed.";
    let own = format!("Content-Type: text/plain\nContent-Disposition: inline\n\n{footer}");
    assert_eq!(body("multipart/mixed; boundary=b", parts(&[post, &own])), "The bridge is closed.");
    let page = "Content-Type: text/html\n\n<p>The bridge is closed.</p>";
    assert_eq!(body("multipart/mixed; boundary=b", parts(&[page, &own])), "The bridge is closed.");
    assert_eq!(body("text/plain", format!("The bridge is closed.\n\n{footer}")), "The bridge is closed.");
    let group =
        "-- \nYou received this message because you are subscribed.\nTo unsubscribe, write to x@groups.example.\n";
    assert_eq!(body("text/plain", format!("The bridge is closed.\n\n{group}")), "The bridge is closed.");
    // Lists that do not say what they are below their rule say so above.
    let mail = format!(
        "{HEAD}List-Id: <harbour.lists.example>\nContent-Type: multipart/mixed; boundary=b\n\n{}",
        parts(&[post, &format!("Content-Type: text/plain\n\n{rule}\nHarbour people\n")])
    );
    assert_eq!(texts(mail), ["The bridge\nThe bridge is closed."]);
    // Rules between stories, and signatures, are the sender's.
    let letter = format!("One story.\n{rule}\nAnother story.\n-- \nJane Doe");
    assert_eq!(body("text/plain", &letter), format!("One story.\n{rule}\nAnother story.\n--\nJane Doe"));
}

const INNER: &str = "From: Ann Holt <ann@quay.example>\nSubject: Ferries\nDate: Mon, 04 Mar 2024 10:00:00 +0000\n\
    Content-Type: text/plain; charset=utf-8\n\n“They are late,” said Ann Holt.\n";

#[test]
fn forwarded_message_is_an_article() {
    let inner = "Ferries\n“They are late,” said Ann Holt.";
    let forward = |note: &str, header: &str| {
        let message = format!("Content-Type: message/rfc822\n{header}\n{INNER}");
        let note: &[&str] = if note.is_empty() { &[&message] } else { &[note, &message] };
        texts(format!("{HEAD}Content-Type: multipart/mixed; boundary=b\n\n{}", parts(note)))
    };
    assert_eq!(forward("\nSee below.", ""), ["The bridge\nSee below.", inner]);
    assert_eq!(
        forward("\nSee below.", "Content-Disposition: attachment; filename=x.eml\n"),
        ["The bridge\nSee below.", inner]
    );
    assert_eq!(forward("", ""), [inner]);
    assert_eq!(forward("\n \n", ""), [inner]);
    assert_eq!(texts(format!("{HEAD}Content-Type: message/rfc822\n\n\u{feff}\n{INNER}")), [inner]);
    for kind in ["related", "alternative", "x-own"] {
        let message = format!("Content-Type: message/rfc822\n\n{INNER}");
        let mail =
            format!("{HEAD}Content-Type: multipart/{kind}; boundary=b\n\n{}", parts(&["\nSee below.", &message]));
        assert_eq!(texts(mail), ["The bridge\nSee below.", inner], "{kind}");
    }
    let mail = format!("{HEAD}Content-Type: message/rfc822\n\n{INNER}");
    let [Ok(article)] = &read_as(mail, "a.eml")[..] else { panic!() };
    assert_eq!(article.dates.published.unwrap().to_string(), "2024-03-04T10:00:00Z");
    assert_eq!(article.publisher.as_deref(), Some("Ann Holt"));
}

#[test]
fn date_is_read_as_that_of_a_feed() {
    for (date, expected) in [
        ("Wed, 15 Jul 2026 23:30:00 CEST", Some("2026-07-15T23:30:00+02:00")),
        ("Wed, 15 Jul 2026 23:30:00 BST", Some("2026-07-15T23:30:00+01:00")),
        ("Wed, 15 Jul 2026 23:30:00 MEZ", Some("2026-07-15T23:30:00+01:00")),
        ("Wed, 15 Jul 2026 23:30:00 MT", Some("2026-07-15T23:30:00-06:00")),
        ("Thu, 15 Jan 2026 23:30:00 AEDT", Some("2026-01-15T23:30:00+11:00")),
        ("Wed, 15 Jul 2026 23:30:00 AEST", Some("2026-07-15T23:30:00+10:00")),
        ("Wed, 15 Jul 2026 23:30:00 EDT", Some("2026-07-15T23:30:00-04:00")),
        ("Wed, 15 Jul 2026 23:30:00 IST", Some("2026-07-15T23:30:00")),
        ("Wed, 15 Jul 2026 23:30:00", Some("2026-07-15T23:30:00")),
        ("Wed, 15 Jul 2026\n 23:30:00 +0200 (GMT+03:00)", Some("2026-07-15T23:30:00+02:00")),
        ("15 Jul 26 23:30 -0000", Some("2026-07-15T23:30:00Z")),
        ("mardi 14 juillet 2026 10:00", Some("2026-07-14T10:00:00")),
        ("Tue, 14 Jul 2026", Some("2026-07-14")),
        ("2026-07-14T10:00:00+02:00", Some("2026-07-14T10:00:00+02:00")),
        ("Tue, 14 Jul 2026 24:00:00 +0200", Some("2026-07-14T23:59:59+02:00")),
        ("Mon, 30 Feb 2026 10:00:00 +0000", None),
        ("Thu, 1 Jan 1970 00:00:00 +0000", None),
        ("yesterday", None),
        ("", None),
    ] {
        for end in ["\n", "\r\n"] {
            let mail =
                format!("From: a@b.example\nDate: {date}\nSubject: Bridge\n\nIt is closed.\n").replace('\n', end);
            let [Ok(article)] = &read_as(mail, "a.eml")[..] else { panic!("{date}") };
            assert_eq!(article.dates.published.map(|at| at.to_string()).as_deref(), expected, "{date}");
        }
    }
}

#[test]
fn messages_of_a_digest_are_articles() {
    let message = |n: u32| format!("Subject: Post {n}\nFrom: a@b.example\n\nWords of {n}.");
    let digest = parts(&[
        &format!("\n{}", message(1)),
        &message(3),
        &format!("Content-Type: message/rfc822\n\n{}", message(2)),
        "Words of the list.",
    ]);
    let mail = format!("{HEAD}Content-Type: multipart/digest; boundary=b\n\n{digest}");
    assert_eq!(
        texts(mail),
        ["The bridge\nWords of the list.", "Post 1\nWords of 1.", "Post 3\nWords of 3.", "Post 2\nWords of 2."]
    );
    let inside = digest.replace("--b", "--inner");
    let mixed = parts(&[
        "\nToday's topics",
        &format!("Content-Type: multipart/digest; boundary=inner\n\n{inside}"),
        "\n____________\nHarbour mailing list",
    ]);
    let mail = format!("{HEAD}Content-Type: multipart/mixed; boundary=b\n\n{mixed}");
    let all = [
        "The bridge\nToday's topics\nWords of the list.",
        "Post 1\nWords of 1.",
        "Post 3\nWords of 3.",
        "Post 2\nWords of 2.",
    ];
    assert_eq!(texts(&mail), all);
    let boxed = format!(
        "\u{feff}From a@b Sat Mar 14 09:30:00 2026\n{mail}\nFrom a@b Sat Mar 14 09:30:00 2026\nSubject: Last\nFrom: a@b\n\nIt is.\n"
    );
    let read = read_as(boxed, "a.mbox");
    let boxed: Vec<_> = read.iter().map(|read| read.as_ref().unwrap().body.text()).collect();
    assert_eq!(boxed, [&all[..], &["Last\nIt is."]].concat());
}

#[test]
fn messages_without_end_are_refused_after_those_that_are_read() {
    let deep = |times: usize| "Content-Type: message/rfc822\n\n".repeat(times);
    let refusal = "has mails nested too deeply";
    let packed = |inner: &str| {
        use base64::Engine as _;
        let lines = base64::prelude::BASE64_STANDARD.encode(inner);
        format!("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{lines}\n")
    };
    for levels in [33, 1_000, 60_000] {
        let inside = deep(levels) + INNER;
        for mail in [&inside, &packed(&inside), &packed(&packed(&inside))] {
            assert_eq!(texts(mail), [refusal], "{levels}");
        }
    }
    assert_eq!(texts(packed(&packed(&packed(INNER)))), ["Ferries\n“They are late,” said Ann Holt."]);
    assert_eq!(texts(deep(32) + INNER).len(), 1);
    let forwarded = |times: usize| {
        (0..times).fold("Subject: first\n\nIt is closed.\n".to_owned(), |mail, n| {
            format!("Subject: again {n}\nContent-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n\nSee below.\n--b{n}\n{}{mail}\n--b{n}--\n", deep(1))
        })
    };
    assert_eq!(texts(forwarded(32)).len(), 33);
    assert_eq!(texts(forwarded(33)).last().unwrap(), refusal);
    let repeated = |level: &dyn Fn(usize) -> String| (0..5_000).map(level).collect::<Vec<_>>().concat();
    let digests = repeated(&|n| format!("Content-Type: multipart/digest; boundary=b{n}\n\n--b{n}\n\n"));
    assert_eq!(texts(digests), [refusal]);
    let parts = repeated(&|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"));
    assert_eq!(texts(parts), [refusal]);
    // Each level hides behind the boundary of the first.
    let hidden = repeated(&|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b0\n--b{n}\n{}", deep(1)));
    assert_eq!(texts(hidden), ["has no article text"]);
}

#[test]
fn cut_mail_gives_the_words_that_are_there() {
    let head = format!("{HEAD}Content-Type: multipart/alternative; boundary=C\n\n");
    let part = "--C\nContent-Type: text/html; charset=utf-8\n\n<p>“The bridge is tired,” said Vera Holm.</p><p>Second";
    let words = "The bridge\n“The bridge is tired,” said Vera Holm.\nSecond";
    for end in [
        "",
        "\n",
        "</p>\n-",
        "</p>\n--",
        "</p>\n--C",
        "</p>\n--C\n",
        "</p>\n--C\nContent-Type: text/pl",
        "</p>\n--C\nContent-Type: text/plain\n\n",
    ] {
        assert_eq!(texts(format!("{head}{part}{end}")), [words], "{end:?}");
    }
    assert_eq!(texts(&head), ["has no article text"]);
    assert_eq!(texts(&head[..head.len() - 20]), ["has no article text"]);
    let unclosed = parts(&["Content-Type: multipart/mixed; boundary=in\n\n--in\n\nOne.\n--in\n\nTwo.", "\nThree."]);
    assert_eq!(body("multipart/mixed; boundary=b", unclosed), "One.\nTwo.\nThree.");
    let quoted = "text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable";
    let start = "The caf=C3=A9 is closed =E2=80=94 for good";
    for (end, words) in [
        ("=", "The café is closed — for good"),
        ("=E", "The café is closed — for good"),
        ("=E2=80", "The café is closed — for good"),
    ] {
        assert_eq!(body(quoted, format!("{start}{end}")), words);
    }
    let base64 = "Content-Transfer-Encoding: base64\n\nVGhlIGNhZsOpIGlzIGNsb3NlZCDigJQ";
    assert_eq!(
        texts(format!("{HEAD}Content-Type: text/plain; charset=utf-8\n{}", &base64[..base64.len() - 2])),
        ["The bridge\nThe café is closed"]
    );
    // No blank line, and no more than headers.
    assert_eq!(
        texts(format!("{HEAD}It is closed.\nIt is.\n\nAnd so it stays.")),
        ["The bridge\nIt is closed.\nIt is.\nAnd so it stays."]
    );
    assert_eq!(texts(HEAD), ["has no article text"]);
}

/// A body of these bytes, in one encoding for the way.
fn sent(charset: &str, encoding: &str, bytes: &[u8]) -> String {
    use base64::Engine as _;
    let on_the_way = match encoding {
        "base64" => base64::prelude::BASE64_STANDARD.encode(bytes).into_bytes(),
        "quoted-printable" => bytes.iter().flat_map(|b| format!("={b:02X}").into_bytes()).collect(),
        _ => bytes.to_vec(),
    };
    body(&format!("text/plain{charset}\nContent-Transfer-Encoding: {encoding}"), on_the_way)
}

#[test]
fn valid_utf8_is_read_whatever_its_label_says() {
    let words = "“It’s closed,” said Zoë – twice.";
    let (western, _, _) = encoding_rs::WINDOWS_1252.encode(words);
    for encoding in ["8bit", "quoted-printable", "BASE64 ", "binary; x"] {
        for label in ["", "us-ascii", "iso-8859-1", "latin1", "windows-1252", "utf8", "UTF-8", "unknown-8bit", "x-none"]
        {
            let charset = if label.is_empty() { String::new() } else { format!("; charset={label}") };
            let encoding = encoding.trim();
            assert_eq!(sent(&charset, encoding, words.as_bytes()), words, "{label} {encoding}");
            assert_eq!(sent(&charset, encoding, &western), words, "{label} {encoding}, not UTF-8");
        }
    }
    let text = "Мост закрыт до весны, сообщил инженер порта.";
    assert_eq!(sent("; charset=koi8-r", "8bit", &encoding_rs::KOI8_R.encode(text).0), text);
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(sent("; charset=utf-16le", "base64", &utf16), text);
    assert_eq!(sent("; charset=utf-7", "7bit", b"It is closed +IBQ- so it is."), "It is closed — so it is.");
    let page = |label: &str| [b"<p>".to_vec(), words.as_bytes().to_vec(), format!("</p>{label}").into_bytes()].concat();
    assert_eq!(body("text/html; charset=us-ascii", page("<meta charset=iso-8859-1>")), words);
}

#[test]
fn valid_utf8_in_headers_is_read_whatever_its_label_says() {
    let headline = |subject: &[u8]| {
        let mail = [
            b"From: a@b.example\nDate: x\nSubject: ",
            subject,
            b"\nMIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-1\n\nWords.\n",
        ]
        .concat();
        let [Ok(article)] = &read_as(mail, "a.eml")[..] else { panic!() };
        article.headline().to_owned()
    };
    let words = "“Brücke” – neu";
    let (western, _, _) = encoding_rs::WINDOWS_1252.encode(words);
    assert_eq!(headline(words.as_bytes()), words);
    assert_eq!(headline(&western), words);
    for label in ["us-ascii", "iso-8859-1", "utf-8", "UTF-8*de", "utf8", "x-none"] {
        for bytes in [words.as_bytes(), &western] {
            let digits = bytes.iter().map(|b| format!("={b:02X}")).collect::<Vec<_>>().concat();
            assert_eq!(headline(format!("=?{label}?Q?{digits}?=").as_bytes()), words, "{label}");
        }
    }
    // A character is cut in two, words are folded, and blanks between encoded words are none.
    assert_eq!(
        headline(b"A =?utf-8?Q?Br=C3?=\n =?UTF-8?b?vGNrZQ==?= and =?utf-8?q?_=C3=BC?= =?iso-8859-1?q?=FC?="),
        "A Brücke and üü"
    );
    for as_written in ["3 =? 4", "=?utf-8?x?a?=", "=?utf-8?Q?a", "a =?= b"] {
        assert_eq!(headline(as_written.as_bytes()), as_written);
    }
    let mail = "From: \"Holt, Ann =?us-ascii?q?M=C3=BCller?=\" <a@b.example>\nTo: x\nSubject: A\n\nWords.\n";
    let [Ok(article)] = &read_as(mail, "a.eml")[..] else { panic!() };
    assert_eq!(article.publisher.as_deref(), Some("Holt, Ann Müller"));
}

#[test]
fn base64_ends_where_text_follows_it() {
    let kind = "text/plain; charset=utf-8\nContent-Transfer-Encoding: base64";
    // “The café is closed.” with a padded end, and “The cafés, closed” without.
    let (padded, whole) = ("4oCcVGhlIGNhZsOpIGlz\nIGNsb3NlZC7igJ0=\n", "4oCcVGhlIGNhZsOpcywg\nY2xvc2Vk4oCd\n");
    for below in [
        "",
        "\n-- \nTo unsubscribe: https://l.example/u\n",
        "-- \nTo unsubscribe: https://l.example/u\n",
        "\n____________\nHarbour mailing list\nhttps://l.example\n",
        "____________\nHarbour mailing list\nhttps://l.example\n",
        "\nTo unsubscribe, write to x@l.example\n",
        "\nUnsubscribe\n",
    ] {
        assert_eq!(body(kind, format!("{padded}{below}")), "“The café is closed.”", "{below}");
        if !below.contains("\nUn") {
            assert_eq!(body(kind, format!("{whole}{below}")), "“The cafés, closed”", "{below}");
        }
    }
    // Words of a person stay.
    for below in
        ["UPDATE: “It is open,” said Ann Holt.", "This message was sent to you by Coast Wire, and only you", "“É”"]
    {
        assert_eq!(body(kind, format!("{padded}\n{below}\n")), format!("“The café is closed.”\n{below}"));
        assert_eq!(body(kind, format!("{whole}\n{below}\n")), format!("“The cafés, closed”\n{below}"));
    }
    // Other characters are ignored, padded runs follow each other, lines are indented.
    assert_eq!(body(kind, "4oCcVGhl!IGNhZsOp*IGlzIGNsb3NlZC7igJ0="), "“The café is closed.”");
    assert_eq!(body(kind, "4oCcVGhlIGNhZsOpIGlz\n\n IGNsb3NlZC7igJ0\n=\n"), "“The café is closed.”");
    assert_eq!(body(kind, "SXQgaXMgY2xv\nc2Vk\nLg==\nIFNvIGl0IGlzLg==\n"), "It is closed. So it is.");
    assert_eq!(body(kind, "4oCcVGhlIGNhZsOp IGlz\n\tIGNs b3NlZC7igJ0=\n"), "“The café is closed.”");
    assert_eq!(body(kind, "4oCcVGhlIGNhZsOpIGlz\rIGNs\tb3NlZC7igJ0=\n"), "“The café is closed.”");
    assert_eq!(body(kind, "4oCcVGhlIGNhZsOpIGlz\nIGNsb3NlZC7igJ0=3D\n"), "“The café is closed.”");
    assert_eq!(body(kind, "SXQgaXMgY2xvc2VkLg=3D=3D\n"), "It is closed.");
    assert_eq!(body(&format!("{kind} (mime)"), padded), "“The café is closed.”");
    // A word below it looks like it.
    for word in ["Unsubscribe", "NewsList"] {
        for data in ["SXQgaXMgY2xvc2VkLg==\n", "SXQgaXMgY2xvc2VkLg\n"] {
            for blank in ["", "\n"] {
                assert_eq!(body(kind, format!("{data}{blank}{word}\n")), "It is closed.", "{data}{blank}{word}");
            }
        }
        let (long, long_text) = ("SXQgaXMgY2xvc2VkLiBJ\n".repeat(9), "It is closed. I".repeat(9) + "It is closed.");
        assert_eq!(body(kind, format!("{long}SXQgaXMgY2xvc2VkLg==\n{word}\n")), long_text);
    }
    // It is none.
    for text in [
        "The bridge is closed.",
        "Hi\n\nThe bridge is closed. It stays so.",
        "Update\n\n“The bridge is closed,” said Ann Holt.",
        "Breaking News\nBridge\n\n“It is closed,” said Ann Holt.",
        "Thanks",
        "Hello Vera\n\nThanks",
    ] {
        assert_eq!(body(kind, format!("{text}\n")), text.replace("\n\n", "\n"));
    }
}

#[test]
fn stray_byte_leaves_the_quotations() {
    let words = "“It’s closed,” said Zoë – twice. ";
    for (stray, expected) in [(&b"Caf\xe9."[..], "Café."), (b"\xff", "\u{fffd}"), (b"No\xa0one.", "No one.")] {
        let bytes = [words.as_bytes(), stray].concat();
        for encoding in ["8bit", "quoted-printable", "base64"] {
            for label in ["", "; charset=utf-8", "; charset=us-ascii", "; charset=iso-8859-1", "; charset=x-none"] {
                assert_eq!(sent(label, encoding, &bytes), format!("{words}{expected}"), "{label} {encoding}");
            }
        }
        let mailbox = [b"From a@b Tue Mar  5 10:20:30 2024\n", HEAD.as_bytes(), b"\n", &bytes].concat();
        let [Ok(article)] = &read_as(mailbox, "a.mbox")[..] else { panic!() };
        assert_eq!(article.body.text(), format!("The bridge\n{words}{expected}"));
    }
    assert_eq!(sent("; charset=utf-8", "8bit", b"Caf\xe9 and no more."), "Café and no more.");
    let mail = [HEAD.as_bytes(), b"X: Caf\xe9\nList-Id: <a.b>\n\n", words.as_bytes()].concat();
    assert_eq!(texts(mail), [format!("The bridge\n{}", words.trim_end())]);
}

#[test]
fn damaged_quoted_printable_is_read_as_it_stands() {
    let kind = "text/plain; charset=utf-8\nContent-Transfer-Encoding: Quoted-Printable";
    assert_eq!(body(kind, "Caf=c3=a9 and = sign,=20  \n=ZZ j= \nunk=3D\n"), "Café and = sign,\n=ZZ junk=");
}
