"""What the generator of reports can print of a value, the value grammar reads back as the same value."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Qualifier
from pipeline.extraction.values.comparison import find_comparisons
from pipeline.extraction.values.dates import find_dates
from pipeline.extraction.values.digits import Marks, marks_of
from pipeline.extraction.values.numbers import Quantity, find_quantities
from pipeline.extraction.values.words import parse_folded_words, parse_words
from pipeline.text import fold
from samples.generator.wording.figures import figure
from samples.generator.wording.habits import DateForm, Habits, draw
from samples.generator.wording.numerals import (
    count,
    day,
    length,
    money,
    percent_change,
    percent_of_plan,
    spell,
)

SEEDS = st.integers(0, 100_000)
NOUNS = st.sampled_from(
    ["đoàn", "lượt người", "người", "lượt khách", "dự án", "hội nghị", "thỏa thuận", "vụ việc", "trường hợp", "lao động",
     "hoạt động", "hình thức", "phóng viên", "xã"]
)  # fmt: skip
CURRENCIES = st.sampled_from(["USD", "VND", "EUR", "JPY", "AUD", "GBP", "CNY", "KRW", "CHF"])
QUALIFIERS = st.sampled_from(get_args(Qualifier))
AMOUNTS = st.one_of(
    st.integers(1, 10**13),
    st.integers(1, 99_999).map(lambda n: n * 10**5),
    st.integers(1, 9_999).map(lambda n: n * 10**6),
    st.decimals(1, 10**7, places=2).map(float),
)


def writer(seed: int) -> tuple[Habits, np.random.Generator]:
    rng = np.random.default_rng(seed)
    return draw(rng), rng


def tidy(habits: Habits) -> bool:
    """Whether a writer's marks say what they are: who groups by a comma writes what others read as decimals."""
    return habits.grouping != "," and habits.decimal == ","


def shown_by(habits: Habits) -> Marks:
    """What other numbers of the same writer show of his marks."""
    return marks_of(f"đón {figure(1_234_567, habits)} lượt khách, tăng {figure(12.5, habits)}%")


def only(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, (text, found)
    return found[0]


@settings(deadline=None, max_examples=1000)
@given(st.integers(0, 10**12))
def test_numbers_in_words_are_read_back(number: int) -> None:
    words = spell(number)
    assert parse_words(words.split()) == number
    assert parse_folded_words(words) == number
    assert parse_folded_words(fold(words)) == number


@settings(deadline=None, max_examples=200)
@given(st.integers(0, 10**12), SEEDS)
def test_numbers_in_a_writers_words_are_read_back(number: int, seed: int) -> None:
    assert parse_words(spell(number, writer(seed)[0]).split()) == number


@settings(deadline=None, max_examples=1000)
@given(st.one_of(st.integers(0, 120), st.integers(0, 3_000_000)), NOUNS, QUALIFIERS, SEEDS)
def test_counts_are_read_back(number: int, noun: str, qualifier: Qualifier, seed: int) -> None:
    printed = count(number, noun, qualifier, *writer(seed))
    text = f"Trong kỳ có {printed.text} theo báo cáo."
    quantity = only(text)
    assert (quantity.value, quantity.kind, quantity.qualifier) == (number, "count", qualifier)
    assert text[quantity.start : quantity.unit_end] == printed.core
    assert quantity.unit == noun


@settings(deadline=None, max_examples=1000)
@given(AMOUNTS, CURRENCIES, QUALIFIERS, SEEDS)
def test_amounts_are_read_back_and_those_of_misused_marks_at_least_doubted(
    amount: int | float, currency: str, qualifier: Qualifier, seed: int
) -> None:
    habits, rng = writer(seed)
    word = {"exact": "", "about": "khoảng", "more_than": "hơn", "less_than": "gần"}[qualifier]
    printed = money(amount, currency, None, habits, rng, word)
    text = f"Tổng vốn đạt {printed.text} trong kỳ."
    (quantity,) = find_quantities(text, shown_by(habits))
    read = (quantity.value, quantity.kind, quantity.currency, quantity.qualifier)
    if tidy(habits):
        assert read == (Decimal(str(amount)), "money", currency, qualifier)
    else:
        assert read == (Decimal(str(amount)), "money", currency, qualifier) or quantity.doubt
    assert text[quantity.start : quantity.unit_end] == printed.core


@settings(deadline=None, max_examples=500)
@given(AMOUNTS, AMOUNTS, SEEDS)
def test_of_one_sum_in_two_currencies_the_first_is_the_value_and_the_other_is_kept(
    amount: int | float, other: int | float, seed: int
) -> None:
    habits, rng = writer(seed)
    printed = money(amount, "VND", (other, "USD"), habits, rng)
    first, second = find_quantities(f"Tổng vốn đạt {printed.text} trong kỳ.")
    assert (first.currency, first.repeats) == ("VND", False)
    assert (second.currency, second.repeats) == ("USD", True)
    assert first.other is not None
    assert (first.other.amount, first.other.currency) == (second.value, "USD")
    if tidy(habits):
        assert (first.value, second.value) == (Decimal(str(amount)), Decimal(str(other)))


@settings(deadline=None, max_examples=500)
@given(st.decimals(1, 400, places=2).map(float), SEEDS)
@pytest.mark.parametrize(
    ("write", "tail", "base"),
    [
        (percent_change, " so với cùng kỳ năm trước", "last_year"),
        (percent_change, " so cùng kỳ", "last_year"),
        (percent_of_plan, " kế hoạch năm", "plan"),
        (percent_of_plan, " so với kế hoạch", "plan"),
    ],
)
def test_comparisons_are_read_back(
    write: Callable[..., object], tail: str, base: str, value: float, seed: int
) -> None:
    habits, rng = writer(seed)
    printed = write(value, habits, rng)
    text = f"Kim ngạch {printed.text}{tail}."  # type: ignore[attr-defined]
    (comparison,) = find_comparisons(text)
    assert (comparison.percent, comparison.base) == (Decimal(str(value)), base)
    assert text[comparison.start :].startswith(printed.core)  # type: ignore[attr-defined]


@settings(deadline=None, max_examples=500)
@given(st.decimals(0, 4000, places=3).map(float), QUALIFIERS, SEEDS)
def test_lengths_are_read_back(kilometres: float, qualifier: Qualifier, seed: int) -> None:
    habits, rng = writer(seed)
    printed = length(kilometres, qualifier, habits, rng)
    text = f"Đường biên giới dài {printed.text} trên đất liền."
    (quantity,) = find_quantities(text, shown_by(habits))
    assert (quantity.kind, quantity.unit, quantity.qualifier) == ("length", "km", qualifier)
    assert text[quantity.start : quantity.unit_end] == printed.core
    assert quantity.value == Decimal(str(kilometres)) or (not tidy(habits) and quantity.doubt)


@settings(deadline=None, max_examples=500)
@given(st.dates(date(1990, 1, 1), date(2049, 12, 31)))
@pytest.mark.parametrize("form", get_args(DateForm))
def test_dates_are_read_back(form: DateForm, when: date) -> None:
    printed = day(when, form).text
    text = f"Ngày ký: {printed}, tại trụ sở."
    (found,) = find_dates(text)
    assert (found.value, text[found.start : found.end].removeprefix("ký: ")) == (when, printed)
    assert find_quantities(text) == []
