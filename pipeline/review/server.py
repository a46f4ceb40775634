"""The server of the review page: its routes put together, each failure given its status."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader, select_autoescape
from starlette.exceptions import HTTPException

from pipeline import __version__
from pipeline.errors import InputError, SohoaError
from pipeline.review.auditing import DrawError
from pipeline.review.desk import Desk, NotAskedError, UnknownItemError
from pipeline.review.forms import FAILURES
from pipeline.review.guard import Guard
from pipeline.review.library import Library, reading_room
from pipeline.review.routes_auditing import auditing
from pipeline.review.routes_deciding import deciding
from pipeline.review.routes_entrance import entrance
from pipeline.review.routes_page import review_page
from pipeline.review.routes_reading import pictures, reading
from pipeline.review.sessions import Sessions
from pipeline.review.typed import NotUnderstoodError


def application(desk: Desk, sessions: Sessions, hosts: frozenset[str], *, read_only: bool = False) -> FastAPI:
    """Return the application for one workspace; it answers only under the names in ``hosts``.

    With ``read_only`` there is the reading room alone: nothing to decide, and no route that would take a decision.
    """
    app = FastAPI(
        title="sohoa review",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        responses=FAILURES,
    )
    app.add_middleware(Guard, sessions=sessions, hosts=hosts)
    templates = Environment(
        loader=PackageLoader("pipeline.review"),
        autoescape=select_autoescape(default=True, default_for_string=True),
    )
    _failures(app)
    entrance(app, sessions, templates)
    pictures(app, desk)
    reading_room(app, Library(desk), templates, read_only=read_only)
    if read_only:
        app.get("/", response_class=HTMLResponse)(lambda: RedirectResponse("/search", 303))
    else:
        review_page(app, templates, desk.specs)
        reading(app, desk)
        deciding(app, desk)
        auditing(app, desk)
    static = resources.files("pipeline.review").joinpath("static")
    app.mount("/static", StaticFiles(directory=Path(str(static))), name="static")
    return app


def _failures(app: FastAPI) -> None:
    """Give every foreseen failure its status and a code that the page has words for."""

    def answer(status: int, code: str, **more: Any) -> JSONResponse:
        return JSONResponse({"error": code, **more}, status)

    app.exception_handler(UnknownItemError)(lambda _request, _error: answer(404, "unknown"))
    app.exception_handler(NotAskedError)(lambda _request, error: answer(409, error.code))
    app.exception_handler(DrawError)(lambda _request, error: answer(409, error.code))
    app.exception_handler(InputError)(lambda _request, error: answer(409, "no_picture", detail=error.message))
    app.exception_handler(SohoaError)(lambda _request, error: answer(503, "failed", detail=str(error)))
    app.exception_handler(NotUnderstoodError)(lambda _request, error: answer(422, error.code))
    app.exception_handler(HTTPException)(
        lambda _request, error: answer(
            error.status_code, "unknown" if error.status_code == 404 else "invalid"
        )
    )
    app.exception_handler(RequestValidationError)(lambda _request, _error: answer(422, "invalid"))
    app.exception_handler(ValueError)(lambda _request, _error: answer(422, "invalid"))
