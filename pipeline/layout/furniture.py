"""What stands on a page without being the document: page numbers, running heads, captions, stamps, specks."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise

import regex
from rapidfuzz import fuzz

from pipeline.document import Box, Line, Page, Word, Zone, ZoneKind, union
from pipeline.layout.anchors import has_symbol, is_caption, is_number, is_place_date, national_title_at
from pipeline.layout.columns import Margins, around, gaps, inside, merge_rows, y_of
from pipeline.text import fold

MARGIN = 0.085
"""Page numbers and running heads stand within this share of the page's height from its top or bottom."""

_PAGE_NUMBER = regex.compile(r"^\W{0,3}(?:(?:trang|page)\s)?[0-9ilozsbg]{1,3}(?:\s?/\s?\d{1,3})?\W{0,3}$")
OUT_OF_MARGIN = 0.03
"""Body text keeps to its left margin to within this share of the page's width."""

SCRAP_CONFIDENCE = 0.5
"""Words hanging out of the margin with a mean confidence below this are no print."""

WELL_READ = 0.75
"""Words in the box of a stamp that read at least so well may be a printed line that it was set over."""
SPACE_HEIGHTS = 0.9
"""Words of one line stand within so many heights of a line of each other."""

_SPECK = regex.compile(r"^[^\p{L}\p{N}()\[\]“”\"+%/…•●◦▪·–—*-]{1,3}$|^[_—]{2,}$|^[.,;:'`^ˆ|]+$")
_ARRIVAL = regex.compile(r"\b(?:CÔNG VĂN|C\.?V\.?)?\s?Đ[ẾEÊÉ]N\b")
_WHOLE_ARRIVAL = regex.compile(r"\bC[ÔO]NG\s?V[ĂÄA]N\s?Đ")
_STAMP_LABEL = regex.compile(r"^\W{0,2}(?:Số|Ngày|Chuyển|Lưu hồ sơ)\s?[:.]")
_STAMP_WORDS = regex.compile(r"\b(?:c[o0]ng van den|cv den|den so|den\s+chuyen|chuyen:)")


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
    """Cut off what hangs out of the left margin and reads badly: stamp frames, holes, seam seals.

    Neighbouring lines that begin out of the margin are judged together, as one stamp covers several rows. Short, badly
    read lines between its rows go with it.
    """
    outside = [line for line in lines if line.box.x0 < margins.left - OUT_OF_MARGIN]
    stamped: dict[int, int] = {}
    rows: list[tuple[float, float]] = []
    for group in _neighbours(outside):
        ends = [_scrap_end(line, margins) for line in group]
        scraps = [word for line, end in zip(group, ends, strict=True) for word in line.words[:end]]
        if _mean_confidence(scraps) < SCRAP_CONFIDENCE or _is_stamp(scraps):
            stamped |= {id(line): end for line, end in zip(group, ends, strict=True)}
            rows.append((group[0].box.y0, group[-1].box.y1))
    kept: list[Line] = []
    zones: list[Zone] = []
    for line in lines:
        end = stamped.get(id(line), 0)
        within = any(top <= y_of(line) <= bottom for top, bottom in rows)
        if not end and within and line.box.width < 0.15 and _mean_confidence(line.words) < SCRAP_CONFIDENCE:
            end = len(line.words)
        if end:
            zones.append(zone_of("stamp", [Line(line.words[:end], line.stroke)]))
        if end < len(line.words):
            kept += [Line(line.words[end:], line.stroke)] if end else [line]
    return kept, zones


def _neighbours(lines: Sequence[Line]) -> list[list[Line]]:
    """Group lines, sorted from top to bottom, that follow one another within three lines' height."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and y_of(line) - y_of(groups[-1][-1]) < 0.05:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _mean_confidence(words: Sequence[Word]) -> float:
    return sum(word.confidence for word in words) / len(words) if words else 1.0


def _is_stamp(words: Sequence[Word]) -> bool:
    """Return whether the words are those of an incoming-mail stamp (ĐẾN, Số, Ngày, Chuyển)."""
    folded = fold(" ".join(word.text for word in words))
    return bool(_STAMP_WORDS.search(folded)) and _mean_confidence(words) < 0.75


def _scrap_end(line: Line, margins: Margins) -> int:
    """Return how many words of a line that begins out of the margin are no body: up to the widest gap past the margin.

    Only a gap after which the words read better counts; without one, all words that begin out of the margin are scraps.
    """
    fitting = [
        (right - left, index)
        for index, left, right in gaps(line)
        if right > margins.left - 0.01
        and right - left > 0.008
        and _mean_confidence(line.words[:index]) < _mean_confidence(line.words[index:])
    ]
    if fitting:
        return max(fitting)[1]
    inner = [index for index, word in enumerate(line.words) if word.box.x0 >= margins.left - 0.01]
    return inner[0] if inner else len(line.words)


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
    if page.number == 1 and not any("den" in fold(mark.text) for mark in page.marks):
        found = _printed_stamp(lines)
        boxes += [found] if found else []
    zones: list[Zone] = []
    for box in boxes:
        taken: list[Line] = []
        left: list[Line] = []
        for line in lines:
            within = {id(word) for word in inside(line.words, box)}
            if within and _runs_through(line, within, page.aspect):
                within = set()
            outside = tuple(word for word in line.words if id(word) not in within)
            if within:
                taken.append(Line(tuple(word for word in line.words if id(word) in within), line.stroke))
            if outside:
                left.append(Line(outside, line.stroke) if within else line)
        lines = left
        if taken:
            zones.append(zone_of("stamp", taken))
    return lines, zones


def _runs_through(line: Line, within: Set[int], aspect: float) -> bool:
    """Return whether a printed line runs through the box of a stamp: well read in it, and on at a word's distance."""
    words = line.words
    inner = [word for word in words if id(word) in within]
    if 2 * len(inner) > len(words) or min(word.confidence for word in inner) < WELL_READ:
        return False
    edges = [
        (left, right) for left, right in pairwise(words) if (id(left) in within) != (id(right) in within)
    ]
    room = SPACE_HEIGHTS * line.height * aspect
    return all(
        right.box.x0 - left.box.x1 < room and min(left.confidence, right.confidence) > WELL_READ
        for left, right in edges
    )


def _printed_stamp(lines: Sequence[Line]) -> Box | None:
    """Return the box of a CÔNG VĂN ĐẾN stamp that only its words betray, or None.

    ĐẾN stands in capitals; at least one more label of the box stamp (Số, Ngày, Chuyển) stands close above or below it.
    """
    narrow = [
        line for line in lines if line.box.y1 < 0.5 and line.box.width < 0.35 and not has_symbol(line.text)
    ]
    arrival = next(
        (line for line in narrow if _ARRIVAL.search(line.text) or _WHOLE_ARRIVAL.search(line.text)), None
    )
    if arrival is None:
        return None
    near = [
        line
        for line in narrow
        if abs(y_of(line) - y_of(arrival)) < 0.07
        and (line is arrival or _STAMP_LABEL.match(line.text))
        and line.box.x0 < arrival.box.x1 + 0.05
        and line.box.x1 > arrival.box.x0 - 0.05
    ]
    if _WHOLE_ARRIVAL.search(arrival.text):
        return union(line.box for line in near)
    labels = " ".join(line.text for line in near)
    if (
        len(near) < 2
        and len(_STAMP_LABEL.findall(labels)) == 0
        and not regex.search(r"Số\s?:|Ngày\s?:", labels)
    ):
        return None
    return union(line.box for line in near)
