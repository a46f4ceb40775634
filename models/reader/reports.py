"""Lines of whole generated reports, cut out by the truth of their words: the reader alone, with perfect line finding."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from models.reader.alphabet import is_readable
from pipeline.cleaning.ink import separate_inks
from pipeline.cleaning.light import even_light
from pipeline.intake.loading import load_page
from pipeline.reading.recognizer import LINE_HEIGHT

_AIR = 0.045
"""Over and under the room of a line (from the top of Ẫ to the foot of p), as a share of it."""


@dataclass(frozen=True, eq=False)
class PrintedLine:
    """A line image with what it says, and the preset of its report."""

    image: NDArray[np.uint8]
    text: str
    preset: str


def report_images(folder: Path) -> Iterator[PrintedLine]:
    """Give the printed lines of the reports that ``python -m samples.generator --out folder`` made.

    Handwriting and what was covered is left out, and so are pages that were turned.
    """
    for path in sorted((folder / "truth").glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        scan = folder / "scans" / f"{path.stem}.pdf"
        for page in truth["pages"] if truth["preset"] != "digital" else ():
            number = page["page"]
            words = truth["words"].get(str(number))
            if not words or page.get("rotation", 1):
                continue
            image = load_page(scan, number, trust_layer=False)
            grey = even_light(separate_inks(image.pixels).grey, page["dpi"])
            text = (folder / "truth" / truth["page_text"][str(number)]).read_text("utf-8")
            for stretch in _stretches(text, words):
                line = " ".join(word[0] for word in stretch)
                if is_readable(line):
                    yield PrintedLine(_cut(grey, stretch), line, truth["preset"])


def _stretches(text: str, words: list[Any]) -> Iterator[list[Any]]:
    """Give the words of each printed line, without those in brackets (by hand, or covered)."""
    left = iter(words)
    inside = False
    for line in text.splitlines():
        marked = []
        for shown in line.split():
            word = next(left)
            inside = inside or "⟦" in shown
            marked.append((inside, word))
            inside = inside and "⟧" not in shown
        for hidden, group in groupby(marked, key=lambda pair: pair[0]):
            if not hidden:
                yield [word for _, word in group]


def _cut(grey: NDArray[np.uint8], words: list[Any]) -> NDArray[np.uint8]:
    """Return the line image of ``words`` (text, x0, y0, x1, y1 in fractions), straightened along it."""
    height, width = grey.shape
    boxes = np.array([word[1:] for word in words]) * (width, height, width, height)
    middles = (boxes[:, 0] + boxes[:, 2]) / 2
    slope = np.polyfit(middles, (boxes[:, 1] + boxes[:, 3]) / 2, 1)[0] if len(words) > 2 else 0.0
    room = float(np.median(boxes[:, 3] - boxes[:, 1]))
    x0, x1 = boxes[0, 0] - room * 0.15, boxes[-1, 2] + room * 0.15
    centre = float(np.median((boxes[:, 1] + boxes[:, 3]) / 2 - slope * middles))
    half = room * (0.5 + _AIR)
    corners = [(x, centre + slope * x + side * half) for side, x in ((-1, x0), (-1, x1), (1, x1), (1, x0))]
    target = max(16, round((x1 - x0) * LINE_HEIGHT / (2 * half)))
    finer = 2 if 2 * half > 1.3 * LINE_HEIGHT else 1
    edges = np.array(((0, 0), (target, 0), (target, LINE_HEIGHT), (0, LINE_HEIGHT)), np.float32) * finer
    matrix = cv2.getPerspectiveTransform(np.array(corners, np.float32) - 0.5, edges - 0.5)
    image = cv2.warpPerspective(
        grey,
        matrix,
        (target * finer, LINE_HEIGHT * finer),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    if finer > 1:
        image = cv2.resize(image, (target, LINE_HEIGHT), interpolation=cv2.INTER_AREA)
    return np.asarray(image, np.uint8)
