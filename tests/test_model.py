"""The model folder: checked when it is opened, and refused in words when it is not right."""

import json
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.backends import TOKEN_BUDGET, token_batches
from claimcheck.encoding import Encoder
from claimcheck.errors import ModelError
from claimcheck.labels import Label
from claimcheck.manifest import DEFAULT_MODEL, MANIFEST, SHIPPED, load_manifest
from claimcheck.scoring import Scorer

SHIPPED_MODEL = SHIPPED / DEFAULT_MODEL


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped model that a test may spoil."""
    return shutil.copytree(SHIPPED_MODEL, tmp_path / "model")


def edit_manifest(folder, **changes):
    path = folder / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")


def test_the_shipped_model_is_whole_and_has_a_card():
    manifest = load_manifest(SHIPPED_MODEL)
    assert set(manifest.files) == {"model.onnx", "tokenizer.json"}
    assert set(manifest.labels) == set(Label)
    assert manifest.version in (SHIPPED_MODEL / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_damaged_file_is_refused(folder, name):
    with (folder / name).open("ab") as file:
        file.write(b"x")
    with pytest.raises(ModelError, match="damaged"):
        load_manifest(folder)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", MANIFEST])
def test_a_missing_file_is_refused(folder, name):
    (folder / name).unlink()
    with pytest.raises(ModelError, match=name):
        Scorer(folder)


@pytest.mark.parametrize(
    "changes",
    [
        {"labels": ["good", "bad"]},
        {"labels": ["hedged"]},
        {"surprise": 1},
        {"thresholds": {"x": 1}},
        {"temperature": 0},
        {"temperature": None},
        {"max_length": 4000},
        {"max_length": 0},
        {"files": None},
        {"files": []},
    ],
)
def test_a_manifest_that_is_none_is_refused(folder, changes):
    edit_manifest(folder, **changes)
    with pytest.raises(ModelError, match="not a valid manifest"):
        load_manifest(folder)


def test_a_file_that_is_no_network_is_refused(folder):
    (folder / "model.onnx").write_bytes(b"not a network")
    edit_manifest(folder, files={})
    with pytest.raises(ModelError, match="cannot be loaded"):
        Scorer(folder).classify(["Tea helps."])


def test_below_its_threshold_a_label_is_not_reported_but_kept(folder):
    text = ["This miracle tea cures every cancer, guaranteed."]
    assert Scorer(SHIPPED_MODEL).classify(text)[0].label is Label.OVERCLAIMED
    edit_manifest(folder, thresholds={"overclaimed": 1.01})
    found = Scorer(folder).classify(text)[0]
    assert found.label is not Label.OVERCLAIMED and found.model_label is Label.OVERCLAIMED
    assert found.reasons == () and found.confidence == found.scores[found.label]


def encoder(max_length=8, context_tokens=4):
    return Encoder(SHIPPED_MODEL / "tokenizer.json", max_length, context_tokens)


def test_windows_cover_every_token_of_a_sentence():
    words = " ".join(["tea", "milk", "salt", "water", "bread"] * 9)
    windows = encoder().encode([words, "tea"], in_order=False)
    whole = encoder(max_length=1000).encode([words], in_order=False)[0].ids[1:-1]
    pieces = [w.ids[1:-1] for w in windows if w.sentence == 0]
    assert all(len(p) <= 8 for p in pieces)
    rebuilt = list(pieces[0])
    for piece in pieces[1:]:
        rebuilt += piece[2:]
    assert tuple(rebuilt) == whole and windows[-1].sentence == 1


def test_the_context_is_the_end_of_what_stands_before():
    windows = encoder().encode(["tea milk salt", "bread water", "rice"], in_order=True)
    first, second, third = (w.ids for w in windows)
    assert len(first) == windows[0].first_part
    assert second[windows[1].first_part : -1] == first[1:-1]
    assert third[windows[2].first_part : -1] == (
        *first[2:-1],
        *second[1 : windows[1].first_part - 1],
    )


def test_one_sentence_is_encoded_for_training_as_it_is_for_scoring():
    sentences = ["Tea is hot.", "It helps.", "This effect lasts."]
    scored = encoder().encode(sentences, in_order=True)[2]
    assert encoder().encode_one(sentences[2], " ".join(sentences[:2])).ids == scored.ids


@given(st.lists(st.integers(0, 600), max_size=200))
def test_batches_hold_every_row_once_and_stay_within_the_budget(lengths):
    batches = list(token_batches(lengths))
    assert sorted(row for batch in batches for row in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) * max(lengths[row] for row in batch) <= TOKEN_BUDGET
