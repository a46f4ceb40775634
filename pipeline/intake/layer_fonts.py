"""Which font each word of a text layer is in, and whether it is drawn to be seen."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from pipeline.external.poppler import PdfPageSize, TextRun, TextWord

_BAND = 24.0
"""Points; runs are looked up by the band of the page in which they lie."""
_SLACK = 1.5
"""Points by which the two programs may disagree about a place."""

FontOf = Callable[[TextWord], str | None]
"""Returns the font of a word, "" when it cannot be known, None when the word is drawn invisibly."""


def fonts_unknown(word: TextWord) -> str | None:
    """Stand in where Poppler gives no fonts."""
    return ""


def fonts_by_place(size: PdfPageSize, shown: PdfPageSize, runs: Sequence[TextRun]) -> FontOf:
    """Return how to find the font of a word on a page ``shown`` at that size.

    Runs tell nothing on a page that is cropped: their places are those in its media box, of ``size``.
    """
    if abs(size.width - shown.width) > _SLACK or abs(size.height - shown.height) > _SLACK:
        return fonts_unknown
    bands: dict[int, list[TextRun]] = defaultdict(list)
    sideways: dict[str, str] = {}
    for run in runs:
        if run.x1 <= run.x0:
            sideways |= dict.fromkeys(run.text.split(), run.font)
            continue
        for band in range(int((run.y0 - _SLACK) // _BAND), int((run.y1 + _SLACK) // _BAND) + 1):
            bands[band].append(run)

    def font_of(word: TextWord) -> str | None:
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        for run in bands.get(int(y // _BAND), ()):
            if run.x0 - _SLACK <= x <= run.x1 + _SLACK and run.y0 - _SLACK <= y <= run.y1 + _SLACK:
                return run.font
        return sideways.get(word.text)

    return font_of
