"""What a story tells across its sentences: whose office speaks, whom a pronoun stands for, where forces go that are sent nowhere by name."""

from __future__ import annotations

import pytest

from foedus.evidence import read_text

DAY = "2026-03-18"
FILLER = "The weather on the coast was fine. Ferries ran as usual. Schools stayed open."
BALTIC = (
    "Estonia asks for help at sea\n\nTALLINN, March 18 (BNS) - Estonia closed a fairway off Saaremaa on Tuesday. "
    "Divers searched the seabed for a cut cable.\n\n"
)
PACIFIC = (
    "Seoul braces for cuts\n\nSEOUL, March 18 (AFP) - South Korea said on Wednesday that it had been told of an American "
    "decision to withdraw 4,000 soldiers from its territory.\n\n"
)


def acts(text: str) -> set[tuple[str, str, str | None, str | None]]:
    found = read_text(f"{text}\n\n{FILLER}", published=DAY).events
    return {(e.action, e.modality, e.actor_code, e.target_code) for e in found}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        (BALTIC + "The government has undertaken to lift defence spending to 6 percent of GDP by 2028.",
         ("raise_defence_spending", "pledged", "EST", None)),
        (BALTIC + "Latvia watched with alarm. In April it demanded that Finland share its radar pictures.",
         ("request", "done", "LVA", "FIN")),
        (BALTIC + "Lithuania is uneasy. Its foreign minister summoned the Belarusian ambassador on Monday.",
         ("accuse", "done", "LTU", "BLR")),
        (BALTIC + "Denmark will send a frigate and forty divers.", ("deploy", "announced", "DNK", "EST")),
        (BALTIC + "Greece and Malta, which do not share a border with Russia, have ruled out sending troops to Estonia.",
         ("deploy", "denied", "GRC", "EST")),
        (BALTIC + "Norway signed a pact with Poland, which has since sent a frigate to Estonia.",
         ("deploy", "done", "POL", "EST")),
        (BALTIC + "Sweden's defence minister, Nils Brandt, flew to Helsinki on Friday. Finland has pledged two minehunters.",
         ("consult", "done", "SWE", "FIN")),
        (BALTIC + "Germany has announced it will send a frigate to Estonia.", ("deploy", "announced", "DEU", "EST")),
        (BALTIC + "British and French soldiers would be moved into Estonia within three weeks of a ceasefire.",
         ("deploy", "conditional", "GBR", "EST")),
        (BALTIC + "Italy can count on the Netherlands, the Dutch minister said.",
         ("affirm_commitment", "done", "NLD", "ITA")),
        (PACIFIC + "Defense Secretary Neil Kirch said another brigade would leave next year.",
         ("withdraw_forces", "announced", "USA", "KOR")),
        (PACIFIC + "The presidential office in Seoul said South Korea stood by the alliance.",
         ("affirm_commitment", "done", "KOR", "USA")),
    ],
)  # fmt: skip
def test_parties_come_from_the_story(text, act):
    assert act in acts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Glide bombs hit a tram depot in Kharkiv during the evening rush hour, Ukraine said.",
        "Ms. Kask, who sits on the intelligence committee, said the president was haggling.",
        "The minister has long complained about the cost of the deployment.",
        "France has become the main supplier of arms to Armenia.",
        "Three shipping companies in Dubai and one refinery in China were named.",
        "Iran denounced the pact as a rental agreement for other people's skies.",
        "“I could count on one Norwegian brigade,” the general said.",
        "A cutter rammed a Philippine vessel, leaving five crew injured.",
        "The radar will be ready before the end of 2027 under a 38 billion crown contract.",
        "Belarus denies sending the drones to Lithuania.",
        "The Centre Party wants to go faster, while the Left Alliance is against.",
    ],
)
def test_what_tells_no_act_of_the_alliance(text):
    own = {"withdraw_forces", "deploy", "provide_aid", "pledge_aid", "withhold_aid", "withdraw_from_treaty", "affirm_commitment"}  # fmt: skip
    assert not own & {a for a, *_ in acts(BALTIC + text)}


def test_a_person_is_of_the_state_that_was_named_before():
    text = (
        BALTIC
        + "Moscow was quick to answer. The foreign ministry spokeswoman, Alla Merkul, accused Estonia of piracy."
    )
    assert ("accuse", "done", "RUS", "EST") in acts(text)
