"""The review page under a person's hands: from key to next item, items a minute, memory.

    python -m benchmarks.review [--documents 10000] [--looks 150] [--settle 200] [--walk 2000] [--document docs/review.md]

Builds a workspace of invented documents, serves it, and opens the page in Debian's Chromium without a window. Times are
of this machine; a person's own seconds are in the page's dashboard.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.review.reviewer import decided, memory, open_page, paints, resident, step
from benchmarks.review.workspace import build
from benchmarks.scale.__main__ import filled

Row = tuple[str, str, str]
LOOK_MS = 400
"""A quick person's pause before the next key; the page uses it to fetch ahead."""


def _quantiles(milliseconds: list[float]) -> str:
    median, high = np.percentile(milliseconds, [50, 95])
    return f"{median:.0f} ms, 95 % within {high:.0f} ms"


def _looking(page: Page, key: str, count: int) -> str:
    for _ in range(count):
        page.wait_for_timeout(LOOK_MS)
        step(page, key)
    return _quantiles(paints(page))


def measure(
    browser: Browser, address: str, token: str, server: int, asked: argparse.Namespace
) -> Iterator[Row]:
    """Yield (what, figure, wanted) of each measurement."""
    page, opened = open_page(browser, address, token)
    yield "page opened, first item painted", f"{opened:.0f} ms", ""
    yield "Tab to next item painted", _looking(page, "Tab", asked.looks), "< 100 ms"
    yield "Enter (saved) to next item painted", _looking(page, "Enter", asked.looks), "< 100 ms"
    before, began = decided(page), time.monotonic()
    for _ in range(asked.settle):
        step(page, "Enter")
    while decided(page) < before + asked.settle:
        page.wait_for_timeout(10)
    spent = time.monotonic() - began
    yield (
        f"{asked.settle} items settled without a pause",
        f"{60 * asked.settle / spent:.0f} items a minute",
        "≥ 30",
    )
    paints(page)
    yield "page's memory at first", str(memory(browser, page)), "flat"
    for part in range(1, 5):
        for _ in range(asked.walk // 4):
            step(page, "Tab")
        paints(page)
        yield f"page's memory after {part * asked.walk // 4} items", str(memory(browser, page)), "flat"
    yield "server's memory, at most", f"{resident(server, 'VmHWM'):.0f} MB", ""


def main() -> None:
    """Measure and print a table; put it into a page of the documentation when asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--looks", type=int, default=150, help="keys with a person's pause before each")
    parser.add_argument("--settle", type=int, default=200, help="items decided as fast as the page goes")
    parser.add_argument("--walk", type=int, default=2000, help="items looked at for the memory")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--document", type=Path, help="put the figures between the marks of this page")
    asked = parser.parse_args()
    program = shutil.which("chromium")
    if program is None:
        sys.exit("Chromium is not installed (Debian: apt-get install chromium)")
    with tempfile.TemporaryDirectory() as folder:
        root = build(Path(folder), asked.documents, asked.seed)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "benchmarks.review.workspace", str(root), str(port)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            opened, token = server.stdout.readline().split()
            _wait(port)
            rows: list[Row] = [
                (f"workspace of {asked.documents} documents opened", f"{float(opened):.1f} s", "")
            ]
            with sync_playwright() as tools:
                browser = tools.chromium.launch(executable_path=program, args=["--no-sandbox"])
                for row in measure(browser, f"http://127.0.0.1:{port}", token, server.pid, asked):
                    print(*row, sep="\t", flush=True)
                    rows.append(row)
                browser.close()
            server.terminate()
    lines = ["| what | measured | wanted |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]
    print("\n".join(lines))
    if asked.document:
        text = filled(asked.document.read_text("utf-8"), "measured", lines)
        asked.document.write_text(text, encoding="utf-8")


def _wait(port: int) -> None:
    for _ in range(600):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    main()
