"""What the module implies for the reduced form's coefficient, and that one number cannot carry it."""

import numpy as np
import pytest

from foedus.insight.war_ceasefire import compare

from .space import DRAWS, ran


@pytest.fixture(scope="module")
def pairs():
    return {stopped: compare("2024-01", stopped, DRAWS) for stopped in (("USA",), ("EU",))}


def test_coefficient_carries_the_chance_from_one_run_to_the_other(pairs):
    for pair in pairs.values():
        free, cut = (np.log(c / (1 - c)) for c in pair.chances)
        assert free + pair.k[0] * pair.gap == pytest.approx(cut, abs=1e-9)
        assert pair.k[1] < pair.k[0] < pair.k[2]
        assert 0 < pair.gap < 1


def test_chances_are_those_of_the_runs(pairs):
    free, cut = ran().record, ran(stop=("USA",)).record
    both = ((free.war == 1) & (cut.war == 1))[:, :12]
    kept = both.any(axis=1)
    for record, found in zip((free, cut), pairs["USA",].chances, strict=True):
        each = [record.chance[i, :12][both[i]].mean() for i in np.flatnonzero(kept)]
        assert found == pytest.approx(np.mean(each), rel=1e-5)
    assert pairs["USA",].draws == kept.sum()


def test_no_one_coefficient_fits_both_stops(pairs):
    """A stop by the patron is a sign of years to come: the reduced form, which sees the missing share alone, has no place for it."""
    assert pairs["USA",].k[2] < pairs["EU",].k[1]


def test_the_module_s_own_draws_leave_the_sign_open(pairs):
    for pair in pairs.values():
        assert 0.05 < pair.raised < 0.5
