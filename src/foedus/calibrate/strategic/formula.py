"""Payoff formulas to design matrices.

A specification is a text with one formula for each payoff, separated by semicolons or line breaks:
``S_A ~ 0 + trade + democracy; V_A ~ cost; W_A ~ 1``. A payoff that is left out, or is ``~ 0``, is fixed at 0. Terms are
those of formulaic (Wilkinson notation, with transforms such as ``sqrt(x)`` and treatment contrasts for text columns).
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.calibrate.strategic.maximise import check_design
from foedus.errors import InputError, MissingExtraError, did_you_mean

Floats = NDArray[np.float64]

TRANSFORMS: dict[str, Any] = {"sqrt": np.sqrt, "log": np.log, "log1p": np.log1p, "exp": np.exp, "abs": np.abs}
"""Functions that a formula may use, besides formulaic's own (C, I, poly, center, scale)."""


@dataclass(frozen=True)
class Design:
    """Regressors of every payoff, in the model's order of payoffs.

    blocks: payoff name to (n, p_k); terms: payoff name to regressor names; rows: index of the rows used.
    """

    blocks: dict[str, Floats]
    terms: dict[str, list[str]]
    rows: NDArray[np.int64]

    @property
    def names(self) -> list[tuple[str, str]]:
        """Payoff and term of every coefficient, in order."""
        return [(payoff, term) for payoff, terms in self.terms.items() for term in terms]

    @property
    def slices(self) -> dict[str, slice]:
        """Where the coefficients of each payoff stand."""
        out, start = {}, 0
        for payoff, terms in self.terms.items():
            out[payoff] = slice(start, start + len(terms))
            start += len(terms)
        return out

    @property
    def size(self) -> int:
        """Number of coefficients."""
        return sum(len(terms) for terms in self.terms.values())

    @property
    def spread(self) -> Floats:
        """Standard deviation of every regressor (its size, for a constant)."""
        columns = np.concatenate(list(self.blocks.values()), axis=1)
        deviation = columns.std(0)
        return np.where(deviation > 0, deviation, np.abs(columns).max(0, initial=0.0))

    @property
    def regressors(self) -> Floats:
        """Derivative of every payoff in every coefficient, (number of payoffs, n, p)."""
        out = np.zeros((len(self.blocks), self.rows.size, self.size))
        for k, (name, block) in enumerate(self.blocks.items()):
            out[k, :, self.slices[name]] = block
        return out

    def utilities(self, theta: Floats) -> Floats:
        """Return payoffs (number of payoffs, n)."""
        return np.stack([block @ theta[self.slices[name]] for name, block in self.blocks.items()])

    def gradient(self, by_payoff: Floats) -> Floats:
        """Chain a derivative in payoffs (number of payoffs, n) to one in coefficients (n, p)."""
        parts = [block * by_payoff[k][:, None] for k, block in enumerate(self.blocks.values())]
        return np.concatenate(parts, axis=1)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def parse(text: str, payoffs: tuple[str, ...]) -> dict[str, str]:
    """Split a specification into right-hand sides by payoff; names may be written with or without underscores."""
    known = {_plain(name): name for name in payoffs}
    out: dict[str, str] = {}
    for part in re.split(r"[;\n]+", text):
        if not part.strip():
            continue
        left, tilde, right = part.partition("~")
        name = known.get(_plain(left))
        if not tilde or not right.strip():
            raise InputError(f"{part.strip()!r} is no formula; write  PAYOFF ~ TERMS", field="formula")
        if name is None:
            raise InputError(
                f"unknown payoff {left.strip()!r}{did_you_mean(left.strip(), list(payoffs))}", field="formula"
            )
        if name in out:
            raise InputError(f"payoff {name} has two formulas; keep one", field="formula")
        out[name] = right.strip()
    if not out:
        raise InputError("no formula given; write  PAYOFF ~ TERMS; PAYOFF ~ TERMS", field="formula")
    return out


def read_table(path: str | Path) -> Any:
    """Read a CSV table into a data frame; one clear sentence where that fails."""
    try:
        import pandas
    except ImportError as error:
        raise MissingExtraError("pandas", "calibrate") from error
    path = Path(path)
    if not path.is_file():
        raise InputError("no such file", file=path)
    try:
        with path.open(newline="", encoding="utf-8") as handle:
            csv.Sniffer()
            header = next(csv.reader(handle), None)
        frame = pandas.read_csv(path, keep_default_na=True, na_values=["NA"])
    except (UnicodeDecodeError, pandas.errors.ParserError, pandas.errors.EmptyDataError) as error:
        raise InputError(f"not a CSV table with a header ({type(error).__name__})", file=path) from error
    if not header or frame.empty:
        raise InputError("the table is empty", file=path)
    return frame


def design(frame: Any, text: str, payoffs: tuple[str, ...], needed: list[str]) -> Design:
    """Build the design of a specification, dropping rows with a missing value in any column used.

    Args:
        frame: data frame.
        text: specification, see the module.
        payoffs: names of all payoffs, in the model's order.
        needed: further columns that must be present (outcomes, groups).
    """
    try:
        from formulaic import Formula
        from formulaic.errors import FormulaicError
    except ImportError as error:
        raise MissingExtraError("formulaic", "calibrate") from error
    sides = parse(text, payoffs)
    columns = [str(column) for column in frame.columns]
    used = set(needed)
    try:
        formulas = {name: Formula(side) for name, side in sides.items()}
        for formula in formulas.values():
            used |= {str(v) for v in formula.required_variables} - set(TRANSFORMS)
        for name in sorted(used):
            if name not in columns:
                raise InputError(f"no column {name!r}{did_you_mean(name, columns)}", field=name)
        kept = frame.dropna(subset=sorted(used))
        rows = np.flatnonzero(frame.index.isin(kept.index))
        if not rows.size:
            raise InputError("no row has every column that the formulas need")
        matrices = {
            name: formula.get_model_matrix(kept, context=TRANSFORMS) for name, formula in formulas.items()
        }
    except FormulaicError as error:
        raise InputError(
            f"a formula cannot be read: {_on_one_line(str(error))[:200]}", field="formula"
        ) from error
    blocks, terms = {}, {}
    for name in payoffs:
        matrix = matrices.get(name)
        terms[name] = [] if matrix is None else [str(column) for column in matrix.columns]
        blocks[name] = np.zeros((rows.size, 0)) if matrix is None else np.asarray(matrix, float)
        check_design(blocks[name], terms[name], what=name)
    return Design(blocks, terms, rows)


def _on_one_line(message: str) -> str:
    """Return a message of the formula reader on one line, without its colours and brackets for terminals."""
    return " ".join(re.sub("\\x1b?\\[[0-9;]+m|[\u29da\u29db]", "", message).split())


def check_identified(spec: Design, groups: tuple[tuple[str, ...], ...]) -> None:
    """Refuse a regressor that stands in every payoff of a player: only differences of payoffs are observed."""
    for group in groups:
        shared = set(spec.terms[group[0]]).intersection(*(spec.terms[name] for name in group[1:]))
        if shared:
            term = sorted(shared)[0]
            raise InputError(
                f"{term} stands in all of {', '.join(group)}, which cannot be told apart; leave it out of one",
                field="formula",
            )
