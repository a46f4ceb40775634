"""A page through the scanner, step by step."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ..nouns import InkedPage, ScannedPage
from . import copier, marks, optics
from .draws import Draws
from .geometry import SHEET_MM, Lie, lay, quarter_turn, skew_of
from .preset import Preset
from .sheet import grey_of, sheet, through

Pixels = NDArray[np.uint8]
TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


def scan(
    page: InkedPage, preset: Preset, rng: np.random.Generator, page_number: int, back: InkedPage | None = None
) -> ScannedPage:
    """Return ``page`` as a scanner of ``preset`` delivers it, and where every point of it went.

    ``preset`` is best settled for the document first (``settle``). ``back`` is the page on the other side of the
    sheet, for its print that shows through; without it, the page's own print stands in. ``page_number`` is 1-based.
    """
    draws = Draws(rng)
    mode = draws.choice("mode", preset.modes)
    picture = page.picture if mode == "colour" else _grey(page.picture, preset, draws)
    lie = lay(picture.shape, preset, draws)
    picture = copier.fade(_shrink(picture, lie), preset, draws)
    picture = lie.warp(picture, flags=cv2.INTER_CUBIC)
    picture = copier.roughen(picture, lie, draws.real("rough", preset.rough), rng)
    if preset.generations[1]:
        picture = copier.copy(picture, lie, preset, draws)
    picture = _lit(picture, page if back is None else back, back is None, lie, preset, draws)
    surround = draws.choice("surround", preset.surround)
    marks.hardware(picture, lie, preset, draws, dark=surround != "lid")
    picture = marks.beyond(picture, lie, surround, rng)
    if preset.dust[1]:
        marks.dust(picture, lie, draws.count("dust", preset.dust), rng)
    picture = optics.blur(picture, preset, draws)
    if preset.streaks[1]:
        marks.streaks(picture, lie, draws.count("streaks", preset.streaks), rng)
    marks.edges(picture, lie, preset.edges, draws)
    picture = optics.squeeze(optics.sense(picture, preset, draws), preset, draws)
    if mode == "bilevel":
        picture = copier.bilevel(picture, draws.real("threshold", preset.threshold))
        copier.specks(picture, lie, draws.real("specks", preset.specks), rng)
        picture = copier.bilevel(picture, 127)
    elif preset.specks[1] and not preset.generations[1]:
        copier.specks(picture, lie, draws.real("specks", preset.specks), rng)
    rotation = _rotation(page.picture.shape, preset, draws)
    if rotation:
        picture = np.asarray(cv2.rotate(picture, TURNS[rotation]))
    return ScannedPage(
        width=picture.shape[1],
        height=picture.shape[0],
        dpi=lie.dpi,
        mode=mode,
        pixels=np.ascontiguousarray(picture),
        jpeg_quality=draws.count("quality", preset.quality),
        move=quarter_turn(rotation) @ lie.move,
        rotation=rotation,
        skew=skew_of(lie),
        parameters={"preset": preset.name, "page": page_number, "skew": skew_of(lie), **draws.taken},
    )


def _grey(picture: Pixels, preset: Preset, draws: Draws) -> Pixels:
    """A grey scanner weighs the colours as the eye does, or has a green lamp: red ink is then nearly black."""
    if draws.choice("lamp", preset.lamps) == "green":
        return np.ascontiguousarray(picture[..., 1])
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY))


def _shrink(picture: Pixels, lie: Lie) -> Pixels:
    """Average a finer picture down to the scan's resolution, or strokes would be lost between its pixels."""
    share = lie.per_mm / (max(picture.shape[:2]) / SHEET_MM)
    if share > 0.95:
        return picture
    height, width = picture.shape[:2]
    return np.asarray(
        cv2.resize(picture, (round(width * share), round(height * share)), interpolation=cv2.INTER_AREA)
    )


def _lit(picture: Pixels, back: InkedPage, own: bool, lie: Lie, preset: Preset, draws: Draws) -> Pixels:
    """Print on its paper, under its light: all slow things in one product, made at half size."""
    half = (round(lie.height / 2), round(lie.width / 2))
    colour = picture.ndim == 3
    gain = np.ones((*half, 3) if colour else half, np.float32)
    paper = sheet(lie, preset, draws)
    if paper is not None:
        gain = lie.warp(paper if colour else grey_of(paper), 0.5, fill=1.0)
    for layer in (_behind(back, own, lie, preset, draws), optics.light(half, preset, draws)):
        if layer is not None:
            gain *= layer[..., None] if colour else layer
    if gain.min() > 0.999:
        return picture
    full = cv2.resize(np.clip(gain * 255, 0, 255).astype(np.uint8), (lie.width, lie.height))
    return np.asarray(cv2.multiply(picture, full, scale=1 / 255))


def _behind(back: InkedPage, own: bool, lie: Lie, preset: Preset, draws: Draws) -> NDArray[np.float32] | None:
    shown = through(back.picture, own, lie, preset, draws)
    return None if shown is None else lie.warp(shown, 0.5, fill=1.0)


def _rotation(shape: tuple[int, ...], preset: Preset, draws: Draws) -> int:
    rotation = draws.choice("turn", preset.turns)
    if rotation and not draws.chance("turned", preset.turned_pages):
        rotation = 0
    if shape[1] > shape[0] and draws.rng.random() < preset.turned_landscape:
        rotation = (rotation + 90) % 360
    draws.taken["rotation"] = rotation
    return rotation
