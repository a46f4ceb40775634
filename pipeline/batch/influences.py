"""Everything beside the file itself that shapes what is read from a page; together they make the cache key.

The source of the reading stages is hashed rather than a version number that someone must remember to raise.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

import pipeline
from pipeline.errors import MissingToolError
from pipeline.external import poppler, tesseract
from pipeline.external.traineddata import language_hash
from pipeline.reading.names import learned_influences

_SOURCES = ("clock.py", "document.py", "text.py", "process.py", "external", "intake", "cleaning", "reading")
"""What of the package a page passes through, from the file to its lines of words."""
_LIBRARIES = ("numpy", "opencv-python-headless", "pikepdf", "pillow", "pytesseract", "regex")
_LANGUAGES = ("vie", "osd")
"""Language data that reading may use: text, and orientation."""


def reading_influences(reader: str) -> dict[str, str]:
    """Return the versions and hashes that shape a page which is read by ``reader``.

    Raises :class:`pipeline.errors.MissingToolError`, with the command that helps, when Tesseract, its Vietnamese data
    or Poppler is not installed; so this also checks, before any work, that a run can read at all.
    """
    found = {
        "reader": reader,
        "tesseract": tesseract.version(),
        "sources": source_hash(Path(pipeline.__file__).parent),
    }
    found |= poppler.versions()
    found |= {name: version(name) for name in _LIBRARIES}
    found |= learned_influences(reader)
    return found | {f"{language}.traineddata": _language(language) for language in _LANGUAGES}


def _language(language: str) -> str:
    try:
        return language_hash(language)
    except MissingToolError:
        if language == tesseract.LANGUAGE:
            raise
        return "none"  # orientation then goes without it


def source_hash(package: Path) -> str:
    """Return the SHA-256 (hex) over the source files of the reading stages, names and contents."""
    digest = hashlib.sha256(pipeline.__version__.encode())
    for name in _SOURCES:
        root = package / name
        for file in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(f"\n{file.relative_to(package).as_posix()}\n".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()
