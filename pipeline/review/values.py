"""A value as a person gives it: one state with what it holds, ready for JSON and for the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import regex

from pipeline.document import Qualifier, State


@dataclass(frozen=True)
class Value:
    """What a field says: its state and, when ``reported``, one of number, text, day or the items of a list.

    ``number`` is a plain decimal in units, as text: JSON's floats would lose what was typed. ``day`` is an ISO date.
    """

    state: State
    number: str = ""
    text: str = ""
    day: str = ""
    items: tuple[str, ...] = ()
    unit: str = ""
    currency: str = ""
    qualifier: Qualifier = "exact"

    def to_json(self) -> dict[str, Any]:
        """Return the value as JSON, without what is empty."""
        full = {**asdict(self), "items": list(self.items)}
        return {name: held for name, held in full.items() if held and (name, held) != ("qualifier", "exact")}

    @property
    def decimal(self) -> Decimal | None:
        """The number, or None."""
        return Decimal(self.number) if self.number else None

    @property
    def iso_day(self) -> date | None:
        """The day, or None."""
        return date.fromisoformat(self.day) if self.day else None


_PLAIN_NUMBER = regex.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,15})?")
"""Digits as they stand: 1E+999999999 is short to send, and fills the memory when it is written out."""
_TEXTS = ("number", "text", "day", "unit", "currency")
MOST_CHARACTERS = 20_000
"""Longer than any list of recipients; a bound for what a browser may send."""
MOST_ITEMS = 500


def value_from_json(held: Mapping[str, Any]) -> Value:
    """Return the value that :meth:`Value.to_json` described. Raises ValueError for anything else."""
    try:
        odd = set(held) - {"state", "items", "qualifier", *_TEXTS}
        texts = {name: held.get(name, "") for name in _TEXTS}
        items = tuple(held.get("items", ()))
        state, qualifier = held["state"], held.get("qualifier", "exact")
        every = (*texts.values(), *items)
        if odd or state not in get_args(State) or qualifier not in get_args(Qualifier):
            raise ValueError("unknown part, state or qualifier")
        if not all(isinstance(text, str) for text in every) or len(items) > MOST_ITEMS:
            raise ValueError("a value holds texts only")
        if sum(map(len, every)) > MOST_CHARACTERS:
            raise ValueError("the value is too long")
        value = Value(state, items=items, qualifier=qualifier, **texts)
        if value.number and not _PLAIN_NUMBER.fullmatch(value.number):
            raise ValueError("the number is no plain decimal")
        if value.state != "reported" and (any(every) or value.qualifier != "exact"):
            raise ValueError("only a reported value holds something")
        _ = value.iso_day
        return value
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("this is no value") from error


def value_of_rows(rows: Sequence[Mapping[str, Any]], *, is_list: bool) -> Value:
    """Return the rows of one field in the table ``fields``, of which there is at least one, as one value."""
    first = rows[0]
    state = first["state"]
    if state != "reported":
        return Value(state)
    if is_list:
        return Value(state, items=tuple(row["value_text"] for row in rows if row["value_text"]))
    number = first["value_number"]
    return Value(
        state,
        number="" if number is None else format(_decimal(number), "f"),
        text=first["value_text"] or "",
        day=first["value_date"].isoformat() if first["value_date"] else "",
        unit=first["unit"] or "",
        currency=first["currency"] or "",
        qualifier=first["qualifier"] or "exact",
    )


def figure_value(unit: str, number: float, currency: str) -> Value:
    """Return a reported figure in ``unit`` (empty for money) as a value."""
    return Value("reported", number=format(_decimal(number), "f"), unit=unit, currency=currency)


def _decimal(number: float) -> Decimal:
    return Decimal(int(number)) if float(number).is_integer() else Decimal(repr(float(number)))
