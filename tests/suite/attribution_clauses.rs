//! Who speaks in sentences of several clauses: blame, hearers, reports inside reports, and steps back to the first subject.

mod blame {
    use crate::engine::{cases, check};
    cases! {
        rebuked_for_calling: "Ada Birch rebuked Omar Reed for calling the pier “a heap of planks.”<Omar Reed>";
        fined_for_writing: "The league fined Otto Lang for writing that the referee was “blind in both eyes.”<Otto Lang>";
        suspended_for_saying: "The council suspended Vera Moss for saying the bridge was “held up by paint.”<Vera Moss>";
        criticized_for_describing:
            "Ada Birch criticized Otto Lang for describing the ferry as “a bathtub with a horn.”<Otto Lang>";
        took_to_task: "Omar Reed took Ada Birch to task for saying the pier was “nobody’s business.”<Ada Birch>";
        attacked_his_rival_for_saying:
            "Otto Lang attacked Ada Birch for telling fishermen to “find another river.”<Ada Birch>";
        was_rebuked_for_calling: "Omar Reed was rebuked for calling the pier “a heap of planks.”<Omar Reed>";
        apologized_for_calling: "Omar Reed apologized for calling the pier “a heap of planks.”<Omar Reed>";
        apologized_to_for_calling: "Omar Reed apologized to Ada Birch for calling the pier “a heap of planks.”<Omar Reed>";
        criticized_as: "Ada Birch criticized Otto Lang as “a bathtub with a horn.”<Ada Birch>";
        criticized_saying: "Ada Birch criticized Otto Lang, saying he was “a bathtub with a horn.”<Ada Birch>";
        criticized_for_a_deed: "Ada Birch criticized Otto Lang for what she called “a lazy winter.”<Ada Birch>";
        blamed_for_being: "Ada Birch blamed Otto Lang for being “asleep at the wheel.”<Ada Birch>";
    }
}

mod reports_inside_reports {
    use crate::engine::{cases, check};
    cases! {
        recalled_telling: "Ada Birch recalled her first teacher, Otto Lang, telling her to “draw with the left hand.”<Otto Lang>";
        remembers_saying: "Ada Birch remembers her uncle saying the sea “pays no wages.”<Ada Birch’s uncle via Ada Birch>";
        heard_him_say: "Ada Birch heard Omar Reed say the pier was “a heap of planks.”<Omar Reed via Ada Birch>";
        told_somebody_who_wrote: "Ada Birch told Otto Lang, who wrote that the pier was “a heap of planks.”<Otto Lang>";
        thanked_who_called: "Ada Birch thanked Omar Reed, who called her “the last ferrywoman.”<Omar Reed>";
        reporters_asked_who_called: "Reporters asked Omar Reed, who called the vote “a coin toss in the rain.”<Omar Reed>";
        said_told_her: "Ada Birch said Otto Lang told her: “Draw with the left hand.”<Otto Lang via Ada Birch>";
        said_had_told_him: "Otto Lang said Ada Birch had told him the pier was “a heap of planks.”<Ada Birch via Otto Lang>";
        rejected_the_claim_that: "Ada Birch rejected Omar Reed’s claim that the pier was “a heap of planks.”<Omar Reed>";
        denied_the_charge_that: "Ada Birch denied Omar Reed’s charge that she had “sold the river.”<Omar Reed>";
        echoed_the_warning_that: "Ada Birch echoed Omar Reed’s warning that the pier was “a heap of planks.”<Omar Reed>";
        quoted_as_saying: "Ada Birch quoted Omar Reed as saying the pier was “a heap of planks.”<Omar Reed via Ada Birch>";
        said_she_had_told: "Ada Birch said she had told Omar Reed the pier was “a heap of planks.”<Ada Birch>";
        told_that: "Ada Birch told Omar Reed that the pier was “a heap of planks.”<Ada Birch>";
        said_of: "Ada Birch said of Omar Reed that he was “a heap of planks.”<Ada Birch>";
    }
}

mod steps_back {
    use crate::engine::{cases, check};
    cases! {
        when_one_said_another_replied:
            "When Ada Birch said she was leaving, Omar Reed replied, “Take the ferry with you.”<Omar Reed>";
        after_one_asked_another_answered:
            "After Ada Birch asked about the pier, Otto Lang answered: “It is a heap of planks.”<Otto Lang>";
        asked_whether: "Asked whether the pier was safe, Omar Reed said: “It is a heap of planks.”<Omar Reed>";
        asked_by: "Asked by Ada Birch whether the pier was safe, Omar Reed said it was “a heap of planks.”<Omar Reed>";
        as_one_spoke: "As Ada Birch spoke, Omar Reed shouted “louder!”<Omar Reed> from the back.";
        while_one_argued: "While Ada Birch argued for a bridge, Omar Reed called it “a heap of planks.”<Omar Reed>";
        who_it_was_said_to: "“Take the ferry with you,”<Omar Reed> Omar Reed told Ada Birch when she said she was leaving.";
        relative_clause_of_the_subject:
            "The dean, who had read the letter twice, called it “a love song to paperwork.”<the dean>";
        relative_clause_with_a_name:
            "Otto Lang runs the school. The dean, who hired him in May, called it “a love song to paperwork.”<the dean>";
    }
}

mod owners_and_bodies {
    use crate::engine::{cases, check};
    cases! {
        spokesman_of_another_body:
            "Otto Lang, a spokesman for the ferry company, said the boats were late. “We are sorry,”<Otto Lang> he said.\nThe union’s spokesman said it was “not sorry enough.”<the union’s spokesman>";
        spokeswoman_of_another_body:
            "“We are sorry,”<Ada Birch> said Ada Birch, a spokeswoman for the port.\nA spokeswoman for the union said it was “not sorry enough.”<a spokeswoman for the union>";
        spokesman_of_the_same_body:
            "“We are sorry,”<Otto Lang> said Otto Lang, a spokesman for the union.\nThe union’s spokesman said it was “very sorry.”<Otto Lang>";
        lawyer_of_another:
            "“He is calm,”<Otto Lang> said Otto Lang, a lawyer for Omar Reed.\nAda Birch’s lawyer said she was “not calm.”<Ada Birch’s lawyer>";
        one_of_the_hikers: "One of the hikers told police the path was “gone by noon.”<one of the hikers>";
        a_reporter_is_told: "“It is a heap of planks,”<Omar Reed> Omar Reed told a reporter.";
        a_reporter_is_told_first: "Omar Reed told a reporter the pier was “a heap of planks.”<Omar Reed>";
        two_roles_before_one_name:
            "“We are sorry,”<Otto Lang> said former Kansas Gov. and party chairman Otto Lang.";
        two_lawyers_of_people: "“He is calm,”<Otto Lang> said Otto Lang, Omar Reed’s lawyer.\nVera Moss’s lawyer was “not calm.”<>";
        company_may_be_the_one_named:
            "“We are sorry,”<Otto Lang> said Otto Lang, a spokesman for Ferrant Boats.\nThe company’s spokesman said the boats were “very late.”<Otto Lang>";
        on_a_platform: "“It is a heap of planks,”<Omar Reed> Omar Reed wrote on Instagram.";
        platform_is_no_person: "In a video on YouTube, Omar Reed called it “a heap of planks.”<Omar Reed>";
        posted_to_a_platform: "Omar Reed posted to Instagram: “It is a heap of planks.”<Omar Reed>";
        ungendered_hearer: "Omar Reed met Tor Hagen at noon. He told her, “Bring the ropes.”<Omar Reed>";
    }
}

mod letters_and_releases {
    use crate::engine::{cases, check};
    cases! {
        and_from_the_chairman: "And from Chairman Otto Lang: “The pier is closed.”<Otto Lang>";
        and_this_from: "And this from Ada Birch: “The pier is closed.”<Ada Birch>";
        offered_a_reply: "Ada Birch offered a reply of her own. “The pier is closed.”<Ada Birch>";
        answer_as_a_lead_in: "Ada Birch’s answer? “The pier is closed.”<Ada Birch>";
        verdict_as_a_lead_in: "The mayor’s verdict? “A heap of planks.”<the mayor>";
        its_chair_with_a_name: "Its chair, Otto Lang: “The pier is closed.”<Otto Lang>";
        his_publisher_with_a_name: "His publisher, Otto Lang, said the book was “late but good.”<Otto Lang>";
        title_with_brackets: "Senators Ada Birch (D-Wash.) and Omar Reed (R-Ohio) called it “a heap of planks.”<Ada Birch & Omar Reed>";
    }
}

mod works {
    use crate::engine::{cases, check};
    cases! {
        wrote_a_book: "Omar Reed wrote “Salt Road”<> in one winter.";
        sang_a_song: "Ada Birch sang “Over the Hill”<> at the harbor.";
        recorded_a_song: "Ada Birch recorded “Over the Hill”<> in 1992.";
        directed_a_film: "Omar Reed directed “The Long Pier”<> and two others.";
        wrote_words: "“Bring the ropes,”<Omar Reed> Omar Reed wrote.";
        wrote_words_after: "Omar Reed wrote, “Bring the ropes.”<Omar Reed>";
        chanted: "The crowd sang “Bring the ropes home”<the crowd> until dawn.";
    }
}

mod descriptions {
    use crate::engine::{cases, check};
    cases! {
        employee_and_spokesman:
            "“No comment,”<a spokesman for Ferrant Boats> said a spokesman for Ferrant Boats.\nAn employee of the yard came out. The employee said there was “no paint left.”<an employee of the yard>";
        aide_and_spokesman:
            "“No comment,”<a spokesman for the port> a spokesman for the port said.\nA harbor aide blasted the statement. “Only paint,”<a harbor aide> the aide said.";
        man_sentenced: "A judge sentenced a 26-year-old man to five months’ probation after the man had written that boats should “burn alive.”<a 26-year-old man>";
        adviser_to: "A senior adviser to Ada Birch said the pier was “safe enough.”<a senior adviser to Ada Birch>";
        modifiers_at_the_start: "Coastal erosion experts said the pier was “safe enough.”<Coastal erosion experts>";
        two_roles_after_a_name:
            "Otto Lang, a top Birch fundraiser and veteran D.C. lobbyist close to the mayor’s office, says the goal is “to finish the pier.”<Otto Lang>";
        statement_from:
            "A statement from the Birch campaign late Tuesday called it “a pier for everyone.”<the Birch campaign>";
        statement_released: "Harwick released a statement Wednesday saying the pier was “safe enough.”<Harwick>";
        republican_of_a_state:
            "Rep. Otto Lang (R-Utah) sent a letter. In it the Utah Republican asked whether the pier was “safe enough.”<Otto Lang>";
        democrat_of_a_state:
            "Sen. Ada Birch of Ohio spoke first. The Ohio Democrat called the pier “safe enough.”<Ada Birch>";
        agency_before_a_title: "The work was called “extremely careless”<Otto Lang> by FBI Director Otto Lang.";
        at_one_point: "At one point, Otto Lang called it “a heap of planks.”<Otto Lang>";
        who_had_backed:
            "“We do not lose the pier,”<Otto Lang> said Ohio sailcloth executive Otto Lang, who had backed Sen. Omar Reed of Utah and now gives large sums to small boats. “If it burns, we could see a lot of people staying home.”<Otto Lang>";
        question_of_the_article: "Amadou Keita stood in the sun with a box of bottles. He sold 40 bottles.\nWhy was he out in that heat? “My mother says I have to save up,”<Amadou Keita> he said.";
        that_person:
            "A source familiar with Lang’s thinking said, “He will try again.”<a source familiar with Lang’s thinking> At the same time, the person added, “It did not do him much good.”<a source familiar with Lang’s thinking>";
        bused_down: "Joel Brand, 39, bused down from Leeds on Friday, carrying his flag, eager to lend his voice to the march. “If they want a pier, they can build it,”<Joel Brand> he said.";
    }
}
