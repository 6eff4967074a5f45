"""Procedures as data: states, actors, clocks, decisions. Checked against rules and branches."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.errors import InputError, did_you_mean
from foedus.law import register, rules, yamlfile

PROCEDURE_DIR = Path(__file__).parent / "procedures"
ENDS = ("effect", "blocked", "none")
WAIT_KINDS = ("rule", "branch", "fact", "until", "at")
CONDITION_KINDS = ("fact", "known", "unknown", "before", "not_before")


@dataclass(frozen=True)
class Wait:
    """A clock: a rule's period, a branch's delay, a fact in days, a date to wait for (until) or go to (at)."""

    kind: str
    name: str


@dataclass(frozen=True)
class Condition:
    """A test of a fact, or of the present date against a mark."""

    kind: str
    name: str
    values: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Arc:
    """A way from one state to another, open when every condition holds, after the clocks have run."""

    go: str
    waits: tuple[Wait, ...] = ()
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Decide:
    """A decision: fixed by a fact where one is given, else drawn with a branch's probability."""

    fact: str | None
    values: tuple[Any, ...]
    chance: str
    yes: Arc
    no: Arc


@dataclass(frozen=True)
class State:
    """One step of a procedure."""

    id: str
    actor: str
    step: str
    rule: str | None
    quiet: bool
    sets: tuple[tuple[str, Wait], ...]
    decide: Decide | None
    then: tuple[Arc, ...]
    end: str | None

    @property
    def arcs(self) -> tuple[Arc, ...]:
        """Every way out."""
        return (self.decide.yes, self.decide.no) if self.decide else self.then


@dataclass(frozen=True)
class Procedure:
    """A whole procedure."""

    id: str
    title: str
    question: str
    effect: str
    start: str
    inputs: tuple[tuple[str, str], ...]
    covers: tuple[str, ...]
    does_not_cover: tuple[str, ...]
    uses: tuple[str, ...]
    """Rules that a fact picks, such as a threshold by buyer class."""
    states: dict[str, State]
    order: tuple[str, ...]
    """State identifiers, each after all those that lead to it."""

    @property
    def rule_ids(self) -> tuple[str, ...]:
        """Rules that the procedure cites or counts by, in the order of the states."""
        found: dict[str, None] = {}
        for name in self.order:
            state = self.states[name]
            waits = [wait for _, wait in state.sets] + [wait for arc in state.arcs for wait in arc.waits]
            for rule_id in [state.rule, *(wait.name for wait in waits if wait.kind == "rule")]:
                if rule_id and "{" not in rule_id:
                    found[rule_id] = None
        found.update(dict.fromkeys(self.uses))
        return tuple(found)

    @property
    def branch_names(self) -> tuple[str, ...]:
        """Branches that the procedure may draw, in the order of the states."""
        found: dict[str, None] = {}
        for name in self.order:
            state = self.states[name]
            if state.decide:
                found[state.decide.chance] = None
            for arc in state.arcs:
                found.update({wait.name: None for wait in arc.waits if wait.kind == "branch"})
        return tuple(found)


@functools.cache
def procedures() -> dict[str, Procedure]:
    """Return every shipped procedure by identifier."""
    return {entry.id: entry for entry in (load(path) for path in sorted(PROCEDURE_DIR.glob("*.yaml")))}


def procedure(name: str) -> Procedure:
    """Return one procedure.

    Raises:
        InputError: there is no such procedure.
    """
    known = procedures()
    if name not in known:
        raise InputError(f"there is no procedure {name!r}{did_you_mean(name, list(known))}", field="procedure")
    return known[name]


def load(path: Path) -> Procedure:
    """Read one procedure file.

    Raises:
        InputError: names the file, line and field that is wrong, also a rule or branch that does not exist.
    """
    doc = yamlfile.read(path, name=path.name)
    required = ("id", "title", "question", "effect", "start", "inputs", "covers", "does_not_cover", "states")
    doc.keys(required, ("uses",))
    uses = tuple(doc.at("uses")) if "uses" in doc.value else ()
    for i, name in enumerate(uses):
        if name not in rules.rules():
            raise doc.error(
                f"there is no rule {name!r}{did_you_mean(str(name), list(rules.rules()))}", "uses", i
            )
    if not isinstance(doc.at("states"), dict):
        raise doc.error("expected a mapping of states", "states")
    states = {name: _state(doc, name) for name in doc.at("states")}
    for name, state in states.items():
        for arc in state.arcs:
            if arc.go not in states:
                raise doc.error(
                    f"there is no state {arc.go!r}{did_you_mean(arc.go, list(states))}", "states", name
                )
    if doc.at("start") not in states:
        raise doc.error(f"there is no state {doc.at('start')!r}", "start")
    return Procedure(
        id=doc.text("id"),
        title=doc.text("title"),
        question=doc.text("question"),
        effect=doc.text("effect"),
        start=doc.text("start"),
        inputs=tuple((key, doc.text("inputs", key)) for key in doc.at("inputs")),
        covers=tuple(doc.text("covers", i) for i in range(len(doc.at("covers")))),
        does_not_cover=tuple(doc.text("does_not_cover", i) for i in range(len(doc.at("does_not_cover")))),
        uses=uses,
        states=states,
        order=_order(doc, states),
    )


def _state(doc: yamlfile.Document, name: str) -> State:
    place = ("states", name)
    entry = doc.keys(("actor", "step"), ("rule", "quiet", "set", "decide", "then", "end"), *place)
    ways = [key for key in ("decide", "then", "end") if key in entry]
    if len(ways) != 1:
        raise doc.error("a state has exactly one of decide, then and end", *place)
    rule_id = entry.get("rule")
    if rule_id is not None and "{" not in rule_id and rule_id not in rules.rules():
        raise doc.error(
            f"there is no rule {rule_id!r}{did_you_mean(str(rule_id), list(rules.rules()))}", *place, "rule"
        )
    if "end" in entry and entry["end"] not in ENDS:
        raise doc.error(f"end must be one of {', '.join(ENDS)}, got {entry['end']!r}", *place, "end")
    sets = entry.get("set") or {}
    return State(
        id=name,
        actor=doc.text(*place, "actor"),
        step=doc.text(*place, "step"),
        rule=rule_id,
        quiet=bool(entry.get("quiet")),
        sets=tuple((mark, _wait(doc, *place, "set", mark)) for mark in sets),
        decide=_decide(doc, *place, "decide") if "decide" in entry else None,
        then=_arcs(doc, *place, "then") if "then" in entry else (),
        end=entry.get("end"),
    )


def _decide(doc: yamlfile.Document, *place: str | int) -> Decide:
    entry = doc.keys(("chance", "yes", "no"), ("fact", "is"), *place)
    chance = entry["chance"]
    if chance not in register.branches() or register.branch(chance).kind != "probability":
        raise doc.error(f"there is no probability {chance!r} in branches.csv", *place, "chance")
    return Decide(
        fact=entry.get("fact"),
        values=_values(entry.get("is", True)),
        chance=chance,
        yes=_arc(doc, *place, "yes"),
        no=_arc(doc, *place, "no"),
    )


def _arcs(doc: yamlfile.Document, *place: str | int) -> tuple[Arc, ...]:
    value = doc.at(*place)
    if isinstance(value, list):
        return tuple(_arc(doc, *place, i) for i in range(len(value)))
    return (_arc(doc, *place),)


def _arc(doc: yamlfile.Document, *place: str | int) -> Arc:
    value = doc.at(*place)
    if isinstance(value, str):
        return Arc(value)
    entry = doc.keys(("go",), ("wait", "when"), *place)
    waits = entry.get("wait") or []
    when = entry.get("when") or []
    if not isinstance(waits, list):
        raise doc.error("expected a list of clocks", *place, "wait")
    if not isinstance(when, list):
        raise doc.error("expected a list of conditions", *place, "when")
    return Arc(
        go=str(entry["go"]),
        waits=tuple(_wait(doc, *place, "wait", i) for i in range(len(waits))),
        when=tuple(_condition(doc, *place, "when", i) for i in range(len(when))),
    )


def _wait(doc: yamlfile.Document, *place: str | int) -> Wait:
    value = doc.at(*place)
    if not isinstance(value, dict) or len(value) != 1 or next(iter(value)) not in WAIT_KINDS:
        raise doc.error(f"a clock is one of {', '.join(WAIT_KINDS)} and a name", *place)
    kind, name = next(iter(value.items()))
    known = {"rule": list(rules.rules()), "branch": list(register.branches())}.get(kind)
    if known is not None and name not in known:
        raise doc.error(f"there is no {kind} {name!r}{did_you_mean(str(name), known)}", *place, kind)
    return Wait(kind, str(name))


def _condition(doc: yamlfile.Document, *place: str | int) -> Condition:
    entry = doc.keys((), (*CONDITION_KINDS, "is"), *place)
    kinds = [key for key in entry if key in CONDITION_KINDS]
    if len(kinds) != 1:
        raise doc.error(f"a condition has exactly one of {', '.join(CONDITION_KINDS)}", *place)
    return Condition(kinds[0], str(entry[kinds[0]]), _values(entry.get("is", True)))


def _values(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def _order(doc: yamlfile.Document, states: dict[str, State]) -> tuple[str, ...]:
    order: list[str] = []
    open_states: set[str] = set()

    def visit(name: str) -> None:
        if name in open_states:
            raise doc.error("the states run in a circle", "states", name)
        if name in order:
            return
        open_states.add(name)
        for arc in states[name].arcs:
            visit(arc.go)
        open_states.discard(name)
        order.append(name)

    visit(doc.at("start"))
    for name in states:
        if name not in order:
            raise doc.error("no way leads to this state", "states", name)
    return tuple(reversed(order))
