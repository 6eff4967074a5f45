"""The commands: thin, no logic. Each module here adds its commands with ``register(app)``."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys

import typer

from foedus import __version__
from foedus.errors import FoedusError

COMMAND_MODULES: tuple[str, ...] = (
    "run",
    "report",
    "channels",
    "scenarios",
    "atlas",
    "law",
    "evidence",
    "game",
    "calibrate",
    "council",
    "trust",
    "hedge",
    "windows",
    "theatre",
    "war",
)
"""Modules of this package that add commands, in the order in which ``foedus --help`` lists them."""

EXIT_BAD_INPUT = 2
EXIT_INTERRUPTED = 130
KEEPING = ("run", "calibrate", "read")
"""Commands that keep what they have done, so that the same command goes on from there."""

# Typer carries its own copy of click from 0.20 on; its error class is reachable only through a subclass.
_ClickError: type[Exception] = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException")


def _print_version(value: bool) -> None:
    if value:
        typer.echo(f"foedus {__version__}")
        raise typer.Exit


def build_app() -> typer.Typer:
    """Assemble the command line from its modules."""
    app = typer.Typer(
        name="foedus",
        help="Stress-test a collective-defence alliance.\n\nStart with:  foedus run four-worlds",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback()
    def root(
        version: bool = typer.Option(
            False, "--version", callback=_print_version, is_eager=True, help="Print the version and stop."
        ),
    ) -> None:
        pass

    for name in COMMAND_MODULES:
        importlib.import_module(f"foedus.cli.{name}").register(app)
    return app


def process() -> None:
    """Run the command line as a process of its own, and leave at once: with all written, taking libraries down bit by bit takes
    over half a second after a run.
    """
    try:
        main()
    except SystemExit as leaving:
        status = leaving.code
    else:
        status = 0
    with contextlib.suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status if isinstance(status, int) else EXIT_BAD_INPUT)


def main() -> None:
    """Run the command line: 0 when done, 2 for bad input or use, 130 when interrupted."""
    try:
        status = build_app()(standalone_mode=False)
    except FoedusError as error:
        _say(" ".join(str(error).split()))
        sys.exit(EXIT_BAD_INPUT)
    except _ClickError as error:
        text = error.format_message() if isinstance(error, typer.BadParameter) else str(error)
        if text:  # a group without a command prints its help and has nothing to add
            _say(text)
        sys.exit(EXIT_BAD_INPUT)
    except (KeyboardInterrupt, typer.Abort):
        _say(_interrupted())
        sys.exit(EXIT_INTERRUPTED)
    except OSError as error:
        _say(f"{error.filename or 'file system'}: {error.strerror or error}")
        sys.exit(EXIT_BAD_INPUT)
    if status == EXIT_INTERRUPTED:  # typer turns an interrupt into this status and says nothing
        _say(_interrupted())
    sys.exit(status if isinstance(status, int) else 0)


def _interrupted() -> str:
    return "interrupted; what is done is kept" if sys.argv[1:2] and sys.argv[1] in KEEPING else "interrupted"


def _say(message: str) -> None:
    print(f"foedus: {message}", file=sys.stderr)  # noqa: T201
