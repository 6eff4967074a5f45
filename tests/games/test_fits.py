"""Estimators against fits made with other people's programs."""

import numpy as np
import polars as pl
import pytest
from scipy import integrate, special

pandas = pytest.importorskip("pandas")
pytest.importorskip("formulaic")

from foedus.calibrate.strategic import crisis, crisis_fit, tree_fit  # noqa: E402
from foedus.calibrate.strategic.estimate import Request, fit  # noqa: E402
from foedus.calibrate.strategic.formula import design, read_table  # noqa: E402
from foedus.calibrate.strategic.maximise import covariance  # noqa: E402
from foedus.calibrate.strategic.predict import marginal_effects, predict  # noqa: E402
from foedus.errors import InputError  # noqa: E402
from foedus.model.games.trees import (  # noqa: E402
    SHAPES,
    ULTIMATUM_ENDS,
    log_ultimatum,
    ultimatum_outcomes,
)
from tests.games.conftest import SANCTIONS  # noqa: E402

COUNTS = ["sq_count", "cd_count", "sf_count", "bd_count"]


@pytest.fixture(scope="module")
def sanctions(reference):
    frame = read_table(reference / "sigint" / "sanctions_dyad_decade.csv")
    spec = design(frame, SANCTIONS, crisis.PAYOFFS, COUNTS)
    return frame, crisis.Crises(frame[COUNTS].to_numpy(float).T, spec)


@pytest.fixture(scope="module")
def nested(sanctions):
    frame, data = sanctions
    return crisis_fit.npl(
        data, frame["pr_resist_first_stage"].to_numpy(), frame["pf_stand_firm_first_stage"].to_numpy()
    )


def _coefficients(reference, fit_id):
    table = pl.read_csv(reference / "sigint" / "coefficients.csv", infer_schema_length=None)
    return table.filter(pl.col("fit_id") == fit_id).sort("order")


def test_pseudo_likelihood_probes_without_an_optimiser(reference, sanctions):
    frame, data = sanctions
    probes = pl.read_csv(reference / "sigint" / "quasi_loglik_probes.csv", infer_schema_length=None)
    checked = 0
    for (_, stage), rows in probes.group_by(["probe", "probabilities"], maintain_order=True):
        suffix = "first_stage" if stage == "shipped_first_stage" else "npl_shipped"
        resist, firm = frame[f"pr_resist_{suffix}"].to_numpy(), frame[f"pf_stand_firm_{suffix}"].to_numpy()
        rows = rows.sort("order")  # noqa: PLW2901
        theirs, numeric = rows["gradient_peer_analytic"].to_numpy(), rows["gradient_numeric"].to_numpy()
        part = crisis.pseudo(
            data.design.utilities(rows["theta"].to_numpy().astype(float)), data.counts, resist, firm
        )
        if np.abs(theirs - numeric).max() > 1e-4 * (1 + np.abs(numeric).max()):
            continue  # the peer's floors bind: its two gradients differ
        gradient = data.design.gradient(part.by_payoff).sum(0)
        if np.abs(part.value.sum() - rows["quasi_loglik"][0]) < 1e-6:
            assert np.abs(gradient - numeric).max() < 1e-4 * (1 + np.abs(numeric).max())
            checked += 1
    assert checked >= 9


def test_pseudo_likelihood_fit(reference, sanctions):
    frame, data = sanctions
    found = crisis_fit.pl(
        data, frame["pr_resist_first_stage"].to_numpy(), frame["pf_stand_firm_first_stage"].to_numpy()
    )
    truth = _coefficients(reference, "pl_shipped_first_stage")
    assert found.maximum.converged
    assert found.maximum.loglik == pytest.approx(-3963.95576, abs=1e-4)
    assert np.abs(found.maximum.theta - truth["estimate"].to_numpy()).max() < 1e-5
    errors = np.sqrt(np.diag(found.covariance))
    assert np.abs(errors / truth["se_opg_first_stage_known"].to_numpy() - 1).max() < 1e-3


def test_nested_pseudo_likelihood_fit_and_its_standard_errors(reference, nested):
    truth = _coefficients(reference, "npl_from_shipped_first_stage")
    assert nested.maximum.converged
    assert nested.maximum.loglik == pytest.approx(-3932.44738, abs=1e-4)
    assert np.abs(nested.maximum.theta - truth["estimate"].to_numpy()).max() < 2e-5
    errors = np.sqrt(np.diag(nested.covariance))
    assert np.abs(errors / truth["se_npl_corrected"].to_numpy() - 1).max() < 1e-3
    assert np.abs(errors / truth["se_peer"].to_numpy().astype(float) - 1).max() > 0.1


def test_constrained_likelihood_converges_to_the_published_maximum(reference, sanctions, nested):
    _, data = sanctions
    found = crisis_fit.equilibrium_likelihood(data, [nested.maximum.theta])
    published = pl.read_csv(reference / "sigint" / "archive_published_estimates.csv").filter(
        pl.col("estimator") == "CMLE"
    )
    assert found.maximum.converged
    assert found.maximum.loglik == pytest.approx(-3927.9095, abs=2e-4)
    assert np.abs(found.maximum.theta - published.sort("order")["estimate"].to_numpy()).max() < 1e-3


def test_derivative_through_the_equilibrium_against_finite_differences(sanctions, nested):
    _, data = sanctions
    theta = nested.maximum.theta
    part = crisis.full(data.design.utilities(theta), data.counts, "highest")
    gradient = data.design.gradient(part.by_payoff).sum(0)
    for k in (0, 4, 6, 14, 18):
        step = np.zeros_like(theta)
        step[k] = 1e-5
        high, low = (
            crisis.full(data.design.utilities(theta + sign * step), data.counts, "highest").value.sum()
            for sign in (1, -1)
        )
        assert (high - low) / 2e-5 == pytest.approx(gradient[k], rel=1e-5, abs=1e-3)


WAR = "u11 ~ s_score_initiator_region + initiator_revisionist; u14 ~ initiator_regime; "
WAR += "u24 ~ capability_balance_share + respondent_regime"
SIM122 = "u11 ~ x1 + x2; u12 ~ x3 + f1; u14 ~ x4 + x5; u22 ~ z1 + z2; u24 ~ z3 + f2"
SIM123 = "u11 ~ x1 + x2; u15 ~ x3; u16 ~ x4 + x5; u25 ~ x6; u26 ~ x7; u36 ~ x8"
CASES = {
    "war_agent_probit": ("war1800", WAR, Request("12", WAR, "ml", ("escalation", "outcome_war"))),
    "war_agent_logit": ("war1800", WAR, Request("12", WAR, "ml", ("escalation", "outcome_war"), link="logit")),
    "war_private_probit": (
        "war1800",
        WAR,
        Request("12", WAR, "ml", ("escalation", "outcome_war"), error="private"),
    ),
    "sim122_agent_probit": ("sim_game122", SIM122, Request("122", SIM122, "ml", ("a1", "a2"))),
    "sim122_agent_logit": ("sim_game122", SIM122, Request("122", SIM122, "ml", ("a1", "a2"), link="logit")),
    "sim123_private_probit": (
        "sim_game123",
        SIM123,
        Request("123", SIM123, "ml", ("a1", "a2", "a3"), error="private"),
    ),
    "sim123_agent_logit": (
        "sim_game123",
        SIM123,
        Request("123", SIM123, "ml", ("a1", "a2", "a3"), link="logit"),
    ),
}


@pytest.mark.parametrize("fit_id", CASES)
def test_trees_reach_the_peers_polished_optimum(reference, fit_id):
    file, _, request = CASES[fit_id]
    result = fit(read_table(reference / "strategic" / f"{file}.csv"), request)
    fits = pl.read_csv(reference / "strategic" / "fits.csv")
    rows = pl.read_csv(reference / "strategic" / "coefficients.csv", infer_schema_length=None)
    polished = (pl.col("fit_id") == fit_id) & (pl.col("version") == "polished")
    truth = rows.filter(polished).sort("order")
    assert result.converged
    assert result.loglik == pytest.approx(fits.filter(polished)["loglik"][0], abs=1e-5)
    assert np.abs(np.array(result.estimate) - truth["estimate"].to_numpy()).max() < 1e-4
    errors = np.sqrt(np.diag(np.array(result.covariance)))
    assert np.abs(errors / truth["se"].to_numpy().astype(float) - 1).max() < 1e-3


def test_game_122_with_private_information_which_the_peer_cannot_run(reference):
    own = pl.read_csv(reference / "strategic" / "own_sim122_private_probit.csv")
    request = Request("122", SIM122, "ml", ("a1", "a2"), error="private")
    result = fit(read_table(reference / "strategic" / "sim_game122.csv"), request)
    assert result.loglik == pytest.approx(own["loglik"][0], abs=1e-5)
    assert np.abs(np.array(result.estimate) - own["estimate"].to_numpy()).max() < 1e-4


def test_ultimatum_with_fixed_scales(reference):
    terms = "R1 ~ x1 + x2 + x3 + x4 + w1 + w2; R2 ~ z1 + z2 + z3 + z4 + w1 + w2"
    request = Request("ultimatum", terms, "ml", pie=15.0, fixed=(("log_s1", 1.6094379124341), ("log_s2", 0.0)))
    result = fit(read_table(reference / "strategic" / "sim_ultimatum.csv"), request)
    assert result.converged
    assert result.loglik == pytest.approx(-3718.14354523209, abs=1e-5)


def _toy(n=200, seed=0):
    rng = np.random.default_rng(seed)
    x, z = rng.normal(size=(2, n))
    p = np.exp(
        SHAPES["12"].log_ends(np.stack([0 * x, 0 * x, 0.5 + x, z, *np.zeros((3, n))]), "probit", "agent")
    )
    y = [int(rng.choice(3, p=p[:, k])) for k in range(n)]
    return pandas.DataFrame({"x": x, "z": z, "y": y, "twice": 2 * x, "group": np.arange(n) // 10})


def test_covariances_agree_where_the_model_is_right():
    frame = _toy(4000)
    spec = design(frame, "u14 ~ x; u24 ~ z", SHAPES["12"].payoffs, ["y"])
    best = tree_fit.fit_tree(tree_fit.TreeData("12", frame["y"].to_numpy(), spec))
    base = np.sqrt(np.diag(covariance(best)))
    for kind in ("opg", "sandwich", "cluster"):
        errors = np.sqrt(np.diag(covariance(best, kind, frame["group"].to_numpy())))
        assert np.abs(errors / base - 1).max() < 0.25, kind
    assert np.abs(best.theta - np.array([0.5, 1.0, 0.0, 1.0])).max() < 4 * base.max()


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("u14 ~ x + twice; u24 ~ z", "singular design"),
        ("u14 ~ nowhere; u24 ~ z", "no column"),
        ("u77 ~ x", "unknown payoff"),
        ("u14 x", "no formula"),
        ("u11 ~ x; u13 ~ x; u14 ~ x; u24 ~ z", "cannot be told apart"),
        ("u14 ~ x +* z", "formula"),
    ],
)
def test_bad_formulas_are_refused_in_words(formula, words):
    with pytest.raises(InputError, match=words):
        fit(_toy(), Request("12", formula, "ml", ("y",)))


def test_separated_data_are_refused():
    frame = _toy(300)
    frame["y"] = np.where(frame["z"] > 0, 2, np.where(np.arange(300) % 2, 0, 1))
    with pytest.raises(InputError, match="separated"):
        fit(frame, Request("12", "u14 ~ 1; u24 ~ z", "ml", ("y",)))


@pytest.mark.parametrize("fit_id", ["war_agent_probit", "sim122_agent_logit", "sim123_private_probit"])
def test_predicted_probabilities_equal_the_peers(reference, fit_id):
    file, _, request = CASES[fit_id]
    frame = read_table(reference / "strategic" / f"{file}.csv")
    rows = predict(frame, fit(frame, request), count=40)
    assert all(row["low"] <= row["high"] for row in rows)
    theirs = pl.read_csv(reference / "strategic" / "predicted_first50.csv", infer_schema_length=None).filter(
        (pl.col("fit_id") == fit_id) & (pl.col("version") == "polished") & (pl.col("kind") == "outcome")
    )
    ends = SHAPES[request.model].ends
    assert theirs.height == 50 * len(ends)
    for row in theirs.iter_rows(named=True):
        mine = rows[(row["row"] - 1) * len(ends) + row["column"] - 1]
        assert mine["probability"] == pytest.approx(row["value"], abs=2e-4)


def test_prediction_of_an_ultimatum_against_its_density_and_its_data(reference):
    u = np.array([[3.0, -1.0], [2.0, 4.0], [0.3, -0.5], [0.0, 0.4]])
    found = ultimatum_outcomes(u, 15.0)
    for k in range(2):
        one = u[:, k : k + 1]

        def density(offer, one=one):
            return float(np.exp(log_ultimatum(one, np.array([offer]), None, 15.0))[0])

        lot = special.expit((np.array([0.0, 15.0]) - u[1, k]) / np.exp(u[3, k]))
        inside = [
            integrate.quad(lambda y, f=f: f(y) * density(y), 0, 15, epsabs=1e-10, limit=400)[0]
            for f in (
                lambda y: 1.0,
                lambda y: y,
                lambda y, k=k: special.expit((y - u[1, k]) / np.exp(u[3, k])),
            )
        ]
        assert inside[0] + found[2, k] + found[3, k] == pytest.approx(1.0, abs=1e-7)
        assert inside[1] + 15.0 * found[3, k] == pytest.approx(found[0, k], abs=1e-6)
        assert inside[2] + lot[0] * found[2, k] + lot[1] * found[3, k] == pytest.approx(found[1, k], abs=1e-6)
    terms = "R1 ~ x1 + x2 + x3 + x4 + w1 + w2; R2 ~ z1 + z2 + z3 + z4 + w1 + w2"
    request = Request("ultimatum", terms, "ml", pie=15.0, fixed=(("log_s1", 1.6094379124341), ("log_s2", 0.0)))
    frame = read_table(reference / "strategic" / "sim_ultimatum.csv")
    fitted = fit(frame, request)
    rows = predict(frame, fitted, count=20)
    means = {name: np.mean([r["value"] for r in rows if r["quantity"] == name]) for name in ULTIMATUM_ENDS}
    n = len(frame)
    assert abs(means["offer"] - frame["offer"].mean()) < 3 * frame["offer"].std() / np.sqrt(n)
    assert abs(means["accepted"] - frame["accept"].mean()) < 3 * frame["accept"].std() / np.sqrt(n)
    assert abs(means["offers nothing"] - (frame["offer"] <= 0).mean()) < 3 * 0.5 / np.sqrt(n)
    effects = marginal_effects(frame.head(100), fitted, count=5)
    assert {row["quantity"] for row in effects} == set(ULTIMATUM_ENDS)
    assert all(np.isfinite(row["effect"]) and row["low"] <= row["high"] for row in effects)
