"""Contest forms: invariants, the square law, and anchors of published studies."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus import atlas
from foedus.model.contest_forms import FORMS, Contest, success, survivors
from foedus.model.parameters import register

NEUTRAL = Contest(1.8, 1.0, 0.8, 0.5, 0.15, 3.0, 0.6, 0.0)
force = st.floats(1, 40)


def median_contest():
    half = np.array(0.5)
    names = ("contest_exponent", "defender_advantage", "contest_spread", "salvo_offence", "salvo_defence", "salvo_staying",
             "salvo_breaking", "salvo_surprise")  # fmt: skip
    return Contest(*(float(register()[f"theatre.{name}"].quantile(half)) for name in names))


def one(form, attack, defend, contest):
    return float(success(form, np.array(attack), np.array(defend), contest))


@pytest.mark.parametrize("form", FORMS)
@given(a=force, d=force, more=st.floats(1.01, 2))
@settings(max_examples=25, deadline=None)
def test_more_of_either_side_helps_it(form, a, d, more):
    base = one(form, a, d, NEUTRAL)
    assert 0 <= base <= 1
    assert one(form, a * more, d, NEUTRAL) >= base - 1e-6
    assert one(form, a, d * more, NEUTRAL) <= base + 1e-6
    assert one(form, a, a, NEUTRAL) == pytest.approx(0.5, abs=1e-6)
    assert one(form, a, d, NEUTRAL._replace(advantage=1.5)) <= base + 1e-6


@given(force, force, st.floats(0.5, 3))
@settings(max_examples=25, deadline=None)
def test_square_law_agrees_with_its_differential_equations(a, d, advantage):
    """Fight until one side is down to a hundredth, in steps that cost neither side more than a thousandth of its start.

    The loser then differs from 0 by at most 0.011 of its start. As x^2 - advantage^2 y^2 is conserved, the winner differs
    from its final w by less than (0.01 s)^2 / (2 w), s being the loser's start in the winner's units (s < winner's start);
    pairs with w^2 < 0.02 of the winner's start squared are left out, so that this stays below 0.0004 of the start.
    """
    if abs(a**2 - (advantage * d) ** 2) < 0.02 * max(a, advantage * d) ** 2:
        return
    left, right = survivors(np.array(a), np.array(d), advantage)
    step = 1e-3 * min(a / (advantage**2 * d), d / a)
    x, y = a, d
    while x > 1e-2 * a and y > 1e-2 * d:
        k1 = (-(advantage**2) * y, -x)
        k2 = (-(advantage**2) * (y + 0.5 * step * k1[1]), -(x + 0.5 * step * k1[0]))
        x, y = x + step * k2[0], y + step * k2[1]
    attacker_won = a > advantage * d
    assert x == pytest.approx(float(left), abs=(0.001 if attacker_won else 0.011) * a)
    assert y == pytest.approx(float(right), abs=(0.011 if attacker_won else 0.001) * d)


def test_without_surprise_salvos_of_like_units_follow_the_square_law_and_surprise_helps_the_attacker():
    force = np.array([3.0, 6.0, 9.0])
    square, plain = (success(form, force, np.array(5.0), NEUTRAL) for form in ("lanchester", "salvo"))
    assert plain == pytest.approx(square, abs=0.01)
    assert (success("salvo", force, np.array(5.0), NEUTRAL._replace(surprise=0.5)) > plain).all()


def anchor(code):
    rows = atlas.table("theatre")
    return rows.filter(rows["parameter_id"] == code).row(0, named=True)


@pytest.mark.parametrize("form", FORMS)
def test_seven_brigades_prevent_a_rapid_overrun_in_every_form(form):
    """RAND RR1253 (T02): about seven brigades in place prevent it against the register's attackers; a third of them do not."""
    needed = anchor("T02")["central"]
    attackers = register()["theatre.adversary_brigades_10d"].a
    contest = median_contest()
    assert one(form, attackers, needed, contest) < 0.55
    assert one(form, attackers, needed / 3, contest) > 0.7


@pytest.mark.parametrize("form", FORMS)
def test_three_to_one_opens_a_breach_in_every_form(form):
    """CSIS (T07): at least three to one locally."""
    ratio = anchor("T07")["central"]
    contest = median_contest()
    assert one(form, ratio * 5, 5, contest) > 0.7
    assert one(form, 5, 5, contest) < 0.5
