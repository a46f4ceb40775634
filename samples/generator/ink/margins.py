"""What readers leave on a page: underlinings, strokes in the margin, ticks and notes in pencil or pen."""

from __future__ import annotations

import numpy as np

from samples.generator.ink.layers import MM, Colour
from samples.generator.ink.signatures import scribble
from samples.generator.ink.strokes import Curve, Pen, any_pen, draw, smooth
from samples.generator.nouns import Box, Picture, PrintedWord, TypesetPage

_LEADS: tuple[Colour, ...] = ((110, 110, 114), (130, 130, 132), (190, 70, 70), (80, 90, 170))


def annotate(
    picture: Picture, page: TypesetPage, dpi: int, rng: np.random.Generator, colour: bool
) -> list[Box]:
    """Leave one to three marks on the body of ``page``; returns their boxes."""
    words = [word for word in page.words if 0.2 < word.box.y0 < 0.9 and not word.pen]
    if not words:
        return []
    pen = any_pen(rng, colour)
    if rng.random() < 0.6:
        pen = Pen(_LEADS[int(rng.integers(len(_LEADS)))], float(rng.uniform(0.4, 0.7)), 0.25)
    found = []
    for _ in range(int(rng.integers(1, 4))):
        word = words[int(rng.integers(len(words)))]
        box = _mark(picture, page, word, pen, dpi, rng)
        if box:
            found.append(box)
    return found


def _mark(
    picture: Picture, page: TypesetPage, word: PrintedWord, pen: Pen, dpi: int, rng: np.random.Generator
) -> Box | None:
    height, width = picture.shape[:2]
    size = np.array([width, height])
    mm = dpi / MM
    line = [w.box for w in page.words if w.line == word.line and w.box.x0 >= word.box.x0 - 1e-6]
    left = min((w.box.x0 for w in page.words), default=0.1) * width - rng.uniform(2, 6) * mm
    y = word.box.y1 * height
    match int(rng.choice(5, p=(0.4, 0.22, 0.2, 0.1, 0.08))):
        case 0:
            end = line[: int(rng.integers(2, 9))][-1]
            x0, x1 = word.box.x0 * width, end.x1 * width
            steps = np.linspace(0, 1, 6)
            wave = y + rng.uniform(0, 0.5) * mm + rng.normal(0, 0.25, 6) * mm
            strokes = [np.column_stack([x0 + (x1 - x0) * steps, wave])]
        case 1:
            tall = rng.uniform(6, 30) * mm
            strokes = [
                np.array(
                    [
                        (left + x * mm, y - 4 * mm),
                        (left + (x + 0.5) * mm, y + tall / 2),
                        (left + x * mm, y + tall),
                    ]
                )
                for x in (0.0, 1.4)[: int(rng.integers(1, 3))]
            ]
        case 2:
            strokes = [
                np.array([(-2, -1.5), (0, 0), (0, 0), (2.5, -4.5)]) * mm * rng.uniform(0.8, 1.4) + (left, y)
            ]
        case 3:
            middle = np.array([(word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2]) * size
            reach = np.array([(word.box.x1 - word.box.x0) * 0.62, (word.box.y1 - word.box.y0) * 0.72]) * size
            turn = np.linspace(-1.2, 2 * np.pi - 0.9, 12)
            strokes = [middle + np.column_stack([np.cos(turn), np.sin(turn)]) * reach]
        case _:
            note = Box(
                max(left - 9 * mm, mm) / width, y / height - 0.015, (left + 2 * mm) / width, y / height
            )
            return scribble(picture, note, pen, dpi, rng, words=1)
    wobbled: list[Curve] = [smooth(s + rng.normal(0, 0.18, s.shape) * mm) for s in strokes]
    return draw(picture, wobbled, pen, dpi, rng)
