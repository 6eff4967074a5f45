"""Files of every kind, and hostile ones."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import zipfile

import pytest

from foedus.errors import FoedusError, InputError, MissingExtraError
from foedus.evidence.formats.load import MAX_BYTES, sources, sources_of
from foedus.evidence.models import load_annotator
from foedus.evidence.reader import read_source

BODY = (
    "“We will stay in the alliance,” said Ana Cole, the foreign minister of Belmark, on Monday in the capital."
)
PAGE = (
    "<!doctype html><html><head><title>Allies stay in the pact</title><meta property='article:published_time' content='2031-03-03T10:00:00Z'>"
    "<script>var x = '“Run away,” said Evil Bob.';</script></head><body><nav><a href='/'>Home</a> <a href='/w'>World</a></nav>"
    f"<article><h1>Allies stay in the pact</h1><p>{BODY}</p><p>The <b>minister</b> spoke of 4,000&nbsp;soldiers &amp; 12 ships.</p></article><footer>All rights reserved</footer></body></html>"
)


def read(data: bytes, name: str):
    return [read_source(source) for source in sources_of(data, name)]


def speakers(readings):
    return [q.speaker for r in readings for q in r.quotations]


def test_html_offsets_are_those_of_the_file():
    (reading,) = read(PAGE.encode(), "a.html")
    assert reading.text == PAGE
    assert reading.offsets == "file"
    assert speakers([reading]) == ["Ana Cole"]
    assert PAGE[reading.quotations[0].start : reading.quotations[0].end] == "We will stay in the alliance"
    assert {(q.value, q.unit) for q in reading.quantities} >= {(4000.0, "person"), (12.0, "ship")}
    assert reading.stories[0].title == "Allies stay in the pact"
    assert reading.stories[0].published == "2031-03-03"
    assert "site_navigation" in {d.reason for d in reading.dropped}


def test_docx():
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("Allies stay in the pact")
    document.add_paragraph(BODY)
    out = io.BytesIO()
    document.save(out)
    assert speakers(read(out.getvalue(), "a.docx")) == ["Ana Cole"]


def test_mail():
    raw = f"From: a@example.org\r\nTo: b@example.org\r\nSubject: Allies stay\r\nDate: Mon, 03 Mar 2031 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{BODY}\r\n"
    (reading,) = read(raw.encode(), "a.eml")
    assert speakers([reading]) == ["Ana Cole"]
    assert (reading.stories[0].title, reading.stories[0].published) == ("Allies stay", "2031-03-03")


@pytest.mark.parametrize(
    "feed",
    [
        f"<?xml version='1.0'?><rss><channel><title>Wire</title><item><title>One</title><pubDate>Mon, 03 Mar 2031 10:00:00 GMT</pubDate><description>&lt;p&gt;{BODY}&lt;/p&gt;</description></item><item><title>Two</title><description>{BODY}</description></item></channel></rss>",
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Wire</title><entry><title>One</title><published>2031-03-03T10:00:00Z</published><content type='html'>&lt;p&gt;{BODY}&lt;/p&gt;</content></entry><entry><title>Two</title><summary>{BODY}</summary></entry></feed>",
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "Wire",
                "items": [
                    {
                        "title": "One",
                        "date_published": "2031-03-03T10:00:00Z",
                        "content_html": f"<p>{BODY}</p>",
                    },
                    {"title": "Two", "content_text": BODY},
                ],
            }
        ),
    ],
    ids=["rss", "atom", "json"],
)
def test_feeds(feed):
    first, second = read(feed.encode(), "feed.json" if feed.startswith("{") else "feed.xml")
    assert speakers([first, second]) == ["Ana Cole", "Ana Cole"]
    assert first.stories[0].published == "2031-03-03"
    assert first.path.endswith("#item-1")
    assert first.stories[0].group == second.stories[0].group


def test_warc():
    pytest.importorskip("warcio")
    http = b"HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + PAGE.encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/a\r\nWARC-Date: 2031-03-03T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    data = gzip.compress(head.encode() + http + b"\r\n\r\n")
    (reading,) = read(data, "a.warc.gz")
    assert speakers([reading]) == ["Ana Cole"]
    assert reading.meta["url"] == "http://example.org/a"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings(encoding):
    (reading,) = read((BODY + "\n" + BODY.replace("Ana Cole", "Zoé Cole")).encode(encoding), "a.txt")
    assert speakers([reading]) == ["Ana Cole", "Zoé Cole"]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (150 << 20))
    return out.getvalue()


def entity_docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<!DOCTYPE x [<!ENTITY a 'aaaa'>]><x>&a;</x>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.txt", "empty"),
        (b"\0" * 5000, "a.txt", "empty"),
        (bytes(range(256)) * 40, "a.txt", "not a text file"),
        (gzip.compress(b"x" * 10_000), "a.gz", "not a document"),
        (b"%PDF-1.7\n1 0 obj\n<<>>", "a.pdf", "PDF cannot be read"),
        (b"PK\x03\x04 broken", "a.docx", "not a whole ZIP"),
        (bomb(), "a.docx", "unfolds"),
        (entity_docx(), "a.docx", "entities"),
        (
            b"<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY lol 'lol'><!ENTITY l2 '&lol;&lol;'>]><rss><channel>&l2;</channel></rss>",
            "a.xml",
            "entities",
        ),
        (b"<rss><channel><item>", "a.rss", "not well formed"),
        (b'{"items": 3}', "a.json", "not a JSON feed"),
        (b"[" * 100_000, "a.json", "JSON"),
    ],
    ids=[
        "empty",
        "nuls",
        "binary",
        "gzip",
        "pdf",
        "zip",
        "zip-bomb",
        "entity-docx",
        "entity-bomb",
        "cut-feed",
        "no-feed",
        "deep-json",
    ],
)
def test_hostile_files_are_refused_in_one_sentence(data, name, words):
    with pytest.raises(FoedusError) as caught:
        read(data, name)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert name in str(caught.value)


def test_a_very_large_file_is_refused_unread(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as handle:
        handle.truncate(200 << 20)
    with pytest.raises(InputError, match=f"at most {MAX_BYTES >> 20} MiB"):
        list(sources(path))


@pytest.mark.parametrize(
    "data",
    [
        b'"' * 1_000_000,
        b'He said "a" ' * 20_000,
        "‘a ’b ".encode() * 20_000,
        b"<html>" + b"<div>" * 50_000,
        b"<html>" + b"<script>" * 20_000,
        b"<" * 300_000,
        "Ça va, a dit “Ana".encode()[:-1] + b"\xe2\x80",
        "\u202e“evil”\u202c said. ".encode() * 500,
        b"1," * 100_000,
        b"\n" * 300_000 + b"x",
    ],
    ids=[
        "quotes",
        "said",
        "single",
        "deep-html",
        "scripts",
        "angles",
        "truncated",
        "direction",
        "digits",
        "lines",
    ],
)
def test_hostile_texts_are_read(data):
    for reading in read(data, "a.txt"):
        assert all(reading.text[q.start : q.end] == q.text for q in reading.quotations)


def test_scripts_are_never_text():
    (reading,) = read(PAGE.encode(), "a.html")
    assert not any("Evil" in str(q.speaker) for q in reading.quotations)


def run(*args, stdin=None):
    return subprocess.run(
        [sys.executable, "-c", "from foedus.cli import main; main()", *args],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
        input=stdin,
    )


def test_a_batch_goes_on_after_a_bad_file(tmp_path):
    (tmp_path / "good.txt").write_text(BODY)
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 broken")
    (tmp_path / "bomb.docx").write_bytes(bomb())
    out = tmp_path / "out.json"
    result = run("read", str(tmp_path), "--json", str(out), "--ledger", str(tmp_path / "l.duckdb"))
    assert result.returncode == 0, result.stderr
    lines = [line for line in result.stderr.splitlines() if line.startswith("foedus: ")]
    assert len(lines) == 2
    assert any("bad.pdf" in line for line in lines)
    assert [q["speaker"] for d in json.loads(out.read_text())["documents"] for q in d["quotations"]] == [
        "Ana Cole"
    ]
    listed = run("evidence", "list", str(tmp_path / "l.duckdb"), "--json")
    item = next(i for i in json.loads(listed.stdout) if i["kind"] == "quotation")["id"]
    assert "[We will stay in the alliance]" in run(
        "evidence", "show", str(tmp_path / "l.duckdb"), item
    ).stdout.replace("\n", " ")
    assert run("evidence", "accept", str(tmp_path / "l.duckdb"), item[:8], "--note", "heard it").returncode == 0
    assert run("evidence", "effect", str(tmp_path / "l.duckdb"), "--prior", "1,2,3").returncode == 2


def test_nothing_readable_is_exit_2_and_standard_input_works(tmp_path):
    bad = run("read", str(tmp_path / "none.txt"))
    assert bad.returncode == 2
    assert "none.txt" in bad.stderr
    assert "Traceback" not in bad.stderr
    good = run("read", "-", "--json", "-", stdin=BODY)
    assert json.loads(good.stdout)["documents"][0]["quotations"][0]["speaker"] == "Ana Cole"
    assert run("read", "-", "--published", "soon", stdin=BODY).returncode == 2


def test_an_absent_model_says_how_to_install_it(monkeypatch):
    import importlib.util

    load_annotator.cache_clear()
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"foedus\[evidence-models\]"):
        load_annotator("spacy-sm")
    with pytest.raises(InputError, match="unknown model"):
        load_annotator("spacy")
