"""Who may speak to the server: a random token opens a session, a cookie carries it, a second secret guards writing."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

COOKIE = "sohoa_review"
IDLE_SECONDS = 4 * 3600.0
"""A session that asked for nothing so long is over: longer than lunch, shorter than a night."""
MOST_SESSIONS = 64
MOST_ADDRESSES = 1024
_TRIES = 10
_TRIES_SECONDS = 60.0
"""Ten wrong tokens a minute from one address; the token has 256 bits, so this only keeps the noise down."""
_ONCE_SECONDS = 120.0
"""How long the address that opens the browser works; other users of the machine can see it in the list of processes."""


class TooManyTriesError(Exception):
    """Wrong tokens came faster than a person types them."""


@dataclass
class Session:
    """One browser: the name under which it decides, and the secret that its pages send with every change."""

    who: str
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    asked_at: float = 0.0


class Sessions:
    """All sessions of a server, in memory: stopping it ends them."""

    def __init__(
        self,
        who: str,
        token: str | None = None,
        *,
        cookie: str = COOKIE,
        secure: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the name that new sessions begin with, the token (a random one by default) and the name of the cookie.

        ``secure``: the server speaks TLS, and the cookie must never travel without it.
        """
        self.token = token or secrets.token_urlsafe(32)
        self.secure = secure
        self.cookie = f"__Host-{cookie}" if secure else cookie
        self._who = who
        self._clock = clock
        self._once: dict[str, float] = {}
        self._held: OrderedDict[str, Session] = OrderedDict()
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()
        self._mutex = Lock()

    def once(self) -> str:
        """Return a token that opens one session, soon."""
        with self._mutex:
            token = secrets.token_urlsafe(32)
            self._once[token] = self._clock() + _ONCE_SECONDS
            return token

    def login(self, token: str, address: str = "") -> str | None:
        """Return the cookie of a new session, or None for a wrong token from ``address``. Raises TooManyTriesError."""
        with self._mutex:
            now = self._clock()
            tries = self._tries(address)
            if len(tries) == _TRIES and now - tries[0] < _TRIES_SECONDS:
                raise TooManyTriesError
            if not self._right(token, now):
                tries.append(now)
                return None
            cookie = secrets.token_urlsafe(32)
            self._held[cookie] = Session(self._who, asked_at=now)
            if len(self._held) > MOST_SESSIONS:
                self._held.popitem(last=False)  # the one that was idle longest
            return cookie

    def get(self, cookie: str | None) -> Session | None:
        """Return the session of a cookie, or None, also for one that was idle too long."""
        with self._mutex:
            session = self._held.get(cookie or "")
            if session is None or cookie is None:
                return None
            now = self._clock()
            if now - session.asked_at > IDLE_SECONDS:
                del self._held[cookie]
                return None
            session.asked_at = now
            self._held.move_to_end(cookie)
            return session

    def logout(self, cookie: str | None) -> None:
        """End the session of a cookie."""
        with self._mutex:
            self._held.pop(cookie or "", None)

    def _right(self, token: str, now: float) -> bool:
        sent = token.encode()
        if hmac.compare_digest(sent, self.token.encode()):
            return True
        for once, until in list(self._once.items()):
            if now > until:
                del self._once[once]
            elif hmac.compare_digest(sent, once.encode()):
                del self._once[once]
                return True
        return False

    def _tries(self, address: str) -> deque[float]:
        whose = _network(address)
        tries = self._wrong.setdefault(whose, deque(maxlen=_TRIES))
        self._wrong.move_to_end(whose)
        if len(self._wrong) > MOST_ADDRESSES:
            self._wrong.popitem(last=False)
        return tries


def _network(address: str) -> str:
    """Return what one attacker has of addresses: an IPv4 address, or the /64 network that every IPv6 host may roam."""
    try:
        held = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    return str(ipaddress.ip_network((held, 64), strict=False)) if held.version == 6 else str(held)
