"""Halves of a split's wordings: what one half teaches is tried on documents that are worded by the other."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import Any

from samples.generator.nouns import Split
from samples.generator.wording.pools import Pools, load
from samples.generator.wording.shapes import Topic
from samples.generator.wording.topics import TOPICS

HALVES = (0, 1)


_LISTS = ("headings", "frames", "echoes", "empties")
_BY_FIELD = ("items", "values", "rows")


@cache
def half_of(split: Split, half: int) -> Pools:
    """Return the wordings of ``split`` with every other of each topic's headings, sentences, items and labels."""
    pools = load(split)
    parts = {name: _halved(part, half) if name in TOPICS else part for name, part in pools.parts.items()}
    return Pools(pools.split, MappingProxyType(parts), pools.problems)


def _halved(topic: Topic, half: int) -> Topic:
    lists = {name: _some(getattr(topic, name), half) for name in _LISTS}
    by_field = {
        name: {field: _some(held, half) for field, held in getattr(topic, name).items()} for name in _BY_FIELD
    }
    return topic.model_copy(update={**lists, **by_field})


def _some(wordings: tuple[Any, ...], half: int) -> tuple[Any, ...]:
    return wordings[half::2] or wordings
