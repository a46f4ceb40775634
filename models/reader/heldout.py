"""The held-out lines: drawn once, by preset, from reports of the dev split and text that training does not see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.reader.lines import PRESET_SHARES, Example, draw_examples
from models.reader.text import report_lines
from pipeline.reading.recognizer import LINE_HEIGHT

_SEED = 77
_REPORTS = 40
LINES = 60
"""Of each preset."""
_LONGEST = 95
_BATCH = 10


@dataclass(frozen=True, eq=False)
class HeldOut:
    """Line images with their texts and presets."""

    images: list[NDArray[np.uint8]]
    texts: list[str]
    presets: list[str]

    def batches(self) -> Iterator[tuple[NDArray[np.uint8], list[str], str]]:
        """Give batches of one preset and like widths, padded with white: (count, 40, width), texts, preset."""
        order = sorted(range(len(self.texts)), key=lambda i: (self.presets[i], self.images[i].shape[1]))
        for start in range(0, len(order), _BATCH):
            of_one = order[start : start + _BATCH]
            for preset in dict.fromkeys(self.presets[i] for i in of_one):
                chosen = [i for i in of_one if self.presets[i] == preset]
                width = -(-max(self.images[i].shape[1] for i in chosen) // 4) * 4
                images = np.full((len(chosen), LINE_HEIGHT, width), 255, np.uint8)
                for row, i in enumerate(chosen):
                    images[row, :, : self.images[i].shape[1]] = self.images[i]
                yield images, [self.texts[i] for i in chosen], preset


def load_held_out(path: Path, lines: int = LINES) -> HeldOut:
    """Return the held-out lines, ``lines`` of each preset, drawn now and kept at ``path`` if they are not there yet."""
    if not path.exists():
        _draw(path, lines)
    with np.load(path) as held:
        ends = np.cumsum(held["widths"])
        images = np.split(held["pixels"], ends[:-1], axis=1)
        return HeldOut(images, held["texts"].tolist(), held["presets"].tolist())


def _draw(path: Path, lines: int) -> None:
    reports = report_lines("dev", min(_REPORTS, lines))
    examples: list[Example] = []
    for number, preset in enumerate(PRESET_SHARES):
        rng = np.random.default_rng([_SEED, number])
        found: list[Example] = []
        while len(found) < lines:
            found += draw_examples(rng, reports, _LONGEST, preset)
        examples += found[:lines]
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        pixels=np.concatenate([e.image for e in examples], axis=1),
        widths=np.array([e.image.shape[1] for e in examples]),
        texts=np.array([e.text for e in examples]),
        presets=np.array([e.preset for e in examples]),
    )
