"""SQL over the tables reads and only reads."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus import atlas
from foedus.errors import InputError


@pytest.mark.parametrize("name", atlas.tables())
@pytest.mark.parametrize("as_of", [None, "2024-07-01"])
def test_sql_sees_what_table_returns(name, as_of):
    mine = atlas.table(name, as_of=as_of)
    theirs = atlas.sql(f'SELECT * FROM "{name}"', as_of=as_of)
    assert theirs.columns == mine.columns
    assert theirs.height == mine.height
    for column in mine.columns:
        want = sorted(map(repr, mine[column].to_list()))
        assert sorted(map(repr, theirs[column].to_list())) == want, column
    if atlas.schema(name).has_editions:
        every = atlas.sql(f'SELECT count(*) FROM "{name}_all"', as_of=as_of).item()
        assert every == atlas.table(name, as_of=as_of, all_editions=True).height


def test_values_and_types_arrive():
    frame = atlas.sql(
        "SELECT member, year, pct_gdp, as_of, estimate FROM spending WHERE member = 'EST' AND year = 2024"
    )
    row = frame.row(0, named=True)
    assert row["pct_gdp"] == pytest.approx(3.365, abs=0.001)
    assert row["as_of"] == dt.date(2025, 8, 28)
    assert row["estimate"] is True


def test_equal_names_and_no_rows():
    assert atlas.sql("SELECT 1 AS a, 2 AS a").columns == ["a", "a_2"]
    assert atlas.sql("SELECT member FROM members WHERE false").is_empty()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM read_csv('https://example.org/a.csv')",
        "COPY members TO '/tmp/members.csv'",
        "ATTACH '/tmp/a.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "PRAGMA version",
        "DROP TABLE members",
        "DELETE FROM members_all",
        "WITH a AS (SELECT 1) DELETE FROM members_all",
        "EXPLAIN ANALYZE DELETE FROM members_all",
        "CREATE TABLE x AS SELECT 1",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE members",
        "SELECT outcomes FROM outcomes",
        "selct 1",
        "SELECT membr FROM members",
        "",
        "   ;",
        "SELECT '",
        "\x00",
    ],
)
def test_anything_else_is_refused_in_one_line(query):
    with pytest.raises(InputError) as caught:
        atlas.sql(query)
    assert len(str(caught.value).splitlines()) == 1
    assert atlas.sql("SELECT count(*) FROM members").item() == 35


def test_a_python_variable_is_out_of_reach():
    secret = pl.DataFrame({"a": [1]})
    with pytest.raises(InputError):
        atlas.sql("SELECT * FROM secret")
    assert secret.height == 1


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_it(text):
    try:
        result = atlas.sql(text)
    except InputError as error:
        assert str(error)
    else:
        assert isinstance(result, pl.DataFrame)
