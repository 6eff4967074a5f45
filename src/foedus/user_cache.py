"""The user's own cache (FOEDUS_CACHE moves it), and the compiled programs kept there: read back whole, or compiled anew."""

from __future__ import annotations

import os
import pickle
import platform
from collections.abc import Callable
from pathlib import Path
from typing import Any


def folder() -> Path:
    """Return the user's cache folder."""
    root = os.environ.get("FOEDUS_CACHE")
    base = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    return Path(root) if root else base / "foedus"


def programs() -> Path:
    """Return where compiled programs are kept."""
    return folder() / "compiled"


def read_program(path: Path, arguments: tuple[Any, ...], out: Any) -> Callable[..., Any] | None:
    """Return the program kept there; None where there is none, or where it is damaged or foreign.

    ``arguments`` and ``out`` have the structure of what the program takes and returns.
    """
    import jax
    from jax.experimental import serialize_executable

    trees = (jax.tree.structure((arguments, {})), jax.tree.structure(out))
    try:
        return serialize_executable.deserialize_and_load(path.read_bytes(), *trees)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, EOFError, KeyError, RuntimeError, AttributeError, pickle.UnpicklingError):
        path.unlink(missing_ok=True)
        return None


def write_program(path: Path, made: Any) -> None:
    """Keep a program, whole or not at all; a cache that cannot be written is no fault."""
    from jax.experimental import serialize_executable

    try:
        payload = serialize_executable.serialize(made)[0]
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(payload)
        part.replace(path)
    except (OSError, ValueError, RuntimeError):
        return


def processor() -> str:
    """Return what the processor can do: a program compiled for one may not run on another."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine() + platform.processor()
    return next((line for line in lines if line.startswith(("flags", "Features"))), platform.processor())
