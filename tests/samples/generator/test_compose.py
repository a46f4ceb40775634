"""Composed documents: what is printed under a mark is what the truth says, for every kind of value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache

import numpy as np
import pytest

from pipeline.evaluation.truth import Truth, load_truths
from pipeline.text import comparable, fold
from samples.generator.compose import compose
from samples.generator.compose.dump import dump
from samples.generator.compose.numbering import STYLES, Numbering
from samples.generator.compose.offices import named
from samples.generator.compose.profile import fields
from samples.generator.facts import draw
from samples.generator.nouns import Composed, Grid, Inline
from samples.generator.wording.pools import load

from .amounts import DIGITS, SCALES, amounts

COUNT = 200
SPLIT = "train"
CLOSING = " .,;:/"


@cache
def document(index: int) -> Composed:
    return compose(draw(SPLIT, 11, index), load(SPLIT), np.random.default_rng([11, index]))


def documents() -> Iterator[Composed]:
    return map(document, range(COUNT))


def lines(composed: Composed) -> Iterator[Inline]:
    text = composed.text
    head, end = text.letterhead, text.ending
    yield from (*head.parent, *head.issuer, head.number, *head.right, head.place_date)
    yield from (head.secrecy, head.urgency, *head.subject)
    for block in (*text.blocks, *(block for annex in text.annexes for block in annex.blocks)):
        if isinstance(block, Grid):
            yield from (cell for row in block.rows for cell in row)
        else:
            yield block.runs
    yield from (*end.recipients, *end.authority, *end.position, end.name)


def printed(composed: Composed) -> dict[int, str]:
    """The words under each mark, lines joined by a space."""
    found: dict[int, str] = {}
    for line in lines(composed):
        here: dict[int, str] = {}
        for run in line:
            for mark in run.marks:
                here[mark] = here.get(mark, "") + run.text
        for mark, text in here.items():
            found[mark] = f"{found[mark]} {text}" if mark in found else text
    return found


def test_every_document_has_all_fields_in_order() -> None:
    for composed in documents():
        assert list(composed.truth["fields"]) == list(fields())
        assert len(fields()) == 72


def test_marks_are_numbered_and_printed() -> None:
    for composed in documents():
        assert [mark.id for mark in composed.text.marks] == list(range(len(composed.text.marks)))
        assert set(printed(composed)) == {mark.id for mark in composed.text.marks}


def test_what_is_printed_is_what_the_truth_says() -> None:
    checked = 0
    for composed in documents():
        words = printed(composed)
        for mark in composed.text.marks:
            if mark.kind != "field":
                continue
            row, text = composed.truth["fields"][mark.name], words[mark.id]
            where = f"{composed.facts.name}: {mark.name}: {text!r} against {row}"
            checked += 1
            if mark.name == "doc.issued_on":
                day = date.fromisoformat(row["value_date"])
                assert [int(n) for n in DIGITS.findall(text)] == [day.day, day.month, day.year], where
            elif mark.name in {"doc.issuer", "doc.issuer_parent"}:
                given = [row["value_text"], *row.get("acceptable", [])]
                assert any(bare(text) == bare(one) for one in given), where
            elif mark.name == "doc.subject":
                assert comparable(row["value_text"]) in comparable(text), where
            elif row["state"] == "reported" and "items" in row:
                assert row["items"][mark.item] == text.strip(CLOSING), where
            elif row["state"] == "reported" and fields()[mark.name].type in {"text"}:
                assert comparable(row["value_text"]) == comparable(text.strip(CLOSING)), where
            elif row["state"] == "reported" and mark.name == "trade.vs_last_year":
                value = Decimal(str(row["value_number"]))
                change = {"tăng": value - 100, "giảm": 100 - value}.get(text.split()[0], value)
                assert change in amounts(text), where
            elif row["state"] == "reported" and mark.name == "trade.vs_plan":
                value = Decimal(str(row["value_number"]))
                assert (value - 100 if text.startswith("vượt") else value) in amounts(text), where
            elif row["state"] == "reported" and "value_number" in row:
                below = Decimal(str(row["value_number"]))
                meant = amounts(text)
                scale = _unit_scale(composed, mark.id)
                assert below in meant or below in {value * scale for value in meant}, where
            elif row["state"] == "none":
                assert not DIGITS.search(text) or fields()[mark.name].type == "text" or "năm" in text, where
    assert checked > 40 * COUNT


def bare(text: str) -> str:
    """Letters alone, without marks; bodies written out."""
    return " ".join(re.findall(r"\w+", fold(text))).replace("ubnd", "uy ban nhan dan")


def _unit_scale(composed: Composed, mark: int) -> int:
    """The scale that stands in the unit's cell of a table row ("triệu USD")."""
    for block in (*composed.text.blocks, *(b for annex in composed.text.annexes for b in annex.blocks)):
        if isinstance(block, Grid):
            for row in block.rows:
                cells = [cell for cell in row if any(mark in run.marks for run in cell)]
                for word in " ".join(run.text for cell in cells for run in cell).split():
                    if word in SCALES:
                        return SCALES[word]
    return 1


def test_stated_fields_are_printed_with_their_state() -> None:
    stated = lost = 0
    for composed in documents():
        for name, fact in composed.facts.fields.items():
            if name.startswith(("doc.", "report.")) or fact.state == "absent":
                continue
            stated += 1
            row = composed.truth["fields"][name]
            lost += row["state"] == "absent"
            assert row["state"] in {fact.state, "absent"}
            if fact.number is not None and row["state"] == "reported" and "items" not in row:
                assert row["value_number"] == fact.number
    assert lost < 0.01 * stated


def test_the_truth_is_a_truth_file(tmp_path) -> None:  # type: ignore[no-untyped-def]
    for composed in documents():
        content = {"id": composed.facts.name, **composed.truth}
        text = json.dumps(content, ensure_ascii=False)
        (tmp_path / f"{composed.facts.name}.json").write_text(text, "utf-8")
    truths = load_truths(tmp_path)
    assert len(truths) == COUNT
    assert all(isinstance(one, Truth) for one in truths)


def test_entities_references_delegations_and_sections_stand_in_the_text() -> None:
    tables = {
        "entity": "entities",
        "reference": "references",
        "delegation": "delegations",
        "section": "sections",
    }
    for composed in documents():
        words = printed(composed)
        for kind, table in tables.items():
            marks = [mark for mark in composed.text.marks if mark.kind == kind]
            assert {mark.item for mark in marks} == set(range(len(composed.truth[table])))
            for mark in marks:
                row = composed.truth[table][mark.item]
                if kind == "entity":
                    assert set(bare(row["text"]).split()) <= set(bare(words[mark.id]).split()), row
                if kind == "section":
                    assert row[1] in words[mark.id]
                    assert row[0] in words[mark.id]
                if kind == "reference":
                    assert str(row["number"]) in words[mark.id]


def test_a_denied_main_field_lets_its_companions_be_denied() -> None:
    for composed in documents():
        rows = composed.truth["fields"]
        if rows["outbound.delegations"]["state"] == "none" and rows["outbound.people"]["state"] == "absent":
            assert rows["outbound.people"]["acceptable_states"] == ["none"]
            return
    pytest.fail("no report denies its delegations")


def test_planted_contradictions_are_printed_and_recorded() -> None:
    planted = recorded = 0
    for composed in documents():
        planted += len(composed.facts.contradictions)
        recorded += len(composed.truth["contradictions"])
        fields_planted = {one.field for one in composed.facts.contradictions}
        assert all(set(row["fields"]) <= fields_planted for row in composed.truth["contradictions"])
    assert recorded > 0.7 * planted > 0


def test_other_documents_have_their_letterhead_only() -> None:
    others = [composed for composed in documents() if composed.facts.kind == "negative"]
    assert others
    for composed in others:
        rows = composed.truth["fields"]
        assert all(row["state"] == "absent" for name, row in rows.items() if not name.startswith("doc."))
        if composed.facts.doc_type == "Công văn":
            assert rows["doc.type"]["state"] == "absent"
            assert composed.text.letterhead.subject


def test_handwriting_is_printed_by_pen_alone() -> None:
    for composed in documents():
        pens = {
            composed.text.marks[m].name
            for line in lines(composed)
            for run in line
            if run.pen
            for m in run.marks
        }
        assert {name for name in pens if name.startswith("doc.")} == set(composed.truth["handwritten"])


def test_the_same_seed_gives_the_same_document() -> None:
    again = compose(draw(SPLIT, 11, 3), load(SPLIT), np.random.default_rng([11, 3]))
    assert again == document(3)
    assert dump(again) == dump(document(3))


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("roman-arabic-alpha", ["I.", "1.", "2.", "II.", "1.", "a)"]),
        ("roman-decimal", ["I.", "I.1.", "I.2.", "II.", "II.1.", "II.1.1."]),
        ("arabic-decimal", ["1.", "1.1.", "1.2.", "2.", "2.1.", "2.1.1."]),
        ("part-roman-arabic", ["Phần thứ nhất", "I.", "II.", "Phần thứ hai", "I.", "1."]),
        ("none", ["", "", "", "", "", ""]),
    ],
)
def test_headings_are_numbered(style: str, expected: list[str]) -> None:
    numbering = Numbering(STYLES[style])
    assert [numbering.next(level)[1] for level in (1, 2, 2, 1, 2, 3)] == expected


def test_a_skipped_number_is_an_anomaly() -> None:
    numbering = Numbering(STYLES["roman-arabic-alpha"], slip_at=(1, 3), slip_by=1)
    assert [numbering.next(1)[0] for _ in range(4)] == ["I", "II", "IV", "V"]
    assert numbering.anomalies == ["numbering of level 1 skips a number: I, II, IV"]


def test_a_paragraph_begins_with_a_capital_letter_whatever_value_comes_first() -> None:
    for composed in documents():
        for block in composed.text.blocks:
            if not isinstance(block, Grid) and block.role == "body" and not block.level:
                text = "".join(run.text for run in block.runs)
                assert not text[:1].islower(), text


def test_parts_in_a_table_sum_to_their_count() -> None:
    tables = 0
    for composed in documents():
        words = printed(composed)
        blocks = [*composed.text.blocks, *(b for annex in composed.text.annexes for b in annex.blocks)]
        for grid in (block for block in blocks if isinstance(block, Grid)):
            parts: dict[str, Decimal] = {}
            for row in grid.rows:
                for mark in {m for cell in row for run in cell for m in run.marks}:
                    kind, _, name = composed.text.marks[mark].name.partition(" ")
                    if kind.startswith("part"):
                        parts[name] = parts.get(name, Decimal(0)) + max(amounts(words[mark]))
            for name, total in parts.items():
                tables += 1
                assert total == composed.truth["fields"][name]["value_number"]
    assert tables


def test_echoes_stand_among_no_items_of_lists() -> None:
    for composed in documents():
        listed = [
            any(
                composed.text.marks[m].name in {"issues.difficulties", "plan.items"}
                for run in getattr(block, "runs", ())
                for m in run.marks
            )
            for block in composed.text.blocks
        ]
        for at, block in enumerate(composed.text.blocks):
            names = {composed.text.marks[m].name for run in getattr(block, "runs", ()) for m in run.marks}
            if any(name.startswith("echo ") for name in names):
                assert not (at and listed[at - 1]), composed.facts.name


def test_no_sentence_names_a_country_twice() -> None:
    for composed in documents():
        words = printed(composed)
        for block in composed.text.blocks:
            if isinstance(block, Grid) or block.role != "bullet":
                continue
            marks = dict.fromkeys(m for run in block.runs for m in run.marks)
            named = [words[m] for m in marks if composed.text.marks[m].name == "COUNTRY"]
            named = [name for name in named if name != "Việt Nam"]
            assert len(named) == len(set(named)), words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Giám đốc Sở Ngoại vụ", [("Giám đốc Sở Ngoại vụ", "POST")]),
        ("với Công an tỉnh và", [("với ", ""), ("Công an tỉnh", "ORG"), (" và", "")]),
        ("Ban Thường vụ Tỉnh ủy quản lý", [("Ban Thường vụ Tỉnh ủy", "ORG"), (" quản lý", "")]),
        ("các sở, ngành", [("các sở, ngành", "")]),
    ],
)
def test_offices_and_posts_are_found_by_their_longest_match(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert list(named(text)) == expected
