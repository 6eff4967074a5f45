"""Draws, chunks, checkpoints and labelled results on disk."""

from foedus.ensemble.execute import Options as Options
from foedus.ensemble.execute import run_ensemble as run_ensemble
from foedus.ensemble.results import Run as Run
from foedus.ensemble.results import open_run as open_run
