"""Money that several countries call the same: whose crowns, dinars and dollars a story means."""

from __future__ import annotations

import re
from dataclasses import replace

from foedus.evidence.numerals import Number
from foedus.evidence.records import Quantity

_CROWN_LANDS = r"(?P<NOK>\bNorw|\bOslo)|(?P<DKK>\b(?:Denmark|Danish|Danes?\b|Copenhagen))|(?P<SEK>\b(?:Swed|Stockholm))|(?P<CZK>\b(?:Czech|Prague))|(?P<ISK>\b(?:Iceland|Reykjav))"
_DINAR_LANDS = r"(?P<KWD>\bKuwait)|(?P<BHD>\b(?:Bahrain|Manama))|(?P<JOD>\b(?:Jordan|Amman\b))|(?P<IQD>\b(?:Iraq|Baghdad|Basra))|(?P<RSD>\b(?:Serb|Belgrade))|(?P<DZD>\b(?:Algeria|Algiers))|(?P<TND>\bTunis)|(?P<LYD>\b(?:Libya|Tripoli|Benghazi))"
_RIAL_LANDS = r"(?P<SAR>\b(?:Saudi|Riyadh|Jeddah))|(?P<QAR>\b(?:Qatar|Doha))|(?P<IRR>\b(?:Iran|Tehran))|(?P<OMR>\b(?:Oman|Muscat))|(?P<YER>\b(?:Yemen|Sanaa))"
_RUPEE_LANDS = r"(?P<INR>\b(?:India|Delhi|Mumbai))|(?P<PKR>\b(?:Pakistan|Islamabad|Karachi|Lahore))|(?P<LKR>\b(?:Sri Lanka|Colombo))|(?P<NPR>\b(?:Nepal|Kathmandu))"
_LANDS = {
    name: re.compile(lands)
    for names, lands in (
        (("kroner", "krone", "krona", "crown", "crowns"), _CROWN_LANDS),
        (("dinar", "dinars"), _DINAR_LANDS),
        (("rial", "rials", "riyal", "riyals"), _RIAL_LANDS),
        (("rupee", "rupees"), _RUPEE_LANDS),
    )
    for name in names
}
SHARED = frozenset(_LANDS)
"""Names of money that more than one country uses."""
_KRONER = frozenset(("NOK", "DKK"))
AROUND = 4000
"""Characters around an amount in which its story names the country."""


def whose(text: str, number: Number, name: str, unit: str) -> str:
    """Whose money is meant: that of the country that is named most in its paragraph, or around it."""
    lands = _LANDS[name]
    stop = text.find("\n", number.end)
    here = lands.finditer(text, text.rfind("\n", 0, number.start) + 1, stop if stop >= 0 else len(text))
    near = lands.finditer(text, max(0, number.start - AROUND), number.end + AROUND)
    named = [m.lastgroup or "" for m in here] or [m.lastgroup or "" for m in near]
    if name in ("kroner", "krone"):
        named = [code for code in named if code in _KRONER]
    return max(sorted(set(named), reverse=True), key=named.count) if named else unit


_CANADIAN = re.compile(
    r"\$\d[\d.,]*-(?:million|billion)(?=[.,;]| (?:over|to|a|in|on|for|and|by|from|more|of|per|this|last|is|was)\b)"
)
_CANADA = re.compile(r"\b(?:Canad\w+|Ottawa)\b")
_ABROAD = re.compile(r"\b(?:US|U\.S\.|[A-Z]{1,2})\$|\b(?:US|U\.S\.|American) dollars\b")
"""Dollars told apart from those at home, which leave the sign alone to the one or to the other."""
_HOMES = re.compile(
    r"(?P<CAD>\b(?:Canadian?s?|Canada|Ottawa|Ontario|Quebec|Québec|Halifax|Nova Scotia|Esquimalt|Alberta|Manitoba|Toronto|Montr[eé]al|Vancouver|Nunavut|Winnipeg|Calgary|British Columbia|Saskatchewan|Newfoundland)\b)"
    r"|(?P<AUD>\b(?:Australian?s?|Canberra|Sydney|Melbourne|Brisbane|Darwin|Perth|Adelaide|Townsville|Queensland|Northern Territory|New South Wales|Tasmania|ADF)\b)"
    r"|(?P<NZD>\b(?:New Zealand(?:ers?)?|Wellington|Auckland|Christchurch|Devonport|NZDF|Kiwis?|Waikato)\b)"
    r"|(?P<USD>\b(?:US|U\.S|United States|Americans?|Washington|Pentagon|Congress|White House)\b)"
)
_BRITISH = re.compile(r"\b[Dd]efence\b")
_AMERICAN = re.compile(r"\b[Dd]efense\b")
LEAST_NAMED = 4
"""A story that names a country less often is not told at home there."""


def _home(text: str, floor: int, end: int) -> str | None:
    """The country of dollars in whose way of writing and about which a story is told, where it tells no dollars apart."""
    last = min(len(text), end + AROUND)
    if _ABROAD.search(text, floor, last) or not _BRITISH.search(text, floor, last):
        return None
    if _AMERICAN.search(text, floor, last):
        return None
    named = [m.lastgroup or "" for m in _HOMES.finditer(text, floor, last)]
    most = max(("USD", "CAD", "AUD", "NZD"), key=named.count)
    return most if most != "USD" and named.count(most) >= LEAST_NAMED else None


def at_home(text: str, floor: int, end: int, found: list[Quantity]) -> list[Quantity]:
    """Dollars without a country as those of the country in which their story is told ("$6-billion" in Canada)."""
    if not any(q.unit == "USD" for q in found):
        return found
    if "C$" in text[floor:end]:
        found = [
            replace(q, unit="CAD") if q.unit == "USD" and q.text.endswith(" dollars") else q for q in found
        ]
    hyphened = "-million" in text[floor:end] or "-billion" in text[floor:end]
    canadian = hyphened and _CANADIAN.search(text, floor, end) and _CANADA.search(text)
    home = "CAD" if canadian else _home(text, floor, end)
    if home is None:
        return found
    return [
        replace(q, unit=home) if q.unit == "USD" and (q.text[0] == "$" or q.text.endswith(" dollars")) else q
        for q in found
    ]
