"""The nouns of sohoa: immutable values without I/O, handed from stage to stage.

Boxes of words and lines are fractions (0..1, origin top left) of the *clean* page, which is upright and straight:
layout is easy there. :meth:`Page.on_scan` maps them back to the page as scanned, the only form that leaves a run.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from statistics import median
from typing import Literal

State = Literal["reported", "none", "blank", "absent", "unreadable"]
Qualifier = Literal["exact", "about", "more_than", "less_than"]
Method = Literal["rule", "entity", "table", "letterhead", "review"]
Severity = Literal["error", "warning", "note"]
SourceKind = Literal["scan", "text_layer", "mixed"]
MarkKind = Literal["seal", "signature", "handwriting", "typed", "stamp", "picture"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in fractions of a page, origin top left, ``x0 <= x1`` and ``y0 <= y1``."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Width as a fraction of the page's width."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height as a fraction of the page's height."""
        return self.y1 - self.y0

    @property
    def x_centre(self) -> float:
        """Horizontal centre."""
        return (self.x0 + self.x1) / 2

    @property
    def y_centre(self) -> float:
        """Vertical centre."""
        return (self.y0 + self.y1) / 2

    def overlap(self, other: Box) -> float:
        """Return the share (0..1) of this box's area that ``other`` covers."""
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.y1, other.y1) - max(self.y0, other.y0)
        area = self.width * self.height
        return max(0.0, width) * max(0.0, height) / area if area > 0 else 0.0


def union(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around ``boxes``, of which there is at least one."""
    boxes = list(boxes)
    return Box(
        min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes)
    )


@dataclass(frozen=True, slots=True)
class Word:
    """One printed word: NFC text, box on the clean page, the reader's confidence 0..1, 1-based page.

    ``other`` is what a second reader saw there (``text`` itself where both read alike), None where none was asked.
    """

    text: str
    box: Box
    confidence: float
    page: int
    other: str | None = None

    @property
    def disputed(self) -> bool:
        """Whether a second reader read something else."""
        return self.other is not None and self.other != self.text


@dataclass(frozen=True)
class Line:
    """Words of one printed line, left to right; ``stroke`` is the stroke width over the page's median (bold > 1.2).

    ``stroke`` is None where it was not measured (a text layer). Without slots: what is asked for often is kept.
    """

    words: tuple[Word, ...]
    stroke: float | None = None

    @cached_property
    def text(self) -> str:
        """The words joined by one space."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def box(self) -> Box:
        """The box around all words."""
        return union(word.box for word in self.words)

    @cached_property
    def height(self) -> float:
        """The median height of the words: one tall scrap does not count."""
        return median(word.box.height for word in self.words)

    @cached_property
    def y_centre(self) -> float:
        """The median vertical centre of the words."""
        return median(word.box.y_centre for word in self.words)

    @property
    def page(self) -> int:
        """The 1-based page."""
        return self.words[0].page


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on the page that is no print: a seal, a signature, handwriting, a stamp, a picture.

    "typed" is the exception: print in a gap that others fill in by hand, and that is type by its ink.

    ``text`` is what a stamp says where it could be read; ``score`` (0..1) says how sure the finding is.
    """

    kind: MarkKind
    box: Box
    score: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of ruled lines: the rows and columns of its grid that it covers (ends excluded), and its box."""

    row: int
    row_end: int
    column: int
    column_end: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells that the ruled lines of a page make of one table, by row, then column."""

    cells: tuple[GridCell, ...]

    @property
    def box(self) -> Box:
        """The box around all cells."""
        return union(cell.box for cell in self.cells)


Projection = tuple[float, float, float, float, float, float, float, float, float]
IDENTITY: Projection = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
A4_ASPECT = 1.414

Bend = tuple[float, ...]
"""By how much a page's lines were bent: the factors of :data:`BEND_TERMS`, empty for straight ones."""
BEND_TERMS = tuple((i, j) for i in (1, 2, 3, 4) for j in (0, 1, 2))
"""Exponents of x and y, counted from the middle of the page."""


@dataclass(frozen=True, slots=True)
class Page:
    """What was read from one page, with all that later stages need; the image itself is gone.

    ``to_scan`` is the projective map (a, b, c, d, e, f, g, h, i) from fractions of the clean page to fractions of the page
    as scanned: x' = (a·x + b·y + c) / w, y' = (d·x + e·y + f) / w with w = g·x + h·y + i, 1 but for a sheet that was
    photographed aslant. Before it, a point (x, y) of a page whose lines were bent is lower by ``bend``: the sum of
    factor · (x - 1/2)^i · (y - 1/2)^j over :data:`BEND_TERMS`. ``width_px``, ``height_px`` and ``dpi``
    are of the page as scanned.
    ``quality`` (0..1) says how well its print can be read, None when it bears none or was not read from pixels.
    A page that failed has ``status`` "failed", its plain ``error``, and no lines. ``note`` tells of damage, ``remark`` what
    was made of the text layer; neither need be there.
    """

    number: int
    width_px: int
    height_px: int
    dpi: int
    source_kind: SourceKind
    lines: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    grids: tuple[Grid, ...] = ()
    rotation_deg: int = 0
    skew_deg: float = 0.0
    blank: bool = False
    to_scan: Projection = IDENTITY
    bend: Bend = ()
    quality: float | None = None
    reader: str = ""
    status: Literal["ok", "failed"] = "ok"
    error: str = ""
    note: str = ""
    remark: str = ""

    @property
    def words(self) -> list[Word]:
        """All words in reading order."""
        return [word for line in self.lines for word in line.words]

    @property
    def aspect(self) -> float:
        """Height over width of the clean page, upright; A4 where nothing is known of the page."""
        if not (self.width_px and self.height_px):
            return A4_ASPECT
        turned = self.rotation_deg % 180 != 0
        return self.width_px / self.height_px if turned else self.height_px / self.width_px

    def point_on_scan(self, x: float, y: float) -> tuple[float, float]:
        """Return where the point (x, y) of the clean page lies on the page as scanned; it may lie beside it."""
        a, b, c, d, e, f, g, h, i = self.to_scan
        if self.bend:
            u, v = x - 0.5, y - 0.5
            y += sum(factor * u**m * v**n for factor, (m, n) in zip(self.bend, BEND_TERMS, strict=True))
        w = g * x + h * y + i
        return (a * x + b * y + c) / w, (d * x + e * y + f) / w

    def on_scan(self, box: Box) -> Box:
        """Return the box around ``box`` (clean page) on the page as scanned, clipped to the page."""
        corners = [self.point_on_scan(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
        xs = [min(1.0, max(0.0, x)) for x, _ in corners]
        ys = [min(1.0, max(0.0, y)) for _, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True)
class Passage:
    """A run of words read as one text (a paragraph, a heading, a cell), which remembers where each word stands."""

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """The words joined by one space."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The offset in :attr:`text` at which each word begins."""
        offsets, position = [], 0
        for word in self.words:
            offsets.append(position)
            position += len(word.text) + 1
        return tuple(offsets)

    def span(self, start: int, end: int) -> Passage:
        """Return the words that share a character with ``text[start:end]`` as a passage of their own."""
        if end <= start:
            return Passage(())
        first, stop = max(0, bisect_right(self.starts, start) - 1), bisect_left(self.starts, end)
        near = zip(self.words[first:stop], self.starts[first:stop], strict=True)
        return Passage(tuple(w for w, at in near if at < end and at + len(w.text) > start))

    @property
    def page_first(self) -> int | None:
        """Page of the first word, or None when empty."""
        return self.words[0].page if self.words else None

    @property
    def page_last(self) -> int | None:
        """Page of the last word, or None when empty."""
        return self.words[-1].page if self.words else None

    @property
    def confidence(self) -> float:
        """The lowest confidence among the words; 1 when empty."""
        return min((word.confidence for word in self.words), default=1.0)


def join(passages: Iterable[Passage]) -> Passage:
    """Return one passage of all words of ``passages`` in order."""
    return Passage(tuple(word for passage in passages for word in passage.words))


@dataclass(frozen=True)
class Paragraph(Passage):
    """A body paragraph, joined over lines and pages.

    ``indent`` is the first line's left edge less the body's left margin, in page widths. ``bold`` and ``centred``
    describe most of its lines; ``line_starts`` are the word indexes at which printed lines begin.
    """

    bold: bool = False
    centred: bool = False
    indent: float = 0.0
    line_starts: tuple[int, ...] = (0,)


ZoneKind = Literal[
    "national_title",  # 1  Quốc hiệu và tiêu ngữ
    "issuer",  # 2  the issuing body, its parent above it
    "number",  # 3  Số: … /…
    "place_date",  # 4  …, ngày … tháng … năm …
    "type",  # 5a BÁO CÁO
    "subject",  # 5a the lines under the type, or 5b V/v … of a công văn
    "body",  # 6
    "authority",  # 7a KT. CHỦ TỊCH / PHÓ CHỦ TỊCH
    "signer_name",  # 7b
    "addressees",  # 9a Kính gửi
    "recipients",  # 9b Nơi nhận
    "secrecy",  # 10a
    "urgency",  # 10b
    "caption",  # digital-signature captions
    "stamp",  # CÔNG VĂN ĐẾN
    "furniture",  # page numbers, running heads
]


@dataclass(frozen=True)
class Zone:
    """A named part of the page after Decree 30/2020/NĐ-CP, Appendix I; its lines in reading order."""

    kind: ZoneKind
    page: int
    box: Box
    lines: tuple[Line, ...] = ()

    @property
    def passage(self) -> Passage:
        """All words of the zone as one passage."""
        return Passage(tuple(word for line in self.lines for word in line.words))


@dataclass(frozen=True)
class TableCell(Passage):
    """A cell of a table; ``row_end`` and ``column_end`` are the first row and column that it no longer covers."""

    row: int = 0
    row_end: int = 1
    column: int = 0
    column_end: int = 1


@dataclass(frozen=True)
class Table:
    """A table of the body, joined over pages; its words are in no paragraph.

    ``header_rows`` rows at its top name the columns. ``caption`` are the paragraphs right above it, which are body
    paragraphs too; ``after`` counts the body paragraphs that stand before it.
    """

    page: int
    page_last: int
    cells: tuple[TableCell, ...]
    header_rows: int = 1
    caption: tuple[Paragraph, ...] = ()
    after: int = 0
    ruled: bool = True

    @cached_property
    def columns(self) -> int:
        """The number of columns."""
        return max(cell.column_end for cell in self.cells)

    @cached_property
    def rows(self) -> tuple[tuple[TableCell, ...], ...]:
        """The cells of each row from left to right; a cell of several rows stands in each of them."""
        count = max(cell.row_end for cell in self.cells)
        rows: list[list[TableCell]] = [[] for _ in range(count)]
        for cell in sorted(self.cells, key=lambda cell: cell.column):
            for row in range(cell.row, cell.row_end):
                rows[row].append(cell)
        return tuple(map(tuple, rows))


@dataclass(frozen=True)
class Layout:
    """The zones of a document, its body as paragraphs in reading order, and its tables."""

    zones: tuple[Zone, ...]
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...] = ()

    @cached_property
    def printed(self) -> str:
        """What paragraphs and zones say, but for the issuer's own zone, a line each."""
        zones = (zone.passage for zone in self.zones if zone.kind != "issuer")
        return "\n".join(passage.text for passage in (*self.paragraphs, *zones))

    def zone(self, kind: ZoneKind) -> Zone | None:
        """Return the first zone of ``kind``, or None."""
        return next((zone for zone in self.zones if zone.kind == kind), None)


@dataclass(frozen=True)
class Section:
    """A heading with the text under it, up to the next heading.

    ``path`` counts by position ("2.9"), ``printed_number`` is as read ("II.9" is printed as "9" under "II"; a misread
    "IL" stays "IL"), ``number`` is what it was taken for (None for bullets and unnumbered headings), ``style`` names the
    numbering ("roman", "letter", "arabic", "decimal", "bullet", "none"). The preamble has path "0" and no heading.
    """

    path: str
    level: int
    printed_number: str
    number: int | None
    style: str
    heading: Passage
    body: tuple[Paragraph, ...] = ()
    key: str = ""

    @property
    def text(self) -> str:
        """The text under the heading, one paragraph a line."""
        return "\n".join(paragraph.text for paragraph in self.body)


@dataclass(frozen=True, slots=True)
class Anomaly:
    """Something odd in the numbering of headings, e.g. I, II, III, VI, V."""

    sections: tuple[str, ...]
    message_vi: str
    message_en: str
    page: int | None


@dataclass(frozen=True)
class Outline:
    """The sections in reading order, the first being the preamble, and the oddities of their numbering."""

    sections: tuple[Section, ...]
    anomalies: tuple[Anomaly, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """Where a value was read: the words themselves; the box is theirs."""

    words: tuple[Word, ...]

    @property
    def page(self) -> int:
        """The page of the first word."""
        return self.words[0].page

    @property
    def box(self) -> Box:
        """The box, on the clean page, around the words that stand on :attr:`page`."""
        return union(word.box for word in self.words if word.page == self.page)

    @property
    def text(self) -> str:
        """The text as read."""
        return " ".join(word.text for word in self.words)

    @property
    def confidence(self) -> float:
        """The lowest confidence among the words."""
        return min(word.confidence for word in self.words)

    @property
    def other_text(self) -> str | None:
        """The text as a second reader saw it, None where it read alike or was not asked."""
        if not any(word.disputed for word in self.words):
            return None
        seen = (word.text if word.other is None else word.other for word in self.words)
        return " ".join(text for text in seen if text)


def evidence_of(passage: Passage) -> Evidence | None:
    """Return the evidence that ``passage`` gives, or None when it is empty."""
    return Evidence(passage.words) if passage.words else None


@dataclass(frozen=True)
class Rival:
    """What else was nearly taken for a field's answer: its state, the words that say it, and the extractor's belief."""

    state: State
    evidence: Evidence
    score: float


@dataclass(frozen=True)
class FieldValue:
    """One row of ``fields``: what the report says of one field, and why we think so.

    ``score`` (0..1) is the extractor's own belief before calibration; ``confidence`` is P(row is right), given by
    :mod:`pipeline.confidence`. ``doubts`` are codes of what speaks against the value (``handwriting``,
    ``contradicted``, ``runner_up``, …). ``box`` overrides the evidence's box where no word was read (clean page).
    ``scan_box``, drawn by the person ``reviewed_by`` on ``page`` as scanned, overrides both. ``rivals`` are the answers
    that came next, the likeliest first.
    """

    field: str
    state: State
    item: int = 0
    value_number: Decimal | None = None
    value_text: str | None = None
    value_date: date | None = None
    unit: str = ""
    currency: str = ""
    qualifier: Qualifier = "exact"
    method: Method = "rule"
    rule: str = ""
    evidence: Evidence | None = None
    page: int | None = None
    box: Box | None = None
    section: str = ""
    score: float = 1.0
    doubts: tuple[str, ...] = ()
    rivals: tuple[Rival, ...] = ()
    confidence: float = 0.0
    needs_review: bool = True
    reasons: tuple[str, ...] = ()
    scan_box: Box | None = None
    reviewed_by: str = ""
    reviewed_at: datetime | None = None


@dataclass(frozen=True)
class Delegation:
    """One delegation described in the report; ``listed`` says that it is a row of a table that lists them all."""

    direction: Literal["out", "in"]
    evidence: Evidence
    delegations: int | None = None
    people: int | None = None
    countries: tuple[str, ...] = ()
    organisation: str = ""
    purpose: str = ""
    period_text: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    score: float = 1.0
    confidence: float = 0.0
    needs_review: bool = True
    listed: bool = False


@dataclass(frozen=True)
class Reference:
    """A legal document cited in the report; ``number`` is a string because some numbers carry a year or a letter."""

    doc_type: str
    number: str
    symbol: str
    evidence: Evidence
    issued_on: date | None = None
    issuer: str = ""
    subject: str = ""
    score: float = 1.0
    confidence: float = 0.0
    needs_review: bool = True


@dataclass(frozen=True)
class Entity:
    """A named entity; ``start`` and ``end`` are offsets in the text of the section ``section``."""

    label: str
    text: str
    normalised: str
    start: int
    end: int
    section: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that failed, in Vietnamese and English."""

    check: str
    severity: Severity
    fields: tuple[str, ...]
    message_vi: str
    message_en: str
    page: int | None = None


@dataclass(frozen=True)
class Extraction:
    """Everything that was found in one document."""

    fields: tuple[FieldValue, ...]
    sections: tuple[Section, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    references: tuple[Reference, ...] = ()
    entities: tuple[Entity, ...] = ()
    findings: tuple[Finding, ...] = ()

    def first(self, name: str) -> FieldValue | None:
        """Return the (first) row of the field ``name``, or None."""
        return next((row for row in self.fields if row.field == name), None)

    def rows(self, name: str) -> Sequence[FieldValue]:
        """Return all rows of the field ``name``."""
        return [row for row in self.fields if row.field == name]


@dataclass(frozen=True)
class Document:
    """One distinct file content after a run: its pages as read and what was extracted.

    ``doc_id`` is the lower-case hex SHA-256 of the file. ``copies`` are further paths with the same bytes.
    ``extraction`` is None when the document failed or is restricted.
    """

    doc_id: str
    source: str
    copies: tuple[str, ...]
    file_bytes: int
    status: Literal["ok", "partial", "failed", "restricted"]
    error: str = ""
    pages: tuple[Page, ...] = field(default=())
    extraction: Extraction | None = None
    profile: str = ""
