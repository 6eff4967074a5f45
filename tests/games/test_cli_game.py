"""The commands, as a user types them."""

import csv
import json

import numpy as np
import pytest
from scipy import optimize
from typer.testing import CliRunner

from foedus.cli import build_app
from foedus.errors import InputError
from foedus.model.games import exact
from foedus.model.games.equilibria import FOLD_ADVICE
from foedus.report.games import draw_ranks

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
        (HEADER + "\n \n", "no payoff vectors"),
        ("", "no payoff vectors"),
        ("vector_id,SA\nx,1\n", "no column VA"),
        (HEADER.replace("VA", "SA"), "two columns are called SA"),
        (HEADER.replace(",", ";"), "separated by commas"),
        (
            HEADER + "x,0,1,0,-1.9,-2.9,-1.2,1\n\nx,0,1,0,-1.9,-2.9,-1.2,1\n",
            "line 4, field vector_id: 'x' already stands in line 2",
        ),
        (HEADER + "x,0,1,0,-1.9,-2.9,-1.2,1\n ,0,1,0,-1.9,-2.9,-1.2,1\n", "line 3, field vector_id: must name"),
        (HEADER + "x,0,1,0,-1.9,-2.9,-1.2,1\n\nz,0,1,0,-1.9,-2.9,-1.2,1e7\n", "line 4, field VB"),
        (HEADER + "x,0,1,0,-1.9,-2.9,-1.2,1,9\n", "not a CSV table"),
    ],
)
def test_bad_batches(run, tmp_path, text, words):
    (tmp_path / "p.csv").write_text(text)
    with pytest.raises(InputError, match=words):
        run("solve", "--batch", tmp_path / "p.csv", "--out", tmp_path / "r.csv")


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + HEADER + "x,0,1,0,-1.9,-2.9,-1.2,1\n",
        "VB,a,note,WB,WA,CB,VA,SA,vector_id\n1,-1.2,kept apart,-2.9,-1.9,0,1,0,x\n",
        HEADER.replace(",", " , ") + "x, 0 , 1, 0, -1.9, -2.9, -1.2, 1\n",
        HEADER.replace("\n", "\r\n") + "\r\nx,0,1,0,-1.9,-2.9,-1.2,1\r\n\r\n",
        HEADER + '"x","0","1",-0.0,-19e-1,-2.9,-1.2,+1\n',
    ],
    ids=["byte-order mark", "other order and a further column", "spaces", "blank lines", "quotes"],
)
def test_odd_but_legal_batches(run, tmp_path, text):
    for name, content in (("plain", HEADER + "x,0,1,0,-1.9,-2.9,-1.2,1\n"), ("odd", text)):
        (tmp_path / f"{name}.csv").write_bytes(content.encode())
        run("solve", "--batch", tmp_path / f"{name}.csv", "--out", tmp_path / f"{name}.out")
    assert (tmp_path / "odd.out").read_text() == (tmp_path / "plain.out").read_text()


def fold(low, high):
    """Return W_B at which two equilibria of the game above melt into one: there the slope of the response is one."""
    payoffs = np.array([[0.0], [1.0], [0.0], [-1.9], [0.0], [-1.2], [1.0]])

    def steepness(x):
        return float(exact.response(payoffs, np.array([x]))[1][0]) - 1.0

    x = optimize.brentq(steepness, low, high, xtol=1e-15, rtol=1e-15)
    return x - float(exact.response(payoffs, np.array([x]))[0][0])


@pytest.mark.parametrize(("low", "high"), [(-0.67, 0.24), (0.24, 0.89)])
def test_a_game_at_a_fold_is_answered_with_advice(run, tmp_path, low, high):
    at = fold(low, high)
    file = tmp_path / "c.yaml"

    def solved(w_b):
        file.write_text(GAME.replace("-2.9", repr(w_b)))
        return json.loads(run("solve", file, "--json"))

    beside = {len(solved(at + move)["equilibria"]) for move in (1e-6, -1e-6)}
    assert beside == {1, 3}
    assert all(solved(at + move)["certified"] for move in (1e-6, -1e-6))
    found = solved(at)
    assert not found["certified"]
    assert found["advice"] == FOLD_ADVICE
    assert "not certified: two equilibria" in " ".join(run("solve", file).split())
    (tmp_path / "p.csv").write_text(f"{HEADER}easy,0,1,0,-1.9,-2.9,-1.2,1\nfold,0,1,0,-1.9,{at!r},-1.2,1\n")
    done = json.loads(run("solve", "--batch", tmp_path / "p.csv", "--out", tmp_path / "r.csv", "--json"))
    assert done["not_certified"] == ["fold"]
    assert done["advice"] == FOLD_ADVICE


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


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--rounds", "3"), "at least 10 rounds"),
        (("--draws", "10"), "one less than a multiple of 10"),
        (("--trials", "0"), "at least 1"),
        (("--out", "ranks.gif"), "a picture ends in"),
    ],
)
def test_bad_requests_for_calibration(run, words, message):
    with pytest.raises(InputError, match=message):
        run("sbc", *words)


def test_ranks_are_drawn(tmp_path):
    draw_ranks(["V_A", "W_A: x"], [[6] * 10, [12, 0] * 5], tmp_path / "ranks.svg")
    picture = (tmp_path / "ranks.svg").read_text()
    assert "rank (share of draws below)" in picture
    assert "W_A: x" in picture


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


DATA = "sq_count,cd_count,sf_count,bd_count,x\n5,2,1,1,foo\n4,2,1,1,2\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--formula", "V_A ~ 1; W_A ~ x; W_B ~ 1; a ~ 1", "--estimator", "pl"), "2 rows do not identify 5"),
        (("--formula", "V_A ~ 1; a ~ 1", "--estimator", "bayes", "--draws", "0"), "draws: must be at least 10"),
        (("--formula", "V_A ~~ (", "--estimator", "pl"), r"cannot be read: [ -~]*$"),
    ],
)
def test_bad_fits(run, tmp_path, words, message):
    pytest.importorskip("formulaic")
    (tmp_path / "d.csv").write_text(DATA)
    with pytest.raises(InputError, match=message):
        run("fit", "crisis", "--data", tmp_path / "d.csv", *words)


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
