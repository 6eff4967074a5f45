"""Arguments of the commands, checked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from foedus.errors import InputError, did_you_mean
from foedus.evidence.ledger import items, one, open_ledger
from foedus.evidence.signals import TYPES, Beliefs, Bound, load_signals, posterior

_LOCKED = ("start", "end", "text", "story")


def parse_changes(ledger: Path, item: str, changes: list[str], note: str | None) -> dict[str, Any]:
    """Fields to set on an item, from FIELD=VALUE.

    Raises:
        InputError: nothing to change, an unknown field, or one that ties the item to its text.
    """
    if not changes and not note:
        raise InputError("give --set FIELD=VALUE, --note TEXT, or both")
    with open_ledger(ledger) as connection:
        known = [k for k in one(connection, item).content if k not in _LOCKED]
    found: dict[str, Any] = {}
    for change in changes:
        name, equals, value = change.partition("=")
        if not equals or name not in known:
            raise InputError(
                f"{change!r} sets no field that can be changed{did_you_mean(name, known)}", field="--set"
            )
        try:
            found[name] = json.loads(value)
        except ValueError:
            found[name] = value
    return found


def effect_of(ledger: Path, prior: str, bound: str, signals: Path | None) -> Beliefs:
    """Beliefs after a ledger, from the arguments of ``foedus evidence effect``.

    Raises:
        InputError: a prior that is no probability, an unknown bound, or a bad table.
    """
    try:
        values = [float(p) for p in prior.split(",")]
    except ValueError:
        values = []
    if len(values) != len(TYPES):
        raise InputError(
            f"give three numbers for {','.join(TYPES)}, such as 0.3,0.5,0.2; got {prior!r}", field="--prior"
        )
    bounds: dict[str, Bound] = {"low": "low", "central": "central", "high": "high"}
    if bound not in bounds:
        raise InputError(f"unknown bound {bound!r}{did_you_mean(bound, list(bounds))}", field="--bound")
    if signals is not None and not signals.exists():
        raise InputError("there is no such table", file=signals)
    with open_ledger(ledger) as connection:
        return posterior(
            items(connection),
            dict(zip(TYPES, values, strict=True)),
            bound=bounds[bound],
            signals=load_signals(signals),
        )
