"""Rules of tables that a copy left in specks and dashes: found by their thin ink, which letters do not show all along.

Beside the ink of a rule the paper is white on both sides. Along a row or column of letters that holds for a fifth of the
way, along a rule that has lost half of its ink for half of it; this is measured within the frame that the rules which
were found whole give.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from pipeline.reading.rules import NEAR_MM, Rule, Rules, pixels
from pipeline.reading.sides import Mask

_WHITE_MM = (0.5, 0.85)
"""From so far to so far beside the middle of a rule the paper is white."""
_DRIFT_MM = 0.35
_PIECE_MM = 10.0
"""In a piece so long a rule is straight."""
_LEAST_ACROSS = 0.25
"""Share of a horizontal rule that bears thin ink."""
_LEAST_UPRIGHT = 0.28
_UPRIGHT_AND_CLEAR = 1.15
"""Least sum of the shares of an upright rule that bear thin ink and have white paper beside."""
_PRESENT, _CLEAR = 0.15, 0.7
"""The same two shares between two rows, from which an upright rule parts the cells there."""
_WANDER = 3
"""So many times further than in one piece a rule may stand off over the height of a page."""
_TRACE = 0.1
_KNOWN = 0.9
"""A rule of which so much was found needs no more."""
_LETTERS = 0.3
"""What was taken for a horizontal rule and has less thin ink is the middle of words."""
_BOLD_MM = 0.8
"""No stroke of a bold letter is so thick."""
_LEAST_MM = 12.0
"""A horizontal rule is no shorter."""
_LEAST_WIDTH = 0.3
"""Width of a table in page widths."""

Shares = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a table stands, in pixels of the masks."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, eq=False)
class _Lines:
    """Whether each pixel of rows laid side by side is the thin ink of a rule along its row, and has white beside."""

    thin: npt.NDArray[np.bool_]
    clear: npt.NDArray[np.bool_]
    drift: int
    piece: int

    def pieces(self, at: int, columns: slice = slice(None)) -> Shares:
        """Return the share of thin ink of each piece of the row ``at``, off which it may wander, in ``columns``."""
        band = self.thin[max(0, at - self.drift) : at + self.drift + 1, columns]
        return np.array(
            [float(part.mean(axis=1).max()) for part in _parts(band, self.piece)], dtype=np.float64
        )

    def shares(self) -> Shares:
        """Return the share of thin ink along each row."""
        found: Shares = np.zeros(self.thin.shape[0])
        for part in _parts(self.thin, self.piece):
            padded = np.pad(part.sum(axis=1), self.drift)
            views = np.lib.stride_tricks.sliding_window_view(padded, 2 * self.drift + 1)
            found += views.max(axis=1)
        return np.divide(found, max(1, self.thin.shape[1]))


def with_faded(rules: Rules, groups: Sequence[tuple[Sequence[Rule], Sequence[Rule]]], dpi: int) -> Rules:
    """Return ``rules`` with those that are faded in the tables which ``groups`` of horizontal and upright ones draw.

    Rules between words that are none leave. The masks show the rules found: thin ink in ``ink``, whole in ``dark``.
    """
    for across, upright in groups:
        frame = _frame(across, upright, rules)
        if frame is not None:
            rules = _in_frame(rules, frame, across, upright, dpi)
    return rules


def _frame(across: Sequence[Rule], upright: Sequence[Rule], rules: Rules) -> Frame | None:
    if len(across) < 2 or not upright:
        return None
    step = rules.step
    ys = [*(r.at for r in across), *(end for r in upright for end in (r.start, r.end))]
    top, bottom = min(ys), max(ys)
    left, right = min(r.start for r in across), max(r.end for r in across)
    if right - left < _LEAST_WIDTH * rules.dark.shape[1] * step:
        return None
    return Frame(int(top / step), int(bottom / step) + 1, int(left / step), int(right / step) + 1)


def _in_frame(rules: Rules, frame: Frame, across: Sequence[Rule], upright: Sequence[Rule], dpi: int) -> Rules:
    step, near = rules.step, pixels(NEAR_MM, dpi)
    lines = _lines(rules.dark, frame, dpi / step)
    slight = [r for r in rules.across if r.thick < pixels(_BOLD_MM, dpi) and _is_inside(r, frame, step)]
    gone = [rule for rule in slight if _is_words(lines, rule, frame, step)]
    kept = [r for r in across if r not in gone]
    found = list(_faded_across(lines, frame, kept, step, near, pixels(_LEAST_MM, dpi)))
    levels = sorted({round((r.at - step * frame.top) / step) for r in (*kept, *found)})
    ink, dark = rules.ink.copy(), rules.dark.copy()
    for rule in gone:
        at, room = int(rule.at / step), int(rule.thick / step / 2) + 2 * lines.drift
        ink[max(0, at - room) : at + room + 1, int(rule.start / step) : int(rule.end / step) + 1] = 0
    for rule in found:
        _drawn(ink, dark, lines, frame, rule, rule.at, step)
    turned = _lines(rules.dark, frame, dpi / step, turned=True)
    more: list[Rule] = []
    for rule, stands in _faded_upright(turned, frame, upright, levels, step, near):
        beside = [r for r in upright if abs(r.at - rule.at) <= near]
        if _length(beside, rule.start, rule.end) < _KNOWN * rule.length:
            more.append(rule)
        _drawn(ink, dark, turned, frame, rule, stands, step, turned=True)
    rest = tuple(r for r in rules.across if r not in gone)
    return replace(rules, across=(*rest, *found), upright=(*rules.upright, *more), ink=ink, dark=dark)


def _lines(dark: Mask, frame: Frame, dpi: float, turned: bool = False) -> _Lines:
    """Return the thin ink of ``frame`` along its rows, or along its columns laid as rows; ``dpi`` is that of the mask."""
    near, far = (max(2, round(mm / 25.4 * dpi)) for mm in _WHITE_MM)
    part = dark[frame.top : frame.bottom, frame.left : frame.right]
    part = np.ascontiguousarray(part.T) if turned else part
    rows = part.shape[0]
    padded = np.pad(part > 0, ((far, far), (0, 0)))

    def beside(*steps: int) -> npt.NDArray[np.bool_]:
        found: npt.NDArray[np.bool_] = np.any([padded[far + s : far + s + rows] for s in steps], axis=0)
        return found

    clear = ~beside(*range(-far, -near + 1), *range(near, far + 1))
    drift, piece = (max(1, round(mm / 25.4 * dpi)) for mm in (_DRIFT_MM, _PIECE_MM))
    return _Lines(beside(-1, 0, 1) & clear, clear, drift, piece)


def _parts(band: npt.NDArray[np.bool_], piece: int) -> Iterator[npt.NDArray[np.bool_]]:
    for start in range(0, band.shape[1], piece):
        yield band[:, start : start + piece]


def _is_inside(rule: Rule, frame: Frame, step: int) -> bool:
    return (
        frame.top < rule.at / step < frame.bottom
        and frame.left <= rule.start / step
        and rule.end / step <= frame.right
    )


def _is_words(lines: _Lines, rule: Rule, frame: Frame, step: int) -> bool:
    """Return whether a horizontal rule is the middle of words: ink stands on either side of it nearly all along."""
    at, start, end = int(rule.at / step) - frame.top, int(rule.start / step), int(rule.end / step)
    pieces = lines.pieces(at, slice(start - frame.left, end - frame.left))
    return bool(pieces.size) and float(pieces.mean()) < _LETTERS


def _peaks(shares: Shares, least: float, room: int) -> Iterator[int]:
    """Yield the middles of the rows whose share is at least ``least`` and the greatest within ``room``."""
    left = shares.copy()
    while left.size and left.max() >= least:
        same = np.flatnonzero(left == left.max())
        end = int(same[0])
        while end + 1 < left.size and left[end + 1] == left[same[0]]:
            end += 1
        at = (int(same[0]) + end) // 2
        yield at
        left[max(0, int(same[0]) - room) : end + room + 1] = 0.0


def _faded_across(
    lines: _Lines, frame: Frame, known: Sequence[Rule], step: int, near: int, least: float
) -> Iterator[Rule]:
    for at in _peaks(lines.shares(), _LEAST_ACROSS, lines.drift * 2):
        y = float(step * (frame.top + at))
        beside = [r for r in known if abs(r.at - y) <= near]
        for start, end in _runs(lines.pieces(at), lines.piece, lines.thin.shape[1]):
            x0, x1 = step * (frame.left + start), step * (frame.left + end)
            if x1 - x0 >= least and _length(beside, x0, x1) < _KNOWN * (x1 - x0):
                level = sum(r.at for r in beside) / len(beside) if beside else y
                yield Rule(level, float(x0), float(x1))


def _runs(pieces: Shares, piece: int, whole: int) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the stretches of pieces that bear a rule; a single piece without a trace is a gap in it."""
    bears = pieces >= _TRACE
    bears[1:-1] |= bears[:-2] & bears[2:]
    start: int | None = None
    for at, bearing in enumerate([*bears.tolist(), False]):
        if bearing and start is None:
            start = at
        elif not bearing and start is not None:
            if float(pieces[start:at].mean()) >= _LEAST_ACROSS:
                yield start * piece, min(whole, at * piece)
            start = None


def _faded_upright(
    lines: _Lines, frame: Frame, known: Sequence[Rule], levels: Sequence[int], step: int, near: int
) -> Iterator[tuple[Rule, float]]:
    """Yield the stretches of upright rules between the rows at ``levels`` (rows of the frame), and where each stands.

    Over the height of a page a rule wanders off the line on which it counts.
    """
    bands = [(top, bottom) for top, bottom in pairwise(levels) if bottom - top >= lines.piece / 4]
    for at in _peaks(lines.shares(), _LEAST_UPRIGHT, lines.drift * 2):
        first = max(0, at - _WANDER * lines.drift)
        rows = np.s_[first : at + _WANDER * lines.drift + 1]
        thin = [lines.thin[rows, top:bottom].mean(axis=1) for top, bottom in bands]
        best = [int(shares.argmax()) for shares in thin]
        white = [float(lines.clear[first + k, t:b].mean()) for k, (t, b) in zip(best, bands, strict=True)]
        heights = [bottom - top for top, bottom in bands]
        inked = [float(shares[k]) for shares, k in zip(thin, best, strict=True)]
        if not bands or np.average(np.add(inked, white), weights=heights) < _UPRIGHT_AND_CLEAR:
            continue
        x = float(step * (frame.left + at))
        beside = [r.at for r in known if abs(r.at - x) <= near]
        level = sum(beside) / len(beside) if beside else x
        for (top, bottom), k, ink, clear in zip(bands, best, inked, white, strict=True):
            if ink >= _PRESENT and clear >= _CLEAR:
                rule = Rule(level, float(step * (frame.top + top)), float(step * (frame.top + bottom)))
                yield rule, float(step * (frame.left + first + k))


def _length(rules: Sequence[Rule], start: float, end: float) -> float:
    return sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules)


def _drawn(
    ink: Mask,
    dark: Mask,
    lines: _Lines,
    frame: Frame,
    rule: Rule,
    stands: float,
    step: int,
    turned: bool = False,
) -> None:
    """Put ``rule``, whose ink is found about ``stands``, into the masks."""
    first, offset = (frame.left, frame.top) if turned else (frame.top, frame.left)
    at, start, end = int(stands / step), int(rule.start / step), int(rule.end / step)
    low, high = max(first, at - lines.drift - 1), at + lines.drift + 2
    thin = lines.thin[low - first : high - first, start - offset : end - offset]
    mask, whole = (ink.T, dark.T) if turned else (ink, dark)
    part = mask[low : low + thin.shape[0], start : start + thin.shape[1]]
    part |= thin.any(axis=0) & whole[low : low + thin.shape[0], start : start + thin.shape[1]]
    line = sorted((at, int(rule.at / step)))
    whole[line[0] : line[1] + 1, start:end] = 1
