"""Tasks for Label Studio: a page each, with what was found on it as predictions that people confirm, move or correct.

``tasks.json`` is imported there, ``labels.xml`` is the labelling interface, ``pages`` holds the pictures, which Label Studio
takes from its own disk (local files). What it exports as JSON comes back with ``sohoa review import``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

from pipeline import __version__
from pipeline.document import State
from pipeline.export.files import Folder
from pipeline.export.page_pictures import PagePictures
from pipeline.export.plain import plain_value
from pipeline.export.source import ExportedDocument, Outcome, Row, Source, Tell
from pipeline.export.xml import element, xml_bytes
from pipeline.query.dataset import upright
from pipeline.review.label_studio import FIELD, IMAGE, STATE, VALUE

_README = """\
Label Studio / nhập việc gán nhãn

1. Start Label Studio so that it may read this folder:
   LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=true LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT=<this folder> label-studio start
2. New project; Labeling Setup, Custom template: paste labels.xml. Add this folder's "pages" as a local storage (Add Source
   Storage, Local files, absolute path of pages), without syncing it. Import tasks.json.
3. A region is a field; its value and state are asked for under the picture. Submit a page when every region on it is right.
4. Export, as JSON. Then: sohoa review import <DIR> <export.json>; the next sohoa run puts the decisions into the tables.
"""


def write_tasks(source: Source, path: Path, tell: Tell) -> Outcome:
    """Write tasks, interface and page pictures into the folder ``path``."""
    folder = Folder(path)
    pictures = PagePictures(source, folder.path / "pages", folder.outcome)
    tasks: list[dict[str, Any]] = []
    for document in source.documents:
        tell(document.source)
        if not document.readable:
            folder.outcome.left_out.append(f"{document.source}: nothing could be read of it")
            continue
        tasks += _tasks(source, document, pictures)
    names = [spec["field"] for spec in source.fields] or sorted(
        {row["field"] for row in source.rows("fields")}
    )
    with folder.text("tasks.json") as file:
        json.dump(tasks, file, ensure_ascii=False, indent=1, allow_nan=False)
    folder.bytes("labels.xml", interface(names))
    folder.bytes("README.txt", _README.encode())
    return folder.outcome


def _tasks(source: Source, document: ExportedDocument, pictures: PagePictures) -> list[dict[str, Any]]:
    rows = source.rows_of("fields", document)
    return [
        _task(document, page, [row for row in rows if row["page"] == page["page"]], picture.name)
        for page in source.rows_of("pages", document)
        if page["status"] == "ok" and (picture := pictures.of(document.doc_id, page["page"])) is not None
    ]


def _task(document: ExportedDocument, page: Row, rows: Iterable[Row], picture: str) -> dict[str, Any]:
    results = [result for row in rows if row["x0"] is not None for result in _region(row, page)]
    sure = [row["confidence"] for row in rows if row["confidence"] is not None]
    return {
        "data": {
            IMAGE: f"/data/local-files/?d=pages/{picture}",
            "doc_id": document.doc_id,
            "source": document.source,
            "page": page["page"],
            "rotation": page["rotation_deg"] or 0,
        },
        "predictions": [
            {
                "model_version": f"sohoa {document.row['pipeline_version'] or __version__}",
                "score": min(sure) if sure else 0.0,
                "result": results,
            }
        ],
    }


def _region(row: Row, page: Row) -> list[dict[str, Any]]:
    """Return the results that make a region: its rectangle with the field, its value and its state."""
    turn = page["rotation_deg"] or 0
    x0, y0, x1, y1 = upright((row["x0"], row["y0"], row["x1"], row["y1"]), turn)
    width, height = page["width_px"], page["height_px"]
    if turn % 180:
        width, height = height, width
    place = {"x": 100 * x0, "y": 100 * y0, "width": 100 * (x1 - x0), "height": 100 * (y1 - y0), "rotation": 0}
    base = {
        "id": f"{row['field']}-{row['item']}",
        "to_name": IMAGE,
        "original_width": width,
        "original_height": height,
        "image_rotation": 0,
    }
    results = [
        {**base, "from_name": FIELD, "type": "rectanglelabels", "score": row["confidence"],
         "value": {**place, "rectanglelabels": [row["field"]]}},
        {**base, "from_name": STATE, "type": "choices", "value": {**place, "choices": [row["state"]]}},
    ]  # fmt: skip
    if said := plain_value("fields", row):
        results.append({**base, "from_name": VALUE, "type": "textarea", "value": {**place, "text": [said]}})
    return results


def interface(fields: Iterable[str]) -> bytes:
    """Return the labelling interface for ``fields``."""
    labels = element(
        "RectangleLabels", *(element("Label", value=name) for name in fields), name=FIELD, toName=IMAGE
    )
    states = element(
        "Choices", *(element("Choice", value=state) for state in get_args(State)),
        name=STATE, toName=IMAGE, perRegion="true", choice="single", showInline="true",
    )  # fmt: skip
    value = element(
        "TextArea", name=VALUE, toName=IMAGE, perRegion="true", editable="true", maxSubmissions="1",
        placeholder="Giá trị / value: 42, 80,2 triệu USD, 25/10/2019",
    )  # fmt: skip
    picture = element(
        "Image", name=IMAGE, value=f"${IMAGE}", zoom="true", zoomControl="true", rotateControl="false"
    )
    # Label Studio takes it as text, which must not declare an encoding.
    return xml_bytes(element("View", picture, labels, states, value), declared=False)
