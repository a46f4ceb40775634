"""Exports, imports and turnover that add up, and percentages that agree with last year's figure and the plan's."""

from __future__ import annotations

from dataclasses import replace
from math import floor, log10

from numpy.random import Generator

from samples.generator.facts.chance import about, chance, weigh
from samples.generator.facts.counts import draw_qualifier
from samples.generator.facts.money import CURRENCIES, Amount, draw_second, from_usd
from samples.generator.facts.scale import SCALES, Setting, era
from samples.generator.facts.spans import MONTHS, trade_period
from samples.generator.nouns import Fact, State

_TURNOVER_USD = (800e6, 24e6, 0.9e6, 150e6)
"""Median of a year by scale."""

MONEY = ("trade.turnover", "trade.export", "trade.import")


def draw_trade(rng: Generator, setting: Setting, states: dict[str, State]) -> dict[str, Fact]:
    """Return the facts of foreign trade; ``trade.turnover`` is the main one, or exports where only they are told."""
    states = dict(states)
    if states["trade.turnover"] == "reported" and chance(rng, 0.3):
        states |= {"trade.turnover": "absent", "trade.export": "reported", "trade.import": "absent"}
    numbers, currency = _draw_numbers(rng, setting)
    facts: dict[str, Fact] = {}
    qualifier = draw_qualifier(rng, 0.12)
    for field in MONEY:
        fact = Fact(field, states[field])
        if fact.state == "reported":
            fact = replace(fact, number=numbers[field], currency=currency, qualifier=qualifier)
            if chance(rng, 0.35):
                fact = replace(
                    fact, second=draw_second(rng, Amount(numbers[field], currency, 0), setting.span.year)
                )
        facts[field] = fact
    main = next((f for f in ("trade.turnover", "trade.export") if facts[f].state == "reported"), None)
    for field, decoy in (("trade.vs_last_year", "last"), ("trade.vs_plan", "plan")):
        state = states[field]
        if state == "reported" and main is None:
            state = "absent"
        if main is not None and (state == "reported" or chance(rng, 0.5)):
            base, per_cent = _compare(rng, int(facts[main].number or 0), decoy)
            facts[main] = (
                replace(facts[main], last=base) if decoy == "last" else replace(facts[main], plan=base)
            )
            if state == "reported":
                facts[field] = Fact(field, state, number=per_cent, unit="%")
                continue
        facts[field] = Fact(field, state)
    if main is not None and chance(rng, 0.5):
        number = int(facts[main].number or 0)
        facts[main] = replace(facts[main], running=_coarse(number * (1.2 + 2 * rng.random()), number))
    period = states["trade.period"] if main is not None or states["trade.period"] != "reported" else "absent"
    text = trade_period(rng, setting.span, setting.issued_on) if period == "reported" else None
    facts["trade.period"] = Fact("trade.period", period, text=text)
    return facts


def _draw_numbers(rng: Generator, setting: Setting) -> tuple[dict[str, int], str]:
    year = setting.span.year
    usd = about(rng, _TURNOVER_USD[SCALES.index(setting.scale)] * era(year) ** 2, 1.1)
    currency = weigh(rng, CURRENCIES["trade"])
    amount = from_usd(usd * MONTHS[setting.span.period] / 12, currency, year)
    unit = 10 ** max(0, floor(log10(amount)) - weigh(rng, ((2, 50), (3, 40), (5, 10))))
    whole = max(2, round(amount / unit))
    exported = min(whole - 1, max(1, round(whole * (0.25 + 0.7 * rng.random()))))
    counted = (whole, exported, whole - exported)
    return {field: count * unit for field, count in zip(MONEY, counted, strict=True)}, currency


def _compare(rng: Generator, number: int, decoy: str) -> tuple[int, float | int]:
    """Return a figure to compare with and the percentage that ``number`` is of it, as rounded in print."""
    ratio = max(
        0.55, min(2.4, about(rng, 1.09 if decoy == "last" else 0.98, 0.14 if decoy == "last" else 0.12))
    )
    base = _coarse(number / ratio, number)
    digits = weigh(rng, ((1, 70), (0, 18), (2, 12)))
    per_cent = round(100 * number / base, digits)
    if per_cent == 100:
        base = _coarse(number / 1.125, number)
        per_cent = round(100 * number / base, digits)
    return base, int(per_cent) if per_cent == int(per_cent) else per_cent


def _coarse(amount: float, model: int) -> int:
    """Return the amount on the decimal unit on which ``model`` stands, but with three digits at least."""
    digits = max(3, len(str(model).rstrip("0")))
    unit = int(10 ** max(0, floor(log10(max(amount, 1))) - digits + 1))
    whole = max(1, round(amount / unit)) * unit
    return whole + unit if whole == model else whole
