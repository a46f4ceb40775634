"""Second entry, rulings and the audit in the browser, by the keyboard, each person in a window of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from pipeline.review.decisions import replay
from pipeline.review.trail import Entry, Trail
from tests.browser.acting import advance, field, left, press, says, shown, type_value, wait_entries
from tests.browser.conftest import Served

Open = Callable[..., Any]


def first_report(served: Served) -> str:
    """Return the identity of the report whose field is decided."""
    from tests.browser.acting import _documents  # noqa: PLC0415  (beside its one use)

    return min(row["doc_id"] for row in _documents(served))


@pytest.fixture
def decided(served: Served) -> Entry:
    """What Lan decided: 98765 people, which no report prints."""
    new = {"state": "reported", "number": "98765", "unit": "lượt người"}
    entry = Entry(
        "lan", first_report(served), "outbound.people", "set", {"state": "reported", "number": "470"}, new
    )
    return Trail(served.workspace).append(entry, seen="")


def second(served: Served, first: Entry, number: str) -> Entry:
    new = {"state": "reported", "number": number, "unit": "lượt người"}
    entry = Entry("minh", *first.key, "second", new=new)
    return Trail(served.workspace).append(entry, seen=first.hash)


@pytest.fixture
def open_as(open_page: Open) -> Open:
    """Open the page as somebody, and wait until the item is theirs and listens to keys."""

    def opened(who: str) -> Any:
        page = open_page(who=who)
        says(page, "#who", who)
        expect(page.locator("#label:focus")).to_be_visible()
        return page

    return opened


def turn_to(page: Any, kind: str) -> None:
    """Choose a kind of work by the keyboard."""
    press(page, "m")
    page.locator(f"dialog[open] [data-kind={kind}]").focus()
    press(page, "Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    painted(page)


def painted(page: Any) -> None:
    """Wait until the item of another kind of work is painted and listens to keys."""
    expect(page.locator("#asked")).to_be_visible()
    expect(page.locator("#label:focus")).to_be_visible()
    page.locator(f"#sheet[data-shown^='{page.url.partition('#')[2]}/']").wait_for(state="attached")


def words_of(page: Any) -> str:
    return str(page.locator("main").inner_text())


def test_the_switch_says_what_waits_for_whom(open_as: Open, served: Served, decided: Entry) -> None:
    page = open_as("minh")
    says(page, "#waiting", "1")
    before = str(left(page))
    press(page, "m")
    says(page, "dialog[open] tbody", "Kiểm tra mẫu")
    rows = page.locator("dialog[open] tbody tr").all_inner_texts()
    assert [row.split("\t")[:2] for row in rows] == [
        ["Kiểm tra", before], ["Nhập lại độc lập", "1"], ["Phân xử", "0"], ["Kiểm tra mẫu", "0"],
    ]  # fmt: skip
    lan = open_as("lan")
    expect(lan.locator("#waiting")).to_be_hidden()


def test_a_second_person_enters_a_value_without_seeing_any(
    open_as: Open, served: Served, decided: Entry
) -> None:
    page = open_as("minh")
    turn_to(page, "second")
    says(page, "#asked", "Nhập độc lập")
    assert field(page) == "outbound.people"
    assert page.locator("#value").input_value() == ""
    told = words_of(page)
    assert not any(text in told for text in ("98765", "98.765", "470", "lan", "Độ tin cậy", "Máy đọc được"))
    expect(page.locator("#crop")).to_be_visible()
    press(page, "Enter")
    assert page.evaluate("document.activeElement.id") == "value", "Enter saves no empty word"
    type_value(page, "hơn 410")
    press(page, "Enter")
    entry = wait_entries(page, served, 2)[-1]
    assert (entry.who, entry.action, entry.old) == ("minh", "second", {})
    assert (entry.new["number"], entry.new["qualifier"]) == ("410", "more_than")
    assert replay(served.entries)[decided.key].value.number == "98765"
    says(page, "#done h2", "Đã xem hết")


def test_the_document_beside_it_does_not_give_the_value_away(
    open_as: Open, served: Served, decided: Entry
) -> None:
    page = open_as("minh")
    turn_to(page, "second")
    press(page, "v")
    row = page.locator("#document [aria-current]")
    row.wait_for()
    assert "98765" not in words_of(page).replace(".", "")
    assert row.locator(".told").inner_text() == ""
    assert row.locator(".mark").inner_text() != "✓ lan"


def test_a_second_word_is_taken_back_and_given_again_blindly(
    open_as: Open, served: Served, decided: Entry
) -> None:
    page = open_as("minh")
    turn_to(page, "second")
    press(page, "x")
    wait_entries(page, served, 2)
    expect(page.locator("#done")).to_be_visible()
    press(page, "z")
    wait_entries(page, served, 3)
    painted(page)
    says(page, "#asked", "Nhập độc lập")
    assert "98765" not in words_of(page).replace(".", "")
    press(page, "u")
    assert [entry.action for entry in wait_entries(page, served, 4)] == ["set", "second", "undo", "second"]


def test_a_comment_meanwhile_does_not_make_the_second_person_see_anything(
    open_as: Open, served: Served, decided: Entry
) -> None:
    page = open_as("minh")
    turn_to(page, "second")
    Trail(served.workspace).append(Entry("lan", *decided.key, "comment", comment="98765"), seen=decided.hash)
    type_value(page, "410")
    press(page, "Enter")
    entry = wait_entries(page, served, 3)[-1]
    assert (entry.action, entry.new["number"]) == ("second", "410")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_who_comes_too_late_with_a_second_word_is_told_so(
    open_as: Open, served: Served, decided: Entry
) -> None:
    page = open_as("hoa")
    turn_to(page, "second")
    second(served, decided, "410")
    type_value(page, "411")
    press(page, "Enter")
    says(page, "#status", "Người khác vừa làm xong")
    assert len(served.entries) == 2


@pytest.mark.parametrize("chosen", ["1", "2"])
def test_a_third_person_picks_one_of_two_unnamed_words(
    open_as: Open, served: Served, decided: Entry, chosen: str
) -> None:
    second(served, decided, "410")
    page = open_as("hoa")
    turn_to(page, "adjudicate")
    says(page, "#asked", "Hai người nhập khác nhau")
    sides = page.locator("#others button").all_inner_texts()
    assert sorted(side.split()[1] for side in sides) == ["410", "98.765"]
    assert not {"lan", "minh"} & set(words_of(page).split())
    press(page, chosen)
    entry = wait_entries(page, served, 3)[-1]
    picked = sides[int(chosen) - 1].split()[1].replace(".", "")
    assert (entry.action, entry.who, entry.new["number"]) == ("adjudicate", "hoa", picked)
    assert replay(served.entries)[decided.key].value.number == picked


def test_a_third_word_may_be_typed(open_as: Open, served: Served, decided: Entry) -> None:
    second(served, decided, "410")
    page = open_as("hoa")
    turn_to(page, "adjudicate")
    type_value(page, "412")
    press(page, "Enter")
    assert wait_entries(page, served, 3)[-1].new["number"] == "412"


def test_a_sample_is_drawn_and_audited_with_one_key_for_right(open_as: Open, served: Served) -> None:
    page = open_as("hoa")
    press(page, "m")
    page.locator("#draw_sample").focus()
    press(page, "Enter")
    page.locator("dialog[open] input[name=size]").fill("12")
    press(page, "Enter")
    painted(page)
    says(page, "#asked", "Kiểm tra mẫu")
    drawn = wait_entries(page, served, 1)[0]
    assert (drawn.action, len(drawn.new["items"])) == ("draw", 12)
    says(page, "#left", "12")
    says(page, "#savename", "Đúng")
    expected = [tuple(item[:2]) for item in drawn.new["items"]]
    seen = [tuple(shown(page).split("/")[:2])]
    for _ in range(10):
        advance(page, "Enter")
        seen.append(tuple(shown(page).split("/")[:2]))
    assert seen == expected[:11], "in the order of the draw"
    advance(page, "u")
    advance(page, "Enter")
    entries = wait_entries(page, served, 13)[1:]
    assert {entry.action for entry in entries} == {"audit"}
    wrong = [entry.key for entry in entries if entry.new != entry.old]
    assert wrong == [expected[10]]
    assert list(replay(served.entries)) == wrong
    press(page, "p")
    says(page, "dialog[open]", "12 / 12")
    says(page, "dialog[open]", "8,33 %")


def test_agreement_stands_on_the_dashboard(open_as: Open, served: Served, decided: Entry) -> None:
    second(served, decided, "410")
    page = open_as("hoa")
    press(page, "p")
    says(page, "dialog[open]", "Hai người nhập độc lập")
    says(page, "dialog[open]", "Chờ phân xử: 1")


def test_the_kind_of_work_outlives_a_switch_of_language(
    open_as: Open, served: Served, decided: Entry
) -> None:
    page = open_as("minh")
    turn_to(page, "second")
    press(page, "l")
    says(page, "#asked", "Second entry")
    says(page, "#mode", "Second entry")
    assert page.locator("html").get_attribute("lang") == "en"
