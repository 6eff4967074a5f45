"""Games in extensive form: the .efg format and logit equilibria against Gambit's."""

import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.errors import InputError
from foedus.model.games import efg, extensive

NAMES = (
    "01_entry_deterrence_complete",
    "02_entry_deterrence_two_types",
    "03_patron_signal_two_types",
    "04_patron_signal_three_types",
    "05_ultimatum_threshold",
    "06_crisis_signalling_4x2",
    "07_crisis_signalling_3x3",
    "08_burden_sharing_threshold",
    "09_collective_defence_chain",
    "10_brinkmanship_chicken",
    "11_deterrence_three_outcomes",
    "12_entrapment_hidden_action",
    "13_salami_tactics_three_steps",
    "14_withdrawal_ultimatum",
)
TINY = 'EFG 2 R "t" { "A" "B" }\n""\np "" 1 1 "a" { "l" "r" } 0\nt "" 1 "x" { 1, 2 }\n'


def _distance(game, point, profile):
    play = {
        f"{place}|{action}": v for (place, action), v in zip(game.labels, np.exp(point.log_play), strict=True)
    }
    return max(
        abs(play[f"{place}|{action}"] - v) for place, acts in profile.items() for action, v in acts.items()
    )


@pytest.mark.parametrize("name", NAMES)
def test_logit_equilibria_equal_gambits(reference, name):
    source = reference / "extensive_form" / f"{name}.efg"
    tree = efg.parse(source.read_text())
    assert efg.parse(efg.write(tree)) == tree
    game = extensive.compile_game(tree)
    stored = json.loads(source.with_suffix(".json").read_text())["logit_qre"]["fixed_lambda"]
    branch = extensive.principal_branch(game, [entry["lambda"] for entry in stored])
    assert len(branch.at) == len(stored)
    for point, entry in zip(branch.at, stored, strict=True):
        assert point.residual < 1e-9
        near = [_distance(game, point, entry["profile"])]
        near += [
            _distance(game, q, entry["profile"])
            for arm in branch.arms
            for q in arm
            if q.rationality == point.rationality
        ]
        assert min(near) < 1e-8


def test_folds_and_splits_are_reported(reference):
    folder = reference / "extensive_form"
    crisis = extensive.compile_game(efg.parse((folder / "06_crisis_signalling_4x2.efg").read_text()))
    turns = extensive.principal_branch(crisis, [8.0]).turns
    assert turns == pytest.approx([4.713, 3.5], abs=0.05)
    chicken = extensive.compile_game(efg.parse((folder / "10_brinkmanship_chicken.efg").read_text()))
    branch = extensive.principal_branch(chicken, [2.0])
    assert len(branch.splits) == 1 and len(branch.arms) == 2


@settings(max_examples=40, deadline=None)
@given(st.lists(st.fractions(-5, 5, max_denominator=9), min_size=8, max_size=8), st.integers(1, 6))
def test_scaling_payoffs_is_scaling_lambda(values, factor):
    def game(scale):
        leaves = [tuple(scale * v for v in values[2 * k : 2 * k + 2]) for k in range(4)]
        text = 'EFG 2 R "g" { "A" "B" }\n""\np "" 1 1 "a" { "l" "r" } 0\n'
        for k in range(2):
            text += 'p "" 2 1 "b" { "l" "r" } 0\n'
            for j in range(2):
                left, right = leaves[2 * k + j]
                text += f't "" {2 * k + j + 1} "e{k}{j}" {{ {left}, {right} }}\n'
        return extensive.compile_game(efg.parse(text))

    one = extensive.principal_branch(game(Fraction(1)), [0.3 * factor]).at[0]
    other = extensive.principal_branch(game(Fraction(factor)), [0.3]).at[0]
    assert np.abs(np.exp(one.log_play) - np.exp(other.log_play)).max() < 1e-8
    assert np.exp(one.log_play[:2]).sum() == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("NFG 1 R", "starts with"),
        (TINY, "ends where"),
        (TINY + 't "" 2 "y" { nan, 1 }', "finite number"),
        (TINY + 't "" 2 "y" { 1 }', "payoffs for 2 players"),
        (TINY + 't "" 2 "y" { 1/0, 1 }', "divides by zero"),
        (TINY + 't "" 2 "y { 1, 1 }', "never closed"),
        (TINY + 't "" 2 "y" { 1, 1 }\nt "" 3 "z" { 1, 1 }', "after the last node"),
        ('EFG 2 R "t" { "A" }\n""\nc "" 1 "n" { "l" 1/2 "r" 1/3 } 0\n', "sum to 1"),
    ],
)
def test_bad_files_are_refused_with_a_line(text, words):
    with pytest.raises(InputError, match=words):
        efg.parse(text, "g.efg")


def test_imperfect_recall_is_refused():
    text = 'EFG 2 R "t" { "A" }\n""\np "" 1 1 "a" { "l" "r" } 0\n'
    for k in (0, 2):
        text += f'p "" 1 2 "again" {{ "l" "r" }} 0\nt "" {k + 1} "x{k}" {{ 1 }}\nt "" {k + 2} "y{k}" {{ 0 }}\n'
    with pytest.raises(InputError, match="imperfect recall"):
        extensive.compile_game(efg.parse(text))
