"""The register of branches: numbers that say they come from precedents do."""

import pytest
from scipy import stats

from foedus.errors import InputError
from foedus.law import register, terminating
from foedus.law.procedure import procedures


@pytest.mark.parametrize("entry", register.branches().values(), ids=lambda entry: entry.name)
def test_entry_is_complete_and_used(entry):
    assert entry.meaning
    assert entry.source
    assert any(entry.name in known.branch_names for known in procedures().values())
    if entry.kind == "probability":
        assert 0 <= entry.low <= entry.central <= entry.high <= 1
    else:
        assert sum(p for _, p in entry.outcomes) == pytest.approx(1)


@pytest.mark.parametrize(
    "entry",
    [e for e in register.branches().values() if e.precedents_n is not None],
    ids=lambda entry: entry.name,
)
def test_counts_of_precedents_give_the_interval(entry):
    posterior = stats.beta(entry.precedents_k + 0.5, entry.precedents_n - entry.precedents_k + 0.5)
    assert entry.central == pytest.approx(posterior.mean(), abs=6e-4)
    assert entry.low == pytest.approx(posterior.ppf(0.05), abs=6e-4)
    assert entry.high == pytest.approx(posterior.ppf(0.95), abs=6e-4)


def test_counts_follow_from_the_table_of_precedents():
    known = terminating.precedents().values()
    suits = [entry for entry in known if entry.suit]
    register_of = register.branch
    assert (register_of("leave.suit").precedents_n, register_of("leave.suit").precedents_k) == (
        len(known),
        len(suits),
    )
    standing = [entry.standing for entry in suits]
    entry = register_of("leave.standing")
    assert (entry.precedents_n, entry.precedents_k) == (len(standing), sum(standing))
    set_aside = [entry for entry in known if entry.statute]
    assert register_of("leave.ignore_statute").precedents_k == len(set_aside) == 1


def test_accession_delays_are_quantiles_of_the_record():
    days = terminating.accession_days()
    entry = register.branch("accession.ratification_days")
    low, middle, high = (stats.scoreatpercentile(days, p) for p in (10, 50, 90))
    assert (entry.low, entry.central, entry.high) == pytest.approx((low, middle, high), rel=0.02)


def test_an_unknown_branch_is_named():
    with pytest.raises(InputError, match=r"leave\.suit"):
        register.branch("leave.suits")
