"""Games in Gambit's format: a file in, logit equilibria out. Needs NumPy only, so that the command starts quickly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from foedus.calibrate.strategic.textfile import read_text
from foedus.errors import InputError
from foedus.model.games import efg, extensive

LAMBDAS = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)


def solve_efg(path: Path, lambdas: tuple[float, ...] = LAMBDAS) -> dict[str, Any]:
    """Follow the logit equilibria of an .efg game along its principal branch."""
    tree = efg.parse(read_text(path), str(path))
    try:
        game = extensive.compile_game(tree)
    except InputError as error:
        raise InputError(error.message, file=path) from error
    branch = extensive.principal_branch(game, list(lambdas))
    reached = {point.rationality for point in branch.at}
    return {
        "title": tree.title,
        "game": "efg",
        "players": list(tree.players),
        "equilibria": [_profile(game, point) for point in branch.at],
        "not_reached": [value for value in lambdas if value not in reached],
        "folds": branch.turns,
        "splits": branch.splits,
        "arms": [[_profile(game, point) for point in arm] for arm in branch.arms],
        "advice": ""
        if len(reached) == len(set(lambdas))
        else "the branch could not be followed to every lambda; divide the payoffs by a constant or ask for smaller values",
    }


def _profile(game: extensive.Game, point: extensive.Point) -> dict[str, Any]:
    play: dict[str, dict[str, float]] = {}
    for (place, action), value in zip(game.labels, np.exp(point.log_play), strict=True):
        play.setdefault(place, {})[action] = float(value)
    return {
        "lambda": point.rationality,
        "profile": play,
        "ends": extensive.outcome_distribution(game, point.log_play),
        "residual": point.residual,
    }
