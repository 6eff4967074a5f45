"""Results: one labelled data set for all scenarios, on disk in zarr, and the run folder that holds it."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from foedus import __version__
from foedus.ensemble.draws import Plan, sample_parameters
from foedus.ensemble.measures import DIMENSIONS, MEASURES, Block, quarter_years
from foedus.errors import InputError
from foedus.model.parameters import Register
from foedus.scenario import to_yaml
from foedus.scenario.schema import Scenario

RESULTS, SUMMARY, MANIFEST, INSIGHT, REPORT = (
    "results.zarr",
    "summary.json",
    "manifest.json",
    "insight.json",
    "report.html",
)


@dataclass(frozen=True)
class Run:
    """A run folder, opened."""

    path: Path

    @cached_property
    def dataset(self) -> xr.Dataset:
        """The labelled arrays."""
        data: xr.Dataset = xr.open_zarr(self.path / RESULTS, consolidated=False, chunks=None)
        return data.load()

    @cached_property
    def summary(self) -> dict[str, Any]:
        """summary.json."""
        return _read_json(self.path / SUMMARY)

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """manifest.json."""
        return _read_json(self.path / MANIFEST)

    @cached_property
    def insight(self) -> dict[str, Any] | None:
        """insight.json, or None where it was not computed."""
        path = self.path / INSIGHT
        return _read_json(path) if path.exists() else None

    @cached_property
    def scenarios(self) -> list[dict[str, Any]]:
        """The scenarios, resolved, in the order of the run."""
        return list(self.manifest["scenarios"])


def open_run(path: str | Path) -> Run:
    """Open a run folder.

    Raises:
        InputError: the folder holds no finished run.
    """
    folder = Path(path)
    for name in (MANIFEST, SUMMARY, RESULTS):
        if not (folder / name).exists():
            raise InputError(
                f"no finished run here ({name} is missing); make one with  foedus run four-worlds --out {folder}",
                file=folder,
            )
    return Run(folder)


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(f"not a JSON file ({error})", file=path) from None
    if not isinstance(content, dict):
        raise InputError("must hold a JSON object", file=path)
    return content


def assemble(plans: list[Plan], blocks: dict[str, list[Block]], draws: int) -> xr.Dataset:
    """Return the data set of all scenarios from their blocks, cut to the number of draws."""
    first = plans[0]
    coords: dict[str, Any] = {
        "scenario": [plan.scenario.name for plan in plans],
        "draw": np.arange(draws),
        "quarter": list(first.scenario.quarters),
        "year": np.unique(quarter_years(first)),
        "member": list(first.inputs.members),
        "item": list(first.inputs.items),
    }
    data = xr.Dataset(coords=coords)
    for name, measure in MEASURES.items():
        stacked = np.stack([np.concatenate([b[name] for b in blocks[p.scenario.name]])[:draws] for p in plans])
        attrs = {"long_name": measure.long_name, "units": measure.units}
        data[name] = xr.DataArray(stacked, dims=DIMENSIONS[measure.kind], attrs=attrs)
    values = sample_parameters(first.register, first.seed, 0, draws)
    data = data.assign_coords(parameter=list(values))
    table = np.stack(list(values.values()), axis=1)
    data["parameter_value"] = xr.DataArray(
        table,
        dims=("draw", "parameter"),
        attrs={"long_name": "Sampled parameters", "units": "see parameters.csv"},
    )
    return _with_members(data, first)


def _with_members(data: xr.Dataset, plan: Plan) -> xr.Dataset:
    inputs = plan.inputs
    front = [code in inputs.frontline for code in inputs.members]
    extra = {
        "gdp_usd_billion": (
            np.asarray(inputs.world.gdp, np.float32),
            "GDP at the start",
            "billion USD of 2021",
        ),
        "population_million": (np.asarray(inputs.population, np.float32), "Population", "million persons"),
        "frontline": (
            np.asarray(front),
            "Land border with the adversary or its co-belligerent",
            "true or false",
        ),
    }
    for name, (values, long_name, units) in extra.items():
        data[name] = xr.DataArray(values, dims="member", attrs={"long_name": long_name, "units": units})
    data = data.assign_coords(
        member_name=("member", list(inputs.names)),
        item_label=("item", list(inputs.item_labels)),
        item_unit=("item", list(inputs.item_units)),
    )
    data.attrs = {"title": "Foedus ensemble", "version": __version__}
    return data


def write_dataset(data: xr.Dataset, path: Path) -> None:
    """Write the data set; the folder takes its name only when it is complete."""
    part = path.with_name(path.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    encoding = {name: {"chunks": data[name].shape} for name in data.data_vars}
    data.to_zarr(part, mode="w", consolidated=False, zarr_format=2, encoding=encoding)
    shutil.rmtree(path, ignore_errors=True)
    part.rename(path)


def write_json(value: Any, path: Path) -> None:
    """Write JSON whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    part.replace(path)


def write_scenarios(scenarios: list[Scenario], folder: Path) -> None:
    """Write every scenario, its base folded in, as a file that can be run again."""
    folder.mkdir(exist_ok=True)
    for scenario in scenarios:
        (folder / f"{scenario.name}.yaml").write_text(to_yaml(scenario), encoding="utf-8")


def write_parameters(registers: dict[str, Register], path: Path) -> None:
    """Write every scenario's resolved register as one table; scenarios that share a prior share its row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(
            ["scenarios", "name", "system", "meaning", "unit", "prior", "source", "as_of", "status"]
        )
        for name in next(iter(registers.values())):
            groups: dict[Any, list[str]] = {}
            for scenario, register in registers.items():
                groups.setdefault(register[name], []).append(scenario)
            for entry, users in groups.items():
                label = "all" if len(users) == len(registers) else " ".join(users)
                writer.writerow(
                    [
                        label,
                        name,
                        entry.system,
                        entry.meaning,
                        entry.unit,
                        entry.describe_prior(),
                        entry.source,
                        entry.as_of,
                        entry.status,
                    ]
                )
