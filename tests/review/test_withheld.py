"""What is not to be seen: documents withheld after somebody worked on them, and files that are not the scans."""

from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipeline.dataset.writing import write_dataset
from pipeline.errors import InputError
from pipeline.review.scans import Scans
from tests.review.conftest import FIELDS, report


def test_a_document_withheld_after_it_was_decided_on_is_nowhere_any_more(
    client: TestClient, workspace: Path
) -> None:
    first = client.get("/api/queue").json()["items"][0]
    withheld = first["doc_id"]
    assert (
        client.post("/api/decide", json={**first, "action": "set", "new": {"state": "absent"}}).status_code
        == 200
    )
    assert client.get(f"/picture/{withheld}/1").status_code == 200  # the server holds the picture now
    documents = [report(workspace.parent / f"{shade}.png", shade) for shade in (250, 240)]
    kept = [one if one.doc_id != withheld else replace(one, status="restricted") for one in documents]
    write_dataset(kept, workspace, FIELDS)

    for asked in (
        {},
        {"settled": "true"},
        {"sure": "true"},
        {"doc_id": withheld},
        {"after_doc": withheld, "after_field": "x"},
    ):
        assert withheld not in client.get("/api/queue", params={"limit": "20", **asked}).text, asked
    assert client.get("/api/queue", params={"settled": "true"}).json()["left"] == 0
    for path in (
        f"/picture/{withheld}/1",
        f"/api/document/{withheld}",
        f"/api/item/{withheld}/{first['field']}",
        f"/read/{withheld}",
    ):
        assert client.get(path).status_code == 404, path
    assert client.post("/api/decide", json={**first, "action": "undo"}).status_code == 404
    assert dict(client.get("/api/facets").json()["field"]) == {
        "doc.subject": 1,
        "outbound.people": 1,
        "trade.turnover": 1,
    }
    progress = client.get("/api/progress")
    assert withheld not in progress.text
    assert (progress.json()["flagged"], progress.json()["settled"]) == (3, 0)
    assert withheld not in client.get("/browse").text + client.get("/search?q=alert").text


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "/etc", "/dev/zero", "/proc/self/environ", "../../etc/passwd", "s3://a/b", "a\0b", ""],
)
def test_a_path_in_the_tables_opens_no_file_but_the_scan_itself(path: str) -> None:
    with pytest.raises(InputError):
        Scans().find("a" * 64, [path])


def test_a_link_put_in_a_scans_place_is_not_followed_to_another_file(
    client: TestClient, workspace: Path
) -> None:
    for scan in workspace.parent.glob("2*.png"):
        scan.unlink()
        scan.symlink_to("/etc/passwd")
    doc_id = client.get("/api/queue").json()["items"][0]["doc_id"]
    refused = client.get(f"/picture/{doc_id}/1")
    assert (refused.status_code, refused.json()["error"]) == (409, "no_picture")
