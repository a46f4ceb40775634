"""Ruled lines: found on the clean page, and those of tables taken out from under the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from pipeline.cleaning import CleanPage
from pipeline.cleaning.components import components
from pipeline.cleaning.ink import Grey
from pipeline.cleaning.light import PAPER
from pipeline.cleaning.runs import long_runs
from pipeline.cleaning.shrink import halved
from pipeline.document import Box
from pipeline.reading.sides import Mask, covered

_INCH_MM = 25.4
_LONG_MM = 12.0
"""A horizontal stroke of this length is no letter; underlines and table rules are longer."""
_TALL_MM = 4.8
"""The same upright: taller than capitals with accents of 15 pt, no taller than the lowest table row."""
_THICK_MM = 1.0
_GAP_MM = 0.8
"""Rules are broken by noise and by letters that were lifted off them."""
_BREAK_MM = 3.0
"""Pieces in one line with a gap up to this are one rule that a poor copy has broken."""
_OFF_MM = 0.35
"""By so much the pieces of one rule may lie off its line."""
NEAR_MM = 0.9
"""Ends of rules that meet lie this near to each other."""
_END_MM = 3.5
"""So much of a horizontal rule's end a poor copy may have lost before the upright that closes it."""
_INKED_SHARE = 0.72
"""Share of a rule's length that bears ink; stacked letters leave more paper between them."""
_SHORT_MM = 25.0
_BESIDE = (3, 6)
"""Pixels (half size) beside a rule that cells leave white: letters above one another make a stroke, but not alone."""
_CROWDED = 0.2
_SOLID = 0.85
"""Share of a rule between crowded cells that bears ink; letters above one another leave a third of it white."""
_THIN_INK_BELOW = 190
"""A hairline is greyer than letters once it is seen at half the resolution."""
_WHOLE = 0.97
"""The same along a line of bold letters, whose feet join."""
_HAIRLINE_DPI = 220
_ERASED_MM = 0.12
"""The grey edge of a rule, painted over with it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line in pixels of the clean page: along ``at`` (y of a horizontal one) from ``start`` to ``end``."""

    at: float
    start: float
    end: float
    thick: float = 3.0

    @property
    def length(self) -> float:
        """Length in pixels."""
        return self.end - self.start


@dataclass(frozen=True, eq=False)
class Rules:
    """All rules of a page; the mask of their ink, and that of all ``dark`` ink.

    A pixel of the masks is ``step`` pixels of the page wide: 2, or 1 on coarse pages.
    """

    across: tuple[Rule, ...]
    upright: tuple[Rule, ...]
    ink: Mask
    dark: Mask
    step: int = 2


def find_rules(grey: Grey, dpi: int) -> Rules:
    """Return the horizontal and upright rules of a straight page, found at half its size unless it is a coarse one."""
    if dpi < _HAIRLINE_DPI:
        fine = _find((grey < _THIN_INK_BELOW).view(np.uint8), 2 * dpi)
        return Rules(_halved(fine.across), _halved(fine.upright), fine.ink, fine.dark, 1)
    half = halved(grey)
    return _find((half < _THIN_INK_BELOW).view(np.uint8), dpi)


def _find(ink: Mask, dpi: int) -> Rules:
    """Return the rules of a page of ``dpi`` of which ``ink`` is half the size.

    Upright ones are sought only where two horizontal ones lie one above the other, and count when they reach both: a
    tall stroke elsewhere is a letter of a title or part of a signature.
    """
    across, mask = _strokes(ink, dpi // 2, _LONG_MM)
    upright: list[Rule] = []
    near, far = pixels(NEAR_MM, dpi), pixels(_END_MM, dpi)
    for top, bottom, left, right in _stacks(across, near, far):
        y0, y1, x0, x1 = max(0, top // 2), bottom // 2 + 1, max(0, left // 2), right // 2 + 1
        turned = np.ascontiguousarray(ink[y0:y1, x0:x1].T)
        found, found_mask = _strokes(turned, dpi // 2, _TALL_MM)
        alone = [r for r in found if r.length > pixels(_SHORT_MM, dpi) or not _is_letters(turned, r)]
        shifted = [replace(r, at=r.at + 2 * x0, start=r.start + 2 * y0, end=r.end + 2 * y0) for r in alone]
        kept = [rule for rule in shifted if _reaches_two(rule, across, dpi)]
        upright += kept
        mask[y0:y1, x0:x1] |= _only(found_mask, kept, x0, y0).T
    letters = [r for r in across if _is_struck(ink, r, upright, dpi)]
    mask -= _only(mask, letters, 0, 0)
    return Rules(tuple(r for r in across if r not in letters), tuple(upright), mask, ink)


def _halved(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    return tuple(Rule(r.at / 2, r.start / 2, r.end / 2, r.thick / 2) for r in rules)


def without_rules(page: CleanPage, rules: Rules, boxes: Sequence[Box]) -> CleanPage:
    """Return the page with the ink of ``rules`` within ``boxes``, those of its tables, painted over.

    Elsewhere rules stay: without the frame round it a reader takes MẬT for a smudge, and letterheads without their
    underlines were read worse (two of ten samples, 0.2 and 0.3 % to 1 % of the characters wrong).
    """
    if not boxes:
        return page
    grey = page.grey.copy()
    height, width = grey.shape
    step = rules.step
    reach, room = pixels(_ERASED_MM, page.dpi), pixels(NEAR_MM, page.dpi)
    kernel = np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    for box in boxes:
        top, bottom = max(0, int(box.y0 * height) - room) // step, (int(box.y1 * height) + room) // step
        left, right = max(0, int(box.x0 * width) - room) // step, (int(box.x1 * width) + room) // step
        small = rules.ink[top:bottom, left:right]
        if small.any():
            mask = cv2.resize(small, None, fx=step, fy=step, interpolation=cv2.INTER_NEAREST)
            mask = cv2.dilate(mask, kernel)
            piece = grey[step * top : step * top + mask.shape[0], step * left : step * left + mask.shape[1]]
            piece[mask[: piece.shape[0], : piece.shape[1]] > 0] = PAPER
    return replace(page, grey=grey)


def meet(across: Rule, upright: Rule, dpi: int) -> bool:
    """Return whether a horizontal and an upright rule meet, or would but for a lost end."""
    near, far = 2 * pixels(NEAR_MM, dpi), pixels(_END_MM, dpi)
    return (
        across.start - far <= upright.at <= across.end + far
        and upright.start - near <= across.at <= upright.end + near
    )


def pixels(mm: float, dpi: int) -> int:
    """Return a length in whole pixels, at least one."""
    return max(1, round(mm / _INCH_MM * dpi))


def _reaches_two(upright: Rule, across: Sequence[Rule], dpi: int) -> bool:
    met = [rule.at for rule in across if meet(rule, upright, dpi)]
    return len(met) > 1 and max(met) - min(met) > 2 * pixels(NEAR_MM, dpi)


def _is_letters(ink: Mask, rule: Rule) -> bool:
    """Return whether a rule lying along the rows of ``ink`` is made of letters: ink stands beside it, and white in it."""
    if not any(_crowded(ink, rule)):
        return False
    return covered(ink, rule.at / 2, rule.start / 2, rule.end / 2) < _SOLID


def _is_struck(ink: Mask, rule: Rule, upright: Sequence[Rule], dpi: int) -> bool:
    """Return whether a horizontal rule is the middle of bold letters: short, between ink, and broken or not closed."""
    if rule.length > pixels(_SHORT_MM, dpi) or not all(_crowded(ink, rule)):
        return False
    if covered(ink, rule.at / 2, rule.start / 2, rule.end / 2) < _WHOLE:
        return True
    near = pixels(NEAR_MM, dpi)
    met = [u.at for u in upright if u.start - near <= rule.at <= u.end + near]
    return not all(any(abs(at - end) <= near for at in met) for end in (rule.start, rule.end))


def _crowded(ink: Mask, rule: Rule) -> tuple[bool, bool]:
    """Return whether other ink touches a rule lying along the rows of ``ink``, on the one side and on the other."""
    middle, start, end = int(rule.at / 2), int(rule.start / 2), int(rule.end / 2)
    half = int(rule.thick / 4)
    sides = ((-_BESIDE[1] - half, -_BESIDE[0] - half), (_BESIDE[0] + half, _BESIDE[1] + half))
    bands = [ink[max(0, middle + first) : max(0, middle + last), start:end] for first, last in sides]
    one, other = (bool(band.size and band.max(axis=0).mean() > _CROWDED) for band in bands)
    return one, other


def _stacks(across: Sequence[Rule], near: int, far: int) -> list[tuple[int, int, int, int]]:
    """Return (top, bottom, left, right) of the stretches where horizontal rules lie one above the other."""
    boxes: list[list[float]] = []
    for rule in sorted(across, key=lambda rule: rule.at):
        box = [rule.at, rule.at, rule.start, rule.end]
        for other in [b for b in boxes if b[2] < box[3] - 2 * near and box[2] < b[3] - 2 * near]:
            boxes.remove(other)
            box = [min(box[0], other[0]), max(box[1], other[1]), min(box[2], other[2]), max(box[3], other[3])]
        boxes.append(box)
    return [
        (int(top) - near, int(bottom) + near, int(left) - far, int(right) + far)
        for top, bottom, left, right in boxes
        if bottom - top > 2 * near
    ]


def _strokes(ink: Mask, dpi: int, least_mm: float) -> tuple[tuple[Rule, ...], Mask]:
    """Return the thin straight strokes along the rows of ``ink`` (half size), in pixels of the page, and their ink."""
    least, gap, thick = pixels(least_mm, dpi), pixels(_GAP_MM, dpi), pixels(_THICK_MM, dpi)
    # A stroke that the scanner bent by a pixel or two is still one: look at it a little thickened.
    solid = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    strokes = long_runs(np.asarray(solid, np.uint8), max(3, least // 3), across=True)
    mask = np.zeros_like(ink)
    if not strokes.any():
        return (), mask
    strokes = np.asarray(
        cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones((1, gap + 1), np.uint8)), np.uint8
    )
    blots = cv2.morphologyEx(strokes, cv2.MORPH_OPEN, np.ones((thick + 4, thick + 4), np.uint8))
    if blots.any():  # a rule may run into one
        strokes = np.asarray(cv2.subtract(strokes, cv2.dilate(blots, np.ones((3, 3), np.uint8))), np.uint8)
    labels, found = components(strokes)
    pieces = []
    for label, (x, y, w, h, area) in enumerate(found.tolist()):
        if label and area <= w * (thick + 2) and h <= thick + 2 + 0.01 * w:
            inked = int(ink[y : y + h, x : x + w].max(axis=0).sum())
            if inked >= _INKED_SHARE * w:
                pieces.append((x, y, w, h, area, inked, label))
    rules = []
    for chain in _chains(sorted(pieces), pixels(_OFF_MM, dpi), pixels(_BREAK_MM, dpi)):
        start, end = chain[0][0], max(x + w for x, _, w, *_ in chain)
        if end - start < least or sum(piece[5] for piece in chain) < _INKED_SHARE * (end - start):
            continue
        length = sum(w for _, _, w, *_ in chain)
        at = sum((2 * y + h) * w for _, y, w, h, *_ in chain) / length
        rules.append(
            Rule(at, 2 * start, 2 * end, max(1.0, 2 * (sum(piece[4] for piece in chain) / length - 2)))
        )
        for x, y, w, h, _, _, label in chain:
            part = np.s_[y : y + h, x : x + w]
            mask[part] |= (labels[part] == label).view(np.uint8) & solid[part]
    return tuple(rules), mask


_Piece = tuple[int, int, int, int, int, int, int]


def _chains(pieces: Sequence[_Piece], off: int, most: int) -> list[list[_Piece]]:
    """Return the pieces (sorted by x) that go on in one line, each chain one rule."""
    chains: list[list[_Piece]] = []
    open_: list[list[_Piece]] = []
    for piece in pieces:
        x, y, _, h = piece[:4]
        open_ = [chain for chain in open_ if chain[-1][0] + chain[-1][2] >= x - most]
        for chain in open_:
            last_x, last_y, last_w, last_h = chain[-1][:4]
            if -most <= x - last_x - last_w <= most and abs(2 * y + h - 2 * last_y - last_h) <= 2 * off:
                chain.append(piece)
                break
        else:
            open_.append([piece])
            chains.append(open_[-1])
    return chains


def _only(ink: Mask, rules: Sequence[Rule], left: int, top: int) -> Mask:
    """Return ``ink`` of ``rules`` alone: a cut-out at half size in which upright rules lie along rows."""
    mask = np.zeros_like(ink)
    for rule in rules:
        middle, room = rule.at / 2 - left, rule.thick / 4 + 3
        part = np.s_[
            max(0, int(middle - room)) : int(middle + room) + 1,
            max(0, int(rule.start / 2) - top) : int(rule.end / 2) - top + 1,
        ]
        mask[part] = ink[part]
    return mask
