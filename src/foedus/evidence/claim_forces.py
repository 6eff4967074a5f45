"""Stated forces of the patron in a host or in Europe, beside the counts and the reported levels."""

from __future__ import annotations

import re

from foedus.evidence import record, record_series
from foedus.evidence.actors import name_of, states
from foedus.evidence.claim_context import (
    CONTINENT,
    NO_YEAR,
    Context,
    among,
    is_other,
    judge,
    make_claim,
    nearest,
    plain,
    planned,
    relative,
    stated_band,
)
from foedus.evidence.claim_else import forces_of_else, laid_down, to_remain
from foedus.evidence.claim_parties import parties
from foedus.evidence.numerals import parse_fraction
from foedus.evidence.record import Figure, rules
from foedus.evidence.records import Claim

_FORCES = re.compile(
    r"\b(?:troops?|soldiers?|personnel|service members|servicemembers|forces|servicem[ae]n|men|GIs|men and women|contingent|presence|garrison|footprint|strength|Americans? (?:stationed|based|in uniform|serv\w+|under arms))\b",
    re.IGNORECASE,
)
_PATRON = re.compile(r"\b(?:US|U\.S\.|Americans?|United States|America|Pentagon|stationed|Washington)(?!\w)")
_WE_KEEP = re.compile(
    r"\b[Ww]e(?:[’']ve)? (?:\w+ ){0,2}?(?:have|had|keep|kept|got|station(?:ed)?|base|maintain)\b|\b[Oo]ur (?:own |\w+ )?(?:troops|soldiers|forces|boys|men|people|service members|garrison|presence)\b"
)
_OURS_AFTER = re.compile(
    r"\s+of ours\b|\s+(?:of )?our (?:own )?(?:troops|soldiers|forces|boys|men|people|service members)\b"
)
_SPOKEN_OF = re.compile(
    r"troop|soldier|personnel|member|forces|servicem|\bmen\b|GI|contingent|American|U\.S|\bUS\b|garrison|presence|\bof ours\b"
)
"""Of which a sentence about the patron's forces holds one."""
_MOVED = re.compile(
    r"\b(?:killed|wounded|died|casualties|withdr[ae]w|withdrawing|cut|removed?|pull(?:ed|ing)?|send(?:ing)?|sent|add(?:ed|ing)?|deploy(?:ed|ing)?|extra|more(?! than)|additional|another|moved?|moving|train(?:s|ed|ing)?|bring(?:ing)?|rotat(?:ed?|ing)|fewer(?! than)|reduc\w+|(?:withdrawal|departure|removal|loss|pull-?out|drawdown|arrival|redeployment) of)\b|(?:administration|president|government) (?:sent|added|deployed)|\bby\s+(?:about |some |nearly |roughly |almost |around |up to |another )*$",
    re.IGNORECASE,
)
_ADDED = re.compile(r"\s+(?:more|fewer|extra|additional|further|others)\b(?! than)")
"""What follows a number that comes or goes."""
_LEAVES = re.compile(
    r"(?:\s+(?!has|have|had|were|was)[\w-]+){0,4}?\s+(?:(?:are|is|were|was|be|being) (?:\w+ )?(?:to |set to |due to |going to |about to )|to |will |would )(?:be )?(?:leave|go home|depart|return|come home|come back|withdrawn?|pull out|pulled|moved?|sent|brought|redeploy(?:ed)?|rotated?|shift(?:ed)?|removed)\b"
)
"""What follows a number that is to leave."""
_STAYS = re.compile(
    r"\bof\s+(?:the|its|our)\s+(?:some |about |roughly )?$|\bhas\s+$|\bfrom\s+(?:about |some |around )?$"
)
_PART = re.compile(
    r"\b((?:one|a|two|three)[- ](?:third|quarter|fifth|half)s?|half)\s+of\s+(?:the|its|our|those)\s+(?:some |about |roughly )?$",
    re.IGNORECASE,
)
_UNITS = re.compile(
    r"\b(?:brigade|battalion|battlegroup|battle group|division|regiment|rotation|exercise|Guard|squadron|casualties|families|dependents|civilians?|contractors?|veterans|refugees|reservists)\b",
    re.IGNORECASE,
)
_HOST_AFTER = re.compile(
    r"\s*of them,\s+|(?:(?!, (?:more|most|the most|the largest|roughly|half|some|many|about)\b|\bthan\b)[^;”\"]){0,80}?\b(?:in|across|on|to|throughout|around|for)\s+(?:the |West |western |eastern |southern |northern )*$"
)


def hosted(context: Context) -> Claim | None:
    """Forces of the patron in a host or in Europe."""
    quantity = context.quantity
    size = quantity.value if quantity.value is not None else quantity.lower or 0
    if quantity.unit != "person" or size < 100 or not _SPOKEN_OF.search(context.sentence):
        return None
    if not _theirs(context) or forces_of_else(context):
        return None
    if _OF_MORE.match(context.sentence, quantity.end - context.offset) or _UNIT_OF.search(context.before):
        return None
    part = part_of(context)
    host = _host(context)
    leaving = _LEAVES.match(context.sentence, quantity.end - context.offset) is not None
    whole = part or _STAYS.search(context.before)
    added = _ADDED.match(context.after) and (host is None or record.us_forces(host, context.day))
    if not whole and (leaving or added or _MOVED.search(context.before[-60:])):
        return _moved(context, host, leaving) if host and quantity.value is not None else None
    if host is None or _region(context):
        return _elsewhere(context, None) if _region(context) else None
    figure = record.us_forces(host, context.day)
    if figure is None:
        return _elsewhere(context, host)
    if laid_down(context):
        reason = f"a bound that is laid down is no level; last recorded {plain(figure.value)}"
        return make_claim(context, "us_forces", "not comparable", figure, reason)
    if to_remain(context):
        return _remaining(context, host, figure)
    if not whole and not planned(context) and is_other(context, figure.value):
        return None
    if planned(context) and not whole:
        reason = f"a plan is not a record; last recorded {plain(figure.value)}"
        return make_claim(context, "us_forces", "not comparable", figure, reason)
    return _level(context, host, figure, part)


def _level(context: Context, host: str, figure: Figure, part: str) -> Claim | None:
    """Forces in a host at a time, beside the count and the reported levels."""
    era = _era(context)
    if era is not None and (era["top"] or not context.dated):
        return _in_era(context, host, era)
    rotating = _rotating(context, host, figure)
    if rotating is not None:
        return rotating
    note = part + "; the count of assigned persons leaves out rotating units"
    levels = (figure, *record.us_posture(host, context.day))
    return among(context, levels, "us_forces", "us_forces", note)


_ERA = re.compile(
    r"\b(?:(?P<top>(?:[Aa]t|[Nn]ear|[Ii]n) the (?:height|peak|depths?) of )?the [Cc]old [Ww]ar(?! (?:ended|was over))|the (?:early |mid-|late )?(?:(?P<year>19[4-9])0s|(?P<word>fifties|sixties|seventies|eighties|nineties)))\b"
)
_AFTER_ERA = re.compile(r"\b(?:end of|since|after|before|until|than in) $")
_FIGURE = re.compile(r"\d{3}|\b(?:thousand|million)\b")
_CROSSED = re.compile(r"\b(?:down|up|from|compared|against|versus|instead|now|today|to)\s")
_DECADES = {"fifties": 1950, "sixties": 1960, "seventies": 1970, "eighties": 1980, "nineties": 1990}


def _era(context: Context) -> re.Match[str] | None:
    """Time told by its name that stands by a figure, with no other figure between."""
    at, stop = context.quantity.start - context.offset, context.quantity.end - context.offset
    for era in _ERA.finditer(context.sentence, context.lead):
        between = (
            context.sentence[stop : era.start()] if era.start() >= stop else context.sentence[era.end() : at]
        )
        counted = _AFTER_ERA.search(context.sentence, 0, era.start())
        if not (counted or _FIGURE.search(between) or _CROSSED.search(between)):
            return era
    return None


def _in_era(context: Context, host: str, era: re.Match[str]) -> Claim | None:
    """Forces of a time that is told by its name and no year: any count of that time will do."""
    decade = int(era["year"]) * 10 if era["year"] else _DECADES.get(era["word"] or "", 0)
    first, last = (decade, decade + 9) if decade else (1947, 1989)
    known = [f for s in record_series.forces(host) for year, f in s.items() if first <= year <= last]
    if not known:
        return None
    largest = max(known, key=lambda f: f.value)
    note = f" ({largest.label}); no year is given, and any count of {first} to {last} will do"
    return among(context, [largest] if era["top"] else known, "us_forces", "us_forces", note)


def _remaining(context: Context, host: str, figure: Figure) -> Claim:
    """Forces that are to stay when others have gone, beside the levels that the record tells of."""
    value, share = context.quantity.value or 0, rules()["us_forces"]
    near = [f for f in record.us_posture(host, context.day) if abs(value - f.value) <= share * f.value]
    if near:
        return relative(context, nearest(near, value), "us_forces", "us_forces")
    reason = f"what is to remain is no level yet; last recorded {plain(figure.value)}"
    return make_claim(context, "us_forces", "not comparable", figure, reason)


def _elsewhere(context: Context, host: str | None) -> Claim | None:
    """Forces where the record counts none; nothing for an ally whose first count is later."""
    if host in record.allies(NO_YEAR):
        return None
    place = name_of(host) if host else "that region"
    reason = f"the record counts no forces of the patron in {place}"
    return make_claim(context, "us_forces", "not covered", None, reason)


_REGION = re.compile(
    r"[^;,”\"]{0,80}?\b(?:in|across|on|to|throughout|around|for) (?:the )?(?:wider |whole |Persian |Arabian |Western |Central )?(?:Middle East|Gulf|Asia|Pacific|Indo-Pacific|Africa|Okinawa|Guam|Far East|Horn of Africa|Caribbean|Sahel|Latin America|Korean peninsula)\b"
)


def _region(context: Context) -> bool:
    """Whether a figure is of forces in another part of the world."""
    return _REGION.match(context.after) is not None


def _moved(context: Context, host: str, leaving: bool) -> Claim | None:
    """Forces that leave or come, beside the decisions on record; a plan that is on no record is not comparable with a level."""
    if _HARMED.search(context.sentence):
        return None
    decided = record.posture_moves(host, context.day, _way(context))
    if decided and not leaving:
        figure = nearest(decided, context.quantity.value or 0)
        share = rules()["us_forces"]
        if abs(figure.value - (context.quantity.value or 0)) <= share * figure.value:
            return relative(context, figure, "us_forces", "us_forces_move", f" ({figure.label})")
    level = record.us_forces(host, context.day)
    if level is None or not (leaving or decided or planned(context)):
        return None
    plans = "".join(f"; on record: {f.label}" for f in decided[-1:]) if leaving else ""
    reason = f"a change to come is not a level; last recorded {plain(level.value)}{plans}"
    return make_claim(context, "us_forces", "not comparable", level, reason)


def _way(context: Context) -> str:
    """Whether a sentence speaks of forces that go or that come, where it says so."""
    words = context.before[-70:] + context.after[:50]
    going = _GOING.search(words) is not None
    return "" if going == (_COMING.search(words) is not None) else "out" if going else "in"


_GOING = re.compile(
    r"\b(?:withdr\w+|cut\w*|remov\w+|pull\w*|reduc\w+|fewer|departure|leav\w+|loss|pull-?out|drawdown|home)\b"
)
_COMING = re.compile(
    r"\b(?:send\w*|sent|add\w*|deploy\w*|extra|additional|another|more(?! than)|arriv\w+|reinforc\w+)\b"
)
_OF_MORE = re.compile(r"(?:\s+\S+){0,2}?\s+of\s+(?:the|its|their|our)\s+(?:some |about )?\d")
_UNIT_OF = re.compile(
    r"\b(?:brigade|battalion|battlegroup|battle group|division|regiment|squadron|company|unit|rotation|crowd)s? of (?:about |some |around |nearly |up to |roughly |more than )?$",
    re.IGNORECASE,
)
_HARMED = re.compile(r"\b(?:killed|wounded|died|casualties|train(?:s|ed|ing)?)\b", re.IGNORECASE)


def _theirs(context: Context) -> bool:
    """Whether the persons counted are the patron's own forces and not another's, nor a unit's, nor civilians."""
    quantity = context.quantity
    noun = " ".join((quantity.text, quantity.counts or ""))
    after = context.sentence[quantity.end - context.offset :]
    owners = [code for _, _, code in states(noun)] or [code for a, _, code in states(after[:24]) if a < 3]
    if owners:
        return owners[0] == "USA" and not _UNITS.search(noun)
    stop = quantity.end - context.offset
    spoken = (_WE_KEEP.search(context.before) or _OURS_AFTER.match(context.sentence, stop)) is not None
    if _UNITS.search(noun) or not (spoken or _FORCES.search(context.sentence)):
        return False
    return _PATRON.search(context.sentence) is not None or (spoken and context.home in (None, "USA"))


_TOLD = re.compile(r"\b(?:told|asked|informed|warned|assured|urged|notified)\s+(?:the\s+)?$")


def _host(context: Context) -> str | None:
    """Host that a figure is of: the state named after it in its clause, else the one named before it."""
    after = context.sentence[context.quantity.end - context.offset :]
    if CONTINENT.search(after[:60].split(",")[0]):
        return "XEU"
    for party in parties(after):
        if party.code in ("USA", "NATO", "ALLIES", "XEC"):
            continue
        if _HOST_AFTER.fullmatch(after, 0, party.start):
            return _code(party.code)
        break
    before = [
        p
        for p in parties(context.before)
        if p.code not in ("USA", "NATO", "ALLIES", "XEC", "RUS", "UKR")
        and not _TOLD.search(context.before, 0, p.start)
    ]
    if before:
        return _code(before[-1].code)
    told = [p.code for p in parties(context.sentence) if _TOLD.search(context.sentence, 0, p.start)]
    places = [c for c in context.places if c not in ("USA", "NATO", "RUS", "UKR", *told)]
    if not places and CONTINENT.search(context.sentence):
        return "XEU"
    return _code(places[0]) if len(set(places)) == 1 else None


def _code(code: str) -> str:
    return "XEU" if code in ("EUR", "EU") else code


def _rotating(context: Context, host: str, figure: Figure) -> Claim | None:
    """Where the record leaves out most of a force, a figure is comparable only with what all of Europe holds."""
    low, _ = stated_band(context.quantity)
    share = rules()["us_forces_hedged"]
    if (
        host == "XEU"
        or not record.rotates(host, context.year)
        or figure.value >= rules()["us_forces_rotational"]
        or low <= figure.value * (1 + share)
    ):
        return None
    every = record.us_posture("XEU", context.day)
    most = max(every, key=lambda f: f.value, default=None)
    if most is not None and low > most.value:
        reason = (
            f"{plain(low)} is more than the patron had in all of Europe: {plain(most.value)} ({most.label})"
        )
        return make_claim(context, "us_forces", "overstated", figure, reason)
    reason = f"recorded {plain(figure.value)}, but the record leaves out rotating units, which are most of the force there"
    return make_claim(context, "us_forces", "not comparable", figure, reason)


def part_of(context: Context) -> str:
    """What a part of the stated number comes to ("one third of the 36,000")."""
    part = _PART.search(context.before)
    share = parse_fraction(part.group(1)) if part else None
    if part is None or share is None:
        return ""
    value = context.quantity.value or 0
    return f"; {part.group(1)} of {plain(value)} is {plain(value * share)}"


def of_europe(context: Context) -> Claim | None:
    """Share of a host in the patron's forces in Europe ("half of the American troops in Europe are in Germany")."""
    quantity = context.quantity
    share = context.share
    after = context.sentence[quantity.end - context.offset :]
    if share is None or not _OF_FORCES.match(after):
        return None
    named = [p.code for p in parties(context.sentence) if p.code not in ("USA", "NATO", "ALLIES")]
    hosts = [c for c in named if c != "EUR"]
    if "EUR" not in named or len(set(hosts)) != 1:
        return None
    date = context.day
    host, whole = record.us_forces(hosts[0], date), record.us_forces("XEU", date)
    if host is None or whole is None or host.value < rules()["us_forces_rotational"]:
        return None
    actual = host.value / whole.value
    band = rules()["share"] if not quantity.approximate else 2 * rules()["share"]
    return make_claim(
        context, "us_forces_share", judge(share, actual - band, actual + band, quantity.modifier), host,
        f"{plain(host.value)} / {plain(whole.value)} = {actual:.3f}; stated {share:.3f}; agrees within {band:g}",
    )  # fmt: skip


_OF_FORCES = re.compile(
    r"\s*(?:of )?(?:all |the |America[’']s |its )*(?:US|U\.S\.|American)? ?(?:troops|soldiers|forces|personnel|service members)\b[^;]{0,60}\bEurope\b",
    re.IGNORECASE,
)
