"""Which headings a report has, in which order and depth, before any of them is worded."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from samples.generator.compose.bodies import states_something
from samples.generator.compose.numbering import STYLES
from samples.generator.compose.profile import BULLETS
from samples.generator.compose.scribe import Scribe
from samples.generator.wording.frames import Frame
from samples.generator.wording.shapes import Node, Template
from samples.generator.wording.topics import TOPICS

_FIXED = {"difficulties", "causes", "plan", "recommendations", "context"}
"""Topics that keep their place when others are swapped."""
_ORDER = tuple(TOPICS)


@dataclass
class Branch:
    """A heading to be: its possible wordings, the topics told under it, the headings below."""

    say: tuple[Frame, ...]
    topics: list[str] = field(default_factory=list)
    children: list[Branch] = field(default_factory=list)
    both: tuple[str, str] | None = None
    """Two topics whose headings are joined with "và"."""

    @property
    def all_topics(self) -> list[str]:
        """Every topic at or under the heading."""
        return self.topics + [topic for child in self.children for topic in child.all_topics]


def draw_outline(scribe: Scribe) -> tuple[list[Branch], tuple[str, ...], str]:
    """Return the headings of a report, the numbering of its levels, and the numbering's name."""
    rng = scribe.rng
    template, live = _draw_template(scribe)
    branches = [branch for node in template.outline if (branch := _branch(scribe, node, live)) is not None]
    missing = [
        topic for topic in _ORDER if topic in live and not any(topic in b.all_topics for b in branches)
    ]
    for topic in missing:
        _insert(scribe, branches, topic)
    if rng.random() < 0.12:
        _swap(scribe, branches)
    if rng.random() < 0.06:
        _merge(scribe, branches)
    name = str(template.numbering)
    if name == "roman-arabic-alpha" and rng.random() < 0.2:
        name = "roman-decimal"
    return branches, STYLES[name], name


def _draw_template(scribe: Scribe) -> tuple[Template, set[str]]:
    facts, rng = scribe.facts, scribe.rng
    stated = {topic for topic in _ORDER if topic in scribe.pools.parts and states_something(scribe, topic)}
    templates = [one for one in scribe.pools.structure.templates if one.fits(facts)]
    if not templates:
        templates = list(scribe.pools.structure.templates)
    lacking = np.array([len(stated - _topics(one)) for one in templates], dtype=float)
    weights = 1.0 / (1.0 + lacking) ** 2
    template = templates[int(np.searchsorted(np.cumsum(weights), rng.random() * weights.sum()))]
    share = {"commune": 0.0, "district": 0.25, "department": 0.3, "province": 0.4}[facts.office.level]
    idle = [
        one for one in _ORDER if one in _topics(template) and one not in stated and one in scribe.pools.parts
    ]
    return template, stated | {one for one in idle if one not in _EMPTY_LISTS and rng.random() < share}


def _topics(template: Template) -> set[str]:
    return {topic for node in template.outline for topic in node.topics}


_EMPTY_LISTS = {topic for topic, names in TOPICS.items() if set(names) <= BULLETS and topic != "context"}


def _branch(scribe: Scribe, node: Node, live: set[str]) -> Branch | None:
    """Return the heading of a node with what is alive under it; None when nothing is."""
    if node.topic:
        return _topic(scribe, node.topic) if node.topic in live else None
    if node.run:
        topics = [topic for topic in node.run if topic in live]
        if len(topics) == 1 and len(node.run) > 1 and scribe.rng.random() < 0.7:
            return _topic(scribe, topics[0])
        branch = Branch(node.say, topics)
        if len(topics) > 1 and any(set(TOPICS[topic]) <= BULLETS for topic in topics):
            branch = Branch(node.say, [], [_topic(scribe, topic) for topic in topics])
        return branch if topics else None
    children = [child for one in node.sub if (child := _branch(scribe, one, live)) is not None]
    if len(children) == 1 and len(node.sub) > 1 and scribe.rng.random() < 0.7:
        return children[0]
    return Branch(node.say, [], children) if children else None


def _topic(scribe: Scribe, topic: str) -> Branch:
    return Branch(scribe.pools.topic(topic).headings, [topic])


def _insert(scribe: Scribe, branches: list[Branch], topic: str) -> None:
    """Put a topic that the template lacks where its neighbours stand."""
    new, rank = _topic(scribe, topic), _ORDER.index(topic)
    if topic in _FIXED:
        at = next((i for i, b in enumerate(branches) if b.all_topics and _rank(b) > rank), len(branches))
        branches.insert(at, new)
        return
    home = max((b.children for b in branches), key=len, default=[])
    target = home if len(home) >= 3 else branches
    at = next((i for i, b in enumerate(target) if b.all_topics and _rank(b) > rank), len(target))
    target.insert(at, new)


def _rank(branch: Branch) -> int:
    return min(_ORDER.index(topic) for topic in branch.all_topics)


def _swap(scribe: Scribe, branches: list[Branch]) -> None:
    """Let two neighbouring topics of one group change places."""
    groups = [b.children for b in branches if len(b.children) >= 4] or [branches]
    group = scribe.pick(groups)
    free = [i for i in range(len(group) - 1) if not _FIXED & {*group[i].all_topics, *group[i + 1].all_topics}]
    if free:
        at = scribe.pick(free)
        group[at], group[at + 1] = group[at + 1], group[at]


def _merge(scribe: Scribe, branches: list[Branch]) -> None:
    """Join two neighbouring topics under one heading."""
    groups = [b.children for b in branches if len(b.children) >= 4]
    if not groups:
        return
    group = scribe.pick(groups)
    single = [
        i
        for i in range(len(group) - 1)
        if all(len(b.topics) == 1 and not b.children and not _FIXED & {*b.topics} for b in group[i : i + 2])
    ]
    if single:
        at = scribe.pick(single)
        one, two = group[at].topics[0], group[at + 1].topics[0]
        group[at : at + 2] = [Branch((), [one, two], both=(one, two))]
