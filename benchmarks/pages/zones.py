"""The letterhead and the end block: zones by place, and the fields read from them.

Seven things are judged: number, date, issuer, type, subject, signer (the name), recipients. For each of them there are
two figures, both F1 over documents:

- **zone**: the layout has the zone on the right page and in the right place. Expected is one zone for each page on which
  the truth prints the field; found are the zones of the field's kind. They match when the zone's words cover at least
  :data:`_COVERED` of the width of the printed words, and at least :data:`_OWN` of the width of the zone's own words lies
  on printed lines that belong there (the lines of the field and of its companions: the parent body in the issuer's zone,
  the label "Nơi nhận:" over the recipients). What is written there does not count.
- **field**: state and value are right, by the rules of :mod:`pipeline.evaluation`. Expected are fields that the truth
  reports, found are those that the run reports.

What the truth calls handwritten or unreadable is excused from both, unless the run states a value: a wrong one then
counts as found.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from benchmarks.pages.count import Count
from benchmarks.pages.reading import ReadDocument
from benchmarks.pages.truth import PrintedPage, PrintedWord
from benchmarks.pages.upright import boxes_of, covered, read_boxes
from pipeline.document import Zone, ZoneKind
from pipeline.evaluation.field_rules import describe_rows, describe_truth, is_right
from pipeline.text import fold

ZONES = "zones"
FIELDS = "fields"
ALL = "all seven"

_JUDGED: dict[str, tuple[ZoneKind, str, tuple[str, ...]]] = {
    "number": ("number", "doc.number", ("doc.symbol",)),
    "date": ("place_date", "doc.issued_on", ("doc.place",)),
    "issuer": ("issuer", "doc.issuer", ("doc.issuer_parent",)),
    "type": ("type", "doc.type", ()),
    "subject": ("subject", "doc.subject", ()),
    "signer": ("signer_name", "doc.signer_name", ()),
    "recipients": ("recipients", "doc.recipients", ()),
}
"""Name → kind of zone, field, fields printed in the same zone."""
_LABEL = "noi nhan"
_COVERED = 0.6
_OWN = 0.6


def zones(read: ReadDocument) -> Iterator[Count]:
    """Yield the counts of both figures for each of the seven things."""
    for name, (kind, field, companions) in _JUDGED.items():
        counts = [_field(read, name, field)]
        if any(page.lines for page in read.printed.pages):
            counts += _zones(read, name, kind, (field, *companions))
        for count in counts:
            yield count
            figure = count.figure.removesuffix(name) + ALL
            yield Count(
                figure, count.page, count.part, count.whole, count.remark and f"{name}: {count.remark}"
            )


def _field(read: ReadDocument, name: str, field: str) -> Count:
    truth = read.printed.fields.get(field)
    rows = read.rows.get(field, [])
    found = bool(rows) and rows[0]["state"] == "reported"
    places = read.printed.places.get(field, ())
    page = places[0].page if places else 1
    figure = f"{FIELDS} F1 {name}"
    if truth is None:
        return Count(figure, page, 0, 0)
    right = found and is_right(truth, rows)
    excused = field in read.printed.handwritten or truth.state == "unreadable"
    expected = truth.state == "reported" and (not excused or right)
    wrong = (expected or found) and not right
    remark = f"{describe_truth(truth)} | {describe_rows(rows)}" if wrong else ""
    return Count(figure, page, right, (expected + found) / 2, remark)


def _zones(read: ReadDocument, name: str, kind: ZoneKind, fields: tuple[str, ...]) -> Iterator[Count]:
    figure = f"{ZONES} F1 {name}"
    excused = fields[0] in read.printed.handwritten or read.printed.fields[fields[0]].state == "unreadable"
    for printed in read.printed.pages:
        found = [zone for zone in read.layout.zones if zone.kind == kind and zone.page == printed.number]
        own = _words_of(printed, read, fields[:1])
        if not own and not found:
            continue
        if excused:
            continue
        allowed = [word for line in _lines_of(printed, read, fields, kind) for word in line]
        remarks = [_misplaced(zone, read, printed, own, allowed) for zone in found]
        right = int("" in remarks)
        remark = "" if right and len(found) == 1 else "; ".join(filter(None, remarks)) or "not found"
        yield Count(figure, printed.number, right, (bool(own) + len(found)) / 2, remark)


def _misplaced(
    zone: Zone,
    read: ReadDocument,
    printed: PrintedPage,
    own: list[PrintedWord],
    allowed: list[PrintedWord],
) -> str:
    """Return what is wrong with the place of ``zone``, or nothing."""
    shown = f"{zone.kind} '{zone.passage.text}'"
    if not own:
        return f"{shown} where none is printed"
    page = read.pages[printed.number]
    words = [word for line in zone.lines for word in line.words]
    boxes, theirs = boxes_of((word.box for word in own), printed), read_boxes(words, page, printed)
    width = boxes[:, 2] - boxes[:, 0]
    reached = float((covered(boxes, theirs) * width).sum() / width.sum())
    if reached < _COVERED:
        return f"{shown} covers {reached:.0%} of '{' '.join(word.text for word in own)}'"
    home = boxes_of((word.box for word in allowed), printed)
    at_home = sum(_lies_in(box, home) * (box[2] - box[0]) for box in theirs)
    share = float(at_home / max(1e-9, (theirs[:, 2] - theirs[:, 0]).sum()))
    return "" if share >= _OWN else f"{shown}: only {share:.0%} of it belongs there"


def _lies_in(box: np.ndarray, home: np.ndarray) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    tall = home[:, 3] - home[:, 1]
    return bool(
        np.any((home[:, 0] - tall <= x) & (x <= home[:, 2] + tall) & (home[:, 1] <= y) & (y <= home[:, 3]))
    )


def _words_of(printed: PrintedPage, read: ReadDocument, fields: tuple[str, ...]) -> list[PrintedWord]:
    """Return the printed words in the places of ``fields``: those of which most lies in one."""
    places = [
        place.box
        for field in fields
        for place in read.printed.places.get(field, ())
        if place.page == printed.number
    ]
    return [
        word
        for line in printed.lines
        for word in line
        if not word.pen and any(word.box.overlap(place) > 0.75 for place in places)
    ]


def _lines_of(
    printed: PrintedPage, read: ReadDocument, fields: tuple[str, ...], kind: ZoneKind
) -> Iterator[tuple[PrintedWord, ...]]:
    own = set(map(id, _words_of(printed, read, fields)))
    for line in printed.lines:
        text = fold(" ".join(word.text for word in line))
        if any(id(word) in own for word in line) or (kind == "recipients" and text.startswith(_LABEL)):
            yield line
