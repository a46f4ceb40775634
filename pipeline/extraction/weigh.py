"""Weighs what stood behind each row: candidates that lost, words beside the chosen ones, figures that nobody took."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.document import FieldValue, Word
from pipeline.extraction.candidates import Candidate, Said, unit_fits
from pipeline.extraction.claimed import SpanClaim
from pipeline.extraction.profile import FIGURES, FieldSpec, Profile
from pipeline.extraction.weighing import NOTHING, Weighing
from pipeline.extraction.wording import find_wordings

_WORTH = 0.2
"""A candidate below this score counts as no option."""


def weigh_candidates(
    claimed: Sequence[Candidate],
    left: Sequence[Candidate],
    ruled: Sequence[Candidate],
    row: FieldValue,
    peak: float,
) -> Weighing:
    """Return what the candidates of a figure field amount to, beside the ``row`` that was made of one of them."""
    others = [c.score for c in claimed if not _says(c, row)]
    return Weighing(
        peak=peak,
        likeliest=max((c.score for c in claimed), default=0.0),
        left=max((c.score for c in left), default=0.0),
        ruled=max((c.score for c in ruled), default=0.0),
        rival=max(others, default=0.0),
        options=sum(c.score >= _WORTH for c in claimed),
    )


def _says(candidate: Candidate, row: FieldValue) -> bool:
    if candidate.state != row.state:
        return False
    if candidate.quantity is None:
        return True
    return candidate.quantity.value == row.value_number and candidate.quantity.currency == row.currency


def weigh_spans(
    claims: Sequence[SpanClaim], rows: Sequence[FieldValue], ruled: Sequence[FieldValue], known: Weighing
) -> Weighing:
    """Return what the stretches of words amount to that were claimed for a text field whose ``rows`` were made."""
    used = {(w.page, w.box) for row in rows if row.evidence for w in row.evidence.words}
    own: SpanClaim | None = None
    rival = 0.0
    for claim in claims:
        if any((w.page, w.box) in used for w in claim.words.words):
            own = own or claim
        else:
            rival = max(rival, claim.score)
    inside, outside = [1.0], [0.0]
    if own is not None:
        words = own.said.statement.passage.words
        chosen = [(word.page, word.box) in used for word in words]
        inside = [share for share, is_in in zip(own.shares, chosen, strict=True) if is_in]
        near = [
            is_in or (at > 0 and chosen[at - 1]) or any(chosen[at + 1 : at + 2])
            for at, is_in in enumerate(chosen)
        ]
        outside = [
            share
            for share, is_in, is_near in zip(own.shares, chosen, near, strict=True)
            if is_near and not is_in
        ]
    by_wordings = [row.score for row in ruled if row.state == "reported"]
    return replace(
        known,
        likeliest=max((c.score for c in claims), default=0.0),
        left=max((row.score for row in rows if row.state == "reported"), default=0.0),
        ruled=max(by_wordings, default=0.0),
        rival=rival,
        weakest=min(inside, default=1.0),
        beside=max(outside, default=0.0),
        options=len(claims),
    )


def with_surroundings(
    weighed: Mapping[str, Weighing],
    rows: Iterable[FieldValue],
    everything: Sequence[Said],
    specs: Sequence[FieldSpec],
    profile: Profile,
) -> dict[str, Weighing]:
    """Return ``weighed`` for each of ``specs`` with what stands under its topics and by its names, used and unused."""
    users: dict[Place, set[str]] = {}
    for row in rows:
        for word in row.evidence.words if row.evidence else ():
            users.setdefault(_place(word), set()).add(row.field)
    counted = {spec.name: _Counts(spec) for spec in specs}
    of_topic: dict[str, list[_Counts]] = {}
    for counts in counted.values():
        for topic in counts.spec.topics:
            of_topic.setdefault(topic, []).append(counts)
    for said in everything:
        statement = said.statement
        closed = statement.is_closed(profile)
        places = [_place(word) for word in statement.passage.words]
        used = {name for place in places for name in users.get(place, ())}
        near = {c.spec.name: c for topic in statement.topics for c in of_topic.get(topic, ())}
        labelled = {
            name
            for name in (profile.field_index.may_match(statement.folded) if not closed else ())
            if name in counted and find_wordings(counted[name].spec.labels, statement.folded)
        }
        for counts in near.values():
            if not closed or counts.spec.items:
                counts.headed += 1
                counts.idle += not used
        for name in labelled:
            counted[name].labelled += 1
            counted[name].labelled_idle += not used
        if closed or not (near or used or labelled):
            continue
        for quantity in said.quantities:
            words = statement.passage.span(quantity.start, quantity.unit_end).words
            taken = any(_place(word) in users for word in words)
            for name in {*near, *used, *labelled}:
                own = counted.get(name)
                if own is None or own.spec.type not in FIGURES or unit_fits(own.spec, quantity) == 0:
                    continue
                own.unclaimed += name in near and not taken
                own.alike += name in used
                own.labelled_unclaimed += name in labelled and not taken
    return {name: counts.added_to(weighed.get(name, NOTHING)) for name, counts in counted.items()}


Place = tuple[int, float, float]
"""By which a word is known: its page and where it begins."""


def _place(word: Word) -> Place:
    return word.page, word.box.x0, word.box.y0


@dataclass
class _Counts:
    """What is counted for one field, see :class:`Weighing`."""

    spec: FieldSpec
    headed: int = 0
    idle: int = 0
    unclaimed: int = 0
    alike: int = 0
    labelled: int = 0
    labelled_idle: int = 0
    labelled_unclaimed: int = 0

    def added_to(self, weighing: Weighing) -> Weighing:
        """Return ``weighing`` with these counts."""
        return replace(weighing, **{name: held for name, held in vars(self).items() if name != "spec"})
