"""The shipped figures are those of the reference collection (where it is present)."""

import csv
import importlib
import shutil
from pathlib import Path

import pytest

from foedus import atlas
from foedus.atlas.query import TABLE_DIR

REPO = Path(__file__).resolve().parents[2]


def collection(reference, name):
    with (reference / "data" / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def number(text):
    return float(text) if text else None


def test_compiling_again_gives_the_same_tables(reference, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(REPO))
    common = importlib.import_module("scripts.atlas_build.common")
    compiler = importlib.import_module("scripts.compile_atlas")
    copy = tmp_path / "atlas"
    shutil.copytree(TABLE_DIR.parent, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for module in (
        common,
        compiler,
        *(importlib.import_module(f"scripts.atlas_build.{m}") for m in ("facts", "history")),
    ):
        monkeypatch.setattr(module, "ATLAS", copy)
    counts = compiler.main(reference)
    assert len(counts) > 25
    changed = [
        p.name for p in TABLE_DIR.glob("*.csv") if p.read_bytes() != (copy / "tables" / p.name).read_bytes()
    ]
    assert changed == [], f"run  python -m scripts.compile_atlas {reference.name}"


def test_spending_equals_the_collection(reference):
    mine = {(r["series"], r["member"], r["year"]): r for r in atlas.table("spending").iter_rows(named=True)}
    same = {
        "pct_gdp": "pct_gdp",
        "usd_million_current": "usd_million_current",
        "usd_million_constant": "usd_million_constant",
        "annual_real_change_pct": "real_change_pct",
        "equipment_share_pct": "equipment_share_pct",
        "other_share_pct": "other_share_pct",
    }
    rows = collection(reference, "members/defence_spending.csv")
    assert len(rows) == len(mine)
    for row in rows:
        shipped = mine[row["series"], row["iso3"], int(row["year"])]
        for theirs, ours in same.items():
            assert shipped[ours] == number(row[theirs]), (row["iso3"], row["year"], ours)


def test_forces_equal_the_report_rows(reference):
    mine = {(r["host"], str(r["observed"])): r for r in atlas.table("us_forces").iter_rows(named=True)}
    rows = collection(reference, "forces/us_forces.csv")
    assert len(rows) == len(mine)
    for row in rows:
        shipped = mine[row["host_iso3"], row["as_of"]]
        for column in (
            "active_duty_persons",
            "ashore_persons",
            "total_military_persons",
            "dod_civilian_persons",
        ):
            assert shipped[column] == number(row[column])


@pytest.mark.parametrize(
    ("table", "file", "key", "their_key", "columns"),
    [
        ("enablers", "forces/enablers.csv", "enabler", "enabler_id", ("us", "europe", "us_share_pct")),
        ("theatre", "forces/theatre.csv", "parameter_id", "theatre_id", ("low", "central", "high")),
        ("war_parameters", "ukraine/war_parameters.csv", "parameter", "parameter", ("low", "central", "high")),
        ("us_posture", "forces/us_forces_posture.csv", "event", "posture_id", ("low", "central", "high")),
        (
            *("replacement_costs", "forces/replacement_cost.csv", "cost", "cost_id"),
            ("quantity", "total_low_usd_billion", "total_high_usd_billion", "native_high_billion"),
        ),
    ],
)
def test_small_tables_equal_the_collection(reference, table, file, key, their_key, columns):
    mine = {row[key]: row for row in atlas.table(table).iter_rows(named=True)}
    rows = collection(reference, file)
    assert {row[their_key] for row in rows} == set(mine)
    for row in rows:
        assert [mine[row[their_key]][c] for c in columns] == [number(row[c]) for c in columns]


def test_aid_equals_the_collection(reference):
    mine = {
        (r["donor"], r["period_type"], str(r["period_start"]), r["aid_type"]): r["allocations_eur_billion"]
        for r in atlas.table("aid").iter_rows(named=True)
    }
    rows = collection(reference, "ukraine/aid_by_donor.csv")
    assert len(rows) == len(mine)
    for row in rows:
        shipped = mine[row["donor_iso3"], row["period_type"], row["period_start"], row["aid_type"]]
        assert shipped == pytest.approx(float(row["allocations_eur_billion"]), rel=1e-5, abs=1e-9)
