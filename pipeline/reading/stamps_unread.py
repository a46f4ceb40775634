"""Stamps in black: words of the letterhead that stand by themselves, and those that the reader passed over."""

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt
import regex

from pipeline.cleaning import CleanPage
from pipeline.cleaning.components import components
from pipeline.cleaning.ink import INK_BELOW, Grey
from pipeline.cleaning.light import PAPER
from pipeline.cleaning.runs import long_runs
from pipeline.cleaning.shrink import shrunk
from pipeline.document import Box, Line, Mark, Word
from pipeline.external.tesseract import ReadWord
from pipeline.reading.stamp_reading import in_doubt, read_own, read_tesseract
from pipeline.reading.stamp_words import is_stamp_word, known_words, like_stamp
from pipeline.text import fold

Mask = npt.NDArray[np.uint8]

HEAD = 0.45
"""Stamps of the letterhead stand in this share of the page from its top."""
_LONG = 4
"""A line of so many surely read words is print of the document, no stamp."""
_SURE = 0.8
"""A word read with more than this is not shown to the reader again, unless it may be a stamp's."""
_WIDTH_MM, _MOST_HIGH_MM = (5.0, 80.0), 26.0
"""MẬT is 10 mm wide; three broken letters of it may measure less."""
_COARSE_DPI = 150
"""Enough to tell letters from specks."""
_LETTER_MM = (2.2, 7.0)
"""Heights of the capitals of a stamp, with what a frame may leave of them or join to them."""
_MARGIN_MM = 6.0
_OPENING = regex.compile(r"cong hoa xa hoi|chu nghia viet nam|doc lap|tu do - hanh phuc|^\W{0,2}so\s?[:.]")
"""What is read of a letterhead, even of a poor one."""
_SPARSE = 11
"""Tesseract's mode for words wherever they stand."""


def stamps_among(lines: Sequence[Line], apart: float = 1.2) -> list[Mark]:
    """Return the stamps whose words stand by themselves in ``lines``: in capitals, ``apart`` heights from others.

    Their box has room for the frame, whose strokes a reader likes to take for letters.
    """
    marks = []
    for line in lines:
        if line.box.y1 > HEAD:
            continue
        for start in range(len(line.words)):
            for end in range(start + 1, min(len(line.words), start + 4) + 1):
                words = line.words[start:end]
                text = " ".join(word.text for word in words)
                # TUYT MẬT: the word that says how secret is misread, the one that says that it is is not.
                degree = len(words) > 1 and is_stamp_word(words[-1].text) and text.isupper()
                if not (is_stamp_word(text) or (degree and known_words(text)[0])):
                    continue
                before = words[0].box.x0 - line.words[start - 1].box.x1 if start else 1.0
                after = line.words[end].box.x0 - words[-1].box.x1 if end < len(line.words) else 1.0
                box = Line(words).box
                # Boxes are fractions of width and height, A4 upright or lying.
                if min(before, after) > apart * box.height:
                    score = max(0.6, min(word.confidence for word in words))
                    marks.append(Mark("stamp", box, round(score, 4), known_words(text)[0]))
    # The longest reading stands: TUYỆT MẬT holds MẬT.
    return [
        mark
        for mark in marks
        if not any(other.box != mark.box and mark.box.overlap(other.box) > 0.9 for other in marks)
    ]


def opens_document(lines: Sequence[Line]) -> bool:
    """Return whether ``lines`` of a page begin with a letterhead."""
    return any(line.box.y1 < HEAD and _OPENING.search(fold(line.text)) for line in lines)


def read_between(page: CleanPage, lines: Sequence[Line]) -> list[Mark]:
    """Return the stamps among the unread words of the letterhead, without frames and rules, shown to the reader once more.

    A frame that touches another stamp or a word keeps the word in it from being read with the page. Pages after the
    first are searched when they bear a letterhead.
    """
    if page.number > 1 and not opens_document(lines):
        return []
    found = _unread(_without_read(page, lines), page.dpi)
    if found is None:
        return []
    words_left, left, top = found
    # Long lines are gone: less space sets a stamp apart from another stamp's words.
    own = read_own(words_left, page.dpi, page.number)
    placed = _placed(own, words_left, left, top, page)
    marks = stamps_among(placed, apart=0.6)
    left_over = [
        word.text
        for line in placed
        for word in line.words
        if not any(word.box.overlap(mark.box) > 0.5 for mark in marks)
    ]
    if not in_doubt(left_over) or (marks and not left_over):
        return marks
    words = read_tesseract(words_left, page.dpi, _SPARSE, page.number, timeout_s=30)
    moved = [replace(word, left=word.left + left, top=word.top + top) for word in words]
    # TUYỆT MẬT of which one reader knows MẬT alone is the longer of the two.
    again = stamps_among(_by_line(moved, page), apart=0.6)
    return max(marks, again, key=lambda found: max((len(mark.text) for mark in found), default=0))


def _placed(lines: Sequence[Line], piece: Grey, left: int, top: int, page: CleanPage) -> list[Line]:
    """Return the ``lines`` of a ``piece`` cut out at ``left`` and ``top`` with their boxes on the page."""
    (high, wide), (height, width) = piece.shape, page.grey.shape
    return [
        Line(
            tuple(
                replace(
                    word,
                    box=Box(
                        (left + word.box.x0 * wide) / width,
                        (top + word.box.y0 * high) / height,
                        (left + word.box.x1 * wide) / width,
                        (top + word.box.y1 * high) / height,
                    ),
                )
                for word in line.words
            )
        )
        for line in lines
    ]


def _without_read(page: CleanPage, lines: Sequence[Line]) -> Grey:
    """Return the top of the page without the long lines and the words that were read surely and are no stamp's."""
    height, width = page.grey.shape
    head = page.grey[: int(HEAD * height)].copy()
    for line in lines:
        sure = sum(word.confidence for word in line.words) / len(line.words)
        if len(line.words) >= _LONG and sure > 0.7:
            gone = [line.box]
        else:
            gone = [word.box for word in line.words if word.confidence > _SURE and not like_stamp(word.text)]
        for box in gone:
            head[
                int(box.y0 * height) : int(box.y1 * height) + 1, int(box.x0 * width) : int(box.x1 * width) + 1
            ] = PAPER
    return head


def _unread(head: Grey, dpi: int) -> tuple[Grey, int, int] | None:
    """Return the part of ``head`` with its words and nothing else, and its left and top; None without any.

    Words are letters of a size side by side. On a noisy page the reader takes seconds to find nothing in the specks.
    """
    scale = min(1.0, _COARSE_DPI / dpi)
    mm = scale * dpi / 25.4
    small = shrunk(head, scale)
    strokes = _strokes(small, mm)
    ink = cv2.subtract((small < INK_BELOW).astype(np.uint8), strokes)
    labels, stats = components(np.asarray(ink, np.uint8))
    tall = (stats[:, 3] > _LETTER_MM[0] * mm) & (stats[:, 3] < _LETTER_MM[1] * mm) & (stats[:, 2] < 9.0 * mm)
    tall[0] = False
    if not tall.any():
        return None
    letters = tall.astype(np.uint8)[labels]
    words = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((1, round(4.5 * mm)), np.uint8))
    _, boxes = components(np.asarray(words, np.uint8))
    result = np.full_like(head, PAPER)
    places = []
    for left, top, width, height, _ in np.asarray(boxes)[1:].tolist():
        if not _WIDTH_MM[0] * mm <= width <= _WIDTH_MM[1] * mm or height > _MOST_HIGH_MM * mm:
            continue
        # Room for the marks over the letters, which stand apart from them.
        coarse = (
            slice(max(0, int(top - 2.5 * mm)), int(top + height + mm)),
            slice(max(0, int(left - mm)), int(left + width + mm)),
        )
        rows, columns = (slice(int(s.start / scale), int(s.stop / scale)) for s in coarse)
        piece = head[rows, columns]
        gone = cv2.resize(strokes[coarse], piece.shape[::-1], interpolation=cv2.INTER_NEAREST)
        result[rows, columns] = np.where(gone > 0, np.uint8(PAPER), piece)
        places.append((rows, columns))
    if not places:
        return None
    room = round(_MARGIN_MM / 25.4 * dpi)
    top, left = (max(0, min(place[axis].start for place in places) - room) for axis in (0, 1))
    bottom, right = (max(place[axis].stop for place in places) + room for axis in (0, 1))
    cut = np.ascontiguousarray(result[top:bottom, left:right])
    return (cut, left, top) if (cut < INK_BELOW).any() else None


def _by_line(words: Sequence[ReadWord], page: CleanPage) -> list[Line]:
    """Return the words of the head as lines, boxes as fractions of the page."""
    height, width = page.grey.shape
    rows: dict[tuple[int, int, int], list[Word]] = {}
    for word in words:
        box = Box(
            word.left / width,
            word.top / height,
            (word.left + word.width) / width,
            (word.top + word.height) / height,
        )
        rows.setdefault(word.line, []).append(Word(word.text, box, word.confidence, page.number))
    return [Line(tuple(sorted(row, key=lambda word: word.box.x0))) for row in rows.values()]


def _strokes(small: Grey, mm: float) -> Mask:
    """Return the straight strokes longer than those of letters, of any small tilt; ``mm`` is a millimetre in pixels."""
    thick = np.asarray(cv2.dilate((small < PAPER - 50).astype(np.uint8), np.ones((3, 3), np.uint8)), np.uint8)
    across = long_runs(thick, round(8 * mm), across=True)
    down = long_runs(thick, round(5.8 * mm), across=False)
    return np.asarray(cv2.max(across, down), np.uint8)
