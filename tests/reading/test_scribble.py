"""Scribbles go, print stays."""

from pathlib import Path

import numpy as np

from pipeline.document import Grid, GridCell, Line, Word
from pipeline.reading.scribble import (
    DROPPED_BELOW,
    FEATURES,
    features_of,
    printed_chances,
    save_trees,
    shipped_trees,
    without_scribble,
)
from tests.reading.drawing import word_at

_TEXT = (
    "Thực hiện Chương trình công tác năm Ủy ban nhân dân huyện báo cáo kết quả",
    "hoạt động đối ngoại trên địa bàn như sau Trong năm huyện tiếp và làm việc",
    "với các đoàn khách quốc tế đến thăm địa phương công tác bảo hộ công dân được",
    "quan tâm chỉ đạo kịp thời đúng quy định của pháp luật hiện hành của tỉnh",
)


def _line(text: str, row: int, confidence: float = 0.99) -> Line:
    words, left = [], 300
    for word in text.split():
        words.append(word_at(word, left, 400 + 80 * row, left + 22 * len(word), 445 + 80 * row, confidence))
        left += 22 * len(word) + 14
    return Line(tuple(words))


def _page(*more: Line) -> list[Line]:
    return [*(_line(text, row) for row, text in enumerate(_TEXT)), *more]


def _beside(line: Line, *words: Word) -> Line:
    return Line((*line.words, *words))


def test_initials_after_the_distribution_list_and_a_stroke_alone_go() -> None:
    file_copy = _beside(_line("- Lưu: VT, NC.", 6), word_at("a~~", 720, 845, 900, 960, 0.3))
    stroke = Line((word_at("⁄=~", 1500, 1300, 1720, 1460, 0.12),))
    found = without_scribble(_page(file_copy, stroke))
    assert [line.text for line in found] == [*_TEXT, "- Lưu: VT, NC."]


def test_print_stays_even_where_it_is_hard_to_read() -> None:
    faint = _line("Số lượt người xuất cảnh trong kỳ là 1.250 lượt người tăng 12% so", 5, 0.45)
    label = _line("- Đoàn ra: 03 đoàn/12 lượt người", 6, 0.9)
    alone = _line("Không.", 7)
    page = _page(faint, label, alone)
    assert without_scribble(page) == tuple(page)


def test_words_in_tables_are_not_asked() -> None:
    mark = Line((word_at("⁄=~", 1500, 1300, 1720, 1460, 0.12),))
    cell = GridCell(0, 1, 0, 1, word_at("", 1400, 1200, 1900, 1500).box)
    assert without_scribble(_page(mark), [Grid((cell,))])[-1] == mark
    assert without_scribble(_page(mark))[-1] != mark


def test_a_page_without_words_has_none() -> None:
    assert without_scribble([]) == ()
    assert features_of([]).shape == (0, len(FEATURES))


def test_print_is_likelier_than_a_scribble_beside_it() -> None:
    page = _page(_beside(_line("Nơi nhận:", 6), word_at("z/%", 600, 845, 760, 960, 0.3)))
    chances = printed_chances(page)
    assert len(chances) == sum(len(line.words) for line in page)
    assert chances[-1] < DROPPED_BELOW
    assert chances[:-1].min() > 0.9


def test_trees_are_kept_as_they_are(tmp_path: Path) -> None:
    shipped = shipped_trees()
    save_trees(shipped, tmp_path / "a.npz")
    save_trees(shipped, tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    with np.load(tmp_path / "a.npz", allow_pickle=False) as held:
        assert np.array_equal(held["value"], shipped.value)
