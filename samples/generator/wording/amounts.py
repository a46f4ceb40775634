"""Amounts of money as printed; a form is used only if it gives the amount back exactly."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from samples.generator.wording.figures import Number, Printed, confusing, decimals, exact, figure
from samples.generator.wording.habits import Habits

_CURRENCIES: dict[str, dict[str, int]] = {
    "USD": {"USD": 88, "đô la Mỹ": 8, "đôla Mỹ": 4},
    "VND": {"đồng": 88, "VNĐ": 8, "VND": 4},
    "EUR": {"EUR": 55, "euro": 30, "Euro": 15},
    "JPY": {"yên Nhật": 50, "JPY": 30, "yên": 20},
    "AUD": {"AUD": 60, "đô la Úc": 40},
    "GBP": {"bảng Anh": 60, "GBP": 40},
    "CNY": {"Nhân dân tệ": 60, "CNY": 40},
    "KRW": {"won": 60, "KRW": 40},
    "CHF": {"CHF": 60, "franc Thụy Sĩ": 40},
}
_MILLION, _BILLION = Decimal(10**6), Decimal(10**9)
_DECIMALS = 3
_LINKS = (
    " (tương đương {})",
    " (khoảng {})",
    ", tương đương {}",
    " (tương đương khoảng {})",
    " (tương đương với {})",
)


def money(
    number: Number,
    currency: str,
    second: tuple[float, str] | None,
    habits: Habits,
    rng: np.random.Generator,
    qualifier: str = "",
) -> Printed:
    """Return ``number`` units of ``currency`` (ISO code), and ``second`` behind it if there is one.

    ``qualifier`` is the word before it ("hơn"), if any. Codes that are not known are printed as they are.
    """
    core = amount(number, currency, habits, rng)
    text = f"{qualifier} {core}" if qualifier else core
    if second is None:
        return Printed(text, core)
    other = amount(*second, habits, rng)
    return Printed(text + _LINKS[int(rng.integers(len(_LINKS)))].format(other), core, other)


def amount(number: Number, currency: str, habits: Habits, rng: np.random.Generator) -> str:
    """Return one amount: "80,2 triệu USD", "1.104.469 USD", "2 tỷ 350 triệu đồng"."""
    forms = _forms(exact(number), currency, habits)
    weights = np.array(list(forms.values()), dtype=float)
    form = list(forms)[int(rng.choice(len(forms), p=weights / weights.sum()))]
    names = _CURRENCIES.get(currency, {currency: 1})
    chances = np.array(list(names.values()), dtype=float)
    name = list(names)[int(rng.choice(len(names), p=chances / chances.sum()))]
    return f"{form} {name}"


def _forms(value: Decimal, currency: str, habits: Habits) -> dict[str, float]:
    """Return the forms that are exact, with how usual each is."""
    forms = {figure(value, habits): 0.25 if value < _BILLION * 10 else 0.08}
    scales = [(_BILLION, habits.billion), (_MILLION, "triệu")]
    if currency != "VND":
        scales.append((Decimal(1000), habits.thousand))
    for scale, name in scales:
        scaled = value / scale
        places = decimals(scaled)
        if scaled < 1 or places > _DECIMALS or (places == _DECIMALS and confusing(habits)):
            continue
        usual = 0.02 if scaled >= 100_000 or name == habits.thousand else 0.2 if scaled >= 1000 else 1.0
        forms[f"{figure(scaled, habits)} {name}"] = usual
    billions, rest = divmod(value, _BILLION)
    if currency == "VND" and 0 < billions < 1000 and rest and rest % _MILLION == 0:
        forms[f"{figure(billions, habits)} {habits.billion} {figure(rest / _MILLION, habits)} triệu"] = 0.3
    return forms
