"""Characters wrong, beside plain Tesseract."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.pages.count import Count
from benchmarks.pages.plain import PlainTesseract
from benchmarks.pages.reading import ReadDocument
from pipeline.evaluation.page_text import character_errors

CHARACTERS = "characters wrong"
PLAIN = "by plain Tesseract"
SHARE = "of plain Tesseract's errors"


def characters(read: ReadDocument, plain: PlainTesseract) -> Iterator[Count]:
    """Yield the character errors of the transcribed pages, those of plain Tesseract on them, and the ratio of both.

    A page with a text layer was never read from pixels, so plain Tesseract is not asked.
    """
    for printed in read.printed.pages:
        if not printed.text:
            continue
        number = printed.number
        errors = character_errors(printed.text, read.texts.get(number, ""))
        rate = f"{100 * errors.edits / max(1, errors.length):.1f} %"
        yield Count(CHARACTERS, number, errors.edits, errors.length, rate)
        page = read.pages.get(number)
        if page is not None and page.source_kind == "text_layer":
            continue
        theirs = character_errors(printed.text, plain.text(read.printed.scan, number)).edits
        rates = f"{rate} to {100 * theirs / max(1, errors.length):.1f} %"
        yield Count(PLAIN, number, theirs, errors.length)
        yield Count(SHARE, number, errors.edits, theirs, rates)
