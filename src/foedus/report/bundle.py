"""The charting library's script, taken from the installed renderer and kept between runs."""

from __future__ import annotations

import contextlib
import tempfile
from importlib.metadata import version
from pathlib import Path

import vl_convert

from foedus import user_cache
from foedus.report.svg import VEGALITE_VERSION

SNIPPET = "window.drawChart = vegaEmbed;"
END = "/* end of charts */"
"""Last line of the kept script: a file cut off half-way lacks it."""


def javascript() -> str:
    """Vega, Vega-Lite and their embedder as one script that sets ``window.drawChart``.

    Bundling takes seconds, so the result is kept in the user's cache; a cache that cannot be written is no error.
    """
    kept = user_cache.folder() / f"charts-{version('vl-convert-python')}-{VEGALITE_VERSION}.js"
    with contextlib.suppress(OSError, UnicodeDecodeError):
        text = kept.read_text(encoding="utf-8")
        if text.endswith(END):
            return text
    made: str = vl_convert.javascript_bundle(SNIPPET, vl_version=VEGALITE_VERSION)
    made = made.replace("</script", "<\\/script").replace("<!--", "<\\!--")
    made = f"{made}\n{END}"
    with contextlib.suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=kept.parent, delete=False) as part:
            part.write(made)
        Path(part.name).replace(kept)
    return made
