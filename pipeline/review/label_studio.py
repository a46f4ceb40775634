"""What people labelled in Label Studio, taken into the trail as their decisions.

The tasks are those that ``sohoa export --to label-studio`` wrote: a page each, its regions named by field, with the value
as text and its state. Submitting a page says that every region on it is right as it stands; each becomes a decision of the
person who submitted. A region that was deleted decides nothing: whether its field is absent, that does not say.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.document import Box
from pipeline.errors import UsageError
from pipeline.review.desk import Desk, UnknownItemError
from pipeline.review.typed import NotUnderstoodError, understand
from pipeline.review.values import Value

FIELD, VALUE, STATE, IMAGE = "field", "value", "state", "image"
"""Names of the controls and of the picture in the labelling interface."""
_MOVED = 0.004
"""A region moved by less, as a share of the page, stands where the machine saw it."""
_FULL = 100.0


@dataclass
class Imported:
    """What an import did: decisions written, regions that said nothing new, and what could not be taken, in plain words."""

    decisions: int = 0
    known: int = 0
    refused: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Region:
    """A region of one annotation: what it says, and its box on the page as scanned; ``order`` sorts an upright page."""

    page: int
    order: tuple[float, float]
    box: Box
    text: str
    state: str


@dataclass
class _Said:
    """All that one person said of one field of a document, and on which pages they looked."""

    who: str
    task: str
    seconds: float
    regions: list[_Region] = field(default_factory=list)


def import_labels(desk: Desk, path: Path, name: str = "") -> Imported:
    """Write what the export ``path`` of Label Studio says into the trail; ``name`` stands for who labelled, if given.

    The same file again changes nothing. Raises UsageError where the file is no such export.
    """
    tasks = _tasks(path)
    imported = Imported()
    looked = _pages_looked_at(tasks, name)
    for (doc_id, field_name, who), said in _by_field(tasks, name, imported):
        try:
            _decide(desk, doc_id, field_name, said, looked[doc_id, who], imported)
        except UnknownItemError:
            imported.refused.append(
                f"{said.task}: the dataset has no field {field_name} of document {doc_id[:12]}"
            )
        except NotUnderstoodError:
            texts = ", ".join(f"“{region.text}”" for region in said.regions)
            imported.refused.append(f"{said.task}: {field_name} cannot be {texts}")
        except ValueError as error:
            imported.refused.append(f"{said.task}: {field_name}: {error}")
    return imported


def _tasks(path: Path) -> list[dict[str, Any]]:
    try:
        held: Any = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read as JSON ({error}).") from error
    usable = isinstance(held, list) and all(
        isinstance(task, dict)
        and isinstance(task.get("data"), dict)
        and isinstance(task.get("annotations"), list)
        for task in held
    )
    if not usable:
        raise UsageError(f"{path}: not a JSON export of Label Studio; export there as JSON (not JSON-MIN).")
    found: list[dict[str, Any]] = held
    return found


def _annotations(
    tasks: Iterable[dict[str, Any]], name: str
) -> Iterator[tuple[dict[str, Any], dict[str, Any], str]]:
    """Yield task, annotation and person of everything submitted, the oldest first, so that a later word stands."""
    submitted = [
        (str(annotation.get("updated_at") or annotation.get("created_at") or ""), task, annotation)
        for task in tasks
        for annotation in task["annotations"]
        if isinstance(annotation, dict) and not annotation.get("was_cancelled")
    ]
    for _, task, annotation in sorted(submitted, key=lambda found: found[0]):
        yield task, annotation, name or _person(annotation.get("completed_by"))


def _person(completed_by: object) -> str:
    if isinstance(completed_by, Mapping):
        told = completed_by.get("email") or completed_by.get("username") or completed_by.get("id")
    else:
        told = completed_by
    return (
        str(told)
        if isinstance(told, str) and told
        else f"Label Studio {told}"
        if told is not None
        else "Label Studio"
    )


def _pages_looked_at(tasks: Iterable[dict[str, Any]], name: str) -> dict[tuple[str, str], set[int]]:
    looked: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for task, _, who in _annotations(tasks, name):
        if isinstance(task["data"].get("page"), int):
            looked[str(task["data"].get("doc_id")), who].add(task["data"]["page"])
    return looked


def _by_field(
    tasks: Iterable[dict[str, Any]], name: str, imported: Imported
) -> Iterator[tuple[tuple[str, str, str], _Said]]:
    found: dict[tuple[str, str, str], _Said] = {}
    for task, annotation, who in _annotations(tasks, name):
        told = f"task {task.get('id', '?')}"
        try:
            doc_id, page = str(task["data"]["doc_id"]), int(task["data"]["page"])
            turn = int(task["data"].get("rotation", 0))
            regions = list(_regions(annotation.get("result") or [], page, turn))
        except (KeyError, TypeError, ValueError):
            imported.refused.append(f"{told}: it is not one of the tasks that sohoa wrote")
            continue
        seconds = float(annotation.get("lead_time") or 0.0) / max(1, len(regions))
        fresh: set[str] = set()
        for field_name, region in regions:
            key = (doc_id, field_name, who)
            said = found.setdefault(key, _Said(who, told, 0.0))
            if field_name not in fresh:
                # The same page once more, by the same person: the later word stands.
                said.regions = [held for held in said.regions if held.page != page]
                fresh.add(field_name)
            said.regions.append(region)
            said.seconds += seconds
    yield from found.items()


def _regions(results: Iterable[Mapping[str, Any]], page: int, turn: int) -> Iterator[tuple[str, _Region]]:
    """Yield field and region of each rectangle; its value and state are results with the same id."""
    parts: defaultdict[str, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for result in results:
        parts[str(result["id"])][str(result["from_name"])] = result["value"]
    for held in parts.values():
        if FIELD not in held:
            continue
        place = held[FIELD]
        x, y = float(place["x"]) / _FULL, float(place["y"]) / _FULL
        box = Box(x, y, x + float(place["width"]) / _FULL, y + float(place["height"]) / _FULL)
        texts = held.get(VALUE, {}).get("text") or []
        text = "\n".join(texts) if isinstance(texts, list) else str(texts)
        states = held.get(STATE, {}).get("choices") or []
        yield (
            str(place["rectanglelabels"][0]),
            _Region(
                page, (box.y0, box.x0), turned_back(box, turn), text.strip(),
                str(states[0]) if states else "reported",
            ),
        )  # fmt: skip


def turned_back(box: Box, turn: int) -> Box:
    """Return where ``box`` of an upright page lies on the page as scanned, which ``turn`` degrees clockwise put upright."""
    for _ in range(turn // 90 % 4):
        box = Box(box.y0, 1 - box.x1, box.y1, 1 - box.x0)
    edges = (min(max(edge, 0.0), 1.0) for edge in (box.x0, box.y0, box.x1, box.y1))
    return Box(*edges)


def _decide(
    desk: Desk, doc_id: str, field_name: str, said: _Said, looked: set[int], imported: Imported
) -> None:
    desk.follow()
    rows = desk.rows(doc_id, field_name)
    spec = desk.spec(field_name)
    regions = sorted(said.regions, key=lambda region: (region.page, region.order))
    if spec.is_list:
        value = _list_value(rows, regions, looked)
        evidence: dict[str, Any] = {}
    else:
        # A scalar field has one value; of several regions the first that reports one is it.
        region = next(
            (region for region in regions if region.state == "reported" and region.text), regions[0]
        )
        value = _value(desk, doc_id, field_name, region)
        evidence = _evidence(region, rows[0])
    held = desk.decisions.get((doc_id, field_name))
    if held is not None and held.who == said.who and held.value == value:
        imported.known += 1
        return
    desk.decide(
        said.who, doc_id, field_name, seen=desk.trail.seen(doc_id, field_name), action="set", new=value.to_json(),
        evidence=evidence, comment=f"Label Studio, {said.task}", seconds=said.seconds,
    )  # fmt: skip
    imported.decisions += 1


def _value(desk: Desk, doc_id: str, field_name: str, region: _Region) -> Value:
    if region.state != "reported":
        return Value(region.state)  # type: ignore[arg-type]  # decide() refuses what is no state
    now = desk.value(doc_id, field_name)
    return understand(desk.spec(field_name), region.text, now.currency).value


def _list_value(rows: list[dict[str, Any]], regions: list[_Region], looked: set[int]) -> Value:
    """Return the list: what was labelled, and the machine's items on pages at which nobody looked."""
    items = [
        (region.page, region.order, region.text)
        for region in regions
        if region.text and region.state == "reported"
    ]
    items += [
        (row["page"] or 0, (0.0, float(row["item"])), row["value_text"])
        for row in rows
        if row["state"] == "reported" and row["value_text"] and row["page"] not in looked
    ]
    if not items:
        return Value(regions[0].state if regions[0].state != "reported" else "blank")  # type: ignore[arg-type]
    return Value("reported", items=tuple(text for _, _, text in sorted(items, key=lambda held: held[:2])))


def _evidence(region: _Region, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the place of a region, or nothing where it is the machine's."""
    box = region.box
    edges = {"x0": box.x0, "y0": box.y0, "x1": box.x1, "y1": box.y1}
    same = row["page"] == region.page and row["x0"] is not None
    if same and all(abs(row[name] - edge) < _MOVED for name, edge in edges.items()):
        return {}
    return {"page": region.page, **{name: round(edge, 5) for name, edge in edges.items()}}
