"""Short passages with one hard way each of saying who spoke or how many, annotated before they were read.

The marks are those of the articles; passages stand apart by a line of two hyphens. Each is read as one story, so that only
quotations, speakers and quantities are tried here.
"""

from __future__ import annotations

import pytest

from foedus.evidence import reader
from foedus.evidence.export_json import document
from foedus.evidence.quantities import read_quantities
from foedus.evidence.reader import read_source, source_from_text

from .gold import ARTICLES, Gold, parse
from .scoring import Score, compare

SNIPPETS = ARTICLES.parent / "snippets"
LEAD = "Allied ministers met in Vilnius on Tuesday to discuss the American review of its forces.\n\n"
TAIL = "\n\nThe ministers will meet again in the autumn, and the agenda remains open until then.\n"


def passages(name: str) -> list[Gold]:
    raw = (SNIPPETS / f"{name}.txt").read_text(encoding="utf-8")
    return [
        parse(f"@story\n{LEAD}{part.strip()}{TAIL}@end\n", f"{name} {n}")
        for n, part in enumerate(raw.split("\n--\n"))
    ]


@pytest.mark.usefixtures("one_story")
@pytest.mark.parametrize(
    ("name", "bars"),
    [
        ("attribution", {"span": 0.99, "speaker": 0.99}),
        ("attribution-2", {"span": 0.99, "speaker": 0.92}),
        ("attribution-3", {"span": 0.99, "speaker": 0.95}),
        ("attribution-4", {"span": 0.99, "speaker": 0.97}),
        ("attribution-5", {"span": 0.99, "speaker": 0.92}),
        ("stories", {"span": 0.99, "speaker": 0.99}),
        ("quantities", {"quantity": 0.99}),
        ("quantities-2", {"quantity": 0.99}),
        ("quantities-3", {"quantity": 0.99}),
        ("quantities-4", {"quantity": 0.99}),
        ("quantities-5", {"quantity": 0.99}),
    ],
)
def test_passages(name, bars):
    scores: dict[str, Score] = {}
    log: list[tuple] = []
    for gold in passages(name):
        compare(gold, document(read_source(source_from_text(gold.text))), scores, log)
    for measure, bar in bars.items():
        assert scores[measure].f1 >= bar, (str(scores[measure]), log)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("It was carried out on 2–9 June 2026.", "2026-06-02/2026-06-09"),
        ("It runs from 22 to 26 June 2026.", "2026-06-22/2026-06-26"),
        ("They meet on June 9-11, 2026, in Oslo.", "2026-06-09/2026-06-11"),
        ("The deadline was 31/03/2026.", "2026-03-31"),
        ("It was published on 2026.11.03 at noon.", "2026-11-03"),
        ("It was signed on 06.05.2026.", "2026-05-06"),
        ("They left on the Fourth of July.", "--07-04"),
    ],
)
def test_dates_of_several_styles(text, iso):
    found = read_quantities(text, 0, len(text), 0, None)
    assert [(q.unit, q.normalised) for q in found] == [("date", iso)]


@pytest.mark.parametrize(
    "text",
    [
        "He commanded 3 Commando Brigade.",
        "Nobody called 112.",
        "We rang at 18.40 BST.",
        "No border, no billions.",
        "Oslo has not published the scores.",
        "The minister (Estonia 200) agreed.",
        "He spoke of week two.",
    ],
)
def test_names_of_things_are_not_counts(text):
    assert [q.text for q in read_quantities(text, 0, len(text), 0, None)] == []


def test_a_number_is_read_by_what_the_story_counted_before():
    first = "Turkey will receive 100 missiles in a first batch. All but four have arrived."
    second = "The contract allows for 140 more."
    text = f"{first}\n{second}"
    before = read_quantities(text, 0, len(first), 0, None)
    after = read_quantities(text, len(first) + 1, len(text), 0, None, 0, before)
    assert [(q.value, q.unit) for q in [*before, *after]] == [
        (100, "missile"),
        (4, "missile"),
        (140, "missile"),
    ]


def test_words_announced_by_a_colon_are_quoted_without_marks():
    text = (
        "Britain will lead the force from March, the ministry said in a release on Thursday morning.\n\n"
        "Defence Secretary Ann Cole said:\n\n"
        "The Baltic is not a faraway sea. What happens there is felt in a hospital in Glasgow.\n\n"
        "Our friends have carried a great load, and we are proud to put our shoulder under it.\n\n"
        "The ships will be led by a frigate and will sail from Plymouth at the end of the month."
    )
    found = reader.read_source(source_from_text(text)).quotations
    assert [(q.speaker, q.text[:14]) for q in found] == [
        ("Ann Cole", "The Baltic is "),
        ("Ann Cole", "Our friends ha"),
    ]
