"""Stamped words in the letterhead: secrecy (MẬT, TỐI MẬT, TUYỆT MẬT), urgency (KHẨN, HỎA TỐC, …), arrival.

They are found by their ink, in colour or by their frame, and read apart from the page: red ink is lifted off the page that
the reader sees, and on a grey one the frame and the tilt of the stamp spoil the word. A document whose mark of secrecy is
missed is not withheld, so each find is shown to Tesseract in several ways, until one gives a known word.
"""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import regex

from pipeline.cleaning import CleanPage
from pipeline.cleaning.ink import INK_BELOW, Grey
from pipeline.cleaning.light import PAPER
from pipeline.document import Box, Line, Mark, Word
from pipeline.errors import InputError
from pipeline.external import tesseract
from pipeline.external.tesseract import ReadWord
from pipeline.text import fold

WORDS = ("MẬT", "TỐI MẬT", "TUYỆT MẬT", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC", "HỎA TỐC HẸN GIỜ")
"""What stamps of zone 10 say (Decree 30/2020/NĐ-CP, Appendix I; Circular 24/2020/TT-BCA)."""

_HEAD = 0.45
"""Stamps of the letterhead stand in this share of the page from its top."""
_PAGES = 3
"""The opening stands on one of the first pages; later ones are not searched."""
_DPI = 100
_MM = _DPI / 25.4
_WIDTH_MM, _HEIGHT_MM = (7.0, 80.0), (3.2, 26.0)
"""A word without a frame is 4 mm high, MẬT 10 mm wide; an arrival stamp measures up to 80 by 25 mm."""
_WORD_MM = 5.0
"""A word of three broken letters may measure less."""
_LINE_MM = 17.0
"""A higher stamp holds several lines: it is one of arrival, whose words are read as they are."""
_INK_LEAD = 28
"""Ink is darker than the paper of its layer by this much; worn and faint stamps too."""
_MOST = 5
"""More finds than this on a page are read no further: a coloured picture falls into many pieces."""
_LONG = 4
"""A line of so many surely read words is print of the document, no stamp."""
_SURE = 0.8
"""A word read with more than this is not shown to the reader again, unless it may be a stamp's."""
_SPARSE = 11
"""Tesseract's mode for words wherever they stand."""
_LETTER_PX = 34
"""Height to which the letters of a stamp are brought; Tesseract reads capitals of 25 to 45 pixels best."""


def find_stamps(page: CleanPage, lines: Sequence[Line]) -> tuple[Mark, ...]:
    """Return a mark "stamp" with its words for each stamp in the letterhead of ``page``, whose print is ``lines``.

    ``score`` says how sure the words are; a stamp that was found and could not be read is left out.
    """
    if page.number > _PAGES:
        return ()
    marks: list[Mark] = []
    for layer in [layer for layer in (page.red, page.blue) if layer is not None]:
        for box in _blobs(layer, page.dpi)[:_MOST]:
            if not _taken(box, marks):
                mark = _read_apart(page, layer, box)
                marks += [mark] if mark is not None else []
    marks += [mark for mark in _among(lines) if not _taken(mark.box, marks)]
    if not any(mark.text.endswith("MẬT") for mark in marks):
        marks += [mark for mark in read_between(page, lines) if not _taken(mark.box, marks)]
    return tuple(marks)


def _taken(box: Box, marks: Sequence[Mark]) -> bool:
    return any(mark.box.overlap(box) > 0.3 or box.overlap(mark.box) > 0.3 for mark in marks)


def _head(layer: Grey, dpi: int) -> Grey:
    """Return the top of the page at :data:`_DPI`."""
    top = layer[: int(_HEAD * layer.shape[0])]
    scale = _DPI / dpi
    return cv2.resize(top, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(
        np.uint8, copy=False
    )


def _blobs(layer: Grey, dpi: int) -> list[Box]:
    """Return the boxes of coloured ink that hangs together as words do and is as large as a stamp."""
    small = _head(layer, dpi)
    # Stains and yellowed paper are coloured too, but change slowly.
    ink = (cv2.subtract(cv2.medianBlur(small, 2 * round(8 * _MM) + 1), small) > _INK_LEAD).astype(np.uint8)
    words = cv2.morphologyEx(
        ink, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (round(4.5 * _MM), round(1.5 * _MM)))
    )
    _, _, stats, _ = cv2.connectedComponentsWithStats(words, connectivity=8)
    found = []
    for x, y, w, h, _ in sorted(stats[1:], key=lambda row: -int(row[4])):
        if (
            _WIDTH_MM[0] <= w / _MM <= _WIDTH_MM[1]
            and _HEIGHT_MM[0] <= h / _MM <= _HEIGHT_MM[1]
            and w > 1.15 * h
        ):
            found.append(_box(x, y, w, h, layer.shape, dpi))
    return found


def _box(x: int, y: int, w: int, h: int, shape: tuple[int, ...], dpi: int) -> Box:
    """Return a rectangle of the head at :data:`_DPI` as fractions of the page, a little larger than it."""
    height, width = shape[0] * _DPI / dpi, shape[1] * _DPI / dpi
    return Box(
        max(0.0, (x - 2) / width),
        max(0.0, (y - 2) / height),
        min(1.0, (x + w + 2) / width),
        min(1.0, (y + h + 2) / height),
    )


def _among(lines: Sequence[Line], apart: float = 1.2) -> list[Mark]:
    """Return the stamps whose words stand by themselves in ``lines``: in capitals, ``apart`` heights from others.

    Their box has room for the frame, whose strokes a reader likes to take for letters.
    """
    marks = []
    for line in lines:
        if line.box.y1 > _HEAD:
            continue
        for start in range(len(line.words)):
            for end in range(start + 1, min(len(line.words), start + 4) + 1):
                words = line.words[start:end]
                text = " ".join(word.text for word in words)
                if not text.isupper() or known_words(text)[1] < 1.0:
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


def read_between(page: CleanPage, lines: Sequence[Line]) -> list[Mark]:
    """Return the stamps among the unread words of the letterhead, without frames and rules, shown to the reader once more.

    A frame that touches another stamp or a word keeps the word in it from being read with the page.
    """
    words_left = _unread(_without_strokes(_without_read(page, lines), page.dpi), page.dpi)
    if words_left is None:
        return []
    try:
        words = tesseract.read_words(words_left, page.dpi, _SPARSE, page.number, timeout_s=30)
    except InputError:
        return []
    # Long lines are gone: less space sets a stamp apart from another stamp's words.
    return _among(_by_line(words, page), apart=0.6)


def _without_read(page: CleanPage, lines: Sequence[Line]) -> Grey:
    """Return the top of the page without the long lines and the words that were read surely and are no stamp's."""
    height, width = page.grey.shape
    head = page.grey[: int(_HEAD * height)].copy()
    for line in lines:
        sure = sum(word.confidence for word in line.words) / len(line.words)
        if len(line.words) >= _LONG and sure > 0.7:
            gone = [line.box]
        else:
            gone = [word.box for word in line.words if word.confidence > _SURE and not _like_stamp(word.text)]
        for box in gone:
            head[
                int(box.y0 * height) : int(box.y1 * height) + 1, int(box.x0 * width) : int(box.x1 * width) + 1
            ] = PAPER
    return head


def _like_stamp(text: str) -> bool:
    """Return whether a word that was read may be one of a stamp's, or a piece of it."""
    key = _key(text)
    return len(key) < 3 or any(part in key or regex.fullmatch(rf"(?:{part}){{e<=1}}", key) for part in _PARTS)


def _unread(head: Grey, dpi: int) -> Grey | None:
    """Return ``head`` with nothing but its words, None without any: letters of a size side by side.

    On a noisy page the reader takes seconds to find nothing in the specks.
    """
    mm = dpi / 25.4
    _, labels, stats, _ = cv2.connectedComponentsWithStats(
        (head < INK_BELOW).astype(np.uint8), connectivity=8
    )
    tall = (stats[:, 3] > 2.0 * mm) & (stats[:, 3] < 7.0 * mm) & (stats[:, 2] < 9.0 * mm)
    tall[0] = False
    letters = tall[labels].astype(np.uint8)
    words = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((1, round(4.5 * mm)), np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(words, connectivity=8)
    result = np.full_like(head, PAPER)
    for left, top, width, height, _ in boxes[1:]:
        if width < _WORD_MM * mm or width > _WIDTH_MM[1] * mm or height > _HEIGHT_MM[1] * mm:
            continue
        # Room for the marks over the letters, which stand apart from them.
        rows = slice(max(0, top - round(2.5 * mm)), top + height + round(mm))
        columns = slice(max(0, left - round(mm)), left + width + round(mm))
        result[rows, columns] = head[rows, columns]
    return result if (result < INK_BELOW).any() else None


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


def _without_strokes(grey: Grey, dpi: int) -> Grey:
    """Return ``grey`` without straight strokes longer than those of letters, of any small tilt."""
    mm = dpi / 25.4
    ink = (grey < PAPER - 50).astype(np.uint8)
    thick = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    across = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, round(8 * mm)), np.uint8))
    down = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((round(5.8 * mm), 1), np.uint8))
    result = grey.copy()
    result[cv2.dilate(cv2.max(across, down), np.ones((3, 3), np.uint8)) > 0] = PAPER
    return result


def known_words(text: str) -> tuple[str, float]:
    """Return the word of a stamp that ``text`` is a reading of, and how sure that is: 1, 0.7 with a slip, 0 for none.

    Marks on letters do not count, nor do letters by themselves, which are strokes of the frame, nor doubled ones. ``MẬT``
    is too short for a slip in a word that may be anything; :func:`_read_apart` knows it for a stamp.
    """
    read = _key(" ".join(part for part in text.split() if sum(c.isalnum() for c in part) > 1)).strip(_STROKES)
    for word, key in _KEYS:
        if read == key:
            return word, 1.0
    for word, key in _KEYS:
        slips = 0 if len(key) < 4 else 1 if len(key) < 7 else 2
        if slips and regex.fullmatch(rf"(?:{key}){{e<={slips}}}", read):
            return word, 0.7
    return "", 0.0


def _key(text: str) -> str:
    """Return the folded letters and digits of ``text``, each once where it is doubled."""
    return regex.sub(r"(.)\1+", r"\1", "".join(c for c in fold(text) if c.isalnum()))


_KEYS = tuple((word, _key(word)) for word in sorted(WORDS, key=len, reverse=True))
_STROKES = "il1"
"""What the reader takes the sides of a frame for; no word of a stamp begins or ends so."""
_PARTS = frozenset(_key(part) for word in WORDS for part in word.split())
_CLIPPED = regex.compile(r"ma\w|\wat|m\w{1,2}t|mat\w")
"""``MẬT`` with a letter misread."""


def _read_apart(page: CleanPage, layer: Grey, box: Box) -> Mark | None:
    """Return the stamp with what it says, None when its ink is no words."""
    height, width = layer.shape
    room = int(0.6 * page.dpi / 25.4)
    where = (
        slice(max(0, int(box.y0 * height) - room), int(box.y1 * height) + room),
        slice(max(0, int(box.x0 * width) - room), int(box.x1 * width) + room),
    )
    best: tuple[str, float] = ("", 0.0)
    for source in (_its_ink(page, layer, where), layer[where]):
        for picture in [] if source is None else _views(source, page.dpi):
            for text, confidence in _readings(picture, page):
                word, sure = known_words(text)
                if not word and _CLIPPED.fullmatch(_key(text)):
                    word, sure = "MẬT", 0.55
                best = max(best, (word, sure * (0.5 + 0.5 * confidence)), key=lambda reading: reading[1])
            if best[1] > 0.6:
                break
    if not best[0] and box.height * height / page.dpi * 25.4 > _LINE_MM:
        return _arrival(page, layer[where], box)
    text, score = best
    return Mark("stamp", box, round(score, 4), text) if text else None


def _its_ink(page: CleanPage, layer: Grey, where: tuple[slice, slice]) -> Grey | None:
    """Return the piece ``where`` of the page with the ink of ``layer`` alone, sharper than the layer, None without any.

    Black print over or beside the stamp goes, as do all places where there is no colour near.
    """
    if page.inks is None:
        return None
    lead = layer[where]
    near = cv2.dilate((lead < np.median(lead) - _INK_LEAD / 2).astype(np.uint8), np.ones((5, 5), np.uint8))
    paper = int(np.median(page.inks[where]))
    light = np.where(near > 0, page.inks[where], np.uint8(paper))
    if layer is page.red:
        print_ = cv2.dilate((page.grey[where] < INK_BELOW - 25).astype(np.uint8), np.ones((3, 3), np.uint8))
        light = np.where(print_ > 0, np.uint8(paper), light)
    return light.astype(np.uint8)


def _views(piece: Grey, dpi: int) -> Iterator[Grey]:
    """Yield pictures of a stamp of one line, upright, without its frame, letters of one height: as it is, then mended."""
    paper = float(np.median(piece))
    dark = float(np.percentile(piece, 2))
    if paper - dark < _INK_LEAD:
        return
    stretched = np.clip((piece.astype(np.float32) - dark) / (paper - dark) * 235 + 5, 0, 240).astype(np.uint8)
    ink = (stretched < 150).astype(np.uint8)
    if not ink.any():
        return
    points = np.argwhere(ink)[:, ::-1].astype(np.float32)
    angle = float(cv2.minAreaRect(points)[2])
    angle = angle - 90 if angle > 45 else angle
    if abs(angle) < 12:
        middle = (piece.shape[1] / 2, piece.shape[0] / 2)
        matrix = cv2.getRotationMatrix2D(middle, angle, 1.0)
        stretched = cv2.warpAffine(
            stretched, matrix, piece.shape[::-1], flags=cv2.INTER_LINEAR, borderValue=[240]
        ).astype(np.uint8)
    inner = _without_frame(stretched, dpi)
    rows = np.flatnonzero((inner < 150).sum(axis=1) > 0.05 * inner.shape[1])
    if not len(rows):
        return
    letter = max(6, int(rows[-1] - rows[0]))
    scale = float(np.clip(_LETTER_PX * 1.35 / letter, 0.2, 4.0))
    scaled = cv2.resize(
        inner, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    )
    for picture in (scaled, cv2.erode(cv2.GaussianBlur(scaled, (0, 0), 1.2), np.ones((2, 2), np.uint8))):
        yield cv2.copyMakeBorder(picture, 24, 24, 24, 24, cv2.BORDER_CONSTANT, value=[240]).astype(np.uint8)


def _without_frame(piece: Grey, dpi: int) -> Grey:
    """Return ``piece`` without long straight strokes near its sides, and without what touches its edge."""
    ink = (piece < 170).astype(np.uint8)
    height, width = ink.shape
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, max(8, int(0.35 * width))), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((max(8, int(0.55 * height)), 1), np.uint8))
    # Stems of letters stand in the middle; the frame near the sides.
    rim = int(max(0.16 * height, 0.08 * width))
    down[:, rim : width - rim] = 0
    across[int(0.3 * height) : int(0.7 * height)] = 0
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    whole = [i for i in range(1, len(stats)) if stats[i][2] > 0.75 * width or stats[i][3] > 0.8 * height]
    frame = np.isin(labels, whole) if whole else np.zeros(ink.shape, bool)
    reach = max(3, round(dpi / 80))
    gone = cv2.dilate((frame | (across > 0) | (down > 0)).astype(np.uint8), np.ones((reach, reach), np.uint8))
    result = piece.copy()
    result[gone > 0] = 240
    return result


def _readings(picture: Grey, page: CleanPage) -> Iterator[tuple[str, float]]:
    """Yield (text, mean confidence) of ``picture`` read as one line."""
    try:
        words = tesseract.read_words(picture, 300, 7, page.number, timeout_s=20)
    except InputError:
        return
    lettered = [word for word in words if regex.search(r"\p{L}", word.text)]
    if lettered:
        yield (
            " ".join(word.text for word in lettered),
            sum(word.confidence for word in lettered) / len(lettered),
        )


def _arrival(page: CleanPage, piece: Grey, box: Box) -> Mark | None:
    """Return a stamp of several lines, with the words that are surely read."""
    try:
        words = tesseract.read_words(piece.copy(), page.dpi, 6, page.number, timeout_s=30)
    except InputError:
        return None
    sure = [word for word in words if word.confidence > 0.4 and regex.search(r"\p{L}{2}|\d", word.text)]
    if not sure:
        return None
    score = sum(word.confidence for word in sure) / len(sure)
    return Mark("stamp", box, round(score, 4), " ".join(word.text for word in sure))
