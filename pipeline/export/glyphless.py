"""Text that can be searched, copied and read aloud, but not seen: a font without ink, and lines set in it.

The font has one empty glyph, half an em wide, for every character; what a character is stands in the font's ToUnicode
map (PDF 32000-1, 9.10.3), so that every Vietnamese letter survives without a byte of outlines.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name

from pipeline.document import Line, Page
from pipeline.export.placed import baseline

_EM = 1000
_ADVANCE = 500
_ASKEW_UP_TO = math.radians(6)
_ONE_LINE = 0.45
_GAP, _LEAST = 0.15, 0.4
"""Words closer than a tenth of their height are read as one; a word gives way to the next, up to this share of its width."""
_MOST_IN_BLOCK = 100
"""Entries of one bfchar block, which the standard bounds."""

Matrix = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f): x' = a·x + c·y + e, y' = b·x + d·y + f, from fractions of the page as shown to points."""


class InvisibleText:
    """The invisible lines of one PDF file, page by page, and the font that they share."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        """Put the font into ``pdf`` with :meth:`finish` when all lines are set."""
        self.pdf = pdf
        self._codes: dict[str, int] = {}
        self.font = pdf.make_indirect(Dictionary())

    def set(self, page: Page, to_points: Matrix) -> bytes:
        """Return the drawing operators for the lines of ``page``."""
        parts = [b"q BT 3 Tr"]
        for line in page.lines:
            parts += self._line(page, line, to_points)
        return b"\n".join([*parts, b"ET Q\n"])

    def _line(self, page: Page, line: Line, to_points: Matrix) -> Iterator[bytes]:
        stand = baseline(line)

        def at(x: float, above: float = 0.0) -> _Point:
            return _mapped(to_points, page.point_on_scan(x, stand.y - above))

        box = line.box
        middle = (box.x0 + box.x1) / 2
        size = max(math.dist(at(middle), at(middle, stand.height)), 1.0)
        (x0, y0), (x1, y1) = at(box.x0), at(box.x1)
        angle = _nearly_square(math.atan2(y1 - y0, x1 - x0))
        along = math.cos(angle), math.sin(angle)
        words = [word for word in line.words if word.text.strip()]
        ends = [(at(word.box.x0), at(word.box.x1)) for word in words]
        rises = _levelled([_across(along, left, right) for left, right in ends], size)
        starts = [left[0] * along[0] + left[1] * along[1] for left, _ in ends]
        for number, (word, (_, right), rise) in enumerate(zip(words, ends, rises, strict=True), start=1):
            start = starts[number - 1]
            width = max(right[0] * along[0] + right[1] * along[1] - start, 0.1)
            if number < len(words) and starts[number] > start:
                width = max(min(width, starts[number] - start - _GAP * size), _LEAST * width)
            stretch = 100 * width / (len(word.text) * size * _ADVANCE / _EM)
            x, y = start * along[0] - rise * along[1], start * along[1] + rise * along[0]
            text = word.text + (" " if number < len(words) else "")
            codes = "".join(f"{self._code(character):04x}" for character in text)
            yield (
                f"/{FONT} {size:.2f} Tf {stretch:.2f} Tz {along[0]:.5f} {along[1]:.5f} {-along[1]:.5f} {along[0]:.5f} "
                f"{x:.2f} {y:.2f} Tm <{codes}> Tj"
            ).encode()

    def _code(self, character: str) -> int:
        return self._codes.setdefault(character, len(self._codes) + 1)

    def finish(self) -> None:
        """Complete the font with the characters that were set."""
        pdf = self.pdf
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=Name(f"/{FONT}"), Flags=5, FontBBox=Array([0, -220, _ADVANCE, 780]),
            ItalicAngle=0, Ascent=780, Descent=-220, CapHeight=700, StemV=80,
            FontFile2=pdf.make_indirect(pikepdf.Stream(pdf, truetype(), Length1=len(truetype()))),
        )  # fmt: skip
        glyphs = b"\0\0" + b"\0\1" * len(self._codes)
        descendant = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name(f"/{FONT}"), DW=_ADVANCE,
            CIDSystemInfo=Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
            CIDToGIDMap=pdf.make_indirect(pikepdf.Stream(pdf, glyphs)),
            FontDescriptor=pdf.make_indirect(descriptor),
        )  # fmt: skip
        self.font.update(
            {
                "/Type": Name.Font,
                "/Subtype": Name.Type0,
                "/BaseFont": Name(f"/{FONT}"),
                "/Encoding": Name("/Identity-H"),
                "/DescendantFonts": Array([pdf.make_indirect(descendant)]),
                "/ToUnicode": pdf.make_indirect(pikepdf.Stream(pdf, to_unicode(self._codes))),
            }
        )


FONT = "SohoaInvisible"

_Point = tuple[float, float]


def _nearly_square(angle: float) -> float:
    """Return ``angle`` (radians), or the right angle that it nearly is.

    Poppler and others cut a word in two whose letters rise by half a point; a word set level on a slanting line is found.
    """
    square = round(angle / (math.pi / 2)) * math.pi / 2
    return square if abs(angle - square) < _ASKEW_UP_TO else angle


def _across(along: _Point, left: _Point, right: _Point) -> float:
    """Return how far the middle of a word lies to the left of the direction ``along``."""
    return ((left[1] + right[1]) * along[0] - (left[0] + right[0]) * along[1]) / 2


def _levelled(rises: list[float], size: float) -> list[float]:
    """Return how high the words of a line stand, drawn together about their middle to what still reads as one line.

    Poppler ends a line where a word stands half a letter's height from the first; a phrase across would not be found.
    """
    if not rises:
        return rises
    low, high = min(rises), max(rises)
    keep = min(1.0, _ONE_LINE * size / (high - low)) if high > low else 1.0
    return [(low + high) / 2 + (rise - (low + high) / 2) * keep for rise in rises]


def _mapped(matrix: Matrix, point: _Point) -> _Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def to_unicode(codes: dict[str, int]) -> bytes:
    """Return the ToUnicode map of ``codes``: which character (UTF-16) each two-byte code stands for."""
    entries = [f"<{code:04x}> <{character.encode('utf-16-be').hex()}>" for character, code in codes.items()]
    runs = [entries[at : at + _MOST_IN_BLOCK] for at in range(0, len(entries), _MOST_IN_BLOCK)]
    mapped = "".join(f"{len(run)} beginbfchar\n" + "\n".join(run) + "\nendbfchar\n" for run in runs)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{mapped}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()


def truetype() -> bytes:
    """Return a TrueType font of two empty glyphs, each half an em wide: what must be embedded, and nothing more."""
    glyphs = 2
    tables = {
        b"glyf": b"\0\0\0\0",
        b"head": struct.pack(
            ">IIIIHHqqhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, _EM, 0, 0, 0, -220, _ADVANCE, 780, 0, 8, 2, 0, 0
        ),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, 780, -220, 0, _ADVANCE, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, glyphs),
        b"hmtx": struct.pack(">HhHh", _ADVANCE, 0, _ADVANCE, 0),
        b"loca": struct.pack(">HHH", 0, 0, 0),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, glyphs, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    }  # fmt: skip
    tables[b"head"] = _with_adjustment(tables)
    return _font_file(tables)


def _with_adjustment(tables: dict[bytes, bytes]) -> bytes:
    """Return the table head with the sum that makes the whole file's 0xB1B0AFBA."""
    adjustment = (0xB1B0AFBA - _sum([_font_file(tables)])) % 2**32
    head = tables[b"head"]
    return head[:8] + struct.pack(">I", adjustment) + head[12:]


def _font_file(tables: dict[bytes, bytes]) -> bytes:
    power = len(tables).bit_length() - 1
    header = struct.pack(
        ">IHHHH", 0x10000, len(tables), 16 << power, power, 16 * (len(tables) - (1 << power))
    )
    at, directory, body = 12 + 16 * len(tables), b"", b""
    for tag, data in sorted(tables.items()):
        padded = data + b"\0" * (-len(data) % 4)
        counted = padded[:8] + b"\0\0\0\0" + padded[12:] if tag == b"head" else padded
        directory += tag + struct.pack(">III", _sum([counted]), at + len(body), len(data))
        body += padded
    return header + directory + body


def _sum(parts: Iterable[bytes]) -> int:
    return sum(sum(struct.unpack(f">{len(part) // 4}I", part)) for part in parts) % 2**32
