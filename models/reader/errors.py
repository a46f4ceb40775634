"""Counting wrong characters, in all and by class of character."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from models.reader.alphabet import kind_of


@dataclass
class Errors:
    """Characters printed and errors (wrong, left out, invented); both also by class and by letter of what was printed."""

    printed: int = 0
    wrong: int = 0
    lines: int = 0
    lines_wrong: int = 0
    of_kind: Counter[str] = field(default_factory=Counter)
    wrong_of_kind: Counter[str] = field(default_factory=Counter)
    of_letter: Counter[str] = field(default_factory=Counter)
    wrong_of_letter: Counter[str] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Character error rate, 0..; the errors a printed character."""
        return self.wrong / max(1, self.printed)

    def add(self, printed: str, read: str) -> None:
        """Count one line."""
        self.printed += len(printed)
        self.lines += 1
        self.lines_wrong += printed != read
        self.of_letter.update(printed)
        self.of_kind.update(map(kind_of, printed))
        for step in Levenshtein.editops(printed, read):
            self.wrong += 1
            if step.tag == "insert":
                self.wrong_of_kind["invented"] += 1
                continue
            letter = printed[step.src_pos]
            self.wrong_of_letter[letter] += 1
            self.wrong_of_kind[kind_of(letter)] += 1

    def merge(self, other: Errors) -> None:
        """Add what ``other`` counted."""
        self.printed += other.printed
        self.wrong += other.wrong
        self.lines += other.lines
        self.lines_wrong += other.lines_wrong
        self.of_kind += other.of_kind
        self.wrong_of_kind += other.wrong_of_kind
        self.of_letter += other.of_letter
        self.wrong_of_letter += other.wrong_of_letter

    def by_kind(self) -> dict[str, float]:
        """Return the share of the characters of each class that was wrong or left out."""
        return {kind: self.wrong_of_kind[kind] / seen for kind, seen in sorted(self.of_kind.items())}

    def worst(self, count: int) -> list[tuple[str, float, int]]:
        """Return (letter, share wrong, times printed) of the ``count`` worst letters that were printed often enough."""
        rows = [(x, self.wrong_of_letter[x] / n, n) for x, n in self.of_letter.items() if n >= 5]
        return sorted(rows, key=lambda row: (-row[1], -row[2], row[0]))[:count]


def count(pairs: Iterable[tuple[str, str]]) -> Errors:
    """Return the errors of (printed, read) lines."""
    errors = Errors()
    for printed, read in pairs:
        errors.add(printed, read)
    return errors
