"""Publishers' own layouts, with invented numbers: the tracker's workbook, dispute participants, SIPRI and NATO sheets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import polars as pl
import pytest

from foedus import atlas
from foedus.calibrate.importer import check_file, import_file
from foedus.calibrate.importer_made import donor_groups
from foedus.calibrate.store import Store
from foedus.errors import InputError

Rows = Sequence[Sequence[str]]
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _letters(column: int) -> str:
    return chr(65 + column) if column < 26 else chr(64 + column // 26) + chr(65 + column % 26)


def workbook(file: Path, sheets: dict[str, Rows]) -> Path:
    """A workbook as spreadsheet programs write it: cells and rows carry their place, blank ones are left out."""
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        names = "".join(f'<sheet name="{escape(n)}" r:id="rId{k}"/>' for k, n in enumerate(sheets))
        archive.writestr(
            "xl/workbook.xml", f'<workbook {MAIN} xmlns:r="{RELATION}"><sheets>{names}</sheets></workbook>'
        )
        links = "".join(f'<Relationship Id="rId{k}" Target="worksheets/s{k}.xml"/>' for k in range(len(sheets)))
        archive.writestr("xl/_rels/workbook.xml.rels", f"<R>{links}</R>")
        for k, rows in enumerate(sheets.values()):
            text = ""
            for r, row in enumerate(rows, 1):
                cells = "".join(
                    f'<c r="{_letters(c)}{r}" t="inlineStr"><is><t>{escape(v)}</t></is></c>'
                    for c, v in enumerate(row)
                    if v
                )
                text += f'<row r="{r}">{cells}</row>' if cells else ""
            archive.writestr(
                f"xl/worksheets/s{k}.xml", f"<worksheet {MAIN}><sheetData>{text}</sheetData></worksheet>"
            )
    return file


HEADER = ["activity_id", "countries", "donor", "announcement_date", "measure", "aid_type_general", "explanation",
          "tot_activity_value_EUR", "tot_sub_activity_value_EUR", "tot_sub_activity_value_EUR_redistr",
          "month", "month_exists_dummy"]  # fmt: skip


def _activity(donor: str, measure: str, kind: str, value: str, month: str) -> list[str]:
    return ["X1", "", donor, "2022-03-05", measure, kind, "words", ".", ".", value, month, "1"]


ACTIVITIES = [
    _activity("United States", "Allocation", "Military", "2000000000", "3"),
    _activity("United States", "Allocation", "Military", "-500000000", "3"),
    _activity("EU (Commission and Council)", "Allocation", "Financial", "1000000000", "3"),
    _activity("Türkiye", "Allocation", "Humanitarian ", "250000000", "1"),
    _activity("Germany", "Commitment", "Military", "9000000000", "3"),
    _activity("Germany", "Allocation", "Military", ".", "2"),
    _activity("Germany", "Allocation", "Military", "700000000", "0"),
]
OTHER_SHEETS: dict[str, Rows] = {
    "ReadMe": [["Ukraine Support Tracker"]],
    "Country Summary (€)": [["", "Country"]],
}


def _tracker(folder: Path, rows: Rows, header: Sequence[str] = HEADER) -> Path:
    return workbook(
        folder / "tracker.xlsx", {**OTHER_SHEETS, "Bilateral Assistance, MAIN DATA": [header, *rows]}
    )


def test_the_trackers_workbook_becomes_months(tmp_path: Path) -> None:
    frame, layout, notes = check_file("kiel_monthly", _tracker(tmp_path, ACTIVITIES))
    assert layout == "tracker workbook, redistributed values"
    assert frame["month"].unique().sort().to_list() == ["2022-01", "2022-02", "2022-03"]
    assert frame.height == 3 * 4 * 4
    cell = {tuple(r[:3]): r[3] for r in frame.iter_rows()}
    assert cell["2022-03", "US", "military"] == pytest.approx(1.5)
    assert cell["2022-03", "Europe", "financial"] == pytest.approx(1.0)
    assert cell["2022-03", "all", "total"] == pytest.approx(2.5)
    assert cell["2022-01", "other", "humanitarian"] == pytest.approx(0.25)
    assert cell["2022-02", "Europe", "military"] == 0
    assert any("1 allocations without a month left out, 0.70 billion euro" in n for n in notes)


def test_an_older_release_has_no_redistributed_values(tmp_path: Path) -> None:
    header = [h.replace("_redistr", "_OLD") for h in HEADER]
    rows = [[*r[:8], r[9], *r[9:]] for r in ACTIVITIES]
    frame, layout, _ = check_file("kiel_monthly", _tracker(tmp_path, rows, header))
    assert layout == "tracker workbook, older release"
    assert frame.filter(pl.col("donor_group") == "US")["allocations_eur_billion"].max() == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("place", "word", "says", "field"),
    [
        (2, "Untied States", "unknown donor 'Untied States'", "donor"),
        (4, "Promise", "need Allocation or Commitment, got 'Promise'", "measure"),
        (5, "Weapons", "need Military or Financial or Humanitarian, got 'Weapons'", "aid_type_general"),
        (9, "much", "need a number, got 'much'", "tot_sub_activity_value_EUR_redistr"),
        (10, "2022", "need months counted from January 2022 as 1, or 0, got 2022", "month"),
    ],
)
def test_a_cell_of_the_tracker_that_is_wrong_is_named(
    tmp_path: Path, place: int, word: str, says: str, field: str
) -> None:
    rows = [list(r) for r in ACTIVITIES]
    rows[2][place] = word
    with pytest.raises(InputError) as caught:
        check_file("kiel_monthly", _tracker(tmp_path, rows))
    assert says in caught.value.message
    assert (caught.value.line, caught.value.field) == (4, field)


def test_a_renamed_column_or_sheet_of_the_tracker_is_named_and_nothing_changes(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    import_file("kiel_monthly", _tracker(tmp_path, ACTIVITIES), store)
    before = {p.name: p.read_bytes() for p in store.directory.iterdir()}
    renamed = [h.replace("aid_type_general", "type_of_aid") for h in HEADER]
    with pytest.raises(InputError, match="column 'aid_type_general' is missing"):
        import_file("kiel_monthly", _tracker(tmp_path, ACTIVITIES, renamed), store)
    moved = workbook(tmp_path / "moved.xlsx", {"A": [["x"]], "Bilateral Data": [HEADER, *ACTIVITIES]})
    with pytest.raises(InputError, match=r"no sheet named 'bilateral assistance, main data'; sheets: A, Bilat"):
        import_file("kiel_monthly", moved, store)
    assert {p.name: p.read_bytes() for p in store.directory.iterdir()} == before


def test_every_donor_of_the_record_has_a_group() -> None:
    names = atlas.table("aid")["donor_name"].unique().to_list()
    assert {donor_groups()[n.lower()] for n in names} == {"US", "Europe", "other"}


MIDB = "dispnum,stabb,ccode,stday,stmon,styear,endday,endmon,endyear,sidea,revstate,revtype1,revtype2,fatality,fatalpre,hiact,hostlev,orig,version\n"


def _midb(folder: Path, *rows: str) -> Path:
    file = folder / "MIDB 5.0.csv"
    file.write_text(MIDB + "".join(f"{r}\n" for r in rows), encoding="utf-8")
    return file


def test_participants_of_disputes_become_directed_dyad_years(tmp_path: Path) -> None:
    """One against two; the third joins on the last days of the first year and is out before the second year ends."""
    file = _midb(
        tmp_path,
        "1,AAA,100,-9,11,1950,-9,2,1952,1,1,1,-9,0,0,17,4,1,5",
        "1,BBB,200,5,11,1950,-9,2,1952,0,0,0,-9,1,3,7,3,1,5",
        "1,CCC,300,30,12,1950,1,1,1951,0,0,0,-9,0,0,7,3,0,5",
    )
    frame, layout, notes = check_file("cow_mid_dirdisps", file)
    assert layout == "COW MIDB 5.0.csv"
    rows = {tuple(int(v) for v in r[:4]): r for r in frame.iter_rows()}
    years = {(a, b): sorted(y for _, c, d, y in rows if (c, d) == (a, b)) for _, a, b, _ in rows}
    assert years[100, 200] == years[200, 100] == [1950, 1951, 1952]
    assert years[100, 300] == [1950, 1951]
    assert (200, 300) not in years
    onsets = {k for k, r in rows.items() if r[frame.columns.index("disponset")] == 1}
    assert onsets == {(1, a, b, 1950) for a, b in years}
    first = dict(zip(frame.columns, rows[1, 200, 100, 1951], strict=True))
    assert (first["sidea1"], first["sidea2"], first["fatality1"], first["hostlev2"]) == (0, 1, 1, 4)
    assert any("participants" in n for n in notes)


def test_participants_who_never_meet_make_no_dyad_and_a_wrong_date_is_named(tmp_path: Path) -> None:
    rows = (
        "2,AAA,100,1,1,1950,31,1,1950,1,0,0,0,0,0,7,3,1,5",
        "2,BBB,200,1,2,1950,5,2,1950,0,0,0,0,0,0,7,3,1,5",
    )
    frame, _, _ = check_file("cow_mid_dirdisps", _midb(tmp_path, *rows))
    assert frame.is_empty()
    with pytest.raises(InputError) as caught:
        check_file("cow_mid_dirdisps", _midb(tmp_path, rows[0], rows[1].replace("5,2,1950,0", "5,2,1949,0")))
    assert (caught.value.line, caught.value.field) == (3, "endyear")


def test_a_dyadic_file_is_read_in_both_directions(tmp_path: Path) -> None:
    columns = "disno,dyindex,statea,namea,stateb,nameb,strtyr,year,outcome,fatlev,hihost,recip,sideaa,fatleva,hihosta,"
    header = f"{columns}orignata,sideab,fatlevb,hihostb,orignatb,rolea,roleb,war,new\n"
    file = tmp_path / "dyadic_mid_4.03.csv"
    file.write_text(
        header + "7,1,100,Aland,200,Bland,1950,1950,6,0,4,1,1,0,4,1,0,1,3,1,1,3,0,1\n", encoding="utf-8"
    )
    frame, layout, _ = check_file("cow_mid_dirdisps", file)
    assert layout == "COW dyadic_mid_4.03.csv"
    there, back = frame.rows(named=True)
    assert (there["ccode1"], back["ccode1"]) == (100, 200)
    assert (back["sidea1"], back["fatality1"], back["hostlev1"], back["hostlev2"]) == (0, 1, 3, 4)
    assert back["recip"] == back["disponset"] == 1


YEARS = [str(y) for y in range(2016, 2026)]


def _sipri(first: Sequence[str], sheet: str = "Share of GDP") -> dict[str, Rows]:
    """Title, unit, marks, a blank row and the header in row 6; regions between countries; notes below."""
    return {
        "Front page": [["SIPRI Military Expenditure Database"]],
        "Regional totals": [["Region", "", *YEARS]],
        sheet: [
            ["Military expenditure by country as percentage of gross domestic product"],
            ["Figures in blue are SIPRI estimates"],
            ["\". .\" = data unavailable. \"xxx\" = country did not exist"],
            [],
            [],
            ["Country", "", "Notes", *YEARS],
            ["Europe"],
            ["Central Europe"],
            ["Poland", "", "† 12", *first],
            ["Montenegro", "", "", "xxx", ". .", "...", *["0.016"] * 7],
            [],
            ["Notes"],
            ["12. All figures exclude something"],
        ],
    }  # fmt: skip


def test_a_sipri_sheet_with_title_regions_marks_and_notes(tmp_path: Path) -> None:
    frame, _, notes = check_file("sipri_milex", workbook(tmp_path / "s.xlsx", _sipri(["0.02"] * 10)))
    held = frame.group_by("country").len().sort("country").rows()
    assert held == [("Montenegro", 7), ("Poland", 10)]
    assert frame.filter(pl.col("country") == "Poland")["pct_gdp"].to_list() == pytest.approx([2.0] * 10)
    assert notes == ["sheet 'Share of GDP'"]


def test_an_unknown_mark_or_another_sheet_of_sipri_is_named(tmp_path: Path) -> None:
    marked = workbook(tmp_path / "s.xlsx", _sipri(["0.02"] * 4 + ["see note"] + ["0.02"] * 5))
    with pytest.raises(InputError, match=r"for Poland, got 'see note'") as caught:
        check_file("sipri_milex", marked)
    assert (caught.value.line, caught.value.field) == (9, "2020")
    with pytest.raises(InputError, match="no sheet named 'share of gdp'"):
        check_file("sipri_milex", workbook(tmp_path / "t.xlsx", _sipri(["0.02"] * 10, "Military burden")))
    dollars = workbook(tmp_path / "u.xlsx", _sipri(["23000"] * 10))
    with pytest.raises(InputError, match="23000 for Poland cannot be a share of GDP in percent"):
        check_file("sipri_milex", dollars)


def _nato(years: Sequence[str]) -> dict[str, Rows]:
    """Two blocks under each other on the sheet of table 3: shares, then their yearly change."""
    return {
        "Table 1": [["Table 1 : Defence expenditure (million national currency)"]],
        "Table 3": [
            ["Table 3 : Defence expenditure as a share of GDP and annual real change"],
            ["Based on 2021 prices"],
            ["", "", *years],
            ["", "", "Share of real GDP (%)"],
            ["", "Albania", *["1.4"] * len(years)],
            ["", "Belgium*", *["1.0"] * (len(years) - 1), ".."],
            ["", "NATO Europe", *["1.7"] * len(years)],
            ["", "", "Annual real change (%)"],
            ["", "Albania", *["-3.5"] * len(years)],
            ["", "Note: figures for 2024 and 2025 are estimates."],
        ],
        "Table 3a": [["Table 3a", *years]],
    }  # fmt: skip


def test_natos_table_3_takes_the_first_of_its_two_blocks(tmp_path: Path) -> None:
    years = [*map(str, range(2014, 2024)), "2024e", "2025e"]
    frame, _, _ = check_file("nato_defexp", workbook(tmp_path / "n.xlsx", _nato(years)))
    albania = frame.filter(pl.col("country") == "Albania")
    assert albania["year"].to_list() == [float(y) for y in range(2014, 2026)]
    assert set(albania["pct_gdp"]) == {1.4}
    assert frame.filter(pl.col("country") == "Belgium*").height == 11


def test_a_year_that_stands_twice_or_is_missing_is_named(tmp_path: Path) -> None:
    double = _nato(["2014", "2015", "2016", "2017", "2017", "2018"])
    with pytest.raises(InputError, match="the year 2017 stands twice") as caught:
        check_file("nato_defexp", workbook(tmp_path / "n.xlsx", double))
    assert caught.value.line == 3
    gap = workbook(tmp_path / "g.xlsx", _nato(["2014", "2015", "2016", "2018", "2019", "2020"]))
    with pytest.raises(InputError, match="years missing between 2014 and 2020: 2017"):
        import_file("nato_defexp", gap, Store(tmp_path / "data"))
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("years", "renamed", "rest"),
    [
        (["2014", "2015", "2016", "2017", "2018", "latest"], "latest", "2014 to 2018"),
        (["first", "2015", "2016", "2017", "2018", "2019"], "first", "2015 to 2019"),
    ],
)
def test_a_year_of_the_header_that_was_renamed_is_named(
    tmp_path: Path, years: list[str], renamed: str, rest: str
) -> None:
    """At either end of the header no year would seem to be missing."""
    file = workbook(tmp_path / "r.xlsx", _nato(years))
    with pytest.raises(InputError, match=f"column {renamed!r} holds numbers beside the years {rest}") as caught:
        check_file("nato_defexp", file)
    assert caught.value.line == 3
