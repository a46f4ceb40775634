"""The hand that writes one document: frames in, runs out, with every mark and the truth of what they print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from numpy.random import Generator

from samples.generator.compose import citations, spans
from samples.generator.compose.figures import Figures
from samples.generator.compose.inline import capital, marked, run, text_of
from samples.generator.compose.ledger import CLOSING, Ledger, number, row_of
from samples.generator.compose.names import Names
from samples.generator.compose.offices import named
from samples.generator.nouns import DelegationFact, Fact, Facts, Inline
from samples.generator.wording.frames import (
    Decoy,
    DelegationSlot,
    Frame,
    Other,
    Piece,
    Value,
    Variable,
    Words,
)
from samples.generator.wording.habits import Habits
from samples.generator.wording.pools import Pools
from samples.generator.wording.spelling import slips, spell_as
from samples.generator.wording.topics import KINDS, TOPICS

_TOPIC_OF = {name: topic for topic, names in TOPICS.items() for name in names}


@lru_cache(maxsize=100_000)
def _spelt(text: str, tone: Any, y_i: Any, billion: Any) -> str:
    """Return the text by those habits that spelling looks at; most texts are printed many times."""
    return spell_as(text, Habits(tone=tone, y_i=y_i, billion=billion))


class Scribe:
    """Writes for one document; holds its facts, wordings, habits, chance and ledger."""

    def __init__(self, facts: Facts, pools: Pools, rng: Generator, habits: Habits) -> None:
        self.facts = facts
        self.pools = pools
        self.rng = rng
        self.habits = habits
        self.ledger = Ledger()
        self.span_style = spans.SpanStyle.draw(rng)
        self.figures = Figures(habits, rng)
        self.names = Names(self)
        self.said: set[str] = set()
        """Fillers said already, by their source."""
        self.speaks_of_next = False
        """Whether the time to come was named."""
        self._slips = True
        self._names_offices = True
        """Whether offices and posts in plain words become entities: not within the value of a field."""
        self.at_border = False
        """Whether the sentence speaks of the border, where countries are neighbours."""

    # ------------------------------------------------------------ words

    def spelled(self, text: str) -> str:
        """Return words in the spelling of this document."""
        return _spelt(text, self.habits.tone, self.habits.y_i, self.habits.billion)

    def name(self, text: str) -> str:
        """Return the name of a person or place: it may have its tone placed the old way, but keeps y and i."""
        return _spelt(text, self.habits.tone, "as_is", "tỷ")

    def words(self, text: str) -> Inline:
        """Return unmarked words, spelled and now and then mistyped; the offices and posts they name are entities."""
        if not self._names_offices:
            return self._typed(text)
        runs: Inline = ()
        for stretch, label in named(text):
            runs += self.entity(label, stretch) if label else self._typed(stretch)
        return runs

    def _typed(self, text: str) -> Inline:
        spelled = self.spelled(text)
        return run(slips(spelled, self.habits, self.rng) if self._slips else spelled)

    def entity(self, label: str, text: str) -> Inline:
        """Return words that name something, recorded as an entity."""
        spelled = self.name(text) if label in _OWN_NAMES else self.spelled(text)
        return run(spelled, self.ledger.entity(label, spelled))

    def day(self, day: date) -> str:
        """Return a date of the running text in this document's form."""
        return self.figures.day(day)

    def pick(self, options: Sequence[Any]) -> Any:
        """Return one of the options."""
        return options[int(self.rng.integers(len(options)))]

    # ------------------------------------------------------------ frames

    def fact(self, name: str) -> Fact | None:
        """Return the fact of a field."""
        return self.facts.fields.get(name)

    def can_say(self, frame: Frame, delegation: DelegationFact | None = None) -> bool:
        """Return whether a frame is true here and everything that it prints is at hand."""
        if not frame.fits(self.facts):
            return False
        for name, state in frame.marks.items():
            fact = self.fact(name)
            if fact is None or fact.state != state:
                return False
        if any(self.facts.fields[name].text != choice for name, choice in frame.choices.items()):
            return False
        return (
            all(self._can_print(piece, delegation) for piece in frame.loose)
            and all(self._has_value(value) for value in frame.values)
            and self._parts_fit(frame)
        )

    def say(self, frame: Frame, delegation: DelegationFact | None = None) -> Inline:
        """Return a frame as runs; its values are recorded in the ledger."""
        self.at_border = frame.file.endswith("/border.yaml")
        self.names.new_sentence(*(delegation.countries if delegation else ()))
        return self._pieces(frame.pieces, delegation)

    def start(self, frame: Frame, delegation: DelegationFact | None = None) -> Inline:
        """Return a frame as runs that begin with a capital letter, whatever value comes first."""
        runs = self.say(frame, delegation)
        begun = capital(runs)
        if begun != runs:
            at = next(at for at, (old, new) in enumerate(zip(runs, begun, strict=True)) if old != new)
            self.ledger.reword(begun[at].marks, runs[at].text, begun[at].text)
        return begun

    def item(self, name: str, frame: Frame) -> Inline:
        """Return one item of a list field, recorded with the words printed."""
        self._slips = False
        runs = self.say(frame)
        self._slips = True
        return marked(runs, self.ledger.item(name, text_of(runs).strip(CLOSING)))

    def slips_off(self) -> None:
        """Type without slips from here on."""
        self._slips = False

    def slips_on(self) -> None:
        """Type as usual again."""
        self._slips = True

    def choose(self, frames: Iterable[Frame]) -> Frame | None:
        """Return one of the frames that can be said; None when none can."""
        options = [frame for frame in frames if self.can_say(frame)]
        return self.pick(options) if options else None

    def sentence(self, frames: Iterable[Frame]) -> Inline:
        """Return one of the frames that can be said, as runs; empty when none can."""
        frame = self.choose(frames)
        return self.say(frame) if frame else ()

    # ------------------------------------------------------------ pieces

    def _pieces(self, pieces: Sequence[Piece], delegation: DelegationFact | None = None) -> Inline:
        """Return pieces as runs; words and the variables within their names are one stretch of words."""
        runs: Inline = ()
        words = ""
        for piece in pieces:
            plain = piece.text if isinstance(piece, Words) else ""
            if isinstance(piece, Variable):
                plain = self.names.plain(piece.name)
            if plain:
                words += plain
                continue
            runs += (*self.words(words), *self._piece(piece, delegation))
            words = ""
        return runs + self.words(words)

    def _piece(self, piece: Piece, delegation: DelegationFact | None) -> Inline:
        match piece:
            case Words(text):
                return self.words(text)
            case Value():
                return self._value(piece)
            case Variable("ref"):
                return citations.citation(self)
            case Variable(name):
                return self.names.variable(name)
            case Decoy():
                return self._decoy(piece)
            case Other(low, high, noun):
                text = self.figures.count(int(self.rng.integers(low, high + 1)), noun)
                return run(text, self.ledger.mark("decoy", "other"))
            case DelegationSlot(name, noun):
                assert delegation is not None
                return self._slot(delegation, name, noun)

    def _can_print(self, piece: Piece, delegation: DelegationFact | None) -> bool:
        match piece:
            case Variable("ref"):
                return bool(citations.left(self))
            case Variable(name):
                return self.names.has(name)
            case Decoy(kind, name, _):
                return self._decoy_value(kind, name) is not None
            case DelegationSlot(name, _):
                return delegation is not None and bool(getattr(delegation, _SLOT_FIELD.get(name, name)))
            case _:
                return True

    def _has_value(self, value: Value) -> bool:
        if value.state != "reported" or value.choice is not None:
            return True
        (name,) = value.fields
        kind, fact = KINDS[name], self.facts.fields[name]
        if kind == "text":
            return (
                bool(fact.text)
                or self.choose(self.pools.topic(_TOPIC_OF[name]).values.get(name, ())) is not None
            )
        return bool(fact.items) if kind == "places" else fact.number is not None

    def _parts_fit(self, frame: Frame) -> bool:
        named: dict[str, int] = {}
        for decoy in frame.decoys:
            if decoy.kind.startswith("part"):
                named[decoy.field] = named.get(decoy.field, 0) + 1
        return all(len(self.facts.fields[name].parts) == count for name, count in named.items())

    # ------------------------------------------------------------ values

    def _value(self, value: Value) -> Inline:
        if value.state != "reported" or value.choice is not None:
            self._slips = self._names_offices = False
            runs = self._pieces(value.inner)
            self._slips = self._names_offices = True
            for name in value.fields:
                row = row_of(self.facts.fields[name])
                if value.choice is not None:
                    row["value_text"] = value.choice
                self.ledger.state(name, row)
                runs = marked(runs, self.ledger.mark("field", name))
            return runs
        (name,) = value.fields
        return self.value(name, value.noun)

    def value(self, name: str, noun: str = "") -> Inline:
        """Return the reported value of a field in print; ``noun`` as in a frame."""
        fact, kind = self.facts.fields[name], KINDS[name]
        if kind == "places":
            return self._places(fact)
        if kind == "text":
            return self._text(name)
        row, label = row_of(fact, noun), "MONEY" if kind == "money" else "QUANTITY"
        printed = self.figures.value(fact, kind, noun)
        if fact.second and printed.second:
            amount, currency = fact.second
            row["acceptable"] = [
                *row.get("acceptable", []),
                {"value_number": number(amount), "currency": currency},
            ]
        self.ledger.state(name, row)
        before, _, after = printed.text.partition(printed.core)
        runs = (*run(before), *run(printed.core, self.ledger.entity(label, printed.core)))
        if printed.second:
            between, _, after = after.partition(printed.second)
            runs += (*run(between), *run(printed.second, self.ledger.entity(label, printed.second)))
        return marked((*runs, *run(after)), self.ledger.mark("field", name))

    def _places(self, fact: Fact) -> Inline:
        label = "COUNTRY" if fact.field == "protection.destinations" else "PLACE"
        comma = "; " if self.rng.random() < 0.1 else ", "
        last = comma if self.rng.random() < 0.35 else " và "
        runs: Inline = ()
        for at, name in enumerate(fact.items):
            if at:
                runs += run(last if at == len(fact.items) - 1 else comma)
            text = self.name(name)
            runs += run(text, self.ledger.item(fact.field, text), self.ledger.entity(label, text))
        return runs

    def _text(self, name: str) -> Inline:
        given = self.facts.fields[name].text
        if given:
            runs = run(self.spelled(given))
        else:
            frame = self.choose(self.pools.topic(_TOPIC_OF[name]).values[name])
            assert frame is not None
            self._slips = self._names_offices = False
            runs = self._pieces(frame.pieces)
            self._slips = self._names_offices = True
        text = text_of(runs).strip(CLOSING)
        row: dict[str, Any] = {"state": "reported", "value_text": text}
        if name == "organisation.focal_head":
            bare = text.removeprefix("đồng chí ")
            row["acceptable"] = [bare if bare != text else f"đồng chí {text}"]
        self.ledger.state(name, row)
        label = _TEXT_LABELS.get(name)
        marks = [self.ledger.mark("field", name)]
        if label and not any(part.marks for part in runs):
            marks.append(self.ledger.entity(label, text))
        for mark in marks:
            runs = marked(runs, mark)
        return runs

    # ------------------------------------------------------------ decoys

    def _decoy_value(self, kind: str, name: str) -> float | None:
        fact = self.fact(name)
        if fact is None:
            return None
        if kind.startswith("part"):
            at = int(kind[4:]) - 1
            return fact.parts[at] if at < len(fact.parts) else None
        if kind == "echo":
            wrong = next(
                (c.echo for c in self.facts.contradictions if (c.field, c.kind) == (name, "echo")), None
            )
            return wrong if wrong is not None else fact.number
        value: float | None = getattr(fact, kind)
        return value

    def _decoy(self, piece: Decoy) -> Inline:
        fact = self.facts.fields[piece.field]
        value = self._decoy_value(piece.kind, piece.field)
        assert value is not None
        if KINDS[piece.field] == "money":
            text = self.figures.money(value, fact.currency)
        else:
            text = self.figures.count(value, piece.noun)
        self._note_contradiction(piece, fact)
        mark = self.ledger.mark("decoy", f"{piece.kind} {piece.field}")
        label = "MONEY" if KINDS[piece.field] == "money" else "QUANTITY"
        return run(text, mark, self.ledger.entity(label, text))

    def _note_contradiction(self, piece: Decoy, fact: Fact) -> None:
        for planted in self.facts.contradictions:
            if planted.field != piece.field:
                continue
            if planted.kind == "echo" and piece.kind == "echo":
                why = f"{fact.number} first, then {planted.echo}"
            elif planted.kind == "parts" and piece.kind == "part1":
                why = f"{fact.number} in all, but its parts {', '.join(map(str, fact.parts))} make {sum(fact.parts)}"
            else:
                continue
            if all(row["fields"] != [piece.field] for row in self.ledger.contradictions):
                self.ledger.contradictions.append({"fields": [piece.field], "why": why})

    # ------------------------------------------------------------ delegations

    def _slot(self, delegation: DelegationFact, name: str, noun: str) -> Inline:
        if name in {"delegations", "people"}:
            text = self.figures.count(getattr(delegation, name), noun)
            return run(text, self.ledger.entity("QUANTITY", text))
        if name == "countries":
            return self.countries(delegation.countries)
        text = getattr(delegation, _SLOT_FIELD.get(name, name))
        label = {"organisation": "ORG", "leader": "PERSON", "period": "DATE"}.get(name)
        text = self.name(text)
        return run(text, self.ledger.entity(label, text)) if label else run(text)

    def countries(self, names: Sequence[str]) -> Inline:
        """Return countries as a list: "Lào, Thái Lan và Campuchia"."""
        runs: Inline = ()
        last = ", " if self.rng.random() < 0.3 else " và "
        for at, name in enumerate(names):
            if at:
                runs += run(last if at == len(names) - 1 else ", ")
            runs += self.entity("COUNTRY", name)
        return runs


_OWN_NAMES = frozenset({"PERSON", "PLACE", "COUNTRY"})
_SLOT_FIELD = {"period": "period_text"}
_TEXT_LABELS = {
    "organisation.focal_unit": "ORG",
    "organisation.focal_head": "POST",
    "passports.manager": "ORG",
    "trade.period": "PERIOD",
}
