"""Sheets packed with lines of invented text, printed in the faces of the reports, with rules, seals and strokes about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from models.reader.alphabet import TONES, VOWELS, toned
from models.reader.text import draw_text
from samples.generator.ink.seals import any_ink, press_seal, seal_mask
from samples.generator.typeset.faces import BY_NAME, FACES, Metrics, Weight, installed, metrics

WIDTH_MM = 297.0
"""The scanner's model takes the longer side of a picture for that of A4."""
HEIGHT_MM = 108.0
_MARGIN_MM = 7.0
_WEIGHTS: tuple[Weight, ...] = ((False, False), (True, False), (False, True), (True, True))
_WEIGHT_SHARES = (0.58, 0.22, 0.14, 0.06)
_FACE_SHARES = {"Tinos": 0.47, "TeX Gyre Termes": 0.22, "Noto Serif": 0.11, "Arimo": 0.07, "Noto Sans": 0.05,
                "TeX Gyre Cursor": 0.04, "Cousine": 0.04}  # fmt: skip
"""Nearer to even than in the reports, so that the rarer faces are learnt too."""

_STACKS = {
    toned(vowel, tone): ("ı" if vowel == "i" else vowel, tone)
    for vowel in VOWELS + VOWELS.upper()
    for tone in TONES[1:5]
}
"""Letters with a tone over them: (letter without the tone, tone)."""
_ON_A_MARK = frozenset("ăâêôĂÂÊÔ")
_STACKED = re.compile(f"([{''.join(_STACKS)}])")

Picture = NDArray[np.uint8]
Rng = np.random.Generator


@dataclass(frozen=True)
class Printed:
    """One line on a sheet, in mm: from ``x0`` to ``x1`` on ``baseline``; ``x_height`` is that of its face and size."""

    text: str
    x0: float
    x1: float
    baseline: float
    x_height: float


@dataclass(frozen=True)
class _Style:
    """How a line is set: ``size`` in px, ``space`` in shares of the face's own space, ``tracking`` in px."""

    face: str
    weight: Weight
    lead: Weight
    lead_words: int
    size: int
    space: float
    tracking: float
    stack: tuple[float, float, float] | None
    """Where tones stand: right of the middle of what is below and over it in ems, how large; None as the face has it."""


def draw_sheet(rng: Rng, reports: Sequence[str], dpi: int, longest: int) -> tuple[Picture, list[Printed]]:
    """Return a clean sheet, RGB of :data:`WIDTH_MM` x :data:`HEIGHT_MM` at ``dpi``, and the lines on it.

    No line has more than about ``longest`` letters.
    """
    per_mm = dpi / 25.4
    size = round(WIDTH_MM * per_mm), round(HEIGHT_MM * per_mm)
    image = Image.new("L", size, 255)
    pen = ImageDraw.Draw(image)
    lines: list[Printed] = []
    top = _MARGIN_MM * per_mm
    while True:
        face = _draw_face(rng)
        points = rng.uniform(10, 15.5) if rng.random() < 0.5 else rng.uniform(12.5, 14.2)
        if BY_NAME[face].kind != "serif" or face == "Noto Serif":
            points = min(points, 13.0)
        em = max(12, round(points / 72 * dpi))
        measures = metrics(face, (False, False))
        pitch = measures.line / 1000 * em * (1.0 if rng.random() < 0.4 else rng.uniform(1.0, 1.5))
        if top + pitch > size[1] - _MARGIN_MM * per_mm:
            break
        baseline = top + measures.ascent / 1000 * em
        lines += _row(pen, rng, reports, face, em, baseline, size[0], per_mm, longest)
        if rng.random() < 0.06:
            y = baseline + em * rng.uniform(0.25, 0.5)
            x = rng.uniform(0, size[0])
            pen.line((x, y, x + size[0] * rng.uniform(0.1, 1), y), fill=20, width=max(1, round(em * 0.04)))
        top += pitch
    picture = np.asarray(image)
    ink = int(rng.integers(0, 45))
    picture = np.clip(picture.astype(np.uint16) * (255 - ink) // 255 + ink, 0, 255).astype(np.uint8)
    colours = np.asarray(cv2.cvtColor(picture, cv2.COLOR_GRAY2RGB), np.uint8)
    if rng.random() < 0.25:
        for _ in range(int(rng.integers(1, 4))):
            press_seal(colours, seal_mask(dpi, rng), (rng.uniform(0, 1), rng.uniform(0, 1)), any_ink(rng))
    if rng.random() < 0.3:
        _scribble(colours, rng, per_mm)
    return colours, lines


def _row(
    pen: ImageDraw.ImageDraw, rng: Rng, reports: Sequence[str], face: str, em: int, baseline: float, width: int,
    per_mm: float, longest: int,
) -> list[Printed]:  # fmt: skip
    """Fill one row with lines beside each other."""
    lines: list[Printed] = []
    x = rng.uniform(_MARGIN_MM, 3 * _MARGIN_MM) * per_mm
    while True:
        lot = rng.random()
        most = (
            int(rng.integers(1, 9))
            if lot < 0.2
            else int(rng.integers(8, 32))
            if lot < 0.5
            else int(rng.integers(30, 95))
        )
        style = _draw_style(rng, face, em)
        text = draw_text(rng, reports, min(most, longest))
        if any(
            ord(letter) not in metrics(face, w).advances
            for w in (style.weight, style.lead)
            for letter in text
        ):
            continue
        if x + _extent(text, style) > width - _MARGIN_MM * per_mm:
            return lines
        shade = 0 if rng.random() < 0.9 else int(rng.integers(0, 90))
        end = _print(pen, text, style, x, baseline, shade)
        x_height = _x_height(face, style.weight) * em
        lines.append(Printed(text, x / per_mm, end / per_mm, baseline / per_mm, x_height / per_mm))
        thick = max(1, round(em * rng.uniform(0.03, 0.07)))
        lot = rng.random()
        if lot < 0.05:
            y = baseline + em * rng.uniform(0.08, 0.2)
            pen.line((x, y, end, y), fill=shade, width=thick)
        elif lot < 0.065:
            for dot in np.arange(x, end, em * rng.uniform(0.15, 0.3)):
                pen.ellipse((dot, baseline + em * 0.08, dot + thick, baseline + em * 0.08 + thick), fill=60)
        gap = rng.uniform(4, 20) * per_mm
        if rng.random() < 0.2:
            middle = end + gap * rng.uniform(0.2, 0.8)
            pen.line((middle, baseline - 1.3 * em, middle, baseline + 0.5 * em), fill=10, width=thick)
        x = end + gap


def _draw_face(rng: Rng) -> str:
    shares = np.array([_FACE_SHARES[face.name] for face in FACES])
    return FACES[int(rng.choice(len(FACES), p=shares / shares.sum()))].name


def _draw_style(rng: Rng, face: str, em: int) -> _Style:
    weight = _WEIGHTS[int(rng.choice(4, p=_WEIGHT_SHARES))]
    lead = _WEIGHTS[int(rng.choice(4, p=_WEIGHT_SHARES))]
    return _Style(
        face,
        weight,
        lead,
        int(rng.integers(1, 5)) if rng.random() < 0.15 else 0,
        em,
        1.0 if rng.random() < 0.4 else float(rng.uniform(0.8, 2.4)),
        float(rng.uniform(-0.02, 0.15)) * em if rng.random() < 0.06 else 0.0,
        (float(rng.uniform(-0.06, 0.14)), float(rng.uniform(-0.03, 0.07)), float(rng.uniform(0.9, 1.25)))
        if rng.random() < 0.55
        else None,
    )


@lru_cache(maxsize=400)
def _font(face: str, weight: Weight, size: int) -> ImageFont.FreeTypeFont:
    path = installed()[BY_NAME[face].files[_WEIGHTS.index(weight)]]
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=64)
def _x_height(face: str, weight: Weight) -> float:
    """Return the x-height in ems."""
    return -float(_font(face, weight, 1000).getbbox("x", anchor="ls")[1]) / 1000


def _words(text: str, style: _Style) -> list[tuple[str, Weight]]:
    return [
        (word, style.lead if number < style.lead_words else style.weight)
        for number, word in enumerate(text.split(" "))
    ]


def _extent(text: str, style: _Style) -> float:
    measures: dict[Weight, Metrics] = {w: metrics(style.face, w) for w in (style.weight, style.lead)}
    solid = sum(measures[weight].width(word) for word, weight in _words(text, style)) / 1000 * style.size
    return solid + text.count(" ") * _space(style) + len(text) * style.tracking


def _space(style: _Style) -> float:
    return metrics(style.face, style.weight).advances[32] / 1000 * style.size * style.space


def _print(
    pen: ImageDraw.ImageDraw, text: str, style: _Style, x: float, baseline: float, shade: int
) -> float:
    """Print ``text`` from ``x`` on; return where its ink ends."""
    for number, (word, weight) in enumerate(_words(text, style)):
        if number:
            x += _space(style)
        font = _font(style.face, weight, style.size)
        for piece in word if style.tracking else _STACKED.split(word) if style.stack else (word,):
            if style.stack and piece in _STACKS:
                _print_stacked(pen, piece, style, weight, (x, baseline), shade)
            else:
                pen.text((x, baseline), piece, font=font, fill=shade, anchor="ls")
            x += font.getlength(piece) + style.tracking
    return x - style.tracking


def _print_stacked(
    pen: ImageDraw.ImageDraw, letter: str, style: _Style, weight: Weight, at: tuple[float, float], shade: int
) -> None:
    """Print ``letter`` with its tone where ``style.stack`` says: each family stacks marks in its own way."""
    assert style.stack is not None
    right, over, scale = style.stack
    lower, tone = _STACKS[letter]
    if lower not in _ON_A_MARK:
        right *= 0.4  # over a plain letter families agree better
    font = _font(style.face, weight, style.size)
    pen.text(at, lower, font=font, fill=shade, anchor="ls")
    left, top, end, _ = font.getbbox(lower, anchor="ls")
    mark = _tone(style.face, weight, max(6, round(style.size * scale)), tone)
    x = at[0] + (left + end) / 2 + right * style.size - mark.width / 2
    y = at[1] + top - over * style.size - mark.height
    pen.bitmap((round(x), round(y)), mark, fill=shade)


@lru_cache(maxsize=2000)
def _tone(face: str, weight: Weight, size: int, tone: str) -> Image.Image:
    """Return the tone mark as coverage, cut to its ink: what ``e`` under the tone has and ``e`` has not."""
    font = _font(face, weight, size)
    top = round(font.getbbox("e", anchor="ls")[1])
    image = Image.new("L", (2 * size, 2 * size), 0)
    ImageDraw.Draw(image).text(
        (size / 2, size * 1.5), unicodedata.normalize("NFC", "e" + tone), font=font, fill=255, anchor="ls"
    )
    image = image.crop((0, 0, 2 * size, round(size * 1.5) + top - 1))
    return image.crop(image.getbbox())


def _scribble(picture: Picture, rng: Rng, per_mm: float) -> None:
    """Draw strokes of a pen here and there, as of signatures, notes and handwritten numbers beside the print."""
    height, width = picture.shape[:2]
    blue = rng.random() < 0.7
    for _ in range(int(rng.integers(1, 8))):
        steps = int(rng.integers(8, 40))
        turns = np.cumsum(rng.normal(0, 0.9, steps))
        strides = rng.uniform(0.4, 2.2, steps) * per_mm
        points = np.cumsum(np.stack((np.cos(turns), np.sin(turns)), 1) * strides[:, None], 0)
        points += (rng.uniform(0, width), rng.uniform(0, height))
        pen = tuple(map(int, rng.integers((10, 20, 110), (60, 80, 190)))) if blue else (30, 30, 30)
        thick = max(1, round(rng.uniform(0.25, 0.7) * per_mm))
        cv2.polylines(picture, [points.astype(np.int32)], False, pen, thick, cv2.LINE_AA)
