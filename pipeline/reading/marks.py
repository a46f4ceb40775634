"""All marks of a page that are no print."""

from collections.abc import Sequence

from pipeline.cleaning import CleanPage
from pipeline.document import Line, Mark
from pipeline.reading.handwriting import find_handwriting
from pipeline.reading.seals import find_seals
from pipeline.reading.signature import find_signature
from pipeline.reading.stamps import find_stamps


def find_marks(page: CleanPage, lines: Sequence[Line]) -> tuple[Mark, ...]:
    """Return the marks on ``page``, whose print is ``lines``; a blank page has none."""
    if page.blank:
        return ()
    seals = find_seals(page, lines)
    signature = find_signature(page, lines, [mark for mark in seals if mark.kind == "seal"])
    return (*find_handwriting(page, lines), *seals, *signature, *find_stamps(page, lines))
