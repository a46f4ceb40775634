"""What was weighed for each field before its row was chosen: what :mod:`pipeline.confidence` judges the choice by.

A row shows the winner alone. Whether it is right, or whether "absent" means overlooked, shows in what lost: the best
score of anything that might answer the field, the nearest rival with another value, and what stands under the field's
own headings without belonging to any row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.document import Extraction, FieldValue
from pipeline.extraction.candidates import Candidate, Said, unit_fits
from pipeline.extraction.profile import FIGURES, FieldSpec, Profile
from pipeline.extraction.span_claims import SpanClaim

_WORTH = 0.2
"""A candidate below this score counts as no option."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """What spoke for a field; scores are 0..1, those of the extractor, not calibrated.

    ``peak`` is the largest share that the learned scorer gave the field anywhere; ``likeliest`` the best score of any
    candidate, whatever became of it; ``left`` the best that no other field took away; ``ruled`` the best by the
    profile's wordings alone; ``rival`` the best for another value than the row's. ``options`` counts candidates worth a
    thought.

    ``headed`` counts statements under a heading of the field's topics, ``idle`` those of them in which no row has its
    evidence, ``unclaimed`` figures of a kind that the field takes, under its topics and in no row; ``alike`` figures of
    that kind in the statement of the row itself. ``named`` counts statements with words that name the field.
    """

    peak: float = 0.0
    likeliest: float = 0.0
    left: float = 0.0
    ruled: float = 0.0
    rival: float = 0.0
    options: int = 0
    headed: int = 0
    idle: int = 0
    unclaimed: int = 0
    alike: int = 0
    named: int = 0


NOTHING = Weighing()


@dataclass(frozen=True)
class WeighedExtraction(Extraction):
    """An extraction that also tells what was weighed for each field of its profile; no table keeps that."""

    weighed: Mapping[str, Weighing] = field(default_factory=dict)
    specs: Mapping[str, FieldSpec] = field(default_factory=dict)


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
    others = [c.score for c in claims if not any((w.page, w.box) in used for w in c.words.words)]
    by_wordings = [row.score for row in ruled if row.state == "reported"]
    return replace(
        known,
        likeliest=max((c.score for c in claims), default=0.0),
        left=max((row.score for row in rows if row.state == "reported"), default=0.0),
        ruled=max(by_wordings, default=0.0),
        rival=max(others, default=0.0),
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
    places: dict[tuple[int, float, float], set[str]] = {}
    for row in rows:
        for word in row.evidence.words if row.evidence else ():
            places.setdefault((word.page, word.box.x0, word.box.y0), set()).add(row.field)
    headed: dict[str, int] = {}
    idle: dict[str, int] = {}
    unclaimed: dict[str, int] = {}
    alike: dict[str, int] = {}
    named: dict[str, int] = {}
    of_topic: dict[str, list[FieldSpec]] = {}
    by_name = {spec.name: spec for spec in specs}
    for spec in specs:
        for topic in spec.topics:
            of_topic.setdefault(topic, []).append(spec)
    for said in everything:
        statement = said.statement
        if statement.is_closed(profile):
            continue
        for name in profile.field_index.may_match(statement.folded):
            named[name] = named.get(name, 0) + 1
        used: set[str] = set()
        for word in statement.passage.words:
            used |= places.get((word.page, word.box.x0, word.box.y0), set())
        near = {spec.name: spec for topic in statement.topics for spec in of_topic.get(topic, ())}
        for name in near:
            headed[name] = headed.get(name, 0) + 1
            idle[name] = idle.get(name, 0) + (not used)
        for quantity in said.quantities if near or used else ():
            words = statement.passage.span(quantity.start, quantity.unit_end).words
            taken = any((w.page, w.box.x0, w.box.y0) in places for w in words)
            for name, spec in near.items():
                if spec.type in FIGURES and unit_fits(spec, quantity) > 0:
                    unclaimed[name] = unclaimed.get(name, 0) + (not taken)
            for name in used:
                if (own := by_name.get(name)) and own.type in FIGURES and unit_fits(own, quantity) > 0:
                    alike[name] = alike.get(name, 0) + 1
    return {
        name: replace(
            weighed.get(name, NOTHING),
            headed=headed.get(name, 0),
            idle=idle.get(name, 0),
            unclaimed=unclaimed.get(name, 0),
            alike=alike.get(name, 0),
            named=named.get(name, 0),
        )
        for name in by_name
    }
