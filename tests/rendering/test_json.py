"""JSON: what it holds, and that it keeps to its published schema."""

import json

import pytest

from claimcheck.labels import Label
from claimcheck.rendering import renderer


def test_json_offsets_index_its_own_text(report):
    found = json.loads(renderer("json")([report]))["reports"][0]
    assert found["schema"] == "claimcheck.report/1"
    for s in found["sentences"]:
        assert found["text"][s["start"] : s["end"]] == s["text"]
        assert set(s["scores"]) == set(Label)
    assert found["summary"]["overclaim_rate"] == pytest.approx(1 / 3, abs=1e-4)
