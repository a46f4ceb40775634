"""Whether a pool is whole: every line in the language, every field sayable in every state."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from samples.generator.wording import reach
from samples.generator.wording.frames import Frame, Words
from samples.generator.wording.pools import PARTS, Pools, Problem
from samples.generator.wording.shapes import Topic
from samples.generator.wording.topics import CHOICES, KINDS, STATES, TOPICS

FRAMES_WANTED = 2
"""Frames (or empties) that a pool has at least for each field and state."""
_NUMBERED = re.compile(r"^(?:[IVXLC]+|\d+|[A-Za-zĐđ])[.)/]")
_STOPS = tuple(".;:!…)")
_OPTIONAL = frozenset(("merged", "among", "denials", "bases"))
"""Keys that a pool may do without; then no document has what they say."""
_DIGITS = re.compile(r"\d+")
_NAMED_DIGITS = re.compile(
    r"(?i)covid-19|sars-cov-2|24/7|24/24|(?:nghị (?:định|quyết)|đề án|nq|qđ|ct)[^.,;]{0,12}\d+"
)


def problems(pools: Pools) -> list[Problem]:
    """Return everything that is wrong with one pool: what cannot be read, what is missing, what is ill-formed."""
    found = list(pools.problems)
    told = {problem.file for problem in found}
    for name in (*TOPICS, *PARTS):
        file = f"{pools.split}/{name}.yaml"
        if name not in pools.parts and file not in told:
            found.append(Problem(file, 0, "missing"))
    for name, topic in pools.topics.items():
        file = f"{pools.split}/{name}.yaml"
        found += [Problem(file, 0, what) for what in _missing(name, topic)]
        found += _ill_formed(topic)
    return found + list(_thin_parts(pools)) + reach.problems(pools)


def notes(pools: Pools) -> list[Problem]:
    """Return what an author should look at: figures in bare digits, which no truth knows."""
    return [
        Problem(
            frame.file, frame.line, "figures in bare digits; use {other a-b noun} or a variable", frame.source
        )
        for topic in pools.topics.values()
        for frame in (*topic.frames, *topic.fillers, *topic.echoes)
        if _DIGITS.search(_NAMED_DIGITS.sub("", _words(frame)))
    ]


def counts(pools: Pools) -> list[str]:
    """Return a line a topic: how many wordings of each sort it has."""
    lines = []
    for name, topic in pools.topics.items():
        labels = sum(frame.style == "label" for frame in topic.frames)
        sizes = {
            "headings": len(topic.headings),
            "prose": len(topic.frames) - labels,
            "labels": labels,
            "fillers": len(topic.fillers),
            "echoes": len(topic.echoes),
            "empties": len(topic.empties),
            "items": sum(map(len, topic.items.values())),
            "values": sum(map(len, topic.values.values())),
        }
        lines.append(f"{name:16}" + "  ".join(f"{key} {size}" for key, size in sizes.items() if size))
    return lines


def coverage(topic: Topic) -> Counter[tuple[str, str]]:
    """Return how many frames and empties print each (field, state); a choice counts as (field, "=up")."""
    found: Counter[tuple[str, str]] = Counter()
    for frame in (*topic.frames, *topic.empties):
        for value in frame.values:
            state = value.state if value.choice is None else f"={value.choice}"
            found.update((name, state) for name in value.fields)
    return found


def _missing(name: str, topic: Topic) -> Iterator[str]:
    printed = coverage(topic)
    for field in TOPICS[name]:
        kind = KINDS[field]
        states = [f"={choice}" for choice in CHOICES[field]] if kind == "choice" else STATES[kind]
        for state in states:
            if printed[field, state] < FRAMES_WANTED:
                yield f"{field} {state}: {printed[field, state]} frames; {FRAMES_WANTED} wanted"
        if kind == "bullets" and not topic.items.get(field):
            yield f"{field}: no items"
        if kind == "text" and not topic.values.get(field):
            yield f"{field}: no values"
        if kind in ("count", "money") and not topic.rows.get(field):
            yield f"{field}: no rows"
    wanted = ["headings", "fillers"]
    wanted += ["purposes", "prose", "columns"] if name in ("outbound", "inbound") else []
    wanted += ["empties"] if any(KINDS[field] in ("count", "money") for field in TOPICS[name]) else []
    yield from (f"no {key}" for key in wanted if not getattr(topic, key))


def _thin_parts(pools: Pools) -> Iterator[Problem]:
    for name in PARTS:
        if name not in pools.parts or name == "negatives":
            continue
        part = pools.parts[name]
        for key in type(part).model_fields:
            if key not in _OPTIONAL and not getattr(part, key):
                yield Problem(f"{pools.split}/{name}.yaml", 0, f"no {key}")


def _ill_formed(topic: Topic) -> Iterator[Problem]:
    for heading in topic.headings:
        if _NUMBERED.match(heading.source) or _DIGITS.search(_words(heading)):
            yield _at(heading, "a heading stands without number or digits; numbering is composed")
        if heading.source.isupper() or heading.source.endswith((".", ":")):
            yield _at(
                heading, "a heading stands in plain letters without closing stop; capitals are composed"
            )
    for frame in topic.frames:
        ends = frame.pieces[-1]
        last = ends.text if isinstance(ends, Words) else getattr(ends, "words", "")
        if frame.style == "label" and isinstance(ends, Words) and last.endswith("."):
            yield _at(frame, "a label has no closing stop; take it out")
        if frame.style == "prose" and not last.endswith(_STOPS):
            yield _at(frame, "a sentence ends with its stop; add it, or write style: label")


def _at(frame: Frame, what: str) -> Problem:
    return Problem(frame.file, frame.line, what, frame.source)


def _words(frame: Frame) -> str:
    texts = [piece.text for piece in (*frame.pieces, *frame.loose) if isinstance(piece, Words)]
    return " ".join(dict.fromkeys(texts))
