"""The status of a document after its pages were read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pipeline.document import Page
from pipeline.errors import InputError
from pipeline.text import vietnamese_share

_ENOUGH_WORDS = 20
"""Fewer words than this (a cover with a map, a seal on a back page) say nothing about the language."""
_FOREIGN_SYLLABLES = 0.5
"""The share of words spelt like Vietnamese syllables: Vietnamese, even badly read, has more than this; English,
French, German and Indonesian have 0.08 to 0.3."""

PLACE = "\0"
"""Stands for the document's name in errors that are kept, until the tables are written: files are moved."""

Status = Literal["ok", "partial", "failed", "restricted"]


def judge(source: str, pages: Sequence[Page], note: str) -> tuple[Status, str]:
    """Return the status of the document ``source`` and its plain error, "" when all is well.

    ``note`` is what opening the file found odd (a name that lies about the content); "" when nothing. Such a remark,
    and one on damage to a page, makes a document ``partial``: it was read, but a person should know.
    """
    failed = [page for page in pages if page.status == "failed"]
    odd = f"; {note}" if note else ""  # it may well be why there is nothing to read
    if len(failed) == len(pages):
        return "failed", _failures(source, failed, len(pages)) + odd
    if not any(page.lines for page in pages):
        if failed:
            return "failed", _failures(source, failed, len(pages)) + odd
        what = "every page is blank" if all(page.blank for page in pages) else "nothing legible on any page"
        return "failed", f"{source}, {_span(pages)}: no text: {what}{odd}"
    if (page := foreign_page(pages)) is not None:
        return "failed", InputError(f"the text is not Vietnamese{odd}", page).describe(source)
    troubles = [_failures(source, failed, len(pages))] if failed else []
    if note:
        troubles.append(InputError(note).describe(source))
    troubles += [InputError(page.note, page.number).describe(source) for page in pages if page.note]
    return ("partial" if troubles else "ok"), "; ".join(troubles)


def foreign_page(pages: Sequence[Page]) -> int | None:
    """Return the page with the most words when the document as a whole is clearly not Vietnamese, else None."""
    words = [word.text for page in pages for word in page.words if any(c.isalpha() for c in word.text)]
    if len(words) < _ENOUGH_WORDS or vietnamese_share(" ".join(words))[0] >= _FOREIGN_SYLLABLES:
        return None
    return max(pages, key=lambda page: (len(page.words), -page.number)).number


def _span(pages: Sequence[Page]) -> str:
    return "page 1" if len(pages) == 1 else f"pages 1-{len(pages)}"


def _failures(source: str, failed: Sequence[Page], total: int) -> str:
    first = InputError(failed[0].error, failed[0].number).describe(source)
    return first if len(failed) == 1 else f"{first} ({len(failed)} of {total} pages failed)"
