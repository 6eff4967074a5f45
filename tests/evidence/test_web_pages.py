"""Web pages whose markup tells little: what a second opinion keeps is told, what it leaves out is not."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from foedus.evidence.formats.load import sources_of
from foedus.evidence.reader import read_source

SENTENCES = [
    f"The {thing} of the garrison will move to the new base before the winter, the defence ministry said in a long statement on Monday."
    for thing in ("first battalion", "repair shop", "field hospital", "staff")
]
PLACES = ["Orzysz and the lakes around it", "Tapa in the north of Estonia", "Rukla near the river Neris"]
MENU = ["Our best stories of the week", "Write to the editors of this paper", "Work with us in four cities"]


def page(*parts: str) -> str:
    """A page of an article between a menu and a footer."""
    menu = "".join(f"<li><a href='/{n}'>{line}</a></li>" for n, line in enumerate(MENU))
    return (
        f"<!doctype html><html><body><div><ul>{menu}</ul></div><main><h1>A garrison moves its four battalions</h1>{''.join(parts)}</main>"
        f"<footer><ul>{menu}</ul></footer></body></html>"
    )


def told(source: str) -> str:
    """Text of a page's stories, left-out passages cut away."""
    (reading,) = [read_source(s) for s in sources_of(source.encode(), "a.html")]
    out = {i for d in reading.dropped for i in range(d.start, d.end)}
    return "".join(
        source[i] for story in reading.stories for i in range(story.start, story.end) if i not in out
    )


@pytest.mark.parametrize("last", [True, False])
def test_a_list_of_an_article_is_told_and_a_menu_is_not(last):
    pytest.importorskip("trafilatura")
    listed = "<ul>" + "".join(f"<li>{place}</li>" for place in PLACES) + "</ul>"
    prose = [f"<p>{sentence}</p>" for sentence in SENTENCES]
    text = told(page(*prose, listed) if last else page(*prose[:2], listed, *prose[2:]))
    assert all(line in text for line in (*SENTENCES, *PLACES))
    assert not any(line in text for line in MENU)


def test_a_line_that_only_says_the_headline_again_is_not_told():
    pytest.importorskip("trafilatura")
    again = "<p>A garrison of four battalions moves to its new base</p>"
    prose = [f"<p>{sentence}</p>" for sentence in SENTENCES]
    text = told(page(again, *prose[:2], again, *prose[2:], again))
    assert text.count("A garrison of four battalions") <= 1


def test_pages_of_the_benchmark_are_read_about_as_well_as_by_trafilatura():
    pytest.importorskip("trafilatura")
    root = Path(os.environ.get("FOEDUS_REFERENCE", Path(__file__).resolve().parents[2].parent / "shared"))
    folder = root / "reference" / "news" / "article_extraction"
    if not folder.is_dir():
        pytest.skip(f"no article extraction benchmark at {folder}")
    from benchmarks.evidence_html import compared, mean
    from benchmarks.evidence_html import told as said

    pages = sorted(json.loads((folder / "ground_truth_public.json").read_text(encoding="utf-8")).items())[:30]
    rows = [
        compared(
            said(
                gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()).decode("utf-8", "replace")
            ),
            row["articleBody"],
        )
        for name, row in pages
    ]
    precision, recall, f1 = mean(rows)
    assert (round(precision, 2), round(recall, 2)) >= (0.9, 0.9), (precision, recall)
    assert f1 >= 0.94
