"""The habits of whoever typed a report, drawn once and kept through it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np

DateForm = Literal["words", "words_short", "slash", "slash_short", "dash", "dot"]
Grouping = Literal[".", "", ","]
DecimalMark = Literal[",", "."]
_T = TypeVar("_T")


@dataclass(frozen=True)
class Habits:
    """How one writer prints numbers and dates, spells and dashes. The defaults are Decree 30's."""

    padding: bool = True
    """Numbers below ten with a zero: 05 đoàn."""
    bracketed: float = 0.0
    """Share of small counts with their words behind: 05 (năm) đoàn."""
    spelled: float = 0.0
    """Share of counts up to ten in words alone: năm đoàn."""
    grouping: Grouping = "."
    """Between thousands; "," is misused, "" is none."""
    decimal: DecimalMark = ","
    """Before decimals; "." is misused."""
    percent_space: bool = False
    date: DateForm = "slash"
    """Dates within the text."""
    thousand: Literal["nghìn", "ngàn"] = "nghìn"
    billion: Literal["tỷ", "tỉ"] = "tỷ"
    odd: Literal["linh", "lẻ"] = "linh"
    """The word in 105: một trăm linh năm."""
    four: Literal["tư", "bốn"] = "tư"
    """The word in 24: hai mươi tư."""
    tone: Literal["new", "old", "mixed"] = "new"
    """Tone placement: new hòa, thúy, ủy; old hoà, thuý, uỷ."""
    y_i: Literal["as_is", "y", "i"] = "as_is"
    """kỹ, lý, quý (y), kĩ, lí, quí (i), or as the text has it."""
    people_capital: bool = False
    """Ủy ban Nhân dân."""
    unit_capital: bool = False
    """UBND Huyện."""
    abbreviated: bool = True
    """UBND for Ủy ban nhân dân in the text."""
    dash: Literal["-", "–", "+", "*", "•"] = "-"
    """Before the items of a list."""
    ending: Literal["", "./.", "/."] = "./."
    """After the last sentence: "./." and "/." in place of its stop; "" leaves the stop."""
    slips: float = 0.0
    """Typing slips a word."""

    @property
    def committee(self) -> str:
        """How UBND is written out."""
        return "Ủy ban Nhân dân" if self.people_capital else "Ủy ban nhân dân"


PLAIN = Habits()
"""The habits of Decree 30."""


def draw(rng: np.random.Generator) -> Habits:
    """Return the habits of one writer: most are tidy, some misuse marks, few slip."""
    marks: dict[tuple[Grouping, DecimalMark], int] = {
        (".", ","): 80,
        ("", ","): 8,
        (",", ","): 5,
        (".", "."): 5,
        (",", "."): 2,
    }
    grouping, decimal = _one(rng, marks)
    y_i: Literal["as_is", "y", "i"] = _one(rng, {"as_is": 70, "y": 15, "i": 15})
    dash: Literal["-", "–", "+", "*", "•"] = _one(rng, {"-": 70, "–": 8, "+": 12, "*": 5, "•": 5})
    return Habits(
        padding=bool(rng.random() < 0.7),
        bracketed=_one(rng, {0.0: 80, 0.3: 12, 0.9: 8}),
        spelled=_one(rng, {0.0: 70, 0.1: 25, 0.4: 5}),
        grouping=grouping,
        decimal=decimal,
        percent_space=bool(rng.random() < 0.08),
        date=_one(rng, {"slash": 60, "slash_short": 20, "words": 10, "words_short": 3, "dash": 4, "dot": 3}),
        thousand=_one(rng, {"nghìn": 75, "ngàn": 25}),
        billion="tỉ" if y_i == "i" else _one(rng, {"tỷ": 90, "tỉ": 10}),
        odd=_one(rng, {"linh": 70, "lẻ": 30}),
        four=_one(rng, {"tư": 70, "bốn": 30}),
        tone=_one(rng, {"new": 50, "old": 35, "mixed": 15}),
        y_i=y_i,
        people_capital=bool(rng.random() < 0.2),
        unit_capital=bool(rng.random() < 0.15),
        abbreviated=bool(rng.random() < 0.85),
        dash=dash,
        ending=_one(rng, {"": 30, "./.": 55, "/.": 15}),
        slips=_one(rng, {0.0: 70, 1 / 800: 15, 1 / 300: 12, 1 / 120: 3}),
    )


def _one(rng: np.random.Generator, weights: dict[_T, int]) -> _T:
    chances = np.array(list(weights.values()), dtype=float)
    return list(weights)[int(rng.choice(len(weights), p=chances / chances.sum()))]
