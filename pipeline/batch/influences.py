"""Everything beside the input itself that shapes what is kept; together they make its key.

The source of the stages is hashed, a room at a time, rather than a version number that someone must remember to raise.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

import pipeline
from pipeline.errors import MissingToolError
from pipeline.external import poppler, tesseract
from pipeline.external.traineddata import language_hash
from pipeline.reading.names import learned_influences, weights_hash

_NOUNS = ("document.py", "text.py")
_OPENING = ("errors.py", *_NOUNS, "external", "intake")
_READING = ("clock.py", "document.py", "text.py", "process.py", "external", "intake", "cleaning", "reading")
"""What of the package a page passes through, from the file to its lines of words."""
_UNDERSTANDING = (
    *("document.py", "text.py", "process.py", "errors.py", "layout", "outline", "gazetteers", "profiles"),
    *(
        "extraction",
        "checks",
        "confidence",
        "dataset/rows.py",
        "dataset/extraction_rows.py",
        "dataset/cells.py",
    ),
    *("dataset/columns.py", "dataset/schema.py", "dataset/place_codes.py"),
    *("batch/judgement.py", "batch/secrecy.py", "batch/results.py", "batch/worker.py"),
)
"""What of the package a document passes through, from its pages to its rows."""
_PICTURES = ("numpy", "opencv-python-headless", "pdf2image", "pikepdf", "pillow", "pytesseract", "regex")
_TEXTS = ("numpy", "onnxruntime", "pydantic", "pyyaml", "rapidfuzz", "regex", "spacy")
_LANGUAGES = ("vie", "osd")
"""Language data that reading may use: text, and orientation."""
_LEARNED = ("confidence", "entities", "scorer")
"""The learned parts of understanding."""


def reading_influences(reader: str) -> dict[str, str]:
    """Return the versions and hashes that shape a page which is read by ``reader``.

    Raises :class:`pipeline.errors.MissingToolError`, with the command that helps, when Tesseract, its Vietnamese data
    or Poppler is not installed; so this also checks, before any work, that a run can read at all.
    """
    found = {"reader": reader, "tesseract": tesseract.version()}
    found |= source_hashes(_READING)
    found |= poppler.versions()
    found |= {name: version(name) for name in _PICTURES}
    found |= learned_influences(reader)
    return found | {f"{language}.traineddata": _language(language) for language in _LANGUAGES}


def opening_influences() -> dict[str, str]:
    """Return what shapes how many pages a file is found to have, or why it cannot be opened."""
    return (
        source_hashes(_OPENING) | poppler.versions() | {name: version(name) for name in ("pillow", "regex")}
    )


def understanding_influences(profile: str) -> dict[str, str]:
    """Return what shapes the values of a document whose pages are given; ``profile`` is the profile's name and hash."""
    found = {"profile": profile} | source_hashes(_UNDERSTANDING)
    found |= {name: version(name) for name in _TEXTS}
    return found | {f"weights of {part}": weights_hash(part) for part in _LEARNED}


def digest_of(parts: Mapping[str, object]) -> str:
    """Return a short digest (hex) that stands for ``parts``."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


def _language(language: str) -> str:
    try:
        return language_hash(language)
    except MissingToolError:
        if language == tesseract.LANGUAGE:
            raise
        return "none"  # orientation then goes without it


def source_hashes(rooms: Iterable[str], package: Path | None = None) -> dict[str, str]:
    """Return the SHA-256 (hex) over names and contents of the files of each room (a file or folder of ``package``)."""
    package = package or Path(pipeline.__file__).parent
    found = {"sohoa": pipeline.__version__}
    for room in rooms:
        digest, root = hashlib.sha256(), package / room
        for file in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(f"\n{file.relative_to(package).as_posix()}\n".encode())
                digest.update(file.read_bytes())
        found[f"source of {room}"] = digest.hexdigest()
    return found
