"""Case files: facts, date and expected outcome in YAML, run against the rules by one runner.

A case file is a list under `cases`. Each case has a `name`, a `do` (the procedure), the arguments `with`, and
what to `expect`. `error` instead of `expect` names words of the error that bad input must give.
"""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.errors import FoedusError, InputError, did_you_mean
from foedus.law import acceding, attacking, hollowing, leaving, rules, selling, terminating, yamlfile
from foedus.law.timeline import Timeline

CASE_DIR = Path(__file__).parent / "cases"

RUNNERS: dict[str, Callable[..., Timeline]] = {
    "leave": leaving.leave,
    "attack": attacking.attack,
    "accede": acceding.accede,
    "suspend": hollowing.suspend,
    "drawdown": hollowing.drawdown,
    "withhold": hollowing.withhold,
    "sale": selling.sale,
    "terminate": terminating.terminate,
}
DATES = ("earliest", "p05", "p50", "p95")
EXPECTATIONS = (*DATES, "probability", "outcome", "steps", "warns", "details", "no_effect", "exact")
TOLERANCE = 5e-4
"""How far a probability may be from the one that a case expects: cases are written with three digits."""

EXTRA_ARGUMENTS = {"leave": leaving.SUIT_FACTS}


@dataclass(frozen=True)
class Case:
    """One case as read."""

    file: str
    line: int
    name: str
    do: str
    arguments: dict[str, Any]
    expect: dict[str, Any]
    error: str | None


@dataclass(frozen=True)
class Result:
    """One case as run; no failures means that it passed."""

    case: Case
    failures: tuple[str, ...]


def shipped() -> tuple[Path, ...]:
    """Return the case files of the package."""
    return tuple(sorted(CASE_DIR.glob("*.cases.yaml")))


def load(path: Path) -> tuple[Case, ...]:
    """Read a case file.

    Raises:
        InputError: names the file, the line and the field that is wrong.
    """
    document = yamlfile.read(path, name=path.name)
    document.keys(("cases",), ("about",))
    if not isinstance(document.at("cases"), list) or not document.at("cases"):
        raise document.error("expected a list of cases", "cases")
    return tuple(_case(document, i) for i in range(len(document.at("cases"))))


def run(case: Case) -> Result:
    """Run one case and return what does not hold."""
    try:
        if case.do == "rule":
            return Result(case, tuple(_check_rule(case)))
        timeline = RUNNERS[case.do](**case.arguments)
    except FoedusError as error:
        if case.error is not None and case.error.lower() in str(error).lower():
            return Result(case, ())
        expected = f"expected an error with {case.error!r}, got" if case.error else "the case gave an error:"
        return Result(case, (f"{expected} {error}",))
    if case.error is not None:
        return Result(case, (f"expected an error with {case.error!r}, got a timeline",))
    return Result(case, tuple(_check(case, timeline)))


def _case(document: yamlfile.Document, index: int) -> Case:
    place = ("cases", index)
    entry = document.keys(("name", "do", "with"), ("expect", "error", "note"), *place)
    if ("expect" in entry) == ("error" in entry):
        raise document.error("a case has either expect or error", *place)
    do = entry["do"]
    known = (*RUNNERS, "rule")
    if do not in known:
        raise document.error(f"there is no procedure {do!r}{did_you_mean(str(do), known)}", *place, "do")
    allowed = ("id", "on") if do == "rule" else _arguments(do)
    document.keys((), allowed, *place, "with")
    if "expect" in entry:
        fields = ("value", "in_force", "until") if do == "rule" else EXPECTATIONS
        document.keys((), fields, *place, "expect")
        for field in DATES:
            if entry["expect"].get(field) is not None:
                document.date(*place, "expect", field)
    return Case(
        file=document.file,
        line=document.lines[place],
        name=document.text(*place, "name"),
        do=do,
        arguments=_plain(entry["with"]),
        expect=entry.get("expect") or {},
        error=None if "error" not in entry else document.text(*place, "error"),
    )


def _arguments(do: str) -> tuple[str, ...]:
    names = [
        name
        for name, parameter in inspect.signature(RUNNERS[do]).parameters.items()
        if parameter.kind is not inspect.Parameter.VAR_KEYWORD
    ]
    return (*names, *EXTRA_ARGUMENTS.get(do, ()))


def _plain(arguments: dict[str, Any]) -> dict[str, Any]:
    if isinstance(arguments.get("recess"), list):
        return {**arguments, "recess": tuple(arguments["recess"])}
    return dict(arguments)


def _check_rule(case: Case) -> list[str]:
    known = rules.on(case.arguments["id"], case.arguments["on"])
    got: dict[str, Any] = {
        "value": list(known.value) if isinstance(known.value, tuple) else known.value,
        "in_force": known.in_force,
        "until": known.until,
    }
    return [
        f"{key}: expected {want!r}, got {got[key]!r}" for key, want in case.expect.items() if got[key] != want
    ]


def _check(case: Case, timeline: Timeline) -> list[str]:
    failures = []
    for key, want in case.expect.items():
        failures.extend(_check_one(key, want, timeline))
    return failures


def _check_one(key: str, want: Any, timeline: Timeline) -> list[str]:
    if key == "details":
        return [
            line for name, value in want.items() for line in _differs(name, value, timeline.details.get(name))
        ]
    if key == "warns":
        text = " ".join(timeline.warnings).lower()
        return [f"no warning says {word!r}" for word in _list(want) if str(word).lower() not in text]
    if key == "steps":
        return [line for step in _list(want) for line in _check_step(step, timeline)]
    effective = timeline.effective
    if key == "probability":
        got = effective.probability_ever
        return [] if abs(got - want) <= TOLERANCE else [f"probability: expected {want}, got {got:.4f}"]
    found: dict[str, Any] = {
        **{name: getattr(effective, name) for name in DATES},
        "exact": timeline.exact,
        "no_effect": effective.earliest is None,
        "outcome": max(timeline.outcomes, key=lambda name: timeline.outcomes[name]),
    }
    return _differs(key, want, found[key])


def _check_step(want: dict[str, Any], timeline: Timeline) -> list[str]:
    for step in timeline.steps:
        same = {
            "date": step.date,
            "actor": step.actor,
            "rule": step.rule_id,
            "says": want.get("says") if str(want.get("says", "")).lower() in step.step.lower() else None,
        }
        if all(same.get(key) == value for key, value in want.items()):
            return []
    return [f"no step fits {want}"]


def _differs(key: str, want: Any, got: Any) -> list[str]:
    if isinstance(want, dt.date) and isinstance(got, str):
        got = dt.date.fromisoformat(got)
    return [] if want == got else [f"{key}: expected {want}, got {got}"]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def summary(results: list[Result]) -> dict[str, Any]:
    """Return counts and failures as plain values.

    Raises:
        InputError: there was nothing to run.
    """
    if not results:
        raise InputError("there are no cases to run")
    failed = [result for result in results if result.failures]
    return {
        "cases": len(results),
        "passed": len(results) - len(failed),
        "failed": [
            {
                "file": result.case.file,
                "line": result.case.line,
                "name": result.case.name,
                "failures": list(result.failures),
            }
            for result in failed
        ],
    }
