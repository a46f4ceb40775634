"""What an evaluation found, and its JSON form."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

SURE = 0.95
"""Confidence from which a wrong field is the worst result: nobody will look at it."""


@dataclass(frozen=True)
class Score:
    """Rows ``matched`` of those ``expected`` by the truth and ``found`` by the run."""

    matched: int = 0
    expected: int = 0
    found: int = 0

    @property
    def precision(self) -> float:
        """Share of the found rows that are right; 1 when nothing was found."""
        return self.matched / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the expected rows that were found; 1 when nothing was expected."""
        return self.matched / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 when there was nothing to find and nothing was found."""
        both = self.expected + self.found
        return 2 * self.matched / both if both else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(self.matched + other.matched, self.expected + other.expected, self.found + other.found)


@dataclass(frozen=True)
class FieldResult:
    """One field of one document; ``confidence`` is the run's, None where it has no row.

    ``expected_state`` and ``got_state`` are the states (``got_state`` empty without a row), ``review`` whether a row
    asks for review, ``page`` and ``box`` where the run saw the value (None where it saw none).
    """

    document: str
    field: str
    group: str
    outcome: Literal["right", "excused", "wrong"]
    expected: str
    got: str
    confidence: float | None
    score: Score
    expected_state: str = ""
    got_state: str = ""
    review: bool = False
    page: int | None = None
    box: tuple[float, float, float, float] | None = None

    @property
    def wrong_and_sure(self) -> bool:
        """Whether the field is wrong with a confidence of :data:`SURE` or more."""
        return self.outcome == "wrong" and self.confidence is not None and self.confidence >= SURE


@dataclass(frozen=True)
class PageResult:
    """Reading errors of one page that has a transcription."""

    document: str
    page: int
    characters: int
    character_edits: int
    words: int
    word_edits: int

    @property
    def character_error_rate(self) -> float:
        """Edits per character of the transcription."""
        return self.character_edits / self.characters if self.characters else 0.0

    @property
    def word_error_rate(self) -> float:
        """Edits per word of the transcription."""
        return self.word_edits / self.words if self.words else 0.0


@dataclass(frozen=True)
class RowScores:
    """How the rows of one document fare; None where its truth names no such rows."""

    document: str
    references: Score | None
    delegations: Score | None
    sections: Score | None


@dataclass(frozen=True)
class JudgedRow:
    """A field, or a row of delegations or references, that is right or wrong; ``review`` says that a person is to see it."""

    document: str
    table: Literal["fields", "delegations", "references"]
    right: bool
    confidence: float
    review: bool


@dataclass(frozen=True)
class Evaluation:
    """A run against its truth.

    ``documents`` names what was judged; ``missing`` are truths without a document in the run, all of whose fields
    count as wrong; ``without_truth`` are documents that nothing is known of. Scores are None where no truth names
    such rows. A field that is ``excused`` (handwritten, and the run says so) counts as neither right nor wrong.
    """

    documents: tuple[str, ...]
    missing: tuple[str, ...]
    without_truth: tuple[str, ...]
    fields: tuple[FieldResult, ...]
    pages: tuple[PageResult, ...] = ()
    rows: tuple[RowScores, ...] = ()
    listed: tuple[JudgedRow, ...] = ()
    """The rows of delegations and references."""

    @property
    def judged(self) -> list[JudgedRow]:
        """Everything that has a confidence and is right or wrong; what is excused is neither."""
        fields = [
            JudgedRow(f.document, "fields", f.outcome == "right", f.confidence, f.review)
            for f in self.fields
            if f.outcome != "excused" and f.confidence is not None
        ]
        return [*fields, *self.listed]

    @property
    def references(self) -> Score | None:
        """The cited documents of all documents together, or None where no truth names any."""
        return _total(scores.references for scores in self.rows)

    @property
    def delegations(self) -> Score | None:
        """The delegations of all documents together, or None where no truth names any."""
        return _total(scores.delegations for scores in self.rows)

    @property
    def sections(self) -> Score | None:
        """The headings of all documents together, or None where no truth names any."""
        return _total(scores.sections for scores in self.rows)

    def count(self, outcome: Literal["right", "excused", "wrong"], document: str | None = None) -> int:
        """Return the number of fields with ``outcome``, of one document or of all."""
        return sum(f.outcome == outcome and document in {None, f.document} for f in self.fields)

    @property
    def misses(self) -> list[FieldResult]:
        """The wrong fields."""
        return [field for field in self.fields if field.outcome == "wrong"]

    @property
    def wrong_and_sure(self) -> list[FieldResult]:
        """The wrong fields with a confidence of :data:`SURE` or more."""
        return [field for field in self.fields if field.wrong_and_sure]

    @property
    def groups(self) -> dict[str, Score]:
        """Precision and recall by group of fields, of what documents state (``reported`` or ``none``)."""
        scores: dict[str, Score] = {}
        for field in self.fields:
            scores[field.group] = scores.get(field.group, Score()) + field.score
        return scores

    @property
    def all_pages(self) -> PageResult | None:
        """The reading errors of all transcribed pages together, or None without any."""
        if not self.pages:
            return None
        totals = [
            sum(getattr(page, name) for page in self.pages)
            for name in ("characters", "character_edits", "words", "word_edits")
        ]
        return PageResult("", 0, *totals)

    def as_dict(self) -> dict[str, Any]:
        """Return the evaluation as JSON values."""
        pages = self.all_pages
        return {
            "fields": {"all": len(self.fields), **{o: self.count(o) for o in ("right", "excused", "wrong")}},
            "documents": [
                {"document": name, **{o: self.count(o, name) for o in ("right", "excused", "wrong")}}
                for name in self.documents
            ],
            "missing": list(self.missing),
            "without_truth": list(self.without_truth),
            "groups": {name: _score(score) for name, score in self.groups.items()},
            "references": _score(self.references),
            "delegations": _score(self.delegations),
            "sections": _score(self.sections),
            "character_error_rate": pages.character_error_rate if pages else None,
            "word_error_rate": pages.word_error_rate if pages else None,
            "pages": [
                {
                    **asdict(p),
                    "character_error_rate": p.character_error_rate,
                    "word_error_rate": p.word_error_rate,
                }
                for p in self.pages
            ],
            "misses": _misses(self.misses),
            "wrong_and_sure": _misses(self.wrong_and_sure),
        }

    def to_json(self) -> str:
        """Return the evaluation as an indented JSON text."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2)


def _total(scores: Iterable[Score | None]) -> Score | None:
    known = [score for score in scores if score is not None]
    return sum(known, Score()) if known else None


def _score(score: Score | None) -> dict[str, float] | None:
    if score is None:
        return None
    return {**asdict(score), "precision": score.precision, "recall": score.recall, "f1": score.f1}


def _misses(fields: Iterable[FieldResult]) -> list[dict[str, Any]]:
    names = ("document", "field", "expected", "got", "confidence")
    return [{name: getattr(field, name) for name in names} for field in fields]
