from datetime import date
from types import SimpleNamespace as Some

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples.generator.wording.frames import (
    Decoy,
    DelegationSlot,
    Frame,
    FrameError,
    Limits,
    Other,
    Value,
    Variable,
    Words,
    parse,
)
from samples.generator.wording.habits import Habits, draw
from samples.generator.wording.spelling import slip, slips, spell_as

TEXT = "Ủy ban nhân dân tỉnh Khánh Hòa; hoà bình, KHỎE MẠNH, thuỷ sản, kỹ thuật, quí vị, hoàn thành, ngoài, 25 tỷ đồng"


def test_a_sentence_parses_into_words_values_and_variables() -> None:
    assert parse(
        "Trong {period}, cử [outbound.delegations đoàn]/[outbound.people lượt người].", "outbound"
    ) == (
        Words("Trong "),
        Variable("period"),
        Words(", cử "),
        Value(("outbound.delegations",), "reported", "đoàn", ""),
        Words("/"),
        Value(("outbound.people",), "reported", "lượt người", ""),
        Words("."),
    )


def test_decoys_other_numbers_and_slots_parse() -> None:
    assert parse("{last outbound.people lượt người}{other 2-15 hộ}{d.people người}{echo oda.value}") == (
        Decoy("last", "outbound.people", "lượt người"),
        Other(2, 15, "hộ"),
        DelegationSlot("people", "người"),
        Decoy("echo", "oda.value", ""),
    )


def test_words_of_a_mark_may_hold_variables() -> None:
    (value,) = parse("[oda.projects,oda.value! Trong {period} không có]", "oda")
    assert value == Value(
        ("oda.projects", "oda.value"),
        "none",
        "",
        "Trong {period} không có",
        None,
        (Words("Trong "), Variable("period"), Words(" không có")),
    )


def test_marks_tell_the_state_each_field_must_have() -> None:
    pieces = parse(
        "[diaspora.trend=up tăng], [diaspora.complaints! không có], [diaspora.remittances? kiều hối:]",
        "diaspora",
    )
    frame = Frame(pieces)
    assert frame.marks == {
        "diaspora.trend": "reported",
        "diaspora.complaints": "none",
        "diaspora.remittances": "blank",
    }
    assert frame.choices == {"diaspora.trend": "up"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Có [oda.project dự án].", "unknown field"),
        ("Có [fdi.projects dự án].", "belongs to fdi.yaml"),
        ("Có {perod}.", "unknown variable"),
        ("Có [oda.projects dự án.", "no partner"),
        ("Có {period.", "no partner"),
        ("[oda.projects!]", "no words"),
        ("[oda.projects?]", "no words"),
        ("[oda.value USD]", "prints its own unit"),
        ("[oda.projects,oda.value dự án]", "two values"),
        ("[oda.projects dự án] và [oda.projects dự án]", "marked twice"),
        ("[oda.projects=up tăng]", "without ="),
        ("{other 5-2 hộ}", "lower number first"),
        ("{part1 oda.projects dự án} và {part3 oda.projects dự án}", "name part1 and part2"),
        ("{d.name}", "a delegation has"),
        ("Hai  dấu cách", "stray spaces"),
        ("Tie\u0302\u0301ng", "NFC"),
    ],
)
def test_what_is_not_in_the_language_says_how_to_mend_it(text: str, message: str) -> None:
    with pytest.raises(FrameError, match=message):
        parse(text, "oda")


def test_nothing_may_be_marked_outside_a_topic() -> None:
    with pytest.raises(FrameError, match="marks stand in frames"):
        parse("[oda.projects dự án]")


@given(st.text(alphabet="[]{}!?=, abođ.", max_size=30))
def test_any_text_parses_or_is_refused(text: str) -> None:
    try:
        pieces = parse(text, "oda")
    except FrameError:
        return
    assert "".join(piece.text for piece in pieces if isinstance(piece, Words)) in text


@pytest.mark.parametrize(
    ("tone", "spelt"),
    [("old", "Uỷ hoà KHOẺ thuỷ quý hoàn"), ("new", "Ủy hòa KHỎE thủy quý hoàn")],
)
def test_tones_are_placed_by_habit(tone: str, spelt: str) -> None:
    assert spell_as("Uỷ hòa KHỎE thủy quý hoàn", Habits(tone=tone)) == spelt  # type: ignore[arg-type]


def test_y_and_i_are_spelt_by_habit() -> None:
    assert spell_as("kỹ lý QUÝ tỷ mì", Habits(y_i="i", billion="tỉ")) == "kĩ lí QUÍ tỉ mì"
    assert spell_as("kĩ lí QUÍ tỉ mì", Habits(y_i="y")) == "kỹ lý QUÝ tỷ mì"


@given(st.integers(0, 500))
def test_spelling_keeps_every_letter_in_place_and_settles(seed: int) -> None:
    habits = draw(np.random.default_rng(seed))
    once = spell_as(TEXT, habits, ["Khánh Hòa"])
    assert len(once) == len(TEXT)
    assert "Khánh Hòa" in once
    assert spell_as(once, habits, ["Khánh Hòa"]) == once


@given(st.integers(0, 2000))
def test_a_slip_changes_no_digit_and_little_else(seed: int) -> None:
    slipped = slip(TEXT, np.random.default_rng(seed))
    assert abs(len(slipped) - len(TEXT)) <= 1
    assert "25" in slipped


def test_tidy_writers_do_not_slip_and_others_do_now_and_then() -> None:
    rng = np.random.default_rng(0)
    assert slips(TEXT, Habits(), rng) == TEXT
    changed = sum(slips(TEXT, Habits(slips=1 / 300), rng) != TEXT for _ in range(1000))
    assert 40 < changed < 120


def test_the_same_seed_gives_the_same_habits() -> None:
    assert draw(np.random.default_rng(7)) == draw(np.random.default_rng(7))
    assert len({draw(np.random.default_rng(seed)) for seed in range(200)}) > 150


def test_limits_hold_level_period_year_and_habit() -> None:
    facts = Some(
        issued_on=date(2019, 1, 5), office=Some(level="district", party=False), span=Some(period="year")
    )
    assert Limits().fits(facts)  # type: ignore[arg-type]
    assert Limits(("district",), ("year",), 2019, 2019, "state").fits(facts)  # type: ignore[arg-type]
    for limits in (
        Limits(levels=("province",)),
        Limits(periods=("half",)),
        Limits(first_year=2020),
        Limits(last_year=2018),
        Limits(habit="party"),
    ):
        assert not limits.fits(facts)  # type: ignore[arg-type]
