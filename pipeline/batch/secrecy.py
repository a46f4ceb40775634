"""State secrets: whether a document bears a degree of secrecy (Decree 30/2020/NĐ-CP, zone 10a)."""

from collections.abc import Sequence

import regex

from pipeline.document import Layout, Page
from pipeline.text import fold

_DEGREE = regex.compile(r"\b(?:tuyet|toi)?\s*mat\b")


def secrecy_mark(layout: Layout, pages: Sequence[Page]) -> str:
    """Return the mark as printed (MẬT, TỐI MẬT, TUYỆT MẬT), or "" when there is none; ``pages`` made ``layout``.

    Only the zone of the mark counts, and stamps; the word in running text ("bảo mật", "bí mật") is no mark. Red ink is
    lifted off the words of a page, so that a red stamp may be among its marks alone.
    """
    zones = [zone.passage.text for zone in layout.zones if zone.kind in ("secrecy", "stamp")]
    stamps = [mark.text for page in pages for mark in page.marks if mark.kind == "stamp"]
    return next((found for text in (*zones, *stamps) if (found := _mark_in(text))), "")


def _mark_in(text: str) -> str:
    match = _DEGREE.search(fold(text))
    return text[match.start() : match.end()].strip() if match else ""
