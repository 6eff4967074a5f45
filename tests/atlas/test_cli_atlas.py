"""``foedus atlas`` as a user meets it."""

import csv
import io
import json
import subprocess
import sys

import pytest


def run(*args):
    return subprocess.run(
        [sys.executable, "-c", "from foedus.cli import main; main()", "atlas", *args],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_lists_tables():
    result = run()
    assert result.returncode == 0
    assert "us_forces" in result.stdout
    assert "Defence spending by member" in result.stdout


def test_one_row_with_units_and_source():
    result = run("spending", "--member", "EST", "--year", "2024")
    assert result.returncode == 0
    assert "3.365" in result.stdout
    assert "percent of GDP" in result.stdout
    assert "28 August 2025" in result.stdout


def test_csv_and_json_carry_every_column():
    rows = list(
        csv.DictReader(io.StringIO(run("spending", "-m", "EST", "--as-of", "2024-07", "-f", "csv").stdout))
    )
    assert len(rows) == 11
    assert {row["edition"] for row in rows} == {"2024-06"}
    data = json.loads(run("members", "--as-of", "2023-12-09", "--format", "json").stdout)
    sweden = next(row for row in data if row["member"] == "SWE")
    assert sweden["nato_member"] is False
    assert sweden["accession_date"] is None


def test_sql_and_card():
    result = run("sql", "SELECT count(*) AS allies FROM members WHERE nato_member", "--as-of", "2023-12-09")
    assert (result.returncode, "31" in result.stdout) == (0, True)
    assert run("card", "us_forces").stdout.startswith("# us_forces\n")


def test_check_lists_differences_and_exits_0():
    result = run("check")
    assert result.returncode == 0
    assert "later tables put Slovakia at 1.84" in result.stdout
    assert "372 published figures" in result.stdout or "371 published figures" in result.stdout
    assert len(json.loads(run("check", "--format", "json").stdout)) == 371


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["spendng"], "did you mean 'spending'"),
        (["chek"], "did you mean 'check'"),
        (["spending", "--member", "ESX"], "did you mean 'EST'"),
        (["spending", "--as-of", "2024-13"], "not in the calendar"),
        (["spending", "--as-of", "1066"], "before it"),
        (["spending", "--year", "soon"], "--year"),
        (["spending", "--format", "xml"], "csv, json, table"),
        (["enablers", "--member", "EST"], "no column of states"),
        (["check", "more"], "one word too many"),
        (["sql"], "the query is empty"),
        (["sql", "SELECT membr FROM members"], "member"),
        (["sql", "DROP TABLE members"], "only reading"),
        (["card", "nothing"], "known:"),
        (["sql", "SELECT 1", "--member", "EST"], "does not take it"),
    ],
)
def test_bad_use_is_one_line_and_exit_2(args, words):
    result = run(*args)
    assert result.returncode == 2
    assert result.stdout == ""
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1
    assert words in lines[0]
