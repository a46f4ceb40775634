"""What a reviewer does, and how a test waits for the page to have done it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from playwright.sync_api import expect

from pipeline.review.trail import Entry
from tests.browser.conftest import Served

PATIENCE_MS = 10_000


def shown(page: Any) -> str:
    """Return "document/field/page" of what is painted."""
    return page.locator("#sheet").get_attribute("data-shown") or ""


def field(page: Any) -> str:
    """Return the field on the screen once it is painted; "" when nothing is left."""
    page.locator("#sheet[data-shown]").wait_for(state="attached")
    return "" if page.locator("#work").is_hidden() else shown(page).split("/")[1]


def left(page: Any) -> int:
    """Return how many items the page says are left, once it knows."""
    expect(page.locator("#left")).to_have_text(re.compile(r"^\d+$"), timeout=PATIENCE_MS)
    return int(page.locator("#left").inner_text())


def press(page: Any, *keys: str) -> None:
    """Press keys one after the other."""
    for key in keys:
        page.keyboard.press(key)


def advance(page: Any, *keys: str) -> None:
    """Press keys, and wait until another item, or the end, is painted."""
    before = "/".join(shown(page).split("/")[:2])
    press(page, *keys)
    other = page.locator(f"#sheet[data-shown]:not([data-shown^='{before}/']), #done:not([hidden])")
    other.first.wait_for(state="attached")


def open_field(page: Any, served: Served, name: str, number: int = 1) -> None:
    """Open the field ``name`` of the drawn report ``number`` by the page's address, as a bookmark would."""
    doc_id = {row["source"].split("/")[-1][0]: row["doc_id"] for row in _documents(served)}[str(number)]
    page.goto("about:blank")
    page.goto(f"{served.address}/#{doc_id}/{name}")
    page.locator(f"#sheet[data-shown^='{doc_id}/{name}/']").wait_for(state="attached")


def _documents(served: Served) -> list[dict[str, Any]]:
    from pipeline.review.tables import DocumentTable  # noqa: PLC0415  (beside its one use)

    table = DocumentTable(served.workspace / "dataset" / "documents.parquet")
    return table.slice(0, len(table.codes))


def wait_entries(page: Any, served: Served, count: int) -> Sequence[Entry]:
    """Return the trail once it has ``count`` entries."""
    for _ in range(PATIENCE_MS // 20):
        if len(entries := served.entries) >= count:
            break
        page.wait_for_timeout(20)
    assert len(entries) == count, [(entry.action, entry.field) for entry in entries]
    return entries


def type_value(page: Any, text: str) -> None:
    """Press e and type over what stands in the value."""
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def says(page: Any, selector: str, text: str) -> None:
    """Wait until an element says ``text``, among other things."""
    expect(page.locator(selector)).to_contain_text(text, timeout=PATIENCE_MS)
