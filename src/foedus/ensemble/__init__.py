"""Draws, chunks, checkpoints and labelled results on disk."""

from typing import TYPE_CHECKING, Any

from foedus.ensemble.results import Run as Run
from foedus.ensemble.results import open_run as open_run

if TYPE_CHECKING:
    from foedus.ensemble.execute import Options as Options
    from foedus.ensemble.execute import run_ensemble as run_ensemble


def __getattr__(name: str) -> Any:
    """Load what runs the model when it is first asked for: a run folder can be opened without it."""
    if name not in ("Options", "run_ensemble"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from foedus.ensemble import execute

    return getattr(execute, name)
