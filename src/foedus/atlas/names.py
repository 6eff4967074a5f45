"""What a user may ask the atlas for; checked before anything heavy loads."""

from __future__ import annotations

from foedus.atlas.schemas import tables
from foedus.errors import InputError, did_you_mean

FORMATS = ("table", "csv", "json")
TASKS = ("sql", "check", "card", "tables")


def known(name: str) -> str:
    """Return the name of a table, or say what is close to it.

    Raises:
        InputError: there is no such table or task.
    """
    if name in tables():
        return name
    raise InputError(f"there is no table {name!r}{did_you_mean(name, [*tables(), *TASKS])}")


def only_for_tables(what: str, argument: str, **options: object) -> None:
    """Refuse words and options that the task would ignore.

    Raises:
        InputError: names the first of them.
    """
    if argument and what not in ("sql", "card"):
        raise InputError(f"{argument!r} is one word too many; see  foedus atlas --help")
    for name, value in options.items():
        if value and what in TASKS:
            raise InputError(f"narrows a table; {what!r} does not take it", field=f"--{name.replace('_', '-')}")


def known_format(form: str) -> None:
    """Check the name of a format.

    Raises:
        InputError: the format is unknown.
    """
    if form not in FORMATS:
        raise InputError(f"there is no format {form!r}{did_you_mean(form, FORMATS)}", field="--format")
