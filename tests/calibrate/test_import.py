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
