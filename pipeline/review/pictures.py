"""Pictures of pages for the browser, drawn from the scans when they are asked for; nothing is kept on the disk."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path
from threading import Lock

import cv2
import numpy as np

from pipeline.errors import InputError
from pipeline.intake.loading import load_page
from pipeline.review.scans import Scans

DPI = 200
"""Enough to read 8-point print enlarged."""
WIDEST_PX = 1_800
JPEG_QUALITY = 82
KEPT_BYTES = 96 << 20
"""Pictures held in memory, about 200 pages."""


class Pictures:
    """Draws pages of scans that are still the files that were read; a changed file is refused.

    The identity of a document is the SHA-256 of its bytes, so only a file with these very bytes is ever shown,
    wherever it lies now. One page is drawn at a time: two large ones side by side would only double the memory.
    """

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        """Look for scans where the run found them, then by name in ``folders``."""
        self._scans = Scans(folders)
        self._mutex = Lock()
        self._drawing = Lock()
        self._kept: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._bytes = 0

    def page(self, doc_id: str, sources: Iterable[str], number: int, rotation: int) -> bytes:
        """Return page ``number`` of a document as JPEG, turned upright by ``rotation`` degrees clockwise.

        Raises InputError when none of ``sources`` has the document's bytes any more or the page cannot be drawn.
        """
        key = (doc_id, number)
        with self._mutex:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        with self._drawing:
            with self._mutex:
                if key in self._kept:
                    return self._kept[key]
            picture = drawn(self._scans.find(doc_id, sources), number, rotation)
            with self._mutex:
                self._kept[key] = picture
                self._bytes += len(picture)
                while self._bytes > KEPT_BYTES:
                    self._bytes -= len(self._kept.popitem(last=False)[1])
        return picture


def drawn(path: Path, number: int, rotation: int) -> bytes:
    """Return page ``number`` of ``path`` as JPEG, turned upright by ``rotation`` degrees clockwise. Raises InputError."""
    pixels = load_page(path, number, DPI, trust_layer=False).pixels
    pixels = np.ascontiguousarray(np.rot90(pixels, -rotation // 90))
    if pixels.shape[1] > WIDEST_PX:
        height = max(1, round(pixels.shape[0] * WIDEST_PX / pixels.shape[1]))
        pixels = cv2.resize(pixels, (WIDEST_PX, height), interpolation=cv2.INTER_AREA).astype(np.uint8)
    if pixels.ndim == 3:
        pixels = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR).astype(np.uint8)
    done, data = cv2.imencode(".jpg", pixels, (cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY))
    if not done:
        raise InputError("the page cannot be drawn", number)
    return data.tobytes()
