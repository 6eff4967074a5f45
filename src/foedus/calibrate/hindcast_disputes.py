"""Disputes: fit to the past, forecast the years after, against logits and boosting fitted in the same run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.calibrate.dispute_features import (
    ALLIANCE,
    BOOSTING,
    EXTENDED,
    add_features,
    matrix,
    present,
    usable_rows,
)
from foedus.calibrate.dispute_model import fit_disputes
from foedus.calibrate.extras import require
from foedus.calibrate.hindcast_counts import onset_coverage
from foedus.calibrate.results import Hindcast
from foedus.calibrate.scores import Floats, score_binary
from foedus.errors import InputError

BOOSTING_OPTIONS: dict[str, Any] = {
    "max_iter": 300, "learning_rate": 0.05, "max_leaf_nodes": 15, "min_samples_leaf": 200, "l2_regularization": 5.0,
    "random_state": 0, "early_stopping": False,
}  # fmt: skip
"""The options of the published benchmark, so that the numbers compare."""

FEWEST_EVENTS = 20
Predictor = Callable[[pl.DataFrame, pl.DataFrame], Floats]


def logit(names: Sequence[str]) -> Predictor:
    """A logit without a penalty on standardised columns; missing values are taken as zero."""

    def predict(train: pl.DataFrame, test: pl.DataFrame) -> Floats:
        linear, scaling = require("sklearn.linear_model"), require("sklearn.preprocessing")
        x = np.nan_to_num(matrix(train, names))
        scaler = scaling.StandardScaler().fit(x)
        model = linear.LogisticRegression(C=1e6, max_iter=3000)
        model.fit(scaler.transform(x), train["mid_onset"].to_numpy())
        return np.asarray(
            model.predict_proba(scaler.transform(np.nan_to_num(matrix(test, names))))[:, 1], dtype=float
        )

    return predict


def boosting(names: Sequence[str]) -> Predictor:
    """Histogram gradient boosting; missing values have branches of their own."""

    def predict(train: pl.DataFrame, test: pl.DataFrame) -> Floats:
        model = require("sklearn.ensemble").HistGradientBoostingClassifier(**BOOSTING_OPTIONS)
        model.fit(matrix(train, names), train["mid_onset"].to_numpy())
        return np.asarray(model.predict_proba(matrix(test, names))[:, 1], dtype=float)

    return predict


def _base_rate(train: pl.DataFrame, test: pl.DataFrame) -> Floats:
    return np.full(test.height, float(train["mid_onset"].cast(pl.Float64).to_numpy().mean()))


def forecasters(frame: pl.DataFrame, quick: bool) -> dict[str, Predictor]:
    """Every baseline that the columns of the panel allow; ``quick`` leaves out boosting."""
    extended, trees = present(frame, EXTENDED), present(frame, BOOSTING)
    out: dict[str, Predictor] = {
        "base_rate": _base_rate,
        "logit_no_alliance": logit([n for n in extended if n not in ALLIANCE]),
        "logit_extended": logit(extended),
    }
    if not quick:
        pacts = {
            n
            for n in trees
            if n.startswith(("b_n_", "b_def", "b_has", "b_us", "a_has", "a_def", "a_b_", "s_sc"))
        }
        out["boosting_no_alliance"] = boosting([n for n in trees if n not in pacts])
        out["boosting"] = boosting(trees)
    return out


def prepare(panel: pl.DataFrame) -> pl.DataFrame:
    """Usable rows with features, and the columns that a rebuilt panel must carry checked by name."""
    needed = (
        "year",
        "ccode_a",
        "ccode_b",
        "mid_onset",
        "mid_recip",
        "mid_force_onset",
        "peace_years_dyad",
        "cap_dist_km",
    )
    missing = [n for n in needed if n not in panel.columns]
    if missing:
        raise InputError(f"the dyad-year panel lacks {', '.join(missing)}")
    return add_features(usable_rows(panel))


def hindcast_disputes(
    panel: pl.DataFrame, train_to: int = 1990, test_to: int | None = None, quick: bool = False
) -> Hindcast:
    """Score the crisis model and its rivals on the years after ``train_to``.

    Errors: InputError where the training or test years hold too few onsets to fit or to score anything.
    """
    frame = prepare(panel)
    last = int(frame["year"].cast(pl.Int64).max() or 0) if test_to is None else test_to  # type: ignore[arg-type]
    train = frame.filter(pl.col("year") <= train_to)
    test = frame.filter((pl.col("year") > train_to) & (pl.col("year") <= last))
    for name, part in (("up to", train), ("after", test)):
        events = int(part["mid_onset"].cast(pl.Int64).sum()) if part.height else 0
        if events < FEWEST_EVENTS:
            years = f"{frame['year'].to_numpy().min()} to {frame['year'].to_numpy().max()}"
            raise InputError(
                f"{events} onsets in the years {name} {train_to}: the panel covers {years}", field="as-of"
            )
    observed = test["mid_onset"].to_numpy().astype(float)
    model = fit_disputes(train)
    probabilities = {"model": model.predict(test)["challenge"]}
    for name, predict in forecasters(frame, quick).items():
        probabilities[name] = predict(train, test)
    scores = {name: score_binary(p, observed).as_dict() for name, p in probabilities.items()}
    setup: dict[str, Any] = {
        "rows_train": train.height,
        "rows_test": test.height,
        "onsets_train": int(train["mid_onset"].cast(pl.Int64).sum()),
        "onsets_test": int(observed.sum()),
        "train_to": train_to,
        "test_years": [train_to + 1, last],
        "model_converged": model.converged,
        "subsets": subset_scores(test, probabilities, observed),
        "intervals": onset_coverage(
            (train, model.predict(train)["challenge"]), (test, probabilities["model"]), train_to
        ),
    }
    scores["model"]["coverage_90"] = setup["intervals"]["coverage_90"]
    scores["model"]["coverage_cells"] = setup["intervals"]["n"]
    return Hindcast(
        "disputes", f"{train_to}-12-31", scores, riskiest(test, probabilities["model"]), setup, NOTES
    )


NOTES = (
    "Leaving the alliance columns out barely changes the forecast (compare *_no_alliance), so a forecast score alone "
    "cannot validate a deterrent effect of alliances.",
)


def subset_scores(
    test: pl.DataFrame, probabilities: dict[str, Floats], observed: NDArray[np.float64]
) -> dict[str, dict[str, Any]]:
    """Log loss on the parts of the test years that the alliance cares about."""
    parts = {
        "targets_with_us_pact": test["b_us_defence_ally"].to_numpy() == 1,
        "targets_without_pact": test["b_has_defence_pact"].to_numpy() == 0,
        "contiguous": test["contiguous"].to_numpy() == 1,
        "challenger_russia": test["ccode_a"].to_numpy() == 365,
    }
    out: dict[str, dict[str, Any]] = {}
    for name, rows in parts.items():
        if 0 < observed[rows].sum() < rows.sum():
            losses = {who: score_binary(p[rows], observed[rows]).log_loss for who, p in probabilities.items()}
            out[name] = {"n": int(rows.sum()), "onsets": int(observed[rows].sum()), "log_loss": losses}
    return out


def riskiest(test: pl.DataFrame, probability: Floats, count: int = 50) -> tuple[dict[str, Any], ...]:
    """The directed dyad-years that the model held most likely, with what happened."""
    columns = ["year", "ccode_a", "ccode_b", "mid_onset"]
    top = (
        test.select(columns)
        .with_columns(probability=probability)
        .sort("probability", descending=True)
        .head(count)
    )
    return tuple(top.to_dicts())
