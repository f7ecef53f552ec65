"""GitHub: workflow commands, which a job's log turns into annotations in the pull request."""

from collections.abc import Sequence

from claimcheck.labels import LABEL_WORDS, Label
from claimcheck.reading import is_address
from claimcheck.rendering.display import certainty, explanation, one_line, place
from claimcheck.report import Report, ScoredSentence
from claimcheck.selection import OVERCLAIMS, Selection


def render(reports: Sequence[Report], selection: Selection = OVERCLAIMS) -> str:
    """Return one command a finding: an overclaim is a warning, any other label a notice."""
    return "".join(_command(r.origin, s) for r in reports for s in selection.findings(r))


def _command(origin: str, sentence: ScoredSentence) -> str:
    level = "warning" if sentence.label is Label.OVERCLAIMED else "notice"
    location = sentence.location
    where = place(location) if location.line is None else ""
    properties = {
        "file": None if is_address(origin) else one_line(origin),
        "line": location.line,
        "col": location.column,
        "title": ", ".join(filter(None, [LABEL_WORDS[sentence.label].title, where])),
    }
    given = ",".join(f"{k}={_property(str(v))}" for k, v in properties.items() if v is not None)
    message = f"“{one_line(sentence.text)}” {explanation(sentence)} ({certainty(sentence)})"
    return f"::{level} {given}::{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
