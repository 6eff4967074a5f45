"""Imported publishers' tables in the hindcasts: used where they are the source, and named in the result."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from typer.testing import CliRunner

from foedus import atlas
from foedus.calibrate.hindcast_aid import hindcast_aid, monthly
from foedus.calibrate.hindcast_posture import yearly_forces
from foedus.calibrate.hindcast_spending import hindcast_spending
from foedus.calibrate.imported import code_of
from foedus.calibrate.importer import import_file
from foedus.calibrate.panel import RawTables, build_panel, dispute_columns, load_raw
from foedus.calibrate.spending_record import revised_shares
from foedus.calibrate.store import Store
from foedus.cli import build_app
from foedus.errors import InputError

NATO = "Country,2021,2022,2023,2024,2025,2026e\n"
TROOPS = "ccode,countryname,region,year,month,quarter,source,Location,iso3c,troops_ad\n"
GML = (
    "dispnum,ccode1,ccode2,year,midongoing,midonset,sidea1,sidea2,fatality1,fatality2,hostlev1,hostlev2,orig1,orig2,recip\n"
    "9,2,200,1902,1,1,1,0,0,0,3,1,1,1,0\n9,200,2,1902,1,1,0,1,0,0,1,3,1,1,0\n"
)
ATOP = (
    "atopid1,stateA,stateB,year,atopally,defense,offense,neutral,nonagg,consul\n3001,2,200,1949,1,1,0,0,0,1\n"
)


def _write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data")


def test_a_newer_edition_of_natos_table_becomes_the_outcome(tmp_path: Path, store: Store) -> None:
    rows = NATO + "Estonia,2.0,2.1,2.9,3.4,9.9,9.5\nTürkiye**,1.6,1.4,1.6,2.2,2.3,2.4\nNATO Total,2,2,2,2,2,2\n"
    file = _write(tmp_path, "edition.csv", rows)
    done = CliRunner().invoke(
        build_app(), ["data", "import", "nato_defexp", str(file), "--data", str(store.directory)]
    )
    assert done.exit_code == 0, done.output
    known = revised_shares(9999, store)
    assert known.years[-1] == 2026
    cell = {m: known.share[known.years.index(2025), i] for i, m in enumerate(known.members)}
    assert cell["EST"] == 9.9
    assert cell["TUR"] == 2.3
    assert cell["POL"] == atlas.table("spending", member="POL", year=2025)["pct_gdp"][0]
    result = hindcast_spending(dt.date(2024, 6, 18), horizons=(1,), quick=True, store=store)
    assert {f["member"]: f["observed"] for f in result.forecasts}["EST"] == 9.9
    imported = result.setup["imported"]
    assert imported["sha256"] == store.manifest()["nato_defexp"]["sha256"]
    assert any("imported table nato_defexp (2021 to 2026), file edition.csv" in n for n in result.notes)


def test_without_an_import_nothing_is_said_of_one(store: Store) -> None:
    assert revised_shares(9999, store).edition == revised_shares(9999).edition
    assert hindcast_aid(dt.date(2025, 1, 1), store=store).setup["imported"] is None


def test_spellings_of_publishers_are_known() -> None:
    assert [code_of(n) for n in ("Czechia", "Czech Republic*", "Slovak Republic", "United States", "NATO Europe")] == [
        "CZE", "CZE", "SVK", "USA", None,
    ]  # fmt: skip


def test_troop_reports_in_their_native_layout(tmp_path: Path, store: Store) -> None:
    rows = (
        "235,Portugal,Europe,2025,September,3,September 2025,Portugal,PRT,200\n"
        "235,Portugal,Europe,2025,September,3,September 2025,Azores,PRT,50\n"
        "255,Germany,Europe,2025,June,2,June 2025,Germany,DEU,1\n"
        "255,Germany,Europe,2026,September,3,September 2026,Germany,DEU,30000\n"
        "10000,Antarctica,NA,2026,September,3,September 2026,Antarctica,ATA,NA\n"
    )
    report = import_file("troopdata", _write(tmp_path, "reports.csv", TROOPS + rows), store)
    assert report.rows == 5
    years, hosts, values = yearly_forces(None, store)
    at = {h: i for i, h in enumerate(hosts)}
    assert values[years.index(2025), at["PRT"]] == 250
    assert values[years.index(2026), at["DEU"]] == 30000
    before, _, shipped = yearly_forces(None)
    assert values[years.index(2025), at["DEU"]] == shipped[before.index(2025), at["DEU"]]
    known_then = yearly_forces(dt.date(2024, 1, 1), store)
    assert np.array_equal(known_then[2], yearly_forces(dt.date(2024, 1, 1))[2], equal_nan=True)
    with pytest.raises(InputError, match="need a month, got 'Brumaire'"):
        import_file(
            "troopdata", _write(tmp_path, "bad.csv", TROOPS + rows.replace("June,2", "Brumaire,2")), store
        )


def _months(groups: tuple[str, ...], skip: str = "") -> str:
    lines = ["month,donor_group,aid_type,allocations_eur_billion"]
    for k in range(36):
        month = f"{2022 + k // 12}-{k % 12 + 1:02d}"
        lines += [f"{month},{g},total,{1 + k}" for g in groups if month != skip]
    return "\n".join(lines) + "\n"


def test_a_release_of_the_aid_tracker_replaces_the_shipped_one(tmp_path: Path, store: Store) -> None:
    groups = ("US", "Europe", "other")
    import_file("kiel_monthly", _write(tmp_path, "release.csv", _months(groups)), store)
    months, values = monthly("total", store)
    assert months[-1] == dt.date(2024, 12, 1)
    assert values[-1].tolist() == [36.0, 36.0, 36.0]
    assert any("kiel_monthly" in n for n in hindcast_aid(dt.date(2024, 7, 1), store=store).notes)
    good = _months(groups)
    bad = {
        "month 2023-05 of US, total is missing": _months(groups, skip="2023-05"),
        "no rows for donor group 'other'": _months(("US", "Europe")),
        "line 3, field month: need a month as yyyy-mm, got '2O22-01'": good.replace("2022-01,Eu", "2O22-01,Eu"),
        "field donor_group: need US, Europe, other or all, got 'EU'": good.replace("Europe", "EU"),
        "field aid_type: need total, military, financial or humanitarian, got 'arms'": good.replace(
            "total", "arms"
        ),
    }
    for words, text in bad.items():
        with pytest.raises(InputError, match=re.escape(words)):
            import_file("kiel_monthly", _write(tmp_path, "bad.csv", text), store)
    assert monthly("total", store)[0] == months


def test_the_other_coding_of_disputes_is_read(tmp_path: Path, store: Store) -> None:
    import_file("gml_mid_dirdisps", _write(tmp_path, "gml-ddy-disputes.csv", GML), store)
    found = dispute_columns(store.read("gml_mid_dirdisps"), pl.DataFrame())
    row = found.filter(pl.col("ccode_a") == 2).row(0, named=True)
    assert (row["mid_onset"], row["mid_recip"], row["mid_force_onset"]) == (1, 0, 0)
    with pytest.raises(InputError, match="unknown record 'gmI'"):
        load_raw(store, "gmI")
    missing = CliRunner().invoke(
        build_app(), ["hindcast", "disputes", "--record", "gml", "--data", str(store.directory)]
    )
    assert isinstance(missing.exception, InputError)
    assert "foedus data import" in str(missing.exception)


def test_the_panel_ends_where_the_first_of_its_tables_ends(history: Path) -> None:
    raw = load_raw(Store(history / "raw"))
    assert raw.last_year == min(raw.last_years().values()) == 2014
    cut = RawTables(**{**vars(raw), "capabilities": raw.capabilities.filter(pl.col("year") <= 1950)})
    assert cut.last_year == 1950
    assert build_panel(cut)["year"].max() == 1950


@pytest.mark.parametrize(
    ("table", "text", "old", "new", "words"),
    [
        ("gml_mid_dirdisps", GML, "midonset", "onset", "column 'midonset' is missing"),
        ("atop_alliance", ATOP, "stateA", "state_a", "column 'stateA' is missing"),
        ("troopdata", TROOPS, "troops_ad", "troops", "column 'troops_ad' is missing"),
        (
            "nato_defexp",
            NATO + "Estonia,2,2,2,2,2,2\n",
            "2023,",
            "",
            "years missing between 2021 and 2026: 2023",
        ),
        (
            "kiel_monthly",
            _months(("US", "Europe", "other")),
            "donor_group",
            "donor",
            "column 'donor_group' is missing",
        ),
    ],
)
def test_a_changed_layout_is_named_and_what_is_held_stays(
    tmp_path: Path, store: Store, table: str, text: str, old: str, new: str, words: str
) -> None:
    good = _write(
        tmp_path, "good.csv", text if table != "troopdata" else TROOPS + "2,X,,2020,June,2,r,X,USA,1\n"
    )
    import_file(table, good, store)
    before = {p.name: p.read_bytes() for p in store.directory.iterdir()}
    changed = good.read_text(encoding="utf-8").replace(old, new)
    if table == "nato_defexp":
        changed = changed.replace("2,2,2,2,2,2", "2,2,2,2,2")
    bad = _write(tmp_path, "bad.csv", changed)
    result = CliRunner().invoke(
        build_app(), ["data", "import", table, str(bad), "--data", str(store.directory)]
    )
    assert isinstance(result.exception, InputError)
    assert words in str(result.exception)
    assert {p.name: p.read_bytes() for p in store.directory.iterdir()} == before
