"""The letterhead fields (``doc.*``) of every administrative document, read from the zones of its layout."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.document import FieldValue, Layout, Page
from pipeline.extraction.letterhead_date import place_and_date
from pipeline.extraction.letterhead_issuer import issuer_fields
from pipeline.extraction.letterhead_lists import addressees, recipients, subject
from pipeline.extraction.letterhead_number import number_and_symbol
from pipeline.extraction.letterhead_rows import absent, reported
from pipeline.extraction.letterhead_signer import mark_fields, signer_fields
from pipeline.extraction.letterhead_type import document_type
from pipeline.layout.conventions import conventions, letters

FIELDS = (
    "doc.type",
    "doc.number",
    "doc.symbol",
    "doc.place",
    "doc.issued_on",
    "doc.issuer_parent",
    "doc.issuer",
    "doc.subject",
    "doc.addressees",
    "doc.recipients",
    "doc.secrecy",
    "doc.urgency",
    "doc.signer_authority",
    "doc.signer_position",
    "doc.signer_name",
    "doc.signed",
    "doc.sealed",
)
"""The letterhead fields in the order of the contract; addressees and recipients are lists."""


def letterhead_fields(layout: Layout, pages: Sequence[Page]) -> list[FieldValue]:
    """Return the rows of every letterhead field: one for a scalar, one an item (or one ``absent``) for a list.

    ``pages`` are those that ``layout`` was made from; their marks tell handwriting, seals and signatures.
    """
    type_row = document_type(layout)
    rows = [
        type_row,
        *number_and_symbol(layout, pages, type_row.value_text),
        *place_and_date(layout, pages),
        *issuer_fields(layout),
        subject(layout),
        *addressees(layout),
        *recipients(layout),
        marked_word("doc.secrecy", layout, pages, conventions().secrecy),
        marked_word("doc.urgency", layout, pages, conventions().urgency),
        *signer_fields(layout, pages),
        *mark_fields(layout, pages),
    ]
    return sorted(rows, key=lambda row: FIELDS.index(row.field))


def marked_word(name: str, layout: Layout, pages: Sequence[Page], words: dict[str, str]) -> FieldValue:
    """Return the row of secrecy or urgency: a word stamped or printed by itself, never one in running text."""
    by_letters = {letters(printed): value for printed, value in words.items()}
    zone = layout.zone("secrecy" if name == "doc.secrecy" else "urgency")
    if zone is not None:
        value = by_letters.get(letters(zone.passage.text))
        if value is not None:
            return reported(name, zone.passage.words, "printed_mark", text=value, score=0.9)
    for page in pages[:1]:
        for mark in page.marks:
            value = by_letters.get(letters(mark.text)) if mark.kind == "stamp" else None
            if value is not None:
                return FieldValue(
                    name,
                    "reported",
                    value_text=value,
                    method="letterhead",
                    rule="stamp",
                    page=page.number,
                    box=mark.box,
                    score=0.85 * mark.score,
                )
    return absent(name, "no_mark")
