"""What people corrected most, what had happened there, and which lines of the profile would have helped."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from pipeline.extraction.profile import FieldSpec, Profile, shared_fields
from pipeline.extraction.profile_draft_words import spoken, without_periods
from pipeline.extraction.wording import find_wordings, fold_words
from pipeline.extraction.wording_form import fault_of
from pipeline.outline.numbering import read_numeral
from pipeline.review.decisions import Key
from pipeline.review.desk import Desk
from pipeline.review.likeness import same
from pipeline.review.mentions import Mention, last_words, mentions
from pipeline.review.typed import shown
from pipeline.review.values import Value, value_from_json

What = Literal["not_taken", "other_taken", "misread", "state"]
"""The value stands in the text and was not taken; another was taken in its place; the text as read does not have it; only
the state was wrong."""
Part = Literal["labels", "cues", "anti", "except_in", "headings"]
EXAMPLES = 3
_LONGEST_SHOWN = 160


@dataclass(frozen=True)
class Correction:
    """One value that a person put right, and where the document says the right one."""

    key: Key
    source: str
    what: What
    machine: Value
    right: Value
    printed: str
    """The sentence that says the right value, else what the machine had read."""
    mention: Mention | None
    wrong: Mention | None
    """Where the document says the machine's value."""


@dataclass(frozen=True)
class Lesson:
    """Corrections of one field in which the same happened, the commonest wordings first."""

    field: str
    what: What
    corrections: tuple[Correction, ...]

    @property
    def wordings(self) -> list[tuple[str, int]]:
        """The words that name the right value, each with how often it was corrected there."""
        named = (_named(correction.mention) for correction in self.corrections)
        return Counter(name for name in named if name).most_common()


@dataclass(frozen=True)
class Suggestion:
    """A line for the profile: ``wording`` among the ``part`` of the field or topic ``of``, and what speaks for it."""

    of: str
    part: Part
    wording: str
    count: int
    sources: tuple[str, ...]


def lessons(desk: Desk) -> list[Lesson]:
    """Return what people corrected, by field and by what had happened, the commonest first."""
    desk.follow()
    found: defaultdict[tuple[str, What], list[Correction]] = defaultdict(list)
    for key in sorted(desk.decisions):
        correction = _correction(desk, key)
        if correction is not None:
            found[key[1], correction.what].append(correction)
    held = [Lesson(field, what, tuple(corrections)) for (field, what), corrections in found.items()]
    return sorted(held, key=lambda lesson: (-len(lesson.corrections), lesson.field, lesson.what))


def _correction(desk: Desk, key: Key) -> Correction | None:
    """Return what was put right in a field, None where the machine was right or the document is not to be shown."""
    item = desk.queue.item(*key)
    first = next((word for word in desk.control.words[key] if word.old), None)
    if item is None or not desk.queue.shown[item] or first is None:
        return None
    machine, right = value_from_json(first.old), desk.decisions[key].value
    if same(machine, right):
        return None
    rows, document = desk.rows(*key), desk.document(key[0])
    sections, pages = desk.tables.sections.rows(key[0]), desk.tables.pages.rows(key[0])
    place = desk.decisions[key].page or rows[0]["page"]
    at = _nearest(mentions(right, sections, pages) if right.state == "reported" else [], place)
    wrong = _nearest(
        mentions(machine, sections, pages) if machine.state == "reported" else [], rows[0]["page"]
    )
    read = "; ".join(dict.fromkeys(row["raw_text"] for row in rows if row["raw_text"]))
    return Correction(
        key,
        PurePath(document["source"]).name,
        _what(machine, right, at),
        machine,
        right,
        (at.sentence if at else read)[:_LONGEST_SHOWN],
        at,
        wrong,
    )


def _nearest(found: Sequence[Mention], page: int | None) -> Mention | None:
    on_page = [one for one in found if page is not None and one.page_first <= page <= one.page_last]
    return next(iter(on_page or found), None)


def _what(machine: Value, right: Value, at: Mention | None) -> What:
    if right.state != "reported":
        return "state"
    if at is None:
        return "misread"
    return "other_taken" if machine.state == "reported" else "not_taken"


def _named(mention: Mention | None) -> str:
    return "" if mention is None else mention.label or mention.lead or mention.tail


# ---- lines for the profile ------------------------------------------------------------------------------------------


def suggestions(found: Sequence[Lesson], profile: Profile) -> list[Suggestion]:
    """Return lines that would have let the values of ``found`` be taken, and no others; the best supported first.

    Fields of the letterhead, which every profile shares, have no lines in a profile.
    """
    shared = set(shared_fields())
    counted: defaultdict[tuple[str, Part, str], list[str]] = defaultdict(list)
    for lesson in found:
        spec = profile.field_of.get(lesson.field)
        if spec is None or lesson.field in shared:
            continue
        for correction in lesson.corrections:
            for of, part, wording in _lines(correction, spec, profile):
                counted[of, part, wording].append(correction.source)
    held = [
        Suggestion(of, part, wording, len(sources), tuple(dict.fromkeys(sources))[:EXAMPLES])
        for (of, part, wording), sources in counted.items()
        if fault_of(wording) is None
    ]
    return sorted(held, key=lambda one: (-one.count, one.of, one.part, one.wording))


def _lines(correction: Correction, spec: FieldSpec, profile: Profile) -> Iterator[tuple[str, Part, str]]:
    at = correction.mention
    if at is not None and correction.what in ("not_taken", "other_taken"):
        yield from _heading_line(at, spec, profile)
        if not find_wordings((*spec.labels, *spec.cues), fold_words(at.sentence)):
            yield from _naming_lines(at, spec)
    if correction.wrong is not None and correction.what in ("other_taken", "state"):
        yield from _warning_line(correction.wrong, at, spec)


def _naming_lines(at: Mention, spec: FieldSpec) -> Iterator[tuple[str, Part, str]]:
    """Yield what names a value: its label wherever it stands; words of a sentence with the unit, or as a cue at home."""
    if at.label:
        yield spec.name, "labels", at.label
        return
    words = at.lead or at.tail
    if words and at.unit:
        yield spec.name, "labels", f"{at.lead} * {at.unit}" if at.lead else f"{at.unit} {at.tail}"
    elif words and not spec.topics:
        yield spec.name, "labels", words
    if words and spec.topics:
        yield spec.name, "cues", words


def _heading_line(at: Mention, spec: FieldSpec, profile: Profile) -> Iterator[tuple[str, Part, str]]:
    """Yield the heading under which the value stands, where no topic has it and the field has a topic of its own."""
    if at.group or not at.heading or not spec.topics:
        return
    numeral = read_numeral(at.heading)
    text = at.heading[numeral.end :] if numeral else at.heading
    wording = spoken(without_periods(text.split(":")[0]))
    known = any(find_wordings(topic.headings, fold_words(at.heading)) for topic in profile.topics)
    if wording and not known:
        yield spec.topics[0], "headings", wording


def _warning_line(wrong: Mention, right: Mention | None, spec: FieldSpec) -> Iterator[tuple[str, Part, str]]:
    """Yield the words before the value that was taken wrongly, unless the right one has them, too.

    Where words of the field follow them, they are a longer phrase in which those do not count.
    """
    named = find_wordings((*spec.labels, *spec.cues), fold_words(wrong.before))
    words = last_words(wrong.before[: named[0].start] if named else wrong.before)
    if not words or (right is not None and fold_words(words) in fold_words(right.sentence)):
        return
    if named:
        yield spec.name, "except_in", f"{words} {spoken(wrong.before[named[0].start : named[0].end])}".strip()
    else:
        yield spec.name, "anti", words


def told(value: Value) -> str:
    """Return a value as one short text."""
    return (shown(value).replace("\n", " | ") if value.state == "reported" else value.state)[:_LONGEST_SHOWN]
