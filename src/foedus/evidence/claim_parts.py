"""Parts of a whole put in words or by kind: dollars of the alliance, kinds of aid."""

from __future__ import annotations

import re

from foedus.evidence import record_series
from foedus.evidence.claim_aid import aid_share
from foedus.evidence.claim_context import Context, Found, When, aid_year, judge, of_partner, plain
from foedus.evidence.claim_parties import parties, subject
from foedus.evidence.numerals import parse_words
from foedus.evidence.record import rules
from foedus.evidence.record_series import at_year
from foedus.evidence.records import Claim

_DOLLARS = re.compile(
    r"\b(?P<a>one|two|three|four|seven|\d)\s+(?:of|in|out of)\s+(?:every\s+)?(?P<b>two|three|four|five|ten|\d{1,2})\s+(?:dollars|euros)\b",
    re.IGNORECASE,
)
_SPENT = re.compile(
    r"\b(?:defen[cs]e|military)\b[^;]{0,60}\b(?:NATO|alliance|allies|allied)\b|\b(?:NATO|alliance|allies|allied)\b[^;]{0,60}\b(?:spen\w+|defen[cs]e|military|pays?)\b",
    re.IGNORECASE,
)
_OF_GIVEN = re.compile(
    r"\s*of (?:what|everything|all that|that|this|it|which|them|the (?:\w+ )?(?:aid|help|assistance|money|sum)(?: that)?)\b",
    re.IGNORECASE,
)
_WAS_KIND = re.compile(
    r"\b(?:is|was|were|has been|went (?:on|to)|came as|consists of|took the form of|being)\s+(?:\w+ )?(?P<kind>military|financial|humanitarian|budget|weapons|arms)\b",
    re.IGNORECASE,
)
_KIND_IS = re.compile(
    r"\b(?P<kind>military|financial|humanitarian|budget|weapons|arms)(?: aid| assistance| help| support| deliveries)? (?:makes? up|made up|was|is|accounts? for|accounted for)\s+(?:\w+ ){0,2}$",
    re.IGNORECASE,
)
_KINDS = {"budget": "financial", "weapons": "military", "arms": "military"}
DOLLARS_OF = (_DOLLARS,)


def of_dollars(sentence: str, when: When, home: str | None) -> Found | None:
    """So many of so many dollars spent in the alliance."""
    word = _DOLLARS.search(sentence)
    if word is None or not _SPENT.search(sentence):
        return None
    named = [p.code for p in parties(sentence) if p.code not in ("NATO", "ALLIES")]
    party = named[0] if len(set(named)) == 1 else home
    if party is None:
        return None
    ours = record_series.dollars("XEC" if party == "EUR" else party)
    pairs = [
        (a[0], b[0])
        for mine, whole in zip(ours, record_series.dollars("NATO"), strict=False)
        if (a := at_year([mine], when.year)) and (b := at_year([whole], when.year))
    ]
    if not pairs:
        return None
    top, bottom = (
        float(w) if w.isdigit() else parse_words(w) or 1.0 for w in (word["a"].lower(), word["b"].lower())
    )
    stated, band = top / bottom, rules()["share"]
    shares = [a.value / b.value for a, b in pairs]
    verdict = judge(stated, min(shares) - band, max(shares) + band, None)
    mine, whole = pairs[0]
    return Found(
        *word.span(), "alliance_share", verdict, f"{stated:.3f}", whole,
        f"{plain(mine.value / 1e9)} / {plain(whole.value / 1e9)} bn USD = {shares[0]:.3f}; stated {stated:.3f}; agrees within {band:g}",
    )  # fmt: skip


def kind_of_aid(context: Context) -> Claim | None:
    """Part of a donor's aid that is of one kind."""
    stop = context.quantity.end - context.offset
    kind = _KIND_IS.search(context.before) or _WAS_KIND.search(context.sentence, stop)
    if kind is None or context.share is None or not of_partner(context.wider):
        return None
    if not _OF_GIVEN.match(context.sentence, stop):
        return None
    at = len(context.sentence) if kind.start() < stop else kind.start()
    donor = subject(context.sentence, at, at, context.home, ("UKR", "NATO", "ALLIES"))
    word = kind["kind"].lower()
    summed = not context.within
    year = context.year if context.within else aid_year(context.year, context.date) or context.year
    mine = at_year(record_series.aid(donor, _KINDS.get(word, word), summed), year) if donor else []
    every = at_year(record_series.aid(donor, summed=summed), year) if donor else []
    if not mine or not every:
        return None
    return aid_share(context, "aid_kind", context.share, mine[0], every[0])
