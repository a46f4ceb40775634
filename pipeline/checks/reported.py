"""What the checks ask of an extraction: reported figures, their fields' names, and how figures are quoted."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from pipeline.document import Extraction, FieldValue, Passage


def reported(extraction: Extraction, name: str) -> FieldValue | None:
    """Return the row of the field ``name`` when a number is reported there, else None."""
    row = extraction.first(name)
    return row if row and row.state == "reported" and row.value_number is not None else None


def told(extraction: Extraction, name: str) -> FieldValue | None:
    """Return the row of ``name`` when its number is reported or denied ("Không" is 0), else None."""
    row = extraction.first(name)
    return row if row and row.state in ("reported", "none") and row.value_number is not None else None


def number_of(row: FieldValue) -> Decimal:
    """Return the number of a row that has one."""
    assert row.value_number is not None
    return row.value_number


def page_of(row: FieldValue | None) -> int | None:
    """Return the page on which a value was read."""
    if row is None:
        return None
    return row.evidence.page if row.evidence else row.page


def spoken(row: FieldValue) -> tuple[str, str]:
    """Return a figure with its unit or currency for a Vietnamese and an English sentence: ("1.221 đoàn", "1,221 đoàn")."""
    return figure(number_of(row), row.currency or row.unit)


def figure(number: Decimal, unit: str = "") -> tuple[str, str]:
    """Return ``number`` with its marks for a Vietnamese and an English sentence, and the unit behind it."""
    plain = f"{number:,f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    vietnamese = plain.translate(str.maketrans(",.", ".,"))
    name_vi, name_en = {"VND": ("đồng", "VND"), "%": ("%", "%")}.get(unit, (unit, unit))
    return f"{vietnamese} {name_vi}".strip(), f"{plain} {name_en}".strip()


def fields_on(extraction: Extraction, passage: Passage) -> tuple[str, ...]:
    """Return the fields whose value was read from words of ``passage``, in the order of the extraction."""
    places = {(word.page, word.box) for word in passage.words}
    found = [
        row.field
        for row in extraction.fields
        if row.evidence and any((word.page, word.box) in places for word in row.evidence.words)
    ]
    return tuple(dict.fromkeys(found))


def quoted(text: str, longest: int = 140) -> str:
    """Return ``text`` for a message, cut at a word where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + " …"


def joined(parts: Iterable[str], sign: str = " + ") -> str:
    """Return figures as the sum that they are."""
    return sign.join(parts)
