"""JSON and JSON lines: what they hold, and that they keep to the published schema."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from claimcheck.labels import Label, Reason
from claimcheck.rendering import renderer
from claimcheck.report import SCHEMA
from claimcheck.schema import report_schema
from claimcheck.selection import Selection
from tests.rendering.articles import Line, article

NONE = Selection(labels=frozenset())


def validator(part=""):
    schema = report_schema()
    reference = {"$ref": f"{schema['$id']}{part}"}
    from referencing import Registry, Resource

    registry = Registry().with_resource(schema["$id"], Resource.from_contents(schema))
    return Draft202012Validator(reference, registry=registry)


def objects(schema):
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for value in schema.values():
            yield from objects(value)


def test_json_looks_like_its_snapshot(tea, snapshot):
    snapshot("report.json", renderer("json")([tea]))


def test_json_lines_look_like_their_snapshot(tea, snapshot):
    snapshot("report.jsonl", renderer("jsonl")([tea]))


def test_json_offsets_index_its_own_text(report):
    found = json.loads(renderer("json")([report]))["reports"][0]
    assert found["schema"] == SCHEMA
    for s in found["sentences"]:
        assert found["text"][s["start"] : s["end"]] == s["text"]
        assert set(s["scores"]) == set(Label)
    assert found["summary"]["overclaim_rate"] == pytest.approx(1 / 3, abs=1e-4)


def test_json_keeps_to_the_published_schema(report, tea):
    validator("#/$defs/file").validate(json.loads(renderer("json")([report, tea])))
    validator("#/$defs/file").validate(json.loads(renderer("json")([])))
    validator().validate(tea.to_dict())


def test_a_json_line_is_a_sentence_of_the_schema_with_its_origin(report, tea):
    lines = renderer("jsonl")([report, tea]).splitlines()
    assert len(lines) == len(report.sentences) + len(tea.sentences)
    for line, origin in zip(lines, [report.origin] * 4 + [tea.origin] * 5, strict=True):
        found = json.loads(line)
        assert found.pop("origin") == origin
        validator("#/$defs/sentence").validate(found)


def test_the_schema_is_itself_valid_names_its_version_and_allows_nothing_unknown():
    schema = report_schema()
    Draft202012Validator.check_schema(schema)
    assert schema["properties"]["schema"]["const"] == SCHEMA
    for found in objects(schema):
        assert found["additionalProperties"] is False
        assert sorted(found["required"]) == sorted(found["properties"])


def test_the_schema_knows_the_labels_and_reasons_of_the_vocabulary():
    definitions = report_schema()["$defs"]
    assert definitions["label"]["enum"] == list(Label)
    assert definitions["reason"]["enum"] == list(Reason)


def test_every_sentence_is_given_whatever_the_selection(tea):
    assert renderer("json")([tea], NONE) == renderer("json")([tea])
    assert renderer("jsonl")([tea], NONE) == renderer("jsonl")([tea])


@given(st.text())
def test_no_text_breaks_a_json_line(text):
    line = renderer("jsonl")([article(Line(text), origin=text)])
    assert len(line.splitlines()) == 1
    assert json.loads(line)["text"] == text
