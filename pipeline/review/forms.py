"""What the routes accept: bounded texts, and bodies that hold nothing unknown."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(max_length=300)]
DocId = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Asked = Annotated[str, Query(max_length=200)]


class Strict(BaseModel):
    """A body in which an unknown part is an error."""

    model_config = ConfigDict(extra="forbid")
