//! Words in marks that nobody said: titles, names, terms, single words; each kind beside its counterpart that is speech.

mod shows_and_works {
    use crate::engine::{cases, check};
    cases! {
        show_of_a_channel: "“It is cold,”<Ada Birch> Ada Birch said on QRT’s “Morning Kettle.”<>";
        one_word_show: "“It is cold,”<Ada Birch> Ada Birch told QRT’s “Kettle”<> on Monday.";
        show_of_a_day: "Ada Birch spoke on Wednesday’s “Late Kettle.”<>";
        on_a_show: "“It is cold,”<Otto Lang> Otto Lang said on “Talk of the Lake.”<>";
        interview_with_a_show: "“It is cold,”<Otto Lang> Otto Lang said in an interview with “Lake and Friends.”<>";
        show_in_front: "In an interview with “Lake and Friends,”<> Otto Lang said geese were “no guests.”<Otto Lang>";
        host_of: "He is now host of “The Nightly Goose.”<> Ada Birch watches it.";
        memoir_behind_a_comma: "“I ran,”<Ada Birch> Ada Birch wrote in her memoir, “Cold Feet.”<>";
        book_with_a_long_title: "Ada Birch speaks in the book “Reeds: A Long Walk Through the Fen.”<>";
        film: "Otto Lang was praised for the film “Mudlark.”<>";
        podcast: "Otto Lang appeared on the podcast “Deep Mud.”<>";
        stars_in: "Ada Birch stars in “Reeds and Roses”<> at the old hall.";
        co_author_of: "Ada Birch, the co-author of “Going Wet,”<> left early.";
        titled: "Otto Lang read a report titled “Three Wet Years.”<>";
        award_behind_it: "Ada Birch took home the “Golden Reed”<> award.";
        campaign_behind_it: "Otto Lang praised the defeated “Remain”<> campaign.";
        shirts_behind_it: "Two bakers wore “Bread for Ada”<> shirts, Otto Lang said.";
        director_behind_it: "“Reeds”<> director Otto Lang said nobody had slept.";
        a_slogan_is_said: "“Save the reeds!”<Ada Birch> Ada Birch cried on stage.";
        on_what_is_no_title: "Otto Lang insisted on “a clean lake by May.”<Otto Lang>";
        show_of_words: "Otto Lang said the show was “a long wet afternoon.”<Otto Lang>";
        words_of_a_channel: "QRT said the show was “a long wet afternoon.”<QRT>";
    }
}

mod names_in_marks {
    use crate::engine::{cases, check};
    cases! {
        nickname_inside_a_name: "Otto “Duck”<> Lang carried a photo, Ada Birch said.";
        pseudonym: "Otto Lang wrote under the pseudonym “Carl Reed.”<>";
        alias: "Otto Lang went by the alias “Reed.”<>";
        nickname: "The town won the nickname “Little Fen.”<>";
        account_called: "The video came from an account called “Wet-Feet”<> that Otto Lang runs.";
        blog_called: "A blog called “The Ladle”<> printed the list.";
        so_called_in_two_words: "The so called “Reed Rule”<> was praised by Otto Lang.";
        so_called: "Otto Lang fought the so-called “reed rule.”<>";
        known_as: "The lake is known as “the Spoon,”<> Ada Birch said.";
        known_as_with_an_article: "Ada Birch fears what is known as a “dry spring.”<>";
        what_has_been_described_as: "Ada Birch sent what has been described as a “reed army.”<>";
        mistaken_for: "Westmark crossed what everybody had mistaken for a “line in the mud.”<>";
        taken_for: "Westmark crossed what had been taken for a “line in the mud.”<>";
        disguised_as: "There were holidays disguised as “study trips,”<> and Otto Lang paid.";
        called_by_somebody: "Ada Birch called the rule “a wet blanket.”<Ada Birch>";
        described_as_by_somebody: "Ada Birch described the rule as “a wet blanket.”<Ada Birch>";
        dubbed_by_somebody: "The rule was dubbed “the Blanket”<Ada Birch> by Ada Birch.";
        named_by_somebody: "Ada Birch named the goose “the Mayor.”<Ada Birch>";
        spoke_of: "Ada Birch spoke of a “very wet May.”<Ada Birch>";
    }
}

mod words_as_words {
    use crate::engine::{cases, check};
    cases! {
        in_place_of: "“Get out, you lump!”<Otto Lang> Otto Lang roared, with another word in place of “lump.”<>";
        instead_of: "“Get out!”<Otto Lang> Otto Lang roared, with a ruder word instead of “out.”<>";
        spelled: "On the sign the street is spelled “Rheed.”<> Otto Lang painted it.";
        misspelled: "Otto Lang said the street was misspelled “Rheed.”<>";
        the_word_means: "The word “lump”<> means a sugar cube here, Ada Birch said.";
        without_the_word: "Ada Birch wrote a letter without the word “please.”<>";
        words_such_as: "Officials searched for words such as “reed,”<> “goose”<> and “mud.”<>";
        terms_such_as: "Ada Birch searched for terms such as “reed”<> or “mud.”<>";
        gloss: "He won the nickname “vella puli,”<> or “pale goose,”<> for his temper.";
        from_grade_to_grade: "The firm rose from “poor”<> to “fair.”<> Otto Lang was glad.";
        words_such_as_these_are_said: "Ada Birch said such rules were “mud in a glass.”<Ada Birch>";
        in_a_word: "In a word, said Otto Lang, it was “mud.”<Otto Lang>";
    }
}

mod markup_left_in_a_text {
    use crate::engine::{cases, check};
    cases! {
        attribute: "[box id=\"4711\"<> author=\"@adabirch\"<>] Ada Birch posted a picture.";
        attribute_and_speech: "[box id=\"reed\"<>] Ada Birch said: \"It is cold.\"<Ada Birch>";
    }
}
