"""Acts as whole articles tell them: with a place of no state, across people and services, and what only looks like one."""

from __future__ import annotations

import pytest

from foedus.evidence import read_text


def acts(text: str) -> list[tuple[str, str, str | None, str | None]]:
    read = read_text(text, published="2031-05-20")
    return [(e.action, e.modality, e.actor_code, e.target_code) for e in read.events]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Italy moved a frigate to the eastern Mediterranean.", ("deploy", "done", "ITA", None)),
        ("Germany was alarmed after Washington confirmed it would withdraw its crew from Rzeszow.",
         ("withdraw_forces", "announced", "USA", "POL")),
        ("The Royal Navy will station a destroyer in Estonia.", ("deploy", "announced", "GBR", "EST")),
        ("A Dutch armoured brigade is being set up outside Vilnius.", ("deploy", "done", "NLD", "LTU")),
        ("France will place new launchers at Cincu in May.", ("deploy", "announced", "FRA", "ROU")),
        ("America opened an ammunition depot at Powidz.", ("deploy", "done", "USA", "POL")),
        ("Latvia lost an American battalion last month.", ("withdraw_forces", "done", "USA", "LVA")),
        ("The Marine Corps will cut its rotation in Norway.", ("withdraw_forces", "announced", "USA", "NOR")),
        ("Canada pulled its two frigates from the Baltic.", ("withdraw_forces", "done", "CAN", None)),
        ("The Pentagon reversed its decision to remove the tank battalion from Lithuania.",
         ("withdraw_forces", "denied", "USA", "LTU")),
        ("Greece and Cyprus concluded a mutual-defence pact.", ("affirm_commitment", "done", "GRC", "CYP")),
        ("Finland signed a treaty of mutual assistance with Sweden.", ("affirm_commitment", "done", "FIN", "SWE")),
        ("Japan said it had received assurances from America that the troops would stay.",
         ("affirm_commitment", "done", "USA", "JPN")),
        ("Washington turned down a request from Taiwan to speed up the shipment of missiles.",
         ("withhold_aid", "done", "USA", "TWN")),
        ("Norway delivered the remaining twelve to Ukraine in March.", ("provide_aid", "done", "NOR", "UKR")),
        ("Romania took delivery of its first American tanks in May.", ("provide_aid", "done", "USA", "ROU")),
        ("Germany waved through a batch of 20 Eurofighters for Turkey.", ("approve_sale", "done", "DEU", "TUR")),
        ("Spain's parliament approved a defence budget of 30 billion euros.",
         ("raise_defence_spending", "done", "ESP", None)),
        ("Denmark lodged a formal protest with Russia over the flight.", ("accuse", "done", "DNK", "RUS")),
        ("Turkey's foreign minister spent two days in Washington.", ("consult", "done", "TUR", "USA")),
    ],
)  # fmt: skip
def test_acts_of_articles(text, act):
    assert act in acts(text)


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Britain does not believe that America is leaving NATO.", "threaten_withdrawal"),
        ("The carrier has been ordered to the Gulf, American officials point out.", "withdraw_forces"),
        ("Drones hit a Saudi pumping station near the coast.", "deploy"),
        ("The Polish project was cancelled for lack of funds.", "withhold_aid"),
        ("A request from Britain to raise defence spending has not been made.", "raise_defence_spending"),
        ("The Pentagon declined to discuss specific deliveries to Ukraine.", "provide_aid"),
        ("The Commission added 12 ships of the Russian fleet to its list.", "deploy"),
        ("Norway will no longer allow Russian trawlers to call at its ports.", "consult"),
        ("Russia received an estimated 5,000 troops from North Korea.", "consult"),
        ("South Korea's National Security Council met on Monday.", "agree"),
        ("The tanks were built in Poland after the Department cleared the deal.", "withdraw_forces"),
    ],
)
def test_what_only_looks_like_an_act_in_articles(text, action):
    assert action not in {a for a, *_ in acts(text)}


STORY = """Norway and Britain agree on a common watch in the north
The two governments will share the cost, officials said on Monday.
Norway and the United Kingdom lead the group. This came up when Minister of Defence Randi Moe received her Danish counterpart in Bergen.
Fishermen were content. The harbour was full.
"""


def test_a_minister_is_of_the_state_that_opens_the_paragraph():
    assert ("consult", "done", "NOR", "DNK") in acts(STORY)


def test_who_acts_together_is_not_acted_on():
    found = acts("Norway and the United Kingdom have donated 30 patrol boats to Ukraine.")
    assert found == [("provide_aid", "done", "NOR", "UKR"), ("provide_aid", "done", "GBR", "UKR")]


def test_a_dateline_may_bear_the_name_of_a_capital_elsewhere():
    text = (
        "Tank plant gets new orders\nLIMA — The shift started early on Tuesday.\n"
        "The factory in Lima makes tanks. The Army said it would move a battalion to Poland.\n"
        "Rep. Tom Hale, R-Findley, was glad. He said the town had waited.\n"
    )
    assert all(actor != "PER" for _, _, actor, _ in acts(text))
