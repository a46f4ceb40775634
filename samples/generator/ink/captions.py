"""Captions that signing software prints on a page: small letters beside a plain round mark."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from samples.generator.ink.faces import Face, lettering, place
from samples.generator.ink.layers import MM, Colour, Mask, around, press
from samples.generator.ink.seals import any_ink, seal_mask
from samples.generator.nouns import Box, Picture

_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ")
_MIDDLE = ("Văn", "Thị", "Đức", "Minh", "Quốc", "Thanh", "Hữu", "Ngọc")
_GIVEN = ("Hưng", "Lan", "Sơn", "Hà", "Thắng", "Mai", "Tuấn", "Hạnh", "Dũng", "Phương", "Long", "Yến")
_COLOURS: tuple[Colour, ...] = ((30, 40, 220), (20, 20, 20), (200, 30, 30))


def caption(
    picture: Picture, corner: tuple[float, float], issued_on: date, dpi: int, rng: np.random.Generator
) -> Box | None:
    """Print a caption with its upper left at ``corner`` (fractions of the page); returns the box inked."""
    height, width = picture.shape[:2]
    left, top = round(corner[0] * width), round(corner[1] * height)
    boxes = []
    text = _lines(issued_on, dpi, rng)
    if rng.random() < 0.7:
        mark = seal_mask(dpi, rng, size_mm=float(rng.uniform(11, 15)))
        raised = max(top - (mark.shape[0] - text.shape[0]) // 2, 0)
        boxes.append(press(picture, mark, left, raised, any_ink(rng)))
        left += mark.shape[1] + round(dpi / MM)
    boxes.append(press(picture, text, left, top, _COLOURS[int(rng.choice(3, p=(0.55, 0.3, 0.15)))]))
    there = [box for box in boxes if box]
    return around(there) if there else None


def _lines(issued_on: date, dpi: int, rng: np.random.Generator) -> Mask:
    """Return the lines of a caption: who, sometimes whose, and when."""
    who = " ".join(part[int(rng.integers(len(part)))] for part in (_FAMILY, _MIDDLE, _GIVEN))
    signed = issued_on + timedelta(days=int(rng.integers(0, 4)))
    clock = f"{rng.integers(7, 18):02d}:{rng.integers(60):02d}:{rng.integers(60):02d}"
    match int(rng.integers(4)):
        case 0:
            lines = [f"Ký bởi: {who}", f"Thời gian ký: {signed:%d/%m/%Y} {clock}"]
        case 1:
            lines = [f"Ký bởi: {who}", "Cơ quan: Mẫu thử", f"Ngày ký: {signed:%d/%m/%Y} {clock}"]
        case 2:
            lines = [
                f"Người ký: {who}",
                "Email: mauthu@example.vn",
                f"Ngày ký: {signed:%d.%m.%Y} {clock} +07:00",
            ]
        case _:
            lines = [who.upper(), f"{signed:%d.%m.%Y} {clock} +07:00"]
    face: Face = "serif" if rng.random() < 0.5 else "sans"
    size = round(rng.uniform(2.2, 3.1) / MM * dpi)
    masks = [lettering(line, face, size) for line in lines]
    canvas = np.zeros(
        (round(size * 1.15 * len(masks)) + size // 2, max(m.shape[1] for m in masks) + 2), np.uint8
    )
    for i, mask in enumerate(masks):
        place(canvas, mask, 0, i * size * 1.15)
    return canvas
