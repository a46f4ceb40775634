"""From typeset pages to the finished file: ink, scanner, PDF; or the typesetter's own PDF."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from samples.generator.ink import ink
from samples.generator.nouns import Composed, InkedPage, ScannedPage, Typeset
from samples.generator.scanning import Preset, pdf_of, scan
from samples.generator.truth import FinishedPage

Rng = Callable[[str], np.random.Generator]


@dataclass(frozen=True)
class Finished:
    """The file and what stands on its pages."""

    pdf: bytes
    pages: tuple[FinishedPage, ...]


def finish(
    composed: Composed, laid: Typeset, preset: Preset | None, rng: Rng, seconds: Counter[str]
) -> Finished:
    """Return the finished file; without a preset the typeset PDF itself. Adds to ``seconds`` by stage."""
    if preset is None:
        return Finished(
            laid.pdf, tuple(FinishedPage(page, np.eye(3), frozenset(), {}) for page in laid.pages)
        )
    clock = time.perf_counter
    began = clock()
    covered = _to_cover(composed, laid, rng("cover"))
    inked = ink(laid, composed.facts, preset.draw_dpi, rng("ink"), colour=preset.colour)
    seconds["ink"] += clock() - began
    began = clock()
    scanned = [
        scan(page, preset, rng(f"scan {number}"), number) for number, page in enumerate(inked, start=1)
    ]
    pdf = pdf_of(scanned)
    seconds["scan"] += clock() - began
    printed = iter(laid.pages)
    pages = [
        FinishedPage(None if page.blank else next(printed), result.move, covered, _record(page, result))
        for page, result in zip(inked, scanned, strict=True)
    ]
    return Finished(pdf, tuple(pages))


def _to_cover(composed: Composed, laid: Typeset, rng: np.random.Generator) -> frozenset[int]:
    raise NotImplementedError


def _record(page: InkedPage, scanned: ScannedPage) -> dict[str, Any]:
    """Return what was done to the page: size, rotation, skew, parameters, and where ink lies."""
    raise NotImplementedError
