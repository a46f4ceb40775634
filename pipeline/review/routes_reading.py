"""Routes that read: what the page shows, and the pictures of pages."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import FastAPI, Query, Request, Response

from pipeline.review import views
from pipeline.review.control import Kind
from pipeline.review.desk import Desk
from pipeline.review.forms import Asked
from pipeline.review.guard import session_of
from pipeline.review.queue import Filter

MOST_AHEAD = 20


def reading(app: FastAPI, desk: Desk) -> None:
    """Add what is asked without changing anything: the queue, items, documents, progress."""

    @app.get("/api/queue")
    def queue(
        request: Request,
        kind: Kind = "review",
        group: Asked = "",
        field: Asked = "",
        reason: Asked = "",
        district: Asked = "",
        year: Asked = "",
        doc_id: Asked = "",
        settled: bool = False,
        sure: bool = False,
        after_doc: Asked = "",
        after_field: Asked = "",
        back: bool = False,
        limit: Annotated[int, Query(ge=1, le=MOST_AHEAD)] = 5,
    ) -> dict[str, Any]:
        desk.follow()
        asked = Filter(group, field, reason, district, year, doc_id, settled, sure)
        after = desk.queue.item(after_doc, after_field) if after_doc else None
        who = session_of(request).who
        if kind == "review":
            items, left = desk.queue.after(after, asked, limit, back=back)
        else:
            line = desk.line(who, kind, done=settled)
            items, left = line.after(desk.queue, after, asked, limit, back=back)
        keys = [desk.queue.key(number) for number in items]
        found = [{"doc_id": doc, "field": name} for doc, name in keys]
        return {"left": left, "items": found, "open": desk.open_to(who)}

    @app.get(
        "/api/facets", response_model=dict[str, list[list[str | int]]]
    )  # a tuple has no sound description
    def facets() -> dict[str, list[tuple[str, int]]]:
        desk.follow()
        return desk.queue.facets()

    @app.get("/api/item/{doc_id}/{field}")
    def item(request: Request, doc_id: str, field: str, kind: Kind = "review") -> dict[str, Any]:
        desk.follow()
        return views.item(desk, doc_id, field, session_of(request).who, kind)

    @app.get("/api/document/{doc_id}")
    def document(request: Request, doc_id: str) -> dict[str, Any]:
        desk.follow()
        return views.document(desk, doc_id, session_of(request).who)

    @app.get("/api/progress")
    def progress() -> dict[str, Any]:
        desk.follow()
        return views.progress(desk)


class Jpeg(Response):
    """A picture of a page."""

    media_type = "image/jpeg"


def pictures(app: FastAPI, desk: Desk) -> None:
    """Add the pictures of pages, found by the hash of the scan alone."""

    @app.get("/picture/{doc_id}/{number}", response_class=Jpeg)
    def picture(doc_id: str, number: int) -> Jpeg:
        return Jpeg(desk.picture(doc_id, number))
