"""What the scenario tests share: a way to write a file and load it."""

import textwrap

import pytest

from foedus.scenario import load

HEAD = "name: test\ntitle: A test\nstart: 2026-01\nhorizon: 10y\n"


@pytest.fixture
def write(tmp_path):
    """Return a function that writes text or bytes to a file and gives its path."""

    def write_file(content, name="s.yaml"):
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(textwrap.dedent(content), encoding="utf-8")
        return path

    return write_file


@pytest.fixture
def one(write):
    """Return a function that loads the one scenario made of the required keys and some more."""

    def load_one(more="", **options):
        (scenario,) = load(write(HEAD + textwrap.dedent(more)), **options)
        return scenario

    return load_one
