"""``foedus read`` and ``foedus evidence``: the news into a ledger that can be checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Optional

import typer

LedgerArgument = Annotated[Path, typer.Argument(help="Ledger (one DuckDB file).", metavar="LEDGER")]
ItemArgument = Annotated[str, typer.Argument(help="Identifier of the item, or its beginning.", metavar="ITEM")]
NoteOption = Annotated[Optional[str], typer.Option(help="Why, in a sentence.")]  # noqa: UP045
AnalystOption = Annotated[Optional[str], typer.Option(help="Who decides.")]  # noqa: UP045


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("read")(read)
    group = typer.Typer(
        help="Look at a ledger of evidence, decide on its items, and see what they move.", no_args_is_help=True
    )
    for command in (list_, show, accept, reject, edit, export, effect):
        group.command(command.__name__.rstrip("_"))(command)
    app.add_typer(group, name="evidence")


def read(
    paths: Annotated[
        list[str], typer.Argument(help="Files, folders, or - for standard input.", metavar="PATH...")
    ],
    ledger: Annotated[
        Path | None, typer.Option(help="Ledger to append to (one DuckDB file).", metavar="FILE")
    ] = None,
    json: Annotated[
        Path | None,
        typer.Option(help="File for the readings as JSON; - for standard output.", metavar="FILE"),
    ] = None,
    published: Annotated[
        str | None, typer.Option(help="Date of stories that state none.", metavar="YYYY-MM-DD")
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="Language model to read with, such as spacy-sm; rules alone without.")
    ] = None,
    jobs: Annotated[int, typer.Option(help="Processes for many files.", min=1, max=64)] = 2,
) -> None:
    """Read news documents: stories, quotations, quantities, events, stances and checked claims.

    Nothing is sent anywhere. A file that cannot be read gets one line on standard error and the rest goes on; the
    exit status is 2 only when nothing could be read.

    Examples:

      foedus read article.txt --json reading.json

      foedus read press/ --ledger press.duckdb --published 2025-03-01

      cat article.html | foedus read - --json -
    """
    from rich.console import Console

    from foedus.evidence.batch import find_files, run
    from foedus.evidence.show import show_outcome

    places = [Path(p) for p in paths]
    outcome = run(places, ledger=ledger, json_path=json, published=published, jobs=jobs, model=model)
    show_outcome(Console(stderr=True), outcome, len(find_files(places)), ledger)


def list_(
    ledger: LedgerArgument,
    kind: Annotated[
        str | None, typer.Option(help="quotation, statement, quantity, event, stance or claim.")
    ] = None,
    match: Annotated[
        str | None, typer.Option(help="Only items whose speaker, text, file or reading holds these words.")
    ] = None,
    limit: Annotated[int, typer.Option(help="Most rows shown.", min=1)] = 50,
    json: Annotated[bool, typer.Option("--json", help="Print all items as JSON.")] = False,
) -> None:
    """List the items of a ledger.

    Examples:

      foedus evidence list press.duckdb --kind claim --match overstated

      foedus evidence list press.duckdb --match "Defence Secretary"
    """
    from rich.console import Console

    from foedus.evidence.ledger import items, open_ledger
    from foedus.evidence.show import holding, list_items

    with open_ledger(ledger) as connection:
        found = holding(items(connection, kind=kind), match)
    if json:
        import dataclasses
        import json as json_module

        typer.echo(json_module.dumps([dataclasses.asdict(i) for i in found], ensure_ascii=False))
    else:
        list_items(Console(), found, limit)


def show(ledger: LedgerArgument, item: ItemArgument) -> None:
    """Show an item in its passage, the item in square and its speaker in angle brackets.

    Example:

      foedus evidence show press.duckdb 3fa1
    """
    from rich.console import Console

    from foedus.evidence.ledger import one, open_ledger, text_of
    from foedus.evidence.show import show_item

    with open_ledger(ledger) as connection:
        found = one(connection, item)
        show_item(Console(), found, text_of(connection, found.sha256))


def _decide(
    ledger: Path,
    item: str,
    decision: str,
    note: str | None,
    analyst: str | None,
    changes: dict[str, Any] | None = None,
) -> None:
    from foedus.evidence.ledger import decide, one, open_ledger

    with open_ledger(ledger):
        pass
    with open_ledger(ledger, write=True) as connection:
        found = one(connection, item)
        decide(connection, found, decision, changes=changes, note=note, analyst=analyst)
    typer.echo(f"{found.id}: {decision}")


def accept(
    ledger: LedgerArgument, item: ItemArgument, note: NoteOption = None, analyst: AnalystOption = None
) -> None:
    """Accept an item: it then counts in full.

    Example:

      foedus evidence accept press.duckdb 3fa1 --note "heard the tape"
    """
    _decide(ledger, item, "accept", note, analyst)


def reject(
    ledger: LedgerArgument, item: ItemArgument, note: NoteOption = None, analyst: AnalystOption = None
) -> None:
    """Reject an item: it no longer counts. It stays in the ledger.

    Example:

      foedus evidence reject press.duckdb 3fa1 --note "said of another treaty"
    """
    _decide(ledger, item, "reject", note, analyst)


def edit(
    ledger: LedgerArgument,
    item: ItemArgument,
    change: Annotated[
        list[str] | None,
        typer.Option("--set", help="FIELD=VALUE; may be given more than once.", metavar="FIELD=VALUE"),
    ] = None,
    note: NoteOption = None,
    analyst: AnalystOption = None,
) -> None:
    """Correct fields of an item, or only annotate it with --note. The correction is a new row.

    Example:

      foedus evidence edit press.duckdb 3fa1 --set speaker="Ilse Varga" --set speaker_role="defence minister"
    """
    from foedus.evidence.edits import parse_changes

    changes = parse_changes(ledger, item, change or [], note)
    _decide(ledger, item, "edit" if changes else "note", note, analyst, changes)


def export(
    ledger: LedgerArgument,
    form: Annotated[
        str, typer.Option("--format", help="csv or json for items; bibtex or csl for sources.")
    ] = "csv",
    out: Annotated[
        Path | None, typer.Option(help="File to write; standard output without.", metavar="FILE")
    ] = None,
) -> None:
    """Export the items (csv, json) or the sources (bibtex, csl) of a ledger.

    Example:

      foedus evidence export press.duckdb --format bibtex --out press.bib
    """
    from foedus.evidence.export import export as render
    from foedus.evidence.ledger import open_ledger

    with open_ledger(ledger) as connection:
        text = render(connection, form)
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")


def effect(
    ledger: LedgerArgument,
    prior: Annotated[
        str, typer.Option(help="Prior of committed,transactional,withdrawing.")
    ] = "0.34,0.33,0.33",
    bound: Annotated[
        str, typer.Option(help="Likelihoods of the table to use: low, central or high.")
    ] = "central",
    signals: Annotated[
        Path | None, typer.Option(help="A table of signals of your own (CSV).", metavar="FILE")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what each item of a ledger does to the beliefs about the patron's administration.

    Example:

      foedus evidence effect press.duckdb --prior 0.3,0.5,0.2
    """
    from rich.console import Console

    from foedus.evidence.edits import effect_of
    from foedus.evidence.show import show_effect

    result = effect_of(ledger, prior, bound, signals)
    if json:
        import dataclasses
        import json as json_module

        typer.echo(json_module.dumps(dataclasses.asdict(result), ensure_ascii=False))
    else:
        show_effect(Console(), result)
