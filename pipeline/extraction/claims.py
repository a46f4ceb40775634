"""Claims: which field each mention of a report answers, as the learned scorer sees it.

Two scorers look at a mention: one says what it is about (a field of the profile, or none), the other whether it is the
report's own figure or last year's, a plan's, a running total's, a part's. What the wordings of the profile find is a
feature among others: a wording that fits counts for much, and a sentence worded otherwise is still known by its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

import numpy as np
import regex
from numpy.typing import NDArray

from pipeline.document import State
from pipeline.extraction.candidates import Candidate, Said, is_barred
from pipeline.extraction.mentions import Mention, Surroundings, features, mentions
from pipeline.extraction.naming import home_of
from pipeline.extraction.profile import FieldSpec, Profile
from pipeline.extraction.scope import ReportPeriod
from pipeline.extraction.scorer import Rows, Scorer, load_scorer, rows_of
from pipeline.extraction.values.numbers import Quantity
from pipeline.extraction.values.units import unit_family
from pipeline.extraction.wording import find_wordings

NOTHING = "-"
"""The class of mentions that answer no field."""
OWN = "own"

_LEAST = 0.08
"""A field less probable than this is no candidate."""
_WHOLE = 0.999
_EVEN = 0.5
_AT_ONCE = 64
"""So many mentions are weighed together; a long document has many more."""
_BARRED = 0.35
"""What the scorer's word is worth of a figure among words that make it another's."""
_ANOTHERS = 0.5
"""What is left of a claim on a figure that the words around it give to another field."""
_NAMED_CLOSELY, _NAMED_BESIDE = 0.7, 0.4
"""A field named so well by another like figure of the sentence is hardly told by one that no wording names there."""
_GAIN, _OWN_GAIN = 1.3, 2.2
"""A figure is likelier to answer a field than the training says, which is full of figures that answer none."""
_BESIDE_NAMED = 0.7
"""What it is worth of a figure beside which the field is named at another one."""
_LEARNED, _LEARNED_OF_DENIALS = 0.45, 0.45
"""How much the scorer's word counts where wordings fit a mention; where none does, it counts alone."""


@dataclass(frozen=True)
class Observation:
    """A mention with all that is seen of it; ``ruled`` are the candidates that wordings found there, by field."""

    mention: Mention
    features: tuple[str, ...]
    ruled: Mapping[str, Candidate]
    beside: frozenset[tuple[str, str]] = frozenset()
    """Fields that figures of the sentence are named for, with the family of their units; parts of totals: anywhere."""

    @cached_property
    def rows(self) -> Rows:
        """The rows that scorers keep the features in."""
        return rows_of(self.mention.unit, self.features)


def observe(
    everything: Sequence[Said],
    ruled: Mapping[str, Sequence[Candidate]],
    profile: Profile,
    own: ReportPeriod,
) -> Iterator[Observation]:
    """Yield every mention outside plans and requests with its features; ``ruled`` are the rules' candidates by field."""
    by_place: dict[tuple[int, str, int], dict[str, Candidate]] = {}
    for name, options in ruled.items():
        for candidate in options:
            held = by_place.setdefault(_place(candidate), {})
            if name not in held or held[name].score < candidate.score:
                held[name] = candidate
    named: dict[int, set[tuple[str, str]]] = {}
    parts: set[tuple[str, str]] = set()
    for name, options in ruled.items():
        for one in options:
            if one.quantity is None or one.score < _NAMED_CLOSELY:
                continue
            if one.rule.startswith("label"):
                named.setdefault(id(one.said), set()).add((name, _family(one.quantity)))
            if one.spec.part and one.rule.startswith(("label", "cue")):
                parts.add((name, _family(one.quantity)))  # a part of a total is named where it stands
    previous = None
    for said in everything:
        beside = frozenset({*parts, *named.get(id(said), ())})
        around = Surroundings(said, own, profile, previous)
        previous = said.statement
        closed = said.statement.is_closed(profile)
        for mention in mentions(said):
            if closed and mention.kind in ("quantity", "comparison"):
                continue  # what is planned or asked for is no result; that nothing is, may be said of its list
            known = by_place.get(
                (id(said), mention.kind, mention.start if mention.kind != "open" else -1), {}
            )
            seen = (*features(mention, around), *_rule_features(known))
            yield Observation(mention, seen, known, beside)


def _family(quantity: Quantity) -> str:
    return unit_family(quantity.unit) or quantity.unit


def _place(candidate: Candidate) -> tuple[int, str, int]:
    said = id(candidate.said)
    if candidate.quantity is not None:
        return said, "quantity", candidate.quantity.start
    return said, "denial" if candidate.denial_start >= 0 else "open", candidate.denial_start


def _rule_features(known: Mapping[str, Candidate]) -> Iterator[str]:
    ranked = sorted(known.items(), key=lambda item: -item[1].score)
    for at, (name, candidate) in enumerate(ranked[:4]):
        yield f"R:{name}:{int(candidate.score * 5)}"
        yield f"R{min(at, 1)}:{name}"
        way, *weighed = candidate.rule.split("+")
        yield f"RW:{name}:{way}"
        yield from (f"RS:{scope}" for scope in weighed)
    if not known:
        yield "R:none"


@dataclass(frozen=True)
class Claims:
    """The candidates by field, with probabilities for scores, and for every field its largest share in any mention."""

    found: dict[str, list[Candidate]]
    peaks: dict[str, float]


def claims(
    specs: Sequence[FieldSpec], observations: Iterable[Observation], profile: Profile
) -> Claims | None:
    """Return the candidates of ``specs``; None where no scorer knows the profile."""
    about, role, silence = (load_scorer(f"{profile.name}.{name}") for name in ("about", "role", "silence"))
    if about is None or role is None or silence is None:
        return None
    by_name = {spec.name: spec for spec in specs}
    found: dict[str, list[Candidate]] = {spec.name: [] for spec in specs}
    peaks = np.zeros(len(about.classes), np.float32)
    rest = iter(observations)
    while batch := list(islice(rest, _AT_ONCE)):
        of_fields = about.of_rows([seen.rows for seen in batch])
        peaks = np.maximum(peaks, of_fields.max(axis=0))
        own = _shares(batch, "quantity", role, OWN)
        silent = _shares(batch, "denial", silence, "none")
        for at, seen in enumerate(batch):
            state = _state(seen, silent.get(at, 0.0))
            for name, probability in _fields_of(seen, of_fields[at], own.get(at, 1.0), about):
                spec = by_name.get(name)
                if spec is not None and not spec.items and seen.mention.said.statement.is_closed(profile):
                    continue
                candidate = _candidate(spec, seen, probability, state) if spec is not None else None
                if candidate is not None:
                    found[name].append(candidate)
    found = {name: _beside_named(options) for name, options in found.items()}
    return Claims(found, dict(zip(about.classes, peaks.tolist(), strict=True)))


def _beside_named(options: list[Candidate]) -> list[Candidate]:
    """Return ``options``; where the name of the field stands by one figure of a sentence, it is hardly another of them."""
    named = {
        id(c.said)
        for c in options
        if c.quantity is not None and c.rule.startswith("label") and c.score >= _EVEN
    }
    return [
        replace(c, score=c.score * _BESIDE_NAMED)
        if c.rule == "learned" and c.quantity is not None and id(c.said) in named
        else c
        for c in options
    ]


def _shares(batch: Sequence[Observation], kind: str, scorer: Scorer, name: str) -> dict[int, float]:
    """Return the share of class ``name`` for each mention of ``kind``, by its place in ``batch``."""
    places = [at for at, seen in enumerate(batch) if seen.mention.kind == kind]
    shares = scorer.of_rows([batch[at].rows for at in places])[:, scorer.classes.index(name)]
    return dict(zip(places, shares.tolist(), strict=True))


def _fields_of(
    seen: Observation, shares: NDArray[np.float32], own: float, about: Scorer
) -> Iterator[tuple[str, float]]:
    for name, probability in zip(about.classes, shares.tolist(), strict=True):
        if name != NOTHING and (probability >= _LEAST or name in seen.ruled):
            yield name, min(1.0, probability * _GAIN) * min(1.0, own * _OWN_GAIN)


def _state(seen: Observation, none: float) -> State:
    """Return what a mention says of its field: a value, that there was none, or nothing that can be known."""
    if seen.mention.kind == "denial":
        return "none" if none >= _EVEN else "blank"
    return "blank" if seen.mention.kind == "open" else "reported"


def _candidate(spec: FieldSpec, seen: Observation, probability: float, state: State) -> Candidate | None:
    mention, known = seen.mention, seen.ruled.get(spec.name)
    score = min(probability, _WHOLE)
    if seen.ruled:
        learned = _LEARNED if mention.kind == "quantity" else _LEARNED_OF_DENIALS
        score = learned * score + (1 - learned) * (known.score if known is not None else 0.0)
    if known is not None:
        if _is_anothers(known, seen):
            score *= _ANOTHERS
        return replace(known, score=score, state=state, rule=f"{known.rule}|learned")
    quantity = mention.quantity
    if mention.kind == "comparison" or (quantity is not None and not _counts(spec, quantity)):
        return None
    if quantity is not None and spec.anti and _is_barred_there(spec, mention.said, quantity):
        score *= _BARRED
    if quantity is not None and _is_of_other_label(spec, mention.said):
        score *= _BARRED
    if quantity is not None and (spec.name, _family(quantity)) in seen.beside:
        score *= _NAMED_BESIDE  # "412.000 lượt, trong đó khách quốc tế 2.360 lượt"
    start, end, denial_start, denial_end = mention.start, mention.end, -1, -1
    if mention.denial is not None:
        denial_start, denial_end = mention.denial.start, mention.denial.end
    elif mention.kind == "open":
        start = 0
    doubts = (quantity.doubt,) if quantity is not None and quantity.doubt else ()
    return Candidate(
        spec,
        mention.said,
        state,
        score,
        "learned",
        start,
        end,
        quantity,
        None,
        denial_start,
        denial_end,
        doubts,
    )


def _is_anothers(known: Candidate, seen: Observation) -> bool:
    """Return whether the words of a figure name another field that counts the same, and this one not at all.

    "đón 12 đoàn vào" is barred for those that went; under a heading on overseas Vietnamese, too, "2.300 lượt khách quốc
    tế" are tourists.
    """
    way, *weighed = known.rule.split("+")
    barred, from_above = "anti" in weighed, way in ("heading", "topic")
    return any(
        other.spec.name != known.spec.name
        and set(other.spec.units) == set(known.spec.units)
        and other.rule.startswith("label")
        and "anti" not in other.rule.split("+")
        and other.score >= _NAMED_CLOSELY
        and (barred or (from_above and _is_in_unit(other)))
        for other in seen.ruled.values()
    )


def _is_in_unit(candidate: Candidate) -> bool:
    """Return whether the name of the field ends what the figure counts: "2.300 lượt khách quốc tế"."""
    label, quantity = candidate.label, candidate.quantity
    return (
        label is not None
        and quantity is not None
        and quantity.end < label.start <= label.end == quantity.unit_end
    )


def _is_barred_there(spec: FieldSpec, said: Said, quantity: Quantity) -> bool:
    """Return whether the label of a figure that no wording names, or its clause, makes it another's."""
    statement = said.statement
    label = statement.folded[statement.heading : statement.opening]
    barred = label.rstrip().endswith(":") and find_wordings(spec.anti, label)
    if barred and not find_wordings(spec.labels, label):
        return True
    return is_barred(spec, said, quantity)


_GOES_ON = regex.compile(
    r"[\s\-+*•]{0,12}(?:trong (?:do|so)|(?:bao )?gom|cu the|chia ra|rieng|ket qua|nhu sau)\b"
)
"""A label that only goes on with what was said before it."""


def _is_of_other_label(spec: FieldSpec, said: Said) -> bool:
    """Return whether a label away from the field's headings asks for something else: "Tuần tra chung: 3 đợt"."""
    statement = said.statement
    label = statement.folded[statement.heading : statement.opening]
    if not label.rstrip().endswith(":") or home_of(spec, statement) is not None or statement.cell is not None:
        return False
    if _GOES_ON.match(label) or not statement.heads[1:]:
        return False
    return not find_wordings(spec.labels, label)


def _counts(spec: FieldSpec, quantity: Quantity) -> bool:
    """Return whether the quantity can be a value of the field at all: money for money, a whole number for a count."""
    if spec.type != "count":
        return quantity.kind == spec.type
    return quantity.kind in ("count", "bare") and quantity.value == quantity.value.to_integral_value()
