"""Runs: the same bits whatever the chunks and workers, after a kill and a resume, and faults told in words."""

import errno
import json
import os
import signal
import subprocess
import sys
import textwrap
import time

import numpy as np
import pytest

from foedus.ensemble import Options, open_run, run_ensemble
from foedus.ensemble.store import BlockStore
from foedus.errors import FoedusError, InputError
from foedus.scenario import load_many

from .conftest import DRAWS, HORIZON, START


@pytest.mark.parametrize(("chunk", "workers"), [(1, 2), (70, 1), (1000, 2)])
def test_the_same_bits_for_any_chunk_and_any_number_of_workers(small_run, scenarios, tmp_path, chunk, workers):
    again = run_ensemble(scenarios, tmp_path, Options(draws=DRAWS, chunk=chunk, workers=workers))
    assert again.manifest["results_sha256"] == small_run.manifest["results_sha256"]
    assert again.manifest["fingerprint"] == small_run.manifest["fingerprint"]
    assert again.summary == small_run.summary


def test_fewer_draws_are_the_first_of_more(small_run, scenarios, tmp_path):
    fewer = run_ensemble(scenarios, tmp_path, Options(draws=7))
    for name in ("challenge_probability_cumulative", "parameter_value", "years_to_self_reliance"):
        axis = fewer.dataset[name].dims.index("draw")
        cut = np.take(small_run.dataset[name].values, range(7), axis=axis)
        assert np.array_equal(fewer.dataset[name].values, cut, equal_nan=True)


def test_another_seed_gives_other_numbers(small_run, scenarios, tmp_path):
    other = run_ensemble(scenarios, tmp_path, Options(draws=DRAWS, seed=2))
    assert other.manifest["results_sha256"] != small_run.manifest["results_sha256"]
    assert other.manifest["fingerprint"] != small_run.manifest["fingerprint"]


def test_the_other_scenarios_of_a_run_change_nothing(small_run, tmp_path):
    alone = run_ensemble(
        load_many(["dormant-nato"], start=START, horizon=HORIZON), tmp_path, Options(draws=DRAWS)
    )
    for name in ("credibility", "loss_probability_cumulative"):
        together = small_run.dataset[name].sel(scenario="dormant-nato").values
        assert np.array_equal(alone.dataset[name].sel(scenario="dormant-nato").values, together)


CHILD = """
    import sys, time
    from pathlib import Path
    from foedus.ensemble import Options, execute, run_ensemble
    from foedus.ensemble.store import BlockStore
    from foedus.scenario import load_many

    save = BlockStore.save
    def save_and_wait(self, scenario, first, block):
        save(self, scenario, first, block)
        print("saved", flush=True)
        time.sleep(60)
    BlockStore.save = save_and_wait
    scenarios = load_many(["baseline", "dormant-nato"], start=sys.argv[2], horizon=sys.argv[3])
    run_ensemble(scenarios, Path(sys.argv[1]), Options(draws=int(sys.argv[4]), workers=1))
"""


def test_killed_in_the_middle_and_resumed_it_ends_with_the_same_bits(small_run, scenarios, tmp_path):
    """kill -9 after the first block: the block is kept, the rest is made up, and other inputs are refused."""
    command = [sys.executable, "-c", textwrap.dedent(CHILD), str(tmp_path), START, HORIZON, str(DRAWS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout.readline().strip() == "saved"
        child.send_signal(signal.SIGKILL)
        child.wait(timeout=30)
    kept = list((tmp_path / "blocks").rglob("*.block"))
    assert len(kept) == 1
    written = kept[0].stat().st_mtime_ns
    with pytest.raises(InputError, match="no finished run"):
        open_run(tmp_path)
    with pytest.raises(InputError, match="seed or draws"):
        run_ensemble(scenarios, tmp_path, Options(draws=DRAWS, seed=9, resume=True))
    assert kept[0].stat().st_mtime_ns == written
    calls = []
    done = run_ensemble(scenarios, tmp_path, Options(draws=DRAWS, resume=True), lambda *at: calls.append(at))
    assert calls[-1] == (4, 4)
    assert len(calls) == 3
    assert done.manifest["results_sha256"] == small_run.manifest["results_sha256"]
    assert not (tmp_path / "blocks").exists()


def test_resuming_a_finished_run_of_other_inputs_is_refused(small_run, scenarios):
    before = json.dumps(small_run.manifest)
    with pytest.raises(InputError, match="other scenarios, data, parameters, code, seed or draws"):
        run_ensemble(scenarios, small_run.path, Options(draws=DRAWS, seed=9, resume=True))
    assert json.dumps(open_run(small_run.path).manifest) == before


def test_resuming_a_finished_run_gives_it_back(small_run, scenarios):
    stamp = (small_run.path / "manifest.json").stat().st_mtime_ns
    again = run_ensemble(scenarios, small_run.path, Options(draws=DRAWS, resume=True))
    assert (small_run.path / "manifest.json").stat().st_mtime_ns == stamp
    assert again.manifest == small_run.manifest


def test_a_full_disk_is_told_in_words_and_keeps_what_is_done(tmp_path, monkeypatch):
    store = BlockStore(tmp_path, "f" * 64)
    store.save("one", 0, {"x": np.ones(3, np.float32)})

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    block = {"x": np.ones(3, np.float32)}
    with monkeypatch.context() as patch, pytest.raises(FoedusError, match=r"No space left on device.*--resume"):
        patch.setattr(np, "ascontiguousarray", full)
        store.save("one", 50, block)
    assert store.has("one", 0)
    assert not store.has("one", 50)
    assert [p.name for p in store.root.iterdir()] == ["one-00000000.block"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"draws": 0}, "draws must be at least 1"),
        ({"workers": 0}, "workers must be at least 1"),
        ({"chunk": 0}, "chunk must be at least 1"),
    ],
)
def test_bad_options_are_refused_in_words(scenarios, tmp_path, options, says):
    with pytest.raises(InputError, match=says):
        run_ensemble(scenarios, tmp_path / "out", Options(**options))
    assert not (tmp_path / "out").exists()


def test_a_file_where_the_folder_should_be_is_refused(scenarios, tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(InputError, match="is a file"):
        run_ensemble(scenarios, tmp_path / "out", Options(draws=1))
    assert (tmp_path / "out").read_text() == "mine"


def test_scenarios_that_do_not_fit_together_are_refused(tmp_path):
    one = load_many(["baseline"], start=START, horizon=HORIZON)
    other = load_many(["dormant-nato"], start=START, horizon="4q")
    with pytest.raises(InputError, match="one start and horizon"):
        run_ensemble([*one, *other], tmp_path, Options(draws=1))
    with pytest.raises(InputError, match="given twice"):
        run_ensemble([*one, *one], tmp_path, Options(draws=1))
    with pytest.raises(InputError, match="no scenario"):
        run_ensemble([], tmp_path, Options(draws=1))


def test_the_manifest_says_what_was_run(small_run):
    manifest = small_run.manifest
    for key in ("fingerprint", "results_sha256"):
        assert len(manifest[key]) == 64
        assert int(manifest[key], 16) >= 0
    assert manifest["seed"] == 1
    assert manifest["draws"] == DRAWS
    assert manifest["mode"] == "hazard"
    assert manifest["quarters"] == 8
    assert [s["name"] for s in manifest["scenarios"]] == ["baseline", "dormant-nato"]
    assert set(manifest["versions"]) >= {"python", "jax", "numpy"}
    assert manifest["wall_seconds"] >= manifest["compile_seconds"] >= 0
    assert manifest["draws_per_second"] > 0
    assert 50 < manifest["peak_memory_mb"] < 8000
    assert len(manifest["members"]) == small_run.dataset.sizes["member"] == 31
    assert set(manifest["frontline"]) == {"EST", "FIN", "LTU", "LVA", "NOR", "POL"}


def test_no_clock_and_no_user_in_the_fingerprint(small_run, scenarios, tmp_path):
    time.sleep(0.01)
    again = run_ensemble(scenarios, tmp_path / "elsewhere", Options(draws=DRAWS))
    assert again.manifest["fingerprint"] == small_run.manifest["fingerprint"]
    assert str(tmp_path) not in json.dumps(again.manifest)
