"""Ways in which a story says who spoke: one construction each, in invented sentences."""

from __future__ import annotations

import pytest

from foedus.evidence import read_text
from foedus.evidence.blocks import split_blocks
from foedus.evidence.export_json import document
from foedus.evidence.reader import read_source, source_from_text
from foedus.evidence.stories import split_stories

from .scoring import assert_speakers, same_speaker

LEAD = "Allied ministers met in Vilnius on Tuesday to discuss the American review of its forces.\n\n"


@pytest.mark.parametrize(
    ("body", "want"),
    [
        (
            'Defence Minister Ona Grinys and Foreign Minister Tor Velde spoke after the meeting. Grinys was downbeat. "It is late," the defence minister said. "We are behind," the foreign minister agreed.',
            ["Ona Grinys", "Tor Velde"],
        ),
        (
            '"We will pay our share," President Milan Radek was quoted as saying by the state news agency.',
            ["Milan Radek"],
        ),
        ('Radio Sever quoted the mayor, Piotr Zych, as saying that "the bridge will hold".', ["Piotr Zych"]),
        (
            '"That is nonsense," was how Ms. Lena Halvorsen, the ambassador, described the claim.',
            ["Lena Halvorsen"],
        ),
        (
            'For Karel Novy, who runs a think tank in Prague, the question is simpler. "Who would die for us?" he asked.',
            ["Karel Novy"],
        ),
        (
            'Asked about the plan, Prime Minister Irja Salo was blunt. "No," she said. "Never."',
            ["Irja Salo", "Irja Salo"],
        ),
        (
            'The president\'s spokesman, Colin Marsh, denied it. "The president has not decided," he said.',
            ["Colin Marsh"],
        ),
        (
            'Prime Minister Irja Salo met President Milan Radek in Oslo. "We are friends," she told reporters. "We are partners," he replied.',
            ["Irja Salo", "Milan Radek"],
        ),
        ('According to General Otto Braun, "the force is not ready".', ["Otto Braun"]),
        ('Retired general Otto Braun, a former inspector of the army, called it "a bicycle".', ["Otto Braun"]),
        (
            'The president\'s officials are frank. When Minister Tor Velde spoke in May, he said it would hold "for those who pay".',
            ["Tor Velde"],
        ),
        (
            "“I have been here for years,” said Ona Grinys, a former ambassador, who runs the Harbour group.“It was they who locked up.”",
            ["Ona Grinys", "Ona Grinys"],
        ),
        (
            'Ona Grinys said yes. Labour TD Cathal Brody asked who would pay.\n\n"If the man is French, what is ours?" he said.',
            ["Cathal Brody"],
        ),
        (
            'A former commander of U.S. forces, retired Lt. Gen. Walt Perrin, called it "a small number".',
            ["Walt Perrin"],
        ),
        (
            'Lockheed Martin, the maker of the jet, said that it was "not aware of any delay".',
            ["Lockheed Martin"],
        ),
        (
            'The note, obtained under a disclosure law, puts the cost at $6 billion but warns of "lasting irritation".',
            ["note"],
        ),
        (
            'A soldier at the gate, who gave only his first name, Tyler, said he had no orders "except to be kind".',
            ["Tyler"],
        ),
        (
            'Ona Grinys leads the ministry.\n\nThe staff know of it. A senior officer at the base, asked about it, laughed. "I gave them the plans," he said.',
            ["senior officer at the base"],
        ),
        (
            'Ona Grinys was pleased.\n\nIn Washington, a ministry spokeswoman declined to discuss what she called "seating arrangements".',
            ["ministry spokeswoman"],
        ),
        (
            'General Otto Braun said the plan was right. The Royal Marines have 5,100 members.\n\n"You cannot keep them in the snow," he said.',
            ["Otto Braun"],
        ),
        (
            '"The force is not ready," according to a person familiar with the review, who was not authorized to discuss it.',
            ["person familiar with the review"],
        ),
        (
            'Otto Braun, a retired general now at the Institute for Security Studies in Kiel, put it this way: "We bought time and wasted it."',
            ["Otto Braun"],
        ),
        (
            'It was left to Senator Jane Fulton to say what others would not. "He means it," she said.',
            ["Jane Fulton"],
        ),
        (
            'But not everyone agrees. "It is theatre," said Hugo Marlin, a fellow at the Crane Institution. "And we bought tickets."',
            ["Hugo Marlin", "Hugo Marlin"],
        ),
        (
            'In a post on his social media site, the former president, Gil Harmon, wrote: "PAY UP!"',
            ["Gil Harmon"],
        ),
        (
            'Harmon\'s campaign said in a statement that the candidate "will put America first". Gil Harmon is the front-runner.',
            ["Harmon's campaign"],
        ),
        (
            '"If they don\'t pay," Harmon told a crowd of supporters in Iowa, "they\'re on their own." Gil Harmon won the state.',
            ["Gil Harmon", "Gil Harmon"],
        ),
        ('A senior NATO official told reporters that "planning is under way".', ["senior NATO official"]),
        (
            'Two European diplomats briefed on the talks said they were "deeply worried".',
            ["Two European diplomats"],
        ),
        (
            '"They are deeply worried," one of the diplomats said. "So am I," said the other.',
            ["one of the diplomats", None],
        ),
        (
            '"Nobody is leaving," insisted the German chancellor, Kurt Adler, "and nobody should talk as if they were."',
            ["Kurt Adler", "Kurt Adler"],
        ),
        (
            'Kurt Adler, the chancellor, urged calm. The Social Democrat, who took office in May, said the country would "do more".',
            ["Kurt Adler"],
        ),
        (
            'Kurt Adler, 61, took office in May. The German leader has called the plan "a gift to Moscow".',
            ["Kurt Adler"],
        ),
        (
            '"It\'s a bluff," says Anna-Lena Koch, professor of politics at Leiden University. "But bluffs get called," the academic adds.',
            ["Anna-Lena Koch", "Anna-Lena Koch"],
        ),
        (
            'Estonia\'s Kaja Tamm has compared the plan to "a fire sale". Latvia\'s Edgars Ozols called it "worse".',
            ["Kaja Tamm", "Edgars Ozols"],
        ),
        (
            'Moscow dismissed the exercise as "provocative". Kremlin spokesman Dmitri Orlov said Russia "would respond".',
            ["Moscow", "Dmitri Orlov"],
        ),
        (
            '"A wake-up call" is how the Dutch defence minister, Ruud Hoekema, describes the speech.',
            ["Ruud Hoekema"],
        ),
        ('The treaty says an attack on one "shall be considered an attack against them all".', ["treaty"]),
        ('The Pentagon said it was "reviewing all options" and declined further comment.', ["Pentagon"]),
        (
            'The New Standard newspaper, citing two officials, said the president was "furious".',
            ["New Standard newspaper"],
        ),
        (
            'Sen. Rob Lang (R-Texas) said the bill was "dead on arrival." Rep. Ana Ruiz, D-Calif., disagreed: "It will pass."',
            ["Rob Lang", "Ana Ruiz"],
        ),
        (
            '"We were promised," Lt. Gen. Ivo Petrov (ret.), who commanded the corps until 2020, said in a phone interview from Sofia.',
            ["Ivo Petrov"],
        ),
        (
            'Speaking in Warsaw, Poland\'s deputy prime minister and defence minister Jerzy Wolski said: "We will not wait."',
            ["Jerzy Wolski"],
        ),
        (
            '"We will not wait," Jerzy Wolski, Poland\'s deputy prime minister and defence minister, said on Thursday.',
            ["Jerzy Wolski"],
        ),
        (
            'Jerzy Wolski said Poland was ready. Poland, he said, "will not wait for permission".',
            ["Jerzy Wolski"],
        ),
        ('The minister, Jerzy Wolski, shrugged. "What can I say?"', ["Jerzy Wolski"]),
        (
            '"What can I say?" The minister, Jerzy Wolski, shrugged. "They are leaving."',
            ["Jerzy Wolski", "Jerzy Wolski"],
        ),
        (
            'Defence Secretary Paula Dent told MPs that the cut was "a matter for the US". Her shadow, Tim Oakes, accused her of "sleepwalking".',
            ["Paula Dent", "Tim Oakes"],
        ),
        (
            'Tim Oakes, her opposite number, said that what Paula Dent had announced was "a fig leaf".',
            ["Tim Oakes"],
        ),
        ('Tim Oakes told Paula Dent that she had "no plan".', ["Tim Oakes"]),
        ('Paula Dent rejected Tim Oakes\'s charge that she had "no plan".', ["Tim Oakes"]),
        ('Paula Dent has been described by a colleague as "the best mind in the cabinet".', ["colleague"]),
        ('The plan was criticised by Tim Oakes, who called it "a fig leaf".', ["Tim Oakes"]),
        (
            'The plan drew criticism from Tim Oakes, the opposition\'s spokesman, who said it was "a fig leaf".',
            ["Tim Oakes"],
        ),
        ('Among those unconvinced is Tim Oakes. "Show me the money," he says.', ["Tim Oakes"]),
        ('"Show me the money," Oakes (pictured) said. Tim Oakes has been an MP since 2001.', ["Tim Oakes"]),
        (
            'Mr Oakes, the Labour MP for Hull, said: "Show me the money." Tim Oakes was elected in 2001.',
            ["Tim Oakes"],
        ),
        (
            'Minister: "We are ready"\n\nTim Oakes, the minister, said on Monday that the army was ready. "We are ready now," he said.',
            ["Tim Oakes"],
        ),
        (
            'Ukraine\'s ambassador to Germany, Oksana Melnyk, thanked Berlin. But the diplomat warned that "promises do not stop drones".',
            ["Oksana Melnyk"],
        ),
        (
            'Ukrainian President Danylo Bondar and U.S. Secretary of State Carl Voss met on Sunday. The secretary said talks were "productive"; the Ukrainian leader called them "difficult".',
            ["Carl Voss", "Danylo Bondar"],
        ),
        (
            '"I told him: ‘You have to pay your bills,’" Harmon said. Former President Gil Harmon spoke for an hour.',
            ["Gil Harmon"],
        ),
        (
            'Union leader Dora Pike, whose members built the ships, called the sale "a betrayal", adding: "We will fight it."',
            ["Dora Pike", "Dora Pike"],
        ),
        (
            'Dora Pike called the sale a betrayal. "We built those ships. We will fight it."\n\nHer members agree. "I feel sick," said welder Jon Tate.',
            ["Dora Pike", "Jon Tate"],
        ),
        (
            'Asked by reporters if he would quit, Harmon said: "We\'ll see." Gil Harmon was in Ohio.',
            ["Gil Harmon"],
        ),
        (
            'When a reporter asked Gil Harmon whether he would quit, the former president smiled. "We\'ll see what happens," he said.',
            ["Gil Harmon"],
        ),
        (
            'White House press secretary Mia Stone said the president "has been clear". She added: "Pay your bills."',
            ["Mia Stone", "Mia Stone"],
        ),
        (
            'The statement, signed by nine former ministers, said a withdrawal would be "an act of folly".',
            ["statement"],
        ),
        (
            'Nine former ministers wrote in a letter that a withdrawal would be "an act of folly".',
            ["Nine former ministers"],
        ),
        ('"This is not a drill," reads an internal memo seen by Reuters.', ["internal memo"]),
        (
            'On the Republican side, Sen. Rob Lang, the committee\'s chairman, vowed to "hold up every nominee".',
            ["Rob Lang"],
        ),
        ('"We need to talk," texted Harmon\'s former aide, Lew Cole. "Now."', ["Lew Cole", "Lew Cole"]),
        ('Harmon aides argue that the threat "worked".', ["Harmon aides"]),
        ('Peskun told state TV that NATO was "fragmenting".', ["Peskun"]),
        ('French officials say privately that the umbrella "was never free".', ["French officials"]),
        ('One French official put it more bluntly: "The umbrella was never free."', ["One French official"]),
        ('Finnish defence minister Antti Laine: "We have 280,000 reasons not to worry."', ["Antti Laine"]),
        ('Marta Kosic, a defence analyst: "The numbers don\'t add up."', ["Marta Kosic"]),
        (
            'Marta Kosic, of the Balkan Institute, is not so sure. "The numbers don\'t add up," she said.',
            ["Marta Kosic"],
        ),
        ('Not so, says Marta Kosic of the Balkan Institute. "The numbers don\'t add up."', ["Marta Kosic"]),
        ('The mood was captured by Marta Kosic, who wrote that "the numbers don\'t add up".', ["Marta Kosic"]),
        ('As Marta Kosic, the analyst, put it, "the numbers don\'t add up".', ["Marta Kosic"]),
        ('In the words of Marta Kosic, an analyst, "the numbers don\'t add up".', ["Marta Kosic"]),
        ("Peter Lund's warning that \"the numbers don't add up\" went unheeded.", ["Peter Lund"]),
        (
            '"The numbers don\'t add up," Peter Lund warned in January. Five months later, the minister admitted he had been "right all along".',
            ["Peter Lund", None],
        ),
    ],
)
def test_who_spoke(body, want):
    """None stands for a speaker on whom readers may differ."""
    found = [q.speaker for q in read_text(LEAD + body + "\n").quotations]
    assert len(found) == len(want)
    assert all(name is None or same_speaker(mine, name) for mine, name in zip(found, want, strict=True)), found


def test_one_minister_is_not_the_minister():
    found = read_text(LEAD + "Defence Minister Ona Grinys spoke. “We are late,” one minister said.").quotations
    assert found[0].speaker.endswith("minister")
    assert "Grinys" not in found[0].speaker


def test_somebody_known_by_one_name_is_a_person():
    text = "Last week Calloway told a crowd that allies had “ripped us off”. He has said so before. “They never pay,” he said.\n"
    found = read_text(text).quotations
    assert [(q.speaker, q.speaker_kind) for q in found] == [("Calloway", "person")] * 2


PARAGRAPHS = (
    "The alliance will keep its headquarters where it is, Secretary General Ida Brandt said after a meeting of ambassadors.\n\n"
    "“We have signed the lease,” Ms. Brandt said. “The furniture stays as well, and so do the people who sit on it.”\n\n"
    "Hosts of the headquarters had feared a move to a cheaper site near the airport, which a consultant had proposed.\n\n"
)


GOES_ON = "The consultant, Ms. Brandt said, had been thanked and paid, and the rent would rise by a tenth.\n"
ANOTHER = (
    "Trawlers blocked the northern port on Monday to protest against patrols that keep them off the banks.\n"
)


@pytest.mark.parametrize(
    ("between", "stories"),
    [
        ("Why does it matter?\n\n", 1),
        ("A question of rent\n\n", 1),
        ("Read more: Six charts on who pays for what\n\n", 1),
        ("SEE ALSO\n\nMinister dishes on the canteen\n\n", 1),
        ("Fishermen block port over border patrols\n\nBy Olav Reiss\n\nMay 4, 2031\n\nTROMSO — ", 2),
    ],
)
def test_what_stands_between_paragraphs(between, stories):
    drafts, _ = split_stories(split_blocks(PARAGRAPHS + between + (GOES_ON if stories == 1 else ANOTHER)))
    assert len(drafts) == stories


def test_a_lead_without_headline_opens_a_story():
    follows = "Trawlers blocked the northern port on Monday to protest against patrols that keep them off the banks.\n\n“Our nets are dry,” skipper Hanne Moe said.\n"
    reading = document(read_source(source_from_text(PARAGRAPHS + follows)))
    assert [s["start"] for s in reading["stories"]] == [0, len(PARAGRAPHS)]


def test_what_follows_the_end_mark_is_about_the_sender():
    text = (
        PARAGRAPHS
        + "ENDS\n\nNotes for editors\n\nBrandt and Sons is a leading supplier of chairs in four countries.\n"
    )
    drafts, dropped = split_stories(split_blocks(text))
    assert len(drafts) == 1
    assert drafts[0].end < text.index("ENDS")
    assert dropped[-1][1] == "boilerplate"


@pytest.mark.parametrize(
    ("body", "want"),
    [
        (
            'The auditors published a 40-page memorandum on Friday. The document calls the radar "a costly toy".',
            ["memorandum"],
        ),
        (
            'I read the report of the Court of Auditors on the navy. The document records, drily, that "no ship sailed".',
            ["Court of Auditors"],
        ),
        (
            'The patrol ship Mary Weston is off Oman, a port agent said. "It is loaded," the agent said.',
            ["a port agent"],
        ),
        (
            'Mareike Brandt, the opposition leader, would raise the pay. A soldier earns 2,600 euros a month. "It is too little," she said on radio.',
            ["Mareike Brandt"],
        ),
        (
            'Recruits from three towns were queueing at the gate. "We were told nothing," one of them said.',
            ["recruits"],
        ),
        (
            'Maria Koval runs a bakery in Odesa.\n\n"We bake at night," the 61-year-old baker says.',
            ["Maria Koval"],
        ),
        (
            'Defence Minister Ona Grinys was pressed by Senator Tor Velde on the cost.\n\n"It is what it is, senator," she said.\n\n"And when does it end?"\n\n"In May."',
            ["Ona Grinys", "Tor Velde", "Ona Grinys"],
        ),
        (
            'Colin Marsh was asked by host Tom Bell whether he would name the base.\n\n"Not on the radio, Tom," he said.',
            ["Colin Marsh"],
        ),
        (
            'Bread ran out in week 19, a source close to the crew said. By then they lived on "tea and hope alone".',
            ["source close to the crew"],
        ),
        ('The Polish president is understood to be "deeply unhappy" with the plan.', ["Polish president"]),
        (
            'The court was shown a text written by the ship\'s cook that night: "We dragged the anchor."',
            ["ship's cook"],
        ),
        ('The radio played a voicemail left by General Otto Braun: "Come home at once."', ["Otto Braun"]),
        ('"No," said the committee\'s ranking member, Sen. Paul Doyle of Ohio.', ["Paul Doyle"]),
        (
            'The official at the end of the table, acting Deputy Secretary for International Security Affairs Priya Lind, called it "early days".',
            ["Priya Lind"],
        ),
        (
            'The head of the port, a woman named Lena Halvorsen, was asked about it. "We used to leave the light on," she said.',
            ["Lena Halvorsen"],
        ),
        (
            'A reader, Col Declan Moss (retired), writes to say I have been "unfair to the fleet".',
            ["Declan Moss"],
        ),
        (
            'When Admiral Giles Dane sat in that chair he told a paper that "the north will decide it".',
            ["Giles Dane"],
        ),
        (
            'The ministry\'s line, as relayed by spokeswoman Lena Halvorsen on Monday: "Nothing has changed."',
            ["Lena Halvorsen"],
        ),
        (
            'Commissioner Aurel Bastin came to dinner. After calling the cap "a speed limit without police," he turned on insurers ("they insure anything").',
            ["Aurel Bastin", "Aurel Bastin"],
        ),
        (
            'Poland will build the road, the mayor said on Monday, warning that Warsaw would get "not one more metre".\n\nMayor Piotr Zych has six months left.',
            ["Piotr Zych"],
        ),
        (
            'Chancellor Otto Brandt spoke of "an adult moment." His Polish colleague preferred "a warning shot".',
            ["Otto Brandt", "Polish colleague"],
        ),
        (
            'The plan was attacked in a speech by a US lawmaker, who said that it "would end in tears".',
            ["US lawmaker"],
        ),
        (
            'In a letter to the commission, the Clubs Association said the deadline was "meaningless".\n\n"It asks us to know the future," the letter says.',
            ["Clubs Association", "Clubs Association"],
        ),
        ('The answer came from Tor Velde, the mayor: "No."', ["Tor Velde"]),
        (
            'Defence Minister Ona Grinys spoke on Telegram.\n\nQuote from Grinys: "We were heard."',
            ["Ona Grinys"],
        ),
        ('"Too little, too late" was the verdict of Anna Holt, who chairs the committee.', ["Anna Holt"]),
        ('To Ruth Cole, a historian in Leiden, the comparison is "lazy".', ["Ruth Cole"]),
        ('The memo – headed "Options for Less" – recommends "a phased and reversible drawdown".', ["memo"]),
        (
            'The foreign ministers of France, Germany and Poland said they would "not accept a peace dictated over others\' heads".',
            ["foreign ministers of France, Germany and Poland"],
        ),
        (
            'The new rules, the regulator says, will end what it calls "a culture of nods and winks".',
            ["regulator"],
        ),
        (
            'Sweden\'s defence minister said the purchase "sends a signal"; Norway\'s called it "overdue".',
            ["Sweden's defence minister", "Norway's defence minister"],
        ),
        (
            'Prime Minister Salo\'s office issued a short statement. "The prime minister stands by the minister," it read.',
            ["Prime Minister Salo's office"],
        ),
        (
            'Asked about the memo, the Pentagon referred questions to the White House, which said it would not comment on "stolen papers".',
            ["White House"],
        ),
        ('The two leaders agreed, in the chancellor\'s words, to "stop counting tanks".', ["chancellor"]),
        (
            'One after another the ambassadors rose. The Dane: "We stand ready." The Pole: "We stand."',
            ["Dane", "Pole"],
        ),
    ],
)
def test_speakers_in_more_orders(body, want):
    assert_speakers(LEAD + body, want)


@pytest.mark.parametrize(
    ("body", "want"),
    [
        (
            "Ines Carvalho, the defence minister, has two desks. A senior officer calls her “impatient, and mostly right”. She laughs.\n\n“Mostly?” she asks.",
            ["senior officer", "Ines Carvalho"],
        ),
        (
            "Torvald Moen runs the depot. He wrote to Rector Siv Aalto in March and had an answer in May. “It was polite,” he said.",
            ["Torvald Moen"],
        ),
        (
            "Admiral Ilze Ozola runs the port. Her predecessor, Admiral Lauri Sepp, retired in May.\n\nShe shows the chart. “We dredge every spring,” she says.",
            ["Ilze Ozola"],
        ),
        (
            "Juris Ozols, the harbour master, remembers a conversation with a Russian captain.\n\n“He told me the ship was empty. He told me twice.”",
            ["Juris Ozols"],
        ),
        (
            "Stanislaw Wrona kept a diary in school notebooks. A German captain turns up on page nine, asking for tyres.\n\n“I gave him four. Neither of us wrote anything down.”",
            ["Stanislaw Wrona"],
        ),
        (
            "A mechanic in oil-stained overalls waved us over. “Nothing here has flown since spring,” the man said.",
            ["mechanic"],
        ),
        (
            "“The sea was calmer then,” said Nikos Vlachos. “It has not changed,” said Andreas Petrou. The older man laughed. “You have not been on it.”",
            ["Nikos Vlachos", "Andreas Petrou", "Nikos Vlachos"],
        ),
        (
            "A spokesman for the garrison said that files were not commented on as a matter of rule, “least of all by the guards”. A sergeant, who came last year, says that he does not know the file.\n\n“We have a balcony. We have mushrooms.”",
            ["spokesman for the garrison", "sergeant"],
        ),
        (
            "The Latvian ambassador has been to the border twice. To members of parliament who went with her in June, she is reported to have said that it “would not stop a goat”.",
            ["Latvian ambassador"],
        ),
        (
            "The old treaties were found, as the consul of the day is supposed to have said, to be “perfectly drafted”.",
            ["consul of the day"],
        ),
    ],
)
def test_who_is_somebody_else(body, want):
    """Pronouns, strangers and tellers that the sentences before set apart."""
    _speakers(body, want)


@pytest.mark.parametrize(
    ("body", "want"),
    [
        (
            "The bill for the next fleet, says the report tabled yesterday afternoon, is subject to “extraordinary” doubt.",
            ["report"],
        ),
        (
            "Annex B, which runs to six pages, deals with fuel. It foresees that stocks be “held in common” by 2028.",
            ["Annex B"],
        ),
        (
            "Article 12, the shortest, concerns appeals. It provides that a state “shall answer soon”.",
            ["Article 12"],
        ),
        (
            "The harbour report, a copy of which was leaked, runs to 212 pages. Its summary runs to one. “Movement was assumed,” it says.",
            ["harbour report"],
        ),
        (
            "The tape was recorded by a naval attaché in Riga. “Tell them nothing before Friday,” it says.",
            ["naval attaché"],
        ),
        (
            "The allies discussed a single page, which they called a non-paper. It proposed that old tankers be refused.\n\n“The present practice,” it said, “consists of lists.”",
            ["non-paper", "non-paper"],
        ),
        (
            "The National Fuel Report already allows for it: stocks, according to paragraph 88, “may be held jointly where this is safe”.",
            ["National Fuel Report"],
        ),
        (
            "The chair was taken by Cabinet Secretary Alok Batra, and his opening question went unanswered. It was: “Whom do we telephone?”",
            ["Alok Batra"],
        ),
        (
            "The minutes record that the reserve was nine days. “Some discussion ensued,” they go on.",
            ["minutes"],
        ),
        (
            "The Court of Audit recommends that the committee release the money only “after submission of a plan”.",
            ["Court of Audit"],
        ),
        (
            "The book sold 38,000 copies and has infuriated the Treasury, which complained of “selective memory by officers”.",
            ["Treasury"],
        ),
        (
            "What followed has been described by the shipping ministry as “an advisory situation”.",
            ["shipping ministry"],
        ),
        ("The inspectors were blunt. “The doors were open,” they write.", ["inspectors"]),
    ],
)
def test_papers_and_bodies_that_speak(body, want):
    _speakers(body, want)


def _speakers(body, want):
    assert_speakers(LEAD + body, want)


@pytest.mark.parametrize(
    ("body", "want"),
    [
        (
            "The ministry denied remarks of two former admirals, according to which “the yard has been sold”.",
            ["two former admirals"],
        ),
        (
            "The paper spoke to Captain Lena Roth, according to whom the pier is “a shop window”.",
            ["Lena Roth"],
        ),
        (
            "The order covers 90 trucks, the Ministry of Transport said. They would be “ready by spring”.",
            ["Ministry of Transport"],
        ),
        (
            "The convoy was late, according to the Kremlin. It had been “held up by ice”.",
            ["Kremlin"],
        ),
        (
            'The frigates will leave in May, the Admiralty said on Monday.\n\nTwo crews are affected, according to a statement.\n\n"They were told first," the statement said.',
            ["Admiralty"],
        ),
        (
            "Ambassador Rolf Steen has published his memoirs. The talks of 2011 were “a farce”, the book says.",
            ["Rolf Steen"],
        ),
        (
            "An aide read out a draft of the speech. Its last line ran: “We have done enough.”",
            ["draft of the speech"],
        ),
        (
            "Then came a note from the harbour master: “Move it.”",
            ["harbour master"],
        ),
        (
            "The sale was welcomed in Riga as “long overdue” and condemned by Minsk as “a provocation”.",
            ["Riga", "Minsk"],
        ),
        (
            "The draft conclusions “take note” of the delay.",
            ["draft conclusions"],
        ),
        (
            "Under Article 5 an attack on one “shall be considered an attack against them all”.",
            ["Article 5"],
        ),
        (
            "While Minister Ona Grinys said the fleet was “ready”, Admiral Tor Velde called it “a museum”.",
            ["Ona Grinys", "Tor Velde"],
        ),
        (
            "Senator Ruth Pell called the answers “evasive”; Senator Tom Hale “insulting”.",
            ["Ruth Pell", "Tom Hale"],
        ),
        (
            "Berlin spoke of “progress”, Paris of “a first step” and Warsaw of “words”.",
            ["Berlin", "Paris", "Warsaw"],
        ),
        (
            "President Milan Radek dined with Premier Piotr Zych. Zych had asked him what he spent on ships. “I said nothing, and he laughed.”",
            ["Milan Radek"],
        ),
        (
            "Minister Milan Radek said he had written to Zych and to U.S. Defense Secretary Piotr Zych. The pact was “sound”, he told reporters.",
            ["Milan Radek"],
        ),
        (
            "Chancellor Karl Anders praised General Thomas Stein. The army was “in good hands”, he said.",
            ["Karl Anders"],
        ),
        (
            "The Ministry of Transport said the ferry “had a fault” but rejected reports of a fire as “pure malice”.",
            ["Ministry of Transport", "Ministry of Transport"],
        ),
        (
            "Minister Milan Radek spoke of “respect”, a word the Kremlin called “empty”.",
            ["Milan Radek", "Kremlin"],
        ),
        (
            "The base is, in the eyes of General Tor Velde, “a museum with a gate”.",
            ["Tor Velde"],
        ),
        (
            "“Dear friends,” the letter begins, “we leave with a heavy heart.”",
            ["letter", "letter"],
        ),
        (
            "The verdict of the auditors is damning: “No plan, no budget, no owner.”",
            ["auditors"],
        ),
        (
            "To critics who say the fleet is “freeloading”, Mayor Lena Roth has a reply: “Look at the invoices.”",
            ["critics", "Lena Roth"],
        ),
        (
            "Two officers complained. One called the order “silly”, another “illegal”.",
            ["one officer", "another officer"],
        ),
    ],
)
def test_accounts_answers_and_clauses_of_somebody_else(body, want):
    _speakers(body, want)


@pytest.mark.parametrize(
    "body",
    [
        "The sergeant taught his guests to say “no worries” at the gate.",
        "Your report on service (“A month in boots,” November 28) was read here with care.",
    ],
)
def test_learned_words_and_cited_titles_are_no_quotations(body):
    assert document(read_text(LEAD + body))["quotations"] == []


@pytest.mark.parametrize(
    "body",
    [
        'The channel will show it on its program "Frontline" tonight, the editor said.',
        'Her staff call her "Mor", mother.',
        'Minister Ona Grinys presents what she\'s calling a "service-year-plus" on Monday.',
        'Lithuania demanded money for a promised "drone wall" on its border.',
        'He met the so-called "coalition of the willing." The talks went on.',
        'Any move away from the "triple lock" would be wrong, the minister said.',
        'Insurers warned of more ships in the "shadow fleet" of tankers.',
        "General Tor Velde has published his memoirs, “The Long Winter”, in which he spares nobody.",
        'Minister Ona Grinys told LTV\'s "Dienos tema" that the plan was ready.',
        "In the May poll 41 percent of Danes called the threat “real” or “very real”, and 12 percent “distant”.",
        "Of those asked, a third answered “yes”, half “no” and the rest “don't know”.",
        'The sergeant, known to his whole company as "the Owl", retires in May.',
        'The radar, which engineers call "the fridge", is kept cold.',
        "The phrase “strategic patience” has vanished from the papers.",
        "Nobody in Brussels says “European army” any more.",
        "Women held signs saying “Bring them home” and “Not in my name”.",
    ],
)
def test_names_of_things_are_no_quotations(body):
    assert document(read_text(LEAD + body))["quotations"] == []


def test_what_a_share_of_people_believes_is_still_what_they_say():
    body = "In a survey by the institute, 41 percent of respondents said they believed the ally would “certainly or probably” fight."
    assert [q["text"] for q in document(read_text(LEAD + body))["quotations"]] == ["certainly or probably"]


def test_answers_in_marks_below_questions_are_the_interviewees():
    told = (
        "Sigrid Hall commands the northern brigade. She has a desk and a thermos. We speak for an hour.\n\n"
        'What did you lose?\n\n"A thousand marines, and a habit."\n\nWere you told why?\n\n"I was told politely."\n\n'
        'The stores in the caves are still there.\n\n"They are. Six caves in all."\n\nWould they come back?\n\n'
        '"(Pause.) I plan on it." She turns a page. "In thirty days."'
    )
    found = document(read_text(LEAD + told))["quotations"]
    assert [q["speaker"] for q in found] == ["Sigrid Hall"] * 5


@pytest.mark.parametrize(
    ("body", "want"),
    [
        (
            'The alliance\'s chief negotiator, Piotr Halder, met reporters.\n\n"We are closer than we were," the Pole said.',
            ["Piotr Halder"],
        ),
        (
            'Energy envoy Sean Brophy flew to Oslo. "It was cold," the Irishman said. A Norwegian official was warmer. "We liked him," the Norwegian said.',
            ["Sean Brophy", "Norwegian official"],
        ),
        (
            'Colonel Marta Venn, who left in 2021, saw it. "It was mud," she said.\n\nThe former colonel blamed nobody. "We were new," she said.',
            ["Marta Venn", "Marta Venn"],
        ),
        (
            'Kenyan-born Joseph Otieno, who cooks there, was calm. "They eat the same," he said.\n\nFarmer Mikkel Sand was not. "They park on my field," said the 61-year-old.',
            ["Joseph Otieno", "Mikkel Sand"],
        ),
        (
            'The late senator Peter Amsel kept a diary. His widow, Lotte Amsel, found it. "He wrote every day," said Mrs Amsel.',
            ["Lotte Amsel"],
        ),
        (
            'The Latvian Land Forces Command opened a post. A spokesman for the command called it "a small step".',
            ["Latvian Land Forces Command spokesman"],
        ),
        (
            'Energy envoy Sean Brophy left. "It was cold," he said.\n\nMalta\'s government sees it differently. Its terms had been "fair and final", it said in a letter.',
            ["Sean Brophy", "Malta's government"],
        ),
        (
            'Outside, several of the ship\'s crew were smoking. "We know nothing," one of them said.',
            ["the ship's crew"],
        ),
        (
            '"It is a second budget, made of paper," said Ilse Mark, the Greens\' spokeswoman.\n\nFinance Minister Holger Reiff rejected that. The sum stood in an annex, he said.\n\n"Page 12. Read it."',
            ["Ilse Mark", "Holger Reiff"],
        ),
        (
            'A statement followed. A Maltese diplomat went further. "Our register is full," the diplomat said.',
            ["Maltese diplomat"],
        ),
    ],
)
def test_people_by_nation_rank_honorific_and_group(body, want):
    assert_speakers(LEAD + body, want)


def test_words_above_the_first_paragraph_are_those_of_whom_it_begins_with():
    told = (
        'Cable ship stays in port\n\n"It is strange to be glad about a ship that has nothing to do."\n\n'
        "Hanne Lund has run the station on the hill for nine years. In March the cable went dead, she says, and the ship was sent.\n\n"
        "The minister came on Thursday and stayed for an hour in the harbour, where nobody had expected him."
    )
    (found,) = document(read_text(told))["quotations"]
    assert found["speaker"] == "Hanne Lund"


@pytest.mark.parametrize(
    ("body", "want"),
    [
        (
            "Defence Minister Irja Salo said the plan was “a joke”.\n\nA Liberal member of the defence committee, who asked not to be named, was angrier. “They told us in May,” the MP said. “And nobody listened.”",
            ["Irja Salo", "Liberal member of the defence committee", "Liberal member of the defence committee"],
        ),
        (
            "Defence Minister Irja Salo said the plan was “a joke”.\n\nA former station chief in Oslo, now living in Maine, said he thought it was a bluff. The American, who served under two presidents, recalled the winter of 2022. “It took one call. It took ten minutes.”",
            ["Irja Salo", "former station chief in Oslo"],
        ),
        (
            "Defence Minister Irja Salo said the plan was “a joke”.\n\nThe commander of the Norwegian home guard, who was also in the hall, said the plan did not depend on one battalion. It would be harder, the general conceded, if the rockets went.\n\n“That would be felt within a day,” he said.",
            ["Irja Salo", "commander of the Norwegian home guard"],
        ),
        (
            "Norwegian Prime Minister Irja Salo hosted the meeting. “We are late,” said Salo.\n\nThe Danish head of government, for his part, urged calm. “A draft is a draft,” he remarked.",
            ["Irja Salo", "Danish head of government"],
        ),
        (
            "Norwegian Prime Minister Irja Salo hosted the meeting. “We are late,” said Salo.\n\nThe Dane agreed. “We will send the bill,” she said.",
            ["Irja Salo", "Dane"],
        ),
        (
            "Foreign Minister Irja Salo flew from Rome, where she met the new head of the American mission. The admiral, she said, told her that there would be “no surprises,” and she believed him.",
            ["head of the American mission"],
        ),
        (
            "The Finnish president said that the request was “steep”, while his Latvian counterpart, a former officer, was more direct.\n\n“We will be ready in time. If not, blame me,” she said.",
            ["Finnish president", "Latvian counterpart"],
        ),
        (
            "The Polish foreign minister called it “good news,” while his French counterpart, who was visiting Riga, warned Berlin not to spend it all “on the far side of the ocean.”",
            ["Polish foreign minister", "French counterpart"],
        ),
        (
            "Defence Minister Irja Salo said the plan was “a joke”.\n\nA second participant, a man who still works at the ministry, said that he recalled the laugh. “It may have been mine,” he said.",
            ["Irja Salo", "a man who still works at the ministry"],
        ),
        (
            "Defence Minister Irja Salo said the plan was “a joke”. Her colleague on the panel, a retired naval captain, urged calm. He noted that the ships come from Spain and that “panic helps nobody at all”.",
            ["Irja Salo", "retired naval captain"],
        ),
        (
            "Defence Minister Irja Salo said the plan was “a joke”.\n\nThe head of the harbour police was less amused. “We count the boats,” he said.",
            ["Irja Salo", "head of the harbour police"],
        ),
        (
            "Defence Minister Irja Salo said the plan was “a joke”.\n\nThe mayor of Kirkenes, who had come by bus, shook her head. “We count the boats,” she said.",
            ["Irja Salo", "mayor of Kirkenes"],
        ),
        (
            "Defence Minister Irja Salo said the plan was “a joke”.\n\nA deputy from the Left, no friend of the army, voted yes all the same. “I have a son there,” the deputy told reporters.",
            ["Irja Salo", "deputy from the Left"],
        ),
        (
            "General Karl Novy opened the exercise. The mayor of Kirkenes, Tor Velde, watched. “It is loud,” he said.",
            ["Tor Velde"],
        ),
        ("General Karl Novy spoke to the mayor of Kirkenes in the hall. “It is loud,” he said.", ["Karl Novy"]),
        (
            "General Karl Novy was blunt. The head of the delegation had asked him for ships. “It is late,” he said.",
            ["Karl Novy"],
        ),
    ],
)
def test_holders_without_a_name(body, want):
    _speakers(body, want)


@pytest.mark.parametrize(
    ("body", "want"),
    [
        (
            "Deputy minister Karl Novy told the committee of the delay. Committee member Ona Grinys wanted to know why letters had been sent only in August.\n\n“Seventeen months, Minister!” she called out.\n\n“Madam, who signed the contracts?”\n\n“And who has been in office since?”",
            ["Ona Grinys", "Karl Novy", "Ona Grinys"],
        ),
        (
            "Foreign Minister Karl Novy told the senate of the delay. Senator Ona Grinys rose.\n\n“Have you read the treaty, Minister?” she asked.\n\n“I have, Senator. Twice.”",
            ["Ona Grinys", "Karl Novy"],
        ),
        (
            "“The mayor heard it in the gym,” Minister Karl Novy said.\n\nHost Dana Prewett asked whether allies behaved so.\n\n“I have told my colleague what I think,” he replied. “Let us leave it there.”",
            ["Karl Novy", "Karl Novy", "Karl Novy"],
        ),
        (
            "“The mayor heard it in the gym,” Minister Ona Grinys said.\n\nThe presenter, Tor Velde, wanted to know whether allies behaved so.\n\n“I have told my colleague what I think,” she answered. “Let us leave it there.”",
            ["Ona Grinys", "Ona Grinys", "Ona Grinys"],
        ),
        (
            "“The mayor heard it in the gym,” Minister Karl Novy said.\n\nReporter Sam Reed asked if that was usual.\n\n“No,” he said. “Not at all.”",
            ["Karl Novy", "Karl Novy", "Karl Novy"],
        ),
        (
            "“The mayor heard it in the gym,” Minister Karl Novy said.\n\nSenator Sam Reed asked for the file.\n\n“It is the least we can expect,” he said.",
            ["Karl Novy", "Sam Reed"],
        ),
        (
            "Senator Karl Novy won warmer words from Sen. Boyd Larsen, a first-term Republican from Idaho, who said his constituents ask him why they pay to defend “countries with better trains”.",
            ["Boyd Larsen"],
        ),
        (
            "Novak was hailed by Mayor Tor Velde, who said his neighbours wonder why nobody came to see “the holes in the road”.",
            ["Tor Velde"],
        ),
        (
            "The two sides failed to agree, with the chief U.S. negotiator saying patience in Washington “runs out in June”.\n\nSeoul's top negotiator, Ahn Jae-won, told reporters he was calm. His U.S. counterpart, Carol Lind, left early.",
            ["Carol Lind"],
        ),
        ("The two sides failed to agree, with the E.U. envoy calling it “a lost week”.", ["E.U. envoy"]),
        (
            "A former deputy chief of the navy, Rear Admiral Irja Salo, wrote the memo. Retired vice admiral Karl Novy, a former deputy chief, said both sides bluffed. “You can change a treaty,” the retired admiral said.",
            ["Karl Novy"],
        ),
        (
            "NATO chief Willem Visser sought to calm nerves, saying at his closing news conference that the pledge remained “rock solid”.\n\nPressed by a journalist on whether he would have said so a year ago, the Dutchman said: “I said 'ironclad'. I am working my way down.”",
            ["Willem Visser", "Willem Visser"],
        ),
        (
            "The review, which was due in May, irked Senator Karl Novy. Downing Street did not deny it last night. “We never comment on leaks,” a No 10 spokesman said. “The partnership is close.”\n\nSir Adrian Moles, who ran the committee, said it was “as serious as the threat”.",
            ["Downing Street spokesman", "Downing Street spokesman", "Adrian Moles"],
        ),
        ('Colonel Ona "Owl" Grinys said that "the ice is thick enough".', ["Ona Grinys"]),
        ('Minister Tor Velde told Radio Sever\'s "Morning Line" that "nobody was asked".', ["Tor Velde"]),
    ],
)
def test_who_answers_and_who_is_meant(body, want):
    _speakers(body, want)


@pytest.mark.parametrize(
    ("body", "want"),
    [
        ("The Finance Ministry rejects this. “All bills are paid,” reads its answer.", ["Finance Ministry"]),
        (
            "The embassy was asked for comment. “We follow the treaty,” says its reply, two lines long.",
            ["embassy"],
        ),
        (
            "Defence Minister Irja Salo did not come. “I trust the committee,” read her letter to the members.",
            ["Irja Salo"],
        ),
        (
            "The files include a memo dated May 4, in which the deputy commander of the air force, General Irja Salo, sets out four options.\n\n“Our partners have been clear,” the memo says. “They will not ask first.”",
            ["Irja Salo", "Irja Salo"],
        ),
        (
            "The file holds a letter in which Senator Karl Novy asks for more time. “We are not ready,” the letter says.",
            ["Karl Novy"],
        ),
        (
            "An e-mail written after the talks by an official in the Privy Council Office, whose name is blacked out, describes them as cordial. “He sold planes for an hour,” it reads.",
            ["official in the Privy Council Office"],
        ),
        (
            "A note sent that night by the harbour master, who has since retired, calls the fire an accident. “Nobody was on watch,” it says.",
            ["harbour master"],
        ),
        (
            "Senator Karl Novy argued that partners faced “a live threat, not a plan,” pointing to the missiles fired since May. Nobody disputed that. But a letter from eight ambassadors, entered into the record, describes the frustration in plain terms. “We were urged to buy, and we did,” it says.",
            ["Karl Novy", "letter from eight ambassadors"],
        ),
        (
            "The Court of Audit said in a report published on Monday that the depots were late. Five of them are in use.\n\n“The ministry can buy quickly,” the report says. “It cannot pour concrete.”",
            ["Court of Audit", "Court of Audit"],
        ),
        (
            "The five-page cable, sent from Oslo on May 4, records a meeting at which a senior official is said to have told the ambassador: “You have thirty days.”",
            ["senior official"],
        ),
        (
            "The four-page cable records a dinner in May. It goes on to describe the talks as “the hardest of my career” and warns that the threat is “not theatre”.",
            ["cable", "cable"],
        ),
        (
            "Europeans are to provide most of the ships and “all but a few” of the troops, according to a five-page paper seen by Reuters.",
            ["five-page paper"],
        ),
        ("Across the top of the memo somebody has written, by hand, two words: “Not now.”", ["somebody"]),
        (
            "General Karl Novy read the plan. In the margin of page four someone had scribbled: “Who pays?”",
            ["someone"],
        ),
        ("The Kremlin’s spokesman welcomed the move “if it is true, and if not”.", ["Kremlin spokesman"]),
        (
            "The chairman, an old farmer, asked both to “keep the ammunition”.\n\nThe embassy referred questions to the companies. One of them, which builds launchers in Ohio, replied that production has risen and that Poland “remains a good customer”.",
            ["chairman", "one of the companies"],
        ),
        (
            "The president's press secretary said Ukraine “has what it needs”.\n\nReuters, citing two US officials, reported that the step was meant to last ten days. One of them compared it with “taking your foot off the gas”.",
            ["president's press secretary", "one of US officials"],
        ),
        ("Two firms bid for the yard. One of them said the price was “a first offer”.", ["one of firms"]),
        (
            "Three E.U. diplomats left the room. One of them called it “a long night”.",
            ["one of E.U. diplomats"],
        ),
        (
            "Rome asked four shipyards for offers. One of them, in Trieste, answered that it was “full until 2030”.",
            ["one of shipyards"],
        ),
    ],
)
def test_whose_paper_speaks_and_one_of_whom(body, want):
    _speakers(body, want)


@pytest.mark.parametrize(
    ("body", "want"),
    [
        (
            "Ottawa sells tanks\n\nDeputy minister says the price has doubled. “Steel has its price,” he tells senators\n\nOTTAWA, March 3 - Canada has asked two firms for a refund, deputy defence minister Karl Novy told the Senate on Wednesday. He named no firm.",
            ["Karl Novy"],
        ),
        (
            "WARSAW — The pick for defence secretary told senators on Monday that the alliance was “a habit, not a treaty”.\n\nKarl Novy, a former captain, testified for nearly five hours.",
            ["Karl Novy"],
        ),
        (
            "LONDON — The woman nominated to run the shipyards said on Monday that she would “count every rivet”.\n\nIrja Salo, a former captain, testified for nearly five hours.",
            ["Irja Salo"],
        ),
        (
            "LONDON — A former defence secretary has called the cuts “a gift to Moscow”.\n\nKarl Novy, who left office in 2021, said the army was too small.",
            ["Karl Novy"],
        ),
    ],
)
def test_offices_that_the_next_paragraph_names(body, want):
    found = document(read_text(body))["quotations"]
    assert [q["speaker"] for q in found] == want


@pytest.mark.parametrize(
    "body",
    [
        "There is a book. “The Tripwire,” which will be published on June 8th, runs to four hundred pages.",
        'Appearing on ETN\'s "Vabariigi kaja", Minister Karl Novy said the first he knew of it was a call.',
        'The commander, Major Yaroslav "Fox" Hontar, wrote on Telegram that all was well.',
        'She published "A Year on the Ice," which came out in May, and read from it.',
    ],
)
def test_programmes_nicknames_and_books_are_no_quotations(body):
    assert document(read_text(LEAD + body))["quotations"] == []
