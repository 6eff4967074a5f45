"""Who said each quotation: the cue beside it, the subject of the cue, and what carries over from the sentence before."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from foedus.evidence.lexicon import ANONYMOUS, CUE, CUE_NOUN, CUES, ROLE_NOUN, STRONG_CUES
from foedus.evidence.quotes import Quoted
from foedus.evidence.records import Quotation
from foedus.evidence.sentences import FILL, sentences
from foedus.evidence.subjects import (
    Scene,
    Source,
    main_subject,
    may_speak,
    sentence_at,
    source_from,
    subject_after,
    subject_before,
)

_ACCORDING = re.compile(
    r"\b[Aa]ccording to\s+|\b[Ii]n the (?:words|view|phrase) of\s+|\b[Aa]s (?=(?:[\w.’'\-]+ ){1,5}?(?:himself |herself )?(?:once |later |often )?(?:put it|puts it|said|says|told|wrote|noted|likes to say|liked to say)\b)"
)
_PUT_IT = re.compile(
    rf"[\s,—–]*as (?P<who>(?!if\b|though\b|he\b|she\b)[^,.;:{FILL}]{{2,60}}?)(?:, [^.;:{FILL}]{{2,80}}?,)? (?:once |later |often )?(?P<cue>puts?(?= it)|said|says|told|noted|wrote|observed|explained|described|likes to say|liked to say)\b"
)
_VERBLESS = re.compile(
    rf"\s+(?P<who>[A-Z][^.;:{FILL}]{{3,120}}?)(?:, (?:to|in|on|at|during|via|when|after)\b|\.?$|\. )"
)
_MODAL = re.compile(
    r"\b(?:would|will|could|should|may|might|can|must|shall|not|did|does|do)\s+(?:only\s+|never\s+|not\s+)?$"
)
_OPENING = re.compile(
    r"(?:[A-Z][\w.’'\-]*\s+|(?:the|former|head|minister|chief|leader|secretary|general|of)\s+){0,6}"
)
_PUT = re.compile(
    r"\s(?:himself |herself )?(?:once |later |often )?(?:puts?|said|says|told|wrote|noted|liked?s?)\b"
)
_THAT_WAS = re.compile(
    r"\s*(?:That|This|It|Those|These|Thus|So|Such)(?: is| was|’s|'s| were| spoke| said| says)\s+(?=[A-Z]|the |a |an |one )"
)
_NOT_CUE = re.compile(r"(?:\b(?:[Ww]hen|[Ii]f|[Bb]eing|is|was|were|been|be|are)\s+(?:also\s+|then\s+)?|^)$")
_TITLE_BEFORE = re.compile(
    r"\b(?:book|books|film|movie|series|memoir|novel|entitled|titled|headlined|op-ed|essay|show|podcast|song|documentary|paper|play|programme|album|exhibition|named|nicknamed|codenamed|code-named|known as|"
    r"operation|column|pamphlet|chapter|section|headed|under the (?:title|heading|headline|name|banner)|bestseller|thriller|anthem|(?:authors?|writers?|editors?|star|director) of|campaign|doctrine|exercise|article|report|so-called|so called|the (?:word|words|term|name|label|acronym))\s*,?\s*$",
    re.IGNORECASE,
)
_NAMED_BEFORE = re.compile(
    r"(?:\b(?:nick|code)-?name\b[^.“\"]{0,40}\b(?:is|was)|\b(?:an?|its|his|her|their)\s(?:\w+\s){1,3}(?:called|dubbed)|\b(?:talk|notion|notions|idea|concept|myth|prospect|era|age|spect(?:re|er)) of(?: an?| the)?|\b(?:instead of|rather than)(?: the)?(?: word| term| phrase)?)\s*$",
    re.IGNORECASE,
)
_TITLE_AFTER = re.compile(
    r"^,?\s*(?:a|an|the|his|her|its)\s+(?:\S+\s+){0,3}(?:book|film|movie|series|memoir|novel|essay|show|podcast|song|documentary|play|bestseller|paper|report|album)\b",
    re.IGNORECASE,
)
_SLOGAN = re.compile(
    r"\b(?:slogan|motto|banner|placard|sign|signs|banners|poster|posters|hats?|caps?|T-shirts?|stickers?)\b[^.]{0,40}$",
    re.IGNORECASE,
)
_NOUN_CUE = re.compile(
    rf"\b([Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[A-Z][\w.\-]*(?: [A-Z][\w.\-]*){{0,3}}[’']s?)\s+(?:[a-z\-]+\s+){{0,3}}({CUE_NOUN})\b"
)
_DASH = re.compile(r"^(?:—|–|--|―)\s*(?P<who>[A-Z].{2,120})$")
_SMALL = frozenset("a an the of and or in on for to at by with from as is but nor vs v".split())


@dataclass(frozen=True)
class Found:
    """An attribution of one quotation."""

    source: Source
    cue: str | None
    how: str


def attribute(scene: Scene, quoted: list[Quoted], story: int) -> tuple[list[Quotation], list[Quoted]]:
    """Quotations with their speakers, and the quoted stretches that are titles, slogans or scare quotes."""
    cut = [sentences(scene.text, scene.mask, *span) for span in scene.spans]
    results: list[tuple[Quoted, Found | None]] = []
    for quote in quoted:
        found = _attribute_one(scene, quote, cut, results)
        if found is not None:
            scene.heard(quote.start, found.source.name)
        results.append((quote, found))
    results = _look_ahead(scene, results)
    results = _introduced(scene, results)
    kept: list[Quotation] = []
    other: list[Quoted] = []
    index: dict[int, int] = {}
    for number, (quote, found) in enumerate(results):
        if not _is_quotation(scene, quote, found):
            other.append(quote)
            continue
        index[number] = len(kept)
        kept.append(_build(scene, quote, found, story, index.get(number - 1) if quote.continues else None))
    kept.extend(_dash_blocks(scene, kept, story))
    return sorted(kept, key=lambda q: q.start), other


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
        if last is not None and not _immediate(scene, quote, sentence_at(cut[quote.block], quote.outer_start)):
            return replace(last, how="continued")
    sentence = sentence_at(cut[quote.block], quote.outer_start) or scene.spans[quote.block]
    quick = _immediate(scene, quote, sentence)
    if quick is not None:
        return quick
    return (
        _colon(scene, quote, sentence)
        or _before(scene, quote, sentence)
        or _after(scene, quote, sentence)
        or _noun_cue(scene, quote, sentence)
        or _named_after(scene, quote)
        or _carried(scene, quote, cut, before)
    )


def _cue_at(scene: Scene, match: re.Match[str]) -> str | None:
    """Lemma of a cue, or nothing where the word is no verb of saying here."""
    text = scene.text
    before = text[max(0, match.start() - 14) : match.start()]
    word = match.group()
    if word in ("asked", "pressed", "told", "urged") and re.search(
        r"\b(?:[Ww]hen|[Ii]f|was|were|been|being|is|are|[Aa]s)\s+(?:also\s+)?$", before
    ):
        return None
    if (
        word == "asked"
        and before.endswith(", ")
        and re.match(r"\s+(?:if|whether|about|what|how|why)\b", text[match.end() : match.end() + 12])
    ):
        return None
    if re.search(
        r"\b(?:the|a|an|this|that|his|her|its|their|no|new|any|of|’s|'s|each|some|previous|recent)\s+$", before
    ) and word in (
        "claim",
        "claims",
        "promise",
        "promises",
        "pledge",
        "pledges",
        "report",
        "reports",
        "state",
        "states",
        "demand",
        "demands",
        "call",
        "calls",
        "remark",
        "remarks",
        "comment",
        "label",
        "labels",
        "note",
        "notes",
        "vow",
        "estimate",
        "estimates",
        "view",
        "views",
        "post",
        "posts",
        "mocking",
        "writing",
        "saying",
        "warning",
        "appeal",
        "brand",
        "quote",
        "offer",
        "fear",
        "fears",
        "hope",
        "hopes",
        "worry",
        "protest",
        "threat",
        "hint",
        "boast",
        "claiming",
        "compare",
        "tweet",
        "tweets",
        "signal",
        "signals",
        "answer",
        "term",
        "written",
    ):
        return None
    if word not in STRONG_CUES and CUES[word] == word and _MODAL.search(before):
        return None
    if before.endswith("to ") and word not in ("say", "tell") and CUES[word] == word:
        return None
    return CUES[word]


def _immediate(scene: Scene, quote: Quoted, sentence: tuple[int, int] | None) -> Found | None:
    """A cue right after a quotation that ends in a comma, a question or an exclamation mark, or a dash."""
    stop = min((sentence or scene.spans[quote.block])[1], quote.outer_end + 260)
    after = scene.mask[quote.outer_end : stop]
    inner_end = scene.text[quote.end : quote.outer_end]
    last = scene.text[quote.end - 1 : quote.end]
    if not (
        set(",—–") & set(inner_end)
        or last in "?!"
        or re.match(r"\s*[,—–]", after)
        or re.match(r"\s+(?:said|says|asked|wrote|added)\b", after)
    ):
        return None
    inverted = re.match(r"[\s,—–]*(?:(?:also|later|then|once|recently|\w+ly)\s+)?(?=[a-z])", after)
    cue = CUE.match(after, inverted.end()) if inverted else None
    if cue is not None:
        source = subject_after(scene, quote.outer_end + cue.end(), stop)
        source = _author(scene, source, stop) if source else None
        lemma = CUES[cue.group()]
        if source is not None and lemma not in ("report",):
            return Found(source, lemma, "after")
    put = _PUT_IT.match(after)
    if put:
        source = source_from(scene, quote.outer_end + put.start("who"), quote.outer_end + put.end("who"))
        if source:
            return Found(source, CUES.get(put["cue"].split()[-1], put["cue"]), "after")
    according = re.match(r"[\s,]*according to\s+", after)
    if according:
        source = subject_after(scene, quote.outer_end + according.end(), stop)
        return Found(source, "according to", "after") if source else None
    return _first_cue_after(scene, quote, after, near=True)


def _author(scene: Scene, source: Source, stop: int) -> Source:
    """Person whose document speaks ("reads a line on the website of Ann Cole"), else the document."""
    if source.kind != "document":
        return source
    region = re.split(r"[,.;—–]\s", scene.mask[source.end : min(stop, source.end + 90)])[0]
    for mention in scene.cast.mentions:
        if (
            source.start <= mention.start < source.end + len(region)
            and mention.name in scene.cast.full.values()
        ):
            return Source(mention.name, source.name, mention.start, mention.end, "person")
    return source


def _first_cue_after(scene: Scene, quote: Quoted, after: str, near: bool) -> Found | None:
    fill = after.find(FILL)
    limit = fill if fill >= 0 else len(after)
    for cue in CUE.finditer(after, 0, limit):
        between = after[: cue.start()]
        lemma = _cue_at(scene, _shift(cue, scene, quote.outer_end))
        if lemma is None:
            continue
        words = between.split()
        if near and (
            len(words) > 30
            or re.match(r"\s*,?\s*(?:and|but|or|which|that|because|as|when|if|while|so|in)\b", between)
        ):
            return None
        if near and len(words) > 9 and "," not in between.strip(" ,") and " who " not in between:
            return None
        if re.search(r"\b(?:was|were|been|is|are)\s+(?:\w+ly\s+)?$", between):
            by = re.match(r"\s*by\s+", after[cue.end() :])
            source = (
                subject_after(scene, quote.outer_end + cue.end() + by.end(), quote.outer_end + limit)
                if by
                else None
            )
            return Found(source, lemma, "after") if source else None
        if not between.strip(" ,"):
            return None
        source = subject_before(scene, quote.outer_end, quote.outer_end + cue.start())
        return Found(source, lemma, "after") if source else None
    return None


def _shift(match: re.Match[str], scene: Scene, base: int) -> re.Match[str]:
    shifted = CUE.match(scene.mask, base + match.start())
    return shifted if shifted is not None else match


def _after(scene: Scene, quote: Quoted, sentence: tuple[int, int]) -> Found | None:
    after = scene.mask[quote.outer_end : sentence[1]]
    according = _ACCORDING.search(after)
    if according:
        source = subject_after(scene, quote.outer_end + according.end(), sentence[1])
        if source:
            return Found(source, "according to", "after")
    passive = re.match(r"[\s,]*(?:by|from)\s+(?=[A-Z])", after)
    if passive:
        source = subject_after(scene, quote.outer_end + passive.end(), sentence[1])
        if source and source.kind == "person":
            return Found(source, None, "after")
    return _first_cue_after(scene, quote, after, near=False)


def _before(scene: Scene, quote: Quoted, sentence: tuple[int, int]) -> Found | None:
    region = scene.mask[sentence[0] : quote.outer_start]
    according = None
    for match in _ACCORDING.finditer(region):
        according = match
    if according is not None:
        begin = sentence[0] + according.end()
        put = (
            _PUT.search(scene.mask, begin, quote.outer_start) if according.group()[:2].lower() == "as" else None
        )
        source = (
            source_from(scene, begin, put.start()) if put else subject_after(scene, begin, quote.outer_start)
        )
        if source:
            return Found(source, "according to", "before")
    for cue in reversed(list(CUE.finditer(scene.mask, sentence[0], quote.outer_start))):
        lemma = _cue_at(scene, cue)
        if lemma is None:
            continue
        distance = len(scene.mask[cue.end() : quote.outer_start].split())
        if (
            lemma == "add"
            and distance == 0
            and scene.text[quote.start].islower()
            and scene.text[cue.end()] == " "
        ):
            continue
        if cue.group() not in STRONG_CUES and distance > 8:
            continue
        passive = re.search(
            r"\b(?:was|were|been|being|is|are|be)\s+(?:\w+ly\s+)?$",
            scene.mask[max(sentence[0], cue.start() - 30) : cue.start()],
        )
        if passive and cue.group().endswith(("ed", "en")):
            by = re.search(r"\bby\s+", scene.mask[cue.end() : quote.outer_start])
            source = subject_after(scene, cue.end() + by.end(), quote.outer_start) if by else None
            if source is None:
                continue
            return Found(source, lemma, "before")
        source = subject_before(scene, sentence[0], cue.start())
        if source is not None:
            return Found(source, lemma, "before")
    return None


def _colon(scene: Scene, quote: Quoted, sentence: tuple[int, int]) -> Found | None:
    """Attribute what follows a colon without a verb of saying, as in: the late strategist put it best."""
    region = scene.mask[sentence[0] : quote.outer_start].rstrip()
    if not region.endswith(":") or any(
        _cue_at(scene, c) for c in CUE.finditer(scene.mask, sentence[0], quote.outer_start)
    ):
        return None
    source = main_subject(scene, sentence[0], sentence[0] + len(region) - 1)
    return Found(source, None, "before") if source and may_speak(source, sentence[0]) else None


def _named_after(scene: Scene, quote: Quoted) -> Found | None:
    """Attribute by what follows without a verb of saying: "That was Senator Cole", or "..., Ann Cole, to reporters"."""
    end = scene.spans[quote.block][1]
    after = scene.mask[quote.outer_end : end]
    was = _THAT_WAS.match(after)
    if was:
        source = subject_after(scene, quote.outer_end + was.end(), end)
        return Found(source, None, "after") if source and source.kind == "person" else None
    bare = _VERBLESS.match(after) if "," in scene.text[quote.end : quote.outer_end] else None
    if bare is None:
        return None
    source = main_subject(scene, quote.outer_end + bare.start("who"), quote.outer_end + bare.end("who"))
    return Found(source, None, "after") if source and source.kind == "person" else None


def _noun_cue(scene: Scene, quote: Quoted, sentence: tuple[int, int]) -> Found | None:
    """Attribute by a noun of saying: his promise to, the minister's warning that."""
    every = list(_NOUN_CUE.finditer(scene.mask, sentence[0], quote.outer_start))
    found = every[-1] if every else None
    if found is not None:
        word = found.group(1)
        if word.lower() in ("his", "her", "their", "its"):
            pronoun = {"his": "he", "her": "she", "their": "they", "its": "it"}[word.lower()]
            source = source_from_pronoun(scene, found.start(1), pronoun)
        else:
            source = source_from(scene, found.start(1), found.start(1) + len(word.rstrip("s").rstrip("’'")))
        if source is not None:
            return Found(source, found.group(2), "before")
    return None


def source_from_pronoun(scene: Scene, at: int, pronoun: str) -> Source | None:
    """Source that a possessive stands for."""
    from foedus.evidence.people import resolve_pronoun

    name = resolve_pronoun(scene.cast, scene.text, scene.mask, at, pronoun, scene.before(at), scene.floor)
    return Source(name, scene.cast.roles.get(name), at, at + 3, "person") if name else None


def _carried(
    scene: Scene, quote: Quoted, cut: list[list[tuple[int, int]]], before: list[tuple[Quoted, Found | None]]
) -> Found | None:
    """A quotation without a cue of its own: the speaker of the one before it, or the subject of the sentence before."""
    full = _is_full(scene, quote)
    between = _sentence_between(scene, quote, cut[quote.block], before)
    if full and between is not None:
        return between
    same = [f for q, f in before[-3:] if q.block == quote.block and f is not None]
    if same and (full or len(scene.text[quote.start : quote.end].split()) >= 3):
        return replace(same[-1], cue=None, how="carried")
    if not full:
        return None
    earlier = [s for s in cut[quote.block] if s[1] <= quote.outer_start]
    if not earlier and quote.block > 0 and scene.mask[scene.spans[quote.block][0]] == FILL:
        last_block = cut[quote.block - 1]
        recent = [f for q, f in before[-4:] if q.block == quote.block - 1 and f is not None]
        if recent:
            return replace(recent[-1], cue=None, how="carried")
        earlier = last_block[-1:]
    if earlier:
        source = _sentence_source(scene, earlier[-1])
        if source is not None:
            return Found(source, None, "carried")
    recent_blocks = [f for q, f in before[-4:] if quote.block - q.block <= 2 and f is not None]
    return replace(recent_blocks[-1], cue=None, how="carried") if recent_blocks else None


def _sentence_between(
    scene: Scene, quote: Quoted, cut: list[tuple[int, int]], before: list[tuple[Quoted, Found | None]]
) -> Found | None:
    """Speaker from a sentence that stands, without a quotation, between the quotation before and this one."""
    earlier = [s for s in cut if s[1] <= quote.outer_start]
    if (
        not earlier
        or not before
        or before[-1][0].block != quote.block
        or FILL in scene.mask[slice(*earlier[-1])]
    ):
        return None
    source = main_subject(scene, *earlier[-1])
    if source is None or source.kind not in ("person", "anonymous") or source.name.endswith("s"):
        return None
    return Found(source, None, "carried")


def _sentence_source(scene: Scene, sentence: tuple[int, int]) -> Source | None:
    for cue in CUE.finditer(scene.mask, *sentence):
        if _cue_at(scene, cue) is not None and cue.group() in STRONG_CUES:
            source = subject_before(scene, sentence[0], cue.start())
            if source is not None:
                return source
    source = main_subject(scene, *sentence)
    if source is not None and source.kind == "person":
        return source
    if source is not None and not may_speak(source, sentence[0]):
        source = None
    inside = [m for m in scene.cast.mentions if sentence[0] <= m.start < sentence[1]]
    return (
        Source(inside[0].name, inside[0].role, inside[0].start, inside[0].end, "person") if inside else source
    )


def _look_ahead(scene: Scene, results: list[tuple[Quoted, Found | None]]) -> list[tuple[Quoted, Found | None]]:
    """A quotation without a source takes that of the next one in its paragraph."""
    fixed = list(results)
    for i in range(len(fixed) - 2, -1, -1):
        quote, found = fixed[i]
        following, source = fixed[i + 1]
        carried = found is None or (
            found.how == "carried"
            and source is not None
            and source.how == "after"
            and not _same_block_before(results, i)
        )
        if (
            carried
            and source is not None
            and following.block == quote.block
            and _is_full(scene, quote)
            and source.how in ("after", "carried")
        ):
            fixed[i] = (quote, replace(source, cue=None, how="carried"))
    return fixed


def _introduced(scene: Scene, results: list[tuple[Quoted, Found | None]]) -> list[tuple[Quoted, Found | None]]:
    """Name the unnamed speaker of a lead ("a former minister has said") by the person who opens the next paragraph."""
    if len(scene.spans) < 2:
        return results
    start, end = scene.spans[1]
    opener = next((m for m in scene.cast.mentions if start <= m.start < end), None)
    if opener is None or opener.name not in scene.cast.full.values():
        return results
    if not _OPENING.fullmatch(scene.mask[start : opener.start]):
        return results

    def named(quote: Quoted, found: Found | None) -> Found | None:
        if quote.block != 0 or found is None or not _lead_role(scene, found.source):
            return found
        return replace(
            found, source=replace(found.source, name=opener.name, role=found.source.name, kind="person")
        )

    return [(quote, named(quote, found)) for quote, found in results]


def _lead_role(scene: Scene, source: Source) -> bool:
    """Whether a source is one holder of an office, unnamed as yet."""
    words = source.name.split()
    return (
        source.kind == "anonymous"
        and any(ROLE_NOUN.fullmatch(w) and not w.endswith("s") for w in words)
        and not ANONYMOUS.search(source.name)
        and not re.match(r"(?:one|two|several|some)\b", scene.text[source.start : source.end], re.IGNORECASE)
    )


def _same_block_before(results: list[tuple[Quoted, Found | None]], i: int) -> bool:
    return any(q.block == results[i][0].block and f is not None and f.how != "carried" for q, f in results[:i])


def _is_full(scene: Scene, quote: Quoted) -> bool:
    text = scene.text[quote.start : quote.end]
    ends = scene.text[quote.end - 1 : quote.outer_end]
    ends = ends if ends.strip("”\"’'»") else scene.text[quote.end - 3 : quote.outer_end]
    return (
        len(text.split()) >= 1
        and (text[0].isupper() or text[0] in "$€£0123456789…[" or quote.continues or not quote.closed)
        and bool(set(".,!?—–…") & set(ends) or not quote.closed)
    )


def _is_quotation(scene: Scene, quote: Quoted, found: Found | None) -> bool:
    text = scene.text[quote.start : quote.end]
    before = scene.mask[max(scene.spans[quote.block][0], quote.outer_start - 60) : quote.outer_start]
    after = scene.mask[quote.outer_end : quote.outer_end + 60]
    words = text.split()
    inner = scene.text[quote.end : quote.outer_end]
    capital = [w for w in words if w.lower() not in _SMALL]
    titled = (
        bool(capital)
        and len(words) >= 2
        and all(not w[0].isalpha() or w[0].isupper() for w in capital)
        and len(words) <= 14
        and text[-1] not in "!?"
    )
    if _TITLE_BEFORE.search(before) and (titled or len(words) <= 6) and "." not in inner[:1]:
        return False
    if len(words) <= 6 and _NAMED_BEFORE.search(before):
        return False
    if titled and (_TITLE_AFTER.match(after) or _SLOGAN.search(before)):
        return False
    if _SLOGAN.search(before) and len(words) <= 8 and (found is None or found.how != "after"):
        return False
    if titled and len(capital) >= 2 and (found is None or found.how != "after"):
        return (found is not None and found.cue is not None and bool(re.search(r"[,:]\s*$", before))) or (
            bool(
                re.search(
                    r"\b(?:said|says|called|wrote|added|told \w+|declared|replied|shouted|dubbed)[,:]?\s*(?:\w+\s+){0,4}$",
                    before,
                )
            )
            and found is not None
        )
    if found is None:
        return _is_full(scene, quote) and len(words) >= 4
    if found.how == "carried" and not _is_full(scene, quote):
        return len(words) >= 3
    return True


def _dash_blocks(scene: Scene, kept: list[Quotation], story: int) -> list[Quotation]:
    """A paragraph without marks, followed by a dash and its speaker."""
    extra: list[Quotation] = []
    for number, (start, end) in enumerate(scene.spans[1:], 1):
        match = _DASH.match(scene.text[start:end])
        if not match:
            continue
        a, b = scene.spans[number - 1]
        who = match.group("who")
        comma = who.find(",")
        stop = start + match.start("who") + (comma if comma > 0 else len(who))
        source = source_from(scene, start + match.start("who"), stop)
        if source is None:
            continue
        role = who[comma + 1 :].strip(" .") if comma > 0 else source.role
        mine = [i for i, q in enumerate(kept) if a <= q.start < b]
        if mine:
            for i in mine:
                if kept[i].cue is None:
                    kept[i] = replace(
                        kept[i],
                        speaker=source.name,
                        speaker_role=role,
                        speaker_span=(source.start, source.end),
                        speaker_kind=source.kind,
                    )
            continue
        while b > a and scene.text[b - 1] in ".,;: ":
            b -= 1
        extra.append(
            Quotation(
                a,
                b,
                scene.text[a:b],
                source.name,
                role,
                (source.start, source.end),
                None,
                True,
                story,
                False,
                None,
                (),
                source.kind,
            )
        )
    return extra
