"""How far two people agree: raw, and beyond chance by Cohen's kappa.

The categories are the values themselves (a number with its currency, a day, a folded text, a list as a whole, a state).
One rater is whoever decided first, the other whoever made the second entry, whatever their names. Chance agreement is
what two raters would reach who use each value as often as these do, but at random over the documents:

    kappa = (observed - expected) / (1 - expected),   expected = sum over values of share(first) * share(second)

Over all fields, expected is the mean over the fields, each weighted with its pairs: nobody mistakes one field's value for
another's. Where all words are one value, expected is 1 and kappa is not defined. With values that hardly ever repeat
(names, turnovers) expected is near 0 and kappa near the raw share. Source: J. Cohen, Educational and Psychological
Measurement 20 (1960).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.review.intervals import exact
from pipeline.review.likeness import category, same
from pipeline.review.values import Value

Words = tuple[Value, Value]


@dataclass(frozen=True)
class Agreement:
    """Agreement on one field, or on all ("" for its name): ``pairs`` of words, of which ``agreed`` are the same."""

    field: str
    pairs: int
    agreed: int
    expected: float
    """Agreement by chance, 0 to 1."""

    @property
    def raw(self) -> float:
        """The share of pairs that agree."""
        return self.agreed / self.pairs

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa; None where chance alone would agree always."""
        if self.expected >= 1:
            return None
        return (self.raw - self.expected) / (1 - self.expected)

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the raw share."""
        return exact(self.agreed, self.pairs)


def agreements(pairs: Iterable[tuple[str, Words]]) -> list[Agreement]:
    """Return the agreement over all ``pairs`` of (field, words), then by field; nothing where there are none."""
    by_field: defaultdict[str, list[Words]] = defaultdict(list)
    for field, words in pairs:
        by_field[field].append(words)
    found = [_agreement(field, words) for field, words in sorted(by_field.items())]
    total = sum(one.pairs for one in found)
    if not total:
        return []
    expected = sum(one.expected * one.pairs for one in found) / total
    return [Agreement("", total, sum(one.agreed for one in found), expected), *found]


def _agreement(field: str, pairs: Sequence[Words]) -> Agreement:
    firsts: Counter[str] = Counter()
    seconds: Counter[str] = Counter()
    agreed = 0
    for first, second in pairs:
        alike = same(first, second)
        agreed += alike
        firsts[category(first)] += 1
        seconds[category(first if alike else second)] += 1  # words that agree are one category
    by_chance = sum(count * seconds[value] for value, count in firsts.items())
    return Agreement(field, len(pairs), agreed, by_chance / len(pairs) ** 2)
