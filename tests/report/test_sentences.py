"""The three sentences, the numbers in them, and the summary for the terminal."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from foedus.errors import InputError
from foedus.report import four_worlds_png, four_worlds_svg, terminal, three_sentences, tidy
from foedus.report.numbers import Interval, chance, of_draws, percent, points, significant, year_span
from foedus.report.quantiles import bands, interval
from foedus.report.sentences import effects, headline

from .synthetic import FOUR, FRONTLINE, MEMBERS, make_run


def frontline_by_hand(run, scenario):
    columns = [MEMBERS.index(m) for m in FRONTLINE]
    last = run.dataset["challenge_probability_cumulative"].sel(scenario=scenario).isel(year=-1)
    return last.values.astype(float)[:, columns].mean(axis=1)


def test_four_worlds_sentences_carry_the_runs_own_numbers(run):
    first, second, third = three_sentences(run)
    for world in ("treaty-hollow", "exit-believed"):
        low, middle, high = np.quantile(frontline_by_hand(run, world), [0.05, 0.5, 0.95])
        assert chance(Interval(low, middle, high)) in first
    assert "hollow treaty is the more dangerous" in second
    assert "6 of the 6 frontline allies" in second
    assert "billion USD (" in third
    assert "the United States" in third


def test_reversed_order_is_said():
    run = make_run(reverse=True)
    assert "The order is not the one often asserted" in three_sentences(run)[1]
    assert headline(run).startswith("Ending the treaty is more dangerous")
    belief, treaty = effects(run)
    assert treaty.p50 > belief.p50


def test_effects_are_paired_differences(run):
    y = {w: frontline_by_hand(run, w) for w in FOUR}
    belief = (y["treaty-hollow"] - y["treaty-believed"] + y["exit-hollow"] - y["exit-believed"]) / 2
    assert effects(run)[0].p50 == pytest.approx(np.median(belief), rel=1e-6)


def test_equal_worlds_are_a_tie():
    run = make_run(draws=5)
    run.dataset["challenge_probability_cumulative"][:] = run.dataset["challenge_probability_cumulative"][
        0
    ].values
    assert "equally dangerous" in three_sentences(run)[1]
    assert "equally" in headline(run)


def test_other_scenarios_are_compared_with_their_reference():
    run = make_run(["calm", "storm", "gale"], ["Calm", "Storm", "Gale"], compare_with="calm")
    first, second, _ = three_sentences(run)
    assert "“Gale”" in first and "“Calm”" in first
    assert "raises the chance in every draw" in second


def test_single_scenario_names_the_most_exposed_ally():
    sentences = three_sentences(make_run(["only"], ["Only"]))
    assert len(sentences) == 3
    assert "Ally EST" in sentences[1]


def test_no_price_is_said():
    run = make_run(draws=5)
    run.dataset["replacement_cost_usd_billion"][:] = np.nan
    assert "no price" in three_sentences(run)[2]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.343, "34%"),
        (0.0432, "4.3%"),
        (0.00004, "<0.01%"),
        (0.9991, ">99%"),
        (1.0, "100%"),
        (0.0, "0%"),
        (np.nan, "n/a"),
    ],
)
def test_percent(value, shown):
    assert percent(value) == shown


def test_words_for_numbers():
    assert significant(-1234.0) == "−1,200"
    assert chance(Interval(0.0, 0.0, 0.0)) == "about 0 in 10,000 (0 to 0)"
    assert chance(Interval(np.nan, np.nan, np.nan)) == "not available"
    assert of_draws(0.9996) == "over 99 of 100 draws"
    assert points(Interval(0.00001, 0.18, 0.77)) == "18 percentage points (0 to 77)"
    assert "never within the horizon in 20 of 100 draws" in year_span(
        Interval(2031, 2034, 2039, finite_share=0.8)
    )


@given(st.floats(min_value=0, max_value=1))
def test_percent_is_close_to_the_value(value):
    text = percent(value)
    if text[0] not in "<>":
        assert float(text.rstrip("%")) / 100 == pytest.approx(value, rel=0.05, abs=1e-12)


@settings(max_examples=50)
@given(st.lists(st.one_of(st.floats(-1e6, 1e6), st.just(np.nan), st.just(np.inf)), min_size=1, max_size=40))
def test_quantiles_ignore_missing_draws_and_keep_their_order(values):
    array = np.array(values)
    finite = array[np.isfinite(array)]
    found = interval(array)
    assert found.finite_share == pytest.approx(len(finite) / len(array))
    if len(finite):
        assert found.p05 <= found.p50 <= found.p95
        assert found.p50 == pytest.approx(np.median(finite))
    else:
        assert not found.known


def test_quantiles_do_not_mix_columns():
    values = np.array([[1.0, np.nan, np.nan], [3.0, 5.0, np.nan]])
    found = bands(values)
    assert found["p50"][0] == 2.0
    assert found["p50"][1] == 5.0
    assert np.isnan(found["p50"][2])
    assert found["finite_share"].tolist() == [1.0, 0.5, 0.0]


def test_order_of_members_does_not_matter(run):
    turned = make_run()
    object.__setattr__(turned, "dataset", turned.dataset.isel(member=slice(None, None, -1)))
    assert three_sentences(turned) == three_sentences(run)
    assert tidy.frontline(turned) == tidy.frontline(run)


def test_terminal_summary_says_the_same(run):
    console = Console(width=400, record=True, file=open("/dev/null", "w"))  # noqa: PTH123, SIM115
    console.print(terminal(run))
    console.file.close()
    shown = console.export_text()
    for sentence in three_sentences(run):
        assert sentence in shown
    assert "Treaty ended, promise not believed" in shown


def test_terminal_takes_brackets_in_titles_as_text():
    console = Console(width=200, record=True, file=open("/dev/null", "w"))  # noqa: PTH123, SIM115
    console.print(terminal(make_run(["a"], ["[bold]x[/bold] [/red]"], draws=3)))
    console.file.close()
    assert "[bold]x[/bold] [/red]" in console.export_text()


def test_pictures_of_four_worlds(run):
    svg = four_worlds_svg(run)
    assert svg.startswith("<svg ") and 'role="img"' in svg and "Finland" not in svg
    assert four_worlds_png(run, scale=1.0).startswith(b"\x89PNG")
    with pytest.raises(InputError, match="four-worlds"):
        four_worlds_svg(make_run(["a"], ["A"], draws=3))
