from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from pipeline.evaluation.field_rules import is_right
from pipeline.evaluation.truth import TruthField
from pipeline.review.agreement import agreements
from pipeline.review.intervals import exact
from pipeline.review.likeness import category, same
from pipeline.review.values import Value


def number(text: str, currency: str = "") -> Value:
    return Value("reported", number=text, currency=currency)


def test_kappa_is_cohens_own_example() -> None:
    """Cohen 1960, table 1: proportions .25 .13 .12 / .12 .02 .16 / .03 .15 .02, here of 200: po .29, pc .404."""
    table = [[50, 26, 24], [24, 4, 32], [6, 30, 4]]
    pairs = [
        ("f.x", (Value("reported", text=f"c{row}"), Value("reported", text=f"c{column}")))
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _ in range(count)
    ]
    overall, field = agreements(pairs)
    assert (field.field, overall.field, field.pairs) == ("f.x", "", 200)
    assert field.raw == pytest.approx(0.29)
    expected = 100 / 200 * 80 / 200 + 60 / 200 * 60 / 200 + 40 / 200 * 60 / 200
    assert field.expected == pytest.approx(expected)
    assert field.kappa == pytest.approx((0.29 - expected) / (1 - expected))
    assert overall.kappa == pytest.approx(field.kappa)


def test_kappa_is_not_defined_where_all_words_are_one_value() -> None:
    overall, _ = agreements([("f.x", (Value("absent"), Value("absent")))] * 4)
    assert (overall.raw, overall.kappa) == (1.0, None)


def test_chance_agreement_over_all_fields_is_within_each_field() -> None:
    pairs = [("a.x", (Value("absent"), Value("absent")))] * 3 + [("b.y", (number("1"), number("2")))]
    overall, first, second = agreements(pairs)
    assert (first.expected, second.expected) == (1.0, 0.0)
    assert overall.expected == pytest.approx(0.75)
    assert overall.kappa == pytest.approx(0.0)
    assert agreements([]) == []


def test_lists_that_are_nearly_alike_are_one_category() -> None:
    one, other = (
        Value("reported", items=("Như trên", "Lưu VT, NV")),
        Value("reported", items=("Như trên;", "Lưu: VT, NV")),
    )
    overall, _ = agreements(
        [("doc.recipients", (one, other)), ("doc.recipients", (Value("absent"), Value("absent")))]
    )
    assert (overall.agreed, overall.expected) == (2, 0.5)


TEXTS = st.sampled_from(["Thoả thuận", "thỏa  thuận.", "Thuận", "12", ""])
VALUES = st.one_of(
    st.sampled_from(["none", "blank", "absent", "unreadable"]).map(Value),
    st.builds(number, st.sampled_from(["12", "12.0", "13", "0"]), st.sampled_from(["USD", "VND"])),
    st.builds(lambda t: Value("reported", text=t), TEXTS.filter(bool)),
    st.builds(lambda d: Value("reported", day=d), st.sampled_from(["2020-01-02", "2021-01-02"])),
    st.builds(
        lambda i: Value("reported", items=tuple(i)), st.lists(TEXTS.filter(bool), min_size=1, max_size=3)
    ),
)


@given(VALUES, VALUES)
def test_two_words_agree_just_when_a_run_that_said_the_one_is_right_by_the_other(
    one: Value, other: Value
) -> None:
    truth = TruthField(
        state=one.state,
        value_number=float(Decimal(one.number)) if one.number else None,
        value_text=one.text or None,
        value_date=one.iso_day,
        items=one.items or None,
        currency=one.currency or None,
    )
    texts = other.items or (other.text or None,)
    rows = [
        {
            "state": other.state,
            "value_number": float(Decimal(other.number)) if other.number else None,
            "value_text": text,
            "value_date": other.iso_day,
            "currency": other.currency or None,
        }
        for text in texts
    ]
    single = (len(one.items) == 1 or len(other.items) == 1) and bool(one.items) != bool(other.items)
    if not single:  # a list of one and a text look the same in the table; a field is one or the other
        assert same(one, other) == is_right(truth, rows)
    assert same(one, other) == same(other, one)
    if (
        category(one) == category(other)
        and bool(one.items) == bool(other.items)
        and bool(one.text) == bool(other.text)
    ):
        assert same(one, other)


@pytest.mark.parametrize(
    ("wrong", "seen"), [(0, 200), (1, 200), (3, 1), (37, 1500), (200, 200), (2.5, 131.7), (0, 1)]
)
def test_the_interval_is_that_of_clopper_and_pearson(wrong: float, seen: float) -> None:
    wrong = min(wrong, seen)
    low, high = exact(wrong, seen)
    assert low == pytest.approx(beta.ppf(0.025, wrong, seen - wrong + 1) if wrong else 0.0, abs=1e-10)
    assert high == pytest.approx(beta.ppf(0.975, wrong + 1, seen - wrong) if wrong < seen else 1.0, abs=1e-10)
