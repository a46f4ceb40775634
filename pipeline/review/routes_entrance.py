"""Routes by which a browser comes in and leaves."""

from __future__ import annotations

from typing import Any, Literal
from urllib.parse import parse_qs

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment
from pydantic import BaseModel

from pipeline.review.forms import Asked, Done
from pipeline.review.guard import session_of
from pipeline.review.sessions import Sessions, TooManyTriesError
from pipeline.review.words import LANGUAGES, words

Language = Literal["vi", "en"]

_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "properties": {"token": {"type": "string"}},
                    "required": ["token"],
                }
            }
        },
    }
}
_PAGE: dict[str, Any] = {"content": {"text/html": {}}}
_PAGES: dict[int | str, dict[str, Any]] = {
    200: {**_PAGE, "description": "The form"},
    303: {"description": "Come in"},
    403: {**_PAGE, "description": "A wrong token"},
    429: {**_PAGE, "description": "Too many wrong tokens"},
}


class Known(BaseModel):
    """Who decides in this session, and the secret that its pages send: for a page that outlived its own session."""

    who: str
    csrf: str


def entrance(app: FastAPI, sessions: Sessions, templates: Environment) -> None:
    """Add the way in, by a link with the token or by typing it, and the way out."""

    def form(lang: str, status: int = 200, trouble: str = "", *, opened: bool = False) -> HTMLResponse:
        held = templates.get_template("login.html").render(
            lang=lang, languages=LANGUAGES, words=words(lang), trouble=trouble, opened=opened
        )
        return HTMLResponse(held, status)

    def come_in(request: Request, token: str, lang: str) -> Response:
        try:
            cookie = sessions.login(token, request.client.host if request.client else "")
        except TooManyTriesError:
            return form(lang, 429, "error.too_many_tries")
        if cookie is None:
            return form(lang, 403, "error.wrong_token")
        # The address with the token is left at once. Who followed a link from another site is sent on by a page of our
        # own: a browser keeps a strict cookie back from a redirect that began elsewhere.
        elsewhere = request.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}
        answer = form(lang, opened=True) if elsewhere else RedirectResponse(f"/?lang={lang}", 303)
        answer.set_cookie(
            sessions.cookie, cookie, httponly=True, samesite="strict", secure=sessions.secure, path="/"
        )
        return answer

    @app.get("/login", response_class=HTMLResponse, responses=_PAGES)
    def login(request: Request, token: Asked = "", lang: Language = "vi") -> Response:
        return come_in(request, token, lang) if token else form(lang)

    @app.post("/login", response_class=HTMLResponse, responses=_PAGES, openapi_extra=_FORM)
    async def typed_token(request: Request, lang: Language = "vi") -> Response:
        sent = parse_qs((await request.body()).decode("utf-8", "replace"), separator="&")
        return come_in(request, sent.get("token", [""])[0].strip(), lang)

    @app.get("/api/session")
    def session(request: Request) -> Known:
        held = session_of(request)
        return Known(who=held.who, csrf=held.csrf)

    @app.post("/logout")
    def logout(request: Request, response: Response) -> Done:
        sessions.logout(request.cookies.get(sessions.cookie))
        response.delete_cookie(
            sessions.cookie, httponly=True, samesite="strict", secure=sessions.secure, path="/"
        )
        return Done()
