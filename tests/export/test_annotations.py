import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.export.annotations import collection
from pipeline.export.formats import export
from pipeline.export.source import Source

from .runs import page


@pytest.fixture
def held(source: Source) -> dict[str, Any]:
    return collection(source, next(d for d in source.documents if d.source.endswith("1.pdf")))


def annotation(held: dict[str, Any], tag: str) -> dict[str, Any]:
    return next(item for item in held["first"]["items"] if item["body"][0]["value"] == tag)


def test_every_row_with_a_place_is_an_annotation(source: Source, held: dict[str, Any]) -> None:
    document = next(d for d in source.documents if d.source.endswith("1.pdf"))
    rows = [
        row
        for table in ("fields", "delegations", "references", "entities")
        for row in source.rows_of(table, document)
        if row["x0"] is not None
    ]
    assert held["total"] == len(held["first"]["items"]) == len(rows) > 0
    ids = [item["id"] for item in held["first"]["items"]]
    assert len(set(ids)) == len(ids)


def test_the_model_of_w3c_is_kept(held: dict[str, Any]) -> None:
    assert held["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (held["type"], held["first"]["type"]) == ("AnnotationCollection", "AnnotationPage")
    for item in held["first"]["items"]:
        assert item["type"] == "Annotation"
        assert item["motivation"] in {"describing", "identifying"}
        assert all(body["type"] == "TextualBody" for body in item["body"])
        assert item["target"]["type"] == "SpecificResource"
        assert item["target"]["source"]["id"].startswith("urn:sha256:")
        place = item["target"]["selector"][0]
        assert place["conformsTo"].endswith("rfc3778")
        assert place["refinedBy"]["conformsTo"] == "http://www.w3.org/TR/media-frags/"


def test_the_place_is_that_of_the_words(held: dict[str, Any]) -> None:
    found = annotation(held, "inbound.delegations")
    page_selector, quote = found["target"]["selector"]
    assert page_selector["value"] == "page=1"
    words = page().lines[1].words[4:6]
    x, y, width, height = (
        float(n) for n in page_selector["refinedBy"]["value"].removeprefix("xywh=percent:").split(",")
    )
    assert x == pytest.approx(100 * words[0].box.x0, abs=0.01)
    assert x + width == pytest.approx(100 * words[1].box.x1, abs=0.01)
    assert y == pytest.approx(100 * words[0].box.y0, abs=0.01)
    assert height > 0
    assert quote == {"type": "TextQuoteSelector", "exact": " ".join(word.text for word in words)}


def test_a_value_is_said_and_its_state_told(held: dict[str, Any]) -> None:
    assert annotation(held, "inbound.delegations")["body"][1]["value"] == "42 đoàn"
    hand = annotation(held, "doc.number")
    assert len(hand["body"]) == 1
    assert (hand["sohoa:state"], hand["sohoa:needs_review"]) == ("unreadable", True)


def test_a_persons_word_is_theirs(held: dict[str, Any]) -> None:
    decided = annotation(held, "inbound.people")
    assert decided["creator"] == {"type": "Person", "name": "Lan"}
    assert decided["created"] == "2026-03-02T09:30:00Z"
    assert "creator" not in annotation(held, "inbound.delegations")


def test_a_file_a_document_is_written(source: Source, tmp_path: Path) -> None:
    outcome = export(source, "annotations", tmp_path / "a", lambda _: None)
    assert [path.suffix for path in outcome.files] == [".jsonld"] * 2
    for path in outcome.files:
        assert json.loads(path.read_text("utf-8"))["total"] > 0
