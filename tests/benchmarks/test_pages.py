"""The yardstick of pages calls right what is right, and wrong what is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.pages import cells, geometry, handwriting, lines, text, zones
from benchmarks.pages.count import Count
from benchmarks.pages.measure import SECONDS, measure
from benchmarks.pages.plain import PlainTesseract
from benchmarks.pages.tables import FIGURES, LOW_IS_GOOD, sheets, worst_sheets
from benchmarks.pages.truth import Place, PrintedCell, load
from benchmarks.pages.upright import upright
from pipeline.document import Box, Table, TableCell, Zone, union
from tests.benchmarks.pages_by_hand import document, printed_line, read_line

SAMPLES = Path(__file__).parents[2] / "samples"


class Plain(PlainTesseract):
    """Plain Tesseract that reads every page alike."""

    def __init__(self, answer: str) -> None:
        super().__init__(Path("nowhere"))
        self.answer = answer

    def text(self, path: Path, number: int) -> str:
        return self.answer


def shares(counts: Iterable[Count]) -> dict[str, tuple[float, float]]:
    totals: dict[str, tuple[float, float]] = {}
    for count in counts:
        part, whole = totals.get(count.figure, (0.0, 0.0))
        totals[count.figure] = (part + count.part, whole + count.whole)
    return totals


def test_errors_are_counted_beside_those_of_plain_tesseract() -> None:
    read = document([printed_line(0, "Tỉnh Kon Tum")], [read_line(0, "Tỉnh Kom Tum")])
    found = shares(text.characters(read, Plain("Tinh Kom Tun")))
    assert found[text.CHARACTERS] == (1, 12)
    assert found[text.PLAIN] == (3, 12)
    assert found[text.SHARE] == (1, 3)


def test_a_line_is_found_when_most_of_it_is_covered_and_read_when_its_letters_are_there() -> None:
    printed = [printed_line(row, "có năm đoàn ra nước ngoài") for row in range(4)]
    read = [
        read_line(0, "có năm đoàn ra nước ngoài"),
        read_line(1, "có năm _ _ _ _"),
        read_line(2, "xx yyy zzzz tt uuuu vvvvv"),
    ]
    found = shares(lines.lines(document(printed, read)))
    assert found[lines.FOUND] == (2, 4)
    assert found[lines.READ] == (1, 4)


def test_marks_and_case_do_not_make_a_line_unread() -> None:
    read = document([printed_line(0, "Số người bị bắt")], [read_line(0, "SỐ NGƯƠI BI BẤT")])
    assert shares(lines.lines(read))[lines.READ] == (1, 1)


def test_the_words_of_a_neighbouring_line_do_not_cover_a_lost_one() -> None:
    read = document(
        [printed_line(0, "một hai ba"), printed_line(1, "bốn năm sáu")], [read_line(1, "bốn năm sáu")]
    )
    assert shares(lines.lines(read))[lines.FOUND] == (1, 2)


def test_handwriting_and_page_numbers_are_no_lines_of_text() -> None:
    printed = [printed_line(0, "2", column=4), printed_line(1, "⟦12⟧"), printed_line(2, "một hai ba 2")]
    found = shares(lines.lines(document(printed, [read_line(2, "một hai ba 2")])))
    assert found[lines.FOUND] == (1, 1)
    assert found[lines.PAGE_NUMBERS] == (0, 1)


@pytest.mark.parametrize(("rotation", "turned"), [(90, 270), (180, 180), (270, 90)])
def test_a_page_is_upright_when_the_run_undoes_the_turn_in_which_it_lies(rotation: int, turned: int) -> None:
    read = document([printed_line(0, "một hai")], [], rotation=rotation)
    assert shares(geometry.geometry(read))[geometry.UPRIGHT] == (0, 1)
    page = replace(read.pages[1], rotation_deg=turned)
    assert shares(geometry.geometry(replace(read, pages={1: page})))[geometry.UPRIGHT] == (1, 1)


def test_skew_counts_within_a_tenth_of_a_degree_and_only_on_upright_pages() -> None:
    read = document([printed_line(0, "một hai")], [], skew=-0.5)
    found = {
        (skew, turn): shares(
            geometry.geometry(
                replace(read, pages={1: replace(read.pages[1], skew_deg=skew, rotation_deg=turn)})
            )
        ).get(geometry.STRAIGHT)
        for skew in (-0.42, 0.5)
        for turn in (0, 180)
    }
    assert found == {(-0.42, 0): (1, 1), (0.5, 0): (0, 1), (-0.42, 180): None, (0.5, 180): None}


def test_turning_back_lands_where_the_print_stood() -> None:
    stood = Box(0.1, 0.2, 0.3, 0.25)
    for rotation, lies in (
        (90, Box(1 - 0.25, 0.1, 1 - 0.2, 0.3)),
        (180, Box(0.7, 0.75, 0.9, 0.8)),
        (270, Box(0.2, 0.7, 0.25, 0.9)),
    ):
        back = upright(lies, rotation)
        assert (back.x0, back.y0, back.x1, back.y1) == pytest.approx((stood.x0, stood.y0, stood.x1, stood.y1))


def zone_document(zone_rows: list[int], kind: str = "type", **more: Any) -> Any:
    printed = [printed_line(0, "BÁO CÁO"), printed_line(1, "Công tác đối ngoại")]
    read = [read_line(0, "BÁO CÁO"), read_line(1, "Công tác đối ngoại")]
    lines_of_zone = tuple(read[row] for row in zone_rows)
    zone = Zone(kind, 1, union(line.box for line in lines_of_zone), lines_of_zone)  # type: ignore[arg-type]
    fields = {"doc.type": {"state": "reported", "value_text": "Báo cáo"}}
    fields |= {
        name: {"state": "absent"}
        for name in (
            "doc.number",
            "doc.issued_on",
            "doc.issuer",
            "doc.subject",
            "doc.signer_name",
            "doc.recipients",
        )
    }
    places = {"doc.type": (Place(0, 1, union(word.box for word in printed[0]), "BÁO CÁO"),)}
    return document(printed, read, zones=[zone], fields=fields, places=places, **more)


@pytest.mark.parametrize(
    ("rows", "kind", "share"),
    [
        ([0], "type", (1, 1)),
        ([1], "type", (0, 1)),  # in the wrong place
        ([0, 1], "type", (0, 1)),  # swallows the subject
        ([0], "issuer", (0, 0.5)),  # missed
    ],
)
def test_a_zone_is_right_when_it_holds_its_print_and_little_else(
    rows: list[int], kind: str, share: tuple[float, float]
) -> None:
    assert shares(zones.zones(zone_document(rows, kind)))[f"{zones.ZONES} F1 type"] == share


def test_a_zone_where_none_is_printed_counts_as_found() -> None:
    found = shares(zones.zones(zone_document([0], "issuer")))
    assert found[f"{zones.ZONES} F1 issuer"] == (0, 0.5)
    assert found[f"{zones.ZONES} F1 {zones.ALL}"] == (0, 1)


def row(state: str, **value: Any) -> dict[str, Any]:
    empty = {"value_text": None, "value_number": None, "value_date": None, "currency": None}
    return {**empty, "state": state, "item": 0, "confidence": 0.97, "needs_review": False, **value}


def test_a_letterhead_field_is_right_by_state_and_value() -> None:
    right = {"doc.type": [row("reported", value_text="Báo cáo")]}
    wrong = {
        "doc.type": [row("reported", value_text="Kế hoạch")],
        "doc.subject": [row("reported", value_text="X")],
    }
    assert shares(zones.zones(zone_document([0], rows=right)))[f"{zones.FIELDS} F1 {zones.ALL}"] == (1, 1)
    assert shares(zones.zones(zone_document([0], rows=wrong)))[f"{zones.FIELDS} F1 {zones.ALL}"] == (0, 1.5)


def number(rows: list[dict[str, Any]], handwritten: bool) -> dict[str, tuple[float, float]]:
    pen = frozenset({"doc.number"} if handwritten else ())
    fields = {"doc.number": {"state": "reported", "value_number": 23}}
    read = document([printed_line(0, "Số:")], [], fields=fields, handwritten=pen, rows={"doc.number": rows})
    return shares(handwriting.handwriting(read))


def test_a_handwritten_number_must_not_become_a_sure_value() -> None:
    found = number([row("reported", value_number=28.0)], handwritten=True)
    assert found == {handwriting.WRONG_AND_SURE: (1, 1), handwriting.UNREADABLE: (0, 1)}
    assert number([row("unreadable")], handwritten=True) == {
        handwriting.WRONG_AND_SURE: (0, 1),
        handwriting.UNREADABLE: (1, 1),
    }


def test_a_printed_number_must_not_be_refused() -> None:
    assert number([row("unreadable")], handwritten=False) == {handwriting.PRINT_REFUSED: (1, 1)}


def table(texts: list[list[str]], at_row: int = 0) -> Table:
    made = []
    for r, line in enumerate(texts):
        for c, content in enumerate(line):
            words = read_line(at_row + r, content, column=c).words
            made.append(TableCell(words, row=r, row_end=r + 1, column=c, column_end=c + 1))
    return Table(1, 1, tuple(made))


def printed_cells(texts: list[list[str]], ruled: bool = True) -> list[PrintedCell]:
    return [
        PrintedCell(ruled, r, c, printed_line(r, content, column=c)[0].box, content)
        for r, line in enumerate(texts)
        for c, content in enumerate(line)
    ]


def test_a_cell_is_right_in_place_and_text() -> None:
    printed = [printed_line(0, "Nước Đoàn"), printed_line(1, "Lào 12")]
    read = document(
        printed,
        [],
        cells=printed_cells([["Nước", "Đoàn"], ["Lào", "12"]]),
        tables=[table([["Nước", "đoàn."], ["Lào", "72"]])],
    )
    found = shares(cells.cells(read))
    assert found[f"{cells.PLACED} ruled"] == (4, 4)
    assert found[f"{cells.F1} ruled"] == (3, 4)
    bare = printed_cells([["Nước", "Đoàn"], ["Lào", "12"]], ruled=False)
    assert f"{cells.F1} unruled" in shares(cells.cells(document(printed, [], cells=bare)))


def test_a_table_on_a_page_without_one_is_false() -> None:
    read = document([printed_line(0, "một hai")], [], tables=[table([["một", "hai"]])])
    assert shares(cells.cells(read)) == {cells.FALSE: (1, 1)}


def test_everything_is_shown_by_preset_with_its_cost_and_its_worst_pages() -> None:
    read = document(
        [printed_line(0, "một hai ba")], [read_line(0, "mật")], fields=zone_document([0]).printed.fields
    )
    measured = measure([read], {}, Plain("một hai ba"), 1)
    assert measured.figures.figure("fax", f"{SECONDS}cleaning").value == pytest.approx(200)  # type: ignore[union-attr]
    shown = list(sheets(measured.figures))
    assert [title for title, _, _ in shown][-1] == "CPU milliseconds a page, by stage"
    worst = {title: rows for title, _, rows in worst_sheets(measured, 3)}
    assert worst[f"Worst pages: {lines.FOUND}"] == [["fax", "d p1", "1", "một hai ba"]]
    assert set(FIGURES) >= LOW_IS_GOOD


def test_the_truth_of_a_generated_folder_is_understood() -> None:
    documents = {document.preset: document for document in load(SAMPLES)}
    turned = documents["turned"]
    content = json.loads((SAMPLES / "truth" / "turned.json").read_text("utf-8"))
    assert [page.rotation for page in turned.pages] == [page["rotation"] for page in content["pages"]]
    words = [word for line in turned.pages[0].lines for word in line]
    assert [word.text for word in words] == [word[0] for word in content["words"]["1"]]
    assert any(word.pen for word in words)
    assert any(page.cells for page in turned.pages)
