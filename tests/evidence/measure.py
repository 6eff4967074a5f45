"""Score the reader on folders of annotated articles.

uv run python -m tests.evidence.measure dev test fresh held
uv run python -m tests.evidence.measure fresh --faults
"""

from __future__ import annotations

import argparse
from email.message import EmailMessage

from foedus.evidence.export_json import document
from foedus.evidence.formats.load import sources_of
from foedus.evidence.reader import read_source

from .gold import Gold, folder
from .scoring import Score, compare


def read_gold(gold: Gold) -> dict:
    """Reading of an annotated article, as the kind of file that its name says."""
    if gold.name.endswith("-eml"):
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = (
            "desk@example.org",
            "reader@example.org",
            "The morning brief",
        )
        mail["Date"], mail["Message-ID"] = "Mon, 03 Feb 2025 06:00:00 +0000", "<1@example.org>"
        mail.set_content(gold.text, cte="quoted-printable")
        data, name = mail.as_bytes(), f"{gold.name}.eml"
    else:
        data, name = gold.text.encode(), f"{gold.name}.{'html' if gold.name.endswith('-html') else 'txt'}"
    (source,) = sources_of(data, name)
    return document(read_source(source))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--faults", action="store_true", help="print every fault")
    options = parser.parse_args()
    for name in options.folders:
        scores: dict[str, Score] = {}
        log: list[tuple] = []
        for gold in folder(name):
            compare(gold, read_gold(gold), scores, log)
        print(name, *(f"  {measure}: {score}" for measure, score in scores.items()), sep="\n")
        if options.faults:
            print(*log, sep="\n")


if __name__ == "__main__":
    main()
