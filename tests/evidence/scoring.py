"""Scores of readings against annotations."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.evidence import read_text
from foedus.evidence.export_json import document

from .gold import Gold


@dataclass
class Score:
    right: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.right / max(self.predicted + self.gold, 1)

    def __str__(self) -> str:
        return f"P {self.right / max(self.predicted, 1):.3f} R {self.right / max(self.gold, 1):.3f} F1 {self.f1:.3f} ({self.right}/{self.predicted}/{self.gold})"


SAME_UNIT = {
    "kilogram": "kg",
    "centimetre": "cm",
    "millimetre": "mm",
    "kilometre": "km",
    "fighter jet": "jet",
    "square kilometre": "square km",
    "percentage point": "percent",
}
"""Names that annotators give a unit besides the reader's; a percentage point counts as a percent."""


def unit_name(unit: str | None) -> str | None:
    """One name for each unit, whoever wrote it, in lower case."""
    return SAME_UNIT.get(unit, unit).lower() if unit else unit


def overlap(a, b) -> float:
    """Characters shared over characters covered."""
    inter = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, inter) / (max(a[1], b[1]) - min(a[0], b[0]))


def trim(text, start, end):
    while end > start and text[end - 1] in " .,;:!?—–…\n":
        end -= 1
    return start, end


_VOICE = re.compile(r"\bspokes(?:woman|person)\b")
"""The rule of the annotations: a spokesman, spokeswoman or spokesperson of a body is "BODY spokesman"."""
_SMALL = frozenset(("the", "a", "an", "one", "of"))


def same_speaker(a: str | None, b: str) -> bool:
    if not a:
        return False
    x, y = (set(_VOICE.sub("spokesman", s.lower().replace("’s", "")).split()) - _SMALL for s in (a, b))
    return bool(x) and bool(y) and (x <= y or y <= x)


def compare(gold: Gold, document: dict, scores: dict[str, Score], log=None) -> None:
    text = gold.text
    markup = {i for m in re.finditer(r"<[^>]*>", text) for i in range(*m.span())} if "<body" in text else set()
    blank = markup | {i for i, ch in enumerate(text) if ch.isspace()}
    pairs(
        scores,
        "span",
        "speaker",
        [trim(text, *q[:2]) for q in gold.quotations],
        [q[2] for q in gold.quotations],
        [trim(text, q["start"], q["end"]) for q in document["quotations"]],
        [q["speaker"] for q in document["quotations"]],
        text,
        log,
        gold.name,
    )
    claims(gold, document, scores, log)
    s = scores.setdefault("quantity", Score())
    left = list(document["quantities"])
    s.gold += len(gold.quantities)
    s.predicted += len(left)
    for a, b, value, unit in gold.quantities:
        hit = next(
            (
                q
                for q in left
                if q["start"] < b
                and a < q["end"]
                and unit_name(q["unit"]) == unit_name(unit)
                and same_value(q["value"], value)
            ),
            None,
        )
        if hit is None:
            if log is not None:
                log.append(
                    (
                        gold.name,
                        "MISS quantity",
                        text[a:b],
                        value,
                        unit,
                        [
                            (text[q["start"] : q["end"]], q["value"], q["unit"])
                            for q in left
                            if q["start"] < b and a < q["end"]
                        ],
                    )
                )
            continue
        s.right += 1
        left.remove(hit)
    if log is not None:
        log.extend(
            (
                gold.name,
                "EXTRA quantity",
                text[q["start"] : q["end"]],
                q["value"],
                q["unit"],
                text[max(0, q["start"] - 30) : q["end"] + 30],
            )
            for q in left
        )
    s = scores.setdefault("story", Score())
    mine = {bare(blank, x["start"], x["end"]) for x in document["stories"]}
    theirs = {bare(blank, a, b) for a, b, _, _ in gold.stories}
    s.gold += len(theirs)
    s.predicted += len(mine)
    s.right += len(mine & theirs)
    if log is not None:
        log.extend(
            (gold.name, "MISS story", a, b, text[a : a + 50], text[b - 40 : b]) for a, b in theirs - mine
        )
        log.extend(
            (gold.name, "EXTRA story", a, b, text[a : a + 50], text[b - 40 : b]) for a, b in mine - theirs
        )
    s = scores.setdefault("dropped", Score())
    cover = set()
    for x in document["dropped"]:
        cover.update(range(x["start"], x["end"]))
    for a, b, reason in gold.dropped:
        s.gold += 1
        whole = all(i in cover or i in blank for i in range(a, b))
        s.right += whole
        if not whole and log is not None:
            log.append((gold.name, "MISS dropped", reason, text[a:b]))
    s.predicted = s.gold
    s = scores.setdefault("body lost", Score())
    kept = cover - blank - {i for a, b, _ in gold.dropped for i in range(a, b)}
    s.gold += 1
    s.predicted += 1
    s.right += not kept
    if kept and log is not None:
        log.append((gold.name, "LOST", "".join(text[i] for i in sorted(kept))[:200]))


def claims(gold: Gold, document: dict, scores: dict[str, Score], log=None) -> None:
    """Whether each annotated claim got its verdict, with figures in the arithmetic; other verdicts are not counted."""
    s = scores.setdefault("claim", Score())
    for a, b, wanted in gold.claims:
        kind, _, verdict = wanted.partition(":")
        near = [c for c in document["claims"] if c["start"] < b and a < c["end"]]
        right = any(
            c["kind"] == kind and c["verdict"] == verdict and any(ch.isdigit() for ch in c["arithmetic"])
            for c in near
        )
        s.gold, s.predicted, s.right = s.gold + 1, s.predicted + 1, s.right + right
        if not right and log is not None:
            log.append(
                (
                    gold.name,
                    "CLAIM",
                    wanted,
                    gold.text[a:b],
                    [(c["kind"], c["verdict"], c["arithmetic"]) for c in near],
                )
            )


def bare(blank: set[int], start: int, end: int) -> tuple[int, int]:
    """Take white space and markup off the ends of a span."""
    while start < end and start in blank:
        start += 1
    while end > start and end - 1 in blank:
        end -= 1
    return start, end


def same_value(a, b) -> bool:
    if a is None or b is None:
        return a is None and b is None
    return abs(a - b) <= 1e-3 * abs(b)


def pairs(scores, span, full, gold, who, mine, names, text, log, name):
    s, t = scores.setdefault(span, Score()), scores.setdefault(full, Score())
    for x in (s, t):
        x.gold += len(gold)
        x.predicted += len(mine)
    free = set(range(len(mine)))
    for g, speaker in zip(gold, who, strict=True):
        hit = max((i for i in free), key=lambda i: overlap(g, mine[i]), default=None)
        if hit is None or overlap(g, mine[hit]) < 0.8:
            if log is not None:
                log.append((name, "MISS quote", speaker, text[g[0] : g[1]][:80]))
            continue
        free.discard(hit)
        s.right += 1
        if same_speaker(names[hit], speaker):
            t.right += 1
        elif log is not None:
            log.append((name, "SPEAKER", "want", speaker, "got", names[hit], text[g[0] : g[1]][:80]))
    if log is not None:
        log.extend((name, "EXTRA quote", names[i], text[mine[i][0] : mine[i][1]][:80]) for i in sorted(free))


def assert_speakers(text: str, want: list[str]) -> None:
    """Fail unless a text's quotations are by these speakers, in this order."""
    found = document(read_text(text))["quotations"]
    assert len(found) == len(want), found
    for quotation, name in zip(found, want, strict=True):
        assert same_speaker(quotation["speaker"], name), (quotation["speaker"], name)
