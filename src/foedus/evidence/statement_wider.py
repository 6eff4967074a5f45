"""Statements that no verb of saying with a plain clause beside it makes: half quoted, in a headline; and intentions, which are none."""

from __future__ import annotations

import re

from foedus.evidence.complements import Verb
from foedus.evidence.lexicon import ANONYMOUS, CUE, ROLE_NOUN
from foedus.evidence.phrases import without_auxiliaries
from foedus.evidence.records import Statement
from foedus.evidence.sentences import FILL
from foedus.evidence.sources import Scene, Source, source_from
from foedus.evidence.statement_words import REPLIED
from foedus.evidence.subjects import subject_after, subject_before

_OWN_WORDS = re.compile(rf"[A-Z][^{FILL}:;.!?]{{3,240}}(?:\s|[—–(])(?={FILL})")
"""The story's own words before a piece of what somebody said."""
_A_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|do|does|did|become|became|remains?|\w+ed|needs?|faces?|amounts?|means?|risks?|looks?)\b"
)
_HELD_BY_ANY = re.compile(r"\b(?:[Aa]ny(?:one|body)|[Tt]hose|[Ww]hoever|[Ee]veryone|[Pp]eople)(?: who)? \w+")
"""Those who hold something, whoever they are."""
CAREER = re.compile(r"\b(?:retired|elected|appointed|named|exiled|disgraced|jailed|sacked|ousted)\s")
"""What an office may be called that looks like a verb."""
LONGEST_CLAUSE = 900
"""Characters before a verb in which its subject, or the end of the content before it, is looked for."""
_LONGEST = 120
"""Characters between a quotation and the verb of saying at its end."""
_COLON = re.compile(r"(?P<one>[^:]{2,120}): (?P<two>[^:]{2,200})$")
_WHO = re.compile(
    r"(?:(?:[A-Z][\w.’'-]*|of|the|de|von|and|for|on) ?){1,6}$|(?:[Aa]n? |[Tt]he )?(?:[\w’'-]+ ){0,3}(?:officials?|sources?|ministers?|ministry|report|study|poll|survey|experts?|analysts?|diplomats?|envoy|general|president|premier|chancellor|spokesm[ae]n|spokeswoman|think ?tank|police|army|navy|media|agency|watchdog|auditors?|document|memo|aides?|adviser|ambassador|mayor|governor|senator|lawmakers?|union|commander)$"
)
_NOBODY = re.compile(
    r"(?:Analysis|Opinion|Comment|Commentary|Explainer|Explained|Live|Live updates|Update|Updated|Watch|Video|Exclusive|Interview|Editorial|Review|Breaking|Profile|Q&A|FAQ|Factbox|Timeline|Fact check|Correction|Podcast|Photos|Pictures|In pictures|Map|Graphic|Special report|Feature|Letters?|The Guardian view|Background|Transcript|Full transcript|Rush transcript|Hearing|Remarks|Full text|Text|In full|Speech|Testimony|Minutes|Read-?out|Press release|Statement|Communiqué|Obituary|Quiz|Poll|Briefing|Note|Topic|Subject|Re|Date|From|To|Part \w+|Chapter \w+|Day \w+|Summit|Security|Defen[cs]e|Politics|Business|World|Europe|Diplomacy|Energy|Economy|Election|War|Ukraine war|News|NATO summit|[\w ’']+ (?:summit|crisis|war|election|talks|deal|vote|row|scandal|debate|review))$",
)
"""What stands before a colon in a headline and says nothing."""
_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|must|may|might|to|not|no|never|should|won[’']t|\w+ing|\w+ed|\w{3,}s|short|late|ready|lost|gone|dead|out|up|down|over)\b"
)
_INTENDS = frozenset(
    "promise vow pledge threaten offer propose agree beg refuse decline call urge ask order demand implore instruct plead counsel hope swear request tell warn advise remind".split()
)
_TO_DO = re.compile(
    r"(?:(?:for|on|upon) )?(?:(?!(?:that|is|are|was|were|has|have|had|will|would|could|can)\b)[\w’',.-]+ ){0,7}?(?:not )?to [a-z]+\b"
)
_NOT_TO_DO = re.compile(
    r"^(?:it|he|she|they|we|i|there|this|these)\b|\b(?:wants?|intends?|plans?|hopes?|expects?|needs?|seems?|appears?|continues?|likes?|tends?|[a-z]+ed) to\b|\b(?:is|are|was|were|has|have|had|will|would|could|can|may|might|should|must)\b",
    re.IGNORECASE,
)


def intended(statement: Statement) -> bool:
    """Whether something is to be done, by who says it or by others, and nothing told ("promised to return", "asked him to sit down")."""
    if statement.cue not in _INTENDS or (
        statement.speaker_span and statement.speaker_span[0] > statement.start
    ):
        return False
    found = _TO_DO.match(statement.text)
    return found is not None and _NOT_TO_DO.search(found.group()[: found.group().rindex("to ") + 3]) is None


def half_quoted(scene: Scene, verb: Verb, start: int, end: int) -> tuple[int, int, Source] | None:
    """Content in the story's own words that ends in a piece of quotation, with who said it: "The treaty is “dead,” said Ann Cole"."""
    own = _OWN_WORDS.match(scene.mask, start, verb.start)
    last = scene.mask.rfind(FILL, start, verb.start)
    if own is None or last < 0 or verb.start - last > _LONGEST or verb.that:
        return None
    words = own.group()
    if len(words.split()) < 2 or CUE.search(_HELD_BY_ANY.sub("", words)) or not _A_VERB.search(words):
        return None
    between = scene.mask[last + 1 : verb.start]
    if not between.strip(" ,"):
        source = subject_after(scene, verb.end, end)
        source = source if source is not None and source.start - verb.end <= 12 else None
    elif _ends_quoted(scene, last, between) and not _A_VERB.search(
        CAREER.sub("", without_auxiliaries(between))
    ):
        source = subject_before(scene, last + 1, verb.start)
    else:
        source = None
    return (start, last + 1, source) if source is not None else None


def _ends_quoted(scene: Scene, last: int, between: str) -> bool:
    """Whether a comma closes a quotation before who said it."""
    return between.lstrip().startswith(",") or scene.text[last - 1 : last] == ","


def headline_statement(scene: Scene, start: int, end: int, story: int) -> Statement | None:
    """What a headline ascribes by a colon: "Kyiv: Shells late", "Brigade to leave by June: Pentagon"."""
    line = scene.text[start:end]
    found = _COLON.match(line) if line.count(": ") == 1 else None
    if found is None:
        return None
    for who, what in (("one", "two"), ("two", "one")):
        name, content = found[who].strip(), found[what].strip(" .")
        if (
            not _WHO.match(name)
            or _NOBODY.match(name)
            or len(content.split()) < 3
            or content.endswith("?")
            or content[0] in "‘“\"'"
        ):
            continue
        if (
            len(name.split()) > 7
            or not _CLAUSE.search(content)
            or re.match(r"(?:What|Why|How|When|Where|Who)\b", content)
        ):
            continue
        source = source_from(scene, start + found.start(who), start + found.end(who))
        if source is None or not _may_say(source, name):
            continue
        at = start + found.start(what) + (len(found[what]) - len(found[what].lstrip()))
        return Statement(
            at, at + len(content), scene.text[at : at + len(content)], source.name, source.role,
            (source.start, source.end), source.kind, ":", story,
        )  # fmt: skip
    return None


def _may_say(source: Source, name: str) -> bool:
    """Whether a headline's name is somebody, a place that stands for its government, or a body."""
    return bool(
        source.kind != "office" or ROLE_NOUN.search(name) or ANONYMOUS.search(name) or name[0].isupper()
    )


_TITLE = re.compile(r"(?P<office>(?:[a-z][\w-]* ){1,4})[A-ZÀ-Ž]")


def titled(phrase: str) -> bool:
    """Whether a name stands behind its office without an article ("budget minister Ann Cole")."""
    found = _TITLE.match(phrase)
    return found is not None and ROLE_NOUN.search(found["office"]) is not None


def until_reply(scene: Scene, begin: int, end: int) -> int:
    """End of a content, without what somebody else then says of it ("a charge the alliance rejected")."""
    if ", a" not in scene.mask[begin:end]:
        return end
    found = REPLIED.search(scene.mask, begin, end)
    return found.start() if found else end


def main_clause(scene: Scene, begin: int, end: int) -> int:
    """End of what stands in the first clause of "while A said X, B did Y"."""
    commas = [m.start() for m in re.finditer(r",\s", scene.mask[begin:end])]
    return begin + commas[-1] if len(commas) == 1 else begin + commas[0] if commas else end


def near(scene: Scene, lo: int, at: int) -> int:
    """Where to begin to look for a subject: the start of its clause, or a word no further away than one can be."""
    if at - lo <= LONGEST_CLAUSE:
        return lo
    return scene.mask.find(" ", at - LONGEST_CLAUSE, at) + 1 or lo
