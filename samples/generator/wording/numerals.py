"""How values are printed: counts, shares, lengths, lists, dates. Amounts and number words are imported here too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from samples.generator.nouns import Qualifier
from samples.generator.wording.amounts import money
from samples.generator.wording.figures import Number, Printed, exact, figure
from samples.generator.wording.habits import DateForm, Habits
from samples.generator.wording.number_words import spell

__all__ = [
    "Printed",
    "count",
    "day",
    "figure",
    "join_list",
    "length",
    "money",
    "percent",
    "percent_change",
    "percent_of_plan",
    "qualify",
    "spell",
]

_QUALIFIERS: dict[Qualifier, tuple[str, ...]] = {
    "exact": ("",),
    "more_than": ("hơn", "trên"),
    "less_than": ("gần", "dưới"),
    "about": ("khoảng", "ước", "ước khoảng", "ước tính khoảng"),
}
_UNGROUPED = 0.08
"""Share of four-digit counts that lose their grouping mark: 8199."""


def qualify(qualifier: Qualifier, rng: np.random.Generator) -> str:
    """Return the word of a qualifier ("hơn", "khoảng"); empty when exact."""
    words = _QUALIFIERS[qualifier]
    return words[int(rng.integers(len(words)))]


def count(number: int, noun: str, qualifier: Qualifier, habits: Habits, rng: np.random.Generator) -> Printed:
    """Return a count and its noun: "05 đoàn", "05 (năm) đoàn", "năm đoàn", "hơn 1.221 lượt người"."""
    spelled, bracketed, ungrouped = rng.random(3)
    if 0 < number <= 10 and spelled < habits.spelled and noun:
        said = spell(number, habits)
    else:
        grouped = not (number < 10_000 and ungrouped < _UNGROUPED)
        said = figure(number, habits, grouped=grouped)
        if habits.padding and 0 < number < 10:
            said = f"0{number}"
        if number < 100 and bracketed < habits.bracketed:
            said += f" ({spell(number, habits)})"
    return _qualified(f"{said} {noun}".strip(), qualifier, rng)


def length(kilometres: Number, qualifier: Qualifier, habits: Habits, rng: np.random.Generator) -> Printed:
    """Return a length in km: "20,5 km", "20,5km"."""
    space = "" if rng.random() < 0.35 else " "
    return _qualified(f"{figure(kilometres, habits)}{space}km", qualifier, rng)


def percent_change(value: Number, habits: Habits, rng: np.random.Generator) -> Printed:
    """Return a percentage of the same period before: 108.5 is "tăng 8,5%", "bằng 108,5%" or "đạt 108,5%"."""
    change = exact(value) - 100
    if change == 0 or rng.random() < 0.4:
        return _share("bằng" if rng.random() < 0.75 else "đạt", exact(value), habits)
    return _share("tăng" if change > 0 else "giảm", abs(change), habits)


def percent_of_plan(value: Number, habits: Habits, rng: np.random.Generator) -> Printed:
    """Return a percentage of plan: 84.5 is "đạt 84,5%" or "bằng 84,5%"; 103 may be "vượt 3%"."""
    above = exact(value) - 100
    if above > 0 and rng.random() < 0.35:
        return _share("vượt", above, habits)
    return _share("đạt" if rng.random() < 0.7 else "bằng", exact(value), habits)


def percent(value: Number, habits: Habits) -> Printed:
    """Return a percentage by itself: "108,5%"."""
    text = f"{figure(value, habits)}{' ' if habits.percent_space else ''}%"
    return Printed(text, text)


def join_list(items: Sequence[str], rng: np.random.Generator) -> Printed:
    """Return items in a sentence: "a, b và c", "a, b, c" or "a; b; c"; semicolons where items hold commas or "và"."""
    semicolons, conjunction = rng.random(2)
    joined = any("," in item or " và " in item for item in items)
    if len(items) > 1 and (joined or (len(items) > 2 and semicolons < 0.1)):
        text = "; ".join(items)
    elif len(items) > 1 and conjunction < 0.65:
        text = f"{', '.join(items[:-1])} và {items[-1]}"
    else:
        text = ", ".join(items)
    return Printed(text, text)


def day(when: date, form: DateForm) -> Printed:
    """Return a date: words "ngày 05 tháng 11 năm 2019" (zeros as Decree 30 wants them), or digits without "ngày"."""
    d, m, y = when.day, when.month, when.year
    text = {
        "words": f"ngày {d:02d} tháng {f'{m:02d}' if m < 3 else m} năm {y}",
        "words_short": f"ngày {d} tháng {m} năm {y}",
        "slash": f"{d:02d}/{m:02d}/{y}",
        "slash_short": f"{d}/{m}/{y}",
        "dash": f"{d:02d}-{m:02d}-{y}",
        "dot": f"{d:02d}.{m:02d}.{y}",
    }[form]
    return Printed(text, text)


def _qualified(core: str, qualifier: Qualifier, rng: np.random.Generator) -> Printed:
    word = qualify(qualifier, rng)
    return Printed(f"{word} {core}" if word else core, core)


def _share(verb: str, value: Number, habits: Habits) -> Printed:
    core = f"{verb} {percent(value, habits).text}"
    return Printed(core, core)
