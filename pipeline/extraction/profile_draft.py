"""A first profile drawn from a few example documents: what they have headings for, and what they count under them.

Headings that recur over the examples become topics; labels ("Số hộ nghèo: 112 hộ") and repeated phrases around a number
("trồng mới 300 ha rừng") become fields. A draft is for a person to go on from: it knows no synonym that the examples do
not print, and cannot tell a plan from a result but by words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import regex
from rapidfuzz import fuzz

from pipeline.document import Layout, Outline
from pipeline.extraction.own_nouns import OwnNouns, own_nouns, with_own_nouns
from pipeline.extraction.profile import Profile
from pipeline.extraction.profile_draft_words import (
    FILLERS,
    closed_topic,
    content,
    core,
    seed,
    slug,
    spoken,
    trimmed,
    without_periods,
)
from pipeline.extraction.scope import ReportPeriod, clause_before
from pipeline.extraction.statements import Head, Statement, section_heads, statements
from pipeline.extraction.tables_figures import table_statements
from pipeline.extraction.tables_sections import sections_of
from pipeline.extraction.values.numbers import Quantity, find_quantities
from pipeline.extraction.values.units import unit_family
from pipeline.extraction.wording import find_wordings, fold_words
from pipeline.extraction.wording_form import fault_of
from pipeline.outline.numbering import read_numeral
from pipeline.text import fold

ALIKE_HEADINGS = 84.0
ALIKE_FIELDS = 78.0
"""Per cent of likeness, word by word, from which two headings, or two names of a figure, are taken for one."""

LONGEST_HEADING = 16
LONGEST_NAME = 9
LONGEST_LEAD = 5
"""Words; what is longer is a sentence."""

MOST_TOPICS = 60
MOST_FIELDS = 120


@dataclass(frozen=True)
class Example:
    """A document to draft from."""

    source: str
    layout: Layout
    outline: Outline
    doc_type: str = ""
    subject: str = ""


@dataclass
class DraftTopic:
    """A heading that recurs: its wordings, and how it was printed where."""

    name: str
    wordings: list[str]
    printed: list[tuple[str, str]]
    """Source and text of each heading."""
    closed: bool = False


@dataclass
class DraftField:
    """A figure that recurs."""

    name: str
    topic: str
    kind: str
    unit: str
    units: list[str]
    label: str
    labels: list[str]
    cues: list[str]
    printed: list[tuple[str, str]]
    """Source and sentence of each place."""


@dataclass
class Draft:
    """What the examples have in common."""

    sources: list[str]
    types: list[str]
    subjects: list[str]
    nouns: list[str] = field(default_factory=list)
    topics: list[DraftTopic] = field(default_factory=list)
    fields: list[DraftField] = field(default_factory=list)


@dataclass(frozen=True)
class _Place:
    """One figure in an example: what names it, and what it is counted in."""

    source: str
    topic: str
    kind: str
    unit: str
    name: str
    """The label, or the words before the number."""
    after: str
    """The words after its unit; "" where a label names it."""
    sentence: str
    labelled: bool


def draft_profile(examples: Sequence[Example]) -> Draft:
    """Return the topics and fields that recur in ``examples`` (of a single example: all)."""
    least = max(2, (len(examples) + 1) // 2) if len(examples) > 1 else 1
    base = seed()
    draft = Draft(
        [example.source for example in examples],
        sorted({example.doc_type for example in examples if example.doc_type}) or ["Báo cáo"],
        _subjects(examples),
    )
    draft.topics = _topics(examples, least)
    nouns = _nouns(examples, base, min(2, len(examples)))
    places = [
        place
        for example in examples
        for place in _places(example, base, draft.topics, own_nouns({"own": nouns}))
    ]
    draft.fields = _fields(places, draft.topics, least)
    used = {unit for spec in draft.fields for unit in spec.units}
    draft.nouns = [noun for noun in nouns if noun in used]
    return draft


def _subjects(examples: Sequence[Example]) -> list[str]:
    """Return wordings of the subject: what the subjects share, else each of them without its period."""
    subjects = [without_periods(example.subject) for example in examples if example.subject]
    shared = core(subjects)
    return [shared] if shared else list(dict.fromkeys(filter(None, map(spoken, subjects))))


def _topics(examples: Sequence[Example], least: int) -> list[DraftTopic]:
    """Return the headings that recur; those of plans, requests, difficulties and causes each as one topic."""
    clusters: list[list[tuple[str, str]]] = []
    for example in examples:
        for section in example.outline.sections:
            text = _heading(section.heading.text) if section.style != "bullet" else ""
            if not text:
                continue
            near = max(clusters, key=lambda c: _heading_likeness(text, c[0][1]), default=None)
            if near is not None and _heading_likeness(text, near[0][1]) >= ALIKE_HEADINGS:
                near.append((example.source, text))
            else:
                clusters.append([(example.source, text)])
    topics: list[DraftTopic] = []
    for cluster in clusters:
        if len({source for source, _ in cluster}) < least or len(topics) >= MOST_TOPICS:
            continue
        closed = closed_topic(cluster[0][1])
        wordings = _wordings([text for _, text in cluster])
        taken = {wording for topic in topics for wording in topic.wordings}
        wordings = [wording for wording in wordings if wording not in taken]
        if wordings:
            name = closed or slug(wordings[0], {topic.name for topic in topics})
            topics.append(DraftTopic(name, wordings, cluster, bool(closed)))
    return topics


def _wordings(texts: Sequence[str]) -> list[str]:
    """Return what ``texts`` share as a wording, or each of them as one."""
    shared = core(texts)
    if shared:
        return [shared]
    return list({fold_words(w): w for text in texts if (w := spoken(text))}.values())


def _heading(printed: str) -> str:
    """Return what a heading says without its number, its period and what follows its colon; "" when it says nothing."""
    numeral = read_numeral(printed)
    text = printed[numeral.end :] if numeral else printed
    text = text.split(":")[0].strip()
    if text.endswith((".", ";", ",")) and len(text.split()) > 6:
        return ""
    if find_quantities(text) or len(text.split()) > LONGEST_HEADING:
        return ""
    return without_periods(text.strip(" .;,-–"))


def _heading_likeness(one: str, other: str) -> float:
    """Return how alike two headings are; those that open plans, or requests, are alike whatever their words."""
    closed = closed_topic(one)
    if closed or closed_topic(other):
        return 100.0 if closed == closed_topic(other) else 0.0
    first, second = content(spoken(one)), content(spoken(other))
    if min(len(first.split()), len(second.split())) >= 3:  # the one may say more than the other
        return float(fuzz.token_set_ratio(first, second))
    return float(fuzz.token_sort_ratio(first, second))


def _likeness(one: str, other: str) -> float:
    return float(fuzz.token_sort_ratio(content(one), content(other)))


_STOP = regex.compile(r"[,;.:()\d]")
_AFTER_NUMBER = regex.compile(r"\s((?:\p{Ll}+\s?){1,3})")


def _nouns(examples: Sequence[Example], base: Profile, least: int) -> list[str]:
    """Return the nouns that stand after numbers in several examples and that the number grammar does not know."""
    seen: Counter[str] = Counter()
    spelt: Counter[str] = Counter()
    for example in examples:
        found: set[str] = set()
        for statement in _said(example, base):
            for quantity in find_quantities(statement.text):
                match = _AFTER_NUMBER.match(statement.text, quantity.end) if quantity.kind == "bare" else None
                words = match[1].split() if match else []
                if words and fold(words[0]) in FILLERS:
                    continue
                found |= {" ".join(words[:length]) for length in range(1, len(words) + 1)}
                spelt.update(" ".join(words[:length]) for length in range(1, len(words) + 1))
        seen.update(found)
    nouns = [noun for noun, count in seen.items() if count >= least and spelt[noun] >= 2]
    return sorted(
        noun
        for noun in nouns
        if not any(o.startswith(noun + " ") and spelt[o] >= 0.8 * spelt[noun] for o in nouns)
        and not (" " in noun and spelt[noun] < 0.6 * spelt[noun.rsplit(" ", 1)[0]])
    )


def _said(example: Example, base: Profile) -> Iterator[Statement]:
    """Yield the statements of the text and of the tables of ``example``."""
    heads = section_heads(example.outline, base)
    found = statements(example.outline, base, heads)
    yield from found
    homes = sections_of(example.layout, example.outline)
    chains: list[tuple[Head, ...]] = [heads.get(home, ()) for home in homes]
    tabled, _, _ = table_statements(example.layout.tables, chains, homes, base, ReportPeriod(), len(found))
    yield from (said.statement for said in tabled)


def _places(
    example: Example, base: Profile, topics: Sequence[DraftTopic], nouns: OwnNouns | None
) -> Iterator[_Place]:
    by_heading = {text: topic for topic in topics for _, text in topic.printed}
    for statement in _said(example, base):
        chain = [by_heading.get(_heading(head.passage.text)) for head in statement.heads]
        homes = [topic for topic in chain if topic is not None]
        if any(topic.closed for topic in homes):
            continue
        home = homes[0].name if homes else ""
        quantities = with_own_nouns(find_quantities(statement.text), statement.text, nouns)
        for quantity in quantities:
            place = _place(example, statement, quantity, home, base)
            if place is not None:
                yield place


def _place(
    example: Example, statement: Statement, quantity: Quantity, home: str, base: Profile
) -> _Place | None:
    """Return the place of one figure, None where nothing names it or it is said of a plan or of another period."""
    if quantity.start < statement.opening or (quantity.kind == "bare" and not statement.opening):
        return None
    before = clause_before(statement.folded, quantity.start)
    anti = base.anti
    if find_wordings((*anti.plan, *anti.past, *anti.running), before):
        return None
    label = statement.text[statement.heading : statement.opening].rstrip(" :")
    labelled = bool(label) and quantity.start - statement.opening <= 2
    after = ""
    if labelled:
        numeral = read_numeral(label)
        name = spoken(without_periods(label[numeral.end :] if numeral else label))
    else:
        start = max(quantity.start - len(before), statement.opening)
        name = trimmed(without_periods(statement.text[start : quantity.start]).split()[-LONGEST_LEAD:])
        after = trimmed(
            _STOP.split(statement.text[quantity.unit_end :], maxsplit=1)[0].split()[:LONGEST_LEAD]
        )
    if not (name or after) or len(name.split()) > LONGEST_NAME:
        return None
    kind = {"bare": "count"}.get(quantity.kind, quantity.kind)
    if kind == "count" and quantity.value != quantity.value.to_integral_value():
        kind = "number"
    sentence = " ".join(statement.text.split())[:110]
    return _Place(example.source, home, kind, quantity.unit, name, after, sentence, labelled)


def _fields(places: Sequence[_Place], topics: Sequence[DraftTopic], least: int) -> list[DraftField]:
    """Return the figures that recur by what stands before them, then of the rest those that do by what follows."""

    def recur(cluster: list[_Place]) -> bool:
        sources = {place.source for place in cluster}
        return len(sources) >= least and (least > 1 or cluster[0].labelled)

    known = {topic.name for topic in topics}
    by_lead = [c for c in _clusters(places, lambda place: place.name) if recur(c)]
    left = [place for place in places if not any(place in cluster for cluster in by_lead)]
    by_tail = [c for c in _clusters(left, lambda place: place.after) if recur(c)]
    fields: list[DraftField] = []
    for cluster in [*by_lead, *by_tail][:MOST_FIELDS]:
        spec = _field(cluster, cluster in by_tail, known, {f.name for f in fields})
        if spec is not None:
            fields.append(spec)
    return _apart(fields)


def _clusters(places: Sequence[_Place], name_of: Callable[[_Place], str]) -> list[list[_Place]]:
    """Return places of alike names, units and topics together; two names of one example are two things."""
    clusters: list[list[_Place]] = []
    for place in places:
        name = content(name_of(place))
        if not name:
            continue
        best: tuple[float, list[_Place]] | None = None
        for cluster in clusters:
            if not _same_kind(cluster[0], place) or any(
                p.source == place.source and content(name_of(p)) != name for p in cluster
            ):
                continue
            likeness = max(_likeness(name, name_of(p)) for p in cluster)
            if likeness >= ALIKE_FIELDS and (best is None or likeness > best[0]):
                best = (likeness, cluster)
        if best is not None:
            best[1].append(place)
        else:
            clusters.append([place])
    return clusters


def _same_kind(one: _Place, other: _Place) -> bool:
    alike = one.unit == other.unit or (
        unit_family(one.unit) == unit_family(other.unit) != "" or not (one.unit and other.unit)
    )
    return one.topic == other.topic and one.kind == other.kind and alike


def _field(cluster: Sequence[_Place], by_tail: bool, topics: set[str], taken: set[str]) -> DraftField | None:
    """Return the field of a cluster: labels name it anywhere, the bare words around a number only within its topic."""
    first = cluster[0]
    units = [unit for unit, _ in Counter(p.unit for p in cluster if p.unit).most_common()]
    unit = units[0] if units and first.kind in ("count", "number") else ""
    labels: list[str] = []
    cues: list[str] = []
    for place in cluster:
        name = place.after if by_tail else place.name
        if place.labelled:
            labels.append(name)
        elif unit:
            labels.append(f"{place.unit} {name}" if by_tail else f"{name} * {place.unit}")
            cues.append(name)
        else:
            labels.append(name)
    labels, cues = _distinct(labels), _distinct(cues) if first.topic in topics else []
    if not labels:
        return None
    group = first.topic if first.topic in topics else "general"
    shown = labels[0].replace(" *", "")
    name = f"{group}.{slug(shown, {n.partition('.')[2] for n in taken if n.startswith(group + '.')})}"
    families = [unit_family(u) or u for u in units] if first.kind in ("count", "number") else []
    printed = [(place.source, place.sentence) for place in cluster]
    return DraftField(
        name, first.topic, first.kind, unit, list(dict.fromkeys(families)), shown, labels, cues, printed
    )


def _distinct(wordings: Sequence[str]) -> list[str]:
    """Return the wordings that are well formed, each once, what they share first."""
    shared = core(wordings) if not any("*" in wording for wording in wordings) else ""
    found = {fold_words(w): w for w in [shared, *wordings] if w and fault_of(w) is None}
    return list(found.values())[:6]


def _apart(fields: Sequence[DraftField]) -> list[DraftField]:
    """Return the fields without wordings that an earlier field of the same kind has already."""
    kept: list[DraftField] = []
    seen: dict[tuple[str, str, tuple[str, ...]], set[str]] = {}
    for spec in fields:
        taken = seen.setdefault((spec.topic, spec.kind, tuple(spec.units)), set())
        own = [label for label in spec.labels if fold_words(label) not in taken]
        if own:
            taken.update(map(fold_words, own))
            kept.append(replace(spec, labels=own))
    return kept


def closed_names(draft: Draft) -> list[str]:
    """Return the topics of ``draft`` that hold plans, requests and difficulties."""
    return [topic.name for topic in draft.topics if topic.closed]
