"""Training lines: sheets go through the scanner and the cleaning, and their lines are cut out as a line finder might."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from models.reader.sheets import HEIGHT_MM, WIDTH_MM, Printed, draw_sheet
from pipeline.cleaning.grain import soften_grain
from pipeline.cleaning.ink import separate_inks
from pipeline.cleaning.light import even_light
from pipeline.cleaning.speckle import remove_pepper, remove_speckle
from pipeline.reading.recognizer import LINE_HEIGHT
from samples.generator.nouns import InkedPage
from samples.generator.scanning import PRESETS, scan, settle

Grey = NDArray[np.uint8]
Rng = np.random.Generator

PRESET_SHARES = {
    "clean300": 0.10,
    "grey200": 0.13,
    "fax": 0.15,
    "low": 0.16,
    "photocopy": 0.13,
    "yellowed": 0.09,
    "phone": 0.11,
    "hard": 0.13,
}
BASELINE = 31.0
"""Where in a line image the baseline lies, in px from its top; the crops of a line finder differ by up to 3 px."""
X_HEIGHT = 14.0
"""Px of the x-height in a line image; that of a crop may be less by a quarter, but hardly more: marks would be cut off."""
_WIDEST = 1700


@dataclass(frozen=True, eq=False)
class Example:
    """A line image, ``(40, width)``, dark on light, what it says, and the preset that it was scanned with."""

    image: Grey
    text: str
    preset: str


def draw_examples(rng: Rng, reports: Sequence[str], longest: int, preset: str | None = None) -> list[Example]:
    """Return the lines of one sheet, scanned with ``preset``, by default one drawn by its share."""
    cv2.setNumThreads(1)
    if preset is None:
        names = list(PRESET_SHARES)
        preset = names[int(rng.choice(len(names), p=np.array(list(PRESET_SHARES.values()))))]
    machine = replace(settle(PRESETS[preset], rng), turns=(0,), turned_landscape=0.0)
    if rng.random() < 0.9:  # on a sheet without margins holes and staples hide what nobody can read
        machine = replace(machine, holes=0.0, staple=0.0)
    picture, printed = draw_sheet(rng, reports, machine.draw_dpi, longest)
    scanned = scan(InkedPage(picture, ()), machine, rng, 1)
    pixels = scanned.pixels
    if scanned.mode != "bilevel":
        stored = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, scanned.jpeg_quality])[1]
        pixels = np.asarray(cv2.imdecode(stored, cv2.IMREAD_UNCHANGED), np.uint8)
    page = _cleaned(pixels, scanned.dpi, rng)
    examples = []
    for line in printed:
        image = _cut(page, line, scanned.move, rng)
        if image is not None:
            examples.append(Example(_worsened(image, rng), line.text, preset))
    return examples


def _cleaned(pixels: Grey, dpi: int, rng: Rng) -> Grey:
    """Return the page in grey as some cleaning may leave it, from all steps down to none."""
    lot = rng.random()
    if pixels.ndim == 2:
        grey = pixels
    elif lot < 0.75:
        grey = separate_inks(pixels).grey
    elif lot < 0.9:
        grey = np.ascontiguousarray(pixels[..., 0])
    else:
        grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    if rng.random() < 0.75:
        grey = even_light(grey, dpi)
    if rng.random() < 0.25:
        grey = soften_grain(remove_pepper(grey, dpi), float(rng.uniform(0, 22)), dpi)
    if rng.random() < 0.25:
        grey = remove_speckle(grey, dpi)
    return grey


def _cut(page: Grey, line: Printed, move: NDArray[np.float64], rng: Rng) -> Grey | None:
    """Return the image of ``line``, cut out tight or loose, a little too high or low, too large or small, or aslant."""
    x_height = X_HEIGHT + float(np.clip(rng.normal(0, 0.9), -2.5, 1.5))
    if rng.random() < 0.12 or line.text.isupper():
        x_height = float(rng.uniform(10.5, 15.3))
    per_mm = x_height / line.x_height
    across = per_mm * float(np.clip(rng.normal(1, 0.05), 0.87, 1.13))
    left, right = rng.uniform(-1, 14, 2) / across
    width = round((line.x1 - line.x0 + left + right) * across)
    if not 16 <= width <= _WIDEST:
        return None
    base = BASELINE + float(np.clip(rng.normal(0, 1.2), -3.5, 3.5))
    top = line.baseline - base / per_mm
    corners = np.array(
        (
            (line.x0 - left, top),
            (line.x1 + right, top),
            (line.x1 + right, top + LINE_HEIGHT / per_mm),
            (line.x0 - left, top + LINE_HEIGHT / per_mm),
        )
    )
    angle = np.deg2rad(np.clip(rng.normal(0, 0.08 if rng.random() < 0.75 else 0.35), -1, 1))
    middle = corners.mean(0)
    steepest = 4 / width
    angle = float(np.clip(angle, -2 * steepest, 2 * steepest))
    turn = np.array(((np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle))))
    corners = (corners - middle) @ turn.T + middle
    if rng.random() < 0.15:
        corners += np.array(((1, 0), (1, 0), (0, 0), (0, 0))) * rng.normal(0, 0.08) * LINE_HEIGHT / per_mm
    fractions = (corners / (WIDTH_MM, HEIGHT_MM)).reshape(-1, 1, 2)
    pixels = cv2.perspectiveTransform(fractions, move).reshape(-1, 2) * (page.shape[1], page.shape[0]) - 0.5
    finer = 2 if rng.random() < 0.7 and np.hypot(*(pixels[3] - pixels[0])) > 1.3 * LINE_HEIGHT else 1
    target = np.array(((0, 0), (width, 0), (width, LINE_HEIGHT), (0, LINE_HEIGHT))) * finer - 0.5
    matrix = cv2.getPerspectiveTransform(pixels.astype(np.float32), target.astype(np.float32))
    flags = cv2.INTER_LINEAR if rng.random() < 0.7 else cv2.INTER_CUBIC
    image = cv2.warpPerspective(
        page, matrix, (width * finer, LINE_HEIGHT * finer), flags=flags, borderMode=cv2.BORDER_REPLICATE
    )
    if finer > 1:
        image = cv2.resize(image, (width, LINE_HEIGHT), interpolation=cv2.INTER_AREA)
    if rng.random() < 0.12:
        image = _bent(np.asarray(image, np.uint8), rng)
    return np.asarray(image, np.uint8)


def _bent(image: Grey, rng: Rng) -> Grey:
    """Return ``image`` with its baseline a little curved, as of a sheet that does not lie flat."""
    height, width = image.shape
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    wave = np.sin(columns / rng.uniform(120, 600) + rng.uniform(0, 6)) * rng.uniform(0.5, 2.2)
    return np.asarray(
        cv2.remap(
            image, columns, rows + wave.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        ),
        np.uint8,
    )


def _worsened(image: Grey, rng: Rng) -> Grey:
    """Return ``image``, now and then with what no preset does to it."""
    height, width = image.shape
    lot = rng.random()
    if lot < 0.04:
        share = rng.uniform(0.45, 0.8)
        small = cv2.resize(
            image, (max(4, round(width * share)), round(height * share)), interpolation=cv2.INTER_AREA
        )
        image = np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
    elif lot < 0.08:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), rng.uniform(0.5, 1.3)), np.uint8)
    elif lot < 0.11:
        image = _stored(image, int(rng.integers(12, 45)))
    elif lot < 0.14:
        image = np.asarray(
            cv2.threshold(image, int(rng.integers(110, 205)), 255, cv2.THRESH_BINARY)[1], np.uint8
        )
    elif lot < 0.16:
        image = _halftone(image, rng)
    elif lot < 0.2:
        kernel = np.ones(((1, 2), (2, 1), (2, 2))[int(rng.integers(3))], np.uint8)
        worn = cv2.dilate(image, kernel) if rng.random() < 0.5 else cv2.erode(image, kernel)
        image = np.asarray(cv2.addWeighted(image, 0.4, worn, 0.6, 0), np.uint8)
    elif lot < 0.22:
        hit = rng.random(image.shape) < rng.uniform(0.002, 0.03)
        image = np.where(hit, rng.choice(np.array((0, 255), np.uint8), image.shape), image)
    elif lot < 0.25:
        y = int(rng.integers(0, height))
        image = image.copy()
        image[y : y + int(rng.integers(1, 3)), :] = int(rng.integers(0, 120))
    elif lot < 0.28:
        ramp = np.linspace(0, 1, width, dtype=np.float32) ** rng.uniform(1, 8)
        shade = 1 - rng.uniform(0.2, 0.7) * (ramp if rng.random() < 0.5 else ramp[::-1])
        image = np.asarray(image * shade, np.uint8)
    if rng.random() < 0.06:
        noise = rng.normal(0, rng.uniform(4, 22), image.shape)
        image = np.clip(image + noise, 0, 255).astype(np.uint8)
    if rng.random() < 0.25:
        dark, light = rng.uniform(-50, 90), rng.uniform(170, 275)
        image = np.clip(dark + image.astype(np.float32) * ((light - dark) / 255), 0, 255).astype(np.uint8)
    return image


def _stored(image: Grey, quality: int) -> Grey:
    stored = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(stored, cv2.IMREAD_GRAYSCALE), np.uint8)


def _halftone(image: Grey, rng: Rng) -> Grey:
    """Return ``image`` as dots, as a fax draws grey."""
    order = np.array(((0, 8, 2, 10), (12, 4, 14, 6), (3, 11, 1, 9), (15, 7, 13, 5))) * 16 + 8
    height, width = image.shape
    limits = np.tile(order, (height // 4 + 1, width // 4 + 1))[:height, :width]
    dots = np.where(image > limits, 255, 0).astype(np.uint8)
    return np.asarray(cv2.GaussianBlur(dots, (0, 0), rng.uniform(0.5, 0.9)), np.uint8)
