"""List items by a learned scorer: which list each paragraph of a report is an item of, or none.

Difficulties, causes, tasks and requests are lists of paragraphs under a heading. A closing formula, a sentence that
leads in and a figure under the same heading are no items; the scorer tells them apart by their words, by the bullet
before them and by the headings above.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.document import FieldValue, Outline, evidence_of
from pipeline.extraction.items import BRACKETED, TRAILING, is_remark, list_items
from pipeline.extraction.list_by_place import PROMISED, is_listed, left_under_heading
from pipeline.extraction.list_cues import denied_in
from pipeline.extraction.list_places import NO_ITEM, ItemPlace, item_places, last_of_body
from pipeline.extraction.profile import FieldSpec, Profile
from pipeline.extraction.scorer import Scorer, load_scorer, rows_of
from pipeline.extraction.statements import Head
from pipeline.extraction.values.negation import find_denials
from pipeline.extraction.weighing import Weighing

_UNDER_OWN_HEADING, _MARKED_UNDER_OWN_HEADING = 0.15, 0.06
"""Under a heading that names its list, a paragraph is rather an item than not, one with a bullet or number more so."""
_SURE_ALONE, _SURE_PROMISED, _NO_ITEM_AT_ALL = 0.9, 0.2, 0.98
"""A plain paragraph is an item from the first share on, under a heading that promises items from the second; a bullet of
a list is none from the third on."""
_SEVERAL, _SURE_TOGETHER = 2, 0.3
"""So many plain paragraphs that together speak for one list are items of it from this share on."""
_LONGEST_DENIAL = 80
"""Characters; who denies in more has something to say."""
_TOLD = 0.8
"""The least share of a list in a sentence that says itself that it is an item of it."""
_WORTH = 0.2
"""A paragraph with a smaller share in a list is hardly an item of it."""


@dataclass(frozen=True)
class LearnedItems:
    """The rows of list fields by name, and for each field how far paragraphs speak for it, chosen and not chosen."""

    rows: dict[str, list[FieldValue]]
    weighed: dict[str, Weighing]


def learned_items(
    specs: Sequence[FieldSpec], outline: Outline, heads: Mapping[str, tuple[Head, ...]], profile: Profile
) -> LearnedItems:
    """Return the rows of the list fields ``specs``: by the scorer where one knows the profile, else by headings alone."""
    scorer = load_scorer(f"{profile.name}.items")
    by_heading = {spec.name: list_items(spec, outline, heads, profile) for spec in specs}
    if scorer is None:
        return LearnedItems(by_heading, {})
    noted = {spec.name: _Noted() for spec in specs}
    blocks: dict[tuple[str, str], list[ItemPlace]] = {}
    last = last_of_body(outline, heads, profile)
    final: ItemPlace | None = None
    for place in item_places(outline, heads, profile):
        closing = place.section == last and not place.marked and is_remark(place.passage, profile)
        if _says_something(place.passage.text) and not closing:
            final = place if place.section == last else final
            blocks.setdefault(place.block, []).append(place)
    parents = {section.path.rpartition(".")[0] for section in outline.sections}
    taken: list[tuple[ItemPlace, str, float]] = []
    passed_over: list[tuple[list[ItemPlace], str]] = []
    for places in blocks.values():
        weighed = scorer.of_rows([rows_of("", place.features) for place in places])
        shares = [
            _under_heading(scorer, own, place, specs, profile)
            for place, own in zip(places, weighed, strict=True)
        ]
        promised = _promised(places[0], specs, profile)
        decided = list(_decided(places, shares, scorer, promised, places[-1] is final, profile))
        taken.extend(decided)
        if len(promised) == 1 and not places[0].marked and not decided and places[0].section not in parents:
            passed_over.append((places, next(iter(promised))))
        _note(noted, places, weighed, decided, scorer)
    homes: dict[str, set[str]] = {}
    for place, name, _score in taken:
        homes.setdefault(name, set()).add(_home(place, specs))
    for places, name in passed_over:
        if homes.setdefault(name, set()) <= {_home(places[0], specs)}:  # else the list stands elsewhere
            left = left_under_heading(places, places[-1] is final, profile)
            taken.extend((place, name, PROMISED) for place in left)
    found: dict[str, list[FieldValue]] = {spec.name: [] for spec in specs}
    for place, name, score in sorted(taken, key=lambda item: _where(item[0])):
        if name in found:
            found[name].append(_row(name, len(found[name]), place, score))
    for rows in found.values():
        _drop_plain(rows)
    return LearnedItems(
        rows={name: own or _without_items(by_heading[name], name, last) for name, own in found.items()},
        weighed={name: one.weighing() for name, one in noted.items()},
    )


@dataclass
class _Noted:
    """The shares that paragraphs have in one list, by themselves: of those chosen for it, and of the others."""

    chosen: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)
    beside: float = 0.0
    confused: float = 0.0

    def weighing(self) -> Weighing:
        """Return what they amount to."""
        best, rival = max(self.chosen, default=0.0), max(self.others, default=0.0)
        return Weighing(
            peak=max(best, rival),
            likeliest=max(best, rival),
            left=best,
            rival=rival,
            weakest=min(self.chosen, default=0.0),
            beside=self.beside,
            confused=self.confused,
            options=sum(share >= _WORTH for share in self.others),
        )


def _note(
    noted: Mapping[str, _Noted],
    places: Sequence[ItemPlace],
    weighed: NDArray[np.float32],
    decided: Sequence[tuple[ItemPlace, str, float]],
    scorer: Scorer,
) -> None:
    """Note the shares of the paragraphs of one block, of which those ``decided`` are items."""
    taken = {id(place): name for place, name, _score in decided}
    for place, shares in zip(places, weighed.tolist(), strict=True):
        own = taken.get(id(place))
        for name, share in zip(scorer.classes, shares, strict=True):
            one = noted.get(name)
            if one is None:
                continue
            if name == own:
                one.chosen.append(share)
                continue
            one.others.append(share)
            if own is not None and own in noted:
                noted[own].confused = max(noted[own].confused, share)
            elif own is None and name in taken.values():
                one.beside = max(one.beside, share)


def _decided(
    places: Sequence[ItemPlace],
    shares: Sequence[NDArray[np.float32]],
    scorer: Scorer,
    promised: frozenset[str],
    ends: bool,
    profile: Profile,
) -> Iterator[tuple[ItemPlace, str, float]]:
    """Yield the places that are items, with their list. Bullets of one block belong together: they decide as one.

    ``promised``: the lists that the heading names; ``ends``: nothing but closing formulas may come after them.
    """
    nothing = scorer.classes.index(NO_ITEM)
    together = np.log(np.clip(np.stack(shares), 1e-4, 1)).mean(axis=0)
    best = int(together.argmax())
    lists = [
        at for at, name in enumerate(scorer.classes) if (name in promised if promised else at != nothing)
    ]
    of_list = max(lists, key=lambda at: together[at])
    if places[0].marked:
        for place, own in zip(places, shares, strict=True):
            if best != nothing and own[nothing] < _NO_ITEM_AT_ALL:
                yield place, scorer.classes[best], float(max(own[best], np.exp(together[best])))
            elif promised and is_listed(place, profile):
                yield place, scorer.classes[of_list], PROMISED
        return
    if promised:
        best = of_list
    several = len(shares) >= _SEVERAL and best != nothing
    alone = _SURE_PROMISED if promised else _SURE_ALONE
    chosen = {
        at: list_
        for at, own in enumerate(shares)
        if (list_ := int(own.argmax())) != nothing
        and own[list_] >= (_SURE_TOGETHER if several and list_ == best else alone)
    }
    for (first, one), (last, other) in pairwise(sorted(chosen.items())):
        if one == other:
            chosen |= {at: one for at in range(first + 1, last) if shares[at][one] >= _WORTH}
    if promised and several and best in chosen.values():
        whole = range(max(chosen) + 1) if ends else range(len(shares))
        chosen = dict.fromkeys(whole, best) | chosen
    for at, list_ in sorted(chosen.items()):
        yield places[at], scorer.classes[list_], float(shares[at][list_])


def _row(name: str, at: int, place: ItemPlace, score: float) -> FieldValue:
    return FieldValue(
        name,
        "reported",
        item=at,
        value_text=TRAILING.sub("", place.passage.text),
        rule=f"items learned {place.block[1]}",
        evidence=evidence_of(place.passage),
        section=place.section,
        score=min(0.97, score),
    )


def _drop_plain(rows: list[FieldValue]) -> None:
    """Take plain paragraphs out where the same section has a list with bullets: they lead to it or close it."""
    listed = {row.section for row in rows if not row.rule.endswith((" P", " T"))}
    kept = [row for row in rows if row.section not in listed or not row.rule.endswith(" P")]
    rows[:] = [replace(row, item=at) for at, row in enumerate(kept)]


def _says_something(text: str) -> bool:
    """Return whether a paragraph says what may be an item: no remark in brackets, no dots, no bare "Không có"."""
    if BRACKETED.match(text) or not any(letter.isalpha() for letter in text):
        return False
    if denied_in(text) is not None and text.rstrip(" .;/").count(". ") == 0:
        return False
    return len(text) > _LONGEST_DENIAL or not any(denial.whole for denial in find_denials(text))


def _named_by(place: ItemPlace, specs: Sequence[FieldSpec]) -> tuple[Head | None, frozenset[str]]:
    """Return the nearest heading that names a list, and the lists that it names."""
    for head in place.heads:
        named = frozenset(spec.name for spec in specs if not set(head.topics).isdisjoint(spec.topics))
        if named:
            return head, named
    return None, frozenset()


def _where(place: ItemPlace) -> tuple[int, float]:
    """Return page and height of what would be the item: bullets with and without a label stand among each other."""
    first = place.passage.words[0]
    return first.page, first.box.y0


def _home(place: ItemPlace, specs: Sequence[FieldSpec]) -> str:
    """Return the text of the nearest heading over ``place`` that names a list, empty without one."""
    head, _lists = _named_by(place, specs)
    return head.passage.text if head else ""


def _promised(place: ItemPlace, specs: Sequence[FieldSpec], profile: Profile) -> frozenset[str]:
    """Return the lists that the nearest heading that names anything promises, if it names nothing else beside them.

    Under the headings of a context prose stands as well, unless they name but one side of it ("Khó khăn").
    """
    head, named = _named_by(place, specs)
    if head is None:
        return frozenset()
    told = any(topic in profile.closed_topics or profile.topic_of[topic].after for topic in head.topics)
    return named if told else frozenset()


def _under_heading(
    scorer: Scorer,
    weighed: NDArray[np.float32],
    place: ItemPlace,
    specs: Sequence[FieldSpec],
    profile: Profile,
) -> NDArray[np.float32]:
    """Return the shares of the classes; of several lists, those of the nearest heading that names one are the only ones."""
    shares = weighed.copy()
    for head in place.heads:
        named = {spec.name for spec in specs if not set(head.topics).isdisjoint(spec.topics)}
        groups = {profile.topic_of[topic].group for topic in head.topics}
        near = named or {spec.name for spec in specs if spec.group in groups}
        own = [at for at, name in enumerate(scorer.classes) if name in near]
        if own:
            other = [at for at, name in enumerate(scorer.classes) if name != NO_ITEM and name not in near]
            if named and not place.heads[0].topics:
                # An unknown heading in between may be another list's: "Đề đạt" under "Nhiệm vụ và kiến nghị".
                shares[scorer.classes.index(NO_ITEM)] *= _UNDER_OWN_HEADING
                break
            if named:
                shares[own[int(shares[own].argmax())]] += shares[other].sum()
                under = _MARKED_UNDER_OWN_HEADING if place.marked else _UNDER_OWN_HEADING
                shares[scorer.classes.index(NO_ITEM)] *= under
            shares[other] = 0
            break
    if place.told:
        told = next((at for at, name in enumerate(scorer.classes) if _heads_list(place, name, specs)), None)
        if told is not None:
            shares[told] = max(shares[told], _TOLD)
            shares[scorer.classes.index(NO_ITEM)] *= 1 - _TOLD
    return shares


def _heads_list(place: ItemPlace, name: str, specs: Sequence[FieldSpec]) -> bool:
    """Return whether the nearest heading over ``place`` that names anything names the list ``name``."""
    topics = next((head.topics for head in place.heads if head.topics), ())
    return any(spec.name == name and not set(topics).isdisjoint(spec.topics) for spec in specs)


def _without_items(rows: list[FieldValue], name: str, last: str) -> list[FieldValue]:
    """Return the row that says why there are no items; where headings claim some that the scorer denies, none counts.

    One paragraph under the ``last`` heading that is no item closes the report: the heading has nothing under it.
    """
    if rows[0].state != "reported":
        return rows
    if len(rows) == 1 and rows[0].section == last and not find_denials(rows[0].value_text or ""):
        return [replace(rows[0], state="blank", value_text=None, rule="nothing but the closing", score=0.6)]
    return [FieldValue(name, "absent", rule="no items", score=0.6)]
