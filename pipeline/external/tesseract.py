"""The one place that starts Tesseract: version, languages, words of a page; its failures become plain errors."""

import os
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytesseract

from pipeline.errors import InputError, MissingToolError
from pipeline.text import nfc

LANGUAGE = "vie"
INSTALL_COMMAND = "sudo apt-get install tesseract-ocr tesseract-ocr-vie"
TIMEOUT_S = 180
"""A page takes 1 to 4 seconds; one that takes this long will never end."""

_TABLE_HEAD = b"level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"

# One process is one thread: the batch runs as many processes as there are cores.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word as Tesseract gives it: NFC text, confidence 0..1, box in pixels, and the key of its line."""

    text: str
    confidence: float
    left: int
    top: int
    width: int
    height: int
    line: tuple[int, int, int]


@cache
def version() -> str:
    """Return Tesseract's version, e.g. "5.3.0".

    Raises MissingToolError, with the command that helps, when Tesseract or its Vietnamese data is not installed.
    """
    try:
        number = str(pytesseract.get_tesseract_version())
        languages = pytesseract.get_languages(config="")
    except (OSError, SystemExit, pytesseract.TesseractError, UnicodeDecodeError) as error:
        # get_tesseract_version() leaves with SystemExit when it cannot make out the version.
        raise MissingToolError(f"Tesseract is not installed. Install it with: {INSTALL_COMMAND}") from error
    if LANGUAGE not in languages:
        raise MissingToolError(f"Tesseract has no Vietnamese data. Install it with: {INSTALL_COMMAND}")
    return number


def read_words(
    grey: npt.NDArray[np.uint8],
    dpi: int,
    segmentation: int,
    page: int | None = None,
    timeout_s: int = TIMEOUT_S,
) -> list[ReadWord]:
    """Return the words of a grey page, shape (H, W), read with page segmentation mode ``segmentation``.

    Raises MissingToolError as :func:`version` does, InputError naming ``page`` when Tesseract takes too long, runs
    out of memory or crashes.
    """
    version()
    with tempfile.TemporaryDirectory(prefix="sohoa-") as folder:
        # A bare PGM costs no compression, which for a scanned page would take longer than all cleaning.
        path = str(Path(folder) / "page.pgm")
        if not cv2.imwrite(path, grey):
            raise InputError("the page could not be handed to Tesseract: no space for temporary files", page)
        try:
            table = pytesseract.image_to_data(
                path,
                lang=LANGUAGE,
                config=f"--psm {segmentation} --oem 1 --dpi {dpi}",
                output_type=pytesseract.Output.BYTES,
                timeout=timeout_s,
            )
        except pytesseract.TesseractNotFoundError as error:
            raise MissingToolError(
                f"Tesseract is not installed. Install it with: {INSTALL_COMMAND}"
            ) from error
        except pytesseract.TesseractError as error:
            raise InputError(f"Tesseract failed on this page ({_reason(error)})", page) from error
        except UnicodeDecodeError as error:
            raise InputError("Tesseract failed on this page with an unreadable message", page) from error
        except RuntimeError as error:  # pytesseract's timeout
            raise InputError(f"Tesseract did not finish within {timeout_s} s", page) from error
        except OSError as error:
            raise InputError(f"Tesseract left no result ({error.strerror or 'killed'})", page) from error
    if not table.startswith(_TABLE_HEAD):
        raise InputError("Tesseract gave something else than a table of words", page)
    return parse_table(table)


def read_strip(grey: npt.NDArray[np.uint8], dpi: int) -> list[tuple[str, float]]:
    """Return (word, confidence) of a block of lines; empty when Tesseract cannot read it."""
    try:
        return [(word.text, word.confidence) for word in read_words(grey, dpi, 6, timeout_s=30)]
    except InputError:
        return []


def _reason(error: pytesseract.TesseractError) -> str:
    """Return why Tesseract failed, in a few words."""
    status, message = error.status, str(error.message)
    if status < 0:
        return f"killed by signal {-status}; perhaps out of memory"
    if "bad_alloc" in message or "memory" in message.lower():
        return "out of memory"
    return f"exit code {status}"


def parse_table(table: bytes) -> list[ReadWord]:
    """Return the words in Tesseract's TSV output; bytes that are no UTF-8 become U+FFFD, broken rows are skipped."""
    words = []
    for row in table.decode("utf-8", errors="replace").splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5":
            continue
        text = nfc("".join(cells[11:])).strip()
        try:
            block, paragraph, line, _, left, top, width, height = (int(cell) for cell in cells[2:10])
            confidence = float(cells[10])
        except ValueError:
            continue
        if text and confidence >= 0:
            words.append(
                ReadWord(text, min(1.0, confidence / 100), left, top, width, height, (block, paragraph, line))
            )
    return words
