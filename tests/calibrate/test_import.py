from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from foedus.calibrate.importer import check_file, check_table, import_file
from foedus.calibrate.readers import read_workbook
from foedus.calibrate.store import Store
from foedus.cli import build_app
from foedus.errors import InputError

NMC = "ccode,year,milex,milper,irst,pec,tpop,upop,cinc\n"


def _nmc(*years: int, cinc: float = 0.1) -> str:
    return NMC + "".join(f"2,{y},-9,10,1,2,3,4,{cinc}\n" for y in years)


def _file(folder: Path, text: str | bytes, name: str = "nmc.csv") -> Path:
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def test_an_import_keeps_values_and_checksum(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    report = import_file("cow_nmc", _file(tmp_path, _nmc(2000, 2001)), store)
    held = store.read("cow_nmc")
    assert held["year"].to_list() == [2000.0, 2001.0]
    assert held["milex"].null_count() == 2
    assert store.manifest()["cow_nmc"]["sha256"] == report.sha256
    assert (report.added, report.removed, report.changed) == (2, 0, 0)


def test_a_newer_edition_is_compared_with_what_is_held(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    import_file("cow_nmc", _file(tmp_path, _nmc(2000, 2001)), store)
    newer = _file(tmp_path, _nmc(2001, 2002, cinc=0.2), "newer.csv")
    report = check_table("cow_nmc", newer, store)
    assert (report.added, report.removed, report.changed) == (1, 1, 1)
    assert any("newer edition: to 2002, held to 2001" in n for n in report.notes)
    assert store.read("cow_nmc")["year"].max() == 2001
    import_file("cow_nmc", newer, store)
    assert import_file("cow_nmc", newer, store).same_file


@pytest.mark.parametrize(
    ("content", "words", "line"),
    [
        (_nmc(2000).replace("cinc", "cinc_score"), "column 'cinc' is missing", 1),
        (_nmc(2000, 2003), "years missing between 2000 and 2003: 2001, 2002", None),
        (_nmc(2000) + "2,2001,x,1,1,1,1,1,0.1\n", "need a number, got 'x'", 3),
        (_nmc(2000, 2000), "two rows for ccode 2, year 2000", 2),
        (_nmc(2000) + "2,2001\n", "2 values where the header has 9", 3),
        (NMC, "no rows", None),
        ("", "empty", None),
        (b"ccode\x00", "binary", 1),
        (
            _nmc(2000).replace("cinc", "share"),
            "column 'cinc' is missing (layout 'COW NMC abridged'); columns not used: share",
            1,
        ),
        ("Łódź,x\n".encode() + b"C\xf4te,1\n", "mixes UTF-8 and Windows-1252", 2),
        ("Côte,x\n".encode() + b"C\xf4te,1\n", "mixes UTF-8 and Windows-1252", 2),
    ],
)
def test_bad_files_are_named_and_nothing_changes(
    tmp_path: Path, content: str | bytes, words: str, line: int | None
) -> None:
    store = Store(tmp_path / "data")
    import_file("cow_nmc", _file(tmp_path, _nmc(1999), "good.csv"), store)
    before = {p.name: p.read_bytes() for p in store.directory.iterdir()}
    with pytest.raises(InputError) as caught:
        import_file("cow_nmc", _file(tmp_path, content), store)
    assert words in caught.value.message
    assert caught.value.line == line
    assert {p.name: p.read_bytes() for p in store.directory.iterdir()} == before


def test_windows_text_is_read_and_noted(tmp_path: Path) -> None:
    rows = "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday\nCDI,437,C\xf4te d'Ivoire,1960,8,7,2016,12,31\n"
    frame, _, notes = check_file("cow_states", _file(tmp_path, rows.encode("cp1252")))
    assert frame["statenme"].to_list() == ["Côte d'Ivoire"]
    assert notes == ["read as windows-1252"]


def test_the_publishers_own_names_are_translated(tmp_path: Path) -> None:
    text = "dyad,statelno,statehno,conttype,begin,end\n2020,2,20,1,192001,201612\n"
    frame, layout, _ = check_file("cow_contdir", _file(tmp_path, text))
    assert layout == "COW contdir.csv"
    assert frame.columns == ["ccode1", "ccode2", "conttype", "stdate", "enddate"]
    assert str(frame["stdate"][0]) == "1920-01-01"
    with pytest.raises(InputError, match="yyyymm"):
        check_file("cow_contdir", _file(tmp_path, text.replace("192001", "192013")))


def _workbook(file: Path, rows: list[list[str]], sheet: str = "Share of GDP") -> Path:
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{v}</t></is></c>' for v in row) + "</row>" for row in rows
    )
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {main} xmlns:r="{relation}"><sheets><sheet name="{sheet}" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", '<R><Relationship Id="rId1" Target="worksheets/s1.xml"/></R>'
        )
        archive.writestr(
            "xl/worksheets/s1.xml", f"<worksheet {main}><sheetData>{cells}</sheetData></worksheet>"
        )
    return file


def test_a_workbook_of_shares_becomes_rows(tmp_path: Path) -> None:
    years = [str(y) for y in range(2018, 2024)]
    rows = [["Military expenditure"], ["Country", "Notes", *years], ["Poland", "", *["0.02"] * 5, "..."]]
    frame, _, _ = check_file("sipri_milex", _workbook(tmp_path / "sipri.xlsx", rows))
    assert frame.height == 5
    assert frame["pct_gdp"].to_list() == pytest.approx([2.0] * 5)
    with pytest.raises(InputError, match="no sheet named 'share of gdp'"):
        check_file("sipri_milex", _two_sheets(tmp_path))


def _two_sheets(folder: Path) -> Path:
    file = _workbook(folder / "two.xlsx", [["a"]], sheet="A")
    text = '<sheets><sheet name="A" r:id="rId1"/><sheet name="B" r:id="rId1"/></sheets>'
    with zipfile.ZipFile(file) as archive:
        parts = {n: archive.read(n).decode() for n in archive.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].split("<sheets>")[0] + text + "</workbook>"
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file


def test_a_broken_workbook_gets_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "broken.xlsx"
    file.write_bytes(b"PK\x03\x04 nothing here")
    with pytest.raises(InputError, match="workbook"):
        read_workbook(file)


def test_a_bomb_is_refused_before_it_unpacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foedus.calibrate.readers.LARGEST_PART", 1000)
    file = _workbook(tmp_path / "bomb.xlsx", [["0" * 5000]])
    with pytest.raises(InputError, match="unpacks to more than"):
        read_workbook(file)


def test_the_command_lists_and_imports(tmp_path: Path) -> None:
    runner, folder = CliRunner(), str(tmp_path / "data")
    file = _file(tmp_path, _nmc(2000))
    result = runner.invoke(build_app(), ["data", "import", "cow_nmc", str(file), "--data", folder, "--check"])
    assert result.exit_code == 0
    assert not (tmp_path / "data").exists()
    assert runner.invoke(build_app(), ["data", "import", "cow_nmc", str(file), "--data", folder]).exit_code == 0
    listed = runner.invoke(build_app(), ["data", "list", "--data", folder, "--json"]).output
    assert '"cow_nmc"' in listed
    unknown = runner.invoke(build_app(), ["data", "import", "cow_nmx", str(file), "--data", folder])
    assert isinstance(unknown.exception, InputError)
    assert "did you mean 'cow_nmc'" in str(unknown.exception)


def test_real_tables_pass_their_own_checks(history: Path, tmp_path: Path) -> None:
    for name in (
        "cow_nmc",
        "cow_majors",
        "cow_contdir",
        "atop_alliance",
        "cow_mid_disps",
        "cow_mid_dirdisps",
        "cow_states",
    ):
        report = check_table(name, history / "raw" / f"{name}.parquet", Store(tmp_path))
        assert report.rows > 0


def test_empty_lines_and_cells_of_several_lines_do_not_move_the_line_that_is_named(tmp_path: Path) -> None:
    rows = _nmc(2000, 2001, 2002).splitlines()
    moved = [rows[0], "", rows[1], ",,,,,,,,", rows[2], rows[3].replace("2002", "x")]
    with pytest.raises(InputError) as caught:
        check_file("cow_nmc", _file(tmp_path, "\n".join(moved)))
    assert (caught.value.line, caught.value.field) == (6, "year")
    twice = [rows[0], "", rows[1], "", rows[1]]
    with pytest.raises(InputError, match="two rows for ccode 2, year 2000") as caught:
        check_table("cow_nmc", _file(tmp_path, "\n".join(twice)), Store(tmp_path / "data"))
    assert caught.value.line == 3
    noted = ["stateabb,note,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday"]
    noted += ['A,"two\nlines",2,A,1900,1,1,2000,1,1', "B,,20,B,1900,1,1,x,1,1"]
    with pytest.raises(InputError, match="need a number, got 'x'") as caught:
        check_file("cow_states", _file(tmp_path, "\n".join(noted)))
    assert caught.value.line == 4


def _archive(folder: Path, members: dict[str, str]) -> Path:
    file = folder / "publisher.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return file


def test_a_publishers_archive_is_read_where_it_holds_one_table(tmp_path: Path) -> None:
    one = _archive(tmp_path, {"NMC-60/NMC-60.csv": _nmc(2000, 2001), "NMC-60/readme.txt": "words"})
    frame, _, notes = check_file("cow_nmc", one)
    assert frame.height == 2
    assert notes == ["NMC-60/NMC-60.csv in the archive"]
    for members in ({"MIDA.csv": "a", "MIDB.csv": "b"}, {"codebook.pdf": "x"}, {}):
        with pytest.raises(InputError, match="an archive with one CSV file in it") as caught:
            check_file("cow_nmc", _archive(tmp_path, members))
        assert all(name in caught.value.message for name in members)
    broken = _archive(tmp_path, {"NMC.csv": _nmc(*range(1900, 2000))})
    broken.write_bytes(broken.read_bytes()[:60] + b"\x00" * 40 + broken.read_bytes()[100:])
    with pytest.raises(InputError, match="not a readable archive"):
        check_file("cow_nmc", broken)


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path, ends: str) -> None:
    plain, _, _ = check_file("cow_nmc", _file(tmp_path, _nmc(2000, 2001)))
    for content in (
        b"\xef\xbb\xbf" + _nmc(2000, 2001).replace("\n", ends).encode(),
        _nmc(2000, 2001).encode("utf-16"),
    ):
        assert check_file("cow_nmc", _file(tmp_path, content))[0].equals(plain)


@pytest.mark.parametrize(
    ("year", "says"),
    [("inf", "need a number, got 'inf'"), ("2001.5", "need a whole year"), ("99999999", "need a whole year"),
     ("-2001", "need a whole year"), ("nan", "the key is empty")],
)  # fmt: skip
def test_a_year_that_is_none_is_named(tmp_path: Path, year: str, says: str) -> None:
    file = _file(tmp_path, _nmc(2000, 2001).replace("2001", year))
    with pytest.raises(InputError) as caught:
        check_table("cow_nmc", file, Store(tmp_path / "data"))
    assert says in caught.value.message
    assert (caught.value.line, caught.value.field) == (3, "year")


def test_a_title_above_the_header_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the first line must hold the column names") as caught:
        check_file("cow_nmc", _file(tmp_path, "National Material Capabilities\n" + _nmc(2000)))
    assert caught.value.line == 2
    with pytest.raises(InputError, match="is a folder; give one file"):
        check_file("cow_nmc", tmp_path)


SPELLS = "ccode,styear,endyear\n2,1898,1945\n"
DISPUTES = "dispnum,styear,outcome,fatality,hostlev,recip\n"


@pytest.mark.parametrize(
    ("table", "text", "words"),
    [
        ("cow_majors", SPELLS + "200,1816,20l6\n", "line 3, field endyear: need a number, got '20l6'"),
        ("cow_majors", SPELLS + "200,1816,1806\n", "line 3, field endyear: ends before it begins"),
        ("cow_majors", SPELLS + "200,18160,-9\n", "line 3, field styear: need a whole year from 1500 to 2200"),
        ("cow_mid_disps", DISPUTES + "1,,1,1,1,1\n", "line 2, field styear: need a whole year"),
    ],
)
def test_years_of_spells_are_checked(tmp_path: Path, table: str, text: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        import_file(table, _file(tmp_path, text), Store(tmp_path / "data"))
    assert words in str(caught.value)


def test_a_year_of_disputes_that_is_held_must_not_vanish(tmp_path: Path) -> None:
    """Years without a dispute exist; a file that lacks a year for which disputes are held lacks a part."""
    store = Store(tmp_path / "data")
    rows = [f"{year},{year},1,1,1,1\n" for year in (2000, 2001, 2003)]
    report = import_file("cow_mid_disps", _file(tmp_path, DISPUTES + "".join(rows)), store)
    assert report.years == (2000, 2003)
    assert report.notes == ("no rows in the years 2002",)
    held = store.path("cow_mid_disps").read_bytes()
    with pytest.raises(InputError, match="no rows in the years 2001, for which 1 rows are held"):
        import_file("cow_mid_disps", _file(tmp_path, DISPUTES + rows[0] + rows[2]), store)
    assert store.path("cow_mid_disps").read_bytes() == held
    newer = import_file(
        "cow_mid_disps", _file(tmp_path, DISPUTES + rows[1] + rows[2] + "9,2004,1,1,1,1\n"), store
    )
    assert "newer edition: to 2004, held to 2003" in newer.notes
    assert "begins later: from 2001, held from 2000" in newer.notes
