import json
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from pipeline.cli.main import app
from pipeline.document import Box
from pipeline.errors import UsageError
from pipeline.export.label_studio import write_tasks
from pipeline.export.source import Source
from pipeline.query.dataset import upright
from pipeline.review.desk import Desk
from pipeline.review.label_studio import import_labels, turned_back
from pipeline.review.pictures import Pictures

Task = dict[str, Any]


@pytest.fixture(scope="module")
def folder(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tasks")
    write_tasks(Source(shared), folder, lambda _: None)
    return folder


@pytest.fixture
def tasks(folder: Path) -> list[Task]:
    held: list[Task] = json.loads((folder / "tasks.json").read_text("utf-8"))
    return held


@pytest.fixture
def desk(run: Path) -> Desk:
    return Desk(run, "doi_ngoai", Pictures())


def submitted(task: Task, who: str = "lan@example.vn", **more: Any) -> Task:
    """Return ``task`` as Label Studio exports it once its predictions were submitted as they stand."""
    result = json.loads(json.dumps(task["predictions"][0]["result"]))
    for part in result:  # Label Studio gives regions that come from predictions new names
        part["id"] = "r" + str(abs(hash(part["id"])) % 10**8)
    annotation = {"id": 7, "completed_by": {"email": who}, "result": result, "was_cancelled": False,
                  "lead_time": 30.0, "created_at": "2026-03-05T10:00:00Z", **more}  # fmt: skip
    return {"id": 1, "data": task["data"], "annotations": [annotation]}


def region(task: Task, field: str) -> dict[str, dict[str, Any]]:
    """Return the parts of the region of ``field`` in a submitted task, by control."""
    result = task["annotations"][0]["result"]
    name = next(
        p["id"] for p in result if p["from_name"] == "field" and p["value"]["rectanglelabels"] == [field]
    )
    return {part["from_name"]: part for part in result if part["id"] == name}


def saved(tmp_path: Path, *tasks: Task) -> Path:
    path = tmp_path / "export.json"
    path.write_text(json.dumps(list(tasks), ensure_ascii=False), encoding="utf-8")
    return path


def test_a_task_is_a_page_with_its_picture_and_predictions(folder: Path, tasks: list[Task]) -> None:
    assert [(Path(task["data"]["source"]).name, task["data"]["page"]) for task in tasks] == [
        ("Báo cáo số 1.pdf", 1), ("Báo cáo số 1.pdf", 2), ("b#2 100%.pdf", 1),
    ]  # fmt: skip
    for task in tasks:
        assert (folder / task["data"]["image"].partition("?d=")[2]).read_bytes()[:2] == b"\xff\xd8"
    interface = (folder / "labels.xml").read_text("utf-8")
    assert interface.startswith("<View>")  # Label Studio refuses text that declares an encoding
    controls = ElementTree.fromstring(interface)
    labels = {label.get("value") for label in controls.iter("Label")}
    names = {control.get("name"): control.tag for control in controls if control.get("name")}
    assert names == {"image": "Image", "field": "RectangleLabels", "state": "Choices", "value": "TextArea"}
    for part in tasks[0]["predictions"][0]["result"]:
        assert names[part["from_name"]].casefold() == part["type"]
        assert part["to_name"] == "image"
        assert 0 <= part["value"]["x"] <= part["value"]["x"] + part["value"]["width"] <= 100
        assert set(part["value"].get("rectanglelabels", ())) <= labels


def test_what_was_submitted_unchanged_confirms_the_values(
    tmp_path: Path, desk: Desk, tasks: list[Task]
) -> None:
    imported = import_labels(desk, saved(tmp_path, submitted(tasks[0])))
    assert not imported.refused
    doc_id = tasks[0]["data"]["doc_id"]
    said = {field: decision for (doc, field), decision in desk.decisions.items() if doc == doc_id}
    assert len(said) == imported.decisions
    assert said["inbound.delegations"].value.number == "42"
    assert said["inbound.delegations"].who == "lan@example.vn"
    assert said["inbound.delegations"].box is None  # the machine's place stands
    assert said["oda.projects"].value.state == "none"
    assert said["doc.number"].value.state == "unreadable"
    assert said["doc.recipients"].value.items == ("Sở Ngoại vụ", "Lưu: VT")


def test_a_corrected_value_and_a_moved_box_are_the_persons(
    tmp_path: Path, desk: Desk, tasks: list[Task]
) -> None:
    task = submitted(tasks[0])
    parts = region(task, "inbound.people")
    parts["value"]["value"]["text"] = ["hơn 1.410 lượt người"]
    for part in parts.values():
        part["value"]["x"] += 5
    import_labels(desk, saved(tmp_path, task))
    decision = desk.decisions[task["data"]["doc_id"], "inbound.people"]
    assert (decision.value.number, decision.value.qualifier) == ("1410", "more_than")
    assert decision.page == 1
    assert decision.box is not None
    assert decision.box.x0 == pytest.approx(parts["field"]["value"]["x"] / 100, abs=1e-4)


def test_the_same_file_again_changes_nothing(tmp_path: Path, desk: Desk, tasks: list[Task]) -> None:
    path = saved(tmp_path, submitted(tasks[0]))
    first = import_labels(desk, path)
    again = import_labels(desk, path)
    assert (again.decisions, again.known) == (0, first.decisions)


def test_a_region_drawn_anew_gives_the_field_a_value(tmp_path: Path, desk: Desk, tasks: list[Task]) -> None:
    task = submitted(tasks[1])
    base = {
        "id": "new",
        "to_name": "image",
        "original_width": 1240,
        "original_height": 1754,
        "image_rotation": 0,
    }
    place = {"x": 10, "y": 20, "width": 30, "height": 5, "rotation": 0}
    task["annotations"][0]["result"] = [
        {
            **base,
            "from_name": "field",
            "type": "rectanglelabels",
            "value": {**place, "rectanglelabels": ["ngo.value"]},
        },
        {**base, "from_name": "value", "type": "textarea", "value": {**place, "text": ["80,2 triệu USD"]}},
    ]
    import_labels(desk, saved(tmp_path, task))
    decision = desk.decisions[task["data"]["doc_id"], "ngo.value"]
    assert (decision.value.number, decision.value.currency) == ("80200000", "USD")
    # Page 2 lies on its head: the box comes back on the page as scanned.
    assert decision.box is not None
    assert (decision.box.x0, decision.box.y0, decision.box.x1, decision.box.y1) == pytest.approx(
        (0.6, 0.75, 0.9, 0.8)
    )


def test_items_of_pages_that_nobody_looked_at_stay(tmp_path: Path, desk: Desk, tasks: list[Task]) -> None:
    task = submitted(tasks[1])
    base = {"id": "new", "to_name": "image"}
    place = {"x": 10, "y": 20, "width": 30, "height": 5, "rotation": 0}
    task["annotations"][0]["result"] = [
        {**base, "from_name": "field", "value": {**place, "rectanglelabels": ["doc.recipients"]}},
        {**base, "from_name": "value", "value": {**place, "text": ["Bộ Ngoại giao"]}},
    ]
    import_labels(desk, saved(tmp_path, task))
    value = desk.decisions[task["data"]["doc_id"], "doc.recipients"].value
    assert value.items == ("Sở Ngoại vụ", "Lưu: VT", "Bộ Ngoại giao")


def test_the_later_word_stands_and_cancelled_ones_do_not_count(
    tmp_path: Path, desk: Desk, tasks: list[Task]
) -> None:
    early, late, cancelled = (
        submitted(tasks[0]),
        submitted(tasks[0], "minh@example.vn"),
        submitted(tasks[0], "x@example.vn"),
    )
    late["annotations"][0]["created_at"] = "2026-03-06T10:00:00Z"
    region(late, "inbound.delegations")["value"]["value"]["text"] = ["43 đoàn"]
    cancelled["annotations"][0] |= {"was_cancelled": True, "created_at": "2026-03-07T10:00:00Z"}
    import_labels(desk, saved(tmp_path, late, cancelled, early))
    decision = desk.decisions[tasks[0]["data"]["doc_id"], "inbound.delegations"]
    assert (decision.value.number, decision.who) == ("43", "minh@example.vn")
    assert all(entry.who != "x@example.vn" for entry in desk.trail.entries)


def test_what_cannot_be_taken_is_told_and_the_rest_is_taken(
    tmp_path: Path, desk: Desk, tasks: list[Task]
) -> None:
    task = submitted(tasks[0])
    region(task, "inbound.people")["value"]["value"]["text"] = ["nhiều"]
    strange = {"id": 9, "data": {"image": "x.jpg"}, "annotations": task["annotations"]}
    other = submitted(tasks[0])
    other["data"] = {**other["data"], "doc_id": "f" * 64}
    imported = import_labels(desk, saved(tmp_path, task, strange, other))
    assert imported.decisions > 3
    assert any("inbound.people cannot be “nhiều”" in told for told in imported.refused)
    assert any("task 9: it is not one of the tasks" in told for told in imported.refused)
    assert any("the dataset has no field" in told for told in imported.refused)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '[{"data": {}}]'])
def test_a_file_of_another_form_is_refused(tmp_path: Path, desk: Desk, content: str) -> None:
    (tmp_path / "a.json").write_text(content)
    with pytest.raises(UsageError):
        import_labels(desk, tmp_path / "a.json")


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_box_turned_upright_and_back_is_the_same(turn: int) -> None:
    edges = (0.1, 0.2, 0.4, 0.25)
    back = turned_back(Box(*upright(edges, turn)), turn)
    assert (back.x0, back.y0, back.x1, back.y1) == pytest.approx(edges)


def test_the_command_imports_and_the_trail_verifies(run: Path, tmp_path: Path, tasks: list[Task]) -> None:
    path = saved(tmp_path, submitted(tasks[0]))
    answer = CliRunner().invoke(app, ["review", "import", str(run), str(path), "--name", "Lan"])
    assert answer.exit_code == 0, answer.output
    assert "decisions written" in answer.output
    verified = CliRunner().invoke(app, ["review", "verify", str(run)])
    assert "The trail is whole" in verified.output
    assert "by 1 people" in verified.output


def test_a_page_without_its_scan_is_no_task(own_run: Path, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "scans")
    outcome = write_tasks(Source(own_run), tmp_path / "tasks", lambda _: None)
    assert len(outcome.left_out) == 2
    assert json.loads((tmp_path / "tasks" / "tasks.json").read_text()) == []
