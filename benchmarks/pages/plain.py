"""Plain Tesseract, the thing to beat: the page drawn at its own dpi, ``tesseract -l vie --psm 3``, nothing else."""

from __future__ import annotations

import subprocess
from pathlib import Path

from pipeline.batch.cache import page_key
from pipeline.external import poppler, tesseract
from pipeline.external.traineddata import language_hash
from pipeline.files import write_atomically
from pipeline.intake.fingerprint import fingerprint
from pipeline.text import nfc

_DPI = 300
"""For a page without a picture, which has no dpi of its own."""


class PlainTesseract:
    """Texts of pages as plain Tesseract reads them, kept in a folder: nothing of the project enters their key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def text(self, path: Path, number: int) -> str:
        """Return the text of page ``number`` (1-based) of the PDF ``path``, read now or kept from an earlier time."""
        key = page_key(
            {
                "file": fingerprint(path),
                "page": number,
                "tesseract": tesseract.version(),
                "language": language_hash(tesseract.LANGUAGE),
            }
        )
        kept = self.folder / key[:2] / f"{key}.txt"
        if kept.exists():
            return kept.read_text("utf-8")
        text = _read(path, number)
        kept.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(kept, text.encode())
        return text


def _read(path: Path, number: int) -> str:
    dpi = _own_dpi(path, number)
    pixels = poppler.render(path, number, dpi, grey=False)
    command = ["tesseract", "-", "-", "-l", tesseract.LANGUAGE, "--psm", "3", "--dpi", str(round(dpi))]
    header = f"P6 {pixels.width} {pixels.height} 255\n".encode()
    done = subprocess.run(
        command, input=header + pixels.tobytes(), capture_output=True, timeout=600, check=True
    )
    return nfc(done.stdout.decode("utf-8", "replace"))


def _own_dpi(path: Path, number: int) -> float:
    """Return the resolution of the largest picture on the page."""
    pictures = poppler.images(path, number)
    if not pictures:
        return _DPI
    main = max(pictures, key=lambda picture: picture.width * picture.height)
    return max(main.x_ppi, main.y_ppi) or _DPI
