"""Rules answer for any day, and a rule or procedure file with an error says where it is."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.errors import InputError
from foedus.law import procedure, rules, yamlfile

GOOD = """instrument: Act
reference: somewhere
rules:
  - id: a.b
    label: l
    unit: day
    effect: e
    status: measured
    values:
      - {from: 2000-01-01, value: 10}
      - {from: 2010-01-01, value: null, note: repealed}
"""


def write(tmp_path, text, name="own.yaml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@given(st.sampled_from(sorted(rules.rules())), st.dates(dt.date(1789, 3, 4), dt.date(2060, 1, 1)))
def test_on_any_day_exactly_one_version_is_the_law(name, day):
    entry = rules.rule(name)
    if day < entry.values[0].start:
        with pytest.raises(InputError, match="is covered from"):
            rules.on(name, day)
        return
    known = rules.on(name, day)
    assert known.start <= day
    assert known.until is None or day < known.until
    assert sum(v.start == known.start for v in entry.values) == 1


def test_every_rule_has_citation_reference_and_status():
    for entry in rules.rules().values():
        assert entry.citation
        assert entry.status in rules.STATUSES
        assert all(value.reference for value in entry.values)


def test_a_rule_is_not_in_force_once_repealed(tmp_path):
    (entry,) = rules.load(write(tmp_path, GOOD))
    assert entry.values[1].value is None
    assert entry.values[1].note == "repealed"


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ("unit: day", "unit: dya", 6, "rules.0.unit"),
        ("status: measured", "status: sure", 8, "rules.0.status"),
        ("value: 10", "value: ten", 10, "rules.0.values.0.value"),
        ("value: 10", "value: -1", 10, "rules.0.values.0.value"),
        ("value: 10", "value: 1.5", 10, "rules.0.values.0.value"),
        ("2010-01-01", "1999-01-01", 11, "rules.0.values.1.from"),
        ("2000-01-01", "2000-13-01", 10, "rules.0.values.0.from"),
        ("    label: l\n", "", 4, "rules.0"),
        ("label: l", "lable: l", 5, "rules.0.lable"),
    ],
)
def test_a_wrong_rule_file_names_file_line_and_field(tmp_path, old, new, line, field):
    with pytest.raises(InputError) as error:
        rules.load(write(tmp_path, GOOD.replace(old, new)))
    assert (error.value.file, error.value.line, error.value.field) == ("own.yaml", line, field)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("a: [1, 2", "not valid YAML"),
        ("a: &x [1]\nb: [*x, *x]\n", "aliases"),
        ("a: 1\na: 2\n", "twice"),
        ("a: " + "[" * 60 + "]" * 60, "nested deeper"),
        ("a: !!python/object/apply:os.system ['true']", "tags"),
        ("a: !!binary aGk=", "tags"),
    ],
)
def test_hostile_yaml_is_refused_in_one_line(tmp_path, text, words):
    with pytest.raises(InputError, match=words) as error:
        yamlfile.read(write(tmp_path, text))
    assert "\n" not in str(error.value)


def test_large_binary_and_missing_files_are_refused(tmp_path):
    large = tmp_path / "large.yaml"
    large.write_bytes(b"a" * (yamlfile.MAX_BYTES + 1))
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\x00")
    for path, words in ((large, "larger"), (binary, "UTF-8"), (tmp_path / "none.yaml", "no such file")):
        with pytest.raises(InputError, match=words):
            yamlfile.read(path)


PROCEDURE = """id: p
title: t
question: q
effect: e
start: a
inputs: {x: the x}
covers: [c]
does_not_cover: [d]
states:
  a: {actor: A, step: s, then: b}
  b: {actor: B, step: s, end: effect}
"""


@pytest.mark.parametrize(
    ("old", "new", "words", "line"),
    [
        ("then: b", "then: c", "no state 'c'", 10),
        ("end: effect", "end: affect", "end must be one of", 11),
        ("end: effect", "then: a", "circle", 10),
        ("then: b", "then: {go: b, wait: [{rule: nat.31}]}", "no rule 'nat.31'", 10),
        ("then: b", "decide: {chance: leave.suite, yes: b, no: b}", "no probability", 10),
        ("then: b", "end: none", "no way leads", 11),
        ("then: b", "then: b, end: none", "exactly one", 10),
        ("start: a", "start: z", "no state", 5),
    ],
)
def test_a_wrong_procedure_file_says_where(tmp_path, old, new, words, line):
    with pytest.raises(InputError, match=words) as error:
        procedure.load(write(tmp_path, PROCEDURE.replace(old, new)))
    assert error.value.line == line


def test_the_procedure_of_the_test_is_right_before_it_is_broken(tmp_path):
    assert procedure.load(write(tmp_path, PROCEDURE)).order == ("a", "b")
