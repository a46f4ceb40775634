"""What was weighed for each field before its row was chosen: what :mod:`pipeline.confidence` judges the choice by.

A row shows the winner alone. Whether it is right, or whether "absent" means overlooked, shows in what lost: the best
score of anything that might answer the field, the nearest rival with another value, and what stands under the field's
own headings without belonging to any row. :mod:`pipeline.extraction.weigh` fills this in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.document import Extraction

if TYPE_CHECKING:
    from pipeline.extraction.profile import FieldSpec


@dataclass(frozen=True, slots=True)
class Weighing:
    """What spoke for a field; scores are 0..1, those of the extractor, not calibrated.

    ``peak`` is the largest share that the learned scorer gave the field in any mention, ``spoken`` the largest that the
    tagger gave it in any word; ``likeliest`` the best score of any
    candidate, whatever became of it; ``left`` the best that no other field took away; ``ruled`` the best by the
    profile's wordings alone; ``rival`` the best for another value than the row's. ``options`` counts candidates worth a
    thought.

    ``weakest`` is the least share that a part of the chosen value has (an item of a list, a word of a text), ``beside``
    the largest of what was left out next to it, ``confused`` the largest that another field has in what was chosen.

    ``headed`` counts statements under a heading of the field's topics, ``idle`` those of them in which no row has its
    evidence, ``unclaimed`` figures of a kind that the field takes, under its topics and in no row; ``alike`` figures of
    that kind in the statement of the row itself. ``labelled`` counts statements that name the field, ``labelled_idle``
    and ``labelled_unclaimed`` those of them without a row's evidence, and with such a figure in no row.
    """

    peak: float = 0.0
    spoken: float = 0.0
    likeliest: float = 0.0
    left: float = 0.0
    ruled: float = 0.0
    rival: float = 0.0
    weakest: float = 0.0
    beside: float = 0.0
    confused: float = 0.0
    options: int = 0
    headed: int = 0
    idle: int = 0
    unclaimed: int = 0
    alike: int = 0
    labelled: int = 0
    labelled_idle: int = 0
    labelled_unclaimed: int = 0


NOTHING = Weighing()


@dataclass(frozen=True)
class WeighedExtraction(Extraction):
    """An extraction that also tells what was weighed for each field of its profile; no table keeps that."""

    weighed: Mapping[str, Weighing] = field(default_factory=dict)
    specs: Mapping[str, FieldSpec] = field(default_factory=dict)
