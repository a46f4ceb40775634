"""The nouns of the generator, frozen and without I/O; every stage takes and gives these.

    facts -> compose -> typeset -> ink -> scanning -> truth

Boxes are fractions (0..1, origin top left) of the typeset page until ``scanning`` moves them to the page as scanned.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Split = Literal["train", "dev", "test", "calibration"]
Level = Literal["province", "district", "commune", "department"]
Period = Literal["year", "half", "nine_months", "quarter", "month"]
State = Literal["reported", "none", "blank", "absent", "unreadable"]
Qualifier = Literal["exact", "about", "more_than", "less_than"]

Picture = NDArray[np.uint8]
"""A page as pixels, RGB: (height, width, 3)."""


# ---------------------------------------------------------------- facts


@dataclass(frozen=True)
class Place:
    """An administrative unit as it was on the day of issue: kind "huyện", name "Nga Sơn", code of the statistics office."""

    kind: str
    name: str
    code: str = ""

    @property
    def full(self) -> str:
        """Kind and name: "huyện Nga Sơn", "tỉnh Thanh Hóa", "Quận 3"."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True)
class Office:
    """Who issues: the level, the unit it speaks for and the places above it; ``party`` for Party committees.

    ``name`` is written out ("Ủy ban nhân dân huyện Nga Sơn", "Sở Ngoại vụ tỉnh Quảng Trị", "Huyện ủy Nga Sơn"),
    ``parent`` likewise or empty, ``unit`` is how its text names its area ("huyện Nga Sơn", "tỉnh Quảng Trị").
    """

    level: Level
    party: bool
    name: str
    parent: str
    unit: str
    province: Place
    district: Place | None
    commune: Place | None
    place: str
    """Place of issue as it stands before the date: "Nga Sơn"."""


@dataclass(frozen=True)
class Span:
    """The time a report is about: ``index`` is the quarter (1-4) or month (1-12), 0 otherwise."""

    year: int
    period: Period
    index: int = 0


@dataclass(frozen=True)
class Fact:
    """The truth of one field, and the numbers that a text may print beside it.

    ``reported`` counts, money, lengths and percentages have ``number`` (money in units of ``currency``), lists of
    places ``items``, dates ``day``. A bullet list has in ``number`` how many items to choose. Texts are chosen
    from the pools when words are, so they have their state only. A count or money that is ``none`` has no number
    here and 0 in the truth file. ``unit`` is the noun that counts it ("đoàn"), ``second`` the same money in another
    currency. ``last``, ``plan`` and ``running`` are decoys, ``parts`` sum to ``number``.
    """

    field: str
    state: State
    number: int | float | None = None
    text: str | None = None
    day: date | None = None
    items: tuple[str, ...] = ()
    unit: str = ""
    currency: str = ""
    qualifier: Qualifier = "exact"
    second: tuple[float, str] | None = None
    last: int | float | None = None
    plan: int | float | None = None
    running: int | float | None = None
    parts: tuple[int, ...] = ()
    acceptable: tuple[object, ...] = ()
    """Other exact values, in the form of the truth files."""


@dataclass(frozen=True)
class DelegationFact:
    """One delegation, in the columns of the contract; ``countries`` by their common Vietnamese names."""

    direction: Literal["out", "in"]
    delegations: int
    people: int | None
    countries: tuple[str, ...]
    organisation: str
    purpose: str
    leader: str = ""
    funding: str = ""
    period_text: str = ""
    started_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True)
class ReferenceFact:
    """A legal document to cite; ``number`` keeps its year where it has one ("21/2009"), ``symbol`` is "QĐ-UBND"."""

    doc_type: str
    number: str
    symbol: str
    issued_on: date | None
    issuer: str
    subject: str


@dataclass(frozen=True)
class Contradiction:
    """A planted contradiction: ``field`` is printed once more as ``echo``, or its parts sum to ``echo``."""

    field: str
    kind: Literal["echo", "parts"]
    echo: int


@dataclass(frozen=True)
class Facts:
    """Everything a document is true to, drawn before any word is chosen.

    ``fields`` has every field of the profile but the letterhead's printed texts that composing decides (subject,
    recipients, addressees). ``kind`` is ``report`` for the genre itself, ``negative`` for other documents.
    """

    name: str
    split: Split
    kind: Literal["report", "negative"]
    office: Office
    span: Span
    issued_on: date
    number: int
    symbol: str
    doc_type: str
    signer_name: str
    signer_position: str
    signer_authority: str
    secrecy: str
    urgency: str
    signed: bool
    sealed: bool
    handwritten: tuple[str, ...]
    """Which of doc.number and doc.issued_on are written by hand."""
    fields: dict[str, Fact]
    delegations: tuple[DelegationFact, ...]
    references: tuple[ReferenceFact, ...]
    contradictions: tuple[Contradiction, ...]
    annexed: tuple[Literal["out", "in"], ...] = ()
    """The directions whose delegations are all there and sum to the totals, to stand in an annex table."""


# ---------------------------------------------------------------- words


@dataclass(frozen=True)
class Mark:
    """What a stretch of print bears.

    ``kind`` field: ``name`` is the field, ``item`` the index in a list field. decoy: "last outbound.people".
    entity: the label. reference, delegation, section: ``item`` is the index in the truth's list.
    """

    id: int
    kind: Literal["field", "decoy", "entity", "reference", "delegation", "section"]
    name: str
    item: int = 0


@dataclass(frozen=True)
class Run:
    """Letters in one style. ``pen`` text is not printed: its room is left, and ink writes it by hand."""

    text: str
    marks: tuple[int, ...] = ()
    bold: bool = False
    italic: bool = False
    underline: bool = False
    pen: bool = False


Inline = tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    """A block of text; ``level`` of a heading from 1. ``role`` decides its look."""

    role: Literal["title", "subject", "addressee", "heading", "body", "bullet", "note", "centre"]
    runs: Inline
    level: int = 0


@dataclass(frozen=True)
class Grid:
    """A table: ``rows`` of cells, ``head`` rows first; ``spans[r][c]`` columns a cell covers (0: covered by another)."""

    rows: tuple[tuple[Inline, ...], ...]
    head: int
    ruled: bool
    widths: tuple[float, ...]
    align: tuple[Literal["left", "centre", "right"], ...]
    spans: tuple[tuple[int, ...], ...] = ()


Block = Paragraph | Grid


@dataclass(frozen=True)
class Letterhead:
    """The head of page 1: left column lines (parent, issuer), number; right column lines (nation, motto or Party), date."""

    style: Literal["state", "party"]
    parent: tuple[Inline, ...]
    issuer: tuple[Inline, ...]
    number: Inline
    right: tuple[Inline, ...]
    """State: the nation's name and the motto. Party: ĐẢNG CỘNG SẢN VIỆT NAM."""
    place_date: Inline
    secrecy: Inline = ()
    urgency: Inline = ()
    subject: tuple[Inline, ...] = ()
    """The V/v lines of a công văn, under the number."""


@dataclass(frozen=True)
class Ending:
    """The end block: recipients on the left, authority, post, room for ink and name on the right."""

    recipients_label: Inline
    recipients: tuple[Inline, ...]
    authority: tuple[Inline, ...]
    position: tuple[Inline, ...]
    name: Inline


@dataclass(frozen=True)
class Annex:
    """Pages of their own after the end block, landscape or upright."""

    landscape: bool
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Text:
    """A document in words, ready to be typeset; ``marks[i].id == i``."""

    letterhead: Letterhead
    blocks: tuple[Block, ...]
    ending: Ending
    annexes: tuple[Annex, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Composed:
    """The words and the truth that does not depend on the page: the contract's truth file without pages and boxes."""

    facts: Facts
    text: Text
    truth: dict[str, object]
    """``fields`` (NAME -> row), ``handwritten``, ``contradictions``, ``delegations``, ``references``, ``sections``,
    ``section_keys``, ``entities`` (label, text), ``anomalies``, ``note``."""


# ---------------------------------------------------------------- pages


@dataclass(frozen=True)
class Box:
    """Fractions of a page."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True)
class PrintedWord:
    """A word as printed (or written by hand, ``pen``), its line on the page, and the marks it bears."""

    text: str
    box: Box
    line: int
    marks: tuple[int, ...] = ()
    pen: bool = False


@dataclass(frozen=True)
class Spot:
    """Room for ink: ``kind`` pen (text to write), sign (above the name), seal (over the left of the signature)."""

    kind: Literal["pen", "sign"]
    box: Box
    text: str = ""


@dataclass(frozen=True)
class TypesetPage:
    """One page: size in points, words in reading order (left column before right), places for ink."""

    width: float
    height: float
    words: tuple[PrintedWord, ...]
    spots: tuple[Spot, ...]
    cells: tuple[tuple[int, int, int, Box, str], ...] = ()
    """Table cells: grid on the page, row, column, box, text."""
    ruled: tuple[bool, ...] = ()
    """Whether each grid on the page has rules; the look says which."""


@dataclass(frozen=True)
class Typeset:
    """The document as a PDF with its pages; ``look`` records face, size, leading, margins."""

    pdf: bytes
    pages: tuple[TypesetPage, ...]
    look: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class InkedPage:
    """A clean page picture with all ink on it, and what was put there: kind, box ("seal", "signature", "stamp", …)."""

    picture: Picture
    ink: tuple[tuple[str, Box], ...]
    blank: bool = False
    """A back page: nothing printed."""


@dataclass(frozen=True)
class ScannedPage:
    """A page as the scanner gives it: encoded bytes and what was done; ``move`` is a 3x3 homography.

    ``move`` maps points (x, y, 1) in fractions of the typeset page to fractions of the scanned one.
    """

    width: int
    height: int
    dpi: int
    mode: Literal["colour", "grey", "bilevel"]
    pixels: NDArray[np.uint8]
    """(h, w, 3), (h, w), or (h, w) of 0 and 255."""
    jpeg_quality: int
    move: NDArray[np.float64]
    rotation: int
    """Degrees clockwise by which the page lies turned: 0, 90, 180, 270."""
    skew: float
    """Degrees clockwise besides."""
    parameters: dict[str, float | int | str]
