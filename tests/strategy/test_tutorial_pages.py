"""The tutorial page of every strategic system: a picture that is there, commands that exist, numbers that come out."""

import re
from pathlib import Path

import numpy as np
import pytest
import typer

from foedus.cli import build_app
from foedus.scenario.council_decision import decide
from foedus.scenario.council_file import EXAMPLE, parse_council

TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "tutorial"
SYSTEMS = ("games", "trust", "council", "burden-sharing", "hedging", "war", "timing", "theatre")


def page(name):
    return (TUTORIAL / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_system_has_a_page_with_a_picture(name):
    pictures = re.findall(r"!\[(.+?)\]\((.+?)\)", page(name))
    assert pictures
    assert all(words and (TUTORIAL / file).is_file() for words, file in pictures)
    assert f"({name}.md)" in page("strategy")


def test_commands_and_options_of_the_pages_exist():
    groups = typer.main.get_command(build_app()).commands
    found = [c for name in (*SYSTEMS, "strategy") for c in re.findall(r"`foedus ([^`]+)`", page(name))]
    assert len(found) > 20
    for words in found:
        name, *rest = words.split()
        command = groups[name]
        if hasattr(command, "commands") and rest and rest[0] in command.commands:
            command = command.commands[rest[0]]
        known = {option for parameter in command.params for option in parameter.opts}
        for word in rest:
            if word.startswith("--"):
                assert word in known, words


def test_numbers_of_the_burden_page_come_out():
    text = page("burden-sharing")
    names = {}
    exec(re.search(r"```python\n(.*?)```", text, re.DOTALL).group(1), names)
    for found, shares in zip((names["private"], names["joint"], names["public"]), names["shares"], strict=True):
        row = f"| {', '.join(f'{share:.1f}' for share in shares)} | {found.defence.sum():.1f} |"
        assert row in text
        assert found.unique
    assert names["samuelson"](names["income"], names["taste"]) == pytest.approx(10.5)
    assert [round(names[k].contraction_bound, 2) for k in ("private", "joint", "public")] == [0, 1.14, 3.8]


def test_numbers_of_the_council_page_come_out():
    found = decide(parse_council(EXAMPLE))
    assert found["consensus"]["at_median"]["payments_usd_billion"] == {"South": 8.0}
    assert sum(found["consensus"]["at_compromise"]["payments_usd_billion"].values()) == pytest.approx(
        9.29, abs=0.005
    )
    lower = decide(parse_council(EXAMPLE.replace("threshold: 1 ", "threshold: 0.6 ")))
    assert not lower["consensus"]["at_median"]["payments_usd_billion"]
    nearer = decide(parse_council(EXAMPLE.replace("South,  position: 2.0", "South,  position: 2.4")))
    assert 0 < np.sum(list(nearer["consensus"]["at_median"]["payments_usd_billion"].values())) < 8
