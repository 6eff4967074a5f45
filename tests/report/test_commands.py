"""Bad input to ``foedus report`` and ``foedus show``: one line, exit 2, nothing heavy loaded, nothing written."""

import subprocess
import sys

import pytest

CODE = """
import sys
from foedus.cli import main
try:
    main()
finally:
    print("heavy" if {"jax", "altair", "xarray"} & set(sys.modules) else "light")
"""


def command(*args):
    return subprocess.run(
        [sys.executable, "-c", CODE, *args], capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.parametrize("name", ["report", "show"])
def test_missing_run_is_one_line_and_exit_2(tmp_path, name):
    done = command(name, str(tmp_path / "none"))
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "no finished run" in done.stderr
    assert done.stdout.strip() == "light"


def test_wrong_picture_is_refused_before_anything_is_written(tmp_path):
    (tmp_path / "manifest.json").write_text("{}")
    done = command("report", str(tmp_path), "--picture", str(tmp_path / "x.gif"))
    assert done.returncode == 2
    assert ".svg or .png" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["manifest.json"]
