"""Draw the pictures of the pages on strategy: ``uv run python scripts/strategy_pictures.py``. Writes docs/images/*.svg."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from foedus.model.burden_theory import nash
from foedus.model.contest_forms import FORMS, Contest, success
from foedus.model.parameters import register
from foedus.model.trust_tipping import Defence, folds, joining
from foedus.report import palette
from foedus.report.svg import picture_file
from foedus.scenario.council_decision import decide
from foedus.scenario.council_file import EXAMPLE, parse_council

IMAGES = Path(__file__).parent.parent / "docs" / "images"
SIZE = {"width": 520, "height": 280}


def chart(
    rows: list[dict[str, Any]], title: str, x: tuple[str, str], y: tuple[str, str], colour: str | None
) -> dict[str, Any]:
    """Return a line chart as a Vega-Lite document."""
    encoding: dict[str, Any] = {
        "x": {"field": x[0], "type": "quantitative", "title": x[1]},
        "y": {"field": y[0], "type": "quantitative", "title": y[1]},
        "order": {"field": "order", "type": "quantitative"},
    }
    if colour:
        encoding["color"] = {"field": colour, "type": "nominal", "title": colour, "sort": None}
        encoding["strokeDash"] = {"field": colour, "type": "nominal", "sort": None}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "config": palette.config(),
        "title": title,
        "data": {"values": rows},
        "mark": {"type": "line", "clip": True, "strokeWidth": 2},
        "encoding": encoding,
        **SIZE,
    }


def write(name: str, document: dict[str, Any], words: str) -> None:
    """Write one picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    (IMAGES / f"{name}.svg").write_text(picture_file(document, words), encoding="utf-8")


def tipping() -> None:
    """The curve of equilibria below and above the critical mutual effect."""
    rows = []
    for mutual, level in ((2.2, -1.6), (4.0, -2.5), (6.0, -3.9)):
        defence = Defence(np.full(3, level), np.full(3, 1 / 3), 1.8, mutual)
        u = np.linspace(-9, 9, 400)
        share = joining(defence, u)
        credibility = (u - mutual * share) / 1.8
        name = f"m = {mutual:g} ({'tips' if folds(defence) else 'slides'})"
        rows += [
            {"c": float(c), "q": float(q), "order": k, "case": name}
            for k, (c, q) in enumerate(zip(credibility, share, strict=True))
            if -0.05 <= c <= 1.05
        ]
    document = chart(rows, "Expected joining against credibility", ("c", "credibility in the allies' eyes (probability)"),
                     ("q", "expected joining (share of capability)"), "case")  # fmt: skip
    document["encoding"]["x"]["scale"] = {"domain": [0, 1]}
    write(
        "trust-tipping",
        document,
        "Three curves of expected joining by credibility; the steepest folds back, so trust tips there",
    )


def forms() -> None:
    """The attacker's chance by force ratio in the three forms."""
    half = np.array(0.5)
    names = ("contest_exponent", "defender_advantage", "contest_spread", "salvo_offence", "salvo_defence", "salvo_staying",
             "salvo_breaking", "salvo_surprise")  # fmt: skip
    contest = Contest(*(float(register()[f"theatre.{n}"].quantile(half)) for n in names))
    ratio = np.exp(np.linspace(np.log(0.3), np.log(6), 80))
    rows = [
        {"r": float(r), "s": float(s), "order": k, "form": form}
        for form in FORMS
        for k, (r, s) in enumerate(zip(ratio, success(form, 5 * ratio, np.array(5.0), contest), strict=True))
    ]
    document = chart(rows, "The attacker's chance in three forms of the contest", ("r", "attackers per defender (brigades)"),
                     ("s", "attacker's chance (probability)"), "form")  # fmt: skip
    document["encoding"]["x"]["scale"] = {"type": "log", "domain": [0.3, 6]}
    write(
        "contest-forms",
        document,
        "Ratio, Lanchester and salvo curves cross at the same force ratio; salvo is steepest",
    )


def council() -> None:
    """The price of consensus along the line."""
    found = decide(parse_council(EXAMPLE))
    rows = [
        {"x": p["option"], "usd": p[key], "order": k, "amount": name}
        for key, name in (
            ("price_usd_billion", "price of unanimity"),
            ("means_usd_billion", "what gainers can pay"),
        )
        for k, p in enumerate(found["consensus"]["curve"])
    ]
    write(
        "council-price",
        chart(rows, "The price of consensus in the example council", ("x", "option (percent of GDP)"),
              ("usd", "billion USD"), "amount"),
        "Price of unanimity and what gainers can pay, by option",
    )  # fmt: skip


def exploitation() -> None:
    """What each ally gives for defence at the Nash equilibrium, by the publicness of defence."""
    income = np.array([1.0, 2.0, 4.0, 8.0, 16.0])
    rows = [
        {"rho": float(rho), "share": 100.0 * float(given / own), "order": k, "income": f"{own:g}"}
        for k, rho in enumerate(np.linspace(0.0, 1.0, 41))
        for own, given in zip(income, nash(income, np.full(5, 0.05), float(rho)).defence, strict=True)
    ]
    document = chart(rows, "The great are exploited by the small as defence becomes public",
                     ("rho", "share of others' defence that protects an ally (rho)"), ("share", "defence (percent of income)"),
                     "income")  # fmt: skip
    document["encoding"]["color"]["title"] = document["encoding"]["strokeDash"]["title"] = "income (units)"
    write(
        "burden-exploitation",
        document,
        "Five allies of equal taste: all give five percent where defence is private; the small stop first as it becomes public",
    )


def from_json(path: Path, name: str) -> None:
    """A picture from the JSON of ``foedus windows`` or ``foedus hedge``."""
    import json

    found = json.loads(path.read_text(encoding="utf-8"))
    if name == "windows":
        keys = {
            "challenges_planned_per_quarter": "planned",
            "challenges_without_waiting_per_quarter": "if it never waited",
        }
        rows = [
            {
                "t": int(r["quarter"][:4]) + (int(r["quarter"][-1]) - 1) / 4,
                "v": r[key]["p50"],
                "order": k,
                "plan": label,
            }
            for key, label in keys.items()
            for k, r in enumerate(found["by_quarter"])
        ]
        document = chart(
            rows,
            "Challenges the adversary plans",
            ("t", "year"),
            ("v", "chance a quarter (median of draws)"),
            "plan",
        )
        document["encoding"]["x"]["axis"] = {"format": "d"}
        write("timing-plan", document, "Planned challenges rise before each change of administration")
        return
    rows = [
        {"d": r["demand_pct_gdp"], "v": r["extracted_usd_billion_a_year"][k], "order": i, "quantile": label}
        for k, label in (("p05", "5 percent"), ("p50", "median"), ("p95", "95 percent"))
        for i, r in enumerate(found["ultimatum"])
    ]
    document = chart(rows, "What an ultimatum extracts", ("d", "demand (percent of GDP a year)"),
                     ("v", "paid (billion USD of 2021 a year)"), "quantile")  # fmt: skip
    write("hedging-ultimatum", document, "Tribute paid by size of demand, with its interval over draws")


if __name__ == "__main__":
    import sys

    tipping()
    forms()
    council()
    exploitation()
    for argument in sys.argv[1:]:
        kind, _, file = argument.partition("=")
        from_json(Path(file), kind)
    print(*sorted(p.name for p in IMAGES.glob("*.svg")))
