"""The same walk for a million procedures at once: every procedure draws its own turns and clocks.

Each decision and each delay has its own random stream, keyed by the state's name, so that two runs with the same seed
share their luck wherever their procedures share a state, and a state more changes no other draw.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from foedus.law import clocks
from foedus.law.engine import Clock, Machine, Node, Way

Index = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
NEVER = np.iinfo(np.int32).max


@dataclass(frozen=True)
class Sample:
    """Sampled procedures: days since 1970-01-01 of their end, and the state in which each ended."""

    days: clocks.Days
    ends: npt.NDArray[np.int16]
    names: tuple[str, ...]
    kinds: tuple[str, ...]

    def effect_days(self) -> clocks.Days:
        """Days of effect since 1970-01-01; `NEVER` where the procedure ended without effect."""
        takes_effect = np.array([kind == "effect" for kind in self.kinds])
        return np.where(takes_effect[self.ends], self.days, np.int32(NEVER)).astype(np.int32)


def sample(machine: Machine, n: int, seed: int) -> Sample:
    """Walk n procedures through a machine.

    Inputs:
        machine: the bound procedure.
        n: how many.
        seed: the root of the named streams.
    """
    days = np.full(n, clocks.to_days(machine.start), dtype=np.int32)
    marks = {name: np.full(n, clocks.to_days(date), dtype=np.int32) for name, date in machine.marks.items()}
    ends = np.zeros(n, dtype=np.int16)
    finals = tuple(name for name, node in machine.nodes.items() if node.end)
    waiting: dict[str, list[Index]] = {name: [] for name in machine.nodes}
    waiting[machine.procedure.start].append(np.arange(n))
    for name, node in machine.nodes.items():
        here = np.concatenate(waiting[name]) if waiting[name] else np.empty(0, dtype=np.int64)
        if here.size == 0:
            continue
        if node.end:
            ends[here] = finals.index(name)
            continue
        for mark, clock in node.sets:
            target = marks.setdefault(mark, np.zeros(n, dtype=np.int32))
            target[here] = _run(clock, days[here], marks, here, None)
        for number, (way, chosen) in enumerate(_choices(node, here, days, marks, n, seed)):
            for step, clock in enumerate(way.clocks):
                luck = _stream(seed, f"{name}/{number}/{step}", n)[chosen] if len(clock.outcomes) > 1 else None
                days[chosen] = _run(clock, days[chosen], marks, chosen, luck)
            waiting[way.go].append(chosen)
    return Sample(days, ends, finals, tuple(str(machine.nodes[name].end) for name in finals))


def _stream(seed: int, name: str, n: int) -> npt.NDArray[np.float32]:
    return np.random.default_rng([seed, zlib.crc32(name.encode())]).random(n, dtype=np.float32)


def _choices(
    node: Node, here: Index, days: clocks.Days, marks: dict[str, clocks.Days], n: int, seed: int
) -> list[tuple[Way, Index]]:
    if node.chance is not None:
        yes = _stream(seed, node.id, n)[here] < node.chance
        return [(node.ways[0], here[yes]), (node.ways[1], here[~yes])]
    found = []
    left = here
    for way in node.ways:
        open_way: Mask = np.ones(left.size, dtype=np.bool_)
        for test in way.tests:
            open_way &= (days[left] < marks[test.name][left]) == (test.kind == "before")
        found.append((way, left[open_way]))
        left = left[~open_way]
    return found


def _run(
    clock: Clock,
    days: clocks.Days,
    marks: dict[str, clocks.Days],
    here: Index,
    luck: npt.NDArray[np.float32] | None,
) -> clocks.Days:
    if clock.kind == "until":
        return np.maximum(days, marks[clock.mark][here])
    if clock.kind == "at":
        return marks[clock.mark][here]
    if luck is None:
        return clocks.add_many(days, clock.outcomes[0][0], clock.unit)
    edges = np.cumsum([share for _, share in clock.outcomes])[:-1]
    amounts = np.array([amount for amount, _ in clock.outcomes], dtype=np.int32)
    return days + amounts[np.searchsorted(edges, luck, side="right")]
