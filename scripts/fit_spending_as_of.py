"""Print the news of spending as the record to the day of the vantage supports it: the rows of calibrate/vantages.csv.

    uv run python scripts/fit_spending_as_of.py

The burden-sharing equation is fitted to the shares that the product's hindcast starts from: the stand-in edition before the year of the
day, and the day's own list for that year. Income and the adversary's spending of that time come from the present edition.
"""

from __future__ import annotations

import datetime as dt

from foedus.calibrate.burden_posterior import ENTRIES, Settings, sample
from foedus.calibrate.burden_record import burden_panel
from foedus.calibrate.fits.tables import marginal
from foedus.insight.vantage.inputs import shares_at
from foedus.model.parameters import prior_register

VANTAGE = dt.date(2023, 12, 9)
SETTINGS = Settings(warmup=400, draws=500, chains=2)
NEWS = ("common_sd", "rho", "own_scale", "tail", "attack", "unrest", "keep")


def main() -> None:
    """Fit and print one row for each entry."""
    panel = burden_panel(known=shares_at(VANTAGE))
    fitted = sample(panel, panel.after, SETTINGS)
    print(fitted.diagnostics)
    for column in NEWS:
        entry = marginal(prior_register()[ENTRIES[column]], fitted.draws[column]).entry
        print(f"{VANTAGE},{entry.name},{entry.dist},{entry.a:.3g},{entry.b:.3g}")


if __name__ == "__main__":
    main()
