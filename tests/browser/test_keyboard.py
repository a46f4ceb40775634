"""A review by the keyboard alone, and the table of keys: each is in the help and does what it says."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.acting import advance, field, open_field, press, says, shown, type_value, wait_entries
from tests.browser.conftest import Served

FLAGGED = 12
"""Fields of a drawn report that ask for a look."""


def test_the_likeliest_error_comes_first_with_its_place_lit_and_the_keys_at_hand(page: Any) -> None:
    assert page.locator("#label").inner_text() == "Số văn bản"
    assert page.locator("#left").inner_text() == str(3 * FLAGGED)
    assert page.locator("#value").input_value() == "312"
    assert page.locator("#reasons li").all_inner_texts() == ["Độ tin cậy 35 %", "Chữ viết tay"]
    assert page.evaluate("document.activeElement.id") == "label"


def test_a_whole_review_without_the_mouse(page: Any, served: Served) -> None:
    seen, answers = [], {
        "doc.number": ("e", "Control+a", "9", "9", "Enter"),
        "outbound.people": ("1",),
        "conferences.count": ("n",),
        "doc.signed": ("u",),
        "inbound.people": ("o", "Enter"),
    }  # fmt: skip
    page.wait_for_timeout(200)  # somebody looks
    while name := field(page):
        seen.append(shown(page).rsplit("/", 1)[0])
        advance(page, *answers.get(name, ("Enter",)))
    assert len(seen) == len(set(seen)) == 3 * FLAGGED
    says(page, "#done h2", "Đã xem hết")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    entries = wait_entries(page, served, 3 * FLAGGED)
    new = {(entry.doc_id, entry.field): entry for entry in entries}
    (doc_id, *_) = {entry.doc_id for entry in entries}
    assert new[doc_id, "doc.number"].new == {"state": "reported", "number": "99"}
    assert new[doc_id, "outbound.people"].new["number"] == "410"
    assert new[doc_id, "conferences.count"].new == {"state": "none"}
    assert new[doc_id, "doc.signed"].new == {"state": "unreadable"}
    assert new[doc_id, "inbound.people"].evidence == {"none": True}
    assert new[doc_id, "trade.turnover"].new == new[doc_id, "trade.turnover"].old
    assert entries[0].seconds >= 0.2
    assert sum(entry.seconds for entry in entries) < 600


def test_tab_goes_to_the_next_flagged_field_and_shift_tab_back(page: Any) -> None:
    visited = [shown(page)]
    for _ in range(5):
        advance(page, "Tab")
        visited.append(shown(page))
    assert len(set(visited)) == 6
    for expected in reversed(visited[:-1]):
        advance(page, "Shift+Tab")
        assert shown(page) == expected
    page.keyboard.press("e")
    advance(page, "Tab")  # also out of the value
    assert shown(page) == visited[1]


def test_after_going_back_the_next_item_is_the_one_that_came_next(page: Any) -> None:
    """However long the server takes to say what comes next."""
    visited = [shown(page)]
    for _ in range(3):
        advance(page, "Tab")
        visited.append(shown(page))
    page.route("**/api/queue*", lambda route: (page.wait_for_timeout(150), route.continue_()))
    for expected in (visited[2], visited[1]):
        advance(page, "Shift+Tab")
        assert shown(page) == expected
    for expected in visited[2:]:
        advance(page, "Tab")
        assert shown(page) == expected
    page.unroute_all(behavior="wait")


def test_a_decision_right_after_a_comment_is_no_conflict_with_oneself(page: Any, served: Served) -> None:
    page.route("**/api/decide", lambda route: (page.wait_for_timeout(150), route.continue_()))
    press(page, "c")
    page.keyboard.type("xem lại")
    press(page, "Control+Enter")
    advance(page, "u")
    assert [entry.action for entry in wait_entries(page, served, 2)] == ["comment", "set"]
    assert page.locator("dialog[open]").count() == 0
    page.unroute_all(behavior="wait")


def test_a_key_pressed_twice_in_a_row_decides_one_item_once(page: Any, served: Served) -> None:
    page.route("**/api/item/**", lambda route: (page.wait_for_timeout(30), route.continue_()))
    press(page, "Enter", "Enter", "Enter", "Enter")
    page.wait_for_timeout(600)
    entries = served.entries
    assert len(entries) == len({entry.key for entry in entries}) >= 1
    page.unroute_all(behavior="wait")


Check = Callable[[Any, Served], None]


def _focused(name: str) -> Check:
    def check(page: Any, served: Served) -> None:
        assert page.evaluate("document.activeElement.id") == name

    return check


def _dialog(title: str) -> Check:
    def check(page: Any, served: Served) -> None:
        says(page, "dialog[open] h2", title)

    return check


def _state(state: str) -> Check:
    def check(page: Any, served: Served) -> None:
        assert wait_entries(page, served, 1)[0].new == {"state": state}

    return check


def _number(number: str) -> Check:
    def check(page: Any, served: Served) -> None:
        assert wait_entries(page, served, 1)[0].new["number"] == number

    return check


def _other_item(page: Any, served: Served) -> None:
    expect(page.locator("#label")).not_to_have_text("Số lượt người đoàn ra")
    assert served.entries == []


def _page_number(number: int) -> Check:
    def check(page: Any, served: Served) -> None:
        says(page, "#page", f"Trang {number} / 2")

    return check


def _attribute(selector: str, name: str, value: str) -> Check:
    def check(page: Any, served: Served) -> None:
        expect(page.locator(selector)).to_have_attribute(name, value)

    return check


def _visible(selector: str) -> Check:
    def check(page: Any, served: Served) -> None:
        expect(page.locator(selector)).to_be_visible()

    return check


def _undone(page: Any, served: Served) -> None:
    assert [entry.action for entry in wait_entries(page, served, 2)] == ["set", "undo"]


def _view_moved(page: Any, served: Served) -> None:
    """The picture on the screen is another than before: told by the pixels themselves."""
    assert page.evaluate("document.getElementById('sheet').toDataURL()") != page.before


def _box_saved(page: Any, served: Served) -> None:
    press(page, "Enter", "Enter")
    place = wait_entries(page, served, 1)[0].evidence
    assert place["page"] == 1
    assert (place["x0"], place["x1"]) != page.machine_box


DOES: dict[tuple[str, str], tuple[tuple[str, ...], Check]] = {
    ("Enter", "save"): ((), _number("470")),
    ("Control+Enter", "save"): ((), _number("470")),
    ("Tab", "next"): ((), _other_item),
    ("Shift+Tab", "back"): ((), _other_item),
    ("1", "choose"): ((), _number("410")),
    ("e", "edit"): ((), _focused("value")),
    ("Escape", "leave"): (("e",), _focused("label")),
    ("n", "none"): ((), _state("none")),
    ("b", "blank"): ((), _state("blank")),
    ("x", "absent"): ((), _state("absent")),
    ("u", "unreadable"): ((), _state("unreadable")),
    ("o", "no_source"): ((), _attribute("[data-command=no_source]", "aria-pressed", "true")),
    ("d", "draw"): ((), _visible("#drawing")),
    ("ArrowRight", "box_move"): (("d",), _box_saved),
    ("Shift+ArrowRight", "box_size"): (("d",), _box_saved),
    ("c", "comment"): ((), _dialog("Ghi chú")),
    ("z", "undo"): (("Enter", "wait"), _undone),
    ("w", "zoom"): ((), _view_moved),
    ("+", "zoom_in"): ((), _view_moved),
    ("-", "zoom_out"): ((), _view_moved),
    ("ArrowDown", "pan"): ((), _view_moved),
    ("PageDown", "page_on"): ((), _page_number(2)),
    ("PageUp", "page_back"): (("PageDown",), _page_number(1)),
    ("v", "document"): ((), _visible("#document .row[aria-current]")),
    ("ArrowDown", "row"): (("v", "rows"), _attribute("#document button:focus", "type", "button")),
    ("m", "mode"): ((), _dialog("Việc cần làm")),
    ("p", "progress"): ((), _dialog("Tiến độ")),
    ("f", "filters"): ((), _dialog("Lọc")),
    ("l", "language"): ((), _attribute("html", "lang", "en")),
    ("F6", "buttons"): ((), _attribute("header nav button:focus", "type", "button")),
    ("?", "help"): ((), _dialog("Phím tắt")),
}
"""What is pressed first, and what the key must then bring about; an empty first step is the field itself."""


@pytest.mark.parametrize(("key", "command"), DOES, ids=lambda part: part)
def test_each_key_does_what_the_help_says(page: Any, served: Served, key: str, command: str) -> None:
    before, check = DOES[key, command]
    open_field(page, served, "outbound.people")
    for step in before:
        if step == "wait":
            wait_entries(page, served, 1)
        elif step == "rows":
            page.locator("#document .rows").first.wait_for()
        else:
            press(page, step)
    page.before = page.evaluate("document.getElementById('sheet').toDataURL()")
    page.machine_box = (0, 0)
    press(page, key)
    check(page, served)


def test_the_help_lists_every_key_of_the_table_and_no_other(page: Any) -> None:
    table = page.evaluate("import('/static/keys.js').then((keys) => keys.KEYS)")
    assert {(held["keys"][0], held["command"]) for held in table} == {
        (
            "ArrowLeft" if "Arrow" in key and command != "row" else "ArrowUp" if command == "row" else key,
            command,
        )
        if not key.startswith("Shift+Arrow")
        else ("Shift+ArrowLeft", command)
        for key, command in DOES
    }
    press(page, "?")
    rows = page.locator("dialog[open] tbody tr")
    told = [row.split("\t") for row in rows.all_inner_texts()]
    assert len(told) == len(table)
    for entry, (keys, does) in zip(table, told, strict=True):
        assert keys == entry.get("shown", entry["keys"][0])
        assert re.search(r"\w{2}", does)
        assert does != entry["command"]


def test_letters_are_letters_while_something_is_typed(page: Any, served: Served) -> None:
    open_field(page, served, "doc.subject")
    type_value(page, "nbxuodczwvpfl?")
    assert page.locator("#value").input_value() == "nbxuodczwvpfl?"
    assert served.entries == []


def test_single_letter_keys_can_be_turned_off_and_tab_is_the_browsers_then(page: Any, served: Served) -> None:
    press(page, "?")
    page.locator("dialog[open] input[type=checkbox]").uncheck()
    press(page, "Escape")
    expect(page.locator("#label:focus")).to_be_visible()
    press(page, "n", "x", "1", "Tab")
    expect(page.locator("#label:focus")).to_have_count(0)
    assert page.evaluate("document.activeElement.closest('section, header') !== null")
    assert served.entries == []
    press(page, "Escape", "?")
    page.locator("dialog[open] input[type=checkbox]").check()
    press(page, "Escape", "Escape", "n")
    wait_entries(page, served, 1)


def test_f6_leads_through_all_groups_of_controls_and_escape_back(page: Any) -> None:
    groups = []
    for _ in range(4):
        press(page, "F6")
        groups.append(page.evaluate("document.activeElement.closest('header, .tools, .states, #context')?.className "
                                    "|| document.activeElement.closest('header, #context')?.tagName"))  # fmt: skip
    assert groups[:3] == ["HEADER", "tools", "states"]
    press(page, "Escape")
    assert page.evaluate("document.activeElement.id") == "label"
