"""Choosing the frames that together say what the facts state of a topic, each field once."""

from __future__ import annotations

from collections.abc import Set

import numpy as np

from samples.generator.compose.citations import cites
from samples.generator.compose.scribe import Scribe
from samples.generator.wording.frames import Frame
from samples.generator.wording.topics import TOPICS

_TRIES = 3
_OTHER_STYLE = 0.12
"""How much less a frame of the other style (label, prose) is taken."""


def cover(scribe: Scribe, topic: str, wanted: Set[str], style: str) -> list[Frame]:
    """Return frames that state each wanted field at most once, in the order of the topic's fields.

    A wanted field that no frame can print is left out. ``style`` is preferred, not required.
    """
    frames = [
        frame
        for frame in scribe.pools.topic(topic).frames
        if frame.marks and wanted >= frame.marks.keys() and scribe.can_say(frame)
    ]
    best: list[Frame] = []
    missed = len(wanted) + 1
    for _ in range(_TRIES):
        chosen, left = _attempt(scribe, frames, set(wanted), style)
        if len(left) < missed:
            best, missed = chosen, len(left)
        if not left:
            break
    order = {name: at for at, name in enumerate(TOPICS[topic])}
    return sorted(best, key=lambda frame: min(order[name] for name in frame.marks))


def _attempt(scribe: Scribe, frames: list[Frame], left: set[str], style: str) -> tuple[list[Frame], set[str]]:
    chosen: list[Frame] = []
    refs = len(scribe.facts.references) - len(scribe.ledger.cited)
    while left:
        options = [frame for frame in frames if left >= frame.marks.keys() and (refs > 0 or not cites(frame))]
        if not options:
            break
        weights = np.array([_weight(scribe, frame, style) for frame in options])
        frame = options[int(np.searchsorted(np.cumsum(weights), scribe.rng.random() * weights.sum()))]
        refs -= cites(frame)
        chosen.append(frame)
        left -= frame.marks.keys()
    return chosen, left


def _weight(scribe: Scribe, frame: Frame, style: str) -> float:
    weight = float(len(frame.marks) ** 1.6)
    zero = any(scribe.facts.fields[n].number == 0 for n, state in frame.marks.items() if state == "reported")
    if frame.style != ("label" if zero else style):
        weight *= _OTHER_STYLE / (10 if zero else 1)
    if frame.decoys:
        weight *= 1.2
    if cites(frame):
        weight *= 1.5
    planted = {c.field for c in scribe.facts.contradictions if c.kind == "parts"}
    if any(decoy.kind == "part1" and decoy.field in planted for decoy in frame.decoys):
        weight *= 40
    return weight
