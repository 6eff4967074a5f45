"""Sources that a story names by what they are, by their papers or by what stands above their words."""

from __future__ import annotations

import pytest

from foedus.evidence import read_text
from foedus.evidence.export_json import document

from .scoring import assert_speakers, same_speaker

LEAD = "Allied ministers met in Vilnius on Tuesday to discuss the American review of its forces.\n\n"


@pytest.mark.parametrize(
    ("body", "want"),
    [
        (
            'A retired vice admiral, Jiro Tanabe, led a unit in the Persian Gulf in 1991. In a memoir he writes that the orders came "from the news, ten days late".',
            ["Jiro Tanabe"],
        ),
        (
            'The head of the council, Oskar Bjerre, was on Station Nord for 26 months. "It takes a certain type," he says.',
            ["Oskar Bjerre"],
        ),
        (
            'Ines Carreño retires in July. She receives LA GACETA in an office half packed. "They gave it to me," she says.',
            ["Ines Carreño"],
        ),
        (
            'The owner of the hives, Nick Carp, 67, told the agency that he had slept. "First came the noise," said the man.',
            ["Nick Carp"],
        ),
        (
            'The 2nd Armoured Division confirmed the change in a written statement Wednesday. About 3,400 soldiers had been due to leave. The rest "will remain ready to deploy", the statement said.',
            ["2nd Armoured Division"],
        ),
        ('"Can you name one?" asked our reporter, Frida Lund.', ["Frida Lund"]),
        (
            'In a farewell email, the subject line of which was "So long and thanks for all the talks", Leland Strand told staff: "History will record that we were right."',
            ["Leland Strand"],
        ),
        (
            'Letters ran eight to one against. Here is Arthur Lind of Duluth, Minn., who spent three years at Fulda: "I sat on that hill."',
            ["Arthur Lind"],
        ),
        (
            "His granddaughter, Capt. Elise Worth, is a commander in the regiment. She says she can't comment on policy. But when I asked what she'd take home, she didn't hesitate.\n\n\"The guidon and the cat.\"",
            ["Elise Worth"],
        ),
        (
            'Hedwig Ooster was the last to speak. She quoted one letter, from a nineteen-year-old in Oulu: "I am not afraid of dying."',
            ["nineteen-year-old in Oulu"],
        ),
        (
            'The Alliance for the Nation group voted against. "Today you call them volunteers," its deputies chanted.',
            ["Alliance for the Nation group deputies"],
        ),
        (
            'According to a confidential letter from the Federal Court of Audit, seen by the agency, the ministry "has not sufficiently examined" the case.',
            ["Federal Court of Audit"],
        ),
        (
            'Defence Minister Taro Mina said at a press conference after the meeting that the figure reflected "what is truly necessary".',
            ["Taro Mina"],
        ),
        (
            'Rome has asked for a bridge to be counted, a request which a southern diplomat, speaking to the paper on condition of anonymity, described as "creative bookkeeping".',
            ["southern diplomat"],
        ),
        (
            'A corporal said he\'d trained "to go look at Russians". His gunner, a specialist from Lubbock, put it differently. "My wife is due in May," he said.',
            ["corporal", "His gunner"],
        ),
        (
            'In its conclusions the Council "strongly condemns" the attack on a hospital in the east.',
            ["Council"],
        ),
        (
            'On 22 October 2026, the European Council reaffirmed its "unwavering support" for the country.',
            ["European Council"],
        ),
        (
            'Ilona Vana, the high representative, chaired the meeting. One Member State abstained.\n\nPress remarks by the High Representative (check against delivery)\n\n"Good afternoon. It was a long day.\n\n"We started with Ukraine."',
            ["Ilona Vana", "Ilona Vana"],
        ),
        (
            '"They did this to us in 1992," remembers Command Sgt. Maj. Marlon Esp, of Killeen, Texas.\n\n"I had a box with 614 keys."',
            ["Marlon Esp", "Marlon Esp"],
        ),
        (
            'In reply to a minor question the Federal Government stated that it had "no findings of its own" on 17 of 29 sites.',
            ["Federal Government"],
        ),
        ('Deputies held up forty placards with the text "Not our war".', []),
    ],
)
def test_sources_by_what_they_are(body, want):
    assert_speakers(LEAD + body, want)


@pytest.mark.parametrize(
    ("body", "want"),
    [
        (
            "“They sent us a cake,” recalled Spc. Kay Norwood, who was there. “It was dry.”",
            ["Kay Norwood", "Kay Norwood"],
        ),
        (
            "“We stay,” said Rear Adm. Lea Sand, deputy commander. “We wait,” the admiral added.",
            ["Lea Sand", "Lea Sand"],
        ),
        (
            "Lt. Col. Ruth Sand and Capt. Ned Hale spoke. “We stay,” the colonel said. “We go,” the captain said.",
            ["Ruth Sand", "Ned Hale"],
        ),
        (
            "EU Commissioner for Crisis Preparedness Hadja Lahbib-Roux opened the day. “Buy batteries,” the commissioner said.",
            ["Hadja Lahbib-Roux"],
        ),
        (
            "Tánaiste and Minister for Justice Órla Keane, who led the talks, left. “We are done,” the Tánaiste said.",
            ["Órla Keane"],
        ),
        (
            "Kwon Seo-yeon, the trade minister, flew home. Kwon was asked about tariffs. “I sleep badly,” she said.",
            ["Kwon Seo-yeon"],
        ),
        ("As stated by the head of research Ann Cole, the pact is “late by design”.", ["Ann Cole"]),
        (
            "The left-wing lawmaker Jean N’Diaye-d’Aubrac, for his part, denounces “an umbrella rented by the hour”.",
            ["Jean N’Diaye-d’Aubrac"],
        ),
        (
            "His father, Ron Boyd, remembered a last call, in which the corporal complained about the food.\n\n“That is about all we said.”",
            ["Ron Boyd"],
        ),
        (
            "Chair Hugh Pruitt rose with a reminder that the committee had asked for the memo. “Show me the memo.”",
            ["Hugh Pruitt"],
        ),
        (
            "Asked by a reporter from Oslo, Ann Cole, what he meant, the mayor, Piotr Zych, frowned. “I meant the bridge.”",
            ["Piotr Zych"],
        ),
        (
            "Minister Ada Quine spoke. Pressed by opposition lawmaker Erika Lind on whether that meant war, she answered, “I would rather not count.”",
            ["Ada Quine"],
        ),
        (
            "Robert Ains, the minister, denied it. Gen Miles Trent said nobody was surprised. “Every chief knew,” the general said.\n\nWas he blaming Ains? “No. I blame the weather.”",
            ["Miles Trent", "Miles Trent"],
        ),
        (
            "Under questioning from Sen. Lorna Est, Marcus Thiel admitted that he had asked nobody.\n\n“You did not pick up the phone?”\n\n“I did not, Senator.”\n\n“I bet you did not,” Est said.",
            ["Lorna Est", "Marcus Thiel", "Lorna Est"],
        ),
        (
            "Otto Braun, the treasurer, told the panel that nobody had paid. “Not yet,” he said.\n\nDeputy Lena Marsh wanted to know whether anybody would.\n\n“I hope so.”",
            ["Otto Braun", "Otto Braun"],
        ),
        (
            "“Will you sign?” asked the chair, Ada Quine, and General Ned Hale looked down.\n\n“Not today,” came the reply.",
            ["Ada Quine", "Ned Hale"],
        ),
        ("“No comment,” came the reply from the ministry.", ["ministry"]),
        (
            "Irja Salo, the chancellor, said “never”. Then, after another sip of water: “Well, rarely.”",
            ["Irja Salo", "Irja Salo"],
        ),
        (
            "“We leave when we leave,” Colonel Ana Ruiz said. The colonel’s voice broke once. “We finish the exercise.”",
            ["Ana Ruiz", "Ana Ruiz"],
        ),
        (
            "An American official, when asked about the visit, was blunt. “We bowl alone,” the official said. Five officials in three countries agreed.",
            ["American official"],
        ),
        ("Her father, who gave only his first name, Ivan, held a lamp. “Old,” he grinned.", ["Ivan"]),
        (
            "One of the first to sign, a machine gunner with the call sign “Student”, is 19. “My mother thinks I am at headquarters,” he admitted.",
            ["machine gunner"],
        ),
        ("“It is cold,” volunteers Anna Berg, a driver.", ["Anna Berg"]),
        ("Marta Lind is a nurse. “Three. Four. Five,” she ticked off on her hand.", ["Marta Lind"]),
        (
            "A resident wrote. Its author, retired music teacher Austra Zar, told the station that the drones sounded like “a choir of dentists”.",
            ["Austra Zar"],
        ),
        (
            "Defense spokesperson Rear Adm. Nazim Kaya said Tuesday, stressing that the convention “is not a menu”.",
            ["Nazim Kaya"],
        ),
        (
            "He meant Sen. Clay Ostrand, who last week called Ankara “the landlord of a sea it does not own”.",
            ["Clay Ostrand"],
        ),
        (
            "Admiral Lea Sand denied reports in the Greek press that a destroyer had been “turned away at night”.",
            ["Greek press"],
        ),
        (
            "The argument put forward by the two governments was that the pact was “a bridge, not a wall”.",
            ["two governments"],
        ),
        (
            "A post drew a reply from the ambassador, Olek Bondar, which consisted of two words: “Stay where?”",
            ["Olek Bondar"],
        ),
        (
            "This was reported by the Ministry of Defense on Telegram.\n\n“The second batch has been handed over,” the post reads.",
            ["Ministry of Defense"],
        ),
        (
            "The defence minister, Fahad Salem, did not attend, but a message was read on his behalf. It said the Gulf had “learnt the distance between a statement and a battery”.",
            ["Fahad Salem"],
        ),
        (
            "The yard said it was late. The second firm, Clyde Marine Civils, sent nobody. Its letter ran to three lines, the last of which read: “We trust this is of assistance.”",
            ["Clyde Marine Civils"],
        ),
        (
            "They sent a commander who, at the farewell dinner, raised a toast “to two deterrents and one ocean”.",
            ["commander"],
        ),
        (
            "Mr. Tuck Lind was unmoved. When Dr. Meena Rhodes began to reply, he cut in: “It is not a question.”",
            ["Tuck Lind"],
        ),
        ("In the statement the parties “reaffirm the persistent presence” of a battalion.", ["statement"]),
        (
            "In the same vein the Swedish commission wrote in its report that the region “should plan for good weather”.",
            ["Swedish commission"],
        ),
    ],
)
def test_whose_words_they_are(body, want):
    found = [q.speaker for q in read_text(LEAD + body + "\n").quotations]
    assert len(found) == len(want), found
    assert all(same_speaker(mine, name) for mine, name in zip(found, want, strict=True)), found


@pytest.mark.parametrize(
    ("body", "want"),
    [
        (
            'Some 90 people wrote in. One, a 71-year-old widow in Kotka, wrote: "I paid in 2022." Another, a 33-year-old electrician from Oulu, said he would pay "the day they do". A third, a nurse from Turku, was blunt: "Not a cent."',
            ["71-year-old widow in Kotka", "33-year-old electrician from Oulu", "nurse from Turku"],
        ),
        (
            'The guards may not speak. One who did, a senior corporal with 14 years of service, described a night shift. "They need four minutes," he said. Foreign soldiers on the other side cut the mesh. "Sometimes they shout good evening."',
            ["senior corporal with 14 years of service"] * 2,
        ),
        (
            'We put the figures to the Danish embassy in London. A spokesman replied in a 12-word email that they were "not worth an answer".',
            ["Danish embassy spokesman"],
        ),
        (
            'The navy has six ships and one, the navy confirmed by email, is "awaiting personnel".',
            ["navy"],
        ),
        (
            'Speaking in the Senate, Marek Dolny set out the dates. Senator Viera Slava wanted to know why they were late. "Because the crane is," he answered.',
            ["Marek Dolny"],
        ),
        (
            'A Danish delegation of 23 was shown round the yard. They were asked what they made of it. "Wetter than we hoped," came the reply.',
            ["Danish delegation of 23"],
        ),
        (
            'Mayor Ute Brandl was asked about the road. "Not before spring," came the answer.',
            ["Ute Brandl"],
        ),
        (
            'I asked the harbour master, Olaf Brandt, whether the cranes would come. "When pigs swim," came the answer.',
            ["Olaf Brandt"],
        ),
        (
            'She had written to the embassy, which replied that it "does not discuss schedules". He rang the police, who said they had "other things to do".',
            ["embassy", "police"],
        ),
        (
            'A ministry official whom I have known for years and who picks up only on the ferry told me: "Three days? Never."',
            ["ministry official"],
        ),
        (
            'The price was, in the words of a letter from the ministry\'s procurement agency, "a misunderstanding".',
            ["ministry's procurement agency"],
        ),
        (
            '"You have a luxury problem," smiles, in perfect French, Inga Kalns, a reserve officer at the camp.',
            ["Inga Kalns"],
        ),
        ('"They build desks," storms Aurore Diaz, a member of the committee.', ["Aurore Diaz"]),
        (
            'Ute Brandl has five flats, let to sergeants. A local would pay 800, she thinks, and complain. "They cried in here in May."',
            ["Ute Brandl"],
        ),
        (
            'By evening the mayor had called the garrison, which told him that "nothing is decided".',
            ["garrison"],
        ),
        (
            'Councillor Resi Pohl showed it to 26 listeners, one of whom called out: "And who mends the road?"',
            ["listeners"],
        ),
        (
            'Its commander, Colonel Dwayne Fitz, wrote a letter to the nine towns, by hand, which Mayor Hubert Zintl reads out standing up:\n\n"Dear friends, I hear the same things as you."',
            ["Dwayne Fitz"],
        ),
        ('The chancellor\'s note came back with four words on it: "Nice try. See me."', ["chancellor"]),
        (
            'A dozen members of a peace group held up a jet of cardboard. "Thirty to go!" they chanted.',
            ["members of a peace group"],
        ),
        (
            'By Christmas 264 had gone home, a rate the general staff considers "entirely ordinary".',
            ["general staff"],
        ),
        (
            'At the time the Ministry of Defence recorded "an unprofessional interaction", one of 57 in a list.',
            ["Ministry of Defence"],
        ),
        (
            'A note from the Court of Auditors, dated December 8, finds that the huts leak. Forty need work; nine have "neither hot water nor a date for it".',
            ["note from the Court of Auditors"],
        ),
        (
            'Dimitra Kall, a former minister who has known her for years, recalled a dinner at which an admiral boasted of a fund. "She asked him how many ships that was."',
            ["Dimitra Kall"],
        ),
        (
            'One contract soldier from the east, who we are calling Bair, lost a brother.\n\n"My mother bought a flat," he told us. "She waters the plants."',
            ["Bair", "Bair"],
        ),
        (
            '"It runs," says Sandra Vec, who chairs the council.\n\nMs Antonia Zeile, 84, has the border before her window. Is she afraid? "Of the wolves."',
            ["Sandra Vec", "Antonia Zeile"],
        ),
        (
            'According to the head of the board, General Gunnar Krol, 160 soldiers help. And the allies, who paid for the cameras? "The cameras work." Has there been an answer? "An automatic one."',
            ["Gunnar Krol", "Gunnar Krol"],
        ),
        (
            'The alliance puts the dead at 112,000, or "several times what was lost before", as its committee\'s newsletter had it in July.',
            ["alliance"],
        ),
        (
            'The marines trained at Camp Viking. Priya Hallam saw them. "Someone has to be cold," she said.',
            ["Priya Hallam"],
        ),
    ],
)
def test_sources_told_of_beside_or_before(body, want):
    assert_speakers(LEAD + body, want)


def test_the_company_is_the_one_that_the_story_opens_with():
    text = 'Eurexa\'s second line will not start before July 2027, people at its customers say.\n\nThe dryer caught fire in October. The company would say only that "contracts are not affected".'
    assert [q["speaker"] for q in document(read_text(text))["quotations"]] == ["Eurexa"]


def test_a_quotation_that_opens_with_another_is_one():
    text = "‘It was the blood that did for me,’ Ann Vale recalls. She was in the corridor with counsel. ‘“Can he do it?” I asked. “We have no plan,” she said. I never heard the word “bond” again.’"
    found = document(read_text(text))["quotations"]
    assert [q["text"][:12] for q in found] == ["It was the b", "“Can he do i"]
    assert {q["speaker"] for q in found} == {"Ann Vale"}


def test_a_word_that_somebody_thinks_of_is_no_quotation():
    body = "When I asked what he made of the phrase “Arctic sovereignty,” he looked at the door. Paul Morin hates the word “resilience.”"
    assert document(read_text(LEAD + body))["quotations"] == []
