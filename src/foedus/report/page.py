"""The self-contained HTML report."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from concurrent.futures import Future, ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
from markupsafe import Markup, escape

from foedus import __version__
from foedus.report import palette, pictures, places, sentences, svg, tables, tidy
from foedus.report.bundle import javascript
from foedus.report.charts.base import Picture
from foedus.report.numbers import Interval, of_draws, significant, span
from foedus.report.view import RunView, horizon, is_four_worlds, run_title, scenario_order, start_words, titles

_STRONG = re.compile(r"(?:over |about )*[\d.,]+ (?:in [\d,]+|percentage points?|billion USD|of 100 draws)")


class Begun(NamedTuple):
    """Pictures that are being drawn: they show results alone, so they need not wait for the insight."""

    pictures: dict[str, Picture]
    drawing: dict[str, Future[dict[str, Any]]]


def begin(run: RunView) -> Future[Begun]:
    """Start drawing what shows results alone. Drawing runs outside Python, so other work goes on."""
    pool = ThreadPoolExecutor(1)
    begun = pool.submit(_begin, run)
    pool.shutdown(wait=False)
    return begun


def _begin(run: RunView) -> Begun:
    shown = _of_results(run)
    return Begun(shown, _draw(shown))


def write_html(run: RunView, path: str | Path, begun: Future[Begun] | None = None) -> Path:
    """Write the report of a run as one file that needs nothing else. ``begun``: what `begin` returned for the run.

    Returns:
        The path written.
    """
    target = Path(path)
    text = render(run, begun)
    part = target.with_name(target.name + ".part")
    part.write_text(text, encoding="utf-8")
    part.replace(target)
    return target


def render(run: RunView, begun: Future[Begun] | None = None) -> str:
    """Return the report as HTML text."""
    first = _begin(run) if begun is None else begun.result()
    explaining = _of_insight(run)
    drawing = first.drawing | _draw(explaining)
    shown = first.pictures | explaining
    parts = _facts(run) | _tables(run) | _words(run, shown)
    figures = {key: drawn.result() for key, drawn in drawing.items()}
    fans = [figure for key, figure in figures.items() if key.startswith("fan-")]
    return _environment().get_template("report.html.j2").render(**parts, figures=figures, fans=fans)


def _draw(shown: dict[str, Picture]) -> dict[str, Future[dict[str, Any]]]:
    pool = ThreadPoolExecutor(2)
    drawing = {key: pool.submit(_figure, picture) for key, picture in shown.items()}
    pool.shutdown(wait=False)
    return drawing


def _words(run: RunView, shown: dict[str, Picture]) -> dict[str, Any]:
    """Return sentences, styles and scripts, with the hashes that the page's content policy allows."""
    bundle, script = Markup(javascript()), Markup(_asset("report.js"))  # noqa: S704
    charts = {picture.name: _compact(picture) for picture in shown.values()}
    hashes = " ".join(f"'sha256-{_hash(str(s))}'" for s in (bundle, script))
    return {
        "sentences": [_emphasise(s) for s in sentences.three_sentences(run)],
        "flip": _flip_words(run),
        "bundle": bundle,
        "script": script,
        "specs": Markup(_json({"colours": palette.SENTINELS, "charts": charts})),  # noqa: S704
        "style": Markup(_asset("report.css")),  # noqa: S704
        "hashes": Markup(hashes),  # noqa: S704
    }


def _of_results(run: RunView) -> dict[str, Picture]:
    fans = {p.name: p for p in pictures.fan_pictures(run)}
    ledger = pictures.ledger_picture(run, tidy.worst(run))
    shown = {"main": pictures.main_picture(run), "map": pictures.map_picture(run), **fans}
    return shown if ledger is None else shown | {"ledger": ledger}


def _of_insight(run: RunView) -> dict[str, Picture]:
    found = {
        "flip": pictures.flip_picture(run),
        "channels": pictures.channels_picture(run),
        "assumptions": pictures.assumptions_picture(run),
    }
    return {key: p for key, p in found.items() if p is not None}


def _compact(picture: Picture) -> dict[str, Any]:
    """Return the live chart with its rows as lists, which halves the page; the script turns them back into objects."""
    packed = {}
    for name, rows in picture.live["datasets"].items():
        flat = bool(rows) and not any(isinstance(v, dict) for v in rows[0].values())
        packed[name] = {"columns": list(rows[0]), "rows": [list(r.values()) for r in rows]} if flat else rows
    return {**picture.live, "datasets": packed, "description": picture.description}


def _figure(picture: Picture) -> dict[str, Any]:
    drawn = svg.for_page(picture.still, picture.name, picture.description)
    return {
        "name": picture.name,
        "title": picture.title,
        "caption": picture.caption,
        "description": picture.description,
        "svg": Markup(drawn),  # noqa: S704
    }


def _facts(run: RunView) -> dict[str, Any]:
    manifest = run.manifest
    listed = {str(s.get("name")): s for s in run.scenarios}
    named = titles(run)
    front = tidy.frontline(run)
    reasons = {n: str(listed.get(n, {}).get("rationale") or "") for n in scenario_order(run)}
    return {
        "title": run_title(run),
        "version": __version__,
        "made_with": str(
            manifest.get("version") or (manifest.get("versions") or {}).get("foedus") or __version__
        ),
        "manifest": manifest,
        "fingerprint": str(manifest.get("fingerprint") or ""),
        "results_sha256": str(manifest.get("results_sha256") or ""),
        "seed": manifest.get("seed"),
        "draws": int(run.dataset.sizes["draw"]),
        "horizon": horizon(run),
        "start": start_words(run),
        "as_of": manifest.get("as_of"),
        "scenarios": [(n, named[n], reasons[n]) for n in scenario_order(run)],
        "shared_reason": next(iter(reasons.values())) if len(set(reasons.values())) == 1 else "",
        "allies": [tidy.member_names(run)[m] for m in tidy.members(run)],
        "first_ally": tidy.member_names(run)[front[0]],
        "frontline": [tidy.member_names(run)[m] for m in front],
        "worst": named[tidy.worst(run)],
        "is_four_worlds": is_four_worlds(run),
        "patron": places.patron_name(),
        "adversary": places.adversary_name(),
        "command": _command(run),
        "folder": run.path.name,
        "data_notes": [str(n) for n in manifest.get("data_notes") or []],
    }


def _tables(run: RunView) -> dict[str, Any]:
    worst = tidy.worst(run)
    reliance = tidy.run_interval(run, "years_to_self_reliance", worst)
    return {
        "ally_tables": tables.ally_tables(run),
        "ledger_rows": tables.ledger_rows(run, worst) if tidy.has(run, "ledger_cost_usd_billion") else [],
        "total_cost": span(tidy.run_interval(run, "replacement_cost_usd_billion", worst), "billion USD"),
        "self_reliance": span(reliance, "years") if reliance.known else "",
        "self_reliance_never": of_draws(1 - reliance.finite_share) if reliance.finite_share < 1 else "",
        "channel_tables": tables.channel_tables(run),
        "assumption_rows": tables.assumption_rows(run),
    }


def _flip_words(run: RunView) -> str:
    """How large the treaty's own weight would have to be for the order to turn."""
    if not is_four_worlds(run):
        return ""
    flip = pictures.flip_of(run)
    if flip is None:
        return "How large the treaty's own weight would have to be was not computed for this run."
    unit = str(flip.get("unit") or "log odds")
    never = float(flip.get("share_of_draws_unreachable") or 0.0)
    tail = f" In {of_draws(never)}, no weight that was tried turns it." if never > 0 else ""
    own = significant(flip["prior_p50"])
    if pictures.flip_picture(run) is None:
        return f"The treaty's own weight in credibility is {own} in the model ({unit}).{tail}"
    needed = span(Interval(flip["p05"], flip["p50"], flip["p95"]))
    return (
        f"Part of this answer lies in how credibility is modelled. For ending the treaty to be as dangerous as "
        f"disbelief, the treaty's own weight would have to be {needed}; the model gives it a median of {own}."
        f"{tail} Unit: {unit}."
    )


def _command(run: RunView) -> str:
    family = ["four-worlds"] if is_four_worlds(run) and len(run.scenarios) == 4 else scenario_order(run)
    manifest = run.manifest
    parts = [
        "foedus run",
        *family,
        f"--draws {int(run.dataset.sizes['draw'])}",
        f"--seed {manifest.get('seed')}",
    ]
    if manifest.get("as_of"):
        parts.append(f"--as-of {manifest['as_of']}")
    return " ".join(parts)


def _emphasise(sentence: str) -> Markup:
    return Markup(_STRONG.sub(lambda m: f"<strong>{m.group(0)}</strong>", str(escape(sentence))))  # noqa: S704


def _json(value: object) -> str:
    """JSON that cannot end the script element that holds it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _asset(name: str) -> str:
    return (files("foedus.report") / "templates" / name).read_text(encoding="utf-8")


def _environment() -> jinja2.Environment:
    loader = jinja2.FunctionLoader(_asset)
    return jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
