"""The route by which a sample for the audit is drawn."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Request
from pydantic import BaseModel, Field

from pipeline.review.audit import MOST, SIZE, Design
from pipeline.review.auditing import DrawError, draw_sample
from pipeline.review.desk import Desk
from pipeline.review.forms import Strict
from pipeline.review.guard import session_of
from pipeline.review.trail import Conflict


class Sampling(Strict):
    """How many accepted fields are drawn, and how; ``again`` though there is a sample already."""

    size: Annotated[int, Field(ge=1, le=MOST)] = SIZE
    design: Design = "simple"
    again: bool = False


class Drawn(BaseModel):
    """The sample: how many of how many fields, and the seed by which anybody can draw it again."""

    sampled: int
    population: int
    seed: str


def auditing(app: FastAPI, desk: Desk) -> None:
    """Add the drawing of a sample; its seed is the server's to choose."""

    @app.post("/api/audit")
    def draw(request: Request, asked: Sampling) -> Drawn:
        try:
            drawn = draw_sample(
                desk, session_of(request).who, size=asked.size, design=asked.design, again=asked.again
            )
        except Conflict as error:
            raise DrawError("drawn") from error
        return Drawn(sampled=len(drawn.items), population=drawn.population, seed=drawn.seed)
