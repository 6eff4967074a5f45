"""The one tree of errors that reach a user.

FoedusError            anything a user can mend; the command line prints it and exits 2
├── InputError         a file, field or argument is wrong: says where and what would be right
└── MissingExtraError  an optional dependency is not installed: says how to install it
"""

from __future__ import annotations

from pathlib import Path


class FoedusError(Exception):
    """One clear sentence for the user. The command line prints it on standard error and exits 2."""


class InputError(FoedusError):
    """Bad input: names the file, the line and the field where they are known, and what would be right.

    Example:
        >>> str(InputError("share must lie in [0, 1], got 1.4", file="s.yaml", line=7, field="share"))
        's.yaml, line 7, field share: share must lie in [0, 1], got 1.4'
    """

    def __init__(
        self,
        message: str,
        *,
        file: str | Path | None = None,
        line: int | None = None,
        field: str | None = None,
    ) -> None:
        self.message = message
        self.file = None if file is None else str(file)
        self.line = line
        self.field = field
        where = [
            part
            for part in (
                self.file,
                None if line is None else f"line {line}",
                None if field is None else f"field {field}",
            )
            if part
        ]
        super().__init__(f"{', '.join(where)}: {message}" if where else message)


class MissingExtraError(FoedusError):
    """An optional dependency is missing.

    Example:
        >>> str(MissingExtraError("spacy", "evidence"))
        "This needs 'spacy', which is not installed: run  pip install 'foedus[evidence]'"
    """

    def __init__(self, module: str, extra: str) -> None:
        super().__init__(f"This needs {module!r}, which is not installed: run  pip install 'foedus[{extra}]'")


def did_you_mean(word: str, known: list[str] | tuple[str, ...]) -> str:
    """Return ``" (did you mean 'x'?)"`` for the closest known word, or the list of what is known.

    Example:
        >>> did_you_mean("interventons", ["interventions", "title"])
        "; did you mean 'interventions'?"
    """
    import difflib

    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else f"; known: {', '.join(sorted(known))}"
