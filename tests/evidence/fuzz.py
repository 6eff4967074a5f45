"""Mutation fuzzing of the reader.

    uv run python tests/evidence/fuzz.py --minutes 10 --seed 1

Cuts, repeats, swaps and corrupts our articles and some markup, as bytes, and reads what comes out under several names.
Whatever is not a clear refusal is a failure, and so is a span that is no slice of its document or a text that takes
longer than the limit. Exits 1 with the failing input's path.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from foedus.errors import FoedusError
from foedus.evidence.formats.load import sources_of
from foedus.evidence.reader import read_source
from tests.evidence.gold import folder

SECONDS = 10.0
PIECES = [
    b'"',
    "“”‘’«»".encode(),
    b"<div>",
    b"</p>",
    b"<script>",
    b"&amp;",
    b"\0",
    b"\xff",
    b"\xe2\x80",
    "\u202e".encode(),
    b"$1",
    b"1,000 ",
    b"said ",
    b"\n\n",
    b"(",
    b"-- ",
    "â€œ".encode(),
    b"<rss><item>",
    b"{",
    b"%PDF",
    b"PK\x03\x04",
]
NAMES = ["a.txt", "a.html", "a.eml", "a.xml", "a.json", "a.pdf", "a.docx", "a.warc"]


def mutate(rng: random.Random, seeds: list[bytes]) -> bytes:
    data = bytearray(rng.choice(seeds))
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(len(data) + 1)
        kind = rng.randrange(6)
        if kind == 0:
            del data[at : at + rng.randrange(200)]
        elif kind == 1:
            data[at:at] = rng.choice(PIECES) * rng.choice([1, 1, 2, 50, 3000])
        elif kind == 2:
            other = rng.choice(seeds)
            start = rng.randrange(len(other))
            data[at:at] = other[start : start + rng.randrange(400)]
        elif kind == 3 and data:
            data[rng.randrange(len(data))] = rng.randrange(256)
        elif kind == 4:
            piece = bytes(data[at : at + rng.randrange(60)])
            data[at:at] = piece * rng.choice([2, 20, 300])
        else:
            data = data[:at]
    return bytes(data[:400_000])


def check(data: bytes, name: str) -> None:
    started = time.process_time()
    try:
        for source in sources_of(data, name):
            reading = read_source(source)
            for item in [
                *reading.quotations,
                *reading.statements,
                *reading.quantities,
                *reading.events,
                *reading.stances,
                *reading.claims,
            ]:
                assert reading.text[item.start : item.end] == item.text
            for span in [*reading.stories, *reading.dropped]:
                assert 0 <= span.start <= span.end <= len(reading.text)
    except FoedusError as error:
        assert "\n" not in str(error)
    assert time.process_time() - started < SECONDS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    texts = [g.text.encode() for g in [*folder("dev"), *folder("test")]]
    seeds = texts + [
        b"<html><body><article>" + b"".join(b"<p>" + p + b"</p>" for p in t.split(b"\n")) + b"</article></html>"
        for t in texts
    ]
    stop = time.monotonic() + 60 * options.minutes
    count = 0
    while time.monotonic() < stop:
        data, name = mutate(rng, seeds), rng.choice(NAMES)
        try:
            check(data, name)
        except BaseException:
            path = Path(tempfile.mkdtemp()) / name
            path.write_bytes(data)
            print(f"failed after {count} inputs: {path}")
            raise
        count += 1
    print(f"{count} inputs, no failure")


if __name__ == "__main__":
    main()
