"""Commands under ``foedus hindcast``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    import datetime as dt

    from foedus.calibrate.results import Hindcast
    from foedus.calibrate.store import Store

AS_OF = typer.Option(None, "--as-of", help="Forecast from what was known then: 2024-06-18, 2024-06 or 2024.")
JSON = typer.Option(
    False, "--json", help="Print JSON: scores of the model and of each baseline, and the forecasts."
)
QUICK = typer.Option(False, "--quick", help="Fewer draws, and no gradient boosting.")
DATA = typer.Option(
    None, "--data", help="Folder of imported tables; default: $FOEDUS_DATA or your data directory."
)
RECORD = typer.Option(
    "cow", "--record", help="Coding of disputes: cow, or gml where gml_mid_dirdisps is imported."
)


def _date(text: str | None) -> dt.date | None:
    if text is None:
        return None
    from foedus import atlas

    return atlas.parse_as_of(text)


def _store(folder: Path | None) -> Store:
    from foedus.calibrate.store import Store

    return Store(folder) if folder else Store.default()


def _print(result: Hindcast, as_json: bool) -> None:
    from foedus.calibrate.show import show_hindcast

    if as_json:
        typer.echo(result.to_json())
    else:
        show_hindcast(result)


def spending(as_of: str = AS_OF, as_json: bool = JSON, quick: bool = QUICK, data: Path = DATA) -> None:
    """Members' spending as a share of GDP, one and three years ahead. Without --as-of: origins from 2019 on.

    An imported table nato_defexp takes the place of the shipped figures as the outcome.

    Example:  foedus hindcast spending --as-of 2024-06-18
    """
    date = _date(as_of)
    from foedus.calibrate.hindcast_spending import hindcast_spending

    _print(hindcast_spending(date, quick=quick, store=_store(data)), as_json)


def disputes(
    as_of: str = AS_OF, as_json: bool = JSON, quick: bool = QUICK, data: Path = DATA, record: str = RECORD
) -> None:
    """Militarised disputes in directed dyad-years, fitted to the years up to --as-of (default 1990).

    Needs the table dyad_year, or the raw tables to rebuild it from (foedus data list).

    Example:  foedus hindcast disputes --as-of 1990 --data ./tables
    """
    from foedus.calibrate.panel import held_panel

    store = _store(data)
    train_to = _year(as_of, 1990)
    panel = held_panel(store, record)
    from foedus.calibrate.hindcast_disputes import hindcast_disputes

    _print(hindcast_disputes(panel, train_to, quick=quick), as_json)


def _year(as_of: str | None, default: int) -> int:
    date = _date_before_record(as_of)
    return default if date is None else date


def _date_before_record(as_of: str | None) -> int | None:
    """Last full year known on a date; plain years mean that year itself. The dispute record starts before the atlas."""
    from foedus.errors import InputError

    if as_of is None:
        return None
    parts = as_of.split("-")
    if not all(p.isdigit() for p in parts) or len(parts) > 3 or len(parts[0]) != 4:
        raise InputError(f"need a date such as 1990 or 1990-12-31, got {as_of!r}", field="as-of")
    whole = len(parts) == 1 or as_of.endswith("-12-31")
    return int(parts[0]) if whole else int(parts[0]) - 1


def posture(as_of: str = AS_OF, as_json: bool = JSON, quick: bool = QUICK, data: Path = DATA) -> None:
    """US forces by host, one and three years ahead. Without --as-of: every second origin from 2004 on.

    An imported table troopdata takes the place of the shipped reports.

    Example:  foedus hindcast posture
    """
    date = _date(as_of)
    from foedus.calibrate.hindcast_posture import hindcast_posture

    _print(hindcast_posture(date, quick=quick, store=_store(data)), as_json)


def aid(as_of: str = AS_OF, as_json: bool = JSON, data: Path = DATA) -> None:
    """Aid to the partner by donor group, next quarter. Without --as-of: every quarter that can be scored.

    An imported table kiel_monthly takes the place of the shipped release.

    Example:  foedus hindcast aid
    """
    date = _date(as_of)
    from foedus.calibrate.hindcast_aid import hindcast_aid

    _print(hindcast_aid(date, store=_store(data)), as_json)


def alliance(as_of: str = AS_OF, as_json: bool = JSON, data: Path = DATA) -> None:
    """Whether alliances were honoured in war, each war forecast from those before it (needs alliance_cases).

    Example:  foedus hindcast alliance --data ./tables
    """
    store = _store(data)
    year = _date_before_record(as_of)
    cases = store.read("alliance_cases")
    from foedus.calibrate.hindcast_alliance import hindcast_alliance

    _print(hindcast_alliance(cases, year), as_json)


def product(
    as_of: str = typer.Option("2023-12-09", "--as-of", help="Day from which the product speaks."),
    as_json: bool = JSON,
    quick: bool = QUICK,
    seed: int = typer.Option(1, "--seed", help="Seed of all random streams."),
) -> None:
    """The whole product: what it would have said on a past day about the years since, and what came of it.

    Example:  foedus hindcast product --as-of 2023-12-09
    """
    from foedus.calibrate.vantages import register_rows

    date = _date(as_of)
    assert date is not None
    register_rows(date)
    from foedus.insight.vantage.hindcast import DRAWS, QUICK_DRAWS, hindcast_product
    from foedus.insight.vantage.show import show_product

    result = hindcast_product(date, QUICK_DRAWS if quick else DRAWS, seed, quick)
    if as_json:
        typer.echo(result.to_json())
    else:
        show_product(result)


def register(app: typer.Typer) -> None:
    """Add the targets."""
    for command in (spending, disputes, posture, aid, alliance, product):
        app.command(command.__name__)(command)
