"""Chains by one compiled program: the right posterior, gates, and a killed run that goes on to the same bits."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from foedus.calibrate.chains import Chain, Sampler, Settings, diagnose, run_chains
from foedus.cli import main

DATA = np.array([1.2, 0.7, 1.9, 1.1])
SHORT = Settings(100, 50, 3, 7)


def normal(data: Any) -> None:
    """Known spread 1, prior of the mean normal(0, 2)."""
    import numpyro
    from numpyro import distributions as dist

    mean = numpyro.sample("mean.of.all", dist.Normal(0.0, 2.0))
    numpyro.sample("seen", dist.Normal(mean, 1.0).expand([4]).to_event(1), obs=data)


@pytest.fixture(scope="module")
def sampler() -> Sampler:
    return Sampler(normal, ("mean.of.all",), SHORT)


@pytest.fixture(scope="module")
def unbroken(sampler: Sampler) -> np.ndarray:
    return run_chains(sampler, DATA, None, "normal")[0]["mean.of.all"]


def test_chains_find_the_posterior_of_a_normal_mean_for_any_data() -> None:
    long = Sampler(normal, ("mean.of.all",), Settings(300, 1000, 2, 1))
    for shift in (0.0, -3.0):
        grouped, divergences = run_chains(long, DATA + shift, None, "normal")
        draws = grouped["mean.of.all"]
        precision = 4 + 1 / 4
        assert draws.shape == (2, 1000)
        assert draws.mean() == pytest.approx((DATA + shift).sum() / precision, abs=0.06)
        assert draws.std() == pytest.approx(precision**-0.5, rel=0.1)
        assert diagnose(grouped, divergences).problems == ()


def test_a_seed_gives_the_same_bits_and_another_seed_others(sampler: Sampler) -> None:
    one, two, other = (sampler.run(DATA, seed).draws["mean.of.all"] for seed in (5, 5, 6))
    assert np.array_equal(one, two)
    assert not np.array_equal(one, other)


def test_draws_are_made_in_double_precision_and_the_switch_is_turned_back(sampler: Sampler) -> None:
    import jax

    draws = sampler.run(DATA, 3).draws["mean.of.all"]
    assert np.any(draws != draws.astype(np.float32))
    assert not jax.config.jax_enable_x64


def test_progress_is_told_to_the_end(sampler: Sampler, tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    run_chains(sampler, DATA, tmp_path, "normal", lambda done, whole: heard.append((done, whole)))
    assert heard[-1] == (450, 450)
    assert [done for done, _ in heard] == list(range(50, 451, 50))


def test_a_stopped_run_keeps_its_chains_and_goes_on_to_the_same_bits(
    sampler: Sampler, unbroken: np.ndarray, tmp_path: Path
) -> None:
    def stop(done: int, _: int) -> None:
        if done >= 200:  # in the middle of the second chain
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_chains(sampler, DATA, tmp_path, "normal", stop)
    (kept,) = tmp_path.iterdir()
    first = kept.read_bytes()
    made: list[int] = []
    grouped, _ = run_chains(sampler, DATA, tmp_path, "normal", lambda done, _: made.append(done))
    assert made[0] == 150 + 50  # the first chain is not run again
    assert kept.read_bytes() == first
    assert np.array_equal(grouped["mean.of.all"], unbroken)


def test_a_damaged_chain_is_run_again(sampler: Sampler, unbroken: np.ndarray, tmp_path: Path) -> None:
    run_chains(sampler, DATA, tmp_path, "normal")
    files = sorted(tmp_path.iterdir())
    files[1].write_bytes(files[1].read_bytes()[:200])
    files[2].write_bytes(b"")
    grouped, _ = run_chains(sampler, DATA, tmp_path, "normal")
    assert np.array_equal(grouped["mean.of.all"], unbroken)


KILLED = """
import sys, time
from pathlib import Path
import numpy as np
from foedus.calibrate.chains import Chain, Sampler, run_chains
from tests.calibrate.test_chains import DATA, SHORT, normal

folder, stop = Path(sys.argv[1]), int(sys.argv[2])

def tell(done, whole):
    if done == stop:
        print("here", flush=True)
        time.sleep(60)

grouped, _ = run_chains(Sampler(normal, ("mean.of.all",), SHORT), DATA, folder, "normal", tell)
np.save(folder / "all.npy", grouped["mean.of.all"])
"""


@pytest.mark.parametrize("stop", [200, pytest.param(300, marks=pytest.mark.slow)])
def test_a_killed_process_loses_only_the_chain_it_was_in(
    unbroken: np.ndarray, tmp_path: Path, stop: int
) -> None:
    """SIGKILL in the middle of the second chain, and at its last iteration, before it is kept."""
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    root = Path(__file__).resolve().parents[2]
    first = subprocess.Popen([*command, str(stop)], cwd=root, stdout=subprocess.PIPE, text=True)
    assert first.stdout is not None
    assert first.stdout.readline() == "here\n"
    first.send_signal(signal.SIGKILL)
    assert first.wait(30) == -signal.SIGKILL
    first.stdout.close()
    assert len(list(tmp_path.glob("normal-*.npz"))) == 1
    subprocess.run([*command, "-1"], cwd=root, check=True, timeout=240)
    assert np.array_equal(np.load(tmp_path / "all.npy"), unbroken)


def test_ctrl_c_ends_the_command_with_130_and_keeps_finished_chains(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = []

    def run(self: Sampler, data: Any, seed: int, tell: object = None) -> Chain:
        if made:
            raise KeyboardInterrupt
        made.append(seed)
        return Chain({name: np.arange(1000.0) for name in self.names}, 0)

    monkeypatch.setattr(Sampler, "run", run)
    monkeypatch.setenv("FOEDUS_DATA", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["foedus", "calibrate", "credibility"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
    assert "what is done is kept" in capsys.readouterr().err
    (kept,) = tmp_path.glob("chains/*/*")
    assert kept.name.startswith("credibility-") and kept.name.endswith("-0.npz")


def test_the_gates_stop_draws_that_are_not_fit_for_use() -> None:
    def problems(apart: float, divergent: int) -> tuple[str, ...]:
        rng = np.random.default_rng(0)
        return diagnose({"x": rng.standard_normal((2, 500)) + np.array([[0.0], [apart]])}, divergent).problems

    assert problems(0.0, 0) == ()
    assert any("R-hat" in p for p in problems(3.0, 0))
    assert any("divergent" in p for p in problems(0.0, 100))
    still = {"x": np.repeat(np.random.default_rng(1).standard_normal((2, 20)), 50, axis=1)}
    assert any("effective sample size" in p for p in diagnose(still, 0).problems)
