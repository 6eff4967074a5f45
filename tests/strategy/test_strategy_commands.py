"""The strategic commands, end to end on few draws, and how they refuse bad input."""

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from foedus.cli import build_app
from foedus.ensemble import Options, run_ensemble
from foedus.errors import InputError
from foedus.model.parameters import register
from foedus.scenario import load

runner = CliRunner()


def call(*words):
    result = runner.invoke(build_app(), [*words, "--json"], catch_exceptions=False)
    assert result.exit_code == 0
    return json.loads(result.stdout)


def test_trust_reports_every_ally_and_a_falling_curve():
    found = call("trust", "--draws", "3")
    assert len(found["members"]) == 31
    curve = [cell["p50"] for cell in found["alliance"]["joining_if_trust_holds"]]
    assert curve == sorted(curve, reverse=True)
    ranking = [row["mean_total_loss"] for row in found["pivots"]["ranking"]]
    assert ranking == sorted(ranking, reverse=True)
    assert all(row["mean_total_loss"] >= row["mean_direct_loss"] - 1e-9 for row in found["pivots"]["ranking"])


def test_council_from_the_model_is_a_distribution():
    found = call("council", "article-5:EST")
    assert sum(found["election"]["conditional"]) == pytest.approx(1)
    assert all(0 <= row["position"] <= 1 for row in found["members"])


def test_hedge_marginals_cover_every_line():
    found = call("hedge", "--member", "EST", "--draws", "2")
    (row,) = found["mix"]
    assert sum(cell["mean"] for cell in row["share_of_budget"].values()) == pytest.approx(1, abs=1e-6)
    assert set(found["marginal_security"]["EST"]) == set(found["lines"])
    assert found["marginal_security"]["EST"]["hosting"]["own"]["p50"] >= -1e-4


def test_theatre_patron_helps_in_every_form_and_horizon():
    found = call("theatre", "--member", "EST", "--draws", "5")
    assert set(found["odds"]) == {"ratio", "lanchester", "salvo"}
    for cells in found["odds"].values():
        for cell in cells:
            assert cell["patron_certain"]["p50"] <= cell["as_believed"]["p50"] <= cell["patron_absent"]["p50"]


def test_windows_read_a_finished_run(tmp_path):
    (scenario,) = load("baseline", known_parameters=set(register()), horizon="4y")
    run_ensemble([scenario], tmp_path / "run", Options(draws=2))
    found = call("windows", str(tmp_path / "run"), "--draws", "2")
    assert found["paths"] == 9
    for row in found["by_quarter"]:
        planned, rash = (
            row[k]["p50"] for k in ("challenges_planned_per_quarter", "challenges_without_waiting_per_quarter")
        )
        assert 0 <= planned <= rash + 1e-6
    assert {w["kind"] for w in found["windows"]} <= {"opening", "closing"}


@pytest.mark.parametrize(
    "words",
    [
        ["theatre", "--member", "EST", "--form", "salvos"],
        ["hedge", "--budget", "0"],
        ["theatre", "--member", "XXX", "--draws", "1"],
        ["windows", "nowhere"],
        ["council", "nosuch"],
        ["trust", "--scenario", "four-worlds"],
    ],
)
def test_bad_input_is_refused_in_words(words):
    with pytest.raises(InputError) as caught:
        runner.invoke(build_app(), words, catch_exceptions=False)
    assert "\n" not in str(caught.value)


def test_a_bad_council_file_exits_2_on_one_line(tmp_path):
    path = tmp_path / "c.yaml"
    path.write_text("title: x\n", encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", "from foedus.cli import main; main()", "council", str(path)],
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "line" in done.stderr
