"""Fixed frames of attribution that rest on no verb of saying before its clause: "As Ann Cole sees it, ...", "..., or so she claims"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.evidence.sentences import FILL
from foedus.evidence.sources import Scene, Source, pronoun_source, source_from

_WHO = r"(?P<who>[^;:]{2,140}?)"
_OPINION = r"(?:contention|view|belief|claim|position|opinion|judge?ment|conclusion|argument|assessment|suspicion|conviction|fear|hope|message|estimate|understanding|theory|reading|verdict|warning|prediction|forecast|complaint|point|case|line|consensus|expectation|feeling|thinking|sense|answer|reply|response|advice|promise|lesson|calculation|worry|concern|boast|gamble|bet)"
_SAYS = r"(?:say|says|said|claim|claims|claimed|maintain|maintains|maintained|insist|insists|insisted|believe|believes|believed|think|thinks|thought|argue|argues|argued|hope|hopes|hoped|reckon|reckons|reckoned|swear|swears|swore|tell it|tells it|told it)"
_HELD = r"(?:confirmed|acknowledged|admitted|conceded|denied|announced|disclosed|revealed|stressed|suggested|alleged|noted|claimed|reported|asserted|argued|underlined)"
_DID = r"is|was|were|are|has|had|will|would|could|did|never|\w+ed|hid|knew|saw|heard|met|left|went|came|got|made|took|lost|won|learn\w+|found|spent|told|wrote|read|kept|held"
_PASSED_ON = r"(?:believed|thought|understood|reported|said|alleged|rumou?red|claimed|assumed|expected|feared|suggested|hoped|agreed|accepted|known)"
_FRAMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("or so", re.compile(rf"^(?P<what>.{{12,}}?),\s+or so\s+{_WHO}\s+(?P<cue>{_SAYS})\b[^,]{{0,60}}$")),
    (" it", re.compile(rf"^[Aa]s\s+{_WHO},?\s+(?P<cue>sees|see|saw|tells|tell|told|puts|put|has|have|had|describes|described|frames|framed)\s+it,\s+(?P<what>.{{12,}})$")),
    (" it", re.compile(rf"^[Tt]o hear\s+{_WHO}\s+(?P<cue>tell)\s+it,\s+(?P<what>.{{12,}})$")),
    ("believed", re.compile(rf"^[Ii]f\s+{_WHO}\s+(?:is|are) to be (?P<cue>believed),\s+(?P<what>.{{12,}})$")),
    (" of ", re.compile(rf"^(?:[Ii]t (?:is|was|remains|had been)|[Ss]uch (?:is|was)) (?:the |a )?(?:\w+ )?(?P<cue>{_OPINION}) of\s+{_WHO}\s+that\s+(?P<what>.{{12,}})$")),
    ("that ", re.compile(rf"^{_WHO}[’']s?\s+(?:\w+ )?(?P<cue>{_OPINION})\s+(?:is|was|remains|had been)\s+that\s+(?P<what>.{{12,}})$")),
    ("that ", re.compile(rf"^[Tt]he (?:\w+ )?(?P<cue>{_OPINION}|word) (?:from|of|among|in)\s+{_WHO}\s+(?:is|was|remains)\s+that\s+(?P<what>.{{12,}})$")),
    ("’s ", re.compile(rf"^[Ii]t (?:is|was|remains) {_WHO}[’']s?\s+(?:\w+ )?(?P<cue>{_OPINION}) that\s+(?P<what>.{{12,}})$")),
    (" own ", re.compile(rf"^[Bb]y (?:his|her|its|their) own (?P<cue>account|admission|estimate|reckoning|telling),\s+(?P<what>{_WHO}\s+(?:{_DID})\b.{{6,}})$")),
    (": ", re.compile(rf"^{_WHO}[’']s?\s+(?:\w+ )?(?P<cue>{_OPINION})\s+(?:is|was|remains)\s+(?:\w+ ){{0,3}}?\w+:\s+(?P<what>.{{12,}})$")),
    (": that ", re.compile(rf"^(?:[Ii]t (?:was|is|fell) (?:left )?(?:to|up to)|[Oo]nly) {_WHO}\s+(?:to )?(?P<cue>say|said|admit|point out|spell out|add|conclude)\b[^:;]{{0,90}}: that\s+(?P<what>.{{12,}})$")),
    (" by ", re.compile(rf"^[Tt]hat\s+(?P<what>.{{12,}}?)\s+(?:was|were|is|has been|had been)\s+(?:later |also |never |only )?(?P<cue>{_HELD})\s+by\s+{_WHO}(?=\s+(?:on|in|at|only|last|this|late|early|after|before|during|when|to)\b|,|$).{{0,80}}$")),
    (" by ", re.compile(rf"^[Ii]t (?:was|has been|had been) (?P<cue>{_HELD})\s+by\s+{_WHO}(?:\s+(?:on \w+day|yesterday|last \w+))?\s+that\s+(?P<what>.{{12,}})$")),
)  # fmt: skip
_AS_SAYING = r"saying|stating|warning|claiming|insisting|arguing|confirming|adding|suggesting"
_PAPER = r"letter|statement|note|report|memo|appeal|article|paper|declaration|petition|post|essay|column|open letter|resolution"
_VERDICT = r"formula|message|verdict|assessment|answer|warning|prediction|forecast|reply|explanation|promise|view|reading|line|summary|pledge|conclusion|diagnosis|response|take|rule"
_FIRM = r"blunt|blunter|clear|clearer|categorical|adamant|emphatic|unequivocal|firm|firmer|sceptical|skeptical|pessimistic|optimistic|gloomy|gloomier|defiant|bleak|frank|candid|brutal|sanguine|scathing|dismissive|brief|terse|direct"
_WHEN = r"(?:\s+(?:on \w+day|last \w+|this \w+|yesterday|later|in [\w ]{3,30}))?"
_FURTHER: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ed", re.compile(rf"^.{{2,90}}?\s(?:quoted|cited|quotes|cites)\s+{_WHO},?\s+as\s+(?P<cue>{_AS_SAYING})(?:\s+that)?\s+(?P<what>.{{12,}})$")),
    ("ed", re.compile(rf"^(?P<what>.{{12,}}?),\s+[^,]{{2,80}}?\s(?:quoted|cited|quotes|cites)\s+{_WHO},?\s+as\s+(?P<cue>{_AS_SAYING})$")),
    (" by ", re.compile(rf"^.{{2,90}}?\s(?:was|were|has been|have been|had been|is|are being|was being)\s+(?P<cue>told|warned|informed|assured|advised|reminded|notified){_WHEN}\s+by\s+{_WHO}{_WHEN}\s+that\s+(?P<what>.{{12,}})$")),
    ("learn", re.compile(rf"^(?P<what>.{{12,}}?),\s+{_WHO}\s+(?:has|have)\s+(?P<cue>learned|learnt)$")),
    ("ing ", re.compile(rf"^{_WHO}\s+(?:(?:has|have|had)\s+)?(?:signed|published|sent|issued|released|circulated|wrote|written|put out|posted|drafted)\s+(?:an?|the|their|its|his|her|this)\s+(?:[\w-]+ ){{0,2}}?(?:{_PAPER})\b[^,;:]{{0,50}}?\s(?P<cue>{_AS_SAYING})(?:\s+that)?\s+(?P<what>.{{12,}})$")),
    (": ", re.compile(rf"^{_WHO}\s+(?:offer|g[ai]ve|deliver|issue|had|has|bring|brought|left)\w*\s+(?:an?|the|his|her|its|their|one|no|this)\s+(?:[\w-]+ ){{0,3}}?(?P<cue>{_VERDICT})(?:\s[^:;]{{0,70}})?:\s+(?P<what>.{{12,}})$")),
    (": ", re.compile(rf"^{_WHO}\s+(?:is|was|were|are|has been)\s+(?:equally |more |rather |quite |just as |no less |even |less )?(?P<cue>{_FIRM})(?:\s[^:;]{{0,50}})?:\s+(?P<what>.{{12,}})$")),
)  # fmt: skip
_RUMOUR: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("t ", re.compile(rf"^(?:But |And |Yet |So )?(?P<cue>[Ii]t (?:(?:is|was|has been|had been) (?:also |now |then |still |\w+ly )?{_PASSED_ON}|(?:has |had )?(?:since |later )?(?:emerged|transpired)))(?! by\b)(?:\s[^,;:]{{1,60}}?)?,?\s+that\s+(?P<what>.{{12,}})$")),
    ("has it", re.compile(r"^(?:The )?(?:[Rr]umou?rs?|[Gg]ossip|[Ll]egend|[Tt]alk|[Ww]ord|[Ss]peculation)\b[^;:]{0,70}?\s(?P<cue>has it) that\s+(?P<what>.{12,})$")),
    ("goes", re.compile(r"^(?:The )?(?:[Ss]tory|[Tt]ale|[Rr]umou?r|[Tt]alk|[Tt]hinking|[Aa]rgument)\b[^;:]{0,40}?\s(?P<cue>goes) that\s+(?P<what>.{12,})$")),
    ("word", re.compile(r"^(?:The )?[Ww]ord\b[^;:]{0,40}?\s(?P<cue>is|was) that\s+(?P<what>.{12,})$")),
)  # fmt: skip
_HIS_ANSWER = re.compile(
    rf"^(?P<whose>His|Her|Their) (?:\w+ )?(?P<cue>{_OPINION}) (?:is|was|remains|has been)(?: [^:;]{{1,40}})?: (?P<what>.{{12,}})$"
)
_OWNER = {"His": "he", "Her": "she", "Their": "they"}
_GATES = ("or so ", " it, ", "be believed", "has it ", " goes that", "word", " by ", " was that", " is that", "remains that", "It is ", "It was ", "It has been ", "It had been ", "It emerge", "It has emerged", "It transpired", "Such is", " own account", " own admission", " own estimate", " own reckoning", ": that ", "’s message", "’s answer", "’s view", "’s position", "’s argument", "’s verdict", "’s reply", "’s point", "’s response", " as saying", " as stating", " as warning", " as claiming", " as insisting", " as arguing", " as confirming", " as adding", " as suggesting", " learned", " learnt", "letter", "statement", "note", "report", "memo", "appeal", "article", "paper", "declaration", "petition", "post", "essay", "resolution", ": ")  # fmt: skip


@dataclass(frozen=True)
class Framed:
    """What a frame attributes: where it stands, to whom, by which word."""

    start: int
    end: int
    source: Source | None
    cue: str


def framed(scene: Scene, start: int, end: int) -> Framed | None:
    """What a sentence attributes by a frame; rumours come without a source."""
    sentence = scene.mask[start:end].rstrip(" .\n")
    if not any(map(sentence.__contains__, _GATES)):
        return None
    for gate, pattern in _RUMOUR:
        found = pattern.match(sentence) if gate in sentence else None
        if found is not None and FILL not in sentence[: found.start("what")]:
            return Framed(start + found.start("what"), start + found.end("what"), None, found["cue"])
    own = _HIS_ANSWER.match(sentence) if ": " in sentence else None
    holder = pronoun_source(scene, _OWNER[own["whose"]], start) if own is not None else None
    if own is not None and holder is not None and _spoken_plainly(sentence, own):
        return Framed(start + own.start("what"), start + own.end("what"), holder, own["cue"])
    for gate, pattern in (*_FRAMES, *_FURTHER):
        found = pattern.match(sentence) if gate in sentence else None
        source = source_from(scene, start + found.start("who"), start + found.end("who")) if found else None
        if found is not None and source is not None and _spoken_plainly(sentence, found):
            return Framed(start + found.start("what"), start + found.end("what"), source, found["cue"].lower())
    return None


def _spoken_plainly(sentence: str, found: re.Match[str]) -> bool:
    """Whether no quotation stands in a frame outside its content."""
    return FILL not in sentence[: found.start("what")] and FILL not in sentence[found.end("what") :]
