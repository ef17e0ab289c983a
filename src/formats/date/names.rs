//! The words of dates: months in the languages of news, zones of time by their letters.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

/// The names of the months and their usual abbreviations, in small letters without a full stop (Unicode CLDR 45, gregorian
/// calendar, wide and abbreviated, as they stand in a date and alone; and without accents where many write them so). The
/// languages are English, German, French, Spanish, Italian, Portuguese, Catalan, Dutch, Swedish, Danish, Norwegian, Finnish,
/// Polish, Czech, Slovak, Slovene, Romanian, Hungarian, Turkish, Indonesian, Russian, Ukrainian, Bulgarian, Greek, Arabic,
/// Hindi, Croatian, Serbian, Estonian, Latvian, Lithuanian, Icelandic, Hebrew, Thai.
const MONTHS: [&str; 12] = [
    "january jan januar jänner jän janvier janv enero ene gennaio gen janeiro gener januari tammikuu tammikuuta stycznia \
     styczeń sty ledna leden januára január ianuarie ian ocak oca января январь янв січня січень січ януари \
     ιανουαρίου ιανουαριου ιανουαριος ιανουάριος ιαν يناير जनवरी siječnja siječanj januara јануар јануара jaanuar jaan janvāris janvārī sausio \
     sausis janúar ינואר בינואר \
     มกราคม ม.ค",
    "february feb februar feber februari février fevrier févr fév febrero febbraio fevereiro fev febrer helmikuu \
     helmikuuta lutego luty lut února únor februára február februarie febr şubat şub subat февраля февраль февр фев лютого \
     лютий лют февруари φεβρουαρίου φεβρουαριου φεβρουαριος φεβρουάριος φεβ فبراير شباط फ़रवरी फरवरी veljače veljača februara фебруар фебруара veebruar \
     veebr februāris februārī vasario vasaris febrúar פברואר בפברואר \
     กุมภาพันธ์ ก.พ",
    "march mar märz maerz mrz mär mars marzo março marco març maart mrt marts maaliskuu maaliskuuta marca marzec března březen \
     marec martie március márc mart maret марта март мар березня березень бер μαρτίου μαρτιου μαρτιος μάρ μάρτιος μαρ مارس آذار اذار मार्च ožujka ožujak \
     märts martā kovo kovas מרץ במרץ מרס במרס \
     มีนาคม มี.ค",
    "april apr avril avr abril abr aprile huhtikuu huhtikuuta kwietnia kwiecień kwi dubna duben apríla apríl aprilie \
     április ápr nisan nis апреля апрель апр квітня квітень квіт април απριλίου απριλιου απριλιος απρίλιος απρ أبريل ابريل نيسان अप्रैल travnja \
     travanj aprila aprill aprīlis aprīlī balandžio balandis אפריל באפריל \
     เมษายน เม.ย",
    "may mai mayo maggio mag maio maig mei maj toukokuu toukokuuta maja května květen mája máj május mayıs mayis мая май \
     травня травень трав μαΐου μαιου μαιος μάι μαι μαΐ μάιος μαϊ مايو أيار ايار मई svibnja svibanj мај маја maijs maijā gegužės gegužė maí מאי במאי \
     พฤษภาคม พ.ค",
    "june jun juni juin junio giugno giu junho juny kesäkuu kesäkuuta czerwca czerwiec cze června červen júna jún junij \
     iunie iun június haziran haz июня июнь июн червня червень черв юни ιουνίου ιουνιου ιουνιος ιούν ιούνιος ιουν يونيو حزيران जून lipnja lipanj juna \
     јун јуна juuni jūnijs jūnijā birželio birželis júní יוני ביוני \
     มิถุนายน มิ.ย",
    "july jul juli juillet juil julio luglio lug julho juliol heinäkuu heinäkuuta lipca lipiec lip července červenec júla júl \
     julij iulie iul július temmuz tem июля июль июл липня липень лип юли ιουλίου ιουλιου ιουλιος ιούλ ιούλιος ιουλ يوليو تموز जुलाई srpnja srpanj \
     jula јул јула juuli jūlijs jūlijā liepos liepa júlí יולי ביולי \
     กรกฎาคม ก.ค",
    "august aug août aout agosto ago agost augustus augusti elokuu elokuuta sierpnia sierpień sie srpna srpen augusta avgust \
     augusztus ağustos agustos ağu agustus августа август авг серпня серпень серп αυγούστου αυγουστου αυγουστος αύγ αύγουστος αυγ أغسطس آب अगस्त \
     kolovoza kolovoz avgusta augusts augustā rugpjūčio rugpjūtis ágúst אוגוסט באוגוסט \
     สิงหาคม ส.ค",
    "september sep sept septembre septiembre setiembre set settembre sett setembro setembre syyskuu syyskuuta września \
     wrzesień wrz září septembra septembrie szeptember szept eylül eylul eyl сентября сентябрь сент сен вересня вересень \
     вер септември σεπτεμβρίου σεπτεμβριου σεπτεμβριος σεπτ σεπτέμβριος σεπ سبتمبر أيلول ايلول सितंबर सितम्बर rujna rujan septembar септембар септембра septembris \
     septembrī rugsėjo rugsėjis ספטמבר בספטמבר \
     กันยายน ก.ย",
    "october oct oktober okt octobre octubre ottobre ott outubro out lokakuu lokakuuta października październik paź října \
     říjen októbra október octombrie ekim eki октября октябрь окт жовтня жовтень жовт октомври οκτωβρίου οκτωβριου οκτωβριος οκτώβριος οκτ \
     أكتوبر अक्टूबर अक्तूबर oktobar oktobra октобар октобра oktoober oktobris oktobrī spalio spalis אוקטובר באוקטובר \
     ตุลาคม ต.ค",
    "november nov novembre noviembre novembro marraskuu marraskuuta listopada listopad lis listopadu novembra noiembrie \
     kasım kasim kas ноября ноябрь нояб ноя листопада листопад ноември νοεμβρίου νοεμβριου νοεμβριος νοέμβριος νοε نوفمبر नवंबर नवम्बर \
     studenoga studenog studeni novembar новембар новембра novembris novembrī lapkričio lapkritis nóvember נובמבר בנובמבר \
     พฤศจิกายน พ.ย",
    "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro desembre desember des joulukuu \
     joulukuuta grudnia grudzień gru prosince prosinec decembra decembrie aralık aralik ara декабря декабрь дек грудня \
     грудень груд декември δεκεμβρίου δεκεμβριου δεκεμβριος δεκέμβριος δεκ ديسمبر दिसंबर दिसम्बर prosinca prosinac decembar децембар децембра \
     detsember dets decembris decembrī gruodžio gruodis דצמבר בדצמבר \
     ธันวาคม ธ.ค",
];

/// The names of the days of the week and their usual abbreviations, in small letters without a full stop, in languages that
/// write a date after them (Unicode CLDR 45; English, German, French, Spanish, Italian, Portuguese, Catalan, Dutch, Swedish,
/// Danish, Norwegian, Finnish, Polish, Czech, Slovak, Romanian, Hungarian, Turkish, Indonesian, Russian, Ukrainian,
/// Greek, Croatian, Serbian, Chinese, Japanese, Korean).
const WEEKDAYS: &str = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun \
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi dimanche \
    lunes martes miércoles miercoles jueves viernes sábado sabado domingo lunedì martedì mercoledì giovedì venerdì sabato \
    domenica segunda-feira terça-feira quarta-feira quinta-feira sexta-feira segunda terça quarta quinta sexta dilluns dimarts \
    dimecres dijous divendres dissabte diumenge maandag dinsdag woensdag donderdag vrijdag zaterdag zondag måndag tisdag \
    onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag maanantai tiistai keskiviikko torstai perjantai lauantai \
    sunnuntai maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina poniedziałek wtorek środa \
    czwartek piątek sobota niedziela pondělí úterý středa čtvrtek pátek neděle pondelok utorok streda štvrtok piatok nedeľa luni \
    marți miercuri joi vineri sâmbătă duminică hétfő kedd szerda csütörtök péntek szombat vasárnap pazartesi salı çarşamba \
    perşembe cuma cumartesi pazar senin selasa rabu kamis jumat sabtu minggu понедельник вторник среда четверг пятница \
    суббота воскресенье понеділок вівторок середа четвер п'ятниця субота неділя \
    δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή ponedjeljak utorak srijeda četvrtak petak subota nedjelja ponedeljak \
    sreda nedelja \
    月 火 水 木 金 土 日 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 周一 周二 周三 \
    周四 周五 周六 周日 월 화 수 목 금 토 일 월요일 화요일 수요일 목요일 금요일 토요일 일요일";

/// Whether `word`, in small letters without a full stop, names a day of the week.
pub fn is_weekday(word: &str) -> bool {
    WEEKDAYS.split(' ').any(|day| day == word)
}

/// The year before the first of an era, and what follows its name at the start of `word`: 令和8年 is 2026, 民國115年 too.
pub fn era(word: &str) -> Option<(i32, &str)> {
    const ERAS: [(&str, i32); 7] = [
        ("令和", 2018),
        ("平成", 1988),
        ("昭和", 1925),
        ("大正", 1911),
        ("明治", 1867),
        ("民國", 1911),
        ("民国", 1911),
    ];
    ERAS.iter().find_map(|(name, before)| Some((*before, word.strip_prefix(name)?)))
}

static BY_NAME: LazyLock<HashMap<&str, u32>> = LazyLock::new(|| {
    (1..).zip(MONTHS).flat_map(|(month, names)| names.split(' ').map(move |name| (name, month))).collect()
});

/// The month that `word` names, in small letters without a full stop. `is_dotted`: a full stop stands after the day, by
/// which `listopada` is the Croatian October and not the Polish November (CLDR: "22. listopada 2026." and "22 listopada 2026").
pub fn month(word: &str, is_dotted: bool) -> Option<u32> {
    if is_dotted && word == "listopada" {
        return Some(10);
    }
    // "4 d'abril" (Catalan).
    let word = ["d'", "d’"].iter().find_map(|of| word.strip_prefix(of)).unwrap_or(word);
    // "آذار/مارس": both names that Arabic has.
    BY_NAME.get(word.split('/').next().unwrap_or(word)).copied()
}

/// The month that two words name together, as in the Levant: "تشرين الثاني" is November. The second may be followed by the name
/// elsewhere, after a stroke.
pub fn month_of_two(first: &str, second: &str) -> Option<u32> {
    let is_second = match second.split('/').next().unwrap_or(second) {
        "الأول" | "الاول" | "أول" => false,
        "الثاني" | "الثانى" | "ثاني" => true,
        _ => return None,
    };
    match (first, is_second) {
        ("تشرين", false) => Some(10),
        ("تشرين", true) => Some(11),
        ("كانون", false) => Some(12),
        ("كانون", true) => Some(1),
        _ => None,
    }
}

/// Whether `word` is the first of two that name a month.
pub fn begins_month(word: &str) -> bool {
    matches!(word, "تشرين" | "كانون")
}

/// Whether `letters` after a number make it an ordinal: "1st", "1er", "1º", and "1°" as many type that.
pub fn is_ordinal(letters: &str) -> bool {
    matches!(letters, "st" | "nd" | "rd" | "th" | "er" | "º" | "ª" | "°")
}

/// Whether `word` says that the number after it is that of a month: "22 tháng 11 năm 2026" (Vietnamese).
pub fn counts_months(word: &str) -> bool {
    matches!(word, "tháng" | "thg")
}

/// Whether the name of a month is a weekday too: `mar` begins mardi, martes and martedì.
pub fn may_be_weekday(month: &str) -> bool {
    month == "mar"
}

/// A zone of time by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// So many minutes ahead of UTC.
    Ahead(i16),
    /// `ET` and the like, which mean what holds there on that day: so many minutes ahead of UTC in winter.
    American(i16),
    /// `BST`, which is that of Britain while clocks there are in summer, and that of Bangladesh or none else.
    British,
}

/// Names of zones: those of RFC 822 §5.1, and others that mean one thing wherever news is written: `GST` that of the Gulf
/// (nobody writes news in South Georgia, and Guam calls its own `ChST` since 2000), `NST` that of Newfoundland (Nepal writes
/// `NPT`). `IST` (India, Israel, Ireland) and `AST` (Atlantic, Arabia) do not, and the letters of armies were defined wrongly
/// (RFC 2822 §4.3): these say nothing.
const ZONES: [(&str, Zone); 73] = [
    ("z", Zone::Ahead(0)),
    ("ut", Zone::Ahead(0)),
    ("utc", Zone::Ahead(0)),
    ("gmt", Zone::Ahead(0)),
    ("est", Zone::Ahead(-300)),
    ("edt", Zone::Ahead(-240)),
    ("cst", Zone::Ahead(-360)),
    ("cdt", Zone::Ahead(-300)),
    ("mst", Zone::Ahead(-420)),
    ("mdt", Zone::Ahead(-360)),
    ("pst", Zone::Ahead(-480)),
    ("pdt", Zone::Ahead(-420)),
    ("et", Zone::American(-300)),
    ("ct", Zone::American(-360)),
    ("mt", Zone::American(-420)),
    ("pt", Zone::American(-480)),
    ("akst", Zone::Ahead(-540)),
    ("akdt", Zone::Ahead(-480)),
    ("hst", Zone::Ahead(-600)),
    ("adt", Zone::Ahead(-180)),
    ("nst", Zone::Ahead(-210)),
    ("ndt", Zone::Ahead(-150)),
    ("brt", Zone::Ahead(-180)),
    ("clt", Zone::Ahead(-240)),
    ("clst", Zone::Ahead(-180)),
    ("art", Zone::Ahead(-180)),
    ("cot", Zone::Ahead(-300)),
    ("pet", Zone::Ahead(-300)),
    ("wet", Zone::Ahead(0)),
    ("west", Zone::Ahead(60)),
    ("bst", Zone::British),
    ("cet", Zone::Ahead(60)),
    ("cest", Zone::Ahead(120)),
    ("met", Zone::Ahead(60)),
    ("mest", Zone::Ahead(120)),
    ("mez", Zone::Ahead(60)),
    ("mesz", Zone::Ahead(120)),
    ("eet", Zone::Ahead(120)),
    ("eest", Zone::Ahead(180)),
    ("msk", Zone::Ahead(180)),
    ("мск", Zone::Ahead(180)),
    ("trt", Zone::Ahead(180)),
    ("wat", Zone::Ahead(60)),
    ("cat", Zone::Ahead(120)),
    ("sast", Zone::Ahead(120)),
    ("eat", Zone::Ahead(180)),
    ("idt", Zone::Ahead(180)),
    ("irst", Zone::Ahead(210)),
    ("gst", Zone::Ahead(240)),
    ("pkt", Zone::Ahead(300)),
    ("npt", Zone::Ahead(345)),
    ("ict", Zone::Ahead(420)),
    ("wib", Zone::Ahead(420)),
    ("wita", Zone::Ahead(480)),
    ("wit", Zone::Ahead(540)),
    ("hkt", Zone::Ahead(480)),
    ("sgt", Zone::Ahead(480)),
    ("myt", Zone::Ahead(480)),
    ("pht", Zone::Ahead(480)),
    ("awst", Zone::Ahead(480)),
    ("jst", Zone::Ahead(540)),
    ("kst", Zone::Ahead(540)),
    ("acst", Zone::Ahead(570)),
    ("acdt", Zone::Ahead(630)),
    ("aest", Zone::Ahead(600)),
    ("aedt", Zone::Ahead(660)),
    ("chst", Zone::Ahead(600)),
    ("sbt", Zone::Ahead(660)),
    ("fjt", Zone::Ahead(720)),
    ("nzst", Zone::Ahead(720)),
    ("nzdt", Zone::Ahead(780)),
    ("chast", Zone::Ahead(765)),
    ("chadt", Zone::Ahead(825)),
];

/// The zone that `word` names, in small letters.
pub fn zone(word: &str) -> Option<Zone> {
    ZONES.iter().find(|(name, _)| *name == word).map(|(_, zone)| *zone)
}

impl Zone {
    /// How many minutes ahead of UTC its clocks are when they show `local`; nothing where that is not known.
    pub fn ahead_at(self, local: NaiveDateTime) -> Option<i16> {
        match self {
            Self::Ahead(minutes) => Some(minutes),
            Self::American(winter) => is_american_summer(local).map(|summer| winter + if summer { 60 } else { 0 }),
            Self::British => is_european_summer(local)?.then_some(60),
        }
    }
}

/// Whether clocks of the United States are in summer: from two o'clock on the second Sunday of March to two o'clock on the
/// first of November (Energy Policy Act of 2005 §110, since 2007; what held before is not known here).
fn is_american_summer(local: NaiveDateTime) -> Option<bool> {
    let two = NaiveTime::from_hms_opt(2, 0, 0)?;
    let change = |month, nth| NaiveDate::from_weekday_of_month_opt(local.year(), month, Weekday::Sun, nth);
    let (begins, ends) = (change(3, 2)?.and_time(two), change(11, 1)?.and_time(two));
    (local.year() >= 2007).then(|| (begins..ends).contains(&local))
}

/// Whether clocks of Britain are in summer: from the last Sunday of March to the last of October, both days counted in (since
/// 1996, Directive 2000/84/EC and the Summer Time Order 2002).
fn is_european_summer(local: NaiveDateTime) -> Option<bool> {
    let last = |month| {
        let sunday = |nth| NaiveDate::from_weekday_of_month_opt(local.year(), month, Weekday::Sun, nth);
        sunday(5).or_else(|| sunday(4))
    };
    let days = last(3)?..=last(10)?;
    (local.year() >= 1996).then(|| days.contains(&local.date()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_means_one_month() {
        let mut seen = HashMap::new();
        for (month, names) in MONTHS.iter().enumerate() {
            for name in names.split(' ') {
                assert_eq!(name, name.to_lowercase());
                assert_eq!(seen.insert(name, month), None, "{name}");
            }
        }
    }

    #[test]
    fn weekdays_are_no_months() {
        for word in
            "monday sunday sun sat mardi samedi dimanche lunes martes sábado domingo dom lunedì martedì sabato sab \
             terça segunda maandag dinsdag zaterdag montag sonntag mon mo di so sa sö märzen marty augustin december's"
                .split(' ')
        {
            assert_eq!(month(word, false), None, "{word}");
        }
    }

    #[test]
    fn american_zones_follow_the_season() {
        let ahead = |at: &str| zone("et").unwrap().ahead_at(at.parse().unwrap());
        assert_eq!(ahead("2026-03-08T01:59:59"), Some(-300));
        assert_eq!(ahead("2026-03-08T02:00:00"), Some(-240));
        assert_eq!(ahead("2026-11-01T01:59:59"), Some(-240));
        assert_eq!(ahead("2026-11-01T02:00:00"), Some(-300));
        assert_eq!(ahead("1999-07-01T12:00:00"), None);
    }
}
