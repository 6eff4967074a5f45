"""The reference pages are what the data gives, and each says what it does not cover."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from foedus import cli
from foedus.errors import InputError
from foedus.law import cases, describe, rules
from foedus.law.procedure import procedures

FOLDER = Path(__file__).parents[2] / "docs" / "reference" / "law"
PAGES = describe.pages()


@pytest.mark.parametrize("name", PAGES)
def test_page_is_in_sync_with_the_data(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name], (
        "run: python -m foedus.law.describe docs/reference/law"
    )


def test_no_page_is_left_over():
    assert {path.name for path in FOLDER.iterdir()} == set(PAGES)


@pytest.mark.parametrize("entry", procedures().values(), ids=lambda entry: entry.id)
def test_page_has_diagram_sources_and_limits(entry):
    page = PAGES[f"{entry.id}.md"]
    assert f"{entry.id}.svg" in page
    assert page.rstrip().endswith(entry.does_not_cover[-1])
    assert "{" not in page
    root = ElementTree.fromstring(PAGES[f"{entry.id}.svg"])
    texts = [node for node in root.iter() if node.tag.endswith("}text")]
    assert len(texts) == len(entry.states)


def test_no_legal_advice_is_said_once_in_the_pages():
    assert sum(page.count("no legal advice") for page in PAGES.values()) == 1


def test_pages_are_written(tmp_path):
    describe.main([str(tmp_path)])
    assert (tmp_path / "leave.md").read_text(encoding="utf-8") == PAGES["leave.md"]
    with pytest.raises(InputError):
        describe.main([str(tmp_path / "none")])


DOCS = Path(__file__).parents[2] / "docs"
HAND_WRITTEN = [
    DOCS / "tutorial" / "law.md",
    DOCS / "explanation" / "law.md",
    *sorted((DOCS / "how-to").glob("law-*.md")),
    *(FOLDER / name for name in PAGES if name.endswith(".md")),
]


def blocks(path, language):
    text = path.read_text(encoding="utf-8")
    return [part.split("```")[0] for part in text.split(f"```{language}\n")[1:]]


EXAMPLES = sorted(
    {
        line.strip()
        for path in HAND_WRITTEN
        for block in blocks(path, "bash")
        for line in block.splitlines()
        if line.startswith("foedus law") and "my.cases.yaml" not in line
    }
)


@pytest.mark.parametrize("line", EXAMPLES)
def test_commands_in_the_pages_work(line, capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", line.split())
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert stop.value.code == 0
    assert capsys.readouterr().err == ""


def test_the_cases_in_the_how_to_hold(tmp_path):
    (block,) = blocks(DOCS / "how-to" / "law-cases.md", "yaml")
    path = tmp_path / "my.cases.yaml"
    path.write_text(block, encoding="utf-8")
    found = [cases.run(case) for case in cases.load(path)]
    assert len(found) == 3
    assert not any(result.failures for result in found)


def test_the_rule_in_the_how_to_is_the_shipped_one(tmp_path):
    (block,) = blocks(DOCS / "how-to" / "law-rules.md", "yaml")
    path = tmp_path / "own.yaml"
    path.write_text(f"instrument: 22 U.S.C. 1928f\nreference: r\nrules:\n{block}", encoding="utf-8")
    (entry,) = rules.load(path)
    shipped = rules.rule(entry.id)
    assert [(v.start, v.value) for v in entry.values] == [(v.start, v.value) for v in shipped.values]
    assert (entry.label, entry.effect, entry.status) == (shipped.label, shipped.effect, shipped.status)
