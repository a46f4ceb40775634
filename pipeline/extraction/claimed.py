"""One claim of a learned tagger, and the row that is made of it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.document import FieldValue, Passage, evidence_of
from pipeline.extraction.candidates import Said
from pipeline.extraction.profile import FieldSpec

EDGES = ' .,;:-–"“”()'
SURE_BESIDE = 0.9
"""The share from which a word beside a name belongs to it, and a name is one whatever stands over it."""


@dataclass(frozen=True)
class SpanClaim:
    """Words ``first:stop`` of a statement's passage that are the value of ``field``, with the mean share they have."""

    field: str
    said: Said
    first: int
    stop: int
    score: float
    choice: str = ""
    """What the words choose, where the field is a choice."""
    shares: tuple[float, ...] = ()
    """The share of every word of the statement."""

    def share_of(self, at: int) -> float:
        """Return the share of word ``at``; 0 outside the claimed words."""
        return self.shares[at] if self.first <= at < self.stop else 0.0

    @property
    def words(self) -> Passage:
        """The words of the value."""
        return Passage(self.said.statement.passage.words[self.first : self.stop])


def claimed_row(spec: FieldSpec, item: int, value: str, words: Passage, claim: SpanClaim) -> FieldValue:
    """Return the row of one value that stands in the ``words`` of a claim."""
    return FieldValue(
        spec.name,
        "reported",
        item=item,
        value_text=value,
        method="entity",
        rule="words learned",
        evidence=evidence_of(words),
        section=claim.said.statement.section,
        score=min(0.97, claim.score),
    )
