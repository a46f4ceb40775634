"""The server of the review page: routes and nothing else; :class:`pipeline.review.desk.Desk` does the work."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader, select_autoescape
from pydantic import BaseModel, ConfigDict, Field

from pipeline.errors import InputError, SohoaError
from pipeline.review import views
from pipeline.review.desk import Desk, UnknownItemError
from pipeline.review.guard import Guard
from pipeline.review.library import Library, reading_room
from pipeline.review.queue import Filter
from pipeline.review.sessions import COOKIE, Session, Sessions, TooManyTriesError
from pipeline.review.trail import Conflict
from pipeline.review.typed import NotUnderstoodError, shown, understand
from pipeline.review.words import LANGUAGES, words

Text = Annotated[str, Field(max_length=300)]
DocId = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Asked = Annotated[str, Query(max_length=200)]
MOST_AHEAD = 20


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Decided(_Strict):
    """A decision on a field, with the hash of the last one that was seen ("" for none)."""

    doc_id: DocId
    field: Text
    seen: Annotated[str, Field(max_length=64)] = ""
    action: Literal["set", "comment", "undo"]
    new: dict[str, Any] = {}
    evidence: dict[str, Any] = {}
    comment: Annotated[str, Field(max_length=2000)] = ""
    seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0


class TypedText(_Strict):
    """What a person typed into a field."""

    field: Text
    text: Annotated[str, Field(max_length=20_000)]
    currency: Annotated[str, Field(max_length=3)] = ""


class Name(_Strict):
    """The name under which a reviewer decides."""

    who: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$")]


def application(desk: Desk, sessions: Sessions, hosts: frozenset[str], *, read_only: bool = False) -> FastAPI:
    """Return the application for one workspace; it answers only under the names in ``hosts``.

    With ``read_only`` there is the reading room alone: nothing to decide, and no route that would take a decision.
    """
    app = FastAPI(title="sohoa review", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Guard, sessions=sessions, hosts=hosts)
    templates = Environment(
        loader=PackageLoader("pipeline.review"),
        autoescape=select_autoescape(default=True, default_for_string=True),
    )
    _failures(app)
    _entrance(app, sessions)
    _pictures(app, desk)
    reading_room(app, Library(desk), templates, read_only=read_only)
    if read_only:
        app.get("/", response_class=HTMLResponse)(lambda: RedirectResponse("/search", 303))
    else:
        _review(app, templates)
        _reading(app, desk)
        _writing(app, desk)
    static = resources.files("pipeline.review").joinpath("static")
    app.mount("/static", StaticFiles(directory=Path(str(static))), name="static")
    return app


def _failures(app: FastAPI) -> None:
    """Give every foreseen failure its status and a code that the page has words for."""

    def answer(status: int, code: str, **more: Any) -> JSONResponse:
        return JSONResponse({"error": code, **more}, status)

    app.exception_handler(UnknownItemError)(lambda _request, _error: answer(404, "unknown"))
    app.exception_handler(InputError)(lambda _request, error: answer(409, "no_picture", detail=error.message))
    app.exception_handler(SohoaError)(lambda _request, error: answer(503, "failed", detail=str(error)))
    app.exception_handler(NotUnderstoodError)(lambda _request, error: answer(422, error.code))
    app.exception_handler(RequestValidationError)(lambda _request, _error: answer(422, "invalid"))
    app.exception_handler(ValueError)(lambda _request, _error: answer(422, "invalid"))


def _entrance(app: FastAPI, sessions: Sessions) -> None:
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


def _review(app: FastAPI, templates: Environment) -> None:
    @app.get("/", response_class=HTMLResponse)
    def page(request: Request, lang: Literal["vi", "en"] = "vi") -> HTMLResponse:
        session = _session(request)
        held = templates.get_template("page.html").render(
            lang=lang, languages=LANGUAGES, words=words(lang), csrf=session.csrf, who=session.who
        )
        return HTMLResponse(held)

    @app.get("/api/words")
    def spoken(lang: Literal["vi", "en"] = "vi") -> dict[str, str]:
        return words(lang)

    @app.post("/api/name")
    def rename(request: Request, name: Name) -> dict[str, str]:
        session = _session(request)
        session.who = " ".join(name.who.split()) or session.who
        return {"who": session.who}


def _session(request: Request) -> Session:
    session: Session = request.state.session
    return session


def _reading(app: FastAPI, desk: Desk) -> None:
    @app.get("/api/queue")
    def queue(
        group: Asked = "",
        field: Asked = "",
        reason: Asked = "",
        district: Asked = "",
        year: Asked = "",
        doc_id: Asked = "",
        settled: bool = False,
        after_doc: Asked = "",
        after_field: Asked = "",
        back: bool = False,
        limit: Annotated[int, Query(ge=1, le=MOST_AHEAD)] = 5,
    ) -> dict[str, Any]:
        desk.follow()
        asked = Filter(group, field, reason, district, year, doc_id, settled)
        after = desk.queue.item(after_doc, after_field) if after_doc else None
        items, left = desk.queue.after(after, asked, limit, back=back)
        keys = [desk.queue.key(number) for number in items]
        return {"left": left, "items": [{"doc_id": doc, "field": name} for doc, name in keys]}

    @app.get("/api/facets")
    def facets() -> dict[str, list[tuple[str, int]]]:
        desk.follow()
        return desk.queue.facets()

    @app.get("/api/item/{doc_id}/{field}")
    def item(doc_id: str, field: str) -> dict[str, Any]:
        desk.follow()
        return views.item(desk, doc_id, field)

    @app.get("/api/document/{doc_id}")
    def document(doc_id: str) -> dict[str, Any]:
        desk.follow()
        return views.document(desk, doc_id)

    @app.get("/api/progress")
    def progress() -> dict[str, Any]:
        desk.follow()
        return views.progress(desk)


def _pictures(app: FastAPI, desk: Desk) -> None:
    @app.get("/picture/{doc_id}/{number}")
    def picture(doc_id: str, number: int) -> Response:
        return Response(desk.picture(doc_id, number), media_type="image/jpeg")


def _writing(app: FastAPI, desk: Desk) -> None:
    @app.post("/api/typed")
    def typed(sent: TypedText) -> dict[str, Any]:
        if sent.field not in desk.specs:
            raise UnknownItemError
        got = understand(desk.spec(sent.field), sent.text, sent.currency)
        return {"value": got.value.to_json(), "shown": shown(got.value), "doubt": got.doubt}

    @app.post("/api/decide")
    def decide(request: Request, sent: Decided) -> Response:
        try:
            entry = desk.decide(
                _session(request).who,
                sent.doc_id,
                sent.field,
                seen=sent.seen,
                action=sent.action,
                new=sent.new,
                evidence=sent.evidence,
                comment=sent.comment,
                seconds=sent.seconds,
            )
        except Conflict:
            desk.follow()
            theirs = views.item(desk, sent.doc_id, sent.field)
            return JSONResponse({"error": "conflict", "item": theirs}, 409)
        return JSONResponse({"seen": entry.hash})
