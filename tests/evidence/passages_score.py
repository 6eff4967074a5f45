"""Short passages annotated before the reader saw them: indirect statements, stances and checked claims.

uv run python -m tests.evidence.passages_score statements dev --faults

A statement is right where its characters overlap those annotated by eight tenths (of both together) and its source is the one
annotated; pieces of one source with at most fifteen characters between them count as one.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from foedus.evidence.models import load_annotator
from foedus.evidence.reader import read_source, source_from_text
from foedus.evidence.records import Reading, Statement
from foedus.evidence.stance_voices import WRITER

FOLDER = Path(__file__).parent / "passages"
PARTS = ("dev", "test", "dev-2", "dev-3", "dev-4", "dev-5", "third", "fourth", "fifth", "sixth", "seventh")
"""Batches, by the order of writing; from ``third`` on by authors who had not seen the reader. For testing only are claims
``fourth`` and ``sixth`` and the ``fifth`` of statements and positions."""
NEAR = 15
OVERLAP = 0.8
Counts = dict[str, tuple[int, int]]
Result = tuple[bool, str, int]


@dataclass(frozen=True)
class Passage:
    """A text with its annotation, one tuple of fields for each item."""

    text: str
    published: str | None
    gold: tuple[tuple[str, ...], ...]


def passages(kind: str, part: str) -> list[Passage]:
    """All passages of one file."""
    found = []
    for block in (FOLDER / f"{kind}-{part}.txt").read_text(encoding="utf-8").strip().split("\n\n"):
        lines = block.splitlines()
        published = next((line[2:].strip() for line in lines if line.startswith("@ ")), None)
        body = [line for line in lines if not line.startswith(("@ ", "> "))]
        gold = tuple(tuple(f.strip() for f in line[1:].split("|")) for line in lines if line.startswith("> "))
        found.append(Passage("\n\n".join(body), published, gold))
    return found


def same_name(said: str | None, want: str) -> bool:
    """One name's words hold the other's; no name asked means that none is required."""
    if not want:
        return True
    if want == "-":
        return said == WRITER
    a, b = (
        {w.lower().removesuffix("’s").removesuffix("'s") for w in re.findall(r"[\w'’-]+", name)}
        - {"the", "a", "an"}
        for name in (said or "", want)
    )
    return bool(a and b) and (a <= b or b <= a)


def joined(statements: tuple[Statement, ...]) -> list[tuple[int, int, Statement]]:
    """Spans of statements, pieces of one source close together joined."""
    spans: list[tuple[int, int, Statement]] = []
    for item in sorted(statements, key=lambda s: s.start):
        last = spans[-1] if spans else None
        if last and item.start - last[1] <= NEAR and item.speaker == last[2].speaker:
            spans[-1] = (last[0], max(last[1], item.end), last[2])
        else:
            spans.append((item.start, item.end, item))
    return spans


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Shared characters over all characters of two stretches."""
    shared = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return shared / (max(a[1], b[1]) - min(a[0], b[0]))


def statement_results(passage: Passage, read: Reading) -> tuple[list[Result], int]:
    """For each annotated statement whether it is right; and how many were said besides."""
    options = list(read.statements)
    candidates = joined(read.statements) + [(s.start, s.end, s) for s in options]
    used: set[int] = set()
    results = []
    for source, _, claim in passage.gold:
        at = passage.text.index(claim)
        span = (at, at + len(claim))
        hits = [c for c in candidates if overlap(c[:2], span) >= OVERLAP]
        good = [c for c in hits if same_name(c[2].speaker, source)]
        for c in hits:
            used |= {i for i, s in enumerate(options) if s.start >= c[0] and s.end <= c[1]}
        results.append((bool(good), f"{source}: {claim}", bool(hits)))
    return results, len(options) - len(used)


def stance_results(passage: Passage, read: Reading) -> tuple[list[Result], int]:
    """For each annotated stance whether speaker, proposition and position are right."""
    results = []
    found = {(s.proposition, s.stance, s.label) for s in read.stances}
    for speaker, *rest in passage.gold:
        hits = [s for s in read.stances if (s.proposition, s.stance, s.label) == tuple(rest)]
        results.append(
            (any(same_name(s.speaker, speaker) for s in hits), " ".join((speaker, *rest)), bool(hits))
        )
    return results, len(found - {tuple(g[1:]) for g in passage.gold})


def claim_results(passage: Passage, read: Reading) -> tuple[list[Result], int]:
    """For each annotated claim whether its verdict is right."""
    results = []
    for words, verdict in passage.gold:
        at = passage.text.index(words)
        hits = [c for c in read.claims if c.start < at + len(words) and c.end > at]
        results.append((any(c.verdict == verdict for c in hits), f"{words}: {verdict}", bool(hits)))
    return results, 0


KINDS: dict[str, Callable[[Passage, Reading], tuple[list[Result], int]]] = {
    "statements": statement_results,
    "stances": stance_results,
    "claims": claim_results,
}


def described(kind: str, read: Reading) -> str:
    """What was read, for the list of faults."""
    if kind == "statements":
        return "; ".join(f"[{s.speaker} | {s.cue} | {s.text}]" for s in read.statements)
    if kind == "stances":
        return "; ".join(f"[{s.speaker} | {s.proposition} | {s.stance} | {s.label}]" for s in read.stances)
    return "; ".join(f"[{c.kind} | {c.verdict} | {c.stated} | {c.arithmetic}]" for c in read.claims)


def score(kind: str, part: str, model: str | None = None) -> tuple[Counts, list[str]]:
    """Right and asked: items, items found at the right place, items said besides, and passages without a fault."""
    totals = {"right": [0, 0], "found": [0, 0], "extra": [0, 0], "passages": [0, 0]}
    faults = []
    for passage in passages(kind, part):
        read = read_source(source_from_text(passage.text), passage.published, load_annotator(model))
        results, extra = KINDS[kind](passage, read)
        whole = all(good for good, *_ in results) and not extra
        for name, good in (("right", sum(r[0] for r in results)), ("found", sum(r[2] for r in results))):
            totals[name][0] += good
            totals[name][1] += len(results)
        totals["extra"][0] += extra
        totals["passages"][0] += whole
        totals["passages"][1] += 1
        if not whole:
            wrong = "".join(f"\n    want {words}" for good, words, _ in results if not good)
            faults.append(f"{passage.text}{wrong}\n    said {described(kind, read)}")
    return {name: (a, b) for name, (a, b) in totals.items()}, faults


def main() -> None:
    """Print the scores of one file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=sorted(KINDS))
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--model")
    options = parser.parse_args()
    counts, faults = score(options.kind, options.part, options.model)
    for name, (right, asked) in counts.items():
        print(f"{name}: {right} of {asked}")
    if options.faults:
        print("\n".join(faults))


if __name__ == "__main__":
    main()
