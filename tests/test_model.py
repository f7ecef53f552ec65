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
from claimcheck.manifest import DEFAULT_MODEL, MANIFEST, SHIPPED, Limits, load_manifest
from claimcheck.scoring import Scorer
from train.card import model_card

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


def test_its_card_says_what_was_measured_and_nothing_else():
    assert (SHIPPED_MODEL / "README.md").read_text("utf-8") == model_card(SHIPPED_MODEL)


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


def encoder(sentence=8, window=16, context=4):
    return Encoder(SHIPPED_MODEL / "tokenizer.json", Limits(sentence, window, context))


def test_windows_cover_every_token_of_a_sentence():
    words = " ".join(["tea", "milk", "salt", "water", "bread"] * 9)
    windows = encoder().encode([words, "tea"], in_order=False)
    pieces = [w.ids[1:-1] for w in windows if w.pieces[0].sentence == 0]
    assert all(len(p) <= 8 for p in pieces)
    rebuilt = list(pieces[0])
    for piece in pieces[1:]:
        rebuilt += piece[2:]
    assert tuple(rebuilt) == encoder().tokens(words) and windows[-1].pieces[0].sentence == 1


def test_sentences_of_an_article_share_windows_and_see_what_stands_before():
    sentences = ["tea milk salt", "bread water", "rice", "salt tea tea tea tea tea", "milk"]
    found = encoder()
    tokens = [found.tokens(s) for s in sentences]
    first, second = found.encode(sentences, in_order=True)
    cls, sep = first.ids[0], first.ids[-1]
    assert first.ids == (cls, *tokens[0], sep, *tokens[1], sep, *tokens[2], sep)
    assert second.ids == (
        cls,
        *tokens[1][-1:],
        sep,
        *tokens[2],
        sep,
        *tokens[3],
        sep,
        *tokens[4],
        sep,
    )


def test_a_sentence_alone_has_no_context():
    assert [len(w.pieces) for w in encoder().encode(["tea", "milk"], in_order=False)] == [1, 1]
    together = encoder(window=0).encode(["tea", "milk"], in_order=True)
    assert [len(w.pieces) for w in together] == [1, 1]


sentence_lists = st.lists(st.lists(st.sampled_from(["tea", "milk", "anaemia"]), max_size=30))


@given(sentence_lists, st.integers(0, 40), st.integers(0, 12))
def test_every_sentence_is_judged_once_and_in_order(words, window, context):
    sentences = [" ".join(w) for w in words]
    found = encoder(window=window, context=context)
    windows = found.encode(sentences, in_order=True)
    owners = [piece.sentence for w in windows for piece in w.pieces]
    assert owners == sorted(owners) and set(owners) == set(range(len(sentences)))
    for w in windows:
        assert len(w) <= max(window, 8 + context + 2)
        for piece in w.pieces:
            own = [i for i in w.ids[piece.start : piece.end] if i not in (101, 102)]
            whole = found.tokens(sentences[piece.sentence])
            assert tuple(own) == whole or len(whole) > 8


@given(st.lists(st.integers(0, 600), max_size=200))
def test_batches_hold_every_row_once_and_stay_within_the_budget(lengths):
    batches = list(token_batches(lengths))
    assert sorted(row for batch in batches for row in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) * max(lengths[row] for row in batch) <= TOKEN_BUDGET
