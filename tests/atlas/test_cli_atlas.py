"""``foedus atlas`` as a user meets it."""

import csv
import io
import json
import subprocess
import sys

import pytest

from foedus import cli


@pytest.fixture
def run(capsys, monkeypatch):
    """Run ``foedus atlas ...`` in this process: exit status, standard output, standard error."""

    def call(*args):
        monkeypatch.setattr(sys, "argv", ["foedus", "atlas", *args])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        out, err = capsys.readouterr()
        return subprocess.CompletedProcess(args, stopped.value.code, out, err)

    return call


def test_lists_tables(run):
    result = run()
    assert result.returncode == 0
    assert "us_forces" in result.stdout
    assert "Defence spending by member" in result.stdout


def test_one_row_with_units_and_source(run):
    result = run("spending", "--member", "EST", "--year", "2024")
    assert result.returncode == 0
    assert "3.365" in result.stdout
    assert "percent of GDP" in result.stdout
    assert "28 August 2025" in result.stdout


def test_csv_and_json_carry_every_column(run):
    rows = list(
        csv.DictReader(io.StringIO(run("spending", "-m", "EST", "--as-of", "2024-07", "-f", "csv").stdout))
    )
    assert len(rows) == 11
    assert {row["edition"] for row in rows} == {"2024-06"}
    data = json.loads(run("members", "--as-of", "2023-12-09", "--format", "json").stdout)
    sweden = next(row for row in data if row["member"] == "SWE")
    assert sweden["nato_member"] is False
    assert sweden["accession_date"] is None


def test_sql_and_card(run):
    result = run("sql", "SELECT count(*) AS allies FROM members WHERE nato_member", "--as-of", "2023-12-09")
    assert (result.returncode, "31" in result.stdout) == (0, True)
    assert run("card", "us_forces").stdout.startswith("# us_forces\n")


def test_check_lists_differences_and_exits_0(run):
    result = run("check")
    assert result.returncode == 0
    assert "count2pct_2023" in result.stdout
    assert "371 published figures: 334 match, 20 differ, 17 not computed" in result.stdout
    data = json.loads(run("check", "--format", "json").stdout)
    assert len(data) == 371
    assert "Slovakia at 1.84" in next(row["reason"] for row in data if row["fact"] == "count2pct_2023")


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
def test_bad_use_is_one_line_and_exit_2(run, args, words):
    result = run(*args)
    assert result.returncode == 2
    assert result.stdout == ""
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1
    assert words in lines[0]


def test_a_fresh_process_answers_too():
    code = "from foedus.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "atlas", "spendng"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert "did you mean 'spending'" in done.stderr
    assert "Traceback" not in done.stderr
