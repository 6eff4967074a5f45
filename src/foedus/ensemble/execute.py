"""Run an ensemble: plans, blocks, results, summary and manifest."""

from __future__ import annotations

import datetime as dt
import os
import platform
import resource
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus import __version__
from foedus.ensemble import results
from foedus.ensemble.draws import Plan, make_plan, overridden
from foedus.ensemble.engine import BLOCK, Engine
from foedus.ensemble.fingerprint import fingerprint, results_sha256
from foedus.ensemble.measures import Block, block_measures
from foedus.ensemble.store import BlockStore
from foedus.errors import InputError
from foedus.model.parameters import Register, register
from foedus.scenario.compile import first_day
from foedus.scenario.schema import Scenario
from foedus.scenario.world import build_world

if TYPE_CHECKING:
    import xarray as xr

Progress = Callable[[int, int], None]
LIBRARIES = ("jax", "jaxlib", "numpy", "scipy", "xarray", "zarr", "polars")


@dataclass(frozen=True)
class Options:
    """How to run: none of it but draws, seed, as_of and played changes a number."""

    draws: int = 1000
    seed: int = 1
    as_of: dt.date | None = None
    played: bool = False
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    chunk: int = BLOCK
    resume: bool = False


def run_ensemble(
    scenarios: Iterable[Scenario],
    folder: str | Path,
    options: Options | None = None,
    progress: Progress | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> results.Run:
    """Run scenarios on shared draws and write the run folder.

    Args:
        scenarios: all with the same start and horizon.
        folder: the run folder; made where it is missing.
        options: draws, seed and how to run.
        progress: called with blocks done and blocks in all.
        meanwhile: called once, on a thread of its own, while the blocks run.

    Raises:
        InputError: scenarios do not fit together, or the folder holds another run.
    """
    started = time.perf_counter()
    options = options or Options()
    chosen = _consistent(list(scenarios), options)
    base = register()
    registers = {s.name: overridden(s, base) for s in chosen}
    as_of = None if options.as_of is None else options.as_of.isoformat()
    marks = fingerprint(chosen, registers, options.seed, options.draws, as_of, options.played)
    path = Path(folder)
    if _finished(path, marks["fingerprint"], options.resume):
        return results.open_run(path)
    inputs = build_world(first_day(chosen[0].start), options.as_of)
    plans = [make_plan(s, base, options.seed, inputs=inputs) for s in chosen]
    path.mkdir(parents=True, exist_ok=True)
    store = BlockStore(path, marks["fingerprint"])
    engine = Engine(options.played)
    computing = time.perf_counter()
    blocks = _run_blocks(plans, engine, store, options, progress, meanwhile)
    computed = time.perf_counter() - computing - engine.compile_seconds
    digest, data = _write(path, plans, blocks, registers, options)
    timings = {"wall_seconds": time.perf_counter() - started, "compile_seconds": engine.compile_seconds}
    manifest = _manifest(digest, plans, options, marks, timings, computed)
    results.write_json(manifest, path / results.MANIFEST)
    store.clear()
    return results.open_run(path, data)


def _consistent(scenarios: list[Scenario], options: Options) -> list[Scenario]:
    if not scenarios:
        raise InputError("no scenario to run; try  foedus scenarios")
    if options.draws < 1:
        raise InputError(f"draws must be at least 1, got {options.draws}", field="draws")
    for name, value in (("workers", options.workers), ("chunk", options.chunk)):
        if value < 1:
            raise InputError(f"{name} must be at least 1, got {value}", field=name)
    names = [s.name for s in scenarios]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise InputError(f"scenario {twice!r} is given twice", field="scenario")
    spans = {(s.start_quarter, s.horizon_quarters) for s in scenarios}
    if len(spans) > 1:
        listed = ", ".join(f"{s.name} {s.start} for {s.horizon}" for s in scenarios)
        raise InputError(
            f"scenarios run together need one start and horizon ({listed}); give --start and --horizon"
        )
    return scenarios


def _finished(path: Path, mark: str, resume: bool) -> bool:
    """Return whether the folder already holds the very run that is to be resumed; refuse what cannot be resumed."""
    if path.exists() and not path.is_dir():
        raise InputError("is a file; give a folder for the run", file=path)
    if not resume:
        return False
    blocks = path / "blocks"
    if blocks.exists():
        found = [folder.name for folder in blocks.iterdir()]
    elif (path / results.MANIFEST).exists():
        found = [str(results.open_run(path).manifest.get("fingerprint"))[:16]]
    else:
        return False
    if mark[:16] not in found:
        raise InputError(
            "holds a run with other scenarios, data, parameters, code, seed or draws; resume with the same, or choose "
            "another --out",
            file=path,
        )
    return not blocks.exists()


def _run_blocks(
    plans: list[Plan],
    engine: Engine,
    store: BlockStore,
    options: Options,
    progress: Progress | None,
    meanwhile: Callable[[], None] | None,
) -> dict[str, list[Block]]:
    """Run what is missing and return the blocks of each scenario, in order."""
    firsts = range(0, options.draws, BLOCK)
    wanted = [(plan, first) for first in firsts for plan in plans]
    todo = [
        (plan, first) for plan, first in wanted if not (options.resume and store.has(plan.scenario.name, first))
    ]
    done = len(wanted) - len(todo)
    made: dict[tuple[str, int], Block] = {}
    size = max(1, options.chunk // BLOCK)
    chunks = [todo[i : i + size] for i in range(0, len(todo), size)]

    def work(chunk: list[tuple[Plan, int]]) -> int:
        for plan, first in chunk:
            block = made[plan.scenario.name, first] = block_measures(plan, engine.block(plan, first))
            store.save(plan.scenario.name, first, block)
        return len(chunk)

    with ThreadPoolExecutor(options.workers) as pool, ThreadPoolExecutor(1) as beside:
        try:
            for plan in plans if todo else []:
                engine.prepare(plan)
            # Loading libraries takes turns with Python code, so it waits until the compiled model runs.
            others = [beside.submit(call) for call in (_load_writers, meanwhile) if call]
            for count in pool.map(work, chunks):
                done += count
                if progress:
                    progress(done, len(wanted))
            for other in others:
                other.result()
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    names = [plan.scenario.name for plan in plans]
    return {
        name: [made[name, first] if (name, first) in made else store.load(name, first) for first in firsts]
        for name in names
    }


def _load_writers() -> None:
    """Import what writes the results: slow to load, so it is done while the blocks run."""
    for name in ("zarr", "foedus.ensemble.assembly", "foedus.ensemble.summary"):
        import_module(name)


def _write(
    path: Path,
    plans: list[Plan],
    blocks: dict[str, list[Block]],
    registers: dict[str, Register],
    options: Options,
) -> tuple[str, xr.Dataset]:
    """Write results, summary, register and scenarios; return the hash of the results, and the results."""
    from foedus.ensemble import assembly
    from foedus.ensemble.summary import summarise

    data = assembly.assemble(plans, blocks, options.draws)
    # Compressing and hashing run outside Python, so they go on while the summary is made.
    with ThreadPoolExecutor(2) as pool:
        written = pool.submit(assembly.write_dataset, data, path / results.RESULTS)
        digest = pool.submit(results_sha256, data)
        results.write_json(summarise(data, [p.scenario for p in plans]), path / results.SUMMARY)
        assembly.write_parameters(registers, path / "parameters.csv")
        assembly.write_scenarios([p.scenario for p in plans], path / "scenarios")
        written.result()
        return digest.result(), data


def _manifest(
    digest: str,
    plans: list[Plan],
    options: Options,
    marks: dict[str, str],
    timings: dict[str, float],
    computed: float,
) -> dict[str, Any]:
    first = plans[0]
    size = options.draws * len(plans)
    return {
        "schema": 1,
        **marks,
        "results_sha256": digest,
        "version": __version__,
        "versions": {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}},
        "scenarios": [p.scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True) for p in plans],
        "seed": options.seed,
        "draws": options.draws,
        "as_of": None if options.as_of is None else options.as_of.isoformat(),
        "mode": "played out" if options.played else "hazard",
        "start": first.scenario.start,
        "quarters": first.quarters,
        "members": list(first.inputs.members),
        "frontline": list(first.inputs.frontline),
        "data_notes": list(first.inputs.notes),
        "workers": options.workers,
        **{key: round(value, 3) for key, value in timings.items()},
        "draws_per_second": round(size / max(computed, 1e-9), 1),
        "member_quarters_per_second": round(
            size * first.quarters * len(first.inputs.members) / max(computed, 1e-9)
        ),
        "peak_memory_mb": _peak_memory_mb(),
        "machine": {"system": platform.system(), "processor": platform.machine(), "cores": os.cpu_count()},
    }


def _peak_memory_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)
