"""Lines that only their neighbours tell apart from a story: mail headers, notes of a sender, mastheads, paid messages."""

from __future__ import annotations

import re
from dataclasses import replace

from foedus.evidence.blocks import Block
from foedus.evidence.boundaries import CLOCK, SALUTE
from foedus.evidence.furniture import DAYS, DAYS_SHORT, MONTHS, MONTHS_SHORT, TERMINAL, BlockKind, special

HEADER = re.compile(
    r"(?:> ?)*\*?(?:From|To|Cc|Bcc|Date|Sent|Subject|Reply-To|Attachments?):\*? ?\S", re.IGNORECASE
)
"""A line of a mail's header."""
FORWARDED = re.compile(
    r"(?:> ?)*(?:-{2,} ?(?:Forwarded|Original) (?:message|e-?mail)(?: follows)? ?-*|Begin forwarded message:|(?:Forwarded|Original) message:?)",
    re.IGNORECASE,
)
"""What a mail program puts over a message sent on."""
_GREETING = re.compile(
    r"(?:Good (?:morning|afternoon|evening|day)|Hello|Hi|Happy (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Welcome (?:back|to)|Morning, all|Dear (?:readers?|subscribers?|friends?|all))\b(?! from [A-Z])"
)
"""How a newsletter greets its readers."""
_PAID = re.compile(
    r"(?:a (?:message|word) from (?:our )?.{2,50}|(?:presented|sponsored|brought to you) by\b.{0,50}|(?:paid|partner|sponsored) (?:content|post|message|feature)\b.{0,50}|advertisement feature.{0,30})",
    re.IGNORECASE,
)
"""What stands over an advertisement in the form of a paragraph."""
_TAGLINE = re.compile(
    r"[^.!?]{3,80}\b(?:every|each) (?:(?:week)?day|morning|evening|week|month|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s?\b[^.!?]{0,30}\.?$|[^.!?]{0,50}\b(?:daily|weekly|fortnightly|monthly) (?:letter|newsletter|briefing|bulletin|digest|note|round-?up|look|guide)\b[^.!?]{0,60}\.?$",
    re.IGNORECASE,
)
"""What a letter says of itself under its name."""
_ABOUT_AUTHORS = re.compile(
    r"about the (?:authors?|writers?|contributors?)|the (?:authors?|writers?)", re.IGNORECASE
)
_CORRECTIONS = re.compile(
    r"(?:corrections?|clarifications?)(?: (?:and|&) (?:corrections?|clarifications?))?|for the record|setting the record straight|(?:an )?apology|how to write to us|your letters|letters to the editor|letters",
    re.IGNORECASE,
)
_AUTHOR_NOTE = re.compile(r"(?:a )?note from (?:the|our) (?:authors?|editors?|newsroom)", re.IGNORECASE)
_CREDIT = re.compile(
    r"(?:images?|photo(?:graph)?s?|pictures?|credit|foto|bild)(?::| by| courtesy of) ?\S[^.!?]{1,70}$",
    re.IGNORECASE,
)
"""Who took a picture, in a line of its own."""
_OFFER = re.compile(r"\b(?:sign up|newsletter|subscribe)\b", re.IGNORECASE)
_BOX = re.compile(r"\b(?:inbox|e-?mail|newsletter|every (?:\w+day|morning|week))\b", re.IGNORECASE)
_FIELD = re.compile(
    r"(?:enter )?(?:your )?e-?mail(?: address)?|sign up|subscribe|submit|sign me up", re.IGNORECASE
)
"""What stands on a form's field or button."""
_BUTTON = re.compile(
    r"(?:subscribe|sign (?:me )?up|join|donate|become an?|support us|give (?:now|today)|register|get (?:it|the)|start)\b",
    re.IGNORECASE,
)
_YOU = re.compile(r"\b(?:you|your|you[’'](?:re|ve|ll))\b", re.IGNORECASE)
_WE = re.compile(
    r"\b(?:we|we[’'](?:re|ve|ll)|our|us|subscri\w+|members?|free|newsletters?|articles?|stories)\b",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[“”\"]")
_HEADS: tuple[tuple[re.Pattern[str], BlockKind, int], ...] = (
    (_PAID, "boilerplate", 1),
    (_ABOUT_AUTHORS, "metadata", 3),
    (_AUTHOR_NOTE, "metadata", 1),
    (_CORRECTIONS, "boilerplate", 3),
)
"""What heads something that is no story, its kind, and how many paragraphs under it belong to it at most."""
_MOST = re.compile(
    r"(?:the )?most (?:read|popular|viewed|shared|commented|watched|discussed)\b|(?:now )?trending\b|top (?:stories|ten|10|5|five)\b|popular\b",
    re.IGNORECASE,
)
_RANK = re.compile(r"\d{1,2}[.)]? ?\S")
"""What counts the stories that most have read, and one of these."""
_LIST_OF = re.compile(r"list of \d{1,2} items?", re.IGNORECASE)
_LIST_END = re.compile(r"end of list", re.IGNORECASE)
LISTED = 40
"""Lines of an announced list at most."""
RANKS = 10
"""Titles in such a list at most."""
_DAY = re.compile(
    rf"(?:{DAYS}|{DAYS_SHORT})(?:,? (?:{MONTHS}|{MONTHS_SHORT}) \d{{1,2}}|,? \d{{1,2}} (?:{MONTHS}|{MONTHS_SHORT}))?(?::| [–—-]) ?\S"
)
_NAME = r"(?:(?:Dr|Sir|Dame|Prof(?:essor)?)\.? )?[A-ZÀ-Ž][\w’'\-]*[a-zà-ž](?: (?:[A-ZÀ-Ž]\.|de|van|von|der|ter|al|den))? [A-ZÀ-Ž][\w’'\-]*[a-zà-ž](?: [A-ZÀ-Ž][\w’'\-]*[a-zà-ž])?"
_FULL_NAME = re.compile(r"[A-ZÀ-Ž][\w’'\-]+ (?:[A-ZÀ-Ž]\. )?[A-ZÀ-Ž][\w’'\-]+")
_BY = re.compile(r"\b[Bb]y\b")
_WRITER = re.compile(
    r"([A-ZÀ-Ž][\w’'\-]+ (?:[A-ZÀ-Ž]\. )?[A-ZÀ-Ž][\w’'\-]+),? (?:(?:an? |the |our )[^.]{0,60}?(?:reporter|correspondent|editor|columnist|writer|journalist|bureau chief)\b|(?:is|was|has been) (?:an?|the|our|[A-Z][\w’']+[’']s)\b[^.]{0,80}?(?:reporter|correspondent|editor|columnist|writer|journalist|bureau|fellow|professor|lecturer|contributor|author|analyst|director)\b|(?:covers|reports (?:on|from|for)|writes (?:about|on|for)|is based in|has (?:covered|reported|written)|joined)\b)",
)
"""Somebody's name, and that she writes for the paper."""
_ROLE = r"(?:[A-Za-z]+ ){0,3}(?:editor|correspondent|reporter|columnist|writer|bureau chief|analyst)"
_NAMES = re.compile(rf"{_NAME}(?:, {_NAME})*(?:,? and {_NAME})?(?:,? (?:in )?[A-ZÀ-Ž][\w\-]+|,? {_ROLE})?")
"""Names in a line of their own, with office or place."""
_SURE = re.compile(rf"\bDr\b|\bProf|\b(?:{_ROLE})$")
NOTE = 120
"""Most words that somebody who sends an article on puts before it."""
GREETING = 60
"""Most words of a newsletter's greeting."""


def settle(blocks: list[Block]) -> list[Block]:
    """Change the kinds of blocks that their neighbours tell."""
    blocks = _mail(blocks)
    for step in (
        _headed,
        _ranked,
        _spoken_lists,
        _letters,
        _bylines,
        _masthead,
        _boxes,
        _offers,
        _twice,
    ):
        blocks = step(blocks)
    return blocks


def _as(block: Block, kind: BlockKind) -> Block:
    return replace(block, kind=kind)


def _mail(blocks: list[Block]) -> list[Block]:
    """Headers of mails, marks of sending on, and what the sender wrote before the first of these."""
    header = [HEADER.match(b.text) is not None for b in blocks]
    marks = [i for i, b in enumerate(blocks) if FORWARDED.match(b.text) and b.words <= 6]
    if not marks and sum(header) < 2:
        return blocks
    found = set(marks)
    for i, is_header in enumerate(header):
        if is_header and (header[i - 1 : i] == [True] or header[i + 1 : i + 2] == [True] or i - 1 in marks):
            found.add(i)
    out = [_as(b, "metadata") if i in found else b for i, b in enumerate(blocks)]
    if not marks:
        return out
    note = [i for i in range(marks[0]) if i not in found]
    if sum(blocks[i].words for i in note) > NOTE:
        return out
    return [_as(b, "boilerplate") if i in set(note) else b for i, b in enumerate(out)]


def _headed(blocks: list[Block]) -> list[Block]:
    """A line that names what is no story, with what stands under it."""
    out = list(blocks)
    for i, block in enumerate(blocks):
        if block.words > 10:
            continue
        line = block.text.strip(" -–—:*#")
        found = next(((kind, most) for form, kind, most in _HEADS if form.fullmatch(line)), None)
        if found is None:
            continue
        kind, most = found
        out[i] = _as(block, kind)
        for j in range(i + 1, min(i + 1 + most, len(blocks))):
            if out[j].kind != "body" or blocks[j].words > 80:
                break
            out[j] = _as(blocks[j], kind)
    return _calendar(out)


def _ranked(blocks: list[Block]) -> list[Block]:
    """Numbered titles under what names the stories that most have read."""
    out = list(blocks)
    for i, block in enumerate(blocks):
        if block.words > 6 or not _MOST.match(block.text):
            continue
        for j in range(i + 1, min(i + 1 + RANKS, len(blocks))):
            if blocks[j].words > 25 or not _RANK.match(blocks[j].text) or TERMINAL.search(blocks[j].text[-4:]):
                break
            out[j] = _as(blocks[j], "related")
    return out


def _spoken_lists(blocks: list[Block]) -> list[Block]:
    """Lists as a screen reader announces them, which news sites use for other stories."""
    out = list(blocks)
    for i, block in enumerate(blocks):
        if block.words > 5 or not _LIST_OF.fullmatch(block.text):
            continue
        end = next(
            (j for j in range(i, min(i + LISTED, len(blocks))) if _LIST_END.fullmatch(blocks[j].text)), i
        )
        for j in range(i, end + 1):
            out[j] = _as(blocks[j], "related")
    return out


def _calendar(blocks: list[Block]) -> list[Block]:
    """Days with what falls on them, three or more in a row."""
    days = [_DAY.match(b.text) is not None and b.words < 20 for b in blocks]
    listed = {i + k for i in range(len(days) - 2) if all(days[i : i + 3]) for k in range(3)}
    return [_as(b, "boilerplate") if i in listed else b for i, b in enumerate(blocks)]


def _bylines(blocks: list[Block]) -> list[Block]:
    """Names under a headline, and the standfirst over them."""
    out = list(blocks)
    for i in range(1, len(blocks) - 1):
        block, above, below = blocks[i], out[i - 1], blocks[i + 1]
        if block.kind != "short" or CLOCK.fullmatch(above.text) or not _NAMES.fullmatch(block.text):
            continue
        sure = _SURE.search(block.text) is not None
        loose = above.kind in ("short", "caption", "body") and not TERMINAL.search(above.text[-4:])
        if loose and above.words >= 4 and (below.kind in ("body", "metadata") or sure):
            out[i] = _as(block, "metadata")
    for i in range(1, len(out) - 1):
        above, block, below = out[i - 1], out[i], out[i + 1]
        loose = block.kind in ("caption", "body") and not TERMINAL.search(block.text[-4:])
        loose = loose and special(block.text, block.words) is None
        if loose and above.kind == "short" and below.kind == "metadata" and block.words <= 45:
            out[i] = _as(block, "short")
    return out


def writers(blocks: list[Block]) -> set[int]:
    """Numbers of the paragraphs in which a paper says something of those whom a byline above has named."""
    names: set[str] = set()
    found: set[int] = set()
    told = 0
    for i, block in enumerate(blocks):
        if block.kind == "metadata" and block.words <= 24:
            named = {name.casefold() for name in _FULL_NAME.findall(_BY.sub("", block.text))}
            told = 0 if named - names else told
            names |= named
        elif block.kind == "body":
            told += 1
            if told > 3 and names and 8 <= block.words <= 60:
                writer = _WRITER.match(block.text)
                if writer is not None and writer[1].casefold() in names:
                    found.add(i)
    return found


_REPORTS = re.compile(r"\b(?:said|confirmed|told|announced|according to|published|reported|warned)\b")
"""What a paragraph does and a caption hardly ever."""


def _boxes(blocks: list[Block]) -> list[Block]:
    """What stands with an offer of a newsletter, and what a picture shows over the line with its credit."""
    out = list(blocks)
    for i in range(1, len(blocks)):
        above, block = out[i - 1], blocks[i]
        if block.words > 45 or block.kind not in ("body", "short"):
            if (
                _CREDIT.match(block.text)
                and above.kind in ("body", "short")
                and above.words <= 30
                and i > 1
                and not _REPORTS.search(above.text)
            ):
                told = out[i - 2].kind
                out[i - 1] = _as(above, "caption") if told != "short" or above.kind == "body" else above
            continue
        if (
            above.kind == "boilerplate"
            and above.words <= 30
            and _OFFER.search(above.text)
            and _BOX.search(block.text)
        ):
            out[i] = _as(block, "boilerplate")
    return out


def _offers(blocks: list[Block]) -> list[Block]:
    """What a paper says for itself, in a whole paragraph, over the button that takes up its offer."""
    out = list(blocks)
    for i in range(len(blocks) - 1):
        block, below = blocks[i], blocks[i + 1]
        if (
            block.kind == "body"
            and block.words <= GREETING
            and below.words <= 6
            and _BUTTON.match(below.text)
            and _YOU.search(block.text)
            and _WE.search(block.text)
            and not _MARKS.search(block.text)
        ):
            out[i] = _as(block, "boilerplate")
    return out


def _twice(blocks: list[Block]) -> list[Block]:
    """A picture's text that stands a second time with its credit, and what a newsletter's box says between its lines."""
    out = list(blocks)
    for i in range(len(blocks) - 1):
        block, below = out[i], blocks[i + 1]
        if (
            block.kind in ("body", "short")
            and below.kind == "caption"
            and below.text.startswith(block.text.rstrip("."))
        ):
            out[i] = _as(block, "caption")
        boxed = i > 0 and out[i - 1].kind == "boilerplate" and _OFFER.search(out[i - 1].text)
        field = below.kind == "boilerplate" or (below.kind == "short" and _FIELD.fullmatch(below.text))
        if (
            boxed
            and field
            and block.kind in ("body", "short")
            and block.words <= 30
            and not _REPORTS.search(block.text)
        ):
            out[i] = _as(block, "boilerplate")
        if _FIELD.fullmatch(block.text) and (boxed or (i > 0 and out[i - 1].kind == "boilerplate")):
            out[i] = _as(block, "boilerplate")
    return out


def _letters(blocks: list[Block]) -> list[Block]:
    """Names and places under letters to a paper."""
    at = [i for i, b in enumerate(blocks) if b.kind == "body" and SALUTE.match(b.text)]
    if len(at) < 2:
        return blocks
    out = list(blocks)
    for n, here in enumerate(at):
        stop = at[n + 1] if n + 1 < len(at) else len(blocks)
        last = max(i for i in range(here, stop) if blocks[i].kind == "body") if n + 1 < len(at) else here
        run = [i for i in range(last + 1, stop) if blocks[i].kind == "short"]
        if n + 1 == len(at):
            run = run[:2]
        elif len(run) > 2 or (len(run) == 2 and any(w[0].islower() for w in blocks[run[1]].text.split())):
            run = run[:-1]
        for i in run:
            out[i] = _as(blocks[i], "metadata")
    return out


def _masthead(blocks: list[Block]) -> list[Block]:
    """Name, motto and greeting at the head of a letter to its readers."""
    out = list(blocks)
    first = next((i for i, b in enumerate(blocks) if b.kind == "body"), 0)
    name = blocks[0] if first > 2 else None
    if (
        name is not None
        and name.kind == "short"
        and name.words <= 4
        and name.text.isupper()
        and [b.kind for b in blocks[1:3]] == ["metadata", "short"]
    ):
        out[0] = _as(name, "metadata")
    motto = next((i for i in range(first) if _TAGLINE.match(blocks[i].text)), None)
    if motto is not None:
        for i in range(motto + 1):
            out[i] = _as(out[i], "metadata") if out[i].kind == "short" else out[i]
    lead = blocks[first] if blocks else None
    if lead is None or not _GREETING.match(lead.text) or lead.words > GREETING or first + 1 >= len(blocks):
        return out
    if blocks[first + 1].kind != "body":
        out[first] = _as(lead, "boilerplate")
    return out
