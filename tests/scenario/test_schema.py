"""The records: defaults, dates, composition, families and what they refuse from Python."""

import pytest
from pydantic import ValidationError

from foedus.scenario import Beliefs, Scenario, load, load_many, load_text, read_document
from foedus.scenario.dates import duration_quarters, horizon_quarters, month_text, quarter_index, quarter_text
from foedus.scenario.distributions import prior_of


def test_four_keys_are_enough(one):
    scenario = one()
    assert scenario.interventions == ()
    assert scenario.beliefs is None
    assert scenario.parameters == {}
    assert scenario.base is None  # baseline, folded in


def test_default_base_is_the_baseline():
    scenario = Scenario(name="x", title="X", start="2026-01", horizon="1y")
    assert scenario.base == "baseline"
    assert Scenario(name="baseline", title="X", start="2026-01", horizon="1y").base is None


def test_quarters_start_with_the_one_that_contains_the_start(one):
    scenario = one().shifted("2023-12")
    assert scenario.start_quarter == "2023Q4"
    assert scenario.horizon_quarters == 40
    assert scenario.quarters[-1] == "2033Q3"
    assert scenario.end == "2033-12"
    assert (scenario.step_of("2023-10"), scenario.step_of("2024-01"), scenario.step_of("2023-09")) == (0, 1, -1)


@pytest.mark.parametrize(("text", "quarters"), [("10y", 40), ("8q", 8), ("18m", 6), ("3m", 1), ("50y", 200)])
def test_horizons(text, quarters):
    assert horizon_quarters(text) == quarters


@pytest.mark.parametrize(("text", "quarters"), [("1 quarter", 1), ("4 quarters", 4), ("2 years", 8)])
def test_durations(text, quarters):
    assert duration_quarters(text) == quarters


def test_quarter_names():
    assert quarter_text(quarter_index("2026-12")) == "2026Q4"
    assert month_text(quarter_index("2026-12") * 3) == "2026-10"


def test_records_are_frozen(one):
    with pytest.raises(ValidationError, match="frozen"):
        one().title = "other"


def test_else_reads_as_otherwise(one):
    text = """\
        interventions:
          - {at: 2026-03, do: demand, target_pct_gdp: 3.5, deadline: 2027-12, else: draw_down, share: 0.25}
        """
    (demand,) = one(text).interventions
    assert (demand.otherwise, demand.share, demand.members) == ("draw_down", 0.25, "all")


@pytest.mark.parametrize(
    ("text", "prior"),
    [
        ("0.3", ("fixed", 0.3, None)),
        ("{dist: fixed, value: 2}", ("fixed", 2.0, None)),
        ("{dist: normal, mean: 0.3, sd: 0.1}", ("normal", 0.3, 0.1)),
        ("{dist: lognormal, median: 2, sigma: 0.5}", ("lognormal", 2.0, 0.5)),
        ("{dist: logitnormal, median: 0.2, sigma: 0.5}", ("logitnormal", 0.2, 0.5)),
        ("{dist: beta, mean: 0.3, concentration: 10}", ("beta", 0.3, 10.0)),
        ("{dist: uniform, low: 0, high: 1}", ("uniform", 0.0, 1.0)),
        ("{dist: triangular, low: 0, high: 1}", ("triangular", 0.0, 1.0)),
    ],
)
def test_overrides_become_register_priors(one, text, prior):
    scenario = one(f"parameters:\n  x.y: {text}\n")
    assert prior_of(scenario.parameters["x.y"]) == prior


def test_every_prior_is_one_that_the_register_takes():
    from foedus.model.parameters import DISTRIBUTIONS
    from foedus.scenario.distributions import DISTRIBUTION_NAMES

    assert set(DISTRIBUTION_NAMES) == set(DISTRIBUTIONS)


TYPES = {"committed": 0.2, "transactional": 0.3, "withdrawing": 0.5}
OTHER = {"committed": 1.0, "transactional": 0.0, "withdrawing": 0.0}


def test_beliefs_merge_key_by_key():
    base = Beliefs.model_validate({"administration": TYPES, "next": TYPES})
    top = Beliefs.model_validate({"administration": OTHER})
    merged = top.over(base)
    assert merged.administration == top.administration
    assert merged.next == base.next
    assert top.over(None) is top


def test_base_comes_first_and_moves_to_the_start(write):
    write(
        """\
        name: under
        title: Under
        start: 2025-01
        horizon: 5y
        interventions:
          - {at: 2025-04, do: cut_aid}
          - {at: 2029-04, do: end_treaty}
        beliefs: {truth: {committed: 1, transactional: 0, withdrawing: 0}}
        parameters: {a: 1, b: 1}
        """,
        "under.yaml",
    )
    path = write(
        """\
        name: top
        title: Top
        start: 2026-01
        horizon: 3y
        base: under
        interventions:
          - {at: 2026-02, do: reaffirm}
        parameters: {b: 2, c: 2}
        """
    )
    (top,) = load(path)
    assert [(act.at, act.verb) for act in top.interventions] == [
        ("2026-04", "cut_aid"),
        ("2026-02", "reaffirm"),
    ]
    assert top.parameters == {"a": 1, "b": 2, "c": 2}
    assert top.beliefs is not None
    assert top.beliefs.truth is not None
    assert top.beliefs.truth.committed == 1
    assert top.base is None


def test_base_may_be_a_scenario_of_a_shipped_family(one):
    scenario = one("base: exit-hollow\n")
    assert "end_treaty" in [act.verb for act in scenario.interventions]


FAMILY = """\
name: pair
title: A pair
rationale: Why.
sources: [here]
start: 2026-01
horizon: 2y
interventions:
  - {at: 2026-01, do: forbid, action: cut_aid}
parameters: {a: 1}
scenarios:
  - {name: one, title: One, weight: 0.25}
  - {name: two, title: Two, weight: 0.75, horizon: 4y, base: one, parameters: {a: 2}, rationale: Other.}
"""


def test_family_hands_down_what_is_shared():
    one, two = load_text(FAMILY)
    assert (one.horizon, two.horizon) == ("2y", "4y")
    assert (one.weight, two.weight) == (0.25, 0.75)
    assert (one.rationale, two.rationale, two.sources) == ("Why.", "Other.", ("here",))
    assert (one.parameters, two.parameters) == ({"a": 1}, {"a": 2})
    assert [act.verb for act in one.interventions] == ["forbid"]


def test_options_move_start_and_horizon():
    (scenario,) = load("germany-drawdown", start="2023-12", horizon="2y")
    assert (scenario.start, scenario.horizon) == ("2023-12", "2y")
    assert scenario.interventions[0].at == "2024-04"


def test_horizon_option_cuts_until():
    (scenario,) = load("bluff", horizon="1y")
    assert {act.until for act in scenario.interventions} == {"2027-01", None}


def test_hold_may_follow_a_hold(one):
    types = "{committed: 1, transactional: 0, withdrawing: 0}"
    scenario = one(
        f"""\
        interventions:
          - {{at: 2026-01, until: 2027-01, do: hold_beliefs, administration: {types}}}
          - {{at: 2027-01, do: hold_beliefs, administration: {types}}}
        """
    )
    assert len(scenario.interventions) == 2


def test_several_sources_make_one_list(write):
    from foedus.errors import InputError

    path = write("name: baseline\ntitle: Mine\nstart: 2026-01\nhorizon: 1y\n")
    assert [one.name for one in load_many(["baseline", "bluff", "baseline"])] == ["baseline", "bluff"]
    with pytest.raises(InputError, match="the name baseline is taken"):
        load_many(["baseline", path])


def test_byte_order_mark_and_windows_line_ends(write):
    text = "\ufeffname: test\r\ntitle: A test\r\nstart: 2026-01\r\nhorizon: 1y\r\n"
    assert load(write(text.encode()))[0].title == "A test"


def test_words_of_old_yaml_are_text(one):
    assert one("notes: no\n").notes == "no"
    assert one("notes: 0o17\n").notes == "0o17"
    assert one("rationale: 2026-01-01\n").rationale == "2026-01-01"


def test_document_as_written_keeps_its_base():
    assert read_document("bluff").base == "baseline"
