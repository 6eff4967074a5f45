"""Where a user's imported publishers' files live, and how they are read back.

The package ships no raw dispute or alliance table: their owners ask users to fetch them. ``foedus data import``
checks a file and stores it here as one parquet table with its checksum in ``manifest.json``.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from foedus.errors import InputError

ENVIRONMENT = "FOEDUS_DATA"
MANIFEST = "manifest.json"


def default_directory() -> Path:
    """The user's data directory: ``$FOEDUS_DATA``, or the platform's usual place."""
    named = os.environ.get(ENVIRONMENT)
    if named:
        return Path(named)
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "foedus"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "foedus"
    return Path(os.environ.get("XDG_DATA_HOME", home / ".local" / "share")) / "foedus"


def sha256(path: Path) -> str:
    """Checksum of a file, read in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        for block in iter(lambda: handle.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


@dataclass(frozen=True)
class Store:
    """A directory of imported tables."""

    directory: Path

    @classmethod
    def default(cls) -> Store:
        """The store in the user's data directory."""
        return cls(default_directory())

    def path(self, name: str) -> Path:
        """File of a table, whether or not it is there."""
        return self.directory / f"{name}.parquet"

    def has(self, name: str) -> bool:
        """Whether the table has been imported."""
        return self.path(name).is_file()

    def read(self, name: str) -> pl.DataFrame:
        """The table.

        Errors: InputError that names the command to import it, or says that the stored file cannot be read.
        """
        if not self.has(name):
            raise InputError(
                f"table {name!r} is not held: fetch it from its publisher and run  foedus data import {name} FILE",
                file=self.path(name),
            )
        try:
            return pl.read_parquet(self.path(name))
        except (pl.exceptions.PolarsError, OSError) as error:
            raise InputError(
                f"the stored table cannot be read ({error.__class__.__name__}): import it again",
                file=self.path(name),
            ) from error

    def manifest(self) -> dict[str, Any]:
        """What is held: name, source file, checksum and rows of each table."""
        path = self.directory / MANIFEST
        if not path.is_file():
            return {}
        try:
            held = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise InputError(
                "the list of imported tables is damaged: remove it and import again", file=path
            ) from error
        return dict(held)

    def write(self, name: str, frame: pl.DataFrame, entry: dict[str, Any]) -> None:
        """Store a table and its manifest entry; each file is replaced in one step, or not at all."""
        self.directory.mkdir(parents=True, exist_ok=True)
        manifest = {**self.manifest(), name: entry}
        handle, temporary = tempfile.mkstemp(dir=self.directory, suffix=".tmp")
        os.close(handle)
        try:
            frame.write_parquet(temporary, compression="zstd")
            Path(temporary).replace(self.path(name))
            Path(temporary).write_text(json.dumps(manifest, indent=1, sort_keys=True), encoding="utf-8")
            Path(temporary).replace(self.directory / MANIFEST)
        finally:
            Path(temporary).unlink(missing_ok=True)
