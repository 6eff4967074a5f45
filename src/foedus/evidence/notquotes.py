"""What stands between quotation marks without being a quotation: titles, slogans, names."""

from __future__ import annotations

import re

from foedus.evidence.choices import is_choice
from foedus.evidence.cues import Found
from foedus.evidence.lexicon import ROLE_NOUN, may_end, words_in
from foedus.evidence.quotes import Quoted
from foedus.evidence.sources import Scene

_TITLE_BEFORE = re.compile(
    r"\b(?:books?|films?|movies?|series|memoirs?|autobiograph(?:y|ies)|biograph(?:y|ies)|diar(?:y|ies)|trilogy|poem|ballad|opera|monograph|dissertation|(?:history|study|account|portrait|chronicle) of [^.,;:“\"]{3,50}|novels?|entitled|titled|headlined|op-ed|essay|show|podcast|song|documentary|paper|play|programme|album|exhibition|named|nicknamed|call-?sign|call sign|nickname|nom de guerre|pseudonym|alias|program|(?:Facebook|WhatsApp|Telegram|Signal|Instagram|online|support|campaign|chat|protest) (?:group|page|channel|chat|account|forum)|codename|(?:conference|seminar|panel|debate|lecture|session|workshop|course|leaflet|webinar) (?:on|about|called)|codenamed|code-named|known as|names? (?:such as|like)|"
    r"operation|column|pamphlet|chapter|section|headed|under the (?:title|heading|headline|name|banner)|bestseller|thriller|anthem|(?:authors?|writers?|editors?|star|director) of|campaign|doctrine|exercise|article|report|so-called|so called|the (?:word|words|term|name|label|acronym))\s*,?\s*$",
    re.IGNORECASE,
)
_NAMED_BEFORE = re.compile(
    r"(?:\b[a-z]+, (?:also |now |then |officially )?(?:called|named|dubbed|christened|titled)|\b(?:nick|code)-?name\b[^.“\"]{0,40}\b(?:is|was)|\b(?:an?|its|his|her|their)\s(?:(?!the\b)\w+\s){1,3}(?:called|dubbed)|\b(?:talk|notion|notions|idea|concept|myth|prospect|era|age|spect(?:re|er)) of(?: an?| the)?|\b(?:they|people|locals|everybody|everyone) (?:here |there )?(?:speaks?|talks?)(?: only)? of|\bbilled as(?: an?| the)?|\b(?:known|famous) (?:[a-z]+ )?(?:to|among|in|by|at|on|throughout) [^.,;:“\"]{3,40} as(?: an?| the)?|\b(?:teach(?:es|ing)?|taught|learn(?:s|ed|t|ing)?)\b[^.“\"]{0,40} (?:how )?to say|\bthe (?:item|session|column|option|slide|exercise|operation|programme|group|project|motion|file|folder|chapter|section|tab|button|category) called|\bwhat \w+(?:[’']s|[’']re| is| are) calling(?: an?| the)?|\b(?:stop|avoid|quit) (?:saying|using)|\b(?:made|makes?|thinks?|thought|hates?|hated|dislikes?|disliked|avoids?|avoided|heard|hears?|bans?|banned|invented)(?: of)? the (?:word|phrase|term|expression|slogan)|\b(?:instead of|rather than)(?: the)?(?: word| term| phrase)?)\s*$",
    re.IGNORECASE,
)
_TITLE_AFTER = re.compile(
    r"^,?\s*which (?:(?:will|is to|was to|has|had) (?:be |been )?|is |was )?(?:published|released|out|translated|aired|broadcast|comes out|came out|appears|appeared|airs|premieres|opens|runs to|sold|won)\b|^,?\s*(?:a|an|the|his|her|its)\s+(?:\S+\s+){0,3}(?:book|film|movie|series|memoir|novel|essay|show|podcast|song|documentary|play|bestseller|paper|report|album)\b",
    re.IGNORECASE,
)
_TITLE_WORDS = words_in(_TITLE_BEFORE.pattern) | {"callsign"}
_NAMING_WORDS = words_in(_NAMED_BEFORE.pattern)
_PROGRAMME = re.compile(
    r"^\s+(?:(?:news|morning|evening|breakfast|radio|television|TV|talk|current affairs|flagship|weekly|daily) ){0,2}(?:programme|program|show|podcast|newspaper|magazine|broadcast|channel|newsletter|bulletin|exercise|operation|campaign|conference|exhibition|album)\b"
)
"""What comes after its name: ETN's "Kaamera" news programme."""
_OUTLETS_OWN = re.compile(
    r"\b(?:told|to|on|with|for|in|of|from|by) (?:the )?(?:[A-Z][\w.&]*(?: \d+)? ){0,3}[A-Z][\w.&]*(?: \d+)?(?:[’']s|(?<=s)[’']) (?:[a-z]+ ){0,2}$"
)
"""What comes before the name of an outlet's programme: he told ETN's "Kaamera"."""
_ENDS_NAME = re.compile(
    r"[,.;:)]|$| (?:that|on|in|at|and|last|this|he|she|about|when|how|why|the|a|an|programme|show)\b"
)
_SLOGAN = re.compile(
    r"\b(?:slogan|motto|banner|placard|sign|signs|banners|placards|poster|posters|hats?|caps?|T-shirts?|stickers?|mugs?|plaques?|graffiti|badges?|billboards?|hoardings?|headstone|gravestone|doormat)\b[^.\x01]{0,40}(?:\x01+(?:,? (?:and|or)|,) (?:(?:another|one|others|a second)(?: [a-z]+)? ?)?(?:(?:read|reads|reading|saying|said|says|with) )?)*$|\b(?:bedsheet|sheet|banner|sign|placard|poster|flag|board|wall|card|note|label|screen|ribbon|wreath|front page|headline|cover|splash|masthead|title page)\b[^.]{0,70}\breads?\b[^.]{0,20}$|\bon which (?:is|was|are|were|somebody (?:has|had)) (?:written|painted|printed|scrawled)\s*$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"\bsubject(?: line)?(?: of (?:which|whose))?,?(?: was| is| read| reads|:)?\s*$")
"""What stands before the subject of a letter."""
_NICKNAME = re.compile(
    r"\b(?:staff|colleagues|friends|locals|neighbou?rs|crews?|soldiers|troops|men|sailors|people|everybody|everyone|fishermen|villagers|pupils|comrades|family|children|grandchildren|they|who)(?: here| there)? (?:all |now |still |just |also |only )?calls? (?:him|her|it|them|this|that|the [a-z]+(?: [a-z]+)?)\s*$"
)
"""What people call somebody."""
_BY_NICKNAME = re.compile(
    r"\b(?:that|which|what|whom) [^.,;:]{2,60}? (?:discreetly|affectionately|fondly|informally|jokingly|colloquially|unofficially|internally|officially|simply|usually) calls? (?:the |its |their |an? )?$"
    r"|\b(?:that|which|whom) (?:the |its |their |his |her |local |our )?(?:staff|colleagues|friends|locals|residents|neighbou?rs|crews?|soldiers|troops|engineers|technicians|pilots|gunners|sailors|conscripts|recruits|veterans|students|insiders|drivers|fishermen|villagers|comrades|people) (?:all |now |still |just |also |only |here |there )*calls? (?:the |its |their |an? )?$"
)
"""What a circle calls something among itself."""
_PROMISED = re.compile(
    r"\b(?:an?|the|its|their|his|her|[A-Z]\w+[’']s) (?:long-|much-|oft-|so-)?(?:promised|planned|proposed|mooted|touted|vaunted|putative|would-be|delayed|awaited|fabled|notional|hyped|rumou?red|envisaged|flagship)\s+$"
)
"""What stands before the name of something that is yet to be."""
_AMID_NAME = re.compile(r"[A-ZÀ-Ž][\w’'-]+ $")
_NAME_GOES_ON = re.compile(r" [A-ZÀ-Ž][a-zà-ž]+")
_ON_STATION = re.compile(r"\b(?:on|to) [A-Z][\w.]*(?: [A-Z\d][\w.]*){0,3}[’']s? $")
"""What stands before a programme’s name ("on ETN’s “Morning Line”")."""
_SET_TERMS = frozenset(
    (
        "shadow fleet",
        "dark fleet",
        "ghost fleet",
        "coalition of the willing",
        "drone wall",
        "triple lock",
        "grey zone",
        "gray zone",
        "little green men",
    )
)
"""Names of things that papers put in quotation marks, whoever speaks."""
_NOBODY = re.compile(r"(?:nobody|no one|none)\b", re.IGNORECASE)
_SUBJECT_WORD = re.compile(r"(?:^|[.!?;] )The (?:very )?(?:phrase|expression|slogan|formula|words?|term) $")
"""What stands before words that the sentence itself speaks of ("The phrase "..." is now law")."""
_SO_CALLED = re.compile(r"\bso[- ]called\s*$", re.IGNORECASE)
_THE = re.compile(
    r"(?:^|[.!?] |\b(?:and|but|that|whether|if|when|because|from|under|over|about|behind|beyond) )[Tt]he $"
)
_DET = re.compile(r"\b(?:an?|the|its|their|his|her) $")
_DOES = re.compile(
    r" (?:is|are|was|were|has|had|have|will|would|could|can|of which|of whom)\b|, (?:[a-zA-Z’'\-]+ ){1,6}(?:said|says|remarked|noted|wrote|added), "
)
"""What a thing in quotation marks does that the sentence speaks of as such."""
_LED_IN = re.compile(r"[,:]\s*$")
_SAID = re.compile(
    r"\b(?:said|says|called|wrote|added|told \w+|declared|replied|shouted|dubbed)[,:]?\s*(?:\w+\s+){0,4}$"
)
_JUDGES = frozenset("call describe brand label dub term deem dismiss denounce slam hail mock".split())
"""Verbs whose object comes between them and the words: "called the report ..."."""
A_NAME = 3
"""Words of a name in a list of names."""
LONGEST_TITLE = 14
"""Words of a title."""
_SMALL = frozenset("a an the of and or in on for to at by with from as is but nor vs v".split())


def is_full(scene: Scene, quote: Quoted) -> bool:
    """Whether a quotation is a sentence of its own rather than a part of the reporter's."""
    text = scene.text[quote.start : quote.end]
    ends = scene.text[quote.end - 1 : quote.outer_end]
    ends = ends if ends.strip("”\"’'»") else scene.text[quote.end - 3 : quote.outer_end]
    return (
        len(text.split()) >= 1
        and (
            text[0].isupper()
            or _STAGE.match(text) is not None
            or text[0] in "$€£0123456789…["
            or quote.continues
            or not quote.closed
        )
        and bool(set(".,!?—–…") & set(ends) or not quote.closed)
    )


_STAGE = re.compile(r"[(\[][A-Z][^()\[\]]{2,40}[)\]] [A-Z]")
"""What somebody does before the words ("(Pause.) I know")."""
_AND = re.compile(r",? ?(?:and |or )?")
_SENT_NOTE = re.compile(
    r"\b(?:passed|sent|handed|slipped|left|wrote|pushed|posted)\b[^.]{0,30}\b(?:note|card)\b"
)


def lists_on(scene: Scene, before: list[Quoted], quote: Quoted) -> bool:
    """Whether a few words go on with a list of names (columns headed “Model,” “Improving” and “Tourists”)."""
    if not before or len(scene.text[quote.start : quote.end].split()) > A_NAME:
        return False
    last = before[-1]
    return (
        last.block == quote.block
        and _AND.fullmatch(scene.text, last.outer_end, quote.outer_start) is not None
        and scene.text[quote.start].isupper()
    )


def _is_named(words: list[str], before: str, after: str, found: Found | None) -> bool:
    """Whether a few words are what somebody or something is called, or what the sentence speaks of as such."""
    if len(words) == 1 and words[0].islower() and (found is None or found.cue is None) and _DET.search(before):
        return re.match(r" [a-z]", after) is not None
    if _SUBJECT_WORD.search(before) and _DOES.match(after):
        return True
    if len(words) <= 2 and words[0][0].islower() and _THE.search(before) and _DOES.match(after):
        return True
    if len(words) <= A_NAME and words[0][0].isupper():
        if _NICKNAME.search(before) or (_AMID_NAME.search(before) and _NAME_GOES_ON.match(after)):
            return True
        if _ON_STATION.search(before) and not after.startswith(" "):
            return True
    if len(words) <= A_NAME and _BY_NICKNAME.search(before):
        return True
    if len(words) <= A_NAME and words[0][0].islower() and _PROMISED.search(before):
        return True
    named = _NAMED_BEFORE.search(before) if len(words) <= 6 and may_end(before, _NAMING_WORDS) else None
    return bool(named and not (ROLE_NOUN.search(named.group()) and found is not None))


def _is_set_term(text: str, before: str, found: Found | None) -> bool:
    """Whether words are a name that papers put in marks, or a letter's subject, and nobody's judgement."""
    if _SUBJECT.search(before):
        return True
    if text.lower() in _SET_TERMS:
        return found is None or found.cue not in _JUDGES
    return len(text.split()) <= 6 and _SO_CALLED.search(before) is not None


def _is_programme(words: list[str], before: str, after: str, inner: str) -> bool:
    """Whether a few words name a programme, by what comes after them or by the outlet whose it is."""
    if len(words) > 2 * A_NAME or not words[0][0].isupper() or "." in inner[:1]:
        return False
    if _PROGRAMME.match(after):
        return True
    whole = words[-1][-1] in "!?" or ("," in inner and len(words) > A_NAME)
    return not whole and _OUTLETS_OWN.search(before) is not None and _ENDS_NAME.match(after) is not None


_DATED = re.compile(
    r"[\s,]*(?:(?:[A-Z][a-z]+,? )?(?:[A-Z][a-z]{2,} \d{1,2}|\d{1,2} [A-Z][a-z]{2,})(?:,? \d{4})?|(?:p\.|pp\.|page|pages) ?\d[\d–-]*|[A-Z][a-z]+day)\)"
)
"""What stands behind the title of an article that is cited in brackets ("(“A month in boots,” November 28)")."""


def _of_nobody(words: list[str], found: Found) -> bool:
    """Whether a few words are what nobody says ("nobody in Brussels says "European army" any more")."""
    return len(words) <= A_NAME and _NOBODY.match(found.source.name) is not None


def _is_titled(words: list[str], capital: list[str]) -> bool:
    """Whether words are written as a title is, those that are not small in capitals."""
    return (
        bool(capital)
        and 2 <= len(words) <= LONGEST_TITLE
        and all(not w[0].isalpha() or w[0].isupper() for w in capital)
        and words[-1][-1] not in "!?"
    )


def is_quotation(scene: Scene, quote: Quoted, found: Found | None) -> bool:
    """Whether a quoted stretch is somebody's words, and no title, slogan, name or scare quote."""
    text = scene.text[quote.start : quote.end]
    before = scene.mask[max(scene.spans[quote.block][0], quote.outer_start - 60) : quote.outer_start]
    after = scene.mask[quote.outer_end : quote.outer_end + 60]
    words = text.split()
    inner = scene.text[quote.end : quote.outer_end]
    capital = [w for w in words if w.lower() not in _SMALL]
    titled = _is_titled(words, capital)
    if _is_programme(words, before, after, inner):
        return False
    if (
        _is_set_term(text, before, found)
        or is_choice(scene, quote)
        or (before.endswith("(") and _DATED.match(after))
    ):
        return False
    judged = found is not None and found.how == "before" and found.cue in _JUDGES and text[0].islower()
    entitled = (titled or len(words) <= 6) and "." not in inner[:1] and may_end(before, _TITLE_WORDS)
    if not judged and entitled and _TITLE_BEFORE.search(before):
        return False
    if _is_named(words, before, after, found) or (found is not None and _of_nobody(words, found)):
        return False
    before = scene.mask[max(scene.spans[quote.block][0], quote.outer_start - 120) : quote.outer_start]
    if titled and _TITLE_AFTER.match(after):
        return False
    short = not judged and len(words) <= 8 and (found is None or found.how != "after")
    if _SLOGAN.search(before) and (titled or (short and not _SENT_NOTE.search(before))):
        return False
    if titled and len(capital) >= 2 and (found is None or found.how != "after"):
        led_in = found is not None and found.cue is not None and _LED_IN.search(before)
        return found is not None and bool(led_in or _SAID.search(before))
    if found is None:
        return is_full(scene, quote) and (len(words) >= 4 or before.rstrip().endswith(":"))
    if found.how == "carried" and not is_full(scene, quote):
        return len(words) >= 3
    return True
