"""Many files: find them, read each, and say in one line which could not be read."""

from __future__ import annotations

import gc
import multiprocessing
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.pool import AsyncResult
from pathlib import Path

from foedus.errors import FoedusError, InputError
from foedus.evidence.dedupe import Groups
from foedus.evidence.formats.load import is_ours, sources, sources_of
from foedus.evidence.models import load_annotator
from foedus.evidence.records import Reading

PARALLEL_FROM = 24
"""Files from which a second process pays for its start."""
CHUNK = 8
REOPEN = 1024
"""Documents after which the ledger is closed and opened again: the database keeps in memory what it has written."""
AHEAD = 4
"""Chunks for each worker that may be under way or wait to be taken; what is read ahead of a slow ledger is memory."""
COLLECT_AFTER = 50_000
"""New objects after which cycles of garbage are sought: reading makes many objects and hardly any cycles."""


@dataclass
class Outcome:
    """What became of a batch."""

    read: int = 0
    failed: list[str] = field(default_factory=list)
    stories: int = 0
    duplicates: int = 0


def find_files(paths: list[Path]) -> list[Path]:
    """Files to read, in order; a folder gives the documents in it and below.

    Raises:
        InputError: a path does not exist.
    """
    found: list[Path] = []
    for path in paths:
        if str(path) == "-":
            found.append(path)
        elif path.is_dir():
            found.extend(sorted(p for p in path.rglob("*") if p.is_file() and is_ours(p)))
        else:
            found.append(path)
    return found


def read_file(path: Path, published: str | None, model: str | None = None) -> tuple[list[Reading], str | None]:
    """Readings of one file, and the one line that says why it could not be read."""
    from foedus.evidence.reader import read_source

    try:
        annotator = load_annotator(model)
        stream = sources_of(sys.stdin.buffer.read(), "standard input") if str(path) == "-" else sources(path)
        return [read_source(source, published, annotator) for source in stream], None
    except FoedusError as error:
        return [], " ".join(str(error).split())
    except RecursionError:
        return [], f"{path}: nested too deeply to read"
    except MemoryError:
        return [], f"{path}: too large for the memory of this machine"


def read_files(
    files: list[Path], published: str | None, outcome: Outcome, *, jobs: int = 1, model: str | None = None
) -> Iterator[Reading]:
    """Read files one after the other, or in several processes; order and results are the same either way."""
    groups = Groups()
    for readings, problem in _results(files, partial(read_file, published=published, model=model), jobs):
        if problem is not None:
            outcome.failed.append(problem)
            print(f"foedus: {problem}", file=sys.stderr)  # noqa: T201
            continue
        for reading in readings:
            outcome.read += 1
            outcome.stories += len(reading.stories)
            outcome.duplicates += groups.note(reading)
            yield reading


def _results(
    files: list[Path], work: partial[tuple[list[Reading], str | None]], jobs: int
) -> Iterator[tuple[list[Reading], str | None]]:
    if jobs <= 1 or len(files) < PARALLEL_FROM or any(str(f) == "-" for f in files):
        yield from map(work, files)
        return
    context = multiprocessing.get_context("spawn")
    chunks = [files[at : at + CHUNK] for at in range(0, len(files), CHUNK)]
    waiting: deque[AsyncResult[list[tuple[list[Reading], str | None]]]] = deque()
    with context.Pool(jobs, gc.set_threshold, (COLLECT_AFTER,), maxtasksperchild=None) as pool:
        for chunk in chunks:
            if len(waiting) >= AHEAD * jobs:
                yield from waiting.popleft().get()
            waiting.append(pool.apply_async(_read_chunk, (work, chunk)))
        while waiting:
            yield from waiting.popleft().get()


def _read_chunk(
    work: partial[tuple[list[Reading], str | None]], chunk: list[Path]
) -> list[tuple[list[Reading], str | None]]:
    """Read a few files in a worker."""
    return [work(path) for path in chunk]


def check_date(published: str | None) -> None:
    """Refuse a date that is none.

    Raises:
        InputError: not an ISO date.
    """
    import datetime

    if published is not None:
        try:
            datetime.date.fromisoformat(published)
        except ValueError:
            raise InputError(f"give a date as YYYY-MM-DD, got {published!r}", field="--published") from None


def run(
    paths: list[Path],
    *,
    ledger: Path | None,
    json_path: Path | None,
    published: str | None,
    jobs: int,
    model: str | None,
) -> Outcome:
    """Read paths into a ledger, a JSON file, or both.

    Raises:
        InputError: nothing at all could be read.
    """
    from foedus.evidence.export_json import write_json

    check_date(published)
    load_annotator(model)
    gc.set_threshold(COLLECT_AFTER)
    files = find_files(paths)
    if not files:
        raise InputError(
            "no documents here; give .txt, .html, .pdf, .docx, .eml, .rss, .atom, .xml, .json or .warc files",
            file=paths[0],
        )
    outcome = Outcome()
    readings = _progress(read_files(files, published, outcome, jobs=jobs, model=model), len(files))
    if ledger is not None:
        readings = _into_ledger(readings, ledger)
    if json_path is None:
        for _ in readings:
            pass
    elif str(json_path) == "-":
        write_json(readings, sys.stdout)
    else:
        _write_whole(readings, json_path)
    if outcome.read == 0:
        raise InputError(f"nothing could be read ({len(outcome.failed)} of {len(files)} files refused)")
    return outcome


def _write_whole(readings: Iterator[Reading], path: Path) -> None:
    """Write beside the target and rename, so that the file is whole or not there."""
    from foedus.evidence.export_json import write_json

    if not path.parent.exists():
        raise InputError("its folder does not exist", file=path)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", errors="surrogateescape", dir=path.parent, suffix=".part", delete=False
    ) as handle:
        part = Path(handle.name)
        try:
            count = write_json(readings, handle)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    if count:
        part.replace(path)
    else:
        part.unlink(missing_ok=True)


def _into_ledger(readings: Iterator[Reading], path: Path) -> Iterator[Reading]:
    from foedus.evidence.ledger import open_ledger
    from foedus.evidence.ledger_write import BATCH, Appender

    appender: Appender | None = None
    fresh = True
    while fresh:
        with open_ledger(path, write=True) as connection:
            appender = Appender(connection) if appender is None else appender.on(connection)
            fresh = False
            waiting: list[Reading] = []
            added = 0
            try:
                for reading in readings:
                    waiting.append(reading)
                    if len(waiting) == BATCH:
                        appender.add(waiting)
                        waiting, added = [], added + BATCH
                    yield reading
                    if added >= REOPEN:
                        fresh = True
                        break
            finally:
                appender.add(waiting)


def _progress(readings: Iterator[Reading], total: int) -> Iterator[Reading]:
    if total < PARALLEL_FROM or not sys.stderr.isatty():
        yield from readings
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=total)
        for reading in readings:
            bar.advance(task)
            yield reading
