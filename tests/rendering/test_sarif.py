"""SARIF: valid, and pointing at exactly the words of the file."""

import json
from dataclasses import replace

import pydantic_sarif.model
import pytest

from claimcheck.document import Location, Markup, Run
from claimcheck.labels import Label, Reason
from claimcheck.rendering import renderer
from claimcheck.selection import Selection
from tests.rendering.articles import Line, article

ALL = Selection(labels=frozenset(Label))


def run_of(*reports, selection=ALL):
    return json.loads(renderer("sarif")(reports, selection))["runs"][0]


def regions(run):
    return [r["locations"][0]["physicalLocation"]["region"] for r in run["results"]]


def test_a_log_looks_like_its_snapshot(tea, snapshot):
    snapshot("report.sarif", renderer("sarif")([tea], Selection()))


def test_a_log_keeps_to_the_model_generated_from_the_official_schema(tea, report):
    log = pydantic_sarif.model.StaticAnalysisResultsFormatSarifVersion210JsonSchema
    for found in ([tea], [report, tea], [], [in_word(tea)]):
        log.model_validate_json(renderer("sarif")(found, ALL))


def test_rules_are_the_labels_and_reasons_each_with_help():
    rules = run_of()["tool"]["driver"]["rules"]
    assert [r["id"] for r in rules] == [*Label, *(f"overclaimed/{reason}" for reason in Reason)]
    assert all(r["help"]["text"] and r["shortDescription"]["text"] for r in rules)


def test_a_result_names_its_rule_by_name_and_number(tea):
    run = run_of(tea)
    rules = run["tool"]["driver"]["rules"]
    assert [rules[r["ruleIndex"]]["id"] for r in run["results"]] == [
        r["ruleId"] for r in run["results"]
    ]
    assert run["results"][1]["ruleId"] == "overclaimed/absolute"
    assert [r["level"] for r in run["results"]] == ["note", "warning", "note", "note", "warning"]


def test_a_region_is_where_the_sentence_stands_in_the_text(tea):
    for region, sentence in zip(regions(run_of(tea)), tea.sentences, strict=True):
        start = region["charOffset"]
        assert tea.text[start : start + region["charLength"]] == sentence.text
        line = tea.text.splitlines()[region["startLine"] - 1]
        assert region["startLine"] == region["endLine"]
        assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == sentence.text


def test_a_region_is_where_the_sentence_stands_in_the_markup():
    source = "<p>Tea &amp;\n<b>water</b> heal.</p>"
    report = article(Line("Tea & water heal.", Label.OVERCLAIMED), origin="tea.html")
    runs = (Run(0, 4, 3, 7), Run(4, 5, 7, 12), Run(5, 6, 12, 13), Run(6, 11, 16, 21),
            Run(11, 17, 25, 31))  # fmt: skip
    region = regions(run_of(replace(report, markup=Markup("html", source, runs))))[0]
    assert region["snippet"]["text"] == "Tea &amp;\n<b>water</b> heal."
    assert (region["startLine"], region["startColumn"]) == (1, 4)
    assert (region["endLine"], region["endColumn"]) == (2, 19)


def in_word(report):
    blocks = tuple(replace(b, paragraph=i) for i, b in enumerate(report.blocks, 1))
    sentences = tuple(
        replace(s, location=Location(paragraph=s.block + 1)) for s in report.sentences
    )
    return replace(report, blocks=blocks, sentences=sentences, origin="tea.docx")


def test_a_finding_in_a_word_file_names_its_paragraph_and_no_line(tea):
    location = run_of(in_word(tea))["results"][1]["locations"][0]
    assert "region" not in location["physicalLocation"]
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "paragraph 2"


@pytest.mark.parametrize(
    ("origin", "uri"),
    [
        ("drafts/green tea: 100%.txt", "drafts/green%20tea%3A%20100%25.txt"),
        ("/drafts/tea.txt", "file:///drafts/tea.txt"),
        ("https://example.com/a?b=c#d", "https://example.com/a?b=c#d"),
        ("https://example.com/grün tee", "https://example.com/gr%C3%BCn%20tee"),
    ],
)
def test_an_origin_becomes_a_uri(origin, uri):
    result = run_of(article(Line("Tea heals."), origin=origin))["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_a_fingerprint_does_not_depend_on_the_place(tea):
    moved = article(Line("Before."), Line("Tea cures all ills.", Label.OVERCLAIMED))
    fingerprint = run_of(tea)["results"][1]["partialFingerprints"]
    assert run_of(moved)["results"][1]["partialFingerprints"] == fingerprint


def test_warnings_are_notifications(tea):
    notes = run_of(tea)["invocations"][0]["toolExecutionNotifications"]
    assert [n["message"]["text"] for n in notes] == ["This is a sample."]
