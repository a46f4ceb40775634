"""The document's type and the subject under it (ô 5a), centred lines with which stamps and pens like to interfere."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from pipeline.document import Line
from pipeline.layout import anchors
from pipeline.layout.columns import Margins, cut, gaps, height_of, y_of
from pipeline.layout.conventions import letters, type_of, upper_share
from pipeline.layout.sorted_zones import Opening
from pipeline.text import fold

MOST_SUBJECT_LINES = 8
_STRAY_GAP = 0.012
"""A stamp's words in the row of a heading stand at least this far (page widths) from it."""
_NEW_PARAGRAPH = 1.3
"""A step this much wider than the lines above it parts two paragraphs where the wording fits, too."""
_FAR = 1.75
"""A step this much wider than the lines above it always parts two paragraphs."""

_ENUMERATED = regex.compile(r"^\W{0,2}(?:[ivxl1]{1,5}|\d{1,2}|[a-dđ])\s?[.)]\s|^\s?[-+•]\s")
_RULE = regex.compile(r"^[\W_]*$")
_BODY_START = regex.compile(
    r"^(?:can cu|thuc hien|theo |ngay \d|trong |xet |de |tiep tuc|nham |truoc |sau |kinh gui|thua |vua qua|qua |hom nay)"
)
_LEGAL_BASIS = regex.compile(
    r"^(?:CHỦ TỊCH|ỦY BAN|UỶ BAN|HỘI ĐỒNG|GIÁM ĐỐC|BỘ TRƯỞNG|BAN THƯỜNG VỤ|BAN CHẤP HÀNH|CHÍNH PHỦ|THỦ TƯỚNG|TRƯỞNG|CHÁNH)"
)


def is_running(line: Line, margins: Margins) -> bool:
    """Return whether ``line`` is a full line of running text."""
    return line.box.width > 0.85 * margins.width and upper_share(line.text) < 0.5


def type_in(line: Line, margins: Margins) -> tuple[int, int] | None:
    """Return (first word, word after the last) of the document type that ``line`` prints, or None.

    The type is centred, in capitals or exactly the type's words. A stamp or a speck may share its row: then only a type
    in capitals that stands clear of it counts.
    """
    found = type_of(line.text)
    if found is not None and _is_type(line, found[1], margins):
        return 0, found[1]
    words = line.words
    capital = [upper_share(word.text) > 0.5 for word in words]
    for start in range(len(words)):
        for end in range(min(len(words), start + 4), start, -1):
            if not any(capital[start:end]):
                continue
            part = Line(words[start:end])
            if upper_share(part.text) <= 0.8:
                continue
            kind = type_of(part.text)
            if kind is None or kind[1] < end - start or len(letters(part.text)) < 5:
                continue
            if _is_type(part, end - start, margins) and _clear(line, start, end):
                return start, end
    return None


def _is_type(line: Line, used: int, margins: Margins) -> bool:
    """Return whether ``line``, whose first ``used`` words name a type, stands where the type does."""
    middle = (margins.left + margins.right) / 2
    balanced = abs(line.box.x_centre - middle) < 0.09
    return (
        balanced
        and (upper_share(line.text) > 0.8 or used == len(line.words))
        and line.box.x0 > margins.left + 0.02
    )


def _clear(line: Line, start: int, end: int) -> bool:
    """Return whether what stands beside ``words[start:end]`` is no part of one sentence with it."""
    others = (*line.words[:start], *line.words[end:])
    edges = {index: right - left for index, left, right in gaps(line)}
    apart = all(edges.get(index, 1.0) > _STRAY_GAP for index in (start, end))
    return apart or all(len(word.text) < 3 or word.confidence < 0.5 for word in others)


def read_type_and_subject(
    rows: Sequence[Line], margins: Margins, opening: Opening, after_head: bool
) -> list[Line]:
    """Take the type and the subject under it; return the other rows."""
    spans = (type_in(line, margins) if line.box.y0 < 0.6 else None for line in rows)
    at, span = next(((i, span) for i, span in enumerate(spans) if span is not None), (0, None))
    if span is None or (at > 6 and after_head) or any(is_running(line, margins) for line in rows[:at]):
        return list(rows)
    kept: list[Line] = []
    for line in rows[:at]:
        if after_head and not anchors.is_addressees(line.text) and line.box.width < 0.4 * margins.width:
            opening.add("stamp", line)
        else:
            kept.append(line)
    line, (start, end) = rows[at], span
    title = Line(line.words[start:end], line.stroke)
    opening.add("type", title)
    if start:
        opening.add("stamp", Line(line.words[:start]))
    subject: list[Line] = []
    if end < len(line.words):
        tail = Line(line.words[end:], line.stroke)
        if start or tail.words[0].box.x0 - title.box.x1 > 0.05:
            opening.add("stamp", tail)
        else:
            subject.append(tail)
    used, strays = _take_subject(rows[at + 1 :], title, subject, margins)
    for stray in strays:
        opening.add("stamp", stray)
    for number, line in enumerate(subject):
        start = _stamped(line, strays)
        if start:
            opening.add("stamp", Line(line.words[:start], line.stroke))
            subject[number] = Line(line.words[start:], line.stroke)
    subject = _without_number(subject, opening)
    if subject:
        opening.kinds["subject"] = []
        opening.add("subject", *subject)
    return kept + list(rows[at + 1 + used :])


def _without_number(subject: Sequence[Line], opening: Opening) -> list[Line]:
    """Return the lines under the type without the number, which contracts print there; it goes to its own zone.

    What stands in capitals between the two belongs to the type ("HỢP ĐỒNG MUA BÁN") when a subject follows.
    """
    at = next((i for i, line in enumerate(subject) if anchors.is_number(line.text)), None)
    if (
        at is None
        or opening.kinds.get("number")
        or not anchors.has_symbol(f"/{subject[at].text.split('/')[-1]}")
    ):
        return list(subject)
    opening.add("number", subject[at])
    above, below = list(subject[:at]), list(subject[at + 1 :])
    if above and below and all(upper_share(line.text) > 0.8 for line in above):
        opening.add("type", *above)
        return below
    return above + below


def _take_subject(
    rows: Sequence[Line], title: Line, subject: list[Line], margins: Margins
) -> tuple[int, list[Line]]:
    """Append the subject's lines at the head of ``rows`` to ``subject``.

    Return how many rows were used and what a stamp printed among them.
    """
    axis = title.box.x_centre
    previous = title
    used = 0
    strays: list[Line] = []
    passed: list[Line] = []
    for index, row in enumerate(rows):
        line, scraps = _balanced_part(row, margins, axis)
        below = rows[index + 1] if index + 1 < len(rows) else None
        if _is_subject_line(line, below, previous, [title, *subject], margins, axis):
            strays += [*passed, *scraps]
            passed = []
            if not _RULE.match(line.text):
                subject.append(line)
            previous = line
            used = index + 1
        elif _is_stray(row, axis) and len(passed) < 3:
            passed.append(row)
        else:
            break
    return used, strays


def _stamped(line: Line, strays: Sequence[Line]) -> int:
    """Return how many words at the left end of ``line`` a stamp beside it reaches into."""
    start = 0
    while start < len(line.words) - 1 and any(line.words[start].box.overlap(s.box) > 0.3 for s in strays):
        start += 1
    return start


def _is_stray(line: Line, axis: float) -> bool:
    """Return whether ``line`` keeps to one side of the page's middle, as a stamp or a pen beside the heading does."""
    return line.box.width < 0.3 and (line.box.x1 < axis - 0.08 or line.box.x0 > axis + 0.08)


def _balance(line: Line, margins: Margins, axis: float) -> float:
    """Return by how much ``line`` is off the middle, less what is tolerable; at most 0 when centred.

    The middle is that of the text block, or ``axis``, the middle of the type above: headings are not always centred
    on the body.
    """
    left, right = line.box.x0 - margins.left, margins.right - line.box.x1
    off = abs(left - right) - 0.035 - 0.12 * max(0.0, min(left, right))
    return min(off, abs(line.box.x_centre - axis) - 0.015) if left > 0.02 else off


def _balanced_part(line: Line, margins: Margins, axis: float) -> tuple[Line, list[Line]]:
    """Return the centred part of ``line`` and what a stamp beside it printed into the same row.

    A line that is centred as a whole, or of which no part is, comes back as it is, and so does one that begins with a
    number: it is the first heading, whose right half may happen to be centred.
    """
    if _balance(line, margins, axis) <= 0 or _ENUMERATED.match(fold(line.text)):
        return line, []
    for index, left, right in gaps(line):
        if right - left < _STRAY_GAP:
            continue
        first, second = cut(line, index)
        for part, other in ((second, first), (first, second)):
            if (
                _balance(part, margins, axis) <= 0
                and len(part.words) > 2
                and part.box.width > other.box.width
            ):
                return part, [other]
    return line, []


def _is_subject_line(
    line: Line, below: Line | None, previous: Line, heading: Sequence[Line], margins: Margins, axis: float
) -> bool:
    """Return whether ``line`` continues the ``heading`` (type, then subject): centred, close to it, no start of the body."""
    text = line.text
    subject = heading[1:]
    if anchors.is_addressees(text) or _ENUMERATED.match(fold(text)):
        return False
    if _RULE.match(text):
        return not subject
    if len(subject) >= MOST_SUBJECT_LINES or _balance(line, margins, axis) > 0:
        return False
    if not subject:
        return y_of(line) - y_of(previous) < 4 * height_of(line)
    last = subject[-1].text
    if _LEGAL_BASIS.match(text) and upper_share(text) > 0.8 and upper_share(last) < 0.8:
        return False
    if line.box.width > 0.9 * margins.width and _BODY_START.match(fold(text)):
        return False
    if _first_of_paragraph(line, below, margins, axis):
        return False
    step = (y_of(line) - y_of(previous)) / _usual_step(heading, margins)
    if step > _FAR or (
        step > _NEW_PARAGRAPH and text[:1].isupper() and line.box.width > 0.75 * margins.width
    ):
        return False
    bold = (subject[-1].stroke or 0) > 1.2
    return not (bold and line.stroke is not None and line.stroke < 1.1 and _from_margin(line, margins))


def _from_margin(line: Line, margins: Margins) -> bool:
    """Return whether ``line`` begins where the first lines of paragraphs do."""
    return line.box.x0 - margins.left < 0.08


def _usual_step(heading: Sequence[Line], margins: Margins) -> float:
    """Return the distance of two lines of the heading; with a single line of it, that of the page counts too."""
    steps = [y_of(b) - y_of(a) for a, b in pairwise(heading)]
    inner = steps[1:] or [min(steps[0], 1.4 * margins.pitch)]
    return max(min(inner), 0.9 * margins.pitch)


def _first_of_paragraph(line: Line, below: Line | None, margins: Margins, axis: float) -> bool:
    """Return whether ``line`` is indented and full, and the line ``below`` begins at the left margin."""
    if below is None or margins.right - line.box.x1 > 0.008 or abs(line.box.x_centre - axis) < 0.008:
        return False
    indent = line.box.x0 - margins.left
    return indent > 0.02 and abs(below.box.x0 - margins.left) < 0.008
