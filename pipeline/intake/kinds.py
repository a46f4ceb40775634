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
_UNPACK = "unpack it first and give the scans inside"
_NO_SCAN = "it is no scan; take it out of the input"
_TO_PDF = "convert it to PDF"
_TO_PNG = "save it as PNG"
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", _UNPACK),
    (b"MSCF", "a Windows cabinet archive", _UNPACK),
    (b"GIF8", "a GIF picture", _TO_PNG),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 picture", "save it as PNG or JPEG"),
    (b"\xff\x4f\xff\x51", "a JPEG 2000 picture", "save it as PNG or JPEG"),
    (b"\x00\x00\x00\x0cJXL ", "a JPEG XL picture", "save it as PNG or JPEG"),
    (b"\xff\x0a", "a JPEG XL picture", "save it as PNG or JPEG"),
    (b"\x97JB2\r\n\x1a\n", "a JBIG2 picture", "save it as PNG or TIFF"),
    (b"8BPS", "a Photoshop picture", _TO_PNG),
    (b"\x00\x00\x01\x00", "an icon", _NO_SCAN),
    (b"AT&TFORM", "a DjVu document", _TO_PDF),
    (b"%!PS", "a PostScript file", _TO_PDF),
    (b"\xc5\xd0\xd3\xc6", "a PostScript file", _TO_PDF),
    (b"{\\rtf", "an RTF document", _PRINT_TO_PDF),
    (b"MZ", "a Windows program", _NO_SCAN),
    (b"\x7fELF", "a program", _NO_SCAN),
    (b"SQLite format 3", "a database", _NO_SCAN),
    (b"OggS", "a sound or film", _NO_SCAN),
    (b"ID3", "a sound", _NO_SCAN),
    (b"\x1aE\xdf\xa3", "a film", _NO_SCAN),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "a Windows shortcut", "give the file that it points to"),
)
_TAR_MAGIC = slice(257, 262)
_PHOTOGRAPHS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}


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
    packed = head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")) or head[_TAR_MAGIC] == b"ustar"
    # An archive may hold a whole PDF in its first bytes: to read that one would be to lose all others.
    if not packed and b"%PDF-" in head[:1024] and (head.startswith(b"%PDF-") or _magic(head) is None):
        return "PDF"
    what, advice = _foreign(head)
    raise InputError(f"this is not a PDF or a picture but {what}; {advice}")


def _magic(head: bytes) -> tuple[str, str] | None:
    return next(((what, advice) for magic, what, advice in _OTHERS if head.startswith(magic)), None)


def _foreign(head: bytes) -> tuple[str, str]:
    if (known := _magic(head)) is not None:
        return known
    if head.startswith(b"PK\x03\x04"):
        return _zipped(head)
    if head.startswith((b"PK\x05\x06", b"PK\x07\x08")):
        return "a ZIP archive", _UNPACK
    if head[_TAR_MAGIC] == b"ustar":
        return "a tar archive", _UNPACK
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "an old Office document (Word, Excel or PowerPoint)", _PRINT_TO_PDF
    if head[4:8] == b"ftyp":
        if head[8:12] in _PHOTOGRAPHS:
            return "a HEIC or AVIF photograph", "save it as JPEG"
        return "a film", _NO_SCAN
    if not head.strip(b"\x00"):
        return "a file of zero bytes only", "it was damaged on its way; copy or scan it again"
    text = _as_text(head)
    if text is None:
        return "a file of an unknown kind", "save it as PDF, or scan it again"
    start = text.lstrip("\ufeff \t\r\n").lower()
    if start.startswith(("<!doctype html", "<html")):
        return "a web page (HTML)", _PRINT_TO_PDF
    if start.startswith("<svg") or (start.startswith("<?xml") and "<svg" in start):
        return "an SVG drawing", _PRINT_TO_PDF
    if start.startswith("<?xml"):
        return "an XML file", _PRINT_TO_PDF
    return "a text file", _PRINT_TO_PDF


def _zipped(head: bytes) -> tuple[str, str]:
    for sign, what in (
        (b"word/", "a Word document"),
        (b"xl/", "an Excel workbook"),
        (b"ppt/", "a PowerPoint presentation"),
        (b"opendocument", "an OpenDocument file"),
        (b"application/epub+zip", "an EPUB book"),
        (b"[Content_Types].xml", "an Office document"),
    ):
        if sign in head:
            return what, _PRINT_TO_PDF
    return "a ZIP archive", _UNPACK


def _as_text(head: bytes) -> str | None:
    """Return ``head`` as text if it looks like text in any usual encoding, else None."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    return head.decode("utf-8", "replace") if controls == 0 else None
