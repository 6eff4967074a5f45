"""What a bare number counts: what stands beside it, or what its story counted last."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from foedus.evidence.heads import CASUALTIES, GROUP_FROM, HEADS_BACK, IN_RANKS, PERSON_HINT
from foedus.evidence.likeness import BARE, LOOK_BACK, STOP, alike, as_one_of, hyphened, of_noun, sentence_start
from foedus.evidence.measures import compared, listed
from foedus.evidence.records import Quantity
from foedus.evidence.things import counted_noun, unit_table

_THEIR_NUMBER = re.compile(
    r"\b[Tt]heir (?:number|ranks?)s? [a-z]+ (?:to|from|by|below|above|under) (?:[\d,]+[^.;]*, (?:below|above|under) )?$"
)
_TALLY = re.compile(r"\b(?:votes?|voted|passed|approved|rejected|ballot)\b")
_DECIDED = re.compile(
    r"\b(?:votes?|voted|passed|approved|rejected|ballot|reaffirmed|backed|ratified|adopted|carried|split|defeated|failed|fails|fell|falls|passes|senators?|Senate|House|parliament|lawmakers|MPs|deputies)\b"
)
"""Who votes, and what is voted on."""
_ALSO = re.compile(
    r"(?:\b(?:or|and)|\bfor|\bthan|\bfrom|\bto|\bin|[Ii]t was|[Ii]t is|\bat|\bagainst|\babout|\bof|\bnot)\s+$"
)
_FORCED = re.compile(
    r"\b(?:of|lost|killed|wounded|injured|killing|wounding|injuring|employs?|employed|employing)\s+(?:[a-z]+ ){0,2}$"
)
MOST_PERCENT = 100
MILLION = 1e6
LEAST_MONEY = 100
"""A bare number after an amount of money is another amount from here on, where it is of like size."""
ALIKE = 3
"""Two weights or speeds of one sentence differ by no more than this factor, where the second has no unit."""
MOST_AGAINST_ONE = 100
"""A number that stands against one is no larger."""
AFTER_TALLY = 14
"""Characters after one side of a tally in which "vote" may stand."""
_EACH_HOLDS = re.compile(r"\s+(?:to|per|for) (?:an?|each|every) [a-z]+")
"""A number for each of something ("sixteen to a boat")."""
_HOUSED = re.compile(
    r"\b(?:sle(?:pt|eps?|eping)|liv(?:ed?|es|ing)|housed|packed|crammed|squeezed|seated|sat|sits?|sitting|billeted|quartered|bunk(?:ed|ing)?|shar(?:ed|ing)) $"
)
_JUST_NAMED = re.compile(r"\b(?:[a-z]+-)*([a-z]{3,}s),? (?:about |some |at least |up to )?$")
_AND_ANOTHER = re.compile(
    r" and (?:about |only |some )?(?:\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|all)[\w,]*(?= (?:were|was|are|have|had|respectively|would|will|came)|[.,;])"
)
"""Two parts of two things counted before, in their order ("128 drones and 11 missiles, of which 97 and eight were shot down")."""
_APPOSED = re.compile(r"\b([a-z]{3,}s), (?:about|some|or|roughly|nearly|around|perhaps|possibly) $")
"""What is then counted: "its missiles, about 90 in all"."""
_MAKE_IT = re.compile(
    r"\b(?:[Mm]ake|[Mm]ade|making|[Cc]all|[Rr]aise|[Cc]ut|[Bb]ring|[Pp]ut|[Gg]ive us|[Gg]ive me) (?:it|that|them)?(?: to| at| down to| up to)?\s?$"
)
"""Another figure is asked for in place of the last ("2,600 euros ... Make it 3,000")."""
_OF_THEM = re.compile(r" of (?:which|whom)\b")
_FROM = re.compile(r"\b(?:[A-Z](?=[a-z]+s\b))?([a-z]{2,}s) (?:[a-z]+ ){0,2}?from (?:[\d,]+ to )?$")
"""What shrinks or grows ("its order of Sky Missiles from 230 to 178")."""
_THEM = re.compile(r"\s+of (?:them|these|those)\b")
"""What only things counted are."""
_GREW = re.compile(
    r"\b(?:reach(?:ed|es)?|(?:rose|fell|grew|climbed|dropped|sank|rise|fall|grow|climb|drop) to|stands? at|stood at|total(?:led|ed|s)?)\s+(?:about |some |nearly |almost |only )?$"
)
"""What a number follows that is the size of what the sentence speaks of."""
AMONG = re.compile(
    r"\bOf (?:the|these|those|its|their|his|her|our) (?:[a-z]+ )?([a-z]{3,}s), (?:only |just |about |some |at least )?$"
)
"""What is then counted: "Of the engines, one is a spare"."""
_MY = re.compile(r"\b(?:mother|father|mum|mom|dad|parent|grandmother|grandfather|gran)[ -]of[ -]$")
_FAR_OFF = re.compile(r"\b(?:reach(?:es|ed)?|range (?:of|is|was)|travels?|flies|fires|beyond|within)\s+$")
"""A distance follows."""
_STANDS_AT = re.compile(
    r"\b(?:look(?:s|ed|ing)?|capp?ed|set|fix(?:ed)?|st(?:ands?|ood)|remain(?:s|ed)?|put|estimated|started?|peak(?:s|ed)?|aim(?:s|ed|ing)?|held|hold|stop(?:s|ped)?) at $"
)
"""A size follows, and no hour."""
HOURS = 24
"""No hour is later."""
WINDOW = 40
"""Quantities of a paragraph that a bare number after them may be one of."""
NEAR_ONE = 120
"""Characters within which "one" stands against another number."""
NEAR_PERSON = 40
"""The same for one person, who more often does something than is counted."""
MOST_VOTES = 1000
"""A tally of votes is smaller."""


FAR = 300.0
"""Characters of distance that weigh as much as a hundredfold difference of size."""
NEAR_COST = 1.0
"""The same within a paragraph, where nothing else is asked."""
OFF_KIND = 0.5
"""What a kind other than a count adds to the cost."""
_BESIDE = re.compile(
    r"(?: away| ago| long| old| off| later| early| late| deep)?,? (?:and not|maybe|perhaps|possibly|if not|or even|rather than|instead of|or|and|to|then|against|not|compared with|compared to|versus|but|up from|down from|from) (?:just |only |about |nearly |over )?"
)
"""What stands between a quantity and a bare number of the same kind ("30 days, or 15 for an ally")."""
_LABEL = re.compile(
    r"\b(?:[Nn]umbers?|[Cc]hapter|[Ww]eek|[Dd]ay|[Yy]ear|[Pp]age|[Ss]tep|[Oo]ption|[Rr]oom|[Gg]ate|[Ll]ine|[Ll]ane|item|rule|stage|part|episode|season|Force|grade|lesson|quotes?|reads?|at|until|till|past|around|[Aa]rticle|[Cc]all(?:ed)?|dial(?:led|ed)?|No)\s+$"
)
"""A number that names something, or an hour."""
_TIMES = re.compile(r"\s+times?\b|\s+of (?:everything|each|a kind)\b|-[a-z]|\s?[ap]\.?m\b")
_OF_WHICH = re.compile(r", of (?:which|whom) [^,.;]{0,30}$")
_SUM_DONE = re.compile(r" (?:has|is|was|had) (?:been |already |still |to |yet )*[a-z]+")
"""What is said of a part of a sum, in the singular ("of which 40 has been spent")."""
_FRESH = re.compile(r"(?:^|[.!?][”\"’]?\s)(?:[A-Z][\w-]+ ){0,2}([a-z]{3,}s)$")
"""A subject that opens a sentence and is not counted itself ("American destroyers, of which two ...")."""
_NOUN_BEFORE = re.compile(r"\b[a-z]{3,}s\b(?![^,;]*[,;])")
VERB = r"(?! (?:an?|his|its|him|them|me|us|it|himself|herself)\b)"
"""What a plural does not stand before, but a verb in -s does ("Zintl folds his sheet")."""
PLURAL = re.compile(
    rf"\b(?:[Tt]he |[Oo]ur |[Tt]heir |[Hh]is |[Hh]er |[Ii]ts )?([a-z]{{3,}}s|[Pp]eople|[Mm]en|[Ww]omen|[Cc]hildren|aircraft|police)\b{VERB}"
)
PERCENT_OF = re.compile(
    r"\b(?:pa(?:id|ys?)|spen[dt]s?|sa(?:y|id)|was|is|to|at|from|reach\w*|hit|above|below|not)\s+$"
)
POINTS_AT = re.compile(r"\b(?:[Hh]e|[Ss]he|[Ii]t|[Oo]ne|who|which|that|[Tt]his)\s$")
"""What a verb in -s follows, and no plural ("one imagines")."""
NO_PLURAL = frozenset(
    "costs was has is does says its this his as plus us always perhaps across less unless thus yes gas means needs plans wants makes takes goes comes gives keeps news others times minutes hours days weeks months years miles kilometres kilometers turns churns puts pumps delivers fires builds produces makes stands sits lies remains totals holds falls rises reaches climbs drops begins starts leaves gets sends shows carries weighs measures earns stays becomes serves brings seems appears looks runs sells buys pays spends says tells asks knows thinks adds works lives exists includes boasts claims afterwards towards arkansas kansas texas massachusetts brussels athens naples wales yours hers ours theirs themselves ourselves besides yes whereas sometimes".split()
)


def borrowed(
    text: str, quantity: Quantity, found: list[Quantity], ones: list[Quantity], start: int
) -> Quantity:
    """A bare number counts what the count shortly before it counts ("fires 2,000 shells a day against 10,000")."""
    if quantity.unit == "person" and (item := listed(text, quantity, found)) is not None:
        return item
    if not is_bare(text, quantity):
        return quantity
    begin = sentence_start(text, start, quantity.start)
    earlier = [
        q
        for q in found[-WINDOW:]
        if q.end <= quantity.start and q.unit != "count" and (q.kind != "count" or not hyphened(text, q))
    ]
    last = max(earlier, key=lambda q: q.end, default=None)
    last = compared(text, last, earlier, quantity, begin) if last is not None else None
    if last is not None and _in_place_of(text, last, quantity, start):
        return as_one_of(text, quantity, last)
    if last is not None and _OF_THEM.match(text, quantity.end) and text[last.end : quantity.start] == ", ":
        return as_one_of(text, quantity, last)
    return (
        _said_so(text, quantity, earlier, start)
        or _paired(text, quantity, last, begin)
        or _counted_here(text, quantity, [q for q in earlier if q.start >= begin], found, ones)
        or _told(text, quantity, last, begin)
        or _counted_near(text, quantity, earlier, start)
        or quantity
    )


def _in_place_of(text: str, last: Quantity, quantity: Quantity, start: int) -> bool:
    """Whether a number is asked for in place of the amount or the measure given last."""
    return (
        last.kind != "count"
        and quantity.start - last.end < 2 * NEAR_ONE
        and _MAKE_IT.search(text, max(start, quantity.start - 24), quantity.start) is not None
        and _like_size(last, quantity)
    )


def _like_size(last: Quantity, quantity: Quantity) -> bool:
    """Whether two numbers may measure the same thing."""
    return (last.value or 0) / ALIKE <= (quantity.value or 0) <= (last.value or 0) * ALIKE


def _said_so(text: str, quantity: Quantity, earlier: Sequence[Quantity], start: int) -> Quantity | None:
    """A number whose noun stands before it: "36 howitzers, of which six", "its missiles, about 90 in all"."""
    held = _OF_WHICH.search(text, max(start, quantity.start - 50), quantity.start)
    large = (quantity.value or 0) >= BARE or _SUM_DONE.match(text, quantity.end)
    if held and earlier and earlier[-1].kind == "money" and large:
        between = text[earlier[-1].end : quantity.start]
        if not STOP.search(between) and len(between) < NEAR_ONE:
            return as_one_of(text, quantity, earlier[-1])
    nouns = _NOUN_BEFORE.findall(text[max(start, held.start() - 60) : held.start()]) if held else []
    if (
        held
        and (fresh := _FRESH.search(text, max(start, held.start() - 60), held.start()))
        and not any(q.end > fresh.start() for q in earlier)
    ):
        return of_noun(quantity, fresh[1])
    if nouns and nouns[-1] not in NO_PLURAL:
        since = [q for q in earlier if q.kind == "count" and q.start >= quantity.start - 110]
        if len(since) > 1 and _AND_ANOTHER.match(text, quantity.end):
            return as_one_of(text, quantity, since[-2])
        if (
            len(since) > 2
            and since[-1].unit == since[-3].unit != since[-2].unit
            and held
            and since[-1].start > held.start()
        ):
            return as_one_of(text, quantity, since[-2])
        return as_one_of(text, quantity, since[-1]) if since else of_noun(quantity, nouns[-1])
    if _EACH_HOLDS.match(text, quantity.end):
        if _HOUSED.search(text, max(start, quantity.start - 24), quantity.start):
            return replace(quantity, unit="person", counts="people")
        shared = _JUST_NAMED.search(text, max(start, quantity.start - 40), quantity.start)
        if shared is not None and shared[1] not in NO_PLURAL:
            return of_noun(quantity, shared[1])
    among = AMONG.search(text, max(start, quantity.start - 60), quantity.start)
    if among is not None and among[1] not in NO_PLURAL:
        return of_noun(quantity, among[1])
    if _MY.search(text, max(start, quantity.start - 20), quantity.start):
        return replace(quantity, unit="person", counts="children")
    appos = _APPOSED.search(text, max(start, quantity.start - 60), quantity.start)
    return of_noun(quantity, appos[1]) if appos is not None and appos[1] in unit_table() else None


def _paired(text: str, quantity: Quantity, last: Quantity | None, begin: int) -> Quantity | None:
    """A number right beside another quantity, one side of a vote, or a distance like the one before it."""
    if last is not None and _BESIDE.fullmatch(text[last.end : quantity.start]) and alike(last, quantity):
        return as_one_of(text, quantity, last)
    votes = (quantity.value or 0) < MOST_VOTES
    if votes and _in_tally(text, quantity) and _DECIDED.search(text, begin, quantity.end + AFTER_TALLY):
        return replace(quantity, unit="vote", counts="votes")
    if last is not None and last.start >= begin and _in_figures(text, last, quantity):
        return as_one_of(text, quantity, last)
    far = (
        last is not None
        and last.kind == "length"
        and last.start >= begin
        and (quantity.value or 0) <= MOST_AGAINST_ONE * (last.value or 1)
        and last.unit not in ("mm", "cm")
    )
    return (
        as_one_of(text, quantity, last)
        if far and last and _FAR_OFF.search(text, begin, quantity.start)
        else None
    )


def _counted_here(
    text: str, quantity: Quantity, here: list[Quantity], found: list[Quantity], ones: list[Quantity]
) -> Quantity | None:
    """A number that counts what its sentence has counted before, be it one."""
    here = [q for q in here if q.kind == "count"]
    single = next(
        (
            q
            for q in reversed(ones)
            if 0 < quantity.start - q.end < (NEAR_PERSON if q.unit == "person" else NEAR_ONE)
        ),
        None,
    )
    if here and (quantity.value or 0) >= 100 * max(here[-1].value or 0, 1) and here[-1].unit != "person":
        here = []
    if (
        single is not None
        and (quantity.value or 0) <= MOST_AGAINST_ONE
        and (not here or here[-1].end < single.end)
    ):
        ones.remove(single)
        found.append(replace(single, counts=single.unit))
        here = [found[-1]]
    return as_one_of(text, quantity, here[-1]) if here else None


def _told(text: str, quantity: Quantity, last: Quantity | None, begin: int) -> Quantity | None:
    """A number of what the sentence speaks of: a number of something, votes, or the measure given last."""
    if _THEIR_NUMBER.search(text, begin, quantity.start):
        return replace(quantity, unit="person", counts="people")
    if _GREW.search(text, max(begin, quantity.start - 24), quantity.start):
        nouns = [
            m[1]
            for m in PLURAL.finditer(text, begin, quantity.start)
            if not POINTS_AT.search(text, max(begin, m.start() - 8), m.start())
        ]
        counted = [
            n
            for n in nouns
            if n not in NO_PLURAL
            and not n.endswith(("ss", "us", "is"))
            and unit_table().get(n, ("count", ""))[0] == "count"
        ]
        if counted:
            return of_noun(quantity, counted[-1])
    changed = _FROM.search(text, begin, quantity.start)
    if changed is not None and (
        text[quantity.end : quantity.end + 4] == " to " or changed.group().endswith("to ")
    ):
        noun = text[changed.start() : changed.end(1)].lower()
        if noun not in NO_PLURAL and unit_table().get(noun, ("count", ""))[0] == "count":
            return of_noun(quantity, noun)
    if (quantity.value or 0) < MOST_VOTES and _TALLY.search(text, begin, quantity.start):
        return replace(quantity, unit="vote", counts="votes")
    measured = last is not None and last.kind in ("duration", "percentage", "length") and alike(last, quantity)
    if last is None or not measured or _THEM.match(text, quantity.end):
        return None
    more = (
        _of_figures(last, quantity, begin)
        or (
            _ALSO.search(text, last.end, quantity.start)
            and (last.start >= begin or (quantity.value or 0) <= MOST_AGAINST_ONE or _like_size(last, quantity))
        )
        or _same_word(text, last, quantity)
    )
    return as_one_of(text, quantity, last) if more and quantity.start - last.end < NEAR_ONE else None


def _counted_near(text: str, quantity: Quantity, earlier: Sequence[Quantity], start: int) -> Quantity | None:
    """A number that counts what its paragraph counted shortly before, where both are of like size."""
    near = min(
        ((cost_of(q, quantity, ""), -q.start, q) for q in earlier if q.kind == "count"),
        key=lambda c: c[:2],
        default=None,
    )
    if near is None or near[0] >= NEAR_COST or names_something(text, quantity, start):
        return None
    return as_one_of(text, quantity, near[2])


def _in_figures(text: str, last: Quantity, quantity: Quantity) -> bool:
    """Whether digits go on with the shares of a sentence, or with another of its weights and speeds."""
    value = quantity.value or 0
    if last.kind == "percentage":
        return value <= MOST_PERCENT and text[quantity.start].isdigit()
    if last.kind == "money":
        digits = text[quantity.start].isdigit() and value >= LEAST_MONEY and (last.value or 0) < MILLION
        return digits and (last.value or 0) / 10 <= value <= (last.value or 0) * 10
    return last.kind in ("mass", "speed", "area", "power", "volume") and _like_size(last, quantity)


def _of_figures(last: Quantity, quantity: Quantity, begin: int) -> bool:
    """Whether a number is one more share in a sentence that gives shares ("69 and 49 percent, and in Latvia 58 and 33")."""
    return last.kind == "percentage" and last.start >= begin and (quantity.value or 0) <= MOST_PERCENT


def names_something(text: str, quantity: Quantity, start: int) -> bool:
    """Whether a bare number names something, an hour, or how often."""
    before = text[max(start, quantity.start - 40) : quantity.start]
    roughly = before.endswith(" around ") and (quantity.value or 0) > HOURS
    stands = _STANDS_AT.search(before) is not None and (quantity.value or 0) > HOURS
    return (not roughly and not stands and _LABEL.search(before) is not None) or _TIMES.match(
        text, quantity.end
    ) is not None


def _in_tally(text: str, quantity: Quantity) -> bool:
    """Whether a number is one side of a vote ("81 to 17")."""
    return bool(
        re.match(r"\s?(?:to|[–-])\s?\d{1,3}\b", text[quantity.end : quantity.end + 8])
        or re.search(r"\d\s?(?:to|[–-])\s?$", text[max(0, quantity.start - 6) : quantity.start])
    )


def _same_word(text: str, last: Quantity, quantity: Quantity) -> bool:
    """Whether the same word stands before two quantities ("one that spends 2 percent ... one that spends 5")."""
    words = [text[max(0, q.start - 20) : q.start].split()[-1:] for q in (last, quantity)]
    return words[0] == words[1] and bool(words[0]) and len(words[0][0]) > 3


def is_bare(text: str, quantity: Quantity) -> bool:
    """Whether nothing beside a count says what it counts."""
    if quantity.kind != "count":
        return False
    if quantity.unit == "count":
        return True
    if hyphened(text, quantity):
        return False
    return (
        quantity.unit == "person"
        and quantity.counts in ("people", "troops")
        and not _FORCED.search(text, max(0, quantity.start - 40), quantity.start)
        and not CASUALTIES.search(text[max(0, quantity.start - HEADS_BACK) : quantity.start])
        and not GROUP_FROM.search(text[max(0, quantity.start - 40) : quantity.start])
        and not IN_RANKS.match(text, quantity.end)
        and not _noun_follows(text, quantity)
    )


_ONWARD = re.compile(r"(?: to | or |\s?[–-]\s?| and )(?:\d[\d,]*|[a-z]+(?:-[a-z]+)?)(?= )")


def _noun_follows(text: str, quantity: Quantity) -> bool:
    """Whether a noun stands behind a number, or behind the other number of a range or a pair ("from 424 and 631 people")."""
    onward = _ONWARD.match(text, quantity.end)
    ends = [quantity.end, onward.end()] if onward is not None else [quantity.end]
    return any(counted_noun(text[end : end + 80], 0) is not None for end in ends)


def of_people(text: str, quantity: Quantity, start: int, floor: int) -> Quantity:
    """A large bare number counts soldiers where the paragraphs before speak of soldiers."""
    if (quantity.value or 0) < BARE or not PERSON_HINT.search(text, max(floor, start - 4 * LOOK_BACK), start):
        return quantity
    return replace(quantity, unit="person", counts="people")


def cost_of(past: Quantity, quantity: Quantity, before: str) -> float:
    """How far a thing counted before is from a bare number, in characters and in size."""
    if past.kind not in ("count", "percentage", "duration", "length") or not alike(past, quantity):
        return math.inf
    size = abs(math.log10((quantity.value or 1.0) / (past.value or past.lower or 1.0)))
    cost = (quantity.start - past.end) / FAR + size / 2
    if (quantity.value or 0) % 1 and not (past.value or 0) % 1:
        cost += OFF_KIND
    if past.kind == "percentage" and PERCENT_OF.search(before):
        return cost
    return cost if past.kind == "count" else cost + OFF_KIND
