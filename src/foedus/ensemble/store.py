"""Blocks on disk: what is done stays done. A block's file appears whole or not at all."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path

import numpy as np

from foedus.ensemble.measures import Block
from foedus.errors import FoedusError

STORED = np.dtype("<f4")


class BlockStore:
    """The blocks of one run, under ``folder/blocks/FINGERPRINT``; a run with another fingerprint never sees them."""

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self.root = folder / "blocks" / fingerprint[:16]
        self.root.mkdir(parents=True, exist_ok=True)

    def path(self, scenario: str, first: int) -> Path:
        """Return the file of one block."""
        return self.root / f"{scenario}-{first:08d}.block"

    def has(self, scenario: str, first: int) -> bool:
        """Whether the block is there and whole."""
        return self.path(scenario, first).exists()

    def save(self, scenario: str, first: int, block: Block) -> None:
        """Write a block; the file takes its name only when it is complete.

        Raises:
            FoedusError: the disk is full or cannot be written.
        """
        path = self.path(scenario, first)
        part = path.with_suffix(f".{os.getpid()}.part")
        try:
            with part.open("wb") as file:
                file.write(json.dumps({name: values.shape for name, values in block.items()}).encode() + b"\n")
                for values in block.values():
                    file.write(np.ascontiguousarray(values, STORED).data)
            part.replace(path)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise FoedusError(
                f"{path}: cannot write ({error.strerror}); what is done is kept, go on with --resume"
            ) from None

    def load(self, scenario: str, first: int) -> Block:
        """Read a block."""
        with self.path(scenario, first).open("rb") as file:
            shapes = json.loads(file.readline())
            flat = np.frombuffer(file.read(), STORED)
        ends = np.cumsum([math.prod(shape) for shape in shapes.values()])
        parts = np.split(flat, ends[:-1])
        return {name: part.reshape(shape) for (name, shape), part in zip(shapes.items(), parts, strict=True)}

    def clear(self) -> None:
        """Remove the blocks once the results are written."""
        for path in self.root.iterdir():
            path.unlink()
        self.root.rmdir()
        if not any(self.root.parent.iterdir()):
            self.root.parent.rmdir()
