"""A user's file gets one clear sentence: file, line, field, what would be right."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus import atlas
from foedus.atlas.load import read_table
from foedus.atlas.schemas import Attribute, Schema
from foedus.errors import InputError

HEAD = "guideline,name,date,text,source,as_of,status"
GOOD = "g1,Name,2024-01-01,Text,me,2024-01-02,measured"


@pytest.fixture
def file(tmp_path):
    def make(content):
        path = tmp_path / "mine.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return make


def refusal(path, name="guidelines"):
    with pytest.raises(InputError) as caught:
        atlas.load_user_table(path, name)
    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) < 500
    return caught.value


def test_a_good_file_loads(file):
    frame = atlas.load_user_table(file(f"{HEAD},target_value\n{GOOD},2.5\n"), "guidelines")
    assert frame["target_value"].to_list() == [2.5]
    assert frame["deadline_year"].to_list() == [None]
    assert frame.columns == list(atlas.schema("guidelines").columns)


def test_byte_order_mark_and_windows_lines(file):
    frame = atlas.load_user_table(file(f"\ufeff{HEAD}\r\n{GOOD}\r\n"), "guidelines")
    assert frame["guideline"].to_list() == ["g1"]


@pytest.mark.parametrize(
    ("content", "line", "field", "words"),
    [
        (f"{HEAD}\n{GOOD.replace('2024-01-01', '2024-13-01')}\n", 2, "date", "YYYY-MM-DD"),
        (
            f"{HEAD}\n{GOOD}\n{GOOD.replace('measured', 'mesured').replace('g1', 'g2')}\n",
            3,
            "status",
            "measured, est",
        ),
        (f"{HEAD},target_value\n{GOOD},140\n", 2, "target_value", "100 or less"),
        (f"{HEAD},target_value\n{GOOD},-1\n", 2, "target_value", "0 or more"),
        (f"{HEAD},target_value\n{GOOD},two\n", 2, "target_value", "a number"),
        (f"{HEAD},target_value\n{GOOD},inf\n", 2, "target_value", "a finite number"),
        (f"{HEAD},deadline_year\n{GOOD},2030.5\n", 2, "deadline_year", "a whole number"),
        (f"{HEAD},member\n{GOOD},ESX\n", 2, "member", "a state of the atlas"),
        (f"{HEAD},member\n{GOOD},est\n", 2, "member", "three capital letters"),
        (f"{HEAD},target\n{GOOD},2\n", 1, "target", "did you mean 'target_"),
        (f"{HEAD},name\n{GOOD},x\n", 1, "name", "stands twice"),
        (f"{HEAD}\n{GOOD}\n{GOOD}\n", 3, "guideline", "twice"),
        (f"{HEAD}\n{GOOD}\n{GOOD.replace('g1', '')}\n", 3, "guideline", "empty"),
        (
            f'{HEAD}\ng0,"two\nlines",2024-01-01,t,s,2024-01-01,measured\nx,,2024-01-01,t,s,2024-01-01,measured\n',
            4,
            "name",
            "",
        ),
        ("guideline,date\ng1,2024-01-01\n", 1, "name", "required"),
    ],
)
def test_each_fault_is_named_with_its_place(file, content, line, field, words):
    path = file(content)
    error = refusal(path)
    assert (error.file, error.line, error.field) == (str(path), line, field)
    assert words in error.message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"  \n\n", "empty"),
        (b"\x00\x01\x02\x03", "binary"),
        (b"PK\x03\x04" + b"\x00" * 50, "binary"),
        (f"{HEAD}\n{GOOD}\n".encode("utf-16"), "binary"),
        (f"{HEAD}\ng1,Caf\u00e9,2024-01-01,t,s,2024-01-01,measured\n".encode("latin-1"), "UTF-8"),
        (f"{HEAD}\n{GOOD}\ng2,Name,2024-0", "cut off"),
        (f"{HEAD}\n{GOOD},x,y\n", "9 fields"),
        (f'{HEAD}\ng1,"never closed,2024-01-01,t,s,2024-01-01,measured\n', "fields"),
    ],
)
def test_files_that_are_no_table(file, content, words):
    assert words in str(refusal(file(content)))


def test_a_huge_file_is_refused_unread(tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as handle:
        handle.truncate(100_000_000)
    assert "100 MB is too large" in str(refusal(path))


def test_a_huge_cell_before_the_fault(file):
    bad = GOOD.replace("measured", "mesured").replace("g1", "g2")
    error = refusal(file(f"{HEAD}\n{GOOD.replace('Text', 'x' * 300_000)}\n{bad}\n"))
    assert (error.line, error.field) == (3, "status")


def test_defaults_fill_empty_cells(tmp_path):
    attributes = (
        Attribute("a", "text", "", True, True, None, None, (), None, "Key"),
        Attribute("b", "number", "km", True, False, 0, None, (), "1.5", "With a default"),
    )
    path = tmp_path / "d.csv"
    path.write_text("a,b\nx,\ny,2\n")
    assert read_table(path, Schema("d", "Test", attributes))["b"].to_list() == [1.5, 2.0]
    path.write_text("a\nx\n")
    assert read_table(path, Schema("d", "Test", attributes))["b"].to_list() == [1.5]


def test_no_file_a_folder_and_no_schema(tmp_path):
    assert "no such file" in str(refusal(tmp_path / "none.csv"))
    assert "folder" in str(refusal(tmp_path))
    assert "did you mean 'guidelines'" in str(refusal(tmp_path, "guideline"))


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_break_it(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("bytes") / "mine.csv"
    path.write_bytes(data)
    with pytest.raises(InputError):
        atlas.load_user_table(path, "guidelines")


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text(max_size=12), min_size=7, max_size=7))
def test_no_row_breaks_it(tmp_path_factory, cells):
    import csv

    path = tmp_path_factory.mktemp("cells") / "mine.csv"
    with path.open("w", encoding="utf-8", newline="", errors="replace") as handle:
        writer = csv.writer(handle)
        writer.writerow(HEAD.split(","))
        writer.writerow(cells)
    try:
        atlas.load_user_table(path, "guidelines")
    except InputError as error:
        assert error.line is not None or "binary" in str(error) or "empty" in str(error)
