from __future__ import annotations

import io
import re
import subprocess
import unicodedata
from dataclasses import replace
from html import unescape
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from fontTools.ttLib import TTFont

from samples.generator.nouns import (
    Annex,
    Ending,
    Grid,
    Inline,
    Letterhead,
    Mark,
    Paragraph,
    PrintedWord,
    Run,
    Text,
    Typeset,
)
from samples.generator.typeset import FACES, draw_look, missing_fonts, typeset
from samples.generator.typeset.faces import installed
from samples.generator.typeset.markup import shares

pytestmark = pytest.mark.skipif(bool(missing_fonts()), reason=f"fonts missing: {missing_fonts()}")

LETTERS = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
VIETNAMESE = {unicodedata.normalize("NFC", letter + tone) for letter in LETTERS for tone in TONES} | {"đ"}
VIETNAMESE = {letter for letter in VIETNAMESE if not letter.isascii()}
VIETNAMESE |= {letter.upper() for letter in VIETNAMESE}

NUMBER, DATE, HEADING, DELEGATIONS, PEOPLE, ITEM, LONG = range(7)
MARKS = (
    Mark(0, "field", "doc.number"),
    Mark(1, "field", "doc.issued_on"),
    Mark(2, "section", "", 0),
    Mark(3, "field", "outbound.delegations"),
    Mark(4, "field", "outbound.people"),
    Mark(5, "field", "plan.items", 1),
    Mark(6, "field", "context.difficulties"),
)
LONG_TEXT = (
    "công tác phối hợp giữa các phòng, ban, ngành và Ủy ban nhân dân các xã, thị trấn trong việc quản lý người nước "
    "ngoài đến làm việc, học tập và lao động trên địa bàn có lúc chưa kịp thời, chưa thường xuyên"
)


def line(text: str, *marks: int, **style: bool) -> Inline:
    return (Run(text, marks, **style),)


def letterhead() -> Letterhead:
    return Letterhead(
        "state",
        (),
        (line("ỦY BAN NHÂN DÂN"), line("HUYỆN MÙ CANG CHẢI")),
        (*line("Số: "), Run("217", (NUMBER,), pen=True), *line("/BC-UBND")),
        (line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), line("Độc lập - Tự do - Hạnh phúc")),
        (
            *line("Mù Cang Chải, ngày "),
            Run("05", (DATE,), pen=True),
            *line(" tháng 11 năm 2019", DATE),
        ),
    )


def ending() -> Ending:
    return Ending(
        line("Nơi nhận:"),
        (line("- Sở Ngoại vụ tỉnh (b/c);"), line("- Chủ tịch, các PCT UBND huyện;"), line("- Lưu: VT, NgV.")),
        (line("TM. ỦY BAN NHÂN DÂN"), line("KT. CHỦ TỊCH")),
        (line("PHÓ CHỦ TỊCH"),),
        line("Giàng A Páo"),
    )


def table(rows: int = 3, ruled: bool = True) -> Grid:
    head = (
        (line("TT"), line("Chỉ tiêu"), line("Kết quả"), line("")),
        (line(""), line(""), line("Năm 2018"), line("Năm 2019")),
    )
    body = tuple(
        (
            line(str(n)),
            line(f"Số đoàn <b>&amp; lượt người nước ngoài đến thăm, làm việc ({n})"),
            line(f"{n * 3}"),
            line(f"{n * 4}", PEOPLE if n == 2 else DELEGATIONS),
        )
        for n in range(1, rows + 1)
    )
    spans = ((1, 1, 2, 0), *((1, 1, 1, 1),) * (rows + 1))
    return Grid((*head, *body), 2, ruled, (1, 6, 2, 2), ("centre", "left", "right", "right"), spans)


def sample(annexes: bool = True) -> Text:
    blocks = [
        Paragraph("title", line("BÁO CÁO")),
        Paragraph("subject", line("Kết quả công tác đối ngoại năm 2019")),
        Paragraph("subject", line("và phương hướng, nhiệm vụ năm 2020")),
        Paragraph("addressee", line("Kính gửi: Sở Ngoại vụ tỉnh Yên Bái")),
        Paragraph("body", line("Thực hiện Công văn số 412/SNgV-LS ngày 21/10/2019 của Sở Ngoại vụ, " * 3)),
        Paragraph("heading", (*line("I. "), *line("CÔNG TÁC QUẢN LÝ ĐOÀN RA", HEADING)), 1),
        Paragraph(
            "heading", (*line("1. "), *line("Đoàn ra:", HEADING), *line(" trong năm không phát sinh.")), 2
        ),
        Paragraph(
            "body",
            (
                *line("Trong năm 2019, huyện đã cử "),
                *line("05 (năm) đoàn", DELEGATIONS),
                *line(" với "),
                *line("1.221 lượt người", PEOPLE, bold=True),
                *line(", đạt 98,5% kế hoạch; "),
                *line(LONG_TEXT, LONG),
                *line("./."),
            ),
        ),
        Paragraph(
            "bullet", line("- Cán bộ làm công tác đối ngoại còn kiêm nhiệm, trình độ ngoại ngữ hạn chế;" * 2)
        ),
        Paragraph(
            "bullet",
            (*line("- "), *line("Tổ chức tập huấn nghiệp vụ lễ tân, biên phiên dịch", ITEM), *line(";")),
        ),
        table(),
        table(2, ruled=False),
        Paragraph("note", line("(Kèm theo danh sách đoàn ra, đoàn vào năm 2019)")),
        *(
            Paragraph("body", line(f"{n}. Đẩy mạnh tuyên truyền đường lối đối ngoại của Đảng. " * 6))
            for n in range(9)
        ),
    ]
    annex = Annex(True, (Paragraph("centre", line("DANH SÁCH ĐOÀN RA", bold=True)), table(45)))
    return Text(letterhead(), tuple(blocks), ending(), (annex,) if annexes else (), MARKS)


def look_of(face: str = "Tinos", **changes: object):
    look = draw_look(np.random.default_rng(4), 2019)
    return replace(look, face=face, size=13.0, page_number="top_centre", **changes)


def words_of_pdf(pdf: bytes, folder: Path) -> list[list[tuple[str, float, float, float, float]]]:
    (folder / "a.pdf").write_bytes(pdf)
    command = ["pdftotext", "-raw", "-bbox", str(folder / "a.pdf"), "-"]
    html = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    pattern = r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>'
    return [
        [(unescape(text), *map(float, edges)) for *edges, text in re.findall(pattern, page)]
        for page in html.split("<page ")[1:]
    ]


def words_with(laid: Typeset, mark: int) -> list[PrintedWord]:
    return [word for page in laid.pages for word in page.words if mark in word.marks]


@pytest.mark.parametrize("face", [face.name for face in FACES])
def test_print_equals_words(face: str, tmp_path: Path):
    laid = typeset(sample(), np.random.default_rng(1), look_of(face))
    printed = words_of_pdf(laid.pdf, tmp_path)
    assert len(printed) == len(laid.pages) >= 4
    for page, found in zip(laid.pages, printed, strict=True):
        own = [word for word in page.words if not word.pen]
        left = list(found)
        for word in own:
            box = word.box
            x0, x1 = box.x0 * page.width, box.x1 * page.width
            y0, y1 = box.y0 * page.height, box.y1 * page.height
            near = [
                other
                for other in left
                if other[0] == word.text
                and max(abs(other[1] - x0), abs(other[3] - x1)) < 1.5
                and max(abs(other[2] - y0), abs(other[4] - y1)) < (1.5 if face == "Tinos" else 3)
                and abs(other[2] + other[4] - y0 - y1) / 2
                < 1.5  # pdftotext goes by the depth a face declares
            ]
            assert near, (word, [other for other in found if other[0] == word.text])
            left.remove(near[0])
        assert not left


def test_words_follow_in_the_order_of_the_page(tmp_path: Path):
    laid = typeset(sample(), np.random.default_rng(1), look_of())
    printed = [[word[0] for word in page] for page in words_of_pdf(laid.pdf, tmp_path)]
    for number, (page, found) in enumerate(zip(laid.pages[1:], printed[1:], strict=True), start=2):
        # The page number on top is read first, and drawn last.
        assert [word.text for word in page.words] == [str(number), *found[:-1]]
    text = " ".join(word.text for word in laid.pages[0].words)
    places = [
        text.index(part) for part in ("DÂN", "217", "CỘNG HÒA", "Mù Cang", "05 tháng", "BÁO CÁO", "I. CÔNG")
    ]
    assert places == sorted(places)
    assert [word.line for word in laid.pages[0].words] == sorted(word.line for word in laid.pages[0].words)


def test_marks_lie_on_their_words_and_survive_line_breaks():
    laid = typeset(sample(), np.random.default_rng(1), look_of())
    assert " ".join(word.text for word in words_with(laid, LONG)) == f"{LONG_TEXT}./."
    assert len({word.line for word in words_with(laid, LONG)}) > 2
    assert [word.text for word in words_with(laid, PEOPLE)][:3] == ["1.221", "lượt", "người,"]
    assert [word.text for word in words_with(laid, DATE)] == ["05", "tháng", "11", "năm", "2019"]


def test_handwriting_leaves_room_and_no_print(tmp_path: Path):
    look = look_of(pen_room=(14.0, 9.0))
    laid = typeset(sample(), np.random.default_rng(1), look)
    page = laid.pages[0]
    pens = [spot for spot in page.spots if spot.kind == "pen"]
    assert [spot.text for spot in pens] == ["217", "05"]
    widths = [(spot.box.x1 - spot.box.x0) * page.width / 72 * 25.4 for spot in pens]
    assert widths == pytest.approx([14, 9], abs=0.05)
    assert [word.text for word in page.words if word.pen] == ["217", "05"]
    assert "217" not in [word[0] for word in words_of_pdf(laid.pdf, tmp_path)[0]]


def test_room_for_the_signature_lies_between_post_and_name():
    laid = typeset(sample(annexes=False), np.random.default_rng(1), look_of())
    page = laid.pages[-1]
    (sign,) = [spot.box for spot in page.spots if spot.kind == "sign"]
    post = next(word.box for word in page.words if word.text == "PHÓ")
    name = next(word.box for word in page.words if word.text == "Giàng")
    assert post.y1 <= sign.y0 + 0.004 < sign.y1 <= name.y0 + 0.004
    assert (sign.y1 - sign.y0) * page.height / 72 * 25.4 > 20


def test_a_long_table_repeats_its_head_on_a_landscape_page():
    laid = typeset(sample(), np.random.default_rng(1), look_of())
    wide = [page for page in laid.pages if page.width > page.height]
    assert len(wide) >= 2
    for page in wide:
        assert [(cell[1], cell[2], cell[4]) for cell in page.cells[:3]] == [
            (0, 0, "TT"),
            (0, 1, "Chỉ tiêu"),
            (0, 2, "Kết quả"),
        ]
    rows = {cell[1] for page in wide for cell in page.cells}
    assert rows == set(range(47))
    upright = next(page for page in laid.pages if len({cell[0] for cell in page.cells}) == 2)
    merged = next(cell[3] for cell in upright.cells if cell[4] == "Kết quả")
    below = [cell[3] for cell in upright.cells if cell[4].startswith("Năm")]
    assert merged.x0 == pytest.approx(below[0].x0, abs=0.002)
    assert merged.x1 == pytest.approx(below[1].x1, abs=0.002)


@pytest.mark.parametrize("face", ["Tinos", "Cousine"])
@pytest.mark.parametrize("landscape", [False, True])
def test_a_wide_figure_stays_in_its_cell(face: str, landscape: bool):
    figures = ("1.234.567.890.123", "9.876.543.210.987", "+12.345.678.901", "đoàn/lượt người/quốc tịch")
    head = tuple(map(line, ("TT", "Chỉ tiêu", "Năm 2018", "Năm 2019", "Tăng", "Đơn vị")))
    row = (line("1"), line("Kim ngạch xuất khẩu hàng hóa"), *map(line, figures))
    grid = Grid(
        (head, row), 1, True, (1, 12, 2, 2, 2, 2), ("centre", "left", "right", "left", "centre", "left")
    )
    text = replace(sample(annexes=False), annexes=(Annex(landscape, (grid,)),))
    page = typeset(text, np.random.default_rng(1), look_of(face, table_size=11.0)).pages[-1]
    cells = [cell[3] for cell in page.cells]
    assert len(cells) == 12
    for word in page.words:
        x, y = word.box.x0, (word.box.y0 + word.box.y1) / 2
        own = [cell for cell in cells if cell.x0 < x < cell.x1 and cell.y0 < y < cell.y1]
        if own:  # the page number lies in none
            assert word.box.x1 <= own[0].x1, word.text
    assert {"9.876.543.210.987", "+12.345.678.901"} <= {word.text for word in page.words}


def test_columns_are_as_wide_as_wanted_where_none_lacks_room():
    assert shares((1, 6, 2, 1), (0.1, 0.2, 0.2, 0.1)) == pytest.approx([0.1, 0.6, 0.2, 0.1])


def test_what_a_narrow_column_lacks_is_taken_from_the_others_in_proportion():
    assert shares((1, 4, 4, 1), (0.1, 0.1, 0.1, 0.2)) == pytest.approx([0.1, 0.35, 0.35, 0.2])
    assert shares((4, 4, 1), (0.1, 0.39, 0.4)) == pytest.approx([0.21, 0.39, 0.4])
    assert shares((1, 1), (1.0, 3.0)) == pytest.approx([0.25, 0.75])


def test_text_never_becomes_markup():
    hostile = "<script>alert(1)</script> &lt; ]]> \" ' <img src=file:///etc/passwd>"
    text = sample(annexes=False)
    laid = typeset(
        replace(text, blocks=(Paragraph("body", line(hostile)),)), np.random.default_rng(1), look_of()
    )
    assert hostile in " ".join(word.text for word in laid.pages[0].words)


def test_a_letter_that_the_face_lacks_does_not_move_its_neighbours(tmp_path: Path):
    text = replace(sample(annexes=False), blocks=(Paragraph("body", line("trước ⅜ ☐ sau đó")),))
    laid = typeset(text, np.random.default_rng(1), look_of("TeX Gyre Termes"))
    printed = {word[0]: word for word in words_of_pdf(laid.pdf, tmp_path)[0]}
    for word in laid.pages[0].words:
        if word.text in ("trước", "sau", "đó"):
            assert word.box.x0 * laid.pages[0].width == pytest.approx(printed[word.text][1], abs=1.5)


def test_the_pdf_says_that_it_is_a_test_page_and_has_fixed_dates():
    with pikepdf.open(io.BytesIO(typeset(sample(), np.random.default_rng(1), look_of()).pdf)) as pdf:
        for key in ("/Title", "/Subject"):
            assert str(pdf.docinfo[key]).startswith("MẪU THỬ - tài liệu hư cấu")
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20000101")


def test_same_input_same_bytes_and_looks_differ():
    first, again, other = (typeset(sample(), np.random.default_rng(seed)) for seed in (3, 3, 4))
    assert first.pdf == again.pdf
    assert first.pages == again.pages
    assert first.look == again.look != other.look


@pytest.mark.parametrize("face", [face.name for face in FACES])
def test_every_weight_has_all_vietnamese_letters(face: str):
    assert len(VIETNAMESE) == 134
    files = next(each.files for each in FACES if each.name == face)
    for file in files:
        with TTFont(installed()[file], lazy=True) as font:
            assert not {letter for letter in VIETNAMESE if ord(letter) not in font.getBestCmap()}


def test_typewriters_are_of_their_time():
    kinds = {face.name: face.kind for face in FACES}
    new = {draw_look(np.random.default_rng(seed), 2015).face for seed in range(300)}
    old = {draw_look(np.random.default_rng(seed), 2006).face for seed in range(300)}
    assert "typewriter" not in {kinds[face] for face in new}
    assert "typewriter" in {kinds[face] for face in old}


def test_a_missing_face_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("samples.generator.typeset.faces.installed", lambda: {"Tinos-Regular.ttf": Path()})
    assert ("Tinos", "fonts-croscore") in missing_fonts()
    assert ("TeX Gyre Termes", "fonts-texgyre") in missing_fonts()


@pytest.mark.parametrize("cut", range(12))
def test_a_run_without_letters_breaks_no_line(cut: int):
    start, end = "Hình ảnh quê hương, con người được quảng bá qua ", "Festival Ẩm thực Ba miền năm 2019."
    runs = line("bè " * cut + start)
    plain = Paragraph("body", (*runs, *line(end)))
    gapped = Paragraph("body", (*runs, *line(""), *line(end), *line("")))
    one, two = (
        typeset(replace(sample(annexes=False), blocks=(block,)), np.random.default_rng(1), look_of()).pages
        for block in (plain, gapped)
    )
    assert two == one
