"""The gaps of the letterhead that offices fill in by hand: number, day and month.

Decree 30/2020/NĐ-CP, Appendix I: "Số: … /BC-UBND" (zone 3) and "Hà Nội, ngày … tháng … năm 2020" (zone 4). A gap is
found from the typed words around it, whatever the reader made of what stands in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import Literal

import regex

from pipeline.document import Box, Line
from pipeline.text import fold

GapKind = Literal["number", "day", "month"]

_LETTERHEAD = 0.4
"""The letterhead lies in this share of the page from its top."""
_NUMBER = regex.compile(r"^[\W_]{0,2}[sS§5][oốôóòõồỗổộ0óÓỐÔ]{1,2}[\s:.,;]{0,3}(?=.{0,24}?[A-ZĐ]{2})")
_SYMBOL = regex.compile(r"\s?[/|\-]\s?[A-ZĐ]{2}|(?<=[\s\d\W])[A-ZĐ]{2,}\s?[-–/&]|\s[lI1][A-ZĐ]{2,}\s?[-–/]")
_DATE_PATTERN = (
    r"(?P<before>.{0,48})\b(?:ngay)SLIP(?P<day>.{0,12}?)(?:thang)SLIP(?P<month>.{0,12}?)(?:nam)SLIP"
    r"[\W_]{0,3}(?P<year>[\dOolI]{4})?.{0,6}$"
)
_DATE = regex.compile(_DATE_PATTERN.replace("SLIP", ""))
_POOR_DATE = regex.compile(_DATE_PATTERN.replace("SLIP", "{s<=1}"))
_WIDTHS = {
    "i": 0.28,
    "l": 0.28,
    "t": 0.28,
    "j": 0.28,
    "f": 0.33,
    "r": 0.33,
    "/": 0.28,
    "-": 0.33,
    "m": 0.78,
    "w": 0.72,
}
_SWALLOWED = 1.35
"""A word whose box is this much wider than its text, judged by the line's other words, holds more than its text."""
_PUNCTUATION_WIDTH, _DIGIT_WIDTH, _CAPITAL_WIDTH, _SMALL_WIDTH = 0.27, 0.5, 0.69, 0.47


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap to be filled: ``box`` lies between the typed anchors, as high as the line.

    ``typed`` is the span of typed ink of the same line to compare with (the symbol, the year), and ``text`` what the
    reader saw in the gap.
    """

    kind: GapKind
    box: Box
    typed: Box
    text: str


def find_gaps(lines: Sequence[Line]) -> tuple[Gap, ...]:
    """Return the gaps of the number line and of the place-and-date line, in reading order."""
    return tuple(gap for line in lines if line.box.y1 < _LETTERHEAD for gap in _gaps_of(line))


def _gaps_of(line: Line) -> Iterator[Gap]:
    text = line.text
    box = line.box
    head = _NUMBER.match(text)
    if head and box.width < 0.5:
        symbol = _SYMBOL.search(text, head.end())
        if symbol:
            start = symbol.start() + (text[symbol.start()] == " ")
            yield _gap("number", line, (head.end(), start), (start, len(text)))
        return
    folded = fold(text)
    date = _DATE.match(folded) or _POOR_DATE.match(folded)
    if date and ("," in date["before"] or "." in date["before"] or box.x0 > 0.35):
        typed = date.span("year") if date["year"] else (date.end("month"), len(text))
        for kind in ("day", "month"):
            yield _gap("day" if kind == "day" else "month", line, date.span(kind), typed)


def _gap(kind: GapKind, line: Line, span: tuple[int, int], typed: tuple[int, int]) -> Gap:
    """Return the gap between the characters ``span`` of the line's text, ``typed`` being typed ones beside it."""
    text, box = line.text, line.box
    from_left, from_right = _edges(line)
    start, end = span
    # Spaces belong to the gap: what is written there seldom keeps to the reader's words.
    while start > 0 and text[start - 1] == " ":
        start -= 1
    while end < len(text) and text[end] == " ":
        end += 1
    left = from_left[start - 1][1] if start else box.x0
    right = from_right[end][0] if end < len(text) else box.x1
    return Gap(
        kind,
        Box(left, box.y0, max(left, right), box.y1),
        Box(from_right[typed[0]][0], box.y0, from_right[typed[1] - 1][1], box.y1),
        text[span[0] : span[1]].strip(),
    )


Edges = list[tuple[float, float]]


def _edges(line: Line) -> tuple[Edges, Edges]:
    """Return (left, right) of every character of the line's text, once from the left and once from the right.

    The characters share a word's box by the widths of Times. A box much wider than its text has swallowed writing
    that the reader did not read: then its characters are set from its left end, or from its right end.
    """
    widths = [[_width(character) for character in word.text] for word in line.words]
    ems = [word.box.width / sum(own) for word, own in zip(line.words, widths, strict=True)]
    usual = median_low(ems)
    from_left: Edges = []
    from_right: Edges = []
    for number, (word, own, em) in enumerate(zip(line.words, widths, ems, strict=True)):
        if number:
            space = (line.words[number - 1].box.x1, word.box.x0)
            from_left.append(space)
            from_right.append(space)
        scale = usual if em > _SWALLOWED * usual else em
        slack = word.box.width - scale * sum(own)
        at = word.box.x0
        for width in own:
            from_left.append((at, at + width * scale))
            from_right.append((at + slack, at + slack + width * scale))
            at += width * scale
    return from_left, from_right


def _width(character: str) -> float:
    """Return the width of a character of Times in ems, roughly."""
    base = fold(character)
    if character.isdigit():
        return _DIGIT_WIDTH
    if base in _WIDTHS and character.islower():
        return _WIDTHS[base]
    if not character.isalpha():
        return _WIDTHS.get(character, _PUNCTUATION_WIDTH)
    return _CAPITAL_WIDTH if character.isupper() else _SMALL_WIDTH
