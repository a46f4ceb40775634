"""Opening a file: what it is, how many pages it has and how large they are, or a plain error."""

import mmap
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pikepdf

from pipeline.errors import InputError
from pipeline.external import poppler
from pipeline.intake.fingerprint import require_regular, unreadable
from pipeline.intake.kinds import HEAD_BYTES, SUFFIXES, FileFormat, file_format
from pipeline.intake.limits import DEFAULT_LIMITS, Limits
from pipeline.intake.pictures import frame_sizes, is_animated

_PDF_TAIL_BYTES = 2048
"""Readers look for the end mark in the last 1024 bytes; some scanners append a little of their own."""
_XFA = "the PDF is an XFA form, which shows what was filled in only in Adobe Reader; print it there as PDF"
_PORTFOLIO = (
    "the PDF is a portfolio: a cover over other files, which were not read; take them out and give them"
)
_MOST_HEADERS = 10_000
"""Places at which a further PDF may begin that are looked at; a file made of nothing else would take hours."""


@dataclass(frozen=True)
class OpenedDocument:
    """A file that can be read, page by page, with :func:`pipeline.intake.loading.load_page`.

    ``page_sizes`` holds width and height of each page: points (1/72 inch) of a PDF, pixels of a picture; None for a
    page that is listed but not there, whose loading will raise. ``note`` is a plain remark for the user, or empty.
    """

    path: Path
    kind: Literal["pdf", "image"]
    pages: int
    page_sizes: tuple[tuple[float, float] | None, ...]
    note: str = ""


def open_document(path: Path, limits: Limits = DEFAULT_LIMITS) -> OpenedDocument:
    """Return what is known of ``path`` without drawing a page; its type is judged by its bytes, never by its name.

    Raises InputError when nothing of it can be read: empty, of another kind, protected, damaged, no pages, beyond
    ``limits``; MissingToolError when Poppler is not installed.
    """
    found = read_format(path, limits)
    notes = [_misnamed(path, found)]
    sizes: tuple[tuple[float, float] | None, ...]
    if found == "PDF":
        whole = poppler.facts(path, limits.page_seconds)
        _check_pages(whole.pages, limits)
        listed = poppler.page_sizes(path, 1, whole.pages, limits.page_seconds)
        sizes = tuple(None if size is None else (size.width, size.height) for size in listed)
        notes += [_several(path), _unfinished(path), _XFA if whole.xfa else "", _portfolio(path)]
        if not any(sizes):
            raise InputError(poppler.DAMAGED)
        return OpenedDocument(path, "pdf", len(sizes), sizes, _joined(notes))
    sizes = frame_sizes(path, found, limits)
    _check_pages(len(sizes), limits)
    if len(sizes) == 1 and sizes[0] is not None:
        limits.check_size(*sizes[0], 1)
    if is_animated(path, found):
        notes.append("the picture is animated; only its first picture was read")
    return OpenedDocument(path, "image", len(sizes), sizes, _joined(notes))


def read_format(path: Path, limits: Limits = DEFAULT_LIMITS) -> FileFormat:
    """Return the format of the file ``path`` by its first bytes; InputError when it is none that can be read."""
    require_regular(path)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError as error:
        raise unreadable(error) from error
    if size > limits.max_bytes:
        raise InputError(
            f"the file has {size / 2**20:.0f} MiB; the limit is {limits.max_bytes / 2**20:.0f} MiB. "
            "Split it into smaller files"
        )
    return file_format(head)


def _check_pages(count: int, limits: Limits) -> None:
    if count > limits.max_pages:
        raise InputError(
            f"the file has more than {limits.max_pages} pages, the limit; split it into smaller files"
        )


def _misnamed(path: Path, found: FileFormat) -> str:
    suffix = path.suffix.lower()
    if not suffix or suffix in SUFFIXES[found]:
        return ""
    what = "PDF" if found == "PDF" else f"{found} picture"
    return f"the file is a {what} named {suffix}; it was read as {found}; rename it to {SUFFIXES[found][0]}"


def _unfinished(path: Path) -> str:
    """Return a remark when a PDF lacks its end: Poppler repairs such a file, but what was cut off is lost."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _PDF_TAIL_BYTES))
        if b"%%EOF" in file.read():
            return ""
    return "the PDF does not end as it should and may have been cut short; compare it with the original"


def _several(path: Path) -> str:
    """Return a remark when PDFs stand one after the other in a file: readers show one of them, and the others are lost."""
    count, at = 1, 0
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for _ in range(_MOST_HEADERS):
            at = content.find(b"%PDF-", at + 1)
            if at < 0:
                break
            count += content[max(0, at - 16) : at].rstrip().endswith(b"%%EOF")
    if count == 1:
        return ""
    return (
        f"the file holds {count} PDFs one after the other, of which only one can be read; give each by itself"
    )


def _portfolio(path: Path) -> str:
    """Return a remark when the document proper lies in attached files."""
    try:
        with pikepdf.open(path) as pdf:
            return _PORTFOLIO if "/Collection" in pdf.Root else ""
    except (
        Exception
    ):  # pikepdf raises many kinds of errors on broken files; whether it can be read is Poppler's to say
        return ""


def _joined(notes: list[str]) -> str:
    return "; ".join(note for note in notes if note)
