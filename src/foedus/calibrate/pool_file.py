"""The experts' file: questions, experts, probabilities, track records and seed questions; checked with line numbers."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from foedus.calibrate.pool import (
    Disagreement,
    Floats,
    brier_weights,
    cooke_weights,
    disagreement,
    linear_pool,
    log_odds_pool,
)
from foedus.calibrate.priors import priors_of
from foedus.errors import InputError, did_you_mean

LARGEST_FILE = 2_000_000
METHODS = ("linear", "log_odds", "extremised", "performance_linear", "performance_log_odds")
TOP_KEYS = ("question", "about", "outcomes", "experts", "seeds", "extremise", "use", "source", "as_of")
ABOUT = {"present": "administration", "next": "next"}
"""Which administration a file is about, and the key of a scenario's beliefs that takes it."""
EXPERT_KEYS = ("name", "probabilities", "seeds", "track_record", "source")
ADMINISTRATION_TYPES = ("committed", "transactional", "withdrawing")


@dataclass(frozen=True)
class PooledQuestion:
    """All pools of one file, the weights behind them, and how far the experts are apart."""

    question: str
    outcomes: tuple[str, ...]
    experts: tuple[str, ...]
    probabilities: Floats
    weights: Floats | None
    weight_basis: str
    pools: dict[str, Floats]
    disagreement: list[Disagreement]
    use: str
    about: str = "present"

    def beliefs(self) -> dict[str, float]:
        """The chosen pool, rounded to four places and summing to one."""
        return self._rounded(self.pools[self.use])

    def _rounded(self, probabilities: Floats) -> dict[str, float]:
        rounded = np.round(probabilities, 4)
        rounded[int(np.argmax(rounded))] += 1 - rounded.sum()
        return {name: float(round(p, 4)) for name, p in zip(self.outcomes, rounded, strict=True)}

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        apart = zip(self.outcomes, self.disagreement, strict=True)
        return {
            "question": self.question,
            "experts": {
                name: {
                    "probabilities": dict(zip(self.outcomes, map(float, p), strict=True)),
                    "weight": None if self.weights is None else float(self.weights[i]),
                }
                for i, (name, p) in enumerate(zip(self.experts, self.probabilities, strict=True))
            },
            "weight_basis": self.weight_basis,
            "pools": {m: dict(zip(self.outcomes, map(float, p), strict=True)) for m, p in self.pools.items()},
            "disagreement": {name: vars(d) for name, d in apart},
            "use": self.use,
            "beliefs": {ABOUT[self.about]: self.beliefs()} if self.is_administration else self.beliefs(),
        }

    @property
    def is_administration(self) -> bool:
        """Whether the outcomes are the types of administration that a scenario asks for."""
        return set(self.outcomes) == set(ADMINISTRATION_TYPES)

    def scenario_yaml(self) -> str:
        """Lines to paste into a scenario file.

        Errors: InputError where the outcomes are not the types of administration.
        """
        return self._beliefs_yaml(self.beliefs())

    def _beliefs_yaml(self, beliefs: dict[str, float]) -> str:
        if not self.is_administration:
            raise InputError(
                f"a scenario takes beliefs about {', '.join(ADMINISTRATION_TYPES)} only", field="outcomes"
            )
        pairs = ", ".join(f"{k}: {beliefs[k]:.4g}" for k in ADMINISTRATION_TYPES)
        return f"beliefs:\n  {ABOUT[self.about]}: {{{pairs}}}\n"

    def family_yaml(self, start: str, horizon: str) -> str:
        """A scenario file with the pool and, beside it, each expert: the disagreement stays visible in the results.

        Errors: InputError where the outcomes are not the types of administration, or two names are alike.
        """
        views = {"pooled": ("The pool", self._beliefs_yaml(self.beliefs()))}
        for name, p in zip(self.experts, self.probabilities, strict=True):
            slug = "expert-" + re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
            if slug in views or slug == "expert-":
                raise InputError(f"the name {name!r} gives no scenario name of its own", field="experts")
            views[slug] = (name, self._beliefs_yaml(self._rounded(p)))
        lines = [
            "name: experts", f"title: {json.dumps(self.question or 'Experts')}", f"start: {start}",
            f"horizon: {horizon}", "scenarios:",
        ]  # fmt: skip
        for slug, (title, beliefs) in views.items():
            lines += [f"  - name: {slug}", f"    title: {json.dumps(title, ensure_ascii=False)}"]
            lines += [] if slug == "pooled" else ["    compare_with: pooled"]
            lines += ["    " + line for line in beliefs.splitlines()]
        return "\n".join(lines) + "\n"


class _Lines:
    """Finds the line of a path in a YAML document."""

    def __init__(self, text: str) -> None:
        self.root = yaml.compose(text, Loader=yaml.SafeLoader)

    def of(self, path: tuple[str | int, ...]) -> int | None:
        node = self.root
        for key in path:
            if isinstance(node, yaml.MappingNode):
                node = next((v for k, v in node.value if k.value == str(key)), node)
            elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
                node = node.value[key]
        return None if node is None else int(node.start_mark.line) + 1


@dataclass(frozen=True)
class _Reader:
    file: Path
    data: dict[str, Any]
    lines: _Lines

    def fail(self, message: str, *path: str | int) -> InputError:
        field = ".".join(str(p) for p in path)
        return InputError(message, file=self.file, line=self.lines.of(path), field=field or None)

    def known(self, mapping: dict[str, Any], keys: tuple[str, ...], *path: str | int) -> None:
        for key in mapping:
            if key not in keys:
                raise self.fail(f"unknown key {key!r}{did_you_mean(str(key), keys)}", *path, str(key))

    def one_of(self, value: Any, allowed: tuple[str, ...], *path: str | int) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise self.fail(f"must be {' or '.join(allowed)}, got {value!r}", *path)
        return value

    def number(self, value: Any, *path: str | int) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not np.isfinite(value):
            raise self.fail(f"need a number, got {value!r}", *path)
        return float(value)


def _repeated(root: Any) -> Any:
    """The first key that stands twice in one mapping; None where there is none. The last would count without a word."""
    waiting, met = [root], set()
    while waiting:
        node = waiting.pop()
        if id(node) in met:
            continue
        met.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if key.value in seen and isinstance(key, yaml.ScalarNode):
                    return key
                seen.add(str(key.value))
                waiting.append(value)
    return None


def _open(path: Path) -> _Reader:
    if not path.is_file():
        raise InputError("no such file", file=path)
    if path.stat().st_size > LARGEST_FILE:
        raise InputError(f"larger than {LARGEST_FILE // 10**6} MB, which no file of experts is", file=path)
    try:
        text = path.read_text(encoding="utf-8-sig")
        lines = _Lines(text)
        twice = _repeated(lines.root)
        if twice is not None:
            raise InputError(f"the key {twice.value!r} stands twice", file=path, line=twice.start_mark.line + 1)
        data = yaml.safe_load(text)
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8 text", file=path) from error
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "not YAML"
        raise InputError(str(problem), file=path, line=None if mark is None else mark.line + 1) from error
    if not isinstance(data, dict):
        raise InputError("need a mapping with question, outcomes and experts", file=path, line=1)
    return _Reader(path, data, lines)


def _outcomes(r: _Reader) -> tuple[str, ...]:
    names = r.data.get("outcomes")
    if not isinstance(names, list) or len(names) < 2:
        raise r.fail("need a list of at least two outcome names", "outcomes")
    odd = [n for n in names if not isinstance(n, str)]
    if odd:
        raise r.fail(f"names must be text, got {odd[0]!r}: put yes, no and numbers in quotes", "outcomes")
    if len(set(names)) != len(names):
        raise r.fail("outcome names must differ", "outcomes")
    return tuple(names)


def _expert_rows(r: _Reader, outcomes: tuple[str, ...]) -> tuple[list[dict[str, Any]], Floats]:
    experts = r.data.get("experts")
    if not isinstance(experts, list) or not experts or not all(isinstance(e, dict) for e in experts):
        raise r.fail("need a list of experts, each with name and probabilities", "experts")
    rows = np.zeros((len(experts), len(outcomes)))
    for i, expert in enumerate(experts):
        r.known(expert, EXPERT_KEYS, "experts", i)
        if not isinstance(expert.get("name"), str):
            raise r.fail("need a name", "experts", i, "name")
        given = expert.get("probabilities")
        if not isinstance(given, dict) or set(given) != set(outcomes):
            raise r.fail(
                f"need one probability for each of {', '.join(outcomes)}", "experts", i, "probabilities"
            )
        for k, name in enumerate(outcomes):
            rows[i, k] = r.number(given[name], "experts", i, "probabilities", name)
            if not 0 <= rows[i, k] <= 1:
                raise r.fail(f"must lie in [0, 1], got {rows[i, k]:g}", "experts", i, "probabilities", name)
        if abs(rows[i].sum() - 1) > 1e-6:
            raise r.fail(f"must sum to 1, sum to {rows[i].sum():.4g}", "experts", i, "probabilities")
    names = [e["name"] for e in experts]
    if len(set(names)) != len(names):
        raise r.fail("two experts have the same name", "experts")
    return experts, rows


def _seed_weights(r: _Reader, experts: list[dict[str, Any]]) -> Floats:
    seeds = r.data["seeds"]
    if not isinstance(seeds, dict) or not isinstance(seeds.get("truth"), dict) or not seeds["truth"]:
        raise r.fail("need levels and truth, a mapping from seed question to its true value", "seeds")
    r.known(seeds, ("levels", "truth", "cutoff", "log_scale"), "seeds")
    given_levels = seeds.get("levels", [0.05, 0.5, 0.95])
    if not isinstance(given_levels, list) or not given_levels:
        raise r.fail("need a list of levels such as [0.05, 0.5, 0.95]", "seeds", "levels")
    levels = [r.number(v, "seeds", "levels") for v in given_levels]
    if any(b <= a for a, b in itertools.pairwise(levels)) or not (levels[0] > 0 and levels[-1] < 1):
        raise r.fail("levels must increase and lie between 0 and 1", "seeds", "levels")
    questions = list(seeds["truth"])
    truth = np.array([r.number(seeds["truth"][q], "seeds", "truth", q) for q in questions])
    quantiles = np.zeros((len(experts), len(questions), len(levels)))
    for i, expert in enumerate(experts):
        given = expert.get("seeds")
        for k, q in enumerate(questions):
            values = given.get(q) if isinstance(given, dict) else None
            if not isinstance(values, list) or len(values) != len(levels):
                raise r.fail(f"need {len(levels)} quantiles for seed question {q!r}", "experts", i, "seeds", q)
            quantiles[i, k] = [r.number(v, "experts", i, "seeds", q) for v in values]
            if np.any(np.diff(quantiles[i, k]) <= 0):
                raise r.fail("quantiles must increase", "experts", i, "seeds", q)
    cutoff, log_scale = _seed_options(r, seeds)
    try:
        return cooke_weights(quantiles, truth, levels, cutoff, log_scale).weight
    except InputError as error:
        raise r.fail(error.message, "seeds") from error


def _seed_options(r: _Reader, seeds: dict[str, Any]) -> tuple[float | None, bool]:
    """Cutoff (None for the usual one) and whether the seed questions are on a log scale."""
    cutoff = None if seeds.get("cutoff") is None else r.number(seeds["cutoff"], "seeds", "cutoff")
    if cutoff is not None and not 0 <= cutoff < 1:
        raise r.fail(f"must lie in [0, 1), got {cutoff:g}", "seeds", "cutoff")
    log_scale = seeds.get("log_scale", False)
    if not isinstance(log_scale, bool):
        raise r.fail(f"must be true or false, got {log_scale!r}", "seeds", "log_scale")
    return cutoff, log_scale


def _record_weights(r: _Reader, experts: list[dict[str, Any]]) -> Floats:
    records = []
    for i, expert in enumerate(experts):
        rows = expert.get("track_record")
        if not isinstance(rows, list) or not rows:
            raise r.fail("every expert needs a track record, or none", "experts", i, "track_record")
        probability, outcome = [], []
        for k, row in enumerate(rows):
            path: tuple[str | int, ...] = ("experts", i, "track_record", k)
            if not isinstance(row, dict) or set(row) - {"question"} != {"probability", "outcome"}:
                raise r.fail("need probability and outcome (0 or 1)", *path)
            p, y = r.number(row["probability"], *path), row["outcome"]
            if not 0 <= p <= 1 or y not in (0, 1):
                raise r.fail("probability must lie in [0, 1] and outcome be 0 or 1", *path)
            probability.append(p)
            outcome.append(float(y))
        records.append({"probability": probability, "outcome": outcome})
    return brier_weights(records)


def _weights(r: _Reader, experts: list[dict[str, Any]]) -> tuple[Floats | None, str]:
    if "seeds" in r.data:
        return _seed_weights(r, experts), "seed questions (Cooke's classical model)"
    if any("track_record" in e for e in experts):
        return _record_weights(r, experts), "track records (Brier score)"
    return None, "none: equal weights"


def pool_file(path: Path) -> PooledQuestion:
    """Read an experts' file and pool it in every way that its content allows.

    Errors: InputError with file, line and field.
    """
    r = _open(path)
    r.known(r.data, TOP_KEYS)
    outcomes = _outcomes(r)
    experts, p = _expert_rows(r, outcomes)
    weights, basis = _weights(r, experts)
    factor = r.number(r.data.get("extremise", priors_of("pool")["extremising"].args[0]), "extremise")
    if not 1 <= factor <= 10:
        raise r.fail(f"extremising factor must lie in [1, 10], got {factor:g}", "extremise")
    pooled = {
        "linear": linear_pool(p),
        "log_odds": log_odds_pool(p),
        "extremised": log_odds_pool(p, extremise=factor if len(p) > 1 else 1.0),
    }
    if weights is not None:
        w = [float(v) for v in weights]
        pooled["performance_linear"] = linear_pool(p, w)
        pooled["performance_log_odds"] = log_odds_pool(p, w)
    use = r.data.get("use", "linear" if weights is None else "performance_linear")
    if not isinstance(use, str) or use not in pooled:
        raise r.fail(f"no pool {use!r} here{did_you_mean(str(use), tuple(pooled))}", "use")
    names = tuple(e["name"] for e in experts)
    about = r.one_of(r.data.get("about", "present"), tuple(ABOUT), "about")
    question = str(r.data.get("question", ""))
    return PooledQuestion(question, outcomes, names, p, weights, basis, pooled, disagreement(p), use, about)
