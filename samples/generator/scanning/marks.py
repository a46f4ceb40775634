"""What is on the glass or in the paper besides print: punch holes, staples, dust, streaks, black edges, the table."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from .draws import Draws
from .geometry import Lie
from .preset import Preset
from .texture import add, cloud, grain

Pixels = NDArray[np.uint8]
SUB = 4  # drawing in sixteenths of a pixel
DESKS = ((118, 84, 56), (160, 126, 92), (92, 96, 100), (196, 190, 180), (60, 66, 84), (126, 60, 48))


def beyond(picture: Pixels, lie: Lie, kind: str, rng: np.random.Generator) -> Pixels:
    """Return ``picture`` with what lies beside the page: the lid, the dark of an open scanner, or a desk."""
    height, width = picture.shape[:2]
    corners = lie.corners
    inside = np.zeros((height, width), np.uint8)
    cv2.fillConvexPoly(inside, _fine(corners), 255, cv2.LINE_8, SUB)
    edge = int(rng.integers(90, 215)) if kind != "black" else int(rng.integers(30, 140))
    thick = max(1, round(lie.per_mm * rng.uniform(0.1, 0.35)))
    cv2.polylines(picture, [_fine(corners)], True, (edge,) * 3, thick, cv2.LINE_AA, SUB)
    if inside.min() == 255:
        return picture
    outside = cv2.bitwise_not(inside)
    around = np.empty_like(picture)
    if kind == "desk":
        around[:] = np.array(DESKS[int(rng.integers(len(DESKS)))], np.uint8)
        veins = cloud(rng, (height // 8, 64), 70) * 22 + cloud(rng, (height // 8, 64), 5) * 16
        around = add(around, cv2.resize(veins, (width, height)).astype(np.int16))
    else:
        around[:] = int(rng.integers(4, 55)) if kind == "black" else int(rng.integers(228, 256))
    cv2.copyTo(around, outside, picture)
    return picture


def hardware(picture: Pixels, lie: Lie, preset: Preset, draws: Draws, dark: bool) -> None:
    """Draw punch holes and the staple into ``picture``; ``dark``: holes show the dark behind the page."""
    rng = draws.rng
    width, height = lie.page_mm
    if draws.chance("holes", preset.holes):
        inwards, apart, radius = rng.uniform(9, 13), 40.0, rng.uniform(2.6, 3.1)
        down = height / 2 + rng.uniform(-4, 4)
        shade = int(rng.integers(10, 70)) if dark or rng.random() < 0.4 else int(rng.integers(205, 250))
        for sign in (-1, 1):
            at = (inwards, down + sign * apart) if height >= width else (width / 2 + sign * apart, inwards)
            _disc(picture, lie, at, radius, shade)
    if draws.chance("staple", preset.staple):
        x, y, slope = rng.uniform(6, 13), rng.uniform(6, 13), rng.uniform(-1.2, -0.3)
        half = 5.0 * np.array((np.cos(slope), np.sin(slope)))
        ends = lie.pixels(np.array((x, y)) + np.stack((-half, half)))
        shadow = ends + np.array((0.4, 0.6)) * lie.per_mm
        thick = max(1, round(0.5 * lie.per_mm))
        cv2.line(picture, *_ends(shadow), (int(rng.integers(110, 190)),) * 3, thick + 1, cv2.LINE_AA, SUB)
        if rng.random() < 0.6:  # else it was pulled out, and left its mark
            cv2.line(picture, *_ends(ends), (int(rng.integers(60, 200)),) * 3, thick, cv2.LINE_AA, SUB)


def dust(picture: Pixels, lie: Lie, count: int, rng: np.random.Generator) -> None:
    """Draw ``count`` grains and hairs that lay on the glass."""
    height, width = picture.shape[:2]
    for _ in range(count):
        x, y = rng.uniform(0, (width, height))
        shade = (int(rng.integers(40, 200)),) * 3
        if rng.random() < 0.15:
            turn, bend = rng.uniform(0, 2 * np.pi), rng.normal(0, 0.5)
            along = np.linspace(0, rng.uniform(1.5, 6) * lie.per_mm, 9)
            angle = turn + bend * np.linspace(0, 1, 9)
            points = np.stack((x + along * np.cos(angle), y + along * np.sin(angle)), 1)
            cv2.polylines(picture, [_fine(points)], False, shade, 1, cv2.LINE_AA, SUB)
        else:
            radius = round(rng.uniform(0.05, 0.3) * lie.per_mm * 2**SUB)
            cv2.circle(picture, (int(x * 2**SUB), int(y * 2**SUB)), radius, shade, -1, cv2.LINE_AA, SUB)


def streaks(picture: Pixels, lie: Lie, count: int, rng: np.random.Generator) -> None:
    """Draw ``count`` lines along the feed: dirt on the glass (dark) or a scratched drum (light)."""
    height, width = picture.shape[:2]
    for _ in range(count):
        x = int(rng.uniform(0.02, 0.98) * width)
        thick = max(1, round(rng.uniform(0.05, 0.25) * lie.per_mm))
        top, bottom = (0, height) if rng.random() < 0.6 else np.sort(rng.integers(0, height, 2))
        strip = picture[top:bottom, x : x + thick]
        deep = np.int16(rng.uniform(12, 70) * (-1 if rng.random() < 0.75 else 1))
        strip[:] = np.clip(strip.astype(np.int16) + deep, 0, 255).astype(np.uint8)


def edges(picture: Pixels, lie: Lie, share: float, draws: Draws) -> None:
    """Blacken each side of ``picture`` in ``share`` of the cases, as an open lid or a copy of a copy does."""
    for turns, side in enumerate(("top", "right", "bottom", "left")):
        if not draws.chance(f"edge_{side}", share):
            continue
        rng = draws.rng
        view = np.rot90(picture, turns)  # a view: the side is on top now
        length = view.shape[1]
        most = rng.uniform(1.0, 6.0) * lie.per_mm
        start, end = rng.uniform(0.1, 1.0, 2)
        slope = np.linspace(start, end, length)
        depth = most * np.clip(slope + 0.12 * cloud(rng, (1, length), 30)[0], 0, 1.1)
        strip = view[: int(most * 1.2) + 2]
        soft = rng.uniform(0.5, 3.0)
        lit = np.clip((np.arange(len(strip))[:, None] - depth[None, :]) / soft, 0, 1).astype(np.float32)
        shade = rng.uniform(5, 60) + grain(rng, lit.shape, 10).astype(np.float32)
        if strip.ndim == 3:
            lit, shade = lit[..., None], shade[..., None]
        strip[:] = np.clip(strip * lit + shade * (1 - lit), 0, 255).astype(np.uint8)


def _disc(picture: Pixels, lie: Lie, at: tuple[float, float], radius: float, shade: int) -> None:
    around = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    ring = np.stack((np.cos(around), np.sin(around)), 1) * radius + at
    cv2.fillConvexPoly(picture, _fine(lie.pixels(ring)), (shade,) * 3, cv2.LINE_AA, SUB)
    rim = (max(0, shade - 60),) * 3
    cv2.polylines(
        picture,
        [_fine(lie.pixels(ring[5:25]))],
        False,
        rim,
        max(1, round(0.25 * lie.per_mm)),
        cv2.LINE_AA,
        SUB,
    )


def _fine(points: NDArray[np.float64]) -> NDArray[np.int32]:
    """Points in px to sixteenths, counted from the middle of the first pixel as OpenCV does."""
    return np.asarray(np.round((points - 0.5) * 2**SUB), np.int32)


def _ends(points: NDArray[np.float64]) -> tuple[tuple[int, int], tuple[int, int]]:
    (x0, y0), (x1, y1) = _fine(points).tolist()
    return (x0, y0), (x1, y1)
