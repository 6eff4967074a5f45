"""Small games in extensive form: agent quantal response (logit) equilibria along the principal branch.

At each information set, Pr(action) is proportional to exp(lambda * expected payoff of the action given that it is taken).
With w(l) the probability of ending at leaf l, that expected payoff is

    U(a) = sum of w(l) u(l) over leaves behind a / sum of w(l) over leaves behind a

in which the action's own probability cancels. The branch starts at lambda = 0 (uniform play) and is followed by
pseudo-arclength steps, so that it passes folds; lambda has the unit 1 / payoff. Source: McKelvey and Palfrey,
Experimental Economics 1 (1998) 9-41, for the concept; the form above is our own. Invariants: probabilities of a set sum
to one; lambda times a constant and payoffs divided by it leave play unchanged. External check: 14 games solved by Gambit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.errors import InputError
from foedus.model.games.efg import CHANCE, Node, Tree

Floats = NDArray[np.float64]

TOLERANCE = 1e-11
_MAX_STEPS = 20_000
_FAR = -600.0
"""Log probability of a leaf below which every action needs a scale of its own."""
_BEND, _SHARPEST = 0.25, 0.45
"""Angle between tangents (radians) that the step length aims at, and the largest that is accepted."""


@dataclass(frozen=True)
class Game:
    """A tree as arrays over its leaves and actions.

    behind: (leaves, actions) 1 where the leaf lies behind the action; worth: (actions, leaves) payoff of the action's
    player, 0 where not behind; log_chance: (leaves,); first: index of the first action of each information set.
    """

    labels: tuple[tuple[str, str], ...]
    players: tuple[int, ...]
    sizes: tuple[int, ...]
    behind: Floats
    worth: Floats
    log_chance: Floats
    payoffs: Floats
    outcome_names: tuple[str, ...]
    contrast: Floats = field(repr=False)
    member: Floats = field(repr=False)
    heads: NDArray[np.int64] = field(repr=False)
    ahead: Floats = field(repr=False)

    @property
    def first(self) -> NDArray[np.int64]:
        """Index of the first action of every information set."""
        return np.concatenate([[0], np.cumsum(self.sizes)[:-1]]).astype(np.int64)


class Point(NamedTuple):
    """A logit equilibrium: lambda, log action probabilities, residual of the logit condition."""

    rationality: float
    log_play: Floats
    residual: float


class Branch(NamedTuple):
    """The principal branch: equilibria asked for, points passed, and where lambda turned or the branch split."""

    at: list[Point]
    points: list[Point]
    turns: list[float]
    splits: list[float]
    arms: list[list[Point]]


def _walk(
    tree: Tree,
) -> tuple[
    list[tuple[int, int, str, tuple[str, ...]]], list[tuple[float, Floats, list[tuple[int, int, int]], str]]
]:
    """List the players' information sets and the leaves with their paths; refuse imperfect recall."""
    sets: dict[tuple[int, int], tuple[str, tuple[str, ...]]] = {}
    memory: dict[tuple[int, int], tuple[tuple[int, int], ...]] = {}
    leaves: list[tuple[float, Floats, list[tuple[int, int, int]], str]] = []

    def visit(node: Node, chance: float, gained: Floats, path: list[tuple[int, int, int]]) -> None:
        gained = gained + np.array([float(v) for v in node.payoffs])
        if node.is_end:
            leaves.append((chance, gained, path, node.outcome_name or node.name))
            return
        if node.player != CHANCE:
            key = (node.player, node.infoset)
            own = tuple((i, a) for p, i, a in path if p == node.player)
            if memory.setdefault(key, own) != own:
                raise InputError(
                    f"imperfect recall: player {tree.players[node.player - 1]} forgets an earlier move or its own choice at "
                    f"information set {node.infoset_name or node.infoset}; split that set"
                )
            sets.setdefault(key, (node.infoset_name, node.actions))
        for k, child in enumerate(node.children):
            if node.player == CHANCE:
                if node.chances[k] > 0:
                    visit(child, chance * float(node.chances[k]), gained, path)
            else:
                visit(child, chance, gained, [*path, (node.player, node.infoset, k)])

    visit(tree.root, 1.0, np.zeros(len(tree.players)), [])
    ordered = [(player, number, *sets[player, number]) for player, number in sorted(sets)]
    return ordered, leaves


def compile_game(tree: Tree) -> Game:
    """Turn a tree into arrays.

    Raises:
        InputError: if a player forgets something he knew or did (imperfect recall), or nobody has a choice.
    """
    sets, leaves = _walk(tree)
    if not sets:
        raise InputError("no player has a choice in this game")
    start, place, labels, players = 0, {}, [], []
    for player, number, name, actions in sets:
        place[player, number] = start
        start += len(actions)
        labels += [(f"{tree.players[player - 1]}|{name or number}", action) for action in actions]
        players += [player] * len(actions)
    behind, worth = np.zeros((len(leaves), start)), np.zeros((start, len(leaves)))
    for row, (_, gained, path, _) in enumerate(leaves):
        for player, number, action in path:
            column = place[player, number] + action
            behind[row, column] = 1.0
            worth[column, row] = gained[player - 1]
    sizes = tuple(len(actions) for *_, actions in sets)
    contrast, member = np.zeros((start, start)), np.zeros((start, start))
    row = 0
    for size in sizes:
        member[row, row : row + size] = 1.0
        for k in range(1, size):
            contrast[row + k, row + k], contrast[row + k, row] = 1.0, -1.0
        row += size
    return Game(
        tuple(labels),
        tuple(players),
        sizes,
        behind,
        worth,
        np.log([leaf[0] for leaf in leaves]),
        np.stack([leaf[1] for leaf in leaves]),
        tuple(leaf[3] for leaf in leaves),
        contrast,
        member,
        np.flatnonzero(member.any(1)),
        np.ascontiguousarray(behind.T),
    )


def expected(game: Game, log_play: Floats) -> tuple[Floats, Floats]:
    """Return U (actions,), the payoff of each action given that it is taken, and its derivative in log play."""
    log_w = game.log_chance + game.behind @ log_play
    if log_w.min() < _FAR:
        return _expected_far(game, log_w)
    w = np.exp(log_w)
    reach = game.ahead @ w
    value = (game.worth @ w) / reach
    weight = (game.worth - value[:, None] * game.ahead) * w
    return value, (weight @ game.behind) / reach[:, None]


def _expected_far(game: Game, log_w: Floats) -> tuple[Floats, Floats]:
    """As `expected` where some leaves are next to impossible: every action has its own scale."""
    masked = np.where(game.ahead > 0, log_w, -np.inf)
    shifted = np.exp(masked - masked.max(1, keepdims=True))
    reach = shifted.sum(1)
    value = (game.worth * shifted).sum(1) / reach
    weight = (game.worth - value[:, None] * game.ahead) * shifted
    return value, (weight @ game.behind) / reach[:, None]


def _system(game: Game, log_play: Floats, rationality: float) -> tuple[Floats, Floats, Floats]:
    """Residual, its Jacobian in log play, and its derivative in lambda."""
    value, derivative = expected(game, log_play)
    play = np.exp(log_play)
    by_lambda = -(game.contrast @ value)
    residual = game.contrast @ log_play + rationality * by_lambda + game.member @ play
    residual[game.heads] -= 1.0
    jacobian = (game.contrast - game.contrast @ (rationality * derivative)) + game.member * play
    return residual, jacobian, by_lambda


def correct(game: Game, log_play: Floats, rationality: float, rounds: int = 30) -> Point | None:
    """Newton's method at a fixed lambda; None where it does not settle."""
    for _ in range(rounds):
        residual, jacobian, _ = _system(game, log_play, rationality)
        size = float(np.abs(residual).max())
        if size < TOLERANCE * (1.0 + rationality * 0.01):
            return Point(rationality, log_play, size)
        if not np.isfinite(size):
            return None
        step = np.linalg.solve(jacobian, -residual)
        log_play = np.minimum(log_play + step * min(1.0, 3.0 / max(_size(step), 1e-300)), 0.0)
    return None


class _State(NamedTuple):
    log_play: Floats
    rationality: float
    tangent: Floats
    sign: float


def _size(residual: np.ndarray[Any, Any]) -> float:
    """Return the Euclidean size, above the largest element; cheaper to find for a short vector."""
    return math.sqrt(float(residual @ residual))


def _advance(game: Game, state: _State, step: float) -> tuple[_State, int, float] | None:
    """One predictor-corrector step along the branch: (state, rounds, angle turned); None where the corrector fails.

    One solve gives both Newton's step and the tangent, a unit vector that goes on in the direction of the last one.
    """
    n = state.log_play.size
    guess = step * state.tangent
    guess[:n] += state.log_play
    guess[n] += state.rationality
    border, right = np.empty((n + 1, n + 1)), np.zeros((n + 1, 2))
    right[n, 1] = 1.0
    for k in range(6):
        play = np.minimum(guess[:n], 0.0)
        residual, border[:n, :n], border[:n, n] = _system(game, play, float(guess[n]))
        size = _size(residual)
        if not math.isfinite(size):
            return None
        border[n] = state.tangent
        right[:n, 0] = -residual
        change, direction = np.linalg.solve(border, right).T
        if size < 1e-7:
            tangent = direction / _size(direction)
            angle = math.acos(min(float(tangent @ state.tangent), 1.0))
            if not angle < _SHARPEST:
                return None
            sign = float(np.linalg.slogdet(border)[0])
            return _State(play, float(guess[n]), tangent, sign), k, angle
        if not _size(change) < 0.5 * step + 0.5:
            return None
        guess = guess + change
    return None


def principal_branch(game: Game, targets: list[float]) -> Branch:
    """Follow the principal branch from lambda = 0 and return the equilibria where it first passes each target.

    Args:
        game: compiled game.
        targets: values of lambda, each above 0.

    Returns:
        The branch up to the largest target. A target whose corrector failed is left out of ``at``; ``turns`` and
        ``splits`` hold the values of lambda where the branch folds back or where another branch crosses it.
    """
    wanted = sorted(set(targets))
    if not wanted or wanted[0] <= 0 or not np.isfinite(wanted).all():
        raise InputError("lambda must be a finite number above 0", field="lambda")
    sizes = np.repeat(game.sizes, game.sizes)
    branch = Branch([], [], [], [], [])
    crossings: list[tuple[_State, _State]] = []
    _follow(game, _begin(game, -np.log(sizes.astype(float)), 0.0), list(wanted), branch, crossings)
    for before, after in crossings[:3]:
        branch.arms.extend(_arms(game, after, [t for t in wanted if t > before.rationality]))
    return branch


def _begin(game: Game, log_play: Floats, rationality: float) -> _State:
    """Return a state at a known equilibrium, looking towards larger lambda."""
    n = log_play.size
    border, right = np.zeros((n + 1, n + 1)), np.zeros(n + 1)
    _, border[:n, :n], border[:n, n] = _system(game, log_play, rationality)
    border[n, n] = right[n] = 1.0
    direction = np.linalg.solve(border, right)
    return _State(log_play, rationality, direction / _size(direction), float(np.linalg.slogdet(border)[0]))


def _follow(
    game: Game, state: _State, wanted: list[float], branch: Branch, crossings: list[tuple[_State, _State]]
) -> None:
    """Walk along a branch until every target is passed, filling in ``branch``."""
    branch.points.append(Point(state.rationality, state.log_play, 0.0))
    step = 0.3
    for _ in range(_MAX_STEPS):
        if not wanted:
            return
        moved = _advance(game, state, step)
        if moved is None:
            step *= 0.5
            if step < 1e-9:
                return
            continue
        following, effort, angle = moved
        if _note(branch, state, following):
            crossings.append((state, following))
        while wanted and following.rationality >= wanted[0]:
            _reach(game, branch, state, following, wanted.pop(0))
        state = following
        branch.points.append(Point(state.rationality, state.log_play, 0.0))
        step *= min(2.5 if effort <= 2 else (1.2 if effort == 3 else 0.7), max(_BEND / (angle + 1e-3), 0.5))


def _arms(game: Game, state: _State, wanted: list[float]) -> list[list[Point]]:
    """Equilibria at the targets on the two arms that leave the branch just before ``state``."""
    jacobian = _system(game, state.log_play, state.rationality)[1]
    away = np.linalg.svd(jacobian)[2][-1]
    arms: list[list[Point]] = []
    for size in (0.5, -0.5, 1.5, -1.5):
        point = correct(game, np.minimum(state.log_play + size * away, -1e-9), state.rationality)
        known = [state.log_play, *(arm[0].log_play for arm in arms)]
        if point is None or any(np.abs(np.exp(point.log_play) - np.exp(k)).max() < 1e-4 for k in known):
            continue
        passed = [correct(game, point.log_play, target) for target in wanted if target <= state.rationality]
        side = Branch([point, *(p for p in passed if p is not None)], [], [], [], [])
        rest = [target for target in wanted if target > state.rationality]
        _follow(game, _begin(game, point.log_play, point.rationality), rest, side, [])
        arms.append(side.at)
    return [arm[1:] for arm in arms]


def _note(branch: Branch, before: _State, after: _State) -> bool:
    """Record folds (lambda turns) and splits (another branch crosses); return whether it was a split."""
    turned = before.tangent[-1] * after.tangent[-1] < 0
    if turned:
        branch.turns.append(0.5 * (before.rationality + after.rationality))
    split = before.sign * after.sign < 0
    if split:
        branch.splits.append(0.5 * (before.rationality + after.rationality))
    return split


def _reach(game: Game, branch: Branch, before: _State, after: _State, target: float) -> None:
    """Solve at a target between two points of the branch."""
    share = (target - before.rationality) / max(after.rationality - before.rationality, 1e-300)
    guess = before.log_play + share * (after.log_play - before.log_play)
    point = correct(game, guess, target)
    if point is not None:
        branch.at.append(point)


def outcome_distribution(game: Game, log_play: Floats) -> dict[str, float]:
    """Return the probability of each named end."""
    weights = np.exp(game.log_chance + game.behind @ log_play)
    out: dict[str, float] = {}
    for name, weight in zip(game.outcome_names, weights, strict=True):
        out[name] = out.get(name, 0.0) + float(weight)
    return out
