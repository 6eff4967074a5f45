"""Stories found by a plan that remembers how long stories are, beside the plan by labels alone; one group of batches held out at a time.

    uv run --all-extras python -m benchmarks.story_states

Both plans use the same random field, learned without the group (python-crfsuite). The steps between states are learned from what such
fields say of files they have not seen, without the group. Stems, links and words are those of the shipped tables. Takes some minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from unittest.mock import patch

import numpy as np
from scripts.fit_outline import Weights, fitted
from scripts.fit_steps import Planned, fit_steps
from scripts.outline_data import (
    GROUPS,
    annotated,
    blocks_of,
    excerpts,
    labels_of,
    real_sources,
    run_together,
    whole_pages,
)
from scripts.page_files import Labelled
from scripts.story_scores import score
from scripts.story_states import best, ordered

from foedus.evidence import outline
from foedus.evidence.outline import FOLLOWS, LABELS, NEVER, Floats

SEED = 1


def said(file: Labelled, weights: Weights) -> Floats:
    """What a file's lines say for each label by given weights: lines by labels."""
    return np.array(
        [
            [
                sum(float(v) * weights.get((f"{group}:{name}", label), 0.0) for name, v in found.items())
                for label in LABELS
            ]
            for group, found in outline.file_features(blocks_of(file))
        ]
    )


def sure(file: Labelled, worth: Floats) -> Floats:
    """The same, where no story begins with a paragraph that leans on the one before."""
    out = worth.copy()
    features = outline.file_features(blocks_of(file))
    for i, (block, (_, found)) in enumerate(zip(blocks_of(file), features, strict=True)):
        if block.kind == "body" and "place_leans" in found:
            out[i, list(LABELS).index("opening")] = NEVER
    return out


def scored(files: Sequence[Labelled], worth: dict[str, Floats], plan: Callable[[Floats], list[int]]) -> str:
    """How stories come out by one plan."""

    def weighed(blocks: Sequence[outline.Block]) -> Floats:
        return worth["\n".join(block.text for block in blocks)].copy()

    with patch.object(outline, "weighed", weighed), patch.object(outline, "_best", plan):
        return score(files)


def main() -> None:
    """Print a line for each group and plan."""
    real = real_sources()
    own = [annotated(group) for group in GROUPS]
    parts = [
        [*files, *whole_pages(real[n :: len(GROUPS)]), *run_together(group, SEED), *excerpts(group, SEED)]
        for n, (group, files) in enumerate(zip(GROUPS, own, strict=True))
    ]
    fields = [fitted([f for m, files in enumerate(parts) if m != n for f in files]) for n in range(len(parts))]
    unseen = [
        [Planned(said(f, weights), labels_of(f, blocks_of(f)), f.weight) for f in files if blocks_of(f)]
        for files, (weights, _) in zip(parts, fields, strict=True)
    ]
    for n, files in enumerate(own):
        weights, found = fields[n]
        going = np.full((len(LABELS), len(LABELS)), NEVER)
        start = {(a, b): found.get((a, b), -4.0) for a, allowed in FOLLOWS.items() for b in allowed}
        for (a, b), weight in start.items():
            going[list(LABELS).index(a), list(LABELS).index(b)] = weight
        scale, steps = fit_steps([p for m, plans in enumerate(unseen) if m != n for p in plans], start, SEED)
        held = {"\n".join(b.text for b in blocks_of(f)): said(f, weights) for f in files}
        forms = {"\n".join(b.text for b in blocks_of(f)): f for f in files}
        ordered_steps = ordered(steps)
        with patch.object(outline, "steps", lambda going=going: going):
            print(
                n,
                "labels",
                scored(files, {t: sure(forms[t], w) for t, w in held.items()}, outline._best),
                flush=True,
            )
        scaled = {text: sure(forms[text], worth * scale) for text, worth in held.items()}
        print(n, "states", scored(files, scaled, lambda w, s=ordered_steps: best(w, s)), flush=True)


if __name__ == "__main__":
    main()
