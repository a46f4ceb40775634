"""Routes of the review page itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment
from pydantic import Field

from pipeline.extraction.profile import FieldSpec
from pipeline.review.forms import Strict
from pipeline.review.guard import session_of
from pipeline.review.words import LANGUAGES, labels, words


class Name(Strict):
    """The name under which a reviewer decides."""

    who: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$")]


Language = Literal["vi", "en"]


def review_page(app: FastAPI, templates: Environment, specs: Mapping[str, FieldSpec]) -> None:
    """Add the page, its words with the labels of the fields, and the name under which its reviewer decides."""

    def told(lang: Language) -> dict[str, str]:
        return words(lang) | {f"field.{name}": labels(spec)[lang] for name, spec in specs.items()}

    @app.get("/", response_class=HTMLResponse)
    def page(request: Request, lang: Language = "vi") -> HTMLResponse:
        session = session_of(request)
        held = templates.get_template("page.html").render(
            lang=lang, languages=LANGUAGES, words=told(lang), csrf=session.csrf, who=session.who
        )
        return HTMLResponse(held)

    @app.get("/api/words")
    def spoken(lang: Language = "vi") -> dict[str, str]:
        return told(lang)

    @app.post("/api/name")
    def rename(request: Request, name: Name) -> dict[str, str]:
        session = session_of(request)
        session.who = " ".join(name.who.split()) or session.who
        return {"who": session.who}
