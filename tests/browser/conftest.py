"""A real server, a real browser: Debian's Chromium without a window. Any error on the console fails the test."""

from __future__ import annotations

import re
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import uvicorn

from pipeline.dataset.writing import write_dataset
from pipeline.extraction.profile import load_profile
from pipeline.review.desk import Desk
from pipeline.review.pictures import Pictures
from pipeline.review.second_entry import SHARE
from pipeline.review.server import application
from pipeline.review.sessions import Sessions
from pipeline.review.trail import Entry, Trail
from tests.browser.paper import REPORTS, document

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DESKTOP = {"width": 1280, "height": 720}
REFUSED = re.compile(r"the server responded with a status of (409|422|403)")
"""Chromium notes each refusal of the server as an error of its own; the page expects these."""


@dataclass(frozen=True)
class Served:
    """A review page that runs: its workspace, where it answers, and its sessions' token."""

    workspace: Path
    address: str
    token: str

    @property
    def entries(self) -> list[Entry]:
        """The trail as it lies on the disk now."""
        with closing(Trail(self.workspace)) as trail:
            return list(trail.entries)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser; skips where there is none."""
    if PROGRAM is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with playwright.sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=PROGRAM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the scans and the tables of :data:`REPORTS`, not to be written to."""
    folder = tmp_path_factory.mktemp("drawn")
    scans = folder / "scans"
    scans.mkdir()
    documents = [document(report, scans / f"{n}-{report.place}.tif") for n, report in enumerate(REPORTS, 1)]
    write_dataset(documents, folder / "out", load_profile("doi_ngoai").fields)
    return folder


@pytest.fixture
def workspace(drawn: Path, tmp_path: Path) -> Path:
    """A copy of the tables for one test."""
    shutil.copytree(drawn / "out", tmp_path / "out")
    return tmp_path / "out"


@pytest.fixture
def serve() -> Iterator[Callable[..., Served]]:
    """Start a server for a workspace; all are stopped when the test ends."""
    running: list[tuple[uvicorn.Server, Thread, socket.socket, Desk]] = []

    def start(workspace: Path, share: float = SHARE, **options: Any) -> Served:
        listener = socket.create_server(("127.0.0.1", 0))
        host = f"127.0.0.1:{listener.getsockname()[1]}"
        sessions = Sessions("lan")
        desk = Desk(workspace, "doi_ngoai", Pictures(), share)
        app = application(desk, sessions, frozenset({host}), **options)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, ws="none"))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        running.append((server, thread, listener, desk))
        return Served(workspace, f"http://{host}", sessions.token)

    yield start
    for server, thread, listener, desk in running:
        server.should_exit = True
        thread.join(timeout=10)
        listener.close()
        desk.trail.close()


@pytest.fixture
def served(serve: Callable[..., Served], workspace: Path) -> Served:
    """The review page over the three drawn reports."""
    return serve(workspace)


@dataclass
class Trouble:
    """What went wrong in a page: console errors, exceptions, requests that failed; but for what a test expects."""

    told: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    """Parts of what a test brings about on purpose, such as the status that it makes the server answer."""

    def watch(self, page: Any) -> None:
        """Listen to ``page`` from now on."""
        page.on("console", lambda said: said.type in ("error", "warning") and self._note(said.text))
        page.on("pageerror", lambda error: self.told.append(f"exception: {error}"))
        page.on("requestfailed", self._failed)
        page.on(
            "response",
            lambda answer: answer.status >= 500 and self.told.append(f"{answer.status} {answer.url}"),
        )

    def _note(self, text: str) -> None:
        if not REFUSED.search(text):
            self.told.append(f"console: {text}")

    def _failed(self, request: Any) -> None:
        # What is under way while the page is left or reloaded is cut off; that is no failure.
        if request.failure != "net::ERR_ABORTED":
            self.told.append(f"request: {request.url} {request.failure}")


@pytest.fixture
def open_page(chromium: Any, served: Served) -> Iterator[Callable[..., Any]]:
    """Open the review page in a browser session of its own, logged in and with an item on the screen.

    ``path`` is what to open after the login; the rest are options of Playwright's new_context.
    """
    contexts, trouble = [], Trouble()

    def opened(path: str = "/", who: str = "", at: Served | None = None, **options: Any) -> Any:
        where = at or served
        context = chromium.new_context(**{"viewport": DESKTOP, "locale": "vi-VN", **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        trouble.watch(page)
        page.trouble = trouble
        page.goto(f"{where.address}/login?token={where.token}")
        if path != "/":
            page.goto(where.address + path)
        if who:
            page.click("[data-command=name]")
            page.fill("dialog[open] input[name=text]", who)
            page.keyboard.press("Enter")
            playwright.expect(page.locator("#who")).to_have_text(who)
        page.locator("#sheet[data-shown]").wait_for()  # no wait_for_function: the policy forbids its eval
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [told for told in trouble.told if not any(part in told for part in trouble.expected)] == []


@pytest.fixture
def page(open_page: Callable[..., Any]) -> Any:
    """The review page at 1280 by 720, logged in, the first item on the screen."""
    return open_page()
