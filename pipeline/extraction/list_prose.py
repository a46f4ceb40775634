"""Prose that tells the items of lists sentence by sentence, under headings that name a list, an assessment, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.document import Passage, join
from pipeline.extraction.list_cues import Cue, Told, cue_of, joint_length, lacks, may_tell, turns
from pipeline.extraction.profile import Profile
from pipeline.extraction.statements import Head, sentences, topics_in

_CALLED: dict[Told, str] = {
    "hardship": "Khó khăn",
    "cause": "Nguyên nhân",
    "request": "Kiến nghị",
    "advantage": "Thuận lợi",
    "task": "Phương hướng, nhiệm vụ",
}
"""How a heading would call what a sentence tells: the profile knows which list that is."""


_GOES_ON = ("request", "task")
"""Sentences of these go on in the sentences after them."""
_SURE_TOGETHER = 2
"""Sentences of want under a heading of hardships; one alone may but lead to a list ("Vẫn còn những điểm yếu …")."""


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph that may be an item, and the headings over it, its own cue among them."""

    passage: Passage
    heads: tuple[Head, ...]
    told: bool = False
    """Whether its words alone make it an item of the list that its first head names."""
    own_head: bool = False
    """Whether it stands under a cue of its own."""


@dataclass(frozen=True)
class Place:
    """What the headings over a paragraph allow its sentences to tell."""

    lists: frozenset[str]
    """Topics of the lists that the nearest heading with a topic names."""
    assesses: bool
    """Whether that heading is of a group that has lists and names none of them: an assessment, a context."""
    closes: bool
    """Whether the paragraph stands in the last section of the body, where requests come."""
    topics: dict[Told, str]
    """The topic of each kind of telling here, by the profile."""


def place_of(heads: Sequence[Head], profile: Profile, closes: bool) -> Place | None:
    """Return what may be told under ``heads``; None where they speak of other things than lists."""
    of_lists = frozenset(topic for spec in profile.fields if spec.items for topic in spec.topics)
    groups = {spec.group for spec in profile.fields if spec.items}
    named = next((head.topics for head in heads if head.topics), ())
    if named and groups.isdisjoint(profile.topic_of[topic].group for topic in named):
        if not closes:
            return None
        named = ()
    above = frozenset(named)
    topics: dict[Told, str] = {}
    for told, called in _CALLED.items():
        found = [topic for topic in topics_in(called, profile, above, fuzzy=False) if topic in of_lists]
        if found:
            topics[told] = found[0]
    lists = of_lists.intersection(named)
    return Place(lists, bool(named) and not lists, closes, topics)


def has_cause(passage: Passage) -> bool:
    """Return whether a sentence of ``passage`` says that it tells a cause."""
    cues = (cue_of(sentence.text) for sentence in sentences(passage))
    return any(cue is not None and cue.told == "cause" for cue in cues)


def without_causes(heads: tuple[Head, ...], profile: Profile) -> tuple[Head, ...]:
    """Return ``heads`` with the nearest that names hardships and causes naming hardships alone: causes come later."""
    at = next((at for at, head in enumerate(heads) if head.topics), None)
    if at is None:
        return heads
    causes = set(topics_in(_CALLED["cause"], profile, frozenset(), fuzzy=False))
    left = tuple(topic for topic in heads[at].topics if topic not in causes)
    if not left or left == heads[at].topics:
        return heads
    return (*heads[:at], replace(heads[at], topics=left), *heads[at + 1 :])


def pieces(
    passage: Passage, heads: tuple[Head, ...], profile: Profile, closes: bool = False
) -> Iterator[Piece]:
    """Yield the stretches of a plain paragraph that may be items; the paragraph as it is where it tells nothing by itself.

    ``closes``: it stands in the last section of the body.
    """
    named = next((head.topics for head in heads if head.topics), ())
    closed = not set(profile.closed_topics).isdisjoint(named)
    place = place_of(heads, profile, closes) if closed or may_tell(passage.text) else None
    parts = sentences(passage) if place is not None else []
    told = list(_told(parts, place)) if place is not None else []
    if place is None or not any(told):
        yield Piece(passage, heads)
        return
    lacking = sum(what == ("hardship", None) for what in told)
    for part, what in _with_what_follows(parts, told):
        if what is None:
            yield Piece(part, heads)
            continue
        kind, cue = what
        topic = place.topics[kind]
        start = joint_length(part.text) if cue is None or cue.whole else cue.end
        value = part.span(start, len(part.text))
        if topic in place.lists and len(place.lists) == 1:
            yield Piece(value, heads, told=cue is not None or lacking >= _SURE_TOGETHER)
        else:
            head = Head(part.span(0, cue.end if cue else len(part.text)), (topic,))
            yield Piece(value, (head, *heads), told=True, own_head=True)


def _with_what_follows(
    parts: Sequence[Passage], told: Sequence[tuple[Told, Cue | None] | None]
) -> Iterator[tuple[Passage, tuple[Told, Cue | None] | None]]:
    """Yield the sentences with what they tell; one that goes on about a request or task belongs to it."""
    last: tuple[Passage, tuple[Told, Cue | None] | None] | None = None
    for part, what in zip(parts, told, strict=True):
        if last is not None and what is None and last[1] is not None and last[1][0] in _GOES_ON:
            last = (join([last[0], part]), last[1])
            continue
        if last is not None:
            yield last
        last = (part, what)
    if last is not None:
        yield last


def _told(parts: Sequence[Passage], place: Place) -> Iterator[tuple[Told, Cue | None] | None]:
    """Yield for each sentence what it tells and its cue, or None."""
    run: Told | None = None
    cues = [cue_of(part.text) for part in parts]
    goes_on = [
        before.text.rstrip().endswith(";") and cue is None
        for before, cue in zip(parts, cues[1:], strict=False)
    ]
    for part, cue, more, joined in zip(parts, cues, [*goes_on, False], [False, *goes_on], strict=True):
        if cue is not None and _may_tell(cue.told, place, run):
            run = cue.told
            # "Khó khăn lớn nhất là …; …": the cue leads to several items and belongs to none.
            yield run, replace(cue, whole=False) if more and run not in _GOES_ON else cue
            continue
        if joined and run is not None and run not in _GOES_ON:
            yield run, None
            continue
        hardship = place.topics.get("hardship", "")
        assessed = hardship in place.lists or (
            place.assesses and "cause" in place.topics and (run == "hardship" or turns(part.text))
        )
        if assessed and run in (None, "hardship") and lacks(part.text):
            run = "hardship"
            yield run, None
            continue
        run = None if run == "hardship" else run
        yield None


def _may_tell(told: Told, place: Place, run: Told | None) -> bool:
    """Return whether a sentence with a cue for ``told``, after one that told ``run``, is believed under the headings."""
    topic = place.topics.get(told)
    if topic is None:
        return False
    if topic in place.lists:
        return True
    if told == "advantage":
        return place.assesses and "cause" not in place.topics  # in a context alone
    if told == "request":
        return bool(place.lists) or place.assesses or place.closes
    if told == "task":
        return not place.lists and not place.assesses
    hardships = place.topics.get("hardship") in place.lists
    if told == "cause":
        return hardships or run == "hardship" or (place.assesses and "hardship" in place.topics)
    return not place.lists


def asked_in(passage: Passage, heads: tuple[Head, ...], profile: Profile) -> tuple[Head, ...]:
    """Return ``heads`` with a request's own cue before them, where ``passage`` is one among the items of another list."""
    place = place_of(heads, profile, closes=False)
    cue = cue_of(passage.text) if place is not None and place.lists else None
    if place is None or cue is None or cue.told != "request":
        return heads
    topic = place.topics.get("request")
    if topic is None or place.lists == {topic}:
        return heads
    return (Head(passage.span(0, cue.end), (topic,)), *heads)
