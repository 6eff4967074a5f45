"""What the procedures say beyond the case files: contract, details, the record."""

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus import atlas, law
from foedus.errors import InputError
from foedus.law import attacking, ledger, parties, picture, rules
from foedus.law.clocks import parse_date, parse_period

LINES = [
    law.leave("USA", "2025-03-01"),
    law.attack("EST", "2027-05-01"),
    law.accede("UKR", "2026-01-01"),
    law.suspend("USA", "2026-03-01"),
    law.sale("POL", "50M", "mde", submitted="2025-01-06"),
    law.drawdown("DEU", 0.33, "2026-03-01"),
    law.withhold("2025-08-28", expires="2025-09-30"),
    law.terminate("abm"),
]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.procedure)
def test_json_keeps_the_contract(line):
    found = json.loads(json.dumps(line.to_json()))
    assert {"procedure", "as_of", "steps", "effective", "warnings"} <= set(found)
    for step in found["steps"]:
        assert {"date", "actor", "step", "rule_id", "citation", "probability"} <= set(step)
        assert step["earliest"] <= step["date"] <= step["latest"]
        assert rules.rule(step["rule_id"]).citation == step["citation"]
        assert "{" not in step["step"] + step["actor"]
        assert 0 < step["probability"] <= 1
    effective = found["effective"]
    assert {"earliest", "p05", "p50", "p95", "probability_by_horizon"} <= set(effective)
    chances = list(effective["probability_by_horizon"].values())
    assert chances == sorted(chances)
    days = [effective[name] for name in ("earliest", "p05", "p50", "p95") if effective[name]]
    assert days == sorted(days)
    assert sum(found["outcomes"].values()) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.procedure)
def test_pictures_show_every_step(line):
    lines = picture.track(line)
    assert len(lines) == len(line.steps)
    assert all(("●" in text or "○" in text) and len(text) <= 40 for text in lines)
    svg = picture.svg(line)
    assert svg.startswith("<svg")
    assert line.title in svg
    assert "http" not in svg.replace("http://www.w3.org", "")
    spec = picture.chart(line)
    assert spec["description"].startswith(line.title)


@given(
    st.sampled_from(sorted(set(parties.accessions()) - {"USA"})),
    st.dates(dt.date(2005, 1, 1), dt.date(2035, 1, 1)),
    st.data(),
)
@settings(max_examples=40, deadline=None)
def test_one_veto_is_enough(on, day, data):
    members = parties.members_on(day)
    if on not in members:
        return
    veto = data.draw(st.sampled_from(members))
    line = law.attack(on, day, [veto])
    assert line.effective.earliest is None
    assert line.outcomes == {"coalition": 1.0}
    assert veto not in line.details["members_free_to_act_in_a_coalition"]


def test_more_vetoes_never_help_and_no_veto_leaves_it_to_the_council():
    assert law.attack("EST", "2027-05-01").effective.probability_ever == pytest.approx(0.75)
    assert (
        law.attack("EST", "2027-05-01", overrides={"attack.consensus": 0.2}).effective.probability_ever == 0.2
    )


@given(st.floats(0, 5e9), st.sampled_from(["POL", "ISR", "SAU", "SWE", "TWN"]), st.dates(dt.date(1976, 6, 30)))
@settings(max_examples=100, deadline=None)
def test_a_larger_sale_never_waits_less(value, buyer, day):
    if day > dt.date(9000, 1, 1):
        return
    small = law.sale(buyer, value, "mde", day, disapproval=False)
    large = law.sale(buyer, value * 2 + 1, "mde", day, disapproval=False)
    waived = law.sale(buyer, value, "mde", day, emergency=True)
    assert small.effective.earliest <= large.effective.earliest
    assert waived.effective.earliest == day


@given(st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_a_larger_drawdown_is_never_freer(one, other):
    low, high = sorted([one, other])
    few, many = (
        law.drawdown("DEU", share, "2026-03-01", certify=False, present=36436, area=85000)
        for share in (low, high)
    )
    assert (few.effective.earliest is not None) >= (many.effective.earliest is not None)


def test_membership_counts_from_entry_into_force():
    assert len(parties.members_on(dt.date(1949, 8, 24))) == 12
    assert len(parties.members_on(dt.date(2024, 3, 7))) == 32
    assert parties.accessions()["CAN"] == dt.date(1949, 8, 24)


def test_precedents_reproduce_and_the_president_prevailed():
    found = law.precedents()
    assert len(found) >= 5
    for name, entry in found.items():
        assert law.terminate(name).effective.earliest == entry.effect
        assert entry.prevailed == "President"


def test_places_of_article_6_are_inside_or_outside():
    for name, place in attacking.places().items():
        owner = "USA" if place["owner"] == "any" else place["owner"]
        line = law.attack(owner, "2026-01-01", where=name, consensus=True)
        inside = place["inside"] and "until" not in place
        assert line.details["inside_area"] is inside
        assert (line.effective.earliest is not None) is inside


def test_suspension_names_what_a_statute_touches():
    touched = {row["measure"]: row["rule_id"] for row in law.suspend("USA", "2026-03-01").details["touched"]}
    assert touched["post of SACEUR"] == "floor.europe.saceur"
    assert touched["staff and planning posts"] == ""
    assert not any(row["rule_id"] for row in law.suspend("FRA", "1966-03-07").details["touched"])


def test_ledger_never_adds_news_and_index_rows():
    found = ledger.ledger()
    frame = atlas.table("arms_sales")
    assert found.valued.height + found.index_cases == frame.height
    assert set(found.valued["record_type"]) == {"notice", "news"}
    assert found.total_usd == pytest.approx(frame.filter(frame["record_type"] != "index")["value_usd"].sum())
    by_buyer = ledger.by(found.valued, "buyer")
    assert by_buyer["value_usd"].sum() == pytest.approx(found.total_usd)
    assert by_buyer["rows"].sum() == found.valued.height
    assert 0 < found.emergency_share < 1


def test_ledger_selects():
    found = ledger.ledger("Poland", 2023)
    assert found.valued["value_usd"].to_list() == [10e9, 15e9, 12e9]
    assert found.emergency_share == 0
    assert ledger.ledger("ISR", 2023).emergency_share == 1.0
    romania = ledger.ledger("ROU", 2024)
    assert romania.valued["value_usd"].to_list() == [7.2e9]
    for wrong in ({"buyer": "Atlantis"}, {"year": 1950}):
        with pytest.raises(InputError):
            ledger.ledger(**wrong)


def test_finland_counts_as_nato_only_from_accession():
    account = ledger.account()
    finland = account.filter(account["buyer"] == "FIN")["year"].to_list()
    assert 2018 not in finland
    assert "JPN" not in account["buyer"].to_list()
    romania = account.filter((account["buyer"] == "ROU") & (account["year"] == 2024))
    assert romania["value_usd"].to_list() == [7.2e9]
    assert ledger.ledger(year=2023, nato=True).index_cases > 0


def test_ledger_as_of_a_day_knows_nothing_later():
    early = ledger.ledger(as_of="2023-01-01").valued["date_notified"].drop_nulls()
    assert early.max() <= dt.date(2023, 1, 1)


def test_pending_on_a_day():
    found = ledger.pending("2024-02-01")
    assert set(found["buyer"]) == {"TUR", "GRC"}
    assert found["review_ends"].unique().to_list() == [dt.date(2024, 2, 10)]
    assert ledger.pending("1990-01-01").is_empty()


@pytest.mark.parametrize("text", ["2025-02-29", "2025-13-01", "yesterday", "2025", "0000-01-01", "2025-02-30"])
def test_impossible_dates_are_refused(text):
    with pytest.raises(InputError):
        parse_date(text)


def test_periods():
    assert parse_period("2024-01-01..2024-01-05", "x") == (dt.date(2024, 1, 1), dt.date(2024, 1, 5))
    for wrong in ("2024-01-01", "2024-01-05..2024-01-01", "a..b"):
        with pytest.raises(InputError):
            parse_period(wrong, "x")


def test_a_notice_at_the_end_of_the_calendar_is_refused_in_words():
    with pytest.raises(InputError, match="beyond the calendar"):
        law.leave("GBR", "9999-06-01")
