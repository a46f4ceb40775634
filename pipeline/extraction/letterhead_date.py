"""Place and date of issue: ``Hoa Lư, ngày 15 tháng 11 năm 2021``, the day often written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from statistics import median

import regex

from pipeline.document import Box, FieldValue, Layout, Line, Page, Passage, Word, union
from pipeline.extraction.letterhead_rows import absent, mark_over, not_read, page_of, reported
from pipeline.extraction.letterhead_spelling import as_figures, place_spelt, respell
from pipeline.text import fold, squeeze

_YEAR_WORD = regex.compile(r"\d{4}\.?")
TALL = 1.18
"""Figures taller than the printed year by this factor are written by hand (measured: print 0.95-1.05, pens 1.3-1.8)."""

_EXACT = regex.compile(
    r"(?P<a>ngay)\W?(?P<day>.{0,14}?)(?P<b>thang)(?P<month>.{0,12}?)(?P<c>nam)(?P<year>.{0,8})$"
)
_FUZZY = regex.compile(
    r"(?P<a>(?:ngay){e<=1})\W?(?P<day>.{0,14}?)(?P<b>(?:thang){e<=1})(?P<month>.{0,12}?)(?P<c>(?:nam){e<=1})"
    r"(?P<year>.{0,8})$",
    flags=regex.BESTMATCH,
)
_SHORT = regex.compile(r"(?:ngay )?(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})\W*$")
_FILLER = regex.compile(r"[\s.…_,·:-]+")


def place_and_date(layout: Layout, pages: Sequence[Page]) -> list[FieldValue]:
    """Return the rows of ``doc.place`` and ``doc.issued_on``."""
    zone = layout.zone("place_date")
    if zone is None or not zone.lines:
        return [absent("doc.place", "no_date_line", 0.8), absent("doc.issued_on", "no_date_line", 0.8)]
    passage = zone.passage
    folded = fold(passage.text)
    found = _EXACT.search(folded) or _FUZZY.search(folded)
    if found is None:
        short = _SHORT.search(folded)
        if short is None:
            box = union(word.box for word in passage.words)
            lost = not_read(
                "doc.issued_on", "unreadable", passage.words, "date_line", page=zone.page, box=box
            )
            return [absent("doc.place", "date_line", 0.4), lost]
        return [_place(layout, passage, short.start()), _short_date(passage, short)]
    return [
        _place(layout, passage, found.start("a")),
        _long_date(passage, found, page_of(pages, zone.page), zone.page),
    ]


def _place(layout: Layout, passage: Passage, end: int) -> FieldValue:
    """Return the row of ``doc.place``: what stands before the date."""
    text = squeeze(passage.text[:end]).strip(" ,.;:-–'\"|_")
    words = passage.span(0, max(0, end - 1)).words if text else ()
    if not text or not any(c.isalpha() for c in text):
        return absent("doc.place", "date_without_place", 0.7)
    spelt = place_spelt(respell(text, layout))
    doubts = ["repaired"] if spelt != text else []
    if not all(word[:1].isupper() or not word[:1].isalpha() for word in spelt.split()[:1]):
        doubts.append("odd_text")
    return reported("doc.place", words, "date_line", text=spelt, doubts=doubts)


def _short_date(passage: Passage, found: regex.Match[str]) -> FieldValue:
    """Return the row of a date in figures, ``15/11/2021``."""
    words = passage.span(found.start(), found.end()).words
    day = _date(int(found.group("year")), int(found.group("month")), int(found.group("day")))
    if day is None:
        box = union(word.box for word in words)
        return not_read("doc.issued_on", "unreadable", words, "impossible_date", page=words[0].page, box=box)
    return reported("doc.issued_on", words, "date_in_figures", day=day, score=0.9)


def _long_date(passage: Passage, found: regex.Match[str], page: Page | None, page_number: int) -> FieldValue:
    """Return the row of ``doc.issued_on`` from ``ngày … tháng … năm …``."""
    name = "doc.issued_on"
    words = passage.span(found.start("a"), found.end()).words
    texts = {part: passage.text[found.start(part) : found.end(part)] for part in ("day", "month", "year")}
    boxes = {
        "day": _between(passage, found.span("a"), found.span("b")),
        "month": _between(passage, found.span("b"), found.span("c")),
    }
    for part in ("day", "month"):
        mark = mark_over(page, boxes[part], ("handwriting",))
        if mark is not None:
            return not_read(
                name,
                "unreadable",
                words,
                "handwriting",
                page=page_number,
                box=mark.box,
                doubts=("handwriting",),
            )
    figures = {part: _FILLER.sub("", text) for part, text in texts.items()}
    if not figures["day"]:
        gap = boxes["day"]
        return not_read(
            name, "blank", words, "empty_day", page=page_number, box=gap, doubts=("handwriting",), score=0.6
        )
    typed = {part: mark_over(page, boxes[part], ("typed",)) is not None for part in ("day", "month")}
    cues = [cue for part in typed if not typed[part] for cue in handwriting_cues(passage, found, part)]
    day_text = as_figures(figures["day"]) if typed["day"] else figures["day"]
    month_text, year_text = as_figures(figures["month"]), as_figures(figures["year"])
    if not regex.fullmatch(r"\d{1,2}", day_text):
        cues += ["no figures", "no figures"]
    read = (figures["day"], figures["month"], figures["year"])
    doubts = ["repaired"] if (day_text, month_text, year_text) != read else []
    year_digits = regex.match(r"\d{4}", year_text)
    readable = len(cues) < 2 and regex.fullmatch(r"\d{1,2}", month_text) and year_digits
    day = (
        _date(int(year_digits.group()), int(month_text), int(day_text)) if readable and year_digits else None
    )
    if day is None:
        by_hand = ("handwriting",) if (cues or figures["day"]) and not all(typed.values()) else ()
        return not_read(
            name, "unreadable", words, "date_line", page=page_number, box=boxes["day"], doubts=by_hand
        )
    return reported(name, words, "date_line", day=day, doubts=[*doubts, *(["handwriting"] if cues else [])])


def _date(year: int, month: int, day: int) -> date | None:
    """Return the date, or None when there is no such day since 1945."""
    try:
        return date(year, month, day) if 1945 <= year <= 2100 else None
    except ValueError:
        return None


def _between(passage: Passage, left: tuple[int, int], right: tuple[int, int]) -> Box:
    """Return the box between the words of two spans of characters on one line."""
    a, b = passage.span(*left).words, passage.span(*right).words
    line = Line(a + b).box
    x0, x1 = a[-1].box.x1, b[0].box.x0
    inner = [word for word in passage.span(left[1], right[0]).words if word not in a and word not in b]
    if inner:
        x0, x1 = min(x0, inner[0].box.x0), max(x1, inner[-1].box.x1)
    if x1 <= x0:
        x0, x1 = a[-1].box.x_centre, max(b[0].box.x1, a[-1].box.x_centre)
    return Box(x0, line.y0, x1, line.y1)


def handwriting_cues(passage: Passage, found: regex.Match[str], part: str) -> list[str]:
    """Return what speaks for the day or month (``part``) being written by hand: height, spacing, unsure reading."""
    before, after = {"day": ("a", "b"), "month": ("b", "c")}[part]
    span = found.span(part)
    if not passage.text[span[0] : span[1]].strip():
        return []
    words = passage.span(*_trim(passage.text, span)).words
    left, right = passage.span(*found.span(before)).words, passage.span(*found.span(after)).words
    if words[0] in left or words[-1] in right:
        return ["glued", "glued"] if part == "day" else ["glued"]
    cues = []
    if min(word.confidence for word in words) < 0.5:
        cues.append("unsure")
    year = _printed_year(passage)
    box = union(word.box for word in words)
    if year is not None and (
        box.height > TALL * year.box.height or box.height < year.box.height / TALL / TALL
    ):
        cues += ["height", "height"]
    spaces = [b.box.x0 - a.box.x1 for a, b in zip(passage.words, passage.words[1:], strict=False)]
    usual = median([space for space in spaces if space > 0] or [0.0])
    sides = (box.x0 - left[-1].box.x1, right[0].box.x0 - box.x1)
    if usual > 0 and (max(sides) > 2.2 * usual or min(sides) < 0.35 * usual):
        cues.append("spacing")
    return cues


def _trim(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _printed_year(passage: Passage) -> Word | None:
    """Return the word that prints the year, the yardstick for figures of this line, or None."""
    years = [word for word in passage.words if _YEAR_WORD.fullmatch(word.text)]
    return years[-1] if years else None
