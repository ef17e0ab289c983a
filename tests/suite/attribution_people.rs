//! Who is a person, and what they are called: first names, roles as whole phrases, and words that are nobody.

mod first_names {
    use crate::engine::{cases, check};
    cases! {
        woman_of_the_census: "Darlene Birch met Dwayne Roe at the weir.\n“It is open,”<Darlene Birch> she said.";
        man_of_the_census: "Darlene Birch met Dwayne Roe at the weir.\n“It is open,”<Dwayne Roe> he said.";
        woman_from_elsewhere: "Oluwaseun Birch met Ngozi Roe at the weir.\n“It is open,”<Ngozi Roe> she said.";
        short_form: "Bernie Birch met Darlene Roe at the weir.\n“It is open,”<Bernie Birch> he said.";
        either_is_no_man: "Taylor Roe met Dwayne Birch at the weir. Taylor Roe had a drill.\n“It is open,”<Taylor Roe> Roe said. “It leaks,”<Taylor Roe> she added.";
        either_is_no_woman: "Jordan Roe met Darlene Birch at the weir. Jordan Roe had a drill.\n“It is open,”<Jordan Roe> Roe said. “It leaks,”<Jordan Roe> he added.";
        word_is_no_name: "Many Roads closed on Monday. Ada Birch drove on.\n“It is open,”<Ada Birch> she said.";
        title_before_surname_of_a_first_name: "“It is open,”<Carson> Mr. Carson said.";
        will_is_a_name: "Will Tapley came by boat. “It is open,”<Will Tapley> he said.";
        particle_is_no_first_name: "Hanneke van der Roe came by boat. “It is open,”<Hanneke van der Roe> Dr. van der Roe said.";
        will_asks: "Will Tapley come by boat? Otto Tapley is unsure. “It is open,”<Otto Tapley> he said.";
    }
}

mod roles_and_names_are_whole {
    use crate::engine::{cases, check, role};

    cases! {
        new_before_a_state_opens: "New Hampshire Public Radio said the weir was “open to all.”<New Hampshire Public Radio>";
        new_before_a_state_in_the_middle: "On Monday New Hampshire Public Radio said the weir was “open to all.”<New Hampshire Public Radio>";
        a_new_thing: "New rules at the weir came on Monday. “It is open,”<Ada Birch> said Ada Birch.";
        name_behind_a_heading: "FLOOD WARNING LIFTED Mayor Ada Birch said the weir was “open to all.”<Ada Birch>";
        half_an_adjective: "Officials with knowledge of the behind-the-door talks left. “It is open,”<Ada Birch> said Ada Birch.";
    }

    #[test]
    fn time_before_a_title_is_no_role() {
        let text = "On the eighth night Dr. Vera Moss wrote by candle. “It is late,” Moss said.";
        assert_eq!(role(text, "Vera Moss").as_deref(), Some("Dr."));
    }

    #[test]
    fn city_and_surname_like_a_paper() {
        let text = "“It is open,” said Tarn City Mayor Otto Guardian.";
        assert_eq!(role(text, "Otto Guardian").as_deref(), Some("Tarn City Mayor"));
    }

    #[test]
    fn faith_before_a_title() {
        assert_eq!(
            role("“It is open,” said Christian Rev. Otto Lang.", "Otto Lang").as_deref(),
            Some("Christian Rev.")
        );
    }

    #[test]
    fn state_of_two_words() {
        let text = "New Jersey Gov. Otto Lang said the weir was “open to all.”";
        assert_eq!(role(text, "Otto Lang").as_deref(), Some("New Jersey Gov."));
    }

    #[test]
    fn paper_of_three_words() {
        let text = "New York Times columnist Otto Lang said the weir was “open to all.”";
        assert_eq!(role(text, "Otto Lang").as_deref(), Some("New York Times columnist"));
    }

    #[test]
    fn address_is_no_role() {
        assert_eq!(role("“It is open,” the elder Mr. Lang said.", "Lang"), None);
        let text = "“It is open,” said Danish diplomat Sir Otto Lang.";
        assert_eq!(role(text, "Otto Lang").as_deref(), Some("Danish diplomat"));
    }
}

mod what_cannot_speak {
    use crate::engine::{cases, check};
    cases! {
        state_behind_a_town: "Ada Birch of Ellery, Ohio, said the weir was “open to all.”<Ada Birch>";
        state_before_she: "Ada Birch of Ellery, South Carolina says she thinks it will “stay open.”<Ada Birch>";
        party_and_state: "Sen. Otto Lang (R-Iowa): “It is open.”<Otto Lang>";
        post_letters: "Sen. Otto Lang (R-OH): “It is open.”<Otto Lang>";
        initials_of_a_state: "Sen. Otto Lang (R-S.C.) said: “It is open.”<Otto Lang>";
        country_may_speak: "Norway said the weir was “open to all.”<Norway>";
        label_line: "Photo: The weir. “It is open,”<Ada Birch> said Ada Birch.";
        the_latest: "The Latest: Ada Birch opens a “weir for all.”<Ada Birch>\nAda Birch said so on Monday.";
        verb_before_a_colon: "Added Birch: “It is open.”<Birch>";
        contraction: "We’ve walked far. “It is open,”<Ada Birch> said Ada Birch.";
        possessed_thing: "Ada Birch’s elbow wrote “open to all”<> in the dust.";
        possessed_account: "Otto Lang’s campaign said the weir was “open to all.”<Otto Lang’s campaign>";
        twice_the_same: "The Great Weir Weir shut. Otto Lang was there. “It is open,”<Otto Lang> he said.";
        compound_adjective: "Ada Birch gave a Lang-style speech. She called the weir “open to all.”<Ada Birch>";
        capital_of_the_sentence: "Herons like the weir, and more herons come. Otto Lang counts them. Herons, he said, are “fond of eels.”<Otto Lang>";
        capital_in_the_middle_is_a_name: "On Monday Heron came, and herons flew off. Heron said the weir was “open to all.”<Heron>";
    }
}
