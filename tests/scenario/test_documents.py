"""What is written from the schema is what is in the repository, and the pages' examples are right."""

import json
import re
from pathlib import Path

import pytest

from foedus.scenario import load_text
from foedus.scenario.interventions import VERBS
from foedus.scenario.jsonschema import json_schema, json_schema_text
from foedus.scenario.reading import parse
from foedus.scenario.reference import reference_page
from foedus.scenario.register import parameter_names

ROOT = Path(__file__).resolve().parents[2]
AGAIN = "run: uv run python scripts/write_scenario_reference.py"


@pytest.mark.parametrize(
    "path", ["src/foedus/scenario/scenario.schema.json", "docs/reference/scenario.schema.json"]
)
def test_published_schema_is_in_step(path):
    assert (ROOT / path).read_text(encoding="utf-8") == json_schema_text(), AGAIN


def test_reference_page_is_in_step():
    assert (ROOT / "docs/reference/scenario-file.md").read_text(encoding="utf-8") == reference_page(), AGAIN


def test_schema_is_a_schema_and_describes_every_key():
    from jsonschema import Draft202012Validator

    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    for name in ("Scenario", "Family", "Beliefs", "Types", *(verb.__name__ for verb in VERBS)):
        part = schema["$defs"][name]
        assert part["additionalProperties"] is False
        for key, value in part["properties"].items():
            assert key == "do" or value.get("description"), (name, key)
    references = set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(schema)))
    assert references <= set(schema["$defs"])


PAGES = ["docs/how-to/write-a-scenario.md", "docs/tutorial/first-scenario.md"]


@pytest.mark.parametrize("page", PAGES)
def test_examples_of_the_pages_load(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    whole = [block for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if block.startswith("name:")]
    assert whole
    for block in whole:
        scenarios = load_text(block, page, known_parameters=parameter_names())
        assert scenarios


@pytest.mark.parametrize("page", PAGES)
def test_snippets_of_the_pages_fit_into_a_scenario(page):
    head = "name: test\ntitle: A test\nstart: 2026-01\nhorizon: 10y\n"
    text = (ROOT / page).read_text(encoding="utf-8")
    snippets = [
        block for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if not block.startswith("name:")
    ]
    for block in snippets:
        assert parse(block, page).data
        load_text(head + block, page, known_parameters=parameter_names())
