"""Blocks on disk: what is done stays done. A block's file appears whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from foedus.ensemble.measures import Block
from foedus.errors import FoedusError


class BlockStore:
    """The blocks of one run, under ``folder/blocks/FINGERPRINT``; a run with another fingerprint never sees them."""

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self.root = folder / "blocks" / fingerprint[:16]
        self.root.mkdir(parents=True, exist_ok=True)

    def path(self, scenario: str, first: int) -> Path:
        """Return the file of one block."""
        return self.root / f"{scenario}-{first:08d}.npz"

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
                np.savez(file, **block)  # type: ignore[arg-type]
            part.replace(path)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise FoedusError(
                f"{path}: cannot write ({error.strerror}); what is done is kept, go on with --resume"
            ) from None

    def load(self, scenario: str, first: int) -> Block:
        """Read a block."""
        with np.load(self.path(scenario, first)) as file:
            return {name: file[name] for name in file.files}

    def clear(self) -> None:
        """Remove the blocks once the results are written."""
        for path in self.root.iterdir():
            path.unlink()
        self.root.rmdir()
        if not any(self.root.parent.iterdir()):
            self.root.parent.rmdir()
