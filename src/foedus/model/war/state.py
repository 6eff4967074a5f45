"""What the war module reads and carries. Everything here is for one draw; callers map over draws.

D donors (patron first), I items, S = 2 sides (adversary, partner), K = 2 kinds of aid (arms, money), L = 2 lanes of
delivery (from stock and money; from production), T quarters, P quarters of the past. Persons in thousand, rounds in
thousand, money in billion euro, territory in percent of the partner's territory.
"""

from __future__ import annotations

from typing import NamedTuple

import jax

Array = jax.Array
Parameters = dict[str, Array]
"""One draw: register name to scalar."""


class Start(NamedTuple):
    """What was known of the war on a day, one value a draw."""

    territory: Array  # () percent held by the adversary, with what it held before 2022
    before: Array  # () percent held before February 2022
    front_speed: Array  # () percent a quarter, of late
    prepared: Array  # () share of the front with prepared defences
    men: Array  # (S,) thousand persons: adversary in theatre, partner's whole force
    casualties: Array  # (S,) thousand persons so far
    losses: Array  # (S,) thousand persons a quarter
    recruits: Array  # (S,) thousand persons a quarter
    fires: Array  # (S,) thousand rounds a quarter
    shell_output: Array  # () thousand rounds a quarter, adversary
    shell_stock: Array  # () thousand rounds, adversary
    tanks: Array  # (S,)
    tanks_lost: Array  # () adversary, so far
    tank_losses: Array  # () adversary, a quarter
    tank_output: Array  # () adversary, a quarter
    own_share: Array  # () share of the weapons used that the partner makes or had
    level: Array  # (D, K) billion euro a quarter allocated of late
    level_spread: Array  # (D,) standard deviation of the log of that level
    reference: Array  # (K,) billion euro a quarter that the patron gave while it gave
    gift: Array  # () 1 while the patron gives, 0 after it stopped
    past: Array  # (P, D, K) billion euro allocated in each past quarter
    past_from_stock: Array  # (P,) share of arms that came from stock
    given_from_stock: Array  # (D,) billion euro of arms given from stock so far
    quarters_at_war: Array  # ()


class Plan(NamedTuple):
    """What a run asks, quarter by quarter; the same for all draws. Leading axis T in a run, absent in a step."""

    time: Array  # (T,) quarters since the start
    given: Array  # (T, D) 1, or 0 where the donor's aid is stopped
    inaugurated: Array  # (T,) 1 in the quarter in which a new administration of the patron takes office
    to_election: Array  # (T,) quarters from the end of the quarter until the next one takes office
    imposing: Array  # (T,) 1 from the quarter in which the patron imposes a settlement
    ceded: Array  # (T,) percent of territory behind the front handed over in it
    guaranteed: Array  # (T,) 1 where a guarantee of the partner stands after the war


class Luck(NamedTuple):
    """Standard normals and uniforms of one draw."""

    level: Array  # (D, K) normal
    aid: Array  # (T, D, K) normal
    front: Array  # (T,) normal
    losses: Array  # (T, S) normal
    pause: Array  # (T,) uniform
    mobilise: Array  # (T,) uniform
    administration: Array  # (T, 2) uniform
    settle: Array  # (T,) uniform


class State(NamedTuple):
    """The war at the end of a quarter."""

    war: Array  # () 1 while it goes on
    ended: Array  # () how it ended: GOES_ON, AGREED, IMPOSED, DECIDED
    territory: Array  # ()
    prepared: Array  # ()
    men: Array  # (S,)
    casualties: Array  # (S,)
    fires: Array  # (S,) thousand rounds in the last quarter
    shells: Array  # (S,) thousand rounds in stock
    tanks: Array  # (S,)
    tanks_lost: Array  # () adversary
    tank_store: Array  # () adversary's vehicles still fit to be refurbished
    walk: Array  # (S,) log intensity of losses
    shock: Array  # (D, K) log of aid against its level
    stock: Array  # (D,) billion euro of arms that donors can still give from stock
    pipe: Array  # (D, I, L) billion euro ordered and not delivered
    replaced: Array  # () share of the patron's former aid that the others have taken on since the start
    gift: Array  # () 1 while the patron gives
    access: Array  # () 1 while the patron shares intelligence and sells what only it makes
    air_stock: Array  # () air defence in stock, in quarters of the first quarter's need
    short_air: Array  # () share of the need for air defence not met
    short_money: Array  # () share of the money of late that is missing
    momentum: Array  # () log units that keep the front moving
    ready: Array  # () share of the adversary's units ready
    age: Array  # () quarters since the war began


class Record(NamedTuple):
    """What one quarter leaves for the reader."""

    territory: Array
    men: Array
    casualties: Array
    losses: Array
    fires: Array
    tanks: Array
    tanks_lost: Array
    allocated: Array  # (D, I) billion euro ordered in the quarter
    delivered: Array  # (D, I)
    in_pipeline: Array  # (D, I)
    unmet: Array  # (D, I) wished for and beyond stock and production
    gift: Array
    access: Array
    short_air: Array
    short_money: Array
    war: Array
    ended: Array
    chance: Array  # chance that the war is settled in the quarter
    reservation: Array  # (S,) percent: least the adversary takes, most the partner leaves
    line: Array  # percent at which a settlement would lie
    wait_value: Array  # (S,) percent: best plan less settling on the front line now
    option_value: Array  # (S,) percent: of deciding after the election is known
    until_value: (
        Array  # (S,) percent: of fighting on until the election, then doing the best, less settling now
    )
    election_value: Array  # (S,) percent: what the prospect of the election adds to going on
    brigades_free: Array  # adversary brigades ready for elsewhere
    brigades_after: Array  # (Y,) the same 1 to 5 years after a settlement in this quarter
