"""The commands, as a user types them."""

import csv
import json

import pytest
from typer.testing import CliRunner

from foedus.cli import build_app
from foedus.errors import InputError

HEADER = "vector_id,SA,VA,CB,WA,WB,a,VB\n"
GAME = "payoffs: {S_A: 0, V_A: 1, C_B: 0, W_A: -1.9, W_B: -2.9, a: -1.2, V_B: 1}\n"


@pytest.fixture(scope="module")
def run():
    app = build_app()

    def invoke(*words):
        result = CliRunner().invoke(app, ["game", *map(str, words)])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.stdout

    return invoke


def test_solve_one_game(run, tmp_path):
    file = tmp_path / "c.yaml"
    file.write_text(GAME)
    found = json.loads(run("solve", file, "--json", "--select", "highest"))
    assert [e["stable"] for e in found["equilibria"]] == [True, False, True]
    assert found["certified"] and found["selected"] == 2
    assert "equilibria" in run("solve", file)


def test_batch_contract(run, tmp_path):
    (tmp_path / "p.csv").write_text(HEADER + "x,0,1,0,-1.9,-2.9,-1.2,1\ny,2,1,1,-2,-1,-1,0\n")
    run("solve", "--batch", tmp_path / "p.csv", "--out", tmp_path / "r.csv")
    rows = list(csv.DictReader((tmp_path / "r.csv").read_text().splitlines()))
    assert list(rows[0]) == [
        "vector_id",
        "equilibrium",
        "pr",
        "pc",
        "pf",
        "prob_sq",
        "prob_cd",
        "prob_sf",
        "prob_bd",
        "stable",
        "kind",
    ]
    assert [r["vector_id"] for r in rows] == ["x", "x", "x", "y"]
    assert rows[3]["kind"] == "no_challenge_corner" and float(rows[3]["prob_sq"]) == 1.0
    assert [r["stable"] for r in rows] == ["1", "0", "1", "1"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEADER + "x,nan,1,0,-1,-2,-1,1\n", "line 2, field SA"),
        (HEADER + "x,0,1,0,-1,,-1,1\n", "field WB"),
        (HEADER, "no payoff vectors"),
        ("vector_id,SA\nx,1\n", "no column VA"),
    ],
)
def test_bad_batches(run, tmp_path, text, words):
    (tmp_path / "p.csv").write_text(text)
    with pytest.raises(InputError, match=words):
        run("solve", "--batch", tmp_path / "p.csv", "--out", tmp_path / "r.csv")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GAME.replace("V_A: 1", "V_A: .nan"), "finite"),
        (GAME.replace("V_B: 1", "V_C: 1"), "unknown payoff"),
        (GAME + "inform: normal\n", "did you mean 'information'"),
        ("payoffs: [1\n", "not YAML"),
        ("- 1\n", "mapping"),
    ],
)
def test_bad_game_files(run, tmp_path, text, words):
    (tmp_path / "c.yaml").write_text(text)
    with pytest.raises(InputError, match=words):
        run("solve", tmp_path / "c.yaml")


def test_fit_predict_and_effects(run, tmp_path, reference):
    pytest.importorskip("formulaic")
    data = reference / "sigint" / "sanctions_dyad_decade.csv"
    words = ["fit", "crisis", "--data", data, "--estimator", "npl", "--out", tmp_path / "fit.json", "--json"]
    words += ["--formula", "V_A ~ 1; C_B ~ 1; W_A ~ ln_capability_ratio", "--formula", "W_B ~ 1; a ~ 1"]
    fitted = json.loads(run(*words))
    assert fitted["converged"] and len(fitted["coefficients"]) == 6
    rows = json.loads(run("predict", tmp_path / "fit.json", "--data", data, "--draws", "20", "--json"))
    assert sum(r["probability"] for r in rows[:4]) == pytest.approx(1.0)
    assert all(r["low"] <= r["high"] for r in rows)
    effects = json.loads(
        run("predict", tmp_path / "fit.json", "--data", data, "--draws", "10", "--effects", "--json")
    )
    assert sum(r["effect"] for r in effects) == pytest.approx(0.0, abs=1e-8)


def test_plot(run, tmp_path):
    (tmp_path / "c.yaml").write_text(GAME)
    run(
        "plot",
        tmp_path / "c.yaml",
        "--vary",
        "W_B",
        "--from",
        "-3.2",
        "--to",
        "-2.4",
        "--out",
        tmp_path / "e.svg",
    )
    assert "standard deviations" in (tmp_path / "e.svg").read_text()
