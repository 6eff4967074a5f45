"""What the sentences before a figure speak of, for those that leave it out ("Spain's is 2 percent", "In Italy there are 12,600").

Such a sentence is read again with its topic and the party last named in front of it, in a few words of our own that end in a
colon; the rules then see a whole sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from foedus.evidence.actors import name_of
from foedus.evidence.claim_context import CONTINENT, of_partner
from foedus.evidence.claim_parties import parties

TOPICS = ("paid", "paying", "service m", "garrison", "americans", "bundeswehr", "gis ", "defen", "militar", "troop", "soldier", "forces", " aid", "nato", "allian", "allies", " ally", "ukrain", "kyiv", " spen", "budget", "gdp", "donor", "contingent", "army", "outlay", "guideline", "target", "illion", " host", "presence", "armies")  # fmt: skip
"""What a claim that the atlas covers speaks of."""
FAR_BACK = 2
"""Sentences that a topic lasts without being named again."""
_TROOPS = re.compile(
    r"\b(?:troops?|soldiers?|service members|servicem[ae]n|GIs|presence|garrison|contingent|forces|personnel|men and women|footprint)\b|\bAmericans (?:serv\w+|stationed|based|in uniform|under arms|each)\b",
    re.IGNORECASE,
)
_PATRON = re.compile(
    r"\b(?:US|U\.S\.|Americans?|United States|America|Pentagon|Washington|our (?:troops|soldiers|forces))(?!\w)"
)
_AID = re.compile(
    r"\b(?:aid|assistance|help|support|backers?|donors?|gave|given|gives|sent|allocat\w+|donat\w+|contribut\w+|pledg\w+|promis\w+|loans?)\b",
    re.IGNORECASE,
)
_DEFENCE = re.compile(
    r"\b(?:defen[cs]e|military|armed forces|army|(?:on|for|into) (?:its|their|our|the) (?:own )?forces|spenders?)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"\b(?:spen(?:d|ds|t|ding|ders?)|budgets?|expenditures?|outlays?|pays?|paid|paying|devot\w+|invest\w*|effort)\b",
    re.IGNORECASE,
)
_GDP = re.compile(
    r"\b(?:GDP|gross domestic product|national income|output|economy|economies|percent|per cent)\b|%"
)
_GREW_BY = re.compile(
    r"\b(?:ris\w+|rose|gr[eo]w\w*|f[ae]ll(?:en)?|increas\w+|climb\w*|jump\w*|up|down|cut|dropp?\w*|rais\w+|surg\w+)\b[^;,.]{0,60}?\d\S* $"
)
"""What shows of a percentage that it is of a change and no share of the economy."""
_OWN = re.compile(
    r"\b(?:armed forces|Bundeswehr|army|armies|active[- ]duty|under arms|in uniform|military personnel|soldiers|[’']s (?:own )?forces|(?:regular|standing|land) forces)\b",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"\b(?:2|two|5|five|3\.5) ?(?:percent|per cent|%)|\b(?:guideline|spending target|benchmark)\b",
    re.IGNORECASE,
)
_DUES = re.compile(
    r"\b[Pp]a(?:y|id|ying) their (?:fair )?(?:share|dues|bills?|part)\b|\b(?:of them|[Nn]obody|[Nn]o one|[Cc]ountries|[Aa]llies|[Tt]hey) (?:\w+ ){0,2}(?:paid|paying)\b|\bdelinquent\b"
)
_ALLIES = re.compile(
    r"\b(?:allies|ally|members?|countries|alliance|NATO|nobody|everybody|everyone|one of them)\b"
)
_WHOLE = re.compile(r"\b(?:alliance|NATO|allies|others|members|countries|nations)\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_BASED = re.compile(r"\b(?:since|from|than in|compared (?:to|with)|against|on) $")
_FROM_THEN = re.compile(
    r"\bsince(?! (?:\w+ ){0,3}(?:19|20)\d\d)|\b(?:later|ever since|from that|by now|today|now)\b"
)
_ANAPHOR = re.compile(r"\b(?:since then|ever since|since that time|[Tt]oday|[Nn]ow)\b")
_BOUGHT = re.compile(
    r"\bof (?:[\w’']+ ){0,3}?(?:defen[cs]e|military) (?:spending|budget|expenditures?|outlays?|money|funds|cash|euros|dollars)\b"
)
_GOODS = (
    ("bought_equipment", re.compile(r"\b(?:equipment|weapons|arms|procurement|kit|hardware)\b")),
    ("bought_personnel", re.compile(r"\b(?:personnel|salaries|wages|pensions|pay|staff)\b")),
    ("bought_infrastructure", re.compile(r"\binfrastructure\b")),
)
_WORDS = {
    "bought_equipment": "Part of the defence budget that goes to equipment",
    "bought_personnel": "Part of the defence budget that goes to personnel",
    "bought_infrastructure": "Part of the defence budget that goes to infrastructure",
    "forces": "American troops",
    "share": "Defence spending in percent of GDP",
    "spending": "Defence spending",
    "aid_gdp": "Aid to Ukraine in percent of GDP",
    "aid": "Aid to Ukraine",
    "personnel": "Size of the armed forces",
    "alliance": "Spending of the whole alliance on defence",
    "guideline": "NATO allies that meet the 2 percent guideline",
}
_FITS = {
    "person": ("forces", "personnel"),
    "percent": (
        *(kind for kind, _ in _GOODS),
        "share",
        "aid_gdp",
        "spending",
        "alliance",
        "aid",
        "forces",
        "personnel",
    ),
    "fraction": (
        *(kind for kind, _ in _GOODS),
        "spending",
        "alliance",
        "aid",
        "forces",
        "personnel",
        "guideline",
    ),
    "money": ("aid", "spending"),
    "count": ("guideline",),
    "words": ("share", "aid_gdp", "spending", "aid", "forces", "personnel", "guideline"),
}
"""Topics that a figure of each unit, and a comparison in words, may be of, in the order in which they are tried."""
_LEFT_OUT = {
    "forces": ("USA", "NATO", "ALLIES", "XEC", "UKR", "RUS", "SOME"),
    "aid": ("UKR", "RUS", "SOME", "NATO", "ALLIES"),
}


class Topics:
    """Topics of a story's sentences, looked for where a figure needs one."""

    def __init__(self, text: str, cut: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.cut = cut
        self._touched: dict[int, bool] = {}
        self._kinds: dict[tuple[int, str], tuple[str, ...]] = {}
        self._parties: dict[tuple[int, str], str | None] = {}

    def touched(self, at: int) -> bool:
        """Whether a sentence speaks of something that the atlas holds, by its words."""
        if at not in self._touched:
            lowered = self.text[slice(*self.cut[at])].lower()
            self._touched[at] = any(map(lowered.__contains__, TOPICS))
        return self._touched[at]

    def followed(self, at: int) -> bool:
        """Whether a sentence, or one just before it, does so."""
        return any(self.touched(j) for j in range(at, max(-1, at - 1 - FAR_BACK), -1))

    def leads(self, at: int, unit: str) -> Iterator[tuple[str, str]]:
        """Topics of the sentences before, the likeliest first, and words to put in front: topic, party and year."""
        back = range(at - 1, max(-1, at - 1 - FAR_BACK), -1)
        for j in back:
            named = [k for k in _FITS[unit] if k in self._of(j, unit)] if self.touched(j) else []
            for kind in named:
                party = next((p for k in back if k >= j and (p := self._party(k, kind)) is not None), None)
                since = self._since(at, j)
                yield kind, _WORDS[kind] + (f", {_called(party)}" if party else "") + since + ": "
            if named:
                break
        own = at < len(self.cut) and unit != "count" and self.touched(at)
        party = self._party(at - 1, "share") if at and own else None
        if party is not None:
            yield "", f"{_called(party)}: "

    def ahead(self, at: int, unit: str) -> Iterator[tuple[str, str]]:
        """Topic and party of the sentence behind one in which "we" speak, where it counts from the same time ("since then")."""
        if at + 1 >= len(self.cut) or not _ANAPHOR.search(self.text, *self.cut[at + 1]):
            return
        party = self._party(at + 1, "share")
        kind = next((k for k in _FITS[unit] if k in self._of(at + 1, unit)), None)
        if party is not None and kind is not None:
            yield kind, _WORDS[kind] + f", {_called(party)}: "

    def _since(self, at: int, before: int) -> str:
        """Year of a sentence before, where this one counts from it ("since then", "ten years later")."""
        year = _YEAR.search(self.text, *self.cut[before])
        if year is None or at >= len(self.cut) or _YEAR.search(self.text, *self.cut[at]):
            return ""
        based = _BASED.search(self.text, self.cut[before][0], year.start())
        if not (based or _FROM_THEN.search(self.text, *self.cut[at])):
            return ""
        return f", since {year.group()}"

    def _of(self, at: int, unit: str) -> tuple[str, ...]:
        key = at, unit
        if key not in self._kinds:
            self._kinds[key] = kinds(self.text[slice(*self.cut[at])], self._wider(at), unit)
        return self._kinds[key]

    def _wider(self, at: int) -> str:
        start, end = self.cut[at]
        return self.text[max(0, start - 500) : end]

    def _party(self, at: int, kind: str) -> str | None:
        """Party that a sentence is about: the first that it names which is no receiver and no patron of what it counts."""
        key = at, kind.split("_", maxsplit=1)[0]
        if key not in self._parties:
            skip = _LEFT_OUT.get(key[1], ("SOME",))
            sentence = self.text[slice(*self.cut[at])]
            named = [p.code for p in parties(sentence) if p.code not in skip]
            whole = "EUR" if key[1] == "forces" and CONTINENT.search(sentence) else None
            self._parties[key] = next((p for p in named if p != "NATO"), whole or (named[0] if named else None))
        return self._parties[key]


def kinds(sentence: str, wider: str, unit: str) -> tuple[str, ...]:
    """What a sentence speaks of that the atlas holds in figures of a unit."""
    found: list[str] = []
    bought = [kind for kind, words in _GOODS if words.search(sentence)] if _BOUGHT.search(sentence) else []
    if unit in ("percent", "fraction") and len(bought) == 1:
        return tuple(bought)
    if unit not in ("person", "count"):
        found += _money_of(sentence, wider)
    if unit not in ("money", "count"):
        if _TROOPS.search(sentence) and _PATRON.search(sentence):
            found.append("forces")
        elif _OWN.search(sentence):
            found.append("personnel")
    if unit not in ("money", "person"):
        if _MARK.search(sentence) and _ALLIES.search(sentence):
            found.append("guideline")
        elif _DUES.search(sentence):
            found += ["alliance", "guideline"]
    return tuple(found)


def _money_of(sentence: str, wider: str) -> list[str]:
    """Whose money a sentence speaks of: aid to the partner, spending on defence, that of the whole alliance."""
    if of_partner(wider) and _AID.search(sentence):
        return ["aid_gdp", "aid"] if _GDP.search(sentence) else ["aid"]
    money = _MONEY.search(sentence) is not None
    share = any(not _GREW_BY.search(sentence, 0, m.start()) for m in _GDP.finditer(sentence))
    found = []
    if (money or share) and _DEFENCE.search(sentence):
        found += ["share", "spending"] if share else ["spending"]
    return [*found, "alliance"] if money and _WHOLE.search(sentence) else found


def _called(party: str) -> str:
    return {"EUR": "Europe", "XEC": "Europe and Canada", "ALLIES": "Europe and Canada"}.get(party) or name_of(
        party
    )
