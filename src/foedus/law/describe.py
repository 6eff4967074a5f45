"""Reference pages, written from the data: ``python -m foedus.law.describe FOLDER``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from foedus.errors import InputError
from foedus.law import diagram, money, register, rules
from foedus.law.procedure import Procedure, State, procedures

EXAMPLES = {
    "leave": "foedus law leave --member USA --notice 2025-03-01 --ignore-statute",
    "attack": "foedus law attack --on EST --date 2027-05-01 --veto HUN",
    "accession": "foedus law accede --candidate SWE --date 2022-05-18 --signed 2022-07-05 --refuses HUN",
    "suspend": "foedus law suspend --member USA --date 2026-03-01",
    "sale": "foedus law sale --buyer ISR --value 106.5M --kind mde --notified 2023-12-08 --emergency",
    "drawdown": "foedus law drawdown --host DEU --share 0.33 --date 2026-03-01",
    "withhold": "foedus law withhold --date 2018-05-08 --not-rescinded",
    "terminate": "foedus law precedent open-skies",
}
GENERATED = "<!-- Written from the data by: python -m foedus.law.describe docs/reference/law. Do not edit. -->"


def pages() -> dict[str, str]:
    """Return every page and picture by file name."""
    found = {"index.md": index(), "rules.md": rule_page(), "branches.md": branch_page()}
    for entry in procedures().values():
        found[f"{entry.id}.md"] = page(entry)
        found[f"{entry.id}.svg"] = diagram.svg(entry)
    return found


def page(entry: Procedure) -> str:
    """Return the page of one procedure."""
    parts = [
        f"# {entry.title}",
        GENERATED,
        entry.question,
        f"```bash\n{EXAMPLES[entry.id]}\n```",
        f"![The states of the procedure and the ways between them]({entry.id}.svg)",
        "Each row is a state; an arc leads to the next one. Diamonds are decisions: the solid arc is yes, the "
        "dashed arc no. Squares are ends: filled where the procedure takes effect, empty where it does not.",
        "## What it asks for",
        _bullets(f"`{name}`: {text}" for name, text in entry.inputs),
        "## States",
        _table(
            ("state", "actor", "step", "rule", "then"), [_state_row(entry.states[name]) for name in entry.order]
        ),
        "## Rules",
        "By date in [Rules](rules.md).",
        _table(
            ("rule", "citation", "decision", "effect"),
            [(f"`{r.id}`", r.citation, r.decision, r.effect) for r in map(rules.rule, entry.rule_ids)],
        ),
    ]
    if entry.branch_names:
        parts += [
            "## Branches",
            "With sources in [Branches](branches.md).",
            _branch_table(entry.branch_names, False),
        ]
    parts += ["## Covers", _bullets(entry.covers), "## Does not cover", _bullets(entry.does_not_cover)]
    return "\n\n".join(parts) + "\n"


def index() -> str:
    """Return the page that lists the procedures."""
    rows = [(f"[{p.title}]({p.id}.md)", p.question, f"`{EXAMPLES[p.id]}`") for p in procedures().values()]
    parts = [
        "# Law",
        GENERATED,
        "Treaties and statutes as dated, cited, executable procedures. This is an analysis aid and no legal "
        "advice.",
        _table(("procedure", "answers", "example"), rows),
        "The same rule answers for any day: see [Rules](rules.md). What is left to chance, and on which "
        "precedents, is in [Branches](branches.md).",
    ]
    return "\n\n".join(parts) + "\n"


def rule_page() -> str:
    """Return the page with every rule and its values by date."""
    parts = [
        "# Rules",
        GENERATED,
        "Each rule with its values by date. An empty value means that no rule was in force. Status: *measured* "
        "is read in a text, *estimated* rests on reports or a reading, *assumed* is recalled.",
    ]
    instrument = ""
    for rule in sorted(rules.rules().values(), key=lambda r: r.instrument):
        if rule.instrument != instrument:
            instrument = rule.instrument
            parts.append(f"## {instrument}")
        reading = f" *{rule.reading}*" if rule.reading else ""
        parts.append(
            f"### `{rule.id}`: {rule.label}\n\n{rule.provision}. {rule.effect} Status: {rule.status}.{reading}"
        )
        rows = [(str(v.start), _amount(v.value, rule.unit), v.reference, v.note) for v in rule.values]
        parts.append(_table(("from", "value", "reference", "note"), rows))
    return "\n\n".join(parts) + "\n"


def branch_page() -> str:
    """Return the page with the register of branches."""
    parts = [
        "# Branches",
        GENERATED,
        "Probabilities: the central value is used; low and high are the 5th and 95th percentile. Where "
        "precedents are counted (k of n), all three follow from the Jeffreys posterior. Delays, in days: 10th, "
        "50th and 90th percentile, drawn with Swanson's weights 0.3, 0.4 and 0.3.",
        _branch_table(tuple(register.branches()), True),
    ]
    return "\n\n".join(parts) + "\n"


def _state_row(state: State) -> tuple[str, ...]:
    if state.end:
        then = {"effect": "**takes effect**", "blocked": "**stopped**", "none": "**ends without effect**"}[
            state.end
        ]
    elif state.decide:
        then = f"`{state.decide.yes.go}` with `{state.decide.chance}`, else `{state.decide.no.go}`"
    else:
        then = ", else ".join(f"`{arc.go}`" for arc in state.then)
    rule = diagram.plain(state.rule) if state.rule else ""
    return f"`{state.id}`", diagram.plain(state.actor), diagram.plain(state.step), f"`{rule}`", then


def _branch_table(names: tuple[str, ...], sources: bool) -> str:
    rows: list[tuple[str, ...]] = []
    for entry in map(register.branch, names):
        counted = "" if entry.precedents_n is None else f"{entry.precedents_k} of {entry.precedents_n}"
        unit = "" if entry.kind == "probability" else f" {entry.unit}s"
        numbers = f"{entry.low:g} / {entry.central:g} / {entry.high:g}{unit}"
        row = (f"`{entry.name}`", entry.meaning, numbers, counted, entry.status)
        rows.append((*row, *((entry.source, str(entry.as_of)) if sources else ())))
    head = ("branch", "meaning", "low / central / high", "precedents", "status")
    return _table((*head, "source", "as of") if sources else head, rows)


def _amount(value: rules.Value, unit: str) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, str):
        return value
    if unit == "USD":
        return money.say_usd(value)
    return f"{value:,} {unit}{'' if value == 1 or unit in ('persons', 'share') else 's'}"


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    """Write the pages to a folder.

    Raises:
        InputError: no folder was named, or it does not exist.
    """
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        raise InputError("name the folder for the pages, for instance docs/reference/law")
    for name, text in pages().items():
        Path(arguments[0], name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
