"""The parameter register as rows and as a table for the terminal."""

from __future__ import annotations

from typing import Any

import numpy as np
from rich.table import Table
from rich.text import Text

from foedus.errors import InputError, did_you_mean
from foedus.model.parameters import STATUSES, Register, prior_register, register
from foedus.model.stand_alone import STAND_ALONE


def _all() -> Register:
    """Return the register of runs with the entries of stand-alone modules after it."""
    return {**register(), **{name: e for name, e in prior_register().items() if e.system in STAND_ALONE}}


def parameter_rows(part: str | None = None, status: str | None = None) -> list[dict[str, Any]]:
    """Return register entries whose name or system contains ``part`` and whose status is ``status``.

    Raises:
        InputError: unknown status, or nothing matches.
    """
    if status is not None and status not in STATUSES:
        raise InputError(f"unknown status {status!r}{did_you_mean(status, STATUSES)}", field="--status")
    entries = [
        e
        for e in _all().values()
        if (status is None or e.status == status) and (part is None or part in e.name)
    ]
    if not entries:
        names = sorted({e.system for e in _all().values()})
        raise InputError(f"no entry matches {part!r}; systems: {', '.join(names)}", field="name")
    ends = np.array([0.05, 0.5, 0.95])
    priors = prior_register()
    return [
        {
            "name": e.name,
            "meaning": e.meaning,
            "unit": e.unit,
            "prior": priors[e.name].describe_prior(),
            "posterior": e.describe_prior() if e != priors[e.name] else None,
            **dict(zip(("p05", "p50", "p95"), e.quantile(ends).tolist(), strict=True)),
            "source": e.source,
            "as_of": e.as_of,
            "status": e.status,
        }
        for e in entries
    ]


def parameter_table(rows: list[dict[str, Any]]) -> Table:
    """Return the rows as a table: name over meaning and source, the prior's interval, unit and status."""
    table = Table(title=f"{len(rows)} parameters", title_justify="left", show_lines=True)
    table.add_column("name, meaning, source", ratio=1)
    for column in ("5%", "50%", "95%"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("unit", max_width=18)
    table.add_column("status", no_wrap=True)
    for row in rows:
        fitted = f"\nbefore the record: {row['prior']}" if row["posterior"] else ""
        text = Text.assemble((row["name"], "bold"), f"\n{row['meaning']}\n", (row["source"] + fitted, "dim"))
        numbers = [f"{row[key]:.3g}" for key in ("p05", "p50", "p95")]
        table.add_row(text, *numbers, row["unit"], row["status"])
    return table
