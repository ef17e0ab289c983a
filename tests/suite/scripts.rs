//! Scripts that write no blanks between words: what counts words counts their letters.

use pullquote::article::Article;
use pullquote::formats::{self, Hint, ParseError};

const JAPANESE: &str = "港の橋は一年間閉鎖される。月曜日の夜、港湾局がそう発表した。";
const CHINESE: &str = "港口大桥将关闭一年，直到春天。港务局星期一晚上这样宣布。";
const THAI: &str = "สะพานท่าเรือปิดหนึ่งปีจนถึงฤดูใบไม้ผลิ การท่าเรือประกาศเมื่อวันจันทร์";
const LAO: &str = "ຂົວທ່າເຮືອຈະປິດໜຶ່ງປີຈົນເຖິງລະດູໃບໄມ້ປົ່ງ";
const KHMER: &str = "ស្ពានកំពង់ផែនឹងត្រូវបិទរយៈពេលមួយឆ្នាំរហូតដល់និទាឃរដូវ";
const BURMESE: &str = "ဆိပ်ကမ်းတံတားကိုနွေဦးအထိတစ်နှစ်ပိတ်မည်ဟုကြေညာခဲ့သည်";
const SCRIPTS: [&str; 6] = [JAPANESE, CHINESE, THAI, LAO, KHMER, BURMESE];

fn read(text: &str, name: &str) -> Result<Article, ParseError> {
    let mut all = Vec::new();
    formats::read(&mut text.as_bytes(), &Hint { name: Some(name), ..Hint::default() }, &mut |read| all.push(read));
    assert_eq!(all.len(), 1, "{text}");
    all.remove(0)
}

#[test]
fn pages_are_articles() {
    for words in SCRIPTS {
        let links = format!("<li><a href=/s>{}</a>", &words[..18]).repeat(20);
        let page = format!(
            "<!DOCTYPE html><title>{0}</title><nav><ul>{links}</ul></nav><div class=text><p>{words}</p><p>{words}</p></div>\
             <footer>© 2026</footer>",
            &words[..18]
        );
        let article = read(&page, "a.html").unwrap();
        assert_eq!(article.body.text().matches(words).count(), 2, "{}", article.body.text());
        assert!(!article.body.text().contains("2026"));
    }
}

#[test]
fn records_without_a_headline_are_articles() {
    for words in SCRIPTS {
        let article = read(&format!("{{\"text\": \"{words}\", \"url\": \"https://a.example/1\"}}"), "a.json").unwrap();
        assert!(article.body.text().ends_with(words));
    }
}

#[test]
fn mail_is_read_from_its_markup() {
    for words in SCRIPTS {
        let mail = format!(
            "From: Wire <a@coast.example>\nSubject: x\nDate: Sat, 14 Mar 2026 09:30:00 +0000\nMIME-Version: 1.0\n\
             Content-Type: multipart/alternative; boundary=B\n\n--B\nContent-Type: text/plain; charset=utf-8\n\n\
             This mail is in HTML. View it at https://coast.example/{0}/{0}\n\n--B\n\
             Content-Type: text/html; charset=utf-8\n\n<p>{words}</p>\n--B--\n",
            "0123456789abcdef".repeat(6)
        );
        assert_eq!(read(&mail, "a.eml").unwrap().body.text(), format!("x\n{words}"));
    }
}

#[test]
fn whole_entries_of_feeds_are_no_summaries() {
    for words in SCRIPTS {
        let paragraph = format!("<p>{}</p>", words.repeat(3));
        let feed = |text: &str| {
            let text = text.replace('<', "&lt;");
            format!(
                "<rss version='2.0'><channel><title>Wire</title><item><title>x</title><link>https://a.example/1</link>\
                 <description>{text}</description></item></channel></rss>"
            )
        };
        assert!(!read(&feed(&paragraph.repeat(3)), "a.xml").unwrap().is_summary, "{words}");
        assert!(read(&feed(&format!("<p>{words}</p>")), "a.xml").unwrap().is_summary, "{words}");
    }
}

#[test]
fn short_pages_that_say_that_they_are_articles_are() {
    let text = "<h1>Bridge reopens</h1><p>“The bridge is open again,” said Mara Deniz, the harbour master.</p>";
    let lists = "<nav><ul><li><a href=/>Home</a><li><a href=/sport>Sport</a></ul></nav>";
    for page in [
        format!("<article>{text}</article>"),
        format!("<meta property=og:type content=article><div>{text}</div>"),
        format!("<div itemscope itemtype=http://schema.org/NewsArticle>{text}</div>"),
        format!("<script type=application/ld+json>{{\"@type\": \"NewsArticle\"}}</script><div>{text}</div>"),
    ] {
        let article = read(&format!("<!DOCTYPE html><title>Bridge reopens</title>{lists}{page}"), "a.html").unwrap();
        assert!(article.body.text().ends_with("said Mara Deniz, the harbour master."), "{page}");
    }
    for page in [format!("<div>{text}</div>"), format!("<article>{text}</article><article><p>Other.</p></article>")] {
        let refused = read(&format!("<!DOCTYPE html><title>Bridge reopens</title>{lists}{page}"), "a.html");
        assert!(matches!(refused, Err(ParseError::NoArticle)), "{page}");
    }
}

#[test]
fn time_of_reading_counts_letters() {
    let text = format!("橋\n{}", JAPANESE.repeat(40));
    assert!(read(&text, "a.txt").unwrap().reading_minutes() >= 3);
}

#[test]
fn pages_of_notices_are_refused() {
    for words in [
        "この記事をお読みになるには、会員登録とログインが必要です。利用規約に同意のうえお進みください。",
        "当サイトでは、お客様の利便のためにクッキーを使っています。このままご覧になると、クッキーの使用に同意されたことになります。",
        "您要看的页面不存在，或者已经被删除，请返回首页继续阅读其他内容。",
    ] {
        let page = format!("<!DOCTYPE html><title>港新聞</title><main><h1>港新聞</h1><p>{words}</p></main>");
        assert!(matches!(read(&page, "a.html"), Err(ParseError::NoArticle)), "{words}");
    }
}
