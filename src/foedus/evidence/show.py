"""Passages and tables for people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from foedus.evidence.batch import Outcome
from foedus.evidence.ledger import Item
from foedus.evidence.signals import TYPES, Beliefs

AROUND = 240
"""Characters of the document shown on either side of an item."""
_STYLES = {
    "quotation": "green",
    "statement": "cyan",
    "quantity": "yellow",
    "event": "magenta",
    "stance": "blue",
    "claim": "red",
}

WIDE = 150
"""Columns of a table that goes to a file or a pipe."""
SHORT = 90
"""Characters of a passage in a list."""


def _safe(text: str) -> str:
    """Text without control characters and marks that turn the writing direction: a document cannot steer the terminal."""
    return "".join(
        ch
        if ch == "\n"
        or (ch.isprintable() and not "\u202a" <= ch <= "\u202e" and not "\u2066" <= ch <= "\u2069")
        else "\ufffd"
        for ch in text
    )


def passage(item: Item, text: str, speaker_span: tuple[int, int] | None = None) -> Text:
    """The item's passage, the item and its speaker marked; brackets mark them without colour too."""
    low, high = max(0, item.start - AROUND), min(len(text), item.end + AROUND)
    shown = Text("…" if low else "")
    marks = sorted(
        [
            (item.start, item.end, "bold " + _STYLES.get(item.kind, "white"), "[", "]"),
            *([(*speaker_span, "bold underline", "<", ">")] if speaker_span else []),
        ]
    )
    at = low
    for start, end, style, left, right in marks:
        if start < at or end > high:
            continue
        shown.append(_safe(text[at:start]))
        shown.append(left + _safe(text[start:end]) + right, style=style)
        at = end
    shown.append(_safe(text[at:high]) + ("…" if high < len(text) else ""))
    return shown


def show_item(console: Console, item: Item, text: str) -> None:
    """One item in full."""
    span = item.content.get("speaker_span")
    console.print(
        f"[bold]{item.kind}[/bold] {item.id}   {item.path}   characters {item.start} to {item.end}",
        highlight=False,
    )
    if item.title or item.published:
        console.print(Text(f"story: {_safe(item.title or 'without headline')}   {item.published or 'undated'}"))
    console.print(passage(item, text, (span[0], span[1]) if span else None))
    table = Table(show_header=False, box=None)
    for key, value in item.content.items():
        if value not in (None, [], "", False) and key not in ("start", "end", "text", "story", "speaker_span"):
            table.add_row(key, _safe(str(value)))
    console.print(table)
    console.print(
        f"decision: {item.decision or 'none yet'}" + (f" ({_safe(item.note)})" if item.note else ""),
        highlight=False,
    )


def _short(text: str) -> str:
    """The beginning of a passage, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1].rstrip() + "…"


def list_items(console: Console, found: Sequence[Item], limit: int) -> None:
    """Items as a table: one line each where the terminal is wide enough, wide where there is no terminal."""
    if not console.is_terminal:
        console.width = max(console.width, WIDE)
    table = Table(title=f"{len(found)} items" + (f", the first {limit}" if len(found) > limit else ""))
    for name in ("id", "kind", "decision", "speaker or actor", "text", "reads as"):
        table.add_column(
            name,
            overflow="fold" if name in ("text", "reads as") else "ellipsis",
            no_wrap=name in ("id", "kind", "decision"),
        )
    for item in found[:limit]:
        who = item.speaker or item.content.get("actor") or ""
        table.add_row(
            item.id,
            item.kind,
            item.decision or "",
            _safe(str(who)),
            _safe(_short(item.text)),
            _safe(reads_as(item).split(";")[0]),
        )
    console.print(table)


def holding(found: Sequence[Item], words: str | None) -> list[Item]:
    """Items whose speaker, actor, text, file or reading holds the words, whatever their case."""
    if words is None:
        return list(found)
    low = words.lower()
    return [
        i
        for i in found
        if any(
            low in str(part).lower()
            for part in (i.speaker, i.content.get("actor"), i.text, i.path, i.decision, reads_as(i))
        )
    ]


def reads_as(item: Item) -> str:
    """What an item says, in a few words."""
    c = item.content
    if item.kind == "quantity":
        return (
            f"{c.get('value') if c.get('value') is not None else c.get('normalised') or 'vague'} {c.get('unit')}"
            + (" (about)" if c.get("approximate") else "")
        )
    if item.kind == "event":
        return (
            f"{c.get('action')}, {c.get('modality')}"
            + (f", {c.get('date')}" if c.get("date") else "")
            + (f" → {c.get('target')}" if c.get("target") else "")
        )
    if item.kind == "stance":
        return f"{c.get('proposition')}: {c.get('stance')}"
    if item.kind == "claim":
        return f"{c.get('verdict')}: {c.get('arithmetic')}"
    return str(c.get("cue") or "")


def show_outcome(console: Console, outcome: Outcome, files: int, ledger: Path | None = None) -> None:
    """One line on what was read, and where a ledger was written what to do next."""
    console.print(
        f"read {outcome.read} document{'s' * (outcome.read != 1)} with {outcome.stories} stories"
        + (f" ({outcome.duplicates} repeat another)" if outcome.duplicates else "")
        + (f"; {len(outcome.failed)} of {files} files refused" if outcome.failed else ""),
        highlight=False,
    )
    if ledger is not None and console.is_terminal:
        console.print(f"next: foedus evidence list {ledger} --kind claim", highlight=False, markup=False)


def show_effect(console: Console, result: Beliefs) -> None:
    """What each item moved, and where the beliefs end."""
    if not console.is_terminal:
        console.width = max(console.width, WIDE)
    table = Table(title="What each item moved (log-odds against committed)")
    for name in ("item", "signal", "weight", "transactional", "withdrawing", "speaker", "text"):
        table.add_column(
            name,
            justify="right" if name in ("weight", "transactional", "withdrawing") else "left",
            overflow="fold",
            no_wrap=name in ("item", "weight"),
        )
    for c in result.contributions:
        table.add_row(
            c.item,
            c.signal,
            f"{c.weight:.2f}",
            f"{c.log_likelihood['transactional']:+.2f}",
            f"{c.log_likelihood['withdrawing']:+.2f}",
            _safe(c.speaker or ""),
            _safe(c.text[:90]),
        )
    console.print(table)
    ends = Table(title="Probability of each type of administration")
    for name in ("type", "before", "after"):
        ends.add_column(name, justify="left" if name == "type" else "right")
    for t in TYPES:
        ends.add_row(t, f"{result.prior[t]:.3f}", f"{result.probabilities[t]:.3f}")
    console.print(ends)
