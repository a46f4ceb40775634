"""What people decided outlives every later run: other reading, other rules, another profile and back."""

import csv
import shutil
from contextlib import closing
from importlib import resources
from pathlib import Path

import pytest

from pipeline.review.trail import Entry, Trail
from tests.faults.conftest import WELL, Machine, MakeMachine, machine

__all__ = ["machine"]

DECIDED = {
    "outbound.people": {"state": "reported", "number": "77", "unit": "lượt người"},
    "inbound.delegations": {"state": "none"},
    "doc.issued_on": {"state": "reported", "day": "2021-03-13"},
    "doc.number": {"state": "reported", "number": "77"},
    "doc.issuer": {"state": "unreadable"},
    "doc.recipients": {"state": "reported", "items": ["Sở Ngoại vụ", "=Lưu: VT"]},
}


def again(here: Machine, *more: object) -> dict[str, list[dict[str, str]]]:
    """Run over the scans once more; return the rows of each field."""
    done = here.run("--reader", "tesseract", *more)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[dict[str, str]]] = {}
    with (here.out / "dataset" / "fields.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["field"], []).append(row)
    return found


def assert_people_are_heard(rows: dict[str, list[dict[str, str]]]) -> None:
    people, inbound, day, number, issuer = (rows[name][0] for name in DECIDED if name != "doc.recipients")
    assert (people["state"], people["value_number"]) == ("reported", "77")
    assert (inbound["state"], inbound["value_number"]) == ("none", "0")
    assert (day["value_date"], number["value_number"], issuer["state"]) == ("2021-03-13", "77", "unreadable")
    items = rows["doc.recipients"]
    assert [(row["item"], row["value_text"].lstrip("'")) for row in items] == [
        ("0", "Sở Ngoại vụ"),
        ("1", "=Lưu: VT"),
    ]
    for row in (people, inbound, day, number, issuer, *items):
        assert (row["method"], row["reviewed_by"], row["needs_review"]) == ("review", "lan", "false")


@pytest.fixture
def reviewed(machine: MakeMachine) -> Machine:
    """A finished run of one document, four of whose fields a person decided; the machine reads them otherwise."""
    here = machine(1)
    rows = again(here)
    assert rows["doc.number"][0]["value_number"] == "1200"
    assert rows["doc.issuer"][0]["state"] == "reported"
    assert rows["outbound.people"][0]["state"] == "absent"
    trail = Trail(here.out)
    for field, new in DECIDED.items():
        trail.append(Entry("lan", rows[field][0]["doc_id"], field, "set", new=new), seen="")
    trail.close()
    return here


def test_people_outrank_the_machine_and_running_again_changes_nothing(reviewed: Machine) -> None:
    assert_people_are_heard(again(reviewed))
    tables = {path.name: path.read_bytes() for path in (reviewed.out / "dataset").iterdir()}
    again(reviewed)
    assert tables == {path.name: path.read_bytes() for path in (reviewed.out / "dataset").iterdir()}


def test_people_outrank_changed_rules(reviewed: Machine, tmp_path: Path) -> None:
    text = resources.files("pipeline.profiles").joinpath("doi_ngoai.yaml").read_text("utf-8")
    changed = tmp_path / "changed.yaml"
    changed.write_text(
        text.replace("    label_vi: Số lượt người đoàn ra", "    label_vi: Người ra nước ngoài"), "utf-8"
    )
    assert changed.read_text("utf-8") != text
    assert_people_are_heard(again(reviewed, "--profile", changed))


def test_people_are_heard_again_when_another_profile_gives_way_to_the_first(reviewed: Machine) -> None:
    other = again(reviewed, "--profile", "cai_cach_hanh_chinh")
    assert "outbound.people" not in other
    assert other["doc.issued_on"][0]["value_date"] == "2021-03-13", "a field that both profiles have"
    assert_people_are_heard(again(reviewed))


def test_people_outrank_another_reading_in_which_fields_stand_otherwise_or_not_at_all(
    reviewed: Machine,
) -> None:
    reviewed.tesseract(
        WELL.replace("Số: $height/BC", "Số: 9/BC").replace('"ỦY BAN NHÂN DÂN" "XÃ AN BÌNH"', "")
    )
    for lost in ("cache", "results"):
        shutil.rmtree(reviewed.out / lost)
    (reviewed.out / "ledger.sqlite").unlink()
    rows = again(reviewed)
    assert_people_are_heard(rows)
    with closing(Trail(reviewed.out)) as trail:
        for field in ("doc.number", "doc.issuer"):
            undo = Entry("lan", rows[field][0]["doc_id"], field, "undo")
            trail.append(undo, seen=trail.seen(*undo.key))
    machines = again(reviewed)
    (number,), (issuer,) = machines["doc.number"], machines["doc.issuer"]
    assert (number["value_number"], number["reviewed_by"]) == ("9", ""), (
        "without people's word the machine's stands"
    )
    assert (issuer["state"], issuer["reviewed_by"]) == ("absent", "")
