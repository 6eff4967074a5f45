"""A scenario file to start from: the smallest one with hints, or a copy of another scenario."""

from __future__ import annotations

import os
import re
from pathlib import Path

from foedus.errors import InputError
from foedus.scenario.fields import LONGEST_NAME, NAME_PATTERN, shown
from foedus.scenario.loading import names, read_document
from foedus.scenario.render import to_yaml

NEWEST_VANTAGE = "baseline"
"""The shipped scenario whose start a new file takes."""

SKELETON = """\
# A scenario: what happens on top of a base. Required: name, title, start, horizon.
# Check it with  foedus check {name}.yaml ; all keys: foedus schema, or the page Scenario file of the reference.
name: {name}
title: {title}
start: {start}
horizon: {horizon}
base: baseline          # what comes first; its interventions, beliefs and parameters are kept
rationale: >
  Why this is worth asking, in a paragraph.
sources: []             # where the values come from, one line each

# What is done to the world; remove the # to use.
# interventions:
#   - at: {start}
#     do: draw_down
#     hosts: [DEU, ITA]
#     share: 0.5
#     over: 4 quarters

# beliefs:
#   administration: {{committed: 0.05, transactional: 0.35, withdrawing: 0.60}}
compare_with: baseline
"""


def text_for(name: str, source: str | None) -> str:
    """Return the text of a new scenario file.

    Raises:
        InputError: the name is not one, or the source is unknown.
    """
    if not re.fullmatch(NAME_PATTERN, name) or len(name) > LONGEST_NAME:
        text = (
            f"must be lower-case letters, digits and single hyphens, at most {LONGEST_NAME}, got {shown(name)}"
        )
        raise InputError(text, field="NAME")
    if source is None:
        vantage = read_document(NEWEST_VANTAGE)
        title = name.replace("-", " ").capitalize()
        return SKELETON.format(name=name, title=title, start=vantage.start, horizon=vantage.horizon)
    copy = read_document(source).model_copy(update={"name": name})
    origin = source if source in names() else Path(source).name
    return f"# Made from {origin}.\n{to_yaml(copy)}"


def write(name: str, source: str | None, out: Path | None) -> Path:
    """Write a new scenario file; an existing file is never overwritten.

    Raises:
        InputError: the file exists, or its folder does not.
    """
    text = text_for(name, source)
    path = out or Path(f"{name}.yaml")
    if path.is_dir():
        path /= f"{name}.yaml"
    if not path.parent.is_dir():
        raise InputError(f"the folder {path.parent} does not exist: make it first", file=path)
    try:
        with os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "w", encoding="utf-8"
        ) as stream:
            stream.write(text)
    except FileExistsError as error:
        raise InputError("the file exists: choose another with --out, or remove it first", file=path) from error
    return path
