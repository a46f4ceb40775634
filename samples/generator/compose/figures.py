"""Values in print by the habits of one document."""

from __future__ import annotations

from datetime import date

from numpy.random import Generator

from samples.generator.nouns import Fact
from samples.generator.wording import numerals
from samples.generator.wording.figures import Printed
from samples.generator.wording.habits import Habits
from samples.generator.wording.topics import Kind


class Figures:
    """Prints numbers and dates for one document."""

    def __init__(self, habits: Habits, rng: Generator) -> None:
        self._habits = habits
        self._rng = rng

    def count(self, number: float, noun: str) -> str:
        """Return a count with its noun, unqualified."""
        return numerals.count(int(number), noun, "exact", self._habits, self._rng).text

    def money(self, number: float, currency: str) -> str:
        """Return an amount of money."""
        return numerals.money(number, currency, None, self._habits, self._rng).text

    def value(self, fact: Fact, kind: Kind, noun: str) -> Printed:
        """Return the number of a reported fact as a frame prints it."""
        number, habits, rng = fact.number, self._habits, self._rng
        assert number is not None
        if kind == "money":
            word = numerals.qualify(fact.qualifier, rng)
            return numerals.money(number, fact.currency, fact.second, habits, rng, word)
        if kind == "length":
            return numerals.length(number, fact.qualifier, habits, rng)
        if kind == "percent":
            change = fact.field == "trade.vs_last_year"
            return (numerals.percent_change if change else numerals.percent_of_plan)(number, habits, rng)
        return numerals.count(int(number), noun, fact.qualifier, habits, rng)

    def percent(self, number: float, sign: str = "%") -> str:
        """Return a percentage without any word: "108,5%"; without the sign where it stands elsewhere."""
        return numerals.percent(number, self._habits).text.removesuffix("" if sign else "%").rstrip()

    def day(self, when: date) -> str:
        """Return a date of the running text: "ngày 05/11/2019"."""
        text = numerals.day(when, self._habits.date).text
        return text if text.startswith("ngày") else f"ngày {text}"
