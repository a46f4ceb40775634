"""The pictures of the review page in the documentation, from the project's own samples.

    sohoa run samples/scans --out out
    python -m benchmarks.review.pictures out

The decisions it makes for the pictures go to a copy of the workspace, which is thrown away.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path("docs/images")
ITEM = "outbound.people"
"""A field that reports print in many ways."""


@contextmanager
def served(workspace: Path) -> Iterator[str]:
    """Serve a copy of ``workspace``; yields the address that opens a session."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "out"
        copy.mkdir()
        shutil.copytree(workspace / "dataset", copy / "dataset")
        for file in workspace.glob("*.*"):
            shutil.copy(file, copy)
        command = [
            sys.executable,
            "-m",
            "pipeline.cli.main",
            "review",
            str(copy),
            "--no-browser",
            "--name",
            "Lan",
        ]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            told = re.search(r"http://\S+", server.stdout.readline())
            assert told is not None
            yield told[0]
            server.terminate()


def opened(browser: Browser, address: str, who: str, asked: str) -> Page:
    """Return the page of a reviewer called ``who`` at the first item that ``asked`` leaves in the queue."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    page.goto(address)
    page.goto(f"{address.partition('/login')[0]}/?{asked}")
    page.locator("#sheet[data-shown]").wait_for()
    page.click("[data-command=name]")
    page.fill("dialog[open] input", who)
    page.keyboard.press("Enter")
    page.get_by_text(who, exact=True).wait_for()
    page.locator("#label").focus()
    return page


def main() -> None:
    """Draw docs/images/review.png, review-document.png and review-conflict.png."""
    program = shutil.which("chromium")
    if program is None:
        sys.exit("Chromium is not installed (Debian: apt-get install chromium)")
    with served(Path(sys.argv[1])) as address, sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=program, args=["--no-sandbox"])
        lan = opened(browser, address, "Lan", f"field={ITEM}&sure=true")
        lan.screenshot(path=IMAGES / "review.png")
        lan.keyboard.press("v")
        lan.locator("#document .row[aria-current]").wait_for()
        lan.screenshot(path=IMAGES / "review-document.png")
        lan.keyboard.press("Escape")
        hoa = opened(browser, address, "Hoa", f"field={ITEM}&sure=true")
        before = lan.locator("#sheet").get_attribute("data-shown")
        lan.keyboard.press("Enter")
        lan.locator(f"#sheet:not([data-shown='{before}'])").wait_for()
        lan.get_by_text("Đã lưu").wait_for()
        hoa.keyboard.press("u")
        hoa.locator("dialog[open]").wait_for()
        hoa.screenshot(path=IMAGES / "review-conflict.png")
        browser.close()


if __name__ == "__main__":
    main()
