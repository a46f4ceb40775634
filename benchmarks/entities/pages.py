"""Entities on scanned pages, as a run finds them, against what is printed there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.entities.scoring import Tallies, count_exact
from benchmarks.pages.reading import ReadDocument
from pipeline.clock import StageClock
from pipeline.document import Box, Page, Word
from pipeline.extraction.profile import Profile
from pipeline.process import understand

Printed = tuple[int, int]
"""Page and position of a printed word."""
_NEAR = 0.02
"""How far, in parts of a page, a printed word may lie outside its entity's box by rounding."""


def exact(documents: Sequence[ReadDocument], truths: Path, profile: Profile) -> Tallies:
    """Return how many entities of the text under headings cover the right printed words with the right label.

    A word as read stands for the printed words that it lies on; words that were not read count on neither side.
    """
    tallies: Tallies = {}
    for read in documents:
        truth = json.loads((truths / f"{read.printed.scan.stem}.json").read_text("utf-8"))
        found, body = _found(read, truth, profile)
        true = [
            (covered, row["label"])
            for row in truth["entities"]
            if (covered := frozenset(_printed(row, truth)) & body)
        ]
        count_exact(tallies, found, true)
    return tallies


def _found(
    read: ReadDocument, truth: dict[str, Any], profile: Profile
) -> tuple[list[tuple[frozenset[Printed], str]], frozenset[Printed]]:
    """Return the entities by the printed words that they cover, and the printed words of all text under headings."""
    pages = [read.pages[number] for number in sorted(read.pages)]
    _, outline, extraction = understand(pages, profile, StageClock())
    place = _Places(read.pages, truth)
    found = [
        (words, row.label)
        for row in extraction.entities
        if (words := frozenset(place.under(row.evidence.words)))
    ]
    body = frozenset(
        place.under(word for section in outline.sections for part in section.body for word in part.words)
    )
    return found, body


class _Places:
    """The printed words by where they lie."""

    def __init__(self, pages: dict[int, Page], truth: dict[str, Any]) -> None:
        self._pages = pages
        self._words = {int(page): [Box(*box) for _, *box in words] for page, words in truth["words"].items()}

    def under(self, words: Any) -> Iterator[Printed]:
        """Yield the printed words whose middle lies in one of the words as read, or the other way round."""
        for word in words:
            yield from self._under(word)

    def _under(self, word: Word) -> Iterator[Printed]:
        box = self._pages[word.page].on_scan(word.box)
        for at, printed in enumerate(self._words.get(word.page, ())):
            if _middle_in(printed, box) or _middle_in(box, printed):
                yield word.page, at


def _middle_in(inner: Box, outer: Box) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, (inner.y0 + inner.y1) / 2
    return outer.x0 <= x <= outer.x1 and outer.y0 <= y <= outer.y1


def _printed(row: dict[str, Any], truth: dict[str, Any]) -> Iterator[Printed]:
    """Yield the printed words of an entity: the run of words in its box that reads as it is printed."""
    if "page" not in row:
        return
    words = truth["words"][str(row["page"])]
    x0, y0, x1, y1 = row["box"]
    wanted = row["printed"].split()
    inside = [
        x0 - _NEAR <= box[0] and box[2] <= x1 + _NEAR and y0 - _NEAR <= box[1] and box[3] <= y1 + _NEAR
        for _, *box in words
    ]
    for at in range(len(words) - len(wanted) + 1):
        if inside[at] and [word[0] for word in words[at : at + len(wanted)]] == wanted:
            yield from ((row["page"], at + k) for k in range(len(wanted)))
            return
