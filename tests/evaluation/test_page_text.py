import random

import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

from pipeline.evaluation.page_text import TextErrors, best_stretch, character_errors, word_errors

TRUTH = "ỦY BAN NHÂN DÂN\nCỘNG HÒA XÃ HỘI\nKết quả công tác đối ngoại năm 2019"


def test_the_same_text_has_no_errors() -> None:
    assert character_errors(TRUTH, TRUTH) == TextErrors(length=65, edits=0)
    assert word_errors(TRUTH, TRUTH) == TextErrors(length=16, edits=0)


def test_every_wrong_character_and_word_counts() -> None:
    read = "ỦY BAN NHẬN DÂN\nCỘNG HÒA XÃ HỘI\nKết quả công tácđối ngoại năm 2019"
    assert character_errors(TRUTH, read).edits == 2
    assert word_errors(TRUTH, read).edits == 3


def test_columns_read_across_and_text_around_do_not_count() -> None:
    read = "Người ký: Sở A, 10:15\nỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI\nCÔNG VĂN ĐẾN\nKết quả công tác đối ngoại năm 2019\n3"
    assert character_errors(TRUTH, read).edits == 0
    assert word_errors(TRUTH, read).edits == 0


def test_a_paragraph_broken_elsewhere_has_no_errors() -> None:
    assert character_errors(TRUTH, TRUTH.replace(" đối", "\nđối")).edits == 0


def test_a_line_that_stands_twice_must_be_read_twice() -> None:
    twice = "Sở Ngoại vụ\nSở Ngoại vụ"
    assert character_errors(twice, twice).edits == 0
    assert character_errors(twice, "Sở Ngoại vụ").edits == len("Sở Ngoại vụ")


def test_a_lost_line_takes_no_other_lines_place() -> None:
    lost = "Thực hiện chủ trương tăng cường quản lý hoạt động đối ngoại\n"
    assert word_errors(lost + TRUTH, TRUTH).edits == word_errors(lost, "").edits


def test_nothing_read_is_everything_wrong() -> None:
    assert character_errors("một hai", "") == TextErrors(length=7, edits=7)
    assert word_errors("một hai", "") == TextErrors(length=2, edits=2)


@pytest.mark.parametrize("read", ["Số: 23/BC-UBND", "Số: 28 /BC-UBND", "Số: /BC-UBND", "Số: ~~~ /BC-UBND"])
def test_handwriting_is_left_out(read: str) -> None:
    assert character_errors("Số: ⟦23⟧/BC-UBND", read) == TextErrors(length=11, edits=0)
    assert word_errors("Số: ⟦23⟧/BC-UBND", read) == TextErrors(length=1, edits=0)


def test_dashes_and_quotes_of_another_shape_are_no_errors() -> None:
    assert character_errors("Độc lập - “Tự do”", 'Độc lập – "Tự do"').edits == 0


def test_the_best_stretch_is_the_nearest_of_all_stretches() -> None:
    random.seed(7)
    for _ in range(40):
        pattern = "".join(random.choices("abc", k=random.randint(1, 6)))
        text = "".join(random.choices("abcd", k=random.randint(0, 12)))
        distance, start, end = best_stretch(
            np.array([*map(ord, pattern)]), np.array([*map(ord, text)], dtype=int)
        )
        stretches = [text[i:j] for i in range(len(text) + 1) for j in range(i, len(text) + 1)]
        assert distance == min(Levenshtein.distance(pattern, stretch) for stretch in stretches)
        assert distance == Levenshtein.distance(pattern, text[start:end])
