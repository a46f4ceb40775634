"""What administrative documents print around their body: document types, posts, prefixes (data, not rules).

The data live in ``pipeline/profiles/letterhead.yaml`` and are shared by layout, which finds the zones, and by
:mod:`pipeline.extraction`, which reads them.
"""

from __future__ import annotations

from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict
from rapidfuzz.distance import Levenshtein

from pipeline.text import fold


class DocumentType(BaseModel):
    """A printed document type with the abbreviations that stand for it in the symbol."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    abbreviations: tuple[str, ...]


class Conventions(BaseModel):
    """The content of ``letterhead.yaml``; see the comments there."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    version: int
    types: tuple[DocumentType, ...]
    symbol_parts: tuple[str, ...]
    authority_prefixes: dict[str, tuple[str, ...]]
    posts: tuple[str, ...]
    deputies: dict[str, str]
    collectives: tuple[str, ...]
    secrecy: dict[str, str]
    urgency: dict[str, str]
    issuer_abbreviations: dict[str, str]
    issuer_heads: tuple[str, ...]
    issuer_spelling: tuple[str, ...]
    admin_units: tuple[str, ...]
    party_committees: tuple[str, ...]
    name_titles: tuple[str, ...]
    surnames: tuple[str, ...]

    @cached_property
    def type_names(self) -> dict[str, str]:
        """Folded letters of a type (no spaces) → decree name."""
        return {letters(entry.name): entry.name for entry in self.types}

    @cached_property
    def marks(self) -> dict[str, Literal["secrecy", "urgency"]]:
        """Folded letters of a mark → its kind."""
        urgent: dict[str, Literal["secrecy", "urgency"]] = {letters(key): "urgency" for key in self.urgency}
        return {**urgent, **{letters(key): "secrecy" for key in self.secrecy}}

    @cached_property
    def folded_surnames(self) -> dict[str, tuple[str, ...]]:
        """Folded surname → the surnames that have these letters."""
        alike: dict[str, tuple[str, ...]] = {}
        for surname in self.surnames:
            alike[fold(surname)] = (*alike.get(fold(surname), ()), surname)
        return alike

    @cached_property
    def powers(self) -> tuple[str, ...]:
        """Folded posts and collectives: who signs."""
        return tuple(self.folded_powers)

    @cached_property
    def folded_powers(self) -> dict[str, str]:
        """Folded post or collective → as printed."""
        return {fold(head): head for head in (*self.posts, *self.collectives)}

    @cached_property
    def folded_posts(self) -> dict[str, str]:
        """Folded post → post as printed."""
        return {fold(post): post for post in self.posts}


@cache
def conventions() -> Conventions:
    """Return the conventions that ship with the package."""
    text = files("pipeline.profiles").joinpath("letterhead.yaml").read_text(encoding="utf-8")
    return Conventions.model_validate(yaml.safe_load(text))


def letters(text: str) -> str:
    """Return the folded letters and digits of ``text`` alone: ``B Á O  CÁO`` and ``BÁO CÁO`` become one."""
    return "".join(filter(str.isalnum, fold(text)))


def nearest(text: str, choices: dict[str, str], share: float = 0.2) -> str | None:
    """Return the value of the key of ``choices`` nearest to ``text``, or None.

    At most ``share`` of the longer text's letters may differ; short keys must therefore match exactly.
    """
    if text in choices:
        return choices[text]
    best, best_distance = None, 99
    longest = len(text) / (1 - share) + 1
    for key, value in choices.items():
        if len(key) > longest:
            continue
        limit = int(share * max(len(key), len(text)))
        if abs(len(key) - len(text)) > limit:
            continue
        distance = Levenshtein.distance(text, key, score_cutoff=limit)
        if distance <= limit and distance < best_distance:
            best, best_distance = value, distance
    return best


def upper_share(text: str) -> float:
    """Return the share (0..1) of the letters of ``text`` that are capitals; 0 without letters."""
    cased = "".join(filter(str.isalpha, text))
    if cased.islower():
        return 0.0
    return sum(map(str.isupper, cased)) / len(cased) if cased else 0.0


def type_of(text: str) -> tuple[str, int] | None:
    """Return (decree name, number of words used) when ``text`` is or opens with a printed document type.

    ``BÁO CÁO`` and ``BÁO CÁO KẾT QUẢ …`` in capitals match, a running ``Báo cáo kết quả`` does not. A few misread
    letters are forgiven in types of six letters or more.
    """
    words = text.split()
    if not words:
        return None
    names = conventions().type_names
    whole = nearest(letters(text), names, share=0.17) if words[0][:1].isupper() else None
    if whole is not None:
        return whole, len(words)
    if upper_share(text) < 0.8:
        return None
    for count in range(min(4, len(words) - 1), 0, -1):
        found = nearest(letters(" ".join(words[:count])), names, share=0.17)
        if found is not None and len(letters(found)) > 4:
            return found, count
    return None
