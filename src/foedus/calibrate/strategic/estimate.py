"""One door to every estimator: table, formula and name of the model in, a fit that can be stored out."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from scipy import special

from foedus.calibrate.strategic import crisis, crisis_fit, tree_fit
from foedus.calibrate.strategic.formula import Design, check_identified, design
from foedus.calibrate.strategic.maximise import COVARIANCES, Floats, Maximum, covariance
from foedus.errors import InputError, did_you_mean
from foedus.model.games.trees import SHAPES, ULTIMATUM_PAYOFFS

MODELS = ("crisis", "12", "122", "123", "ultimatum")
ESTIMATORS = {"crisis": ("pl", "npl", "cmle", "ml", "bayes"), "ultimatum": ("ml",)}
FEWEST_DRAWS = 10
"""Below it a chain says nothing of its own mixing."""
COUNT_COLUMNS = ("sq_count", "cd_count", "sf_count", "bd_count")


@dataclass(frozen=True)
class Request:
    """What to fit. Columns are named by the user's table."""

    model: str
    formula: str
    estimator: str
    outcome: tuple[str, ...] = ()
    first_stage: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    link: str = "probit"
    error: str = "agent"
    covariance: str = "hessian"
    cluster: str = ""
    pie: float = 0.0
    select: str = "highest"
    fixed: tuple[tuple[str, float], ...] = ()
    seed: int = 0
    draws: int = 1000


@dataclass(frozen=True)
class FitResult:
    """A fit with what is needed to predict from it."""

    request: Request
    payoffs: list[str]
    terms: list[str]
    estimate: list[float]
    covariance: list[list[float]]
    covariance_kind: str
    loglik: float
    n: int
    converged: bool
    advice: str
    rounds: int
    largest_gradient: float
    notes: list[str] = field(default_factory=list)
    intervals: list[list[float]] = field(default_factory=list)
    """Of a posterior: 90 percent interval of every coefficient."""

    @property
    def aic(self) -> float:
        """Akaike's criterion, twice the number of coefficients less twice the log-likelihood."""
        return 2.0 * len(self.estimate) - 2.0 * self.loglik

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for JSON, with standard errors, z and p values added."""
        errors = np.sqrt(np.maximum(np.diag(np.array(self.covariance)), 0.0))
        coefficients = []
        named = zip(self.payoffs, self.terms, self.estimate, errors, strict=True)
        for k, (payoff, term, value, error) in enumerate(named):
            z = value / error if error > 0 else math.nan
            p = 2.0 * float(special.ndtr(-abs(z)))
            coefficients.append(
                {
                    "payoff": payoff,
                    "term": term,
                    "estimate": value,
                    "se": float(error),
                    "z": z if math.isfinite(z) else None,
                    "p": p if math.isfinite(p) else None,
                    **(dict(zip(("low", "high"), self.intervals[k], strict=True)) if self.intervals else {}),
                }
            )
        plain = asdict(self)
        for name in ("payoffs", "terms", "estimate", "intervals"):
            plain.pop(name)
        return {"coefficients": coefficients, "aic": self.aic, **plain}


def model_payoffs(model: str) -> tuple[str, ...]:
    """Return the payoffs of a model in order."""
    if model == "crisis":
        return crisis.PAYOFFS
    return ULTIMATUM_PAYOFFS if model == "ultimatum" else SHAPES[model].payoffs


def check_request(request: Request) -> None:
    """Refuse unknown names with the known ones."""
    if request.model not in MODELS:
        raise InputError(f"unknown model {request.model!r}{did_you_mean(request.model, MODELS)}", field="model")
    known = ESTIMATORS.get(request.model, ("ml", "bayes"))
    if request.estimator not in known:
        raise InputError(
            f"estimator {request.estimator!r} is not for model {request.model}; known: {', '.join(known)}",
            field="estimator",
        )
    for name, value, allowed in (
        ("link", request.link, ("probit", "logit")),
        ("error", request.error, ("agent", "private")),
        ("covariance", request.covariance, COVARIANCES),
    ):
        if value not in allowed:
            raise InputError(f"unknown {name} {value!r}; known: {', '.join(allowed)}", field=name)
    if request.estimator == "bayes" and request.draws < FEWEST_DRAWS:
        raise InputError(f"must be at least {FEWEST_DRAWS}, got {request.draws}", field="draws")


def fit(frame: Any, request: Request, progress: Callable[[int, int], None] | None = None) -> FitResult:
    """Fit a model to a data frame; ``progress`` is told of a sampler's steps (done, of)."""
    check_request(request)
    spec = _design(frame, request)
    try:
        return _fitted(frame.iloc[spec.rows], spec, request, progress)
    except np.linalg.LinAlgError as error:
        raise InputError(
            f"{spec.rows.size} rows do not identify {spec.size} coefficients: their information is singular; "
            "drop regressors or add data",
            field="formula",
        ) from error


def _fitted(
    used: Any, spec: Design, request: Request, progress: Callable[[int, int], None] | None
) -> FitResult:
    clusters = None
    if request.cluster:
        clusters = np.unique(used[request.cluster].astype(str), return_inverse=True)[1]
    if request.estimator == "bayes":
        from foedus.calibrate.strategic.bayes import fit_bayes

        return fit_bayes(used, spec, request, progress)
    if request.model == "crisis":
        return _fit_crisis(used, spec, request, clusters)
    best = _fit_tree(used, spec, request)
    return _result(request, spec, best, covariance(best, request.covariance, clusters), request.covariance)


def _design(frame: Any, request: Request) -> Design:
    needed = list(outcome_columns(frame, request)) + list(request.first_stage)
    if request.cluster:
        needed.append(request.cluster)
    spec = design(frame, request.formula, model_payoffs(request.model), needed)
    if spec.size == 0:
        raise InputError("the formulas leave nothing to estimate", field="formula")
    groups: tuple[tuple[str, ...], ...] = crisis.FREE_GROUPS if request.model == "crisis" else ()
    if request.model in SHAPES:
        groups = SHAPES[request.model].groups
    held = {name for name, _ in request.fixed}
    for name in held:
        if spec.terms.get(name):
            raise InputError(f"{name} has both a formula and a fixed value; keep one", field=name)
    check_identified(spec, groups)
    return spec


def outcome_columns(frame: Any, request: Request) -> tuple[str, ...]:
    """Return the outcome columns: those named, else the usual ones of the model."""
    if request.outcome:
        return request.outcome
    usual = {"crisis": COUNT_COLUMNS, "ultimatum": ("offer", "accept")}.get(request.model, ("y",))
    missing = [name for name in usual if name not in frame.columns]
    if missing:
        raise InputError(
            f"name the outcome columns with --outcome; the usual {', '.join(usual)} are not there",
            field="outcome",
        )
    return usual


def crisis_counts(frame: Any, columns: tuple[str, ...]) -> Floats:
    """Return counts (4, n) from four count columns, or from one column with SQ, CD, SF or BD."""
    if len(columns) == 1:
        said = frame[columns[0]].astype(str).str.upper()
        unknown = ~said.isin(crisis.ENDS)
        if unknown.any():
            raise InputError(f"outcomes are SQ, CD, SF, BD; found {said[unknown].iloc[0]!r}", field=columns[0])
        return np.stack([(said == end).to_numpy(float) for end in crisis.ENDS])
    if len(columns) != len(crisis.ENDS):
        raise InputError(
            "give one outcome column, or the four counts of SQ, CD, SF, BD in this order", field="outcome"
        )
    counts = _numbers(frame, columns)
    if (counts < 0).any() or not counts.sum(0).all():
        raise InputError(
            "counts must not be negative, and every game needs at least one observation", field="outcome"
        )
    return counts


def _numbers(frame: Any, columns: tuple[str, ...]) -> Floats:
    rows = []
    for name in columns:
        try:
            rows.append(frame[name].to_numpy(float))
        except (ValueError, TypeError) as error:
            raise InputError("must hold numbers only", field=name) from error
    return np.stack(rows)


def first_stage(frame: Any, spec: Design, counts: Floats, request: Request) -> tuple[Floats, Floats]:
    """Return p_R and p_F per game: two named columns, or ridge logits on all regressors."""
    if request.first_stage:
        if len(request.first_stage) != 2:
            raise InputError("give two columns: p_R, p_F", field="first_stage")
        resist, firm = _numbers(frame, request.first_stage)
        crisis_fit.check_probabilities(resist, firm)
        return resist, firm
    columns = np.concatenate(list(spec.blocks.values()), axis=1)
    unique = np.unique(columns, axis=1)
    varied = unique[:, unique.std(0) > 0]
    scaled = (varied - varied.mean(0)) / varied.std(0) if varied.shape[1] else varied
    x = np.column_stack([np.ones(columns.shape[0]), scaled])
    resisted = counts[2] + counts[3]
    return _ridge_logit(x, resisted, counts[1] + resisted), _ridge_logit(x, counts[2], resisted)


def _ridge_logit(x: Floats, hits: Floats, trials: Floats) -> Floats:
    """Fitted probabilities of a binomial logit with a ridge of one observation per regressor."""
    beta = np.zeros(x.shape[1])
    penalty = np.eye(x.shape[1])
    for _ in range(50):
        p = special.expit(x @ beta)
        gradient = x.T @ (hits - trials * p) - penalty @ beta
        information = (x.T * (trials * p * (1 - p))) @ x + penalty
        step = np.linalg.solve(information, gradient)
        beta = beta + step / max(1.0, float(np.abs(step).max()))
        if np.abs(step).max() < 1e-8:
            break
    return np.asarray(np.clip(special.expit(x @ beta), 1e-4, 1 - 1e-4))


def _fit_crisis(frame: Any, spec: Design, request: Request, clusters: Any) -> FitResult:
    counts = crisis_counts(frame, outcome_columns(frame, request))
    empty = [end for end, total in zip(crisis.ENDS, counts.sum(1), strict=True) if total == 0]
    if empty:
        raise InputError(
            f"separated data: {empty[0]} never happens, so the payoffs behind it have no finite estimate"
        )
    data = crisis.Crises(counts, spec)
    resist, firm = first_stage(frame, spec, counts, request)
    if request.estimator == "pl":
        found = crisis_fit.pl(data, resist, firm)
        return _result(
            request, spec, found.maximum, found.covariance, "opg, first stage taken as known", found.rounds
        )
    nested = crisis_fit.npl(data, resist, firm)
    if request.estimator == "npl":
        return _result(
            request,
            spec,
            nested.maximum,
            nested.covariance,
            "nested pseudo-likelihood (corrected)",
            nested.rounds,
        )
    rule = None if request.estimator == "cmle" else request.select
    starts = [nested.maximum.theta]
    if not nested.maximum.converged:
        starts.append(crisis_fit.pl(data, resist, firm).maximum.theta)
    found = crisis_fit.equilibrium_likelihood(data, starts, rule)  # type: ignore[arg-type]
    cov = covariance(found.maximum, request.covariance, clusters)
    return _result(request, spec, found.maximum, cov, request.covariance, found.rounds)


def tree_outcome(frame: Any, request: Request) -> Any:
    """Return the index of the end reached: from 0/1 moves, or from one column of labels."""
    columns = outcome_columns(frame, request)
    ends = SHAPES[request.model].ends
    if len(columns) == 1:
        said = frame[columns[0]].astype(str)
        labels = list(request.ends) or sorted(said.unique())
        if len(labels) != len(ends):
            raise InputError(
                f"model {request.model} has {len(ends)} ends; list their labels in order with --ends",
                field="ends",
            )
        if not said.isin(labels).all():
            raise InputError(
                f"label {said[~said.isin(labels)].iloc[0]!r} is not among {', '.join(labels)}", field=columns[0]
            )
        return said.map({label: k for k, label in enumerate(labels)}).to_numpy(np.int64)
    moves = _numbers(frame, columns)
    players = len(set(request.model))
    if not np.isin(moves, (0.0, 1.0)).all() or len(columns) != players:
        raise InputError(f"give {players} columns of moves, each 0 or 1", field="outcome")
    if request.model == "122":
        return (2 * moves[0] + moves[1]).astype(np.int64)
    reached = np.where(moves[0] == 0, 0, 1 + moves[1])
    if request.model == "123":
        reached = np.where(moves[0] == 0, 0, np.where(moves[1] == 0, 1, 2 + moves[2]))
    return reached.astype(np.int64)


def _fit_tree(frame: Any, spec: Design, request: Request) -> Maximum:
    if request.model != "ultimatum":
        data = tree_fit.TreeData(
            request.model, tree_outcome(frame, request), spec, request.link, request.error, request.fixed
        )
        return tree_fit.fit_tree(data)
    columns = outcome_columns(frame, request)
    offers = _numbers(frame, columns)
    if request.pie <= 0 or (offers[0] < 0).any() or (offers[0] > request.pie).any():
        raise InputError("offers must lie between 0 and the pie; give it with --pie", field="pie")
    accept = offers[1] if len(columns) > 1 else None
    return tree_fit.fit_ultimatum(tree_fit.UltimatumData(offers[0], accept, request.pie, spec), request.fixed)


def _result(
    request: Request, spec: Design, best: Maximum, cov: Floats, kind: str, rounds: int | None = None
) -> FitResult:
    names = spec.names
    return FitResult(
        request=request,
        payoffs=[payoff for payoff, _ in names],
        terms=[term for _, term in names],
        estimate=[float(v) for v in best.theta],
        covariance=[[float(v) for v in row] for row in cov],
        covariance_kind=kind,
        loglik=best.loglik,
        n=int(spec.rows.size),
        converged=best.converged,
        advice=best.advice,
        rounds=best.evaluations if rounds is None else rounds,
        largest_gradient=float(np.abs(best.gradient).max()),
    )
