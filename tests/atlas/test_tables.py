"""Every table keeps its schema, its sources and its statuses."""

import csv
import datetime as dt
import hashlib

import polars as pl
import pytest

from foedus import atlas
from foedus.atlas.query import FIRST_DAY, TABLE_DIR
from foedus.atlas.schemas import SCHEMA_DIR

WITH_EDITIONS = [name for name in atlas.tables() if atlas.schema(name).has_editions]

CONTRACT = {
    *("members", "spending", "spending_aggregates", "guidelines", "economy", "personnel", "equipment"),
    *("equipment_checks", "us_forces", "us_posture", "enablers", "replacement_costs", "aid", "aid_monthly"),
    *("war_parameters", "arms_sales", "emergency_determinations", "arms_review_rules", "withdrawal_rules"),
    *("trade_balance", "theatre", "alliance_reliability", "burden_sharing_findings", "alliance_history"),
    *("facts", "neighbours", "sources"),
}


def test_the_promised_tables_are_there():
    assert set(atlas.tables()) >= CONTRACT


def test_each_schema_has_a_table_and_a_title_and_the_other_way_round():
    tables = {p.stem for p in TABLE_DIR.glob("*.csv")}
    assert tables == set(atlas.tables())
    assert all(atlas.schema(name).title for name in tables)


@pytest.mark.parametrize("name", atlas.tables())
def test_table_passes_its_schema(name):
    frame = atlas.table(name, all_editions=True)
    assert frame.columns == list(atlas.schema(name).columns)
    assert frame.height > 0


@pytest.mark.parametrize("name", WITH_EDITIONS)
def test_every_row_keeps_source_date_and_status(name):
    definition = atlas.schema(name)
    for column, kind in (("source", "source"), ("as_of", "date"), ("status", "text")):
        assert definition.attribute(column).type == kind
        assert definition.attribute(column).required
    frame = atlas.table(name, all_editions=True)
    assert set(frame["status"]) <= {"measured", "estimated", "elicited", "assumed"}
    assert frame["as_of"].min() >= FIRST_DAY


@pytest.mark.parametrize("name", atlas.tables())
def test_file_rows_all_arrive(name):
    with (TABLE_DIR / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        rows = sum(1 for _ in csv.reader(handle)) - 1
    assert atlas.table(name, all_editions=True).height == rows


def test_missing_stays_missing():
    blank = atlas.table("spending", member="DEU", year=2025)
    assert blank["pct_gdp"].to_list() == [None]
    assert atlas.table("spending", member="ISL", year=2024)["pct_gdp"].to_list() == [None]
    guns = atlas.table("equipment", member="FRA")
    assert guns["artillery_towed"].to_list() == [None]
    assert atlas.table("us_forces", year=2023).filter(pl.col("observed") < dt.date(2023, 7, 1)).is_empty()


def test_no_cell_holds_a_word_for_missing():
    for name in atlas.tables():
        text = (TABLE_DIR / f"{name}.csv").read_text(encoding="utf-8")
        for line in csv.reader(text.splitlines()):
            assert not {"nan", "NaN", "None", "null", "NULL", "n/a", "N/A"} & set(line), (name, line)


def test_ships_no_long_series_of_others():
    sipri = atlas.table("spending", all_editions=True).filter(pl.col("series") == "SIPRI")
    assert sipri["member"].unique().sort().to_list() == ["BLR", "RUS", "UKR"]
    assert sipri.height == 33
    assert sipri["year"].min() == 2014
    assert not {"alliance_cases", "disputes", "sipri"} & set(atlas.tables())


def test_sources_are_all_used_and_clean():
    used = set()
    for name in atlas.tables():
        for attribute in atlas.schema(name).attributes:
            if attribute.type == "source":
                used |= set(atlas.table(name, all_editions=True)[attribute.name].drop_nulls())
    frame = atlas.table("sources")
    assert set(frame["id"]) == used
    text = " ".join(frame["citation"]).lower()
    for bad in ("kiwifarms", "blogspot", "sott.net", "news-pravda", "iptv", "recalled", "same as", "folder"):
        assert bad not in text
    assert frame["terms"].str.len_chars().min() > 5


def test_texts_speak_of_nothing_outside_the_package():
    for folder in (TABLE_DIR, SCHEMA_DIR):
        for path in folder.glob("*.csv"):
            text = path.read_text(encoding="utf-8")
            for word in ("recalled", "this folder", ".csv in", "/work", "shared/", "see equipment.csv"):
                assert word not in text, (path.name, word)


def test_members_on_a_date():
    def allies(date):
        frame = atlas.table("members", as_of=date)
        return set(frame.filter("nato_member")["member"])

    assert len(allies("1949-04-04")) == 12
    assert len(allies("1982-12")) == 16
    assert len(allies("2023-12-09")) == 31
    assert "FIN" in allies("2023-12-09")
    assert "SWE" not in allies("2023-12-09")
    assert len(allies(None)) == 32
    assert atlas.table("members", as_of="2015-01-01", member="GBR")["eu_member"].item() is True
    assert atlas.table("members", member="GBR")["eu_member"].item() is False


def test_codes_are_iso_and_names_work():
    assert len(atlas.members()) == 35
    assert atlas.table("spending", member="estonia", year=2024).equals(
        atlas.table("spending", member="EST", year=2024)
    )


def test_totals_stay_apart_from_hosts():
    forces = atlas.table("us_forces")
    assert set(forces.filter(pl.col("host").is_in(["XEU", "XEN"]))["record_type"]) == {"total"}
    assert set(forces.filter(~pl.col("host").is_in(["XEU", "XEN"]))["record_type"]) == {"host"}


def test_total_of_hosts_is_the_sum_of_its_hosts():
    members = atlas.table("members")
    european = members.filter(pl.col("nato_member") & (pl.col("region_group") != "north_america"))["member"]
    forces = atlas.table("us_forces").filter(pl.col("observed") == dt.date(2025, 12, 31))
    hosts = forces.filter(pl.col("host").is_in(european.to_list()))["active_duty_persons"].sum()
    assert hosts == forces.filter(pl.col("host") == "XEU")["active_duty_persons"].item() == 67928


def test_constant_series_chains_the_published_changes():
    frame = atlas.table("spending").filter(pl.col("series") == "NATO").sort("member", "year")
    frame = frame.with_columns(before=pl.col("usd_million_constant").shift(1).over("member")).drop_nulls(
        ["before", "usd_million_constant", "real_change_pct"]
    )
    change = 100 * (frame["usd_million_constant"] / frame["before"] - 1)
    assert frame.height > 300
    assert (change - frame["real_change_pct"]).abs().max() < 0.15


def test_category_shares_add_up():
    shares = (
        atlas.table("spending")
        .select(pl.col("^(equipment|personnel|infrastructure|other)_share_pct$"))
        .drop_nulls()
    )
    assert shares.height > 350
    assert (shares.sum_horizontal() - 100).abs().max() < 0.5


def test_aid_types_and_periods_add_up():
    aid = atlas.table("aid").filter(pl.col("aid_type") != "total")
    by_period = {
        kind: aid.filter(pl.col("period_type") == kind)["allocations_eur_billion"].sum()
        for kind in ("total", "year", "quarter")
    }
    whole = atlas.table("aid").filter((pl.col("aid_type") == "total") & (pl.col("period_type") == "total"))
    for value in by_period.values():
        assert value == pytest.approx(whole["allocations_eur_billion"].sum(), abs=0.02)


def test_trade_balance_is_exports_minus_imports():
    trade = atlas.table("trade_balance")
    gap = trade["exports_usd_million"] - trade["imports_usd_million"] - trade["balance_usd_million"]
    assert gap.abs().max() < 0.15


def test_hashes_follow_the_files():
    hashes = atlas.data_hashes()
    assert set(hashes) == set(atlas.tables())
    data = (SCHEMA_DIR / "members.csv").read_bytes() + (TABLE_DIR / "members.csv").read_bytes()
    assert hashes["members"] == hashlib.sha256(data).hexdigest()


def test_importing_the_room_loads_no_database():
    import subprocess
    import sys

    code = "import sys, foedus.atlas; from foedus.atlas import query; print('duckdb' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_rows_about_a_state_where_several_are_named():
    assert atlas.table("theatre", member="EST")["location"].str.contains("EST").all()
    assert atlas.table("theatre", member="EST").height > 3
    assert set(atlas.table("arms_sales", member="POL")["buyer"]) == {"POL"}
    assert atlas.table("emergency_determinations", member="ISR").height >= 5
    assert set(atlas.table("us_posture", member="Germany")["area"]) == {"DEU"}


def test_a_pledge_without_a_state_is_for_all():
    spain = atlas.table("guidelines", member="ESP")
    assert spain.height == atlas.table("guidelines", member="EST").height + 1
