"""Spans right, found and true, by label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

Place = TypeVar("Place")
"""What says where an entity stands: offsets in a line, or the printed words it covers."""


@dataclass
class Tally:
    """How many entities of a label are ``right``, were ``found``, and are ``true``."""

    right: int = 0
    found: int = 0
    true: int = 0

    @property
    def precision(self) -> float:
        """Share of the found ones that are right; 1 when none was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the true ones that were found; 1 when there are none."""
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.right / (self.found + self.true) if self.found + self.true else 1.0


Tallies = dict[str, Tally]


def count_exact(
    tallies: Tallies, found: Iterable[tuple[Place, str]], true: Iterable[tuple[Place, str]]
) -> None:
    """Count entities as right where place and label are the same."""
    found, true = set(found), set(true)
    for column, entities in (("right", found & true), ("found", found), ("true", true)):
        for _, label in entities:
            tally = tallies.setdefault(label, Tally())
            setattr(tally, column, getattr(tally, column) + 1)


def count_touching(
    tallies: Tallies,
    found: Iterable[tuple[tuple[int, int], str]],
    true: Iterable[tuple[tuple[int, int], str]],
) -> None:
    """Count entities as right where one of the same label shares a letter with them, one for one."""
    left = sorted(set(found))
    for _, label in left:
        tallies.setdefault(label, Tally()).found += 1
    for (start, end), label in sorted(set(true)):
        tally = tallies.setdefault(label, Tally())
        tally.true += 1
        touching = next(
            (one for one in left if one[1] == label and one[0][0] < end and start < one[0][1]), None
        )
        if touching is not None:
            left.remove(touching)
            tally.right += 1


def total(tallies: Mapping[str, Tally]) -> Tally:
    """Return all labels together."""
    return Tally(
        sum(one.right for one in tallies.values()),
        sum(one.found for one in tallies.values()),
        sum(one.true for one in tallies.values()),
    )
