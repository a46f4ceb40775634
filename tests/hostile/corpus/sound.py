"""A sound scan for all that is odd about its file: it must be read."""

import io
from collections.abc import Iterator

import pikepdf
from PIL import Image

from ...conftest import SCANS
from .case import Case

KIND = "sound"


def scan() -> bytes:
    """A report as a scanner writes it: one picture on a page."""
    data = io.BytesIO()
    with Image.open(SCANS / "report.png") as image:
        image.save(data, "PDF", resolution=float(image.info["dpi"][0]))
    return data.getvalue()


def acting() -> bytes:
    """The scan with a script, a program to be launched and an attached program."""
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(scan())) as pdf:
        launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="/usr/bin/touch", P="launched")
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="while(1);", Next=launch)
        pdf.attachments["a.exe"] = b"MZ\x90\x00"
        pdf.save(data)
    return data.getvalue()


def owned() -> bytes:
    """The scan with an owner's password, which forbids printing and needs no password to be read."""
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(scan())) as pdf:
        pdf.save(data, encryption=pikepdf.Encryption(user="", owner="boss"))
    return data.getvalue()


def cases() -> Iterator[Case]:
    yield Case(KIND, "acting.pdf", acting(), "", ("ok",))
    yield Case(KIND, "owner-password.pdf", owned(), "", ("ok",))
    yield Case(KIND, "junk-before.pdf", b"\r\n--boundary\r\n" + b"x" * 500 + scan(), "", ("ok",))
    yield Case(KIND, "misnamed.jpg", scan() + b"% once more\n", "is a PDF named .jpg", ("partial",))
