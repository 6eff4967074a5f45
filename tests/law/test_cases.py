"""The case files hold, every determination and instrument has a case, and a wrong case file says where."""

import pytest

from foedus import atlas
from foedus.errors import InputError
from foedus.law import cases, rules
from foedus.law.procedure import procedures

ALL = [case for path in cases.shipped() for case in cases.load(path)]


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.file}:{case.line}")
def test_case(case):
    assert cases.run(case).failures == ()


def test_there_are_enough_cases_and_no_two_are_alike():
    assert len(ALL) >= 60
    assert len({(case.do, str(case.arguments)) for case in ALL}) == len(ALL)


def test_every_emergency_determination_of_the_atlas_has_a_case_for_every_buyer():
    wanted = {
        (row["determination"], buyer)
        for row in atlas.table("emergency_determinations").to_dicts()
        for buyer in row["buyers"].split(";")
    }
    found = {
        (case.name.split()[1].rstrip(","), case.arguments["buyer"])
        for case in ALL
        if case.name.startswith("Emergency ")
    }
    assert found == wanted


def test_every_procedure_has_cases():
    names = {"accession": "accede"}
    assert {names.get(name, name) for name in procedures()} <= {case.do for case in ALL}


def test_every_instrument_with_a_number_is_reached_by_a_case():
    about = " ".join(path.read_text(encoding="utf-8").splitlines()[0] for path in cases.shipped())
    for path in rules.RULE_DIR.glob("*.yaml"):
        assert path.name in about


def test_a_wrong_expectation_fails_and_says_what_was_found(tmp_path):
    path = tmp_path / "own.cases.yaml"
    path.write_text(
        "cases:\n"
        "  - name: wrong\n    do: leave\n"
        "    with: {member: ESP, notice: 2025-03-01}\n"
        "    expect: {earliest: 2026-03-02, warns: nobody says this, steps: {rule: no.such}, exact: false}\n"
    )
    failures = cases.run(cases.load(path)[0]).failures
    assert "earliest: expected 2026-03-02, got 2026-03-01" in failures
    assert len(failures) == 4


def test_a_case_that_expects_an_error_fails_without_one(tmp_path):
    path = tmp_path / "own.cases.yaml"
    path.write_text(
        "cases:\n  - {name: n, do: leave, with: {member: ESP, notice: 2025-03-01}, error: no member}\n"
    )
    assert cases.run(cases.load(path)[0]).failures


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        ("cases:\n  - name: a\n    do: leeve\n    with: {}\n    expect: {}\n", 3, "cases.0.do"),
        (
            "cases:\n  - name: a\n    do: leave\n    with: {membr: ESP}\n    expect: {}\n",
            4,
            "cases.0.with.membr",
        ),
        ("cases:\n  - name: a\n    do: leave\n    with: {}\n    expect: {when: x}\n", 5, "cases.0.expect.when"),
        (
            "cases:\n  - name: a\n    do: leave\n    with: {}\n    expect: {p50: soon}\n",
            5,
            "cases.0.expect.p50",
        ),
        (
            "cases:\n  - name: a\n    do: leave\n    with: {notice: 2025-02-30}\n    expect: {}\n",
            4,
            "cases.0.with.notice",
        ),
        ("cases:\n  - name: a\n    do: leave\n    with: {}\n", 2, "cases.0"),
        ("casse: []\n", 1, "casse"),
    ],
)
def test_a_wrong_case_file_names_file_line_and_field(tmp_path, text, line, field):
    path = tmp_path / "own.cases.yaml"
    path.write_text(text)
    with pytest.raises(InputError) as error:
        cases.load(path)
    assert error.value.file == "own.cases.yaml"
    assert error.value.line == line
    assert error.value.field == field
