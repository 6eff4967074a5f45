"""Write what is made from the scenario schema: the packaged and published JSON schema and the reference page.

Run after a change of the schema:  uv run python scripts/write_scenario_reference.py
"""

from pathlib import Path

from foedus.scenario.jsonschema import json_schema_text
from foedus.scenario.reference import reference_page

ROOT = Path(__file__).resolve().parents[1]
SCHEMA = json_schema_text()
TARGETS = {
    ROOT / "src/foedus/scenario/scenario.schema.json": SCHEMA,
    ROOT / "docs/reference/scenario.schema.json": SCHEMA,
    ROOT / "docs/reference/scenario-file.md": reference_page(),
}

if __name__ == "__main__":
    for path, text in TARGETS.items():
        path.write_text(text, encoding="utf-8")
