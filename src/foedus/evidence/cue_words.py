"""Whether a word that may be a verb of saying is one where it stands."""

from __future__ import annotations

import re

from foedus.evidence.lexicon import CUES, STRONG_CUES
from foedus.evidence.scene import Scene

_HEARSAY = re.compile(r"\b(?:was|is|are|were|been) (?:also |widely |reportedly )?$")
_TO_BE = re.compile(r" to (?:be|have)\b")
"""What is said of somebody by nobody in particular."""
_MODAL = re.compile(
    r"\b(?:would|will|could|should|may|might|can|must|shall|not|did|does|do)\s+(?:only\s+|never\s+|not\s+)?$"
)
_ASKED = re.compile(r"\b(?:[Ww]hen|[Ii]f|was|were|been|being|is|are|[Aa]s)\s+(?:also\s+)?$")
_WHETHER = re.compile(r"\s+(?:if|whether|about|what|how|why)\b")
_ARTICLE = re.compile(
    r"\b(?:the|a|an|this|that|his|her|its|their|no|new|any|of|’s|'s|each|some|previous|recent|such|those|these|public|private|similar|earlier|many|more)\s+$"
)
_OF_STATES = re.compile(
    r"\b(?:[Mm]ember|[Cc]oastal|littoral|flag|port|transit|frontline|border|candidate|signatory|host|third|Baltic|Gulf|Nordic|Arab|Western|allied|smaller|participating|neighbouring) $"
)
"""What makes countries of "states"."""
_TAKES = re.compile(
    r"\b(?:[a-z]+(?:ed|ing)|met|made|heard|drew|read|saw|sees|denies|rejects|dismisses|calls|ignores|faces|hears) (?:(?:off|aside|down|back|out) )?$"
)
_NOUN_ON = re.compile(r" (?:of|that|in|from|about|by|over|for|to|as)\b|[,.;]")
"""A verb before a plural, and what goes on from it, between which the plural is a noun ("rejected reports of a fire")."""
_GOES_ON = re.compile(r"\b(?:goes|went|go) on to $")
"""What makes a verb of saying in its plain form somebody's next words."""
_NEVER_OWNED = frozenset(("said", "says", "told", "wrote", "called", "calls", "described"))
"""Verbs that are nobody's, so that an owner before them leaves out what it owns ("Norway’s called it ...")."""
_STRICT = re.compile(r"(?:\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Hh]is)|[’']s) $")
"""What no verb follows."""
_QUALIFIED = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Tt]his|[Tt]hat|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir) (?!police |military |people |public |left |right |few |many )[A-Za-z\d][\w-]*(?<!s) $"
)
"""An article and one word that is no plural, after which the plain form is a noun ("the Western offer")."""
_VERB_FOLLOWS = re.compile(r" (?:would|will|could|has|had|is|was|were|are|might|should|can)\b")
"""What shows that the verb before it ended a clause of its own ("the ships that Ann Cole offered would sail")."""
_ALSO_NOUNS = frozenset(
    """claim claims promise promises pledge pledges report reports state states demand demands call calls remark remarks comment label labels note notes vow estimate estimates view views post
    posts mocking writing saying warning appeal brand reason quote offer deadpan fear fears hope hopes worry protest threat hint boast claiming compare tweet tweets signal signals answer term written voice voices text texts message email reply laugh shrug smile grin sigh cry query rage storm blast thunder snap frame allow appeals question record records log logs storms cries smiles grins sighs protests barks roars gasps screams howls taunts chants chant""".split()
)
"""Forms of verbs of saying that are nouns after an article."""


def cue_at(scene: Scene, match: re.Match[str]) -> str | None:
    """Lemma of a cue, or nothing where the word is no verb of saying here."""
    text = scene.text
    before = text[max(0, match.start() - 14) : match.start()]
    word = match.group()
    if word in ("asked", "pressed", "told", "urged") and _ASKED.search(before):
        return CUES[word] if word == "told" and text.startswith(" by ", match.end()) else None
    if word == "asked" and before.endswith(", ") and _WHETHER.match(text, match.end()):
        return None
    if (
        word in ("said", "reported", "believed", "thought")
        and _HEARSAY.search(before)
        and _TO_BE.match(text, match.end())
    ):
        return None
    if _is_noun(text, match, word, before):
        return None
    if word not in STRONG_CUES and _VERB_FOLLOWS.match(text, match.end()):
        return None
    if word in ("find", "finds", "found") and not text.startswith((" that ", " no "), match.end()):
        return None
    if word not in STRONG_CUES and CUES[word] == word and _MODAL.search(before):
        return None
    if before.endswith("to ") and word not in ("say", "tell") and CUES[word] == word:
        return CUES[word] if _GOES_ON.search(text, max(0, match.start() - 14), match.start()) else None
    return CUES[word]


def _is_noun(text: str, match: re.Match[str], word: str, before: str) -> bool:
    """Whether what stands before a word, and what goes on from it, makes a noun of it."""
    if word == "states" and _OF_STATES.search(before):
        return True
    owned = word in _NEVER_OWNED and before.endswith(("’s ", "'s "))
    if not owned and (word in _ALSO_NOUNS or word.endswith("ed")) and _ARTICLE.search(before):
        return True
    if not owned and _STRICT.search(before):
        return True
    if word not in _ALSO_NOUNS:
        return False
    taken = word.endswith("s") and _TAKES.search(before) and _NOUN_ON.match(text, match.end())
    if taken or before.endswith((" by ", " via ", " per ")):
        return True
    plain = CUES[word] == word
    return plain and _QUALIFIED.search(text, max(0, match.start() - 30), match.start()) is not None
