"""Sources that a story names by what they are, by their papers or by what stands above their words."""

from __future__ import annotations

import pytest

from foedus.evidence import read_text
from foedus.evidence.export_json import document

from .scoring import same_speaker

LEAD = "Allied ministers met in Vilnius on Tuesday to discuss the American review of its forces.\n\n"


@pytest.mark.parametrize(
    ("body", "want"),
    [
        (
            'A retired vice admiral, Jiro Tanabe, led a unit in the Persian Gulf in 1991. In a memoir he writes that the orders came "from the news, ten days late".',
            ["Jiro Tanabe"],
        ),
        (
            'The head of the council, Oskar Bjerre, was on Station Nord for 26 months. "It takes a certain type," he says.',
            ["Oskar Bjerre"],
        ),
        (
            'Ines Carreño retires in July. She receives LA GACETA in an office half packed. "They gave it to me," she says.',
            ["Ines Carreño"],
        ),
        (
            'The owner of the hives, Nick Carp, 67, told the agency that he had slept. "First came the noise," said the man.',
            ["Nick Carp"],
        ),
        (
            'The 2nd Armoured Division confirmed the change in a written statement Wednesday. About 3,400 soldiers had been due to leave. The rest "will remain ready to deploy", the statement said.',
            ["2nd Armoured Division"],
        ),
        ('"Can you name one?" asked our reporter, Frida Lund.', ["Frida Lund"]),
        (
            'In a farewell email, the subject line of which was "So long and thanks for all the talks", Leland Strand told staff: "History will record that we were right."',
            ["Leland Strand"],
        ),
        (
            'Letters ran eight to one against. Here is Arthur Lind of Duluth, Minn., who spent three years at Fulda: "I sat on that hill."',
            ["Arthur Lind"],
        ),
        (
            "His granddaughter, Capt. Elise Worth, is a commander in the regiment. She says she can't comment on policy. But when I asked what she'd take home, she didn't hesitate.\n\n\"The guidon and the cat.\"",
            ["Elise Worth"],
        ),
        (
            'Hedwig Ooster was the last to speak. She quoted one letter, from a nineteen-year-old in Oulu: "I am not afraid of dying."',
            ["nineteen-year-old in Oulu"],
        ),
        (
            'The Alliance for the Nation group voted against. "Today you call them volunteers," its deputies chanted.',
            ["Alliance for the Nation group deputies"],
        ),
        (
            'According to a confidential letter from the Federal Court of Audit, seen by the agency, the ministry "has not sufficiently examined" the case.',
            ["Federal Court of Audit"],
        ),
        (
            'Defence Minister Taro Mina said at a press conference after the meeting that the figure reflected "what is truly necessary".',
            ["Taro Mina"],
        ),
        (
            'Rome has asked for a bridge to be counted, a request which a southern diplomat, speaking to the paper on condition of anonymity, described as "creative bookkeeping".',
            ["southern diplomat"],
        ),
        (
            'A corporal said he\'d trained "to go look at Russians". His gunner, a specialist from Lubbock, put it differently. "My wife is due in May," he said.',
            ["corporal", "His gunner"],
        ),
        (
            'In its conclusions the Council "strongly condemns" the attack on a hospital in the east.',
            ["Council"],
        ),
        (
            'On 22 October 2026, the European Council reaffirmed its "unwavering support" for the country.',
            ["European Council"],
        ),
        (
            'Ilona Vana, the high representative, chaired the meeting. One Member State abstained.\n\nPress remarks by the High Representative (check against delivery)\n\n"Good afternoon. It was a long day.\n\n"We started with Ukraine."',
            ["Ilona Vana", "Ilona Vana"],
        ),
        (
            '"They did this to us in 1992," remembers Command Sgt. Maj. Marlon Esp, of Killeen, Texas.\n\n"I had a box with 614 keys."',
            ["Marlon Esp", "Marlon Esp"],
        ),
        (
            'In reply to a minor question the Federal Government stated that it had "no findings of its own" on 17 of 29 sites.',
            ["Federal Government"],
        ),
        ('Deputies held up forty placards with the text "Not our war".', []),
    ],
)
def test_sources_by_what_they_are(body, want):
    found = document(read_text(LEAD + body))["quotations"]
    assert len(found) == len(want), found
    for quotation, name in zip(found, want, strict=True):
        assert same_speaker(quotation["speaker"], name), (quotation["speaker"], name)
