"""The commands as a user types them."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from foedus.cli import build_app
from foedus.errors import InputError
from foedus.insight.war_hindcast import hindcast

from .space import DRAWS

PAGE = Path(__file__).parents[2] / "docs/explanation/ukraine-war.md"


def typed(*words):
    return CliRunner().invoke(build_app(), ["war", *words], catch_exceptions=True)


def test_json_of_a_run_is_whole_and_answers_the_question():
    done = typed(
        "--start", "2024-01", "--stop-aid", "USA", "--from", "2025-01", "--draws", str(DRAWS), "--json"
    )
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["known_until"] == "2024-01-31"
    assert found["question"]["stop_aid"] == {"USA": "2025-01"}
    assert [row["quarter"] for row in found["by_quarter"]][:2] == ["2024Q1", "2024Q2"]
    assert len(found["by_quarter"]) == 12
    usa = [row for row in found["aid"] if row["donor"] == "USA" and row["item"] == "shells"]
    assert usa[0]["allocated_eur_billion"]["p50"] > 0, "a year of aid before the stop"


def test_tables_say_what_they_hold():
    done = typed("--draws", str(DRAWS))
    assert done.exit_code == 0, done.output
    for words in ("territory held", "billion euro", "Bargaining", "imposed by the patron", "brigades"):
        assert words in done.stdout.replace("\n", " "), words


def test_hindcast_of_one_vantage_as_json():
    done = typed("hindcast", "--as-of", "2024-01", "--draws", str(DRAWS), "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert {row["vantage"] for row in found["items"]} == {"2024-01"}
    assert any(row["verdict"].startswith(("missed", "clearly missed")) for row in found["items"])
    assert found["coverage"][-1]["group"] == "all"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--stop-aid", "US"], "unknown donor 'US'"),
        (["--from", "2027-01"], "add --stop-aid USA"),
        (["--start", "2019-01"], "start in 2022-03 or later"),
        (["hindcast", "--as-of", "2026-01"], "leaves nothing to score"),
        (["hindcast", "--as-of", "soon"], "month written as YYYY-MM"),
    ],
)
def test_bad_words_are_one_clear_sentence(words, says):
    done = typed(*words)
    assert isinstance(done.exception, InputError)
    assert says in str(done.exception)


@pytest.mark.slow
def test_the_page_says_what_the_hindcast_gives():
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    found = {(c["vantage"], c["group"]): c for c in hindcast()["coverage"]}
    whole = found["all", "all"]
    said = re.search(r"\*\*(\d+) of (\d+) \(", text)
    assert said
    assert [int(x) for x in said.groups()] == [whole["covered"], whole["items"]]
    for vantage, name in (("2022-03", "March 2022"), ("2023-01", "January 2023"), ("2024-01", "January 2024")):
        cells = " | ".join(
            f"{found[vantage, g]['covered']} of {found[vantage, g]['items']}"
            for g in ("territory", "forces", "losses", "aid", "all")
        )
        assert f"| {name} | {cells} |" in text
