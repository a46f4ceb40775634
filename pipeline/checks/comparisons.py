"""Percentages of last year or of the plan beside the figures that they are said of, within one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import regex

from pipeline.checks.sentences import Sentence, sentences
from pipeline.document import Outline
from pipeline.extraction.values.numbers import Quantity

_MENTIONS = regex.compile(
    r"(?:%|phan tram).*(?:cung ky|nam truoc|nam ngoai|ky truoc|ke hoach|nam \d{4})", regex.S
)
_LAST = regex.compile(
    r"(?:cung ky|nam truoc|nam ngoai|ky truoc|nam \d{4})(?:\s(?:nam truoc|nam ngoai|nam \d{4}))?"
    r"\s?(?:la|dat|:|co|chi dat|uoc dat|\()?\s?(?:khoang\s|hon\s)?\(?$"
)
_PLANNED = regex.compile(
    r"(?:ke hoach|chi tieu)(?:\s(?:nam|giao|de ra|duoc giao|ca nam))?(?:\s\d{4})?\s?(?:la|dat|:|\()?\s?\(?$"
)


@dataclass(frozen=True)
class Compared:
    """A figure, the figure of last year or the plan, and the percentage that the one is said to be of the other."""

    figure: Decimal
    base: Decimal
    percent: Decimal
    base_kind: Literal["last_year", "plan"]


def compared(outline: Outline) -> Iterator[Compared]:
    """Yield what the sentences of a document compare, where one of each stands in the sentence and nothing else."""
    for sentence in sentences(outline, _MENTIONS):
        yield from _in_sentence(sentence)


def _in_sentence(sentence: Sentence) -> Iterator[Compared]:
    kinds: tuple[Literal["last_year", "plan"], ...] = ("last_year", "plan")
    for kind in kinds:
        said = [c for c in sentence.comparisons if c.base == kind and not c.doubt]
        if len(said) != 1:
            continue
        lead = _LAST if kind == "last_year" else _PLANNED
        figures = [
            q for q in sentence.quantities if q.kind in ("count", "money") and not q.repeats and not q.doubt
        ]
        bases = [q for q in figures if lead.search(sentence.folded, max(0, q.start - 60), q.start)]
        if len(bases) != 1 or not bases[0].value:
            continue
        others = [q for q in figures if q is not bases[0] and _alike(q, bases[0])]
        others = [q for q in others if not _LAST.search(sentence.folded, max(0, q.start - 60), q.start)]
        others = [q for q in others if not _PLANNED.search(sentence.folded, max(0, q.start - 60), q.start)]
        if len(others) == 1:
            yield Compared(others[0].value, bases[0].value, said[0].percent, kind)


def _alike(one: Quantity, other: Quantity) -> bool:
    return (one.kind, one.unit, one.currency) == (other.kind, other.unit, other.currency)
