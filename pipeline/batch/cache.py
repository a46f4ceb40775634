"""What was read from a page, kept under a key made of everything that shaped it.

An entry is a gzip file of JSON: the format, its own key, and the page. gzip's checksum tells a damaged entry, the key
inside tells a misplaced one; both count as absent, and the page is read again.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.batch.workspace import write_atomically
from pipeline.document import Box, Grid, GridCell, Line, Mark, Page, Word

FORMAT = 6
"""Raise when the meaning of an entry changes; it is part of every key."""


def page_key(parts: Mapping[str, str | int]) -> str:
    """Return the key of a page: the SHA-256 (hex) over all that shaped it.

    ``parts`` names each influence: the file's SHA-256, the page number, dpi, versions of the stages, of the reader
    and of its weights. One left out would give wrong text for ever.
    """
    text = json.dumps({"format": FORMAT, **parts}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


class PageCache:
    """A folder of pages by key."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, key: str) -> Path:
        """Return where the entry ``key`` lies; 256 folders keep listings short."""
        return self.root / key[:2] / f"{key}.json.gz"

    def __contains__(self, key: str) -> bool:
        """Return whether an entry lies there; only :meth:`get` knows whether it is sound."""
        return self.path(key).exists()

    def get(self, key: str) -> Page | None:
        """Return the page kept under ``key``, or None when there is none or it is damaged."""
        try:
            entry = json.loads(gzip.decompress(self.path(key).read_bytes()))
            return page_from_json(entry["page"]) if entry["key"] == key else None
        except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, IndexError):
            return None

    def put(self, key: str, page: Page) -> None:
        """Keep ``page`` under ``key``."""
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"key": key, "page": page_to_json(page)}, ensure_ascii=False, separators=(",", ":"))
        write_atomically(path, gzip.compress(text.encode(), compresslevel=5, mtime=0))

    def drop(self, key: str) -> None:
        """Forget the entry ``key``, if there is one."""
        self.path(key).unlink(missing_ok=True)


_SCALARS = (
    "number", "width_px", "height_px", "dpi", "source_kind", "rotation_deg", "skew_deg", "blank", "reader", "status",
    "error", "note", "remark", "quality",
)  # fmt: skip


def page_to_json(page: Page) -> dict[str, Any]:
    """Return ``page`` as JSON values; :func:`page_from_json` gives the same page back, floats to the last bit."""
    return {
        **{name: getattr(page, name) for name in _SCALARS},
        "to_scan": list(page.to_scan),
        "bend": list(page.bend),
        "marks": [[mark.kind, _numbers(mark.box), mark.score, mark.text] for mark in page.marks],
        "grids": [
            [[c.row, c.row_end, c.column, c.column_end, _numbers(c.box)] for c in grid.cells]
            for grid in page.grids
        ],
        "lines": [
            [line.stroke, [[word.text, *_numbers(word.box), word.confidence] for word in line.words]]
            for line in page.lines
        ],
    }


def page_from_json(value: Mapping[str, Any]) -> Page:
    """Return the page that :func:`page_to_json` described."""
    number = value["number"]
    a, b, c, d, e, f, g, h, i = value["to_scan"]
    return Page(
        **{name: value[name] for name in _SCALARS},
        to_scan=(a, b, c, d, e, f, g, h, i),
        bend=tuple(value["bend"]),
        marks=tuple(Mark(kind, Box(*box), score, text) for kind, box, score, text in value["marks"]),
        grids=tuple(
            Grid(
                tuple(
                    GridCell(row, row_end, column, end, Box(*box)) for row, row_end, column, end, box in cells
                )
            )
            for cells in value["grids"]
        ),
        lines=tuple(
            Line(
                tuple(
                    Word(text, Box(x0, y0, x1, y1), confidence, number)
                    for text, x0, y0, x1, y1, confidence in words
                ),
                stroke,
            )
            for stroke, words in value["lines"]
        ),
    )


def _numbers(box: Box) -> list[float]:
    return [float(box.x0), float(box.y0), float(box.x1), float(box.y1)]
