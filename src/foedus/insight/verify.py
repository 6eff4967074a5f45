"""Verify a run folder offline: results, summary, inputs, data and code against the manifest."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from foedus.ensemble import Options, open_run, run_ensemble
from foedus.ensemble.draws import overridden
from foedus.ensemble.fingerprint import fingerprint, results_sha256
from foedus.ensemble.results import Run
from foedus.ensemble.summary import summarise
from foedus.errors import InputError
from foedus.model.parameters import register
from foedus.scenario.schema import Scenario

READ_ERRORS = (OSError, ValueError, KeyError, RuntimeError)
UNREADABLE = "cannot be read"


@dataclass(frozen=True)
class Outcome:
    """One check: what, whether it holds, and what was found."""

    what: str
    holds: bool
    detail: str


def verify_run(folder: str | Path, rerun: bool = False) -> list[Outcome]:
    """Return the outcome of every check.

    Raises:
        InputError: the folder holds no finished run, or its manifest is damaged.
    """
    run = open_run(folder)
    try:
        scenarios = [Scenario.model_validate(s) for s in run.scenarios]
        results = _results(run)
        readable = not results.detail.startswith(UNREADABLE)
        outcomes = [results, _summary(run, scenarios, readable), *_inputs(run, scenarios)]
    except (KeyError, ValueError, TypeError) as error:
        raise InputError(
            f"the manifest is damaged: {type(error).__name__} {error}", file=Path(folder)
        ) from None
    return [*outcomes, _again(run, scenarios)] if rerun else outcomes


def _results(run: Run) -> Outcome:
    try:
        found = results_sha256(run.dataset)
    except READ_ERRORS as error:
        return Outcome("results", False, f"{UNREADABLE} ({type(error).__name__})")
    return _same("results", run.manifest["results_sha256"], found)


def _summary(run: Run, scenarios: list[Scenario], readable: bool) -> Outcome:
    if not readable:
        return Outcome("summary", False, "cannot be checked: the results cannot be read")
    again = json.loads(json.dumps(summarise(run.dataset, scenarios)))
    holds = again == run.summary
    return Outcome(
        "summary", holds, "follows from the results" if holds else "does not follow from the results"
    )


def _inputs(run: Run, scenarios: list[Scenario]) -> list[Outcome]:
    manifest = run.manifest
    registers = {s.name: overridden(s, register()) for s in scenarios}
    marks = fingerprint(
        scenarios,
        registers,
        manifest["seed"],
        manifest["draws"],
        manifest["as_of"],
        manifest["mode"] == "played out",
    )
    keys = ("scenarios_sha256", "parameters_sha256", "data_sha256", "code_sha256", "fingerprint")
    return [_same(key.removesuffix("_sha256"), manifest[key], marks[key]) for key in keys]


def _again(run: Run, scenarios: list[Scenario]) -> Outcome:
    manifest = run.manifest
    as_of = manifest["as_of"]
    options = Options(
        draws=manifest["draws"],
        seed=manifest["seed"],
        as_of=None if as_of is None else dt.date.fromisoformat(as_of),
        played=manifest["mode"] == "played out",
    )
    with tempfile.TemporaryDirectory() as folder:
        found = run_ensemble(scenarios, folder, options).manifest["results_sha256"]
    return _same("rerun", manifest["results_sha256"], found)


def _same(what: str, expected: str, found: str) -> Outcome:
    if expected == found:
        return Outcome(what, True, found[:16])
    return Outcome(what, False, f"manifest has {expected[:16]}, found {found[:16]}")
