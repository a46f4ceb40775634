"""Truth files: what a document says, one JSON a document, named like the scan."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from pathlib import Path, PurePath
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.document import State
from pipeline.errors import UsageError
from pipeline.text import nfc

SHARED_NAME = "truth"
"""A truth file of this name speaks for every scan that lies in a folder named like its ``id``."""


class Value(BaseModel):
    """One value that would be right; exactly one of number, text, date and items is given."""

    model_config = ConfigDict(frozen=True)

    value_number: float | None = None
    value_text: str | None = None
    value_date: date | None = None
    items: tuple[str, ...] | None = None
    currency: str | None = None


class TruthField(Value):
    """What a document says of one field, and what else would be right."""

    state: State
    acceptable: tuple[Any, ...] = ()
    acceptable_states: tuple[State, ...] = ()

    @cached_property
    def values_allowed(self) -> tuple[Value, ...]:
        """All values that are right, the truth first; empty when the truth names none."""
        own = Value(
            value_number=self.value_number,
            value_text=self.value_text,
            value_date=self.value_date,
            items=self.items,
            currency=self.currency,
        )
        named = own != Value(currency=self.currency)
        return (*([own] if named else []), *(self._alternative(other) for other in self.acceptable))

    def _alternative(self, other: object) -> Value:
        match other:
            case dict():
                return Value.model_validate(other)
            case bool():
                return Value(value_text=str(other).lower())
            case int() | float():
                return Value(value_number=other, currency=self.currency)
            case list():
                return Value(items=tuple(map(str, other)))
            case _ if self.items is not None:
                return Value(items=(str(other),))
            case _ if self.value_date is not None:
                return Value.model_validate({"value_date": other})
            case _:
                return Value(value_text=str(other))


class TruthReference(BaseModel):
    """A legal document cited; an ``optional`` one counts neither way."""

    number: str | int | None = None
    symbol: str | None = None
    optional: bool = False


class TruthDelegation(BaseModel):
    """A delegation described; an ``optional`` one counts neither way."""

    direction: str
    people: int | None = None
    countries: tuple[str, ...] = ()
    optional: bool = False


class Truth(BaseModel):
    """The truth of one document. What is None was not written down, and is not judged."""

    name: str
    id: str = ""
    doc_id: str = ""
    """The SHA-256 of the scan, where the truth is of these very bytes, whatever the scan's name is now."""
    folder: Path
    fields: dict[str, TruthField]
    handwritten: frozenset[str] = frozenset()
    references: tuple[TruthReference, ...] | None = None
    delegations: tuple[TruthDelegation, ...] | None = None
    sections: tuple[tuple[str | None, str, int | None], ...] | None = None
    page_text: dict[int, str] = Field(default_factory=dict)

    def is_of(self, doc_id: str, paths: Sequence[str]) -> bool:
        """Return whether this is the truth of the document ``doc_id``, which lies at ``paths``."""
        return self.doc_id == doc_id if self.doc_id else any(map(self.speaks_of, paths))

    def speaks_of(self, path: str) -> bool:
        """Return whether this is the truth of the scan at ``path``, by their names."""
        if self.name == SHARED_NAME and self.id:
            return nfc(PurePath(path).parent.name) == nfc(self.id)
        return nfc(PurePath(path).stem) == nfc(self.name)

    def text_of(self, page: int) -> str:
        """Return the true text of ``page``; raises UsageError when its file cannot be read."""
        path = self.folder / self.page_text[page]
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{path}: the text of page {page} cannot be read: {error}") from error


def load_truths(folder: Path) -> list[Truth]:
    """Return the truths in ``folder`` by name; JSON files without ``fields`` are something else and left alone.

    Raises UsageError naming the file that is no truth, or the folder when it holds none.
    """
    truths = []
    for path in sorted(folder.glob("*.json")):
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            if isinstance(content, dict) and "fields" in content:
                truth = Truth.model_validate({**content, "name": path.stem, "folder": folder})
                for field in truth.fields.values():
                    _ = field.values_allowed  # a bad alternative shows here, with the file's name
                truths.append(truth)
        except (OSError, ValueError, ValidationError) as error:
            raise UsageError(f"{path} is no truth file: {error}") from error
    if not truths:
        raise UsageError(f"{folder} holds no truth files (NAME.json, named like the scans)")
    return truths
