"""Routes that write: what a person typed or decided."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from pipeline.review import views
from pipeline.review.control import Kind
from pipeline.review.desk import Desk, NotAskedError, UnknownItemError
from pipeline.review.forms import DocId, Strict, Text
from pipeline.review.guard import session_of
from pipeline.review.trail import Conflict
from pipeline.review.typed import shown, understand

KINDS: dict[str, Kind] = {"second": "second", "adjudicate": "adjudicate", "audit": "audit"}
"""For which kind of quality control a word is given; all others are of review."""


class Decided(Strict):
    """A decision on a field, with the hash of the last one that was seen ("" for none)."""

    doc_id: DocId
    field: Text
    seen: Annotated[str, Field(max_length=64)] = ""
    action: Literal["set", "comment", "undo", "second", "adjudicate", "audit"]
    new: Annotated[dict[str, Any], Field(default_factory=dict)]
    evidence: Annotated[dict[str, Any], Field(default_factory=dict)]
    comment: Annotated[str, Field(max_length=2000)] = ""
    seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0


class Kept(BaseModel):
    """A decision is on the disk; ``seen`` is its hash, which the next on the same field must know."""

    seen: str


class TypedText(Strict):
    """What a person typed into a field."""

    field: Text
    text: Annotated[str, Field(max_length=20_000)]
    currency: Annotated[str, Field(max_length=3)] = ""


def deciding(app: FastAPI, desk: Desk) -> None:
    """Add what changes something: typed texts are understood, decisions go to the trail."""

    @app.post("/api/typed")
    def typed(sent: TypedText) -> dict[str, Any]:
        if sent.field not in desk.specs:
            raise UnknownItemError
        got = understand(desk.spec(sent.field), sent.text, sent.currency)
        return {"value": got.value.to_json(), "shown": shown(got.value), "doubt": got.doubt}

    @app.post("/api/decide", response_model=Kept)
    def decide(request: Request, sent: Decided) -> Kept | Response:
        who = session_of(request).who
        desk.follow()
        if sent.action in ("set", "comment", "audit") and desk.control.blind(who, (sent.doc_id, sent.field)):
            raise NotAskedError("blind")
        try:
            entry = desk.decide(
                who,
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
            theirs = views.item(desk, sent.doc_id, sent.field, who, KINDS.get(sent.action, "review"))
            return JSONResponse({"error": "conflict", "item": theirs}, 409)
        return Kept(seen=entry.hash)
