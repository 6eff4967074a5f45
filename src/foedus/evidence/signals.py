"""What each item of a ledger does to the beliefs about the patron's administration.

``b'(type)`` is proportional to ``b(type)`` times the product of ``L(signal | type) ** weight``. Likelihoods, discounts for
cheap talk and weights of kinds of sources are tables (``data/signals.csv``, ``data/reliability.csv``) that an analyst may
replace by her own.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from foedus.errors import InputError
from foedus.evidence import tables
from foedus.evidence.actors import states
from foedus.evidence.ledger import Item, items, open_ledger

TYPES = ("committed", "transactional", "withdrawing")
Bound = Literal["low", "central", "high"]
_PATRON_OFFICE = re.compile(
    r"\b(?:White House|Pentagon|State Department|Secretary of (?:State|Defen[cs]e|War)|Defen[cs]e Secretary|US|U\.S\.|American|United States|Congress(?:man|woman)?|Senators?|Sen\.|Republican|Democrat(?:ic)?|national security advis[eo]r|House Speaker|Speaker of the House)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Signal:
    """One row of the table: how likely such an item is under each type, and how much it weighs."""

    kind: str
    signal: str
    modality: str
    likelihood: Mapping[str, tuple[float, float, float]]
    discount: float
    meaning: str


@dataclass(frozen=True)
class Contribution:
    """What one item moved."""

    item: str
    text: str
    speaker: str | None
    signal: str
    weight: float
    log_likelihood: Mapping[str, float]
    """Weighted log likelihood by type, relative to committed."""
    path: str
    published: str | None
    repeats: int = 0
    """Further items that say the same in the same story or its duplicates; they are not counted."""


@dataclass(frozen=True)
class Beliefs:
    """Probabilities of the types of administration after the evidence, with what moved them."""

    committed: float
    transactional: float
    withdrawing: float
    prior: Mapping[str, float]
    contributions: tuple[Contribution, ...]

    @property
    def probabilities(self) -> dict[str, float]:
        """Probability by type."""
        return {
            "committed": self.committed,
            "transactional": self.transactional,
            "withdrawing": self.withdrawing,
        }


def load_signals(path: Path | None = None) -> dict[tuple[str, str, str], Signal]:
    """Signals by kind, name and modality; from the shipped table or from an analyst's own.

    Raises:
        InputError: a column is missing, or a likelihood lies outside (0, 1].
    """
    if path is None:
        rows = tables.rows("signals.csv")
    else:
        with path.open(encoding="utf-8", newline="") as handle:
            rows = list(csv.DictReader(handle))
    found = {}
    for line, row in enumerate(rows, 2):
        try:
            likelihood = {t: (float(row[f"{t}_low"]), float(row[t]), float(row[f"{t}_high"])) for t in TYPES}
            discount = float(row["discount"])
            key = (row["kind"], row["signal"], row["modality"])
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(
                f"a signal needs kind, signal, modality, three likelihoods for each type and a discount ({error})",
                file=path,
                line=line,
            ) from error
        if not all(0 < v <= 1 for values in likelihood.values() for v in values) or not 0 <= discount <= 1:
            raise InputError(
                "likelihoods must lie in (0, 1] and the discount in [0, 1]",
                file=path,
                line=line,
                field="discount" if not 0 <= discount <= 1 else "likelihood",
            )
        found[key] = Signal(*key, likelihood, discount, row.get("meaning", ""))
    return found


def reliability() -> dict[str, float]:
    """Weight of each kind of source and of each state of review."""
    return {row["source_kind"]: float(row["weight"]) for row in tables.rows("reliability.csv")}


def posterior(
    ledger: Sequence[Item],
    prior: Mapping[str, float],
    *,
    bound: Bound = "central",
    signals: Mapping[tuple[str, str, str], Signal] | None = None,
) -> Beliefs:
    """Probabilities of the types after the items of a ledger.

    Inputs:
        ledger: items as they stand; rejected ones are left out.
        prior: probability of each type; must sum to one.
        bound: which of the table's likelihoods to use.
    """
    check_prior(prior)
    table = load_signals() if signals is None else signals
    contributions = _contributions(ledger, table, bound)
    logs = {t: math.log(prior[t]) if prior[t] > 0 else -math.inf for t in TYPES}
    for c in contributions:
        for t in TYPES:
            logs[t] += c.log_likelihood[t]
    top = max(logs.values())
    shares = {t: math.exp(v - top) for t, v in logs.items()}
    total = sum(shares.values())
    return Beliefs(
        shares["committed"] / total,
        shares["transactional"] / total,
        shares["withdrawing"] / total,
        dict(prior),
        contributions,
    )


def check_prior(prior: Mapping[str, float]) -> None:
    """Refuse priors off the simplex.

    Raises:
        InputError: a type is missing, negative, or the sum is not one.
    """
    if set(prior) != set(TYPES):
        raise InputError(f"the prior needs exactly {', '.join(TYPES)}", field="prior")
    if any(not math.isfinite(v) or v < 0 for v in prior.values()) or abs(sum(prior.values()) - 1) > 1e-6:
        raise InputError(
            f"the prior must be non-negative and sum to 1, got {sum(prior.values()):g}", field="prior"
        )


def _contributions(
    ledger: Sequence[Item], table: Mapping[tuple[str, str, str], Signal], bound: Bound
) -> tuple[Contribution, ...]:
    trust = reliability()
    column = ("low", "central", "high").index(bound)
    order: list[tuple[str, ...]] = []
    best: dict[tuple[str, ...], Contribution] = {}
    repeats: dict[tuple[str, ...], int] = {}
    roles, kinds = _by_speaker(ledger, "speaker_role"), _by_speaker(ledger, "speaker_kind")
    for item in ledger:
        signal = signal_of(item, table, roles)
        if item.decision == "reject" or signal is None:
            continue
        key, new = _key(item), _contribution(item, signal, trust, kinds, column)
        if key not in best:
            order.append(key)
            best[key] = new
        else:
            repeats[key] = repeats.get(key, 0) + 1
            best[key] = new if new.weight > best[key].weight else best[key]
    return tuple(replace(best[k], repeats=repeats.get(k, 0)) for k in order)


def _by_speaker(ledger: Sequence[Item], field: str) -> dict[str, str]:
    return {i.speaker: str(i.content[field]) for i in ledger if i.speaker and i.content.get(field)}


def _contribution(
    item: Item, signal: Signal, trust: Mapping[str, float], kinds: Mapping[str, str], column: int
) -> Contribution:
    """Return what one item says for each type, in logs against the committed one, weighed by its source and decision."""
    source = kinds.get(
        item.speaker or str(item.content.get("source") or ""),
        "narrative" if item.kind == "event" else "unknown",
    )
    weight = (
        signal.discount
        * trust.get(source, trust["unknown"])
        * trust["accepted" if item.decision == "accept" else "unreviewed"]
        * float(item.content.get("strength") or 1.0)
    )
    base = math.log(signal.likelihood["committed"][column])
    logs = {t: weight * (math.log(signal.likelihood[t][column]) - base) for t in TYPES}
    what = f"{signal.signal} ({signal.modality})"
    return Contribution(item.id, item.text, item.speaker, what, weight, logs, item.path, item.published)


def _key(item: Item) -> tuple[str, ...]:
    """What makes two items the same evidence: one speaker's stance on one day, or one event, or one story's report."""
    content = item.content
    if item.kind == "stance":
        return (
            "stance",
            item.published or item.group,
            str(item.speaker),
            str(content.get("proposition")),
            str(content.get("stance")),
        )
    when = str(content.get("date") or item.published or item.group)
    return (
        "event",
        when,
        str(content.get("action")),
        str(content.get("modality")),
        str(content.get("target_code") or ""),
    )


def signal_of(
    item: Item, table: Mapping[tuple[str, str, str], Signal], roles: Mapping[str, str]
) -> Signal | None:
    """Signal that an item is, or nothing when it is not the patron's or no row of the table fits."""
    content = item.content
    if item.kind == "stance":
        if not of_patron(item.speaker, roles.get(item.speaker or "", "")):
            return None
        return table.get(("stance", str(content.get("proposition")), str(content.get("stance"))))
    if item.kind != "event":
        return None
    if content.get("actor_code") != "USA" and not of_patron(
        content.get("actor"), roles.get(str(content.get("actor")), "")
    ):
        return None
    return table.get(("event", str(content.get("action")), str(content.get("modality"))))


def of_patron(name: str | None, role: str) -> bool:
    """Whether a speaker speaks for the patron, by office: a president without another state's name counts."""
    if not name:
        return False
    words = f"{role} {name}"
    codes = {code for _, _, code in states(words)}
    if codes - {"USA", "NATO"}:
        return False
    return (
        "USA" in codes
        or bool(_PATRON_OFFICE.search(words))
        or bool(
            re.search(r"\bpresident\b", words, re.IGNORECASE)
            and not re.search(
                r"\b(?:vice|former|ex-|commission|council|company|university)\b", words, re.IGNORECASE
            )
        )
    )


def beliefs(ledger_path: Path | str, prior: Mapping[str, float], *, bound: Bound = "central") -> Beliefs:
    """Probabilities of the types of administration after everything in a ledger.

    Example:
        beliefs("press.duckdb", {"committed": 0.3, "transactional": 0.5, "withdrawing": 0.2}).withdrawing
    """
    check_prior(prior)
    with open_ledger(Path(ledger_path)) as connection:
        return posterior(items(connection), prior, bound=bound)
