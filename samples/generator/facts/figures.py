"""All figures of a report, drawn together so that they agree with each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from numpy.random import Generator

from samples.generator.facts.border import draw_border
from samples.generator.facts.chance import about, between, chance, weigh
from samples.generator.facts.countries import draw_destinations
from samples.generator.facts.counts import count_fact, draw_qualifier, other_than, with_decoys
from samples.generator.facts.money import Amount, draw_amount, draw_second, rounded
from samples.generator.facts.places import region_of
from samples.generator.facts.scale import COUNTS, PER_PERSON, SCALES, Setting, era, expected
from samples.generator.facts.spans import MONTHS
from samples.generator.facts.states import draw_states
from samples.generator.facts.trade import draw_trade
from samples.generator.nouns import Fact

PEOPLE = {
    "outbound.people": "outbound.delegations",
    "inbound.people": "inbound.delegations",
    "press.reporters": "press.delegations",
}
PEOPLE_UNITS = {
    "outbound.people": ("lượt người", "người"),
    "inbound.people": ("lượt người", "người", "lượt khách"),
}
_VALUES_USD = {"oda.value": (2.4e6, 1.1e6, 0.25e6, 1.2e6), "ngo.value": (90e3, 55e3, 18e3, 90e3)}
"""Of one project, by scale."""
_FDI_USD = (8e6, 6e6, 2e6, 7e6)
_REMITTANCES_USD = (60e6, 4e6, 0.5e6, 8e6)
_BULLETS = {
    "context.difficulties": (2, 5),
    "issues.difficulties": (2, 5),
    "issues.causes": (1, 4),
    "plan.items": (3, 8),
    "recommendations.items": (1, 5),
}
_BULLETS_OF_COMMUNES = {
    "context.difficulties": (1, 2),
    "issues.difficulties": (1, 3),
    "issues.causes": (1, 2),
    "plan.items": (2, 5),
    "recommendations.items": (1, 3),
}
_ZEROS = {
    "protection.arrested": 0.12,
    "protection.deaths": 0.12,
    "diaspora.complaints": 0.08,
    "press.delegations": 0.02,
}
"""How often a reported count is a printed 0; of the others one in a hundred."""
_NO_ZERO = {"outbound.delegations", "inbound.delegations"}
Trend = Literal["up", "down", "same"]


def draw_figures(rng: Generator, setting: Setting, totals: Mapping[str, int]) -> dict[str, Fact]:
    """Return the facts of all topics; ``totals`` are figures already fixed by an annex of delegations."""
    states = draw_states(rng, setting.scale)
    states |= dict.fromkeys(totals, "reported")
    facts = {field: Fact(field, state) for field, state in states.items()}
    for field in COUNTS:
        if states[field] == "reported":
            facts[field] = _main_count(rng, setting, field, totals)
    for field, of in PEOPLE.items():
        if states[field] == "reported":
            facts[field] = _people(rng, setting, field, facts[of], totals)
    facts |= _managed(rng, facts)
    facts |= _protection(rng, setting, facts)
    facts |= _aid(rng, setting, facts)
    facts |= draw_trade(rng, setting, {f: s for f, s in states.items() if f.startswith("trade.")})
    facts |= _diaspora(rng, setting, facts)
    facts |= draw_border(rng, setting)
    bullets = _BULLETS_OF_COMMUNES if setting.scale == "commune" else _BULLETS
    for field, (low, high) in bullets.items():
        if states[field] == "reported":
            facts[field] = replace(facts[field], number=between(rng, low, high))
    return facts


def _main_count(rng: Generator, setting: Setting, field: str, totals: Mapping[str, int]) -> Fact:
    rate = COUNTS[field]
    if field in totals:
        fact = Fact(field, "reported", number=totals[field], unit=rate.unit[0])
    elif field not in _NO_ZERO and chance(rng, _ZEROS.get(field, 0.01)):
        fact = Fact(field, "reported", number=0, unit=rate.unit[0])
    else:
        fact = count_fact(rng, field, rate.unit, about(rng, expected(setting, rate), rate.sigma))
    return with_decoys(rng, fact, setting.span)


def _people(rng: Generator, setting: Setting, field: str, of: Fact, totals: Mapping[str, int]) -> Fact:
    """People in the delegations ``of``: as many at least, this year, last year and in the plan."""
    units = PEOPLE_UNITS.get(field, ("người",))
    groups = int(of.number or 0)
    median, sigma = PER_PERSON[field]
    if field in totals:
        fact = Fact(field, "reported", number=totals[field], unit=units[0])
    elif groups == 0:
        return Fact(field, "reported", number=0, unit=units[0])
    else:
        fact = count_fact(rng, field, units, groups * max(1.0, about(rng, median, sigma)), least=groups)
    fact = with_decoys(rng, fact, setting.span)
    number = int(fact.number or 0)
    raised: dict[str, Any] = {
        decoy: other_than(number, max(value, getattr(of, decoy) or 0))
        for decoy in ("last", "plan", "running")
        if (value := getattr(fact, decoy)) is not None
    }
    return replace(fact, **raised)


def _managed(rng: Generator, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Trips of officials whom the Party's standing committee manages: a part of all."""
    field = "outbound.managed_officials"
    if facts[field].state != "reported":
        return {}
    people = int(facts["outbound.people"].number or facts["outbound.delegations"].number or 0)
    number = max(1, round(people * (0.04 + 0.25 * rng.random())))
    return {field: Fact(field, "reported", number=number, unit="lượt người")}


def _protection(rng: Generator, setting: Setting, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Arrested people are among those working abroad illegally; the cases count all that is told, and more."""
    workers = facts["protection.illegal_workers"]
    scale = {"province": 1.0, "district": 0.35, "commune": 0.1, "office": 0.2}[setting.scale]
    share = max(0.2, MONTHS[setting.span.period] / 12)
    done: dict[str, Fact] = {}
    for field, median, unit in (("arrested", 16, "trường hợp"), ("deaths", 11, "trường hợp")):
        name = f"protection.{field}"
        if facts[name].state == "reported":
            most = int(workers.number or 0) if field == "arrested" and workers.state == "reported" else None
            number = 0 if chance(rng, _ZEROS[name]) else round(about(rng, median * scale * share, 0.8))
            number = max(number, 0) if most is None else min(number, most)
            done[name] = with_decoys(rng, Fact(name, "reported", number=number, unit=unit), setting.span)
    name = "protection.cases"
    if facts[name].state == "reported":
        told = sum(int(fact.number or 0) for fact in done.values())
        number = max(1, told) + (0 if chance(rng, 0.3) else round(about(rng, 6 * scale, 0.7)))
        unit = weigh(rng, (("vụ việc", 5), ("vụ", 3), ("trường hợp", 2)))
        done[name] = with_decoys(rng, Fact(name, "reported", number=number, unit=unit), setting.span)
    name = "protection.destinations"
    if facts[name].state == "reported":
        if workers.number == 0:
            done[name] = Fact(name, "absent")
        else:
            done[name] = Fact(name, "reported", items=draw_destinations(rng, _region(setting)))
    return done


def _region(setting: Setting) -> str:
    return region_of(setting.office.province.name)


def _money(rng: Generator, field: str, usd: float, setting: Setting) -> Fact:
    """Return a reported amount, sometimes qualified, sometimes in a second currency, with last year's and the plan's."""
    group = field.split(".", maxsplit=1)[0]
    year = setting.span.year
    return _around(rng, field, draw_amount(rng, usd, group, year), setting)


def _around(rng: Generator, field: str, amount: Amount, setting: Setting) -> Fact:
    number, digits = amount.number, amount.digits or 4
    qualifier = draw_qualifier(rng, 0.18) if amount.digits in {2, 3} else "exact"

    def beside(ratio: float) -> int:
        near = rounded(number * ratio, amount.currency, digits)
        return near if near != number else rounded(number * ratio * 1.25, amount.currency, digits)

    fact = Fact(field, "reported", number=number, currency=amount.currency, qualifier=qualifier)
    return replace(
        fact,
        second=draw_second(rng, amount, setting.span.year),
        last=beside(about(rng, 0.92, 0.3)) if chance(rng, 0.6) else None,
        plan=beside(about(rng, 1.1, 0.2)) if chance(rng, 0.4) else None,
        running=max(beside(1.3 + 2 * rng.random()), number + 1) if chance(rng, 0.6) else None,
    )


def _aid(rng: Generator, setting: Setting, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Values follow the number of projects; no more is disbursed than was promised."""
    done: dict[str, Fact] = {}
    column = SCALES.index(setting.scale)
    for field, medians in (*_VALUES_USD.items(), ("fdi.value", _FDI_USD)):
        if facts[field].state != "reported":
            continue
        projects = facts[f"{field.split('.', maxsplit=1)[0]}.projects"]
        if projects.number == 0:
            done[field] = Fact(field, "absent")
            continue
        usd = about(rng, medians[column] * era(setting.span.year), 0.7) * float(projects.number or 1)
        done[field] = _money(rng, field, usd, setting)
    field = "ngo.disbursed"
    if facts[field].state == "reported":
        value = done.get("ngo.value", facts["ngo.value"])
        if facts["ngo.projects"].number == 0:
            done[field] = Fact(field, "absent")
        elif value.state == "reported":
            done[field] = _disbursed(rng, value, setting)
        else:
            usd = (
                about(rng, _VALUES_USD["ngo.value"][column], 0.7)
                * float(facts["ngo.projects"].number or 1)
                * 0.6
            )
            done[field] = _money(rng, field, usd, setting)
    return done


def _disbursed(rng: Generator, value: Fact, setting: Setting) -> Fact:
    digits = weigh(rng, ((2, 25), (3, 45), (0, 30)))
    share = 1.0 if chance(rng, 0.05) else 0.25 + 0.72 * rng.random()
    promised = int(value.number or 0)
    number = promised if share == 1.0 else min(promised, rounded(promised * share, value.currency, digits))
    return _around(rng, "ngo.disbursed", Amount(number, value.currency, digits), setting)


def _diaspora(rng: Generator, setting: Setting, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """The trend of visits agrees with last year's number; remittances grow with the unit."""
    done: dict[str, Fact] = {}
    visitors, trend = facts["diaspora.visitors"], facts["diaspora.trend"]
    if trend.state == "reported":
        number = int(visitors.number or 0)
        direction: Trend = weigh(rng, (("up", 55), ("down", 33), ("same", 12 if number >= 40 else 0)))
        if number == 0:
            direction = "down"
        ratio = {
            "up": 0.6 + 0.35 * rng.random(),
            "down": 1.06 + 0.5 * rng.random(),
            "same": 0.98 + 0.03 * rng.random(),
        }
        last = round(number * ratio[direction])
        if direction != "same":
            last = max(0, min(last, number - 1)) if direction == "up" else max(last, number + 1)
        elif last == number:
            last += 1
        done["diaspora.trend"] = replace(trend, text=direction)
        done["diaspora.visitors"] = replace(visitors, last=last if last > 0 else None)
    if facts["diaspora.remittances"].state == "reported":
        median = _REMITTANCES_USD[SCALES.index(setting.scale)] * era(setting.span.year)
        usd = about(rng, median * MONTHS[setting.span.period] / 12, 1.0)
        done["diaspora.remittances"] = _money(rng, "diaspora.remittances", usd, setting)
    if facts["diaspora.purpose"].state == "reported" and visitors.number == 0:
        done["diaspora.purpose"] = Fact("diaspora.purpose", "absent")
    return done
