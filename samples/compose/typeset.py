"""From source to typeset pages: a PDF, its printed lines, and where the marks go.

WeasyPrint's laid-out boxes are walked in document order, so that the left column of a letterhead or an end block
comes before the right one, as in every truth text.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.formatting_structure.boxes import Box as LaidBox
from weasyprint.formatting_structure.boxes import LineBox, TextBox

from samples.compose.source import Source

_STYLE = Path(__file__).with_name("page.css")


@dataclass(frozen=True)
class Mark:
    """A place for ink: ``kind`` is ``hand`` or ``sign``, the box is in fractions of the page."""

    kind: str
    text: str
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass
class TypesetPage:
    """The printed lines of one page, handwriting between ⟦ and ⟧, and the places for ink."""

    lines: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True)
class Typeset:
    """The PDF, its pages, and the 1-based page on which each marked value begins."""

    pdf: bytes
    pages: list[TypesetPage]
    page_of: dict[str, int]


def typeset(source: Source) -> Typeset:
    """Lay out ``source`` on A4."""
    styles = [CSS(filename=str(_STYLE)), CSS(string=source.head.get("style", ""))]
    document = HTML(string=source.html).render(stylesheets=styles)
    pages: list[TypesetPage] = []
    page_of: dict[str, int] = {}
    for number, laid in enumerate(document.pages, start=1):
        page = TypesetPage()
        root = laid._page_box
        # Margin boxes (the page number) come last in the tree; a header is read first.
        for child in sorted(
            root.children, key=lambda box: box.position_y if box.element_tag != "html" else 40
        ):
            _walk(child, page, (laid.width, laid.height))
        for box in root.descendants():
            element = getattr(box, "element", None)
            if element is not None and element.tag == "v":
                page_of.setdefault(element.get("id"), number)
        pages.append(page)
    return Typeset(document.write_pdf(), pages, page_of)


def _walk(box: LaidBox, page: TypesetPage, size: tuple[float, float]) -> None:
    """Add the lines and marks in ``box``, in document order."""
    if isinstance(box, LineBox):
        words = "".join(_inline(child, page, size) for child in box.children)
        if words.strip():
            page.lines.append(unicodedata.normalize("NFC", " ".join(words.split())))
        return
    if box.element_tag == "sign":
        page.marks.append(_mark("sign", "", box, size))
    for child in getattr(box, "children", ()):
        _walk(child, page, size)


def _inline(box: LaidBox, page: TypesetPage, size: tuple[float, float]) -> str:
    """Return the text of an inline ``box``, noting handwriting."""
    if isinstance(box, TextBox):
        return str(box.text)
    words = "".join(_inline(child, page, size) for child in getattr(box, "children", ()))
    if box.element_tag == "hand" and not isinstance(box, LineBox) and words and "⟦" not in words:
        page.marks.append(_mark("hand", words.strip(), box, size))
        return f"⟦{words.strip()}⟧"
    return words


def _mark(kind: str, text: str, box: LaidBox, size: tuple[float, float]) -> Mark:
    width, height = size
    x, y = box.position_x, box.position_y
    return Mark(
        kind,
        text,
        x / width,
        y / height,
        (x + box.margin_width()) / width,
        (y + box.margin_height()) / height,
    )
