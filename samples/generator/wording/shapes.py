"""The shapes of the pool files. Whatever may be printed is a Frame, so that all of it may hold variables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationInfo,
    model_validator,
)

from samples.generator.nouns import Facts, Level, Period
from samples.generator.wording.frames import Frame, FrameError, Limits, parse
from samples.generator.wording.topics import KINDS, TOPICS

Numbering = Literal[
    "roman-arabic-alpha",
    "arabic-decimal",
    "alpha-roman-arabic",
    "part-roman-arabic",
    "roman-dash",
    "none",
]
Column = Literal[
    "stt", "delegations", "people", "countries", "organisation", "purpose", "leader", "period", "funding"
]
TableColumn = Literal["stt", "label", "unit", "value", "last", "plan", "running", "percent", "note"]
_LEVELS = get_args(Level)
_PERIODS = get_args(Period)
_LIMITS = frozenset(("levels", "periods", "from", "to", "habit"))


@dataclass(frozen=True)
class Where:
    """The file that is read ("train/oda.yaml") and the topic whose fields it may mark."""

    file: str
    topic: str | None


def _limits(data: dict[str, Any]) -> Limits:
    levels, periods = (_named(data, "levels", _LEVELS), _named(data, "periods", _PERIODS))
    years = data.get("from"), data.get("to")
    for year in years:
        if year is not None and not (isinstance(year, int) and 2000 <= year <= 2030):
            raise FrameError(f"the year {year!r} is none; from: and to: take years like 2015")
    habit = data.get("habit")
    if habit not in (None, "party", "state"):
        raise FrameError(f"habit {habit!r} is none; write party or state")
    return Limits(levels, periods, years[0], years[1], habit and str(habit))  # type: ignore[arg-type]


def _named(data: dict[str, Any], key: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    given = data.get(key, [])
    names = [given] if isinstance(given, str) else given
    for name in names:
        if name not in allowed:
            raise FrameError(f"{key}: {name!r} is none of {', '.join(allowed)}")
    return tuple(str(name) for name in names)


def _frame(data: object, where: Where, marked: bool) -> Frame:
    limits, style, line = Limits(), "prose", getattr(data, "line", 0)
    if isinstance(data, dict):
        if "say" not in data:
            raise FrameError("not a line of text; put quotes round it (it holds ': ' or begins with {)")
        unknown = set(data) - _LIMITS - {"say", "style"}
        if unknown:
            raise FrameError(
                f"unknown key {', '.join(sorted(map(str, unknown)))}; a frame has say, style and limits"
            )
        limits, style, data = _limits(data), data.get("style", "prose"), data["say"]
        if style not in ("prose", "label"):
            raise FrameError(f"style {style!r} is none; write prose or label")
    if isinstance(data, list):
        raise FrameError("not a line of text; put quotes round it (it begins with [)")
    if not isinstance(data, str):
        raise FrameError(f"{data!r} is not a line of text; put quotes round it")
    text = str(data)
    label: Literal["prose", "label"] = "label" if style == "label" else "prose"
    return Frame(parse(text, where.topic if marked else None), label, limits, text, where.file, line)


def _read_marked(data: object, info: ValidationInfo) -> Frame:
    return _frame(data, info.context, marked=True)  # type: ignore[arg-type]


def _read_plain(data: object, info: ValidationInfo) -> Frame:
    return _frame(data, info.context, marked=False)  # type: ignore[arg-type]


Marked = Annotated[Frame, PlainValidator(_read_marked)]
"""A frame that may mark the fields of its topic."""
Plain = Annotated[Frame, PlainValidator(_read_plain)]
"""A frame that may mark nothing."""


@dataclass(frozen=True)
class Lines:
    """Lines that stand together: a subject, a list of recipients or of addressees."""

    lines: tuple[Frame, ...]
    limits: Limits

    def fits(self, facts: Facts) -> bool:
        """Return whether level, period, year and habit allow them."""
        return self.limits.fits(facts)


def _read_lines(data: object, info: ValidationInfo) -> Lines:
    limits, said = Limits(), data
    if isinstance(data, dict):
        unknown = set(data) - _LIMITS - {"say"}
        if unknown or "say" not in data:
            raise FrameError(
                "lines are a list, or {say: [...]} with limits; put quotes round a line with ': '"
            )
        limits, said = _limits(data), data["say"]
    lines = said if isinstance(said, list) else [said]
    return Lines(tuple(_frame(line, info.context, marked=False) for line in lines), limits)  # type: ignore[arg-type]


Together = Annotated[Lines, PlainValidator(_read_lines)]


class Shape(BaseModel):
    """A frozen part of a pool; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Topic(Shape):
    """What a report says of one topic."""

    headings: tuple[Plain, ...] = ()
    frames: tuple[Marked, ...] = ()
    fillers: tuple[Plain, ...] = ()
    echoes: tuple[Plain, ...] = ()
    empties: tuple[Marked, ...] = ()
    items: dict[str, tuple[Plain, ...]] = Field(default_factory=dict)
    values: dict[str, tuple[Plain, ...]] = Field(default_factory=dict)
    rows: dict[str, tuple[Plain, ...]] = Field(default_factory=dict)
    parts: dict[str, tuple[tuple[Plain, ...], ...]] = Field(default_factory=dict)
    purposes: tuple[Plain, ...] = ()
    prose: tuple[Plain, ...] = ()
    columns: tuple[dict[Column, Plain], ...] = ()

    @model_validator(mode="after")
    def _own_fields(self, info: ValidationInfo) -> Topic:
        where: Where = info.context  # type: ignore[assignment]
        for key in ("items", "values", "rows", "parts"):
            for name in getattr(self, key):
                parse(f"[{name}! x]", where.topic)
        for name, sets in self.parts.items():
            if KINDS[name] != "count" or any(len(labels) not in (2, 3) for labels in sets):
                raise FrameError(f"parts: {name}: only a count has parts, in lists of two or three labels")
        return self


def _node(data: object) -> object:
    return {"topic": str(data)} if isinstance(data, str) else data


class Node(Shape):
    """A heading of an outline: a topic by itself, or a group that ``run``s bodies on or has ``sub`` headings."""

    topic: str = ""
    say: tuple[Plain, ...] = ()
    run: tuple[str, ...] = ()
    sub: tuple[Annotated[Node, BeforeValidator(_node)], ...] = ()

    @model_validator(mode="after")
    def _whole(self, info: ValidationInfo) -> Node:
        for name in (*self.run, *([self.topic] if self.topic else [])):
            if name not in TOPICS:
                raise FrameError(f"{name!r} is no topic; the README lists them")
        if not self.topic and not (self.say and (self.run or self.sub)):
            raise FrameError("a group has say: [wordings] and run: or sub:")
        return self

    @property
    def topics(self) -> tuple[str, ...]:
        """Every topic at or under this heading, in order."""
        own = (self.topic,) if self.topic else self.run
        return own + tuple(name for node in self.sub for name in node.topics)


Heading = Annotated[Node, BeforeValidator(_node)]


class Limited(Shape):
    """A part with limits of its own."""

    limits: Limits = Limits()

    @model_validator(mode="before")
    @classmethod
    def _take_limits(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {**{key: value for key, value in data.items() if key not in _LIMITS}, "limits": _limits(data)}

    def fits(self, facts: Facts) -> bool:
        """Return whether level, period, year and habit allow it."""
        return self.limits.fits(facts)


class Template(Limited):
    """An outline with its style of numbering."""

    numbering: Numbering
    outline: tuple[Heading, ...]


class Structure(Shape):
    """How documents are built, and the words of tables and annexes.

    ``merged`` are headers over two columns, ``among`` the words over rows of parts, ``denials`` what a cell says for
    none; a table of a pool without them has no such cell.
    """

    templates: tuple[Template, ...] = ()
    tables: tuple[dict[TableColumn, Plain], ...] = ()
    merged: tuple[Plain, ...] = ()
    among: tuple[Plain, ...] = ()
    denials: tuple[Plain, ...] = ()
    captions: tuple[Plain, ...] = ()
    annexes: tuple[Plain, ...] = ()


class Letterhead(Shape):
    """The first and last words; ``subjects`` by period, ``laws`` by type of document.

    ``bases`` are lines before the first sentence, each citing a document that the report rests on.
    """

    subjects: dict[Period, tuple[Together, ...]] = Field(default_factory=dict)
    bases: tuple[Plain, ...] = ()
    intros: tuple[Plain, ...] = ()
    closings: tuple[Plain, ...] = ()
    recipients: tuple[Together, ...] = ()
    addressees: tuple[Together, ...] = ()
    laws: dict[str, tuple[Plain, ...]] = Field(default_factory=dict)


class Negative(Limited):
    """A document of another kind; a line of ``body`` that begins with "# " is a heading."""

    doc_type: str
    abbreviation: str
    subject: Together
    addressees: Together | None = None
    numbering: Numbering = "none"
    body: tuple[Plain, ...]


class Names(Shape):
    """Names to fill variables with."""

    cities: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    ngos: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
