"""Numbers that name something by where they stand: models, exercises, streets, hours, gates."""

from __future__ import annotations

import re

from foedus.evidence.numerals import Number

_ORDINAL = re.compile(
    r"-(?:fold|something|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b(?! of\b)"
)
MANY = 1000
"""What is numbered has smaller numbers."""
_MEASURED = re.compile(
    r"[ -](?:metres?|meters?|km|kilomet|miles?|feet|foot|mm|cm|tonnes?|tons?|years?|months?|weeks?|days?|hours?|minutes?|per ?cent)|%"
)
_KIND_NUMBER = re.compile(
    r"\b(?:[Cc]ategory|[Pp]hase|[Tt]ier|[Gg]rade|[Pp]illar|[Oo]ption|[Ss]cenario|[Gg]ate|[Pp]latform|[Pp]ier|[Bb]erth|[Zz]one|[Hh]angar|[Bb]unker|[Vv]ersion|[Jj]unction|[Aa]partment|[Ff]light|[Vv]erse|[Ss]tep|[Pp]ages?|[Ff]ootnotes?|[Ff]igure|[Tt]able|[Ss]lide|[Aa]nnex|[Ss]eat|[Rr]ow|[Tt]ranche|[Ll]ot|[Bb]atch|[Ss]erial|[Mm]odel|[Rr]unway|[Ss]ector|[Tt]erminal|[Dd]istrict|[Hh]ighway|[Rr]oute|[Ww]arehouse|[Hh]ut|[Cc]hannel|[Ff]requency|(?:[Oo]n|[Bb]y|[Ff]rom|[Uu]ntil|[Ss]ince|[Aa]fter) [Dd]ay) $"
)
"""What is numbered and not counted: category two, gate 12."""
_IN_NAME = re.compile(r"[“\"‘'«„](?:[A-ZÀ-Ž][\w’'\-]+ ){1,3}$")
_NAME_ENDS = re.compile(r"[”\"’'»“]")
_EXERCISE = re.compile(r"\b[Ee]xercises? (?:[A-ZÀ-Ž][\w’'\-]+ ){1,3}$")
_QUOTED = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|so-called) [“\"‘]$")
_FEW_WORDS = re.compile(r" [a-z]+(?: [a-z]+)?[”\"’] [a-z]")
"""What a name in quotation marks goes on with (the “three principles” on exports)."""
_ENTITLED = re.compile(r"\b(?:entitled|titled|called|headlined|named|dubbed|codenamed|code-named) [“\"‘']$")
"""What stands before a title in quotation marks that begins with a number."""
_CALLED = re.compile(r"\b[A-Z][a-z]+ $")
"""What stands before a number that is part of a name ("the Big Four")."""
_NUMBERED_LINE = re.compile(r"\.\s+(?=[A-Z“\"‘'(])")
"""What follows the number of a paragraph."""
_STREET = re.compile(
    r" (?:[A-Z][\w’'\-]+ ){1,3}(?:Street|Road|Avenue|Lane|Square|Drive|Boulevard|Terrace|Crescent|Way|Place|Quay)\b| (?:Years?|Days?)[’']? War\b"
)
_MODEL = re.compile(
    r"\d (?:[A-Z][\w’'\-]+ ){1,2}$|\b(?:an?|the|two|three|four|six|eight|ten|twelve|new|old) [A-Z][a-z]+ $"
)
"""What the number of a model follows ("12 Challenger 2 tanks")."""
_YEAR_MARK = re.compile(r"(?:^|\s)[’']$")
"""What stands before a year of two figures ("Landstuhl ’06")."""
_CODE = re.compile(r" [A-Z]\d[A-Z\d]+\b")
_BY_NAME = re.compile(r"\b[A-Z][A-Za-z]+ $")
"""A model's number between its name and its version ("Aster 30 B1NT")."""
HOURS = 4
"""Digits of an hour told the military way."""
BARE = 100
"""A model's number is smaller."""
_KIND = re.compile(r" [a-z]+s\b")
_BY_CLOCK = re.compile(r"\b(?:at|by|from|until|till|since|before|after|to|between|and) $")
_AT_TIME = re.compile(r"\b(?:at|from|until|till|by|before|after) [012]?\d\.[0-5]\d$")


_UNIT = re.compile(
    r"\b[A-Z][a-zäöüß]+(?:brigade|division|bataillon|regiment|geschwader|staffel|korps|bataljon|brigad) $"
)
"""A foreign unit before its number ("Panzerbrigade 45")."""
_HOUR_LED = re.compile(
    r"\b(?:[Aa]t|[Uu]ntil|[Tt]ill|[Aa]round|[Aa]bout|[Bb]efore|[Aa]fter)(?: (?:about|around|nearly|almost|exactly|just after|just before))? $"
)
_SINCE = re.compile(r"\b(?:[Bb]y|[Ff]rom|[Ss]ince|[Uu]p at|[Bb]etween) $")
_MINUTES_ON = re.compile(
    r" (?:minutes )?(?:to|past) (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d\d?)\b"
)
_MINUTES = re.compile(r"\b(?:five|ten|quarter|twenty|twenty-five|half)(?: minutes)? (?:to|past) $")
_OF_DAY = re.compile(r" in the (?:morning|afternoon|evening|small hours)\b| at night\b| o[’']clock\b")
_AT_ONE = re.compile(r"(?:^|[,;:.] |[“\"‘]|\b(?:and|but|then) )[Aa]t $")
_HE_WILL = re.compile(r" (?:I|you|he|she|it|we|they|there)\b")
LAST_HOUR = 12
MOST_MINUTES = 25


def _tells_time(text: str, number: Number, start: int, before: str, after: str) -> bool:
    """Whether a number is an hour or the minutes before or after it ("at twenty to two in the morning")."""
    value = number.value or 0
    if value > MOST_MINUTES or number.scaled or number.form not in ("words", "digits"):
        return False
    led = _HOUR_LED.search(before)
    if led and not value % 5 and _MINUTES_ON.match(after) and number.form == "words":
        return True
    minutes = _MINUTES.search(before)
    if minutes and _HOUR_LED.search(text, max(start, number.start - 48), number.start - len(minutes.group())):
        return True
    if value > LAST_HOUR:
        return False
    return bool(
        ((led or minutes or _SINCE.search(before)) and _OF_DAY.match(after))
        or (number.form == "words" and _AT_ONE.search(before) and _HE_WILL.match(after))
    )


def numbered(text: str, number: Number, start: int, before: str, after: str) -> bool:
    """Whether a number names something, by the words before and after it."""
    if _tells_time(text, number, start, before, after) or _UNIT.search(before):
        return True
    numbers = _KIND_NUMBER.search(before) is not None and not _MEASURED.match(after)
    if (numbers and (number.value or 0) < MANY) or (
        number.form == "words" and (number.value == 0 or _STREET.match(after))
    ):
        return True
    if _ORDINAL.match(after) or (_QUOTED.search(before) and _FEW_WORDS.match(after)):
        return True
    called = number.form == "words" and text[number.start].isupper() and _CALLED.search(before)
    if called or _ENTITLED.search(before):
        return True
    if number.form != "digits":
        return False
    if number.start == start and not number.scaled and _NUMBERED_LINE.match(after):
        return True
    if _STREET.match(after) or _EXERCISE.search(before):
        return True
    year = _YEAR_MARK.search(before) and number.end - number.start == len("06")
    if year or (_CODE.match(after) and _BY_NAME.search(before)):
        return True
    if _NAME_ENDS.match(after) and _IN_NAME.search(before):
        return True
    if (number.value or 0) < BARE and _KIND.match(after) and _MODEL.search(before):
        return True
    digits = text[number.start : number.end]
    if len(digits) == HOURS and after.startswith(" hours") and (digits[0] == "0" or _BY_CLOCK.search(before)):
        return True
    if number.start == start and re.fullmatch(r"[012]?\d\.[0-5]\d", digits):
        return True
    at_time = _AT_TIME.search(text, max(start, number.start - 8), number.end)
    return at_time is not None and re.match(r"[.,;]|$| on\b", after) is not None
