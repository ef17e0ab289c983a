//! When two names are one person's.

use super::*;

#[test]
fn particles_belong_to_a_name() {
    for name in ["van der Velde", "de Gaulle", "al-Assad", "d’Estaing", "Ursula von der Leyen", "bin Salman"] {
        assert!(!is_described(&person_key(name)), "{name}");
    }
    for name in ["de facto leader", "e-mail", "al", "officials"] {
        assert!(is_described(&person_key(name)), "{name}");
    }
    assert_eq!(person_key("Ursula Von Der Leyen"), person_key("ursula von der Leyen").replace(DESCRIBED, ""));
    let of = |name: &str| surnames(&person_key(name)).iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
    assert_eq!(of("Jan van der Velde"), ["velde", "der velde", "van der velde"]);
    assert_eq!(of("Ed Holt Jr."), ["holt"]);
    assert!(of("Velde").is_empty() && of("van der Velde") == ["velde", "der velde"]);
    assert!(is_bare("velde") && is_bare("van der velde") && !is_bare("jan velde"));
}

#[test]
fn identities_are_written_and_read() {
    for (name, role, written) in [
        ("Mara Deniz", None, "mara deniz"),
        ("Mara Deniz", Some("spokeswoman"), "mara deniz\tf"),
        ("Mr. John A. Roe", None, "john roe\tm\tA"),
        ("John A. Roe", None, "john roe\t\tA"),
    ] {
        let identity = Identity::of(name, role);
        assert_eq!(identity.to_string(), written);
        assert_eq!(Identity::parse(written), identity);
    }
    assert!(!Identity::of("a spokesman", Some("spokesman")).is_named());
}

#[test]
fn form_of_address_tells_whether_a_surname_alone_is_a_mans() {
    let addressed = |name: &str, aliases: &[&str]| {
        let aliases: Vec<String> = aliases.iter().map(|alias| (*alias).to_owned()).collect();
        Identity::of(name, None).addressed(&aliases).to_string()
    };
    assert_eq!(addressed("Okafor", &["Mrs. Okafor"]), "okafor\tf");
    assert_eq!(addressed("Okafor", &["the mayor", "Mr. Okafor"]), "okafor\tm");
    assert_eq!(addressed("Okafor", &["Mr. Okafor", "Ms. Okafor"]), "okafor");
    assert_eq!(addressed("Okafor", &["Mrs. Marsh"]), "okafor");
    assert_eq!(addressed("Ines Okafor", &["Mrs. Okafor"]), "ines okafor");
}

#[test]
fn names_that_agree_share_a_key() {
    for same in [
        ["Dmitry Peskov", "DMITRY PESKOV"],
        ["Zoë Okafor", "Mrs. Zoe Okafor"],
        ["John A. Smith", "John Smith"],
        ["Sen. John McCain", "John McCain"],
        ["the Coast Guard", "Coast Guard"],
        ["Ed Holt Jr.", "Ed Holt, Jr"],
    ] {
        assert_eq!(person_key(same[0]), person_key(same[1]));
    }
    for different in [
        ["Bill Clinton", "Hillary Clinton"],
        ["Donald Trump", "Donald Trump Jr."],
        ["Peskov", "Dmitry Peskov"],
        ["J. Smith", "K. Smith"],
        ["a Clinton aide", "Clinton"],
    ] {
        assert_ne!(person_key(different[0]), person_key(different[1]));
    }
}

#[test]
fn unnamed_speaker_is_described() {
    for name in ["a spokesman", "the engineer", "officials", "The spokesman", "a Clinton aide", "an Okafor"] {
        assert!(is_described(&person_key(name)), "{name}");
    }
    for name in ["Okafor", "the White House", "Mr. Holt", "3M", "Ирина", "林"] {
        assert!(!is_described(&person_key(name)), "{name}");
    }
}

#[test]
fn description_is_not_linked_across_articles() {
    assert!(has_key("Mr. Zoe Okafor", &person_key("Zoë Okafor")) && has_key("Ed Holt, Jr.", &person_key("Ed Holt Jr")));
    assert!(!has_key("Ann Okafor", &person_key("Zoë Okafor")));
    assert!(!has_key("a spokesman", &person_key("a spokesman")));
}

#[test]
fn titles_roles_and_initials_may_contradict() {
    let of = |name: &str, role: &str| NameTraits::of(name, Some(role));
    assert!(of("Alex Holt", "party spokesman").contradict(of("Alex Holt", "spokeswoman for the port")));
    assert!(of("Mr. Holt", "").contradict(of("Mrs. Holt", "")));
    assert!(of("John A. Holt", "").contradict(of("John B. Holt", "")));
    assert!(!of("John A. Holt", "").contradict(of("John Holt", "")));
    assert!(!of("Ann Roe", "spokesman of the queen").contradict(of("Ann Roe", "the mayor’s brother")));
    assert!(!of("Ann Roe", "senator").contradict(of("Ann Roe", "former candidate")));
}
