"""What every part of the compiler needs: reading the collection, dates, statuses, sources, writing tables."""

from __future__ import annotations

import calendar
import csv
import hashlib
import re
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
ATLAS = REPO / "src" / "foedus" / "atlas"
SOURCE_MAP = Path(__file__).parent / "source_map.csv"

Row = dict[str, str]

_STATUS = {
    "seen": "estimated",
    "seen_full_text": "estimated",
    "seen_secondary": "estimated",
    "seen_aggregator": "estimated",
    "secondary": "estimated",
    "derived": "estimated",
    "computed": "estimated",
    "partly_verified": "estimated",
    "disputed": "estimated",
    "unverified": "assumed",
}
MONTHS = {
    m: i + 1
    for i, m in enumerate(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"])
}


def read(root: Path, name: str) -> list[Row]:
    """Read one file of the reference collection."""
    with (root / "data" / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def status_of(raw: str, verified: str = "estimated") -> str:
    """Map a card's status to one of ours; ``verified`` is what a confirmed figure counts as."""
    if "unverified" in raw or raw.startswith("recalled"):
        return "assumed"
    return _STATUS.get(re.split(r"[ ;(]", raw)[0], verified)


def end_of(period: str) -> str:
    """Return the last day of a year, month or day given as text ('' if it is none).

    >>> end_of("2025-02"), end_of("2024"), end_of("2025-01-27"), end_of("about 2024")
    ('2025-02-28', '2024-12-31', '2025-01-27', '')
    """
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", period):
        return period
    if re.fullmatch(r"\d{4}-\d{2}", period):
        year, month = int(period[:4]), int(period[5:])
        return f"{period}-{calendar.monthrange(year, month)[1]:02d}"
    return f"{period}-12-31" if re.fullmatch(r"\d{4}", period) else ""


class Sources:
    """Turns the collection's source texts into rows of the table sources."""

    def __init__(self) -> None:
        with SOURCE_MAP.open(encoding="utf-8", newline="") as handle:
            rows = list(csv.DictReader(handle))
        self._by_digest = {row["digest"]: row for row in rows if row["digest"]}
        self._by_id = {row["id"]: row for row in rows if row["citation"]}
        self.used: set[str] = set()

    def id_of(self, raw: str) -> str:
        """Return the identifier for a source text of the collection, or for an identifier itself."""
        if raw in self._by_id:
            self.used.add(raw)
            return raw
        row = self._by_digest.get(digest(raw))
        if row is None:
            raise KeyError(f"no entry in {SOURCE_MAP.name} for {digest(raw)}: {raw}")
        self.used.add(row["id"])
        return row["id"]

    def published(self, source_id: str) -> str:
        """Return the day of publication, '' if unknown."""
        return self._by_id[source_id]["published"]

    def known(self, raw: str, observed: str = "") -> str:
        """Return the day from which a figure was known: publication, else the end of the period observed."""
        published = self.published(self.id_of(raw))
        return published or end_of(observed[-7:]) or end_of(observed[-4:]) or end_of(observed)

    def rows(self) -> list[Row]:
        """Return the rows of the table sources, by identifier."""
        keep = ("id", "citation", "terms", "published")
        return [{k: self._by_id[i][k] for k in keep} for i in sorted(self.used)]


def digest(raw: str) -> str:
    """Return the short key under which the source map knows a text."""
    return hashlib.sha256(raw.encode()).hexdigest()[:12]


def flag(value: object) -> str:
    """Return true or false as the tables write it; '' stays ''."""
    text = str(value).strip().lower()
    return {"": "", "true": "true", "1": "true", "false": "false", "0": "false"}[text]


def plain(number: str) -> str:
    """Write a number without a superfluous '.0'; '' stays ''."""
    return number[:-2] if number.endswith(".0") else number


_WORDING = (
    ("recalled, unverified", "from general knowledge, not confirmed"),
    ("(unverified here)", "(not confirmed)"),
    ("equipment_crosscheck", "equipment_checks"),
    ("(recalled)", "(from general knowledge)"),
    ("recalled", "from general knowledge"),
)


def tidy(text: str) -> str:
    """Write one cell on one line, in the atlas's own words for what was not confirmed."""
    text = " ".join(text.split())
    for theirs, ours in _WORDING:
        text = text.replace(theirs, ours)
    return text


def write(name: str, rows: list[Row]) -> int:
    """Write a table in the order of its schema's columns; unknown columns are an error."""
    with (ATLAS / "schemas" / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        columns = [row["attribute"] for row in csv.DictReader(handle)]
    for row in rows:
        if extra := set(row) - set(columns):
            raise KeyError(f"table {name} has no column {sorted(extra)}")
    with (ATLAS / "tables" / f"{name}.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows({k: tidy(str(v)) for k, v in row.items()} for row in rows)
    return len(rows)
