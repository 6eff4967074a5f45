"""Compiled programs, kept between runs: the model is traced and compiled once for a set of shapes on a machine.

A kept program is known by the model's code and that of the room it stands in, the shapes, the library versions, the compiler's flags and the processor; a
damaged or foreign file is compiled anew. The folder is the user's own cache (FOEDUS_CACHE moves it).
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

import jax

import foedus
from foedus import user_cache
from foedus.model import run
from foedus.model.state import World
from foedus.model.step import Record

Program = Callable[..., run.Run]


def program(played: bool, arguments: tuple[Any, ...]) -> Program:
    """Return the compiled model for arguments of these shapes: the kept one, or a new one that is then kept."""
    out = run.Run(_leaves(Record), _leaves(run.Closing))
    return kept(("run", played), _batched(played), arguments, out)


def kept(label: tuple[Any, ...], function: Any, arguments: tuple[Any, ...], out: Any) -> Callable[..., Any]:
    """Return a compiled function for arguments of these shapes: the kept one, or a new one that is then kept.

    ``label`` tells it from other functions; ``function`` is jitted; ``out`` has the structure of what it returns.
    """
    own = Path(str(sys.modules[function.__module__].__file__))
    path = user_cache.programs() / f"{_name(label, arguments, own)}.bin"
    found = user_cache.read_program(path, arguments, out)
    if found is not None:
        return found
    made = function.lower(*arguments).compile()
    user_cache.write_program(path, made)
    return made


def shapes(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the shapes of all leaves."""
    return tuple(leaf.shape for leaf in jax.tree.leaves(arguments))


@cache
def _batched(played: bool) -> Any:
    def one(p: Any, world: World, controls: Any, priors: Any, luck: Any) -> run.Run:
        return run.simulate(p, world, controls, priors, luck, played)

    return jax.jit(jax.vmap(one, in_axes=(0, None, None, 0, 0)))


def _leaves(kind: Any) -> Any:
    """Return a record of this kind, whose fields may be records, with something in every place."""
    hints = get_type_hints(kind)
    return kind(*[_leaves(hints[name]) if hasattr(hints[name], "_fields") else 0 for name in kind._fields])


def _name(label: tuple[Any, ...], arguments: tuple[Any, ...], own: Path) -> str:
    total = hashlib.sha256()
    root = Path(foedus.__file__).parent / "model"
    for file in [own, *sorted(root.rglob("*.py"))]:
        total.update(file.read_bytes())
    parts = (
        label,
        shapes(arguments),
        jax.__version__,
        os.environ.get("XLA_FLAGS", ""),
        platform.machine(),
        user_cache.processor(),
    )
    total.update(repr(parts).encode())
    return total.hexdigest()[:32]
