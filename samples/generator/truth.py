"""Truth files: what a document says, with the page and the box, on the page as scanned, of every word that says it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samples.generator.nouns import Box, Composed, Mark, PrintedWord, TypesetPage

Row = dict[str, Any]


@dataclass(frozen=True)
class FinishedPage:
    """A page of the finished file: ``typeset`` is None for a blank back page, ``move`` as in ``ScannedPage``.

    ``covered`` are the marks under a blot; ``made`` is what the scanner did and where ink lies, for the record.
    """

    typeset: TypesetPage | None
    move: NDArray[np.float64]
    covered: frozenset[int]
    made: Mapping[str, Any]


def truth(composed: Composed, pages: Sequence[FinishedPage], preset: str) -> tuple[Row, dict[int, str]]:
    """Return the truth file of a document without its words, and the text of each page that has any (from 1)."""
    places = _places(pages)
    covered = frozenset[int]().union(*(page.covered for page in pages))
    answers: Row = {"id": composed.facts.name, **composed.truth, "preset": preset}
    answers["fields"] = {
        name: _field(row, name, composed.text.marks, places, covered)
        for name, row in composed.truth["fields"].items()  # type: ignore[attr-defined]
    }
    for kind, table in (("delegation", "delegations"), ("reference", "references"), ("entity", "entities")):
        answers[table] = [
            {**row, **_first_place(_marked(composed.text.marks, kind, item), places)}
            for item, row in enumerate(answers[table])
            if not covered.intersection(_marked(composed.text.marks, kind, item))
        ]
    answers["section_pages"] = [
        _first_place(_marked(composed.text.marks, "section", item), places).get("page")
        for item in range(len(answers["sections"]))
    ]
    texts = {
        number: page_text(page.typeset.words, page.covered)
        for number, page in enumerate(pages, start=1)
        if page.typeset is not None
    }
    answers["cells"] = [
        [number, grid, row, column, *rounded(moved(box, page.move)), text]
        for number, page in enumerate(pages, start=1)
        if page.typeset is not None
        for grid, row, column, box, text in page.typeset.cells
    ]
    answers["tables"] = [
        [number, grid, ruled]
        for number, page in enumerate(pages, start=1)
        if page.typeset is not None
        for grid, ruled in enumerate(page.typeset.ruled)
    ]
    answers["page_text"] = {str(number): f"{composed.facts.name}-p{number}.txt" for number in texts}
    answers["pages"] = [dict(page.made) for page in pages]
    return answers, texts


def write(answers: Row, texts: Mapping[int, str], pages: Sequence[FinishedPage], folder: Path) -> None:
    """Write ``NAME.json``, its words one page a line, and the page texts into ``folder``."""
    head = json.dumps(answers, ensure_ascii=False, indent=1, default=str)
    words = ",\n".join(
        f'  "{number}": {json.dumps(_words(page), ensure_ascii=False, separators=(",", ":"))}'
        for number, page in enumerate(pages, start=1)
    )
    (folder / f"{answers['id']}.json").write_text(f'{head[:-2]},\n "words": {{\n{words}\n }}\n}}\n', "utf-8")
    for number, text in texts.items():
        (folder / f"{answers['id']}-p{number}.txt").write_text(text, "utf-8")


def page_text(words: Iterable[PrintedWord], covered: frozenset[int] = frozenset()) -> str:
    """Return the printed lines; handwriting and what a blot covers stand between ⟦ and ⟧."""
    lines: dict[int, list[str]] = {}
    for word in words:
        hidden = word.pen or covered.intersection(word.marks)
        lines.setdefault(word.line, []).append(f"⟦{word.text}⟧" if hidden else word.text)
    return "".join(" ".join(line) + "\n" for line in lines.values())


def moved(box: Box, move: NDArray[np.float64]) -> Box:
    """Return the smallest upright box round ``box`` after the homography ``move``, cut to the page."""
    corners = np.array([(box.x0, box.y0, 1), (box.x1, box.y0, 1), (box.x1, box.y1, 1), (box.x0, box.y1, 1)])
    x, y, w = move @ corners.T
    x, y = np.clip(x / w, 0, 1), np.clip(y / w, 0, 1)
    return Box(float(x.min()), float(y.min()), float(x.max()), float(y.max()))


def _words(page: FinishedPage) -> list[list[Any]]:
    if page.typeset is None:
        return []
    return [[word.text, *rounded(moved(word.box, page.move))] for word in page.typeset.words]


def rounded(box: Box) -> list[float]:
    """Return the box as four numbers, to a hundredth of a millimetre or so."""
    return [round(value, 5) for value in (box.x0, box.y0, box.x1, box.y1)]


def _places(pages: Sequence[FinishedPage]) -> dict[int, list[Row]]:
    """Return for each mark where it is printed, one row a page: page, box, printed words."""
    places: dict[int, list[Row]] = {}
    for number, page in enumerate(pages, start=1):
        if page.typeset is None:
            continue
        words: dict[int, list[PrintedWord]] = {}
        for word in page.typeset.words:
            for mark in word.marks:
                words.setdefault(mark, []).append(word)
        for mark, printed in words.items():
            boxes = np.array([rounded(moved(word.box, page.move)) for word in printed])
            union = [*boxes[:, :2].min(axis=0).tolist(), *boxes[:, 2:].max(axis=0).tolist()]
            place = {"page": number, "box": union, "printed": " ".join(word.text for word in printed)}
            places.setdefault(mark, []).append(place)
    return places


def _marked(marks: Sequence[Mark], kind: str, item: int) -> list[int]:
    return [mark.id for mark in marks if mark.kind == kind and mark.item == item]


def _first_place(marks: Iterable[int], places: Mapping[int, list[Row]]) -> Row:
    found = [place for mark in marks for place in places.get(mark, ())]
    return found[0] if found else {}


def _field(
    row: Row, name: str, marks: Sequence[Mark], places: Mapping[int, list[Row]], covered: frozenset[int]
) -> Row:
    """Return the row of a field with its page and its places; one under a blot is unreadable."""
    own = [mark for mark in marks if mark.kind == "field" and mark.name == name]
    found: list[Row] = [{"item": mark.item, **place} for mark in own for place in places.get(mark.id, ())]
    if found:
        row = {**row, "page": found[0]["page"], "places": found}
    if covered.intersection(mark.id for mark in own):
        kept: Row = {key: row[key] for key in ("page", "places") if key in row}
        return {"state": "unreadable", **kept}
    return row
