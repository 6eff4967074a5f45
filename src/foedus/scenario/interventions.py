"""What a scenario does to the world: one record for each verb under the key ``do``.

Unless a verb says otherwise, an intervention acts from the quarter that contains ``at`` to the quarter before
the one that contains ``until``, or to the horizon where ``until`` is left out.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from foedus.scenario import dates
from foedus.scenario.fields import (
    Duration,
    Flag,
    Location,
    Members,
    Month,
    PctGdp,
    Persons,
    PersonsOrNone,
    ReplacedShare,
    Share,
    Text,
    UsdBillion,
    problems,
)
from foedus.scenario.records import Record

SUM_TOLERANCE = 1e-6

_MEMBERS = "a list of allies, or the word all"
_OVER = "time over which it is phased in, in equal steps"


class Types(Record):
    """A distribution over the types of an administration; the three shares sum to one."""

    committed: Share = Field(description="share of the committed type")
    transactional: Share = Field(description="share of the transactional type")
    withdrawing: Share = Field(description="share of the withdrawing type")

    @model_validator(mode="after")
    def _sum_to_one(self) -> Types:
        total = self.committed + self.transactional + self.withdrawing
        if abs(total - 1) > SUM_TOLERANCE:
            text = (
                f"the shares of committed, transactional and withdrawing must sum to 1, they sum to {total:.6g}"
            )
            raise problems("Types", [((), text, total)])
        return self


class Act(Record):
    """What every intervention has."""

    at: Month = Field(description="month in which it starts, within the scenario's start and horizon")
    until: Month | None = Field(default=None, description="month from which it no longer holds")
    note: Text = Field(default="", description="a remark for the reader")
    source: Text = Field(default="", description="where the value comes from")

    @model_validator(mode="after")
    def _dates_in_order(self) -> Act:
        found: list[tuple[Location, str, Any]] = []
        for key in ("until", "deadline", "by"):
            month = getattr(self, key, None)
            if month is not None and dates.month_index(month) <= dates.month_index(self.at):
                found.append(((key,), f"must be later than at ({self.at}), got {month}", month))
        if self.until is not None and type(self) in ONCE:
            text = f"{self.verb} happens once: leave until out"
            found.append((("until",), text, self.until))
        if found:
            raise problems(type(self).__name__, found)
        return self

    @property
    def verb(self) -> str:
        """The word under ``do``."""
        return str(getattr(self, "do", ""))


class SuspendParticipation(Act):
    """The patron goes dormant: a member in name, its staff and forces out of planning."""

    do: Literal["suspend_participation"]


class GiveNotice(Act):
    """The patron gives notice under Article 13; the law decides when it takes effect."""

    do: Literal["give_notice"]
    ignore_statute: Flag = Field(
        default=False, description="act as if the statute against withdrawal did not bind"
    )
    congress: Literal["none", "two_thirds", "act"] = Field(
        default="none", description="consent of two thirds of the Senate, an Act of Congress, or none"
    )


class EndTreaty(Act):
    """Thought experiment: the treaty is not in force for the patron."""

    do: Literal["end_treaty"]


class DrawDown(Act):
    """The patron withdraws a share of the forces present; with ``until`` they return in that month."""

    do: Literal["draw_down"]
    hosts: Members = Field(description=_MEMBERS)
    share: Share = Field(description="share of the forces present that leaves")
    over: Duration = Field(default="1 quarter", description=_OVER)


class Deploy(Act):
    """The patron adds forces, shared out equally among the hosts; with ``until`` they leave in that month."""

    do: Literal["deploy"]
    hosts: Members = Field(description=_MEMBERS)
    persons: Persons = Field(description="persons added in all")
    over: Duration = Field(default="1 quarter", description=_OVER)


class Reaffirm(Act):
    """A signal that the patron stands by the guarantee; with ``until`` it is repeated every quarter."""

    do: Literal["reaffirm"]
    costly: Flag = Field(default=False, description="an act that costs something, not words alone")


class ThreatenExit(Act):
    """A signal that the patron may leave; with ``until`` it is repeated every quarter."""

    do: Literal["threaten_exit"]
    costly: Flag = Field(default=False, description="an act that costs something, not words alone")


class Demand(Act):
    """An ultimatum: spend so much by the deadline, or else."""

    do: Literal["demand"]
    target_pct_gdp: PctGdp = Field(description="defence spending demanded, percent of GDP (3.5, not 0.035)")
    deadline: Month = Field(description="month by which the target is to be met")
    otherwise: Literal["suspend_participation", "draw_down", "give_notice", "nothing"] = Field(
        alias="else", description="what the patron does to those that miss the target"
    )
    members: Members = Field(default="all", description=_MEMBERS)
    share: Share | None = Field(default=None, description="share of forces withdrawn, for else: draw_down")

    @model_validator(mode="after")
    def _share_goes_with_draw_down(self) -> Demand:
        if self.otherwise == "draw_down" and self.share is None:
            raise problems(
                "Demand", [(("share",), "missing: else: draw_down needs a share between 0 and 1", None)]
            )
        if self.otherwise != "draw_down" and self.share is not None:
            text = f"share goes only with else: draw_down, got else: {self.otherwise}"
            raise problems("Demand", [(("share",), text, self.share)])
        return self


class CutAid(Act):
    """The patron cuts its aid to the partner."""

    do: Literal["cut_aid"]
    share: Share = Field(default=1.0, description="share of the patron's aid that is cut")
    over: Duration = Field(default="1 quarter", description=_OVER)


class RaiseAid(Act):
    """Allies replace the patron's aid to the partner."""

    do: Literal["raise_aid"]
    members: Members = Field(default="all", description=_MEMBERS)
    share: ReplacedShare = Field(description="share of the patron's aid that they replace; above 1 exceeds it")
    over: Duration = Field(default="1 quarter", description=_OVER)


class ImposeSettlement(Act):
    """A ceasefire agreed over the partner's head."""

    do: Literal["impose_settlement"]
    ceded: Literal["current_line", "oblasts"] = Field(
        description="land given up: what lies behind the current line, or whole claimed oblasts"
    )
    guarantee: Flag = Field(default=False, description="whether a guarantee for the partner comes with it")


class BuildEnablers(Act):
    """Allies buy enablers of their own."""

    do: Literal["build_enablers"]
    members: Members = Field(default="all", description=_MEMBERS)
    usd_billion_per_year: UsdBillion = Field(description="yearly sum for all together, USD billion")
    over: Duration = Field(default="1 quarter", description="time over which the yearly sum is reached")


class RaiseSpending(Act):
    """Allies bring defence spending to a level and keep it there."""

    do: Literal["raise_spending"]
    members: Members = Field(default="all", description=_MEMBERS)
    to_pct_gdp: PctGdp = Field(description="level, percent of GDP (3.5, not 0.035)")
    by: Month = Field(description="month in which the level is reached, in equal steps from at")


class SetPledge(Act):
    """The council agrees on a new spending pledge: a level given here, or the one on which the council of allies settles."""

    do: Literal["set_pledge"]
    to_pct_gdp: PctGdp | None = Field(default=None, description="level, percent of GDP (3.5, not 0.035)")
    council: Literal["bargaining", "median", "compromise", "consensus"] | None = Field(
        default=None,
        description="the reading of the council of allies that sets the level, in place of to_pct_gdp",
    )
    by: Month = Field(description="month by which the pledged path reaches the level, in equal steps from at")

    @model_validator(mode="after")
    def _one_level(self) -> SetPledge:
        if (self.to_pct_gdp is None) == (self.council is None):
            text = "give either to_pct_gdp or council: bargaining, median, compromise or consensus"
            raise problems("SetPledge", [(("to_pct_gdp",), text, self.to_pct_gdp)])
        return self


class BuyFromPatron(Act):
    """Purchases from the patron as tribute."""

    do: Literal["buy_from_patron"]
    members: Members = Field(description=_MEMBERS)
    usd_billion_per_year: UsdBillion = Field(description="yearly purchases for all together, USD billion")


class HostForces(Act):
    """Host support for the patron's forces as tribute."""

    do: Literal["host_forces"]
    members: Members = Field(description=_MEMBERS)
    usd_billion_per_year: UsdBillion = Field(description="yearly host support for all together, USD billion")
    persons: PersonsOrNone = Field(default=0, description="persons that the patron adds in return, in all")


class Forbid(Act):
    """An act of the patron that the model does not draw; what the scenario itself orders still happens."""

    do: Literal["forbid"]
    action: Literal[
        "give_notice", "suspend_participation", "draw_down", "cut_aid", "demand", "offer_settlement"
    ] = Field(description="the act whose chance is set to zero")


class HoldBeliefs(Act):
    """Beliefs are held at a stipulated level, whatever the signals: a controlled experiment."""

    do: Literal["hold_beliefs"]
    observers: tuple[Literal["adversary", "allies"], ...] = Field(
        default=("adversary", "allies"), min_length=1, description="whose beliefs are held"
    )
    administration: Types = Field(description="the belief over types of the administration")


ONCE: frozenset[type[Act]] = frozenset({GiveNotice, Demand, ImposeSettlement, RaiseSpending, SetPledge})

VERBS: tuple[type[Act], ...] = (
    SuspendParticipation,
    GiveNotice,
    EndTreaty,
    DrawDown,
    Deploy,
    Reaffirm,
    ThreatenExit,
    Demand,
    CutAid,
    RaiseAid,
    ImposeSettlement,
    BuildEnablers,
    RaiseSpending,
    SetPledge,
    BuyFromPatron,
    HostForces,
    Forbid,
    HoldBeliefs,
)

VERB_NAMES = tuple(verb.model_fields["do"].annotation.__args__[0] for verb in VERBS)  # type: ignore[union-attr]

Intervention = Annotated[
    SuspendParticipation
    | GiveNotice
    | EndTreaty
    | DrawDown
    | Deploy
    | Reaffirm
    | ThreatenExit
    | Demand
    | CutAid
    | RaiseAid
    | ImposeSettlement
    | BuildEnablers
    | RaiseSpending
    | SetPledge
    | BuyFromPatron
    | HostForces
    | Forbid
    | HoldBeliefs,
    Field(discriminator="do"),
]
