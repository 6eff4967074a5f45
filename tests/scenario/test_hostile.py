# ruff: noqa: E501  (the table of cases has one line a case)
"""Every bad file gets one sentence with file, line and field, and never anything but InputError."""

import os
import time

import pytest

from foedus.errors import InputError
from foedus.scenario import load, load_text
from foedus.scenario.reading import MAX_BYTES, MAX_DEPTH, MAX_VALUES

HEAD = "name: test\ntitle: A test\nstart: 2026-01\nhorizon: 10y\n"


def act(text):
    return f"{HEAD}interventions:\n  - {text}\n"


# (what the file holds, line, field, words that the sentence must hold)
CASES = {
    "unknown member": (act("{at: 2026-03, do: draw_down, hosts: [ESX], share: 0.5}"), 6, "interventions[0].hosts[0]", "unknown member 'ESX'; did you mean 'EST'?"),
    "member by name": (act("{at: 2026-03, do: draw_down, hosts: [Estonia], share: 0.5}"), 6, "interventions[0].hosts[0]", "did you mean 'EST'?"),
    "lower-case member": (act("{at: 2026-03, do: draw_down, hosts: [est], share: 0.5}"), 6, "interventions[0].hosts[0]", "did you mean 'EST'?"),
    "no close member": (act("{at: 2026-03, do: draw_down, hosts: [QQQ], share: 0.5}"), 6, "interventions[0].hosts[0]", "known: ALB, BEL"),
    "patron as host": (act("{at: 2026-03, do: draw_down, hosts: [USA], share: 0.5}"), 6, "interventions[0].hosts[0]", "is the patron"),
    "partner as host": (act("{at: 2026-03, do: draw_down, hosts: [UKR], share: 0.5}"), 6, "interventions[0].hosts[0]", "unknown member 'UKR'"),
    "host twice": (act("{at: 2026-03, do: draw_down, hosts: [DEU, DEU], share: 0.5}"), 6, "interventions[0].hosts[1]", "twice"),
    "no hosts": (act("{at: 2026-03, do: draw_down, hosts: [], share: 0.5}"), 6, "interventions[0].hosts", "at least one member"),
    "host as word": (act("{at: 2026-03, do: draw_down, hosts: DEU, share: 0.5}"), 6, "interventions[0].hosts", "must be a list of members"),
    "host as number": (act("{at: 2026-03, do: draw_down, hosts: [255], share: 0.5}"), 6, "interventions[0].hosts[0]", "three-letter code"),
    "share above one": (act("{at: 2026-03, do: draw_down, hosts: all, share: 1.4}"), 6, "interventions[0].share", "must be at most 1, as a share and not a percentage, got 1.4"),
    "share below zero": (act("{at: 2026-03, do: cut_aid, share: -0.1}"), 6, "interventions[0].share", "at least 0"),
    "share as text": (act("{at: 2026-03, do: cut_aid, share: half}"), 6, "interventions[0].share", "must be a number, got 'half'"),
    "share quoted": (act("{at: 2026-03, do: cut_aid, share: '0.5'}"), 6, "interventions[0].share", "must be a number"),
    "share as truth value": (act("{at: 2026-03, do: cut_aid, share: true}"), 6, "interventions[0].share", "must be a number, got true"),
    "not a number": (act("{at: 2026-03, do: cut_aid, share: .nan}"), 6, "interventions[0].share", "must be a finite number, got .nan"),
    "infinite": (act("{at: 2026-03, do: cut_aid, share: .inf}"), 6, "interventions[0].share", "must be a finite number"),
    "infinite by exponent": (act("{at: 2026-03, do: cut_aid, share: 1e999}"), 6, "interventions[0].share", "must be a finite number"),
    "huge integer": (act("{at: 2026-03, do: cut_aid, share: %s}" % ("9" * 5000)), 6, "interventions[0].share", "must be"),
    "before the start": (act("{at: 2025-12, do: end_treaty}"), 6, "interventions[0].at", "must not lie before the start (2026-01), got 2025-12"),
    "after the horizon": (act("{at: 2036-01, do: end_treaty}"), 6, "interventions[0].at", "must lie within the horizon, which ends before 2036-01"),
    "until before at": (act("{at: 2026-06, until: 2026-03, do: end_treaty}"), 6, "interventions[0].until", "later than at (2026-06)"),
    "until after the horizon": (act("{at: 2026-06, until: 2040-03, do: end_treaty}"), 6, "interventions[0].until", "leave it out"),
    "until on what happens once": (act("{at: 2026-06, until: 2027-06, do: give_notice}"), 6, "interventions[0].until", "happens once"),
    "deadline in the past": (act("{at: 2026-06, do: demand, target_pct_gdp: 3.5, deadline: 2026-06, else: nothing}"), 6, "interventions[0].deadline", "later than at"),
    "before the atlas": (HEAD.replace("2026-01", "1890-01"), 3, "start", "must not lie before the atlas begins (2014-01), got 1890-01"),
    "after the atlas": (HEAD.replace("2026-01", "2190-01"), 3, "start", "must not lie after the atlas ends"),
    "a day for a month": (HEAD.replace("2026-01", "2026-01-09"), 3, "start", "YYYY-MM"),
    "month thirteen": (HEAD.replace("2026-01", "2026-13"), 3, "start", "YYYY-MM"),
    "month as number": (HEAD.replace("2026-01", "2026"), 3, "start", "must be text, got 2026"),
    "horizon without unit": (HEAD.replace("10y", "'10'"), 4, "horizon", "10y, 8q or 18m"),
    "horizon of a part of a quarter": (HEAD.replace("10y", "20m"), 4, "horizon", "18m or 21m"),
    "horizon too long": (HEAD.replace("10y", "90y"), 4, "horizon", "at most 200 quarters"),
    "misspelt key": (HEAD.replace("horizon", "horizen"), 4, "horizen", "did you mean 'horizon'?"),
    "misspelt key inside": (act("{at: 2026-03, do: cut_aid, shar: 0.5}"), 6, "interventions[0].shar", "did you mean 'share'?"),
    "key of another verb": (act("{at: 2026-03, do: end_treaty, persons: 5}"), 6, "interventions[0].persons", "unknown key 'persons'; known: at, do, note, source, until"),
    "missing key": ("name: test\ntitle: A test\nstart: 2026-01\n", 1, "horizon", "missing"),
    "missing key of a verb": (act("{at: 2026-03, do: draw_down, share: 0.5}"), 6, "interventions[0].hosts", "missing"),
    "unknown verb": (act("{at: 2026-03, do: drawdown, hosts: all, share: 0.5}"), 6, "interventions[0]", "unknown verb 'drawdown' under do; did you mean 'draw_down'?"),
    "no verb": (act("{at: 2026-03, hosts: all, share: 0.5}"), 6, "interventions[0]", "missing the key do"),
    "verb as a list": (act("{at: 2026-03, do: [draw_down], hosts: all}"), 6, "interventions[0]", "under do"),
    "intervention as word": (act("draw_down"), 6, "interventions[0]", "must be a mapping"),
    "interventions as mapping": (HEAD + "interventions: {at: 2026-03}\n", 5, "interventions", "must be a list"),
    "off the simplex": (HEAD + "beliefs:\n  administration: {committed: 0.5, transactional: 0.5, withdrawing: 0.5}\n", 6, "beliefs.administration", "must sum to 1, they sum to 1.5"),
    "type missing": (HEAD + "beliefs:\n  truth: {committed: 0.5, transactional: 0.5}\n", 6, "beliefs.truth.withdrawing", "missing"),
    "held off the simplex": (act("{at: 2026-01, do: hold_beliefs, administration: {committed: 1, transactional: 1, withdrawing: 0}}"), 6, "interventions[0].administration", "must sum to 1"),
    "unknown observer": (act("{at: 2026-01, do: hold_beliefs, observers: [partner], administration: {committed: 1, transactional: 0, withdrawing: 0}}"), 6, "interventions[0].observers[0]", "must be adversary or allies, got 'partner'"),
    "two holds at once": (HEAD + "interventions:\n" + 2 * "  - {at: 2026-01, do: hold_beliefs, administration: {committed: 1, transactional: 0, withdrawing: 0}}\n", 7, "interventions[1].at", "already held"),
    "spending as a share": (act("{at: 2026-03, do: raise_spending, to_pct_gdp: 0.035, by: 2030-01}"), 6, "interventions[0].to_pct_gdp", "as a percentage such as 3.5"),
    "draw-down without share": (act("{at: 2026-03, do: demand, target_pct_gdp: 3.5, deadline: 2027-12, else: draw_down}"), 6, "interventions[0].share", "needs a share"),
    "share without draw-down": (act("{at: 2026-03, do: demand, target_pct_gdp: 3.5, deadline: 2027-12, else: nothing, share: 0.5}"), 6, "interventions[0].share", "goes only with"),
    "unknown option": (act("{at: 2026-03, do: impose_settlement, ceded: oblast}"), 6, "interventions[0].ceded", "must be current_line or oblasts, got 'oblast'; did you mean 'oblasts'?"),
    "part of a person": (act("{at: 2026-03, do: deploy, hosts: [POL], persons: 10.5}"), 6, "interventions[0].persons", "whole number"),
    "no persons": (act("{at: 2026-03, do: deploy, hosts: [POL], persons: 0}"), 6, "interventions[0].persons", "above 0"),
    "duration": (act("{at: 2026-03, do: cut_aid, over: 4}"), 6, "interventions[0].over", "must be text, got 4"),
    "duration unit": (act("{at: 2026-03, do: cut_aid, over: 4 months}"), 6, "interventions[0].over", "'4 quarters'"),
    "truth value in words": (act("{at: 2026-03, do: reaffirm, costly: yes}"), 6, "interventions[0].costly", "must be true or false, got 'yes'"),
    "unknown distribution": (HEAD + "parameters:\n  x: {dist: gaussian, mean: 0}\n", 6, "parameters.x", "unknown distribution 'gaussian'; known: beta, fixed"),
    "misspelt distribution": (HEAD + "parameters:\n  x: {dist: norml, mean: 0, sd: 1}\n", 6, "parameters.x", "did you mean 'normal'?"),
    "no distribution": (HEAD + "parameters:\n  x: {mean: 0, sd: 1}\n", 6, "parameters.x", "missing the key dist"),
    "negative spread": (HEAD + "parameters:\n  x: {dist: normal, mean: 0, sd: -1}\n", 6, "parameters.x.sd", "above 0"),
    "argument missing": (HEAD + "parameters:\n  x: {dist: normal, mean: 0}\n", 6, "parameters.x.sd", "missing"),
    "argument of another": (HEAD + "parameters:\n  x: {dist: normal, mean: 0, sigma: 1}\n", 6, "parameters.x.sigma", "unknown key 'sigma'"),
    "bounds the wrong way": (HEAD + "parameters:\n  x: {dist: uniform, low: 2, high: 1}\n", 6, "parameters.x", "low must lie below high"),
    "override as text": (HEAD + "parameters:\n  x: big\n", 6, "parameters.x", "must be a number or a mapping such as"),
    "parameters as list": (HEAD + "parameters: [x]\n", 5, "parameters", "must be a mapping"),
    "name with spaces": (HEAD.replace("test", "My Test"), 1, "name", "such as 'my-test'"),
    "name as a path": (HEAD.replace("name: test", "name: ../../etc/passwd"), 1, "name", "lower-case letters"),
    "name too long": (HEAD.replace("name: test", "name: " + "a" * 61), 1, "name", "at most 60 characters"),
    "title of two lines": (HEAD.replace("A test", '"a\\nb"'), 2, "title", "one line"),
    "control character": (HEAD.replace("A test", '"a\\e[31mb"'), 2, "title", "control character"),
    "title missing a value": (HEAD.replace("A test", ""), 2, "title", "must be text, got nothing"),
    "unknown base": (HEAD + "base: basline\n", 5, "base", "unknown base 'basline'; did you mean 'baseline'?"),
    "base is a family": (HEAD + "base: four-worlds\n", 5, "base", "is a family"),
    "base is itself": (HEAD + "base: test\n", 5, "base", "circle"),
    "key without a value": (HEAD + "interventions:\n", 5, "interventions", "must be a list, got nothing: fill it in or leave the key out"),
    "list for a mapping": ("- name: test\n", 1, None, "must be a mapping"),
    "word for a mapping": ("four-worlds\n", 1, None, "must be a mapping"),
    "empty": ("", 1, None, "the file is empty"),
    "only a comment": ("# nothing\n", 1, None, "the file is empty"),
    "null": ("null\n", 1, None, "the file is empty"),
    "two documents": (HEAD + "---\n" + HEAD, 5, None, "must hold one document"),
    "duplicate key": (HEAD + "start: 2025-01\n", 5, "start", "appears twice, first on line 3"),
    "tab": ("name: test\nbeliefs:\n\ttruth: 1\n", 3, None, "tabs cannot indent"),
    "python object": (HEAD + "notes: !!python/object/apply:os.system ['true']\n", 5, None, "tags are not allowed"),
    "own tag": (HEAD + "notes: !secret x\n", 5, None, "tags are not allowed"),
    "anchor": (HEAD + "notes: &a x\n", 5, None, "anchors (&name) are not allowed"),
    "alias": (HEAD + "notes: *a\n", 5, None, "aliases (*name) are not allowed"),
    "merge key": (HEAD + "<<: {notes: x}\n", 5, "<<", "unknown key '<<'"),
    "list as a key": (HEAD + "? [a, b]\n: 1\n", 5, None, "a key must be a word"),
    "open bracket": (HEAD + "sources: [a, b\n", None, None, "not valid YAML"),
    "colon in a text": (HEAD + "notes: what: this\n", 5, None, "quote a text that contains a colon"),
    "unclosed quote": (HEAD + 'notes: "abc\n', None, None, "not valid YAML"),
    "bomb": ("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", 1, None, "anchors"),
    "weight alone": (HEAD + "weight: 2\n", 5, "weight", "at most 1"),
    "family without scenarios": ("name: f\ntitle: F\nscenarios: []\n", 3, "scenarios", "at least 1 entry"),
    "family, misspelt": ("name: f\ntitle: F\nscenarois: []\n", 3, "scenarois", "did you mean 'scenarios'?"),
    "family member without start": ("name: f\ntitle: F\nscenarios:\n  - {name: a, title: A, horizon: 1y}\n", 4, "scenarios[0].start", "missing"),
    "family, same name": ("name: f\ntitle: F\nstart: 2026-01\nhorizon: 1y\nscenarios:\n  - {name: a, title: A}\n  - {name: a, title: B}\n", 7, "scenarios[1].name", "choose another"),
    "family, weights": ("name: f\ntitle: F\nstart: 2026-01\nhorizon: 1y\nscenarios:\n  - {name: a, title: A, weight: 0.5}\n  - {name: b, title: B, weight: 0.6}\n", 6, "scenarios[0].weight", "must sum to 1"),
    "family, weight missing": ("name: f\ntitle: F\nstart: 2026-01\nhorizon: 1y\nscenarios:\n  - {name: a, title: A, weight: 0.5}\n  - {name: b, title: B}\n", 7, "scenarios[1].weight", "every scenario"),
    "family, shared act too late": ("name: f\ntitle: F\nstart: 2026-01\nhorizon: 1y\ninterventions:\n  - {at: 2030-01, do: end_treaty}\nscenarios:\n  - {name: a, title: A}\n", 6, "interventions[0].at", "within the horizon"),
    "binary": (b"\x7fELF\x00\x01\x02\x00", 1, None, "this is binary"),
    "utf-16": ("name: test".encode("utf-16"), 1, None, "must be encoded in UTF-8"),
    "latin-1": ((HEAD + "notes: caf\xe9\n").encode("latin-1"), 5, None, "the byte 0xe9 is not"),
    "raw control character": (HEAD.encode() + b"notes: a\x07b\n", 5, None, "control characters"),
    "deep lists": (HEAD + "notes: " + "[" * 100_000, 5, None, f"more than {MAX_DEPTH} levels"),
    "deep mappings": ("{a: " * 50_000, 1, None, f"more than {MAX_DEPTH} levels"),
    "deep blocks": ("\n".join(" " * n + "a:" for n in range(900)), MAX_DEPTH, None, f"more than {MAX_DEPTH} levels"),
    "very many values": (HEAD + "sources:\n" + "- a\n" * 100_000, None, None, f"at most {MAX_VALUES} values"),
    "very many keys": ("".join(f"k{n}: 1\n" for n in range(50_000)), None, None, f"at most {MAX_VALUES} values"),
    "very long text": (HEAD + "notes: " + "a" * 500_000, 5, "notes", "at most 20000 characters"),
    "very long key": (HEAD + "? " + "k" * 100_000 + "\n: 1\n", 5, None, "unknown key"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_one_sentence_says_where_and_what(write, case):
    content, line, field, words = case
    path = write(content)
    with pytest.raises(InputError) as caught:
        load(path)
    error = caught.value
    assert words in error.message
    assert error.file == str(path)
    if line is not None:
        assert error.line == line
    if field is not None:
        assert error.field == field
    text = str(error)
    assert "\n" not in text
    assert len(text) < 700
    assert text.isprintable()
    assert ". " not in error.message.replace("e.g. ", "")


def test_large_file_is_refused_by_its_size(tmp_path):
    path = tmp_path / "large.yaml"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)
    with pytest.raises(InputError, match=r"must be at most 1 MB, it has 100\.0 MB"):
        load(path)


def test_file_at_the_limit_is_read(write):
    padding = "#" * (MAX_BYTES - len(HEAD) - 1) + "\n"
    (scenario,) = load(write(HEAD + padding))
    assert scenario.name == "test"


@pytest.mark.parametrize("name", ["nowhere.yaml", "a\0b", "x" * 5000 + "/y.yaml"])
def test_unreadable_paths(name):
    with pytest.raises(InputError):
        load(name)


def test_folder_pipe_and_device(tmp_path):
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    for path in (tmp_path, pipe, "/dev/zero"):
        with pytest.raises(InputError, match="regular file"):
            load(path)


def test_unknown_name_suggests_a_shipped_one():
    with pytest.raises(InputError, match="did you mean 'dormant-nato'"):
        load("dormant-nat")


def test_bases_in_a_circle(write):
    write(HEAD.replace("test", "a") + "base: b\n", "a.yaml")
    write(HEAD.replace("test", "b") + "base: a\n", "b.yaml")
    path = write(HEAD + "base: a\n")
    with pytest.raises(InputError, match=r"circle, these do: test -> a -> b -> a"):
        load(path)


def test_error_in_a_base_names_the_base_file(write):
    base = write(HEAD.replace("10y", "10"), "under.yaml")
    path = write(HEAD + "base: under\n")
    with pytest.raises(InputError) as caught:
        load(path)
    assert caught.value.file == str(base)
    assert caught.value.line == 4


def test_text_without_a_folder_reads_no_files(write, monkeypatch):
    path = write(HEAD, "secret.yaml")
    monkeypatch.chdir(path.parent)
    with pytest.raises(InputError, match="unknown base 'secret'"):
        load_text(HEAD + "base: secret\n")


def test_base_that_does_not_fit(write):
    held = "{at: 2026-01, do: hold_beliefs, administration: {committed: 1, transactional: 0, withdrawing: 0}}"
    path = write(f"{HEAD}base: treaty-hollow\ninterventions:\n  - {held}\n")
    with pytest.raises(InputError, match=r"the base treaty-hollow does not fit under test: .*already held"):
        load(path)


KNOWN = {"politics.gap_pressure", "credibility.g_treaty"}


def test_unknown_parameter(write):
    path = write(HEAD + "parameters:\n  credibility.g_treat: 0.3\n")
    with pytest.raises(InputError) as caught:
        load(path, known_parameters=KNOWN)
    assert (
        caught.value.message == "unknown parameter 'credibility.g_treat'; did you mean 'credibility.g_treaty'?"
    )
    assert (caught.value.line, caught.value.field) == (6, "parameters.credibility.g_treat")


def test_unknown_parameter_in_a_family_and_among_many(write):
    text = "name: f\ntitle: F\nstart: 2026-01\nhorizon: 1y\nscenarios:\n  - {name: a, title: A, parameters: {zzz: 1}}\n"
    with pytest.raises(InputError, match="foedus parameters lists") as caught:
        load(write(text), known_parameters={f"system.entry_{n}" for n in range(100)})
    assert caught.value.line == 6


def test_known_parameter_passes(one):
    scenario = one("parameters:\n  credibility.g_treaty: 0.3\n", known_parameters=KNOWN)
    assert scenario.parameters == {"credibility.g_treaty": 0.3}


@pytest.mark.parametrize(("option", "value"), [("start", "2026"), ("start", "1900-01"), ("horizon", "10")])
def test_bad_options(option, value):
    with pytest.raises(InputError) as caught:
        load("baseline", **{option: value})
    assert caught.value.field == f"--{option}"


def test_no_case_is_slow(write):
    """A bound far above what a case takes (milliseconds), far below what a bomb would."""
    for content, *_ in CASES.values():
        path = write(content)
        begin = time.process_time()
        with pytest.raises(InputError):
            load(path)
        assert time.process_time() - begin < 2
