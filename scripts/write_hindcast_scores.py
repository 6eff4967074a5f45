"""Write the measured tables of docs/reference/calibration.md from what the hindcasts printed.

    foedus hindcast spending --json > scores/spending.json
    foedus hindcast posture --json > scores/posture.json
    foedus hindcast aid --json > scores/aid.json
    foedus hindcast alliance --data TABLES --json > scores/alliance.json
    foedus hindcast disputes --data TABLES --json > scores/disputes.json
    foedus calibrate science --data TABLES --json > scores/science.json
    foedus calibrate spending --check --json > scores/check.json
    foedus calibrate posture --check --json > scores/check_posture.json (and credibility, ukraine)
    uv run python scripts/write_hindcast_scores.py scores

A table stands between ``<!-- numbers: NAME -->`` and ``<!-- end -->``; the rest of the page is written by hand. A file that
is not there leaves its table as it is. TABLES is a folder of imported tables.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "calibration.md"
NAMES = {
    "model": "model", "gradient_boosting": "gradient boosting", "boosting": "gradient boosting",
    "boosting_no_alliance": "boosting without alliances", "logit": "logit", "logit_extended": "extended logit",
    "logit_no_alliance": "logit without alliances", "base_rate": "base rate", "persistence": "persistence",
    "local_level": "local level", "linear_trend": "linear trend",
}  # fmt: skip


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a markdown table."""
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])


def percent(value: float) -> str:
    """Return a share as percent."""
    return f"{value:.0%}"


def horizons(result: dict[str, Any], digits: int) -> str:
    """Return CRPS and coverage of each forecaster one and three years ahead."""
    head = ["forecaster", "CRPS, 1 year", "CRPS, 3 years", "90% coverage, 1 year", "3 years"]
    rows = []
    for name, row in sorted(result["scores"].items(), key=lambda item: float(item[1]["crps"])):
        one, three = row["1_year"], row["3_year"]
        crps = [f"{part['crps']:.{digits}f}" for part in (one, three)]
        rows.append([NAMES[name], *crps, percent(one["coverage_90"]), percent(three["coverage_90"])])
    cells = result["scores"]["model"]
    count = f"{cells['1_year']['n']} cells one year ahead, {cells['3_year']['n']} three years ahead."
    return f"{count}\n\n{table(head, rows)}\n\n{origins(result)}"


def origins(result: dict[str, Any]) -> str:
    """Return the model's coverage by origin beside the range that its joint draws let expect."""
    found = result["setup"]["coverage_by_origin"]
    outside = [r for r in found if r["coverage"] < r["expected_q05"]]
    head = ["origin", "years ahead", "coverage", "expected, 5 to 95%"]
    rows = [
        [
            str(r["origin"]), str(r["horizon"]), percent(r["coverage"]),
            f"{percent(r['expected_q05'])} to {percent(r['expected_q95'])}",
        ]
        for r in sorted(found, key=lambda r: (r["horizon"], r["origin"]))
    ]  # fmt: skip
    words = f"{len(outside)} of {len(found)} forecasts cover less than their own joint draws let expect."
    return f"{words}\n\n{table(head, rows)}"


def aid(result: dict[str, Any]) -> str:
    """Return the scores of quarterly aid."""
    head = ["forecaster", "CRPS, billion EUR a quarter", "90% coverage", "cells"]
    ordered = sorted(result["scores"].items(), key=lambda item: float(item[1]["crps"]))
    return table(
        head, [[NAMES[n], f"{r['crps']:.2f}", percent(r["coverage_90"]), str(r["n"])] for n, r in ordered]
    )


def binary(result: dict[str, Any]) -> str:
    """Return log loss, Brier score and AUC."""
    head = ["forecaster", "log loss", "Brier", "AUC"]
    ordered = sorted(result["scores"].items(), key=lambda item: float(item[1]["log_loss"]))
    return table(
        head, [[NAMES[n], f"{r['log_loss']:.4f}", f"{r['brier']:.5f}", f"{r['auc']:.3f}"] for n, r in ordered]
    )


def science(rows: list[dict[str, Any]]) -> str:
    """Return the published findings beside ours."""
    head = ["finding", "published", "ours", "verdict", "why"]
    out = []
    for r in rows:
        ours = "" if r["ours"] is None else f"{r['ours']:.2f}"
        bounds = "" if r["low"] is None else f" ({r['low']:.2f}, {r['high']:.2f})"
        published = f"{r['published']} ({r['published_status']})"
        finding = f"{r['study']}, {r['period']}: {r['unit']}"
        out.append([finding, published, ours + bounds, r["verdict"], r["reason"]])
    return table(head, out)


def check(rows: list[dict[str, Any]]) -> str:
    """Return the ranks of simulation-based calibration."""
    head = ["coefficient", "mean rank of the truth", "p against uniform ranks"]
    first, low = rows[0], [r for r in rows if r["p_value"] < 0.05]
    words = (
        f"{first['replications']} simulated records, {len(low)} of {len(rows)} coefficients with p below 0.05 "
        f"({0.05 * len(rows):.1f} expected by chance)"
    )
    if "transitions" in first:
        share = first["divergences"] / first["transitions"]
        words += f"; {first['divergences']} of {first['transitions']} transitions diverged ({share:.1%})"
    if first.get("records_with_divergences"):
        words += f", all in {first['records_with_divergences']} of the records"
    names = [r.get("column", r.get("parameter")) for r in rows]
    cells = [
        [str(name), f"{r['mean_rank']:.2f}", f"{r['p_value']:.2g}"] for name, r in zip(names, rows, strict=True)
    ]
    return f"{words}.\n\n{table(head, cells)}"


TABLES: dict[str, Callable[[Any], str]] = {
    "spending": lambda r: horizons(r, 3), "posture": lambda r: horizons(r, 0), "aid": aid, "alliance": binary,
    "disputes": binary, "science": science, "check": check,
    "check_credibility": check, "check_posture": check, "check_ukraine": check,
}  # fmt: skip


def main() -> None:
    """Replace every table whose file is there."""
    folder = Path(sys.argv[1])
    text = PAGE.read_text(encoding="utf-8")
    for name, make in TABLES.items():
        file = folder / f"{name}.json"
        if not file.is_file():
            continue
        body = make(json.loads(file.read_text(encoding="utf-8")))
        block = re.compile(rf"(<!-- numbers: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        text, count = block.subn(lambda m, body=body: f"{m[1]}\n{body}\n\n{m[2]}", text)  # type: ignore[misc]
        if count != 1:
            raise SystemExit(f"{PAGE.name} has {count} places for the table {name}")
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
