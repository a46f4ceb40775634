"""Routes of the review page itself."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment
from pydantic import Field

from pipeline.review.forms import Strict
from pipeline.review.guard import session_of
from pipeline.review.words import LANGUAGES, words


class Name(Strict):
    """The name under which a reviewer decides."""

    who: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$")]


def review_page(app: FastAPI, templates: Environment) -> None:
    """Add the page, its words, and the name under which its reviewer decides."""

    @app.get("/", response_class=HTMLResponse)
    def page(request: Request, lang: Literal["vi", "en"] = "vi") -> HTMLResponse:
        session = session_of(request)
        held = templates.get_template("page.html").render(
            lang=lang, languages=LANGUAGES, words=words(lang), csrf=session.csrf, who=session.who
        )
        return HTMLResponse(held)

    @app.get("/api/words")
    def spoken(lang: Literal["vi", "en"] = "vi") -> dict[str, str]:
        return words(lang)

    @app.post("/api/name")
    def rename(request: Request, name: Name) -> dict[str, str]:
        session = session_of(request)
        session.who = " ".join(name.who.split()) or session.who
        return {"who": session.who}
