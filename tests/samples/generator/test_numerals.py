"""Every printed number is read back by a small reader of its own, which knows the writer's marks and nothing else."""

import re
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples.generator.wording.habits import Habits, draw
from samples.generator.wording.numerals import (
    count,
    day,
    figure,
    join_list,
    length,
    money,
    percent_change,
    percent_of_plan,
    spell,
)

SEEDS = st.integers(0, 10_000)
UNITS = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5}
UNITS |= {"sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}


def read_words(text: str) -> int:
    billions, above, group = 0, 0, 0
    digit = 0
    for word in text.split():
        if word in UNITS:
            digit = UNITS[word]
        elif word == "mười":
            group, digit = group + 10, 0
        elif word == "mươi":
            group, digit = group + 10 * digit, 0
        elif word == "trăm":
            group, digit = group + 100 * digit, 0
        elif word in ("linh", "lẻ"):
            digit = 0
        elif SCALES[word] == 10**9:
            billions, above, group, digit = (billions + above + group + digit) * 10**9, 0, 0, 0
        else:
            above, group, digit = above + (group + digit) * SCALES[word], 0, 0
    return billions + above + group + digit


def read_figure(text: str, habits: Habits) -> Fraction:
    """By the writer's own marks; where one mark has both uses, three digits behind each make thousands."""
    both = habits.grouping == habits.decimal
    if both and re.fullmatch(rf"\d{{1,3}}(?:{re.escape(habits.decimal)}\d{{3}})+", text):
        return Fraction(text.replace(habits.decimal, ""))
    if habits.grouping and not both:
        text = text.replace(habits.grouping, "")
    return Fraction(text.replace(habits.decimal, "."))


def read_amount(text: str, habits: Habits) -> Fraction:
    total = Fraction(0)
    for figures, scale in re.findall(r"([\d.,]+)(?: (nghìn|ngàn|triệu|tỷ|tỉ)\b)?", text):
        total += read_figure(figures, habits) * SCALES.get(scale, 1)
    return total


def writer(seed: int) -> tuple[Habits, np.random.Generator]:
    rng = np.random.default_rng(seed)
    return draw(rng), rng


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (10, "mười"),
        (11, "mười một"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (1005, "một nghìn không trăm linh năm"),
        (1221, "một nghìn hai trăm hai mươi mốt"),
        (2_350_000_000, "hai tỷ ba trăm năm mươi triệu"),
        (1_000_050_000, "một tỷ không trăm năm mươi nghìn"),
    ],
)
def test_numbers_in_words(number: int, words: str) -> None:
    assert spell(number) == words


@given(st.integers(0, 10**15), SEEDS)
def test_words_are_read_back(number: int, seed: int) -> None:
    assert read_words(spell(number, writer(seed)[0])) == number


@given(st.integers(0, 100_000), st.sampled_from(["đoàn", "lượt người", ""]), SEEDS)
def test_counts_are_read_back(number: int, noun: str, seed: int) -> None:
    habits, rng = writer(seed)
    printed = count(number, noun, "exact", habits, rng)
    said = printed.core.removesuffix(noun).strip()
    digits, _, behind = said.partition(" (")
    if digits[0].isdigit():
        assert read_figure(digits, habits) == number
    else:
        assert read_words(digits) == number
    if behind:
        assert read_words(behind.removesuffix(")")) == number


def test_counts_take_every_form() -> None:
    said = {count(5, "đoàn", "exact", *writer(seed)).text for seed in range(400)}
    assert said == {"05 đoàn", "5 đoàn", "05 (năm) đoàn", "5 (năm) đoàn", "năm đoàn"}
    large = {count(1221, "lượt người", "exact", *writer(seed)).text for seed in range(400)}
    assert large == {"1.221 lượt người", "1,221 lượt người", "1221 lượt người"}


@pytest.mark.parametrize(
    ("qualifier", "words"),
    [
        ("more_than", {"hơn", "trên"}),
        ("less_than", {"gần", "dưới"}),
        ("about", {"khoảng", "ước", "ước khoảng", "ước tính khoảng"}),
    ],
)
def test_a_qualifier_stands_before_the_core(qualifier: str, words: set[str]) -> None:
    printed = [count(12, "đoàn", qualifier, Habits(), np.random.default_rng(seed)) for seed in range(60)]  # type: ignore[arg-type]
    assert {one.text.removesuffix(f" {one.core}") for one in printed} == words


AMOUNTS = st.one_of(
    st.integers(1, 10**13),
    st.integers(1, 99_999).map(lambda n: n * 10**5),
    st.integers(1, 9_999).map(lambda n: n * 10**6),
    st.decimals(1, 10**7, places=2).map(float),
)


@given(AMOUNTS, st.sampled_from(["USD", "VND", "EUR", "JPY", "XAU"]), SEEDS)
def test_amounts_are_read_back(number: int | float, currency: str, seed: int) -> None:
    habits, rng = writer(seed)
    printed = money(number, currency, None, habits, rng)
    assert read_amount(printed.text, habits) == Fraction(str(number))


@given(AMOUNTS, AMOUNTS.map(float), SEEDS)
def test_both_amounts_are_read_back(number: int | float, other: float, seed: int) -> None:
    habits, rng = writer(seed)
    printed = money(number, "VND", (other, "USD"), habits, rng, "hơn")
    assert printed.text.startswith(f"hơn {printed.core}")
    assert read_amount(printed.core, habits) == Fraction(str(number))
    assert read_amount(printed.second, habits) == Fraction(str(other))


def test_amounts_take_the_usual_forms() -> None:
    plain = Habits()
    rng = np.random.default_rng(0)
    dong = {money(2_350_000_000, "VND", None, plain, rng).text for _ in range(300)}
    assert {"2,35 tỷ đồng", "2 tỷ 350 triệu đồng", "2.350.000.000 đồng"} <= dong
    dollars = {money(80_200_000.0, "USD", None, plain, rng).text for _ in range(300)}
    assert {"80,2 triệu USD", "80,2 triệu đô la Mỹ", "80.200.000 USD"} <= dollars
    assert "339,477 triệu đồng" in {money(339_477_000, "VND", None, plain, rng).text for _ in range(50)}


@given(st.decimals(1, 400, places=2).map(float), SEEDS)
def test_shares_are_read_back(value: float, seed: int) -> None:
    habits, rng = writer(seed)
    for printed in (percent_change(value, habits, rng), percent_of_plan(value, habits, rng)):
        verb, figures = printed.core.removesuffix("%").strip().split(" ")
        said = read_figure(figures, habits)
        total = {"tăng": 100 + said, "vượt": 100 + said, "giảm": 100 - said}.get(verb, said)
        assert total == Fraction(str(value))


@given(st.decimals(0, 4000, places=3).map(float), SEEDS)
def test_lengths_are_read_back(value: float, seed: int) -> None:
    habits, rng = writer(seed)
    printed = length(value, "about", habits, rng)
    assert read_figure(printed.core.removesuffix("km").strip(), habits) == Fraction(str(value))


def test_no_three_decimals_where_they_would_be_thousands() -> None:
    assert figure(20.125, Habits()) == "20,125"
    assert figure(20.125, Habits(grouping=".", decimal=".")) == "20.1250"
    assert figure(1_104_469, Habits(grouping=",")) == "1,104,469"


@given(
    st.lists(st.sampled_from(["Lào", "Thái Lan", "Trà Vinh và Bến Tre", "Nga"]), min_size=1, max_size=5),
    SEEDS,
)
def test_lists_are_read_back(items: list[str], seed: int) -> None:
    text = join_list(items, np.random.default_rng(seed)).text
    parts = (
        text.split("; ")
        if ";" in text
        else re.split(", | và ", text)
        if items != ["Trà Vinh và Bến Tre"]
        else [text]
    )
    assert parts == items


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("words", "ngày 05 tháng 11 năm 2019"),
        ("words_short", "ngày 5 tháng 11 năm 2019"),
        ("slash", "05/11/2019"),
        ("slash_short", "5/11/2019"),
        ("dash", "05-11-2019"),
        ("dot", "05.11.2019"),
    ],
)
def test_dates(form: str, text: str) -> None:
    assert day(date(2019, 11, 5), form).text == text  # type: ignore[arg-type]
