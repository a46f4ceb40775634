"""WCAG 2.2 AA measured in the browser, and room for everything: 1280 by 720, a tablet, zoomed to 200 and 400 %."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.acting import advance, open_field, press, says, shown, type_value, wait_entries
from tests.browser.conftest import Served

MEASURES = (Path(__file__).parent / "measures.js").read_text("utf-8")
TABLET = {"viewport": {"width": 820, "height": 1180}, "has_touch": True}
MIN_TARGET_PX = 24
"""WCAG 2.5.8."""


def _item(page: Any, served: Served) -> None:
    open_field(page, served, "outbound.people")


def _refused(page: Any, served: Served) -> None:
    open_field(page, served, "outbound.people")
    type_value(page, "nhiều")
    press(page, "Enter")
    says(page, "#echo.wrong", "Nhập một số")


def _understood(page: Any, served: Served) -> None:
    open_field(page, served, "outbound.people")
    type_value(page, "55")
    says(page, "#echo", "Hiểu là")


def _decided(page: Any, served: Served) -> None:
    open_field(page, served, "doc.recipients")
    press(page, "c")
    page.keyboard.type("ghi chú")
    press(page, "Control+Enter")
    wait_entries(page, served, 1)
    advance(page, "u")
    wait_entries(page, served, 2)
    open_field(page, served, "doc.recipients")


def _drawing(page: Any, served: Served) -> None:
    open_field(page, served, "outbound.people")
    press(page, "d")


def _document(page: Any, served: Served) -> None:
    open_field(page, served, "outbound.people")
    press(page, "v")
    page.locator("#document .rows").first.wait_for()


def _trouble(page: Any, served: Served) -> None:
    page.context.clear_cookies()
    page.trouble.expected.append("401")
    press(page, "p")
    says(page, "#trouble", "Phiên đã hết")


def _dialog(key: str) -> Callable[[Any, Served], None]:
    def reach(page: Any, served: Served) -> None:
        if key == "p":
            advance(page, "Enter")
            wait_entries(page, served, 1)
        press(page, key)
        page.locator("dialog[open]").wait_for()

    return reach


STATES: dict[str, Callable[[Any, Served], None]] = {
    "an item": _item,
    "a value that is refused": _refused,
    "a value that is understood": _understood,
    "a decided list with a comment": _decided,
    "a box being drawn": _drawing,
    "the document": _document,
    "an error": _trouble,
    "the help": _dialog("?"),
    "the filters": _dialog("f"),
    "the progress": _dialog("p"),
    "a comment": _dialog("c"),
}


@pytest.mark.parametrize("state", STATES)
def test_text_can_be_read_targets_can_be_hit_and_all_controls_have_names(
    page: Any, served: Served, state: str
) -> None:
    STATES[state](page, served)
    measured = page.evaluate(MEASURES)
    assert len(measured["texts"]) > 3
    for held in (*measured["texts"], *measured["edges"]):
        assert held["ratio"] >= held["wanted"], held
    for target in measured["targets"]:
        assert min(target["width"], target["height"]) >= MIN_TARGET_PX, target
    unnamed = [node for node in controls(page) if not node["name"]]
    assert unnamed == []


ROLES = {
    "button",
    "link",
    "textbox",
    "checkbox",
    "combobox",
    "dialog",
    "progressbar",
    "image",
    "region",
    "list",
    "group",
}
NAMELESS = {"list"}
"""Lists are named by the heading before them."""


def controls(page: Any) -> list[dict[str, str]]:
    """Return role and name of everything that assistive technology can act on or jump to."""
    devtools = page.context.new_cdp_session(page)
    nodes = devtools.send("Accessibility.getFullAXTree")["nodes"]
    devtools.detach()
    told = [
        {"role": node["role"]["value"], "name": node.get("name", {}).get("value", "")}
        for node in nodes
        if not node.get("ignored") and "role" in node
    ]
    return [node for node in told if node["role"] in ROLES - NAMELESS]


def test_the_order_of_focus_is_that_of_the_page_its_mark_is_seen_and_nothing_traps_it(
    page: Any, served: Served
) -> None:
    open_field(page, served, "outbound.people")
    press(page, "F6")
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href], button, input, textarea, [tabindex=\"0\"]')]"
        ".filter((element) => element.checkVisibility()).length"
    )
    stops = []
    for _ in range(wanted):
        stop = page.evaluate(
            """() => {
              const at = document.activeElement;
              const style = getComputedStyle(at);
              const all = [...document.querySelectorAll("*")];
              return { place: all.indexOf(at), outline: style.outlineStyle, width: parseFloat(style.outlineWidth),
                       inside: at.closest("header, main") !== null };
            }"""
        )
        assert stop["inside"], f"the focus left after {len(stops)} of {wanted} stops"
        assert (stop["outline"], stop["width"] >= 2) == ("solid", True)
        stops.append(stop["place"])
        press(page, "Tab")
    assert stops == sorted(set(stops))
    assert served.entries == []
    press(page, "Shift+Tab", "Shift+Tab", "Escape")
    assert page.evaluate("document.activeElement.id") == "label"


def test_a_dialog_keeps_the_focus_and_gives_it_back(page: Any, served: Served) -> None:
    press(page, "f")
    page.locator("dialog[open]").wait_for()
    for _ in range(12):
        press(page, "Tab")
        assert page.evaluate(
            "document.activeElement.closest('dialog') !== null || document.activeElement === document.body"
        )
    press(page, "Escape")
    before = shown(page)
    advance(page, "Tab")
    assert shown(page) != before


MAIN = (
    "#crop",
    "#value",
    "#echo",
    "#others button",
    ".states button",
    "#form button.main",
    "[data-command=undo]",
)


@pytest.mark.parametrize("options", [{}, TABLET], ids=["1280x720", "tablet"])
def test_all_that_a_decision_needs_is_in_sight_without_scrolling(
    open_page: Callable[..., Any], served: Served, options: dict[str, Any]
) -> None:
    page = open_page(**options)
    open_field(page, served, "outbound.people")
    height = page.viewport_size["height"]
    for selector in MAIN:
        frame = page.locator(selector).last.bounding_box()
        assert frame["y"] >= 0, selector
        assert frame["y"] + frame["height"] <= height, selector
    assert page.locator("#sheet").bounding_box()["height"] > 0.35 * height


@pytest.mark.parametrize(("width", "height"), [(640, 360), (320, 256)], ids=["200 %", "400 %"])
def test_zoomed_in_everything_is_reached_by_scrolling_down_only(
    open_page: Callable[..., Any], served: Served, width: int, height: int
) -> None:
    page = open_page(viewport={"width": width, "height": height})
    open_field(page, served, "outbound.people")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    press(page, "F6")
    for _ in range(60):
        stop = page.evaluate(
            """() => {
              const at = document.activeElement;
              if (!at.closest("header, main")) return null;
              const { left, right, top, bottom } = at.getBoundingClientRect();
              const hit = document.elementFromPoint((left + right) / 2, Math.min(top + 12, (top + bottom) / 2));
              const free = hit !== null && (at.contains(hit) || hit.contains(at));
              return { name: at.outerHTML.slice(0, 80), left, right, free };
            }"""
        )
        if stop is None:
            break
        assert stop["left"] >= 0, stop
        assert stop["right"] <= width + 1, stop
        assert stop["free"], stop  # nothing lies over what has the focus (WCAG 2.4.11)
        press(page, "Tab")
    press(page, "Shift+Tab")


def test_nothing_moves_by_itself_for_who_asks_for_no_motion(
    open_page: Callable[..., Any], served: Served
) -> None:
    page = open_page(reduced_motion="reduce")
    advance(page, "Tab")
    press(page, "v")
    page.locator("#document .rows").first.wait_for()
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((element) => {
          const style = getComputedStyle(element);
          return style.transitionDuration !== "0s" || style.animationName !== "none" || style.scrollBehavior === "smooth";
        }).length + document.getAnimations().length"""
    )
    assert moving == 0


def test_on_a_tablet_a_whole_decision_is_made_by_touch(open_page: Callable[..., Any], served: Served) -> None:
    page = open_page(**TABLET)
    open_field(page, served, "outbound.people")
    page.locator("#others button").first.tap()
    assert wait_entries(page, served, 1)[0].new["number"] == "410"
    page.locator("[data-command=undo]").tap()
    wait_entries(page, served, 2)
    page.locator("#sheet[data-shown*='/outbound.people/']").wait_for()
    assert page.locator("kbd").first.is_hidden()  # no keys where there is no keyboard
