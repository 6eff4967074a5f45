"""From blocks to one labelled data set for all scenarios, written with the resolved register and the scenarios."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from foedus import __version__
from foedus.ensemble.draws import Plan, sample_parameters
from foedus.ensemble.measures import DIMENSIONS, MEASURES, Block, quarter_years
from foedus.model.parameters import Register
from foedus.scenario import to_yaml
from foedus.scenario.schema import Scenario


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
        stacked = _stacked([blocks[plan.scenario.name] for plan in plans], name, draws)
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


def _stacked(scenarios: list[list[Block]], name: str, draws: int) -> NDArray[np.float32]:
    """Return one measure of all scenarios, shape (scenario, draw, ...)."""
    out = np.empty((len(scenarios), draws, *scenarios[0][0][name].shape[1:]), np.float32)
    for row, blocks in zip(out, scenarios, strict=True):
        np.concatenate([block[name] for block in blocks[:-1]] + [_rest(blocks, name, draws)], out=row)
    return out


def _rest(blocks: list[Block], name: str, draws: int) -> NDArray[np.float32]:
    """Return the part of the last block that the number of draws asks for."""
    before = sum(len(block[name]) for block in blocks[:-1])
    return blocks[-1][name][: draws - before]


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
