"""Files of other kinds, under names that promise a scan."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Iterator

from PIL import Image

from ...intake.pdfs import one_page, pdf
from .case import Case, failed

WHOLE = pdf(one_page(["x"], box="[0 0 200 280]"))
UNPACK = "unpack it first"


def zipped(*members: tuple[str, bytes], packed: bool = True) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, archive.compression)
    return data.getvalue()


def tarred() -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        member = tarfile.TarInfo("a.pdf")
        member.size = len(WHOLE)
        archive.addfile(member, io.BytesIO(WHOLE))
    return data.getvalue()


def gif(frames: int) -> bytes:
    data = io.BytesIO()
    pages = [Image.new("L", (90, 120), 40 * i) for i in range(frames)]
    pages[0].save(data, "GIF", save_all=True, append_images=pages[1:])
    return data.getvalue()


def cases() -> Iterator[Case]:
    for name, content, says in (
        ("empty.pdf", b"", "empty (0 bytes)"),
        ("empty.tif", b"", "empty (0 bytes)"),
        ("one-byte.jpg", b"\x01", "unknown kind"),
        ("zeros.pdf", bytes(5000), "zero bytes only"),
        ("text.pdf", "Báo cáo không phải là bản quét".encode(), "a text file"),
        ("utf16.pdf", "Báo cáo".encode("utf-16"), "a text file"),
        ("tcvn3.txt", b"B\xb8o c\xb8o c\xab ng t\xb8c", "a text file"),
        ("mail.eml", b"From: a@b.vn\nContent-Type: application/pdf\n\nJVBERi0xLjQK", "a text file"),
        ("table.csv", b"a,b\n1,2\n", "a text file"),
        ("page.html", b"<!DOCTYPE html><html><script>alert(1)</script>", "a web page"),
        (
            "data.xml",
            b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
            "an XML file",
        ),
        (
            "laughs.xml",
            b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>',
            "an XML file",
        ),
        (
            "drawing.svg",
            b'<svg xmlns="http://www.w3.org/2000/svg"><image href="http://a.vn/x"/></svg>',
            "an SVG drawing",
        ),
        (
            "report.docx",
            zipped(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")),
            "a Word document",
        ),
        ("sheet.xlsx", zipped(("xl/workbook.xml", b"<x/>")), "an Excel workbook"),
        ("slides.pptx", zipped(("ppt/presentation.xml", b"<x/>")), "a PowerPoint presentation"),
        (
            "text.odt",
            zipped(("mimetype", b"application/vnd.oasis.opendocument.text"), packed=False),
            "an OpenDocument",
        ),
        ("book.epub", zipped(("mimetype", b"application/epub+zip"), packed=False), "an EPUB book"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Office document"),
        ("scans.zip", zipped(("a.pdf", WHOLE)), UNPACK),
        ("zip.pdf", zipped(("a.pdf", WHOLE), ("b.pdf", WHOLE), packed=False), UNPACK),
        ("bomb.zip", zipped(("a.pdf", bytes(20_000_000))), UNPACK),
        ("no-members.zip", zipped(), UNPACK),
        ("scans.tar", tarred(), UNPACK),
        ("scan.pdf.gz", gzip.compress(WHOLE, mtime=0), UNPACK),
        ("scan.pdf.bz2", bz2.compress(WHOLE), UNPACK),
        ("scan.pdf.xz", lzma.compress(WHOLE), UNPACK),
        ("scans.7z", b"7z\xbc\xaf\x27\x1c\x00\x04" + WHOLE, UNPACK),
        ("scans.rar", b"Rar!\x1a\x07\x01\x00" + WHOLE, UNPACK),
        ("scans.cab", b"MSCF" + bytes(40), UNPACK),
        ("scan.zst", b"\x28\xb5\x2f\xfd\x04\x00", UNPACK),
        ("picture.gif", gif(1), "a GIF picture"),
        ("moving.jpg", gif(5), "a GIF picture"),
        ("photo.heic", b"\x00\x00\x00\x18ftypheic" + bytes(100), "a HEIC or AVIF photograph"),
        ("photo.avif", b"\x00\x00\x00\x18ftypavif" + bytes(100), "a HEIC or AVIF photograph"),
        ("film.pdf", b"\x00\x00\x00\x18ftypmp42" + bytes(100), "a film"),
        ("page.jp2", b"\x00\x00\x00\x0cjP  \r\n\x87\n" + bytes(80), "a JPEG 2000 picture"),
        ("page.j2k", b"\xff\x4f\xff\x51" + bytes(80), "a JPEG 2000 picture"),
        ("page.jxl", b"\xff\x0a" + bytes(80), "a JPEG XL picture"),
        ("page.jb2", b"\x97JB2\r\n\x1a\n" + bytes(80), "a JBIG2 picture"),
        ("page.psd", b"8BPS\x00\x01" + bytes(80), "a Photoshop picture"),
        ("icon.ico", b"\x00\x00\x01\x00\x01\x00" + bytes(80), "an icon"),
        ("book.djvu", b"AT&TFORM" + bytes(80), "a DjVu document"),
        ("print.ps", b"%!PS-Adobe-3.0\n(%PDF-1.4) run\n", "a PostScript file"),
        ("letter.rtf", b"{\\rtf1 B\\'e1o}", "an RTF document"),
        ("setup.pdf", b"MZ\x90\x00" + bytes(600), "a Windows program"),
        ("tool.pdf", b"\x7fELF\x02\x01\x01" + bytes(600), "a program"),
        ("list.db", b"SQLite format 3\x00" + bytes(600), "a database"),
        ("scan.lnk", b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(90), "a Windows shortcut"),
        ("voice.wav", b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(80), "unknown kind"),
        ("voice.ogg", b"OggS\x00\x02" + bytes(80), "a sound or film"),
        ("noise.pdf", bytes(range(7, 256)) * 20, "unknown kind"),
        ("late.pdf", bytes(range(7, 256)) * 20 + WHOLE, "unknown kind"),
    ):
        yield failed("foreign", name, content, says)
