"""Files by path or URI, and the folder that a cluster writes."""

import gzip
import pickle

import pytest

from claimcheck.batch.items import items_of
from claimcheck.batch.job import Job
from claimcheck.errors import ClaimcheckError, InputError
from claimcheck.manifest import SHIPPED

pytest.importorskip("pyarrow")

from claimcheck.batch.folder import SUCCESS, ResultFolder
from claimcheck.batch.stored import StoredFile, record_files, shown
from claimcheck.commands.cluster import everywhere

LINE = b'{"text": "Mint may help."}\n'


@pytest.fixture
def archive(tmp_path):
    """A folder of records, with what is none of them."""
    folder = tmp_path / "archive"
    (folder / "below" / ".hidden").mkdir(parents=True)
    (folder / "b.jsonl").write_bytes(LINE)
    (folder / "below/a.jsonl.gz").write_bytes(gzip.compress(LINE * 2))
    (folder / "below/.hidden/c.jsonl").write_bytes(LINE)
    return folder


def test_a_folder_stands_for_its_files_of_records_at_a_path_and_at_a_uri(archive):
    (archive / "_SUCCESS").touch()
    (archive / "notes.bin").touch()
    by_path = record_files([str(archive)])
    assert [f.shown for f in by_path] == [f"{archive}/b.jsonl", f"{archive}/below/a.jsonl.gz"]
    by_uri = record_files([archive.as_uri() + "/"])
    assert [f.shown for f in by_uri] == [f"file://{f}" for f in by_path]


def test_the_same_records_are_read_from_both_wherever_a_process_runs(archive, monkeypatch):
    monkeypatch.chdir(archive)
    files = pickle.dumps([*record_files(["below/a.jsonl.gz"]), *record_files([archive.as_uri()])])
    monkeypatch.chdir("/")
    places = [item.place for item in items_of(pickle.loads(files), Job())]
    uri = archive.as_uri()
    assert places == [
        *("below/a.jsonl.gz:1", "below/a.jsonl.gz:2"),
        *(f"{uri}/b.jsonl:1", f"{uri}/below/a.jsonl.gz:1", f"{uri}/below/a.jsonl.gz:2"),
    ]


def test_a_file_that_is_missing_is_a_row_and_costs_none_of_the_others(archive):
    files = record_files([f"{archive.as_uri()}/none.jsonl", f"{archive}/b.jsonl"])
    missing, found = items_of(files, Job())
    with pytest.raises(InputError, match=r"none\.jsonl does not exist"):
        missing.document(Job())
    assert found.document(Job()).text == "Mint may help."


def test_an_article_is_refused_with_what_reads_it(archive):
    (archive / "page.html").write_text("<p>Mint may help.")
    with pytest.raises(InputError, match=r"page\.html is no file of records .*--engine local"):
        record_files([str(archive)])


@pytest.mark.parametrize("uri", ["s4://bucket/archive", "file://host/archive"])
def test_an_address_that_is_on_no_filesystem_is_said_in_a_line(uri):
    with pytest.raises(ClaimcheckError, match="on no filesystem") as said:
        record_files([uri])
    assert "\n" not in str(said.value)


def test_a_folder_without_records_is_refused(tmp_path):
    with pytest.raises(InputError, match="holds no file of records"):
        record_files([tmp_path.as_uri()])


def test_neither_secrets_nor_options_of_an_address_come_into_rows():
    uri = "s3://key:secret@bucket/archive/a.jsonl?region=eu-central-1"
    assert shown(uri) == "s3://bucket/archive/a.jsonl"
    assert StoredFile(shown(uri), uri).name == "a.jsonl"
    assert shown("odd?name.jsonl") == "odd?name.jsonl"


@pytest.fixture
def folder(tmp_path):
    """The folder of a result, ready for its files."""
    made = ResultFolder((tmp_path / "out").as_uri())
    made.prepare(overwrite=False)
    return made


def test_a_result_is_marked_as_complete_when_every_file_is_there(folder, tmp_path):
    folder.write("part-0.parquet", b"0")
    folder.write("part-0.parquet", b"1")
    (tmp_path / "out/.lost.part").touch()
    folder.finish(["part-0.parquet"])
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"part-0.parquet", SUCCESS}
    assert (tmp_path / "out/part-0.parquet").read_bytes() == b"1"


def test_files_that_went_to_another_machines_disk_are_missed(folder, tmp_path):
    folder.write("part-0.parquet", b"0")
    with pytest.raises(ClaimcheckError, match=r"1 of 2 files .* all machines of the cluster share"):
        folder.finish(["part-0.parquet", "part-1.parquet"])
    assert not (tmp_path / "out" / SUCCESS).exists()


def test_a_result_is_replaced_only_where_that_is_asked_for(folder, tmp_path):
    folder.write("part-0.parquet", b"0")
    folder.finish(["part-0.parquet"])
    with pytest.raises(ClaimcheckError, match=r"out exists: .*\(--overwrite\)"):
        folder.prepare(overwrite=False)
    folder.prepare(overwrite=True)
    assert not list((tmp_path / "out").iterdir())


def test_what_is_no_result_is_never_removed(folder, tmp_path):
    (tmp_path / "out/letter.txt").touch()
    with pytest.raises(ClaimcheckError, match=r"holds more than a result \(letter\.txt\)"):
        folder.prepare(overwrite=True)
    with pytest.raises(ClaimcheckError, match="is a file"):
        ResultFolder(str(tmp_path / "out/letter.txt")).prepare(overwrite=True)


@pytest.mark.parametrize("name", ["out/part-0.parquet", "out/below/a.jsonl"])
def test_a_result_knows_the_inputs_that_it_would_replace(tmp_path, name):
    assert ResultFolder(str(tmp_path / "out/")).holds(StoredFile(name, str(tmp_path / name)))
    assert not ResultFolder(str(tmp_path / "ou")).holds(StoredFile(name, str(tmp_path / name)))
    uri = f"s3://archive/{name}"
    assert ResultFolder("s3://key:secret@archive/out?region=x").holds(StoredFile(uri, uri))


def test_a_model_is_called_by_what_means_the_same_on_every_machine(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    assert everywhere("mine") == str(tmp_path / "mine")
    assert everywhere("default") == "default" and (SHIPPED / "default").is_dir()
