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

import duckdb
from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path("docs/images")
SAMPLE, FIELD = "turned.pdf", "fdi.value"
"""A sum printed in two currencies, in a scan of which every page lies on its side."""
DISPUTED = "outbound.people"
"""What two people decide at once; second entry is off, since it would hide the first one's word from the second."""


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
            "--second",
            "0",
        ]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            told = re.search(r"http://\S+", server.stdout.readline())
            assert told is not None
            try:
                yield told[0]
            finally:
                server.terminate()


def item_address(workspace: Path, field: str) -> str:
    """Return the address of a field of the sample, after the server's own."""
    documents = f"{workspace}/dataset/documents.parquet"
    found = duckdb.execute(f"SELECT doc_id FROM '{documents}' WHERE source LIKE ?", [f"%{SAMPLE}"]).fetchone()
    if found is None:
        sys.exit(f"{SAMPLE} is not among the documents of {workspace}")
    return f"/#{found[0]}/{field}"


def opened(browser: Browser, address: str, who: str, item: str) -> Page:
    """Return the page of a reviewer called ``who`` with ``item`` on the screen."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}, locale="vi-VN").new_page()
    page.set_default_timeout(60_000)
    page.goto(address)
    page.locator("#sheet[data-shown]").wait_for()
    page.click("[data-command=name]")
    page.fill("dialog[open] input", who)
    page.keyboard.press("Enter")
    page.locator("#who").get_by_text(who, exact=True).wait_for()
    page.goto("about:blank")
    page.goto(address.partition("/login")[0] + item)
    page.locator(f"#sheet[data-shown*='/{item.rpartition('/')[2]}/']").wait_for()
    return page


def main() -> None:
    """Draw review.png, review-document.png and review-conflict.png."""
    program = shutil.which("chromium")
    if program is None:
        sys.exit("Chromium is not installed (Debian: apt-get install chromium)")
    workspace = Path(sys.argv[1])
    item, disputed = item_address(workspace, FIELD), item_address(workspace, DISPUTED)
    with served(workspace) as address, sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=program, args=["--no-sandbox"])
        lan = opened(browser, address, "Lan", item)
        lan.screenshot(path=IMAGES / "review.png")
        lan.keyboard.press("v")
        lan.locator("#document .row[aria-current]").wait_for()
        lan.screenshot(path=IMAGES / "review-document.png")
        lan, hoa = (opened(browser, address, who, disputed) for who in ("Lan", "Hoa"))
        lan.keyboard.press("Enter")
        lan.locator("#status").get_by_text("Đã lưu").wait_for()
        hoa.keyboard.press("u")
        hoa.locator("dialog[open]").wait_for()
        hoa.screenshot(path=IMAGES / "review-conflict.png")
        browser.close()


if __name__ == "__main__":
    main()
