"""Generated reports as pages of perfectly read words, each with the marks that it bears: what the scorer learns from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from models.scorer.setter import set_plain
from pipeline.document import Box, Page
from samples.generator.compose import compose
from samples.generator.facts import draw
from samples.generator.generate import SPLITS
from samples.generator.nouns import Composed, Mark, Split
from samples.generator.wording.pools import Pools, load

Place = tuple[int, Box]
"""A word's page and box: what a word is known by after it went through the stages."""


@dataclass(frozen=True)
class Report:
    """A report as read without a slip: its pages, the marks on its words, and the truth that it was composed with."""

    name: str
    pages: tuple[Page, ...]
    marks: dict[Place, tuple[Mark, ...]]
    composed: Composed


def report(split: Split, seed: int, index: int, pools: Pools | None = None) -> Report:
    """Return report ``index`` of ``split``, in the words of ``pools`` where not in all of the split's."""
    rng = np.random.default_rng([SPLITS.index(split), seed, index, 1])
    composed = compose(draw(split, seed, index), pools or load(split), rng)
    pages, marks = set_plain(composed.text)
    return Report(f"{split}-{seed}-{index:05d}", pages, marks, composed)


def reports(split: Split, seed: int, count: int, first: int = 0) -> Iterator[Report]:
    """Yield ``count`` reports of ``split`` from number ``first`` on."""
    for index in range(first, first + count):
        yield report(split, seed, index)
