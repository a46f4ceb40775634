"""The normal form of an entity: what two mentions of one thing have in common, whatever their spelling.

| label | normal form |
|---|---|
| COUNTRY | name and ISO 3166 code: ``Lào [LA]`` |
| PLACE | kind and name of the unit, its code: ``huyện Nga Sơn [393]``; a place that is in no gazetteer, as printed |
| ORG, POST | written out, the code of the unit that it names: ``Ủy ban nhân dân huyện Nga Sơn [393]`` |
| DATE | ``2019-11-05`` |
| PERIOD | ``2019``, ``2019-H1``, ``2019-Q3``, ``2019-05``, ``2019-01/2019-09``, ``2019-11-05/2019-11-09`` |
| MONEY | ``2500000 USD`` |
| QUANTITY | ``5 đoàn``, ``8.5 %`` |
| LEGAL_DOC | type, number and symbol: ``Quyết định 206/QĐ-UBND`` |

A unit that did not exist on the report's day says so behind its code: ``tỉnh Hà Tây [28, đến 2008-07-31]``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import regex

from pipeline.extraction.stays import find_stay
from pipeline.extraction.values.dates import Period, find_dates, find_periods
from pipeline.extraction.values.numbers import find_quantities
from pipeline.gazetteers.countries import VIETNAM, country
from pipeline.gazetteers.organisations import canonical_organisation, expand_abbreviations
from pipeline.gazetteers.unit_spans import UnitSpan, find_units
from pipeline.gazetteers.units import Unit, is_valid_on
from pipeline.text import squeeze

_NUMBERED = regex.compile(r"\s?(?<!\p{L})[Ss]ố\s?:?\s?(?=\d)")
_YEARS = regex.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-–]\s?((?:19|20)\d\d)(?!\d)")


@lru_cache(maxsize=50_000)
def normal_form(label: str, text: str, day: date | None, province: str = "") -> str:
    """Return the normal form of an entity of a report of ``day``; the printed words where there is no better one.

    ``province`` is the code of the report's own province: of several units of one name the one there is meant.
    """
    printed = squeeze(text)
    match label:
        case "COUNTRY":
            return _country(printed)
        case "PLACE":
            return _place(printed, day, province)
        case "ORG" | "POST":
            return _body(printed, label, day, province)
        case "DATE":
            found = next((one.value for one in find_dates(printed) if one.value), None)
            return found.isoformat() if found else printed
        case "PERIOD":
            return _period(printed)
        case "MONEY" | "QUANTITY":
            return _amount(printed)
        case "LEGAL_DOC":
            return _NUMBERED.sub(" ", printed, count=1)
    return printed


def _country(printed: str) -> str:
    name = regex.sub(r"\s?\((?:Trung Quốc|TQ)\)$", "", printed)
    if name.casefold() == "việt nam":
        return f"Việt Nam [{VIETNAM}]"
    found = country(name)
    return f"{found.name} [{found.code}]" if found else printed


def _place(printed: str, day: date | None, province: str) -> str:
    for span in find_units(printed, day):
        if span.start == 0 and span.end == len(printed):
            unit = _meant(span, province)
            if unit is not None:
                named = f"{span.printed_kind} {unit.name}" if span.printed_kind else unit.full_name
                return f"{named} [{_code(unit, day)}]"
    return printed


def _body(printed: str, label: str, day: date | None, province: str) -> str:
    name = canonical_organisation(printed, day) if label == "ORG" else squeeze(expand_abbreviations(printed))
    units = find_units(name, day)
    unit = _meant(units[-1], province) if units and units[-1].end == len(name) else None
    return f"{name} [{_code(unit, day)}]" if unit else name


def _meant(span: UnitSpan, province: str) -> Unit | None:
    """Return the unit that is meant; None where the name alone leaves several."""
    if not span.ambiguous or span.unit.level == "province":
        return span.unit
    own = [unit for unit in span.candidates if unit.province_code == province]
    return own[0] if len(own) == 1 else None


def _code(unit: Unit, day: date | None) -> str:
    if day is None or is_valid_on(unit, day):
        return unit.code
    if unit.valid_to is not None and day > unit.valid_to:
        return f"{unit.code}, đến {unit.valid_to.isoformat()}"
    return f"{unit.code}, từ {unit.valid_from.isoformat()}" if unit.valid_from else unit.code


def _period(printed: str) -> str:
    if years := _YEARS.search(printed):
        return f"{years[1]}/{years[2]}"
    stay = find_stay(printed, None)
    if stay.started_on and stay.ended_on and stay.started_on != stay.ended_on:
        return f"{stay.started_on.isoformat()}/{stay.ended_on.isoformat()}"
    return next(filter(None, map(_named_period, find_periods(printed))), printed)


def _named_period(period: Period) -> str:
    if period.year is None:
        return ""
    match period.kind:
        case "year":
            return f"{period.year}"
        case "half":
            return f"{period.year}-H{period.index}"
        case "quarter":
            return f"{period.year}-Q{period.index}" if period.index else ""
        case "month":
            return f"{period.year}-{period.index:02d}" if period.index else ""
        case "nine_months":
            return f"{period.year}-01/{period.year}-09"
    return f"{period.year}-01/{period.year}-{period.index:02d}" if period.index else ""


def _amount(printed: str) -> str:
    found: Sequence[str] = [
        f"{one.value:f} {one.currency or one.unit}".strip() for one in find_quantities(printed)[:1]
    ]
    return found[0] if found else printed
