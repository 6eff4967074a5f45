"""What a stopped or killed calibration keeps: rank checks record by record, quick runs wave by wave and system by system."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import numpyro
import pytest
from numpyro import distributions

from foedus.calibrate.chains import Sampler, Settings, rows_one_by_one, run_chains
from foedus.calibrate.fit_tasks import running
from foedus.calibrate.fits import waves
from foedus.calibrate.tasks import Options

ROOT = Path(__file__).resolve().parents[2]


def test_ranks_are_kept_record_by_record_and_a_damaged_file_is_made_again(tmp_path: Path) -> None:
    made: list[int] = []

    def row(k: int) -> list[float]:
        if len(made) == 3:
            raise KeyboardInterrupt
        made.append(k)
        return [float(k), 2.0 * k]

    file = tmp_path / "deep" / "ranks.npz"
    with pytest.raises(KeyboardInterrupt):
        rows_one_by_one(row, 5, file)
    made.clear()
    heard: list[tuple[int, int]] = []
    rows = rows_one_by_one(row, 5, file, lambda done, whole: heard.append((done, whole)))
    assert made == [3, 4]
    assert heard == [(4, 5), (5, 5)]
    assert rows.tolist() == [[k, 2 * k] for k in range(5)]
    file.write_bytes(file.read_bytes()[:-40])
    made.clear()
    with pytest.raises(KeyboardInterrupt):
        rows_one_by_one(row, 5, file)
    assert made == [0, 1, 2]


def test_sites_stand_in_one_order_whether_chains_are_made_or_found(tmp_path: Path) -> None:
    """A compiled program hands sites back by the alphabet; files and tables follow the fit's own order."""

    def two(data: object) -> None:
        numpyro.sample("z", distributions.Normal(0.0, 1.0))
        numpyro.sample("a", distributions.Normal(0.0, 1.0))

    sampler = Sampler(two, ("z", "a"), Settings(10, 10, 2, 3))
    made, found = (run_chains(sampler, np.zeros(1), tmp_path, "two")[0] for _ in range(2))
    assert list(made) == list(found) == ["z", "a"]
    assert all(np.array_equal(made[name], found[name]) for name in made)


def test_a_damaged_wave_is_run_again(tmp_path: Path) -> None:
    target = waves.Target(("one",), np.zeros(1), np.ones(1))

    def simulate(z: np.ndarray, seed: int) -> np.ndarray:
        return z[:, :1]

    whole = waves.run_waves(simulate, target, 2, (2, 50), 1, tmp_path)
    (tmp_path / "wave-1.npz").write_bytes(b"PK")
    again = waves.run_waves(simulate, target, 2, (2, 50), 1, tmp_path)
    assert np.array_equal(whole[1].z, again[1].z)


def test_quick_runs_keep_what_is_done_as_full_ones_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOEDUS_DATA", str(tmp_path))
    for quick in (True, False):
        with running(Options(quick=quick)) as run:
            assert run.folder == tmp_path / "chains"


def _quick(system: str, folder: Path) -> subprocess.Popen[str]:
    run = "from foedus.cli import process; process()"
    command = [sys.executable, "-c", run, "calibrate", system, "--quick", "--json", "-o", str(folder / "out")]
    environment = {**os.environ, "FOEDUS_DATA": str(folder)}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def _killed_once(process: subprocess.Popen[str], folder: Path, seen: str, wait: float) -> None:
    """Kill the process ``wait`` seconds after a file like ``seen`` is there, and see that it was still at work."""
    while not list(folder.glob(seen)):
        assert process.poll() is None
        time.sleep(0.05)
    time.sleep(wait)
    process.send_signal(signal.SIGKILL)
    assert process.wait(30) == -signal.SIGKILL
    assert process.stdout is not None
    process.stdout.close()


@pytest.mark.slow
def test_a_quick_fit_of_everything_killed_in_a_wave_and_between_systems_ends_with_the_same_bits(
    tmp_path: Path,
) -> None:
    """SIGKILL after the first system, then inside the second wave of ``levels``; the third run ends as an unbroken one."""
    broken, whole = tmp_path / "broken", tmp_path / "whole"
    for folder in (broken, whole):
        (folder / "out").mkdir(parents=True)
    _killed_once(_quick("all", broken), broken, "chains/*/spending-*-1.npz", 0.0)
    assert not list(broken.glob("chains/*/credibility-*"))
    _killed_once(_quick("all", broken), broken, "chains/*/levels-*/wave-0.npz", 2.0)
    assert not list(broken.glob("chains/*/levels-*/wave-1.npz"))
    kept = {file: file.read_bytes() for file in broken.glob("chains/**/*-[0-9].npz")}
    results = []
    for folder in (broken, whole):
        run = _quick("all", folder)
        results.append(json.loads(run.communicate()[0]))
        assert run.returncode == 0
    assert results[0] == results[1]
    assert all(file.read_bytes() == content for file, content in kept.items())
    for name in ("posterior.csv", "posterior_correlation.csv"):
        assert (broken / "out" / name).read_bytes() == (whole / "out" / name).read_bytes()
    arrays = sorted(file.relative_to(broken) for file in broken.glob("chains/**/*-[0-9].npz"))
    assert len(arrays) == 4 * 2 + 3
    for name in arrays:
        one, other = np.load(broken / name), np.load(whole / name)
        assert all(np.array_equal(one[key], other[key]) for key in one.files), name
