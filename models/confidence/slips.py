"""Slips of reading on plain pages: words with the confidences of a reader, wrong as often as those say.

The consensus reader's confidences are calibrated letter by letter (``models/consensus``); here it is the other way
round: a confidence is drawn, and the word is misread with the chance that it leaves. So rows are seen to go wrong by
reading in thousands of documents, where scans are read in minutes each. What scans alone show (marks, letterheads, how
low confidences crowd) is learned from scans.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.document import Line, Page, Word

_DOUBTFUL = (0.0, 0.002, 0.01, 0.04, 0.12)
"""Shares of doubtful words in the kinds of documents that are drawn: from a text layer to a poor copy."""
_SURE = 0.0008
"""What a sure word leaves open at most."""
_SEEN = 0.75
"""Share of misread words of which the second reader says something else."""
_OBJECTED = 0.25
"""Share of doubtful words that are right but disputed."""
_ALIKE = {
    "0": "689", "1": "74", "2": "7", "3": "8", "4": "1", "5": "6", "6": "58", "7": "1", "8": "36", "9": "0",
    "l": "1i", "i": "l", "o": "ơôc", "ô": "ố", "e": "êc", "ê": "ế", "a": "âă", "â": "ấ", "u": "ưn", "n": "u", "đ": "d",
    "d": "đ", "c": "e", "t": "f", "m": "n", "v": "y", "h": "b", "g": "q", "ơ": "ớ", "ư": "ứ", "ủ": "ù", "ệ": "ê",
}  # fmt: skip


def with_slips(pages: Sequence[Page], rng: np.random.Generator) -> tuple[Page, ...]:
    """Return ``pages`` as a reader might have read them, better or worse."""
    doubtful = float(rng.choice(_DOUBTFUL))
    if not doubtful:
        return tuple(replace(page, source_kind="text_layer") for page in pages)
    quality = float(np.clip(1.0 - 3.0 * doubtful + rng.normal(0, 0.05), 0.3, 1.0))
    return tuple(replace(page, lines=_read(page.lines, doubtful, rng), quality=quality) for page in pages)


def _read(lines: Sequence[Line], doubtful: float, rng: np.random.Generator) -> tuple[Line, ...]:
    return tuple(replace(line, words=tuple(_word(w, doubtful, rng) for w in line.words)) for line in lines)


def _word(word: Word, doubtful: float, rng: np.random.Generator) -> Word:
    if rng.random() >= doubtful:
        return replace(word, confidence=round(1 - _SURE * float(rng.random()), 4))
    confidence = round(1 - float(rng.beta(0.7, 1.6)), 4)
    wrong = rng.random() >= confidence
    text = _misread(word.text, rng) if wrong else word.text
    if rng.random() < (_SEEN if wrong else _OBJECTED):
        return replace(
            word, text=text, confidence=confidence, other=word.text if wrong else _misread(text, rng)
        )
    return replace(word, text=text, confidence=confidence, other=text)


def _misread(text: str, rng: np.random.Generator) -> str:
    """Return ``text`` with one letter mistaken for one like it, or lost."""
    at = int(rng.integers(len(text)))
    options = _ALIKE.get(text[at].lower(), "")
    if not options or (len(text) > 1 and rng.random() < 0.15):
        return text[:at] + text[at + 1 :] if len(text) > 1 else text
    letter = options[int(rng.integers(len(options)))]
    return text[:at] + (letter.upper() if text[at].isupper() else letter) + text[at + 1 :]
