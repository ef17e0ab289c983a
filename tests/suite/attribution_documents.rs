//! Documents, signs, letters and statements as speakers, quotations that stand alone, and whose they are.

mod signs_and_papers {
    use crate::engine::{cases, check};
    cases! {
        sign_reads: "A sign on the gate reads “Beware of the goose.”<a sign>";
        poster_promises: "A poster promised “First Figs This Week”<a poster> and a poem.";
        card_promises: "A card in the window of Bell & Daughter promised “First Figs This Week.”<a card>";
        reads_one: "New posters hang at the gate. “Old scales. Fair weight,”<posters> reads one.";
        law_says: "The law says that “no goose shall be left alone.”<the law>";
        ad_promises: "An ad promises “dry feet for all.”<an ad>";
        logs_show: "The men met to discuss “matters of cheese and mud,”<logs> logs show.";
        report_says: "The report says the bridge “will not last the winter.”<the report>";
        leaflet_praises: "The leaflet praises the “quiet cellar”<the leaflet> of the inn.";
        owner_wrote_the_report: "Otto Lang said the report was “a wet rag.”<Otto Lang>";
        man_showed: "“It is cold,”<Ada Birch> Ada Birch said, as records show.";
    }
}

mod statements_and_signatures {
    use crate::engine::{cases, check};
    cases! {
        statement_from: "In a statement from Otto Lang: “The road is open.”<Otto Lang>";
        from_the_desk: "From the desk of Ada Birch: “The road is open.”<Ada Birch>";
        and_from: "And from Chairwoman Ada Birch: “The road is open.”<Ada Birch>";
        dash_in_the_paragraph: "“The road is open.”<Ada Birch> — Ada Birch";
        dash_in_the_next_paragraph: "“The road is open.”<Ada Birch>\n— Ada Birch";
        name_and_colon: "Ada Birch, mayor: “The road is open.”<Ada Birch>";
        so_spoke: "“You cannot sell bread to people who own ovens.”<Otto Lang>\nSo spoke Otto Lang, a baker, when he locked up.";
        thus_wrote: "“You cannot sell bread to people who own ovens.”<Otto Lang>\nThus wrote Otto Lang, a baker.";
        that_was_how: "FULL TEXT.\n“It is over.”<Otto Lang>\nThat was how Otto Lang, a clerk, described it.";
        that_is_how: "“The lake is a spoon that nobody licks.”<Ada Birch>\nThat is how Ada Birch sees it.";
        so_with_another_verb: "“It is over,”<Ada Birch> Ada Birch said.\nSo Otto Lang left.";
        curt_reply: "Otto Lang had a brief reply at the gate. “Ask my mother.”<Otto Lang>";
    }
}

mod clauses_that_mislead {
    use crate::engine::{cases, check};
    cases! {
        after_he_asked: "After clerk Ada Birch asked “Where is the oar?”<Ada Birch> Mr. Lang answered that it had sunk.";
        when_she_shouted: "When Ada Birch asked “Who is there?”<Ada Birch> Otto Lang ran.";
        main_clause: "When Ada Birch said she was tired, Otto Lang replied, “Then row slower.”<Otto Lang>";
        shouted_according_to: "The clowns ran when a boy shouted “Bear!”<a boy via the fire brigade>, according to the fire brigade.";
        met_by_who_said: "Ada Birch said she was met at the gate by Otto Lang, who shook her hand and said, “You will want gloves.”<Otto Lang via Ada Birch>";
        met_by_who_told_her: "Ada Birch said she was met by Otto Lang, who told her: “You will want gloves.”<Otto Lang via Ada Birch>";
        told_by: "Ada Birch was told by Otto Lang that the bridge was “made of hope”<Otto Lang>.";
        reminded_by: "Ada Birch was reminded by Otto Lang that “hope bears no carts.”<Otto Lang>";
        reminded_by_nobody: "Ada Birch was reminded that “hope bears no carts.”<>";
        warned_by_nobody: "Ada Birch was warned that “ice bears no carts.”<>";
        quoted_as_saying: "“We lost a shoe,”<Otto Lang via Hill Courier> the Hill Courier quoted Otto Lang as saying.";
        participle_in_front: "Calling the plan “a heap of rust,”<Ada Birch> Ada Birch left the meeting.";
        participle_in_front_describing: "Describing the plan as “a heap of rust,”<Ada Birch> Ada Birch left the meeting.";
        lead_author: "“This is new,”<Ada Birch> says lead author Ada Birch.";
        first_author: "“This is odd,”<Ada Birch> said lead researcher Ada Birch.";
        message_reading: "Ada Birch posted a message reading “Thank you, Tarn.”<Ada Birch>";
    }
}
