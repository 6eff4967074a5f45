"""The same walk for a million procedures at once: every procedure draws its own turns and clocks.

Each decision and each delay has its own random stream, keyed by the state's name, so that two runs with the
same seed share their luck wherever their procedures share a state, and a state more changes no other draw.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from foedus.law import clocks
from foedus.law.engine import Clock, Machine, Node, Way

Index = npt.NDArray[np.int32]
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


@dataclass(frozen=True)
class _Batch:
    """All procedures of one call: where in time each stands, and the root of the streams."""

    n: int
    seed: int
    days: clocks.Days
    marks: dict[str, clocks.Days]

    def luck(self, name: str, here: Index) -> npt.NDArray[np.float32]:
        """Return one uniform number for each procedure, from the stream of that name."""
        stream = np.random.default_rng([self.seed, zlib.crc32(name.encode())])
        return stream.random(self.n, dtype=np.float32)[here]


def sample(machine: Machine, n: int, seed: int) -> Sample:
    """Walk n procedures through a machine.

    Inputs:
        machine: the bound procedure.
        n: how many.
        seed: the root of the named streams.
    """
    marks = {name: np.full(n, clocks.to_days(date), dtype=np.int32) for name, date in machine.marks.items()}
    batch = _Batch(n, seed, np.full(n, clocks.to_days(machine.start), dtype=np.int32), marks)
    ends = np.zeros(n, dtype=np.int16)
    finals = tuple(name for name, node in machine.nodes.items() if node.end)
    waiting: dict[str, list[Index]] = {name: [] for name in machine.nodes}
    waiting[machine.procedure.start].append(np.arange(n, dtype=np.int32))
    for name, node in machine.nodes.items():
        groups = [group for group in waiting.pop(name) if group.size]
        if not groups:
            continue
        here = groups[0] if len(groups) == 1 else np.concatenate(groups)
        if node.end:
            ends[here] = finals.index(name)
            continue
        for go, chosen in _leave(node, here, batch):
            waiting[go].append(chosen)
    return Sample(batch.days, ends, finals, tuple(str(machine.nodes[name].end) for name in finals))


def _leave(node: Node, here: Index, batch: _Batch) -> list[tuple[str, Index]]:
    for mark, clock in node.sets:
        target = batch.marks.setdefault(mark, np.zeros(batch.n, dtype=np.int32))
        target[here] = _run(clock, batch, here, None)
    found = []
    for number, (way, chosen) in enumerate(_choices(node, here, batch)):
        for step, clock in enumerate(way.clocks):
            luck = batch.luck(f"{node.id}/{number}/{step}", chosen) if len(clock.outcomes) > 1 else None
            batch.days[chosen] = _run(clock, batch, chosen, luck)
        found.append((way.go, chosen))
    return found


def _choices(node: Node, here: Index, batch: _Batch) -> list[tuple[Way, Index]]:
    if node.chance is not None:
        yes = batch.luck(node.id, here) < node.chance
        return [(node.ways[0], here[yes]), (node.ways[1], here[~yes])]
    found = []
    left = here
    for way in node.ways:
        if not way.tests:
            found.append((way, left))
            break
        open_way: Mask = np.ones(left.size, dtype=np.bool_)
        for test in way.tests:
            open_way &= (batch.days[left] < batch.marks[test.name][left]) == (test.kind == "before")
        found.append((way, left[open_way]))
        left = left[~open_way]
    return found


def _run(clock: Clock, batch: _Batch, here: Index, luck: npt.NDArray[np.float32] | None) -> clocks.Days:
    days = batch.days[here]
    if clock.kind == "until":
        return np.maximum(days, batch.marks[clock.mark][here])
    if clock.kind == "at":
        return batch.marks[clock.mark][here]
    if luck is None:
        return clocks.add_many(days, clock.outcomes[0][0], clock.unit)
    amounts = [amount for amount, _ in clock.outcomes]
    edges = np.cumsum([share for _, share in clock.outcomes])
    drawn = np.full(days.shape, amounts[0], dtype=np.int32)
    for edge, amount in zip(edges[:-1], amounts[1:], strict=True):
        drawn[luck >= edge] = amount
    found: clocks.Days = days + drawn
    return found
