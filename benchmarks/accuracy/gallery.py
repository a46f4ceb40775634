"""A page of wrong fields: the place on the scan beside truth and reading, so that one can look rather than read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from pdf2image import convert_from_path
from PIL import Image, ImageDraw

from pipeline.evaluation.result import FieldResult

_DPI = 110
_MARGIN = 0.02
"""What a crop shows round the boxes, as a share of the page's height."""
_LARGEST = 0.3
"""Share of the page's height above which a crop shows the true place alone."""
_EACH = 40
"""Wrong fields shown of each preset; more would not be looked at."""
_TRUE, _READ = (0, 130, 60), (200, 30, 30)

_HEAD = """<!doctype html><meta charset="utf-8"><title>Wrong fields</title>
<style>body{font:15px/1.4 sans-serif;margin:2em;max-width:1100px}article{border-top:1px solid #ccc;padding:.8em 0}
img{max-width:100%;border:1px solid #ddd;display:block;margin:.4em 0}b.t{color:#00823c}b.r{color:#c81e1e}
small{color:#666}</style>
<h1>Wrong fields</h1><p>Green: where the truth is printed. Red: where the run saw its value.</p>
"""


def write_gallery(
    misses: Sequence[FieldResult], scans: Path, truths: Path, presets: Mapping[str, str], folder: Path
) -> int:
    """Write ``index.html`` and the crops into ``folder``; return how many wrong fields it shows.

    The surest mistakes come first; texts are escaped, for they come from scans.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shown: dict[str, int] = {}
    parts = [_HEAD]
    for number, miss in enumerate(sorted(misses, key=lambda m: (-(m.confidence or 0), m.document, m.field))):
        preset = presets[miss.document]
        if shown.get(preset, 0) >= _EACH:
            continue
        shown[preset] = shown.get(preset, 0) + 1
        name = Path(miss.document).stem
        truth = json.loads((truths / f"{name}.json").read_text("utf-8"))["fields"][miss.field]
        crop = _crop(scans / f"{name}.pdf", miss, truth)
        picture = ""
        if crop is not None:
            file = f"{number:04d}.jpg"
            crop.save(folder / file, quality=80)
            picture = f'<img src="{file}" loading="lazy" alt="">'
        sure = "–" if miss.confidence is None else f"{miss.confidence:.2f}"
        parts.append(
            f"<article><b>{escape(miss.field)}</b> <small>{escape(preset)} · {escape(name)} · sure {sure}</small>"
            f'<br><b class="t">truth</b> {escape(miss.expected)}<br><b class="r">read</b> {escape(miss.got)}'
            f"{picture}</article>\n"
        )
    (folder / "index.html").write_text("".join(parts), "utf-8")
    return sum(shown.values())


def _crop(scan: Path, miss: FieldResult, truth: dict[str, Any]) -> Image.Image | None:
    """Return the strip of the page with the true and the read place; None where there is neither."""
    places = truth.get("places", [])
    page = places[0]["page"] if places else miss.page
    if page is None or not scan.is_file():
        return None
    (image,) = convert_from_path(str(scan), dpi=_DPI, first_page=page, last_page=page)
    true = [tuple(place["box"]) for place in places if place["page"] == page]
    read = [miss.box] if miss.box is not None and miss.page == page else []
    pen = ImageDraw.Draw(image)
    for colour, boxes in ((_TRUE, true), (_READ, read)):
        for box in boxes:
            pen.rectangle(_pixels(image, box), outline=colour, width=2)
    boxes = [*true, *read]
    if max(b[3] for b in boxes) - min(b[1] for b in boxes) > _LARGEST:
        boxes = true[:1] or read
    top = min(box[1] for box in boxes) - _MARGIN
    bottom = max(box[3] for box in boxes) + _MARGIN
    return image.crop(
        (0, max(0, round(top * image.height)), image.width, min(image.height, round(bottom * image.height)))
    )


def _pixels(image: Image.Image, box: Sequence[float]) -> tuple[float, float, float, float]:
    return box[0] * image.width, box[1] * image.height, box[2] * image.width, box[3] * image.height
