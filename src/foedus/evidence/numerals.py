"""Numbers as newspapers write them: digits, words, scales, fractions and vague orders of size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from foedus.evidence.lexicon import trie

_SMALL = {
    w: i
    for i, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    w: 10 * i
    for i, w in enumerate("zero ten twenty thirty forty fifty sixty seventy eighty ninety".split())
    if i >= 2
}
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mn": 1e6, "mln": 1e6, "bn": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12,
    "m": 1e6, "b": 1e9, "k": 1e3, "mio": 1e6, "mil": 1e6, "dozen": 12.0, "lakh": 1e5, "crore": 1e7, "lakh crore": 1e12,
}  # fmt: skip
_FRACTIONS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "twelfth": 12,
    "fifteenth": 15,
    "twentieth": 20,
    "hundredth": 100,
    "thousandth": 1000,
}
_VAGUE = {
    "dozens": 12.0,
    "scores": 20.0,
    "hundreds": 1e2,
    "thousands": 1e3,
    "millions": 1e6,
    "billions": 1e9,
    "trillions": 1e12,
    "tens": 10.0,
}

_WORD = "(?:" + "|".join([*sorted(_SMALL, key=len, reverse=True), *_TENS]) + ")"
_DIGITS = r"\d{1,3},\d{1,2}(?=[ -](?:million|billion|trillion|per ?cent|pct)\b| ?%)|\d{1,3}[½¼¾]|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?: \d{3})+(?![\d,]|[ -]?(?:mm|millimet)|\.\d)|\d+(?:\.\d+)?(?![\d])"
_SCALE_WORD = r"(?:[ -]?(?:hundred|thousand|million|billion|trillion|lakh crore|crore|lakh)(?![a-z])|[ ]?(?:mn|mln|bn|bln|tn|trn|mio|[mbkMBK])(?![A-Za-z0-9’'²³]|-(?![€$£¥\d]|a\b|plus\b|worth\b|kron|euro|dollar|pound|zloty|yen|lira)))"
_WORDS = rf"(?:(?:a |an )?(?:(?:{_WORD}|hundred|thousand|million|billion|trillion|dozen)(?:(?:[ -]|(?<=hundred) and |(?<=thousand) and |(?<=million) and |(?<=billion) and )(?:{_WORD}|hundred|thousand|million|billion|trillion|dozen)\b)*))"
_POINT = rf"{_WORD}(?:-{_WORD})?[ -]point[ -]{_WORD}(?:[ -]{_WORD}){{0,2}}"
_SCALED_BY = r"hundred|thousand|million|billion|trillion"
_DOES = r"is|was|are|were|has|have|had|will|would|can|could|may|might|did|does|do|said|says?|thinks?|thought|believes?|wants?|supports?|backs?|fails?|goes|went|comes|came|gets?|got|needs?|knows?|lives?|works?|serves?|dies|ends?|sits|stays|stands?|rests?|leaves|left|lost|loses|pays?|paid|never|now|still|already"
_SHARE = rf"one (?!of\b|or\b|and\b|in\b)[a-z]{{3,}} (?:in|out of)(?: every)? (?:{_WORD}(?:-{_WORD})?|\d{{1,3}}|a hundred)(?=[.,;:!?)”\"’»]|$| [–—-]| (?:{_DOES}|[a-z]+ed (?:in|on|at|to|by|from|with|for|of|as|out|up|down|that|an?|the|it|no))\b)"
"""A share of things that stand within it ("one request in three was refused")."""
_COMPOUND = re.compile(r"hundred|thousand|million|billion|trillion|dozen|[ -]")
_CODES = "USD|EUR|GBP|CHF|SEK|NOK|DKK|PLN|CAD|AUD|JPY|UAH|RUB|CZK|HUF|RON|TRY|INR|KRW|CNY|ILS|SAR|AED|QAR|KWD|NZD|TWD|SGD|ISK|BGN|GEL|BRL|ZAR|PKR|BHD|OMR|JOD|IQD|RSD|EGP|MYR|PHP|IDR|KZT|HKD|MXN"
"""ISO 4217 codes that are written before an amount."""
NUMBER = re.compile(
    r"(?<![\w-])(?P<half>(?:a )?half[- ](?:a[- ])?dozen)\b|(?<![\w.,/$€£-])(?P<fraction>(?:(?:(?:an? |one (?=one[ -]))?(?:one|two|three|four|five|six|seven|eight|nine|\d)|a)[ -](?:half|halves|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twelfth|fifteenth|twentieth|hundredth|thousandth)s?|half)\b(?![ -](?:time|life|brother|sister|way|hearted|century|of (?:the )?(?:19|20)\d\d)))(?:(?: of)? an? (?P<fscale>thousand|million|billion|trillion)\b)?"
    rf"|(?<![\w.,/$€£-])(?P<ratio>(?:{_WORD}|\d{{1,2}}) (?:(?:in|out of)(?: every)?|of every) (?:{_WORD}|\d{{1,3}}|an? hundred|an? thousand))(?=[.,;:!?)”\"’»]|$| [–—-]| (?!\d|years?|months?|weeks?|days?|hours?|minutes?|points?|percent|per cent)[a-z])"
    rf"|(?<![\w.,/$€£-])(?P<share>{_SHARE})"
    rf"|(?<![\w-])(?P<point>{_POINT})(?:[ -](?P<pscale>{_SCALED_BY})\b)?(?! [a-z]*(?:stars?|turn|man|men)\b)(?![\w-])"
    rf"|(?<![\w.,/$€£-])(?P<mixed>(?:an? )?(?:{_WORD}|\d{{1,3}})(?: and (?:a half|a quarter|three[- ]quarters)|-and-(?:a-)?(?:half|quarter))|(?:a|one) (?P<oscale>hundred|thousand|million|billion|trillion|dozen) and a half)(?:[ -](?P<xscale>hundred|thousand|million|billion|trillion))?\b"
    rf"|(?<![\w])(?P<vague>(?:several|a few|many|a couple of) (?:dozen|hundred|thousand|million|billion|trillion)\b(?: (?:thousand|million|billion)\b)?|(?:(?:tens|hundreds|thousands|dozens|scores) of )*(?:dozens|scores|hundreds|thousands|millions|billions|trillions|tens of (?:thousands|millions|billions))\b)"
    rf"|(?P<money>(?:US|C|A|CA|AU|NZ|HK|NT|S|R|MX)?[$€£¥₽₴₹₺₪₩]|(?-i:\b(?:{_CODES}|Hr|SKr|NKr|DKr|Rbs?|Rmb|RMB|Rs|TL|zł|SFr|Kč|Dhs?|KD|BD|QR|SR|RM)\.?(?= ?\d))) ?(?P<amount>{_DIGITS})(?P<mscale>{_SCALE_WORD})?"
    rf"|(?<![\w.,/:#$€£¥])(?<![A-Za-z]-)(?:(?<!\d-)|(?=[\d.]+ ?(?:%|percent\b|per cent\b|million\b|billion\b|bn\b|km\b|miles\b|years\b|months\b|weeks\b|days\b|hours\b|minutes\b)|(?=\d[\d,]* (?-i:[a-z]{{3,}}s)\b)))(?P<digits>{_DIGITS})(?P<scale>{_SCALE_WORD})?"
    rf"|(?:(?<![\w-])|(?<=[rdmn]-of-))(?P<words>{_WORDS})\b",
    re.IGNORECASE,
)
_DOLLARS = {
    "CDN": "CAD",
    "CAD": "CAD",
    "CANADIAN": "CAD",
    "AUD": "AUD",
    "AUSTRALIAN": "AUD",
    "US": "USD",
    "U.S.": "USD",
    "USD": "USD",
}
_WHOSE = re.compile(
    r" ?(?:(Cdn|CDN|CAD|AUD|USD)\b|(Canadian|Australian|U\.S\.|US)(?=[\s,.;)]|$)(?! [a-z]+s\b))"
)
"""Whose dollars, behind the amount."""
_AGAIN = re.compile(r" \((\d[\d,]*)\)")
_HEADS = frozenset(
    [*_SMALL, *_TENS, *_VAGUE, *_CODES.lower().split("|"), "half", "hundred", "thousand", "million", "billion", "trillion", "dozen", "several",
     "many", "us", "c", "ca", "au", "nz", "hk", "nt", "s", "r", "mx", "hr", "skr", "nkr", "dkr", "rb", "rbs", "rmb", "rs", "tl", "zł", "sfr", "kč", "dh", "dhs", "kd", "bd", "qr", "sr", "rm"]
)  # fmt: skip
"""Words that a number may begin with, but for the article."""
_AFTER_A = trie([*_SMALL, *_TENS, *_FRACTIONS, "half", "halves", "few", "couple", "hundred", "thousand", "million", "billion", "trillion", "dozen"])  # fmt: skip
_TOKEN = re.compile(
    rf"[$€£¥₽₴₹₺₪₩]|(?<![^\W_])(?:\d|(?:{trie(form for head in sorted(_HEADS) for form in (head, head.capitalize(), head.upper(), *([f'{head[0].upper()}{head[1].upper()}{head[2:]}'] if head in ('sfr', 'skr', 'nkr', 'dkr') else [])))})(?![^\W\d_])|(?:a|A|an|An|AN)(?=[$€£¥₽₴₹₺₪₩]|[ -](?i:{_AFTER_A})))"
)
"""Where a number may begin."""


def find_numbers(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Matches of `NUMBER`, sought only where a number may begin."""
    at = start
    for token in _TOKEN.finditer(text, start, end):
        if token.start() < at:
            continue
        match = NUMBER.match(text, token.start(), end)
        if match is not None:
            at = match.end()
            if match["ratio"] and (number := read_number(match)) is not None:
                at = number.end
            yield match


_CURRENCY = {
    "$": "USD",
    "US$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₽": "RUB",
    "₴": "UAH",
    "₹": "INR",
    "C$": "CAD",
    "CA$": "CAD",
    "A$": "AUD",
    "AU$": "AUD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "NT$": "TWD",
    "S$": "SGD",
    "R$": "BRL",
    "MX$": "MXN",
    "HR": "UAH",
    "SKR": "SEK",
    "NKR": "NOK",
    "DKR": "DKK",
    "RB": "RUB",
    "RBS": "RUB",
    "RMB": "CNY",
    "RS": "INR",
    "TL": "TRY",
    "ZŁ": "PLN",
    "SFR": "CHF",
    "KČ": "CZK",
    "DH": "AED",
    "DHS": "AED",
    "KD": "KWD",
    "BD": "BHD",
    "QR": "QAR",
    "SR": "SAR",
    "RM": "MYR",
    "₺": "TRY",
    "₪": "ILS",
    "₩": "KRW",
}


@dataclass(slots=True)
class Number:
    """A number at one place of the text."""

    start: int
    end: int
    value: float | None
    form: str
    """digits, words, money, fraction or vague."""
    currency: str | None = None
    lower: float | None = None
    scaled: bool = False


_COMMA = re.compile(r"\d+,\d{1,2}")
"""A comma before decimals, as on the Continent ("3,5 million")."""
_PARTS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


def parse_digits(text: str) -> float:
    """Value of digits with thousands separators.

    Example:
        >>> parse_digits("13,981")
        13981.0
    """
    whole = text.rstrip("½¼¾")
    if _COMMA.fullmatch(whole):
        whole = whole.replace(",", ".")
    return float(whole.replace(",", "").replace(" ", "")) + _PARTS.get(text[len(whole) :], 0.0)


MOST_DIGIT = 9
_WORD_BREAKS = re.compile(r"[ -]+")
_POINT_BREAK = re.compile(r"[ -]point[ -]")


def parse_words(text: str) -> float | None:
    """Value of a number in words.

    Example:
        >>> parse_words("two hundred and fifty thousand")
        250000.0
    """
    whole, *part = _POINT_BREAK.split(text.lower().strip())
    if part:
        digits = [_SMALL.get(word, -1) for word in _WORD_BREAKS.split(part[0])]
        base = parse_words(whole)
        decimals = "".join(str(d) for d in digits)
        return (
            float(f"{base:.0f}.{decimals}")
            if base is not None and all(0 <= d <= MOST_DIGIT for d in digits)
            else None
        )
    total, current = 0.0, 0.0
    seen = False
    for word in _WORD_BREAKS.split(text.lower().strip()):
        if word in ("and", "a", "an", ""):
            continue
        seen = True
        if word in _SMALL:
            current += _SMALL[word]
        elif word in _TENS:
            current = current * (100 if 0 < current <= MOST_DIGIT else 1) + _TENS[word]
        elif word in ("hundred", "dozen"):
            current = (current or 1) * SCALES[word]
        elif word in SCALES:
            total += (current or 1) * SCALES[word]
            current = 0.0
        else:
            return None
    return total + current if seen else None


_WORD_BREAK = re.compile(r"[ -]")
_LEADING_ARTICLE = re.compile(r"^(?:an?|one) (?=\w+[ -]\w)")
"""An article before a numerator ("a three-fifths majority")."""


def parse_fraction(text: str) -> float | None:
    """Value of a fraction in words.

    Example:
        >>> round(parse_fraction("two-thirds"), 4)
        0.6667
    """
    parts = _WORD_BREAK.split(_LEADING_ARTICLE.sub("", text.lower()))
    bottom = _FRACTIONS.get(parts[-1]) or _FRACTIONS.get(parts[-1].rstrip("s"))
    if bottom is None:
        return None
    top = (
        1.0
        if len(parts) == 1 or parts[0] == "a"
        else float(parts[0])
        if parts[0].isdigit()
        else float(_SMALL.get(parts[0], 1))
    )
    return top / bottom


_ARTICLE = re.compile(r"^an? ")
_HYPHENED = re.compile(r"-and-(?:a-)?")


def _mixed(text: str) -> float:
    """Value of a whole number and a part ("three and a half")."""
    whole, _, part = _HYPHENED.sub(" and a ", _ARTICLE.sub("", text.lower())).partition(" and ")
    number = float(whole) if whole.isdigit() else parse_words(whole)
    return (number or 0.0) + (
        parse_fraction(part.replace("-", " ").replace("three quarters", "three-quarters")) or 0.0
    )


def _scale(text: str | None) -> float:
    return SCALES[text.strip(" -").lower()] if text else 1.0


def read_number(match: re.Match[str]) -> Number | None:
    """Value of one match of `NUMBER`."""
    kind = match.lastgroup or ""
    start, end = match.span()
    if match["half"]:
        return Number(start, end, 6.0, "words", scaled=True)
    if match["ratio"] or match["share"]:
        return _ratio(match) if match["ratio"] else _share(match)
    if match["point"]:
        return _point(match)
    if match["oscale"]:
        return Number(start, end, 1.5 * SCALES[match["oscale"].lower()], "words", scaled=True)
    if match["mixed"]:
        return Number(start, end, _mixed(match["mixed"]) * _scale(match["xscale"]), "words", scaled=True)
    if match["fraction"]:
        value = parse_fraction(match["fraction"])
        if value is not None and match["fscale"]:
            return Number(start, end, _tidy(value * _scale(match["fscale"])), "words", scaled=True)
        return Number(start, end, value, "fraction") if value is not None else None
    if match["vague"]:
        lower = 1.0
        for word in match["vague"].lower().split():
            lower *= _VAGUE.get(word, SCALES.get(word, 1.0))
        return Number(start, end, None, "vague", lower=lower)
    if match["money"]:
        return _money(match)
    if match["digits"]:
        value = parse_digits(match["digits"]) * _scale(match["scale"])
        return Number(start, end, _tidy(value), "digits", scaled=bool(match["scale"]))
    if kind == "words" or match["words"]:
        parsed = parse_words(match["words"])
        compound = _COMPOUND.search(_ARTICLE.sub("", match["words"].lower()))
        return Number(start, end, parsed, "words", scaled=bool(compound)) if parsed is not None else None
    return None


def _money(match: re.Match[str]) -> Number:
    """An amount of money, with the country of its dollars where that stands behind ("$900 million Cdn")."""
    start, end = match.span()
    value = parse_digits(match["amount"]) * _scale(match["mscale"])
    sign = match["money"].upper().rstrip(".")
    currency = _CURRENCY.get(sign, match["money"] if len(match["money"]) == 3 else "USD")
    country = _WHOSE.match(match.string, end) if sign == "$" else None
    if country is not None:
        currency, end = _DOLLARS[(country[1] or country[2]).upper()], country.end()
    return Number(start, end, _tidy(value), "money", currency, scaled=bool(match["mscale"]))


def _ratio(match: re.Match[str]) -> Number | None:
    """Read "one in six" as a fraction, "nine out of 32" as two counts."""
    top, bottom = (
        float(p) if p.isdigit() else parse_words(p)
        for p in re.split(r" (?:(?:in|out of)(?: every)?|of every) ", match["ratio"].lower())
    )
    if not top or not bottom or top >= bottom:
        return None
    if " out of " in match["ratio"].lower() and bottom not in (3, 4, 5, 10, 100):
        return _first_of(match, top)
    return Number(match.start(), match.end(), top / bottom, "fraction")


def _point(match: re.Match[str]) -> Number | None:
    """Read decimals in words, with their scale ("one point four billion")."""
    value = parse_words(match["point"])
    if value is None:
        return None
    scaled = bool(match["pscale"])
    return Number(*match.span(), _tidy(value * _scale(match["pscale"])), "words", scaled=scaled)


def _share(match: re.Match[str]) -> Number | None:
    """Read "one request in three" as a fraction."""
    bottom = _BOTTOM.split(match["share"].lower())[-1]
    value = float(bottom) if bottom.isdigit() else parse_words(bottom)
    return Number(match.start(), match.end(), 1 / value, "fraction") if value and value > 1 else None


_BOTTOM = re.compile(r" (?:in|out of)(?: every)? ")


def _first_of(match: re.Match[str], top: float) -> Number:
    """First count of "nine out of 32"; the second is then read on its own."""
    size = len(re.split(r" out of", match["ratio"], flags=re.IGNORECASE)[0])
    return Number(
        match.start(), match.start() + size, top, "digits" if match["ratio"][0].isdigit() else "words"
    )


def restated(text: str, number: Number) -> Number:
    """A number in words with the same number in brackets behind it ("thirty-six (36)"), as one."""
    again = _AGAIN.match(text, number.end) if number.form == "words" else None
    return replace(number, end=again.end()) if again and parse_digits(again[1]) == number.value else number


def _tidy(value: float) -> float:
    """Take off the dust of a multiplication (42.5 x 1e6), keeping twelve significant digits."""
    return float(f"{value:.12g}")


_SCALED = re.compile(
    r"(thousand|million|billion|trillion|bn|mn|tn|m|b|k)$|(thousand|million|billion|trillion|[bmt]n)\b",
    re.IGNORECASE,
)
_LETTER = {"t": 1e12, "b": 1e9, "m": 1e6, "k": 1e3}


def scale_of(words: str) -> float:
    """Scale that an amount is written with: a thousand, a million ...; one where it has none."""
    found = _SCALED.search(words)
    if found is None:
        return 1.0
    name = (found[1] or found[2]).lower()
    return 1e3 if name == "thousand" else _LETTER[name[0]]
