"""What is printed on the pages of a document: lines, cells, places of fields, and how the page lies on the scanner.

Two kinds of folder are understood: what ``samples.generator`` writes (``scans/`` and ``truth/``), and a folder of scans
with truth files beside them, whose pages are transcribed but have no boxes. There a text layer named ``digital.pdf``
stands for the transcription when the truth file names none: it is the print from which the scans were drawn.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex

from pipeline.document import Box
from pipeline.errors import UsageError
from pipeline.evaluation.truth import SHARED_NAME, TruthField, load_truths
from pipeline.external import poppler

_PRINT = "digital.pdf"
_PEN = regex.compile("[⟦⟧]")


@dataclass(frozen=True)
class PrintedWord:
    """A printed word, its box on the page as scanned; ``pen`` when it is written by hand or covered by a blot."""

    text: str
    box: Box
    pen: bool


@dataclass(frozen=True)
class Place:
    """Where an item of a field is printed; ``box`` on the page as scanned."""

    item: int
    page: int
    box: Box
    printed: str


@dataclass(frozen=True)
class PrintedCell:
    """A cell of a printed table, whose cells are all framed (``ruled``) or not; its box on the page as scanned."""

    ruled: bool
    row: int
    column: int
    box: Box
    text: str


@dataclass(frozen=True)
class PrintedPage:
    """A page as printed; what is None or empty was not written down.

    ``rotation`` is the clockwise turn in which the page lies (0, 90, 180, 270), ``skew`` the degrees clockwise besides.
    ``lines`` hold words in reading order and are empty where no boxes are known.
    """

    number: int
    text: str | None = None
    blank: bool | None = None
    rotation: int | None = None
    skew: float | None = None
    lines: tuple[tuple[PrintedWord, ...], ...] = ()
    cells: tuple[PrintedCell, ...] = ()


@dataclass(frozen=True)
class PrintedDocument:
    """A scan with its truth; ``preset`` is its kind of scan."""

    scan: Path
    preset: str
    pages: tuple[PrintedPage, ...]
    fields: dict[str, TruthField]
    places: dict[str, tuple[Place, ...]]
    handwritten: frozenset[str]


def load(folder: Path) -> list[PrintedDocument]:
    """Return the documents of ``folder``; raises UsageError when it holds no scans with truth."""
    generated = (folder / "scans").is_dir()
    scans = sorted((folder / "scans" if generated else folder).glob("*.pdf"))
    truths = {truth.name: truth for truth in load_truths(folder / "truth" if generated else folder)}
    documents = []
    for scan in scans:
        truth = truths.get(scan.stem) or truths.get(SHARED_NAME)
        if truth is None or (scan.name == _PRINT and not generated):
            continue
        content = json.loads((truth.folder / f"{truth.name}.json").read_text("utf-8"))
        texts = {page: truth.text_of(page) for page in truth.page_text} or _print_of(folder / _PRINT)
        documents.append(
            PrintedDocument(
                scan=scan,
                preset=content.get("preset", scan.stem),
                pages=tuple(_pages(content, texts)),
                fields=truth.fields,
                places={name: tuple(_places(row)) for name, row in content["fields"].items()},
                handwritten=truth.handwritten,
            )
        )
    if not documents:
        raise UsageError(f"{folder} holds no PDF scans with truth files (scans/ and truth/, or side by side)")
    return documents


def _pages(content: dict[str, Any], texts: dict[int, str]) -> Iterator[PrintedPage]:
    count = len(content["pages"]) if isinstance(content.get("pages"), list) else max(texts, default=0)
    framed = isinstance(content.get("look"), dict) and content["look"].get("table_rules") == "all"
    bare = {(page, table) for page, table, ruled in content.get("tables", ()) if not ruled}
    for number in range(1, count + 1):
        made = content["pages"][number - 1] if isinstance(content.get("pages"), list) else {}
        text = texts.get(number)
        words = content.get("words", {}).get(str(number), [])
        yield PrintedPage(
            number,
            text=text,
            blank=made.get("blank", text is None if "words" in content else None),
            rotation=made.get("rotation"),
            skew=made.get("skew"),
            lines=tuple(_lines(text or "", words)) if words else (),
            cells=tuple(
                PrintedCell(framed and (page, table) not in bare, row, column, Box(*box), text)
                for page, table, row, column, *box, text in content.get("cells", [])
                if page == number
            ),
        )


def _lines(text: str, words: list[list[Any]]) -> Iterator[tuple[PrintedWord, ...]]:
    """Yield the printed lines: ``text`` says which words share one and which are not print, ``words`` where they are."""
    at = iter(words)
    for line in text.splitlines():
        yield tuple(
            PrintedWord(word, Box(*box), marked != word)
            for marked, (word, *box) in zip(line.split(" "), at, strict=False)
        )


def _places(row: dict[str, Any]) -> Iterator[Place]:
    for place in row.get("places", ()):
        yield Place(place["item"], place["page"], Box(*place["box"]), place["printed"])


def _print_of(path: Path) -> dict[int, str]:
    """Return the text of each page of a PDF that was never scanned; nothing where there is none."""
    if not path.exists():
        return {}
    count = poppler.facts(path).pages
    return {
        page: "\n".join(" ".join(word.text for word in line) for line in poppler.text_lines(path, page))
        for page in range(1, count + 1)
    }
