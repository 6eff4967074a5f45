"""Whole articles with their events and positions annotated by somebody who had not seen the reader.

uv run python -m tests.evidence.whole_score one --faults

An event is found where one of the same action overlaps the annotated words or stands in their sentence; each counts once.
Precision is that of the alliance's own actions; plain ones (`PLAIN`, and classes that nobody annotated) are counted apart.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from foedus.evidence import tables
from foedus.evidence.eventclass import CLASSES
from foedus.evidence.reader import read_source, source_from_text
from foedus.evidence.records import Event, Reading
from foedus.evidence.sentences import sentences

from .passages_score import same_name

FOLDER = Path(__file__).parent / "whole"
PLAIN = frozenset(("accuse", "request", "sanction", "agree"))
PARTS = ("modality", "actor", "target")
Counts = dict[str, list[int]]


@dataclass(frozen=True)
class Want:
    """One annotated event; an empty string stands for nobody."""

    action: str
    actor: str
    target: str
    modality: str
    start: int
    end: int
    sentence: tuple[int, int]


@dataclass(frozen=True)
class Article:
    """A text with its annotations."""

    name: str
    published: str
    text: str
    events: tuple[Want, ...]
    positions: tuple[tuple[str, ...], ...]


@cache
def own_actions() -> frozenset[str]:
    """Actions of the alliance's own list that are annotated, without the plain ones."""
    rows = [*tables.rows("event_cues.csv"), *tables.rows("event_frames.csv")]
    found = {row["action"] for row in rows if row["action"]}
    return frozenset(found - PLAIN - {label.lower() for label in CLASSES}) | {"consult"}


def _spans(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = 0
    for line in text.splitlines(keepends=True):
        found += sentences(text, text, at, at + len(line.rstrip("\n")))
        at += len(line)
    return found


def load(path: Path) -> Article:
    """One file: date, paragraphs, and after a line of dashes the annotations."""
    head, _, rest = path.read_text(encoding="utf-8").partition("\n")
    text, _, notes = rest.partition("\n---\n")
    spans = _spans(text)
    events: list[Want] = []
    positions: list[tuple[str, ...]] = []
    for line in notes.splitlines():
        fields = [field.strip() for field in line[1:].split("|")]
        if line.startswith("="):
            action, actor, target, modality, words = fields
            at = text.index(words)
            sentence = next(s for s in spans if s[0] <= at < s[1])
            events.append(Want(action, actor, target, modality, at, at + len(words), sentence))
        elif line.startswith(">"):
            positions.append(tuple(fields))
    return Article(path.stem, head.removeprefix("@").strip(), text, tuple(events), tuple(positions))


def articles(part: str) -> list[Article]:
    """All articles of one set."""
    return [load(path) for path in sorted((FOLDER / part).glob("*.txt"))]


def _agree(event: Event, want: Want) -> dict[str, bool]:
    return {
        "modality": event.modality == want.modality,
        "actor": (event.actor_code or "") == want.actor,
        "target": (event.target_code or "") == want.target,
    }


def _worth(event: Event, want: Want) -> int | None:
    """How well an event answers to an annotation; None where it does not."""
    overlap = event.start < want.end and want.start < event.end
    inside = event.start < want.sentence[1] and want.sentence[0] < event.end
    if event.action != want.action or not (overlap or inside):
        return None
    return 4 * overlap + sum(_agree(event, want).values())


def matched(events: tuple[Event, ...], wanted: tuple[Want, ...]) -> list[tuple[Want, Event]]:
    """Annotations with the events that answer to them, the best pairs first, each once."""
    pairs = [
        (worth, -j, -i) for j, want in enumerate(wanted) for i, event in enumerate(events)
        if (worth := _worth(event, want)) is not None
    ]  # fmt: skip
    found: dict[int, int] = {}
    for _, j, i in sorted(pairs, reverse=True):
        if -j not in found and -i not in found.values():
            found[-j] = -i
    return [(wanted[j], events[i]) for j, i in sorted(found.items())]


def _count_events(article: Article, read: Reading, counts: Counts, log: list[str]) -> None:
    pairs = matched(read.events, article.events)
    for kind, own in (("", True), ("plain ", False)):
        wanted = [w for w in article.events if (w.action not in PLAIN) == own]
        said = [e for e in read.events if (e.action in own_actions()) == own]
        answered = [(w, e) for w, e in pairs if (w.action not in PLAIN) == own]
        for measure, asked in ((f"{kind}recall", wanted), (f"{kind}precision", said)):
            counts[measure][0] += len(answered)
            counts[measure][1] += len(asked)
        for want, event in answered:
            for part, right in _agree(event, want).items():
                counts[kind + part][0] += right
                counts[kind + part][1] += 1
            whole = all(_agree(event, want).values())
            counts[f"{kind}all parts"][0] += whole
            if not whole:
                log.append(_fault("PARTS", article, want.sentence, _said(want), _said(event)))
        counts[f"{kind}all parts"][1] += len(wanted)
        hit = [id(e) for _, e in answered]
        got = [id(w) for w, _ in answered]
        log += [_fault("MISSED", article, w.sentence, _said(w), "") for w in wanted if id(w) not in got]
        log += [
            _fault("EXTRA", article, (e.start - 90, e.end + 90), "", _said(e)) for e in said if id(e) not in hit
        ]


def _said(event: Event | Want) -> str:
    parties = (event.actor, event.target) if isinstance(event, Want) else (event.actor_code, event.target_code)
    named = "" if isinstance(event, Want) else f" [{event.text}] {event.actor}>{event.target}"
    return f"{event.action}/{event.modality} {parties[0]}>{parties[1]}{named}"


def _fault(kind: str, article: Article, span: tuple[int, int], want: str, said: str) -> str:
    return f"{kind} {article.name}: {article.text[max(0, span[0]) : span[1]]}\n    want {want}\n    said {said}"


def _count_positions(article: Article, read: Reading, counts: Counts, log: list[str]) -> None:
    used: set[int] = set()
    for speaker, *rest in article.positions:
        hit = next(
            (i for i, s in enumerate(read.stances) if i not in used and [s.proposition, s.stance] == rest[:2]
             and same_name(s.speaker, "" if speaker == "-" else speaker)), None,
        )  # fmt: skip
        used |= {hit} if hit is not None else set()
        counts["positions"][0] += hit is not None
        counts["positions"][1] += 1
        if hit is None:
            log.append(f"POSITION MISSED {article.name}: {speaker} {rest}")
    counts["positions precision"][0] += len(used)
    counts["positions precision"][1] += len(read.stances)
    log += [
        f"POSITION EXTRA {article.name}: {s.speaker} {s.proposition} {s.stance}: {s.text}"
        for i, s in enumerate(read.stances)
        if i not in used
    ]


def score(part: str) -> tuple[dict[str, tuple[int, int]], list[str]]:
    """Right and asked for each measure, and the faults in words."""
    names = [kind + name for kind in ("", "plain ") for name in ("recall", "precision", *PARTS, "all parts")]
    counts: Counts = {name: [0, 0] for name in (*names, "positions", "positions precision")}
    log: list[str] = []
    for article in articles(part):
        read = read_source(source_from_text(article.text, article.name), article.published)
        _count_events(article, read, counts, log)
        _count_positions(article, read, counts, log)
    return {name: (a, b) for name, (a, b) in counts.items()}, log


def f_score(counts: dict[str, tuple[int, int]]) -> float:
    """Harmonic mean of precision and recall of the alliance's own actions."""
    (right, wanted), (_, said) = counts["recall"], counts["precision"]
    return 2 * right / (wanted + said)


def main() -> None:
    """Print the totals of one set, and its faults where asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part")
    parser.add_argument("--faults", action="store_true")
    options = parser.parse_args()
    counts, faults = score(options.part)
    for name, (right, asked) in counts.items():
        print(f"{name}: {right} of {asked}, {right / max(asked, 1):.3f}")
    print(f"F1: {f_score(counts):.3f}")
    if options.faults:
        print("\n".join(faults))


if __name__ == "__main__":
    main()
