"""The plan of a file: labels that may follow each other, links between paragraphs, the site's voice."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.evidence import cohesion, outline, sitewords
from foedus.evidence.blocks import Block, split_blocks
from foedus.evidence.boundaries import page_of
from foedus.evidence.outline_labels import FOLLOWS
from foedus.evidence.outline_lines import NEAR, Sheet
from foedus.evidence.outline_series import figures, goes_on, links, questions, set_off
from foedus.evidence.pagemarks import settle
from foedus.evidence.stories import split_stories
from foedus.evidence.sure_lines import sure_lines

from .gold import folder

TEASERS = "Most Popular\n\nYou can read our newsletter every day.\n\nGet our app\n\nSign in to your account\n\n"


@pytest.fixture(scope="module")
def text() -> str:
    return folder("real-1")[0].text


def body(words: str, at: int = 0) -> Block:
    return Block(at, at + len(words), "body", len(words.split()), words)


def test_every_block_of_a_file_is_kept_or_left_out_once(text):
    blocks = split_blocks(text)
    drafts, dropped = split_stories(blocks)
    held = [
        b.start for d in drafts for b in [*d.body, *d.asides, *d.header, *([d.headline] if d.headline else [])]
    ]
    assert sorted([*held, *(b.start for b, _ in dropped)]) == [b.start for b in blocks]


@given(
    st.lists(st.sampled_from(["body", "short", "caption", "metadata", "navigation"]), max_size=12), st.randoms()
)
def test_labels_follow_each_other_as_they_may(kinds, rng):
    at, blocks = 0, []
    for kind in kinds:
        words = " ".join(
            rng.choice(["Riga", "tanks", "said", "the", "sent", "home"]) for _ in range(rng.randint(1, 30))
        )
        blocks.append(Block(at, at + len(words), kind, len(words.split()), words))
        at += len(words) + 1
    labels = outline.outline(blocks)
    assert len(labels) == len(blocks)
    assert all(b in FOLLOWS[a] for a, b in pairwise(labels))
    assert not labels or labels[0] in ("headline", "opening", "outside")
    drafts, _dropped = split_stories(blocks)
    assert all(d.body and d.start < d.end for d in drafts)


def test_an_oversized_paragraph_is_never_told():
    huge = Block(0, 20_000, "oversized", 3000, "The minister said on Tuesday that")
    said = body(
        "The minister said on Tuesday that the brigade will leave Riga before the winter begins.", 20_001
    )
    drafts, dropped = split_stories([huge, said])
    assert huge in [b for b, _ in dropped]
    assert [d.body for d in drafts] == [[said]]


def test_paragraphs_of_two_subjects_fall_apart_where_they_meet():
    here = [f"The Vilnius brigade waits for tanks at the depot near Rukla, officer {n} said." for n in range(5)]
    there = [
        f"Cotton prices fell in Tashkent as farmers sold their harvest, trader {n} said." for n in range(5)
    ]
    bodies = [body(words, n * 100) for n, words in enumerate([*here, *there])]
    links = cohesion.Links(bodies)
    assert int(np.argmax(links.margins[1:])) + 1 == 5
    page = page_of(bodies, measured=True)
    assert min(page.wide, key=lambda at: page.wide[at]) == bodies[5].start
    assert page.depth[bodies[5].start] == max(page.depth.values())


def test_margins_are_those_of_all_divisions():
    """The worth of every division of seven paragraphs, summed pair by pair, gives the same margins."""
    words = [
        "Riga tanks",
        "Riga tanks brigade",
        "cotton farms",
        "cotton Tashkent",
        "Riga brigade",
        "snow",
        "snow hail",
    ]
    links = cohesion.Links([body(w) for w in words])
    n = len(words)

    def worth(cuts: tuple[bool, ...]) -> float:
        story = np.cumsum([0, *cuts])
        return sum(links.back[j, j - i] for j in range(n) for i in range(j) if story[i] == story[j])

    every = {cuts: worth(cuts) for cuts in product((False, True), repeat=n - 1)}
    for at in range(1, n):
        cut = max(v for cuts, v in every.items() if cuts[at - 1])
        whole = max(v for cuts, v in every.items() if not cuts[at - 1])
        assert links.margins[at] == pytest.approx(cut - whole)


def test_links_across_a_place_are_their_mean():
    links = cohesion.Links([body(f"Riga tanks number {n} left the depot") for n in range(6)])
    wanted = [links.back[j, j - i] for j in (3, 4) for i in (1, 2)]
    assert links.across[2, 2][3] == pytest.approx(sum(wanted) / 4)


def test_the_site_speaks_otherwise_than_the_story(text):
    told = [sitewords.score(b.text) for b in settle(split_blocks(text)) if b.kind == "body" and b.words > 20]
    asked = [sitewords.score(line) for line in TEASERS.split("\n\n") if len(line.split()) >= sitewords.LEAST]
    assert max(asked) < 0 < np.median(told)


def test_a_line_of_a_long_menu_looks_at_its_neighbours_only():
    sheet = Sheet(split_blocks("\n\n".join(f"Defence and security item number {n}" for n in range(1000))))
    assert max(len(sheet.heads(i)) for i in range(0, 1000, 50)) <= 2 * NEAR


@pytest.mark.parametrize(
    ("after", "leans"),
    [
        ("In an interview with a Belgian weekly he acknowledged that no plan existed.", True),
        ("Tallis said that the wall was a line on a map.", True),
        ("Anna Tallis, a farmer, said that she had sold the field.", False),
        (
            "The Senate voted on Tuesday to close the base, a blow to the president, who said he would veto it.",
            False,
        ),
    ],
)
def test_what_takes_up_somebody_named_before_begins_no_story(after, leans):
    bodies = [body("Herve Tallis was for a decade the alliance's chief planner."), body(after, 100)]
    assert cohesion.Links(bodies).leans(1) is leans
    assert not leans or outline.outline(bodies)[1] != "opening"


@pytest.mark.parametrize(
    ("above", "line", "never"),
    [
        ("a) the barracks at Adazi will be rebuilt;", "b) two batteries will be bought", (True, True)),
        ("(ix) boots for the reserve", "(x) tents for the reserve", (True, True)),
        ("5. The fleet stays.", "6. The army grows.", (True, False)),
        ("The ministers agreed on this:", "- one register of spare parts", (True, False)),
        ("The army asked for trucks.", "Second, the depots are empty.", (True, False)),
        ("The army asked for trucks.", "Of the 9,000 troops, half would go.", (True, False)),
        ("The army asked for trucks.", "A mile to the south, the road ends.", (True, False)),
        ("The army asked for trucks.", "The navy asked for boats.", (False, False)),
        ("5. The fleet stays.", "7. The army grows.", (False, False)),
    ],
)
def test_a_line_that_goes_on_with_what_stands_above_begins_no_story(above, line, never):
    assert goes_on([body(above), body(line, 1 + len(above))], 1, True) == never


def test_questions_between_paragraphs_head_no_story():
    answer = body("The barracks at Adazi will be rebuilt, and the road to them will be laid before the winter.")
    question = Block(0, 9, "short", 3, "Who pays for it?")
    blocks = [answer, *[question, answer] * 3]
    assert questions(blocks) == {1, 3, 5}
    assert not questions(blocks[2:])
    assert all(goes_on(blocks, i, True, questions(blocks)) == (True, True) for i in range(1, 7))


@pytest.mark.parametrize(
    ("rows", "held"),
    [
        (["Germany - 9.8bn euros", "Norway - 4.7bn euros", "Denmark - 1.9bn euros"], 3),
        (["• 14 warships", "• 8 other ships", "• 1 balloon"], 3),
        (["1. Fog closes airport", "2. Norway holds back 40 tanks", "3. Police: Man stole forklift"], 0),
        (["4 min read", "12 comments", "Page 3 of 9"], 0),
        (["Germany - 9.8bn euros", "Norway - 4.7bn euros"], 0),
    ],
)
def test_a_table_of_figures_between_paragraphs_belongs_to_the_story(rows, held):
    told = body("The barracks at Adazi will be rebuilt, and the road to them will be laid before the winter.")
    lines = [Block(0, len(row), "short", len(row.split()), row) for row in rows]
    assert len(figures([told, *lines, told])) == held
    assert not figures([told, *lines])


@pytest.mark.parametrize(
    ("row", "held"),
    [
        ("- A cool answer in Warsaw -", True),
        ("** What now? **", True),
        ("– 12 May: The first ship –", True),
        ("- ENDS -", False),
        ("– Ends –", False),
        ("- A cool answer in Warsaw", False),
        ("*** SPONSORED ***", False),
    ],
)
def test_a_subhead_that_is_set_off_stays_in_its_story(row, held):
    told = body("The barracks at Adazi will be rebuilt, and the road to them will be laid before the winter.")
    line = Block(0, len(row), "navigation", len(row.split()), row)
    assert bool(set_off([told, line, told])) is held
    assert not set_off([told, line])


def shorts(*rows: str) -> list[Block]:
    return [Block(0, len(row), "short", len(row.split()), row) for row in rows]


@pytest.mark.parametrize(
    ("rows", "held"),
    [
        (["Related stories", "Who guards the cables now that the frigates are home"], [2]),
        (["Editors’ Picks", "A bridge too narrow", "Seven harbours and one tug between them"], [3]),
        (["Why the depot at Adazi stands empty", "What the treaty says about air defence"], [1, 2]),
        (["The price of staying"], []),
        (["Why the depot at Adazi stands empty"], []),
        (["• 14 warships and 2 tugs on the quay", "• 8 other ships waiting in the roads"], []),
    ],
)
def test_links_to_other_pages_between_two_paragraphs(rows, held):
    told = body("The barracks at Adazi will be rebuilt, and the road to them will be laid before the winter.")
    assert links([told, *shorts(*rows), told]) == held


@pytest.mark.parametrize(
    ("rows", "held"),
    [
        (["WORLD · DEFENCE"], {0}),
        (["Home › Politics › Defence"], {0}),
        (["Related topics", "Latvia, Air defence, Nordic countries"], {1}),
        (["(LETA, Postimees, 4 May)"], {0}),
        (["(mk/ab)"], {0}),
        (["($1 = 0.91 euros)"], set()),
        (["(LAUGHTER)"], set()),
        (["Ilse Berg (Brussels correspondent)"], {0}),
        (["By Ilse Berg, security analyst"], {0}),
        (["By any measure the army is small"], set()),
        (["BNS, 16:20 EET"], {0}),
        (["Did you spot a mistake? Tell us."], {0}),
        (["The next digest will appear on 2 May."], {0}),
        (["The minister said it was prohibited to fly there."], set()),
        (["“Can I ask you a favour,” he said."], set()),
        (["We've got a favor to ask"], {0}),
        (["The envoy had a favour to ask of the king."], set()),
        (["Auditors found an error in a table that the ministry had sent by e-mail."], set()),
        (["It is prohibited to copy this report without consent."], {0}),
        (["It was prohibited to copy keys."], set()),
    ],
)
def test_lines_that_by_their_form_belong_to_no_story(rows, held):
    assert sure_lines(shorts(*rows)) == held


@pytest.mark.parametrize("part", ["Ab cd > ", "A. B | ", "By Ann ", "(Ab, ", "Ann (", "- "])
def test_a_line_made_to_be_slow_is_read_at_once(part):
    assert sure_lines(shorts(part * 50 + "!")) == set()
