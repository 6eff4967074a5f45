"""Articles with annotated events: ``{e:action:modality:actor:target:date|trigger}``; a dash stands for none. The first line is the date of publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from foedus.evidence.reader import read_source, source_from_text
from foedus.evidence.records import Event

FOLDER = Path(__file__).parent / "articles" / "events"
_MARK = re.compile(r"\{e:([a-z_]+):([a-z]+):([A-Z-]+):([A-Z-]+):([\d-]+)\|([^{}]*)\}")


@dataclass(frozen=True)
class Marked:
    """One annotated event."""

    article: str
    start: int
    end: int
    action: str
    modality: str
    actor: str | None
    target: str | None
    date: str | None


def load(path: Path) -> tuple[str, str, list[Marked]]:
    """Date of publication, plain text, events."""
    published, _, raw = path.read_text(encoding="utf-8").partition("\n")
    out, events, last = "", [], 0
    for mark in _MARK.finditer(raw):
        out += raw[last : mark.start()]
        events.append(
            Marked(
                path.stem,
                len(out),
                len(out) + len(mark[6]),
                mark[1],
                mark[2],
                *[None if mark[i] == "-" else mark[i] for i in (3, 4, 5)],
            )
        )
        out += mark[6]
        last = mark.end()
    return published, out + raw[last:], events


def score(own: set[str]) -> tuple[dict[str, tuple[int, int]], list[tuple]]:
    """Right and asked for each measure, over all articles, with what went wrong. Only actions in `own` count."""
    counts = {name: [0, 0] for name in ("recall", "precision", "modality", "actor", "target", "date")}
    log: list[tuple] = []
    for path in sorted(FOLDER.glob("*.txt")):
        published, text, gold = load(path)
        found = [e for e in read_source(source_from_text(text, path.stem), published).events if e.action in own]
        counts["precision"][1] += len(found)
        for want in gold:
            counts["recall"][1] += 1
            hit = next(
                (e for e in found if e.action == want.action and e.start < want.end and want.start < e.end),
                None,
            )
            if hit is None:
                log.append(("MISS", want, text[want.start : want.end]))
                continue
            found.remove(hit)
            counts["recall"][0] += 1
            counts["precision"][0] += 1
            compare(hit, want, counts, log)
        log.extend(
            ("EXTRA", path.stem, e.action, e.modality, text[max(0, e.start - 30) : e.end + 20]) for e in found
        )
    return {name: (a, b) for name, (a, b) in counts.items()}, log


def compare(hit: Event, want: Marked, counts: dict[str, list[int]], log: list[tuple]) -> None:
    """Attributes of a found event against those wanted."""
    pairs = {
        "modality": (hit.modality, want.modality),
        "actor": (hit.actor_code, want.actor),
        "target": (hit.target_code, want.target),
        "date": (hit.date, want.date),
    }
    for name, (said, right) in pairs.items():
        counts[name][1] += 1
        counts[name][0] += said == right
        if said != right:
            log.append((name.upper(), want.article, want.action, "said", said, "right", right, hit.text))
