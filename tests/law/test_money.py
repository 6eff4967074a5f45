"""Sums of money: what is clear is read, what is not is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.errors import InputError
from foedus.law.money import parse_usd, say_usd


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("106.5M", 106.5e6),
        ("1.2bn", 1.2e9),
        ("USD 80 million", 80e6),
        ("80 million USD", 80e6),
        ("US$ 5k", 5e3),
        ("14000000", 14e6),
        ("14,000,000", 14e6),
        ("14 000 000", 14e6),
        ("2.5 billion us dollars", 2.5e9),
        ("usd 1", 1),
        (25, 25),
        (0, 0),
    ],
)
def test_reads(text, value):
    assert parse_usd(text) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("$80M", "which dollar"),
        ("80 million dollars", "which dollar"),
        ("EUR 80M", "US dollars"),
        ("80M €", "US dollars"),
        ("£5", "US dollars"),
        ("-5M", "negative"),
        (-5, "negative"),
        ("much", "no sum"),
        ("", "no sum"),
        ("5 zillion", "no sum"),
        ("1.2.3M", "no sum"),
        ("5M5", "no sum"),
        (float("nan"), "no sum"),
        ("1,00,000", "no sum"),
    ],
)
def test_refuses(text, words):
    with pytest.raises(InputError, match=words):
        parse_usd(text)


@given(st.integers(0, 10**13))
def test_whole_numbers_survive(number):
    assert parse_usd(str(number)) == number
    assert parse_usd(f"USD {number:,}") == number


def test_says():
    assert say_usd(106.5e6) == "USD 106.5 million"
    assert say_usd(1.2e9) == "USD 1.2 billion"
    assert say_usd(500_000) == "USD 500,000"
