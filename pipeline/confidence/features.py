"""What bears on whether a row is right, as numbers: how it was read, how it was chosen, and what lies beside it.

Features are named; a model says which it uses. A field is judged as a whole: a list stands or falls with all its items.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from statistics import fmean
from typing import TYPE_CHECKING, Literal

from pipeline.document import Delegation, Evidence, Extraction, FieldValue, Page, Reference, Word
from pipeline.extraction.weighing import NOTHING, WeighedExtraction, Weighing

if TYPE_CHECKING:
    from pipeline.extraction.profile import FieldSpec

Features = dict[str, float]
Head = Literal["stated", "absent", "delegation", "reference"]
HEADS: tuple[Head, ...] = ("stated", "absent", "delegation", "reference")
"""What is judged by a model of its own: fields of which something is stated, fields said to be absent, and the rows of
the two other tables."""

UNSURE = 0.9
"""A word below this confidence is an unsure one."""
_OVERLAP = 0.1
"""A mark that covers so much of a word lies over it."""
_FLAGGED = (
    "handwriting", "contradicted", "covered", "odd_text", "implied", "ambiguous", "runner_up", "repaired",
)  # fmt: skip
_RULES = (
    "label", "cue", "topic", "learned", "denial", "blank", "comparison", "trend", "items", "words", "plan", "past",
    "running", "part", "standing", "total", "anti", "heading", "period", "cited", "P",
)  # fmt: skip
_TYPES = ("count", "money", "percent", "length", "text", "date", "choice", "flag")
_METHODS = ("entity", "table", "letterhead")
_FORMAL = ("doc", "report")
"""Fields of these groups are found by form and place, the same in every kind of report: each is known by its name."""
_VERY_STRANGE = 9.0


@dataclass(frozen=True)
class Typical:
    """What is usual for a field: how large its values are (median and spread of log10), how often it is stated."""

    middle: float = 0.0
    spread: float = 1.0
    stated: float = 0.5


def size_of(value: float) -> float:
    """Return the size of a value: log10(1 + |value|)."""
    return math.log10(1.0 + abs(value))


def strangeness(value: float, usual: Typical) -> float:
    """Return how many spreads the size of ``value`` lies from the middle, 9 at most."""
    return min(_VERY_STRANGE, abs(size_of(value) - usual.middle) / usual.spread)


@dataclass(frozen=True)
class Surroundings:
    """A document as far as it bears on all of its rows."""

    extraction: Extraction
    pages: Sequence[Page]
    typical: Mapping[str, Typical] = field(default_factory=dict)

    @cached_property
    def weighed(self) -> Mapping[str, Weighing]:
        """What was weighed for each field; nothing for an extraction that does not tell."""
        return self.extraction.weighed if isinstance(self.extraction, WeighedExtraction) else {}

    @cached_property
    def specs(self) -> Mapping[str, FieldSpec]:
        """The fields of the profile by name."""
        return self.extraction.specs if isinstance(self.extraction, WeighedExtraction) else {}

    @cached_property
    def by_field(self) -> dict[str, list[FieldValue]]:
        """The rows of each field, in order."""
        found: dict[str, list[FieldValue]] = {}
        for row in self.extraction.fields:
            found.setdefault(row.field, []).append(row)
        return found

    @cached_property
    def by_page(self) -> dict[int, Page]:
        """The pages by number."""
        return {page.number: page for page in self.pages}

    @cached_property
    def unsure(self) -> dict[int, float]:
        """The share of unsure words of each page."""
        return {page.number: _share(w.confidence < UNSURE for w in page.words) for page in self.pages}

    @cached_property
    def keys(self) -> dict[str, str]:
        """The group of each section, by its path."""
        return {section.path: section.key for section in self.extraction.sections}

    @cached_property
    def users(self) -> Counter[tuple[int, float, float]]:
        """How many fields have each word, by its page and place, for evidence."""
        used: Counter[tuple[int, float, float]] = Counter()
        for rows in self.by_field.values():
            used.update({_place(word) for row in rows if row.evidence for word in row.evidence.words})
        return used

    @cached_property
    def words(self) -> list[Word]:
        """All words of the document in reading order."""
        return [word for page in self.pages for word in page.words]

    @cached_property
    def order(self) -> dict[tuple[int, float, float], int]:
        """Which word of :attr:`words` stands at each place."""
        return {_place(word): at for at, word in enumerate(self.words)}

    @cached_property
    def answered(self) -> Counter[str]:
        """How many fields of each group have something stated."""
        return Counter(
            _group(name) for name, rows in self.by_field.items() if rows[0].state in ("reported", "none")
        )

    @cached_property
    def accused(self) -> Counter[str]:
        """How many findings, notes left out, name each field."""
        findings = [one for one in self.extraction.findings if one.severity != "note"]
        return Counter(name for one in findings for name in set(one.fields))

    @cached_property
    def whole(self) -> Features:
        """The features of the document as a whole."""
        words = self.words
        sections = self.extraction.sections
        own = [w for name, w in self.weighed.items() if (spec := self.specs.get(name)) and spec.main]
        qualities = [page.quality for page in self.pages if page.quality is not None]
        return {
            "doc_unsure": _share(word.confidence < UNSURE for word in words),
            "doc_disputed": _share(word.disputed for word in words),
            "doc_quality": fmean(qualities) if qualities else 1.0,
            "doc_layer": _share(page.source_kind == "text_layer" for page in self.pages),
            "doc_pages": float(len(self.pages)),
            "doc_failed": float(sum(page.status == "failed" for page in self.pages)),
            "doc_words": math.log1p(len(words)),
            "doc_findings": float(sum(one.severity != "note" for one in self.extraction.findings)),
            "doc_notes": float(sum(one.severity == "note" for one in self.extraction.findings)),
            "doc_foreign": float(any(one.check == "not_of_profile" for one in self.extraction.findings)),
            "doc_sections": float(len(sections)),
            "doc_keyed": float(sum(bool(s.key) for s in sections)),
            "doc_unnamed": _share(not s.key for s in sections if s.heading.words),
            "doc_stated": float(sum(self.answered.values())),
            "doc_delegations": float(len(self.extraction.delegations)),
            "doc_unclaimed": float(sum(one.unclaimed for one in own)),
            "doc_idle": float(sum(one.idle for one in own)),
        }


def _place(word: Word) -> tuple[int, float, float]:
    return word.page, word.box.x0, word.box.y0


def _share(things: Iterable[bool]) -> float:
    held = [float(thing) for thing in things]
    return sum(held) / len(held) if held else 0.0


def _group(name: str) -> str:
    return name.partition(".")[0]


def head_of(rows: Sequence[FieldValue]) -> Head:
    """Return which model judges the field with these rows."""
    return "absent" if rows[0].state == "absent" else "stated"


def field_features(rows: Sequence[FieldValue], around: Surroundings) -> Features:
    """Return the features of a field with its rows, of which there is at least one."""
    first = rows[0]
    name = first.field
    weighed = around.weighed.get(name, NOTHING)
    spec = around.specs.get(name)
    usual = around.typical.get(name, Typical())
    score = min(row.score for row in rows)
    found = {
        **around.whole,
        **_reading([word for row in rows if row.evidence for word in row.evidence.words], around),
        "score": score,
        "peak": weighed.peak,
        "likeliest": weighed.likeliest,
        "left": weighed.left,
        "ruled": weighed.ruled,
        "rival": weighed.rival,
        "margin": score - weighed.rival,
        "lost": weighed.likeliest - score,
        "options": float(weighed.options),
        "headed": float(weighed.headed),
        "idle": float(weighed.idle),
        "idle_share": weighed.idle / weighed.headed if weighed.headed else 0.0,
        "unclaimed": float(weighed.unclaimed),
        "alike": float(weighed.alike),
        "spoken": weighed.spoken,
        "weakest": weighed.weakest,
        "beside": weighed.beside,
        "confused": weighed.confused,
        "labelled": float(weighed.labelled),
        "labelled_idle": float(weighed.labelled_idle),
        "labelled_unclaimed": float(weighed.labelled_unclaimed),
        "known": float(name in around.weighed),
        "usual": usual.stated,
        "siblings": float(around.answered[_group(name)]),
        "main": float(spec is not None and spec.main),
        "implied": float(spec is not None and spec.implied),
        "is_list": float(spec is not None and spec.is_list),
        "is_items": float(spec is not None and spec.items),
        "is_share": float(spec is not None and bool(spec.base)),
        "items": float(len(rows)),
        "topics": float(len(spec.topics)) if spec is not None else 0.0,
        "group_key": float(_group(name) in around.keys.values()),
        "accused": float(around.accused[name]),
        "doubts": float(len({doubt for row in rows for doubt in row.doubts})),
    }
    for kind in _TYPES:
        found[f"type_{kind}"] = float(spec is not None and spec.type == kind)
    if _group(name) in _FORMAL:
        found[f"is_{name}"] = 1.0
    if first.state == "absent":
        return found | {f"rule_{first.rule.replace(' ', '_')}": 1.0}
    return found | _statement(rows, around, usual)


def _statement(rows: Sequence[FieldValue], around: Surroundings, usual: Typical) -> Features:
    """Return what only a row has that states something: its value, state, rule and section."""
    first = rows[0]
    key = around.keys.get(first.section, "")
    doubts = {doubt for row in rows for doubt in row.doubts}
    rule = first.rule.replace("|", "+").replace(" ", "+").split("+")
    value = float(first.value_number) if first.value_number is not None else None
    reported = value is not None and first.state == "reported"
    places = {_place(word) for row in rows if row.evidence for word in row.evidence.words}
    found = {
        "state_none": float(first.state == "none"),
        "state_blank": float(first.state == "blank"),
        "state_unreadable": float(first.state == "unreadable"),
        "size": size_of(value) if value is not None and reported else -1.0,
        "strange": strangeness(value, usual) if value is not None and reported else -1.0,
        "broken": float(reported and value is not None and value != int(value)),
        "like_year": float(reported and value is not None and 1950 <= value <= 2100),
        "zero": float(reported and value == 0),
        "inexact": float(first.qualifier != "exact"),
        "foreign_money": float(first.currency not in ("", "VND")),
        "unit": float(bool(first.unit)),
        "length": math.log1p(sum(len(row.value_text or "") for row in rows)),
        "score_mean": fmean(row.score for row in rows),
        "own_key": float(key == _group(first.field)),
        "other_key": float(bool(key) and key != _group(first.field)),
        "section_depth": float(first.section.count(".")) if first.section else -1.0,
        "bare": float(not any(map(str.isalpha, first.evidence.text)) if first.evidence else False),
        "shared": float(max((around.users[place] for place in places), default=0)),
        "sections_used": float(len({row.section for row in rows})),
    }
    found |= {f"doubt_{doubt}": float(doubt in doubts) for doubt in _FLAGGED}
    found |= {f"rule_{part}": float(part in rule) for part in _RULES}
    return found | {f"by_{method}": float(first.method == method) for method in _METHODS}


def _reading(words: Sequence[Word], around: Surroundings) -> Features:
    """Return how well ``words`` were read: their confidences, the second reader's word, the page, marks over them."""
    if not words:
        return {"read_words": 0.0} | dict.fromkeys(
            ("read_min", "read_mean", "read_digits", "read_product"), 1.0
        )
    page = around.by_page.get(words[0].page)
    sure = [word.confidence for word in words]
    digits = [word.confidence for word in words if any(map(str.isdigit, word.text))]
    covered: dict[str, float] = {}
    for number in {word.page for word in words}:
        for mark in around.by_page[number].marks if number in around.by_page else ():
            over = max((word.box.overlap(mark.box) for word in words if word.page == number), default=0.0)
            covered[mark.kind] = max(covered.get(mark.kind, 0.0), over)
    ink = max((covered.get(kind, 0.0) for kind in ("handwriting", "signature", "stamp")), default=0.0)
    return {
        "read_words": math.log1p(len(words)),
        "read_min": min(sure),
        "read_mean": fmean(sure),
        "read_digits": min(digits, default=1.0),
        "read_unsure": float(sum(value < UNSURE for value in sure)),
        "read_product": math.prod(sure),
        "read_disputed": float(sum(word.disputed for word in words)),
        "read_digits_disputed": float(
            sum(word.disputed for word in words if any(map(str.isdigit, word.text)))
        ),
        "read_twice": _share(word.other is not None for word in words),
        "read_seal": covered.get("seal", 0.0),
        "read_ink": ink,
        "read_page": float(words[0].page),
        "read_pages": float(len({word.page for word in words})),
        **_neighbours(words, around),
        "page_quality": page.quality if page is not None and page.quality is not None else 1.0,
        "page_unsure": around.unsure.get(words[0].page, 0.0),
    }


def _neighbours(words: Sequence[Word], around: Surroundings) -> Features:
    """Return what stands right before and after ``words`` in reading order: a number cut in two shows there."""
    at = [place for word in words if (place := around.order.get(_place(word))) is not None]
    if not at:
        return {}
    before, after = around.words[: min(at)][-1:], around.words[max(at) + 1 :][:1]
    last = around.words[max(at)].text
    return {
        "digit_before": float(any(any(map(str.isdigit, word.text)) for word in before)),
        "digit_after": float(any(any(map(str.isdigit, word.text)) for word in after)),
        "open_after": float(any(word.text[:1] in "(/-–" for word in after)),
        "capital_after": float(any(word.text[:1].isupper() for word in after)),
        "stopped": float(last[-1:] in ".;:,"),
    }


def covering(evidence: Evidence | None, around: Mapping[int, Page]) -> set[str]:
    """Return the kinds of marks that lie over words of ``evidence``."""
    if evidence is None:
        return set()
    return {
        mark.kind
        for word in evidence.words
        for mark in (around[word.page].marks if word.page in around else ())
        if word.box.overlap(mark.box) > _OVERLAP
    }


def delegation_features(row: Delegation, around: Surroundings) -> Features:
    """Return the features of a described delegation."""
    key_words = [w for w in row.evidence.words if any(map(str.isdigit, w.text)) or w.text[:1].isupper()]
    told = {
        name: rows[0].value_number
        for name in ("outbound.people", "inbound.people", "outbound.delegations", "inbound.delegations")
        if (rows := around.by_field.get(name)) and rows[0].state == "reported"
    }
    way = "outbound" if row.direction == "out" else "inbound"
    people = told.get(f"{way}.people")
    count = told.get(f"{way}.delegations")
    same = [other for other in around.extraction.delegations if other.direction == row.direction]
    return {
        **around.whole,
        **_reading(row.evidence.words, around),
        **{f"key_{name}": value for name, value in _reading(key_words, around).items() if "read" in name},
        "score": row.score,
        "out": float(row.direction == "out"),
        "several": float(row.delegations or 0),
        "people": size_of(float(row.people)) if row.people is not None else -1.0,
        "people_unknown": float(row.people is None),
        "countries": float(len(row.countries)),
        "organisation": float(bool(row.organisation)),
        "purpose": float(bool(row.purpose)),
        "period": float(bool(row.period_text)),
        "dated": float(row.started_on is not None) + float(row.ended_on is not None),
        "listed": float(row.listed),
        "same_way": float(len(same)),
        "too_many_people": float(people is not None and row.people is not None and row.people > people),
        "count_met": float(count is not None and len(same) == count),
        "count_told": float(count) if count is not None else -1.0,
        "no_people_anywhere": float(all(other.people is None for other in same)),
    }


def reference_features(row: Reference, around: Surroundings) -> Features:
    """Return the features of a cited document."""
    key_words = [
        w for w in row.evidence.words if any(map(str.isdigit, w.text)) or "/" in w.text or "-" in w.text
    ]
    same = [o for o in around.extraction.references if (o.number, o.symbol) != (row.number, row.symbol)]
    return {
        **around.whole,
        **_reading(row.evidence.words, around),
        **{f"key_{name}": value for name, value in _reading(key_words, around).items() if "read" in name},
        "score": row.score,
        "typed": float(bool(row.doc_type)),
        "number": float(bool(row.number)),
        "number_length": float(len(row.number)),
        "with_year": float("/" in row.number),
        "symbol": float(bool(row.symbol)),
        "symbol_length": float(len(row.symbol)),
        "symbol_parts": float(row.symbol.count("-")),
        "symbol_lower": float(any(letter.islower() for letter in row.symbol)),
        "symbol_digits": float(any(map(str.isdigit, row.symbol))),
        "dated": float(row.issued_on is not None),
        "issuer": float(bool(row.issuer)),
        "subject": float(bool(row.subject)),
        "of_type": float(bool(row.doc_type) and bool(row.symbol)),
        "near_same": float(any(o.number == row.number or o.symbol == row.symbol for o in same)),
        "references": float(len(around.extraction.references)),
    }
