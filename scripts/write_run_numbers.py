"""Write the measured tables of docs/explanation/{four-worlds,baseline-levels}.md from two finished runs.

    foedus run four-worlds --draws 1000 --seed 1 --out runs/four-worlds
    foedus run baseline --draws 1000 --seed 1 --out runs/baseline
    foedus report runs/four-worlds --picture docs/images/four-worlds.png
    uv run python scripts/write_run_numbers.py runs/four-worlds runs/baseline

A table stands between ``<!-- numbers: NAME -->`` and ``<!-- end -->``; everything else of the pages is written by hand.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import numpy as np

from foedus.ensemble import open_run
from foedus.ensemble.results import Run

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "explanation"
TITLES = {
    "treaty-believed": "treaty in force, promise believed",
    "treaty-hollow": "treaty in force, promise not believed",
    "exit-believed": "treaty ended, promise believed",
    "exit-hollow": "treaty ended, promise not believed",
}
CHALLENGE, LOSS = "challenge_probability_cumulative", "loss_probability_cumulative"


def number(value: float) -> str:
    """Return two significant digits; very small values as such."""
    if np.isnan(value):
        return "none"
    if value != 0 and abs(value) < 0.0005:
        return "0" if abs(value) < 5e-7 else f"{value:.0e}".replace("e-0", "e-")
    if 99 < value < 100:
        return "over 99"
    return f"{value:.2g}" if abs(value) < 99 else f"{value:.0f}"


def spread(values: Any, scale: float = 1.0) -> str:
    """Return median and 5-95 percent of the draws; censored draws count as beyond every bound."""
    full = np.where(np.isnan(values), np.inf, np.asarray(values, dtype=float)) * scale
    low, middle, high = np.quantile(full, (0.05, 0.5, 0.95), method="lower")
    shown = [number(x) if np.isfinite(x) else "beyond the horizon" for x in (middle, low, high)]
    return f"{shown[0]} ({shown[1]} to {shown[2]})"


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a markdown table."""
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])


def stamp(run: Run) -> str:
    """Return what identifies the run behind a table."""
    m = run.manifest
    return (
        f"Foedus {m['version']}, {m['draws']:,} draws, seed {m['seed']}, from {m['start']} for {m['quarters'] // 4} "
        f"years; `results_sha256` {m['results_sha256'][:16]}. Median and 5-95 percent of the draws."
    )


def front(run: Run, scenario: str, name: str, year: int = -1) -> Any:
    """Return a yearly measure averaged over the frontline, shape (draw,)."""
    data = run.dataset
    on = data["frontline"].values.astype(bool)
    return data[name].sel(scenario=scenario).values[:, year][:, on].mean(axis=1, dtype=float)


def levels(run: Run) -> str:
    """Chances in the four worlds, frontline average."""
    rows = []
    for name, title in TITLES.items():
        credible = run.dataset["credibility"].sel(scenario=name).values
        on = run.dataset["frontline"].values.astype(bool)
        last = credible[:, -1][:, on].mean(axis=1)
        values = (
            spread(last, 100),
            spread(front(run, name, CHALLENGE), 100),
            spread(front(run, name, LOSS), 100),
        )
        rows.append([title, *values])
    head = ["world", "credibility at the end, %", "challenge within the run, %", "loss within the run, %"]
    return f"{stamp(run)}\n\n{table(head, rows)}"


def effects(run: Run) -> str:
    """Paired differences, and the weight that turns the order."""
    found = (run.insight or {})["four_worlds"]
    names = {
        "promise_lost_treaty_kept": "the promise is lost, the treaty stays",
        "treaty_lost_promise_kept": "the treaty is lost, the promise stays",
        "both_lost": "both are lost",
        "hollow_less_exit": "hollow treaty less believed promise without treaty",
    }
    rows = [
        [title, "{} ({} to {})".format(*(number(100 * found["effects"][key][q]) for q in ("p50", "p05", "p95"))),
         number(100 * found["effects"][key]["mean"])]
        for key, title in names.items()
    ]  # fmt: skip
    flip = found["treaty_weight_to_flip"]
    tried = f"above {flip['largest_tried']:g}"
    shown = [tried if flip[q] is None else number(flip[q]) for q in ("p50", "p05", "p95")]
    weight = f"{shown[0]} ({shown[1]} to {shown[2]})"
    text = (
        f"The hollow treaty is the more dangerous in {100 * found['order']['share_of_draws_hollow_worse']:.0f} percent of "
        f"draws for the average frontline ally. The treaty's own weight would have to be {weight} logits for the order to "
        f"turn ({flip['draws']} draws; in {100 * flip['share_of_draws_unreachable']:.0f} percent of them no weight up to "
        f"{flip['largest_tried']:g} does it). The register's prior has its median at {number(flip['prior_p50'])} and its 95th "
        f"percentile at {number(flip['prior_p95'])}."
    )
    head = [
        "difference in the chance of a challenge within the run, percentage points",
        "median (5-95%)",
        "mean",
    ]
    return f"{table(head, rows)}\n\n{text}"


def unscaled(run: Run, scenario: str) -> Any:
    """Return each ally's rate in each quarter as it would be without the rule of one target, shape (draw, quarter, member)."""
    chance = run.dataset["challenge_probability_quarterly"].sel(scenario=scenario).values.astype(float)
    whole = chance.sum(axis=2)
    total = -np.log1p(-np.minimum(whole, 1 - 1e-9))
    return chance * (total / np.maximum(whole, 1e-12))[:, :, None]


def allies(run: Run) -> str:
    """By frontline ally: hollow treaty less believed promise without treaty, with and without the rule of one target."""
    data, pair = run.dataset, ("treaty-hollow", "exit-believed")
    rates = [unscaled(run, name) for name in pair]
    rows = []
    for place in np.flatnonzero(data["frontline"].values):
        one, other = (data[CHALLENGE].sel(scenario=s).values[:, -1, place].astype(float) for s in pair)
        lost, kept = (data[LOSS].sel(scenario=s).values[:, -1, place].astype(float) for s in pair)
        alone = [-np.expm1(-rate[:, :, place].sum(axis=1)) for rate in rates]
        rows.append([
            str(data["member_name"].values[place]),
            spread(one, 100), spread(other, 100), f"{100 * (one > other).mean():.0f}",
            f"{100 * (alone[0] > alone[1]).mean():.0f}", f"{100 * (lost > kept).mean():.0f}",
        ])  # fmt: skip
    head = [
        "ally", "challenge, hollow treaty, %", "challenge, promise without treaty, %", "hollow higher, % of draws",
        "the same without the rule of one target", "hollow higher in chance of loss, % of draws",
    ]  # fmt: skip
    return table(head, rows)


def baseline_chances(run: Run) -> str:
    """Yearly chance of a challenge in the baseline: first year and mean over the run, by frontline ally."""
    data = run.dataset
    values = data["challenge_probability_annual"].sel(scenario="baseline").values.astype(float)
    on = np.flatnonzero(data["frontline"].values)
    rows = []
    for name, places in [("frontline average", on), *[(str(data["member_name"].values[i]), [i]) for i in on]]:
        first, over = values[:, 0][:, places].mean(axis=1), values[:, :, places].mean(axis=(1, 2))
        rows.append([name, spread(first, 100), number(100 * first.mean()), spread(over, 100), number(100 * over.mean())])  # fmt: skip
    head = ["", "first year, % a year", "mean of draws", "all years, % a year", "mean of draws"]
    return f"{stamp(run)}\n\n{table(head, rows)}"


def baseline_rest(run: Run) -> str:
    """The other levels of the baseline."""
    data = run.dataset.sel(scenario="baseline")
    on = data["frontline"].values.astype(bool)
    years = data["year"].values
    weight = data["gdp_usd_billion"].values
    share = (data["spending_pct_gdp"].values * weight).sum(axis=2) / weight.sum()
    strength = data["adversary_ground_strength_index"].values
    rows = [
        [f"credibility for the frontline, {years[0]}", spread(data["credibility"].values[:, :4][:, :, on].mean(axis=(1, 2)), 100), "%"],
        ["expected joining of allies in the frontline's defence, first quarter", spread(data["trust"].values[:, 0][:, on].mean(axis=1), 100), "%"],
        [f"spending of the allies, {years[0]}", spread(share[:, 0]), "% of GDP"],
        [f"spending of the allies, {years[-1]}", spread(share[:, -1]), "% of GDP"],
        ["price of what the patron provides in Europe", spread(data["replacement_cost_usd_billion"].values), "billion USD of 2021"],
        ["year in which Europe has all of it", _years(data["replacement_year"].values), "year"],
        ["years to self-reliance of the frontline", spread(data["years_to_self_reliance"].values), "years"],
        *[[f"adversary's ground strength free for elsewhere, {y}", spread(strength[:, t]), "1 = before 2022"] for t, y in enumerate(years) if t % 4 == 0],
    ]  # fmt: skip
    return table(["measure", "median (5-95%)", "unit"], rows)


def _years(values: Any) -> str:
    low, middle, high = np.quantile(values, (0.05, 0.5, 0.95), method="lower")
    return f"{middle:.0f} ({low:.0f} to {high:.0f})"


def fill(page: Path, blocks: dict[str, str]) -> None:
    """Put the tables into their places.

    Raises:
        SystemExit: the page has no place for one of them.
    """
    text = page.read_text(encoding="utf-8")
    for name, block in blocks.items():
        found = re.search(rf"<!-- numbers: {name} -->\n.*?<!-- end -->", text, re.DOTALL)
        if found is None:
            sys.exit(f"{page}: no place <!-- numbers: {name} --> ... <!-- end -->")
        text = text.replace(found.group(0), f"<!-- numbers: {name} -->\n\n{block}\n\n<!-- end -->")
    page.write_text(text, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    four, base = (open_run(path) for path in sys.argv[1:])
    fill(FOLDER / "four-worlds.md", {"levels": levels(four), "effects": effects(four), "allies": allies(four)})
    fill(FOLDER / "baseline-levels.md", {"chances": baseline_chances(base), "rest": baseline_rest(base)})
