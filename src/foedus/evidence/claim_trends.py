"""Claims made in words: that money came flowing in, that one payer gave more than all others."""

from __future__ import annotations

import re

from foedus.evidence import record
from foedus.evidence.actors import name_of, states
from foedus.evidence.claim_context import PARTNER, aid_year, plain
from foedus.evidence.record import Figure
from foedus.evidence.records import Claim

_MORE_THAN_ALL = re.compile(
    r"\bmore (?:[\w’'-]+ ){0,6}?than (?:everyone|everybody|any(?:one|body)|all (?:of )?(?:the )?(?:other )?(?:\d+ )?(?:others?|rest|them|countries|allies|nations|members|states|donors|Europeans|European (?:countries|allies|nations|states))|the rest|all of Europe|Europe|the whole of Europe)(?: else)?(?: of (?:the|NATO|Europe)\w*)?(?: (?:together|combined|put together|in total))?",
    re.IGNORECASE,
)
_FLOWING = re.compile(
    r"\b(?:flow(?:ed|ing|s)? in(?:to)?|pour(?:ed|ing|s)? in(?:to)?|came in(?:to)?|rolling in|flooded in|started paying)\b",
    re.IGNORECASE,
)
_BILLIONS = re.compile(r"\b(?:hundreds of )?(?:billions|trillions)(?: of dollars)?\b", re.IGNORECASE)
_THAN_PATRON = re.compile(
    r"\bmore (?:[\w’'-]+ ){0,6}?than (?:the (?:United States|US|U\.S\.|Americans)|America|Washington)(?!\w)",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"\bmore\b[^.;]{0,90}?\bthan any other (?:ally|member|country|nation|NATO)|\bthe (?:highest|largest|biggest|top) share\b[^.;]{0,50}?\b(?:alliance|NATO|allies)\b"
)
_LEAST = re.compile(
    r"\bless\b[^.;]{0,90}?\bthan any other (?:ally|member|country|nation|NATO)|\bthe (?:lowest|smallest) share\b[^.;]{0,50}?\b(?:alliance|NATO|allies)\b"
)
_SHARE = re.compile(
    r"\b(?:GDP|share|economy|output|percent|per cent|income|gross domestic product)\b|%", re.IGNORECASE
)
_DEFENCE = re.compile(r"\b(?:defen[cs]e|military)\b", re.IGNORECASE)
_WE = re.compile(r"\b(?:we|us|our|one country|America|the US)\b", re.IGNORECASE)


def worded_claim(sentence: str, wider: str, offset: int, published: str | None, story: int) -> Claim | None:
    """Claim made in words: that much came flowing in, or that one payer gave more than all the others."""
    year = int(published[:4]) if published else 9999
    lowered = sentence.lower()
    more = _MORE_THAN_ALL.search(sentence) if "more " in lowered and " than " in lowered else None
    if more is not None:
        return _more_than_all(more, sentence, wider, offset, year, story)
    compared = _more_than_patron(sentence, wider, offset, year, story) or _extreme(
        sentence, offset, year, story
    )
    if compared is not None:
        return compared
    if "illion" not in lowered:
        return None
    flowing = _FLOWING.search(sentence)
    vague = _BILLIONS.search(sentence)
    extra = record.extra_spending(year) if flowing and vague else None
    if flowing is None or vague is None or extra is None:
        return None
    total, base, last, figure = extra
    least = 2e11 if vague.group().lower().startswith("hundreds") else 2e9
    arithmetic = (
        f"Europe and Canada spent {plain(total / 1e9)} bn USD more in {base + 1}-{last} than at their level of {base}; the claim needs at least {plain(least / 1e9)} bn. "
        "They spent it on their own forces; none of it was paid to the patron"
    )
    start, end = min(vague.start(), flowing.start()), max(vague.end(), flowing.end())
    return Claim(
        offset + start, offset + end, sentence[start:end], "extra_spending", None,
        "supported" if total >= least else "overstated", f"at least {plain(least)} USD", f"{plain(total)} USD ({figure.label})",
        arithmetic, *figure.citation, story,
    )  # fmt: skip


def _more_than_all(
    more: re.Match[str], sentence: str, wider: str, offset: int, year: int, story: int
) -> Claim | None:
    """Whether one payer gave more than all the others together."""
    before = sentence[: more.start()]
    named = [code for _, _, code in states(before) if code not in ("UKR", "RUS")]
    if (named and named[-1] != "USA") or (not named and not _WE.search(before)):
        return None
    pair = _aid_pair(more.group(), year) if PARTNER.search(wider) else _spending_pair(year)
    if pair is None:
        return None
    a, b, figure, unit = pair
    arithmetic = (
        f"{name_of('USA')} {plain(a / 1e9)} against {plain(b / 1e9)} {unit}; "
        f"{plain(a / 1e9)} - {plain(b / 1e9)} = {(a - b) / 1e9:+,.1f}"
    )
    return Claim(
        offset + more.start(), offset + more.end(), more.group(), "more_than_all", None,
        "supported" if a > b else "contradicted", "more than all others", f"{plain(b)} ({figure.label})",
        arithmetic, *figure.citation, story,
    )  # fmt: skip


def _more_than_patron(sentence: str, wider: str, offset: int, year: int, story: int) -> Claim | None:
    """Whether Europe gave the partner more than the patron did."""
    more = _THAN_PATRON.search(sentence) if "more " in sentence else None
    if more is None or not PARTNER.search(wider):
        return None
    named = [code for _, _, code in states(sentence[: more.start()]) if code not in ("UKR", "RUS")]
    pair = _aid_pair("europe", year) if named and named[-1] == "EU" else None
    if pair is None:
        return None
    patron, europe, figure, unit = pair
    arithmetic = (
        f"Europe {plain(europe / 1e9)} against {plain(patron / 1e9)} {unit} of {name_of('USA')}; "
        f"{plain(europe / 1e9)} - {plain(patron / 1e9)} = {(europe - patron) / 1e9:+,.1f}"
    )
    return Claim(
        offset + more.start(), offset + more.end(), more.group(), "more_than_patron", None,
        "supported" if europe > patron else "contradicted", "more than the patron", f"{plain(patron)} ({figure.label})",
        arithmetic, *figure.citation, story,
    )  # fmt: skip


def _extreme(sentence: str, offset: int, year: int, story: int) -> Claim | None:
    """Whether an ally's share of GDP for defence is the highest or lowest of all."""
    if "than any other" not in sentence and " share" not in sentence:
        return None
    found = _MOST.search(sentence) or _LEAST.search(sentence)
    if found is None or not _SHARE.search(sentence) or not _DEFENCE.search(sentence):
        return None
    named = [code for _, _, code in states(sentence[: found.start()]) if code not in ("NATO", "EU")]
    shares = record.shares_of_gdp(year)
    order = [member for _, member in shares]
    if not named or named[-1] not in order:
        return None
    place = order.index(named[-1])
    most = _MOST.search(sentence) is not None
    rank = place + 1 if most else len(order) - place
    figure, best = shares[place][0], shares[0 if most else -1]
    arithmetic = (
        f"{name_of(named[-1])} {figure.value:.2f}% is number {rank} of {len(order)} from the {'top' if most else 'bottom'}; "
        f"{name_of(best[1])} has {best[0].value:.2f}%"
    )
    return Claim(
        offset + found.start(), offset + found.end(), found.group(), "extreme_share", None,
        "supported" if rank == 1 else "contradicted", "most of all" if most else "least of all",
        f"{figure.value:g} percent ({figure.label})", arithmetic, *figure.citation, story,
    )  # fmt: skip


def _aid_pair(words: str, year: int) -> tuple[float, float, Figure, str] | None:
    """Aid to the partner: of the patron, and of Europe or of all others."""
    until = aid_year(year, "")
    mine = record.aid("USA", "total", until)
    theirs = record.aid("EU" if "europe" in words.lower() else "others", "total", until)
    return (mine[0], theirs[0], mine[1], "bn EUR of allocations") if mine and theirs else None


def _spending_pair(year: int) -> tuple[float, float, Figure, str] | None:
    """Defence spending: of the patron, and of all other allies."""
    pair = record.patron_share(year)
    if pair is None:
        return None
    patron, whole = pair
    return patron.value, whole.value - patron.value, patron, "bn USD of spending"
