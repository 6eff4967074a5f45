"""A scenario, turned into the model's controls: arrays that say what it forces, quarter by quarter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus import atlas
from foedus.law import effect_distribution
from foedus.model.parameters import constant
from foedus.model.state import ACTS, NOTICE_QUARTERS, OBSERVERS, TYPES, Controls
from foedus.scenario import dates
from foedus.scenario import interventions as verbs
from foedus.scenario.attacks import alarm
from foedus.scenario.pledge_council import agreed_pct_gdp, pledge_council
from foedus.scenario.schema import Scenario
from foedus.scenario.world import Roles, WorldInputs

Floats = NDArray[np.float64]
Arrays = dict[str, Floats]

ACT = {name: index for index, name in enumerate(ACTS)}
FORBIDDEN = {"suspend_participation": "suspend"}
DAYS_PER_QUARTER = 365.25 / 4


def compile_controls(scenario: Scenario, inputs: WorldInputs) -> Controls:
    """Return the scenario's controls, every field with a leading axis of quarters."""
    quarters, count = scenario.horizon_quarters, len(inputs.members)
    arrays = _free(quarters, count)
    arrays |= _calendar(scenario, inputs.roles)
    arrays |= _guidelines(scenario, inputs.as_of)
    arrays["budget"] = _budgets(scenario, inputs.spending_year)
    day = first_day(scenario.start)
    arrays["alarm"] = alarm(tuple(int(q[:4]) for q in scenario.quarters), min(inputs.as_of or day, day))
    arrays["notice_dates"] = np.tile(notice_dates(inputs.roles.patron, scenario.start), (quarters, 1))
    compiler = _Compiler(scenario, inputs, arrays)
    for act in sorted(scenario.interventions, key=lambda one: (one.at, one.verb)):
        compiler.apply(act)
    compiled: dict[str, Any] = {name: np.asarray(value, dtype=np.float32) for name, value in arrays.items()}
    return Controls(**compiled)


def _free(quarters: int, count: int) -> Arrays:
    def zeros(*shape: int) -> Floats:
        return np.zeros((quarters, *shape))

    return {
        "first": (np.arange(quarters) == 0).astype(float),
        "afresh": (np.arange(quarters) % 4 == 0).astype(float),
        "act": zeros(len(ACTS)),
        "costly": zeros(len(ACTS)),
        "treaty_ended": zeros(),
        "dormant": zeros(),
        "notice_path": zeros(),
        "forces_factor": zeros(count) + 1.0,
        "forces_added": zeros(count),
        "patron_aid_factor": zeros() + 1.0,
        "ally_aid_extra": zeros(),
        "ceasefire": zeros(),
        "ceded": zeros(),
        "guarantee": zeros(),
        "spending_floor": zeros(count),
        "enabler_budget": zeros(),
        "purchases": zeros(count),
        "hosting": zeros(count),
        "hold": zeros(len(OBSERVERS)),
        "held_belief": zeros(len(OBSERVERS), len(TYPES)) + 1.0 / len(TYPES),
        "ultimatum_target": zeros(),
        "ultimatum_members": zeros(count),
        "ultimatum_share": zeros(),
        "ultimatum_else": zeros(len(ACTS)),
    }


def first_day(month: str) -> dt.date:
    """Return the first day of a month written as YYYY-MM."""
    return dt.date.fromisoformat(f"{month}-01")


def _calendar(scenario: Scenario, roles: Roles) -> Arrays:
    """Administrations: which one is in office and how long until the next."""
    start = dates.quarter_index(scenario.start)
    first = dates.quarter_index(f"{roles.first_term:%Y-%m}")
    term = 4 * roles.term_years
    quarter = start + np.arange(scenario.horizon_quarters)
    office = (quarter - first) // term
    return {
        "administration": (office - (start - first) // term).astype(float),
        "new_administration": ((quarter - first) % term == 0).astype(float) * (quarter > start),
        "quarters_to_next": (term - (quarter - first) % term).astype(float),
    }


def administrations(scenario: Scenario, roles: Roles) -> int:
    """Return how many administrations the run sees."""
    return int(_calendar(scenario, roles)["administration"][-1]) + 1


def _guidelines(scenario: Scenario, as_of: dt.date | None) -> Arrays:
    """The guideline in force as the measure, and the pledged path towards the next deadline, shares of GDP.

    A run as of a date knows the pledges made by then and no later ones.
    """
    frame = atlas.table("guidelines", as_of=as_of).filter(
        (pl.col("target_unit") == "pct_gdp") & pl.col("member").is_null() & pl.col("target_value").is_not_null()
    )
    core = frame.filter(pl.col("guideline").is_in(["wales_2pct_2014", "hague_core_2025"])).sort("date")
    rows = core.rows(named=True)
    before = constant("record.level_before_pledge")
    measure, path = [], []
    for quarter in scenario.quarters:
        year = int(quarter[:4]) + (int(quarter[-1]) - 1) / 4
        level, target = before, before
        for row in rows:
            agreed = row["date"].year + (row["date"].month - 1) / 12
            if year >= agreed:
                span = max(row["deadline_year"] - agreed, 1e-9)
                target = level + (row["target_value"] - level) * min((year - agreed) / span, 1.0)
                level = row["target_value"]
        measure.append(level)
        path.append(target)
    return {"guideline": np.array(measure) / 100, "pledge_path": np.array(path) / 100}


def _budgets(scenario: Scenario, known: int) -> Floats:
    """The first quarter of each calendar year, and the run's first one if the record ends in an earlier year."""
    quarters = scenario.quarters
    first = [name.endswith("Q1") for name in quarters]
    first[0] = int(quarters[0][:4]) > known
    return np.array(first, dtype=float)


def pledged_pct_gdp(act: verbs.SetPledge, scenario: Scenario, inputs: WorldInputs, guideline: Floats) -> float:
    """Return the level of a new pledge, percent of GDP: as given, or as the council of allies at the start settles it.

    ``guideline`` (T,): the guideline in force so far, share of GDP.
    """
    if act.council is None:
        return float(act.to_pct_gdp or 0.0)
    in_force = 100.0 * float(guideline[max(scenario.step_of(act.at) - 1, 0)])
    return agreed_pct_gdp(pledge_council(inputs.world, scenario.parameters), act.council, in_force)


def notice_dates(patron: str, start: str) -> Floats:
    """Return the distribution of quarters from a notice against the statute to its effect, given that there is one, shape (D,).

    Worked out by the law room as the law stands at the start; what takes longer than D quarters is left out.
    """
    notice = first_day(start)
    days, chances = effect_distribution(patron, notice, congress="none", ignore_statute=True)
    quarters = np.array([round((day - notice).days / DAYS_PER_QUARTER) for day in days])
    weights = np.bincount(quarters, weights=chances, minlength=NOTICE_QUARTERS + 1)[1 : NOTICE_QUARTERS + 1]
    return np.asarray(weights / weights.sum())


class _Compiler:
    """Applies interventions to the arrays, one method for each verb."""

    def __init__(self, scenario: Scenario, inputs: WorldInputs, arrays: Arrays) -> None:
        self.scenario = scenario
        self.inputs = inputs
        self.arrays = arrays
        self.quarters = scenario.horizon_quarters

    def apply(self, act: verbs.Act) -> None:
        """Apply one intervention."""
        method: Callable[[Any], None] = getattr(self, f"_{act.verb}")
        method(act)

    def _span(self, act: verbs.Act) -> slice:
        first = self.scenario.step_of(act.at)
        last = self.quarters if act.until is None else self.scenario.step_of(act.until)
        return slice(first, max(last, first + 1))

    def _mask(self, members: tuple[str, ...] | str) -> Floats:
        if members == "all":
            return np.ones(len(self.inputs.members))
        return np.array([float(code in members) for code in self.inputs.members])

    def _ramp(self, act: verbs.Act, over: str) -> Floats:
        """Return 0 before, equal steps over the duration, 1 from then on; 0 again from ``until``."""
        span = self._span(act)
        steps = np.arange(self.quarters) - span.start + 1
        ramp = np.clip(steps / dates.duration_quarters(over), 0.0, 1.0)
        ramp[span.stop :] = 0.0
        return ramp

    def _split(self, members: tuple[str, ...] | str) -> Floats:
        """Return weights by GDP that sum to one over the members named."""
        weight = self._mask(members) * np.asarray(self.inputs.world.gdp)
        return weight / max(float(weight.sum()), 1e-9)

    def _signal(self, act: verbs.Act, name: str, repeated: bool = False) -> None:
        span = self._span(act)
        when = span if repeated and act.until else span.start
        self.arrays["act"][when, ACT[name]] = 1.0
        self.arrays["costly"][when, ACT[name]] = float(getattr(act, "costly", False))

    def _suspend_participation(self, act: verbs.SuspendParticipation) -> None:
        self.arrays["dormant"][self._span(act)] = 1.0
        self._signal(act, "suspend")

    def _give_notice(self, act: verbs.GiveNotice) -> None:
        self._signal(act, "give_notice")
        consent = act.congress != "none"
        self.arrays["notice_path"][self._span(act).start] = (
            1.0 if consent else 0.0 if act.ignore_statute else -1.0
        )

    def _end_treaty(self, act: verbs.EndTreaty) -> None:
        self.arrays["treaty_ended"][self._span(act)] = 1.0

    def _draw_down(self, act: verbs.DrawDown) -> None:
        left = 1.0 - act.share * np.outer(self._ramp(act, act.over), self._mask(act.hosts))
        self.arrays["forces_factor"] *= left
        self._signal(act, "draw_down")

    def _deploy(self, act: verbs.Deploy) -> None:
        mask = self._mask(act.hosts)
        each = act.persons * mask / max(float(mask.sum()), 1.0)
        self.arrays["forces_added"] += np.outer(self._ramp(act, act.over), each)
        self._signal(act, "reaffirm")

    def _reaffirm(self, act: verbs.Reaffirm) -> None:
        self._signal(act, "reaffirm", repeated=True)

    def _threaten_exit(self, act: verbs.ThreatenExit) -> None:
        self._signal(act, "demand", repeated=True)

    def _demand(self, act: verbs.Demand) -> None:
        self._signal(act, "demand")
        deadline = self.scenario.step_of(act.deadline)
        if act.otherwise == "nothing" or deadline >= self.quarters:
            return
        follows = {"suspend_participation": "suspend"}.get(act.otherwise, act.otherwise)
        self.arrays["ultimatum_target"][deadline] = act.target_pct_gdp / 100
        self.arrays["ultimatum_members"][deadline] = self._mask(act.members)
        self.arrays["ultimatum_share"][deadline] = act.share or 0.0
        self.arrays["ultimatum_else"][deadline, ACT[follows]] = 1.0

    def _cut_aid(self, act: verbs.CutAid) -> None:
        self.arrays["patron_aid_factor"] *= 1.0 - act.share * self._ramp(act, act.over)
        self._signal(act, "cut_aid")

    def _raise_aid(self, act: verbs.RaiseAid) -> None:
        self.arrays["ally_aid_extra"] += act.share * self._ramp(act, act.over)

    def _impose_settlement(self, act: verbs.ImposeSettlement) -> None:
        start = self._span(act).start
        self.arrays["ceasefire"][start] = 1.0
        self.arrays["ceded"][start] = float(act.ceded == "oblasts")
        self.arrays["guarantee"][start:] = float(act.guarantee)
        self._signal(act, "offer_settlement")

    def _build_enablers(self, act: verbs.BuildEnablers) -> None:
        self.arrays["enabler_budget"] += act.usd_billion_per_year * self._ramp(act, act.over)

    def _raise_spending(self, act: verbs.RaiseSpending) -> None:
        now = np.asarray(self.inputs.world.spending_share)
        first, last = self.scenario.step_of(act.at), self.scenario.step_of(act.by)
        progress = np.clip((np.arange(self.quarters) - first + 1) / max(last - first, 1), 0.0, 1.0)
        level = now + (act.to_pct_gdp / 100 - now) * progress[:, None]
        floor = np.where(progress[:, None] > 0, level, 0.0) * self._mask(act.members)
        self.arrays["spending_floor"] = np.maximum(self.arrays["spending_floor"], floor)

    def _set_pledge(self, act: verbs.SetPledge) -> None:
        level = pledged_pct_gdp(act, self.scenario, self.inputs, self.arrays["guideline"]) / 100
        first, last = self.scenario.step_of(act.at), self.scenario.step_of(act.by)
        path = self.arrays["pledge_path"]
        before = path[max(first - 1, 0)]
        progress = np.clip((np.arange(self.quarters) - first + 1) / max(last - first, 1), 0.0, 1.0)
        path[first:] = before + (level - before) * progress[first:]
        self.arrays["guideline"][first:] = level

    def _buy_from_patron(self, act: verbs.BuyFromPatron) -> None:
        self.arrays["purchases"][self._span(act)] += act.usd_billion_per_year * self._split(act.members)

    def _host_forces(self, act: verbs.HostForces) -> None:
        self.arrays["hosting"][self._span(act)] += act.usd_billion_per_year * self._split(act.members)
        mask = self._mask(act.members)
        self.arrays["forces_added"][self._span(act)] += act.persons * mask / max(float(mask.sum()), 1.0)

    def _forbid(self, act: verbs.Forbid) -> None:
        column = self.arrays["act"][:, ACT[FORBIDDEN.get(act.action, act.action)]]
        span = self._span(act)
        column[span] = np.where(column[span] > 0, column[span], -1.0)

    def _hold_beliefs(self, act: verbs.HoldBeliefs) -> None:
        span = self._span(act)
        types = act.administration
        for observer in act.observers:
            place = OBSERVERS.index(observer)
            self.arrays["hold"][span, place] = 1.0
            self.arrays["held_belief"][span, place] = [types.committed, types.transactional, types.withdrawing]
