from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from pipeline.dataset.writing import write_dataset
from pipeline.review.desk import Desk
from pipeline.review.trail import Trail
from tests.review.conftest import EVIL, FIELDS, report


def first(client: TestClient, **asked: str) -> dict[str, Any]:
    found = client.get("/api/queue", params={"field": "outbound.people", **asked}).json()["items"]
    assert found
    return dict(client.get(f"/api/item/{found[0]['doc_id']}/{found[0]['field']}").json())


def decision(item: dict[str, Any], **more: Any) -> dict[str, Any]:
    new = {"state": "reported", "number": "410", "unit": "lượt người"}
    known = {"doc_id": item["doc_id"], "field": item["field"], "seen": item["seen"]}
    return {**known, "action": "set", "new": new, "seconds": 3.5, **more}


def test_the_queue_keeps_a_documents_items_together_and_goes_on_from_any_of_them(client: TestClient) -> None:
    queue = client.get("/api/queue", params={"limit": 20}).json()
    likely = ["doc.subject", "outbound.people"]
    assert [item["field"] for item in queue["items"]] == [*likely * 2, *["trade.turnover"] * 2]
    assert len({item["doc_id"] for item in queue["items"][:2]}) == 1
    second = queue["items"][1]
    after = {"after_doc": second["doc_id"], "after_field": second["field"], "limit": 1}
    assert client.get("/api/queue", params=after).json()["items"] == queue["items"][2:3]
    assert client.get("/api/queue", params={**after, "back": True}).json()["items"] == queue["items"][:1]


def test_what_the_machine_is_sure_of_is_shown_only_when_asked_for(client: TestClient) -> None:
    assert client.get("/api/queue", params={"field": "report.year"}).json()["left"] == 0
    assert client.get("/api/queue", params={"field": "report.year", "sure": True}).json()["left"] == 2


def test_filters_narrow_the_queue(client: TestClient) -> None:
    for asked, count in [({"group": "economy"}, 2), ({"reason": "low_confidence"}, 2), ({"year": "2020"}, 6),
                         ({"year": "1999"}, 0), ({"field": "doc.subject"}, 2)]:  # fmt: skip
        assert client.get("/api/queue", params=asked).json()["left"] == count, asked


def test_an_item_offers_the_other_figures_as_choices_and_its_place(client: TestClient) -> None:
    item = first(client)
    assert "410 lượt người" in [other["shown"] for other in item["alternatives"]]
    assert item["places"] == [{"page": 1, "box": [0.1, 0.2, 0.3, 0.25]}]


def test_a_decision_is_on_the_disk_when_it_is_acknowledged_and_leaves_the_queue(
    client: TestClient, workspace: Path
) -> None:
    item = first(client)
    answer = client.post("/api/decide", json=decision(item))
    assert answer.status_code == 200
    (entry,) = Trail(workspace).entries
    assert (entry.who, entry.new["number"], entry.old["number"], entry.seconds) == ("lan", "410", "470", 3.5)
    assert client.get("/api/queue").json()["left"] == 5
    assert client.get("/api/progress").json()["settled"] == 1


def test_the_second_of_two_people_gets_a_conflict_with_the_others_word(client: TestClient) -> None:
    item = first(client)
    client.post("/api/decide", json=decision(item))
    second = client.post("/api/decide", json=decision(item, new={"state": "absent"}))
    assert second.status_code == 409
    assert second.json()["item"]["value"]["number"] == "410"
    again = decision(item, new={"state": "absent"}, seen=second.json()["item"]["seen"])
    assert client.post("/api/decide", json=again).status_code == 200


def test_undo_brings_the_item_back(client: TestClient) -> None:
    item = first(client)
    seen = client.post("/api/decide", json=decision(item)).json()["seen"]
    undo = {"doc_id": item["doc_id"], "field": item["field"], "seen": seen, "action": "undo"}
    assert client.post("/api/decide", json=undo).status_code == 200
    assert first(client)["value"]["number"] == "470"


def test_a_run_that_swaps_the_tables_is_followed(client: TestClient, workspace: Path) -> None:
    write_dataset([report(workspace.parent / "250.png", 250)], workspace, FIELDS)
    assert client.get("/api/queue").json()["left"] == 3


def test_text_of_a_scan_is_never_markup(client: TestClient) -> None:
    page = client.get("/")
    assert page.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    assert "unsafe" not in page.headers["content-security-policy"]
    assert " style=" not in page.text
    item = client.get("/api/queue", params={"field": "doc.subject"}).json()["items"][0]
    told = client.get(f"/api/item/{item['doc_id']}/doc.subject")
    assert told.headers["content-type"] == "application/json"
    assert told.json()["raw_text"] == EVIL
    static = Path(__file__).parents[2] / "pipeline" / "review" / "static"
    for module in static.glob("*.js"):
        assert not {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("} & set(
            module.read_text("utf-8").replace("=", " ").split()
        )


def test_pictures_show_the_scan_that_was_read_and_no_other(client: TestClient, workspace: Path) -> None:
    item = first(client)
    picture = client.get(f"/picture/{item['doc_id']}/1")
    assert picture.content.startswith(b"\xff\xd8\xff")
    assert client.get(f"/picture/{item['doc_id']}/2").status_code == 404
    other = next(i for i in client.get("/api/queue").json()["items"] if i["doc_id"] != item["doc_id"])
    for scan in workspace.parent.glob("2*.png"):
        scan.write_bytes(scan.read_bytes() + b"x")
    refused = client.get(f"/picture/{other['doc_id']}/1")
    assert refused.status_code == 409
    assert "changed" in refused.json()["detail"]


def test_a_withheld_document_is_nowhere(client: TestClient, desk: Desk) -> None:
    withheld = next(
        row["doc_id"] for row in desk.tables.documents.slice(0, 3) if row["status"] == "restricted"
    )
    for path in (f"/picture/{withheld}/1", f"/api/document/{withheld}", f"/api/item/{withheld}/doc.subject"):
        assert client.get(path).status_code == 404
    for asked in ({}, {"sure": True}, {"settled": True}):
        assert withheld not in client.get("/api/queue", params={"limit": 20, **asked}).text


@pytest.mark.parametrize(
    "wrong",
    [{"new": {"state": "sure"}}, {"new": {"state": "reported", "number": "1e5x"}}, {"action": "drop"}, {"doc_id": "x"},
     {"field": "no.such"}, {"evidence": {"page": 99, "x0": 0, "y0": 0, "x1": 1, "y1": 1}}, {"action": "undo"},
     {"seconds": -1}, {"more": 1}, {"comment": "x" * 2001}, {"evidence": {"page": 1}}],
)  # fmt: skip
def test_nonsense_is_refused_and_not_written(
    client: TestClient, workspace: Path, wrong: dict[str, Any]
) -> None:
    answer = client.post("/api/decide", json=decision(first(client), **wrong))
    assert answer.status_code in {404, 422}
    assert Trail(workspace).entries == []


def test_the_page_speaks_both_languages(client: TestClient) -> None:
    assert "Trang không ghi" in client.get("/").text
    assert "No source on the page" in client.get("/", params={"lang": "en"}).text
    assert client.get("/", params={"lang": "xx"}).status_code == 422


def test_what_is_typed_is_understood_before_it_is_kept(client: TestClient) -> None:
    typed = client.post("/api/typed", json={"field": "trade.turnover", "text": "80,2 triệu USD"}).json()
    assert (typed["value"]["number"], typed["shown"]) == ("80200000", "80.200.000 USD")
    refused = client.post("/api/typed", json={"field": "doc.issued_on", "text": "31/2/2020"})
    assert (refused.status_code, refused.json()["error"]) == (422, "no_such_day")
