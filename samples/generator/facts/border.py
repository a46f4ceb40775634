"""Borders and coasts: lengths and communes, only for units that have them."""

from __future__ import annotations

from numpy.random import Generator

from samples.generator.facts.chance import between, chance
from samples.generator.facts.places import Shores, communes_in, shores_of
from samples.generator.facts.scale import Setting
from samples.generator.facts.states import Odds, draw_state
from samples.generator.nouns import Fact, State

_LENGTH: Odds = (48, 0, 3.5)
_NAMED: Odds = (60, 0, 4)
_COUNTED: Odds = (54, 0, 4)
_NOTHING: Odds = (0, 6, 0.5)
"""A unit without border or coast says so now and then."""


def shores(setting: Setting) -> Shores:
    """Return what border and coast the unit of the office has; a commune's are drawn from its side, here 1 km."""
    office, day = setting.office, setting.issued_on
    if office.commune is not None:
        area = (office.district or office.province).code
        side = next(c.side for c in communes_in(area, day) if c.place == office.commune)
        return Shores(float(side == "border"), float(side == "coast"))
    place = office.district or office.province
    return shores_of("district" if office.district else "province", place.code, place.name, day)


def draw_border(rng: Generator, setting: Setting) -> dict[str, Fact]:
    """Return the four facts of border and coast."""
    own = shores(setting)
    share = 0.15 if setting.scale == "office" else 0.8 if setting.office.level == "department" else 1.0
    quiet = not chance(rng, 0.85)
    facts = {
        field: _length(rng, field, length, setting, 0.0 if quiet else share)
        for field, length in (("border.coastline", own.coastline), ("border.land_border", own.land_border))
    }
    has_any = own.land_border > 0 or own.coastline > 0
    named, counted = (_NAMED, _COUNTED) if has_any else (_NOTHING, _NOTHING)
    listed: tuple[str, ...] = ()
    state = draw_state(rng, named, 0.0 if quiet or setting.scale == "commune" else share)
    if state == "reported":
        listed = _list(
            rng, setting, "border" if own.land_border and (not own.coastline or chance(rng, 0.6)) else "coast"
        )
        state = "reported" if listed else "absent"
    facts["border.communes"] = Fact("border.communes", state, items=listed)
    state = draw_state(rng, counted, 0.0 if quiet or setting.scale == "commune" else share)
    number = _counted(rng, setting, listed) if state == "reported" else None
    facts["border.commune_count"] = Fact(
        "border.commune_count", state, number=number, unit="xã" if number else ""
    )
    return facts


def _length(rng: Generator, field: str, length: float, setting: Setting, share: float) -> Fact:
    if not length:
        return Fact(field, draw_state(rng, _NOTHING, share))
    state: State = draw_state(rng, _LENGTH, share)
    if state != "reported":
        return Fact(field, state)
    if setting.scale == "commune":
        length = 2.0 + 9 * rng.random()
    digits = 0 if chance(rng, 0.35) else 1 if chance(rng, 0.85) else 2
    shown = round(length * (0.985 + 0.03 * rng.random()), digits)
    return Fact(field, state, number=int(shown) if shown == int(shown) else shown, unit="km")


def _list(rng: Generator, setting: Setting, side: str) -> tuple[str, ...]:
    """Return the names of the communes on a side: all known ones of a district, a few of a province."""
    place = setting.office.district or setting.office.province
    names = tuple(dict.fromkeys(c.place.name for c in communes_in(place.code, setting.issued_on, side)))
    if setting.office.district is None and names:
        if not chance(rng, 0.25):
            return ()
        first = between(rng, 0, max(0, len(names) - 4))
        return names[first : first + between(rng, 3, 7)]
    return names


def _counted(rng: Generator, setting: Setting, listed: tuple[str, ...]) -> int:
    if listed:
        return len(listed)
    return between(rng, 9, 44) if setting.office.district is None else between(rng, 2, 13)
