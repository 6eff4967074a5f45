"""Crisis games from YAML and batches of them from CSV: equilibria out. Needs no extra."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from foedus.calibrate.strategic.textfile import read_text
from foedus.errors import InputError, did_you_mean
from foedus.model.games import exact
from foedus.model.games.equilibria import FOLD_ADVICE, KINDS, Equilibria, Floats, all_equilibria
from foedus.model.games.select import RULES, is_stable, select

PAYOFFS = ("S_A", "V_A", "C_B", "W_A", "W_B", "a", "V_B")
COLUMNS = ("SA", "VA", "CB", "WA", "WB", "a", "VB")
BATCH_COLUMNS = ("vector_id", *COLUMNS)
FAMILIES = ("normal", "logistic")
LARGEST_PAYOFF = 1e6
_FIELDS = ("game", "payoffs", "information", "select", "start", "title")


def _line_of(text: str, key: str) -> int | None:
    for number, line in enumerate(text.splitlines(), 1):
        if line.replace("{", " ").replace(",", " ").lstrip().startswith(f"{key}:"):
            return number
    return None


def read_crisis(path: Path) -> dict[str, Any]:
    """Read a crisis game from YAML: payoffs, kind of private information, selection rule."""
    text = read_text(path)
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "malformed"
        raise InputError(f"not YAML: {problem}", file=path, line=mark.line + 1 if mark else None) from error
    if not isinstance(raw, dict):
        raise InputError("a game file is a mapping with the key payoffs", file=path, line=1)
    for key in raw:
        if key not in _FIELDS:
            raise InputError(
                f"unknown key{did_you_mean(str(key), _FIELDS)}",
                file=path,
                line=_line_of(text, str(key)),
                field=str(key),
            )
    if raw.get("game", "crisis") != "crisis":
        raise InputError(
            "the only game solved from YAML is crisis; write others as .efg", file=path, field="game"
        )
    payoffs = raw.get("payoffs")
    if not isinstance(payoffs, dict):
        raise InputError(f"must list {', '.join(PAYOFFS)}", file=path, field="payoffs")
    return {
        "payoffs": np.array([[_payoff(payoffs, name, path, text)] for name in _known(payoffs, path, text)]),
        "information": _one_of(raw.get("information", "normal"), FAMILIES, "information", path),
        "select": None if raw.get("select") is None else _one_of(raw["select"], RULES, "select", path),
        "start": _real(raw.get("start", 0.0), "start", path, _line_of(text, "start")),
        "title": str(raw.get("title", path.stem)),
    }


def _known(payoffs: dict[Any, Any], path: Path, text: str) -> tuple[str, ...]:
    for key in payoffs:
        if str(key) not in PAYOFFS:
            raise InputError(
                f"unknown payoff{did_you_mean(str(key), PAYOFFS)}",
                file=path,
                line=_line_of(text, str(key)),
                field=str(key),
            )
    return PAYOFFS


def _payoff(payoffs: dict[Any, Any], name: str, path: Path, text: str) -> float:
    if name not in payoffs:
        raise InputError(f"payoff {name} is missing; give all of {', '.join(PAYOFFS)}", file=path, field=name)
    return _real(payoffs[name], name, path, _line_of(text, name))


def _real(value: Any, name: str, path: Path | None, line: int | None) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise InputError(f"must be a number, got {value!r}", file=path, line=line, field=name)
    if not math.isfinite(value) or abs(value) > LARGEST_PAYOFF:
        raise InputError(
            f"must be a finite number of size at most 1e6, got {value}", file=path, line=line, field=name
        )
    return float(value)


def _one_of(value: Any, known: tuple[str, ...], name: str, path: Path | None) -> str:
    if value not in known:
        raise InputError(f"unknown {name} {value!r}{did_you_mean(str(value), known)}", file=path, field=name)
    return str(value)


def read_batch(path: Path) -> tuple[Any, Floats]:
    """Read payoff vectors from CSV: identifiers (a polars series of text) and (7, n) payoffs. Blank lines count for nothing."""
    import polars as pl

    table, lines = _batch_table(path)
    rows = []
    for name in COLUMNS:
        numbers = table[name].str.strip_chars().cast(pl.Float64, strict=False).to_numpy()
        bad = ~np.isfinite(numbers) | (np.abs(np.nan_to_num(numbers)) > LARGEST_PAYOFF)
        if bad.any():
            at = int(np.argmax(bad))
            text = f"must be a finite number of size at most 1e6, got {table[name][at] or 'nothing'}"
            raise InputError(text, file=path, line=int(lines[at]), field=name)
        rows.append(numbers)
    return table["vector_id"].fill_null(""), np.stack(rows)


def _batch_table(path: Path) -> tuple[Any, Any]:
    """Return the columns of the contract as text, and the line of each row in the file."""
    import polars as pl

    if not path.is_file():
        raise InputError("no such file", file=path)
    try:
        table = pl.read_csv(path, infer_schema=False)
    except pl.exceptions.NoDataError as error:
        raise InputError("no payoff vectors", file=path) from error
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        raise InputError(f"not a CSV table ({str(error).splitlines()[0][:120]})", file=path) from error
    blank = pl.all_horizontal(pl.all().fill_null("").str.strip_chars() == "")
    kept = ~table.select(blank).to_series()
    names = [name.strip() for name in table.columns]
    for name in BATCH_COLUMNS:
        problem = f"no column {name}; a batch has {','.join(BATCH_COLUMNS)}" if name not in names else ""
        if names.count(name) > 1 or f"{name}_duplicated_0" in names:
            problem = f"two columns are called {name}; keep one"
        if problem:
            raise InputError(problem, file=path, line=1, field=name)
    if not kept.any():
        raise InputError("no payoff vectors", file=path)
    chosen = [pl.col(table.columns[names.index(name)]).alias(name) for name in BATCH_COLUMNS]
    return table.select(chosen).filter(kept), 2 + np.flatnonzero(kept.to_numpy())


def equilibrium_table(games: Floats, found: Equilibria, family: str) -> dict[str, Floats]:
    """Return the columns of the batch contract, one row per equilibrium; the corner has no challenge at all."""
    corner = found.kind == 1
    ends = exact.outcomes(games[:, found.game], np.where(corner, 0.0, found.x), family)
    ends[:, corner] = np.array([1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])[:, None]
    starts = np.searchsorted(found.game, found.game, side="left")
    return {
        "game": found.game.astype(float),
        "equilibrium": (np.arange(found.game.size) - starts + 1).astype(float),
        "pr": ends[5],
        "pc": ends[4],
        "pf": ends[6],
        "prob_sq": ends[0],
        "prob_cd": ends[1],
        "prob_sf": ends[2],
        "prob_bd": ends[3],
        "stable": is_stable(found).astype(float),
    }


def solve_batch(source: Path, out: Path, family: str = "normal") -> dict[str, Any]:
    """Solve every payoff vector of a CSV file and write one row per equilibrium."""
    import polars as pl

    from foedus.calibrate.strategic import programs

    _one_of(family, FAMILIES, "information", None)
    names, games = read_batch(source)
    found = programs.solve(games, family)
    columns = equilibrium_table(games, found, family)
    table = pl.DataFrame(
        {
            "vector_id": names.gather(found.game),
            "equilibrium": columns["equilibrium"].astype(np.int64),
            **{k: columns[k] for k in ("pr", "pc", "pf", "prob_sq", "prob_cd", "prob_sf", "prob_bd")},
            "stable": columns["stable"].astype(np.int64),
            "kind": pl.Series(KINDS, dtype=pl.String).gather(found.kind),
        }
    )
    out.parent.mkdir(parents=True, exist_ok=True)
    table.write_csv(out)
    doubtful = names.gather(np.flatnonzero(~found.certified)).to_list()
    counts = np.bincount(np.bincount(found.game, minlength=games.shape[1]))
    return {
        "vectors": games.shape[1],
        "equilibria": int(found.game.size),
        "vectors_by_count": {int(k): int(v) for k, v in enumerate(counts) if v},
        "corners": int((found.kind == 1).sum()),
        "not_certified": doubtful,
        "advice": FOLD_ADVICE if doubtful else "",
        "out": str(out),
    }


def solve_crisis(path: Path, rule: str | None = None, family: str | None = None) -> dict[str, Any]:
    """Solve one crisis game: all equilibria, the certificate, and the selected one where a rule is given."""
    game = read_crisis(path)
    family = game["information"] if family is None else _one_of(family, FAMILIES, "information", None)
    rule = game["select"] if rule is None else _one_of(rule, RULES, "select", None)
    found = all_equilibria(game["payoffs"], family=family)
    columns = equilibrium_table(game["payoffs"], found, family)
    rows = [
        {
            **{k: float(columns[k][i]) for k in ("pr", "pc", "pf", "prob_sq", "prob_cd", "prob_sf", "prob_bd")},
            "x": None if np.isneginf(found.x[i]) else float(found.x[i]),
            "slope": float(found.slope[i]),
            "error": float(found.error[i]),
            "stable": bool(columns["stable"][i]),
            "kind": KINDS[found.kind[i]],
        }
        for i in range(found.game.size)
    ]
    named: Any = rule
    chosen = None if rule is None else int(select(found, named, start=game["start"], family=family)[0])
    return {
        "title": game["title"],
        "game": "crisis",
        "information": family,
        "payoffs": {name: float(game["payoffs"][k, 0]) for k, name in enumerate(PAYOFFS)},
        "certified": bool(found.certified[0]),
        "advice": "" if found.certified[0] else FOLD_ADVICE,
        "equilibria": rows,
        "select": rule,
        "selected": chosen,
    }


def sweep(path: Path, name: str, low: float, high: float, steps: int = 201) -> Iterator[dict[str, Any]]:
    """Yield all equilibria of a crisis game as one payoff varies."""
    from foedus.calibrate.strategic import programs

    game = read_crisis(path)
    if name not in PAYOFFS:
        raise InputError(f"unknown payoff{did_you_mean(name, PAYOFFS)}", field="vary")
    if not low < high:
        raise InputError("--from must lie below --to", field="from")
    values = np.linspace(_real(low, "from", None, None), _real(high, "to", None, None), steps)
    games = np.repeat(game["payoffs"], steps, axis=1)
    games[PAYOFFS.index(name)] = values
    found = programs.solve(games, game["information"])
    columns = equilibrium_table(games, found, game["information"])
    for i, k in enumerate(found.game):
        yield {
            "value": float(values[k]),
            "pr": float(columns["pr"][i]),
            "pc": float(columns["pc"][i]),
            "kind": KINDS[found.kind[i]].replace("_", " "),
            "stability": "stable" if columns["stable"][i] else "unstable",
        }
