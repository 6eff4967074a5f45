"""Refine the weights by which the reader plans a file with annotated batches that they have not seen, and learn the steps of a plan.

    uv run --all-extras python -m scripts.refine_outline [--score]

Starts from the tables that `fit_outline.py` has learned from the first batches. What a line is worth by these for each label stands
beside its features in a second conditional random field (python-crfsuite, L-BFGS, L2 penalty), which thus learns where the first one
errs; both together are again one weight for each feature and label (`outline_weights.csv`). Files of the first batches are learned from
as well, and those that come out wrong again with twice the weight, so that what they taught is not lost. What each state of a plan says for the next label
(`outline_steps.csv`, `fit_steps.py`) is learned from what random fields say that have not seen a file's group.

`--score` prints how the files of each group come out by what has been learned without them, and writes nothing. The tables
are refined once: to do it again, learn them from the first batches before. Takes some ten minutes on two cores.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from unittest.mock import patch

import numpy as np
from scripts.fit_outline import (
    UNSEEN,
    Fields,
    Weights,
    named_features,
    random_field,
    write_steps,
    write_weights,
)
from scripts.fit_steps import Planned, fit_steps
from scripts.outline_data import (
    ARTICLES,
    GROUPS,
    LATER,
    alone,
    annotated,
    blocks_of,
    excerpts,
    labels_of,
    run_together,
    whole_articles,
)
from scripts.page_files import Labelled
from scripts.story_scores import Counts, counts, told

from foedus.evidence import outline
from foedus.evidence.blocks import Block
from foedus.evidence.outline_labels import FOLLOWS, LABELS, NEVER
from foedus.evidence.outline_places import Features
from foedus.evidence.outline_states import Floats, State, Steps, ordered

PENALTY = 5.0
STEPS = 200
DRAWS = (1, 2, 3)
"""Seeds of what is drawn."""
JOINED, EXCERPTS, ALONE = 30, 24, 60
"""Files of each kind that are drawn from a group with each seed."""
WEIGHT = {"first": 4, "layout": 4, "real": 6, "article": 2, "drawn": 1}
"""How often a file of each kind is learned from."""
ROUNDS = 4
"""How often the whole is learned; after each but the last, files of the first batches that come out wrong count twice as much."""
BASE = "base"
SOURCE = "scripts/refine_outline.py"


@dataclass(frozen=True)
class Seen:
    """A file's lines with their features and what they are worth by the first weights, and what they are."""

    file: Labelled
    kind: str
    blocks: list[Block]
    features: list[Features]
    labels: list[str]


def first_weights() -> dict[str, Floats]:
    """Weight of each feature for each label, by the tables as they stand."""
    rows, table = outline.weights()
    return {f"{group}:{name}": table[n] for group, found in rows.items() for name, n in found.items()}


def seen(file: Labelled, kind: str, first: Mapping[str, Floats]) -> Seen | None:
    """A file as it is learned from; none where nothing is in it."""
    blocks = blocks_of(file)
    features: list[Features] = []
    nought = np.zeros(len(LABELS))
    for line in named_features(blocks):
        worth: Floats = sum((first[name] * v for name, v in line.items() if name in first), nought)
        of_first = {f"{BASE}:{label}": float(v) for label, v in zip(LABELS, worth, strict=True)}
        features.append(line | of_first)
    return Seen(file, kind, blocks, features, labels_of(file, blocks)) if blocks else None


def of_group(n: int, first: Mapping[str, Floats]) -> list[Seen]:
    """All files of a group: those of the first batches, the later ones, and what is drawn of the stories of these."""
    files = [(file, "first") for file in annotated(GROUPS[n])]
    files += [
        (file, "real" if batch.startswith("real") else "layout")
        for batch in LATER[n]
        for file in annotated([batch])
    ]
    files += [(file, "article") for file in whole_articles(ARTICLES[n])]
    for seed in DRAWS:
        drawn = (
            *run_together(LATER[n], seed, JOINED),
            *excerpts(LATER[n], seed, EXCERPTS),
            *alone(LATER[n], seed, ALONE),
        )
        files += [(file, "drawn") for file in drawn]
    return [found for file, kind in files if (found := seen(file, kind, first)) is not None]


def fitted(files: Sequence[Seen], times: Sequence[int]) -> Fields:
    """Weights of features and first worths for labels, and of labels for the next ones."""
    learned = ((f.features, f.labels, n) for f, n in zip(files, times, strict=True))
    return random_field(learned, PENALTY, STEPS)


def together(field: Weights, first: Mapping[str, Floats]) -> Weights:
    """One weight for each feature and label, from the first weights and what was learned beside them."""
    labels = list(LABELS)
    mixed = np.array([[field.get((f"{BASE}:{a}", b), 0.0) for b in labels] for a in labels])
    found = {key: weight for key, weight in field.items() if not key[0].startswith(f"{BASE}:")}
    for name, row in first.items():
        for label, weight in zip(labels, row @ mixed, strict=True):
            found[name, label] = found.get((name, label), 0.0) + float(weight)
    return found


def said(file: Seen, field: Weights) -> Floats:
    """What a file's lines say for each label: lines by labels."""
    return np.array(
        [
            [sum(v * field.get((name, label), 0.0) for name, v in found.items()) for label in LABELS]
            for found in file.features
        ]
    )


def planned(files: Sequence[Seen], field: Weights) -> list[Planned]:
    """Files for the fit of the steps."""
    most = WEIGHT["first"]
    return [Planned(said(f, field), f.labels, float(min(WEIGHT[f.kind], most))) for f in files]


def beginning(going: Weights) -> Weights:
    """Weights of the steps of a random field, with one for each step that no file shows."""
    return {(a, b): going.get((a, b), UNSEEN) for a, allowed in FOLLOWS.items() for b in allowed}


def sure(file: Seen, worth: Floats) -> Floats:
    """The same, where no story begins with a paragraph that leans on the one before."""
    out = worth.copy()
    for i, (block, found) in enumerate(zip(file.blocks, file.features, strict=True)):
        if block.kind == "body" and any(name.endswith(":place_leans") for name in found):
            out[i, list(LABELS).index("opening")] = NEVER
    return out


def text_of(blocks: Sequence[Block]) -> str:
    """By which a file is known again."""
    return "\n".join(block.text for block in blocks)


def come_out(files: Sequence[Seen], worth: Sequence[Floats], steps: Steps) -> list[Counts]:
    """How each file comes out by given weights."""
    held = {text_of(f.blocks): sure(f, w) for f, w in zip(files, worth, strict=True)}
    with (
        patch.object(outline, "weighed", lambda blocks: held[text_of(blocks)].copy()),
        patch.object(outline, "steps", lambda: steps),
    ):
        return [counts(file.file) for file in files]


def print_scores(
    parts: Sequence[Sequence[Seen]], fields: Sequence[Fields], plans: Sequence[Sequence[Planned]]
) -> None:
    """How the later files of each group come out by what was learned without it."""
    every: list[Counts] = []
    for n, files in enumerate(parts):
        scale, steps = fit_steps(
            [p for m, plan in enumerate(plans) if m != n for p in plan], beginning(fields[n][1]), DRAWS[0]
        )
        later = [
            (f, p.worth * scale) for f, p in zip(files, plans[n], strict=True) if f.kind in ("layout", "real")
        ]
        found = come_out([f for f, _ in later], [worth for _, worth in later], ordered(steps))
        print(*LATER[n], told(found), flush=True)
        every += found
    print("together", told(every))


def often(files: Sequence[Seen]) -> list[int]:
    """How often each file is learned from."""
    return [WEIGHT[file.kind] for file in files]


def learn(
    files: Sequence[Seen], plans: Sequence[Planned]
) -> tuple[Weights, float, dict[tuple[State, str], float]]:
    """Weights, their scale and those of the steps; what the first batches taught is kept by counting those files more that come out wrong."""
    times, plans = often(files), list(plans)
    first = [n for n, file in enumerate(files) if file.kind == "first"]
    for left in reversed(range(ROUNDS)):
        field, going = fitted(files, times)
        scale, steps = fit_steps(plans, beginning(going), DRAWS[0])
        worth = [said(files[n], field) * scale for n in first]
        found = come_out([files[n] for n in first], worth, ordered(steps))
        wrong = [n for n, c in zip(first, found, strict=True) if not c.exact == c.found == c.there]
        print(f"{len(wrong)} of {len(first)} first files come out wrong", flush=True)
        if not left or not wrong:
            break
        for n in wrong:
            times[n] *= 2
            plans[n] = replace(plans[n], weight=plans[n].weight * 2)
    return field, scale, steps


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--score", action="store_true", help="print how files come out that are held out")
    options = parser.parse_args()
    first, groups = first_weights(), range(len(GROUPS))
    parts = [of_group(n, first) for n in groups]
    others = [[file for m in groups if m != n for file in parts[m]] for n in groups]
    with ProcessPoolExecutor() as pool:
        fields = list(pool.map(fitted, others, [often(files) for files in others]))
        plans = list(pool.map(planned, parts, [weights for weights, _ in fields]))
    if options.score:
        print_scores(parts, fields, plans)
        return
    field, scale, steps = learn([file for part in parts for file in part], [p for plan in plans for p in plan])
    write_weights({key: weight * scale for key, weight in together(field, first).items()}, SOURCE)
    write_steps(steps, SOURCE)


if __name__ == "__main__":
    main()
