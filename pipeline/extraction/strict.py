"""What every part of a profile is: frozen, with no unknown key, its wordings well formed."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from pipeline.extraction.wording import compile_wordings


def _compiles(wordings: tuple[str, ...]) -> tuple[str, ...]:
    compile_wordings(wordings)
    return wordings


Wordings = Annotated[tuple[str, ...], AfterValidator(_compiles)]


class Strict(BaseModel):
    """A part of a profile."""

    model_config = ConfigDict(extra="forbid", frozen=True)
