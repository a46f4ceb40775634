"""Words that are no words: what a reader makes of rules, scribbles and remains of seals."""

from collections.abc import Sequence
from statistics import median

import regex

from pipeline.document import Line, Word
from pipeline.text import is_vietnamese_syllable

_PUNCTUATION = regex.compile(r"[-–—+*•·.…,;:!?()\[\]{}/\"'“”‘’%&=<>§°#@_]+")
_FEWEST, _SHORT = 12, 0.85
"""So many words of less than three letters, all unlike, and this share of a page's words, are no print."""
_LETTER_OR_DIGIT = regex.compile(r"[\p{L}\p{N}]")


def drop_noise(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return ``lines`` without words that cannot be print; a word with letters goes only when nothing speaks for it.

    Heights are judged against the median word of the page, confidences against the page's own level, because on a
    poor page true words have low confidence.
    """
    words = [word for line in lines for word in line.words]
    lettered = [word for word in words if _LETTER_OR_DIGIT.search(word.text)]
    if not lettered or not _is_print(lettered):
        return ()
    height = median(word.box.height for word in lettered)
    level = median(word.confidence for word in lettered)
    kept = []
    for line in lines:
        good = tuple(word for word in line.words if not _is_noise(word, height))
        if good and not _is_scribble(good, height, level):
            kept.append(Line(good, line.stroke))
    return tuple(kept)


def _is_print(words: Sequence[Word]) -> bool:
    """Return whether these are words at all: leaves, clouds and hatching are read as all kinds of single letters.

    In Vietnamese text two words of three have three letters or more. A page of figures, or of crosses, is print too.
    """
    lettered = [word.text for word in words if not regex.search(r"\p{N}", word.text)]
    if len(lettered) < max(_FEWEST, len(words) / 2):
        return True
    short = [text for text in lettered if len(regex.findall(r"\p{L}", text)) < 3]
    return len(short) < _SHORT * len(lettered) or len(set(short)) < _FEWEST


def _is_noise(word: Word, height: float) -> bool:
    """Return whether one word is a rule, a speck or a scribble."""
    if not _LETTER_OR_DIGIT.search(word.text):
        if not _PUNCTUATION.fullmatch(word.text):
            return True  # bars, tildes and the like: table rules and strokes of a pen
        dots = not word.text.strip(".…_")
        return word.box.height > 2.5 * height or (
            word.box.width > 4 * height and not dots and word.confidence < 0.7
        )
    if word.box.height > 3 * height and word.confidence < 0.6:
        return True
    return word.box.height < 0.2 * height and word.confidence < 0.5


def _is_scribble(words: Sequence[Word], height: float, level: float) -> bool:
    """Return whether a line is a misread drawing: far below the page's confidence and without a believable word."""
    best = max(word.confidence for word in words)
    if best >= 0.6 * level or any(
        regex.search(r"\p{N}", word.text) for word in words if word.confidence > 0.3
    ):
        return False
    long_words = [word for word in words if len(word.text) > 1]
    believable = [
        word for word in long_words if word.confidence > 0.3 * level and is_vietnamese_syllable(word.text)
    ]
    odd_size = any(not 0.4 * height < word.box.height < 2.2 * height for word in words)
    return not believable and (odd_size or best < 0.35 * level or not long_words)
