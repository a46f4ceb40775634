"""The document's type: as printed under the letterhead, or that of a letter (công văn), which prints none."""

from __future__ import annotations

import regex

from pipeline.document import FieldValue, Layout
from pipeline.extraction.letterhead_number import read_number_line
from pipeline.extraction.letterhead_rows import absent, reported
from pipeline.layout.anchors import is_subject
from pipeline.layout.conventions import conventions, letters, type_of

LETTER = "Công văn"
"""The type that Decree 30/2020/NĐ-CP lets stand unprinted, with its subject ("V/v …") under the number."""
LETTER_SYMBOLS = frozenset({"CV"})
"""What letters have in their symbol where it names their type: "CV/TU", "CV-UBND"."""
_PARTS = regex.compile(r"[-–—/]")


def document_type(layout: Layout) -> FieldValue:
    """Return the row of ``doc.type``: the decree's name of the printed type, "Công văn" for a letter."""
    zone = layout.zone("type")
    found = type_of(zone.passage.text) if zone else None
    if zone is not None and found is not None:
        exact = letters(zone.passage.text) == letters(found[0])
        return reported(
            "doc.type", zone.passage.words, "type_line", text=found[0], score=0.98 if exact else 0.85
        )
    if zone is not None:
        return absent("doc.type", "no_type_printed")
    return _letter(layout) or absent("doc.type", "no_type_printed")


def _letter(layout: Layout) -> FieldValue | None:
    """Return the row of ``doc.type`` of a letter, or None when the document does not show that it is one.

    A letter has a number, says "V/v" under it or whom it is sent to, and its symbol names no other type: one that says
    "BC" has lost its type to the reader.
    """
    number = layout.zone("number")
    if number is None or not number.lines:
        return None
    first = _PARTS.split(read_number_line(number.passage).symbol)[0]
    about = layout.zone("subject")
    headed = about is not None and bool(about.lines) and is_subject(about.lines[0].text)
    named = first.upper() in LETTER_SYMBOLS
    if not (headed or named or layout.zone("addressees")) or not first:
        return None
    if not named and any(first in entry.abbreviations for entry in conventions().types):
        return None
    words = about.lines[0].words[:1] if headed and about is not None else number.passage.words
    return reported("doc.type", words, "letter", text=LETTER, score=0.95 if headed or named else 0.8)
