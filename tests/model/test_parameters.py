"""The register: every entry is whole, every prior is what its row says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from foedus.errors import InputError
from foedus.model import parameters
from foedus.model.parameters import DISTRIBUTIONS, STATUSES, constant, prior_problem, register, with_override

from .space import EXAMPLES

ENTRIES = list(register().values())


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_entry_is_whole(entry):
    assert entry.meaning
    assert entry.unit
    assert entry.source
    assert entry.as_of
    assert entry.dist in DISTRIBUTIONS
    assert entry.status in STATUSES
    assert entry.name.startswith(f"{entry.system}.")
    assert prior_problem(entry) is None


@given(st.floats(1e-6, 1 - 1e-6), st.floats(1e-6, 1 - 1e-6))
@EXAMPLES
def test_quantiles_rise_and_keep_to_their_bounds(one, other):
    low, high = sorted((one, other))
    for entry in ENTRIES:
        values = entry.quantile(np.array([low, high]))
        assert values[0] <= values[1]
        assert entry.lower is None or values[0] >= entry.lower
        assert entry.upper is None or values[1] <= entry.upper
        if entry.unit.startswith("probability") or entry.dist == "beta":
            assert 0 <= values[0] <= values[1] <= 1


REFERENCE = {
    "normal": stats.norm,
    "lognormal": lambda a, b: stats.lognorm(b, scale=a),
    "beta": lambda a, b: stats.beta(a * b, (1 - a) * b),
    "uniform": lambda a, b: stats.uniform(a, b - a),
    "triangular": lambda a, b: stats.triang(0.5, a, b - a),
}


@pytest.mark.parametrize("dist", [*REFERENCE, "logitnormal"])
def test_priors_match_another_library(dist):
    """Quantiles against those of scipy.stats, for the shipped entries without truncation."""
    u = np.array([0.01, 0.05, 0.3, 0.5, 0.8, 0.95, 0.99])
    chosen = [entry for entry in ENTRIES if entry.dist == dist and not entry.bounded]
    assert chosen
    for entry in chosen:
        if dist == "logitnormal":
            expected = 1 / (1 + np.exp(-stats.norm(np.log(entry.a / (1 - entry.a)), entry.b).ppf(u)))
        else:
            expected = REFERENCE[dist](entry.a, entry.b).ppf(u)
        assert np.allclose(entry.quantile(u), expected, rtol=1e-9)


def test_truncation_matches_another_library():
    entry = register()["trust.mutual"]
    u = np.array([0.01, 0.2, 0.5, 0.9])
    expected = stats.truncnorm((0 - entry.a) / entry.b, np.inf, entry.a, entry.b).ppf(u)
    assert np.allclose(entry.quantile(u), expected, rtol=1e-6)


def test_means_of_sampled_entries_are_the_stated_ones():
    u = (np.arange(20000) + 0.5) / 20000
    drawn = parameters.sample(register(), dict.fromkeys(register(), u))
    for entry in ENTRIES:
        if entry.dist == "beta" or (entry.dist == "normal" and not entry.bounded):
            assert np.mean(drawn[entry.name], dtype=float) == pytest.approx(entry.a, abs=2e-3)


@pytest.mark.parametrize(
    ("name", "dist", "a", "b", "says"),
    [
        ("credibility.treatey", "normal", 0.3, 0.1, "did you mean 'credibility.treaty'"),
        ("credibility.treaty", "gauss", 0.3, 0.1, "unknown distribution"),
        ("credibility.treaty", "normal", 0.3, -0.1, "spread above zero"),
        ("credibility.treaty", "normal", 0.3, None, "needs two arguments"),
        ("credibility.treaty", "fixed", -1.0, None, "lies outside"),
        ("trust.veto", "beta", 1.2, 5.0, "centre in (0, 1)"),
        ("trust.veto", "uniform", 0.5, 0.2, "low < high"),
        ("crisis.audience_cost", "lognormal", -1.0, 0.2, "median above zero"),
    ],
)
def test_bad_overrides_are_refused_in_words(name, dist, a, b, says):
    with pytest.raises(InputError, match="parameters") as refusal:
        with_override(register(), name, dist, a, b, "test")
    assert says in str(refusal.value)


def test_how_the_record_is_read_is_no_scenarios_to_change():
    assert constant("record.momentum_years") == 3
    with pytest.raises(InputError, match="how the record is read"):
        with_override(register(), "record.momentum_years", "fixed", 5, None, "test")
    with pytest.raises(InputError, match="must be fixed"):
        constant("trust.mutual")


def test_an_override_changes_one_entry_and_marks_it():
    changed = with_override(register(), "credibility.treaty", "fixed", 2.0, None, "test")
    assert changed["credibility.treaty"].status == "assumed"
    assert {n for n in changed if changed[n] != register()[n]} == {"credibility.treaty"}
    assert np.all(changed["credibility.treaty"].quantile(np.array([0.1, 0.9])) == 2.0)
