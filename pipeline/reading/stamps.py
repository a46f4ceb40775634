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
from pipeline.cleaning.components import components
from pipeline.cleaning.ink import INK_BELOW, Grey
from pipeline.cleaning.shrink import at_scale
from pipeline.document import Box, Line, Mark
from pipeline.reading.stamp_frames import find_frames
from pipeline.reading.stamp_reading import Reading, in_doubt, lettered, own_readings, read_tesseract
from pipeline.reading.stamp_words import clipped, known_words
from pipeline.reading.stamps_unread import HEAD, opens_document, read_between, stamps_among

_PAGES = 3
"""The opening stands on one of the first pages; later ones are searched for framed marks at their top only."""
_DPI = 100
_MM = _DPI / 25.4
_WIDTH_MM, _HEIGHT_MM = (7.0, 80.0), (3.2, 26.0)
"""A word without a frame is 4 mm high, MẬT 10 mm wide; an arrival stamp measures up to 80 by 25 mm."""
_LINE_MM = 17.0
"""A higher stamp holds several lines: it is one of arrival, whose words are read as they are."""
_INK_LEAD = 28
"""Ink is darker than the paper of its layer by this much; worn and faint stamps too."""
_RUNNING_HEAD = 0.13
"""Later pages bear a mark above this share of the page."""
_MOST = 5
"""More finds than this on a page are read no further: a coloured picture falls into many pieces."""
_KNOWN = 0.6
"""A reading with a higher score stands, no other is looked for."""
_MADE_OUT = 0.5
"""What the own recogniser reads with less confidence is a guess, which may be a stamp's word but proves none."""
_LETTER_PX = 34
"""Height to which the letters of a stamp are brought; Tesseract reads capitals of 25 to 45 pixels best."""


def find_stamps(page: CleanPage, lines: Sequence[Line]) -> tuple[Mark, ...]:
    """Return a mark "stamp" with its words for each stamp in the letterhead of ``page``, whose print is ``lines``.

    ``score`` says how sure the words are; a stamp that was found and could not be read is left out.
    """
    layers = [layer for layer in (page.red, page.faint, page.blue) if layer is not None]
    if page.number > _PAGES:
        return tuple(_framed(page, [*layers, page.grey], lines, ()))
    marks: list[Mark] = []
    for layer in layers:
        for box in _blobs(layer, page.dpi)[:_MOST]:
            if not _taken(box, marks):
                mark = _read_apart(page, layer, box)
                marks += [mark] if mark is not None else []
    marks += [mark for mark in stamps_among(lines) if not _taken(mark.box, marks)]
    if not _has_secrecy(marks):
        marks += [mark for mark in read_between(page, lines) if not _taken(mark.box, marks)]
    if not _has_secrecy(marks):
        marks += _framed(page, [*layers, page.grey], lines, marks)
    return tuple(marks)


def _has_secrecy(marks: Sequence[Mark]) -> bool:
    return any(mark.text.endswith("MẬT") for mark in marks)


def _framed(
    page: CleanPage, layers: Sequence[Grey], lines: Sequence[Line], known: Sequence[Mark]
) -> list[Mark]:
    """Return the stamps in frames on ``layers``, but for those ``known``.

    A frame tells where a stamp stands whose ink is too pale to hang together, or that touches print or another stamp.
    """
    depth = HEAD if page.number == 1 or opens_document(lines) else _RUNNING_HEAD
    found: list[Mark] = []
    for layer in layers:
        for inside in find_frames(layer[: int(depth * layer.shape[0])], page.dpi)[:_MOST]:
            box = Box(inside.x0, inside.y0 * depth, inside.x1, inside.y1 * depth)
            if not _taken(box, [*known, *found]):
                mark = _read_apart(page, layer, box)
                found += [mark] if mark is not None else []
    return found


def _taken(box: Box, marks: Sequence[Mark]) -> bool:
    return any(mark.box.overlap(box) > 0.3 or box.overlap(mark.box) > 0.3 for mark in marks)


def _head(layer: Grey, dpi: int) -> Grey:
    """Return the top of the page at :data:`_DPI`."""
    top = layer[: int(HEAD * layer.shape[0])]
    scale = _DPI / dpi
    return at_scale(top, scale)


def _blobs(layer: Grey, dpi: int) -> list[Box]:
    """Return the boxes of coloured ink that hangs together as words do and is as large as a stamp."""
    small = _head(layer, dpi)
    # Stains and yellowed paper are coloured too, but change slowly.
    ink = (cv2.subtract(cv2.medianBlur(small, 2 * round(8 * _MM) + 1), small) > _INK_LEAD).astype(np.uint8)
    words = cv2.morphologyEx(
        ink, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (round(4.5 * _MM), round(1.5 * _MM)))
    )
    _, stats = components(np.asarray(words, np.uint8))
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


def _read_apart(page: CleanPage, layer: Grey, box: Box) -> Mark | None:
    """Return the stamp with what it says, None when its ink is no words."""
    height, width = layer.shape
    room = int(0.6 * page.dpi / 25.4)
    where = (
        slice(max(0, int(box.y0 * height) - room), int(box.y1 * height) + room),
        slice(max(0, int(box.x0 * width) - room), int(box.x1 * width) + room),
    )
    best: tuple[str, float] = ("", 0.0)
    for text, confidence in _readings((_its_ink(page, layer, where), layer[where]), page):
        word, sure = known_words(text)
        if not word and clipped(text):
            word, sure = "MẬT", 0.55
        best = max(best, (word, sure * (0.5 + 0.5 * confidence)), key=lambda reading: reading[1])
        if best[1] > _KNOWN:
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
    if layer is page.red or layer is page.faint:
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
    labels, stats = components(ink)
    whole = [i for i in range(1, len(stats)) if stats[i][2] > 0.75 * width or stats[i][3] > 0.8 * height]
    frame = np.isin(labels, whole) if whole else np.zeros(ink.shape, bool)
    reach = max(3, round(dpi / 80))
    gone = cv2.dilate((frame | (across > 0) | (down > 0)).astype(np.uint8), np.ones((reach, reach), np.uint8))
    result = piece.copy()
    result[gone > 0] = 240
    return result


def _readings(sources: Sequence[Grey | None], page: CleanPage) -> Iterator[Reading]:
    """Yield what is read on ``sources``, pictures of one stamp: by the own recogniser, by Tesseract where that is in doubt.

    What the own recogniser reads as something else by far is something else: coloured print, a name, a number.
    """
    doubtful = []
    for source in sources:
        for picture in [] if source is None else _views(source, page.dpi):
            readings = own_readings(picture, page.number)
            yield from (reading for reading in readings if reading[1] >= _MADE_OUT)
            if in_doubt([part for text, _ in readings for part in text.split()]):
                doubtful.append(picture)
    for picture in doubtful:
        yield from lettered(read_tesseract(picture, 300, 7, page.number, timeout_s=20))


def _arrival(page: CleanPage, piece: Grey, box: Box) -> Mark | None:
    """Return a stamp of several lines, with the words that are surely read."""
    words = read_tesseract(piece.copy(), page.dpi, 6, page.number, timeout_s=30)
    sure = [word for word in words if word.confidence > 0.4 and regex.search(r"\p{L}{2}|\d", word.text)]
    if not sure:
        return None
    score = sum(word.confidence for word in sure) / len(sure)
    return Mark("stamp", box, round(score, 4), " ".join(word.text for word in sure))
