"""The shipped rules against the reference tables they were made from; skipped where these are missing."""

import csv
import datetime as dt

import pytest

from foedus import law
from foedus.law import rules

TODAY = dt.date(2026, 3, 1)

NUMBERS = {
    "NAT-13": ("nat.13", lambda years: years * 365),
    "US-1250A-c2": ("us.1928f.c2", int),
    "NDAA26-76K": ("floor.europe.days", int),
    "NDAA26-INTEL": ("floor.ukraine.intelligence", int),
}

THRESHOLDS = {
    "FMS-N5-MDE": "aeca.fms.mde.plus",
    "FMS-N5-ART": "aeca.fms.defense-articles.plus",
    "FMS-N5-CON": "aeca.fms.construction.plus",
    "FMS-OT-MDE": "aeca.fms.mde.other",
    "FMS-OT-ART": "aeca.fms.defense-articles.other",
    "FMS-OT-CON": "aeca.fms.construction.other",
    "DCS-N5-MDE": "aeca.dcs.mde.plus",
    "DCS-N5-ART": "aeca.dcs.defense-articles.plus",
    "DCS-OT-MDE": "aeca.dcs.mde.other",
    "DCS-OT-ART": "aeca.dcs.defense-articles.other",
    "DCS-FIREARMS": "aeca.dcs.firearms.all",
}


def rows(path, key):
    with path.open(encoding="utf-8", newline="") as handle:
        return {row[key]: row for row in csv.DictReader(handle)}


@pytest.mark.parametrize("name", NUMBERS)
def test_periods(reference, name):
    table = rows(reference / "data/arms_sales/withdrawal_rules.csv", "rule_id")
    rule_id, in_days = NUMBERS[name]
    assert in_days(rules.on(rule_id, TODAY).number) == int(table[name]["duration_days"])


@pytest.mark.parametrize("name", THRESHOLDS)
def test_thresholds_and_days(reference, name):
    row = rows(reference / "data/arms_sales/review_rules.csv", "rule_id")[name]
    assert rules.on(THRESHOLDS[name], TODAY).number == float(row["threshold_usd"])
    group = "plus" if "-N5-" in name else "other"
    assert rules.on(f"aeca.review.{group}", TODAY).number == int(row["review_days"])


def test_the_lawful_clock(reference):
    table = rows(reference / "data/arms_sales/withdrawal_rules.csv", "rule_id")
    line = law.leave("USA", "2025-03-01", "act", False, False)
    assert (line.effective.earliest - dt.date(2025, 3, 1)).days == int(table["US-CLOCK"]["duration_days"])


def test_open_skies_took_as_long_as_the_table_says(reference):
    table = rows(reference / "data/arms_sales/withdrawal_rules.csv", "rule_id")
    entry = law.precedents()["open-skies"]
    assert (entry.effect - entry.notice).days == int(table["PREC-2020"]["duration_days"])


def test_every_dated_emergency_of_the_table_is_waived_on_its_day(reference):
    for row in rows(reference / "data/arms_sales/emergency_determinations.csv", "determination_id").values():
        if len(row["date_determined"]) == 10:
            for buyer in row["buyers_iso3"].split(";"):
                line = law.sale(buyer, row["value_usd"], "mde", row["date_determined"], emergency=True)
                assert line.effective.earliest.isoformat() == row["date_determined"]
                assert any(
                    row["determination_id"] in found for found in line.details["determinations_recorded"]
                )
