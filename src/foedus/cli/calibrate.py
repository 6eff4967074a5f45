"""Commands: calibrate, hindcast, forecast pool, data import."""

from __future__ import annotations

from pathlib import Path

import typer

FILE = typer.Argument(..., help="YAML file of experts and their probabilities.")
JSON_HELP = "Print JSON instead of tables."


def register(app: typer.Typer) -> None:
    """Add the commands of calibration."""
    from foedus.cli import _calibrate_data, _calibrate_hindcast, _calibrate_posterior

    _calibrate_posterior.register(app)
    hindcast = typer.Typer(
        no_args_is_help=True, help="Forecast from a past date and score what happened since."
    )
    _calibrate_hindcast.register(hindcast)
    app.add_typer(hindcast, name="hindcast")
    forecast = typer.Typer(no_args_is_help=True, help="Pool experts' forecasts.")
    forecast.command("pool")(pool)
    app.add_typer(forecast, name="forecast")
    data = typer.Typer(no_args_is_help=True, help="Import publishers' files into your data directory.")
    _calibrate_data.register(data)
    app.add_typer(data, name="data")


def pool(
    file: Path = FILE,
    as_json: bool = typer.Option(False, "--json", help=JSON_HELP),
    scenario: bool = typer.Option(False, "--scenario", help="Print the lines to paste into a scenario file."),
    family: bool = typer.Option(
        False, "--family", help="Print a scenario file to run: the pool, and each expert beside it."
    ),
) -> None:
    """Pool experts' probabilities in every way, with their disagreement.

    Examples:
      foedus forecast pool experts.yaml --scenario

      foedus forecast pool experts.yaml --family > experts-family.yaml
    """
    from foedus.calibrate.pool_file import pool_file
    from foedus.calibrate.show import show_json, show_pool

    question = pool_file(file)
    if scenario:
        typer.echo(question.scenario_yaml(), nl=False)
    elif family:
        from foedus.scenario import load

        baseline = load("baseline")[0]
        typer.echo(question.family_yaml(baseline.start, baseline.horizon), nl=False)
    elif as_json:
        show_json(question.as_dict())
    else:
        show_pool(question)
