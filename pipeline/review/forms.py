"""What the routes accept and answer: bounded texts, bodies that hold nothing unknown, and the codes of failures."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(max_length=300)]
DocId = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Asked = Annotated[str, Query(max_length=200)]


class Strict(BaseModel):
    """A body in which an unknown part is an error."""

    model_config = ConfigDict(extra="forbid")


class Done(BaseModel):
    """It was done; there is nothing to tell."""


class Failure(BaseModel):
    """Why a request was refused: a code that the page has words for, and for some failures what happened."""

    error: str
    detail: str = ""
    item: dict[str, Any] | None = None


_FAILURE = {"application/json": {"schema": Failure.model_json_schema()}}
FAILURES: dict[int | str, dict[str, Any]] = {
    status: {"content": _FAILURE, "description": told}
    for status, told in (
        (400, "No JSON"),
        (401, "No session"),
        (403, "Another site's page, or without the page's secret"),
        (404, "No such item, or not to be shown"),
        (409, "Somebody else decided meanwhile, or the picture cannot be drawn"),
        (413, "Too long"),
        (415, "Not JSON"),
        (421, "Not a name of this server"),
        (422, "Makes no sense"),
        (503, "The store refuses"),
    )
}
"""What every route may answer instead. As a schema: a model would be built anew for every route at every start."""
