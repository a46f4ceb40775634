"""What two splits share: they may share no wording, outline or name, or a reader could learn one by heart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from pipeline.text import fold
from samples.generator.wording.frames import Frame, Value, Words
from samples.generator.wording.pools import Pools
from samples.generator.wording.shapes import Node

ALIKE = 92.0
"""From this share of equal letters (per cent, rapidfuzz's ratio) two sentences count as one."""
_SIGN = "□"
_WORDS_OF_CHANCE = 3
"""Sentences of so few words that print no value ("Không phát sinh.") are everybody's."""
_NOT_A_LETTER = re.compile(rf"[^\w{_SIGN}]+")


@dataclass(frozen=True)
class Wording:
    """A text of a pool, where it stands, and the form in which it is compared."""

    file: str
    line: int
    text: str
    key: str


@dataclass(frozen=True)
class Shared:
    """Two wordings of two splits that are one."""

    sort: str
    first: Wording
    second: Wording


def skeleton(frame: Frame) -> str:
    """Return the words of a frame folded, without punctuation; values, variables and decoys become one sign."""
    parts = []
    for piece in frame.pieces:
        if isinstance(piece, Words):
            parts.append(piece.text)
        elif isinstance(piece, Value) and piece.words:
            parts += [inner.text if isinstance(inner, Words) else _SIGN for inner in piece.inner]
        else:
            parts.append(_SIGN)
    return squash("".join(parts))


def squash(text: str) -> str:
    """Return ``text`` folded, punctuation and spaces made one space."""
    return _NOT_A_LETTER.sub(" ", fold(text)).strip()


def shared(first: Pools, second: Pools) -> list[Shared]:
    """Return everything that the two pools share, headings first."""
    found = [
        *_equal("heading", headings(first), headings(second)),
        *_alike("sentence", sentences(first), sentences(second)),
        *_equal("template", templates(first), templates(second)),
        *_equal("name", names(first), names(second)),
    ]
    return sorted(found, key=lambda pair: (pair.sort, pair.first.file, pair.first.line))


def headings(pools: Pools) -> list[Wording]:
    """Return the headings of topics and of groups, and those over cells and rows of tables."""
    frames = [frame for topic in pools.topics.values() for frame in topic.headings]
    if "structure" in pools.parts:
        for template in pools.structure.templates:
            frames += [frame for node in template.outline for frame in _said(node)]
        frames += [*pools.structure.merged, *pools.structure.among]
    return [_wording(frame) for frame in frames]


def _said(node: Node) -> Iterator[Frame]:
    yield from node.say
    for below in node.sub:
        yield from _said(below)


def sentences(pools: Pools) -> list[Wording]:
    """Return every sentence and line that may stand in a document's text, but the shortest denials."""
    frames: list[Frame] = []
    for topic in pools.topics.values():
        frames += [*topic.frames, *topic.echoes, *topic.fillers, *topic.empties, *topic.prose]
        frames += [frame for items in topic.items.values() for frame in items]
    if "letterhead" in pools.parts:
        head = pools.letterhead
        frames += [*head.bases, *head.intros, *head.closings]
        frames += [
            line
            for subjects in pools.letterhead.subjects.values()
            for subject in subjects
            for line in subject.lines
        ]
    if "structure" in pools.parts:
        frames += [*pools.structure.captions, *pools.structure.annexes]
    for negative in pools.parts.get("negatives", ()):
        frames += [*negative.subject.lines, *negative.body]
    wordings = [_wording(frame) for frame in frames]
    return [wording for wording in wordings if _is_own(wording.key)]


def _is_own(key: str) -> bool:
    words = len(key.replace(_SIGN, " ").split())
    return words > (0 if _SIGN in key else _WORDS_OF_CHANCE)


def templates(pools: Pools) -> list[Wording]:
    """Return the outlines: which topics stand where, whatever their headings and numbers."""
    if "structure" not in pools.parts:
        return []
    file = f"{pools.split}/structure.yaml"
    return [
        Wording(file, 0, f"template {number}", " ".join(_outline(node) for node in template.outline))
        for number, template in enumerate(pools.structure.templates, start=1)
    ]


def _outline(node: Node) -> str:
    if node.topic:
        return node.topic
    return f"({' + '.join(node.run)} {' '.join(_outline(below) for below in node.sub)})"


def names(pools: Pools) -> list[Wording]:
    """Return all names that fill variables."""
    if "names" not in pools.parts:
        return []
    file = f"{pools.split}/names.yaml"
    return [
        Wording(file, 0, name, squash(name))
        for kind in type(pools.names).model_fields
        for name in getattr(pools.names, kind)
    ]


def _wording(frame: Frame) -> Wording:
    return Wording(frame.file, frame.line, frame.source, skeleton(frame))


def _equal(sort: str, first: Iterable[Wording], second: Iterable[Wording]) -> Iterator[Shared]:
    known = {wording.key: wording for wording in first}
    for wording in second:
        if wording.key in known:
            yield Shared(sort, known[wording.key], wording)


def _alike(sort: str, first: list[Wording], second: list[Wording]) -> Iterator[Shared]:
    if not first or not second:
        return
    scores = process.cdist(
        [wording.key for wording in first],
        [wording.key for wording in second],
        scorer=fuzz.ratio,
        score_cutoff=ALIKE,
        dtype=np.float32,
    )
    for i, j in np.argwhere(scores >= ALIKE):
        yield Shared(sort, first[i], second[j])
