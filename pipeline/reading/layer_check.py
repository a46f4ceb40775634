"""A text layer held against the print: lines with figures are read, and a few others where those are few.

A layer may be Vietnamese, lie on the ink and still say something else than the print: a font that lies about its
letters, hidden text over drawn type. Its figures become values, so the lines that bear some are looked at. Looked at is
the page as it was drawn: it needs no cleaning.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import regex
from rapidfuzz.distance import Levenshtein

from pipeline.cleaning import CleanPage
from pipeline.cleaning.ink import Grey
from pipeline.cleaning.light import PAPER
from pipeline.document import IDENTITY, Line
from pipeline.intake.loading import PageImage
from pipeline.reading.base import Reader
from pipeline.text import fold

LOOKED_AT = 24
"""Lines with figures that are read of a page. Few pages have more; it takes a fifth of the time of reading the page."""
_AT_LEAST = 4
"""Lines read of a page with fewer figures."""
_READER_DPI = 300
_MARGIN_MM = 3.0
_GAP_MM = 3.5
_OTHER_SCALE = 1.4
"""A line that seems to differ is looked at once more in another size: an OCR seldom slips twice alike."""
_ALIKE = 0.6
"""Lines of the same text, one of them badly read, have this share of their letters in common."""
_DIGITS = regex.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Difference:
    """A line whose print differs from the text layer: what the layer says and what was read."""

    layer: str
    read: str

    @property
    def note(self) -> str:
        """The plain remark for people."""
        return (
            f"the text layer says “{self.layer[:80]}” where the print reads “{self.read[:80]}”; "
            "the page was read from its picture"
        )


def find_difference(image: PageImage, reader: Reader) -> Difference | None:
    """Return a line of the text layer of ``image`` that says something else than the print, None if none was found.

    A line differs when its figures do, or when its letters have little in common with the print; twice, in two sizes.
    """
    sample = _sample(image.text_lines or ())
    if not sample:
        return None
    first = zip(sample, _read(image, sample, reader, 1.0), strict=True)
    doubtful = [(line, read) for line, read in first if read and _differ(line.text, read)]
    if not doubtful:
        return None
    second = _read(image, [line for line, _ in doubtful], reader, _OTHER_SCALE)
    for (line, before), again in zip(doubtful, second, strict=True):
        if again and _differ(line.text, again) and _figures(before) == _figures(again):
            return Difference(line.text, again)
    return None


def _sample(lines: Sequence[Line]) -> list[Line]:
    """Return up to LOOKED_AT lines from all over the page: those with figures, then the longest."""
    figured = [line for line in lines if _DIGITS.search(line.text)]
    if len(figured) > LOOKED_AT:
        places = np.linspace(0, len(figured) - 1, LOOKED_AT).round().astype(int)
        return [figured[place] for place in places]
    rest = sorted((line for line in lines if line not in figured), key=lambda line: -len(line.text))
    return figured + rest[: max(0, _AT_LEAST - len(figured))]


def _differ(layer: str, read: str) -> bool:
    """Return whether a figure is another, too many or missing. One read as a letter (1 as I, 0 as O) shows nothing."""
    one, other = ("".join(c for c in fold(text) if c.isalnum()) for text in (layer, read))
    if Levenshtein.normalized_similarity(one, other) < _ALIKE:
        return True
    for says, reads in _unlike(one, other):
        figures, seen = _figures(says), _figures(reads)
        if figures != seen and (figures or not says) and (seen or not reads):
            return True
    return False


def _unlike(one: str, other: str) -> Iterator[tuple[str, str]]:
    """Yield the parts in which two texts differ; parts with only one letter in common between them are one."""
    begin = end = begin_other = end_other = -2
    for edit in Levenshtein.opcodes(one, other):
        if edit.tag == "equal":
            continue
        if edit.src_start - end > 1:
            if begin >= 0:
                yield one[begin:end], other[begin_other:end_other]
            begin, begin_other = edit.src_start, edit.dest_start
        end, end_other = edit.src_end, edit.dest_end
    if begin >= 0:
        yield one[begin:end], other[begin_other:end_other]


def _figures(text: str) -> str:
    return "".join(_DIGITS.findall(text))


def _read(image: PageImage, lines: Sequence[Line], reader: Reader, scale: float) -> list[str]:
    """Return what stands in the place of each of ``lines``, "" where nothing was read."""
    zoom = _READER_DPI / image.dpi * scale
    margin, gap = (round(mm / 25.4 * _READER_DPI * scale) for mm in (_MARGIN_MM, _GAP_MM))
    pixels = image.pixels
    grey = pixels if pixels.ndim == 2 else np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    pieces = [_piece(grey, line, zoom) for line in lines]
    tops = np.cumsum([margin, *(piece.shape[0] + gap for piece in pieces)])
    wide = max(piece.shape[1] for piece in pieces) + 2 * margin
    sheet: Grey = np.full((int(tops[-1]) + margin, wide), PAPER, np.uint8)
    for top, piece in zip(tops, pieces, strict=False):
        sheet[top : top + piece.shape[0], margin : margin + piece.shape[1]] = piece
    found: list[list[tuple[float, str]]] = [[] for _ in lines]
    page = CleanPage(image.number, sheet, _READER_DPI, IDENTITY, 0, 0.0, blank=False)
    for line in reader.read(page):
        for word in line.words:
            middle = word.box.y_centre * sheet.shape[0]
            at = next(
                (i for i, (a, b) in enumerate(pairwise(tops)) if a - gap / 2 <= middle < b - gap / 2), None
            )
            if at is not None:
                found[at].append((word.box.x0, word.text))
    return [" ".join(text for _, text in sorted(words)) for words in found]


def _piece(grey: Grey, line: Line, zoom: float) -> Grey:
    height, width = grey.shape
    box = line.box
    side = 0.3 * box.height
    y0, y1 = int(box.y0 * height), int(np.ceil(box.y1 * height))
    x0, x1 = max(0, int((box.x0 - side) * width)), int(np.ceil((box.x1 + side) * width))
    piece = grey[y0:y1, x0:x1]
    size = max(1, round(piece.shape[1] * zoom)), max(1, round(piece.shape[0] * zoom))
    return np.asarray(cv2.resize(piece, size, interpolation=cv2.INTER_CUBIC), np.uint8)
