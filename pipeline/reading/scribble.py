"""Words that were never printed: what a reader makes of signatures, initials, rims of seals, folds and dirt.

A small ensemble of trees (recipe and card in ``models/scribble``) tells from how sure a word is, how high and wide beside
the page's letters, how far from its neighbours, and what it spells, whether anything is printed there. It has to be very
sure before a word goes: print that is misread is worse than a scribble that stays, and words in tables are never asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import regex
from rapidfuzz.distance import Levenshtein

from pipeline.document import Grid, Line, Word
from pipeline.text import is_vietnamese_syllable
from pipeline.trees import Floats, Trees
from pipeline.weights import weights_of

FILE = "scribble.npz"
FEATURES = (
    "confidence", "page_confidence", "height", "width_a_letter", "length", "letters", "digits", "syllable",
    "line_words", "before", "after", "gap_before", "gap_after", "others_confidence", "agreement", "top", "middle",
    "line_syllables", "x", "y", "ends_before", "stroke", "width",
)  # fmt: skip
"""What the trees are asked about, in this order: see :func:`features_of`."""
DROPPED_BELOW = 0.05
"""Words with a smaller chance of being printed are left out."""
_FAR = 20.0
"""Gaps, in widths of a letter, beyond which nothing is nearer to anything."""
_SURE = 0.9
_LETTER = regex.compile(r"\p{L}")
_ARRAYS = ("roots", "feature", "threshold", "left", "right", "value")


@dataclass(frozen=True, slots=True)
class _Usual:
    """What is usual on a page: height of a word, width of a letter (fractions of the page), confidence of a word."""

    height: float
    letter: float
    confidence: float


def without_scribble(lines: Sequence[Line], grids: Sequence[Grid] = ()) -> tuple[Line, ...]:
    """Return ``lines`` without the words that surely were not printed, those in ``grids`` apart; empty lines go too."""
    if not lines:
        return ()
    chances = iter(printed_chances(lines).tolist())
    tables = [grid.box for grid in grids]
    kept = []
    for line in lines:
        good = tuple(
            word
            for word, chance in zip(line.words, chances, strict=False)
            if chance >= DROPPED_BELOW or any(word.box.overlap(table) > 0.5 for table in tables)
        )
        if len(good) == len(line.words):
            kept.append(line)
        elif good:
            kept.append(replace(line, words=good))
    return tuple(kept)


def printed_chances(lines: Sequence[Line]) -> Floats:
    """Return the chance of each word of ``lines``, one line after the other, that something is printed there: (words,)."""
    odds = shipped_trees().log_odds(features_of(lines))
    chances: Floats = 1 / (1 + np.exp(-odds))
    return chances


def features_of(lines: Sequence[Line]) -> Floats:
    """Return the features (words, :data:`FEATURES`) of the words of a page's ``lines``, one line after the other.

    Sizes are in heights of a word and widths of a letter of the page, gaps end at twenty letters.
    """
    usual = _usual(lines)
    rows = [row for line in lines for row in _rows(line, usual)]
    return np.array(rows, np.float64).reshape(len(rows), len(FEATURES))


def _usual(lines: Sequence[Line]) -> _Usual:
    words = [word for line in lines for word in line.words]
    long = [word for word in words if len(word.text) > 2 and _LETTER.search(word.text)] or words
    if not words:
        return _Usual(1.0, 1.0, 1.0)
    return _Usual(
        max(1e-6, median(word.box.height for word in long)),
        max(1e-6, median(word.box.width / len(word.text) for word in long)),
        median(word.confidence for word in words),
    )


def _rows(line: Line, usual: _Usual) -> Iterator[tuple[float, ...]]:
    words = line.words
    foot = median(word.box.y1 for word in words)
    middle = median(word.box.y_centre for word in words)
    syllables = [_spells(word) and word.confidence > _SURE and len(word.text) > 1 for word in words]
    confidence = sum(word.confidence for word in words)
    for at, word in enumerate(words):
        box, last = word.box, len(words) - 1 - at
        yield (
            word.confidence,
            usual.confidence,
            box.height / usual.height,
            box.width / len(word.text) / usual.letter,
            len(word.text),
            len(_LETTER.findall(word.text)),
            sum(letter.isdigit() for letter in word.text),
            _spells(word),
            len(words),
            at,
            last,
            min(_FAR, (box.x0 - words[at - 1].box.x1) / usual.letter) if at else _FAR,
            min(_FAR, (words[at + 1].box.x0 - box.x1) / usual.letter) if last else _FAR,
            (confidence - word.confidence) / (len(words) - 1) if len(words) > 1 else -1.0,
            -1.0 if word.other is None else Levenshtein.normalized_similarity(word.other, word.text),
            (box.y1 - foot) / usual.height,
            (box.y_centre - middle) / usual.height,
            sum(syllables),
            box.x_centre,
            box.y_centre,
            at > 0 and words[at - 1].text[-1] in ".;,",
            1.0 if line.stroke is None else line.stroke,
            box.width / usual.letter,
        )


def _spells(word: Word) -> bool:
    return is_vietnamese_syllable(word.text.strip('.,;:()"-'))


def save_trees(trees: Trees, path: Path) -> None:
    """Write ``trees`` as plain arrays; the same trees give the same bytes."""
    about = {"offset": trees.offset, "depth": trees.depth, "features": FEATURES}
    arrays: dict[str, Any] = {name: getattr(trees, name) for name in _ARRAYS}
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, about=np.array(json.dumps(about)), **arrays)


@cache
def shipped_trees() -> Trees:
    """Return the trees that ship with sohoa, read once a process."""
    with np.load(weights_of("scribble") / FILE, allow_pickle=False) as held:
        about = json.loads(str(held["about"]))
        arrays = {name: held[name] for name in _ARRAYS}
    return Trees(**arrays, offset=about["offset"], depth=about["depth"])
