"""The page in a real browser: every chart is drawn, and nothing is logged.

The page's content policy refuses every request, and the browser logs each refusal as an error: no log, no request.
"""

import re
import shutil
import subprocess

import pytest

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--enable-logging=stderr",
    "--v=0",
    "--virtual-time-budget=60000",
    "--dump-dom",
)

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine")


def opened(path, profile, width):
    command = [BROWSER, *FLAGS, f"--window-size={width},2000", f"--user-data-dir={profile}", path.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180)
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]


@pytest.mark.parametrize("width", [1200, 400])
def test_charts_are_drawn_without_a_word(tmp_path, text, width):
    path = tmp_path / "report.html"
    path.write_text(text, encoding="utf-8")
    dom, log = opened(path, tmp_path / "profile", width)
    assert log == []
    assert 'data-charts="ready"' in dom
    charts = re.findall(r'data-chart="([^"]+)"', text)
    drawn = re.findall(r'data-chart="([^"]+)" data-drawn="yes"', dom)
    assert drawn == charts


def test_a_request_would_be_seen(tmp_path, text):
    """The check above can fail: an image from elsewhere is refused and logged."""
    path = tmp_path / "report.html"
    path.write_text(
        text.replace("<footer>", '<footer><img alt="" src="https://example.invalid/x.png">'), encoding="utf-8"
    )
    _, log = opened(path, tmp_path / "profile", 800)
    assert any("example.invalid" in line for line in log)
