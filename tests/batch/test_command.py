"""`claimcheck batch`: what it reads, the table that it writes, and what it says."""

import gzip
import json
import sys

import pytest

from claimcheck.batch.rows import COLUMNS, RowKind
from claimcheck.batch.run import CHUNK
from claimcheck.commands import batch
from claimcheck.rendering import renderer
from tests.rendering.articles import TEA, article

TEXT = "Mint cures a cough. Mint may help."


def test_a_document_gives_a_row_for_each_sentence(run, records, rows):
    records("in.jsonl", {"id": "mint", "text": TEXT}, {"id": 2, "text": "A trial found it."})
    result = run("in.jsonl", "-o", "out.jsonl")
    assert result.code == 0 and result.out == ""
    found = [(r["id"], r["sentence"], r["label"]) for r in rows("out.jsonl")]
    assert found == [("mint", 1, "overclaimed"), ("mint", 2, "hedged"), ("2", 1, "supported")]


def test_or_one_row_with_its_counts(run, records, rows):
    records("in.jsonl", {"id": "mint", "text": TEXT}, {"id": "garden", "text": "A gate."})
    run("in.jsonl", "-o", "out.jsonl", "--rows", "documents")
    found = [(r["id"], r["sentences"], r["overclaimed"]) for r in rows("out.jsonl")]
    assert found == [("mint", 2, 1), ("garden", 1, 0)]


@pytest.mark.parametrize("kind", RowKind)
def test_parquet_holds_the_same_rows_as_json_lines(run, records, rows, folder, kind):
    parquet = pytest.importorskip("pyarrow.parquet")
    records("in.jsonl", {"id": "mint", "text": TEXT}, {"id": "x", "text": None})
    run("in.jsonl", "-o", "out.jsonl", "--rows", kind)
    run("in.jsonl", "-o", "out.parquet", "--rows", kind)
    assert parquet.read_table(folder / "out.parquet").to_pylist() == rows("out.jsonl")


def test_a_parquet_file_is_read_as_the_same_records_in_json_lines_are(run, records, rows, folder):
    pa, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    found = [{"nr": n, "body": f"Mint {n} cures. It may."} for n in range(200)]
    records("in.jsonl", *found)
    parquet.write_table(pa.Table.from_pylist(found), folder / "in.parquet", row_group_size=70)
    columns = ("--text-column", "body", "--id-column", "nr")
    run("in.jsonl", "-o", "a.jsonl", *columns)
    run("in.parquet", "-o", "b.jsonl", *columns)
    assert len(rows("a.jsonl")) == 400 and rows("a.jsonl") == rows("b.jsonl")


def test_a_folder_stands_for_its_articles_and_its_files_of_records(run, write, records, rows):
    write("in/b.txt", TEXT)
    write("in/a/page.html", f"<p>{TEXT}</p>")
    write("in/notes.xyz", TEXT)
    write("in/.hidden.txt", TEXT)
    packed = write("in/c.jsonl.gz", "")
    packed.write_bytes(gzip.compress(b'{"text": "Mint may help."}\n'))
    assert run("in", "in/b.txt", "-o", "out.jsonl").code == 0
    names = list(dict.fromkeys(r["id"] for r in rows("out.jsonl")))
    assert names == ["in/a/page.html", "in/b.txt", "in/c.jsonl.gz:1"]


def test_the_result_what_is_unfinished_and_reports_of_score_are_no_input_of_their_folder(
    run, write, records, rows
):
    records("in.jsonl", {"id": "mint", "text": TEXT})
    write("other.jsonl.parts/000000.jsonl", json.dumps({"text": TEXT}))
    write("report.html", renderer("html")([article(*TEA)]))
    for _ in range(2):
        assert run(".", "-o", "out.jsonl", "--overwrite").code == 0
        assert {r["id"] for r in rows("out.jsonl")} == {"mint"}


def test_a_document_that_cannot_be_scored_is_a_row_that_says_why_and_the_others_are_scored(
    run, write, rows
):
    write(
        "in.jsonl",
        "\n".join(
            (
                '{"id": "good", "text": "Mint may help."}',
                "not JSON",
                "",
                '{"id": "null", "text": null}',
                '{"id": "number", "text": 4}',
                '{"id": "none"}',
                '{"id": ["list"], "text": "Mint."}',
                '{"id": "empty", "text": "  "}',
                '{"id": "fault", "text": "Fault."}',
                '["a list"]',
                '{"text": "The last one."}',
            )
        ),
    )
    result = run("in.jsonl", "none.txt", "-o", "out.jsonl")
    assert [(r["id"], r["error"]) for r in rows("out.jsonl") if r["error"]] == [
        ("in.jsonl:2", "in.jsonl:2 is not JSON: Expecting value: line 1 column 1 (char 0)"),
        ("null", "in.jsonl:4 has null as its text: it must be text"),
        ("number", "in.jsonl:5 has a number as its text: it must be text"),
        ("none", "in.jsonl:6 has no column 'text': name the one with the text (--text-column)"),
        ("in.jsonl:7", "in.jsonl:7 has a list as its id: it must be text or a whole number"),
        ("empty", "in.jsonl:8 is empty: there is nothing to score"),
        (
            "fault",
            "fault: gave up on it for a fault of claimcheck's own (RuntimeError: a fault of two "
            "lines)",
        ),
        ("in.jsonl:10", "in.jsonl:10 is a list, not an object with its text"),
        ("none.txt", "none.txt does not exist: check the name"),
    ]
    assert [r["id"] for r in rows("out.jsonl") if not r["error"]] == ["good", "in.jsonl:11"]
    assert result.code == 2
    assert "9 documents could not be scored" in result.err.splitlines()[0]


def test_the_last_line_says_how_much_was_done(run, records):
    records("in.jsonl", {"text": TEXT}, {"text": None})
    last = run("in.jsonl", "-o", "out.jsonl").err.splitlines()[-1]
    assert last.startswith("Batch: out.jsonl, 2 documents, 2 sentences, 1 error, ")


def test_quiet_says_only_what_went_wrong(run, records):
    records("in.jsonl", {"text": TEXT})
    assert run("in.jsonl", "-o", "out.jsonl", "-q").err == ""
    records("in.jsonl", {"text": None})
    assert run("in.jsonl", "-o", "out.jsonl", "-q", "--overwrite").complaint


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cut.jsonl.gz", gzip.compress(b'{"text": "Mint."}\n' * 1000)[:60]),
        ("cut.parquet", b"PAR1 and no more"),
        ("folder.jsonl/", b""),
    ],
    ids=["gzip", "parquet", "a folder in disguise"],
)
def test_a_file_that_breaks_off_costs_none_of_the_others(run, write, folder, rows, name, content):
    if name.endswith("/"):
        (folder / "in" / name).mkdir(parents=True)
        (folder / "in" / name / "x.txt").write_text("Mint.")
    else:
        write(f"in/{name}", "").write_bytes(content)
    write("in/z.txt", TEXT)
    run("in", "-o", "out.jsonl", "--rows", "documents")
    *_, last = rows("out.jsonl")
    assert last["id"] == "in/z.txt" and last["sentences"] == 2


def test_a_record_that_is_too_large_is_an_error_and_is_not_held_in_memory(run, write, rows):
    long = json.dumps({"id": "long", "text": "Mint. " * 1000})
    write("in.jsonl", f'{long}\n{{"id": "short", "text": "Mint."}}\n')
    run("in.jsonl", "-o", "out.jsonl", "--max-bytes", "100")
    first, second = rows("out.jsonl")
    assert "larger than the limit" in first["error"] and second["id"] == "short"


def test_the_reading_options_of_score_count(run, records, rows):
    records("in.jsonl", {"text": "“Mint cures a cough.” It may help."})
    run("in.jsonl", "-o", "out.jsonl", "--skip-quotations")
    assert [r["text"] for r in rows("out.jsonl")] == ["It may help."]


def test_the_result_is_the_same_whatever_the_chunks(run, records, folder):
    records("in.jsonl", *({"id": n, "text": f"Mint {n} cures."} for n in range(CHUNK + 5)))
    run("in.jsonl", "-o", "whole.jsonl")
    run("in.jsonl", "-o", "single.jsonl", "--chunk-size", "1")
    assert (folder / "whole.jsonl").read_bytes() == (folder / "single.jsonl").read_bytes()
    assert {p.name for p in folder.iterdir()} == {"in.jsonl", "whole.jsonl", "single.jsonl"}


def test_an_empty_input_gives_an_empty_table(run, write, folder):
    parquet = pytest.importorskip("pyarrow.parquet")
    write("in.jsonl", "\n")
    assert run("in.jsonl", "-o", "out.jsonl").code == 0
    assert run("in.jsonl", "-o", "out.parquet").code == 0
    assert (folder / "out.jsonl").read_bytes() == b""
    names = parquet.read_table(folder / "out.parquet").column_names
    assert names == list(COLUMNS[RowKind.SENTENCES])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["in.jsonl"], "--output"),
        (["in.jsonl", "-o", "out.csv"], ".jsonl or .parquet"),
        (["-", "-o", "out.jsonl"], "a batch reads files and folders"),
        (["https://example.org/", "-o", "out.jsonl"], "a batch reads files and folders"),
        (["in.jsonl", "-o", "in.jsonl"], "overwritten"),
        (["in.jsonl", "-o", "out.jsonl", "--resume", "--overwrite"], "exclude"),
        (["none/*.jsonl", "-o", "out.jsonl"], "matches no file"),
        (["empty", "-o", "out.jsonl"], "holds no file"),
        (["in.jsonl", "-o", "no/folder/out.jsonl"], "cannot write"),
        (["in.jsonl", "-o", "empty.jsonl"], "is no file"),
    ],
)
def test_what_cannot_be_is_one_line_before_anything_is_done(run, records, folder, arguments, said):
    records("in.jsonl", {"text": "Mint."})
    for name in ("empty", "empty.jsonl"):
        (folder / name).mkdir()
    before = sorted(folder.iterdir())
    assert said in run(*arguments).complaint
    assert sorted(folder.iterdir()) == before


def test_parquet_without_its_library_names_the_extra(run, records, rows, monkeypatch):
    for name in ("pyarrow", "pyarrow.parquet"):
        monkeypatch.setitem(sys.modules, name, None)
    records("in.jsonl", {"id": "mint", "text": "Mint."})
    extra = "pip install 'claimcheck[parquet]'"
    assert extra in run("in.jsonl", "-o", "out.parquet").complaint
    run("in.jsonl", "in.parquet", "-o", "out.jsonl")
    assert [bool(r["error"] and extra in r["error"]) for r in rows("out.jsonl")] == [False, True]


def test_a_model_that_fails_stops_the_run_with_one_line_and_what_was_done_is_kept(
    run, records, folder
):
    records("in.jsonl", {"text": "Mint."}, {"text": "Broken model."})
    result = run("in.jsonl", "-o", "out.jsonl", "--chunk-size", "1")
    assert "the model is broken" in result.complaint
    assert (folder / "out.jsonl.parts" / "000000.jsonl").exists()


def test_threads_are_shared_among_the_processes():
    assert batch._shared(8, None) == (1, 8)
    assert batch._shared(8, 2) == (4, 2)
    assert batch._shared(2, 8) == (1, 8)


def test_the_shipped_model_gives_the_same_rows_as_score(run, records, rows, scorer, monkeypatch):
    monkeypatch.setattr(batch, "_scorer", lambda *_: scorer)
    text = "Linden tea ends insomnia for good. It may help some people relax."
    records("in.jsonl", {"text": text})
    run("in.jsonl", "-o", "out.jsonl")
    expected = scorer.score(text).sentences
    assert [(r["text"], r["label"]) for r in rows("out.jsonl")] == [
        (s.text, s.label.value) for s in expected
    ]
    assert [r["confidence"] for r in rows("out.jsonl")] == [
        round(s.confidence, 6) for s in expected
    ]
