"""Two people at one item, a server that goes away, and a session that has ended."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.acting import advance, field, left, open_field, press, says, type_value, wait_entries
from tests.browser.conftest import Served


@pytest.fixture
def served(serve: Callable[..., Served], workspace: Path) -> Served:
    """The review page without second entry, for which the few fields here would all be drawn: it hides others' words."""
    return serve(workspace, share=0.0)


@pytest.fixture
def pair(open_page: Callable[..., Any], served: Served) -> tuple[Any, Any]:
    """Two windows of two people, both at the number of people of the first report."""
    lan, hoa = open_page(who="Lan"), open_page(who="Hoa")
    for page in (lan, hoa):
        open_field(page, served, "outbound.people")
    return lan, hoa


def test_who_comes_second_is_asked_and_nothing_is_overwritten(pair: tuple[Any, Any], served: Served) -> None:
    lan, hoa = pair
    advance(lan, "1")
    wait_entries(lan, served, 1)
    press(hoa, "x")
    says(hoa, "dialog[open] h2", "Người khác vừa quyết định")
    says(hoa, "dialog[open]", "410 lượt người")
    says(hoa, "dialog[open]", "Không nhắc tới")
    says(hoa, "dialog[open]", "Lan")
    assert len(served.entries) == 1
    press(hoa, "Enter")  # the first button: keep theirs
    expect(hoa.locator("dialog")).to_be_hidden()
    assert len(wait_entries(hoa, served, 1)) == 1
    assert field(hoa) != "outbound.people"


def test_who_comes_second_may_insist_and_both_are_in_the_trail(pair: tuple[Any, Any], served: Served) -> None:
    lan, hoa = pair
    advance(lan, "1")
    wait_entries(lan, served, 1)
    press(hoa, "x")
    hoa.locator("dialog[open] [data-choice=mine]").click()
    first, second = wait_entries(hoa, served, 2)
    assert (first.who, first.new["number"]) == ("Lan", "410")
    assert (second.who, second.new, second.old["number"]) == ("Hoa", {"state": "absent"}, "410")


def test_a_conflict_waits_for_the_dialog_that_is_open(pair: tuple[Any, Any], served: Served) -> None:
    lan, hoa = pair
    advance(lan, "1")
    wait_entries(lan, served, 1)
    hoa.route("**/api/decide", lambda route: (hoa.wait_for_timeout(400), route.continue_()), times=1)
    advance(hoa, "x")
    press(hoa, "c")
    hoa.keyboard.type("một ghi chú dài")
    hoa.wait_for_timeout(700)
    says(hoa, "dialog[open] h2", "Ghi chú")
    assert hoa.locator("dialog textarea").input_value() == "một ghi chú dài"
    press(hoa, "Escape")
    says(hoa, "dialog[open] h2", "Người khác vừa quyết định")
    press(hoa, "Enter")


def test_what_others_decide_meanwhile_leaves_the_queue(pair: tuple[Any, Any], served: Served) -> None:
    lan, hoa = pair
    before = left(hoa)
    advance(lan, "1")
    advance(lan, "Enter")
    wait_entries(lan, served, 2)
    advance(hoa, "Tab")
    expect(hoa.locator("#left")).to_have_text(str(before - 2))


def test_a_decision_that_did_not_arrive_is_kept_and_sent_again(page: Any, served: Served) -> None:
    open_field(page, served, "outbound.people")
    page.route("**/api/decide", lambda route: route.fulfill(status=503, json={"error": "failed"}), times=1)
    page.trouble.expected.append("503")
    advance(page, "1")
    says(page, "#trouble", "Máy chủ gặp lỗi")
    assert served.entries == []
    page.locator("[data-command=retry]").click()
    assert wait_entries(page, served, 1)[0].new["number"] == "410"
    expect(page.locator("#trouble")).to_be_hidden()


def test_a_session_that_has_ended_is_told_in_words(page: Any, served: Served) -> None:
    page.context.clear_cookies()
    page.trouble.expected.append("401")
    press(page, "p")
    says(page, "#trouble", "Phiên đã hết")


def test_without_a_session_the_address_alone_shows_nothing(chromium: Any, served: Served) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(served.address)
    assert page.url.endswith("/login")
    assert page.locator("input[name=token]").is_visible()  # asked for the token of the command line
    assert not re.search("Số văn bản|Đông Sơn", page.content())
    context.close()


def test_who_logs_in_again_in_another_tab_goes_on_in_the_first_under_the_same_name(
    page: Any, served: Served
) -> None:
    page.locator("[data-command=name]").click()
    page.locator("dialog[open] input").fill("Hoa")
    press(page, "Enter")
    expect(page.locator("#who")).to_have_text("Hoa")
    open_field(page, served, "outbound.people")
    page.context.clear_cookies()
    page.trouble.expected.append("401")
    press(page, "1")
    says(page, "#trouble", "Phiên đã hết")
    tab = page.context.new_page()
    tab.goto(served.address)
    tab.get_by_label("Mã").fill("wrong")
    tab.get_by_role("button", name="Mở trang").click()
    says(tab, "[role=alert]", "Mã này không đúng")
    tab.get_by_label("Mã").fill(served.token)
    tab.get_by_role("button", name="Mở trang").click()
    tab.locator("#label:not(:empty)").wait_for()
    page.locator("[data-command=retry]").click()
    (entry,) = wait_entries(page, served, 1)
    assert (entry.who, entry.new["number"]) == ("Hoa", "410")


def test_who_leaves_is_out(page: Any, served: Served) -> None:
    page.trouble.expected.append("401")  # what was being fetched ahead when the session ended
    page.get_by_role("button", name="Thoát").click()
    page.wait_for_url("**/login")
    page.goto(served.address)
    assert page.url.endswith("/login")


def test_the_own_name_is_what_the_trail_says(page: Any, served: Served) -> None:
    page.locator("[data-command=name]").click()
    page.locator("dialog[open] input").fill("Nguyễn Thị Lan")
    press(page, "Enter")
    expect(page.locator("#who")).to_have_text("Nguyễn Thị Lan")
    page.locator("#sheet[data-shown]").wait_for()  # the item is there anew, for the new name
    page.locator("#label").focus()
    type_value(page, "77")
    advance(page, "Enter")
    assert wait_entries(page, served, 1)[0].who == "Nguyễn Thị Lan"
