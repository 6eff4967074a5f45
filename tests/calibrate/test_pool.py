from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats
from typer.testing import CliRunner

from foedus.calibrate import pool
from foedus.calibrate.pool_file import pool_file
from foedus.cli import build_app
from foedus.ensemble.draws import make_plan, priors, sample_parameters
from foedus.errors import InputError
from foedus.model.parameters import register
from foedus.scenario import load_many

LEVELS = (0.05, 0.5, 0.95)
EXPERTS = """\
question: Type of the next administration
outcomes: [committed, transactional, withdrawing]
experts:
  - name: Real
    probabilities: {committed: 0.05, transactional: 0.25, withdrawing: 0.70}
  - name: Bluff
    probabilities: {committed: 0.25, transactional: 0.70, withdrawing: 0.05}
"""


def _simplex(rows: int = 3, columns: int = 3) -> st.SearchStrategy[np.ndarray]:
    return arrays(float, (rows, columns), elements=st.floats(0.01, 1)).map(
        lambda x: x / x.sum(axis=1, keepdims=True)
    )


@given(_simplex(), st.floats(1, 4))
def test_pools_are_probabilities_and_do_not_depend_on_the_order(p: np.ndarray, factor: float) -> None:
    for make in (pool.linear_pool, pool.log_odds_pool, lambda x: pool.log_odds_pool(x, extremise=factor)):
        out = make(p)
        assert out.sum() == pytest.approx(1)
        assert np.all(out >= 0)
        assert make(p[::-1]) == pytest.approx(out)


@given(_simplex(1))
def test_agreement_stays_as_it_is_and_extremising_sharpens_it(p: np.ndarray) -> None:
    same = np.repeat(p, 4, axis=0)
    assert pool.linear_pool(same) == pytest.approx(p[0])
    assert pool.log_odds_pool(same) == pytest.approx(p[0], abs=1e-9)
    assert pool.log_odds_pool(same, extremise=2).max() >= p.max() - 1e-9


@given(_simplex())
def test_the_linear_pool_stays_between_the_experts(p: np.ndarray) -> None:
    out = pool.linear_pool(p)
    assert np.all(out >= p.min(axis=0) - 1e-12)
    assert np.all(out <= p.max(axis=0) + 1e-12)


def test_log_odds_of_two_outcomes_is_the_mean_of_the_log_odds() -> None:
    out = pool.log_odds_pool([[0.9, 0.1], [0.6, 0.4]])
    mean = (np.log(0.9 / 0.1) + np.log(0.6 / 0.4)) / 2
    assert out[0] == pytest.approx(1 / (1 + np.exp(-mean)))


def _expert(slots: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Quantiles (0, 1, 2) on every question, truths in the given slots."""
    place = np.array([-0.5, 0.5, 1.5, 2.5])
    return np.tile([0.0, 1.0, 2.0], (1, len(slots), 1)), place[slots]


def test_cooke_calibration_by_hand() -> None:
    """Ten seeds, of which 2, 3, 3, 2 fall into slots with probabilities 0.05, 0.45, 0.45, 0.05."""
    quantiles, truth = _expert([0, 0, 1, 1, 1, 2, 2, 2, 3, 3])
    information = 2 * 0.2 * np.log(0.2 / 0.05) + 2 * 0.3 * np.log(0.3 / 0.45)
    assert information == pytest.approx(0.31123, abs=1e-4)
    assert pool.cooke_calibration(quantiles, truth, LEVELS)[0] == pytest.approx(
        stats.chi2.sf(20 * information, 3)
    )


def test_cooke_calibration_of_a_published_example() -> None:
    """Two experts with eight seeds each: Delft University of Technology, MORE lecture notes, Calibration score.

    The notes round shares to two places before they go on: 0.00027 and 0.73 are the chances of their rounded
    information, 1.19 and 0.082. Whole counts give 0.00025 and 0.69, by the same formula.
    """
    for slots, information, rounded, published, exact in (
        ([0] * 4 + [1] * 3 + [3], 1.1975, 1.19, 0.00027, 0.000254),
        ([0] + [1] * 3 + [2] * 3 + [3], 0.0923, 0.082, 0.73, 0.688),
    ):
        assert stats.chi2.sf(2 * 8 * rounded, 3) == pytest.approx(published, rel=0.01)
        shares = np.bincount(slots, minlength=4) / 8
        terms = [s * np.log(s / p) for s, p in zip(shares, (0.05, 0.45, 0.45, 0.05), strict=True) if s > 0]
        assert sum(terms) == pytest.approx(information, abs=2e-4)
        quantiles, truth = _expert(slots)
        found = pool.cooke_calibration(quantiles, truth, LEVELS)[0]
        assert found == pytest.approx(stats.chi2.sf(16 * sum(terms), 3), rel=1e-9)
        assert found == pytest.approx(exact, rel=0.01)


def test_cooke_information_by_the_published_formula() -> None:
    """One question written out term by term as in the same notes: the range reaches a tenth beyond both ends."""
    quantiles = np.array([[[2.0, 5.0, 9.0]], [[1.0, 3.0, 4.0]]])
    low, high = 1 - 0.1 * 10, 11 + 0.1 * 10
    for q, found in zip(
        quantiles[:, 0], pool.cooke_information(quantiles, np.array([11.0]), LEVELS), strict=True
    ):
        by_hand = (
            0.05 * np.log(0.05 / (q[0] - low)) + 0.45 * np.log(0.45 / (q[1] - q[0]))
            + 0.45 * np.log(0.45 / (q[2] - q[1])) + 0.05 * np.log(0.05 / (high - q[2])) + np.log(high - low)
        )  # fmt: skip
        assert found == pytest.approx(by_hand)


def test_cooke_calibration_is_one_for_the_expected_shares_and_falls_with_surprises() -> None:
    perfect, truth = _expert([0] + [1] * 9 + [2] * 9 + [3])
    assert pool.cooke_calibration(perfect, truth, LEVELS)[0] == pytest.approx(1.0)
    scores = []
    for surprises in range(1, 6):
        quantiles, truth = _expert([3] * surprises + [1] * 5 + [2] * (5 - surprises))
        scores.append(pool.cooke_calibration(quantiles, truth, LEVELS)[0])
    assert scores == sorted(scores, reverse=True)


def test_cooke_gives_the_calibrated_and_informative_expert_the_weight() -> None:
    rng = np.random.default_rng(0)
    even = stats.norm.ppf((np.arange(20) + 0.5) / 20)
    truth, noise = even, 0.4 * rng.permutation(even)
    spread = stats.norm.ppf(LEVELS)
    sharp = (truth + noise)[:, None] + 0.4 * spread
    vague = np.zeros(20)[:, None] + 1.0 * spread
    wrong = (truth + 5)[:, None] + 0.4 * spread
    found = pool.cooke_weights(np.stack([sharp, vague, wrong]), truth, LEVELS)
    assert found.weight.sum() == pytest.approx(1)
    assert found.weight[0] > found.weight[1] > found.weight[2]
    assert found.calibration[2] < 1e-6
    assert found.information[0] > found.information[1]


@given(st.floats(0.1, 50), st.floats(-100, 100))
def test_cooke_weights_do_not_depend_on_units(scale: float, shift: float) -> None:
    rng = np.random.default_rng(4)
    truth = rng.normal(0, 1, 8)
    centre = truth + rng.normal(0, 0.5, (3, 8))
    quantiles = centre[..., None] + stats.norm.ppf(LEVELS)
    base = pool.cooke_weights(quantiles, truth, LEVELS).weight
    moved = pool.cooke_weights(scale * quantiles + shift, scale * truth + shift, LEVELS).weight
    assert moved == pytest.approx(base, abs=1e-6)


def test_a_file_is_pooled_and_disagreement_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "experts.yaml"
    file.write_text(EXPERTS)
    found = pool_file(file)
    assert found.beliefs() == {"committed": 0.15, "transactional": 0.475, "withdrawing": 0.375}
    assert [d.contested for d in found.disagreement] == [False, False, True]
    assert (
        "administration: {committed: 0.15, transactional: 0.475, withdrawing: 0.375}" in found.scenario_yaml()
    )


def test_seed_questions_and_track_records_give_weights(tmp_path: Path) -> None:
    file = tmp_path / "experts.yaml"
    seeded = EXPERTS.replace(
        "  - name: Real", "  - name: Real\n    seeds: {a: [1, 2, 3], b: [4, 5, 6]}"
    ).replace("  - name: Bluff", "  - name: Bluff\n    seeds: {a: [8, 9, 10], b: [20, 21, 22]}")
    file.write_text(seeded + "seeds: {levels: [0.05, 0.5, 0.95], truth: {a: 2.5, b: 4.5}}\n")
    found = pool_file(file)
    assert found.weights is not None
    assert found.weights[0] > 0.9
    assert found.use == "performance_linear"


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ("withdrawing: 0.70", "withdrawing: 0.80", 5, "probabilities"),
        ("committed: 0.25", "committed: -0.25", 7, "committed"),
        ("outcomes:", "outcome:", 2, "outcome"),
        ("withdrawing: 0.05}", "withdrawn: 0.05}", 7, "probabilities"),
        ("committed: 0.05", "committed: high", 5, "committed"),
        ("name: Bluff", "name: Real", 4, "experts"),
    ],
)
def test_bad_files_name_the_line(tmp_path: Path, old: str, new: str, line: int, field: str) -> None:
    file = tmp_path / "experts.yaml"
    file.write_text(EXPERTS.replace(old, new))
    with pytest.raises(InputError) as caught:
        pool_file(file)
    assert caught.value.line == line
    assert field in str(caught.value.field)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("question:", "about: [present]\nquestion:", "must be present or next, got ['present']"),
        ("question:", "use: [linear]\nquestion:", "no pool ['linear'] here"),
        ("committed: 0.05,", "committed: 0.05, committed: 0.05,", "the key 'committed' stands twice"),
        ("[committed,", "[yes,", "names must be text, got True"),
        ("question:", "seeds: {levels: 0.5, truth: {a: 1}}\nquestion:", "need a list of levels"),
        ("question:", "seeds: {levels: [], truth: {a: 1}}\nquestion:", "need a list of levels"),
        ("question:", "seeds: {cutoff: high, truth: {a: 1}}\nquestion:", "need a number, got 'high'"),
        ("question:", "seeds: {cutoff: -3, truth: {a: 1}}\nquestion:", "must lie in [0, 1), got -3"),
        ("question:", "seeds: {log_scale: maybe, truth: {a: 1}}\nquestion:", "must be true or false"),
        ("question:", "seeds: {truth: {b: 1}}\nquestion:", "need 3 quantiles for seed question 'b'"),
    ],
)
def test_faults_of_a_file_are_named(tmp_path: Path, old: str, new: str, says: str) -> None:
    file = tmp_path / "experts.yaml"
    seeded = EXPERTS.replace("  - name: Real", "  - name: Real\n    seeds: {a: [1, 2, 3]}")
    file.write_text(
        seeded.replace("  - name: Bluff", "  - name: Bluff\n    seeds: {a: [2, 3, 4]}").replace(old, new, 1)
    )
    with pytest.raises(InputError) as caught:
        pool_file(file)
    assert says in caught.value.message
    assert caught.value.line is not None


def test_one_expert_alone_is_never_sharpened(tmp_path: Path) -> None:
    file = tmp_path / "experts.yaml"
    file.write_text(EXPERTS.split("  - name: Bluff", maxsplit=1)[0])
    pools = pool_file(file).pools
    for name in ("linear", "log_odds", "extremised"):
        assert pools[name] == pytest.approx([0.05, 0.25, 0.70])


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"[1, 2", b"42", b"a: &x [*x]"])
def test_hostile_files_get_one_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "experts.yaml"
    file.write_bytes(content)
    with pytest.raises(InputError):
        pool_file(file)


def test_the_command_prints_json_that_holds_every_pool(tmp_path: Path) -> None:
    file = tmp_path / "experts.yaml"
    file.write_text(EXPERTS)
    result = CliRunner().invoke(build_app(), ["forecast", "pool", str(file), "--json"])
    assert result.exit_code == 0, result.output
    data = json.loads(result.output)
    assert set(data["pools"]) == {"linear", "log_odds", "extremised"}
    assert data["disagreement"]["withdrawing"]["contested"] is True
    assert sum(data["beliefs"]["administration"].values()) == pytest.approx(1)


def _priors(file: Path) -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """By scenario: the observers' prior, the prior over the next administration, the share of each true type."""
    out = {}
    for scenario in load_many([str(file)], known_parameters=set(register())):
        short = scenario.with_horizon("8q")
        plan = make_plan(short, register(), seed=1)
        values = sample_parameters(plan.register, 1, 0, 400)
        found = priors(plan, values, 0)
        out[scenario.name] = (
            found.present[:, 0].mean(axis=0),
            found.next.mean(axis=0),
            found.truth[:, 0].mean(axis=0),
        )
    return out


def test_the_pool_becomes_the_prior_over_types_and_the_dispute_stays_in_sight(tmp_path: Path) -> None:
    experts, family = tmp_path / "experts.yaml", tmp_path / "family.yaml"
    experts.write_text(EXPERTS)
    printed = CliRunner().invoke(build_app(), ["forecast", "pool", str(experts), "--family"])
    assert printed.exit_code == 0, printed.output
    family.write_text(printed.output)
    found = _priors(family)
    assert set(found) == {"pooled", "expert-real", "expert-bluff"}
    assert found["pooled"][0] == pytest.approx([0.15, 0.475, 0.375], abs=1e-5)
    assert found["expert-real"][0] == pytest.approx([0.05, 0.25, 0.70], abs=1e-5)
    assert found["expert-bluff"][0] == pytest.approx([0.25, 0.70, 0.05], abs=1e-5)
    for belief, _, truth in found.values():
        assert truth == pytest.approx(belief, abs=0.08)


def test_a_pool_about_the_next_administration_leaves_the_present_one_alone(tmp_path: Path) -> None:
    experts, scenario = tmp_path / "experts.yaml", tmp_path / "next.yaml"
    experts.write_text("about: next\n" + EXPERTS)
    lines = CliRunner().invoke(build_app(), ["forecast", "pool", str(experts), "--scenario"]).output
    assert lines.startswith("beliefs:\n  next: {committed: 0.15")
    scenario.write_text("name: next\ntitle: Next\nstart: 2026-01\nhorizon: 10y\n" + lines)
    present, following, _ = _priors(scenario)["next"]
    assert following == pytest.approx([0.15, 0.475, 0.375], abs=1e-5)
    assert present[0] == pytest.approx(register()["politics.present_committed"].a, abs=0.02)
    experts.write_text("about: last\n" + EXPERTS)
    with pytest.raises(InputError, match="must be present or next"):
        pool_file(experts)
