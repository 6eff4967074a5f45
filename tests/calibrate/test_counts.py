from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from foedus.calibrate.counts import Level, count_coverage, fit_level, fit_spread, shared_count, steps
from foedus.calibrate.hindcast_alliance import hindcast_alliance
from foedus.calibrate.hindcast_counts import by_region, onset_coverage
from foedus.calibrate.show import _score_rows, _verdict


def test_coverage_of_counts_is_exact_in_expectation() -> None:
    """Under the law itself the weighted coverage is 0.9, although no interval of whole numbers holds 90 percent."""
    for mean in (0.3, 2.0, 17.0):
        k = np.arange(200)
        law = stats.poisson(mean)
        inside = count_coverage(law.cdf(k - 1), law.cdf(k))
        assert float(law.pmf(k) @ inside) == pytest.approx(0.9, abs=1e-9)


def test_a_level_that_drifts_is_forgotten_faster_than_one_that_rests() -> None:
    rng = np.random.default_rng(3)
    expected = np.full((60, 4), 20.0)
    still = rng.poisson(expected).astype(float)
    walk = np.exp(np.cumsum(rng.normal(0, 0.35, (60, 4)), axis=0))
    moving = rng.poisson(np.clip(expected * walk, 0, 500)).astype(float)
    assert fit_level(still, expected).discount > 0.9
    assert fit_level(moving, expected).discount < 0.85


def test_the_level_follows_by_hand() -> None:
    """One region, two years, from shape and rate 1: the mean is what was seen over what was expected."""
    level = fit_level(np.array([[6.0], [8.0]]), np.array([[2.0], [3.0]]))
    w = level.discount
    assert level.shape[0] == pytest.approx(w * (w * 1 + 6) + 8)
    assert level.rate[0] == pytest.approx(w * (w * 1 + 2) + 3)
    ahead = level.ahead(3)
    assert ahead[0][0] / ahead[1][0] == pytest.approx(level.shape[0] / level.rate[0])


def test_forecasts_widen_with_the_years_ahead() -> None:
    level = Level(np.array([40.0]), np.array([20.0]), 0.8)
    counts, mu = np.full((2, 1), 60.0), np.full((2, 1), 15.0)
    below, at = steps(level, np.array([1, 5]), counts, mu)
    assert 1 - below[1, 0] > 1 - below[0, 0] > 0
    assert np.all(at > below)


@given(st.lists(st.floats(-3, 3), min_size=1, max_size=6), st.floats(0, 3))
def test_shared_counts_are_a_law_that_spreads(logits: list[float], spread: float) -> None:
    law = shared_count(np.array(logits), spread)
    assert law.sum() == pytest.approx(1)
    assert np.all(law >= 0)
    even, k = np.zeros(len(logits)), np.arange(len(law))
    spread_out = shared_count(even, spread) @ (k - len(logits) / 2) ** 2
    assert spread_out >= len(logits) / 4 - 1e-9  # the variance of as many fair coins


def test_wars_that_go_one_way_need_a_shared_effect() -> None:
    zero = np.zeros(5)
    assert fit_spread([(zero, 5), (zero, 0), (zero, 5), (zero, 0)]) > 1.5
    assert fit_spread([(zero, 2), (zero, 3), (zero, 2), (zero, 3)]) == 0


def test_onsets_are_put_into_regions_and_scored_after_the_origin_only() -> None:
    rng = np.random.default_rng(5)
    rows = [(y, c) for y in range(1950, 2000) for c in (20, 200, 450, 640, 710) for _ in range(40)]
    frame = pl.DataFrame(rows, schema=["year", "ccode_b"], orient="row")
    chance = np.full(frame.height, 0.1)
    frame = frame.with_columns(mid_onset=pl.Series((rng.random(frame.height) < 0.1).astype(np.int8)))
    years, counts, expected = by_region(frame, chance)
    assert counts.sum() == frame["mid_onset"].sum()
    assert expected == pytest.approx(np.full((50, 5), 4.0))
    train = frame["year"].to_numpy() <= 1990
    parts = [(frame.filter(pl.Series(k)), chance[k]) for k in (train, ~train)]
    found = onset_coverage(parts[0], parts[1], 1990)
    assert found["n"] == 25
    assert found["years"] == [1991, 1995]
    assert 0.75 < found["coverage_90"] <= 1
    assert len(years) == 50


def test_a_score_that_one_forecaster_lacks_leaves_its_cell_empty() -> None:
    said = _verdict({"model": {"log_loss": 0.03, "coverage_90": 0.812, "coverage_cells": 25, "n": 84250}})
    assert "held 81.2% of 25 outcomes, outside 85% to 95%" in said
    rows = _score_rows({"model": {"auc": 0.8, "coverage_90": 0.9, "n": 3}, "logit": {"auc": 0.7, "n": 3}})
    assert [list(r) for r in rows] == [["forecaster", "AUC", "90% coverage", "cells"]] * 2
    assert list(rows[1].values()) == ["logit", 0.7, "", 3]


@pytest.mark.slow
def test_the_hindcast_of_fulfilment_covers(history: Path) -> None:
    """Each war from those before it; 34 wars, so a right forecaster lies within 0.85 to 0.95 in most records."""
    from foedus.calibrate.importer import check_file

    cases, _, _ = check_file("alliance_cases", history / "alliance_cases.csv")
    found = hindcast_alliance(cases)
    assert found.setup["intervals"]["n"] == 34
    assert 0.85 <= found.setup["intervals"]["coverage_90"] <= 0.95
    assert found.scores["model"]["coverage_90"] == found.setup["intervals"]["coverage_90"]
