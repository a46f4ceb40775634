"""Joining printed lines to paragraphs, over lines and pages."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import regex

from pipeline.document import Line, Paragraph, Word, union
from pipeline.layout.columns import WIDE_GAP_HEIGHTS, Margins, centred, gaps, height_of, y_of
from pipeline.layout.conventions import upper_share

BOLD_STROKE = 1.2
"""Stroke width over the page's median from which a line counts as bold."""

INDENT = 0.022
"""A first line stands at least this far (page widths, half a centimetre) right of the lines that follow it."""

_BULLET = regex.compile(r"^\s?[-–—+*•●◦▪·]\s?(?=\S)")
_NUMBERED = regex.compile(
    r"^(?:(?:[IVXLH1l]{1,6}|\d{1,2}|\p{L})\s?[.)]|\(\s?(?:\d{1,2}|\p{Ll}|[ivx]{1,4})\s?\)|\d{1,2}(?:\.\d{1,2}){1,3}\.?|"
    r"(?:Điều|Chương|Phần|Mục|Khoản|Phụ lục|PHỤ LỤC|PHẦN|CHƯƠNG|MỤC|ĐIỀU)\s"
    r"(?:thứ\s\p{L}+|[IVXLH]{1,6}|\d{1,3}|[A-Z])\b[.:]?)"
    r"(?:\s+(?P<next>\S)|$)"
)
_GLUED_NUMBER = regex.compile(r"^(?:[IVX]{1,5}|\d{1,2}|[a-zđ])[.)/](?P<next>\p{Lu})\p{Ll}")
_DASHED_NUMBER = regex.compile(r"^(?:[IVXLH]{1,5}|\d{1,2})\s?[-–]\s(?P<next>\p{Lu})")
_DECIMAL = regex.compile(r"^\d{1,3}[.,]\d{3}")
_CLOSING_FORMULA = regex.compile(r"^Trên đây (?:là|,)|^Trên đây,? [^.]{2,60} báo cáo")
_CLOSED = (".", ";", ":", "!", "?", "./", "…")


def enumerated(text: str) -> bool:
    """Return whether ``text`` opens with a number or letter of a list or heading (``II.``, ``1.2.``, ``a)``, ``(1)``).

    The next word must not begin in lower case: a wrapped "2. của" is running text, as is "3.275 hộ dân".
    """
    if _DECIMAL.match(text):
        return False
    found = _NUMBERED.match(text) or _GLUED_NUMBER.match(text) or _DASHED_NUMBER.match(text)
    if found is None:
        return False
    following = found.group("next")
    return following is None or not following.islower()


def bulleted(text: str) -> bool:
    """Return whether ``text`` opens with a bullet."""
    return bool(_BULLET.match(text))


def join_paragraphs(pages: Sequence[Sequence[Line]], margins: Sequence[Margins]) -> list[Paragraph]:
    """Return the paragraphs of the body lines of ``pages`` (rows in reading order, furniture gone)."""
    groups: list[list[tuple[Line, Margins]]] = []
    previous: tuple[Line, Margins] | None = None
    for lines, page_margins in zip(pages, margins, strict=True):
        for line in lines:
            current = (line, page_margins)
            if previous is None or _starts(current, previous, groups[-1]):
                groups.append([current])
            else:
                groups[-1].append(current)
            previous = current
    return [_paragraph(group) for group in groups]


def _starts(
    current: tuple[Line, Margins], previous: tuple[Line, Margins], group: list[tuple[Line, Margins]]
) -> bool:
    """Return whether the line ``current`` begins a new paragraph after ``previous``, the last line of ``group``."""
    line, margins = current
    before, before_margins = previous
    text, earlier = line.text, before.text.rstrip()
    aspect = 1.4
    if _tabular(line, aspect) or _tabular(before, aspect):
        return True
    if _broken_symbol(before.words[-1].text, line.words[0].text):
        return False
    indent = line.box.x0 - margins.left
    earlier_indent = before.box.x0 - before_margins.left
    closed = earlier.endswith(_CLOSED)
    short = _would_have_fitted(line, margins, before, before_margins)
    lower = text[:1].islower()
    outdented = indent < earlier_indent - 0.012 and len(group) > 1
    indented = indent - (earlier_indent if len(group) > 1 else 0.0) > INDENT and indent > INDENT
    hanging = len(group) == 1 and _hangs(line, group[0][0])

    if bulleted(text):
        stands_out = indent > INDENT and not (
            len(group) > 1 and abs(indent - earlier_indent) < 0.008 and not closed
        )
        return closed or short or stands_out or outdented
    if enumerated(text):
        return closed or short or indent > INDENT or upper_share(before.text) > 0.8 or outdented
    if _CLOSING_FORMULA.match(text):
        return True
    both_centred = centred(line, margins) and centred(before, before_margins)
    if both_centred:
        return _centred_break(line, before)
    same_page = line.page == before.page
    if same_page and y_of(line) - y_of(before) > 2.4 * margins.pitch and not (lower and not closed):
        return True
    if lower and not closed:
        return False
    if _capitals(before) != _capitals(line) and (short or indented):
        return True
    if short:
        return not (lower and not closed)
    if centred(line, margins, slack=0.02) and line.box.width < 0.7 * margins.width:
        return True
    if indented and not hanging:
        return (
            closed
            or indent - earlier_indent > INDENT
            or (len(group) == 1 and earlier_indent > INDENT and closed)
        )
    return False


def _hangs(line: Line, first: Line) -> bool:
    """Return whether ``line`` is set under the text that follows the bullet or number of ``first``."""
    item = bulleted(first.text) or enumerated(first.text)
    return item and len(first.words) > 1 and abs(line.box.x0 - first.words[1].box.x0) < 0.008


def _capitals(line: Line) -> bool:
    return len(line.words) > 1 and upper_share(line.text) > 0.8


def _would_have_fitted(line: Line, margins: Margins, before: Line, before_margins: Margins) -> bool:
    """Return whether the first word of ``line`` would have fitted at the end of ``before``: its paragraph had ended."""
    room = before_margins.right - before.box.x1
    return room > line.words[0].box.width + 0.018


def _centred_break(line: Line, before: Line) -> bool:
    """Return whether two centred lines are two paragraphs: capitals over small letters, brackets, a wide gap."""
    if line.page != before.page or _capitals(line) != _capitals(before):
        return True
    if line.text.startswith("(") or enumerated(before.text) or enumerated(line.text):
        return True
    if y_of(line) - y_of(before) > 2.2 * max(height_of(line), height_of(before)):
        return True
    return before.text.rstrip().endswith(_CLOSED)


def _tabular(line: Line, aspect: float) -> bool:
    """Return whether ``line`` is a row of cells: two gaps or more that no justified text has."""
    limit = WIDE_GAP_HEIGHTS * height_of(line) * aspect
    return sum(right - left > limit for _, left, right in gaps(line)) > 1


def _paragraph(group: Sequence[tuple[Line, Margins]]) -> Paragraph:
    """Return the paragraph of the lines in ``group``; symbols cut at the line's end are mended."""
    words: list[Word] = []
    starts: list[int] = []
    for line, _ in group:
        new = list(line.words)
        if words and _broken_symbol(words[-1].text, new[0].text):
            starts.append(len(words) - 1)
            words[-1] = _fuse(words[-1], new.pop(0))
        else:
            starts.append(len(words))
        words += new
    starts = [min(start, len(words) - 1) for start in starts]
    strokes = [line.stroke for line, _ in group if line.stroke is not None for _ in line.words]
    first, margins = group[0]
    central = sum(centred(line, page_margins) for line, page_margins in group)
    return Paragraph(
        tuple(words),
        bold=bool(strokes) and median(strokes) > BOLD_STROKE,
        centred=central * 2 > len(group),
        indent=round(first.box.x0 - margins.left, 4),
        line_starts=tuple(dict.fromkeys(starts)),
    )


def _broken_symbol(end: str, start: str) -> bool:
    """Return whether a document symbol was cut between two lines: ``74/CĐ-`` + ``TTg``, ``38/KH`` + ``-UBND``."""
    if "/" in end and end.endswith(("-", "/")) and len(end) > 2:
        return start[:1].isupper()
    return "/" in end and end[-1:].isupper() and len(start) > 2 and start[0] == "-" and start[1].isupper()


def _fuse(end: Word, start: Word) -> Word:
    """Return one word of two halves; its box is that of both on one page, else of the first half."""
    box = union([end.box, start.box]) if end.page == start.page else end.box
    asked = end.other is not None or start.other is not None
    other = (end.other or end.text) + (start.other or start.text) if asked else None
    return Word(end.text + start.text, box, min(end.confidence, start.confidence), end.page, other)
