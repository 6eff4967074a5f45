"""Pictures that stand on their own, such as the one that opens the README."""

from __future__ import annotations

from pathlib import Path

from foedus.errors import InputError
from foedus.report import pictures, svg
from foedus.report.charts.base import Picture
from foedus.report.view import FOUR_WORLDS, RunView, is_four_worlds


def four_worlds_svg(run: RunView) -> str:
    """Return the four-worlds chart as an SVG file.

    Raises:
        InputError: the run does not hold the four worlds.
    """
    picture = _four_worlds(run)
    return svg.picture_file(picture.still, picture.description)


def four_worlds_png(run: RunView, scale: float = 2.0) -> bytes:
    """Return the four-worlds chart as a PNG file.

    Raises:
        InputError: the run does not hold the four worlds.
    """
    return svg.png(_four_worlds(run).still, scale)


def _four_worlds(run: RunView) -> Picture:
    if not is_four_worlds(run):
        raise InputError(
            f"needs a run with the scenarios {', '.join(FOUR_WORLDS)}; make one with  foedus run four-worlds"
        )
    return pictures.main_picture(run)


def write_picture(run: RunView, path: Path) -> Path:
    """Write the four-worlds chart as ``.svg`` or ``.png``.

    Raises:
        InputError: another ending, or a run without the four worlds.
    """
    ending = path.suffix.lower()
    if ending not in (".svg", ".png"):
        raise InputError(f"a picture ends in .svg or .png, not {ending!r}", file=path)
    path.write_bytes(four_worlds_svg(run).encode() if ending == ".svg" else four_worlds_png(run))
    return path
