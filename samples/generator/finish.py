"""From typeset pages to the finished file: ink, scanner, PDF; or the typesetter's own PDF."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from samples.generator.ink import COVER_KINDS, CoverKind, cover, ink
from samples.generator.nouns import Box, Composed, InkedPage, PrintedWord, ScannedPage, Typeset
from samples.generator.scanning import Preset, pdf_of, scan, settle
from samples.generator.seconds import Seconds
from samples.generator.truth import FinishedPage, moved, rounded

Rng = Callable[[str], np.random.Generator]

_COVERED_SHARE = 0.15
"""Share of scanned reports in which a blot covers one figure."""


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
    spot = _to_cover(composed, laid, rng("cover"))
    if spot is not None:
        at = fronts[spot.page]
        inked[at] = cover(inked[at], spot.box, spot.kind, rng("blot"))
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
            frozenset({spot.mark} if spot is not None and fronts[spot.page] == number else ()),
            _record(number, page, result),
        )
        for number, (page, result) in enumerate(zip(inked, scanned, strict=True))
    ]
    return Finished(pdf, tuple(pages))


@dataclass(frozen=True)
class _Spot:
    """A value to cover: its mark, the 0-based typeset page and box, and with what."""

    mark: int
    page: int
    box: Box
    kind: CoverKind


def _to_cover(composed: Composed, laid: Typeset, rng: np.random.Generator) -> _Spot | None:
    """Choose a figure of the body that nobody will be able to read; mostly none."""
    if rng.random() >= _COVERED_SHARE:
        return None
    names = {mark.id: mark.name for mark in composed.text.marks if mark.kind == "field"}
    printings = Counter(names.values())
    spots = []
    for number, page in enumerate(laid.pages):
        lines: dict[int, list[PrintedWord]] = {}
        for word in page.words:
            for mark in word.marks:
                lines.setdefault(mark, []).append(word)
        for mark, words in lines.items():
            name = names.get(mark, "")
            fact = composed.facts.fields.get(name)
            # Only what is printed once, on one line, with nothing else in its words can vanish whole.
            if (
                fact is not None
                and fact.state == "reported"
                and fact.number is not None
                and not name.startswith(("doc.", "report."))
                and printings[name] == 1
                and len({word.line for word in words}) == 1
                and all(len(set(word.marks) & names.keys()) == 1 for word in words)
            ):
                box = Box(words[0].box.x0, words[0].box.y0, words[-1].box.x1, words[-1].box.y1)
                spots.append((mark, number, box))
    if not spots:
        return None
    mark, number, box = spots[int(rng.integers(len(spots)))]
    return _Spot(mark, number, box, COVER_KINDS[int(rng.integers(len(COVER_KINDS)))])


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
