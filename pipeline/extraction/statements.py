"""Statements: the sentences of a report, each with the headings that it stands under.

A figure means what its sentence and its headings say. A statement is a sentence or a clause closed by a semicolon; the
first one under a heading carries the heading as its opening words, so that "Du lịch quốc tế:" / "không" reads as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import regex

from pipeline.document import Outline, Passage, Section, join
from pipeline.extraction.heading_topics import learned_topics
from pipeline.extraction.own_nouns import OwnNouns, with_own_nouns
from pipeline.extraction.profile import OPENING, Profile
from pipeline.extraction.trips import people_told
from pipeline.extraction.values.negation import find_denials
from pipeline.extraction.values.numbers import find_quantities
from pipeline.extraction.wording import Hit, best_hit, find_wordings, fold_words

_END = regex.compile(r"(?<=[^\s.]{2}[.!?]|\.\.\.|…|;)\s+(?=[\p{Lu}\d\"“(\-+•*])|(?<=;)\s+")
_ABBREVIATED = regex.compile(
    r"(?:^|\s)(?:TP|Tp|TX|TT|P|Q|H|Đ/c|Ths|TS|PGS|GS|KT|TM|TL|St|Mr|Mrs|Ms|No|vs)\.$"
)
_LABEL = regex.compile(
    r"^[-–+*•\s]*(?:\(?[\da-zđIVX]{1,4}[.)/]\s+)?(?P<label>(?:[^:.;]|\.{3}){3,260}?)\s?:(?=\s|$|\p{L})"
)
_LEAD_IN = regex.compile(
    r"\bbao cao\b.{0,200}\bsau\b[^:]{0,12}:$|^(?:can cu|thuc hien|tiep theo|theo)\b.{30,}\bsau\b[^:]{0,8}:$"
)
_COUNT_ALONE = regex.compile(
    r"[\s\-–+*•]*(?:tong\s)?so(?:\s(?:luong|luot|doan|nguoi|thanh vien|can bo|khach|chuyen|cuoc)){1,3}"
    r"(?:\s?[/,]\s?so(?:\s(?:luong|luot|doan|nguoi)){1,3})?\s?(?::|$)"
)
_PARTICULAR_ALONE = regex.compile(
    r"[\s\-–+*•]{0,12}(?:(?:cac )?(?:nuoc|noi|diem|dia ban|quoc gia)(?: den)?"
    r"|(?:muc dich|noi dung|thanh phan|thoi gian|dia diem)(?: chuyen (?:di|tham|cong tac))?(?: (?:chinh|chu yeu))?"
    r"|doi tac|du an(?: dau tu)?|so (?:voi )?(?:cung ky|nam (?:truoc|\d{4})))\s?(?::|$)"
)
"""A label that asks for a particular of what its heading is about: "Nước đến:", "Mục đích chủ yếu:"."""
_CONJUNCT = regex.compile(r"[,;]\s|\s(?:va|cung|gan voi)\s")
"""What joins the topics of a heading over several."""
_TURNS_TO = regex.compile(
    r"(?:Đối với|Về|Riêng(?: về| đối với)?|Còn về|Trong lĩnh vực)\s(?!phía|mặt này)\p{L}"
)
"""How a sentence within a paragraph turns to another topic: "Đối với nguồn vốn ODA, …"."""
_RESULTS = regex.compile(r"\bket qua\b")
"""What a heading says behind which no circumstances are told any more: "I. KẾT QUẢ CHỦ YẾU"."""
_LONGEST_BRACKETS = 90
MAX_LABEL_WORDS = 60
SPOKEN_WORDS = 14
MAX_LEAD = 22
"""A spoken topic begins within so many characters ("- Công tác ", "Tình hình ", "Đối với ")."""


@dataclass(frozen=True)
class Head:
    """A heading or label above a statement, and the topics that it names (best first)."""

    passage: Passage
    topics: tuple[str, ...]

    @cached_property
    def folded(self) -> str:
        """The heading's folded text."""
        return fold_words(self.passage.text)


@dataclass(frozen=True)
class Statement:
    """One sentence with its context.

    ``opening`` is the length, in characters of ``passage.text``, of the heading or label that stands before what is
    said; 0 when the sentence has none. ``heads`` run from the nearest to the outermost heading. ``first`` says whether
    this is the first statement of its paragraph, ``leading`` whether its paragraph is the first under its heading.
    """

    passage: Passage
    opening: int
    heads: tuple[Head, ...]
    section: str
    first: bool
    leading: bool
    order: int
    heading: int = 0
    """Length of the section's heading where the opening is a heading and then a label; 0 otherwise."""
    in_parts: bool = False
    """Whether it goes on with the parts of a total ("trong đó …; …")."""
    neighbour: Head | None = None
    """The last label before it under the same heading that named a topic: it says whose "Số lượt người" is meant."""
    cell: Passage | None = None
    """The table cell of the value, as read, where the statement is a row of a table."""
    over: tuple[Passage, ...] = ()
    """What stands over the figure of a table, nearest first: the head of its column, the lines of the caption."""
    counted: str = ""
    """What the row's column of units says that is counted: a family of units, or "money"."""

    @property
    def text(self) -> str:
        """The printed text with its opening."""
        return self.passage.text

    @cached_property
    def folded(self) -> str:
        """The folded text; offsets are those of :attr:`text`."""
        return fold_words(self.passage.text)

    @cached_property
    def tellings(self) -> list[tuple[int, int]]:
        """The stretches that tell of one delegation with its particulars; they are no figures of the report."""
        return people_told(self.text)

    @property
    def said(self) -> str:
        """What is said after the opening."""
        return self.text[self.opening :]

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """The topics of the nearest head that names any; of several, the one that the label before it was about."""
        named = next((head.topics for head in self.heads if head.topics), ())
        if len(named) > 1 and self.neighbour is not None:
            return tuple(topic for topic in named if topic in self.neighbour.topics) or named
        return named

    def is_closed(self, profile: Profile) -> bool:
        """Return whether what is said here is no result but a plan, a request, a difficulty."""
        return not self.all_topics.isdisjoint(profile.closed_topics)

    @cached_property
    def near_topics(self) -> frozenset[str]:
        """The topics of all heads, and of the label before it."""
        return self.all_topics.union(self.neighbour.topics if self.neighbour else ())

    @cached_property
    def all_topics(self) -> frozenset[str]:
        """The topics of all heads."""
        return frozenset(topic for head in self.heads for topic in head.topics)


def topics_in(
    text: str,
    profile: Profile,
    above: frozenset[str],
    elder: frozenset[str] = frozenset(),
    fuzzy: bool = True,
) -> tuple[str, ...]:
    """Return the topics that a heading names, in order of how much of it they account for.

    ``above`` are the topics of the headings over it, ``elder`` those of the heading before it on its level, for topics
    that need such company or must not have it.
    """
    folded = fold_words(text)
    found = _topic_hits(folded, profile, above, elder, fuzzy=False)
    if not found and fuzzy:
        found = _topic_hits(folded, profile, above, elder, fuzzy=True)
    # A wording inside a longer one of another topic ("đầu tư" in "thu hút đầu tư của kiều bào") does not count.
    kept = [
        f
        for f in found
        if not any(o[0] <= f[0] and f[1] <= o[1] and o[2] > f[2] for o in found if o[3] != f[3])
    ]
    return tuple(name for _start, _end, _weight, name in sorted(kept, key=lambda f: -f[2]))


def _topic_hits(
    folded: str, profile: Profile, above: frozenset[str], elder: frozenset[str], fuzzy: bool
) -> list[tuple[int, int, int, str]]:
    found = []
    near = profile.topic_index.may_match(folded, fuzzy)
    for topic in profile.topics:
        if topic.name not in near:
            continue
        company = above.intersection(topic.parents) or elder.intersection(topic.after)
        if (topic.parents or topic.after) and not company:
            continue
        # A heading over several topics ("Lãnh sự và kiều bào") keeps none of them out.
        barred = topic.name not in above and above.intersection(topic.outside)
        if barred or elder.intersection(topic.not_after):
            continue
        hit = best_hit(topic.headings, folded, fuzzy)
        if hit is None or _is_barred(topic.not_headings, folded, hit):
            continue
        found.append((hit.start, hit.end, hit.weight, topic.name))
    return found


def _is_from_afar(topics: tuple[str, ...], above: Sequence[Head]) -> bool:
    """Return whether a label that names nothing itself got its topic from a heading further up than the nearest one.

    "Số đoàn:" under "1. Đoàn ra" under "I. Đoàn ra, đoàn vào" counts those that went, whatever else stands above.
    """
    nearest = next((head.topics for head in above if head.topics), ())
    further = {topic for head in above for topic in head.topics}.difference(nearest)
    return bool(topics) and topics[0] in further


def _names_nothing(label: str, above: Sequence[Head]) -> bool:
    """Return whether a label leaves it to the heading over it what it is about: "2. Đoàn ra" / "- Số đoàn: 0"."""
    folded = fold_words(label)
    alone = _COUNT_ALONE.match(folded) or _PARTICULAR_ALONE.match(folded)
    return bool(above and above[0].topics) and alone is not None


def _is_barred(wordings: tuple[str, ...], folded: str, hit: Hit) -> bool:
    """Return whether the part of the heading in which ``hit`` stands has words that make it another topic's.

    "Bảo hộ công dân và công tác kiều bào" is a heading of both: what bars the one stands in the part of the other.
    """
    barred = find_wordings(wordings, folded)
    if not barred:
        return False
    start = max((m.end() for m in _CONJUNCT.finditer(folded, 0, hit.start)), default=0)
    end = _CONJUNCT.search(folded, hit.end)
    stop = end.start() if end else len(folded)
    return any(other.start < stop and start < other.end for other in barred)


def section_heads(outline: Outline, profile: Profile) -> dict[str, tuple[Head, ...]]:
    """Return, for each section path, its own head and those above it, nearest first."""
    heads: dict[str, tuple[Head, ...]] = {"0": ()}
    elders: dict[str, tuple[str, ...]] = {}
    circumstances = {*profile.quiet_topics}
    opening = True
    parents = {section.path.rpartition(".")[0] for section in outline.sections}
    for section in outline.sections:
        above = heads.get(section.path.rpartition(".")[0], ())
        if not section.heading.words:
            heads[section.path] = above
            continue
        named = frozenset(topic for head in above for topic in head.topics) | (
            {OPENING} if opening else set()
        )
        items_only = bool(named.intersection(profile.closed_topics)) and _is_sentence(section, parents)
        before = frozenset(elders.get(section.path.rpartition(".")[0], ()))
        topics = () if items_only else topics_in(section.heading.text, profile, named, before)
        if not items_only:
            worded = topics
            topics = learned_topics(section.heading.text, profile, sorted(named), topics)
            if not worded and (_is_from_afar(topics, above) or _names_nothing(section.heading.text, above)):
                topics = ()
        elders[section.path.rpartition(".")[0]] = topics
        told = _RESULTS.search(fold_words(section.heading.text)) is not None
        opening = opening and not told and not set(topics).difference(circumstances)
        heads[section.path] = (Head(section.heading, topics), *above)
    return heads


def _is_sentence(section: Section, parents: set[str]) -> bool:
    """Return whether a numbered paragraph is an item of a list rather than a heading: long, closed, nothing under it."""
    words = len(section.heading.words)
    closed = section.heading.text.rstrip().endswith((".", ";", "/", ","))
    return section.path not in parents and not section.body and (words > 12 or (closed and words > 4))


def sentences(passage: Passage) -> list[Passage]:
    """Return the sentences of ``passage``; an abbreviation's dot ends none."""
    text = passage.text
    cuts = [0]
    for match in _END.finditer(text):
        said = text[cuts[-1] : match.start()]
        if not _ABBREVIATED.search(said) and not _in_brackets(said, text, match.end()):
            cuts.append(match.end())
    cuts.append(len(text))
    parts = [passage.span(start, end) for start, end in pairwise(cuts) if end > start]
    return [part for part in parts if part.words]


def _in_brackets(said: str, text: str, at: int) -> bool:
    """Return whether brackets of figures that opened in ``said`` close soon after ``at``: "(năm 2020: 9; KH: 12)"."""
    if not said.endswith(";") or said.count("(") <= said.count(")"):
        return False
    closed = text.find(")", at, at + _LONGEST_BRACKETS)
    return closed >= 0 and "(" not in text[at:closed]


def _label_length(text: str, nouns: OwnNouns | None) -> int:
    """Return the length of the label, colon included, that opens ``text``; 0 when there is none."""
    match = _LABEL.match(text)
    if not match or len(match["label"].split()) > MAX_LABEL_WORDS:
        return 0
    if match["label"].count("(") > match["label"].count(")"):
        return 0
    quantities = with_own_nouns(find_quantities(match["label"]), match["label"], nouns)
    if any(quantity.unit or quantity.kind == "money" for quantity in quantities):
        return 0  # "… có bờ biển dài 6,5 km gồm 4 xã: …" says something before its colon
    if any(denial.state == "none" for denial in find_denials(match["label"])):
        return 0  # dots, which leave something blank elsewhere, only say "and so on" in a label
    return match.end()


def _leads_in(label: str) -> bool:
    """Return whether a label is the sentence that opens a report or a list, and heads nothing by itself."""
    return _LEAD_IN.search(fold_words(label)) is not None


def _spoken_head(sentence: Passage, profile: Profile, named: frozenset[str]) -> Head | None:
    """Return the topic that a sentence without colon opens with ("Về viện trợ phi chính phủ, trong năm …"), if any.

    Also the label of a bullet whose colon the reader lost.
    """
    words = sentence.words[:SPOKEN_WORDS]
    opening = Passage(words)
    topics = topics_in(opening.text, profile, named, fuzzy=False)
    if not topics:
        return None
    if named.difference(profile.closed_topics) and topics[0] in profile.closed_topics:
        return None  # "Kế hoạch năm là 12 dự án; đã vận động 15 dự án" stays with its heading
    hit = best_hit(profile.topic_of[topics[0]].headings, fold_words(opening.text))
    if hit is None or hit.start > MAX_LEAD:
        return None
    return Head(opening.span(0, hit.end), topics[:1])


def _of_paragraph(
    paragraph: Passage,
    heads: tuple[Head, ...],
    section: Section,
    profile: Profile,
    opener: Passage | None,
    order: int,
    leading: bool,
) -> Iterator[Statement]:
    named = frozenset(topic for head in heads for topic in head.topics)
    inner = heads
    for index, sentence in enumerate(sentences(paragraph)):
        label = _label_length(sentence.text, profile.own_nouns)
        if not label and (index == 0 or _TURNS_TO.match(sentence.text)):
            spoken = _spoken_head(sentence, profile, named)
            if spoken is not None and spoken.topics[0] not in (heads[0].topics if heads else ()):
                inner = (spoken, *heads)
        if label:
            label_passage = sentence.span(0, label)
            topics = () if _leads_in(label_passage.text) else topics_in(label_passage.text, profile, named)
            own = (Head(label_passage, topics), *heads)
            if index == 0:
                inner = own
            if opener is not None and index == 0:
                shift = len(opener.text) + 1
                passage = join([opener, sentence])
                yield Statement(
                    passage, shift + label, own, section.path, True, leading, order, heading=shift
                )
            else:
                yield Statement(sentence, label, own, section.path, index == 0, leading, order + index)
        elif opener is not None and index == 0:
            passage = join([opener, sentence])
            yield Statement(passage, len(opener.text) + 1, inner, section.path, True, leading, order)
        else:
            yield Statement(sentence, 0, inner, section.path, index == 0, leading, order + index)


def statements(outline: Outline, profile: Profile, heads: dict[str, tuple[Head, ...]]) -> list[Statement]:
    """Return all statements of the report in reading order."""
    found: list[Statement] = []
    parents = {section.path.rpartition(".")[0] for section in outline.sections}
    for section in outline.sections:
        own = heads[section.path]
        opener = section.heading if section.heading.words else None
        if not section.body and opener is not None and section.path not in parents:
            # A heading may be the whole statement: "3. Đoàn vào: 05 đoàn" read without its colon.
            found.append(Statement(opener, 0, own, section.path, True, True, len(found)))
        elif opener is not None and section.body and opener.text.rstrip().endswith(";"):
            # "2. Chỉ số PCI xếp thứ 36/63; chỉ số PAPI …": what a semicolon ends says something itself.
            found.append(Statement(opener, 0, own, section.path, True, True, len(found)))
            opener = None
        for index, paragraph in enumerate(section.body):
            found.extend(_of_paragraph(paragraph, own, section, profile, opener, len(found), index == 0))
            opener = None
    return _in_context(found, profile)


def _in_context(found: Sequence[Statement], profile: Profile) -> list[Statement]:
    """Return the statements with what those before them in paragraph and section add to their meaning."""
    result: list[Statement] = []
    labels: dict[str, Head] = {}
    parts = False
    for statement in found:
        if statement.first or (result and result[-1].text.rstrip().endswith((".", ":"))):
            parts = False
        parent = (
            statement.section.rpartition(".")[0] if _is_labelled_section(statement) else statement.section
        )
        own = statement.heads[0] if statement.opening and statement.heads else None
        neighbour = labels.get(parent)
        result.append(replace(statement, in_parts=parts, neighbour=None if own and own.topics else neighbour))
        if own and own.topics and own.passage.text.rstrip().endswith(":"):
            labels[parent] = own
        parts = parts or bool(find_wordings(profile.anti.part, fold_words(statement.said)))
    return result


def _is_labelled_section(statement: Statement) -> bool:
    """Return whether the statement's section is one labelled bullet ("- Số đoàn vào: 02 đoàn")."""
    opening = statement.text[: statement.opening].rstrip()
    return (
        bool(statement.heads)
        and opening.endswith(":")
        and opening == statement.heads[0].passage.text.rstrip()
    )


def within(sections: Iterable[Section], path: str) -> list[Section]:
    """Return the section at ``path`` and everything under it."""
    return [s for s in sections if s.path == path or s.path.startswith(path + ".")]
