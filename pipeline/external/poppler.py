"""Poppler opens PDFs for us: pdfinfo, pdfimages, pdftotext, pdftohtml, and pdftoppm through pdf2image.

Nothing inside a PDF is executed, and nothing it refers to elsewhere is fetched. :mod:`pipeline.external.programs` bounds
our own calls, those of pdf2image have a time and the memory of the worker that calls; what Poppler complains about
becomes a plain :class:`~pipeline.errors.InputError`.
"""

import html
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pdf2image
import regex
from pdf2image.exceptions import PDFInfoNotInstalledError, PDFPopplerTimeoutError
from PIL import Image

from pipeline.errors import InputError, MissingToolError
from pipeline.external import programs
from pipeline.external.programs import absolute

PROGRAMS = ("pdfinfo", "pdfimages", "pdftotext", "pdftohtml", "pdftoppm")
INSTALL = (
    "Poppler is not installed ({program} was not found). Install it: sudo apt-get install poppler-utils "
    "(macOS: brew install poppler), then run again."
)
DEFAULT_SECONDS = 60.0
MAX_ANSWER_BYTES = 64 << 20
"""No page of text, nor a list of 5 000 pages, comes near; a file made to flood us is cut off here."""
MAX_TEXT_BYTES = 8 << 20
"""About 70 000 words: ten times the fullest page."""

DAMAGED = "the PDF is damaged or was cut short; scan or copy it again"
PASSWORD = "the PDF is protected by a password; save a copy without the password and use that"
NO_PAGES = "the PDF has no pages; scan it again"
_CIPHER = "the PDF is encrypted in a way that cannot be read; save an unprotected copy"
_MEMORY = (
    "the PDF needs more memory than it is given; it was made to stall readers, or scan it again at 300 dpi"
)
_PAGE_LIST = "the PDF is damaged: its list of pages is wrong; scan or copy it again"
_COMPLAINTS = (
    ("incorrect password", PASSWORD),
    ("unsupported encryption", _CIPHER),
    ("security handler", _CIPHER),
    ("unsupported version/revision", _CIPHER),
    ("invalid page count", NO_PAGES),
    ("larger than number of objects", _PAGE_LIST),
    ("loop in pages tree", _PAGE_LIST),
    ("out of memory", _MEMORY),
    ("bad_alloc", _MEMORY),
)


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """A PDF as a whole: its number of pages, and whether it is an XFA form, which shows its content in Adobe Reader only."""

    pages: int
    xfa: bool


@dataclass(frozen=True, slots=True)
class PdfPageSize:
    """Width and height in points (1/72 inch) of a page as shown (crop box, after its own rotation)."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PdfImage:
    """One picture drawn on a page, as ``pdfimages -list`` describes it.

    ``kind`` is image, mask, smask or stencil; ``width`` and ``height`` are its pixels, ``x_ppi`` and ``y_ppi`` its
    resolution on the page (0 where unknown); ``colour`` gray, rgb, cmyk, index, icc …; ``components`` per pixel.
    """

    kind: str
    width: int
    height: int
    colour: str
    components: int
    encoding: str
    x_ppi: float
    y_ppi: float


@dataclass(frozen=True, slots=True)
class TextWord:
    """One word of a PDF's text layer; edges in points from the top left corner of the page as shown."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class TextRun:
    """A stretch of visible text in one font; edges in points from the top left corner of the page's media box.

    ``font`` is the name in the PDF. Text that does not run from left to right has no width.
    """

    font: str
    text: str
    x0: float
    y0: float
    x1: float
    y1: float


def versions(seconds: float = 10.0) -> dict[str, str]:
    """Return the version of each Poppler program; raise MissingToolError when one is not there."""
    found = {}
    for program in PROGRAMS:
        _, _, complaints = _run([program, "-v"], seconds)
        match = regex.search(r"version (\S+)", complaints)
        found[program] = match.group(1) if match else "unknown"
    return found


def facts(path: Path, seconds: float = DEFAULT_SECONDS) -> PdfFacts:
    """Return what a PDF says of itself as a whole; InputError when it cannot be opened: a password, damage, no pages."""
    count, text = _pdfinfo(path, [], seconds, None)
    forms = regex.findall(r"^Form:\s+(\S+)$", text, regex.MULTILINE)
    return PdfFacts(count, bool(forms) and forms[-1] == "XFA")


def page_sizes(
    path: Path, first: int, last: int, seconds: float = DEFAULT_SECONDS
) -> tuple[PdfPageSize | None, ...]:
    """Return the sizes of pages ``first`` to ``last`` of a PDF, fewer when it has fewer.

    A page whose size is None is in the list of pages but not in the file. Raises InputError as :func:`facts` does.
    """
    count, text = _pdfinfo(path, ["-f", str(first), "-l", str(last)], seconds, first)
    number = r"(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)"
    sizes = regex.findall(rf"^Page +(\d+) size: +{number} x {number} pts", text, regex.MULTILINE)
    by_page = {int(page): (float(width), float(height)) for page, width, height in sizes}
    turned = dict(regex.findall(r"^Page +(\d+) rot: +(-?\d+)", text, regex.MULTILINE))
    result: list[PdfPageSize | None] = []
    for page in range(first, min(last, count) + 1):
        width, height = by_page.get(page, (0.0, 0.0))
        if width <= 0 or height <= 0:
            result.append(None)
            continue
        if int(turned.get(str(page), 0)) % 180:
            width, height = height, width
        result.append(PdfPageSize(width, height))
    return tuple(result)


def _pdfinfo(path: Path, span: list[str], seconds: float, page: int | None) -> tuple[int, str]:
    """Return the number of pages of a PDF, and all that pdfinfo says of it."""
    status, answer, complaints = _run(["pdfinfo", *span, absolute(path)], seconds)
    text = answer.decode("utf-8", "replace")
    # A title may contain line breaks and lines that look like these; the true ones come after it.
    counts = regex.findall(r"^Pages:\s+(\d{1,9})$", text, regex.MULTILINE)
    if beyond := regex.search(r"can not be after the last page \(([1-9]\d*)\)", complaints):
        raise InputError(f"the PDF has only {beyond.group(1)} page(s)", page)
    if status or not counts:
        raise InputError(_plain(complaints))
    if int(counts[-1]) == 0:
        raise InputError(_plain(complaints, NO_PAGES))
    return int(counts[-1]), text


def images(path: Path, page: int, seconds: float = DEFAULT_SECONDS) -> tuple[PdfImage, ...]:
    """Return the pictures drawn on ``page`` (1-based), without decoding them."""
    status, answer, complaints = _run(
        ["pdfimages", "-q", "-list", *_only(page), absolute(path)], seconds, page
    )
    if status:
        raise InputError(_plain(complaints), page)
    found = []
    for line in answer.decode("utf-8", "replace").splitlines()[2:]:
        cells = line.split()
        if len(cells) < 14 or not (cells[3].isdecimal() and cells[4].isdecimal()):
            continue
        components = int(cells[6]) if cells[6].isdecimal() else 0
        x_ppi, y_ppi = (float(cell) if cell.isdecimal() else 0.0 for cell in cells[-4:-2])
        found.append(
            PdfImage(cells[2], int(cells[3]), int(cells[4]), cells[5], components, cells[8], x_ppi, y_ppi)
        )
    return tuple(found)


def text_lines(path: Path, page: int, seconds: float = DEFAULT_SECONDS) -> tuple[tuple[TextWord, ...], ...]:
    """Return the text layer of ``page`` (1-based) as lines of words in Poppler's reading order; empty without one.

    The answer is XHTML, but it is read line by line, not by an XML parser: nothing in it can be expanded, and
    characters that XML forbids do no harm.
    """
    status, answer, complaints = _run(
        ["pdftotext", "-q", "-cropbox", "-bbox-layout", "-enc", "UTF-8", *_only(page), absolute(path), "-"],
        seconds,
        page,
        MAX_TEXT_BYTES,
    )
    if status:
        raise InputError(_plain(complaints), page)
    body = answer.decode("utf-8", "replace").rpartition("<doc>")[2]
    lines: list[tuple[TextWord, ...]] = []
    words: list[TextWord] = []
    for row in body.split("\n"):
        if word := _WORD.match(row):
            x0, y0, x1, y1 = (float(value) for value in word.group(1, 2, 3, 4))
            words.append(TextWord(html.unescape(word.group(5)), x0, y0, x1, y1))
        elif "</line>" in row and words:
            lines.append(tuple(words))
            words = []
    return tuple(lines)


_WORD = regex.compile(
    r'\s*+<word xMin="([-\d.]++)" yMin="([-\d.]++)" xMax="([-\d.]++)" yMax="([-\d.]++)">(.*)</word>\s*+$'
)


def text_runs(
    path: Path, page: int, seconds: float = DEFAULT_SECONDS
) -> tuple[PdfPageSize, tuple[TextRun, ...]]:
    """Return the size of the media box of ``page`` (1-based) as shown, and its visible text by font.

    Text drawn invisibly (an OCR's, under the picture that it read) is left out; white text on white is not.
    """
    status, answer, complaints = _run(
        [
            "pdftohtml",
            "-q",
            "-xml",
            "-i",
            "-nodrm",
            "-fontfullname",
            "-enc",
            "UTF-8",
            "-zoom",
            str(_ZOOM),
            *_only(page),
            "-stdout",
            absolute(path),
        ],
        seconds,
        page,
        MAX_TEXT_BYTES,
    )
    body = answer.decode("utf-8", "replace")
    size = _XML_PAGE.search(body)
    if status or size is None:
        raise InputError(_plain(complaints), page)
    fonts: dict[str, str] = {}
    runs: list[TextRun] = []
    for row in body.split("\n"):
        if found := _FONT.match(row):
            fonts[found.group(1)] = html.unescape(found.group(2))
        elif found := _RUN.match(row):
            top, left, width, height = (int(value) / _ZOOM for value in found.group(1, 2, 3, 4))
            text = html.unescape(_TAG.sub("", found.group(6)))
            runs.append(TextRun(fonts.get(found.group(5), ""), text, left, top, left + width, top + height))
    return PdfPageSize(int(size.group(2)) / _ZOOM, int(size.group(1)) / _ZOOM), tuple(runs)


_ZOOM = 3
"""The most that pdftohtml takes: edges come in thirds of a point."""
_XML_PAGE = regex.compile(r'^<page [^>]*height="(\d+)" width="(\d+)">', regex.MULTILINE)
_FONT = regex.compile(r'^\s*<fontspec id="(\d+)" [^>]*?family="([^"]*)"')
_RUN = regex.compile(
    r'^<text top="(-?\d+)" left="(-?\d+)" width="(-?\d+)" height="(-?\d+)" font="(\d+)">(.*?)(?:</text>)?$'
)
_TAG = regex.compile(r"</?[abi](?: [^>]*)?>")


def render(path: Path, page: int, dpi: float, grey: bool, seconds: float = DEFAULT_SECONDS) -> Image.Image:
    """Return ``page`` (1-based) drawn at ``dpi``, mode L when ``grey``, else RGB.

    Raw PPM and PGM are the quickest pipe and lose nothing: measured on A4 at 300 dpi, PPM 0.10–0.28 s, JPEG
    0.11–0.37 s, PNG 1–9 s, PGM 0.08–0.25 s. The caller has checked the size of the page.
    """
    try:
        pages = pdf2image.convert_from_path(
            absolute(path),
            dpi=cast(int, dpi),  # pdftoppm takes fractions
            first_page=page,
            last_page=page,
            fmt="ppm",
            grayscale=grey,
            thread_count=1,
            use_cropbox=True,
            timeout=cast(int, seconds),
        )
    except PDFPopplerTimeoutError as error:
        raise InputError(_too_slow(seconds), page) from error
    except PDFInfoNotInstalledError as error:
        raise MissingToolError(INSTALL.format(program="pdftoppm")) from error
    except FileNotFoundError as error:
        raise MissingToolError(INSTALL.format(program=error.filename or "pdftoppm")) from error
    except Exception as error:  # pdf2image and Pillow name no common base for what a broken answer can raise
        raise InputError(DAMAGED, page) from error
    if len(pages) != 1:
        raise InputError(f"the page could not be drawn: {DAMAGED}", page)
    return pages[0]


def picture_bytes(path: Path, page: int, folder: Path, seconds: float = DEFAULT_SECONDS) -> tuple[Path, ...]:
    """Write the pictures of ``page`` as they lie in the PDF into ``folder``; return the JPEG files among them."""
    status, _, complaints = _run(
        ["pdfimages", "-q", "-j", *_only(page), absolute(path), str(folder / "picture")],
        seconds,
        page,
    )
    if status:
        raise InputError(_plain(complaints), page)
    return tuple(sorted(folder.glob("picture-*.jpg")))


def _only(page: int) -> tuple[str, str, str, str]:
    return "-f", str(page), "-l", str(page)


def _too_slow(seconds: float) -> str:
    return f"Poppler needed more than {seconds:g} s and was stopped; the PDF is too complex or made to stall readers"


def _plain(complaints: str, otherwise: str = DAMAGED) -> str:
    """Return what Poppler's ``complaints`` mean for the user, or ``otherwise``."""
    folded = complaints.lower()
    return next((plain for sign, plain in _COMPLAINTS if sign in folded), otherwise)


def _run(
    command: list[str], seconds: float, page: int | None = None, most: int | None = None
) -> tuple[int, bytes, str]:
    """Run a Poppler program; return its exit status, its answer (``most`` bytes of it) and its complaints."""
    try:
        answer = programs.run(command, seconds, most or MAX_ANSWER_BYTES)
    except FileNotFoundError as error:
        raise MissingToolError(INSTALL.format(program=command[0])) from error
    except programs.TooSlowError as error:
        raise InputError(_too_slow(seconds), page) from error
    except programs.TooLongError as error:
        raise InputError(
            "the page holds more text or pictures than any report can; it was not read", page
        ) from error
    return answer.status, answer.output, answer.complaints
