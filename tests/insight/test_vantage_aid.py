"""Aid in the hindcast of the product: sizes from the quarters known on a day, and what they do to a forecast."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from scipy import stats

from foedus.errors import InputError
from foedus.insight.vantage.aid import (
    Innovations,
    Quarters,
    donor_aid,
    drift,
    innovations,
    known_quarters,
    own_change,
)
from foedus.insight.vantage.other_dates import aid_elsewhere, forces_elsewhere, inside

VANTAGE = dt.date(2023, 12, 9)
YEARS = (2024, 2025)
SOME = Innovations(group=0.2, group_changes=3, donor=0.5, donor_changes=32, centre=23.0)


def test_only_whole_quarters_of_the_war_before_the_day_are_known() -> None:
    known = known_quarters(VANTAGE)
    assert known.values.shape == (len(known.donors), 7)
    assert known.war[0] == pytest.approx(36 / 90)  # 24 February to the end of March
    assert np.array_equal(known.war[1:], np.ones(6))
    assert known.middle[-1] == pytest.approx(23.625, abs=0.01)
    assert known_quarters(dt.date(2023, 9, 30)).values.shape[1] == 6  # the quarter's last day is not over
    with pytest.raises(InputError, match="3 quarters of aid are known"):
        known_quarters(dt.date(2022, 12, 31))


def test_steady_aid_has_no_innovation_and_a_doubling_has_its_log() -> None:
    war, middle = np.ones(4), 22.0 + np.arange(4) / 4
    names, groups = ("USA", "DEU", "CAN"), ("US", "Europe", "other")
    level = np.array([[4.0], [2.0], [1.0]])
    steady = innovations(Quarters(names, groups, np.repeat(level, 4, axis=1), war, middle))
    assert (steady.group, steady.donor) == (0.0, 0.0)
    risen = innovations(Quarters(names, groups, level * [1, 1, 2, 2], war, middle))
    assert risen.group == pytest.approx(np.log(2) / np.sqrt(0.5))
    assert abs(risen.donor) < 0.002  # ten million euro are added before the logarithm
    assert risen.centre == pytest.approx(22.375)


def test_a_short_first_quarter_counts_by_its_days() -> None:
    names, groups = ("USA", "DEU", "CAN"), ("US", "Europe", "other")
    values = np.array([[4.0], [2.0], [1.0]]) * [0.4, 1, 1, 1]
    found = innovations(Quarters(names, groups, values, np.array([0.4, 1, 1, 1]), np.arange(4) / 4))
    assert found.group == pytest.approx(0.0)


def test_levels_drift_with_time_as_a_student_t() -> None:
    moved = drift(SOME, "US", YEARS, 20000, 1)
    for k, years in enumerate((1.5, 2.5)):
        assert stats.kstest(moved[:, k] / (0.2 * np.sqrt(years)), stats.t(3).cdf).pvalue > 0.01
    assert np.array_equal(drift(SOME, "US", YEARS, 50, 1), moved[:50])
    assert abs(np.corrcoef(moved[:, 0], drift(SOME, "Europe", YEARS, 20000, 1)[:, 0])[0, 1]) < 0.05


def test_a_donors_own_change_does_not_grow_with_time() -> None:
    own = own_change(SOME, "DEU", YEARS, 20000, 1)
    for k in range(2):
        assert stats.kstest(own[:, k] / 0.5, stats.t(32).cdf).pvalue > 0.01


def test_a_donor_moves_with_its_group_and_never_below_nothing() -> None:
    still = donor_aid(1.0, np.array([10.0, 20.0, 0.0]), 10.0, np.zeros(3))
    assert still == pytest.approx([1.0, 2.01, 0.0])
    assert (donor_aid(0.001, np.full(3, 10.0), 10.0, np.array([-2.0, 0.0, 2.0])) >= 0).all()


def test_coverage_counts_cells_between_the_fifth_and_the_ninety_fifth_percentile() -> None:
    draws = np.repeat(np.arange(101.0)[:, None], 3, axis=1)
    assert inside(draws, np.array([4.0, 50.0, 96.0])).tolist() == [False, True, False]


def test_sizes_hold_at_other_dates() -> None:
    """The band that the product aims at, over all dates but this one and with sizes fitted to the time before each."""
    rows = [*forces_elsewhere(), *aid_elsewhere()]
    near = [r for r in rows if r["cells"] >= 150]
    assert {r["what"] for r in near} == {"US forces by host", "Aid by European donor"}
    assert len(near) == 6
    for row in near:
        assert 0.85 <= row["coverage_90"] <= 0.95, row
