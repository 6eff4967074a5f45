"""Compiled programs, kept between runs: the model is traced and compiled once for a set of shapes on a machine.

A kept program is known by the model's code, the shapes, the library versions, the compiler's flags and the processor; a
damaged or foreign file is compiled anew. The folder is the user's own cache (FOEDUS_CACHE moves it).
"""

from __future__ import annotations

import hashlib
import os
import pickle
import platform
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

import jax
from jax.experimental import serialize_executable

import foedus
from foedus.model import run
from foedus.model.state import World
from foedus.model.step import Record

Program = Callable[..., run.Run]


def cache_folder() -> Path:
    """Return where compiled programs are kept: FOEDUS_CACHE, else the user's cache folder."""
    root = os.environ.get("FOEDUS_CACHE")
    base = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    return Path(root) if root else base / "foedus"


def program(played: bool, arguments: tuple[Any, ...]) -> Program:
    """Return the compiled model for arguments of these shapes: the kept one, or a new one that is then kept."""
    out = run.Run(_leaves(Record), _leaves(run.Closing))
    return kept(("run", played), _batched(played), arguments, out)


def kept(label: tuple[Any, ...], function: Any, arguments: tuple[Any, ...], out: Any) -> Callable[..., Any]:
    """Return a compiled function for arguments of these shapes: the kept one, or a new one that is then kept.

    ``label`` tells it from other functions; ``function`` is jitted; ``out`` has the structure of what it returns.
    """
    path = cache_folder() / "compiled" / f"{_name(label, arguments)}.bin"
    found = _read(path, arguments, out)
    if found is not None:
        return found
    made = function.lower(*arguments).compile()
    _write(path, made)
    return made


def shapes(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the shapes of all leaves."""
    return tuple(leaf.shape for leaf in jax.tree.leaves(arguments))


@cache
def _batched(played: bool) -> Any:
    def one(p: Any, world: World, controls: Any, priors: Any, luck: Any) -> run.Run:
        return run.simulate(p, world, controls, priors, luck, played)

    return jax.jit(jax.vmap(one, in_axes=(0, None, None, 0, 0)))


def _read(path: Path, arguments: tuple[Any, ...], out: Any) -> Callable[..., Any] | None:
    trees = (jax.tree.structure((arguments, {})), jax.tree.structure(out))
    try:
        return serialize_executable.deserialize_and_load(path.read_bytes(), *trees)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, EOFError, KeyError, RuntimeError, AttributeError, pickle.UnpicklingError):
        path.unlink(missing_ok=True)
        return None


def _leaves(kind: Any) -> Any:
    """Return a record of this kind, whose fields may be records, with something in every place."""
    hints = get_type_hints(kind)
    return kind(*[_leaves(hints[name]) if hasattr(hints[name], "_fields") else 0 for name in kind._fields])


def _write(path: Path, made: Any) -> None:
    try:
        payload = serialize_executable.serialize(made)[0]
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(payload)
        part.replace(path)
    except (OSError, ValueError, RuntimeError):
        return


def _name(label: tuple[Any, ...], arguments: tuple[Any, ...]) -> str:
    total = hashlib.sha256()
    root = Path(foedus.__file__).parent / "model"
    for file in sorted(root.rglob("*.py")):
        total.update(file.read_bytes())
    parts = (
        label,
        shapes(arguments),
        jax.__version__,
        os.environ.get("XLA_FLAGS", ""),
        platform.machine(),
        _processor(),
    )
    total.update(repr(parts).encode())
    return total.hexdigest()[:32]


def _processor() -> str:
    """Return what the processor can do: a program compiled for one may not run on another."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line for line in lines if line.startswith(("flags", "Features"))), platform.processor())
