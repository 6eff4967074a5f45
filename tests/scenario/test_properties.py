"""Properties over many scenarios: round trips, shifts, and that no mapping makes anything but InputError."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from foedus.errors import InputError
from foedus.scenario import Scenario, load_text, to_yaml
from foedus.scenario.alliance import allies, first_start, last_start
from foedus.scenario.dates import add_months, month_index, month_text
from foedus.scenario.distributions import DISTRIBUTION_NAMES
from foedus.scenario.interventions import VERB_NAMES
from foedus.scenario.jsonschema import json_schema
from foedus.scenario.reading import parse

VALIDATOR = Draft202012Validator(json_schema())
START, MONTHS = "2025-05", 60
SETTINGS = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

names = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
texts = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=150)
lines = texts.filter(lambda text: text.strip() and len(text.splitlines()) == 1)
codes = st.lists(st.sampled_from(sorted(allies())), min_size=1, max_size=4, unique=True)
members = st.one_of(st.just("all"), codes)
shares = st.floats(0, 1)
over = st.integers(1, 20).map(lambda n: f"{n} quarters")
months = st.integers(0, MONTHS - 1).map(lambda n: add_months(START, n))
money = st.floats(1e-6, 10_000)


@st.composite
def types(draw):
    a, b = sorted((draw(shares), draw(shares)))
    return {"committed": a, "transactional": b - a, "withdrawing": 1 - b}


def later(act):
    return st.integers(1, 40).map(lambda n: add_months(act["at"], n))


ARGUMENTS = {
    "suspend_participation": {},
    "give_notice": {
        "ignore_statute": st.booleans(),
        "congress": st.sampled_from(["none", "two_thirds", "act"]),
    },
    "end_treaty": {},
    "draw_down": {"hosts": members, "share": shares, "over": over},
    "deploy": {"hosts": members, "persons": st.integers(1, 100_000), "over": over},
    "reaffirm": {"costly": st.booleans()},
    "threaten_exit": {"costly": st.booleans()},
    "demand": {
        "target_pct_gdp": st.floats(0.2, 100),
        "else": st.sampled_from(["suspend_participation", "give_notice", "nothing"]),
        "members": members,
    },
    "cut_aid": {"share": shares, "over": over},
    "raise_aid": {"members": members, "share": st.floats(1e-6, 10), "over": over},
    "impose_settlement": {"ceded": st.sampled_from(["current_line", "oblasts"]), "guarantee": st.booleans()},
    "build_enablers": {"members": members, "usd_billion_per_year": money, "over": over},
    "raise_spending": {"members": members, "to_pct_gdp": st.floats(0.2, 100)},
    "set_pledge": {"to_pct_gdp": st.floats(0.2, 100)},
    "buy_from_patron": {"members": members, "usd_billion_per_year": money},
    "host_forces": {"members": members, "usd_billion_per_year": money, "persons": st.integers(0, 10_000)},
    "forbid": {"action": st.sampled_from(["give_notice", "draw_down", "offer_settlement"])},
    "hold_beliefs": {"administration": types(), "observers": st.just(["allies"])},
}


@st.composite
def acts(draw):
    verb = draw(st.sampled_from(sorted(ARGUMENTS)))
    act = {"at": draw(months), "do": verb, "note": draw(texts), "source": draw(texts)}
    act |= {key: draw(value) for key, value in ARGUMENTS[verb].items()}
    if verb == "demand":
        act["deadline"] = draw(later(act))
    if verb in ("raise_spending", "set_pledge"):
        act["by"] = draw(later(act))
    return act


@st.composite
def overrides(draw):
    low = draw(st.floats(-1e6, 1e6))
    return draw(
        st.one_of(
            st.floats(-1e6, 1e6),
            st.just({"dist": "uniform", "low": low, "high": low + 1}),
            st.just({"dist": "normal", "mean": low, "sd": 0.1}),
            st.just({"dist": "beta", "mean": 0.3, "concentration": 10}),
        )
    )


@st.composite
def scenarios(draw):
    interventions = draw(st.lists(acts(), max_size=6))
    holds = [act for act in interventions if act["do"] == "hold_beliefs"]
    data = {
        "name": draw(names),
        "title": draw(lines),
        "start": START,
        "horizon": f"{MONTHS}m",
        "base": None,
        "rationale": draw(texts),
        "sources": draw(st.lists(texts, max_size=3)),
        "interventions": [act for act in interventions if act not in holds[1:]],
        "beliefs": draw(st.none() | st.fixed_dictionaries({"truth": types(), "next": types()})),
        "parameters": draw(st.dictionaries(lines, overrides(), max_size=3)),
        "compare_with": draw(st.none() | names),
        "notes": draw(texts),
    }
    return Scenario.model_validate(data)


def test_every_verb_is_generated():
    assert set(ARGUMENTS) == set(VERB_NAMES)


@SETTINGS
@given(scenarios())
def test_yaml_and_back(scenario):
    text = to_yaml(scenario)
    assert load_text(text) == (scenario,)


@SETTINGS
@given(scenarios(), st.integers(month_index("2014-01"), month_index("2026-06")))
def test_shift_moves_every_date_and_back(scenario, start):
    moved = scenario.shifted(month_text(start))
    distance = start - month_index(scenario.start)
    for old, new in zip(scenario.interventions, moved.interventions, strict=True):
        for key in ("at", "until", "deadline", "by"):
            if getattr(old, key, None) is not None:
                assert month_index(getattr(new, key)) - month_index(getattr(old, key)) == distance
    assert moved.horizon_quarters == scenario.horizon_quarters
    assert moved.shifted(scenario.start) == scenario


@SETTINGS
@given(scenarios(), st.integers(1, 80))
def test_shorter_horizon_keeps_what_starts_before_it(scenario, quarters):
    short = scenario.with_horizon(f"{quarters}q")
    end = month_index(scenario.start) + 3 * quarters
    assert len(short.quarters) == quarters
    assert [act.at for act in short.interventions] == [
        act.at for act in scenario.interventions if month_index(act.at) < end
    ]


@SETTINGS
@given(scenarios())
def test_generated_scenarios_fit_the_json_schema(scenario):
    document = parse(to_yaml(scenario), "s.yaml")
    assert VALIDATOR.is_valid(document.data)


@given(st.integers(0, 12 * 9999))
def test_months_count_up(index):
    assert month_index(month_text(index)) == index


def test_record_bounds_are_months():
    assert month_index(first_start()) < month_index("2023-12") < month_index(last_start())


KEYS = """
    name title start horizon base interventions beliefs parameters scenarios at do until hosts share else
    members administration truth committed dist mean weight all 2026-01 10y null baseline four-worlds x
"""
words = st.sampled_from([*KEYS.split(), *VERB_NAMES, *DISTRIBUTION_NAMES])
scalars = st.one_of(words, st.integers(-5, 5), st.floats(), st.booleans(), st.none(), st.text(max_size=8))
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=6),
    max_leaves=25,
)
heads = st.fixed_dictionaries(
    {"name": st.just("x"), "title": st.just("X"), "start": st.just("2026-01"), "horizon": st.just("2y")},
    optional={
        "interventions": st.lists(st.dictionaries(words, trees, max_size=5) | trees, max_size=3) | trees,
        "beliefs": trees,
        "parameters": trees,
        "base": trees,
        "scenarios": trees,
    },
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(heads | trees)
def test_no_mapping_makes_anything_but_one_sentence(tree):
    import yaml

    text = yaml.safe_dump(tree, allow_unicode=True)
    try:
        load_text(text)
    except InputError as error:
        assert "\n" not in str(error)
        assert len(str(error)) < 1000


@settings(max_examples=300, deadline=None)
@given(
    st.text(st.sampled_from("ab:-{}[],&*!|>'\"%@`#? \n\t\x00\x85\ufeff"), max_size=60) | st.text(max_size=40)
)
def test_no_text_makes_anything_but_one_sentence(text):
    with pytest.raises(InputError):
        load_text(text)
