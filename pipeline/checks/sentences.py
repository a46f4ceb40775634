"""Sentences of a document that hold several figures: where a report can contradict itself within one breath."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import regex

from pipeline.document import Outline, Passage
from pipeline.extraction.values.comparison import Comparison, find_comparisons
from pipeline.extraction.values.numbers import Quantity, find_quantities
from pipeline.text import fold

_END = regex.compile(r"(?<!\d)[.](?=\s\p{Lu}|\s?$)|(?<=\d)[.](?=\s\p{Lu}|\s?$)|;(?=\s)|\n")
_LONGEST = 1_000
"""Characters; longer runs without a stop are lists, not sentences."""


@dataclass(frozen=True)
class Sentence:
    """One sentence, its folded text, and the figures in it."""

    passage: Passage

    @cached_property
    def text(self) -> str:
        """The text as read."""
        return self.passage.text

    @cached_property
    def folded(self) -> str:
        """The text folded; offsets are those of :attr:`text`."""
        return fold(self.text)

    @cached_property
    def quantities(self) -> list[Quantity]:
        """All quantities of the sentence."""
        return find_quantities(self.text)

    @cached_property
    def comparisons(self) -> list[Comparison]:
        """All comparisons of the sentence with last year or the plan."""
        return find_comparisons(self.text)

    def words(self, quantity: Quantity) -> Passage:
        """Return the words of one of the quantities."""
        return self.passage.span(quantity.start, quantity.unit_end)


def sentences(outline: Outline, mentions: regex.Pattern[str]) -> Iterator[Sentence]:
    """Yield the sentences of the body whose folded text ``mentions`` finds something in, in reading order."""
    for section in outline.sections:
        for passage in (section.heading, *section.body):
            text = passage.text
            if not mentions.search(fold(text)):
                continue
            start = 0
            for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
                part = passage.span(start, end)
                start = end
                if part.words and len(part.text) <= _LONGEST and mentions.search(fold(part.text)):
                    yield Sentence(part)
