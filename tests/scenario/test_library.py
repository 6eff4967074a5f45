"""The shipped scenarios: complete, sourced, valid at both vantage points; four-worlds is controlled."""

import pytest

from foedus.scenario import Family, load, load_text, names, read_document, to_yaml
from foedus.scenario.interventions import HoldBeliefs
from foedus.scenario.jsonschema import json_schema
from foedus.scenario.library import text_of
from foedus.scenario.reading import parse
from foedus.scenario.register import parameter_names

EXPECTED = {
    "baseline", "formal-withdrawal", "dormant-nato", "ultimatum", "germany-drawdown", "aid-cutoff",
    "24-hour-peace", "fort-trump", "bluff", "congress-holds", "european-pillar", "four-worlds",
}  # fmt: skip


def test_the_shipped_names():
    assert set(names()) == EXPECTED
    assert names()[0] == "baseline"


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_shipped_scenarios_are_complete(name):
    document = read_document(name)
    assert document.name == name
    assert 200 < len(document.rationale) < 2000
    assert "\n" not in document.rationale
    assert document.sources
    for scenario in load(name, known_parameters=parameter_names()):
        assert scenario.base is None
        assert scenario.horizon_quarters == 40


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_shipped_scenarios_run_from_both_vantage_points(name):
    for start in ("2023-12", "2026-01"):
        for scenario in load(name, start=start):
            assert scenario.start == start
            assert load_text(to_yaml(scenario)) == (scenario,)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_shipped_files_fit_the_json_schema(name):
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(json_schema())
    data = parse(text_of(name), name).data
    assert list(validator.iter_errors(data)) == []
    assert not validator.is_valid({**data, "horizen": "10y"})


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_documents_survive_rendering(name):
    document = read_document(name)
    assert load_text(to_yaml(document)) == load(name)


def worlds():
    return {one.name: one for one in load("four-worlds")}


def test_four_worlds_differ_only_in_treaty_and_belief():
    found = worlds()
    assert list(found) == ["treaty-believed", "treaty-hollow", "exit-believed", "exit-hollow"]
    rest = set()
    for name, one in found.items():
        others = [act for act in one.interventions if act.verb not in ("end_treaty", "hold_beliefs")]
        rest.add((one.start, one.horizon, tuple(act.model_dump_json() for act in others), str(one.parameters)))
        assert any(act.verb == "end_treaty" for act in one.interventions) == name.startswith("exit")
        assert {act.action for act in others} == {
            "draw_down", "suspend_participation", "give_notice", "cut_aid", "demand",
        }  # fmt: skip
        assert one.beliefs is None
    assert len(rest) == 1


def test_four_worlds_hold_the_stipulated_beliefs_throughout():
    stipulated = {"believed": (0.90, 0.08, 0.02), "hollow": (0.05, 0.15, 0.80)}
    for name, one in worlds().items():
        (hold,) = [act for act in one.interventions if isinstance(act, HoldBeliefs)]
        types = hold.administration
        assert (types.committed, types.transactional, types.withdrawing) == stipulated[name.split("-")[1]]
        assert set(hold.observers) == {"adversary", "allies"}
        assert (hold.at, hold.until) == (one.start, None)


def test_a_world_can_be_loaded_alone():
    (one,) = load("exit-hollow", start="2023-12")
    assert one.interventions[-1].at == "2023-12"
    assert one.rationale == read_document("four-worlds").rationale


def test_germany_drawdown_is_the_announced_third():
    from foedus import atlas

    posture = atlas.table("us_posture")
    plan = posture.filter(posture["event"] == "P03")["central"].item()
    (cut,) = load("germany-drawdown")[0].interventions
    assert cut.hosts == ("DEU",)
    assert cut.share == pytest.approx(plan / 36_000, abs=0.005)


def test_dormant_nato_takes_the_army_share_home():
    from foedus import atlas

    forces = atlas.table("us_forces", year=2025)
    for act in load("dormant-nato")[0].interventions:
        if act.verb == "draw_down" and len(act.hosts) == 1:
            rows = forces.filter((forces["host"] == act.hosts[0]) & (forces["quarter"] == 4))
            army = rows["army_active_persons"].item() / rows["active_duty_persons"].item()
            assert act.share == pytest.approx(army, abs=0.005)


def test_fort_trump_buys_what_was_notified():
    from foedus import atlas

    sales = atlas.table("arms_sales")
    rows = sales.filter((sales["buyer"] == "POL") & (sales["record_type"] == "notice"))
    notified = rows.filter(rows["date_notified"].dt.year() == 2025)["value_usd"].sum() / 1e9
    (bought,) = [act for act in load("fort-trump")[0].interventions if act.verb == "buy_from_patron"]
    assert bought.usd_billion_per_year == pytest.approx(notified, abs=0.005)


def test_the_quick_reading_of_the_atlas_is_the_atlas():
    from foedus import atlas
    from foedus.scenario import alliance

    members = atlas.table("members")
    rows = members.filter(members["nato_member"] & (members["member"] != alliance.patron()))
    assert alliance.allies() == dict(zip(rows["member"].to_list(), rows["name"].to_list(), strict=True))
    assert len(alliance.allies()) == 31
    assert [alliance.patron()] == atlas.table("alliances")["patron"].to_list()
    spending = atlas.table("spending", all_editions=True)
    assert alliance.first_start() == f"{spending.filter(spending['series'] == 'NATO')['year'].min()}-01"
    assert alliance.last_start() == f"{atlas.table('us_posture')['date'].max():%Y-%m}"


def test_only_families_hold_several():
    assert [name for name in names() if isinstance(read_document(name), Family)] == ["four-worlds"]
