"""Provinces and district-level units of Việt Nam, with the dates on which they existed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from pipeline.gazetteers.phrases import Entry, PhraseIndex, Token, key_of, tokenize, wrong_marks
from pipeline.gazetteers.tables import day as read_day
from pipeline.gazetteers.tables import rows, several
from pipeline.text import comparable, nfc

Level = Literal["province", "district"]

_DAY_UNKNOWN = date(2024, 12, 31)
"""Stands in for an unknown day: the eve of the mergers of 2025, for nearly all reports are older."""

TWO_LEVELS_FROM = date(2025, 7, 1)
"""District-level units were abolished and 34 provinces formed on this day (Resolutions 203 and 202/2025/QH15)."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it was called and ranked from ``valid_from`` to ``valid_to``, both days included.

    None is an open end: at the start "before the first change since 2004 that the table knows", at the end "still".
    ``code`` is the code of the General Statistics Office (2 digits for a province, 3 for a district); the same code
    may carry several intervals that never overlap. ``kind`` is one of tỉnh, thành phố, thị xã, huyện, quận.
    ``successors`` and ``predecessors`` are province codes, filled for the mergers of 2008 and 2025.
    """

    level: Level
    code: str
    name: str
    kind: str
    province_code: str
    valid_from: date | None
    valid_to: date | None
    aliases: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """Kind and name, e.g. ``huyện Nga Sơn``."""
        return f"{self.kind} {self.name}"


@cache
def provinces() -> tuple[Unit, ...]:
    """Return all provinces and centrally run cities since 2004, in order of code and time."""
    return tuple(
        Unit(
            level="province",
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            province_code=row["code"],
            valid_from=read_day(row["valid_from"]),
            valid_to=read_day(row["valid_to"]),
            aliases=several(row["aliases"]),
            successors=several(row["successors"]),
            predecessors=several(row["predecessors"]),
        )
        for row in rows("provinces")
    )


@cache
def districts() -> tuple[Unit, ...]:
    """Return all district-level units since 2005, in order of code and time."""
    return tuple(
        Unit(
            level="district",
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            province_code=row["province_code"],
            valid_from=read_day(row["valid_from"]),
            valid_to=read_day(row["valid_to"]),
            aliases=several(row["aliases"]),
        )
        for row in rows("districts")
    )


def is_valid_on(unit: Unit, day: date) -> bool:
    """Return whether ``unit`` existed under its name and kind on ``day``."""
    return (unit.valid_from is None or unit.valid_from <= day) and (
        unit.valid_to is None or day <= unit.valid_to
    )


def provinces_on(day: date | None) -> tuple[Unit, ...]:
    """Return the provinces of ``day``; without a day, those of every time."""
    return tuple(unit for unit in provinces() if day is None or is_valid_on(unit, day))


def districts_on(day: date | None) -> tuple[Unit, ...]:
    """Return the district-level units of ``day`` (none from 1 July 2025); without a day, those of every time."""
    return tuple(unit for unit in districts() if day is None or is_valid_on(unit, day))


def province_of(unit: Unit, day: date | None = None) -> Unit | None:
    """Return the province of ``unit`` on ``day``; without a day, at the end of the unit's own time."""
    when = day or unit.valid_to or date.max
    found = [p for p in provinces() if p.code == unit.province_code and is_valid_on(p, when)]
    return found[0] if found else None


@cache
def _special_zones() -> dict[str, tuple[str, date | None]]:
    """Return (code of the province, first day) of each special zone by its name as compared."""
    return {
        comparable(row["name"]): (row["province_code"], read_day(row["valid_from"]))
        for row in rows("special_zones")
    }


def province_of_special_zone(name: str, day: date | None) -> Unit | None:
    """Return the province of the special zone (đặc khu) called ``name`` on ``day``; None where there was none."""
    code, since = _special_zones().get(comparable(name), ("", None))
    when = day or date.max
    if not code or (since is not None and when < since):
        return None
    return next((unit for unit in provinces() if unit.code == code and is_valid_on(unit, when)), None)


@cache
def unit_index(level: Level) -> PhraseIndex[Unit]:
    """Return the index of names and aliases of one level."""
    units = provinces() if level == "province" else districts()
    return PhraseIndex((name, unit) for unit in units for name in (unit.name, *unit.aliases))


KIND_WORDS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("thanh", "pho", "truc", "thuoc", "trung", "uong"), "thành phố"),
    (("thanh", "pho"), "thành phố"),
    (("thi", "xa"), "thị xã"),
    (("tp",), "thành phố"),
    (("t", "p"), "thành phố"),
    (("tx",), "thị xã"),
    (("t", "x"), "thị xã"),
    (("tinh",), "tỉnh"),
    (("huyen",), "huyện"),
    (("quan",), "quận"),
    (("thanh", "uy"), "thành phố"),
    (("tinh", "uy"), "tỉnh"),
    (("huyen", "uy"), "huyện"),
    (("quan", "uy"), "quận"),
    (("thi", "uy"), "thị xã"),
    (("h",), "huyện"),
    (("q",), "quận"),
)
"""Words that announce a unit, folded, with the kind they announce; the longest that fits counts."""

_KINDS_BY_FIRST_WORD = {
    first: tuple(pair for pair in KIND_WORDS if pair[0][0] == first)
    for first in {pair[0][0] for pair in KIND_WORDS}
}

_EXACT_KIND_WORDS = {"quan": "quận"}
"""Folds to everyday words (quân, quan, quán): only the exact spelling counts."""


def kind_at(text: str, tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """Return (kind, number of words) when a kind word stands at ``tokens[at]``, else None.

    ``h`` and ``q`` count only when printed as ``H.`` or ``Q.``.
    """
    best: tuple[str, int] | None = None
    for words, kind in _KINDS_BY_FIRST_WORD.get(tokens[at].key, ()):
        end = at + len(words)
        if end > len(tokens) or any(tokens[at + k].key != word for k, word in enumerate(words)):
            continue
        if tokens[end - 1].end - tokens[at].start > len(" ".join(words)) + 4:
            continue
        exact = _EXACT_KIND_WORDS.get(words[0])
        if exact and comparable(tokens[at].text) != comparable(exact):
            continue
        if len(words[0]) == 1 and not (
            tokens[at].text.isupper() and text[tokens[at].end : tokens[at].end + 1] == "."
        ):
            continue
        if best is None or len(words) > best[1]:
            best = (kind, len(words))
    return best


def administrative_kind(text: str) -> str | None:
    """Return the kind announced at the start of ``text`` ("TP. Hạ Long" gives "thành phố"), None without one."""
    text = nfc(text)
    tokens = tokenize(text)
    found = kind_at(text, tokens, 0) if tokens else None
    return found[0] if found else None


def closest(entries: Iterable[Entry[Unit]], printed: Sequence[Token]) -> tuple[Unit, ...]:
    """Return the units whose marks agree best with the printed words: "Quảng Bình" is not "Quang Bình"."""
    scored = [(wrong_marks(printed, entry.words), entry.payload) for entry in entries]
    best = min((score for score, _ in scored), default=0)
    return tuple(dict.fromkeys(unit for score, unit in scored if score == best))


def latest_by_code(units: Iterable[Unit], day: date | None) -> tuple[Unit, ...]:
    """Return one unit a code: the interval of ``day``, else the one nearest to it.

    Without a day 31 December 2024 counts.
    """
    when = day or _DAY_UNKNOWN
    chosen: dict[tuple[Level, str], Unit] = {}
    for unit in units:
        key = (unit.level, unit.code)
        if key not in chosen or _distance(unit, when) < _distance(chosen[key], when):
            chosen[key] = unit
    return tuple(chosen.values())


def _distance(unit: Unit, day: date) -> int:
    """Return how many days ``day`` lies outside the unit's time; 0 inside."""
    if unit.valid_from is not None and day < unit.valid_from:
        return (unit.valid_from - day).days
    if unit.valid_to is not None and day > unit.valid_to:
        return (day - unit.valid_to).days
    return 0


def nearest_in_time(units: Sequence[Unit], day: date | None) -> tuple[Unit, ...]:
    """Return the units whose time lies nearest to ``day`` ; without a day, to 31 December 2024."""
    when = day or _DAY_UNKNOWN
    best = min((_distance(unit, when) for unit in units), default=0)
    return tuple(unit for unit in units if _distance(unit, when) == best)


def _bare(text: str) -> tuple[str | None, list[Token]]:
    """Return (kind announced, words of the name) of a name that may carry its kind."""
    text = nfc(text)
    tokens = tokenize(text)
    found = kind_at(text, tokens, 0) if tokens else None
    if found and len(tokens) > found[1]:
        return found[0], tokens[found[1] :]
    return None, tokens


def _named(level: Level, printed: Sequence[Token]) -> tuple[Unit, ...]:
    index = unit_index(level)
    key = key_of(printed)
    return closest(index.exact(key) or index.nearest(key, printed), printed)


def resolve_province(name: str, day: date | None = None) -> Unit | None:
    """Return the province that ``name`` ("Thanh Hóa", "tỉnh Thanh Hoá", "TP.HCM") means on ``day``.

    Marks may be wrong and one letter misread as long as only one province is that near. A province of another time
    is returned when none of that name existed on ``day``: :func:`is_valid_on` tells.
    """
    whole = tokenize(nfc(name))
    kind, words = _bare(name)
    units = _named("province", whole) or _named("province", words)
    if kind in {"tỉnh", "thành phố"}:
        units = tuple(unit for unit in units if unit.kind == kind) or units
    chosen = latest_by_code(nearest_in_time(units, day), day)
    return chosen[0] if len({unit.name for unit in chosen}) == 1 else None


def resolve_district(
    name: str, kind: str | None = None, province: str | None = None, day: date | None = None
) -> tuple[Unit, ...]:
    """Return the district-level units that ``name`` may mean, one a code; several when the name alone cannot tell.

    ``kind`` and ``province`` (name, or code of two digits) narrow the choice; a kind that fits none is passed over,
    for a report often uses the old rank. Units of another time come only when none of that name existed on ``day``.
    """
    printed_kind, words = _bare(name)
    units = _named("district", words) or _named("district", tokenize(nfc(name)))
    wanted = comparable(kind or printed_kind or "")
    if province is not None:
        codes = _province_codes(province, day)
        units = units or tuple(entry.payload for entry in unit_index("district").near(key_of(words)))
        units = tuple(unit for unit in units if unit.province_code in codes)
    same_kind = tuple(unit for unit in units if not wanted or comparable(unit.kind) == wanted)
    return latest_by_code(nearest_in_time(same_kind or units, day), day)


def _province_codes(province: str, day: date | None) -> set[str]:
    """Return the codes that the province (name or code) has had: a merger may move a name to another code."""
    if province.isdigit():
        return {province}
    found = resolve_province(province, day)
    return {unit.code for unit in provinces() if found and unit.name == found.name}
