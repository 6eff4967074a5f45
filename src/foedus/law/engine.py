"""The engine: a procedure, facts and a date in; every way it can go, with dates and probabilities, out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from foedus.errors import InputError
from foedus.law import clocks, register, rules
from foedus.law.procedure import Arc, Condition, Procedure, State, Wait

Facts = Mapping[str, Any]
Marks = Mapping[str, dt.date]


@dataclass(frozen=True)
class Clock:
    """A clock with its numbers filled in: (amount, probability) pairs, or a mark to go to or wait for."""

    kind: str
    unit: str = "day"
    outcomes: tuple[tuple[int, float], ...] = ((0, 1.0),)
    mark: str = ""


@dataclass(frozen=True)
class Way:
    """An arc with its clocks filled in; `tests` are what is left to test against the date at run time."""

    go: str
    clocks: tuple[Clock, ...]
    tests: tuple[Condition, ...]


@dataclass(frozen=True)
class Node:
    """A state with the facts filled in. `chance` is None where the ways are tried in turn."""

    id: str
    end: str | None
    sets: tuple[tuple[str, Clock], ...]
    chance: float | None
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Machine:
    """A procedure bound to facts and to the law of one day."""

    procedure: Procedure
    as_of: dt.date
    start: dt.date
    facts: dict[str, Any]
    marks: dict[str, dt.date]
    nodes: dict[str, Node]


@dataclass(frozen=True)
class Path:
    """One way through a procedure: its probability, where and when it ended, and the steps on it."""

    probability: float
    end: str
    date: dt.date
    trail: tuple[tuple[str, dt.date], ...]


def bind(
    procedure: Procedure,
    facts: Facts,
    start: dt.date,
    *,
    as_of: dt.date | None = None,
    overrides: Mapping[str, float] | None = None,
) -> Machine:
    """Fill in the facts, the law of the day and the branch probabilities.

    Inputs:
        procedure: the procedure.
        facts: by name; None means open. Dates among them can be waited for.
        start: the day on which the first state is entered.
        as_of: the day whose law counts; the start when not given.
        overrides: probabilities that stand in for those of the register.

    Raises:
        InputError: a rule does not cover the day, an override is no probability or names no branch.
    """
    as_of = as_of or start
    known = dict(facts)
    chances = dict(overrides or {})
    for name in chances:
        register.branch(name)
    marks = {key: value for key, value in known.items() if isinstance(value, dt.date)}
    nodes = {}
    for name in _reachable(procedure, known):
        nodes[name] = _node(procedure.states[name], known, as_of, chances)
    return Machine(procedure, as_of, start, known, marks, nodes)


def paths(machine: Machine) -> tuple[Path, ...]:
    """Return every way through the procedure that has a positive probability; the probabilities sum to one."""
    return tuple(_walk(machine, _Place(machine.procedure.start, machine.start, machine.marks, 1.0, ())))


def _reachable(procedure: Procedure, facts: Facts) -> tuple[str, ...]:
    seen = {procedure.start}
    for name in procedure.order:
        if name in seen:
            seen.update(arc.go for arc in _open_arcs(procedure.states[name], facts))
    return tuple(name for name in procedure.order if name in seen)


def _open_arcs(state: State, facts: Facts) -> tuple[Arc, ...]:
    if state.decide:
        fixed = _fixed(state, facts)
        if fixed is None:
            return state.arcs
        return (state.decide.yes,) if fixed else (state.decide.no,)
    arcs = []
    for arc in state.then:
        static = [test for test in arc.when if test.kind in ("fact", "known", "unknown")]
        if all(_holds(test, facts) for test in static):
            arcs.append(arc)
            if len(static) == len(arc.when):
                break
    return tuple(arcs)


def _fixed(state: State, facts: Facts) -> bool | None:
    decide = state.decide
    if decide is None or decide.fact is None or facts.get(decide.fact) is None:
        return None
    return facts[decide.fact] in decide.values


def _holds(test: Condition, facts: Facts) -> bool:
    value = facts.get(test.name)
    if test.kind == "known":
        return value is not None
    if test.kind == "unknown":
        return value is None
    return value in test.values


def _node(state: State, facts: Facts, as_of: dt.date, chances: Mapping[str, float]) -> Node:
    sets = tuple((mark, _clock(wait, facts, as_of)) for mark, wait in state.sets)
    ways = tuple(
        Way(
            arc.go,
            tuple(_clock(wait, facts, as_of) for wait in arc.waits),
            tuple(test for test in arc.when if test.kind in ("before", "not_before")),
        )
        for arc in _open_arcs(state, facts)
    )
    chance = None
    if state.decide and _fixed(state, facts) is None:
        chance = register.probability(state.decide.chance, chances)
    return Node(state.id, state.end, sets, chance, ways)


def _clock(wait: Wait, facts: Facts, as_of: dt.date) -> Clock:
    if wait.kind in ("until", "at"):
        return Clock(wait.kind, mark=wait.name)
    if wait.kind == "branch":
        return Clock("delay", outcomes=register.branch(wait.name).outcomes)
    if wait.kind == "fact":
        return Clock("period", outcomes=((int(facts[wait.name]), 1.0),))
    entry = rules.on(wait.name, as_of)
    return Clock("period", unit=entry.rule.unit, outcomes=((int(entry.number), 1.0),))


@dataclass(frozen=True)
class _Place:
    """Where a walk stands."""

    name: str
    date: dt.date
    marks: Marks
    probability: float
    trail: tuple[tuple[str, dt.date], ...]


def _walk(machine: Machine, here: _Place) -> Iterator[Path]:
    node, date, marks = machine.nodes[here.name], here.date, here.marks
    trail = (*here.trail, (here.name, date))
    if node.end:
        yield Path(here.probability, here.name, date, trail)
        return
    if node.sets:
        marks = {**marks, **{mark: _run(clock, date, marks, clock.outcomes[0][0]) for mark, clock in node.sets}}
    for way, share in _choices(node, date, marks):
        for arrival, part in _arrivals(way.clocks, date, marks):
            there = _Place(way.go, arrival, marks, here.probability * share * part, trail)
            yield from _walk(machine, there)


def _choices(node: Node, date: dt.date, marks: Marks) -> Iterator[tuple[Way, float]]:
    if node.chance is not None:
        for way, share in zip(node.ways, (node.chance, 1.0 - node.chance), strict=True):
            if share > 0.0:
                yield way, share
        return
    for way in node.ways:
        if all((date < marks[test.name]) == (test.kind == "before") for test in way.tests):
            yield way, 1.0
            return
    raise InputError(f"state {node.id!r} has no way out on {date}; its last way must have no condition")


def _arrivals(waits: tuple[Clock, ...], date: dt.date, marks: Marks) -> Iterator[tuple[dt.date, float]]:
    if not waits:
        yield date, 1.0
        return
    first, rest = waits[0], waits[1:]
    for amount, share in first.outcomes:
        for arrival, part in _arrivals(rest, _run(first, date, marks, amount), marks):
            yield arrival, share * part


def _run(clock: Clock, date: dt.date, marks: Marks, amount: int) -> dt.date:
    if clock.kind == "until":
        return max(date, marks[clock.mark])
    if clock.kind == "at":
        return marks[clock.mark]
    return clocks.add(date, amount, clock.unit)
