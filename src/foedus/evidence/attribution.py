"""Who said each quotation: the cue beside it, the subject of the cue, and what carries over from the sentence before."""

from __future__ import annotations

import re
from dataclasses import replace

from foedus.evidence import dialogue, turns
from foedus.evidence.announced import after_colon, hearsay, named_after, of_list
from foedus.evidence.authors import of_author
from foedus.evidence.carried import carried
from foedus.evidence.cues import Found, by_noun, cue_after, cue_before, cue_beside
from foedus.evidence.interviews import heard_answers
from foedus.evidence.issuers import issued
from foedus.evidence.lexicon import ANONYMOUS, ROLE_NOUN
from foedus.evidence.notquotes import is_full, is_quotation, lists_on
from foedus.evidence.papers import laid_down, phrase_in
from foedus.evidence.quotes import Quoted
from foedus.evidence.records import Quotation
from foedus.evidence.replies import came_reply, not_the_asker
from foedus.evidence.sentences import FILL, sentences
from foedus.evidence.sources import Scene, Source
from foedus.evidence.subjects import main_subject, sentence_at, subject_after
from foedus.evidence.two_clauses import gapped, in_clause_before
from foedus.evidence.unmarked import spoken_turns, unmarked
from foedus.evidence.writers import teller, writer_of

_SOME_ONE = re.compile(r"(?<!\w)[Aa]n? ")
_OPENING = re.compile(
    r"(?:[A-Z][\w.’'\-]*\s+|(?:the|former|head|minister|chief|leader|secretary|general|of)\s+){0,6}"
)
_IN_THE_PAPER = re.compile(r"In (?:the|that|his|her) (?P<paper>[a-z-]+)\b")
_FROM_SOMEBODY = re.compile(
    r"[a-z-]+ (?:from|by|of|written by|sent by|signed by) (?:an?|the|his|her|its|their|one)\b"
)
"""A paper of somebody whom the lead does not name."""
_CHOSEN = re.compile(
    r"\b(?:choice|pick|nominee|selection|appointee|designate) (?:to|for|as)\b|^(?:former )?(?:man|woman) (?:to|for|in|at|who|[a-z]+(?:ed|ing))\b"
)
"""Somebody told of by the office for which he or she is chosen."""
_PUT_NEXT = re.compile(
    r"(?:(?:That|This|It|So|Thus)(?: is| was|’s|'s)? (?:how|what|the (?:view|verdict|judgment|judgement|assessment|conclusion|answer) of)|(?:That|This|It) (?:is|was)|Those (?:are|were) the words of|The (?:words|speaker|verdict|voice) (?:is|are|was|were)(?: those of| that of)?|So (?:said|says|spoke)|Thus(?: spoke| said)?)\s+(?=[A-Z]|the |an? |one )"
)
"""What a paragraph begins with that names the speaker of the words before it."""


def attribute(
    scene: Scene, quoted: list[Quoted], story: int, cut: list[list[tuple[int, int]]] | None = None
) -> tuple[list[Quotation], list[Quoted]]:
    """Quotations with their speakers, and the quoted stretches that are titles, slogans or scare quotes.

    `cut` has the sentences of each paragraph, where they are known.
    """
    if cut is None:
        cut = [sentences(scene.text, scene.mask, *span) for span in scene.spans]
    said = spoken_turns(scene, quoted, story)
    quoted = [q for q in quoted if not any(t.start <= q.start < t.end for t in said)]
    results: list[tuple[Quoted, Found | None]] = []
    answers = heard_answers(scene)
    writes = writer_of(scene, cut) if quoted else None
    for quote in quoted:
        found = teller(scene, quote, _attribute_one(scene, quote, cut, results), cut, results, writes)
        if answers is not None and quote.block >= answers[0] and _is_answer(scene, quote, found):
            found = Found(answers[1], None, "carried")
        if found is not None:
            scene.heard(quote.start, found.source.name)
        results.append((quote, found))
    results = _look_ahead(scene, results)
    results = _repeated(scene, _introduced(scene, results))
    kept: list[Quotation] = []
    other: list[Quoted] = []
    index: dict[int, int] = {}
    for number, (quote, found) in enumerate(results):
        if not is_quotation(scene, quote, found) or lists_on(scene, other, quote):
            other.append(quote)
            continue
        index[number] = len(kept)
        kept.append(_build(scene, quote, found, story, index.get(number - 1) if quote.continues else None))
    kept.extend(said)
    kept.extend(unmarked(scene, kept, story, labelled=bool(said)))
    return sorted(kept, key=lambda q: q.start), other


def _is_answer(scene: Scene, quote: Quoted, found: Found | None) -> bool:
    """Whether words in a paragraph of an interview that opens with words are said by nobody else."""
    return scene.mask[scene.spans[quote.block][0]] == FILL and (
        found is None or found.how in ("carried", "continued", "subject")
    )


def _build(scene: Scene, quote: Quoted, found: Found | None, story: int, continues: int | None) -> Quotation:
    source = found.source if found else None
    partial = scene.text[quote.start].islower()
    role = (source.role or scene.cast.roles.get(source.name)) if source else None
    return Quotation(
        quote.start, quote.end, scene.text[quote.start : quote.end], source.name if source else None, role,
        (source.start, source.end) if source else None, found.cue if found else None, True, story, partial, continues, quote.nested,
        source.kind if source else "unknown",
    )  # fmt: skip


def _attribute_one(
    scene: Scene, quote: Quoted, cut: list[list[tuple[int, int]]], before: list[tuple[Quoted, Found | None]]
) -> Found | None:
    if quote.continues and before:
        last = before[-1][1]
        if last is not None and not cue_beside(scene, quote, sentence_at(cut[quote.block], quote.outer_start)):
            return replace(last, how="continued")
    sentence = sentence_at(cut[quote.block], quote.outer_start) or scene.spans[quote.block]
    found = (
        came_reply(scene, quote, cut[quote.block])
        or turns.by_place(scene, quote, cut, sentence)
        or dialogue.in_turn(scene, quote, sentence)
        or in_clause_before(scene, quote, sentence)
        or cue_beside(scene, quote, sentence)
    )
    if found is not None:
        found = not_the_asker(scene, quote, found, cut)
        found = turns.of_document(scene, quote, found, sentence)
    found = found or _further(scene, quote, cut, before, sentence)
    if found is None:
        return None
    return issued(scene, of_author(scene, found), cut, quote, sentence)


def _further(
    scene: Scene,
    quote: Quoted,
    cut: list[list[tuple[int, int]]],
    before: list[tuple[Quoted, Found | None]],
    sentence: tuple[int, int],
) -> Found | None:
    """Attribution of a quotation with no verb of saying right beside it."""
    return (
        gapped(scene, quote, sentence, before)
        or after_colon(scene, quote, sentence)
        or hearsay(scene, quote, sentence)
        or cue_before(scene, quote, sentence)
        or cue_after(scene, quote, sentence)
        or by_noun(scene, quote, sentence)
        or turns.talks_of(scene, quote, sentence)
        or turns.for_whom(scene, quote, sentence)
        or named_after(scene, quote)
        or _document(scene, quote, sentence)
        or of_list(scene, quote, sentence)
        or _put_next(scene, quote)
        or carried(scene, quote, cut, before)
        or (_opening(scene, quote) if not any(q.block >= scene.lead for q, _ in before) else None)
    )


def _document(scene: Scene, quote: Quoted, sentence: tuple[int, int]) -> Found | None:
    """A quotation from a document that lays it down."""
    if scene.text[quote.start].isupper() and is_full(scene, quote):
        return None
    begin = scene.spans[quote.block][0]
    source = phrase_in(scene, begin, quote.outer_start, quote.outer_end) or laid_down(
        scene, sentence[0], quote.outer_start
    )
    return Found(source, None, "before") if source is not None else None


def _put_next(scene: Scene, quote: Quoted) -> Found | None:
    """Speaker whom the paragraph after a quotation names: "That is how Ann Cole, the mayor, put it"."""
    if quote.block + 1 >= len(scene.spans) or scene.mask[quote.outer_end : scene.spans[quote.block][1]].strip():
        return None
    start, end = scene.spans[quote.block + 1]
    put = _PUT_NEXT.match(scene.mask, start, end)
    if put is None:
        return None
    source = subject_after(scene, put.end(), end)
    return Found(source, None, "after") if source is not None and source.kind == "person" else None


def _opening(scene: Scene, quote: Quoted) -> Found | None:
    """Person with whom the paragraph begins that stands below the words with which a story opens."""
    start, end = scene.spans[quote.block]
    if quote.block + 1 >= len(scene.spans) or scene.mask[start:end].strip(FILL + " "):
        return None
    below = scene.spans[quote.block + 1]
    named = next((m for m in scene.cast.mentions if m.start >= below[0]), None)
    if named is None or named.name not in scene.cast.full.values():
        return None
    if not _OPENING.fullmatch(scene.mask[below[0] : named.start]):
        return None
    return Found(Source(named.name, named.role, named.start, named.end, "person"), None, "after")


def _look_ahead(scene: Scene, results: list[tuple[Quoted, Found | None]]) -> list[tuple[Quoted, Found | None]]:
    """A quotation without a source takes that of the next one in its paragraph."""
    fixed = list(results)
    for i in range(len(fixed) - 2, -1, -1):
        quote, found = fixed[i]
        following, source = fixed[i + 1]
        open_ = found is None or (
            found.how == "carried"
            and source is not None
            and source.how == "after"
            and not _same_block_before(results, i)
            and not _answered(scene, quote, following)
        )
        if (
            open_
            and source is not None
            and following.block == quote.block
            and is_full(scene, quote)
            and source.how in ("after", "carried")
        ):
            fixed[i] = (quote, replace(source, cue=None, how="carried"))
    return fixed


def _repeated(scene: Scene, results: list[tuple[Quoted, Found | None]]) -> list[tuple[Quoted, Found | None]]:
    """Give words of the standfirst, and unclaimed ones of the lead, the speaker whom the story below gives the same words."""
    if not results or results[0][0].block > scene.lead:
        return results
    below = [
        (scene.text[q.start : q.end].lower(), q.block, f) for q, f in results if q.block >= scene.lead and f
    ]

    def named(quote: Quoted, found: Found | None) -> Found | None:
        if quote.block > scene.lead or (quote.block == scene.lead and found and found.how != "subject"):
            return found
        words = scene.text[quote.start : quote.end].lower()
        if found is not None and _SOME_ONE.search(scene.text, max(0, found.source.start - 3), found.source.end):
            return found
        again = next((f for said, at, f in below if at > quote.block and words in said), None)
        return replace(again, how="after") if again is not None else found

    return [(quote, named(quote, found)) for quote, found in results]


def _introduced(scene: Scene, results: list[tuple[Quoted, Found | None]]) -> list[tuple[Quoted, Found | None]]:
    """Name the unnamed speaker of a lead ("a former minister has said") by the person who opens the next paragraph."""
    for block in sorted({q.block for q, _ in results if q.block >= scene.lead}):
        results = _named_below(scene, results, block)
    return results


def _named_below(
    scene: Scene, results: list[tuple[Quoted, Found | None]], block: int
) -> list[tuple[Quoted, Found | None]]:
    """Name the holder of an office of one paragraph by whom the next, which names a person for the first time, opens with."""
    if len(scene.spans) < block + 2:
        return results
    start, end = scene.spans[block + 1]
    if block == scene.lead:
        results = _written_by(scene, results, block)
    opener = next(
        (m for m in scene.cast.mentions if start <= m.start < end and scene.mask[m.start] != FILL), None
    )
    if opener is None or opener.name not in scene.cast.full.values():
        return results
    if not _OPENING.fullmatch(scene.mask[start : opener.start].lstrip(FILL + " ")):
        return results
    first = min(m.start for m in scene.cast.mentions if m.name == opener.name)
    if block > scene.lead and (first < start or opener.role or scene.cast.roles.get(opener.name)):
        return results

    def named(quote: Quoted, found: Found | None) -> Found | None:
        if quote.block != block or found is None or not _lead_role(scene, found.source):
            return found
        if block > scene.lead and "spokes" in found.source.name:
            return found
        return replace(
            found, source=replace(found.source, name=opener.name, role=found.source.name, kind="person")
        )

    return [(quote, named(quote, found)) for quote, found in results]


def _written_by(
    scene: Scene, results: list[tuple[Quoted, Found | None]], block: int
) -> list[tuple[Quoted, Found | None]]:
    """Name who wrote the letter of a lead by whoever the next paragraph says wrote it ("In the letter, Ann Cole said ...")."""
    start, end = scene.spans[block + 1]
    inside = _IN_THE_PAPER.match(scene.mask, start, end)
    if inside is None:
        return results
    writer = main_subject(scene, start, end)
    if writer is None or writer.kind != "person":
        return results

    def named(quote: Quoted, found: Found | None) -> Found | None:
        paper = found.source.name if found is not None and found.source.kind == "document" else ""
        if found is None or quote.block != block or not _FROM_SOMEBODY.match(paper):
            return found
        return replace(found, source=writer) if paper.startswith(inside["paper"]) else found

    return [(quote, named(quote, found)) for quote, found in results]


def _lead_role(scene: Scene, source: Source) -> bool:
    """Whether a source is one holder of an office, unnamed as yet."""
    words = source.name.split()
    if _CHOSEN.search(source.name):
        return source.kind in ("anonymous", "office")
    return (
        source.kind == "anonymous"
        and any(ROLE_NOUN.fullmatch(w) and not w.endswith("s") for w in words)
        and not ANONYMOUS.search(source.name)
        and not re.match(r"(?:one|two|several|some)\b", scene.text[source.start : source.end], re.IGNORECASE)
    )


def _answered(scene: Scene, quote: Quoted, following: Quoted) -> bool:
    """Whether a question is answered by the quotation right after it."""
    between = scene.text[quote.outer_end : following.outer_start]
    return scene.text[quote.end - 1 : quote.end + 1].find("?") >= 0 and not between.strip()


def _same_block_before(results: list[tuple[Quoted, Found | None]], i: int) -> bool:
    return any(q.block == results[i][0].block and f is not None and f.how != "carried" for q, f in results[:i])
