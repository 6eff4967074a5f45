"""Estimate the weights by which the reader plans a file: headlines, stories, and what belongs to none.

    uv run --all-extras python -m scripts.fit_outline [--score]

Five steps, each a table of the reader: how many stories hold each stem (`stem_stories.csv`); logits of two paragraphs standing
in one story (`link_weights.csv`); words of stories against those of pages around them (`site_words.csv`); words of first paragraphs
against those of later ones (`lead_words.csv`, for the next step by weights that have not seen the paragraph); and the conditional random
field over the blocks (`outline_weights.csv`, `outline_steps.csv`; python-crfsuite, L-BFGS, L2 penalty). Texts:
annotated articles, pages of the article extraction benchmark as somebody would copy them, and annotated stories run together.
`refine_outline.py` goes on from here with later batches, and learns what the states of a plan add to its steps.

`--score` holds out one group of batches after the other and prints how they come out; it writes nothing. Stems and links are
then still those of the shipped tables.
"""

from __future__ import annotations

import argparse
import csv
import math
import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pycrfsuite
from scripts.outline_data import (
    GROUPS,
    annotated,
    blocks_of,
    excerpts,
    labels_of,
    paragraphs,
    real_sources,
    run_together,
    whole_pages,
)
from scripts.page_files import Labelled, Source
from scripts.page_texts import pages
from scripts.story_scores import score
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from foedus.evidence import cohesion, leads, outline, sitewords
from foedus.evidence.blocks import Block
from foedus.evidence.boundaries import stems
from foedus.evidence.outline_labels import FOLLOWS, LABELS
from foedus.evidence.outline_places import Features
from foedus.evidence.outline_states import END, ENDS, State
from foedus.evidence.outline_states import STEPS as STATE_STEPS

DATA = Path(__file__).resolve().parents[1] / "src" / "foedus" / "evidence" / "data"
WORDS_PENALTY = 2.0
LINKS_PENALTY = 10.0
LEADS_PENALTY = 3.0
FOLDS = 5
PENALTY = 3.0
STEPS = 150
DRAWS = (1, 2, 3)
"""Seeds of the joined files and excerpts, over which weights are averaged."""
SEEN = 4
"""Lines in which a word must stand to have a weight."""
INTERCEPT = "(intercept)"
LEAST = 0.01
"""Weights below this are left out of the table."""


UNSEEN = -4.0
"""What a step says that no file shows."""


def write(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table of the reader, and have it read anew."""
    with (DATA / name).open("w", encoding="utf-8", newline="") as out:
        sheet = csv.writer(out, lineterminator="\n")
        sheet.writerow(header)
        sheet.writerows(rows)
    for cached in (
        cohesion.rarity,
        cohesion.link_weights,
        sitewords.weights,
        leads.weights,
        outline.weights,
        outline.steps,
    ):
        cached.cache_clear()


def fit_stems(files: Sequence[Labelled]) -> None:
    """How many stories hold each stem."""
    count: Counter[str] = Counter()
    stories = 0
    for file in files:
        for a, b, *_ in file.gold.stories:
            count.update(stems(file.gold.text[a:b][:20_000]))
            stories += 1
    rows = sorted((stem, n) for stem, n in count.items() if n > 1)
    write("stem_stories.csv", ["stem", "stories"], [("(all)", stories), *rows])
    print(f"{len(rows)} stems of {stories} stories")


def fit_links(files: Sequence[Labelled]) -> None:
    """Weights of what two paragraphs share; pairs of one story and of two weigh the same together."""
    found: list[dict[str, float]] = []
    same: list[bool] = []
    for file in files:
        told = list(paragraphs(file))
        looked = [cohesion.held(block) for block, _ in told]
        for j in range(1, len(told)):
            for d in range(1, min(cohesion.REACH, j) + 1):
                found.append(cohesion.pair(looked[j - d], looked[j], d))
                same.append(told[j][1] == told[j - d][1])
    table = DictVectorizer(sparse=True)
    x, y = table.fit_transform(found), np.array(same)
    odds = np.where(y, 1.0, y.mean() / (1 - y.mean()))
    model = LogisticRegression(C=LINKS_PENALTY, max_iter=1000, fit_intercept=False).fit(
        x, y, sample_weight=odds
    )
    source = f"scripts/fit_outline.py ({len(y)} pairs)"
    rows = [
        (name, f"{w:.3f}", "logit", "estimated", source)
        for name, w in zip(table.get_feature_names_out(), model.coef_[0], strict=True)
    ]
    write("link_weights.csv", ["feature", "weight", "unit", "status", "source"], rows)
    print(f"{len(y)} pairs, {y.mean():.2f} of one story")


def fit_tokens(name: str, lines: Sequence[tuple[Iterable[str], bool]], penalty: float) -> int:
    """Weights of the tokens of some lines against those of others, into a table; returns how many tokens there are."""
    seen = Counter(token for found, _ in lines for token in found)
    rows = []
    for found, _ in lines:
        kept = [token for token in found if seen[token] >= SEEN]
        rows.append(dict.fromkeys(kept, 1 / math.sqrt(len(kept) + 1)))
    table = DictVectorizer(sparse=True)
    x, y = table.fit_transform(rows), np.array([told for _, told in lines])
    model = LogisticRegression(C=penalty, max_iter=2000, class_weight="balanced").fit(x, y)
    weights = sorted(zip(table.get_feature_names_out(), model.coef_[0], strict=True))
    source = f"scripts/fit_outline.py ({len(rows)} lines)"
    write(
        name,
        ["token", "weight", "unit", "status", "source"],
        [
            (token, f"{w:.3f}", "logit", "estimated", source)
            for token, w in [(INTERCEPT, model.intercept_[0]), *weights]
            if abs(w) >= LEAST or token == INTERCEPT
        ],
    )
    return len(weights)


def fit_words() -> None:
    """Weights of the words of stories against those of what stands around them."""
    lines = [
        (sitewords.tokens(line), page.body[i])
        for page in pages()
        for i, line in enumerate(page.lines)
        if len(line.split()) >= sitewords.LEAST and i != page.headline
    ]
    print(f"{fit_tokens('site_words.csv', lines, WORDS_PENALTY)} tokens of {len(lines)} lines")


def fit_leads(told: Sequence[tuple[str, bool]]) -> None:
    """Weights of the words of first paragraphs against those of later ones."""
    fit_tokens("lead_words.csv", [(leads.tokens(text), first) for text, first in told], LEADS_PENALTY)


def scores_of_leads(told: Sequence[tuple[str, bool]]) -> dict[str, float]:
    """Each paragraph's score by weights that were learned without its fifth of all paragraphs; leaves those of all behind."""
    apart = sorted({text for text, _ in told})
    part = {text: n % FOLDS for n, text in enumerate(random.Random(1).sample(apart, len(apart)))}
    found: dict[str, float] = {}
    for fold in range(FOLDS):
        fit_leads([(text, first) for text, first in told if part[text] != fold])
        found.update({text: leads.score(text) for text in apart if part[text] == fold})
    right = tuple([found[text] for text, first in told if first is wanted] for wanted in (True, False))
    fit_leads(told)
    print(f"first paragraphs told from later ones: AUC {auc(*right):.3f} of {len(told)}")
    return found


def auc(high: Sequence[float], low: Sequence[float]) -> float:
    """Share of pairs of one high and one low that stand in this order."""
    return float(np.mean(np.searchsorted(np.sort(low), high) / len(low)))


Weights = dict[tuple[str, str], float]


Fields = tuple[Weights, Weights]


def random_field(
    files: Iterable[tuple[Sequence[Features], Sequence[str], int]], penalty: float, steps: int
) -> Fields:
    """Weights of features for labels, and of labels for the next ones, of one conditional random field.

    Each file gives its lines' features, their labels, and how often it is learned from.
    """
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"c1": 0.0, "c2": penalty, "max_iterations": steps})
    for features, labels, times in files:
        for _ in range(times):
            trainer.append(features, labels)
    with tempfile.TemporaryDirectory() as folder:
        trainer.train(f"{folder}/plan")
        tagger = pycrfsuite.Tagger()
        tagger.open(f"{folder}/plan")
        info = tagger.info()
    return dict(info.state_features), dict(info.transitions)


def named_features(blocks: Sequence[Block]) -> list[Features]:
    """What is found of each line, each feature with the group that it has weights in."""
    return [
        {f"{group}:{name}": float(v) for name, v in features.items() if v}
        for group, features in outline.file_features(blocks)
    ]


def fitted(files: Sequence[Labelled]) -> Fields:
    """Weights of one conditional random field over the files as they are."""
    held = [(file, blocks) for file in files if (blocks := blocks_of(file))]
    return random_field(
        ((named_features(b), labels_of(f, b), round(f.weight)) for f, b in held), PENALTY, STEPS
    )


def fit_plan(batches: Sequence[str], real: Sequence[Source]) -> None:
    """Weights of the conditional random field, as a mean over draws of the joined files."""
    told = first_and_later([*annotated(batches), *whole_pages(real)])
    scores, otherwise = scores_of_leads(told), leads.score
    weights: Weights = {}
    going: Weights = {(label, after): 0.0 for label, allowed in FOLLOWS.items() for after in allowed}
    for seed in DRAWS:
        with patch.object(leads, "score", lambda text: scores[text] if text in scores else otherwise(text)):
            states, steps = fitted(training(batches, real, seed))
        for key, weight in states.items():
            weights[key] = weights.get(key, 0.0) + weight / len(DRAWS)
        for step in going:
            going[step] += steps.get(step, UNSEEN) / len(DRAWS)
    write_weights(weights, "scripts/fit_outline.py")
    of_state = {(state, label): going[state.label, label] for state, label in STATE_STEPS}
    write_steps(of_state | {(state, END): 0.0 for state in ENDS}, "scripts/fit_outline.py")


def write_weights(weights: Weights, source: str) -> None:
    """Table of what each feature says for each label."""
    rows: dict[str, dict[str, float]] = {}
    for (feature, label), weight in weights.items():
        rows.setdefault(feature, {})[label] = weight
    kept = [(key, found) for key, found in sorted(rows.items()) if max(map(abs, found.values())) >= LEAST]
    write(
        "outline_weights.csv",
        ["group", "feature", *LABELS, "unit", "status", "source"],
        [
            (
                *key.split(":", 1),
                *(f"{found.get(label, 0.0):.3f}" for label in LABELS),
                "logit",
                "estimated",
                source,
            )
            for key, found in kept
        ],
    )
    print(f"{len(kept)} features")


def write_steps(weights: Mapping[tuple[State, str], float], source: str) -> None:
    """Table of what each state says for the next label, or for the end."""
    write(
        "outline_steps.csv",
        [*State._fields, "next", "weight", "unit", "status", "source"],
        [
            (*state, label, f"{weight:.3f}", "logit", "estimated", source)
            for (state, label), weight in weights.items()
        ],
    )


def first_and_later(files: Sequence[Labelled]) -> list[tuple[str, bool]]:
    """Paragraphs of stories, and whether each is the first of its own."""
    found = []
    for file in files:
        blocks = blocks_of(file)
        for block, label in zip(blocks, labels_of(file, blocks), strict=True):
            if label in ("lead", "opening", "body"):
                found.append((block.text, label != "body"))
    return found


def training(batches: Sequence[str], real: Sequence[Source], seed: int) -> list[Labelled]:
    """Files that the plan is learned from."""
    return [*run_together(batches, seed), *excerpts(batches, seed), *whole_pages(real), *annotated(batches)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--score", action="store_true", help="hold batches out and print how they come out")
    options = parser.parse_args()
    every = [name for group in GROUPS for name in group]
    real = real_sources()
    if not options.score:
        files = [*annotated(every), *whole_pages(real)]
        fit_stems(files)
        fit_links([*annotated(every), *run_together(every, DRAWS[0])])
        fit_words()
        fit_plan(every, real)
        return
    names = ("outline_weights.csv", "outline_steps.csv", "lead_words.csv")
    before = {name: (DATA / name).read_bytes() for name in names}
    try:
        for group in GROUPS:
            fit_plan([n for n in every if n not in group], real)
            for name in group:
                print(name, score(annotated([name])), flush=True)
    finally:
        for name, content in before.items():
            (DATA / name).write_bytes(content)


if __name__ == "__main__":
    main()
