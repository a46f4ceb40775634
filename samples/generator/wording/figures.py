"""Figures: a number in digits with a writer's marks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from samples.generator.wording.habits import Habits

Number = int | float | Decimal


@dataclass(frozen=True)
class Printed:
    """What is printed for a value. ``core`` is the part of ``text`` that states it and must stay letter by letter.

    What stands before ``core`` qualifies it ("hơn "); what stands behind repeats it, ``second`` in another currency.
    """

    text: str
    core: str
    second: str = ""


def exact(number: Number) -> Decimal:
    """Return ``number`` as people write it: 80.2 is 80.2, not the nearest binary fraction."""
    return number if isinstance(number, Decimal) else Decimal(str(number))


def decimals(number: Decimal) -> int:
    """Return how many digits stand behind the decimal mark, closing zeros left out."""
    return max(0, -int(number.normalize().as_tuple().exponent))


def confusing(habits: Habits) -> bool:
    """Return whether three decimals would look like a group of thousands with these marks."""
    return habits.decimal == "." or habits.grouping == ","


def figure(number: Number, habits: Habits, *, grouped: bool = True) -> str:
    """Return ``number`` in digits, no digit lost: 1.221; 80,2; misused 1,221 and 80.2 as the habits have it.

    Where one mark serves for both, decimals are never three (a zero is added), so that three digits behind a mark are
    thousands, and a number with decimals is not grouped.
    """
    value = exact(number)
    places = decimals(value)
    if places % 3 == 0 and places and confusing(habits):
        places += 1
    whole, _, rest = f"{value:.{places}f}".partition(".")
    mark = habits.grouping if grouped and not (rest and habits.grouping == habits.decimal) else ""
    digits = f"{int(whole):,}".replace(",", mark)
    return f"{digits}{habits.decimal}{rest}" if rest else digits
