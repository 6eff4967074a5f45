"""What a figure is of that the atlas does not hold, though words of its topic stand near it.

A wrong verdict is worse than none: a figure of a market, of a crowd, of one service or one base, of another's forces, or one that
the text gives as a bound or as another's share is left without a verdict.
"""

from __future__ import annotations

import re

from foedus.evidence.actors import states
from foedus.evidence.claim_context import NO_YEAR, Context
from foedus.evidence.claim_parties import parties

_MARKET = re.compile(
    r"\b(?:euro|dollar|sterling|rouble|ruble|shares in|shares of|stocks?|bonds?|yields?|index|oil|crude|futures|Brent|exports?|prices?)\b"
)
_MOST_PERSONS = 1e6
"""No forces here are larger; larger numbers of persons are of peoples."""
_PEOPLE = re.compile(
    r"\s*(?:people|inhabitants|citizens|residents|voters|families|relatives|spouses|children|civilians|jobs|workers|refugees)\b"
    r"|[^;,.]{0,12}\bof (?:their|the) (?:relatives|families|spouses|children|dependants|dependents)\b"
)
_ARMED = re.compile(r"\s*(?:people |citizens )?(?:in uniform|under arms|serving)\b")
_CROSSING = re.compile(r"\s+(?:[\w.]+ ){0,3}?(?:cross|pass|march|transit|land)\b")
_BROUGHT = re.compile(
    r"\s+(?:[\w.]+ ){0,2}?(?:that )?(?:the|his|her|its) [\w ]{0,30}?(?:deployed|sent|added|moved|ordered)\b"
)
_BASE = re.compile(r"\b(?:[Bb]ase|barracks|[Cc]amp|airfield|airport)(?: (?:at|in|near|of|there)\b|,|\.)")
_BASES = re.compile(r"\bbases\b")
_THERE = re.compile(r"\bthere\b")
_REGION = re.compile(
    r"\b(?:between the|[Ee]astern (?:Europe|flank)|Baltic|Black Sea|Balkans?|Nordics?|Arctic|Mediterranean|Gulf|Middle East|Asia|Pacific)\b"
)
_FORCES = (
    r"(?:troops|soldiers|contingent|forces|brigades?|battalions?|battlegroups?|personnel|marines|infantry)"
)
_OTHERS_FORCES = re.compile(rf"[’']?s?\s+(?:[\w-]+\s+)?{_FORCES}\b")
_STATIONED = re.compile(
    r"\b(?:has|have|had) (?:\w+ )?(?:stationed|deployed|sent|based)\b"
    r"|(?<!are )(?<!were )(?<!was )(?<!is )(?<!been )(?<!be )(?<!troops )(?<!soldiers )(?<!forces )(?<!personnel )(?<!members )(?<!GIs )(?<!permanently )\b(?:stationed|kept|maintain(?:s|ed)|keeps)\b"
)
_WITH_OTHERS = re.compile(
    r"\b(?:counting|including) (?:\w+ ){0,3}?(?:contractors|civilians|families|dependants|dependents|relatives|spouses)\b"
)
_OWN_PATRON = re.compile(r"\b(?:US|U\.S\.|Americans?|United States|America|Pentagon|Washington)(?!\w)")
_BRITISH = re.compile(r"\b[Dd]efence (?:secretary|minister)|\bSecretary of State for\b")
_ABOUT_FORCES = re.compile(
    r"\b(?:troops?|soldiers?|personnel|service members?|forces|GIs|contingent|presence|garrison|men|Americans?|there|of them|remain|left|now|today|at present|currently|hosts?|has|have|had|stationed|based|serve|count|(?:exact|precise|official|latest) figure|figure is|withdr\w+|pull\w*|cut|home|figure for|in [A-Z])\b"
)
_LAID_DOWN = re.compile(
    r"\b(?:floor|minimum|ceiling|cap|limit) of (?:about |some )?$|\bbelow (?:about |some )?$", re.IGNORECASE
)
_BY_LAW = re.compile(
    r"\b(?:prohibit\w*|forbid\w*|bar(?:s|red|ring)?|ban(?:s|ned|ning)?|bill|laws?|amendments?|provisions?|act|floor|minimum|ceiling|cap|requires?)\b"
)
_TO_REMAIN = re.compile(
    r"(?:\s+(?!of\b)[\w.]+){0,4}?\s+(?:would|will|are to|is to|to|could|should) (?:remain|stay|be left)\b"
)
_WHO_SPEND = re.compile(
    r"\b(?:who|that|which) (?:\w+ )?(?:spend|pay|give|devote)\b[^,;.]{0,40}$|\b(?:any|every|an?|no) (?:\w+ )?(?:ally|country|member|nation|state) (?:that|which)? ?(?:\w+ )?(?:spends|spending|pays|paying)\b[^,;.]{0,40}$"
)
_LED_SHARE = re.compile(
    r"\s*(?:$|[.,;:)!?”\"—–-]|of (?:its |their |the |our )?(?:GDP|gross|output|national|income|economic|economy)|(?:on|for) (?:its |their )?(?:defen[cs]e|the military|arms)|(?:this|last|next) year|(?:in|for) (?:[A-Z]|19|20)|by (?:19|20)|and\b|but\b|while\b|a year|now|today|already|or\b|to\b|at\b|against|from|up\b|down\b|was|is\b|were|are\b|has|have|as\b|compare[sd]?|than|with|after|since|respectively)"
)
_OWN_SUBJECT = re.compile(
    r"[“\"‘']?(?:And |But |Yet )?(?:The|Those|These|Some|Many|Most|Few) (?!United|Netherlands|others|allies|Dutch|British|French)\w+s\b"
)
_PASSES = re.compile(
    r"\b(?:handle[sd]?|carr(?:y|ies|ied)|transit\w*|pass(?:es|ed)?|moves?|through|via|ship(?:s|ped)?|arriv\w+|process\w*|stor(?:es|ed))\b[^,;.]{0,30}$"
)
_FROM_DONOR = re.compile(r"\b(?:aid|support|assistance|help)\b[^,;.]{0,50}\bfrom (?:the )?$", re.IGNORECASE)
_MANY_DONORS = re.compile(
    r"\b(?:partners|donors|backers|supporters|the West|friends|the world|Western (?:countries|governments|states)|all of them)\b[^;.]{0,60}$"
)
_SPENT_ON = re.compile(
    r"\b(?:spend\w*|spent|invest\w*|set aside|budget\w*|loans?|lend|lent|fund\w*|aid|cost(?:s|ing)? the)\b(?:[^,;.]|[.,](?=\d)){0,60}$"
)
_HOSTING = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:to (?:host|build|house|expand)\b|on the|for (?:barracks|housing|roads|bases))"
)
_ARMY = re.compile(r"(?<!Red )(?<!Russian )\b(?:Army|Navy|Air Force|Marines|Marine Corps)\b")
_ITEM = re.compile(
    r"\b(?:largest|biggest|highest|smallest|lowest|greatest|most)\s+(?:\w+ ){0,2}?(?:donation|package|delivery|shipment|purchase|order|deal|contract|exercise|increase|rise|cut|withdrawal|deployment|step|attack|overseas|crowd|protest)"
)


def forces_of_else(context: Context) -> bool:
    """Whether a number of persons is of none of the patron's forces in a host."""
    quantity = context.quantity
    size = quantity.value if quantity.value is not None else quantity.lower or 0
    if size >= _MOST_PERSONS or of_people(context):
        return True
    if _WITH_OTHERS.search(context.after):
        return True
    if _CROSSING.match(context.after) or _BROUGHT.match(context.after) or _REGION.search(context.after[:60]):
        return True
    if _at_a_base(context) or not_ours(context.own) or _by_another(context):
        return True
    if context.role and _BRITISH.search(context.role) and not _OWN_PATRON.search(context.own):
        return True
    return context.lead > 0 and _ABOUT_FORCES.search(context.own) is None


def of_people(context: Context) -> bool:
    """Whether a number is of people at large."""
    if _ARMED.match(context.after):
        return False
    return "people" in context.quantity.text or _PEOPLE.match(context.after) is not None


def _at_a_base(context: Context) -> bool:
    """Whether a number is of one base, of which the clause, or the sentence before "there", speaks."""
    clause = context.before[max(0, len(context.before) - 90) :]
    if _BASE.search(clause) and not _BASES.search(clause):
        return True
    if not _THERE.search(context.after[:60]):
        return False
    at = context.wider.find(context.own)
    return at > 0 and _BASE.search(context.wider, max(0, at - 160), at) is not None


def not_ours(sentence: str) -> bool:
    """Whether a sentence speaks of another state's forces, and not of the patron's."""
    if _OWN_PATRON.search(sentence):
        return False
    return any(
        code not in ("USA", "NATO", "EU") and _OTHERS_FORCES.match(sentence, end)
        for _, end, code in states(sentence)
    )


def _by_another(context: Context) -> bool:
    """Whether another state is said to have stationed its own forces."""
    noun = " ".join((context.before[context.lead :], context.quantity.text, context.quantity.counts or ""))
    if _OWN_PATRON.search(noun) or context.after.startswith((" American", " US ", " U.S.")):
        return False
    done = _STATIONED.search(context.before)
    named = parties(context.before[: done.start()]) if done else []
    return bool(named) and named[-1].code not in ("USA", "NATO", "ALLIES")


def laid_down(context: Context) -> bool:
    """Whether a number is a bound that a law sets, and no level."""
    bound = context.quantity.modifier == "below" or _LAID_DOWN.search(context.before)
    return bool(bound) and _BY_LAW.search(context.sentence) is not None


def to_remain(context: Context) -> bool:
    """Whether a number is of those who would stay when others have gone."""
    return _TO_REMAIN.match(context.after) is not None


def share_of_else(context: Context) -> bool:
    """Whether a percentage is no party's share of its economy: a threshold, another's, or of something else."""
    if _WHO_SPEND.search(context.before):
        return True
    if context.lead == 0:
        return False
    return _LED_SHARE.match(context.after) is None or _OWN_SUBJECT.match(context.own) is not None


def moved_of_else(context: Context) -> bool:
    """Whether a change in percent is of a market."""
    return _MARKET.search(context.own) is not None


def aid_passing(context: Context) -> bool:
    """Whether a share of the aid is of what passes through a place."""
    return _PASSES.search(context.before) is not None


def donor_named(context: Context) -> str | None:
    """Donor whom "aid from" names."""
    found = next((p for p in parties(context.before) if _FROM_DONOR.search(context.before, 0, p.start)), None)
    return found.code if found and found.code not in ("UKR", "RUS", "NATO", "ALLIES", "SOME") else None


def many_donors(context: Context) -> bool:
    """Whether a sum of aid is of donors without a name."""
    found = _MANY_DONORS.search(context.before)
    return found is not None and not states(context.before[found.start() :])


def no_sale(context: Context) -> bool:
    """Whether a sum is spent on something, and not the price of a sale."""
    return _SPENT_ON.search(context.before[-70:]) is not None or _HOSTING.match(context.after) is not None


def one_service(context: Context) -> bool:
    """Whether a strength is of one service and not of all armed forces."""
    return _ARMY.search(context.wider) is not None


def single_thing(sentence: str, at: int) -> bool:
    """Whether "the largest" is said of one delivery or one step, and of no level."""
    return _ITEM.match(sentence, at) is not None


def fund_of_else(context: Context) -> bool:
    """Whether a sum is of a fund or a contract, of which a sentence speaks that follows one about budgets."""
    return context.lead > 0 and _FUND.search(context.own) is not None


_FUND = re.compile(r"\b(?:funds?|loans?|packages?|contracts?|bank|facility|instrument)\b")
_BY_STORY = re.compile(
    r"\b(?:last|this|next) (?:year|month|week)\b|\byears? (?:ago|earlier|before)\b", re.IGNORECASE
)


def without_date(context: Context) -> bool:
    """Whether a figure is of a time that only the date of the text would tell, and it has none."""
    return context.year == NO_YEAR and _BY_STORY.search(context.own) is not None
