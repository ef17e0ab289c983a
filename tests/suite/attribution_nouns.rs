//! Whom nouns mean: offices, trades, parties, ages, companies; and what headlines and the lines around a quotation say.

mod nouns {
    use crate::engine::{cases, check};
    cases! {
        its_statement: "Ferrant Boats closed its yard. In a statement, the company said it was “very sorry.”<Ferrant Boats>";
        daily: "The Hill Courier broke the story on Monday. “Pier to close,”<Hill Courier> the daily wrote.";
        lawmaker_by_party: "Sen. Ada Birch (D-Ohio) and Rep. Otto Lang (R-Utah) met. “It is late,”<Otto Lang> the Republican lawmaker said.";
        candidate: "Otto Lang is running for mayor against Sheriff Omar Reed. “It is late,”<Omar Reed> the sheriff said.";
        businessman: "Otto Lang owns four ferries and a yard. “It is late,”<Otto Lang> the businessman said.";
        mother_of:
            "Ada Birch lost her son in the storm. “It is late,”<Ada Birch> the mother of two said.";
        open_trade: "Otto Lang, the former harbor master, came by train. “It is late,”<Otto Lang> the former harbor master said.";
        time_is_no_trade: "Otto Lang came on Monday, a cold night. “It is late,”<Otto Lang> he said.";
        age: "Otto Lang, 34, fell from the pier. “It is late,”<Otto Lang> the 34-year-old said.";
        team: "The Harwick Gulls won again. “We rowed well,”<Harwick Gulls> the team wrote on its page.";
        agency: "The Coast Agency closed the pier. “It is unsafe,”<Coast Agency> the agency said.";
        judge: "Judge Vera Moss heard the case. “It is unsafe,”<Vera Moss> the judge ruled.";
        officer: "Sgt. Omar Reed came at nine. “It is unsafe,”<Omar Reed> the officer said.";
        coach: "Gulls coach Otto Lang was late. “It is unsafe,”<Otto Lang> the coach said.";
        player: "Gulls striker Otto Lang was late. “It is unsafe,”<Otto Lang> the striker told reporters.";
        ceo: "Otto Lang, chief executive of Ferrant Boats, was late. “It is unsafe,”<Otto Lang> the CEO said.";
        prime_minister: "Prime Minister Ada Birch was late. “It is unsafe,”<Ada Birch> the premier said.";
        scientist: "Otto Lang, a biologist at Harwick College, was late. “It is unsafe,”<Otto Lang> the scientist said.";
        singer: "Ada Birch, who recorded three albums, was late. “It is unsafe,”<Ada Birch> the singer said.";
        author: "Ada Birch has written three novels. “It is unsafe,”<Ada Birch> the author said.";
        woman: "A woman fell from the pier. “It is unsafe,”<a woman> the woman said.";
    }
}

mod headlines {
    use crate::engine::{cases, check};
    cases! {
        headline_said_in_body: "# Town hall ‘a mess’<Otto Lang>\nThe town hall is “a mess,”<Otto Lang> Otto Lang said.";
        headline_word: "# Frosty welcome for the pier\nThe pier opened on Monday. He stood at the rail. “It is cold,”<Otto Lang> said Otto Lang.";
        headline_word_twice: "# Paper mill burns\nThe mill burned. “It is gone,”<> he said.";
        headline_title: "# General on the radio\nHost Vera Lind pressed Gen. Aldo Finch about the tent. “Forty men slept in the rain,”<Vera Lind> she said.";
        headline_name: "# Lang: ‘Pier is closed’<Lang>\nThe mayor spoke on Monday.";
        headline_name_says: "# Lang says pier is ‘a mess’<Otto Lang>\nThe mayor, Otto Lang, spoke on Monday.";
        re_line: "# Re: The pier\n“It is gone,”<Ada Birch> Ada Birch wrote.";
        album_review: "# Album review: Salt Road\nThe record is short. “It is all I had,”<Ada Birch> says Ada Birch.";
    }
}

mod lines {
    use crate::engine::{cases, check};
    cases! {
        answers_in_marks: "Q: Is the pier safe?\nA: “It is as safe as a bathtub.”<Otto Lang>\nOtto Lang runs the pier.";
        answers_in_marks_after_a_lead: "Otto Lang runs the pier. We asked him five questions.\nQ: Is the pier safe?\nA: “It is as safe as a bathtub.”<Otto Lang>\nQ: Will it open?\nA: “In May, if the paint dries.”<Otto Lang>";
        from_the_desk: "From the desk of Otto Lang.\n“The pier is closed until May.”<Otto Lang>";
        inch_marks: "The 12\" board broke at noon. \"It was rotten,\"<Otto Lang> Otto Lang said.";
        inch_marks_in_between: "Otto Lang held up a 12\" board and said, \"It was rotten.\"<Otto Lang>";
    }
}

mod pronouns {
    use crate::engine::{cases, check};
    cases! {
        cataphora: "Delia Prowse broke the tie. As she closed her folder, Amina Roach offered a plan. “I can count,”<Amina Roach> she said.";
        cataphora_in_a_phrase: "Delia Prowse broke the tie. In her first speech, Amina Roach called the vote “a coin toss.”<Amina Roach> “I can count,”<Amina Roach> she said.";
        hearer_in_told_her: "Omar Reed met Tor Hagen and Ada Birch at noon. He told her: “Bring the ropes.”<Omar Reed>";
        second_question: "“Did you see it?”<Ada Birch> Ada Birch asked Otto Lang.\n“No,”<Otto Lang> he said. “Did you?”<Otto Lang>\n“Only the smoke,”<Ada Birch> she said.";
        two_women: "Ada Birch met her sister Vera Moss at the pier. “It is unsafe,”<Vera Moss> Moss said. “Then mend it,”<Ada Birch> Birch replied.";
    }
}

mod names_and_signatures {
    use crate::engine::{cases, check};
    cases! {
        nickname_inside_a_name: "Dan “Rusty”<> Hollis said on Monday that the pier was unsafe. “It moves when I walk,”<Dan “Rusty” Hollis> he said.";
        nickname_inside_a_known_name: "Dan Hollis runs the pier. “It moves,”<Dan Hollis> said Dan “Rusty”<> Hollis.";
        hyphen_before_a_name: "“Ann is a true expert, and her work will help us all.”<Vera Holm> -Commissioner Vera Holm";
        dash_before_a_name_with_a_role: "“Ann is a true expert.”<Vera Holm> – Vera Holm, harbor minister";
        and_from: "And from Chairwoman Vera Holm:\n“Ann brings with her a long record of service to the town.”<Vera Holm>";
        desk_of_a_role: "From the desk of Otto Lang, harbor analyst.\n“The worth of trams has become clear to the town and its people.”<Otto Lang>";
        line_that_goes_on: "A statement from Otto Lang was late.\n“Ann brings with her a long record of service to the town,”<Ada Birch> said Ada Birch.";
    }
}
