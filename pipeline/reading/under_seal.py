"""A second look at short lines under a seal or a signature: the signer's post and name.

What remains of a seal breaks the letters of the line beneath it. Read alone, and once more a little smaller, which closes
the broken strokes, such a line often comes out right; it replaces the first reading only where it is clearly the better.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import regex

from pipeline.cleaning import CleanPage
from pipeline.cleaning.components import components
from pipeline.cleaning.ink import INK_BELOW, Grey
from pipeline.cleaning.light import PAPER
from pipeline.document import Box, Line, Mark, Word
from pipeline.errors import InputError
from pipeline.external import tesseract
from pipeline.reading.stroke import pixels
from pipeline.text import comparable, is_vietnamese_syllable, nfc

SCALES = (0.7, 1.0)
"""Scales at which the line is read again; the smaller closes gaps in the strokes."""
_PALE = 0.5
"""Ink beyond this share of the way from print to paper is a seal's, or the soft edge of a letter."""
_LEAST_PIXELS = 8
MAX_WORDS = 6
MAX_LINES = 6
"""So many lines of a signature block at most are read again; a page costs no more than a second for it."""
BETTER = 0.08
"""How much better a reading must be to replace the first, when the two new ones differ."""
SURE = 0.9
"""A line all of whose words were read so surely is not read again, unless letters stand beside it."""
_REACH = (3.0, 1.0, 0.35)
"""How far left, right, and up and down, in heights of the line, to look for what the first reading lost."""
_SCRAPS = ":;'\"“”‘’`´^~*|_–—<>«»"
_EDGE = " .,;:'\"“”‘’`´^~*|_-–—[](){}<>«»"


def reread_under_seals(page: CleanPage, lines: Sequence[Line], marks: Sequence[Mark]) -> tuple[Line, ...]:
    """Return ``lines`` with the short ones that touch a seal or signature in their best reading."""
    covers = [mark.box for mark in marks if mark.kind in ("seal", "signature")]
    result, left = [], MAX_LINES
    for line in lines:
        touched = len(line.words) <= MAX_WORDS and any(_touches(line.box, cover) for cover in covers)
        if not touched or left == 0:
            result.append(line)
            continue
        room = _room(page, line, [other for other in lines if other is not line])
        if _is_sure(line) and not _letters_beside(page, line, room):
            result.append(line)
            continue
        left -= 1
        result.append(_best(page, line, room))
    return tuple(result)


def _touches(line: Box, cover: Box) -> bool:
    return (
        line.x0 - 0.03 < cover.x1
        and cover.x0 < line.x1 + 0.01
        and line.y0 < cover.y1 + line.height
        and cover.y0 - line.height < line.y1
    )


def _is_sure(line: Line) -> bool:
    """Return whether every word of the line was read surely and can stand in such a line."""
    first = _pairs(line.words)
    return min(word.confidence for word in line.words) >= SURE and _quality(first, _is_titled(first)) >= SURE


def _letters_beside(page: CleanPage, line: Line, room: Box) -> bool:
    """Return whether letters stand in ``room`` to the left or right of the line: it may be the rest of a longer one."""
    rows, _ = pixels(page, line.box)
    least = 0.4 * (rows.stop - rows.start)
    for start, end in ((room.x0, line.box.x0), (line.box.x1, room.x1)):
        columns = pixels(page, Box(start, line.box.y0, end, line.box.y1))[1]
        _, stats = components(page.grey[rows, columns] < INK_BELOW)
        if int((stats[1:, cv2.CC_STAT_HEIGHT] >= least).sum()) > 1:
            return True
    return False


def _pairs(words: Sequence[Word]) -> list[tuple[str, float]]:
    return [(word.text, word.confidence) for word in words]


def _is_titled(first: Sequence[tuple[str, float]]) -> bool:
    return sum(text[:1].isupper() for text, _ in first) * 2 > len(first)


def _best(page: CleanPage, line: Line, room: Box) -> Line:
    """Return the best of the first reading and the new ones."""
    first = _pairs(line.words)
    piece, left, top = _cut(page, room)
    views = [(piece, scale) for scale in SCALES]
    if page.red is None and min(piece.shape) >= _LEAST_PIXELS:
        views.append((_without_pale_ink(piece), 1.0))
    readings = [reading for view, scale in views if (reading := _read(page, view, left, top, scale))]
    texts = [comparable(" ".join(word.text for word in reading)) for reading in readings]
    titled = _is_titled(first)
    old = _quality(first, titled)
    best, best_quality = line, old
    for reading, text in zip(readings, texts, strict=True):
        agreed = texts.count(text) > 1
        quality = _quality(_pairs(reading), titled)
        if quality > best_quality + (0.0 if agreed else BETTER) or (
            agreed and quality > max(0.5, old - BETTER)
        ):
            best, best_quality = Line(tuple(reading), line.stroke), quality
    return best


def _room(page: CleanPage, line: Line, others: Sequence[Line]) -> Box:
    """Return the line's box with some room around it, short of its neighbours in the same row."""
    height, width = page.grey.shape
    unit = line.box.height * height
    left, right, beside = _REACH
    x0, x1 = line.box.x0 - left * unit / width, line.box.x1 + right * unit / width
    for other in others:
        if other.box.y0 < line.box.y1 and line.box.y0 < other.box.y1:
            if other.box.x1 <= line.box.x0:
                x0 = max(x0, other.box.x1)
            elif other.box.x0 >= line.box.x1:
                x1 = min(x1, other.box.x0)
    return Box(
        max(0.0, x0),
        max(0.0, line.box.y0 - beside * line.box.height),
        min(1.0, x1),
        min(1.0, line.box.y1 + beside * line.box.height),
    )


def _cut(page: CleanPage, room: Box) -> tuple[Grey, int, int]:
    """Return ``room`` of the page, and its left and top in pixels."""
    height, width = page.grey.shape
    x0, y0 = int(room.x0 * width), int(room.y0 * height)
    return page.grey[y0 : int(room.y1 * height), x0 : int(room.x1 * width)], x0, y0


def _without_pale_ink(piece: Grey) -> Grey:
    """Return ``piece`` without the ink of a seal scanned in grey, which is paler than print."""
    black = float(np.percentile(piece, 2))
    levels = (np.arange(256, dtype=np.float32) - black) / (_PALE * (PAPER - black) + 1.0) * PAPER
    return cv2.LUT(piece, np.clip(levels, 0, PAPER).astype(np.uint8)).astype(np.uint8, copy=False)


def _read(page: CleanPage, piece: Grey, x0: int, y0: int, scale: float) -> list[Word]:
    """Return the words in ``piece`` of the page read as one line at ``scale``; none when Tesseract fails on it."""
    height, width = page.grey.shape
    if min(piece.shape) < _LEAST_PIXELS:
        return []
    margin = 20
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    scaled = cv2.resize(piece, None, fx=scale, fy=scale, interpolation=method)
    framed = cv2.copyMakeBorder(scaled, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=[PAPER])
    try:
        found = tesseract.read_words(framed.astype("uint8"), page.dpi, 7, page.number, timeout_s=20)
    except InputError:
        return []
    words = []
    for word in found:
        text = nfc(word.text).strip(_SCRAPS)
        if not regex.search(r"[\p{L}\d]", text):
            continue
        left, top = x0 + (word.left - margin) / scale, y0 + (word.top - margin) / scale
        right, bottom = left + word.width / scale, top + word.height / scale
        box = Box(
            *(min(1.0, max(0.0, v)) for v in (left / width, top / height, right / width, bottom / height))
        )
        words.append(Word(text, box, word.confidence, page.number))
    return words


def _quality(words: Sequence[tuple[str, float]], titled: bool) -> float:
    """Return the mean confidence of ``words``, those that cannot stand in such a line counting little.

    In a line of capitals or of a name (``titled``) every word opens with a capital.
    """
    if not words:
        return 0.0
    total = 0.0
    for text, confidence in words:
        core = text.strip(_EDGE)
        fits = is_vietnamese_syllable(core) and (core[0].isupper() or not titled)
        total += confidence * (
            1.0 if fits or regex.fullmatch(r"\p{Lu}{1,4}|\p{Lu}/\p{Lu}{1,2}", core) else 0.2
        )
    return total / len(words)
