"""The hindcast of the product: nothing known later gets in, and what is said is scored right."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

import numpy as np
import polars as pl
import pytest
from typer.testing import CliRunner

from foedus.atlas import query
from foedus.atlas.schemas import tables
from foedus.calibrate.hindcast_posture import yearly_forces
from foedus.calibrate.posting_record import known_by
from foedus.calibrate.results import Hindcast
from foedus.calibrate.vantages import vantage_rows
from foedus.cli import build_app
from foedus.errors import InputError
from foedus.insight.vantage import quantities
from foedus.insight.vantage.aid import innovations, known_quarters
from foedus.insight.vantage.hindcast import EVENTS, MODEL, hindcast_product
from foedus.insight.vantage.inputs import STAND_INS, Known, known_at, shares_at
from foedus.insight.vantage.page import TOPICS, lessons, page
from foedus.insight.vantage.play import History
from foedus.insight.vantage.statements import MEASURES, base_rate, chance, outcome, statements
from foedus.model.parameters import SOFT, posterior_fits, prior_problem, register

VANTAGE = dt.date(2023, 12, 9)
QUARTERS = (
    "2023Q4",
    "2024Q1",
    "2024Q2",
    "2024Q3",
    "2024Q4",
    "2025Q1",
    "2025Q2",
    "2025Q3",
    "2025Q4",
    "2026Q1",
    "2026Q2",
)
UNTOUCHED = ("equipment", "replacement_ledger")
"""Stand-ins of which no row describes a time before the vantage; the page says so."""


@pytest.fixture(scope="module")
def known() -> Known:
    return known_at(VANTAGE, 1)


def _describes_the_past(name: str, frame: pl.DataFrame) -> pl.Expr:
    """Rows of a stand-in that may be read: they describe a time that was over."""
    if name in UNTOUCHED:
        return pl.lit(value=True)
    if name == "aid_monthly":
        return pl.col("month") < dt.date(2023, 12, 1)
    if name == "aid":
        return pl.col("period_end") < VANTAGE
    past = pl.col("year") < VANTAGE.year
    return past | pl.col("reserve_thousand").is_not_null() if "reserve_thousand" in frame.columns else past


def _tampered(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Every number that was not known on the day made half as large again; and the newest rows dropped."""
    if "as_of" not in frame.columns:
        return frame
    later = pl.col("as_of") > VANTAGE
    if name in STAND_INS:
        later = later & ~_describes_the_past(name, frame)
    numbers = [
        c for c, t in frame.schema.items() if t.is_numeric() and c not in ("year", "quarter", "deadline_year")
    ]
    changed = [
        pl.when(later).then((pl.col(c) * 1.5).cast(frame.schema[c])).otherwise(pl.col(c)).alias(c)
        for c in numbers
    ]
    return frame.with_columns(changed).filter(~(later & (pl.col("as_of") > dt.date(2026, 1, 1))))


@pytest.fixture
def later_world(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An atlas in which everything learnt after the vantage is different."""
    frames = {name: _tampered(name, query._frame(name)) for name in tables() if name != "sources"}
    real = query._frame
    monkeypatch.setattr(query, "_frame", lambda name: frames[name] if name in frames else real(name))
    yield


def _differ(first: object, second: object) -> list[str]:
    """Names of the fields in which two records of arrays differ."""
    pairs = zip(first._fields, first, second, strict=True)  # type: ignore[attr-defined]
    return [name for name, a, b in pairs if not np.array_equal(np.asarray(a), np.asarray(b), equal_nan=True)]


def test_nothing_learnt_later_moves_an_input(known: Known, later_world: None) -> None:
    assert query.table("spending", member="EST", year=2025)["pct_gdp"].to_list() != pytest.approx(
        [3.38], abs=0.1
    )
    again = known_at(VANTAGE, 1)
    assert _differ(known.plan.inputs.world, again.plan.inputs.world) == []
    assert _differ(known.plan.controls, again.plan.controls) == []
    assert known.plan.register == again.plan.register
    assert known.rows.equals(again.rows)


def test_nothing_learnt_later_moves_a_rival(known: Known, request: pytest.FixtureRequest) -> None:
    def seen() -> tuple[np.ndarray, ...]:
        aid = quantities._quarters_of_aid(VANTAGE)
        changes = np.array(innovations(known_quarters(VANTAGE)))
        postings = np.array(known_by(VANTAGE)[:2])
        return shares_at(VANTAGE).share, yearly_forces(VANTAGE)[2], aid["US"], aid["Europe"], changes, postings

    before = seen()
    request.getfixturevalue("later_world")
    for then, now in zip(before, seen(), strict=True):
        np.testing.assert_array_equal(then, now)


def test_every_row_read_was_known_on_the_day(known: Known) -> None:
    assert known.rows["as_of"].max() <= VANTAGE  # type: ignore[operator]
    assert known.rows.height > 90
    for row in vantage_rows():
        assert dt.date.fromisoformat(row["as_of"]) <= dt.date.fromisoformat(row["vantage"])
        assert row["source"]
        assert row["status"] in {"measured", "estimated", "elicited", "assumed"}


def test_the_register_of_the_day_is_valid_and_the_later_pledge_is_unknown(known: Known) -> None:
    assert set(known.plan.register) == set(register())
    for fit, names in posterior_fits().items():
        if fit != SOFT:
            later = [n for n in names if known.plan.register[n] == register()[n]]
            assert later == [], f"{fit} was fitted to what happened since"
    for row in known.replaced:
        entry = known.plan.register[row["name"]]
        assert (entry.dist, entry.a) == (row["dist"], float(row["a"]))
        assert prior_problem(entry) is None
    assert float(np.asarray(known.plan.controls.guideline).max()) == pytest.approx(0.02)
    assert float(np.asarray(known.plan.controls.pledge_path).max()) == pytest.approx(0.02)


def test_spending_starts_from_the_list_of_july_2023(known: Known) -> None:
    share = dict(
        zip(known.plan.inputs.members, np.asarray(known.plan.inputs.world.spending_share), strict=True)
    )
    assert share["POL"] == pytest.approx(0.039)
    assert share["EST"] == pytest.approx(0.0273)
    assert "SWE" not in share


def test_outcomes_are_what_the_atlas_holds() -> None:
    came = {s.statement for s in statements() if outcome(s)}
    assert came == {"administration", "cut_2025", "cut_2026", "challenge_2025", "us_aid_half_2025"}
    assert all(s.measure in MEASURES for s in statements())
    assert all(s.quarter in QUARTERS for s in statements())


def _history(draws: int = 40) -> History:
    size = len(QUARTERS)
    zero, ones = np.zeros((draws, size)), np.ones((draws, size))
    by_ally = np.zeros((draws, size, 3))
    return History(by_ally + 0.02, by_ally + 100, by_ally, by_ally + 1, zero, zero, zero, ones, zero, ones, zero, np.ones(draws))  # fmt: skip


def test_chances_follow_the_histories_and_never_reach_the_ends() -> None:
    quiet = _history()
    low = 0.5 / 41
    assert all(chance(s, quiet, QUARTERS) == pytest.approx(low) for s in statements())
    loud = quiet.challenge.copy()
    loud[:10, QUARTERS.index("2025Q3"), 1] = 1
    war = quiet.war.copy()
    war[:20, QUARTERS.index("2025Q1") :] = 0
    aid = quiet.patron_aid.copy()
    aid[:5, QUARTERS.index("2025Q1") :] = 0
    told = quiet._replace(challenge=loud, war=war, patron_aid=aid, next_committed=np.zeros(40))
    found = {s.statement: round(chance(s, told, QUARTERS) * 41 - 0.5) for s in statements()}
    assert found["challenge_2024"] == 0
    assert found["challenge_2025"] == found["attack_2026"] == found["article5_2026"] == 10
    assert (found["war_over_2024"], found["war_over_2025"]) == (0, 20)
    assert (found["us_aid_half_2024"], found["us_aid_half_2025"]) == (0, 5)
    assert found["administration"] == 40


def test_base_rates_grow_with_the_span() -> None:
    by_name = {s.statement: base_rate(s, VANTAGE) for s in statements()}
    assert by_name["administration"] == pytest.approx(4.5 / 12)
    assert by_name["cut_2024"] < by_name["cut_2025"] < by_name["cut_2026"]
    years = (dt.date(2025, 1, 1) - VANTAGE).days / 365.25
    assert by_name["notice_2024"] == pytest.approx(1 - (1 - 0.5 / 75) ** years)


@pytest.fixture(scope="module")
def result() -> Hindcast:
    return hindcast_product(VANTAGE, draws=50, quick=True)


def test_the_hindcast_scores_everybody_on_the_same_cells(result: Hindcast) -> None:
    assert set(result.scores[MODEL]) == set(TOPICS)
    assert {"persistence", "growth_model", "base_rate", "even"} <= set(result.scores)
    for topic in TOPICS:
        cells = {row[topic]["n"] for row in result.scores.values() if topic in row}
        assert len(cells) == 1
    assert result.scores["even"][EVENTS]["brier"] == pytest.approx(0.25)
    said = [row for row in result.forecasts if row["topic"] == EVENTS]
    losses = [(row[MODEL] - row["outcome"]) ** 2 for row in said]
    assert result.scores[MODEL][EVENTS]["brier"] == pytest.approx(np.mean(losses))


def test_the_page_says_what_went_wrong(result: Hindcast) -> None:
    text = page(json.loads(result.to_json()))
    assert "## What it got wrong, and why" in text
    assert "came true (Drones in Poland" in text
    assert text.count("### ") == len(TOPICS)
    assert set(lessons()) == set(TOPICS) - {EVENTS}
    assert "## Added after the misses were seen" in text
    assert "| US forces by host | 1 year | 2004 to 2024 | 255 |" in text
    for name in STAND_INS:
        assert f"`{name}`" in text


def test_the_command_refuses_a_day_without_a_register() -> None:
    for day, words in (("2022-01-01", "prepared: 2023-12-09"), ("soon", "soon")):
        refused = CliRunner().invoke(build_app(), ["hindcast", "product", "--as-of", day])
        assert isinstance(refused.exception, InputError)
        assert words in str(refused.exception)
