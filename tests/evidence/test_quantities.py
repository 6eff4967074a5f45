"""Numbers, their units, and what is not a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.evidence import read_text
from foedus.evidence.quantities import read_quantities


def read(text, published=None):
    return [(text[q.start : q.end], q.value, q.unit) for q in read_quantities(text, 0, len(text), 0, published)]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("They fired 2,400 155 mm shells.", [(2400, "shell"), (155, "mm")]),
        ("The unit has 13 120 mm guns.", [(13, "gun"), (120, "mm")]),
        ("an $8 billion plan", [(8e9, "USD")]),
        ("It cost €13.4bn, not £62billion.", [(13.4e9, "EUR"), (62e9, "GBP")]),
        ("nearly 14,000 rounds worth $106.5 million", [(14000, "round"), (106.5e6, "USD")]),
        ("about 2 percent of GDP", [(2, "percent")]),
        ("one-third of the 36,000 troops", [(0.3333, "fraction"), (36000, "person")]),
        ("two hundred and fifty thousand soldiers", [(250000, "person")]),
        ("between $5 billion and $6 billion", [(5e9, "USD"), (6e9, "USD")]),
        ("$5 to $6 billion", [(5e9, "USD"), (6e9, "USD")]),
        ("10 to 15 percent", [(10, "percent"), (15, "percent")]),
        ("12 500 soldiers", [(12500, "person")]),
        ("a half-dozen diplomats", [(6, "person")]),
        ("a 15-day review", [(15, "day")]),
        ("hundreds of billions of dollars", [(None, "USD")]),
    ],
)
def test_values_and_units(text, want):
    assert [(v, u) for _, v, u in read(text)] == want


@pytest.mark.parametrize(
    "text",
    [
        "Article 5 holds.",
        "an F-16 and a MiG-29",
        "at 10:30 a.m.",
        "one of them",
        "the Group of 7",
        "Section 1250A",
        "A third said no.",
        "He answered to a half-empty room.",
    ],
)
def test_labels_are_not_quantities(text):
    assert read(text) == []


def test_lines_stay_apart():
    text = "It cost $42.5\nbillion-dollar plans followed."
    assert [q[1] for q in read(text[: text.index("\n")])] == [42.5]


def test_dates_are_normalised():
    text = "On Dec. 9, 2023 and 3 March, in 2019 and 2014-2019."
    found = read_quantities(text, 0, len(text), 0, "2024-01-05")
    assert [q.normalised for q in found] == ["2023-12-09", "2024-03-03", "2019", "2014/2019"]


def test_hedges_are_approximate():
    text = "more than 300 tanks, exactly 12 ships and some 40 jets"
    assert [(q.value, q.approximate) for q in read_quantities(text, 0, len(text), 0, None)] == [
        (300, True),
        (12, False),
        (40, True),
    ]


@given(st.integers(min_value=1000, max_value=10**9))
def test_any_count_with_separators_is_read(number):
    assert read(f"They moved {number:,} shells.") == [(f"{number:,} shells", float(number), "shell")]


@given(
    st.decimals(min_value="0.1", max_value="999", places=1), st.sampled_from(["million", "billion", "trillion"])
)
def test_any_amount_with_a_scale_is_read(amount, scale):
    factor = {"million": 1e6, "billion": 1e9, "trillion": 1e12}[scale]
    ((_, value, unit),) = read(f"worth ${amount} {scale} in all")
    assert unit == "USD"
    assert value == pytest.approx(float(amount) * factor, rel=1e-9)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The value is EUR 1.27 billion.", 1.27e9, "EUR"),
        ("They added a quarter of a trillion dollars.", 2.5e11, "USD"),
        ("It took three and a half years.", 3.5, "year"),
        ("Three in four voters agree.", 0.75, "fraction"),
        ("A camp with a staff of 120.", 120, "person"),
        ("In 2023, 11 of the 31 allies agreed.", 11, "ally"),
        ("That is one-twentieth of the budget.", 0.05, "fraction"),
        ("BRITAIN has just 10 DAYS of ammo.", 10, "day"),
        ("A request for thirty-six (36) PAC-3 missiles was made.", 36, "missile"),
        ("In that year it was one in eight.", 0.125, "fraction"),
        ("Only three in a hundred trust it.", 0.03, "fraction"),
        ("What follows is shells: two million a year.", 2e6, "shell"),
        ("Of the first 98,000 who received one, few came.", 98000, "person"),
        ("A Dutch company of 160 was on its way.", 160, "person"),
        ("It is a purchase of 36 F-35 fighters.", 36, "fighter"),
        ("It caught 36 fighters of the militia.", 36, "person"),
        ("That meant two headaches.", 2, "headache"),
        ("It will miss the goal of 100,000 rounds a month until at least 2028 because of it.", None, "date"),
        ("A purchase worth ₹21,400 crore was cleared.", 2.14e11, "INR"),
        ("They bought 1.2 lakh rifles.", 120000, "rifle"),
        ("The mission is put at $1.3 billion Cdn over three years.", 1.3e9, "CAD"),
        ("A letter was signed by 61 of 100 Senators.", 61, "person"),
        ("It asked for 114 Rafales at once.", 114, "Rafale"),
        ("A hundred and fifty infantrymen left.", 150, "person"),
        ("They rebuild 36 howitzers, of which the first six go in January.", 6, "howitzer"),
        ("They bought 36 howitzers. The loader cuts the crew from five to three.", 5, "person"),
        ("Among those under 30, few agreed.", 30, "year"),
        ("The 140m vessel slowed down.", 140, "metre"),
        ("Some 140m people live there.", 140e6, "person"),
        ("He said Wilk, 58, who drives a truck, had left.", 58, "year"),
    ],
)
def test_numbers_in_other_house_styles(text, value, unit):
    assert (value, unit) in [(q.value, q.unit) for q in read_text(text).quantities]


def test_a_telephone_number_counts_nothing():
    assert not read_text("Call the ministry on +31 70 555 01 23 in the morning, please.").quantities


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Her cousin Ana Lima, also 24, agreed.", 24, "year"),
        ("A farmer aged 61 who has lost his land was there.", 61, "year"),
        ("At 66 the retired pilot still flies.", 66, "year"),
        ("He was known after his death last year, at 69, in a hospital.", 69, "year"),
        ("It had a view on a Finn of 44 who owned a hotel.", 44, "year"),
        ("He asked how many PAC-3 missiles were left.\n\n“Is it more than 100?” he said.", 100, "missile"),
        ("There were six Apaches. There are six of us at the gate.", 6, "person"),
        ("Some 62 per cent backed it in the first two weeks, up from 41 in 2023.", 41, "percent"),
        ("It would have cost half.", 0.5, "fraction"),
        ("“When will it be ready?” he asked. “2029,” she said.", None, "date"),
        ("The unit has one crane, four sheds and a dog.", 1, "crane"),
        ("They have one boiler for three blocks.", 1, "boiler"),
        ("“Radars are better. We have asked for six and we have received one.”", 6, "radar"),
        ("“Radars are better. We have asked for six and we have received one.”", 1, "radar"),
        ("Storms had torn loose more mines than usual. “We had two last year.”", 2, "mine"),
        ("“I have a strategy. I have three.”", 3, "strategy"),
        ("“Eight weeks to go. They will not last one.”", 1, "week"),
        ("His letter is one of 340 to be published.", 340, "letter"),
        ("His letter is one of 340 to be published.", 1, "letter"),
        ("They have ‘two boats and three tanks.’", 3, "tank"),
        ("He has 44 Leopard 2s at the moment.", 44, "tank"),
        ("He wrote in books, 32 pages each, in pencil. There are 41 of them.", 41, "book"),
        ("She runs the office with two assistants.", 2, "person"),
        ("He was banned for two years and his deputy for one.", 1, "year"),
        ("The army is 40 short of its target of 300 tanks.", 40, "tank"),
        ("The recruits, all under 21, ran.", 21, "year"),
        (
            "Shells are scarce. They are made in two plants. Brandt built about 40,000 last year.",
            40000,
            "shell",
        ),
        ("Conscripts, of whom there are 1,600 this year, train here.", 1600, "person"),
        ("The budget sets aside money. Reservists are to number 4,000 by 2028.", 4000, "person"),
        ("The list names mortar rounds for Norway (24,000).", 24000, "round"),
        ("Gripen radars – 20 ordered, 12 delivered.", 12, "radar"),
        ("She fought in the hills; two of her platoon did not come home.", 2, "person"),
        ("General Hale led the army. Now 66, he has written a book.", 66, "year"),
        ("It affects one of the two brigade combat teams here.", 1, "brigade"),
        ("They moved two squadrons and one Patriot battery out of the region.", 1, "battery"),
        ("Twenty-three European heads of government came.", 23, "person"),
        ("The sale covers 300 Patriot missiles. Production is going from 650 a year to 2,000.", 650, "missile"),
        (
            "The sale covers 300 Patriot missiles. Production is going from 650 a year to 2,000.",
            2000,
            "missile",
        ),
        ("The ship, 134 metres long and crewed by 150, sailed.", 150, "person"),
        ("The fund has €150 billion, of which 40 has been spent.", 40e9, "EUR"),
        ("Four brigades are at 60 percent strength; two are at 40.", 40, "percent"),
        ("(Agency) - OSLO, JUN 3 - The ministers met.", None, "date"),
    ],
)
def test_numbers_whose_noun_stands_elsewhere(text, value, unit):
    assert (value, unit) in [(q.value, q.unit) for q in read_text(text).quantities]


@pytest.mark.parametrize(
    "text",
    [
        "It happened at a sixth-form college in the town.",
        "The train leaves at six in the evening.",
        "A voice came on at twenty to two in the morning.",
        "“And at seven you will make them breakfast,” she said.",
        "She sent a message on channel 16 from the bridge.",
        "One by one the lights went out.",
        "The bill for Panzerbrigade 45 has grown.",
        "One began to feel for him.",
    ],
)
def test_hours_channels_and_units_count_nothing(text):
    assert not read_text(text).quantities
