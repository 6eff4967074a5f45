"""The commands as a user meets them."""

import json

import pytest

from foedus import cli

COMMANDS = [
    ["list"],
    ["show", "leave"],
    ["show", "leave", "--on", "2023-12-01"],
    ["show", "nat.13", "--on", "1966-03-07"],
    ["leave", "--member", "USA", "--notice", "2025-03-01", "--ignore-statute"],
    ["leave", "--member", "USA", "--notice", "2025-03-01", "--congress", "act"],
    ["leave", "--member", "USA", "--notice", "2025-03-01", "--suit", "--open"],
    ["attack", "--on", "EST", "--date", "2027-05-01", "--veto", "HUN", "--veto", "SVK"],
    ["accede", "--candidate", "UKR", "--date", "2026-01-01"],
    ["suspend", "--date", "2026-03-01"],
    ["sale", "--buyer", "ISR", "--value", "106.5M", "--kind", "mde", "--notified", "2023-12-08", "--emergency"],
    ["sale", "--buyer", "SAU", "--value", "1bn", "--kind", "mde", "--notified", "2023-12-08"],
    ["drawdown", "--host", "DEU", "--share", "0.33", "--date", "2026-03-01"],
    ["withhold", "--date", "2025-07-20", "--out", "2025-08-01..2025-08-31"],
    ["precedent", "taiwan"],
    ["sales", "--buyer", "POL"],
    ["sales", "--year", "2024"],
    ["sales", "--pending", "2024-02-01"],
    ["branches"],
    ["cases"],
]


def run(capsys, monkeypatch, *args):
    monkeypatch.setattr("sys.argv", ["foedus", "law", *args])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    return stop.value.code, *capsys.readouterr()


@pytest.mark.parametrize("args", COMMANDS, ids=" ".join)
def test_command_prints_for_people_and_programs(capsys, monkeypatch, args):
    code, out, err = run(capsys, monkeypatch, *args)
    assert (code, err) == (0, "")
    assert out.strip()
    code, out, err = run(capsys, monkeypatch, *args, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)


def test_flags_not_named_are_no_when_one_is_named(capsys, monkeypatch):
    _, out, _ = run(capsys, monkeypatch, "leave", "--notice", "2025-03-01", "--ignore-statute", "--json")
    found = json.loads(out)
    assert found["effective"]["p95"] == "2026-03-01"
    assert found["effective"]["probability_ever"] == 1
    _, out, _ = run(
        capsys, monkeypatch, "leave", "--notice", "2025-03-01", "--ignore-statute", "--open", "--json"
    )
    assert json.loads(out)["effective"]["probability_ever"] < 1
    _, out, _ = run(capsys, monkeypatch, "leave", "--notice", "2025-03-01", "--congress", "act", "--json")
    assert json.loads(out)["effective"]["earliest"] == "2026-08-28"


@pytest.mark.parametrize(
    "args",
    [
        ["leave", "--notice", "2025-02-29"],
        ["leave", "--notice", "soon"],
        ["leave", "--notice", "2025-03-01", "--congress", "maybe"],
        ["leave", "--notice", "2025-03-01", "--member", "Atlantis"],
        ["leave", "--notice", "1940-01-01"],
        ["attack", "--on", "EST", "--date", "2027-05-01", "--veto", "RUS"],
        ["attack", "--on", "EST", "--date", "2027-05-01", "--where", "moon"],
        ["sale", "--buyer", "Atlantis", "--value", "5M", "--kind", "mde", "--notified", "2024-01-01"],
        ["sale", "--buyer", "POL", "--value", "-5M", "--kind", "mde", "--notified", "2024-01-01"],
        ["sale", "--buyer", "POL", "--value", "$5M", "--kind", "mde", "--notified", "2024-01-01"],
        ["sale", "--buyer", "POL", "--value", "5M", "--kind", "tanks", "--notified", "2024-01-01"],
        ["sale", "--buyer", "POL", "--value", "5M", "--kind", "mde", "--notified", "1960-01-01"],
        ["drawdown", "--host", "DEU", "--share", "1.4", "--date", "2026-03-01"],
        ["drawdown", "--host", "DEU", "--share", "nan", "--date", "2026-03-01"],
        ["show", "leeve"],
        ["show", "leave", "--on", "1700-01-01"],
        ["show", "nat.13", "--on", "1948-01-01"],
        ["precedent", "versailles"],
        ["sales", "--buyer", "Atlantis"],
        ["sales", "--year", "1920"],
        ["withhold", "--date", "2025-07-20", "--out", "2025-08-01"],
        ["cases", "no-such.cases.yaml"],
        ["leave", "--notice", "2025-03-01", "--svg", "picture.png"],
        ["leave", "--notice", "2025-03-01", "--svg", "/no/such/folder/p.svg"],
    ],
    ids=" ".join,
)
def test_bad_input_is_one_line_and_exit_2(capsys, monkeypatch, args):
    code, out, err = run(capsys, monkeypatch, *args)
    assert code == 2
    assert out == ""
    assert len(err.strip().splitlines()) == 1
    assert err.startswith("foedus: ")


def test_picture_is_written(capsys, monkeypatch, tmp_path):
    target = tmp_path / "leave.svg"
    code, out, _ = run(capsys, monkeypatch, "leave", "--notice", "2025-03-01", "--svg", str(target))
    assert code == 0
    assert "Picture written" in out
    assert target.read_text(encoding="utf-8").startswith("<svg")


def test_a_failed_case_is_exit_2_and_names_the_line(capsys, monkeypatch, tmp_path):
    path = tmp_path / "own.cases.yaml"
    path.write_text(
        "cases:\n  - {name: n, do: leave, with: {member: ESP, notice: 2025-03-01}, expect: {p50: 2027-01-01}}\n"
    )
    code, out, err = run(capsys, monkeypatch, "cases", str(path))
    assert code == 2
    assert "0 of 1 cases passed" in out
    assert "own.cases.yaml, line 2" in err
