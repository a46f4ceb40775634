from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image
from starlette.testclient import TestClient

from pipeline.dataset.writing import write_dataset
from pipeline.document import Box, Document, Evidence, Extraction, FieldValue, Page, Word
from pipeline.extraction.profile import load_profile
from pipeline.review.desk import Desk
from pipeline.review.pictures import Pictures
from pipeline.review.server import application
from pipeline.review.sessions import Sessions
from tests.review import postgres

FIELDS = load_profile("doi_ngoai").fields
HOST = "127.0.0.1:8765"
EVIL = "<script>alert(1)</script>"


def evidence(text: str) -> Evidence:
    return Evidence((Word(text, Box(0.1, 0.2, 0.3, 0.25), 0.9, 1),))


def report(path: Path, shade: int) -> Document:
    """Return a document of one page, whose picture is drawn at ``path``."""
    Image.new("L", (200, 280), shade).save(path)
    rows = (
        FieldValue("doc.subject", "reported", value_text=EVIL, evidence=evidence(EVIL), confidence=0.5),
        FieldValue("outbound.people", "reported", value_number=Decimal(470), unit="lượt người",
                   evidence=evidence("470/410 lượt"), confidence=0.4, reasons=("low_confidence",)),
        FieldValue("report.year", "reported", value_number=Decimal(2020), confidence=0.9, needs_review=False),
        FieldValue("trade.turnover", "reported", value_number=Decimal(5), currency="USD", confidence=0.7),
    )  # fmt: skip
    page = Page(1, 200, 280, 150, "scan")
    doc_id = sha256(path.read_bytes()).hexdigest()
    return Document(doc_id, str(path), (), 5, "ok", "", (page,), Extraction(rows), "doi_ngoai")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    documents = [report(tmp_path / f"{shade}.png", shade) for shade in (250, 240)]
    secret = replace(report(tmp_path / "secret.png", 200), status="restricted", extraction=None)
    write_dataset([*documents, secret], tmp_path / "out", FIELDS)
    return tmp_path / "out"


@pytest.fixture
def desk(workspace: Path) -> Desk:
    return Desk(workspace, "doi_ngoai", Pictures())


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    sessions = Sessions("lan", "right")
    app = application(desk, sessions, frozenset({HOST}))
    with TestClient(app, base_url=f"http://{HOST}") as client:
        client.get("/login", params={"token": "right"})
        (session,) = sessions._held.values()
        client.headers.update({"X-Sohoa-Csrf": session.csrf, "Content-Type": "application/json"})
        yield client


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    """The URL of an empty database of a PostgreSQL server of our own; skips where there is none."""
    with postgres.server() as url:
        yield url
