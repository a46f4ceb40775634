"""State secrets: whether a document bears a degree of secrecy (Decree 30/2020/NĐ-CP, zone 10a)."""

import regex

from pipeline.document import Layout
from pipeline.text import fold

_DEGREE = regex.compile(r"\b(?:tuyet|toi)?\s*mat\b")


def secrecy_mark(layout: Layout) -> str:
    """Return the mark as printed (MẬT, TỐI MẬT, TUYỆT MẬT), or "" when there is none.

    Only the zone of the mark counts, and stamps; the word in running text ("bảo mật", "bí mật") is no mark.
    """
    for zone in layout.zones:
        if zone.kind in ("secrecy", "stamp") and (text := _mark_in(zone.passage.text)):
            return text
    return ""


def _mark_in(text: str) -> str:
    match = _DEGREE.search(fold(text))
    return text[match.start() : match.end()].strip() if match else ""
