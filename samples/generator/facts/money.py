"""Amounts of money as reports print them: in some currency, on a round unit or to the last đồng."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from numpy.random import Generator

from samples.generator.facts.chance import chance, significant, weigh
from samples.generator.facts.places import rows

CURRENCIES: dict[str, tuple[tuple[str, float], ...]] = {
    "oda": (("USD", 52), ("VND", 36), ("EUR", 5), ("JPY", 5), ("AUD", 1), ("GBP", 1)),
    "ngo": (("USD", 60), ("VND", 27), ("EUR", 6), ("JPY", 3), ("AUD", 2), ("GBP", 2)),
    "fdi": (("USD", 88), ("VND", 12)),
    "trade": (("USD", 86), ("VND", 14)),
    "diaspora": (("USD", 55), ("VND", 45)),
}
"""By the group of the field: what it is counted in."""

SECOND_SHARE = 0.16
"""How often an amount stands in a second currency too."""

_FULL_BELOW = 60_000_000
"""Larger amounts of USD are not counted to the last one."""


@dataclass(frozen=True, slots=True)
class Amount:
    """Whole units of a currency; ``digits`` are the significant ones, 0 for an amount counted to the last unit."""

    number: int
    currency: str
    digits: int


@cache
def rates() -> dict[int, dict[str, float]]:
    """Return by year how many USD a EUR, AUD and GBP cost, and how many VND and JPY a USD does."""
    return {
        int(row["year"]): {c: float(row[c]) for c in ("VND", "EUR", "JPY", "AUD", "GBP")}
        for row in rows("exchange")
    }


def from_usd(usd: float, currency: str, year: int) -> float:
    """Return an amount of USD in another currency at the year's rate."""
    if currency == "USD":
        return usd
    rate = rates()[year][currency]
    return usd * rate if currency in {"VND", "JPY"} else usd / rate


def to_usd(amount: float, currency: str, year: int) -> float:
    """Return an amount in USD at the year's rate."""
    return amount / from_usd(1.0, currency, year)


def rounded(number: float, currency: str, digits: int) -> int:
    """Return the amount with so many significant digits; 0: to the unit, or to thousands of VND."""
    if digits:
        return significant(number, digits)
    unit = 1000 if currency == "VND" else 1
    return max(1, round(number / unit)) * unit


def draw_amount(rng: Generator, usd: float, group: str, year: int) -> Amount:
    """Return about ``usd`` in a currency of the group, rounded as reports do."""
    currency = weigh(rng, CURRENCIES[group])
    digits = weigh(rng, ((2, 20), (3, 40), (4, 20), (0, 20)))
    if digits == 0 and usd > _FULL_BELOW:
        digits = 4
    return Amount(rounded(from_usd(usd, currency, year), currency, digits), currency, digits)


def draw_second(rng: Generator, amount: Amount, year: int) -> tuple[float, str] | None:
    """Return the same money in VND, or for VND in USD, at the year's rate; mostly None."""
    if not chance(rng, SECOND_SHARE):
        return None
    other = "USD" if amount.currency == "VND" else "VND"
    exact = from_usd(to_usd(amount.number, amount.currency, year), other, year)
    digits = weigh(rng, ((3, 45), (4, 35), (0 if exact < 5_000_000_000 else 4, 20)))
    return float(rounded(exact, other, digits)), other
