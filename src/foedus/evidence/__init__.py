"""Documents in, a checkable ledger of what was said out.

>>> from foedus import evidence
>>> reading = evidence.read_text('"We will stay," said Ana Cole, the foreign minister.')
>>> reading.quotations[0].speaker
'Ana Cole'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.evidence.version import reader_version as reader_version

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from foedus.evidence.records import Reading
    from foedus.evidence.signals import Beliefs

__all__ = ["beliefs", "read_text", "reader_version"]


def read_text(text: str, *, published: str | None = None) -> Reading:
    """Read a text given directly."""
    from foedus.evidence.reader import read_source, source_from_text

    return read_source(source_from_text(text), published)


def beliefs(ledger: Path | str, prior: Mapping[str, float]) -> Beliefs:
    """Probabilities of the types of administration after everything in a ledger, with what each item moved."""
    from foedus.evidence.signals import beliefs as compute

    return compute(ledger, prior)
