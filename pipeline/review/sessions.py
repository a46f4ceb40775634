"""Who may speak to the server: a random token opens a session, a cookie carries it, a second secret guards writing."""

from __future__ import annotations

import hmac
import secrets
import time
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from threading import Lock

COOKIE = "sohoa_review"
MOST_SESSIONS = 64
_TRIES = 10
_TRIES_SECONDS = 60.0
"""Ten wrong tokens a minute; the token has 256 bits, so this only keeps the noise down."""


class TooManyTriesError(Exception):
    """Wrong tokens came faster than a person types them."""


@dataclass
class Session:
    """One browser: the name under which it decides, and the secret that its pages send with every change."""

    who: str
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))


class Sessions:
    """All sessions of a server, in memory: stopping it ends them."""

    def __init__(self, who: str, token: str | None = None) -> None:
        """Take the name that new sessions begin with, and the token (a random one by default)."""
        self.token = token or secrets.token_urlsafe(32)
        self._who = who
        self._held: OrderedDict[str, Session] = OrderedDict()
        self._wrong: deque[float] = deque(maxlen=_TRIES)
        self._mutex = Lock()

    def login(self, token: str) -> str | None:
        """Return the cookie of a new session, or None for a wrong token. Raises TooManyTriesError."""
        with self._mutex:
            now = time.monotonic()
            if len(self._wrong) == _TRIES and now - self._wrong[0] < _TRIES_SECONDS:
                raise TooManyTriesError
            if not hmac.compare_digest(token.encode(), self.token.encode()):
                self._wrong.append(now)
                return None
            cookie = secrets.token_urlsafe(32)
            self._held[cookie] = Session(self._who)
            if len(self._held) > MOST_SESSIONS:
                self._held.popitem(last=False)
            return cookie

    def get(self, cookie: str | None) -> Session | None:
        """Return the session of a cookie, or None."""
        with self._mutex:
            return self._held.get(cookie or "")
