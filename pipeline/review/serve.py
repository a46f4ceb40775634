"""Starting the server, on this machine alone unless its door is opened, and opening the browser at it."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from pipeline.errors import UsageError
from pipeline.review.desk import Desk
from pipeline.review.door import Door, tls_context
from pipeline.review.patience import MOST_CONNECTIONS, MOST_HEAD_BYTES, PatientProtocol
from pipeline.review.pictures import Pictures
from pipeline.review.second_entry import SHARE
from pipeline.review.server import application
from pipeline.review.sessions import COOKIE, Sessions
from pipeline.review.tables import identity
from pipeline.review.trail_moving import move_trail

_LAST_SECONDS = 5
"""How long requests may go on after Ctrl-C."""


def serve(
    root: Path,
    *,
    profile: str,
    scans: tuple[Path, ...],
    who: str,
    port: int,
    browser: bool,
    door: Door | None = None,
    read_only: bool = False,
    store: str = "",
    second: float = SHARE,
    say: Callable[[str], None],
) -> None:
    """Serve the workspace ``root`` until Ctrl-C; ``port`` 0 takes a free one; ``read_only`` without the review.

    With ``store`` the trail moves there first; ``second`` is the share of settled fields that are entered a second time.
    Raises UsageError when there is nothing to review in ``root`` or the port is taken.
    """
    door = door or Door()
    identity(root / "dataset")  # a folder without tables is left as it is
    if store and (told := move_trail(root, store)):
        say(told)
    desk = Desk(root, profile, Pictures(scans), second)
    desk.follow()
    for told in desk.trail.told:
        say(told)
    family = socket.AF_INET6 if ":" in door.address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((door.address, port))
        except OSError as error:
            raise UsageError(
                f"{door.address}, port {port}: cannot be used ({error.strerror}); "
                "give another with --port, or --host"
            ) from error
        listener.listen(MOST_CONNECTIONS)  # who opens the link at once is kept waiting, not turned away
        port = listener.getsockname()[1]
        tls = tls_context(door.certificate, door.key) if door.certificate and door.key else None
        # Browsers do not keep cookies apart by port: two reviews on one machine need two names.
        sessions = Sessions(who, cookie=f"{COOKIE}_{port}", secure=door.certificate is not None)
        _introduce(door, port, sessions.token, read_only=read_only, say=say)
        if browser:
            webbrowser.open(f"{door.url(port)}/login?token={sessions.once()}")
        config = uvicorn.Config(
            application(desk, sessions, door.hosts(port), read_only=read_only),
            http=PatientProtocol,
            ws="none",
            lifespan="off",
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,  # whoever connects is who it is: tries are counted by address
            h11_max_incomplete_event_size=MOST_HEAD_BYTES,
            limit_concurrency=MOST_CONNECTIONS,
            timeout_graceful_shutdown=_LAST_SECONDS,
            ssl_context_factory=(lambda *_: tls) if tls else None,
        )
        try:
            uvicorn.Server(config).run(sockets=[listener])
        finally:
            desk.trail.close()


def _introduce(door: Door, port: int, token: str, *, read_only: bool, say: Callable[[str], None]) -> None:
    say(f"{'Reading' if read_only else 'Review'} page: {door.url(port)}/login?token={token}")
    kept = "nothing can be changed" if read_only else "every decision is on the disk as soon as it is made"
    if door.remote:
        say(
            "OTHERS CAN REACH IT: whoever in the network has this address with its token reads every document that is not "
            "restricted" + ("." if read_only else ", and decides under the name they give.")
        )
        say(f"Send the token to nobody else, and not by a channel others read. Ctrl-C ends it; {kept}.")
    else:
        say(f"It answers this machine only. Ctrl-C ends it; {kept}.")
