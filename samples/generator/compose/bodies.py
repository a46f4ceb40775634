"""What stands under a heading: the frames, fillers, lists and delegations of its topics."""

from __future__ import annotations

from dataclasses import dataclass, field

from samples.generator.compose import citations, delegations
from samples.generator.compose.cover import cover
from samples.generator.compose.inline import joined, run, stripped
from samples.generator.compose.ledger import row_of
from samples.generator.compose.manner import Manner
from samples.generator.compose.profile import BULLETS, fields
from samples.generator.compose.scribe import Scribe
from samples.generator.nouns import Inline, Paragraph
from samples.generator.wording.frames import Frame
from samples.generator.wording.topics import TOPICS

_CITING = 0.035
"""How often a filler or an item cites a document where it could; about 60 % of a report's documents are cited."""


@dataclass
class Body:
    """Paragraphs under a heading; ``blank`` are the fields that the heading itself leaves open."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    blank: list[str] = field(default_factory=list)
    short: bool = False
    """Only a word or two, such as "Không": likely to stand on the line of the heading."""


def states_something(scribe: Scribe, topic: str) -> bool:
    """Return whether the facts state any field of a topic."""
    return any((fact := scribe.fact(name)) is not None and fact.state != "absent" for name in TOPICS[topic])


def body(
    scribe: Scribe, manner: Manner, topic: str, tabled: frozenset[str] = frozenset(), alone: bool = True
) -> Body:
    """Return what is said of a topic; ``tabled`` fields are left to a table.

    Only a topic ``alone`` under its heading may be denied by a bare "Không" or left open by the heading.
    """
    wanted = {
        name
        for name in TOPICS[topic]
        if (fact := scribe.fact(name)) is not None and fact.state != "absent" and name not in tabled
    }
    if topic in _LISTS:
        return _list(scribe, manner, topic, wanted)
    main = TOPICS[topic][0]
    pool = scribe.pools.topic(topic)
    if alone and wanted == {main}:
        state = scribe.facts.fields[main].state
        if state == "blank" and scribe.rng.random() < 0.45:
            return Body(blank=[main])
        if state == "none" and scribe.rng.random() < 0.6 and (frame := scribe.choose(pool.empties)):
            return Body([Paragraph("body", scribe.start(frame))], short=True)
    style = "label" if scribe.rng.random() < manner.labels else "prose"
    frames = cover(scribe, topic, wanted, style)
    _forget(scribe, wanted - {name for frame in frames for name in frame.marks})
    return Body(_paragraphs(scribe, manner, topic, frames))


def _forget(scribe: Scribe, unprinted: set[str]) -> None:
    scribe.ledger.unprinted.extend(name for name in TOPICS_ORDER if name in unprinted)


def _paragraphs(scribe: Scribe, manner: Manner, topic: str, frames: list[Frame]) -> list[Paragraph]:
    rng = scribe.rng
    labels = [frame for frame in frames if frame.style == "label"]
    prose = [frame for frame in frames if frame.style != "label"]
    count = int(rng.poisson(manner.wordy)) if frames else int(rng.integers(1, 3))
    early = rng.random() < 0.25
    before = fillers(scribe, topic, min(count, 1)) if early else []
    sentences = [*before, *(scribe.start(frame) for frame in prose)]
    paragraphs = _split(manner, sentences, rng.random() < 0.5)
    listed = [scribe.start(frame) for frame in labels]
    for at, line in enumerate(listed):
        end = manner.label_end
        if end == ";" and at == len(listed) - 1:
            end = "."
        open_end = "".join(part.text for part in line).rstrip().endswith((":", ".", "…"))
        paragraphs.append(_bullet(manner, line + (() if open_end else run(end))))
    told = delegations.sentences(scribe, topic)
    paragraphs.extend(_split(manner, told, bulleted=manner.bulleted or bool(labels)))
    after = fillers(scribe, topic, count - len(before))
    if after and paragraphs and not listed and not told and rng.random() < 0.6:
        last = paragraphs.pop()
        kept = after[: int(rng.integers(1, 3))]
        paragraphs.append(Paragraph(last.role, joined([last.runs, *kept])))
        after = after[len(kept) :]
    paragraphs.extend(_split(manner, after, bulleted=not early or bool(labels)))
    return paragraphs


def _split(manner: Manner, sentences: list[Inline], bulleted: bool) -> list[Paragraph]:
    """Return sentences as paragraphs: one each where bulleted, else up to three together."""
    if bulleted and manner.bulleted:
        return [_bullet(manner, sentence) for sentence in sentences]
    return [Paragraph("body", joined(sentences[at : at + 3])) for at in range(0, len(sentences), 3)]


def _bullet(manner: Manner, line: Inline) -> Paragraph:
    return Paragraph("bullet", run(f"{manner.bullet} ") + line)


def fillers(scribe: Scribe, topic: str, count: int) -> list[Inline]:
    """Return up to ``count`` sentences that state no value, none twice."""
    said: list[Inline] = []
    options = [frame for frame in scribe.pools.topic(topic).fillers if frame.source not in scribe.said]
    while options and len(said) < count:
        frame = _chosen(scribe, options)
        options.remove(frame)
        if scribe.can_say(frame):
            scribe.said.add(frame.source)
            said.append(scribe.start(frame))
    return said


def _chosen(scribe: Scribe, options: list[Frame]) -> Frame:
    """Return one of the options: one that cites a document as often as reports do so, as long as there is one to cite."""
    citing = [frame for frame in options if citations.cites(frame)]
    others = [frame for frame in options if not citations.cites(frame)]
    cite = bool(citing) and citations.left(scribe) and scribe.rng.random() < _CITING
    chosen: Frame = scribe.pick(citing if cite or not others else others)
    return chosen


def _list(scribe: Scribe, manner: Manner, topic: str, wanted: set[str]) -> Body:
    """Return a topic whose one field is a list of statements."""
    (name,) = TOPICS[topic]
    pool = scribe.pools.topic(topic)
    fact = scribe.fact(name)
    if fact is None or fact.state == "absent":
        return Body([Paragraph("body", joined(fillers(scribe, topic, int(scribe.rng.integers(1, 4)))))])
    if fact.state == "blank":
        return Body(blank=[name])
    if fact.state == "none":
        options = pool.empties if scribe.rng.random() < 0.6 else pool.frames
        frame = scribe.choose(options) or scribe.choose((*pool.empties, *pool.frames))
        if frame is None:
            _forget(scribe, wanted)
            return Body()
        line = scribe.start(frame)
        told = _bullet(manner, line) if frame.style == "label" else Paragraph("body", line)
        return Body([told], short=frame in pool.empties)
    # A sentence before items without bullet or number would be one of them.
    leads = manner.item_style in {"bullet", "bracket"} and int(fact.number or 1) > 1
    lead = (
        fillers(scribe, topic, 1) if leads and scribe.rng.random() < min(0.8, manner.wordy / 3 + 0.1) else []
    )
    paragraphs = [Paragraph("body", line) for line in lead]
    count = int(fact.number or 1)
    items = [frame for frame in pool.items.get(name, ()) if frame.fits(scribe.facts)]
    said = 0
    while items and said < count:
        frame = _chosen(scribe, items)
        items.remove(frame)
        if not scribe.can_say(frame):
            continue
        said += 1
        paragraphs.append(_item(scribe, manner, name, frame, said))
    if not said:
        _forget(scribe, wanted)
    return Body(paragraphs)


def _item(scribe: Scribe, manner: Manner, name: str, frame: Frame, ordinal: int) -> Paragraph:
    line = stripped(scribe.item(name, frame)) + run(".")
    if manner.item_style == "bullet":
        return _bullet(manner, line)
    if manner.item_style == "bracket":
        return Paragraph("body", run(f"({ordinal}) ") + line)
    return Paragraph("body", line)


def blank_row(scribe: Scribe, name: str) -> int:
    """Record that the heading leaves a field open; returns the mark for the heading's words."""
    scribe.ledger.state(name, row_of(scribe.facts.fields[name]))
    return scribe.ledger.mark("field", name)


_LISTS = frozenset(topic for topic, names in TOPICS.items() if set(names) <= BULLETS)
TOPICS_ORDER = tuple(name for name in fields())
