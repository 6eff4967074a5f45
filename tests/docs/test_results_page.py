"""The page of the results folder names every variable and every key that a run writes."""

from pathlib import Path

from foedus.ensemble.measures import DIMENSIONS, MEASURES

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/results-folder.md"


def test_every_measure_has_its_row():
    text = PAGE.read_text(encoding="utf-8")
    for name, measure in MEASURES.items():
        row = f"| `{name}` | {', '.join(DIMENSIONS[measure.kind])} | {measure.long_name} | {measure.units} |"
        assert row in text, name
