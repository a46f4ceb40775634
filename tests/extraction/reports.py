"""Reports for tests, from plain lines of text: paragraphs of words with made-up boxes, zones of a letterhead.

A line is a paragraph; ``**…**`` makes it bold, a line of ``~~~`` turns the page. Indents at the left of a line are
for the reader of the test only.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from pipeline.document import Box, Extraction, FieldValue, Layout, Line, Page, Paragraph, Word, Zone, ZoneKind
from pipeline.extraction.extract import extract
from pipeline.extraction.profile import Profile, load_profile
from pipeline.outline import outline

LINES_A_PAGE = 60
WORDS_A_LINE = 24


@cache
def profile() -> Profile:
    """The profile of reports on foreign affairs, as shipped."""
    return load_profile("doi_ngoai")


def words(text: str, *, page: int = 1, y: float = 0.5, confidence: float = 0.95) -> tuple[Word, ...]:
    """The words of ``text`` on one row."""
    return tuple(
        Word(token, Box(0.1 + 0.03 * index, y, 0.125 + 0.03 * index, y + 0.01), confidence, page)
        for index, token in enumerate(text.split())
    )


def paragraph(text: str, *, page: int = 1, y: float = 0.5) -> Paragraph:
    """One paragraph; ``**…**`` makes it bold."""
    bold = text.startswith("**") and text.endswith("**")
    return Paragraph(words(text.strip("*"), page=page, y=y), bold=bold)


def body(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of ``text``, one a line."""
    found: list[Paragraph] = []
    page, row = 1, 0
    for line in text.strip().splitlines():
        if line.strip() == "~~~":
            page, row = page + 1, 0
        elif line.strip():
            found.append(paragraph(line.strip(), page=page, y=0.2 + 0.012 * row))
            row += 1
    return tuple(found)


def zone(kind: ZoneKind, *rows: str, page: int = 1, y: float = 0.05) -> Zone:
    """A zone of the letterhead, one line a row."""
    lines = tuple(Line(words(text, page=page, y=y + 0.02 * index)) for index, text in enumerate(rows))
    return Zone(kind, page, Box(0.1, y, 0.9, y + 0.02 * len(rows)), lines)


def letterhead(
    *,
    issuer: tuple[str, ...] = ("ỦY BAN NHÂN DÂN", "HUYỆN HOA LƯ"),
    number: str = "Số: 12/BC-UBND",
    place_date: str = "Hoa Lư, ngày 15 tháng 11 năm 2021",
    kind: str = "BÁO CÁO",
    subject: tuple[str, ...] = ("Kết quả công tác đối ngoại năm 2021",),
) -> tuple[Zone, ...]:
    """The zones above the body; an empty text leaves its zone out."""
    zones = [
        zone("issuer", *issuer, y=0.05),
        zone("number", number, y=0.1),
        zone("place_date", place_date, y=0.1),
        zone("type", kind, y=0.14),
        zone("subject", *subject, y=0.16),
    ]
    return tuple(z for z in zones if any(line.words for line in z.lines))


def pages_of(layout: Layout) -> list[Page]:
    """Pages that hold the words of ``layout``, a line a paragraph."""
    lines = [line for z in layout.zones for line in z.lines]
    lines += [Line(p.words) for p in layout.paragraphs]
    last = max((word.page for line in lines for word in line.words), default=1)
    return [
        Page(number, 2480, 3508, 300, "scan", tuple(line for line in lines if line.page == number))
        for number in range(1, last + 1)
    ]


def understood(text: str, zones: tuple[Zone, ...] | None = None) -> Extraction:
    """Everything that is extracted from a report with this body, under the letterhead of a district."""
    layout = Layout(letterhead() if zones is None else zones, body(text))
    return extract(layout, outline(layout), pages_of(layout), profile())


def answers(text: str) -> Callable[[str], FieldValue]:
    """The first row of a field of a report with this body, by the field's name."""
    extraction = understood(text)

    def row(name: str) -> FieldValue:
        found = extraction.first(name)
        assert found is not None
        return found

    return row
