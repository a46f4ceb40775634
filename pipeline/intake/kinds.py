"""What a file is, judged by its first bytes and never by its name."""

from typing import Literal

from pipeline.errors import InputError

PictureFormat = Literal["PNG", "JPEG", "TIFF", "WEBP", "BMP"]
FileFormat = Literal["PDF"] | PictureFormat

HEAD_BYTES = 4096
"""How much of a file is looked at; readers accept a PDF whose header lies within the first 1024 bytes."""

SUFFIXES: dict[FileFormat, tuple[str, ...]] = {
    "PDF": (".pdf",),
    "PNG": (".png",),
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "TIFF": (".tif", ".tiff"),
    "WEBP": (".webp",),
    "BMP": (".bmp",),
}
_PICTURES: tuple[tuple[bytes, PictureFormat], ...] = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00", "TIFF"),
    (b"MM\x00+", "TIFF"),
)
_BMP_HEADERS = {12, 40, 52, 56, 64, 108, 124}
"""Sizes of the header that follows the first 14 bytes: "BM" alone also begins many a text."""
_PRINT_TO_PDF = "open it and save or print it as PDF"
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"GIF8", "a GIF picture", "save it as PNG"),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 picture", "save it as PNG or JPEG"),
    (b"\xff\x4f\xff\x51", "a JPEG 2000 picture", "save it as PNG or JPEG"),
    (b"AT&TFORM", "a DjVu document", "convert it to PDF"),
    (b"%!PS", "a PostScript file", "convert it to PDF"),
    (b"{\\rtf", "an RTF document", _PRINT_TO_PDF),
    (b"Rar!", "a RAR archive", "unpack it and give the scans inside"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it and give the scans inside"),
    (b"\x1f\x8b", "a gzip archive", "unpack it and give the scans inside"),
    (b"MZ", "a Windows program", "it is no scan; take it out of the input"),
    (b"\x7fELF", "a program", "it is no scan; take it out of the input"),
    (b"SQLite format 3", "a database", "it is no scan; take it out of the input"),
)


def file_format(head: bytes) -> FileFormat:
    """Return the format of a file that begins with ``head``; InputError, saying what it seems to be, for any other."""
    if not head:
        raise InputError("the file is empty (0 bytes); scan or copy it again")
    for magic, picture in _PICTURES:
        if head.startswith(magic):
            return picture
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    if head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return "BMP"
    if b"%PDF-" in head[:1024]:
        return "PDF"
    what, advice = _foreign(head)
    raise InputError(f"this is not a PDF or a picture but {what}; {advice}")


def _foreign(head: bytes) -> tuple[str, str]:
    for magic, what, advice in _OTHERS:
        if head.startswith(magic):
            return what, advice
    if head.startswith(b"PK\x03\x04"):
        return _zipped(head)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "an old Office document (Word, Excel or PowerPoint)", _PRINT_TO_PDF
    if head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"heix", b"mif1", b"msf1", b"avif"}:
        return "a HEIC or AVIF photograph", "save it as JPEG"
    if not head.strip(b"\x00"):
        return "a file of zero bytes only", "it was damaged on its way; copy or scan it again"
    text = _as_text(head)
    if text is None:
        return "a file of an unknown kind", "save it as PDF, or scan it again"
    start = text.lstrip("\ufeff \t\r\n").lower()
    if start.startswith(("<!doctype html", "<html")):
        return "a web page (HTML)", _PRINT_TO_PDF
    if start.startswith("<?xml"):
        return "an XML file", _PRINT_TO_PDF
    return "a text file", _PRINT_TO_PDF


def _zipped(head: bytes) -> tuple[str, str]:
    for sign, what in (
        (b"word/", "a Word document"),
        (b"xl/", "an Excel workbook"),
        (b"ppt/", "a PowerPoint presentation"),
        (b"opendocument", "an OpenDocument file"),
        (b"[Content_Types].xml", "an Office document"),
    ):
        if sign in head:
            return what, _PRINT_TO_PDF
    return "a ZIP archive", "unpack it and give the scans inside"


def _as_text(head: bytes) -> str | None:
    """Return ``head`` as text if it looks like text in any usual encoding, else None."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    return head.decode("utf-8", "replace") if controls == 0 else None
