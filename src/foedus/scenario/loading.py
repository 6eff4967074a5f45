"""From a name or a file to scenarios that are whole: validated, expanded, with their bases folded in."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from foedus.errors import InputError, did_you_mean
from foedus.scenario import library
from foedus.scenario.composition import CompositionError, Finder, expand, resolve
from foedus.scenario.dates import horizon_quarters, month_index
from foedus.scenario.explain import first_sentence, input_error
from foedus.scenario.fields import NAME_PATTERN, Location, shown
from foedus.scenario.reading import Document, field_name, parse, read_text
from foedus.scenario.schema import Family, Scenario, document_model

FEW = 30
"""How many known names an error message lists at most."""


def load(
    source: str | Path,
    *,
    known_parameters: Collection[str] | None = None,
    start: str | None = None,
    horizon: str | None = None,
) -> tuple[Scenario, ...]:
    """Load the scenarios of a shipped name or of a file; a family expands to several.

    Args:
        source: a shipped scenario or family, a scenario within a shipped family, or the path of a file.
        known_parameters: names of the parameter register; a name outside it is refused.
        start: another first month (YYYY-MM); every date in the scenario moves along.
        horizon: another horizon (10y, 8q, 18m).

    Raises:
        InputError: with file, line, field and what would be right.
    """
    text = str(source)
    if text not in library.names() and text in _families():
        family = _families()[text]
        found = [one for one in load(family, known_parameters=known_parameters) if one.name == text]
    else:
        found = list(_load_document(_document(source), known_parameters))
    return tuple(_override(one, text, start, horizon) for one in found)


def load_many(
    sources: Collection[str | Path],
    *,
    known_parameters: Collection[str] | None = None,
    start: str | None = None,
    horizon: str | None = None,
) -> tuple[Scenario, ...]:
    """Load several sources as one list of scenarios; two scenarios of one name are refused."""
    found: dict[str, Scenario] = {}
    for source in sources:
        for one in load(source, known_parameters=known_parameters, start=start, horizon=horizon):
            if one.name in found and one != found[one.name]:
                raise InputError(
                    f"the name {one.name} is taken by another scenario of this run", file=str(source)
                )
            found[one.name] = one
    return tuple(found.values())


def load_text(
    text: str, file: str = "scenario", *, known_parameters: Collection[str] | None = None
) -> tuple[Scenario, ...]:
    """Load scenarios from YAML text, such as a form sends; bases are shipped ones or of the same family."""
    return _load_document(parse(text, file), known_parameters, folder=None)


def read_document(source: str | Path) -> Scenario | Family:
    """Return what a shipped name or a file holds as it is written, bases and shared parts not folded in."""
    return _validated(_document(source))


def names() -> tuple[str, ...]:
    """Return the names of the shipped scenarios and families."""
    return library.names()


def _document(source: str | Path) -> Document:
    text = str(source)
    if text in library.names():
        return parse(library.text_of(text), f"{text} (shipped)")
    path = Path(source)
    if not _exists(path):
        _refuse_unknown(text)
    return parse(read_text(path), text)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _refuse_unknown(text: str) -> None:
    if re.fullmatch(NAME_PATTERN, text):
        known = [*library.names(), *_families()]
        raise InputError(
            f"no shipped scenario and no file has the name {text[:60]!r}{did_you_mean(text[:60], known)}"
        )
    raise InputError(
        "no such file: give the path of a scenario file or the name of a shipped scenario",
        file=text if len(text) < 300 and text.isprintable() else shown(text),
    )


@cache
def _families() -> dict[str, str]:
    """Return the name of each scenario within a shipped family, and its family."""
    found: dict[str, str] = {}
    for name in library.names():
        whole = _validated(parse(library.text_of(name), f"{name} (shipped)"))
        if isinstance(whole, Family):
            found |= {one.name: name for one in whole.scenarios}
    return found


def _validated(document: Document) -> Scenario | Family:
    model = document_model(document.data)
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise input_error(error, document) from error


def _load_document(
    document: Document, known_parameters: Collection[str] | None, folder: Path | None = Path()
) -> tuple[Scenario, ...]:
    whole = _validated(document)
    if known_parameters is not None:
        _check_parameters(document, whole, known_parameters)
    if folder is not None:
        folder = Path(document.file).parent
    try:
        scenarios = expand(whole) if isinstance(whole, Family) else (whole,)
    except ValidationError as error:
        raise InputError(first_sentence(error), file=document.file) from error
    find = _finder({one.name: one for one in scenarios} if isinstance(whole, Family) else {}, folder)
    resolved = []
    for place, one in enumerate(scenarios):
        try:
            resolved.append(resolve(one, find))
        except CompositionError as error:
            at: Location = ("scenarios", place, "base") if isinstance(whole, Family) else ("base",)
            line = document.line_of(at)
            raise InputError(str(error), file=document.file, line=line, field=field_name(at)) from error
    return tuple(resolved)


def _finder(siblings: dict[str, Scenario], folder: Path | None) -> Finder:
    """Look for a base among siblings, then shipped scenarios, then files of the same folder."""

    def find(name: str) -> Scenario:
        if name in siblings:
            return siblings[name]
        if name in library.names():
            found = _validated(parse(library.text_of(name), f"{name} (shipped)"))
        elif name in _families():
            return next(one for one in load(name) if one.name == name)
        elif folder is not None and (folder / f"{name}.yaml").is_file():
            path = folder / f"{name}.yaml"
            found = _validated(parse(read_text(path), str(path)))
        else:
            known = [*siblings, *library.names(), *_families()]
            raise LookupError(f"unknown base {name!r}{did_you_mean(name, known)}")
        if isinstance(found, Family):
            inside = ", ".join(one.name for one in found.scenarios)
            message = f"{name} is a family: name one of its scenarios as the base ({inside})"
            raise LookupError(message)  # noqa: TRY004
        return found

    return find


def _check_parameters(document: Document, whole: Scenario | Family, known: Collection[str]) -> None:
    places: list[tuple[Location, str]] = [(("parameters", key), key) for key in whole.parameters]
    if isinstance(whole, Family):
        for order, one in enumerate(whole.scenarios):
            places += [(("scenarios", order, "parameters", key), key) for key in one.parameters]
    for place, key in places:
        if key not in known:
            hint = did_you_mean(key[:60], sorted(known))
            if "did you mean" not in hint and len(known) > FEW:
                hint = "; foedus parameters lists the known ones"
            text = f"unknown parameter {key[:60]!r}{hint}"
            raise InputError(text, file=document.file, line=document.line_of(place), field=field_name(place))


def _override(scenario: Scenario, source: str, start: str | None, horizon: str | None) -> Scenario:
    for option, value, check in (("--start", start, month_index), ("--horizon", horizon, horizon_quarters)):
        if value is not None:
            try:
                check(value)
            except ValueError as error:
                raise InputError(str(error), field=option) from error
    try:
        if start is not None:
            scenario = scenario.shifted(start)
        return scenario if horizon is None else scenario.with_horizon(horizon)
    except ValidationError as error:
        option = "--start" if start is not None else "--horizon"
        raise InputError(first_sentence(error), file=source, field=option) from error
