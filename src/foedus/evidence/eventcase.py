"""How the states named in a sentence stand to the words of one act, and what that is worth."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.evidence import tables
from foedus.evidence.eventclauses import Clauses, Mention
from foedus.evidence.eventframes import Trigger
from foedus.evidence.eventrelative import (
    AT_REQUEST,
    HELD_BY,
    in_another_clause,
    is_answer,
    is_antecedent,
    is_aside,
    is_late,
    is_of_office,
)
from foedus.evidence.eventroles import Roles, points, towns

_STOPS = frozenset(
    "of to from in for at on by with into against was were is are be been has have had will would could may might can and or that which who whose said as than after before until if when over about under".split()
)
_BE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|get|gets|got)(?:\s+(?:\w+ly|not|also|since|then|now|all|both|never|once|in turn))*\s+$"
)
_PARTICIPLE = re.compile(
    r"(?:\w+(?:ed|en|wn|ld|pt|nt|lt|un|ung|uck|ought|aught|old|ade|ut|it|et|aid|ost)|hit|put|cut|shut|read)\b"
)
_ADDRESSED = re.compile(
    r"\b(?:propos|urg|ask|demand|suggest|want|insist|press|call|beg|tell|told|allow|order|expect|led|forc|let|push|help|pressur)\w*(?: on| upon| for)?\s+(?:that\s+)?(?:the\s+)?$"
)
"""What stands before the state that is to act, where another speaks of it."""
_MUTUAL_SCOPE = frozenset(("consult", "agree", "cooperate"))
_AT_HOME = frozenset(("mobilize", "protest"))
"""Acts that happen among one's own."""
_TO_HEARER = frozenset(("ultimatum", "affirm_commitment", "threaten_non_defence", "pledge_aid"))
"""Acts that are done to whom they are told, where no one else is named."""
_DEFENDED = re.compile(
    r"\b(?:defend|defends|defending|protect|protects|protecting|guard|guarding|shield|back|help|aid|rescue|reassur\w+)\s+(?:the )?$"
)
"""What stands before whom a guarantee covers."""
_BORDER = re.compile(r"\b(?:borders?|frontiers?) (?:with|of) (?:the )?$")
_PLACES = frozenset(("in", "at", "near"))
_FAR_GOAL = 34
"""Characters within which "to" leads to whom one goes to meet."""
_SAID_ACTS = frozenset(("support", "accuse", "reject", "request", "threaten"))
_GIVEN = frozenset(("provide_aid", "deploy"))
_WORD = re.compile(r"[\w’'.,-]+")
_WHICH = re.compile(r",? (?:which|that|who) ")
_CLOSE_WORDS = 5
_CLOSE = 40
"""Characters before a mention in which what governs it is looked for."""
_FRONTED = 8
"""Characters at most before an act that opens its sentence."""
_STAND_BY = re.compile(
    r"\b(?:st[ao]nd\w*|stood|abid\w+|swor\w+|pass\w*|drop\w*|go|goes|went) by (?:the |its |his )?$"
)
"""Verbs that "by" belongs to."""
_EGGED_ON = re.compile(r"\bencourag\w+ (?:the )?$")
_RESOLVE = re.compile(
    r"(?:[’']s?)? (?:\w+ ){0,2}(?:decision|plan|pledge|promise|move|refusal|offer|vow|commitment|failure|bid|intention|threat|order|proposal)s? (?:to|not to) (?:\w+ )?"
)
"""What somebody has resolved to do: "Germany's decision to raise"."""
_SOIL = re.compile(r"(?:[’']s)? (?:soil|territory|ground|shores|skies|airspace|waters)\b")
_GIVES = re.compile(
    r"\b(?:giv\w+|gave|sen[dt]\w*|grant\w*|len[dt]\w*|offer\w*|den(?:y|ied)|sell\w*|sold|promis\w+|hand\w*|award\w*|provid\w+)\s+(?:the )?$"
)
"""A verb of giving before who is given something."""
_AID_ACTS = frozenset(
    ("pledge_aid", "provide_aid", "withhold_aid", "block_aid", "approve_sale", "approve_emergency")
)
_FOR_A_STATE = _AID_ACTS | {"withdraw_forces", "deploy"}
_ADJUNCT = 1
"""Words at most between a state's name and the thing that it names."""
_GIVING = _AID_ACTS | {"host", "ultimatum"}
_TURNED_ROUND = re.compile(r"\b(?:is|are|was|were|came|comes|went|goes|stands?|stood|sat|lies)\s+(?:the )?$")
"""What stands before a subject that follows its verb."""
_PUT_FORWARD = re.compile(r"\b(?:that|which) (?:the )?$")
"""What stands before who put forward what is refused or backed."""
_APART = re.compile(r", |\b(?:that|who|which|to|and|or)\b")
_BESIDE = 26
"""Characters within which a direct object follows the words of an act."""
_OF_THE = 10
"""Characters of " of the " and a word beside it."""
_WON = re.compile(
    r"\b(?:won|wins?|receive[sd]?|got|gets|drew|draws|earn(?:s|ed)|gain(?:s|ed)|secure[sd]|attract(?:s|ed)|enjoys?|met with|came in for|has|have|had)\s+(?:[\w-]+\s+){0,3}$"
)
"""What makes a subject the one to whom a named act is done."""
_BODIES = frozenset(("NATO", "EU", "UN"))


@dataclass(frozen=True)
class Case:
    """One act and how the mentions of its sentence stand to it."""

    text: str
    sentence: Clauses
    trigger: Trigger
    roles: Roles
    a: int
    b: int
    base: int
    floor: int

    @property
    def thing(self) -> tuple[int, int]:
        """Where the words of what the act is done to stand in the story."""
        return self.trigger.thing[0] + self.base, self.trigger.thing[1] + self.base

    @property
    def mutual(self) -> bool:
        """Whether an act is done by several together, each to the others."""
        return self.trigger.need == "mutual" or self.trigger.action in _MUTUAL_SCOPE

    @property
    def passive(self) -> bool:
        """Whether the words of the act are a passive."""
        before = self.text[max(self.sentence.opening, self.a - 40) : self.a]
        first = not self.text[self.sentence.opening : self.a].strip(' ,“"')
        return (
            not self.trigger.noun
            and bool(_PARTICIPLE.match(self.text, self.a))
            and bool(first or _BE.search(before))
        )

    @property
    def won(self) -> bool:
        """Whether the subject has a named act done to it: "won the endorsement of"."""
        before = self.text[max(self.sentence.opening, self.a - 60) : self.a]
        nominal = self.trigger.noun and self.trigger.action in (*_SAID_ACTS, "approve_sale")
        return nominal and bool(_WON.search(before))

    def _leads_to(self, mention: Mention, at: int) -> bool:
        """Whether a mention stands before a word with nothing but its modifiers between."""
        if mention.end > at:
            return False
        between = _WORD.findall(self.text[mention.end : at])
        between = [w for w in between if w not in ("’s", "'s", "’", "'")]
        if len(between) > _CLOSE_WORDS or any(w.lower() in _STOPS or w.endswith(",") for w in between):
            return False
        if not mention.owner and (mention.code not in _BODIES or len(between) > 2):
            return False
        return at == self.a or not mention.end <= self.a < at

    def owns_thing(self, mention: Mention) -> bool:
        """Whether the forces or goods of the act are a state's own, by an adjective or possessive."""
        if not self.trigger.paired:
            return False
        behind = mention.owner and mention.case == "of" and 0 < mention.start - self.thing[1] <= _OF_THE
        return behind or self._leads_to(mention, self.thing[0])

    def _relative(self) -> bool:
        """Whether the act is told of its thing in a clause of its own: "a detachment, which goes home"."""
        return self.thing[1] < self.a and bool(_WHICH.match(self.text, self.thing[1]))

    def owns_act(self, mention: Mention) -> bool:
        """Whether the act is a state's own, where a noun names it."""
        if self.trigger.action == "host" and mention.owner and _SOIL.match(self.text, mention.end):
            return True
        if mention.owner and mention.end <= self.a and _RESOLVE.fullmatch(self.text, mention.end, self.a):
            return True
        inside = self.a < mention.start < self.b and mention.owner and self.trigger.action == "seize_territory"
        return inside or (self.trigger.noun and self._leads_to(mention, self.a))

    def is_goal(self, mention: Mention) -> bool:
        """Whether a mention stands after a preposition of the act's own."""
        if self.trigger.action == "affirm_commitment" and mention.case == "by":
            return bool(_STAND_BY.search(self._before(mention, _CLOSE)))
        if self.trigger.action == "consult" and mention.case == "to":
            return 0 <= mention.start - self.b <= _FAR_GOAL
        if self.trigger.action == "consult" and mention.case == "in" and self.text.endswith(" in", 0, self.b):
            return 0 < mention.start - self.b <= _OF_THE
        if self._asks(mention):
            return False
        if self.trigger.action in _AID_ACTS and mention.case == "in" and not self._beside(mention):
            return self.text[mention.start : mention.end] not in towns()
        if self.trigger.action == "deploy" and mention.case == "for":
            return self.text.endswith(" for", self.a, self.b) and 0 <= mention.start - self.b <= _OF_THE
        return mention.case in self.roles.goals or mention.outer in self.roles.goals

    def _asks(self, mention: Mention) -> bool:
        """Whether a noun names a request and "from" leads to who makes it."""
        nominal = self.trigger.action == "request" and self.trigger.noun
        return nominal and mention.case == "from" and mention.start >= self.b

    def is_scene(self, mention: Mention) -> bool:
        """Whether a capital is named as the place where something happens."""
        name = self.text[mention.start : mention.end].lower()
        return name in tables.capitals() and mention.case in ("in", "at", "near", "outside", "from", "around")

    def actor(self, mention: Mention, named: list[Mention]) -> float:
        """What a mention is worth as the one who acts."""
        worth = points()
        if mention.hearer and (mention.said or not mention.case) and not self._told_to_act(mention):
            return worth["governed"]
        if mention.addressed or self.text[mention.start : mention.end] in towns():
            return worth["governed"]
        if self._is_agent(mention) or self._fell_to(mention):
            return worth["agent"]
        if not self.passive and is_antecedent(self.text, mention.end, self.a):
            return worth["agent"]
        if is_aside(self.text, max(self.sentence.opening, mention.start - _CLOSE), mention, self.a):
            return worth["governed"]
        if self.owns_act(mention):
            return worth["act_owner"]
        if self.roles.owner and self.owns_thing(mention):
            return (
                worth["act_owner"]
                if self.trigger.action == "withdraw_forces" and (self.trigger.noun or self._relative())
                else worth["thing_owner"]
            )
        if mention.said:
            nearer = any(m.said and not m.case and not m.hearer and m.start > mention.start for m in named)
            return worth["pronoun_speaker"] if self.sentence.told and not nearer else worth["speaker"]
        given = mention.case == "from" and self.trigger.action in _GIVEN
        if given and not self.is_scene(mention) and not _BORDER.search(self._before(mention, _CLOSE)):
            return worth["giver"]
        seized = self.trigger.action == "seize_territory"
        if self._asks(mention) or (
            mention.case == "of" and self.trigger.noun and mention.start >= self.b and not seized
        ):
            return worth["of_act"]
        return self._by_clause(mention, named)

    def _by_clause(self, mention: Mention, named: list[Mention]) -> float:
        """The same for one who is neither agent nor owner: by the clause that it stands in."""
        worth = points()
        if self._told_to_act(mention):
            lets = self._before(mention, _CLOSE).endswith("let ")
            barred = lets and self.trigger.action == "threaten_non_defence"
            return worth["governed" if barred else "addressed"]
        if self._mutual(mention, named):
            return worth["subject"]
        if self.trigger.action in _AT_HOME and mention.case == "in" and not self.is_scene(mention):
            return worth["speaker"]
        office = is_of_office(self._before(mention, _CLOSE).lower(), mention.case)
        if self.is_scene(mention) and not office:
            return worth["scene"]
        if mention.case and not office:
            return worth["governed"]
        return self._as_subject(mention, named)

    def _told_to_act(self, mention: Mention) -> bool:
        """Whether another asks, tells or leads a mention to act; what follows as a participle is not for it to do."""
        if mention.end > self.a or self.text[self.a - 2 : self.a] == ", ":
            return False
        found = _ADDRESSED.search(self._before(mention, _CLOSE))
        return found is not None and (" for " not in found.group() or self.text.startswith(" to ", mention.end))

    def _before(self, mention: Mention, reach: int) -> str:
        """Text of the sentence before a mention."""
        return self.text[max(self.sentence.opening, mention.start - reach) : mention.start]

    def _is_agent(self, mention: Mention) -> bool:
        """Whether a mention stands after the "by" of this act."""
        return (
            mention.case == "by"
            and not mention.said
            and not _STAND_BY.search(self._before(mention, _CLOSE))
            and not (self.trigger.noun and is_answer(self._before(mention, _CLOSE)))
            and not is_late(self.text, self._before(mention, _CLOSE), mention.start, self.a, self.b)
        )

    def _fell_to(self, mention: Mention) -> bool:
        """Whether a mention is the one to whom a place has fallen."""
        seized = self.trigger.action == "seize_territory" and mention.case == "to" and mention.start >= self.a
        return seized and self.text.startswith("f", self.a) and mention.start - self.b < _CLOSE

    def _mutual(self, mention: Mention, named: list[Mention]) -> bool:
        """Whether a mention is the first of two that do something together: "talks between X and Y"."""
        return (
            self.mutual
            and mention.case in ("", "between", "of", "from")
            and any(m.joined is not None and named[m.joined] is mention for m in named)
        )

    def _as_subject(self, mention: Mention, named: list[Mention]) -> float:
        worth = points()
        if mention.start >= self.b:
            if (
                _TURNED_ROUND.search(self._before(mention, _CLOSE))
                and self.a - self.sentence.opening < _FRONTED
            ):
                return worth["subject"]
            if self.trigger.action == "protest" and self._beside(mention):
                return worth["speaker"]
            return worth["aside"]
        ahead = sum(1 for m in named if self.floor <= m.start < mention.start and not m.case)
        value = worth["subject"] + worth["rank"] * ahead
        if mention.start < self.floor:
            value += worth["aside"]
        return value + (worth["passive_subject"] if self.passive else 0.0)

    def target(self, mention: Mention, actor: Mention | None, named: list[Mention]) -> float:
        """What a mention is worth as the one acted on."""
        worth = points()
        if self._partner(mention, actor, named) or self._spoken_to(mention):
            return worth["partner"]
        if self.trigger.action == "threaten_non_defence" and _EGGED_ON.search(self._before(mention, _CLOSE)):
            return worth["heard"]
        if mention.addressed:
            return worth["later"]
        if mention.hearer and self.trigger.action in _TO_HEARER:
            return worth["hearer"]
        if mention.said:
            return worth["heard"]
        far = worth["far"] * max(mention.start - self.b, self.a - mention.end, 0)
        if not mention.case and self.trigger.action in _GIVING and _GIVES.search(self._before(mention, _CLOSE)):
            return worth["goal"] + far
        if in_another_clause(self.text, self.b, mention.start):
            return worth["heard"]
        if self.is_goal(mention) and not self._only_scene(mention, named):
            return worth["goal"] + far + self._goal_rank(mention)
        if self._names_thing(mention):
            return worth["holder"] + far
        ahead = not mention.case and self.floor <= mention.start < self.a
        if ahead and (self.passive or (actor is not None and (actor.said or actor.start > mention.start))):
            return worth["suffers"]
        return self._by_place(mention, far)

    def _elsewhere(self, mention: Mention) -> bool:
        """Whether what governs a mention cannot lead to whoever is met, or left."""
        if self.trigger.action == "withdraw_from_treaty":
            return mention.case in _PLACES
        return self.trigger.action == "consult"

    def _goal_rank(self, mention: Mention) -> float:
        """What the place of a preposition among those that lead to the target takes away, and standing before the act; "by" of "stand by" is in no list."""
        goals = self.roles.goals
        case = mention.case if mention.case in goals else mention.outer
        ahead = points()["ahead"] if mention.end <= self.a else 0.0
        return ahead + (points()["goal_rank"] * goals.index(case) if case in goals else 0.0)

    def _names_thing(self, mention: Mention) -> bool:
        """Whether a state's bare name says whose the thing is, as in a headline: "blocks Ukraine loan"."""
        if mention.owner or mention.case or mention.code in _BODIES:
            return False
        if self.trigger.action not in _FOR_A_STATE:
            return False
        if not self.b <= mention.start or mention.end > self.thing[0]:
            return False
        between = self.text[mention.end : self.thing[0]]
        return between.startswith(" ") and len(between.split()) <= _ADJUNCT and "," not in between

    def _by_place(self, mention: Mention, far: float) -> float:
        """The same for one that no preposition and no passive marks."""
        worth = points()
        behind = mention.start >= self.b
        if self.trigger.action in _SAID_ACTS and behind and _PUT_FORWARD.search(self._before(mention, _CLOSE)):
            return worth["holder"]
        if self.is_scene(mention) or AT_REQUEST.match(self.text, mention.end):
            return worth["scene"]
        if mention.case and not self.is_goal(mention) and self._elsewhere(mention):
            return worth["ahead"]
        guarded = self.trigger.action == "affirm_commitment" and behind and not mention.case
        if guarded and _DEFENDED.search(self._before(mention, _CLOSE)):
            return worth["goal"]
        if self.a <= mention.start < self.b and (mention.owner or not mention.case):
            return worth["holder"]
        if (
            self.trigger.action == "seize_territory"
            and behind
            and HELD_BY.search(self._before(mention, _CLOSE))
        ):
            return worth["holder"]
        above = self.trigger.action == "deploy" and not self.text.startswith("enter", self.a)
        above = above and mention.owner and _SOIL.match(self.text, mention.end) is not None
        if behind and not mention.case and self._beside(mention):
            return worth["direct"] if self.roles.direct or above else worth["later"]
        if self.owns_thing(mention):
            return worth["holder"] + far
        if mention.start >= self.a:
            return worth["later"] + far
        return worth["ahead"]

    def _only_scene(self, mention: Mention, named: list[Mention]) -> bool:
        """Whether a capital is only where something happens, since another state is the target."""
        scene = self.is_scene(mention) and mention.case in ("in", "at")
        return scene and any(m is not mention and self.is_goal(m) and not self.is_scene(m) for m in named)

    def _beside(self, mention: Mention) -> bool:
        ends = {self.b, max(self.b, self.base + self.trigger.end)}
        between = [self.text[at : mention.start] for at in ends if at <= mention.start]
        return any(len(words) <= _BESIDE and not _APART.search(words) for words in between)

    def _spoken_to(self, mention: Mention) -> bool:
        """Whether a mention follows at once on who urges, blames, backs or warns, or is where somebody goes: "a stop in Riga"."""
        a, b = self.thing
        here = mention.start < b and a < mention.end and mention.start >= self.b and self._beside(mention)
        if self.trigger.action == "consult":
            return here and self.text.endswith((" in", " to"), self.a, self.b)
        return here and self.trigger.action in _SAID_ACTS and not mention.case

    def _partner(self, mention: Mention, actor: Mention | None, named: list[Mention]) -> bool:
        if actor is None or not self.mutual:
            return False
        return mention.joined is not None and named[mention.joined] is actor
