"""The names of the readers, and what the learned ones add to the key of a page. This module loads no reader."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from typing import Literal, get_args

from pipeline.errors import MissingToolError, UsageError
from pipeline.weights import weights_of

ReaderName = Literal["line", "tesseract", "consensus"]
READERS: tuple[str, ...] = get_args(ReaderName)
DEFAULT_READER: ReaderName = "consensus"
_PARTS = {
    "tesseract": ("reader", "scribble"),
    "line": ("reader", "scribble"),
    "consensus": ("reader", "consensus", "scribble"),
}
"""The learned parts that shape what each reader reads; stamps are read with sohoa's own under each."""


def learned_influences(name: str) -> dict[str, str]:
    """Return what shapes a page beside the sources when ``name`` reads it: weights by their SHA-256, and who computes.

    Raises UsageError when no reader has that name, MissingToolError when weights are missing.
    """
    if name not in _PARTS:
        raise UsageError(f"there is no reader “{name}”; choose one of {', '.join(READERS)}")
    parts = _PARTS[name]
    found = {f"weights of {part}": weights_hash(part) for part in parts}
    return found | {"onnxruntime": version("onnxruntime")} if parts else found


@cache
def weights_hash(part: str) -> str:
    """Return the SHA-256 (hex) over the files of the weights of ``part``; MissingToolError without them."""
    digest = hashlib.sha256()
    try:
        files = sorted(file for file in weights_of(part).rglob("*") if file.is_file())
    except FileNotFoundError as error:
        raise MissingToolError(str(error)) from error
    for file in files:
        digest.update(f"{file.name}\n".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()
