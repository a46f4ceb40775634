"""The words of the page, Vietnamese and English, from one table; the names of fields come from the profile."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml

from pipeline.extraction.profile import FieldSpec

LANGUAGES = ("vi", "en")


@cache
def words(language: str) -> dict[str, str]:
    """Return every text of the page by its code in ``language``."""
    text = resources.files("pipeline.review").joinpath("words.yaml").read_text("utf-8")
    at = LANGUAGES.index(language)
    held: dict[str, list[str]] = yaml.load(
        text, Loader=yaml.BaseLoader
    )  # every scalar is a text: "on" is a word here
    return {code: pair[at] for code, pair in held.items()}


def labels(spec: FieldSpec) -> dict[str, str]:
    """Return what people call the field, by language."""
    return {"vi": spec.label_vi, "en": spec.label_en or spec.meaning or spec.label_vi}
