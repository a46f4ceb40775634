"""Headings to learn from: every heading, label and group of the generator's pools, as printed and as misread."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import regex

from models.scorer.noise import misread
from samples.generator.nouns import Split
from samples.generator.wording.frames import Frame
from samples.generator.wording.pools import load
from samples.generator.wording.shapes import Node
from samples.generator.wording.topics import TOPICS

_TOPIC = {"difficulties": "issues"}
"""Topics of the generator that the profile names otherwise."""
_CLOSED = ("plan", "recommendations", "issues", "causes")
_VARIABLE = regex.compile(r"\{[^}]*\}")
_MARK = regex.compile(r"\[[a-z_.,]+(?:=\w+)?[?!]?\s?([^\]]*)\]")
_FILLINGS = {
    "unit": ("huyện", "tỉnh", "thành phố", "địa phương"),
    "period": ("năm 2016", "quý II năm 2020", "6 tháng đầu năm 2012"),
    "next_period": ("năm 2017", "6 tháng cuối năm", "thời gian tới"),
    "kind": ("huyện", "tỉnh", "xã"),
}

Named = tuple[str, tuple[str, ...]]
"""A heading's text and the topics that it names."""


def _plain(text: str, rng: np.random.Generator) -> str:
    """Return a frame's source as it may be printed, without marks and variables."""
    text = _MARK.sub(r"\1", text)

    def fill(match: regex.Match[str]) -> str:
        options = _FILLINGS.get(match.group()[1:-1].lower(), ("địa phương",))
        return options[int(rng.integers(len(options)))]

    return _VARIABLE.sub(fill, text)


def _topic(name: str) -> str:
    return _TOPIC.get(name, name)


def _nodes(node: Node) -> Iterator[tuple[Frame, tuple[str, ...]]]:
    names = tuple(dict.fromkeys(_topic(name) for name in node.topics))
    kept = names if node.run and len(names) <= 3 else ()
    if names and all(name in ("oda", "trade", "fdi", "tourism") for name in names):
        kept = ("economy",)
    for say in node.say:
        yield say, kept
    for sub in node.sub:
        yield from _nodes(sub)


def headings(split: Split, rng: np.random.Generator, copies: int) -> Iterator[tuple[Named, tuple[str, ...]]]:
    """Yield (heading and its topics, topics above it), ``copies`` of each, most of them misread here and there."""
    pools = load(split)
    sure: list[Named] = []
    weak: list[Named] = []
    for name in TOPICS:
        topic = pools.topic(name)
        sure += [(frame.source, (_topic(name),)) for frame in topic.headings]
        sure += [(row.source, (_topic(name),)) for rows in topic.rows.values() for row in rows]
        weak += [(f.source.partition(":")[0], (_topic(name),)) for f in topic.frames if f.style == "label"]
        weak += [(f.source, ()) for f in topic.fillers]
        weak += [(item.source, ()) for items in topic.items.values() for item in items]
    for template in pools.structure.templates:
        for node in template.outline:
            sure += [(frame.source, topics) for frame, topics in _nodes(node)]
    singles = [one for one in sure if len(one[1]) == 1]
    for text, topics in [*sure * copies, *weak]:
        yield (misread(_plain(text, rng), rng), topics), _above(topics, rng)
    for _ in range(len(singles) * copies // 4):
        first, second = (singles[int(rng.integers(len(singles)))] for _ in range(2))
        if first[1] != second[1] and not {first[1][0], second[1][0]} & set(_CLOSED):
            text = f"{first[0]}{('; ', ', ', ' và ')[int(rng.integers(3))]}{second[0]}"
            yield (misread(_plain(text, rng), rng), (*first[1], *second[1])), ()


def _above(topics: tuple[str, ...], rng: np.random.Generator) -> tuple[str, ...]:
    """Return topics that may stand above the heading: mostly none, at times its own group's."""
    if topics and topics[0] in ("oda", "trade", "fdi", "tourism") and rng.random() < 0.3:
        return ("economy",)
    return ()
