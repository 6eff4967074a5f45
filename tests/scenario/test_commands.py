"""The commands as a user types them."""

import json
import subprocess
import sys

import pytest

from foedus.scenario import load, names


def run(*args, cwd=None):
    return subprocess.run(
        [sys.executable, "-c", "from foedus.cli import main; main()", *args],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=cwd,
        env=None,
    )


@pytest.fixture
def inside(monkeypatch, capsys, tmp_path):
    """Return a function that runs the command line in this process: status, output, errors."""
    monkeypatch.chdir(tmp_path)

    def call(*args):
        from foedus import cli

        monkeypatch.setattr(sys, "argv", ["foedus", *args])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        captured = capsys.readouterr()
        return stop.value.code, captured.out, captured.err

    return call


def test_new_then_check_in_a_fresh_process(tmp_path):
    made = run("new", "my-scenario", cwd=tmp_path)
    assert (made.returncode, made.stderr) == (0, "")
    checked = run("check", "my-scenario.yaml", cwd=tmp_path)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "my-scenario is right" in checked.stdout


def test_bad_file_is_one_line_and_exit_2(tmp_path):
    (tmp_path / "bad.yaml").write_text("name: bad\ntitle: B\nstart: 2026-01\nhorizen: 10y\n")
    result = run("check", "bad.yaml", cwd=tmp_path)
    assert result.returncode == 2
    assert result.stdout == ""
    expected = "foedus: bad.yaml, line 4, field horizen: unknown key 'horizen'; did you mean 'horizon'?\n"
    assert result.stderr == expected


def test_list(inside):
    status, out, _ = inside("scenarios")
    assert status == 0
    for name in names():
        assert name in out


def test_list_as_json(inside):
    _, out, _ = inside("scenarios", "--json")
    rows = {row["name"]: row for row in json.loads(out)}
    assert set(rows) == set(names())
    assert len(rows["four-worlds"]["scenarios"]) == 4


def test_show_one(inside):
    _, out, _ = inside("scenarios", "ultimatum")
    assert "Spend by the end of 2027, or else" in out
    assert "target_pct_gdp: 3.5" in out
    _, out, _ = inside("scenarios", "ultimatum", "--json")
    assert json.loads(out)["sources"]


def test_show_as_yaml_is_the_file(inside, tmp_path):
    _, out, _ = inside("scenarios", "bluff", "--yaml")
    (tmp_path / "bluff-copy.yaml").write_text(out)
    assert load(tmp_path / "bluff-copy.yaml") == load("bluff")


def test_unknown_shipped_name(inside):
    status, out, err = inside("scenarios", "ultimatun")
    assert (status, out) == (2, "")
    assert err == "foedus: no shipped scenario 'ultimatun'; did you mean 'ultimatum'?\n"


def test_yaml_needs_a_name(inside):
    status, _, err = inside("scenarios", "--yaml")
    assert status == 2
    assert "needs the name" in err


@pytest.mark.parametrize("source", ["dormant-nato", "four-worlds"])
def test_new_from_a_shipped_one(inside, tmp_path, source):
    status, out, _ = inside("new", "mine", "--from", source)
    assert status == 0
    assert "foedus run mine.yaml" in out
    copied = load(tmp_path / "mine.yaml")
    assert [one.interventions for one in copied] == [one.interventions for one in load(source)]
    assert source == "four-worlds" or copied[0].name == "mine"


def test_new_from_a_file_into_a_folder(inside, tmp_path):
    inside("new", "first")
    status, _, _ = inside("new", "second", "--from", "first.yaml", "--out", str(tmp_path))
    assert status == 0
    assert load(tmp_path / "second.yaml")[0].name == "second"


def test_the_hints_of_a_new_file_are_right(inside, tmp_path):
    inside("new", "hinted")
    path = tmp_path / "hinted.yaml"
    kept = [line for line in path.read_text().splitlines() if not line.endswith((".", "to use."))]
    lines = [line.removeprefix("# ") for line in kept if not line.startswith("# Check")]
    path.write_text("\n".join(lines))
    (hinted,) = load(path)
    assert [act.verb for act in hinted.interventions] == ["draw_down"]
    assert hinted.beliefs is not None


def test_new_never_overwrites(inside, tmp_path):
    (tmp_path / "mine.yaml").write_text("precious")
    status, _, err = inside("new", "mine")
    assert status == 2
    assert "the file exists" in err
    assert (tmp_path / "mine.yaml").read_text() == "precious"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("new", "My Scenario"), "lower-case letters"),
        (("new", "x", "--from", "ultimatun"), "did you mean 'ultimatum'"),
        (("new", "x", "--out", "no/such/folder/x.yaml"), "does not exist"),
        (("check",), "FILE"),
        (("check", "nowhere.yaml"), "no such file"),
    ],
)
def test_bad_use(inside, args, words):
    status, out, err = inside(*args)
    assert (status, out) == (2, "")
    assert words in err
    assert len(err.strip().splitlines()) == 1


def test_check_reports_every_file(inside, tmp_path):
    (tmp_path / "bad.yaml").write_text("name: bad\n")
    (tmp_path / "worse.yaml").write_text("")
    status, out, err = inside("check", "bad.yaml", "bluff", "worse.yaml")
    assert status == 2
    assert "bluff is right" in out
    assert [line.split(",")[0] for line in err.splitlines()] == ["foedus: bad.yaml", "foedus: worse.yaml"]


def test_check_knows_the_register(inside, tmp_path):
    (tmp_path / "s.yaml").write_text(
        "name: s\ntitle: S\nstart: 2026-01\nhorizon: 1y\nparameters:\n  politics.gap_presure: 0.1\n"
    )
    status, _, err = inside("check", "s.yaml")
    assert status == 2
    assert "did you mean 'politics.gap_pressure'?" in err


def test_check_as_json(inside, tmp_path):
    (tmp_path / "bad.yaml").write_text("name: bad\ntitle: B\nstart: 2026-01\n")
    status, out, _ = inside("check", "bad.yaml", "--json")
    assert status == 2
    (report,) = json.loads(out)
    assert (report["ok"], report["line"], report["field"]) == (False, 1, "horizon")


def test_schema_is_printed(inside):
    _, out, _ = inside("schema")
    assert json.loads(out)["title"] == "Foedus scenario file"
