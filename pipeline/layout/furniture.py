"""What stands on a page without being the document: page numbers, running heads, captions, stamps, specks."""

from __future__ import annotations

from collections.abc import Sequence

import regex
from rapidfuzz import fuzz

from pipeline.document import Box, Line, Page, Word, Zone, ZoneKind, union
from pipeline.layout.anchors import is_caption, is_number, is_place_date, national_title_at
from pipeline.layout.columns import Margins, around, cut, gaps, inside, merge_rows, y_of
from pipeline.text import fold

MARGIN = 0.085
"""Page numbers and running heads stand within this share of the page's height from its top or bottom."""

_PAGE_NUMBER = regex.compile(r"^\W{0,3}(?:(?:trang|page)\s)?[0-9ilozsbg]{1,3}(?:\s?/\s?\d{1,3})?\W{0,3}$")
OUT_OF_MARGIN = 0.03
"""Body text keeps to its left margin to within this share of the page's width."""

SCRAP_CONFIDENCE = 0.5
"""Words hanging out of the margin with a mean confidence below this are no print."""

_SPECK = regex.compile(r"^[^\p{L}\p{N}()\[\]“”\"+%/…•●◦▪·–—*-]{1,3}$|^[_—]{2,}$|^[.,;:'`^ˆ|]+$")
_STAMP_WORDS = regex.compile(r"\b(?:c[o0]ng van den|cv den|den so|chuyen:|den\W*ngay)")


def zone_of(kind: ZoneKind, lines: Sequence[Line]) -> Zone:
    """Return the zone of ``kind`` around ``lines``, of which there is at least one."""
    return Zone(kind, lines[0].page, around(lines), tuple(lines))


def strip_furniture(pages: Sequence[Page]) -> tuple[list[list[Line]], list[Zone]]:
    """Return each page's remaining lines, rows merged and sorted, and the zones taken out.

    Nothing that holds text is dropped: what leaves the lines is found again in a zone.
    """
    kept: list[list[Line]] = []
    zones: list[Zone] = []
    for page in pages:
        printed = [line for line in page.lines if has_text(line)]
        zones += [zone_of("furniture", [line]) for line in page.lines if line.words and not has_text(line)]
        lines, taken = _take_stamps(page, merge_rows(printed))
        zones += taken
        kept.append([])
        for line in lines:
            core, scraps = trim_specks(line)
            zones += [zone_of("furniture", [scrap]) for scrap in scraps]
            kept[-1] += [core] if core is not None else []
    for lines in kept:
        for index in (0, -1):
            if lines and _is_page_number(lines[index]):
                zones.append(zone_of("furniture", [lines.pop(index)]))
    zones += _take_running_heads(kept)
    zones += _take_captions(kept)
    return kept, zones


def has_text(line: Line) -> bool:
    """Return whether ``line`` holds a letter or a digit."""
    return any(c.isalnum() for word in line.words for c in word.text)


def trim_specks(line: Line) -> tuple[Line | None, list[Line]]:
    """Return ``line`` without the specks read as punctuation at its ends, and the specks.

    A bullet at the beginning and a dash at the end are print and stay.
    """
    words = line.words
    start, end = 0, len(words)
    while start < end and _SPECK.match(words[start].text):
        start += 1
    while end > start and _SPECK.match(words[end - 1].text):
        end -= 1
    scraps = [Line(part, line.stroke) for part in (words[:start], words[end:]) if part]
    return (Line(words[start:end], line.stroke) if end > start else None), scraps


def take_margin_scraps(lines: Sequence[Line], margins: Margins) -> tuple[list[Line], list[Zone]]:
    """Cut off what hangs out of the left margin before a gap and reads badly: stamp frames, holes, seam seals."""
    kept: list[Line] = []
    zones: list[Zone] = []
    for line in lines:
        index = _scrap_end(line, margins)
        parts = cut(line, index) if index else (line,)
        zones += [zone_of("stamp", [part]) for part in parts[:-1]]
        if index == len(line.words):
            zones.append(zone_of("stamp", [line]))
        else:
            kept.append(parts[-1])
    return kept, zones


def _scrap_end(line: Line, margins: Margins) -> int:
    """Return how many words at the beginning of ``line`` are scraps out of the margin; 0 for a clean line."""
    if line.box.x0 > margins.left - OUT_OF_MARGIN:
        return 0
    widest_first = sorted(gaps(line), key=lambda gap: gap[1] - gap[2])
    fitting = [
        i for i, left, right in widest_first[:6] if right > margins.left - 0.01 and right - left > 0.01
    ]
    for index in [*fitting, len(line.words)]:
        scrap = line.words[:index]
        if sum(word.confidence for word in scrap) / len(scrap) < SCRAP_CONFIDENCE:
            return index
    return 0


def _is_page_number(line: Line) -> bool:
    """Return whether ``line`` is a short number in the top or bottom margin."""
    in_margin = line.box.y1 < MARGIN or line.box.y0 > 1 - MARGIN
    return in_margin and len(line.words) <= 4 and bool(_PAGE_NUMBER.match(fold(line.text)))


def _take_running_heads(kept: list[list[Line]]) -> list[Zone]:
    """Take out first and last lines that repeat on at least two pages and half of them; return their zones."""
    zones: list[Zone] = []
    for index, top in ((0, True), (-1, False)):
        edge = [
            lines[index]
            for lines in kept
            if lines and (lines[index].box.y1 < MARGIN if top else lines[index].box.y0 > 1 - MARGIN)
        ]
        repeated = [
            line
            for line in edge
            if sum(fuzz.ratio(fold(line.text), fold(other.text)) >= 88 for other in edge)
            >= max(2, (len(kept) + 1) // 2)
        ]
        for lines in kept:
            if lines and any(lines[index] is line for line in repeated):
                zones.append(zone_of("furniture", [lines.pop(index)]))
    return zones


def _take_captions(kept: list[list[Line]]) -> list[Zone]:
    """Take out captions of digital signatures, which stand in small type at the top of a page or by the signature."""
    zones: list[Zone] = []
    for lines in kept:
        found = [line for line in lines if is_caption(line.text) and _is_caption_place(line)]
        for line in list(found):
            near = [
                other
                for other in lines
                if not any(other is taken for taken in found)
                and abs(y_of(other) - y_of(line)) < 0.02
                and _small_beside(other, line)
            ]
            found += near
        if found:
            for line in found:
                lines[:] = [other for other in lines if other is not line]
            zones.append(zone_of("caption", sorted(found, key=y_of)))
    return zones


def _is_caption_place(line: Line) -> bool:
    """Return whether a caption may stand here: a body line that quotes an address is long and lies lower."""
    return line.box.y1 < 0.1 or (line.box.width < 0.45 and len(line.words) < 12)


def _small_beside(line: Line, caption: Line) -> bool:
    """Return whether ``line`` in the head of the page belongs to the caption ``caption`` next to it."""
    if line.box.y1 > 0.07 or line.box.x0 < 0.4 or caption.box.y1 > 0.1:
        return False
    return national_title_at(line) is None and not is_number(line.text) and not is_place_date(line.text)


def _take_stamps(page: Page, lines: list[Line]) -> tuple[list[Line], list[Zone]]:
    """Cut the words of incoming-mail stamps out of ``lines``; return the lines left and the stamp zones."""
    boxes = [mark.box for mark in page.marks if mark.kind == "stamp"]
    if not boxes and page.number == 1:
        found = _printed_stamp(lines)
        boxes = [found] if found else []
    zones: list[Zone] = []
    for box in boxes:
        taken: list[Line] = []
        left: list[Line] = []
        for line in lines:
            within = {id(word) for word in inside(line.words, box)}
            outside = tuple(word for word in line.words if id(word) not in within)
            if within:
                taken.append(Line(tuple(word for word in line.words if id(word) in within), line.stroke))
            if outside:
                left.append(Line(outside, line.stroke) if within else line)
        lines = left
        if taken:
            zones.append(zone_of("stamp", taken))
    return lines, zones


def _printed_stamp(lines: Sequence[Line]) -> Box | None:
    """Return the box of a CÔNG VĂN ĐẾN stamp that only its words betray, or None.

    The labels of the box stamp (ĐẾN, Số, Ngày, Chuyển) stand below one another within a sixth of the page's height.
    """
    labels: list[Word] = []
    for line in lines:
        if line.box.y1 > 0.5:
            break
        folded = fold(line.text)
        if _STAMP_WORDS.search(folded) and line.box.width < 0.35:
            labels += line.words
    if len(labels) < 3:
        return None
    box = union(word.box for word in labels)
    return box if box.height < 0.16 and box.width < 0.4 else None
