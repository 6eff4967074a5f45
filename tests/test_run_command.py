"""The commands run, compare, explain, parameters and verify, as a user calls them."""

import json
import shutil
import subprocess
import sys
import textwrap

import pytest

from foedus.cli import build_app, main
from foedus.ensemble import Options, run_ensemble
from foedus.scenario import load_many

START, HORIZON, DRAWS = "2025-05", "8q", 60


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A run of two scenarios, made without the command."""
    path = tmp_path_factory.mktemp("runs") / "two"
    run_ensemble(
        load_many(["baseline", "dormant-nato"], start=START, horizon=HORIZON), path, Options(draws=DRAWS)
    )
    return path


@pytest.fixture
def call(monkeypatch, capsys):
    """Call the command line in this process; returns exit code, standard output and standard error."""

    def invoke(*arguments):
        monkeypatch.setattr(sys, "argv", ["foedus", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            main()
        out = capsys.readouterr()
        return stop.value.code, out.out, out.err

    return invoke


BAD_RUNS = [
    (["run", "forty-two"], "no shipped scenario and no file"),
    (["run", "baselin"], "did you mean 'baseline'"),
    (["run", "nowhere/s.yaml"], "no such file"),
    (["run", "baseline", "--draws", "0"], "draws must be at least 1"),
    (["run", "baseline", "--draws", "many"], "draws"),
    (["run", "baseline", "--as-of", "yesterday"], "YYYY-MM-DD"),
    (["run", "baseline", "--as-of", "1890-01-01"], ""),
    (["run", "baseline", "--start", "2025-13"], "--start"),
    (["run", "baseline", "--start", "1949-04"], ""),
    (["run", "baseline", "--horizon", "a while"], "--horizon"),
    (["run", "baseline", "--workers", "0"], "workers must be at least 1"),
    (["run", "baseline", "--chunk", "0"], "chunk must be at least 1"),
    (["run", "baseline", "dormant-nato", "baseline", "--draws", "-3"], "draws must be at least 1"),
    (["run"], "scenario"),
    (["explain", "nowhere", "credibility", "EST", "2026"], "no finished run"),
    (["compare", "nowhere", "nowhere"], "no finished run"),
    (["verify", "nowhere"], "no finished run"),
    (["parameters", "--status", "guessed"], "unknown status"),
    (["parameters", "zebra"], "no entry matches"),
]


@pytest.mark.parametrize(
    ("arguments", "says"), BAD_RUNS, ids=lambda x: " ".join(x) if isinstance(x, list) else ""
)
def test_bad_use_is_one_line_and_exit_2(call, arguments, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = call(*arguments)
    assert code == 2
    assert out == ""
    assert len(err.strip().splitlines()) == 1
    assert err.startswith("foedus: ")
    assert says in err
    assert list(tmp_path.iterdir()) == []


def test_an_out_that_is_a_file_is_refused_and_left_alone(call, tmp_path):
    (tmp_path / "mine").write_text("precious")
    code, _, err = call("run", "baseline", "--draws", "1", "--out", tmp_path / "mine")
    assert code == 2
    assert "is a file; give a folder" in err
    assert (tmp_path / "mine").read_text() == "precious"


def test_a_folder_that_cannot_be_made_is_told_in_words(call, tmp_path):
    (tmp_path / "mine").write_text("precious")
    code, _, err = call("run", "baseline", "--draws", "1", "--out", tmp_path / "mine" / "deeper")
    assert code == 2
    assert len(err.strip().splitlines()) == 1
    assert "mine" in err


def test_run_writes_everything_and_prints_the_summary(call, tmp_path):
    out = tmp_path / "run"
    code, text, _ = call("run", "baseline", "dormant-nato", "--start", START, "--horizon", HORIZON,
                         "--draws", DRAWS, "--out", out, "--json")  # fmt: skip
    assert code == 0
    assert json.loads(text) == json.loads((out / "summary.json").read_text(encoding="utf-8"))
    names = {path.name for path in out.iterdir()}
    assert names >= {
        "summary.json",
        "manifest.json",
        "insight.json",
        "report.html",
        "results.zarr",
        "parameters.csv",
    }
    page = (out / "report.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")


CHILD = """
    import os, signal, sys
    from foedus.ensemble.store import BlockStore

    save = BlockStore.save
    def save_then_interrupt(self, scenario, first, block):
        save(self, scenario, first, block)
        os.kill(os.getpid(), signal.SIGINT)
    BlockStore.save = save_then_interrupt
    from foedus.cli import main
    main()
"""


def test_an_interrupt_exits_130_keeps_blocks_and_resumes(folder, tmp_path):
    out = tmp_path / "run"
    arguments = ["run", "baseline", "dormant-nato", "--start", START, "--horizon", HORIZON,
                 "--draws", str(DRAWS), "--workers", "1", "--out", str(out)]  # fmt: skip
    child = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(CHILD), *arguments],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert child.returncode == 130
    assert child.stderr.strip() == "foedus: interrupted; what is done is kept"
    kept = list((out / "blocks").rglob("*.block"))
    assert 1 <= len(kept) < 4
    assert not (out / "manifest.json").exists()
    scenarios = load_many(["baseline", "dormant-nato"], start=START, horizon=HORIZON)
    done = run_ensemble(scenarios, out, Options(draws=DRAWS, resume=True))
    whole = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert done.manifest["results_sha256"] == whole["results_sha256"]


def test_explain_traces_a_number(call, folder):
    code, out, _ = call("explain", folder, "credibility", "est", "2026", "--scenario", "dormant-nato", "--json")
    trace = json.loads(out)
    assert code == 0
    assert trace["member"] == "EST"
    assert trace["scenario"] == "dormant-nato"
    code, out, _ = call("explain", folder, "credibility", "EST", "2026")
    assert code == 0
    assert "recomputed from the stored draws" in out
    code, _, err = call("explain", folder, "credibility", "XXX", "2026")
    assert code == 2
    assert "no member 'XXX'" in err


def test_compare_shows_both_runs(call, folder):
    code, out, _ = call("compare", folder, folder, "--json")
    assert code == 0
    assert json.loads(out)["differing_inputs"] == {}
    code, out, _ = call("compare", folder, folder)
    assert code == 0
    assert "nothing but the scenarios" in out


def test_verify_says_ok_or_differs(call, folder, tmp_path):
    code, out, _ = call("verify", folder)
    assert code == 0
    assert all(line.startswith("ok") for line in out.strip().splitlines())
    shutil.copytree(folder, tmp_path / "run")
    content = json.loads((tmp_path / "run" / "summary.json").read_text(encoding="utf-8"))
    content["scenarios"]["baseline"]["title"] = "Another"
    (tmp_path / "run" / "summary.json").write_text(json.dumps(content), encoding="utf-8")
    code, out, _ = call("verify", tmp_path / "run")
    assert code == 2
    assert "DIFFERS  summary" in out


def test_parameters_lists_the_register(call):
    code, out, _ = call("parameters", "--status", "assumed", "--json")
    rows = json.loads(out)
    assert code == 0
    assert rows
    assert {row["status"] for row in rows} == {"assumed"}
    code, out, _ = call("parameters", "crisis")
    assert code == 0
    assert "crisis" in out


@pytest.mark.parametrize("command", ["run", "compare", "explain", "parameters", "verify"])
def test_help_holds_an_example(call, command):
    code, out, _ = call(command, "--help")
    assert code == 0
    assert f"foedus {command}" in out


def test_the_commands_are_there():
    assert {c.name for c in build_app().registered_commands} >= {
        "run",
        "compare",
        "explain",
        "parameters",
        "verify",
    }
