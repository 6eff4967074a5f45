"""One small ensemble for the whole room: two quarters' worth of work shared by all tests."""

import pytest

from foedus.ensemble import Options, run_ensemble
from foedus.scenario import load_many

START, HORIZON, DRAWS = "2025-05", "8q", 60
"""Starts in a second quarter, so that the first and the last calendar year are parts of years."""


@pytest.fixture(scope="session")
def scenarios():
    return load_many(["baseline", "dormant-nato"], start=START, horizon=HORIZON)


@pytest.fixture(scope="session")
def small_run(scenarios, tmp_path_factory):
    return run_ensemble(scenarios, tmp_path_factory.mktemp("runs") / "small", Options(draws=DRAWS, workers=1))
