"""SARIF 2.1.0 (OASIS): findings for code-scanning tools and editors."""

import json
from collections.abc import Sequence
from typing import Any

from claimcheck import __version__
from claimcheck.labels import LABEL_WORDS, REASON_WORDS, Label, Reason
from claimcheck.rendering.display import certainty, displayable, explanation, place
from claimcheck.rendering.origins import as_uri
from claimcheck.rendering.sources import Source, source_of
from claimcheck.report import Report, ScoredSentence
from claimcheck.selection import OVERCLAIMS, Selection

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
FINGERPRINT = "claimcheckSentence/v1"


def render(reports: Sequence[Report], selection: Selection = OVERCLAIMS) -> str:
    """Return a SARIF log with one run: a rule for each label and reason, a result a finding."""
    results = [result for r in reports for result in _results(r, selection)]
    run = {
        "tool": {"driver": {"name": "claimcheck", "version": __version__, "rules": _rules()}},
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [n for r in reports for n in _notifications(r)],
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rules() -> list[dict[str, Any]]:
    labels = [
        _rule(label.value, LABEL_WORDS[label].title, LABEL_WORDS[label].meaning, "", _level(label))
        for label in Label
    ]
    overclaimed = LABEL_WORDS[Label.OVERCLAIMED]
    reasons = [
        _rule(
            _reason_rule(reason),
            f"{overclaimed.title}: {REASON_WORDS[reason].title}",
            overclaimed.meaning,
            REASON_WORDS[reason].advice,
            _level(Label.OVERCLAIMED),
        )
        for reason in Reason
    ]
    return labels + reasons


def _rule(name: str, title: str, meaning: str, advice: str, level: str) -> dict[str, Any]:
    return {
        "id": name,
        "shortDescription": {"text": f"{title}."},
        "fullDescription": {"text": meaning},
        "help": {"text": f"{meaning} {advice}".rstrip()},
        "defaultConfiguration": {"level": level},
        "properties": {"tags": ["health", "wording"]},
    }


def _reason_rule(reason: Reason) -> str:
    return f"{Label.OVERCLAIMED}/{reason}"


_RULE_INDEX = {name: i for i, name in enumerate([*Label, *map(_reason_rule, Reason)])}


def _level(label: Label) -> str:
    return "warning" if label is Label.OVERCLAIMED else "note"


def _notifications(report: Report) -> list[dict[str, Any]]:
    return [
        {
            "level": "warning",
            "message": {"text": displayable(warning)},
            "locations": [{"physicalLocation": _artifact(report)}],
        }
        for warning in report.warnings
    ]


def _results(report: Report, selection: Selection) -> list[dict[str, Any]]:
    source = source_of(report)
    return [_result(report, source, s) for s in selection.findings(report)]


def _result(report: Report, source: Source | None, sentence: ScoredSentence) -> dict[str, Any]:
    rule = _reason_rule(sentence.reasons[0]) if sentence.reasons else sentence.label.value
    return {
        "ruleId": rule,
        "ruleIndex": _RULE_INDEX[rule],
        "level": _level(sentence.label),
        "message": {"text": f"{explanation(sentence)} ({certainty(sentence)})"},
        "locations": [_location(report, source, sentence)],
        "partialFingerprints": {FINGERPRINT: sentence.fingerprint},
        "rank": round(100 * sentence.confidence, 2),
        "properties": {
            "label": sentence.label.value,
            "confidence": round(sentence.confidence, 4),
            "unsure": sentence.unsure,
            "text": displayable(sentence.text),
        },
    }


def _location(report: Report, source: Source | None, sentence: ScoredSentence) -> dict[str, Any]:
    physical = _artifact(report)
    if source is not None:
        return {"physicalLocation": {**physical, "region": _region(source, sentence)}}
    # In a Word file or a PDF no line or offset means anything to a reader.
    logical = {"fullyQualifiedName": place(sentence.location)}
    return {"physicalLocation": physical, "logicalLocations": [logical]}


def _artifact(report: Report) -> dict[str, Any]:
    return {"artifactLocation": {"uri": as_uri(report.origin)}}


def _region(source: Source, sentence: ScoredSentence) -> dict[str, Any]:
    span = source.span(sentence)
    start, end = source.locate(span.start, sentence), source.locate(span.end, sentence)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "charOffset": span.start,
        "charLength": span.end - span.start,
        "snippet": {"text": source.text[span.start : span.end]},
    }
