"""How well a page was read: character and word error rates against a transcription of it.

Each printed line of the transcription is looked for in the page's text at the place where it needs the fewest edits,
and that place is used up: first the lines that are there, then those that are not, the longest first. So the order of
columns does not count, nor does what the transcription leaves out on purpose (captions, stamps, signatures).
Handwriting, transcribed as ``⟦…⟧``, is left out too.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import regex
from numpy.typing import NDArray

from pipeline.text import nfc, squeeze

_HANDWRITING = regex.compile(r"⟦[^⟧]*⟧")
_HANDWRITTEN_WORD = regex.compile(r"\S*⟦[^⟧]*⟧\S*")
_ALIKE = str.maketrans("–—−‑“”‘’", "----\"\"''")
"""Dashes and quotes that no reader of the text tells apart."""
_USED = -1

LOST = 0.5
"""Share of wrong characters above which a line was not read at all; it must not use up another's place."""

Symbols = NDArray[np.int64]


@dataclass(frozen=True)
class TextErrors:
    """Characters (or words) of the truth, and the edits that lead from what was read to them."""

    length: int
    edits: int


def character_errors(truth: str, read: str) -> TextErrors:
    """Return the character errors of the text ``read`` from a page whose transcription is ``truth``."""
    pieces = [squeeze(p) for line in truth.splitlines() for p in _HANDWRITING.split(_normal(line))]
    return _errors([piece for piece in pieces if piece], squeeze(_normal(read)))


def word_errors(truth: str, read: str) -> TextErrors:
    """Return the word errors; a word partly written by hand is left out whole."""
    pieces = [p.split() for line in truth.splitlines() for p in _HANDWRITTEN_WORD.split(_normal(line))]
    return _errors([piece for piece in pieces if piece], _normal(read).split())


def _normal(text: str) -> str:
    return nfc(text).translate(_ALIKE)


def _errors(pieces: Sequence[Sequence[Hashable]], read: Sequence[Hashable]) -> TextErrors:
    codes: dict[Hashable, int] = {}

    def encode(sequence: Sequence[Hashable]) -> Symbols:
        return np.array([codes.setdefault(symbol, len(codes)) for symbol in sequence], dtype=np.int64)

    text = encode(read)
    edits = 0

    def rank(piece: Symbols) -> tuple[bool, int]:
        lost = best_stretch(piece, text)[0] > LOST * len(piece)
        return lost, -len(piece)

    for piece in sorted(map(encode, pieces), key=rank):
        distance, start, end = best_stretch(piece, text)
        text[start:end] = _USED
        edits += distance
    return TextErrors(sum(map(len, pieces)), edits)


def best_stretch(pattern: Symbols, text: Symbols) -> tuple[int, int, int]:
    """Return (edits, start, end) of the stretch of ``text`` nearest to ``pattern`` in Levenshtein distance.

    Sellers' algorithm: the dynamic programme of the edit distance with a free start and a free end in the text
    (P. Sellers, The theory and computation of evolutionary distances, J. Algorithms 1, 1980).
    """
    last = _last_row(pattern, text, np.zeros(len(text) + 1, dtype=np.int64))
    end = int(last.argmin())
    back = _last_row(pattern[::-1], text[:end][::-1], np.arange(end + 1, dtype=np.int64))
    return int(last[end]), end - int(back.argmin()), end


def _last_row(pattern: Symbols, text: Symbols, row: Symbols) -> Symbols:
    """Return the last row of the edit distance table whose first row is ``row``, one entry per end in ``text``."""
    steps = np.arange(len(text) + 1, dtype=np.int64)
    for symbol in pattern:
        following = row + 1
        np.minimum(following[1:], row[:-1] + (text != symbol), out=following[1:])
        row = np.minimum.accumulate(following - steps) + steps  # insertions, from the left
    return row
