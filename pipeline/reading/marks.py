"""All marks of a page that are no print."""

from collections.abc import Sequence

from pipeline.cleaning import CleanPage
from pipeline.document import Line, Mark
from pipeline.reading.handwriting import find_handwriting


def find_marks(page: CleanPage, lines: Sequence[Line]) -> tuple[Mark, ...]:
    """Return the marks on ``page``, whose print is ``lines``."""
    return find_handwriting(page, lines)
