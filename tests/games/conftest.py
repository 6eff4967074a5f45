import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


def _reference() -> Path | None:
    candidates = [os.environ.get("FOEDUS_REFERENCE"), *(str(p / "shared") for p in REPOSITORY.parents)]
    for candidate in candidates:
        if candidate and (found := Path(candidate) / "reference" / "games").is_dir():
            return found
    return None


@pytest.fixture(scope="session")
def reference() -> Path:
    found = _reference()
    if found is None:
        pytest.skip("the reference collection is not beside this checkout; set FOEDUS_REFERENCE")
    return found


SANCTIONS = """
S_A ~ 0 + sqrt(sender_econ_dep_ratio) + sender_democracy_polity + contiguity_cow_1to6 + ally_indicator
V_A ~ anticipated_sender_costs_0to3
C_B ~ sqrt(target_econ_dep_ratio) + anticipated_target_costs_0to3 + contiguity_cow_1to6 + ally_indicator
W_A ~ sqrt(sender_econ_dep_ratio) + sender_democracy_polity + ln_capability_ratio
W_B ~ target_democracy_polity + ln_capability_ratio
a ~ sender_democracy_polity
"""
