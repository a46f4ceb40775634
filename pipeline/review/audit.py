"""The audit: a random sample of fields that were accepted unseen, from which their true error is estimated.

The sample is drawn once, by a seed, and stands in the trail whole (action ``draw``): it can be drawn again to check it, and
drawing until the outcome pleases leaves its traces. What it speaks of are the fields that were accepted when it was
drawn, neither flagged nor decided, of documents that may be shown; a list counts as one. Fields of the sample whose value
a later run changed are left out, and counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from pipeline.review.decisions import Key, deciding_word
from pipeline.review.intervals import exact
from pipeline.review.likeness import same
from pipeline.review.sampling import sample, turn
from pipeline.review.trail import Entry
from pipeline.review.values import Value, value_from_json

SIZE = 200
MOST = 2_000
"""Fields in one sample; it stands in one line of the trail."""
DRAWS: Key = ("", "")
"""What the entries about drawing are about: no document, no field."""
_AT_LEAST = 2
"""Fields from each stratum: of one alone no variance can be told."""

Design = Literal["simple", "stratified"]
Outcome = Literal["right", "wrong", "open", "changed"]


@dataclass(frozen=True)
class Stratum:
    """Fields that are drawn from together, ``size`` of which were accepted; in a simple sample they only say what was drawn.

    They have in common whether the document states something, where its text came from, and how sure the machine was.
    """

    stated: bool
    source: str = ""
    sure: str = ""
    size: int = 0


@dataclass(frozen=True)
class Drawn:
    """One field of the sample, and what it said when it was drawn."""

    key: Key
    stratum: int
    value: Value


@dataclass(frozen=True)
class Draw:
    """A sample in random order; ``number`` is that of its entry in the trail."""

    seed: str
    design: Design
    strata: tuple[Stratum, ...]
    items: tuple[Drawn, ...]
    number: int = 0
    at: str = ""

    @property
    def population(self) -> int:
        """How many fields were accepted when the sample was drawn."""
        return sum(stratum.size for stratum in self.strata)

    def to_json(self) -> dict[str, Any]:
        """Return the sample for the trail."""
        return {
            "seed": self.seed,
            "design": self.design,
            "strata": [asdict(stratum) for stratum in self.strata],
            "items": [[*item.key, item.stratum, item.value.to_json()] for item in self.items],
        }


def draw_of(entry: Entry) -> Draw:
    """Return the sample that an entry drew."""
    held = entry.new
    items = tuple(
        Drawn((doc_id, field), stratum, value_from_json(value))
        for doc_id, field, stratum, value in held["items"]
    )
    strata = tuple(Stratum(**stratum) for stratum in held["strata"])
    return Draw(held["seed"], held["design"], strata, items, entry.number, entry.at)


def chosen(seed: str, design: Design, strata: Sequence[Sequence[Key]], size: int) -> list[tuple[Key, int]]:
    """Return ``size`` fields of the ``strata`` with their stratum, in the random order of ``seed``."""
    if design == "simple":
        home = {key: at for at, keys in enumerate(strata) for key in keys}
        return [(key, home[key]) for key in sample(seed, home, size)]
    found = [
        (key, at)
        for at, (keys, share) in enumerate(zip(strata, allocated(list(map(len, strata)), size), strict=True))
        for key in sample(seed, keys, share)
    ]
    return sorted(found, key=lambda pair: turn(seed, pair[0]))


def allocated(sizes: Sequence[int], total: int) -> list[int]:
    """Return how many of each stratum are drawn: in proportion to ``sizes``, but two of each, where there are so many."""
    shares = [min(size, _AT_LEAST) for size in sizes]
    whole = sum(sizes)
    while sum(shares) < min(total, whole):
        lacking = {
            at: total * size / whole - shares[at] for at, size in enumerate(sizes) if shares[at] < size
        }
        shares[max(lacking, key=lambda at: lacking[at])] += 1
    return shares


def outcome(item: Drawn, draw: Draw, words: Sequence[Entry], now: Value | None) -> Outcome:
    """Return what became of a drawn field, given the standing ``words`` on it and what the tables say ``now``.

    A decision that somebody made otherwise speaks as an audit would. What was found right and says something else now
    is changed as well: the finding was not about what stands there.
    """
    decided = deciding_word(words)
    if decided is not None:
        return "right" if same(value_from_json(decided.new), item.value) else "wrong"
    if now is None or not same(now, item.value):
        return "changed"
    audited = any(word.action == "audit" and word.number > draw.number for word in words)
    return "right" if audited else "open"


def outcomes_of(
    draw: Draw, words: Mapping[Key, Sequence[Entry]], now: Mapping[Key, Value]
) -> dict[Key, Outcome]:
    """Return what became of each field of a sample, given the standing words by field and what the tables say now."""
    return {item.key: outcome(item, draw, words.get(item.key, ()), now.get(item.key)) for item in draw.items}


@dataclass(frozen=True)
class Estimate:
    """The error of accepted fields, of all of them or of those (not) stated; ``error`` is None before it can be told."""

    of: Literal["all", "stated", "unstated"]
    population: int
    sampled: int
    audited: int
    wrong: int
    changed: int
    error: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def open(self) -> int:
        """Fields of the sample at which nobody has looked yet."""
        return self.sampled - self.audited - self.changed


def estimates(draw: Draw, outcomes: Mapping[Key, Outcome]) -> list[Estimate]:
    """Return the estimates over all accepted fields, over those that the document states, and over all others."""
    tallies = [_Tally(stratum.size) for stratum in draw.strata]
    for item in draw.items:
        tallies[item.stratum].add(outcomes[item.key])
    stated = [tally for stratum, tally in zip(draw.strata, tallies, strict=True) if stratum.stated]
    others = [tally for stratum, tally in zip(draw.strata, tallies, strict=True) if not stratum.stated]
    stratified = draw.design == "stratified"
    return [
        _estimate("all", tallies, stratified),
        _estimate("stated", stated, stratified),
        _estimate("unstated", others, stratified),
    ]


@dataclass
class _Tally:
    """What was found in one stratum."""

    size: int
    sampled: int = 0
    audited: int = 0
    wrong: int = 0
    changed: int = 0

    def add(self, found: Outcome) -> None:
        self.sampled += 1
        self.audited += found in ("right", "wrong")
        self.wrong += found == "wrong"
        self.changed += found == "changed"

    @property
    def standing(self) -> float:
        """How many fields of the stratum still say what they said, as far as the sample tells."""
        return self.size * (1 - self.changed / self.sampled) if self.sampled else float(self.size)


def _estimate(
    of: Literal["all", "stated", "unstated"], tallies: Sequence[_Tally], stratified: bool
) -> Estimate:
    known = Estimate(
        of,
        sum(tally.size for tally in tallies),
        sum(tally.sampled for tally in tallies),
        sum(tally.audited for tally in tallies),
        sum(tally.wrong for tally in tallies),
        sum(tally.changed for tally in tallies),
    )
    if not known.audited:
        return known
    if known.audited == known.population:  # all were looked at; nothing is estimated
        error, effective = known.wrong / known.audited, 0.0
    elif stratified:
        weighed = [tally for tally in tallies if tally.standing > 0]
        if any(not tally.audited for tally in weighed):
            return known
        error, effective = _stratified(weighed)
    else:
        error, effective = known.wrong / known.audited, float(known.audited)
    low, high = exact(error * effective, effective) if effective else (error, error)
    return Estimate(**{**asdict(known), "error": error, "low": low, "high": high})


def _stratified(tallies: Sequence[_Tally]) -> tuple[float, float]:
    """Return the error, each stratum weighted with its size, and the size of a simple sample that would tell as much.

    The variance is that of stratified sampling without replacement (W. Cochran, Sampling Techniques, 1977, 5.3 and
    5.12); the effective size p (1 - p) / variance goes into the exact interval as E. Korn and B. Graubard (Survey
    Methodology 24, 1998) put it, never above the real one. Where the variance says nothing (no errors, or in whole
    strata only), the effective size is that of the weights (L. Kish, Survey Sampling, 1965).
    """
    whole = sum(tally.standing for tally in tallies)
    error = variance = weights = 0.0
    for tally in tallies:
        weight, share = tally.standing / whole, tally.wrong / tally.audited
        error += weight * share
        left_out = 1 - min(1.0, tally.audited / tally.standing)
        variance += weight**2 * left_out * share * (1 - share) / max(1, tally.audited - 1)
        weights += weight**2 / tally.audited
    seen = sum(tally.audited for tally in tallies)
    effective = error * (1 - error) / variance if variance > 0 else 1 / weights
    return error, min(float(seen), effective)
