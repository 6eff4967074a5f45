"""The ledger: append-only, decisions that last, whole after a kill; and what it does to beliefs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.errors import InputError
from foedus.evidence import beliefs, ledger, ledger_write, signals
from foedus.evidence.export import export
from foedus.evidence.reader import read_source, source_from_text

PRIOR = {"committed": 0.4, "transactional": 0.3, "withdrawing": 0.3}
STORY = (
    "Washington plans a cut\n\nWASHINGTON, March 3, 2025 (Wire) - The United States withdrew 4,000 troops from Germany on Monday.\n\n"
    "“We will not defend those who do not pay,” President Harlan Broome said.\n"
)


def store(path: Path, *texts: str) -> None:
    with ledger.open_ledger(path, write=True) as connection:
        for n, text in enumerate(texts):
            ledger_write.append(connection, read_source(source_from_text(text, f"doc{n}")))


def all_items(path: Path):
    with ledger.open_ledger(path) as connection:
        return ledger.items(connection)


def test_a_document_is_stored_once(tmp_path):
    path = tmp_path / "l.duckdb"
    store(path, STORY, STORY)
    with ledger.open_ledger(path) as connection:
        assert ledger.summary(connection)["documents"] == 1
    ids = [i.id for i in all_items(path)]
    assert len(ids) == len(set(ids)) > 3


def test_decisions_survive_a_re_read_by_a_newer_reader(tmp_path, monkeypatch):
    path = tmp_path / "l.duckdb"
    store(path, STORY)
    quote = next(i for i in all_items(path) if i.kind == "quotation")
    with ledger.open_ledger(path, write=True) as connection:
        ledger.decide(connection, quote, "reject", note="another treaty")
        ledger.decide(connection, quote, "edit", changes={"speaker": "Ann Other"})
        ledger.decide(connection, quote, "reject")
    monkeypatch.setattr(ledger_write, "reader_version", lambda: "99")
    reading = read_source(source_from_text(STORY, "doc0"))
    moved = replace(
        reading, quotations=tuple(replace(q, end=q.end - 2, text=q.text[:-2]) for q in reading.quotations)
    )
    with ledger.open_ledger(path, write=True) as connection:
        assert ledger_write.append(connection, moved)
    again = [i for i in all_items(path) if i.kind == "quotation"]
    assert len(again) == 1
    assert (again[0].decision, again[0].speaker, again[0].note) == ("reject", "Ann Other", "another treaty")
    assert again[0].id != quote.id


def test_nothing_is_ever_updated(tmp_path):
    path = tmp_path / "l.duckdb"
    store(path, STORY)
    before = len(all_items(path))
    item = all_items(path)[0]
    with ledger.open_ledger(path, write=True) as connection:
        for decision in ("accept", "reject", "accept"):
            ledger.decide(connection, item, decision)
        assert ledger.summary(connection)["decisions"] == 3
    after = all_items(path)
    assert len(after) == before
    assert after[0].decision == "accept"


def test_a_wrong_file_is_named(tmp_path):
    wrong = tmp_path / "x.duckdb"
    wrong.write_text("hello")
    with pytest.raises(InputError, match="not a ledger"), ledger.open_ledger(wrong):
        pass
    with pytest.raises(InputError, match="no such ledger"), ledger.open_ledger(tmp_path / "none.duckdb"):
        pass


def test_exports(tmp_path):
    path = tmp_path / "l.duckdb"
    store(path, STORY)
    with ledger.open_ledger(path) as connection:
        assert export(connection, "csv").splitlines()[0].startswith("id,kind,decision")
        assert "@article{foedus-" in export(connection, "bibtex")
        assert '"date-parts"' in export(connection, "csl")
        with pytest.raises(InputError, match="unknown format"):
            export(connection, "xlsx")


def test_one_wire_story_in_two_outlets_counts_once(tmp_path):
    one, two = tmp_path / "one.duckdb", tmp_path / "two.duckdb"
    store(one, STORY)
    store(two, STORY, STORY.replace("“", '"').replace("”", '"') + "\n")
    with ledger.open_ledger(two) as connection:
        assert ledger.summary(connection)["groups"] == 1
    a, b = beliefs(one, PRIOR), beliefs(two, PRIOR)
    assert a.probabilities == pytest.approx(b.probabilities)
    assert sum(c.repeats for c in b.contributions) >= 2


def test_acts_weigh_more_than_talk_and_rejection_takes_them_out(tmp_path):
    path = tmp_path / "l.duckdb"
    store(path, STORY)
    result = beliefs(path, PRIOR)
    by_signal = {c.signal: c for c in result.contributions}
    act = by_signal["withdraw_forces (done)"]
    talk = next(c for c in result.contributions if c.signal.startswith("patron_would_defend"))
    assert act.weight > 3 * talk.weight
    assert result.withdrawing > PRIOR["withdrawing"]
    with ledger.open_ledger(path, write=True) as connection:
        for item in ledger.items(connection):
            ledger.decide(connection, item, "reject")
    assert beliefs(path, PRIOR).probabilities == pytest.approx(PRIOR)


@pytest.mark.parametrize(
    "prior",
    [{"committed": 1.0}, {**PRIOR, "committed": 0.9}, {**PRIOR, "committed": -0.4, "transactional": 1.1}],
)
def test_priors_off_the_simplex_are_refused(tmp_path, prior):
    with pytest.raises(InputError, match="prior"):
        beliefs(tmp_path / "l.duckdb", prior)


weights = st.tuples(*[st.floats(0.01, 1.0)] * 3)


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    path = tmp_path_factory.mktemp("ledger") / "l.duckdb"
    store(
        path,
        STORY,
        STORY.replace("withdrew 4,000 troops from", "will deploy a brigade to").replace("March 3", "April 7"),
    )
    return all_items(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=weights, bound=st.sampled_from(["low", "central", "high"]), seed=st.randoms())
def test_posterior_stays_on_the_simplex_whatever_the_order(stored, raw, bound, seed):
    prior = dict(zip(signals.TYPES, (w / sum(raw) for w in raw), strict=True))
    result = signals.posterior(stored, prior, bound=bound)
    assert sum(result.probabilities.values()) == pytest.approx(1)
    assert all(0 <= p <= 1 for p in result.probabilities.values())
    mixed = list(stored)
    seed.shuffle(mixed)
    assert signals.posterior(mixed, prior, bound=bound).probabilities == pytest.approx(result.probabilities)


def test_the_shipped_table_is_whole_and_dated():
    table = signals.load_signals()
    assert len(table) > 20
    for signal_row in table.values():
        for low, central, high in signal_row.likelihood.values():
            assert low <= central <= high


def test_a_bad_table_names_its_line(tmp_path):
    bad = tmp_path / "signals.csv"
    bad.write_text("kind,signal,modality\nstance,x,y\n")
    with pytest.raises(InputError, match="line 2"):
        signals.load_signals(bad)


WRITER = """
import sys
from pathlib import Path
from foedus.evidence import ledger, ledger_write
from foedus.evidence.reader import read_source, source_from_text
text = Path(sys.argv[2]).read_text()
with ledger.open_ledger(Path(sys.argv[1]), write=True) as connection:
    for n in range(10_000):
        ledger_write.append(connection, read_source(source_from_text(text.replace("4,000", str(4000 + n)), f"doc{n}")))
        print(n, flush=True)
"""


@pytest.mark.parametrize("after", [2, 9])
def test_a_kill_leaves_whole_documents_only(tmp_path, after):
    path, text = tmp_path / "l.duckdb", tmp_path / "story.txt"
    text.write_text(STORY)
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(text)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    for _ in range(after):
        child.stdout.readline()
    time.sleep(0.003 * after)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    expected = {}
    with ledger.open_ledger(path, write=True) as connection:
        documents = connection.execute("SELECT sha256, text FROM documents").fetchall()
        assert len(documents) >= after
        for sha, stored_text in documents:
            reading = read_source(source_from_text(stored_text))
            parts = (
                reading.quotations,
                reading.statements,
                reading.quantities,
                reading.events,
                reading.stances,
                reading.claims,
            )
            expected[sha] = sum(len(p) for p in parts)
        counts = dict(connection.execute("SELECT sha256, count(*) FROM items GROUP BY sha256").fetchall())
        assert counts == expected
        assert ledger_write.append(connection, read_source(source_from_text("“We go on,” said Ana Cole.")))
