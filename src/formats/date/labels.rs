//! What people write before a date to say of what it is: of the publication, of a change, of something else.

/// Stems of what stands before the date of a publication, in small letters. Those with a colon say no more than "date".
const LABELS: [&str; 93] = [
    "published",
    "posted",
    "publication date",
    "date:",
    "written:",
    "released",
    "first aired",
    "veröffentlich",
    "erschienen",
    "erstellt",
    "datum:",
    "pressemitteilung vom",
    "meldung vom",
    "artikel vom",
    "beitrag vom",
    "publié",
    "mis en ligne",
    "paru le",
    "publicado",
    "publicada",
    "fecha:",
    "pubblicat",
    "postado",
    "data:",
    "gepubliceerd",
    "geplaatst",
    "publicerad",
    "publisert",
    "udgivet",
    "julkaistu",
    "opublikowan",
    "publikacj",
    "dodano",
    "publikováno",
    "vydáno",
    "vydané",
    "zveřejněno",
    "publikace:",
    "publikované",
    "zverejnené",
    "objavljeno",
    "közzétéve",
    "megjelent",
    "publicat",
    "yayınlan",
    "yayım",
    "avaldatud",
    "publicēts",
    "paskelbta",
    "đăng lúc",
    "xuất bản",
    "diterbitkan",
    "dipublikasikan",
    "опубликован",
    "опубліковано",
    "публикуван",
    "објављено",
    "δημοσιεύ",
    "δημοσιευ",
    "δημοσίευ",
    "ανάρτηση",
    "αναρτήθηκε",
    "ημερομηνία:",
    "дата:",
    "تاريخ النشر",
    "نشر",
    "פורסם",
    "प्रकाशित",
    "เผยแพร่",
    "公開",
    "投稿",
    "掲載",
    "配信",
    "発行",
    "発表",
    "日付:",
    "日付：",
    "公开",
    "发布",
    "發布",
    "发表",
    "發表",
    "刊登",
    "日期:",
    "日期：",
    "등록",
    "입력",
    "작성",
    "게시",
    "발행",
    "날짜:",
    "ngày đăng",
    "tarih:",
];

/// The same of other dates: that of the last change, of the right to copy, of an event.
const OTHER_LABELS: [&str; 63] = [
    "update",
    "modified",
    "edited",
    "changed",
    "reviewed",
    "aktualisier",
    "geändert",
    "änderung",
    "bearbeitet",
    "stand:",
    "stand ",
    "mis à jour",
    "mise à jour",
    "modifié",
    "actualiza",
    "aggiornat",
    "atualiza",
    "modificad",
    "bijgewerkt",
    "gewijzigd",
    "uppdatera",
    "opdatere",
    "oppdatert",
    "päivitetty",
    "zaktualizowan",
    "aktualizacja",
    "aktualizováno",
    "aktualizované",
    "frissítve",
    "ažurirano",
    "posodobljeno",
    "uuendatud",
    "atjaunot",
    "atnaujint",
    "güncelle",
    "cập nhật",
    "diperbarui",
    "обновлен",
    "обновено",
    "оновлено",
    "изменен",
    "актуализиран",
    "ενημερώ",
    "ενημέρωση",
    "ενημερω",
    "τροποποι",
    "آخر تحديث",
    "تحديث",
    "עודכן",
    "अपडेट",
    "อัปเดต",
    "อัพเดท",
    "更新",
    "수정",
    "업데이트",
    "©",
    "copyright",
    "until",
    "bis ",
    "retrieved",
    "abgerufen",
    "accessed",
    "consulté",
];

/// Whether the words before a date say that it is another than that of the publication; what stands nearest to it counts.
pub fn is_other(before: &str) -> bool {
    let before = before.to_lowercase();
    // "Update date:" is no more than "Update".
    let label = LABELS.iter().filter(|word| !says_date(word)).filter_map(|word| before.rfind(word)).max();
    OTHER_LABELS.iter().filter_map(|word| before.rfind(word)).max() > label
}

/// Whether `text` has a word for another date than that of the publication.
pub fn names_change(text: &str) -> bool {
    let text = text.to_lowercase();
    OTHER_LABELS.iter().any(|word| text.contains(word))
}

/// The first label of a publication in `before`, in small letters: where it stands, what follows it, and whether it says no
/// more than "date".
pub fn of_publication(before: &str) -> Option<(usize, &str, bool)> {
    LABELS.iter().find_map(|word| {
        let at = before.find(word)?;
        Some((at, &before[at + word.len()..], says_date(word)))
    })
}

/// Whether a label says no more than that a date follows.
fn says_date(label: &str) -> bool {
    label.ends_with([':', '：'])
}

/// Whether `word`, in small letters, begins a label, of a publication or of a change.
pub fn is_label(word: &str) -> bool {
    /// Stems are no shorter, in bytes.
    const SHORTEST: usize = 4;
    let begins = |label: &str| {
        let first = label.split([' ', ':', '：']).next().unwrap_or(label);
        first.len() >= SHORTEST && word.starts_with(first)
    };
    LABELS.iter().any(|label| begins(label))
        || OTHER_LABELS.iter().take_while(|label| **label != "©").any(|label| begins(label))
}
