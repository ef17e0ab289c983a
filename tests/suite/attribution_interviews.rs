//! Interviews and transcripts: initials, labels that are nobody, paragraphs without a cue.

mod initials {
    use crate::engine::{cases, check};
    cases! {
        who_i_is:
            "Bea Lunt and Cy Orme met us at the kiln.\nWho breaks more?\nBL He does. I tell him, “Hold the clay with slow hands.”<Bea Lunt>\nCO Not so. I say, “Hot clay needs fast hands!”<Cy Orme>";
        initials_of_nobody:
            "Bea Lunt met us.\nUK Prices rose. I say, “Hold the clay with slow hands.”<>\nEU Prices fell.";
    }
}

mod labels_that_are_nobody {
    use crate::engine::{cases, check};
    cases! {
        update: "Update: “The road is open,”<Ada Birch> Ada Birch said.";
        note: "Note: Ada Birch said the road was “open at last.”<Ada Birch>";
        correction: "Correction: “The road is open,”<Ada Birch> Ada Birch said, and not Otto Lang.";
        question_label: "Ada Birch answers our questions.\nQ: “Are you tired?”<>";
        name_before_a_colon: "Ada Birch: “No.”<Ada Birch>";
        surname_before_a_colon: "Ada Birch met Otto Lang.\nBirch: “It is cold here.”<Ada Birch>\nLang: “It is not.”<Otto Lang>";
    }
}

mod answers {
    use crate::engine::{cases, check};
    cases! {
        speech_goes_on: "“It is cold,”<Ada Birch> Ada Birch said.\n“It was colder in May,”<Ada Birch> she added.";
        two_take_turns: "“Is it cold?”<Ada Birch> Ada Birch asked.\n“It is,”<Otto Lang> Otto Lang said.\n“Then close the door,”<Ada Birch> Ada Birch said.";
        closing_mark_and_next_opens: "“It is cold,”<Ada Birch> Ada Birch said. “Nobody came.”<Ada Birch>\n“We will wait until somebody does.”<Ada Birch>";
    }
}

mod terms_and_definitions {
    use crate::engine::{cases, check};
    cases! {
        names_with_colons: "“It is late,”<Ines Hale> Ines Hale said.\n; Ada Birch:\n: “We close it now.”<Ada Birch>\n; Otto Lang:\n: “No, I do not think so.”<Otto Lang>";
        names_alone: "“It is late,”<Ines Hale> Ines Hale said.\n; Ada Birch\n: “We close it now.”<Ada Birch>\n; Otto Lang\n: “No, I do not think so.”<Otto Lang>";
        roles_behind_names: "“It is late,”<Ines Hale> Ines Hale said.\n; Ada Birch, mayor\n: “We close it now.”<Ada Birch>\n; Otto Lang (harbour master)\n: “No, I do not think so.”<Otto Lang>";
        two_definitions: "; Ada Birch:\n: “We close it now.”<Ada Birch>\n: “And soon.”<Ada Birch>";
        more_behind_the_words: "“It is late,”<Ines Hale> Ines Hale said.\n; Ada Birch\n: “We close it now,”<Ada Birch> with a smile.";
        words_and_facts_are_nobody: "; Headline\n: “Bridge closes at last”<>\n; Dead Reckoning\n: “a guess”<>\n; Port Ellery\n: “a harbour town”<>";
        own_verb_counts_more: "; Ada Birch\n: The mayor. “We close it now,”<Otto Lang> Otto Lang said of her.";
    }
}
