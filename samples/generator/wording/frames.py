"""Frames: the sentences of the pools, with brackets where values are printed (see ``pools/README.md``)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, cast, get_args

from samples.generator.nouns import Facts, State
from samples.generator.wording.topics import CHOICES, KINDS, TOPICS

_VARIABLES = """
period Period last_period year last_year next_year next_period unit Unit kind issuer Issuer province commune commune2
committee superior country country2 countries city partner ngo company project event programme person month date ref
direction
"""
VARIABLES = frozenset(_VARIABLES.split())
_SLOTS = "delegations people countries organisation purpose leader period funding"
DELEGATION_SLOTS = frozenset(_SLOTS.split())
DecoyKind = Literal["last", "plan", "running", "part1", "part2", "part3", "echo"]
_DECOYS = frozenset(get_args(DecoyKind))
_STATES: dict[str, State] = {"": "reported", "=": "reported", "!": "none", "?": "blank"}

_PIECE = re.compile(
    r"\[(?P<mark>[^\[\]]*)\]|\{(?P<brace>[^{}]*)\}|(?P<words>[^\[\]{}]+)|(?P<stray>.)", re.DOTALL
)
_MARK = re.compile(r"(?P<fields>[a-z_.]+(?:\s*,\s*[a-z_.]+)*)(?P<sign>[=!?]?)(?P<rest>.*)", re.DOTALL)
_NOUN = re.compile(r"[^\W\d_]*(?:(?:,? |-)[^\W\d_]+)*")
_OTHER = re.compile(r"other (\d+)-(\d+)(?: (.+))?")


class FrameError(ValueError):
    """A line of a pool that is no frame; the message says how to mend it."""


@dataclass(frozen=True)
class Words:
    """Text printed as it stands."""

    text: str


@dataclass(frozen=True)
class Variable:
    """Something true of the document that is no field: ``period``, ``unit``, ``ref``."""

    name: str


@dataclass(frozen=True)
class Decoy:
    """A number beside a field's own: last year's, the planned, a part of it; ``echo`` is the value once more."""

    kind: DecoyKind
    field: str
    noun: str


@dataclass(frozen=True)
class Other:
    """A number of no field, drawn from ``low`` to ``high`` (both may be drawn)."""

    low: int
    high: int
    noun: str


@dataclass(frozen=True)
class DelegationSlot:
    """A column of the one delegation that a sentence describes."""

    name: str
    noun: str


Loose = Words | Variable | Decoy | Other | DelegationSlot


@dataclass(frozen=True)
class Value:
    """A marked stretch: the value of one field, or ``words`` that say, deny or leave open.

    ``inner`` are the pieces of ``words``, which may hold variables and decoys. A reported list of bullets that
    stands in a sentence runs on, its items joined by "; ".
    """

    fields: tuple[str, ...]
    state: State
    noun: str
    words: str
    choice: str | None = None
    inner: tuple[Loose, ...] = ()


Piece = Loose | Value


@dataclass(frozen=True)
class Limits:
    """Where a wording may be used; empty and None are no limit. Years are of issue, both inclusive."""

    levels: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    habit: Literal["party", "state"] | None = None

    def fits(self, facts: Facts) -> bool:
        """Return whether a document of these facts may say so."""
        return self.allow(facts.office.level, facts.span.period, facts.issued_on.year, facts.office.party)

    def allow(self, level: str, period: str, year: int, party: bool) -> bool:
        """Return whether a document of this level, period, year of issue and kind of issuer may say so."""
        return (
            (not self.levels or level in self.levels)
            and (not self.periods or period in self.periods)
            and (self.first_year is None or year >= self.first_year)
            and (self.last_year is None or year <= self.last_year)
            and (self.habit is None or party == (self.habit == "party"))
        )


ANYWHERE = Limits()


@dataclass(frozen=True)
class Frame:
    """A sentence or line in pieces. ``source`` is as written in ``file`` (``train/oda.yaml``) at ``line`` (from 1)."""

    pieces: tuple[Piece, ...]
    style: Literal["prose", "label"] = "prose"
    limits: Limits = ANYWHERE
    source: str = field(default="", compare=False)
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """The marked stretches, in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Value))

    @cached_property
    def marks(self) -> dict[str, State]:
        """Field -> the state it must have for this frame to be true."""
        return {name: value.state for value in self.values for name in value.fields}

    @cached_property
    def choices(self) -> dict[str, str]:
        """Choice field -> the value it must have for this frame to be true."""
        return {value.fields[0]: value.choice for value in self.values if value.choice is not None}

    @cached_property
    def loose(self) -> tuple[Loose, ...]:
        """Every piece that marks nothing, those inside marked words included."""
        found: list[Loose] = []
        for piece in self.pieces:
            found.extend(piece.inner if isinstance(piece, Value) else (piece,))
        return tuple(found)

    @cached_property
    def decoys(self) -> tuple[Decoy, ...]:
        """The decoys, those inside marked words included."""
        return tuple(piece for piece in self.loose if isinstance(piece, Decoy))

    def fits(self, facts: Facts) -> bool:
        """Return whether level, period, year and habit allow it; states are not looked at."""
        return self.limits.fits(facts)


def parse(text: str, topic: str | None = None) -> tuple[Piece, ...]:
    """Return the pieces of ``text``; ``topic`` is the one whose fields it may mark (None: it may mark nothing).

    Raises FrameError for whatever is not in the language.
    """
    if unicodedata.normalize("NFC", text) != text:
        raise FrameError("the letters are not in normal form C; write the file in NFC")
    if not text.strip():
        raise FrameError("an empty line; take it out")
    if text != text.strip() or "  " in text:
        raise FrameError("stray spaces; take out doubled ones and those at the ends")
    pieces = tuple(_piece(match, topic) for match in _PIECE.finditer(text))
    frame = Frame(pieces)
    seen = [name for value in frame.values for name in value.fields]
    for name in seen:
        if seen.count(name) > 1:
            raise FrameError(f"{name} is marked twice; for a second mention use {{echo {name} noun}}")
    _check_parts(frame.decoys)
    return pieces


def _piece(match: re.Match[str], topic: str | None) -> Piece:
    if match["mark"] is not None:
        return _value(match["mark"], topic)
    if match["words"] is not None:
        return Words(match["words"])
    return _loose(match)


def _loose(match: re.Match[str]) -> Loose:
    if match["stray"] is not None:
        raise FrameError(f"the bracket {match['stray']!r} has no partner; close it, or take it out")
    if match["brace"] is not None:
        return _brace(match["brace"])
    return Words(match["words"])


def _value(inside: str, topic: str | None) -> Value:
    match = _MARK.fullmatch(inside)
    if not match:
        raise FrameError(f"[{inside}] names no field; write [topic.field noun]")
    fields = tuple(name.strip() for name in match["fields"].split(","))
    for name in fields:
        _check_field(name, topic)
    sign, rest = match["sign"], match["rest"]
    state = _STATES[sign]
    if sign in "!?" and sign:
        if not rest.strip():
            raise FrameError(f"[{inside}] has no words; write what is printed: [{inside} Không có]")
        words = rest.strip()
        return Value(fields, state, "", words, None, _inner(words))
    if len(fields) > 1:
        raise FrameError(f"[{inside}] prints two values; give each a mark of its own (only ! and ? may join)")
    name, kind = fields[0], KINDS[fields[0]]
    if (kind == "choice") != (sign == "="):
        wanted = f"[{name}={CHOICES[name][0]} words]" if kind == "choice" else f"[{name}] without ="
        raise FrameError(f"[{inside}]: {name} is a {kind}; write {wanted}")
    if sign == "=":
        choice, _, words = rest.strip().partition(" ")
        if choice not in CHOICES[name]:
            raise FrameError(f"[{inside}]: {choice!r} is none of {', '.join(CHOICES[name])}")
        if not words.strip():
            raise FrameError(f"[{inside}] has no words; write what is printed after ={choice}")
        return Value(fields, state, "", words.strip(), choice, _inner(words.strip()))
    if rest and not rest.startswith(" "):
        raise FrameError(f"[{inside}]: after the field write a space and its noun, or one of = ! ?")
    if rest.strip() and kind != "count":
        raise FrameError(f"[{inside}]: a {kind} prints its own unit; write [{name}]")
    return Value(fields, state, _noun(rest, inside), "")


def _noun(text: str, inside: str) -> str:
    noun = text.strip()
    if not _NOUN.fullmatch(noun):
        raise FrameError(
            f"{inside!r}: {noun!r} is no noun; only its letters stand in the bracket, the rest behind it"
        )
    return noun


def _inner(words: str) -> tuple[Loose, ...]:
    return tuple(_loose(match) for match in _PIECE.finditer(words))


def _check_field(name: str, topic: str | None) -> None:
    if name not in KINDS:
        raise FrameError(f"unknown field {name}; the README lists the fields of each topic")
    if topic is None:
        raise FrameError(f"{name} is marked where nothing may be; marks stand in frames and empties only")
    if name not in TOPICS[topic]:
        home = next(other for other, fields in TOPICS.items() if name in fields)
        raise FrameError(f"{name} belongs to {home}.yaml; a topic marks only its own fields")


def _brace(inside: str) -> Loose:
    word, _, rest = inside.partition(" ")
    if inside in VARIABLES:
        return Variable(inside)
    if word in _DECOYS:
        name, _, noun = rest.strip().partition(" ")
        if name not in KINDS:
            raise FrameError(f"{{{inside}}}: unknown field {name!r}; write {{{word} topic.field noun}}")
        if KINDS[name] not in ("count", "money"):
            raise FrameError(f"{{{inside}}}: {name} is a {KINDS[name]}; only counts and money have a {word}")
        return Decoy(cast(DecoyKind, word), name, _noun(noun, inside))
    if word == "other":
        other = _OTHER.fullmatch(inside)
        if not other or int(other[1]) >= int(other[2]):
            raise FrameError(f"{{{inside}}}: write {{other 2-15 noun}}, the lower number first")
        return Other(int(other[1]), int(other[2]), _noun(other[3] or "", inside))
    if word.startswith("d."):
        if word[2:] not in DELEGATION_SLOTS:
            raise FrameError(f"{{{inside}}}: a delegation has {', '.join(sorted(DELEGATION_SLOTS))}")
        return DelegationSlot(word[2:], _noun(rest, inside))
    raise FrameError(f"unknown variable {{{inside}}}; the README lists them")


def _check_parts(decoys: tuple[Decoy, ...]) -> None:
    parts: dict[str, list[str]] = {}
    for decoy in decoys:
        if decoy.kind.startswith("part"):
            parts.setdefault(decoy.field, []).append(decoy.kind)
    for name, kinds in parts.items():
        if sorted(kinds) not in (["part1", "part2"], ["part1", "part2", "part3"]):
            raise FrameError(
                f"parts of {name} are {', '.join(kinds)}; name part1 and part2, or all three, once each"
            )
