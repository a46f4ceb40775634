"""The readers by name. This module is light: what a reader needs is loaded when it is asked for."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Literal, get_args

from pipeline.errors import UsageError
from pipeline.weights import weights_of

if TYPE_CHECKING:
    from pipeline.reading.base import Reader

ReaderName = Literal["line", "tesseract", "consensus"]
DEFAULT_READER: ReaderName = "tesseract"


@cache
def reader_called(name: str) -> Reader:
    """Return a reader, made once a process; raises UsageError for a name that is none."""
    if name == "tesseract":
        from pipeline.reading.tesseract import TesseractReader

        return TesseractReader()
    if name == "line":
        from pipeline.reading.line_reader import LineReader

        return LineReader()
    if name == "consensus":
        from pipeline.reading.consensus import ConsensusReader

        return ConsensusReader()
    raise UsageError(f"there is no reader “{name}”; choose one of {', '.join(get_args(ReaderName))}")


def learned_influences(name: str) -> dict[str, str]:
    """Return what a learned reader adds to the key of a page: its weights' SHA-256, and who computes with them."""
    if name == "tesseract":
        return {}
    return {"weights": weights_hash(), "onnxruntime": version("onnxruntime")}


@cache
def weights_hash() -> str:
    """Return the SHA-256 (hex) over the files of the line reader's weights; FileNotFoundError without them."""
    digest = hashlib.sha256()
    for file in sorted(weights_of("reader").iterdir()):
        digest.update(f"{file.name}\n".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()
