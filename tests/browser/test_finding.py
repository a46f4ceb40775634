"""Finding one's way: filters, the document beside its page, progress, the other language; and hostile text stays text."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.acting import advance, field, open_field, press, says, shown, wait_entries
from tests.browser.conftest import Served
from tests.browser.paper import EVIL


def choose_filter(page: Any, **chosen: str) -> None:
    press(page, "f")
    for name, value in chosen.items():
        page.locator(f"dialog[open] select[name={name}]").select_option(value)
    page.locator("dialog[open] button.main").click()
    expect(page.locator("dialog")).to_be_hidden()


@pytest.mark.parametrize(
    ("chosen", "left", "told"),
    [
        ({"group": "diaspora"}, 3, "Kiều bào"),
        ({"field": "trade.turnover"}, 3, "Kim ngạch xuất nhập khẩu"),
        ({"reason": "handwriting"}, 3, "Chữ viết tay"),
        ({"district": "Nga Sơn"}, 12, "Nga Sơn"),
        ({"year": "2020"}, 24, "2020"),
        ({"group": "letterhead", "year": "2019"}, 5, "Thể thức · 2019"),
    ],
)
def test_filters_narrow_the_queue_and_say_so(
    page: Any, served: Served, chosen: dict[str, str], left: int, told: str
) -> None:
    choose_filter(page, **chosen)
    expect(page.locator("#left")).to_have_text(str(left))
    expect(page.locator("#filtered")).to_have_text(told)
    page.reload()
    expect(page.locator("#filtered")).to_have_text(told)
    expect(page.locator("#left")).to_have_text(str(left))


def test_a_filter_that_is_worked_off_ends_and_can_be_cleared(page: Any, served: Served) -> None:
    choose_filter(page, field="diaspora.visitors", district="Nga Sơn")
    expect(page.locator("#left")).to_have_text("1")
    advance(page, "Enter")
    says(page, "#done", "Đã xem hết")
    page.locator("#clearfilter").click()
    expect(page.locator("#left")).to_have_text("35")
    assert field(page)


def test_decided_items_can_be_looked_at_again_and_sure_ones_when_asked(page: Any, served: Served) -> None:
    advance(page, "Enter")
    wait_entries(page, served, 1)
    press(page, "f")
    page.locator("dialog[open] [name=settled]").check()
    page.locator("dialog[open] button.main").click()
    expect(page.locator("#left")).to_have_text("1")
    says(page, "#decided", "lan")
    press(page, "f")
    page.locator("dialog[open] [name=settled]").uncheck()
    page.locator("dialog[open] [name=sure]").check()
    page.locator("dialog[open] button.main").click()
    expect(page.locator("#left")).to_have_text(str(3 * 19 - 1))


def test_the_language_changes_and_the_item_and_the_filter_stay(page: Any, served: Served) -> None:
    choose_filter(page, group="outbound")
    advance(page, "Tab")
    before = shown(page)
    press(page, "l")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator(f"#sheet[data-shown='{before}']").wait_for()
    expect(page.locator("#filtered")).to_have_text("Delegations out")
    expect(page.locator("#savename")).to_have_text("Right, save")
    page.locator("#language").click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    page.locator(f"#sheet[data-shown='{before}']").wait_for()


def test_the_document_stands_beside_its_page_with_all_fields_and_the_outline(
    page: Any, served: Served
) -> None:
    open_field(page, served, "outbound.people")
    press(page, "v")
    rows = page.locator("#document .row")
    expect(rows).to_have_count(19)
    expect(page.locator("#document .row.flagged")).to_have_count(12)
    expect(page.locator("#document .row:focus .name")).to_have_text("Số lượt người đoàn ra")
    headings = [text.split("\n")[0] for text in page.locator(".outline li").all_inner_texts()]
    assert len(headings) == 9
    assert headings[0].startswith("I CÔNG TÁC ĐỐI NGOẠI NĂM 2019")
    says(page, "#document .findings", "Kim ngạch không bằng tổng")
    for _ in range(5):
        press(page, "ArrowDown")
    expect(page.locator("#document .row:focus .name")).to_have_text("So cùng kỳ")
    for _ in range(2):
        press(page, "ArrowDown")
    says(page, "#page", "Trang 2 / 2")  # the field under the focus is lit on its page
    page.keyboard.press("Enter")
    page.locator("#sheet[data-shown*='/diaspora.visitors/']").wait_for()
    expect(page.locator("#document")).to_be_hidden()


def test_closing_the_document_returns_to_the_item_and_its_page(page: Any, served: Served) -> None:
    open_field(page, served, "outbound.people")
    press(page, "v")
    page.locator(".outline button").last.click()
    says(page, "#page", "Trang 2 / 2")
    press(page, "v")
    expect(page.locator("#work")).to_be_visible()
    assert field(page) == "outbound.people"
    assert page.evaluate("document.activeElement.id") == "label"


def test_progress_counts_people_fields_and_agreement(page: Any, served: Served) -> None:
    open_field(page, served, "outbound.people")
    advance(page, "1")
    advance(page, "Enter")
    wait_entries(page, served, 2)
    press(page, "p")
    says(page, "dialog[open] .figures", "2 / 36")
    rows = [row.split("\t") for row in page.locator("dialog[open] tbody tr").all_inner_texts()]
    assert ["lan", "2", "50 %"] in rows
    assert ["Số lượt người đoàn ra", "1", "0 %"] in rows
    assert page.locator("dialog[open] progress").evaluate("bar => bar.value / bar.max") == 2 / 36


def test_the_time_for_the_rest_is_told_after_a_few_decisions(page: Any, served: Served) -> None:
    for _ in range(4):
        advance(page, "Enter")
    says(page, "#rest", "phút nữa")


def test_other_years_of_the_same_issuer_stand_beside_a_figure(page: Any, served: Served) -> None:
    open_field(page, served, "outbound.delegations")
    expect(page.locator("#neighbours")).to_be_hidden()  # three issuers, a year each


def test_a_script_in_the_text_of_a_scan_does_nothing(page: Any, served: Served) -> None:
    page.on("dialog", lambda dialog: page.trouble.told.append(f"a script ran: {dialog.message}"))
    open_field(page, served, "doc.subject", 3)
    assert page.locator("#raw q").inner_text() == EVIL
    assert page.locator("#value").input_value() == EVIL
    press(page, "v")
    says(page, "#document", EVIL)
    press(page, "Escape")
    page.goto(f"{served.address}/browse")
    says(page, "main", EVIL)
    page.goto(f"{served.address}/search?q=alert")
    assert page.evaluate("document.querySelectorAll('main img, main script').length") == 0


def test_who_gives_a_name_before_anything_is_shown_keeps_the_filter(page: Any, served: Served) -> None:
    """However early: the server is slow to tell what there is to do."""
    page.route("**/api/queue*", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.goto("about:blank")
    page.goto(f"{served.address}/?field=outbound.people&sure=true")
    page.click("[data-command=name]")
    page.fill("dialog[open] input[name=text]", "Lan")
    press(page, "Enter")
    says(page, "#who", "Lan")
    assert field(page) == "outbound.people"
    says(page, "#filtered", "Số lượt người đoàn ra")
    page.unroute_all(behavior="wait")
