"""Rubber stamps: incoming mail, urgency and secrecy, copies; and names stamped rather than printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import cv2
import numpy as np

from samples.generator.ink.faces import Face, lettering, place
from samples.generator.ink.handwriting import write
from samples.generator.ink.layers import MM, Colour, Mask, clouds, press, turned
from samples.generator.ink.signatures import scribble
from samples.generator.ink.strokes import any_pen
from samples.generator.nouns import Box, Picture

RED: Colour = (212, 40, 48)
_PADS: tuple[Colour, ...] = ((44, 56, 160), (90, 50, 150), (204, 44, 52), (36, 40, 110))


@dataclass(frozen=True)
class Arrival:
    """A mask of the incoming-mail stamp, and the rooms (fractions of it) for number, day and forwarding."""

    mask: Mask
    number: Box
    day: Box
    forward: Box


def arrival(dpi: int, rng: np.random.Generator) -> Arrival:
    """Return an upright stamp "CÔNG VĂN ĐẾN" of 42-56 by 17-23 mm."""
    width, height = round(rng.uniform(42, 56) / MM * dpi), round(rng.uniform(17, 23) / MM * dpi)
    mask = np.zeros((height, width), np.uint8)
    line = max(1, round(dpi / 300 * rng.uniform(2, 4)))
    cv2.rectangle(mask, (line, line), (width - line - 1, height - line - 1), 255, line)
    left, top = 0.0, 0.0
    face: Face = "sans bold" if rng.random() < 0.4 else "serif bold"
    match int(rng.integers(3)):
        case 0:
            left = rng.uniform(0.24, 0.3)
            for text, y in (("CV" if rng.random() < 0.5 else "CÔNG VĂN", 0.2), ("ĐẾN", 0.52)):
                word = _fit(lettering(text, face, round(height * 0.26)), width * left * 0.8)
                place(mask, word, (width * left - word.shape[1]) / 2, height * y)
            cv2.line(mask, (round(width * left), 0), (round(width * left), height), 255, line)
        case 1:
            top = 0.27
            word = _fit(lettering("CÔNG VĂN ĐẾN", face, round(height * 0.19)), width * 0.8)
            place(mask, word, (width - word.shape[1]) / 2, height * 0.07)
            cv2.line(mask, (0, round(height * top)), (width, round(height * top)), 255, line)
        case _:
            left = 0.24
            word = _fit(lettering("ĐẾN", face, round(height * 0.3)), width * 0.19)
            place(mask, word, width * 0.03, height * 0.38)
    rooms = []
    step = (1 - top) / 3
    small = round(height * min(step, 0.27) * 0.66)
    for i, text in enumerate(("Số:", "Ngày:", "Chuyển:")):
        label = lettering(text, face if i == 0 else "serif", small)
        y = top + step * (i + 0.2)
        place(mask, label, width * (left + 0.03), height * y)
        start = left + 0.05 + label.shape[1] / width
        base = round(height * (top + step * (i + 0.82)))
        for x in range(round(width * start), round(width * 0.95), max(3, round(dpi / 300 * 9))):
            cv2.circle(mask, (x, base), max(1, line // 2), 255, -1)
        rooms.append(Box(start, top + step * (i - 0.02), 0.95, top + step * (i + 0.95)))
    return Arrival(worn(mask, dpi, rng), *rooms)


def press_arrival(
    picture: Picture, stamp: Arrival, corner: tuple[float, float], issued_on: date, dpi: int,
    rng: np.random.Generator, colour: bool,
) -> Box | None:  # fmt: skip
    """Press ``stamp`` with its upper left at ``corner`` (fractions) and fill it in by hand; returns the box inked."""
    page_height, page_width = picture.shape[:2]
    tall, wide = stamp.mask.shape
    angle = rng.normal(0, 1.6)
    mask = turned(stamp.mask, angle)
    left, top = round(corner[0] * page_width), round(corner[1] * page_height)
    pad = _PADS[int(rng.choice(len(_PADS), p=(0.3, 0.22, 0.3, 0.18)))]
    box = press(picture, mask, left, top, pad)
    pen = any_pen(rng, colour)
    came = issued_on + timedelta(days=int(rng.integers(0, 6)))
    split = "/" if rng.random() < 0.7 else "."
    day = f"{came.day}{split}{came.month}{split}{came.year % 100 if rng.random() < 0.6 else came.year}"
    for text, room in ((str(int(rng.integers(12, 9800))), stamp.number), (day, stamp.day)):
        spot = _on_page(room, left, top, wide, tall, page_width, page_height)
        size = (spot.y1 - spot.y0) * page_height / dpi * MM
        write(picture, text, spot, pen, dpi, rng, size=float(size * rng.uniform(0.6, 0.85)))
    if rng.random() < 0.6:
        spot = _on_page(stamp.forward, left, top, wide, tall, page_width, page_height)
        scribble(picture, spot, pen, dpi, rng)
    return box


def boxed(text: str, dpi: int, rng: np.random.Generator, height_mm: float, frame: bool = True) -> Mask:
    """Return a worn, turned stamp of one line in capitals as given: "HỎA TỐC", "MẬT", "BẢN SAO"."""
    size = round(height_mm / MM * dpi)
    word = lettering(
        text, "sans bold" if rng.random() < 0.4 else "serif bold", size, spacing=float(rng.uniform(0, 0.12))
    )
    pad = round(size * (0.45 if frame else 0.1))
    mask = np.zeros((word.shape[0] + 2 * pad, word.shape[1] + 2 * round(pad * 1.3)), np.uint8)
    place(mask, word, pad * 1.3, pad)
    if frame:
        thick = max(2, round(size * rng.uniform(0.06, 0.12)))
        cv2.rectangle(mask, (thick, thick), (mask.shape[1] - thick, mask.shape[0] - thick), 255, thick)
    return turned(worn(mask, dpi, rng), rng.normal(0, 2.5))


def any_pad(rng: np.random.Generator) -> Colour:
    """Return the colour of a stamp pad."""
    return _PADS[int(rng.integers(len(_PADS)))]


def restamp(picture: Picture, box: Box, dpi: int, rng: np.random.Generator) -> Box | None:
    """Turn the print in ``box`` into that of a name stamp: blue or red, uneven, a little aslant, in its place."""
    height, width = picture.shape[:2]
    pad = round(dpi / 60)
    x0, y0 = max(round(box.x0 * width) - pad, 0), max(round(box.y0 * height) - pad // 2, 0)
    area = picture[y0 : round(box.y1 * height) + pad // 2, x0 : round(box.x1 * width) + pad]
    if not area.size:
        return None
    mask = (255 - area.min(axis=2)).astype(np.uint8)
    area[:] = 255
    aslant = turned(worn(mask, dpi, rng), rng.normal(0, 0.7))
    left = x0 - (aslant.shape[1] - mask.shape[1]) // 2
    top = y0 - (aslant.shape[0] - mask.shape[0]) // 2
    return press(picture, aslant, left, top, _PADS[int(rng.choice([0, 2]))])


def worn(mask: Mask, dpi: int, rng: np.random.Generator) -> Mask:
    """Return ``mask`` as rubber prints it: soft, patchy, with dry specks."""
    shape = (mask.shape[0], mask.shape[1])
    soft = cv2.GaussianBlur(mask, (0, 0), max(0.35, dpi / 300 * 0.9)).astype(np.float32)
    field = clouds(shape, int(rng.integers(3, 7)), rng.uniform(0.4, 0.8), 1.15, rng)
    grain = clouds(shape, max(shape) // 3, 0.65, 1.15, rng)
    inked = soft * np.clip(field, 0, 1) * np.clip(grain, 0, 1) * 1.1
    return np.asarray(np.clip(inked, 0, 255), np.uint8)


def _fit(word: Mask, width: float) -> Mask:
    if word.shape[1] <= width:
        return word
    share = width / word.shape[1]
    return np.asarray(cv2.resize(word, None, fx=share, fy=share, interpolation=cv2.INTER_AREA), np.uint8)


def _on_page(room: Box, left: int, top: int, wide: int, tall: int, width: int, height: int) -> Box:
    """Return a room of a stamp at (left, top) as fractions of the page; its small turn is left to the hand."""
    return Box(
        (left + room.x0 * wide) / width,
        (top + room.y0 * tall) / height,
        (left + room.x1 * wide) / width,
        (top + room.y1 * tall) / height,
    )
