"""The run folder: one labelled data set for all scenarios, on disk in zarr, and what lies beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.errors import InputError

if TYPE_CHECKING:
    import xarray as xr

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
        import xarray as xr  # slow to load, and most commands fail or finish before they need it

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


def open_run(path: str | Path, dataset: xr.Dataset | None = None) -> Run:
    """Open a run folder, with its data set where that is at hand.

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
    run = Run(folder)
    if dataset is not None:
        run.__dict__["dataset"] = dataset
    return run


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(f"not a JSON file ({error})", file=path) from None
    if not isinstance(content, dict):
        raise InputError("must hold a JSON object", file=path)
    return content


def write_json(value: Any, path: Path) -> None:
    """Write JSON whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_text("".join(_written(value, "\n")) + "\n", encoding="utf-8")
    part.replace(path)


def _written(value: Any, line: str) -> Iterator[str]:
    """Yield JSON with a line for each entry; what holds no further list or object stands on one line."""
    if not isinstance(value, (dict, list)) or not any(isinstance(v, (dict, list)) for v in _content(value)):
        yield json.dumps(value, ensure_ascii=False)
        return
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    deeper = line + " "
    yield opening
    for place, key in enumerate(value):
        yield "," + deeper if place else deeper
        if isinstance(value, dict):
            yield json.dumps(str(key), ensure_ascii=False) + ": "
        yield from _written(value[key] if isinstance(value, dict) else key, deeper)
    yield line + closing


def _content(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value
