//! Speech inside speech: the innermost speaker, and who reports it.

use crate::engine::{cases, check};

mod nested {
    use super::{cases, check};
    cases! {
        pronoun_inside:
            "Ann Roe left at noon.\n“Then she said ‘leave now,’<Ann Roe via Tom Reyes>”<Tom Reyes> Tom Reyes recalled.";
        pronoun_of_a_man: "Rob Poe left at noon.\n“He told me, ‘Leave now,’<Rob Poe via Ann Roe>”<Ann Roe> Ann Roe said.";
        name_inside: "Ann Roe left at noon.\n“Roe said, ‘Leave now,’<Ann Roe via Tom Reyes>”<Tom Reyes> Tom Reyes said.";
        name_that_stands_nowhere_else: "“Joan Teale said, ‘Leave now,’<Joan Teale via Tom Reyes>”<Tom Reyes> Tom Reyes said.";
        my_father: "“My father used to say, ‘Work first,’<Tom Reyes’s father via Tom Reyes>”<Tom Reyes> Tom Reyes said.";
        a_doctor: "“The doctor told me, ‘Walk more,’<the doctor via Tom Reyes>”<Tom Reyes> Tom Reyes said.";
        clause_behind: "Ann Roe left at noon.\n“‘Leave now,’<Ann Roe via Tom Reyes> she said to me,”<Tom Reyes> Tom Reyes said.";
        named_before_it_inside:
            "“I met Joan Teale. She said, ‘Leave now,’<Joan Teale via Tom Reyes>”<Tom Reyes> Tom Reyes said.";
        i_am_no_reporter: "“I told them, ‘Leave now,’<Tom Reyes>”<Tom Reyes> Tom Reyes said.";
        term_inside: "“It was no ‘walk in the park’<> for us,”<Tom Reyes> Tom Reyes said.";
        british: "Ann Roe left at noon.\n‘Then she said, “Leave now,”<Ann Roe via Tom Reyes>’<Tom Reyes> Tom Reyes said.";
        speaker_without_a_name_outside: "“Joan Teale said, ‘Leave now,’<Joan Teale>”<> came a voice.";
    }
}

mod subordinate {
    use super::{cases, check};
    cases! {
        told_her: "Ann Roe said Tom Reyes told her: “Go home.”<Tom Reyes via Ann Roe>";
        that: "Ann Roe said that Tom Reyes told her: “Go home.”<Tom Reyes via Ann Roe>";
        fragment: "Ann Roe said Tom Reyes called the plan “a heap of rust.”<Tom Reyes via Ann Roe>";
        told_reporters_that: "Ann Roe told reporters that Tom Reyes had said the plan was “a heap of rust.”<Tom Reyes via Ann Roe>";
        her_father: "Mr. Holt said his father used to say “work first.”<Holt’s father via Holt>";
        complaint: "The complaint says Tom Reyes wrote “a letter to the dogs.”<Tom Reyes via the complaint>";
        according_before: "According to Ann Roe, Tom Reyes said “the plan is a heap of rust.”<Tom Reyes via Ann Roe>";
        according_behind: "“Go home,”<Tom Reyes via Ann Roe> Tom Reyes said, according to Ann Roe.";
        according_between: "Tom Reyes, according to Ann Roe, said “the plan is a heap of rust.”<Tom Reyes via Ann Roe>";
        shouted_according_to: "Tom Reyes shouted “Bear!”<Tom Reyes via the fire brigade>, according to the fire brigade.";
        remembers_telling: "“Never trust a quiet kettle,”<Ferris’s foreman via Ferris> Ms. Ferris remembers her foreman telling her.";
        met_by: "Ann Roe said she was met at the gate by Doris Pym, who shook her hand and said, “You will want gloves.”<Doris Pym via Ann Roe>";
        quoted_as_saying: "The Ellery Courier quoted Tom Reyes as saying: “Go home.”<Tom Reyes via Ellery Courier>";
        quoted_behind: "“Go home,”<Tom Reyes via Ellery Courier> the Ellery Courier quoted Tom Reyes as saying.";
        recalled_behind: "“Go home,”<Tom Reyes via Ann Roe> Tom Reyes told her, Ann Roe recalled.";
        clause_behind: "“Go home,”<Tom Reyes via Ann Roe> Ann Roe said Tom Reyes told her.";
        second_part: "“Go home,”<Tom Reyes via Ann Roe> Tom Reyes told her, Ann Roe recalled. “Go home now.”<Tom Reyes via Ann Roe>";
        police_and_the_man: "Police said the man shouted: “Get out of here!”<the man via Police>";
    }
}

mod one_speaker {
    use super::{cases, check};
    cases! {
        would: "Ann Roe said she would “fight for the pump.”<Ann Roe>";
        told_of_herself: "Ann Roe said she told him: “Go home.”<Ann Roe>";
        about_another: "Ann Roe said Tom Reyes was “a heap of rust.”<Ann Roe>";
        hearer: "Ann Roe told Tom Reyes: “Go home.”<Ann Roe>";
        hearer_who_said: "Ann Roe told Tom Reyes, who said: “I will go home.”<Tom Reyes>";
        praised_and_said: "Ann Roe praised Tom Reyes, who called the plan “a heap of rust.”<Tom Reyes>";
        two_clauses: "Ann Roe said no, and Tom Reyes said: “Go home.”<Tom Reyes>";
        two_clauses_without_comma: "Ann Roe said no but Tom Reyes said: “Go home.”<Tom Reyes>";
        while_clause: "Ann Roe said the plan was dear, while Tom Reyes called it “a heap of rust.”<Tom Reyes>";
        when_asked: "Ann Roe said nothing when Tom Reyes shouted: “Go home!”<Tom Reyes>";
        denial: "Ann Roe denied that Tom Reyes had said: “Go home.”<Tom Reyes>";
        sentence_before: "Ann Roe recalled the evening. Tom Reyes told her: “Go home.”<Tom Reyes>";
        statement: "“Go home,”<Ann Roe> Ann Roe said in a letter to Tom Reyes.";
        according_to_the_speaker: "The pump “works on most days,”<Ann Roe> according to Ann Roe.";
        according_to_in_the_content: "“Go home,”<Ann Roe> Ann Roe said, adding that pumps rust, according to Tom Reyes.";
        told_by: "Ann Roe was told by Tom Reyes that it was “time to go.”<Tom Reyes>";
    }
}
