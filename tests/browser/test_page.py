"""The page opens, says what the item is, and reports no error."""

from __future__ import annotations

from typing import Any


def test_the_least_certain_item_is_on_the_screen_with_its_page(page: Any) -> None:
    assert page.locator("#label").inner_text() == "Số văn bản"
    assert page.locator("#value").input_value() == "312"
    assert page.evaluate("document.activeElement.id") == "label"
