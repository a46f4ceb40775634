"""Under which heading a table stands."""

from __future__ import annotations

from pipeline.document import Layout, Outline, Word

_ENDING = ("signer_name", "recipients", "authority")


def sections_of(layout: Layout, outline: Outline) -> list[str]:
    """Return the path of the section in which each table of ``layout`` stands.

    It is that of the paragraph before the table; "0" where there is none, and for tables after the signature, unless a
    heading of an annex stands there.
    """
    if not layout.tables:
        return []
    homes: dict[Word, str] = {}
    for section in outline.sections:
        for passage in (section.heading, *section.body):
            homes |= dict.fromkeys(passage.words, section.path)
    ends = [zone for zone in layout.zones if zone.kind in _ENDING]
    last = max(((zone.page, zone.box.y1) for zone in ends), default=None)
    found = []
    for table in layout.tables:
        before = layout.paragraphs[: table.after]
        words = next((p.words for p in reversed(before) if p.words), ())
        home = homes.get(words[-1], "0") if words else "0"
        if last is not None and words and table.page > last[0]:
            here = (words[0].page, words[0].box.y0)
            home = home if here > last else "0"
        found.append(home)
    return found
