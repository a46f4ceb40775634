"""What stands in for the variables of a frame: times, places, bodies, and names of the pool."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from samples.generator.compose import spans
from samples.generator.compose.inline import capital, run
from samples.generator.compose.neighbours import neighbours
from samples.generator.facts.chance import some
from samples.generator.facts.countries import PARTNERS
from samples.generator.facts.persons import draw_person
from samples.generator.facts.places import communes_of
from samples.generator.nouns import Inline, Office, Place

if TYPE_CHECKING:
    from samples.generator.compose.scribe import Scribe

_FROM_POOL = {
    "city": ("cities", "PLACE"),
    "partner": ("partners", "ORG"),
    "ngo": ("ngos", "ORG"),
    "company": ("companies", "ORG"),
    "project": ("projects", "PROGRAMME"),
    "event": ("events", "EVENT"),
    "programme": ("programmes", "PROGRAMME"),
}
_COMMITTEES = {"tỉnh": "Tỉnh ủy", "huyện": "Huyện ủy", "quận": "Quận ủy", "thị xã": "Thị ủy"}
_CAPITALS = {"Period": "period", "Unit": "unit", "Issuer": "issuer"}


def own_place(office: Office) -> Place:
    """Return the area that an office speaks for."""
    return office.commune or office.district or office.province


def short_issuer(office: Office) -> str:
    """Return how a text names its issuer: "UBND huyện Nga Sơn", "Sở Ngoại vụ", "Huyện ủy Nga Sơn"."""
    name = office.name.replace("Ủy ban nhân dân", "UBND")
    if office.level == "department":
        name = name.removesuffix(f" {office.province.full}")
    return name


def committee(office: Office) -> str:
    """Return the Party committee that manages an office's leaders: the one above, a province's own."""
    above = office.district if office.commune and office.district else office.province
    return _COMMITTEES.get(above.kind.lower(), "Thành ủy")


def superior(office: Office) -> str:
    """Return the committee of the level above, "UBND huyện"; empty for a province."""
    if office.level == "province":
        return ""
    above = office.district if office.commune and office.district else office.province
    return f"UBND {above.kind.lower()}"


class Names:
    """The variables of one document."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        facts = scribe.facts
        self.communes = [
            place for place in communes_of(facts.office, facts.issued_on) if place != facts.office.commune
        ]
        self.direction = ""
        """What an annex lists: "đoàn ra"."""
        self._said: set[str] = set()
        self._recent: tuple[str, ...] = ()
        self._here: set[str] = set()
        """Places and countries that the sentence names already."""
        span, style = facts.span, scribe.span_style
        self.period = spans.named(span, style)
        self.last_period = spans.named(spans.last(span), style)
        self.next_period, self.plan_year = spans.next_named(span, style)

    def has(self, name: str) -> bool:
        """Return whether something can stand for the variable here."""
        if name in {"commune", "commune2"}:
            return len(self.communes) > (name == "commune2")
        if name == "superior":
            return bool(superior(self._scribe.facts.office))
        if name in _FROM_POOL:
            return "names" in self._scribe.pools.parts and bool(self._pool(name))
        return name != "direction" or bool(self.direction)

    def new_sentence(self, *names: str) -> None:
        """Forget what the last sentence named; the new one will not name ``names`` by chance."""
        self._here = set(names)

    def plain(self, name: str) -> str:
        """Return what stands for a variable that is a part of longer names ("Công an {kind}"); empty for others."""
        office = self._scribe.facts.office
        match name:
            case "kind":
                return own_place(office).kind.lower()
            case "committee":
                return committee(office)
            case "superior":
                name = superior(office)
                if not self._scribe.habits.abbreviated:
                    name = name.replace("UBND", self._scribe.habits.committee)
                return name
        return ""

    def variable(self, name: str) -> Inline:
        """Return what stands for the variable, with its entity."""
        if name in _CAPITALS:
            return capital(self.variable(_CAPITALS[name]))
        scribe = self._scribe
        office, span = scribe.facts.office, scribe.facts.span
        if name in {"next_period", "next_year"}:
            scribe.speaks_of_next = True
        match name:
            case "period" | "last_period" | "next_period":
                return scribe.entity("PERIOD", getattr(self, name))
            case "year" | "last_year" | "next_year":
                return run(str(span.year + {"year": 0, "last_year": -1, "next_year": 1}[name]))
            case "unit":
                return scribe.entity("PLACE", office.unit)
            case "issuer":
                return scribe.entity("ORG", self._issuer())
            case "direction":
                return run(self.direction)
            case "province":
                return scribe.entity("PLACE", office.province.full)
            case "commune" | "commune2":
                return scribe.entity("PLACE", self._unsaid([place.full for place in self.communes]))
            case "country" | "country2":
                return scribe.countries(self._countries(1))
            case "countries":
                return scribe.countries(self._countries(int(scribe.rng.integers(2, 4))))
            case "person":
                return scribe.entity("PERSON", draw_person(scribe.rng))
            case "month":
                day = self._day()
                between = "/" if scribe.rng.random() < 0.7 else " năm "
                return scribe.entity("DATE", f"tháng {day.month}{between}{day.year}")
            case "date":
                return scribe.entity("DATE", scribe.day(self._day()))
        return scribe.entity(_FROM_POOL[name][1], self._unsaid(self._pool(name)))

    def _issuer(self) -> str:
        office, habits = self._scribe.facts.office, self._scribe.habits
        name = short_issuer(office)
        if not habits.abbreviated:
            name = name.replace("UBND", habits.committee)
        own = own_place(office)
        if habits.unit_capital and own.full in name:
            name = name.replace(own.full, f"{own.kind.capitalize()} {own.name}")
        return name

    def _pool(self, name: str) -> tuple[str, ...]:
        names: tuple[str, ...] = getattr(self._scribe.pools.names, _FROM_POOL[name][0])
        return names

    def _countries(self, count: int) -> tuple[str, ...]:
        """Return countries that the last sentences did not name; across a border only the neighbours."""
        scribe = self._scribe
        near = neighbours(scribe.facts) if scribe.at_border else PARTNERS
        options = [one for one in near if one[0] not in self._here]
        options = options or [one for one in PARTNERS if one[0] not in self._here]
        fresh = [(name, weight) for name, weight in options if name not in self._recent] or options
        chosen = some(scribe.rng, fresh, count)
        self._recent = (*self._recent, *chosen)[-6:]
        self._here |= set(chosen)
        return chosen

    def _unsaid(self, options: list[str] | tuple[str, ...]) -> str:
        """Return one that was not named yet; a document of another kind keeps to the first."""
        again = [option for option in options if option in self._said and option not in self._here]
        if again and self._scribe.facts.kind == "negative":
            return again[0]
        here = [option for option in options if option not in self._here] or list(options)
        fresh = [option for option in here if option not in self._said] or here
        chosen: str = self._scribe.pick(fresh)
        self._said.add(chosen)
        self._here.add(chosen)
        return chosen

    def _day(self) -> date:
        first, last = spans.days(self._scribe.facts.span, self._scribe.facts.issued_on)
        return first + timedelta(days=int(self._scribe.rng.integers((last - first).days + 1)))
