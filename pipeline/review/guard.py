"""What every request must be and every answer carries: own host, own page, a session, no long body, strict headers."""

from __future__ import annotations

import hmac

from fastapi import Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.review.sessions import Session, Sessions

CSRF_HEADER = "x-sohoa-csrf"
MOST_BODY_BYTES = 256 << 10

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
"""No script or style but the server's own files, no frame, nothing from elsewhere, nothing kept by the browser."""

_STATIC = "/static/"
_LOGIN = "/login"


class Guard:
    """Refuses what does not come from the server's own page in an opened session."""

    def __init__(self, app: ASGIApp, sessions: Sessions, hosts: frozenset[str]) -> None:
        """Take the sessions, and the names (with port) under which the server may be called.

        Any other name means that a foreign site had its own name point at this machine (DNS rebinding).
        """
        self._app = app
        self._sessions = sessions
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse to."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            else:  # nothing here speaks WebSocket
                await send({"type": "websocket.close", "code": 1008})
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        answer: ASGIApp = self._refusal(Request(scope)) or self._app
        await answer(scope, receive, with_headers)

    def _refusal(self, request: Request) -> Response | None:
        host, path = request.headers.get("host", ""), request.url.path
        reads = request.method in {"GET", "HEAD"}
        if host not in self._hosts:
            return _no(421, "wrong_host")
        if _foreign(request, reads):
            return _no(403, "foreign")
        if not reads and _too_long(request):
            return _no(413, "too_long")
        if path.startswith(_STATIC) or path == _LOGIN:
            return None
        session = self._sessions.get(request.cookies.get(self._sessions.cookie))
        if session is None:
            wants_a_page = reads and "text/html" in request.headers.get("accept", "")
            return RedirectResponse(_LOGIN, 303) if wants_a_page else _no(401, "no_session")
        request.state.session = session
        if reads:
            return None
        sent = request.headers.get(CSRF_HEADER, "")
        if not hmac.compare_digest(sent.encode(), session.csrf.encode()):
            return _no(403, "foreign")
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return _no(415, "json_only")
        return None


def _foreign(request: Request, reads: bool) -> bool:
    """Return whether another site's page sent the request; following a link from there to a page is no harm.

    Pages at other ports of the same machine are other sites: browsers do not keep cookies apart by port, but they do say
    where a request comes from (Fetch Metadata, and Origin on every request that may change something).
    """
    headers = request.headers
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if not reads and origin is not None and origin != f"{request.url.scheme}://{headers.get('host')}":
        # Our own form has this origin, since our pages send no referrer; a sandboxed frame elsewhere has it too.
        return not (origin == "null" and site == "same-origin")
    if site in {None, "same-origin", "none"}:
        return False
    followed = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return not (reads and followed)


def _too_long(request: Request) -> bool:
    """Return whether a body is longer than any page of ours sends, or does not say how long it is."""
    length = request.headers.get("content-length", "")
    said = (
        length.isascii()
        and length.isdigit()
        and len(length) < 10
        and "transfer-encoding" not in request.headers
    )
    return not said or int(length) > MOST_BODY_BYTES


def _no(status: int, code: str) -> Response:
    return JSONResponse({"error": code}, status)


def session_of(request: Request) -> Session:
    """Return the session in which a request was let through."""
    session: Session = request.state.session
    return session
