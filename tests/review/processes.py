"""Review servers as processes of their own, many in a row: each is forked from one that has loaded the program already."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import regex

_LOADED = """
import os, sys
import pipeline.review.serve
from pipeline.cli.main import app
print("loaded", flush=True)
for line in sys.stdin:
    said, *arguments = line.rstrip("\\n").split("\\t")
    pid = os.fork()
    if pid == 0:
        file = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, 1)
        os.dup2(file, 2)
        app(arguments)
        os._exit(1)
    print(pid, flush=True)
    os.waitpid(pid, 0)
"""
_PATIENCE = 60.0
_LINK = regex.compile(r"page: (https?://\S+)")


@dataclass
class Server:
    """A running `sohoa review`: its process and the link that it printed."""

    process: int
    link: str

    def kill(self) -> None:
        os.kill(self.process, signal.SIGKILL)


@dataclass
class Browser:
    """A browser as far as the server can tell: one connection, its cookie and the page's secret."""

    link: str
    secret: str = ""
    connection: http.client.HTTPConnection = field(init=False)
    _cookie: str = ""

    def __post_init__(self) -> None:
        parts = urlsplit(self.link)
        self.connection = http.client.HTTPConnection(parts.netloc, timeout=_PATIENCE)
        _, headers, _ = self._ask("GET", f"{parts.path}?{parts.query}")
        self._cookie = headers["set-cookie"].partition(";")[0]
        self.secret = self.get("/api/session")[1]["csrf"]

    def close(self) -> None:
        self.connection.close()

    def get(self, path: str) -> tuple[int, Any]:
        status, _, body = self._ask("GET", path)
        return status, json.loads(body)

    def post(self, path: str, held: object) -> tuple[int, Any]:
        status, _, body = self._ask("POST", path, json.dumps(held))
        return status, json.loads(body)

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, Any, bytes]:
        sent = {"Cookie": self._cookie, "X-Sohoa-Csrf": self.secret, "Content-Type": "application/json"}
        self.connection.request(method, path, body, sent)
        answer = self.connection.getresponse()
        return answer.status, answer.headers, answer.read()


@contextmanager
def servers(folder: Path) -> Iterator[Any]:
    """Yield what starts servers, one after the other: ``start(workspace, *options)``."""
    with subprocess.Popen(
        [sys.executable, "-c", _LOADED], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as loaded:
        assert loaded.stdin is not None
        assert loaded.stdout is not None
        assert loaded.stdout.readline() == "loaded\n"
        started: list[Server] = []

        def start(workspace: Path, *options: object) -> Server:
            said = folder / f"said-{len(started)}"
            words = (said, "review", workspace, "--name", "lan", "--no-browser", *options)
            print(*words, sep="\t", file=loaded.stdin, flush=True)
            process = int(loaded.stdout.readline())  # type: ignore[union-attr]
            until = time.monotonic() + _PATIENCE
            while not (found := _LINK.search(said.read_text() if said.exists() else "")):
                assert time.monotonic() < until, said.read_text()
                time.sleep(0.01)
            started.append(Server(process, found[1]))
            return started[-1]

        try:
            yield start
        finally:
            for server in started[-1:]:
                with suppress(ProcessLookupError):
                    server.kill()
            loaded.stdin.close()
