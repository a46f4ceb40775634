"""Starting the server on this machine alone, and opening the browser at it."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from pipeline.errors import UsageError
from pipeline.review.desk import Desk
from pipeline.review.pictures import Pictures
from pipeline.review.second_entry import SHARE
from pipeline.review.server import application
from pipeline.review.sessions import Sessions
from pipeline.review.tables import identity
from pipeline.review.trail_moving import move_trail

LOOPBACK = "127.0.0.1"


def serve(
    root: Path,
    *,
    profile: str,
    scans: tuple[Path, ...],
    who: str,
    port: int,
    browser: bool,
    read_only: bool = False,
    store: str = "",
    second: float = SHARE,
    say: Callable[[str], None],
) -> None:
    """Serve the workspace ``root`` until Ctrl-C; ``port`` 0 takes a free one; ``read_only`` without the review.

    ``second`` is the share of settled fields that are entered a second time. Raises UsageError when there is nothing to
    review in ``root`` or the port is taken.
    """
    identity(root / "dataset")  # a folder without tables is left as it is
    if store and (told := move_trail(root, store)):
        say(told)
    desk = Desk(root, profile, Pictures(scans), second)
    for told in desk.trail.told:
        say(told)
    desk.follow()
    sessions = Sessions(who)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, port))
        except OSError as error:
            raise UsageError(
                f"port {port} cannot be used ({error.strerror}); give another with --port"
            ) from error
        port = listener.getsockname()[1]
        hosts = frozenset({f"{LOOPBACK}:{port}", f"localhost:{port}"})
        address = f"http://{LOOPBACK}:{port}/login?token={sessions.token}"
        say(f"{'Reading' if read_only else 'Review'} page: {address}")
        kept = (
            "nothing can be changed" if read_only else "every decision is on the disk as soon as it is made"
        )
        say(f"It answers this machine only. Ctrl-C ends it; {kept}.")
        if browser:
            webbrowser.open(address)
        config = uvicorn.Config(
            application(desk, sessions, hosts, read_only=read_only),
            log_level="warning",
            access_log=False,
            server_header=False,
        )
        uvicorn.Server(config).run(sockets=[listener])
