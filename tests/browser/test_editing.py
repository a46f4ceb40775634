"""Typing a value: understood as reports write it, or refused with a reason; states, comments, taking back."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.acting import advance, field, left, open_field, press, says, type_value, wait_entries
from tests.browser.conftest import Served


@pytest.mark.parametrize(
    ("name", "typed", "understood", "kept"),
    [
        ("outbound.people", "1.221", "1221 lượt người", {"number": "1221", "unit": "lượt người"}),
        ("outbound.people", "hơn 50", "hơn 50 lượt người", {"number": "50", "qualifier": "more_than"}),
        ("trade.turnover", "80,2 triệu USD", "80.200.000 USD", {"number": "80200000", "currency": "USD"}),
        (
            "trade.turnover",
            "25,4 tỷ đồng",
            "25.400.000.000 VND",
            {"number": "25400000000", "currency": "VND"},
        ),
        ("trade.vs_last_year", "86,15%", "86,15%", {"number": "86.15"}),
        ("doc.issued_on", "05/3/2020", "05/03/2020", {"day": "2020-03-05"}),
        ("doc.issued_on", "ngày 7 tháng 12 năm 2019", "07/12/2019", {"day": "2019-12-07"}),
        ("doc.signed", "không", "Không", {"text": "false"}),
    ],
)
def test_what_is_typed_as_reports_write_it_is_understood_and_shown_before_it_is_kept(
    page: Any, served: Served, name: str, typed: str, understood: str, kept: dict[str, str]
) -> None:
    open_field(page, served, name)
    type_value(page, typed)
    says(page, "#echo", f"Hiểu là: {understood}")
    says(page, "#savename", "Lưu")
    advance(page, "Enter")
    new = wait_entries(page, served, 1)[0].new
    assert new["state"] == "reported"
    assert {part: new[part] for part in kept} == kept


@pytest.mark.parametrize(
    ("name", "typed", "reason"),
    [
        ("outbound.people", "nhiều", "Nhập một số"),
        ("outbound.people", "12,5", "số nguyên"),
        ("outbound.people", "12 dự án", "Đơn vị không hợp"),
        ("doc.issued_on", "31/2/2020", "Không có ngày này"),
        ("doc.issued_on", "mồng bảy", "Nhập ngày"),
        ("doc.signed", "có lẽ", "Có hoặc Không"),
        ("trade.vs_last_year", "nhiều hơn", "phần trăm"),
    ],
)
def test_what_is_no_value_is_refused_with_a_reason_and_stays_to_be_mended(
    page: Any, served: Served, name: str, typed: str, reason: str
) -> None:
    open_field(page, served, name)
    type_value(page, typed)
    press(page, "Enter")
    says(page, "#echo.wrong", reason)
    assert page.locator("#value").get_attribute("aria-invalid") == "true"
    assert page.locator("#value").input_value() == typed
    assert page.evaluate("document.activeElement.id") == "value"
    assert field(page) == name
    assert served.entries == []


def test_a_list_is_typed_a_line_each(page: Any, served: Served) -> None:
    open_field(page, served, "doc.recipients")
    assert page.locator("#values").input_value() == "Sở Ngoại vụ\nLưu: VT"
    press(page, "e", "Control+End", "Enter")
    page.keyboard.type("UBND tỉnh")
    advance(page, "Control+Enter")
    assert wait_entries(page, served, 1)[0].new["items"] == ["Sở Ngoại vụ", "Lưu: VT", "UBND tỉnh"]


def test_an_alternative_marks_the_letters_that_differ(page: Any, served: Served) -> None:
    open_field(page, served, "outbound.people")
    choice = page.locator("#others button").first
    assert choice.inner_text().split() == ["1", "410", "lượt", "người"]
    assert choice.locator(".differs").all_inner_texts() == ["1"]


def test_the_state_that_stands_is_marked_and_another_takes_its_place(page: Any, served: Served) -> None:
    open_field(page, served, "conferences.count")
    expect(page.locator("[data-command=absent]")).to_have_attribute("aria-pressed", "true")
    advance(page, "b")
    assert wait_entries(page, served, 1)[0].new == {"state": "blank"}
    open_field(page, served, "conferences.count")
    expect(page.locator("[data-command=blank]")).to_have_attribute("aria-pressed", "true")
    says(page, "#decided", "Đã quyết định bởi lan")


def test_undo_takes_back_the_last_decision_and_shows_the_item_again(page: Any, served: Served) -> None:
    open_field(page, served, "outbound.people")
    before = left(page)
    advance(page, "x")
    wait_entries(page, served, 1)
    advance(page, "z")
    assert field(page) == "outbound.people"
    assert page.locator("#value").input_value() == "470 lượt người"
    assert [entry.action for entry in wait_entries(page, served, 2)] == ["set", "undo"]
    expect(page.locator("#left")).to_have_text(str(before))
    press(page, "z")
    says(page, "#status", "Không có gì để hoàn tác")


def test_a_comment_is_kept_and_leaves_the_value(page: Any, served: Served) -> None:
    open_field(page, served, "outbound.people")
    press(page, "c")
    page.keyboard.type("Hỏi lại huyện: 470 hay 410?")
    press(page, "Control+Enter")
    (entry,) = wait_entries(page, served, 1)
    assert (entry.action, entry.comment) == ("comment", "Hỏi lại huyện: 470 hay 410?")
    says(page, "#history", "Hỏi lại huyện")
    advance(page, "1")  # and the decision after one's own comment is no conflict
    assert wait_entries(page, served, 2)[1].new["number"] == "410"


def test_no_source_on_the_page_is_kept_and_can_be_taken_off_again(page: Any, served: Served) -> None:
    open_field(page, served, "outbound.people")
    press(page, "o")
    expect(page.locator("#crop")).to_be_hidden()
    press(page, "o")
    expect(page.locator("#crop")).to_be_visible()
    press(page, "o")
    advance(page, "Enter")
    assert wait_entries(page, served, 1)[0].evidence == {"none": True}
    open_field(page, served, "outbound.people")
    expect(page.locator("[data-command=no_source]")).to_have_attribute("aria-pressed", "true")


def test_a_field_without_a_place_says_so(page: Any, served: Served) -> None:
    open_field(page, served, "conferences.count")
    expect(page.locator("#noplace")).to_be_visible()
    expect(page.locator("#crop")).to_be_hidden()
