"""From typeset pages to the finished file: ink, scanner, PDF; or the typesetter's own PDF."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, cast

import numpy as np

from samples.generator.ink import COVER_KINDS, CoverKind, cover, ink
from samples.generator.nouns import Box, Composed, InkedPage, PrintedWord, ScannedPage, Typeset, TypesetPage
from samples.generator.scanning import Preset, pdf_of, scan, settle
from samples.generator.seconds import Seconds
from samples.generator.truth import FinishedPage, moved, rounded

Rng = Callable[[str], np.random.Generator]

_COVERED_SHARE = 0.15
"""Share of scanned reports in which blots cover values."""
_MOST_LINES = 3
_IN_LETTERHEAD = {"doc.number", "doc.symbol", "doc.issued_on", "doc.signer_name"}
"""What a blot may cover outside the body: no other field is derived from these."""


@dataclass(frozen=True)
class Finished:
    """The file and what stands on its pages."""

    pdf: bytes
    pages: tuple[FinishedPage, ...]


def finish(composed: Composed, laid: Typeset, preset: Preset | None, rng: Rng, seconds: Seconds) -> Finished:
    """Return the finished file; without a preset the typeset PDF itself. Adds to ``seconds`` by stage."""
    if preset is None:
        return Finished(
            laid.pdf, tuple(FinishedPage(page, np.eye(3), frozenset(), {}) for page in laid.pages)
        )
    clock = time.perf_counter
    began = clock()
    preset = settle(preset, rng("settle"))
    inked = ink(laid, composed.facts, preset.draw_dpi, rng("ink"), colour=preset.colour)
    fronts = [number for number, page in enumerate(inked) if not page.blank]
    spots = _to_cover(composed, laid, rng("cover"))
    blots = rng("blot")
    for spot in spots:
        for box in spot.boxes:
            inked[fronts[spot.page]] = cover(inked[fronts[spot.page]], box, spot.kind, blots)
    seconds["ink"] += clock() - began
    began = clock()
    scanned = [
        scan(page, preset, rng(f"scan {number}"), number) for number, page in enumerate(inked, start=1)
    ]
    pdf = pdf_of(scanned)
    seconds["scan"] += clock() - began
    typeset_at = dict(zip(fronts, laid.pages, strict=True))
    pages = [
        FinishedPage(
            typeset_at.get(number),
            result.move,
            frozenset(mark for spot in spots if fronts[spot.page] == number for mark in spot.marks),
            _record(number, page, result),
        )
        for number, (page, result) in enumerate(zip(inked, scanned, strict=True))
    ]
    return Finished(pdf, tuple(pages))


@dataclass(frozen=True)
class _Spot:
    """A value to cover: its mark and those of entities in it, the 0-based typeset page, a box a line, and with what."""

    marks: frozenset[int]
    page: int
    boxes: tuple[Box, ...]
    kind: CoverKind


def _to_cover(composed: Composed, laid: Typeset, rng: np.random.Generator) -> list[_Spot]:
    """Choose the values that nobody will be able to read: in most reports none, in some up to three."""
    if rng.random() >= _COVERED_SHARE:
        return []
    spots = []
    for number, page in enumerate(laid.pages):
        for marks, words in _alone(composed, page):
            lines = [list(line) for _, line in groupby(words, key=lambda word: word.line)]
            if len(lines) <= _MOST_LINES:
                boxes = tuple(Box(w[0].box.x0, w[0].box.y0, w[-1].box.x1, w[-1].box.y1) for w in lines)
                spots.append(_Spot(marks, number, boxes, COVER_KINDS[int(rng.integers(len(COVER_KINDS)))]))
    chosen = rng.permutation(len(spots))[: int(rng.integers(1, 4))]
    return [spots[int(index)] for index in chosen]


def _alone(composed: Composed, page: TypesetPage) -> Iterator[tuple[frozenset[int], list[PrintedWord]]]:
    """Give the words of each field value that can vanish whole: printed once, and its words say nothing else."""
    marks = {mark.id: mark for mark in composed.text.marks}
    printings = Counter(mark.name for mark in marks.values() if mark.kind == "field")
    rows = cast(dict[str, Any], composed.truth["fields"])
    words_of: dict[int, list[PrintedWord]] = {}
    for word in page.words:
        for id_ in word.marks:
            words_of.setdefault(id_, []).append(word)
    for id_, words in words_of.items():
        name = marks[id_].name
        if (
            marks[id_].kind != "field"
            or printings[name] != 1
            or (name.startswith(("doc.", "report.")) and name not in _IN_LETTERHEAD)
            or not _is_one_value(rows.get(name))
            or any(word.pen for word in words)
        ):
            continue
        others = {other for word in words for other in word.marks} - {id_}
        if all(marks[o].kind == "entity" and all(word in words for word in words_of[o]) for o in others):
            yield frozenset({id_, *others}), words


def _is_one_value(row: object) -> bool:
    return isinstance(row, dict) and row["state"] == "reported" and len(row.get("items", ())) <= 1


def _record(number: int, page: InkedPage, scanned: ScannedPage) -> dict[str, Any]:
    """Return what was done to the page: size, rotation, skew, parameters, and where ink lies on the scan."""
    return {
        "page": number + 1,
        "width_px": scanned.width,
        "height_px": scanned.height,
        "dpi": scanned.dpi,
        "mode": scanned.mode,
        "blank": page.blank,
        "rotation": scanned.rotation,
        "skew": round(scanned.skew, 3),
        "parameters": scanned.parameters,
        "ink": [[kind, *rounded(moved(box, scanned.move))] for kind, box in page.ink],
    }
