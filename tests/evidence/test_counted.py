"""Counts, ages, ones and amounts whose noun stands elsewhere, by construction: one of each kind and its neighbours."""

from __future__ import annotations

import pytest

from foedus.evidence import read_text
from foedus.evidence.quantities import read_quantities

LEAD = "Allied ministers met in Riga on Monday to talk about the American plan for its bases, and they agreed on little.\n\n"


def read(text: str) -> list[tuple[float | None, str]]:
    """Values and units of a text, line by line, dates left out."""
    found = []
    at = 0
    for line in text.split("\n"):
        found += read_quantities(text, at, at + len(line), 0, "2026-11-18", 0, list(found))
        at += len(line) + 1
    return [(q.value, q.unit) for q in found if q.unit != "date"]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("A recruit of 19 and her brother, nine, fled.", [(19, "year"), (9, "year")]),
        ("“We waited,” said Carol Moss, 71.", [(71, "year")]),
        ("Men aged 18–26 may leave.", [(18, "year"), (26, "year")]),
        ("Pupils aged between 16½ and 21 apply.", [(16.5, "year"), (21, "year")]),
        ("They raised the age limit from 42 to 50.", [(42, "year"), (50, "year")]),
        ("Our youngest driver is 57.", [(57, "year")]),
        ("Some 44 percent agree. Among under-30s: 61.", [(44, "percent"), (30, "year"), (61, "percent")]),
        ("She is 31 and looked 50.", [(31, "year"), (50, "year")]),
    ],
)
def test_ages(text, want):
    assert read(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("It has one tender and five trawlers.", [(1, "tender"), (5, "trawler")]),
        ("One of six Danish frigates sailed.", [(1, "frigate"), (6, "frigate")]),
        ("Spain sends three frigates, Portugal one.", [(3, "frigate"), (1, "frigate")]),
        ("It lost two guns; Italy and Greece lost one each.", [(2, "gun"), (1, "gun")]),
        ("There is one cook for every 90 men.", [(1, "person"), (90, "person")]),
        ("Six people are in hospital, one in a critical condition.", [(6, "person"), (1, "person")]),
        ("He is the father of one of the dead.", [(1, "person")]),
        (
            "They named nine ships, two firms in Dubai and Hong Kong, and one Greek port.",
            [(9, "ship"), (2, "firm"), (1, "port")],
        ),
        ("One squadron will leave for Iowa. Three squadrons will stay.", [(1, "squadron"), (3, "squadron")]),
        ("The group has 800 members, one widow wrote.", [(800, "person")]),
        ("The navy has two tugs and one training ship.", [(2, "tug"), (1, "ship")]),
    ],
)
def test_one_against_another_number(text, want):
    assert read(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("They get 1,900 euros. “Make it 2,300,” she said.", [(1900, "EUR"), (2300, "EUR")]),
        ("It claims 3 million euros, of which 400,000 is interest.", [(3e6, "EUR"), (400000, "EUR")]),
        ("It lost 9 million pounds.\n“First it was two million, then five.”", [(9e6, "GBP"), (2e6, "GBP"), (5e6, "GBP")]),
        ("Oslo pays 60bn kroner (€5bn).\n“We went from six to 60 billion.”", [(60e9, "NOK"), (5e9, "EUR"), (6e9, "NOK"), (60e9, "NOK")]),
        ("Oil rose 12 cents to $70.", [(0.12, "USD"), (70, "USD")]),
        ("It fell to SKr90 and cost Rbs2.5tn.", [(90, "SEK"), (2.5e12, "RUB")]),
        ("It is put at €1.2bn-€1.4bn.", [(1.2e9, "EUR"), (1.4e9, "EUR")]),
        ("It cost 38 billion Turkish Lira.", [(38e9, "TRY")]),
    ],
)  # fmt: skip
def test_amounts_by_the_money_spoken_of(text, want):
    assert read(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("The cadets slept ten to a tent.", [(10, "person")]),
        ("It carries missiles, twelve to a boat.", [(12, "missile")]),
        ("Germany sent 40, Poland 30 and Latvia 12 tanks.", [(40, "tank"), (30, "tank"), (12, "tank")]),
        ("They fired 90 drones and 14 missiles, of which 71 and five were shot down.", [(90, "drone"), (14, "missile"), (71, "drone"), (5, "missile")]),
        ("He lost his boats. Three were sunk.", [(3, "boat")]),
        ("“I gave 20 years.” “My dad did 31.”", [(20, "year"), (31, "year")]),
        ("The plant has a head count of 800.", [(800, "person")]),
        ("They could call up 90,000.", [(90000, "person")]),
        ("“You two at the back can go.”", [(2, "person")]),
        ("Two of the Americans' eight tugs left.", [(2, "tug"), (8, "tug")]),
        ("Opinions ran 70-30 for it.", [(70, "percent"), (30, "percent")]),
        ("Two of every five crews and one in six of a year group were unfit.", [(0.4, "fraction"), (0.1667, "fraction")]),
        ("A three-fifths majority sat through a two-and-a-half-hour film.", [(0.6, "fraction"), (2.5, "hour")]),
        ("A half-mile convoy waited.", [(0.5, "mile")]),
        ("It bought 38 Black Hawks, 12 fire units and 90 rail cars.", [(38, "Black Hawk"), (12, "fire unit"), (90, "rail car")]),
        ("He lost two stone near two stone barns.", [(2, "stone"), (2, "barn")]),
        ("The wind blew at 25 metres per second in a hall of 900m².", [(25, "metre per second"), (900, "square metre")]),
        ("Nine members of the Senate met six members of the Gulf Cooperation Council.", [(9, "person"), (6, "member")]),
        ("It has 20 interceptors and 48 fighters it hopes to sell.", [(20, "interceptor"), (48, "fighter")]),
        ("It would grow to 260 within ten days.", [(10, "day")]),
        ("In May 4.3 kilometres of cable vanished.", [(4.3, "km")]),
        ("The three Baltic states agreed.", [(3, "state")]),
    ],
)  # fmt: skip
def test_counts_whose_noun_stands_elsewhere(text, want):
    assert read(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("My two divisions cannot match the enemy's nine, nor Poland's six.", [(2, "division"), (9, "division"), (6, "division")]),
        ("Some 900 soldiers and 40 tanks were to come; now it is 300 and 12.", [(900, "person"), (40, "tank"), (300, "person"), (12, "tank")]),
        ("He got one letter from the ministry and about 300 from voters.", [(1, "letter"), (300, "letter")]),
        ("One brigade is in Rukla; the other two are at home.", [(1, "brigade"), (2, "brigade")]),
        ("One Member State abstained; the other 26 voted for it.", [(1, "member state"), (26, "member state")]),
        ("Letters to the editor ran nine to one against.", [(9, "letter"), (1, "letter")]),
        ("They call for the shells promised in May. Of 800 promised, 210 have come.", [(800, "shell"), (210, "shell")]),
        ("Some 12 million tonnes passed in May, against 15 million a year before.", [(12e6, "tonne"), (15e6, "tonne")]),
        ("Twenty thousand men, perhaps thirty.", [(20000, "person"), (30000, "person")]),
        ("The hull is 122 metres. It can be 130. For 130, they want more.", [(122, "metre"), (130, "metre"), (130, "metre")]),
        ("Some 900 ships used the lane. Last week there were 44.", [(900, "ship"), (44, "ship")]),
        ("He counts the fishermen every day. There are usually four.", [(4, "person")]),
        ("They would double the number of berths. They want two more.", [(2, "berth")]),
        ("It asked for 400 mines. The plant can make 90 a month.", [(400, "mine"), (90, "mine")]),
        ("The yard has two Greek frigates afloat and two French.", [(2, "frigate"), (2, "frigate")]),
        ("The hospital was three hours away and not nine.", [(3, "hour"), (9, "hour")]),
        ("She met two drones. She shot down one with her gun.", [(2, "drone"), (1, "drone")]),
        ("It has 16 of its 44 CV90s and 12 MRAPs.", [(16, "CV90"), (44, "CV90"), (12, "MRAP")]),
        ("It has five ships there and a sixth on the way.", [(5, "ship")]),
        ("It bought shells, of which half are gone.", [(0.5, "fraction")]),
        ("They lost 14 points to 9 in the match that they lost by 14 points to 9.", [(14, "percentage point"), (9, "percentage point"), (14, "point"), (9, "point")]),
        ("The plan has 12 points.", [(12, "point")]),
        ("More than 1 million of the 1.4 million shells came.", [(1e6, "shell"), (1.4e6, "shell")]),
        ("They got 200 pounds each, 50 more than last year.", [(200, "GBP"), (50, "GBP")]),
        ("Two 65,000-tonne carriers and ten 500kg bombs came.", [(2, "carrier"), (65000, "tonne"), (10, "bomb"), (500, "kg")]),
    ],
)  # fmt: skip
def test_numbers_that_another_explains(text, want):
    assert read(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("“We spend $6 billion a year?”\n“5.2, sir. It was 7.1 in 2018.”", [(6e9, "USD"), (5.2e9, "USD"), (7.1e9, "USD")]),
        ("Of every 100 euros, how much arrives?\nBetween 55 and 60. It used to be 48.", [(100, "EUR"), (55, "EUR"), (60, "EUR"), (48, "EUR")]),
        ("It spends 2.1 percent. When it is 4, we can talk.", [(2.1, "percent"), (4, "percent")]),
        ("“In 9 months he learns to shoot. In 15 he can lead.”", [(9, "month"), (15, "month")]),
        ("He came with twelve dollars, “seven of them borrowed”.", [(12, "USD"), (7, "USD")]),
        ("It was 200 days at sea and saw land on nine of them.", [(200, "day"), (9, "day")]),
        ("Flats are let at 1,300 euros. A local would pay 700, she thinks.", [(1300, "EUR"), (700, "EUR")]),
        ("The koruna slipped 0.3% to 25.1 against the euro.", [(0.3, "percent"), (25.1, "CZK")]),
        ("Spending, per cent of GDP: Denmark 3.1; Norway 3.4.", [(3.1, "percent"), (3.4, "percent")]),
        ("Its 140 recruits know.\nThree lists hang there. Of the 140, fifty-two have signed.", [(140, "person"), (3, "list"), (140, "person"), (52, "person")]),
        ("They built 2.2 million drones. “We could make five million.”", [(2.2e6, "drone"), (5e6, "drone")]),
        ("It has 31 squadrons against an authorised strength of 44.", [(31, "squadron"), (44, "squadron")]),
        ("It gave 14 tanks and 30 howitzers in six months, compared with 200 and 150 in 2023.", [(14, "tank"), (30, "howitzer"), (6, "month"), (200, "tank"), (150, "howitzer")]),
        ("It downed 25 drones. American frigates, of which two remain, help.", [(25, "drone"), (2, "frigate")]),
        ("These allies are no line item. We have 31 of them and dozens more.", [(31, "ally"), (None, "ally")]),
        ("The amendment falls 40-60.", [(40, "vote"), (60, "vote")]),
        ("They ask for 848 billion, and it fails 47-52 in the Senate.", [(848e9, "USD"), (47, "vote"), (52, "vote")]),
    ],
)  # fmt: skip
def test_numbers_that_take_up_a_measure(text, want):
    assert read(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("One zloty in four is borrowed, and they refused one request in three.", [(0.25, "fraction"), (0.3333, "fraction")]),
        ("One ship in two convoys was hit.", [(2, "convoy")]),
        ("It costs one-point-four billion dollars, or two point five million shells.", [(1.4e9, "USD"), (2.5e6, "shell")]),
        ("Take one one-hundredth of it, or two-forty in dollars.", [(0.01, "fraction")]),
        ("They lost two lives and 14 cubic metres of birch; 900 t burned.", [(2, "life"), (14, "cubic metre"), (900, "tonne")]),
        ("They take one brigade and bring two batteries.", [(1, "brigade"), (2, "battery")]),
        ("Flights used two bases in Germany and one in Sicily.", [(2, "base"), (1, "base")]),
        ("It hit one of three Polish diplomats, and the father of one of the three came.", [(1, "person"), (3, "person"), (1, "person"), (3, "person")]),
        ("Because two Ajax regiments left, he settled scores at Syndicate 2117.", [(2, "regiment")]),
    ],
)  # fmt: skip
def test_shares_decimals_and_ones(text, want):
    assert read(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("The man who died was 24.", [(24, "year")]),
        ("Half of Danes between 18 and 25 would go.", [(0.5, "fraction"), (18, "year"), (25, "year")]),
        ("Men aged 18 must report; all who turn 18 have to.", [(18, "year"), (18, "year")]),
        ("“We waited,” said Moss, 29.", [(29, "year")]),
        ("They tracked down Josef Dietl, now 88 and retired.", [(88, "year")]),
        ("The skipper, Donncha Harty (58), told the court so.", [(58, "year")]),
        ("He gave his age as 58. They are all about twenty-five.", [(58, "year"), (25, "year")]),
        ("The youngest was 17, the oldest 63.", [(17, "year"), (63, "year")]),
        ("Her two children, four and six, fled.", [(2, "person"), (4, "year"), (6, "year")]),
        ("Those over 60 only with a permit; children under 10 go free.", [(60, "year"), (10, "year")]),
        ("Some 8% were over 45. Volunteers aged 18-24 came.", [(8, "percent"), (45, "year"), (18, "year"), (24, "year")]),
        ("They were seven or eight when the Wall fell.", [(7, "year"), (8, "year")]),
        ("The welder who seals the tubes is sixty-one.", [(61, "year")]),
        ("He saw a woman of about forty.", [(40, "year")]),
    ],
)  # fmt: skip
def test_ages_without_the_word(text, want):
    assert read(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("The strength of the Home Guard is 9,100.", [(9100, "person")]),
        ("It has 700 in uniform and room for 90 a year.", [(700, "person"), (90, "person")]),
        ("Police put their number at 700, organisers claimed 2,500.", [(700, "person"), (2500, "person")]),
        ("The force numbers 3,400, and the toll rose to 31.", [(3400, "person"), (31, "person")]),
        (
            "Nine hundred souls and 14 nominees met 30 bishops.",
            [(900, "person"), (14, "person"), (30, "person")],
        ),
        ("The yearly intake rose from 9,000 to 12,500.", [(9000, "person"), (12500, "person")]),
        ("She sailed with 38 on board, five fewer than the minimum.", [(38, "person"), (5, "person")]),
        ("There were nine of us. My class was 28.", [(9, "person"), (28, "person")]),
        ("Two of the wounded went home; a delegation of three came.", [(2, "person"), (3, "person")]),
        ("The five-member panel and the 27-member bloc met.", [(5, "person"), (27, "member")]),
        ("Women may join, and 240 have so far done so.", [(240, "person")]),
        ("They got replies from 310 and 520 people, respectively.", [(310, "person"), (520, "person")]),
    ],
)
def test_heads(text, want):
    assert read(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("A court in Manama fined him 400 dinars.", [(400, "BHD")]),
        ("A court in Amman fined him 400 dinars.", [(400, "JOD")]),
        ("The deal is worth Dh7.3bn.", [(7.3e9, "AED")]),
        ("It came to 0.48 pct of GDP and 3,5 million euros.", [(0.48, "percent"), (3.5e6, "EUR")]),
        ("“Give me two hundred million,” she said. It paid €400 before.", [(2e8, "EUR"), (400, "EUR")]),
        ("“We paid 350 billion,” the American president said. Europe paid 130 billion euros.", [(3.5e11, "USD"), (1.3e11, "EUR")]),
        ("The wage is 1,400 a month, against €1,900 in Germany.", [(1400, "EUR"), (1900, "EUR")]),
        ("The minister in Wellington said New Zealand's defence would cost $9b. Auckland and Wellington agree, New Zealand too.", [(9e9, "NZD")]),
        ("The minister in Wellington said New Zealand's defense would cost $9b. Auckland and Wellington agree, New Zealand too.", [(9e9, "USD")]),
        ("The minister in Canberra said Australia's defence would cost A$9bn ($6bn). Sydney and Perth agree, Australians too.", [(9e9, "AUD"), (6e9, "USD")]),
    ],
)  # fmt: skip
def test_money_by_its_country(text, want):
    assert read(text) == want


@pytest.mark.parametrize(
    "text",
    [
        "12. The minister accepted it.",
        "It stands on page 6 of the memo and in footnote 3.",
        "She gave a lecture entitled “Seventy winters”.",
        "He belongs to Local 2075.",
        "In the forty-first he noticed.",
        "They left at 1400 hours.",
        "One only learned the name later.",
        "He signed as ‘Landstuhl ’06’.",
        "A load of Aster 30 B1NT was lost.",
    ],
)
def test_what_names_and_does_not_count(text):
    assert read(text) == []


def test_years_of_long_ago_and_of_two_figures():
    text = "The peace was made in 1648. In ’87 a map was found, a 1594 map."
    found = read_quantities(text, 0, len(text), 0, None)
    assert [(q.unit, q.normalised) for q in found] == [("date", "1648"), ("date", "1987"), ("date", "1594")]


def test_short_lines_between_paragraphs_are_counted():
    text = (
        f"{LEAD}“We lost nothing that we could not do without,” said Colonel Tom Hale, who commands the base.\n\n"
        "And the 40 boats?\n\n“They are there,” he said. “Nobody has moved them since the spring, and nobody will.”\n\n"
        "The talks go on until the end of the month, and the ministers will meet again in Oslo.\n"
    )
    assert (40, "boat") in [(q.value, q.unit) for q in read_text(text).quantities]
