"""Write the reference pages made from the commands' help and from the parameter register.

Run after a change of either:  uv run python scripts/write_reference.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import typer.main

from foedus.cli import build_app
from foedus.model.parameters import Entry, posterior_correlations, posterior_fits, prior_register, register

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"
MADE = "<!-- Made by scripts/write_reference.py; change {source}, not this page. -->"

CLI_HEAD = """# Commands

{made}

Exit status: 0 when done, 2 for bad input or use (one line on standard error says what is wrong, where, and what would
be right), 130 when interrupted. `foedus --version` prints the version, `foedus COMMAND --help` the help of one command.
"""

PARAMETERS_HEAD = """# Parameter register

{made}

Every number of the model that a reader could dispute: {count} entries. `foedus parameters` lists them,
`foedus parameters crisis` those of one system, `foedus parameters --status assumed` those that are judgement. A scenario file
replaces any of them under its key `parameters`.

A prior is written as its distribution and two numbers: normal(mean, standard deviation), lognormal(median, standard
deviation of the log), logitnormal(median as a probability, standard deviation of the logit), beta(mean,
concentration), uniform and triangular(low, high), fixed(value). Bounds truncate it. Where an entry was fitted to the record,
the posterior that runs use stands first and the prior after it.

Status: *measured* is read off the record; *estimated* is fitted to it or follows from published estimates; *elicited* rests on
stated judgements of experts; *assumed* is judgement. Now: {statuses}.
"""


def cell(text: object) -> str:
    """Return text that fits into a cell of a table."""
    return " ".join(str(text).split()).replace("|", "\\|").replace("<", "&lt;")


def commands(group: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    """Return every command with its full name, groups before their parts."""
    for name, command in group.commands.items():
        yield f"{prefix} {name}", command
        if hasattr(command, "commands"):
            yield from commands(command, f"{prefix} {name}")


def option_row(option: Any) -> str:
    """Return one row of a command's table."""
    argument = type(option).__name__.endswith("Argument")
    names = (option.metavar or option.name.upper()) if argument else ", ".join(option.opts)
    many = " ..." if option.nargs == -1 and "..." not in names else ""
    empty = option.default in (None, False, "", ())
    default = "required" if option.required else "" if empty else f"`{option.default}`"
    return f"| `{cell(names)}{many}` | {cell(option.help or '')} | {default} |"


def help_text(text: str) -> str:
    """Return a help text as markdown: what stands under an example's heading or is set apart becomes code."""
    out: list[str] = []
    for block in (part.strip("\n") for part in text.replace("\b", "").split("\n\n")):
        head, _, rest = block.partition(":")
        if head.strip() in ("Example", "Examples"):
            rest = rest.strip()
            out += ["Examples:" if head.strip() == "Examples" else "Example:"]
            out += [f"    {line.strip()}" for line in rest.splitlines() if line.strip()]
        elif block.strip().startswith("foedus "):
            out += [f"    {line.strip()}" for line in block.splitlines()]
        else:
            out += ["", " ".join(block.split()), ""]
    return _spaced(out)


def _spaced(lines: list[str]) -> str:
    """Put one empty line between prose and code."""
    out: list[str] = []
    for line in lines:
        if out and line.startswith("    ") != out[-1].startswith("    ") and out[-1] != "" and line != "":
            out.append("")
        if line or (out and out[-1]):
            out.append(line)
    return "\n".join(out).strip("\n")


def cli_page() -> str:
    """Return the page of the commands."""
    parts = [CLI_HEAD.format(made=MADE.format(source="the help in src/foedus/cli"))]
    for name, command in commands(typer.main.get_command(build_app()), "foedus"):
        parts.append(f"## {name}\n\n{help_text(command.help or '')}\n")
        options = [p for p in command.params if p.name != "help"]
        if options and not hasattr(command, "commands"):
            rows = "\n".join(option_row(p) for p in options)
            parts.append(f"| argument or option | meaning | default |\n| --- | --- | --- |\n{rows}\n")
    return "\n".join(parts)


def entry_row(entry: Entry) -> str:
    """Return one row of the register."""
    before = prior_register()[entry.name].describe_prior()
    fitted = "" if before == entry.describe_prior() else f" (before the fit {before})"
    cells = (
        f"`{entry.name.removeprefix(entry.system + '.')}`", entry.meaning, entry.describe_prior() + fitted, entry.unit,
        entry.status, f"{entry.source} ({entry.as_of})",
    )  # fmt: skip
    return "| " + " | ".join(cell(text) for text in cells) + " |"


def parameters_page() -> str:
    """Return the page of the parameter register."""
    entries = [register().get(name, entry) for name, entry in prior_register().items()]
    counts = {s: sum(e.status == s for e in entries) for s in ("measured", "estimated", "elicited", "assumed")}
    statuses = ", ".join(f"{count} {status}" for status, count in counts.items())
    made = MADE.format(source="src/foedus/model/parameters.csv")
    parts = [PARAMETERS_HEAD.format(made=made, count=len(entries), statuses=statuses)]
    for system in dict.fromkeys(e.system for e in entries):
        rows = "\n".join(entry_row(e) for e in entries if e.system == system)
        head = (
            "| name | meaning | prior | unit | status | source (as of) |\n| --- | --- | --- | --- | --- | --- |"
        )
        parts.append(f"## {system}\n\nNames begin with `{system}.`\n\n{head}\n{rows}\n")
    return "\n".join([*parts, posterior_section()])


POSTERIOR_HEAD = """## Prior and posterior

The {count} entries that the record or a soft constraint moved, with median and 5-95 percent before any fit and in the register that runs use.
`foedus calibrate FIT` makes a fit again, [calibration](../explanation/calibration.md) says what each rests on.

| entry | fit | prior | posterior | width, posterior over prior |
| --- | --- | --- | --- | --- |
{rows}

Fitted entries are drawn together, with these correlations on the normal scale:

| one | other | correlation |
| --- | --- | --- |
{pairs}
"""


def posterior_section() -> str:
    """Return prior and posterior of every fitted entry side by side, and the correlations."""
    ends, rows = np.array([0.05, 0.5, 0.95]), []
    fits = {name: fit for fit in posterior_fits() for name in posterior_fits()[fit]}
    for name, fit in fits.items():
        before, after = prior_register()[name].quantile(ends), register()[name].quantile(ends)
        shown = [f"{q[1]:.3g} ({q[0]:.3g} to {q[2]:.3g})" for q in (before, after)]
        ratio = (after[2] - after[0]) / (before[2] - before[0])
        rows.append(f"| `{name}` | {fit} | {shown[0]} | {shown[1]} | {ratio:.2f} |")
    pairs = [f"| `{a}` | `{b}` | {rho:+.2f} |" for (a, b), rho in posterior_correlations().items()]
    return POSTERIOR_HEAD.format(count=len(rows), rows="\n".join(rows), pairs="\n".join(pairs))


def pages() -> dict[str, str]:
    """Return the text of every page by file name."""
    return {"cli.md": cli_page(), "parameters.md": parameters_page()}


if __name__ == "__main__":
    for file, text in pages().items():
        (FOLDER / file).write_text(text, encoding="utf-8")
        print(FOLDER / file)
