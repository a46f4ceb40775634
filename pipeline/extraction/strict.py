"""What every part of a profile is: frozen, with no unknown key, its wordings well formed."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from pipeline.extraction.wording_form import fault_of


def _is_well_formed(wording: str) -> str:
    fault = fault_of(wording)
    if fault:
        raise ValueError(fault)
    return wording


Wording = Annotated[
    str,
    AfterValidator(_is_well_formed),
    Field(
        min_length=1,
        description="Words as printed, compared without marks; (a|b) alternatives, [x] optional, * up to six words between.",
    ),
]
Wordings = tuple[Wording, ...]


class Strict(BaseModel):
    """A part of a profile."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)
