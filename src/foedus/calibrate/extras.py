"""Optional dependencies of this room, imported where they are used."""

from __future__ import annotations

import importlib
from types import ModuleType

from foedus.errors import MissingExtraError


def require(module: str) -> ModuleType:
    """Import ``module`` or say how to install it.

    Errors: MissingExtraError where the extra ``calibrate`` is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingExtraError(module.split(".", maxsplit=1)[0], "calibrate") from error
