"""Where items of lists may stand: paragraphs, headings that are sentences, parts of a list that runs in one paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from pipeline.document import Outline, Paragraph, Passage, Section, join
from pipeline.extraction.items import is_remark, stripped
from pipeline.extraction.list_cues import CAUSE_NAMED
from pipeline.extraction.list_prose import asked_in, has_cause, pieces, place_of, without_causes
from pipeline.extraction.list_runs import parts_in
from pipeline.extraction.profile import Profile
from pipeline.extraction.statements import Head, sentences, topics_in
from pipeline.extraction.wording import fold_words
from pipeline.text import fold

NO_ITEM = "-"
_SEVERAL = 2
_SHORT_HEADING = 6
"""Words; a longer numbered line with nothing under it may be a task or request itself."""
_LED_BY_CAUSE = regex.compile(
    r"(?<!\p{L})(?:tren|neu tren|nay|do|vay|trang)\s[^.;]{0,40}?(?:do|tu|boi|vi|la|co)\s[^.;]{0,30}?nguyen nhan"
    r"|^(?:cac|mot so|nhung)?\s?nguyen nhan(?:\s\p{L}{1,7}){0,6}\s?:?$"
)
"""A lead that refers back to hardships and goes on to their causes, or names the causes alone."""
_LABEL = regex.compile(r"\p{Lu}[^:.;]{2,40}:\s(?=\p{L})")
_WORD = regex.compile(r"\p{L}+|\d+|[;:()]|\./\.")


@dataclass(frozen=True)
class ItemPlace:
    """A paragraph or a heading that may be an item: its section, its features, and what of it the item would be.

    ``block`` is what it shares with the others of one list: the section for bullets, the section above for headings, and
    the heading or label that is next above.
    ``heads`` are the headings and labels over it; a ``marked`` one has a bullet or number of its own.
    """

    section: str
    passage: Passage
    features: tuple[str, ...]
    block: tuple[str, str]
    heads: tuple[Head, ...]
    told: bool = False
    """Whether its own words say what list it is an item of, which its first head names."""

    @property
    def marked(self) -> bool:
        """Whether it has a bullet or number of its own, or is a heading."""
        return self.block[1] != "P"


def item_places(
    outline: Outline, heads: Mapping[str, tuple[Head, ...]], profile: Profile
) -> Iterator[ItemPlace]:
    """Yield every paragraph and every heading with nothing under it, in reading order; a list in one by its parts."""
    parents = {section.path.rpartition(".")[0] for section in outline.sections}
    lists = frozenset(topic for spec in profile.fields if spec.items for topic in spec.topics)
    groups = _groups(profile)
    last = last_of_body(outline, heads, profile)
    for section in outline.sections:
        chain = heads.get(section.path, ())
        own = chain[:1] if chain and chain[0].passage == section.heading else ()
        above = chain[len(own) :]
        body = section.body
        of_list = section.path == last and not lists.isdisjoint(_topics(above))
        if of_list and section.path not in parents and all(is_remark(p, profile) for p in body):
            body = ()  # what closes the report is no text of its last item
        if section.path not in parents and section.heading.words and not body:
            if not _heads_another(own, above, profile):
                yield from _places(section, section.heading, "H", above, 0, 1, (), profile)
        elif len(body) == 1 and section.path not in parents and _runs_on(section):
            above_groups = {profile.topic_of[topic].group for topic in _topics(above)}
            within, named = not groups.isdisjoint(above_groups), _topics(own)
            if lists.isdisjoint(named) and (not named or (within and section.style != "none")):
                # "1. Tiếp tục triển khai …. Rà soát …", "- Với UBND tỉnh: quan tâm …" are one item …
                yield from _places(section, join([section.heading, body[0]]), "H", above, 0, 1, (), profile)
                continue
            if within and not lists.isdisjoint(named):
                # … but "b) Khó khăn: …" heads its own.
                yield from _places(section, stripped(body[0]), "H", chain, 0, 1, (), profile)
                continue
        inner = chain
        named_groups = {
            profile.topic_of[topic].group for topic in next((h.topics for h in chain if h.topics), ())
        }
        labelled = not named_groups or not groups.isdisjoint(named_groups)
        turn = _first_cause(body, chain, lists)
        for at, paragraph in enumerate(body):
            bare = stripped(paragraph)
            label = _LABEL.match(bare.text) if labelled else None
            topics = topics_in(label.group(), profile, _topics(chain), fuzzy=False) if label else ()
            if label and topics and not groups.isdisjoint(profile.topic_of[topic].group for topic in topics):
                # "Hạn chế: …", "Nguyên nhân: …" on a line of its own heads what follows
                inner = (Head(bare.span(0, label.end()), topics), *chain)
                rest = bare.span(label.end(), len(bare.text))
                if not lists.isdisjoint(topics):  # "Ưu điểm: …" is an item of none
                    yield from _places(section, rest, "B", inner, at, len(body), (), profile)
                continue
            kind = "B" if bare.words != paragraph.words else "P"
            if kind == "P" and bare.text.rstrip().endswith(":") and at + 1 < len(body):
                inner = _led(bare, inner, profile)
                continue  # it leads to what follows
            marks = tuple({_opening(p) for p in body[max(0, at - 1) : at + 2]})
            own_heads = without_causes(inner, profile) if at <= turn else inner
            closes = section.path == last
            yield from _places(section, bare, kind, own_heads, at, len(body), marks, profile, closes)


def last_of_body(outline: Outline, heads: Mapping[str, tuple[Head, ...]], profile: Profile) -> str:
    """Return the path of the last section with text before the annexes."""
    last = ""
    for section in outline.sections:
        if any(
            not profile.topic_of[topic].group for head in heads.get(section.path, ()) for topic in head.topics
        ):
            break
        last = section.path if section.body else last
    return last


def _first_cause(body: Sequence[Paragraph], chain: tuple[Head, ...], lists: frozenset[str]) -> int:
    """Return the place of the first paragraph that says it tells a cause, under a heading of several lists; -1 without."""
    named = next((head.topics for head in chain if head.topics), ())
    if len(lists.intersection(named)) < _SEVERAL:
        return -1
    return next((at for at, paragraph in enumerate(body) if has_cause(stripped(paragraph))), -1)


def _led(lead: Passage, heads: tuple[Head, ...], profile: Profile) -> tuple[Head, ...]:
    """Return the headings over what ``lead`` announces: its last sentence heads it where it names another list."""
    place = place_of(heads, profile, closes=False)
    if place is None:
        return heads
    last = sentences(lead)[-1]
    named = topics_in(last.text, profile, _topics(heads), fuzzy=False)
    cause = place.topics.get("cause")
    if cause in named and cause in place.lists and _LED_BY_CAUSE.search(fold(last.text)):
        return (Head(last, (cause,)), *heads)  # "Những hạn chế trên do các nguyên nhân sau:"
    topics = named[:1]
    led = {
        topic for told, topic in place.topics.items() if told != "task"
    }  # "… trong thời gian tới …" names no tasks
    if not topics or topics[0] not in led or topics[0] in place.lists:
        return heads
    return (Head(last, topics), *heads)


def _from_list(heads: tuple[Head, ...], marked: bool, profile: Profile) -> list[Head]:
    """Return the heads as they bear on a list: under a plan, "Công tác kiều bào" only sorts its tasks.

    One side of a context ("Khó khăn" after "Thuận lợi") is seen as the context.
    """
    promised = (not frozenset(profile.closed_topics).isdisjoint(head.topics) for head in heads)
    at = next((at for at, names_list in enumerate(promised) if names_list), 0) if marked else 0
    circumstances = (topic for topic in _topics(heads[:at]) if topic in profile.quiet_topics)
    if any(profile.topic_of[topic].group in _groups(profile) for topic in circumstances):
        at = 0
    return [_with_coarser(head, profile) for head in heads[at:]]


def _with_coarser(head: Head, profile: Profile) -> Head:
    topics = tuple(dict.fromkeys(name for topic in head.topics for name in _coarser(topic, profile)))
    return head if topics == head.topics else replace(head, topics=topics)


def _coarser(topic: str, profile: Profile) -> tuple[str, ...]:
    known = profile.topic_of[topic]
    above = (*known.parents, *known.after) if known.after else ()
    return (*(name for name in above if name in profile.topic_of), topic)


def _heads_another(own: Sequence[Head], above: Sequence[Head], profile: Profile) -> bool:
    """Return whether a heading with nothing under it is that of a list: "Nguyên nhân" under "Hạn chế", "V. ĐỀ NGHỊ"."""
    around = next((set(head.topics) for head in above if head.topics), set())
    named = _topics(own)
    if not around and own and len(own[0].passage.words) <= _SHORT_HEADING:
        return any(set(spec.topics) & named for spec in profile.fields if spec.items)
    groups = {profile.topic_of[topic].group for topic in around}
    return (
        bool(named)
        and named.isdisjoint(around)
        and any(topic in profile.quiet_topics or profile.topic_of[topic].group in groups for topic in named)
    )


def _groups(profile: Profile) -> set[str]:
    """Return the groups that have lists."""
    return {spec.group for spec in profile.fields if spec.items}


def _topics(heads: Sequence[Head]) -> frozenset[str]:
    return frozenset(topic for head in heads for topic in head.topics)


def _runs_on(section: Section) -> bool:
    """Return whether the text goes on in the last line of the heading."""
    last, first = section.heading.words[-1:], section.body[0].words[:1]
    if not last or not first or last[0].page != first[0].page:
        return False
    middle = (first[0].box.y0 + first[0].box.y1) / 2
    return last[0].box.y0 <= middle <= last[0].box.y1


def _places(
    section: Section,
    passage: Passage,
    kind: str,
    heads: tuple[Head, ...],
    at: int,
    count: int,
    marks: Sequence[str],
    profile: Profile,
    closes: bool = False,
) -> Iterator[ItemPlace]:
    path = section.path.rpartition(".")[0] if kind == "H" else section.path
    for part, own, part_kind, told in _parts(passage, kind, heads, profile, closes):
        found = [
            *_features(part, _from_list(own, part_kind != "P", profile), part_kind, at, count),
            *(f"M:{mark}" for mark in marks),
        ]
        block = (f"{path} {own[0].passage.text if own else ''}", part_kind)
        yield ItemPlace(section.path, part, tuple(found), block, own, told)


_Part = tuple[Passage, tuple[Head, ...], str, bool]


def _parts(
    passage: Passage, kind: str, heads: tuple[Head, ...], profile: Profile, closes: bool
) -> Iterator[_Part]:
    """Yield the items that ``passage`` may hold, with the headings over each, its kind, and whether it says so itself."""
    around = {profile.topic_of[topic].group for head in heads for topic in head.topics}
    if around.isdisjoint(_groups(profile)):
        yield from _of_prose(passage, kind, heads, profile, closes)
        return
    lead, parts = parts_in(passage)
    if parts:
        topics = topics_in(lead.text, profile, _topics(heads), fuzzy=False) if lead.words else ()
        for part in parts:
            yield from _of_prose(
                part, "B", (Head(lead, topics), *heads) if topics else heads, profile, closes
            )
    else:
        yield from _of_prose(passage, kind, heads, profile, closes)


def _of_prose(
    passage: Passage, kind: str, heads: tuple[Head, ...], profile: Profile, closes: bool
) -> Iterator[_Part]:
    """Yield ``passage`` by what its sentences tell, where it is a plain paragraph; each parted from its cause."""
    if kind != "P":
        asked = asked_in(passage, heads, profile)
        if asked is not heads:
            yield passage, asked, "T", True
        else:
            yield from _with_cause(passage, kind, heads, profile)
        return
    for piece in pieces(passage, heads, profile, closes):
        own = "T" if piece.own_head else kind
        for part, above, part_kind, _told in _with_cause(piece.passage, own, piece.heads, profile):
            yield part, above, part_kind, piece.told and part_kind == own


def _with_cause(passage: Passage, kind: str, heads: tuple[Head, ...], profile: Profile) -> Iterator[_Part]:
    """Yield ``passage``, parted where it turns to the cause of what it says and another list has the causes."""
    cue = CAUSE_NAMED.search(fold(passage.text))
    topics = topics_in(cue["cue"], profile, frozenset(), fuzzy=False)[:1] if cue else ()
    named = next((head.topics for head in heads if head.topics), ())
    groups = {profile.topic_of[topic].group for topic in named}
    if cue is None or not topics or topics == named or profile.topic_of[topics[0]].group not in groups:
        yield passage, heads, kind, False
        return
    if cue.start() > 0:
        yield passage.span(0, cue.start()), heads, kind, False
    own = Head(passage.span(cue.start("cue"), cue.end("cue")), topics)
    yield passage.span(cue.end(), len(passage.text)), (own, *heads), "T", True


def _opening(paragraph: Paragraph) -> str:
    return "bullet" if stripped(paragraph).words != paragraph.words else "plain"


def _features(passage: Passage, heads: Sequence[Head], kind: str, at: int, count: int) -> Iterator[str]:
    text = fold_words(passage.text)
    words = ["0" if w[0].isdigit() else w for w in _WORD.findall(text)]
    yield f"K:{'B' if kind == 'T' else kind}"
    yield f"at:{min(at, 3)}:{'last' if at == count - 1 else 'inner'}"
    yield f"length:{min(len(words) // 6, 8)}"
    yield f"end:{passage.text.rstrip()[-1:]}"
    yield from {f"W:{w}" for w in words[:60]}
    yield from {f"P:{a}_{b}" for a, b in pairwise(words[:40])}
    yield from (f"S{i}:{w}" for i, w in enumerate(words[:4]))
    yield "SS:" + "_".join(words[:2])
    yield "SSS:" + "_".join(words[:3])
    for depth, head in enumerate(heads[:3]):
        yield from (f"T{min(depth, 1)}:{topic}" for topic in head.topics)
        named = _WORD.findall(head.folded)[:20]
        yield from {f"H{min(depth, 1)}:{w}" for w in named}
        yield from {f"H{min(depth, 1)}2:{a}_{b}" for a, b in pairwise(named)}
    topics = [topic for head in heads for topic in head.topics]
    yield f"near:{topics[0] if topics else NO_ITEM}:{'B' if kind == 'T' else kind}"
