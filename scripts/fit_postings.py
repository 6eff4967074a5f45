"""Print the size of yearly changes of postings by host, today and as the record of past days supports it.

    uv run python scripts/fit_postings.py

The rows are those of the register (model/parameters.csv) and of the register of the day (calibrate/vantages.csv).
"""

from __future__ import annotations

import datetime as dt

from foedus.calibrate.posting_record import ENTRIES, known_by, largest_rise

VANTAGES = (None, dt.date(2023, 12, 9), dt.date(2021, 12, 9))


def main() -> None:
    """Fit and print one row for each entry."""
    for vantage in VANTAGES:
        found = known_by(vantage)
        first, last = found.years
        print(
            f"{vantage or 'today'}: {found.host_years} host-years {first}-{last}, largest rise {largest_rise(vantage):.3g}"
        )
        for name, value, spread in zip(ENTRIES, (found.all, found.few), found.spread, strict=True):
            print(f"{name},lognormal,{value:.3g},{spread:.3g}")


if __name__ == "__main__":
    main()
