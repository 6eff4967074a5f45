"""What speaks for another story at each place between two paragraphs of a file, whatever stands between them."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.evidence.blocks import Block
from foedus.evidence.boundaries import (
    WEEKDAY,
    Told,
    features,
    first_sentence,
    fulls,
    names,
    page_of,
    stems,
    surnames,
)
from foedus.evidence.cohesion import REACH, WINDOWS, Links

FAR = 8
"""Paragraphs ahead in which what has been told is sought again."""
Features = dict[str, float]
_STEPS = {
    "margin": (-6.0, -3.0, -1.5, 0.0, 1.0, 2.0, 3.5),
    "across": (-1.0, -0.5, 0.0, 0.5),
    "alike_wide": (0.02, 0.06, 0.12, 0.2, 0.3),
    "alike_near": (0.02, 0.08, 0.16),
    "depth": (0.05, 0.15, 0.3),
}
"""Where a measure's effect may change."""
_OVER = {name: [(step, f"{name}_over_{step}") for step in steps] for name, steps in _STEPS.items()}
_ACROSS = [(window, f"across_{window[0]}_{window[1]}") for window in WINDOWS]


def place_features(bodies: Sequence[Block]) -> list[Features]:
    """Features of the place before each paragraph, the first too."""
    page = page_of(bodies, measured=True)
    links = Links(bodies)
    out: list[Features] = []
    stemmed, sur, full, named = ([found(b.text) for b in bodies] for found in (stems, surnames, fulls, names))
    for n, body in enumerate(bodies):
        first = max(0, n - REACH)
        told = Told(
            stems=set().union(*stemmed[first:n]),
            surnames=set().union(*sur[first:n]),
            fulls=set().union(*full[first:n]),
            names=set().union(*named[first:n]),
            words=sum(b.words for b in bodies[first:n]),
            paragraphs=n - first,
            last=bodies[n - 1] if n else None,
        )
        found = features(told, None, (), None, bodies[n : n + 3], page, bodies[n : n + FAR])
        found["leads_day"] = found["opening"] * _names_day(body)
        for name in ("alike_wide", "alike_near", "depth"):
            found.update(_over(name, found[name]))
        if n:
            found.update(_of_links(links, n))
            found.update(_of_people(links, n), leans=links.leans(n))
        else:
            found["nothing_before"] = 1.0
        out.append({f"place_{name}": value for name, value in found.items() if value})
    return out


def _names_day(block: Block) -> float:
    return float(bool(WEEKDAY.search(first_sentence(block.text[:500]))))


def _of_links(links: Links, at: int) -> Features:
    """How the paragraphs on both sides hang together."""
    margin = links.margins[at]
    found = {
        "margin": max(-8.0, min(margin, 8.0)) / 8,
        **_over("margin", margin),
        **_over("across", links.across[3, 3][at]),
    }
    for window, name in _ACROSS:
        found[name] = max(-3.0, min(links.across[window][at], 3.0)) / 3
    return found


def _over(name: str, value: float) -> Features:
    """Which steps a measure exceeds."""
    return {over: 1.0 for step, over in _OVER[name] if value > step}


def _of_people(links: Links, at: int) -> Features:
    """Whether people introduced before are called by surname alone from here on, or introduced anew."""
    behind = links.held[at : at + FAR]
    full = frozenset().union(*(h.full for h in links.held[max(0, at - REACH) : at]))
    leaned = anew = 0
    for name in full:
        first = next((h for h in behind if name in h.full or name in h.bare), None)
        leaned += first is not None and name not in first.full
        anew += first is not None and name in first.full
    return {
        "leaned": min(leaned, 3) / 3,
        "never_leaned": not leaned,
        "anew": min(anew, 2) / 2,
        "more_leaned": leaned > 2 * anew,
    }
