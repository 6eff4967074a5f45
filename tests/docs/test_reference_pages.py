"""The pages made from the commands and from the register are those that the code gives."""

import importlib.util
from pathlib import Path

import pytest

from foedus.model.parameters import shipped_rows

REPO = Path(__file__).resolve().parents[2]
AGAIN = "run: uv run python scripts/write_reference.py"


@pytest.fixture(scope="module")
def writer():
    spec = importlib.util.spec_from_file_location("write_reference", REPO / "scripts/write_reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("file", ["cli.md", "parameters.md"])
def test_page_is_in_step(writer, file):
    assert (REPO / "docs/reference" / file).read_text(encoding="utf-8") == writer.pages()[file], AGAIN


def test_every_entry_of_the_register_is_on_the_page(writer):
    page = writer.parameters_page()
    for entry in shipped_rows():
        assert f"`{entry.name.removeprefix(entry.system + '.')}`" in page


def test_every_command_has_an_example(writer):
    import typer.main

    from foedus.cli import build_app

    for name, command in writer.commands(typer.main.get_command(build_app()), "foedus"):
        if not hasattr(command, "commands"):
            assert name.split()[1] in (command.help or ""), f"{name} has no example in its help"
