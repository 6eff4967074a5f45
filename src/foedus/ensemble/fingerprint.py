"""What makes a run what it is: one hash over everything that decides its numbers, and nothing else."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import foedus
from foedus import atlas
from foedus.model.parameters import Register
from foedus.scenario.schema import Scenario

if TYPE_CHECKING:
    import xarray as xr

CODE_ROOMS = ("atlas", "model", "scenario", "ensemble")


def sha256_json(value: Any) -> str:
    """Return the hash of a JSON value in canonical form."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


@cache
def code_sha256() -> str:
    """Return the hash of the code that the numbers depend on."""
    root = Path(foedus.__file__).parent
    total = hashlib.sha256(foedus.__version__.encode())
    for path in sorted(file for room in CODE_ROOMS for file in (root / room).rglob("*.py")):
        total.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def data_sha256() -> str:
    """Return the hash of the atlas."""
    return sha256_json(atlas.data_hashes())


def parameters_sha256(registers: dict[str, Register]) -> str:
    """Return the hash of every scenario's resolved register."""
    rows = {
        scenario: {
            name: [entry.dist, entry.a, entry.b, entry.lower, entry.upper] for name, entry in register.items()
        }
        for scenario, register in registers.items()
    }
    return sha256_json(rows)


def fingerprint(
    scenarios: list[Scenario],
    registers: dict[str, Register],
    seed: int,
    draws: int,
    as_of: str | None,
    played: bool,
) -> dict[str, str]:
    """Return the parts and, under ``fingerprint``, the hash over all of them."""
    parts = {
        "scenarios_sha256": sha256_json([s.model_dump(mode="json", by_alias=True) for s in scenarios]),
        "parameters_sha256": parameters_sha256(registers),
        "data_sha256": data_sha256(),
        "code_sha256": code_sha256(),
    }
    whole = {**parts, "seed": seed, "draws": draws, "as_of": as_of, "played": played}
    return {**parts, "fingerprint": sha256_json(whole)}


def results_sha256(dataset: xr.Dataset) -> str:
    """Return the hash over every variable and coordinate of the results, in a fixed order."""
    total = hashlib.sha256()
    for name in sorted([*dataset.data_vars, *dataset.coords], key=str):
        values = dataset[name].values
        if values.dtype.kind in "OUT":
            data = json.dumps([str(v) for v in values.ravel().tolist()]).encode()
        else:
            data = values.astype(values.dtype.newbyteorder("<"), order="C").tobytes()
        total.update(f"{name}{dataset[name].dims}{values.shape}".encode() + data)
    return total.hexdigest()
