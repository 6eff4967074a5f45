"""The command line's outer behaviour: version, help and exit codes."""

import subprocess
import sys

import foedus


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from foedus.cli import main; main()", *args],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_version():
    result = run("--version")
    assert result.returncode == 0
    assert result.stdout.strip() == f"foedus {foedus.__version__}"


def test_unknown_command_is_one_line_and_exit_2():
    result = run("wargame")
    assert result.returncode == 2
    assert len(result.stderr.strip().splitlines()) == 1
    assert "wargame" in result.stderr
