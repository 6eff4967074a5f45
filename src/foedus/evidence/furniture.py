"""What papers put around and between their paragraphs: menus, bylines, captions, notices."""

from __future__ import annotations

import re
from typing import Literal

BlockKind = Literal[
    "body", "short", "navigation", "caption", "metadata", "cookie", "related", "boilerplate", "oversized"
]

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
MONTHS_SHORT = r"Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?"
DAYS_SHORT = r"Mon\.?|Tues?\.?|Wed\.?|Thur?s?\.?|Fri\.?|Sat\.?|Sun\.?"
DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
DATE_PATTERN = rf"(?:(?:{DAYS}|{DAYS_SHORT}),?\s+)?(?:(?:{MONTHS}|{MONTHS_SHORT})\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\s+(?:{MONTHS}|{MONTHS_SHORT})(?:\s+\d{{4}})?|\d{{4}}-\d\d-\d\d|\d{{1,2}}/\d{{1,2}}/\d{{4}})"

_NAV_WORDS = frozenset(
    """menu home news world business sport sports weather games politics opinion video videos audio podcasts podcast culture
    travel technology tech science health climate live more search login subscribe newsletters newsletter account profile
    share print email facebook twitter x linkedin whatsapp reddit telegram copy link save bookmark comments comment topics
    tags about contact careers advertise help faq sitemap accessibility privacy terms cookies settings editions edition
    defence defense europe asia africa americas australia canada uk us usa international national local regional economy
    markets money arts entertainment lifestyle style fashion food magazine photos pictures gallery obituaries jobs shop
    crosswords puzzles cartoons features analysis explainers investigations archive archives today trending latest
    skip close next previous back top advertisement ad sponsored feedback support donate members register""".split()
)
_NAV_LINE = re.compile(
    r"^(?:skip to (?:main )?(?:content|navigation)|sign (?:in|up|out)|log ?in|log ?out|my account|main menu|all sections|see all|show more|load more|view (?:all|more)"
    r"|back to top|most (?:read|popular|viewed|shared)|read next|more (?:on|from|in|about) .{1,60}|related topics?|tags?:.*|topics?:.*|filed under.*|in this (?:article|story)|follow us.*|"
    r"share (?:this|on|via).*|reuse this content|leave a (?:comment|reply)|(?:older|newer) posts?|read more on .{1,40}|explore more on .{1,40}|skip advertisement|most (?:read|viewed) in .{1,40}|copy link|page \d+ of \d+|exclusive|contact us|about us|terms (?:of|and|&).*|privacy (?:policy|notice).*|cookie (?:policy|settings).*|site ?map|rss(?: feeds?)?|newsletters?|"
    r"our apps?|download (?:the|our) app.*|gift (?:this )?article|listen to (?:this )?article.*|watch live|live updates?|jump to (?:the )?.{1,20}|summary: what .{1,30}|what you need to know|breaking news|top stories|editors?['’] picks?|"
    r"you (?:may|might) (?:also )?like.*|related content|write for us.*|(?:story|article) continues|enter your e-?mail(?: address)?|view image in fullscreen|image \d+ of \d+|back to gallery|trending(?: now)?|latest (?:news|stories|headlines)|around the web|sponsored.*|recommended(?: for you)?|home ?page|\W{1,8})$",
    re.IGNORECASE,
)
_COOKIE = re.compile(
    r"\b(?:we (?:and our partners )?use cookies|accept (?:all )?cookies|cookie (?:notice|consent|preferences)|manage (?:your )?(?:cookie|privacy) (?:settings|preferences)|your consent)\b",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"^(?:read (?:more|also|next|the latest)|also in .{1,30}|more on this|from the archives?|related(?: stories| articles| news| content)?|see also|also read|don['’]t miss|more:|recommended reading|watch|listen|explainer)\s*(?:[:>|»—–-].*)?$|^(?:read (?:more|also)|related|see also|also read|also|watch|listen|recommended|more):|^(?:read )?more (?:about|on|from) [^.!?:]{2,60}:$",
    re.IGNORECASE,
)
_BOILER_HEAD = re.compile(
    r"(?:©|\(c\)|copyright\b)"
    r"|(?:notes? (?:to|for) (?:the )?editors?|press contacts?|media (?:contacts?|enquiries|inquiries)|(?:for (?:more|further) information|for (?:media|press"
    r") (?:enquiries|inquiries))\b.*|[\[(]?ends[\])]?|[-–—*] ?(?:ends|30) ?[-–—*]|-+ ?ends ?-+|-30-|#+)\W*$"
    r"|\(?(?:(?:additional |further )?(?:reporting|writing|editing|research|translation|production)(?: and (?:reporting|writing|editing))? by\b|edited by\b|"
    r"compiled by|our standards:|advertisement$|this (?:article|story) (?:was|is|has been) (?:originally|first|amended|updated|corrected|published|produced|"
    r"adapted)|a version of this article|follow .{2,60} on (?:x|twitter|facebook|instagram)|download (?:the|our)|click here|support (?:our|independent) jour"
    r"nalism|have (?:you )?(?:a )?(?:news tip|story)|got a tip|enjoyed this|join (?:us|our)|for more (?:news|stories)|this (?:content|page|site|website) (?:"
    r"is|was|uses|requires)|please (?:enable|disable|consider|support)|comments are closed|correction:|(?:a )?(?:correction|clarification) was (?:made|published|added)|an earlier version of (?:this|the) (?:article|story|report|headline|page)|editor['’]s note:|\W*disclaimer|to unsubscribe|unsubs"
    r"cribe\b|view (?:this |it )?(?:e-?mail )?in (?:your|a|the) browser|send (?:us )?(?:your )?tips|(?:a )?(?:big )?thanks to (?:our|the) (?:editor|producer"
    r"|team)|subscribe (?:to|for|now|here)\b|become a (?:member|subscriber|supporter|patron)|note from (?:the|our) (?:author|editor|newsroom)|the views expr"
    r"essed|(?:the )?opinions expressed|republish this|cite this|reprinted (?:with|by)|this is an? (?:edited|abridged)|get (?:our|the|this) .{0,60}\bin your"
    r" inbox|sent to you|you are receiving|you['’]re receiving|forwarded this|was this (?:article|newsletter|(?:e-?mail|letter|message|briefing) forwarded)|you (?:have )?received this|tips to \S+@|(?:story|article) continues (?:below|after)|enter your e-?mail|by signing up|letters (?:should|may|must|can) be (?:sent|e-?mailed|edited)|[A-Z][\w ]{2,40} is (?:put together|edited|compiled|produced|published|written)\b.{0,60}\bby\b|thanks to .{2,60} for (?:editing|reading|producing|subscribing)|this (?:e-?mail|message) (?:and any|may contain|is confidential|was sent)|if you (?:are|were) not the intended|to advertise|tell us what|what (?:do|did) you think|post a comment|leave a comment|have your say|"
    r"join the (?:conversation|debate)|privacy notice:|this audio (?:is|was|version)|thank(?:s| you) for reading|to play this video|if (?:every(?:one|body)|all) (?:who |of you )?read(?:s|ing)?\b|(?:[Mm]edia|[Pp]ress|[Pp]ublic)(?:/\w+)? contacts?:)",
    re.IGNORECASE,
)
"""How lines begin that belong to the site or the sender."""
_SITE = re.compile(
    r"this (?:article|story|piece) is one of your\b|support (?:local|independent|our) (?:stories|news|reporting|papers?)\b|you are reading\b|you have (?:\d+|one|two|three|reached|read)\b.{0,40}articles?\b|this (?:article|story|piece|column) (?:first|originally) (?:appeared|ran)"
    r"|don[’']t miss\b|follow \S.{1,50} on (?:google news|threads|whatsapp|telegram|bluesky|linkedin|youtube|facebook|x|instagram)\b|listen(?:ing)?(?: to this (?:article|story))?:? ?\d+ ?min"
    r"|(?:this audio (?:is|was) )?(?:created|generated|made) with (?:ai\b|artificial)|(?:new ?)?you can now listen|(?:story|article) continues$|all questions regarding this proposed"
    r"|comments have to be|terms (?:&|and) conditions|limited[- ]time offer|(?:complete|unlimited) digital access|add \S.{1,30} on google|hey there\b|note from the author"
    r"|stay informed\b|(?:in-depth|expert) (?:analysis|reporting|insights?) delivered|explore our (?:related|latest)|for terms of use|have an idea for|write for us\b|you have noticed a mistake|transmittal no\b"
    r"|(?:do you have|have you got|got) an? (?:story|tip)\b|(?:want|need) more\? (?:get|read|register|subscribe|sign)\b",
    re.IGNORECASE,
)
"""More of what sites set between and under paragraphs."""
_BOILER = re.compile(
    r"\bcontributed (?:to this (?:report|story|article)|reporting)\b|\b(?:reporting|research) was contributed\b"
    r"|\ball rights reserved\b"
    r"|\bsubscribe (?:now|today|here|to (?:our|the|continue))\b"
    r"|\bsign up (?:for|to|here)\b"
    r"|\bget (?:our|the) .{0,40}\bnewsletter\b"
    r"|\bto continue reading\b"
    r"|\bregister for free\b"
    r"|\b(?:delivered|straight|sent) to your inbox\b"
    r"|, your (?:(?:twice-|bi-?)?(?:daily|weekly|monthly|morning|evening)|regular|essential) (?:\w+ ){0,3}(?:guide|briefing|newsletter|dose|round-?up|look|d"
    r"igest|update|read)\b"
    r"|\bpage can['’]t be (?:displayed|loaded)\b",
    re.IGNORECASE,
)
_BOILER_KEYS = (
    "contribut",
    "rights reserved",
    "subscribe",
    "sign up",
    "newsletter",
    "continue reading",
    "register for",
    "inbox",
    "page can",
    ", your ",
)
"""One of these stands in every line that `_BOILER` finds."""
_CREDIT_KEYS = (
    "/",
    ":",
    " for The ",
    "AP",
    "AFP",
    "Reuters",
    "REUTERS",
    "EPA",
    "PA",
    "TASS",
    "DPA",
    "dpa",
    "Getty",
    "Photo",
    "Image",
    "Crown",
    "Credit",
    "Pool",
    "Bloomberg",
    "Shutterstock",
    "NATO",
    "Handout",
    "File photo",
    "Alamy",
    "photo",
    "via ",
    "hide caption",
)
"""One of these stands in every line that `_CREDIT` finds."""
_MARKS = re.compile(r"[\"“”]")
_STOPPED = re.compile(r"[.!?][\"”]?$")
_QUOTED_SAYING = re.compile(r"[“”\"].*(?:said|says)")
_STOP_AND_BRACKET = re.compile(r"[.!?][\"”’]?\s*[\[(]")
_TELLS = re.compile(
    r"[\"“”]|\b(?:said|says|will|would|could|has|have|had|told|confirmed|announced|published|according)\b"
)
"""Signs of a story's sentence rather than a caption."""
_PARTED = re.compile(r"\s[|›»•·/>]\s")
_META = re.compile(
    rf"^(?:exclusive:? |opinion:? |analysis:? |comment:? )?by [A-Z][^.!?]{{3,120}}$|^(?:for immediate release|(?:press|news|media) (?:release|advisory|statement|notice)|embargoed\b.{{0,60}}|news release\b.{{0,40}}|translated (?:from|by)\b[^.!?]{{2,60}}|edited by [A-Z][^.!?]{{3,80}}|(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: morning)? edition\b.{{0,60}}|(?:morning|evening|weekend|late|early|print) edition\b.{{0,60}}|reading time\b.{{0,20}}|(?:rush |unofficial |edited )?transcript|\((?:rush |unofficial |edited )?transcript\b[^?!]{{0,60}}\)|(?:english )?translation|(?:the )?[A-Z][\w’'&.\- ]{{2,40}}, (?:{DATE_PATTERN})|(?:\d{{1,2}}\.\d{{1,2}}\.\d{{4}})\b.{{0,30}}|(?:story|article) by .{{3,60}}|(?:release|ref|reference)(?: no)?\.?:? ?(?:no\. ?)?[\w/\-]*\d[\w/\-]*)$"
    rf"|^(?:{DATE_PATTERN})[,\s|·•-]*(?:at\s+)?\d{{1,2}}[:.]\d\d\s*(?:[ap]\.?m\.?)?.{{0,12}}\(?(?:updated|published|modified|posted)\b.{{0,60}}$"
    rf"|^(?:by|from|words?:?|text:?|author:?|story by|analysis by|written by)\s+[A-Z](?:[^.!?]|\.(?=\s?[A-Z]))*$|^(?:published|updated|last (?:updated|modified)|posted|first published|created|modified|date)\b(?:[^.!?]|\.(?=\d)){{0,80}}$|^(?:published|updated|last (?:updated|modified)|posted|first published|issued)\b:? .{{0,30}}\d.{{0,50}}$"
    rf"|^(?:{DATE_PATTERN})(?:[,\s|·•-]*(?:at\s+)?\d{{1,2}}[:.]\d\d\s*(?:[ap]\.?m\.?)?\s*[A-Z]{{0,4}})?\s*(?:[|·•,]\s*[^.!?]{{0,40}})?$|^\d+[ -]min(?:ute)?s?(?:\s+read)?\W*$|^\d+\s+(?:hours?|minutes?|days?)\s+ago$|^\d+\s+comments?$"
    rf"|^(?:{DATE_PATTERN})\s+(?:—|–|-|\|)\s+\S.{{0,40}}$|^(?:{DATE_PATTERN}),? (?:at )?\d{{1,2}}[:.]\d\d\b.{{0,70}}$"
    rf"|^[^.!?“\"]{{0,40}}[/|·•] ?(?:published|updated|posted)\b:? (?:{DATE_PATTERN})?.{{0,40}}$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"From: (?:The |Ministry|Department|Office|Prime|Foreign|Home|Cabinet|Government|Embassy|Rt )"
)
"""The sender over a release."""
WIRE = re.compile(
    r"[A-Z][A-Z0-9'’.\-]*/(?:[A-Z0-9'’\- ]*)(?: ?\([A-Z0-9 .]+\))?$|\(?(?:UPDATE|WRAPUP|LEAD|REFILE|RPT) \d{0,2}\)?$|(?:BC|AM|PM)-[A-Z][\w\-]+(?:,.{0,40})?$"
    r"|[*•·(–-] ?(?:Adds|Updates|Recasts|Corrects|Rewrites|Changes|Removes|Fixes|Repeats|Refiles|Writes through)\b.{0,120}$"
    r"|(?:Policy|Research|Working|Briefing|Discussion|Occasional) (?:[Bb]rief|[Pp]aper|[Nn]ote)\b[^.!?]{0,20}\d[^!?]{0,20}$"
    r"|(?:Issue|Vol(?:ume)?\.?|No\.|Edition|Number) ?#?\d+\b[^!?]{0,50}$|(?:Live )?(?:[Cc]overage|[Rr]eporting|[Aa]nalysis|[Ii]nterview|[Tt]ext) by [A-Z][^.!?]{2,80}$"
)
"""Slugs, notes on a new version, numbers of an issue, and who keeps a live page."""
_CREDIT = re.compile(
    r"(?=[(/.!?)A-Zdhv])(?:"
    r"\((?:Image|Picture|Pic|Photo|Photograph|Credit|Source|Foto)s?: ?[^()]{2,60}\)\.?$|\bCrown [Cc]opyright\b|\bhide caption$|\bGetty Images\b|\bAP Photo\b|\bPhoto(?:graph)?s?(?: by\b|:| credit\b)|[.!?)][”\"’']? (?:Source|Picture|Pic|Illustration|Graphic|Foto|Bild|Image|Video|Photographer)s?: ?[A-Z][^.!?]{2,60}$|\bCredit(?:\.\.\.|…|:)|\bImage (?:credit|source|caption)\b|\b(?:AFP|Reuters|EPA|REUTERS|Shutterstock|Anadolu|Xinhua|TASS|DPA|dpa)\s*/|/\s*(?:AFP|Reuters|EPA|AP|REUTERS|Shutterstock|Anadolu|dpa|The New York Times|Bloomberg)\b|\bvia (?:AP|Reuters|AFP|Getty)\b|\bPool (?:Photo )?via\b"
    r"|[.!?][”\"’']? (?:AP|AFP|Reuters|REUTERS|EPA|PA|TASS|dpa|DPA|Bloomberg|Shutterstock|Getty|NATO|Handout|File photo|Alamy)\.?$"
    r"|[.!?] (?:Credit:? ?)?[A-Z][\w’'\-]+ (?:[A-Z]\. )?[A-Z][\w’'\-]+ ?(?:for The [A-Z]|/ ?[A-Z])[^.!?]{1,40}$)"
)
"""Whose a picture is; where none of these may begin, the rest is not tried."""
_CAPTION_HEAD = re.compile(
    r"^(?:file(?: photo| picture| image)?|photo(?:graph)?|picture|pictured|image|image caption|caption|in this .{0,40}(?:photo|image|picture)[^,]*)\b\s*(?:[:—–(,-]|taken)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(?:\[\d{1,2}/\d{1,2}\]|\d{1,2} of \d{1,2} \|)\s*[A-Z]")
"""One of several pictures."""
_CREDITED = re.compile(
    r"(?<![.!?”\"])\s[/|]\s(?:[A-ZÀ-Ž]\. ?|[A-ZÀ-Ž][\w.’'\-]+ ){0,3}[A-ZÀ-Ž][\w.’'\-]+\s?/\s?[A-Z]\w+$|(?<=[.\d])\s[/|]\s(?:[A-ZÀ-Ž][\w.’'\-]+ ){1,3}[A-ZÀ-Ž][\w.’'\-]+/[A-Z]\w+$"
)
"""A photographer and an agency behind a stroke."""
_CAPTION_TAIL = re.compile(r"(?:[.!?][\"”’]?|\b[A-Z]?\w+)\s*[\[(][A-Z][^()\[\].!?]{1,60}[)\]]\.?$")
_PRESENT = re.compile(
    r"^[A-Z][^.!?\"“”]{2,110}?\b(?:speaks?|leaves?|attends?|arrives?|shakes?|walks?|waves?|stands?|meets?|addresses|gestures?|looks?|listens?|delivers?|greets?|poses?|takes? part|sits?|reacts?|holds?|boards?|talks?|inspects?|fires?|marches|march|train|trains|rides?|watch(?:es)?|visits?|fly|flies|passes|lines? up|gathers?|embraces?|signs)\b"
    rf"[^.!?]*\b(?:on|in|at|during|before|after)\b[^.!?]*(?:{DAYS}|{MONTHS}|{MONTHS_SHORT}|\b(?:19|20)\d\d|left|right|cent(?:er|re))\b[^.!?]*\.?$"
)
_BULLET = re.compile(r"^[-*•·‣▪●◦–>]\s+\S")
SIGNED = re.compile(r"^(?:—|–|--|―)\s*[A-Z][\w.’'\-]+ (?:[A-Z][\w.’'\-]+|de|van|von)\b")
SENTENCE_END = re.compile(r"[a-z0-9%][.!?][”\"’]? [A-Z“\"‘]")
"""A full stop within a line: the line is prose, though it may be cut off before its own."""
_REPORTED_FROM = re.compile(
    r"(?:[A-Z][\w’'.\-]+ ){1,3}(?:and (?:[A-Z][\w’'.\-]+ ){1,3})?reported from [A-Z][^.]{2,80}(?:\.$|\. .{0,120}\bcontributed\b)"
)
"""Where the writers were."""
TERMINAL = re.compile(r"[.!?:;…] ?[\"”’'»«“‘)\]]*$|[,.!?—–] ?[\"”’“‘»«]$|[—–]$")
WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
FINITE_FORMS = frozenset(
    """is are was were be been has have had will would can could may might must should did does do said says told won lost went
    came got gave took made held met left sent set put kept led ran saw knew thought felt found began became brought bought
    built cut drew fell fought grew hit let paid read rose sold spoke spent stood struck wrote""".split()
)
FINITE = re.compile(rf"\b(?:{'|'.join(sorted(FINITE_FORMS))}|\w{{2,}}ed)\b", re.IGNORECASE)
"""What looks like a finite verb: one of these forms, or what ends in -ed."""


def special(line: str, count: int) -> BlockKind | None:
    """Kind of a line that is no part of a story, or of one that has the form of such a line."""
    bare = line.strip(" \t-*•·|>»").lower()
    if bare in _NAV_WORDS or (count <= 12 and _NAV_LINE.match(line.strip("-*•· "))):
        return "navigation"
    low = line.lower()
    if count <= 8 and " | " in line and not TERMINAL.search(line[-4:]):
        return "navigation"
    if len(_PARTED.findall(line)) >= 2 and not _STOPPED.search(line[-3:]):
        return "navigation"
    if (
        count <= 10
        and count >= 1
        and not line.endswith(".")
        and all(w in _NAV_WORDS or w in ("and", "the", "us") for w in WORD.findall(low))
    ):
        return "navigation"
    if ("cookie" in low or "consent" in low) and _COOKIE.search(line) and not _MARKS.search(line):
        return "cookie"
    if count <= 30 and _RELATED.match(line):
        return "related"
    if (
        count <= 60
        and (
            _BOILER_HEAD.match(line)
            or _SITE.match(line)
            or (any(map(low.__contains__, _BOILER_KEYS)) and _BOILER.search(line))
        )
        and not _QUOTED_SAYING.search(line)
    ):
        return "boilerplate"
    if count <= 24 and (_META.match(line) or WIRE.match(line) or _FROM.match(line)):
        return "metadata"
    if count <= 40 and _REPORTED_FROM.match(line):
        return "boilerplate"
    if count <= 70 and _is_caption(line, count):
        return "caption"
    if SIGNED.match(line):
        return "body"
    return _listed(line, count) if _BULLET.match(line) and not TERMINAL.search(line) else None


def _listed(line: str, count: int) -> BlockKind | None:
    """Kind of a line with the sign of a list and no stop: a section's name when short, text where it quotes somebody."""
    if count <= 8:
        return "body" if count >= 5 and _told(line) else "navigation"
    return "body" if count <= 24 and _MARKS.search(line) else None


def _told(line: str) -> bool:
    """Whether a bulleted line tells something rather than names a section: quoted words, or mostly small letters."""
    words = WORD.findall(line)
    return bool(_MARKS.search(line)) or sum(w[0].islower() for w in words) > len(words) / 2


def _is_caption(line: str, count: int) -> bool:
    if line.endswith(":") and not _CREDIT.search(line):
        return False
    if (
        _CAPTION_HEAD.match(line)
        or _NUMBERED.match(line)
        or (("/" in line or "|" in line) and _CREDITED.search(line))
        or (any(map(line.__contains__, _CREDIT_KEYS)) and _CREDIT.search(line))
    ):
        return True
    if (
        count <= 45
        and line.rstrip(".")[-1:] in ")]"
        and _CAPTION_TAIL.search(line)
        and line[0] not in '"“'
        and _STOP_AND_BRACKET.search(line[-80:])
    ):
        return True
    return count <= 40 and line.count(". ") == 0 and not _TELLS.search(line) and bool(_PRESENT.match(line))
