//! Who said what: the kinds of sentences that news has seldom, several of each, with their counterparts that must stay.

mod abbreviation_before_the_second_half {
    use crate::engine::{cases, check};
    cases! {
        company: "“The kiln is cold,”<Ada Birch> said Ada Birch, who runs Birch Tiles Inc. “Nobody came.”<Ada Birch>";
        company_co: "“The kiln is cold,”<Ada Birch> said Ada Birch, head of Birch & Co. “Nobody came.”<Ada Birch>";
        limited: "“The kiln is cold,”<Ada Birch> said Ada Birch of Birch Tiles Ltd. “We are sorry.”<Ada Birch>";
        junior: "“I am tired,”<Otto Lang Jr.> said Otto Lang Jr. “My dog is not.”<Otto Lang Jr.>";
        hour: "“The bridge swayed,”<Ada Birch> said Ada Birch at 9 a.m. “We ran.”<Ada Birch>";
        state: "“We lost,”<Otto Lang> said Otto Lang, who left the U.S. “We learned.”<Otto Lang>";
    }
}

mod names_in_longer_phrases {
    use crate::engine::{cases, check};
    cases! {
        trade_before_a_name: "“It glides,”<Ada Birch> noted model boat builder Ada Birch.";
        town_based_trade: "“It glides,”<Ada Birch> noted Ellery-based model boat builder Ada Birch.";
        town_based_role: "“It glides,”<Otto Lang> said Ellery-based analyst Otto Lang.";
        ministry_of_two: "“Bring a coat,”<Ministry of Lakes and Rivers> the Ministry of Lakes and Rivers said.";
        department_of_three:
            "“Bring a coat,”<Department of Lakes, Rivers and Dams> the Department of Lakes, Rivers and Dams said.";
        minister_of_two: "“It is full,”<Otto Lang> said Minister of Lakes and Rivers Otto Lang.";
        minister_of_three: "“It is full,”<Otto Lang> said Minister of Lakes, Rivers and Dams Otto Lang.";
        union_of_two: "“It is full,”<a spokesman for the Union of Bakers and Millers> said a spokesman for the Union of Bakers and Millers.";
        two_bodies_stay_two: "“It is full,”<Otto Lang> Otto Lang told the Department of Justice and Congress.";
        curt_answer: "Lang’s curt answer: “NOT YET.”<Otto Lang> Otto Lang is the harbour master.";
        calm_reply: "Lang’s calm reply: “Not yet.”<Otto Lang> Otto Lang is the harbour master.";
        leader_of_a_survey: "The hive plays “a note no ear can hear,”<Ada Birch> said survey leader Ada Birch, a botanist.";
    }
}

mod name_behind_the_description {
    use crate::engine::{cases, check};
    cases! {
        named: "A roofer named Ada Birch climbed up at dawn.\n“It looked cold,”<Ada Birch> she said.";
        called: "A roofer called Otto Lang climbed up at dawn.\n“It looked cold,”<Otto Lang> he said.";
        by_the_name_of: "A roofer by the name of Otto Lang climbed up.\n“It looked cold,”<Otto Lang> he said.";
        called_is_a_verb: "The spokesman called Otto Lang a “tin hero”<the spokesman> and left.";
        then_mayor: "In the minutes, the then mayor called the pier “a plank with ideas.”<the then mayor>";
        head_of_a_body:
            "“Rain did this,”<Omar Reed> Omar Reed said.\nThe head of Tarn, Otto Lang, mourned the loss, adding that the town “shall plant again.”<Otto Lang>";
        director_of_the_works:
            "The director of the Tarn Works, Ada Birch, opened the gate. “Come in,”<Ada Birch> she said.";
    }
}

mod roles_that_include_another {
    use crate::engine::{cases, check};
    cases! {
        lawmaker_by_party:
            "Ann Tapley may lose her seat, Ohio Rep. Gus Rowe (D) said Monday.\n“The count goes on,”<Gus Rowe> the Democratic lawmaker told a podcast.";
        lawmaker: "Sen. Gus Rowe met teacher Ann Tapley.\n“The count goes on,”<Gus Rowe> the lawmaker said.";
        other_party: "Rep. Gus Rowe (R-Ohio) met Rep. Ann Tapley (D-Ohio).\n“The count goes on,”<Ann Tapley> the Democratic lawmaker said.";
        doctor: "Surgeon Ada Birch met painter Otto Lang.\n“It healed,”<Ada Birch> the doctor said.";
        respected_newspaper:
            "The Hill Courier on Sunday backed Ann Tapley.\n“She reads the bills,”<Hill Courier> the respected newspaper wrote.";
        narrator: "The advert names the grocer Ned Pitt.\n“Who took the biscuits?”<the narrator> asked the narrator.";
    }
}

mod as_somebody_put_it {
    use crate::engine::{cases, check};
    cases! {
        put_it: "The road is “a short cut to nowhere,”<Otto Lang> as Otto Lang put it.";
        puts_it: "The road is “a short cut to nowhere,”<Otto Lang> as Otto Lang puts it.";
        calls_it: "The “puddle,”<Ada Birch> as Ada Birch calls the lake, is dry.";
        called_it: "The “joke,”<Ada Birch> as Ada Birch called it, is over.";
        described_it: "The “soft landing,”<Ada Birch> as Ada Birch described it, was hard.";
        a_paper_put_it: "The plan is “a great success,”<Hill Courier> as the Hill Courier put it.";
        put_it_before: "At the time, as Otto Lang put it, “there was little to say about the road.”<Otto Lang>";
    }
}

mod names_that_are_given {
    use crate::engine::{cases, check};
    cases! {
        dubbed_by: "The crew, dubbed “Larks”<Ada Birch> by Mayor Ada Birch, grumbles.";
        nicknamed_by: "The crew was nicknamed “the Owls”<Otto Lang> by Otto Lang.";
        called_by: "The crew, called “slow”<Otto Lang> by Otto Lang, grumbles.";
        dubbed: "The crew, dubbed “Larks”<>, grumbles, Ada Birch said.";
        name_for: "They are the “Night Owls,”<the library> the library’s name for those who shelve late.";
        nickname_for: "They are the “Night Owls,”<Otto Lang> Otto Lang’s nickname for those who shelve late.";
        listed_as: "Otto Lang was cross that Ellery is listed as a “Beacon parish”<> and gets money.";
    }
}

mod who_really_speaks {
    use crate::engine::{cases, check};
    cases! {
        told_by: "Lady Winter was told by the map room that the bridge was “made of hope”<the map room>.";
        warned_by: "Ada Birch was warned by Otto Lang that the bridge was “made of hope”<Otto Lang>.";
        quoted_as_saying: "“We lost a shoe,”<Otto Lang via Hill Courier> the Hill Courier quoted Otto Lang as saying.";
        quoted_with_a_role: "“We lost a shoe,”<Otto Lang via Hill Courier> the Hill Courier quoted Otto Lang, the owner, as saying.";
        was_quoted: "“We lost a shoe,”<Otto Lang via Hill Courier> Otto Lang was quoted as saying by the Hill Courier.";
        cited_as_saying: "The Hill Courier cited Otto Lang as saying: “We lost a shoe.”<Otto Lang via Hill Courier>";
        who_shook_and_said:
            "Ada Birch was met by Otto Lang, who took her hand and said, “You will want gloves.”<Otto Lang>";
        bracket_before_who: "He thanked Sen. Ada Birch (D-Ore.), who told a weekly that the plan was “a bucket.”<Ada Birch>";
        no_bracket_before_who: "He thanked Sen. Ada Birch, who told a weekly that the plan was “a bucket.”<Ada Birch>";
        noting_at_a_distance:
            "In a lecture in May, Lang dwells on the scorn that Birch Street felt, noting, “broth forgives nobody.”<Lang>";
        this_week: "Gus Rowe this week spoke of a “leaky ballot box.”<Gus Rowe>";
        this_week_has_claimed: "Gus Rowe this week has claimed the box was “leaky from the start.”<Gus Rowe>";
        last_year_in_front: "Last year Gus Rowe said the box was “leaky from the start.”<Gus Rowe>";
        subject_behind_its_verb:
            "Water it on Sundays, Ada Birch says. “Plants like habits,”<Ada Birch> she says. Light helps, adds Otto Lang. “A window is no luxury,”<Otto Lang> he says.";
    }
}

mod groups_and_numbers {
    use crate::engine::{cases, check};
    cases! {
        percent_in_words: "Thirty-six percent of villagers call the chime “too honest.”<thirty-six percent of villagers>";
        percent: "About twenty percent of villagers say the chime is “too early.”<twenty percent of villagers>";
        twins: "The twins swore they “never touched”<the twins> the bell.";
        one_who: "The villagers met. One, who would not give a name, said: “It was the owl.”<one>";
        villagers: "Villagers said the chime was “too honest for them.”<villagers>";
    }
}

mod documents {
    use crate::engine::{cases, check};
    cases! {
        report_gathers: "The report, which gathers the notes of wardens, said most beaches were “cleaner than feared.”<the report>";
        leaflet: "The leaflet praises the “quiet cellar”<the leaflet> of the inn.";
        gave_a_statement: "Otto Lang gave a short statement at the gate. “Ask my mother.”<Otto Lang>";
        had_a_reply: "Otto Lang had a brief reply at the gate. “Ask my mother.”<Otto Lang>";
    }
}

mod nobodys_words {
    use crate::engine::{cases, check};
    cases! {
        show_of_a_channel: "Otto Lang admitted on CNN’s “Late Kettle”<> that the set was cardboard.";
        director: "“Mudlark”<> director Otto Lang said nobody had slept.";
        star: "“Mudlark”<> star Ada Birch said nobody had slept.";
        comedy: "Actor Otto Lang won praise for the comedy “Turnips.”<>";
        level: "On Tuesday, Tarn Water ordered its “Level 4”<> plan.";
        so_called: "Otto Lang said the so-called “winter rule”<> would end.";
    }
}

mod labels_and_headlines {
    use crate::engine::{cases, check};
    cases! {
        label_line: "SUMMARY.\nA bakery shuts.\nWHOLE TEXT.\nOtto Lang said: “I shut it.”<Otto Lang>";
        title_case_joke: "At A Barn Meeting, Ada Birch Joked “You All Smell Of Hay.”<Ada Birch>";
        title_case_before: "Farming “Has To Be Done By Farmers,”<Ada Birch> Ada Birch Told The Hill Fair.";
    }
}

mod blame_and_praise {
    use crate::engine::{cases, check};
    cases! {
        hammered: "Coach Otto Lang hammered the “sleepy”<Otto Lang> referees on Sunday.";
        reaffirmed: "Officials of the league reaffirmed the “sacred”<officials of the league> nature of the rule.";
        denounced: "Otto Lang denounced the “paper whistles”<Otto Lang> of the referees.";
    }
}

mod words_that_are_taken_up {
    use crate::engine::{cases, check};
    cases! {
        headline:
            "# Boy “grew like a beanstalk”<Ada Birch>\nA boy of nine has outgrown three beds.\n“He grew like a beanstalk,”<Ada Birch> his aunt, Ada Birch, said.";
        three_words_later:
            "“We bred a winged cow of ours,”<Otto Lang> Otto Lang said of the deal.\nWhether it flies, or stays the “cow of ours”<Otto Lang> of the cartoons, is open.";
        other_words: "“We bred a winged cow,”<Otto Lang> Otto Lang said.\nThe “flying ox of ours”<> of the cartoons is another.";
    }
}

mod first_words_of_headlines {
    use crate::engine::{cases, check};
    cases! {
        before_a_noun:
            "# Blistered lawns divide street\nGardener Ada Birch waters hers at night. Once she named the hosepipe “the Viper.”<Ada Birch>";
        before_a_verb: "# Qorlim says the pump “works on most days”<Qorlim>\nThe pump ran.";
    }
}
