"""Which sentences of a report count as findings: what is shown, and what makes a check fail."""

from dataclasses import dataclass, replace

from claimcheck.labels import Label
from claimcheck.report import Report, ScoredSentence


@dataclass(frozen=True, slots=True)
class Selection:
    """What an editor wants to hear of.

    Attributes:
        labels: sentences with one of these labels are findings.
        min_confidence: those said with less than this probability are not.
        known: fingerprints of findings that are known already (a baseline), and not repeated.

    """

    labels: frozenset[Label] = frozenset({Label.OVERCLAIMED})
    min_confidence: float = 0.0
    known: frozenset[str] = frozenset()

    def findings(self, report: Report) -> tuple[ScoredSentence, ...]:
        """Return the findings of a report in reading order."""
        return tuple(
            s
            for s in report.sentences
            if s.label in self.labels
            and s.confidence >= self.min_confidence
            and s.fingerprint not in self.known
        )

    def left_out(self, report: Report) -> tuple[ScoredSentence, ...]:
        """Return what would be findings of a report, were they not known, in reading order."""
        everything = replace(self, known=frozenset()).findings(report)
        return tuple(s for s in everything if s.fingerprint in self.known)


OVERCLAIMS = Selection()
"""The default: every overclaim, however unsure."""
