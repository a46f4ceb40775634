"""Routes by which a browser comes in."""

from __future__ import annotations

from fastapi import FastAPI, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from pipeline.review.forms import Asked
from pipeline.review.sessions import COOKIE, Sessions, TooManyTriesError


def entrance(app: FastAPI, sessions: Sessions) -> None:
    """Add the login."""

    @app.get("/login", response_class=HTMLResponse)
    def login(token: Asked = "") -> Response:
        try:
            cookie = sessions.login(token)
        except TooManyTriesError:
            return JSONResponse({"error": "too_many_tries"}, 429)
        if cookie is None:
            return JSONResponse({"error": "wrong_token"}, 403)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(COOKIE, cookie, httponly=True, samesite="strict", path="/")
        return answer
