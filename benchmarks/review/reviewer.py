"""A reviewer of script: presses keys in the page, and times from the key until the next item is painted."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

WATCH = """
window.paints = [];
let pressed = 0;
addEventListener("keydown", () => { pressed = performance.now(); }, true);
addEventListener("DOMContentLoaded", () => {
  // The page marks its sheet when an item is drawn; the frame with it is on the screen when a task after it runs.
  new MutationObserver(() => document.getElementById("sheet").dataset.shown && requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { if (pressed) window.paints.push(performance.now() - pressed); pressed = 0; };
    port2.postMessage(0);
  })).observe(document.getElementById("sheet"), { attributes: true, attributeFilter: ["data-shown"] });
});
"""
"""Timing that the page itself knows nothing of."""


@dataclass(frozen=True)
class Memory:
    """Megabytes: JavaScript's heap after a collection, and the page's process in all."""

    heap: float
    process: float

    def __str__(self) -> str:
        return f"heap {self.heap:.1f} MB, process {self.process:.0f} MB"


def open_page(browser: Browser, address: str, token: str) -> tuple[Page, float]:
    """Return the review page, logged in, and the milliseconds until its first item was painted."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    page.add_init_script(WATCH)
    began = time.monotonic()
    page.goto(f"{address}/login?token={token}")
    page.locator("#sheet[data-shown]").wait_for()
    return page, 1000 * (time.monotonic() - began)


def step(page: Page, key: str) -> None:
    """Press ``key`` and wait until the next item is painted."""
    before = page.locator("#sheet").get_attribute("data-shown")
    page.keyboard.press(key)
    page.locator(f"#sheet[data-shown]:not([data-shown='{before}'])").wait_for()


def paints(page: Page) -> list[float]:
    """Return the milliseconds of every key so far, and forget them."""
    page.wait_for_timeout(50)
    return [float(ms) for ms in page.evaluate("window.paints.splice(0)")]


def memory(browser: Browser, page: Page) -> Memory:
    """Return what the page holds now."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("HeapProfiler.collectGarbage")
    devtools.send("Performance.enable")
    told = {held["name"]: held["value"] for held in devtools.send("Performance.getMetrics")["metrics"]}
    devtools.detach()
    processes: list[dict[str, Any]] = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")[
        "processInfo"
    ]
    held = [resident(process["id"]) for process in processes if process["type"] == "renderer"]
    return Memory(told["JSHeapUsedSize"] / 2**20, max(held))


def resident(process: int, what: str = "VmRSS") -> float:
    """Return the megabytes that a process holds in memory (``VmHWM``: held at most)."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(what)) / 1024


def decided(page: Page) -> int:
    """Return how many lines the trail has, each an acknowledged decision."""
    return int(
        page.evaluate("fetch('/api/progress').then((held) => held.json()).then((held) => held.entries)")
    )
