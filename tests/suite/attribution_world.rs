//! News from everywhere: names of many countries, states before titles, trades, kin, clauses that part two speakers.

mod names {
    use crate::engine::{cases, check};
    cases! {
        state_before_a_title: "Ann Quill will not run again, Georgia Sen. Lyle Boone said.\n“She had a fine run,”<Lyle Boone> the senator said.";
        state_is_no_first_name: "Virginia Gov. Lyle Boone came by train. “It is late,”<Lyle Boone> he said.";
        state_as_a_first_name: "Georgia King came by train. “It is late,”<Georgia King> she said.";
        dutch_name: "Peter Fell was in the stand. Wim Roy spoke. “It is late,”<Wim Roy> he said.";
        french_name: "Mary Fell was in the stand. Inès Roy spoke. “It is late,”<Inès Roy> she said.";
        japanese_name: "Peter Fell was in the stand. Yuto Mori spoke. “It is late,”<Yuto Mori> he said.";
        irish_name: "Mary Fell was in the stand. Oonagh Fell came first. Gráinne Roy spoke. “It is late,”<Gráinne Roy> she said.";
        name_of_both: "Andrea Fell spoke. “It is late,”<Andrea Fell> he said.";
        for_his_part: "Peter Fell hugged Wim Roy. Roy, for his part, wept. “It is late,”<Wim Roy> he said.";
        month_is_no_surname: "The rally in Orlando July 27 was short. Otto Lang spoke. “It is late,”<Otto Lang> he said.";
        trade_before_a_name: "Botanist Felicity Raine was late. “It is late,”<Felicity Raine> she said.";
        resident_before_a_name: "Resident Shabnam Aziz was late. “It is late,”<Shabnam Aziz> she said.";
    }
}

mod descriptions {
    use crate::engine::{cases, check};
    cases! {
        regulator_is_a_body: "Ann Roy was there. The regulator said the plan was “a heap of planks.”<the regulator>";
        foreman_is_another: "Rosalind Ayre, 45, wept as the foreman said “not guilty.”<the foreman>";
        defendant_is_another: "Alma Teague wept in the stand. The defendant said: “No.”<the defendant>";
        teenager_by_a_later_age: "Ellis Grady came on late. Manager Neil Fallon smiled. Grady, 19, was making his first start. “It is late,”<Ellis Grady> the teenager said.";
        husband_of_one_surname: "The couple, Ben and Hallie Moss, came home. “It was late,”<Hallie Moss> Hallie Moss said. Her husband agreed. “It was my idea,”<Ben Moss> he said.";
        wife_of_another_name: "Otto Lang came home with Ada Birch. “It was late,”<Otto Lang> Otto Lang said. His wife agreed: “It was my idea.”<Otto Lang’s wife>";
        teenager_by_age: "Manager Neil Fallon smiled. Grady Ellis, 19, was making his first start. “It is late,”<Grady Ellis> the teenager said.";
        place_in_an_opening_phrase: "In a speech in Tirana, the envoy, Sofia Brandl, said the bridge was “a heap of planks.”<Sofia Brandl>";
        place_and_owner: "At a ceremony in Kumasi, the museum’s director, Eleanor Fitch, said it was “a heap of planks.”<Eleanor Fitch>";
        chair_of_judges: "The chair of judges, Rupert Vane, said it was “a heap of planks.”<Rupert Vane>";
        spokesman_for_the_club: "A spokesman for the club, Jon Roy, said it was “a heap of planks.”<Jon Roy>";
        regular: "“Without her I would have starved,”<Alf Pound> says a regular, Alf Pound.";
        one_of_the_players: "One of the players, Jon Roy, said it was “a heap of planks.”<Jon Roy>";
        impersonator_who: "One ad stars an Otto Lang impersonator who promises the pier is “safe enough.”<an Otto Lang impersonator>";
        leadership_who: "Ada Birch was calmer than her campaign’s leadership, who criticized Omar Reed for “misrepresenting what had occurred.”<Ada Birch’s campaign’s leadership>";
        striker_in_a_headline: "# Striker apologises\nThe team lost. Kofi Mensah, 24, had come late. The striker said he was “going through some things.”<Kofi Mensah>";
        message_is_no_agent: "He was warned by text message that the pier was “a heap of planks.”<>";
    }
}

mod clauses {
    use crate::engine::{cases, check};
    cases! {
        when_another_shouts: "Ann Roy left when the referee shouted “enough of this.”<the referee>";
        while_another_yells: "Ann Roy spoke while a man yelled “enough of this.”<a man>";
        while_one_insists: "While Gore insists she will go, Marl says she is “a menace in slippers.”<Marl>";
        called_without_an_agent: "Jon Fell was called “a menace in slippers.”<>";
        accused_without_an_agent: "Jon Fell was accused of being “a menace in slippers.”<>";
        as_after_a_comma: "The “griddle”<Joan Penn>, as Joan Penn calls the plaza, is dry.";
        verdict_after_the_words: "“It is over,”<Ann Roy> was Ann Roy’s verdict.";
        reply_after_the_words: "“It is over,”<Ann Roy> came the reply from Ann Roy.";
        goes_on_after_an_apposition: "“It works,”<Priya Nair> says Priya Nair, the leader, “but it is not done.”<Priya Nair>";
        books_that_one_wrote: "Anna Bede, who wrote “The Long Rise”<> and “Yeast,”<> said it was “late.”<Anna Bede>";
    }
}
