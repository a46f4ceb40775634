"""What a person types into a field, understood by the same grammar that reads print: "80,2 triệu USD", "hơn 50 đoàn".

The page shows how it was understood before anything is kept, so a wrong reading is seen. :func:`shown` writes a value in
the form in which it would be typed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import regex

from pipeline.extraction.profile import FieldSpec
from pipeline.extraction.values.dates import find_dates
from pipeline.extraction.values.numbers import Quantity, find_quantities
from pipeline.extraction.values.units import units_agree
from pipeline.review.values import MOST_CHARACTERS, MOST_ITEMS, Value
from pipeline.text import fold, nfc

MOST = Decimal(10) ** 18
"""No report counts so far."""

_PLAIN = regex.compile(r"\d{1,19}")
_ISO = regex.compile(r"\d{4}-\d{2}-\d{2}")
_DAY_FIRST = regex.compile(r"(\d{1,2})[ ./-](\d{1,2})[ ./-](\d{4})")
_AROUND = regex.compile(
    r"(?:hon|gan|khoang|tren|duoi|uoc|uoc dat|dat|xap xi|it nhat|toi thieu|toi da|tro len|tro xuong|ngay|[\s.,;:()])*+"
)
"""What may stand around the number or the date that was meant."""
_BASE_UNIT = {"percent": "%", "length": "km", "rank": "hạng"}
_COUNTED = ("count", "number", "rank")
_KINDS = {
    "count": {"count", "bare"},
    "number": {"count", "bare", "percent"},
    "rank": {"bare"},
    "money": {"money", "bare"},
}
_YES = {"true", "co", "yes", "1", "x"}
_NO = {"false", "khong", "no", "0"}


class NotUnderstoodError(ValueError):
    """What was typed is no value of the field; ``code`` names the message that says so in the person's language."""

    def __init__(self, code: str) -> None:
        """Take the code of the message."""
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Typed:
    """A value, and what makes its reading doubtful ("" when nothing does)."""

    value: Value
    doubt: str = ""


def choices(spec: FieldSpec) -> tuple[str, ...]:
    """Return what a field of choices or a flag may say; its meaning in the profile lists it between bars."""
    if spec.type == "flag":
        return ("true", "false")
    parts = tuple(part.strip() for part in spec.meaning.split("|"))
    return tuple(part for part in parts if part != "none") if len(parts) > 1 else ()


def understand(spec: FieldSpec, text: str, currency: str = "") -> Typed:
    """Return the value of the field ``spec`` that ``text`` gives; money without a currency takes ``currency``.

    Raises NotUnderstoodError.
    """
    text = nfc(text).strip()
    if not text:
        raise NotUnderstoodError("empty")
    if len(text) > MOST_CHARACTERS:
        raise NotUnderstoodError("too_long")
    if spec.is_list:
        items = tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())
        if len(items) > MOST_ITEMS:
            raise NotUnderstoodError("too_long")
        return Typed(Value("reported", items=items))
    text = " ".join(text.split())
    match spec.type:
        case "count" | "money" | "percent" | "length" | "number" | "rank":
            return _number(spec, text, currency)
        case "date":
            return Typed(Value("reported", day=_day(text).isoformat()))
        case "flag":
            folded = fold(text)
            if folded not in _YES | _NO:
                raise NotUnderstoodError("flag")
            return Typed(Value("reported", text="true" if folded in _YES else "false"))
        case "choice" if known := choices(spec):
            found = [choice for choice in known if fold(choice) == fold(text)]
            if not found:
                raise NotUnderstoodError("choice")
            return Typed(Value("reported", text=found[0]))
        case _:
            return Typed(Value("reported", text=text))


def _number(spec: FieldSpec, text: str, currency: str) -> Typed:
    base = Value("reported", unit=_BASE_UNIT.get(spec.type, spec.unit if spec.type in _COUNTED else ""))
    if spec.type == "money":
        base = replace(base, currency=currency)
    if _PLAIN.fullmatch(text):
        return Typed(_with_number(spec, base, Decimal(text)))
    quantity = _sole_quantity(text, spec)
    value = replace(base, qualifier=quantity.qualifier, currency=quantity.currency or base.currency)
    if spec.type == "count" and quantity.unit:
        if spec.unit and not units_agree(quantity.unit, spec.unit):
            raise NotUnderstoodError("unit")
        value = replace(value, unit=spec.unit or quantity.unit)
    return Typed(_with_number(spec, value, quantity.value), quantity.doubt)


def _sole_quantity(text: str, spec: FieldSpec) -> Quantity:
    """Return the one quantity that ``text`` is, first as it stands, then with the field's unit behind it."""
    unit = _BASE_UNIT.get(spec.type, spec.unit if spec.type in _COUNTED else "đồng")
    kinds = _KINDS.get(spec.type, {spec.type})
    for attempt in (text, f"{text} {unit or 'người'}"):
        found = find_quantities(attempt)
        if len(found) != 1 or found[0].kind not in kinds:
            continue
        around = fold(attempt[: found[0].start] + " " + attempt[found[0].unit_end :])
        if _AROUND.fullmatch(around):
            only = found[0]
            # The unit tried on is no word of the person's.
            return only if attempt == text else replace(only, currency="", unit="")
    raise NotUnderstoodError("count" if spec.type in _COUNTED else spec.type)


def _with_number(spec: FieldSpec, value: Value, number: Decimal) -> Value:
    if number >= MOST:
        raise NotUnderstoodError("too_much")
    if spec.type in ("count", "rank") and number != number.to_integral_value():
        raise NotUnderstoodError("whole")
    if spec.type == "money" and not value.currency:
        raise NotUnderstoodError("currency")
    return replace(value, number=format(number, "f"))


def _day(text: str) -> date:
    try:
        if _ISO.fullmatch(text):
            return date.fromisoformat(text)
        if parts := _DAY_FIRST.fullmatch(text):
            return date(int(parts[3]), int(parts[2]), int(parts[1]))
    except ValueError:
        raise NotUnderstoodError("no_such_day") from None
    found = find_dates(text)
    whole = [span for span in found if span.day and span.month and span.year]
    if len(whole) != 1:
        raise NotUnderstoodError("date")
    if not _AROUND.fullmatch(fold(text[: whole[0].start] + " " + text[whole[0].end :])):
        raise NotUnderstoodError("date")
    if whole[0].value is None:
        raise NotUnderstoodError("no_such_day")
    return whole[0].value


_QUALIFIERS = {"exact": "", "about": "khoảng ", "more_than": "hơn ", "less_than": "dưới "}


def shown(value: Value) -> str:
    """Return ``value`` as a person would type it, "" unless it is reported; :func:`understand` gives it back."""
    if value.state != "reported":
        return ""
    if value.items:
        return "\n".join(value.items)
    if value.day:
        return f"{date.fromisoformat(value.day):%d/%m/%Y}"
    if value.number:
        return _QUALIFIERS[value.qualifier] + _grouped(value.number) + _printed_unit(value)
    return value.text


def _printed_unit(value: Value) -> str:
    unit = value.currency or value.unit
    return "" if not unit else unit if unit == "%" else f" {unit}"


def _grouped(number: str) -> str:
    """Return "1234567.5" as 1.234.567,5; four digits stand as they are, a year among them."""
    whole, _, rest = number.partition(".")
    rest = rest.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", ".") if len(whole) > 4 or rest else whole
    return f"{grouped},{rest}" if rest else grouped
