"""What every request must be and every answer carries: own host, a session, no foreign post, strict headers."""

from __future__ import annotations

import hmac

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.types import ASGIApp

from pipeline.review.sessions import COOKIE, Session, Sessions

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

_OPEN = ("/static/", "/login")


class Guard(BaseHTTPMiddleware):
    """Refuses what does not come from the server's own page in an opened session."""

    def __init__(self, app: ASGIApp, sessions: Sessions, hosts: frozenset[str]) -> None:
        """Take the sessions, and the names (with port) under which the server may be called.

        Any other name means that a foreign site had its own name point at this machine (DNS rebinding).
        """
        super().__init__(app)
        self._sessions = sessions
        self._hosts = hosts

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        """Answer, or refuse to."""
        response = self._refusal(request) or await call_next(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    def _refusal(self, request: Request) -> Response | None:
        if request.headers.get("host", "") not in self._hosts:
            return _no(421, "wrong_host")
        if request.url.path.startswith(_OPEN):
            return None
        session = self._sessions.get(request.cookies.get(COOKIE))
        if session is None:
            return _no(401, "no_session")
        request.state.session = session
        if request.method in {"GET", "HEAD"}:
            return None
        origin = request.headers.get("origin")
        if origin is not None and origin.removeprefix("http://") not in self._hosts:
            return _no(403, "foreign")
        sent = request.headers.get(CSRF_HEADER, "")
        if not hmac.compare_digest(sent.encode(), session.csrf.encode()):
            return _no(403, "foreign")
        if not request.headers.get("content-type", "").startswith("application/json"):
            return _no(415, "json_only")
        length = request.headers.get("content-length", "")
        if not length.isdigit() or int(length) > MOST_BODY_BYTES:
            return _no(413, "too_long")
        return None


def _no(status: int, code: str) -> Response:
    return JSONResponse({"error": code}, status)


def session_of(request: Request) -> Session:
    """Return the session in which a request was let through."""
    session: Session = request.state.session
    return session
