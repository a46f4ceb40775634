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
import regex
from numpy.typing import NDArray

from pipeline.document import FieldValue, Outline, Paragraph, Passage, evidence_of
from pipeline.extraction.items import BRACKETED, TRAILING, list_items, stripped
from pipeline.extraction.profile import FieldSpec, Profile
from pipeline.extraction.scorer import Scorer, load_scorer, rows_of
from pipeline.extraction.statements import Head
from pipeline.extraction.weighing import Weighing
from pipeline.extraction.wording import fold_words

NO_ITEM = "-"
_WORD = regex.compile(r"\p{L}+|\d+|[;:()]|\./\.")
_UNDER_OWN_HEADING = 0.15
"""Under a heading that names its list, a paragraph is rather an item than not."""
_SURE_ALONE, _NO_ITEM_AT_ALL = 0.8, 0.98
"""A plain paragraph is an item from the first share on; a bullet of a list is none from the second on."""
_SEVERAL, _SURE_TOGETHER = 2, 0.4
"""So many plain paragraphs that together speak for one list are items of it from this share on."""
_WORTH = 0.2
"""A paragraph with a smaller share in a list is hardly an item of it."""


@dataclass(frozen=True)
class ItemPlace:
    """A paragraph or a heading that may be an item: its section, its features, and what of it the item would be.

    ``block`` is what it shares with the others of one list: the section for bullets, the section above for headings.
    """

    section: str
    passage: Passage
    features: tuple[str, ...]
    block: tuple[str, str]


def item_places(outline: Outline, heads: Mapping[str, tuple[Head, ...]]) -> Iterator[ItemPlace]:
    """Yield every paragraph, and every heading with nothing under it, in reading order."""
    parents = {section.path.rpartition(".")[0] for section in outline.sections}
    for section in outline.sections:
        chain = heads.get(section.path, ())
        if section.heading.words and not section.body and section.path not in parents:
            above = chain[1:] if chain and chain[0].passage == section.heading else chain
            block = (section.path.rpartition(".")[0], "H")
            features = tuple(_features(section.heading, above, "H", 0, 1))
            yield ItemPlace(section.path, section.heading, features, block)
        count = len(section.body)
        for at, paragraph in enumerate(section.body):
            bare = stripped(paragraph)
            kind = "B" if bare.words != paragraph.words else "P"
            around = [_opening(p) for p in section.body[max(0, at - 1) : at + 2]]
            found = [*_features(bare, chain, kind, at, count), *(f"M:{mark}" for mark in set(around))]
            yield ItemPlace(section.path, bare, tuple(found), (section.path, kind))


def _opening(paragraph: Paragraph) -> str:
    return "bullet" if stripped(paragraph).words != paragraph.words else "plain"


def _features(passage: Passage, heads: Sequence[Head], kind: str, at: int, count: int) -> Iterator[str]:
    text = fold_words(passage.text)
    words = ["0" if w[0].isdigit() else w for w in _WORD.findall(text)]
    yield f"K:{kind}"
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
    yield f"near:{topics[0] if topics else NO_ITEM}:{kind}"


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
    found: dict[str, list[FieldValue]] = {spec.name: [] for spec in specs}
    noted = {spec.name: _Noted() for spec in specs}
    blocks: dict[tuple[str, str], list[ItemPlace]] = {}
    for place in item_places(outline, heads):
        if place.passage.words and not BRACKETED.match(place.passage.text):
            blocks.setdefault(place.block, []).append(place)
    for places in blocks.values():
        weighed = scorer.of_rows([rows_of("", place.features) for place in places])
        shares = [
            _under_heading(scorer, own, heads.get(place.section, ()), specs)
            for place, own in zip(places, weighed, strict=True)
        ]
        decided = list(_decided(places, shares, scorer))
        for place, name, score in decided:
            rows = found.get(name)
            if rows is not None:
                rows.append(_row(name, len(rows), place, score))
        _note(noted, places, weighed, decided, scorer)
    for rows in found.values():
        _drop_plain(rows)
    return LearnedItems(
        rows={name: own or _without_items(by_heading[name], name) for name, own in found.items()},
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
    places: Sequence[ItemPlace], shares: Sequence[NDArray[np.float32]], scorer: Scorer
) -> Iterator[tuple[ItemPlace, str, float]]:
    """Yield the places that are items, with their list. Bullets of one block belong together: they decide as one."""
    if not places:
        return
    if places[0].block[1] == "P":
        yield from _decided_alone(places, shares, scorer)
        return
    together = np.log(np.clip(np.stack(shares), 1e-4, 1)).mean(axis=0)
    best = int(together.argmax())
    for place, own in zip(places, shares, strict=True):
        nothing = scorer.classes.index(NO_ITEM)
        if best != nothing and own[nothing] < _NO_ITEM_AT_ALL:
            yield place, scorer.classes[best], float(max(own[best], np.exp(together[best])))


def _decided_alone(
    places: Sequence[ItemPlace], shares: Sequence[NDArray[np.float32]], scorer: Scorer
) -> Iterator[tuple[ItemPlace, str, float]]:
    """Yield the plain paragraphs that are items: those sure by themselves, and what stands between two of one list.

    Where several together speak for one list, it takes less of each.
    """
    together = int(np.log(np.clip(np.stack(shares), 1e-4, 1)).mean(axis=0).argmax())
    least = (
        {together: _SURE_TOGETHER} if len(shares) >= _SEVERAL and scorer.classes[together] != NO_ITEM else {}
    )
    sure = [
        (at, best) for at, own in enumerate(shares)
        if own[best := int(own.argmax())] >= least.get(best, _SURE_ALONE)
    ]  # fmt: skip
    chosen = dict(sure)
    for (first, one), (last, other) in pairwise(sure):
        if one == other and scorer.classes[one] != NO_ITEM:
            chosen |= {at: one for at in range(first + 1, last) if shares[at][one] >= _WORTH}
    for at in sorted(chosen):
        yield places[at], scorer.classes[chosen[at]], float(shares[at][chosen[at]])


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
    listed = {row.section for row in rows if not row.rule.endswith(" P")}
    kept = [row for row in rows if row.section not in listed or not row.rule.endswith(" P")]
    rows[:] = [replace(row, item=at) for at, row in enumerate(kept)]


def _under_heading(
    scorer: Scorer, weighed: NDArray[np.float32], heads: Sequence[Head], specs: Sequence[FieldSpec]
) -> NDArray[np.float32]:
    """Return the shares of the classes; of several lists, that of the nearest heading that names one is the only one."""
    shares = weighed.copy()
    for head in heads:
        named = {spec.name for spec in specs if not set(head.topics).isdisjoint(spec.topics)}
        if named:
            other = [at for at, name in enumerate(scorer.classes) if name != NO_ITEM and name not in named]
            own = [at for at, name in enumerate(scorer.classes) if name in named]
            if own:
                shares[own[int(shares[own].argmax())]] += shares[other].sum()
                shares[other] = 0
                shares[scorer.classes.index(NO_ITEM)] *= _UNDER_OWN_HEADING
            break
    return shares


def _without_items(rows: list[FieldValue], name: str) -> list[FieldValue]:
    """Return the row that says why there are no items; where headings claim some that the scorer denies, none counts."""
    if any(row.state == "reported" for row in rows):
        return [FieldValue(name, "absent", rule="no items", score=0.6)]
    return rows
