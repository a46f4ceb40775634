"""What a preset may vary, and its narrowing to one document."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Literal

import numpy as np

from .draws import Range

Mode = Literal["colour", "grey", "bilevel"]
Lamp = Literal["white", "green"]
Surround = Literal["lid", "black", "desk"]

CHOICES = ("modes", "lamps", "dpi", "turns", "surround")
CHANCES = ("holes", "staple", "shadow")
PAGE_SPREAD = 0.15
"""How much of a range is left to the pages once the document has drawn its place in it."""


@dataclass(frozen=True)
class Preset:
    """One way of scanning. A pair is a range (least, greatest); the defaults leave the page as it is.

    Units: ``mm`` on the page, ``px`` of the scanned picture, ``levels`` of grey (0..255), shares and strengths 0..1.
    """

    name: str
    modes: tuple[Mode, ...]
    dpi: tuple[int, ...]
    lamps: tuple[Lamp, ...] = ("white", "white", "green")  # a green one makes red ink nearly black
    quality: Range = (75, 85)  # of the JPEG
    squeeze: Range = (100, 100)  # quality of a JPEG before the last one; 100: there was none
    # How the page lies
    skew: tuple[float, float] = (0.0, 0.0)  # degrees: usual spread, and how far the tail goes
    stretch: Range = (1.0, 1.0)  # along and across the feed, each
    margin: Range = (0.0, 0.0)  # mm seen beyond each edge; below 0: cut off
    tilt: Range = (0.0, 0.0)  # perspective: how far a corner moves, as a share of the page
    surround: tuple[Surround, ...] = ("lid",)
    turns: tuple[int, ...] = (0,)  # degrees clockwise
    turned_pages: float = 1.0  # share of the pages that are turned
    turned_landscape: float = 0.0  # share of the landscape pages fed upright, besides
    # The sheet
    yellow: Range = (0.0, 0.0)
    stains: Range = (0, 0)
    foxing: Range = (0, 0)  # brown spots
    folds: Range = (0, 0)
    through: Range = (0.0, 0.0)  # strength of the print on the back
    holes: float = 0.0
    staple: float = 0.0
    # The print
    fade: Range = (0.0, 0.0)  # share of the ink that is gone
    patches: Range = (0.0, 0.0)  # further share gone in patches
    rough: Range = (0.0, 0.0)  # levels: unevenness of toner, breaks and thickens strokes
    generations: Range = (0, 0)  # of photocopying
    toner: Range = (0.0, 0.0)  # how like a threshold a copy is
    threshold: Range = (150, 180)  # levels: what a copier, or the 1-bit scanner, takes for ink
    specks: Range = (0.0, 0.0)  # a square centimetre
    # The scanner or camera
    light: Range = (0.0, 0.0)  # how uneven
    shadow: float = 0.0  # share of the photographs with a hand's shadow
    blur: Range = (0.0, 0.0)  # px
    motion: Range = (0.0, 0.0)  # px
    noise: Range = (0.0, 0.0)  # levels
    coarse: Range = (1.0, 1.0)  # px: size of the noise's grain
    ink_level: Range = (0, 0)  # what black becomes; below 0: contrast raised
    paper_level: Range = (255, 255)  # what white becomes; above 255: clipped to white
    fringe: Range = (0.0, 0.0)  # px between the colours of the sensor
    streaks: Range = (0, 0)
    dust: Range = (0, 0)
    edges: float = 0.0  # share of the picture's sides that are black

    @property
    def draw_dpi(self) -> int:
        """Resolution at which to draw the page before scanning: never coarser than the scan."""
        return 200 if max(self.dpi) <= 200 else 300

    @property
    def colour(self) -> bool:
        """Whether its scans may be in colour."""
        return "colour" in self.modes


def settle(preset: Preset, rng: np.random.Generator) -> Preset:
    """Return ``preset`` as one document has it: one mode, resolution and turn, and a small part of every range.

    A document goes through one machine: its pages differ a little, and in skew.
    """
    settled: dict[str, object] = {}
    for entry in fields(preset):
        value = getattr(preset, entry.name)
        if entry.name in CHOICES:
            settled[entry.name] = (value[int(rng.integers(len(value)))],)
        elif entry.name in CHANCES:
            settled[entry.name] = float(rng.random() < value)
        elif entry.name == "generations":
            settled[entry.name] = (int(rng.integers(value[0], value[1] + 1)),) * 2
        elif isinstance(value, tuple) and entry.name not in ("skew", "margin"):
            low, high = value
            if isinstance(low, int) and isinstance(high, int) and high - low < 10:
                continue  # few of a thing: each page has its own
            room = (high - low) * (1 - PAGE_SPREAD)
            start = low + room * float(rng.random())
            settled[entry.name] = (start, start + (high - low) * PAGE_SPREAD)
    if len(set(preset.turns)) > 1 and rng.random() < 0.5:
        settled["turned_pages"] = 0.35  # some pages only were fed the wrong way round
    return replace(preset, **settled)  # type: ignore[arg-type]
