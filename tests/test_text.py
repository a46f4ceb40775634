import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import (
    MARKED_LETTERS,
    VIETNAMESE_LETTERS,
    comparable,
    fold,
    is_vietnamese_syllable,
    nfc,
    squeeze,
    vietnamese_share,
)

ENGLISH = (
    "The committee will report on the results of cooperation with foreign partners during the first quarter"
)
VIETNAMESE = "Ủy ban nhân dân huyện báo cáo kết quả thực hiện công tác đối ngoại trong quý một như sau"
LEGACY_BYTES = "Thùc hiÖn chñ tr­¬ng cña §¶ng vµ Nhµ n­íc vÒ c«ng t¸c ®èi ngo¹i"


def test_the_alphabet_has_134_letters_beyond_ascii() -> None:
    assert len(set(MARKED_LETTERS)) == 134
    assert len(set(VIETNAMESE_LETTERS)) == 178


@given(st.text())
def test_folding_never_changes_the_length(text: str) -> None:
    assert len(fold(nfc(text))) == len(nfc(text))


@given(st.text(alphabet=VIETNAMESE_LETTERS + " –“”0123456789"))
def test_folding_folded_text_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(text.upper()) == fold(text)


def test_every_vietnamese_letter_folds_to_a_plain_one() -> None:
    assert set(fold(VIETNAMESE_LETTERS)) == set("abcdeghiklmnopqrstuvxy")


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "HÒA"), ("thỏa thuận", "Thoả Thuận"), ("Đoàn – 05", "đoàn - 05"), ("“Không”", '"khong"')],
)
def test_spellings_of_one_word_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_white_space_is_squeezed() -> None:
    assert squeeze("  một \t hai\n ba ") == "một hai ba"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("Thuỷ lợi", "THỦY LỢI"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Hảo"), "Nguyễn Thị Hảo"),
        ("  Như   trên; ", "như trên"),
        ("Lưu: VT./.", "lưu: vt"),
    ],
)
def test_case_tone_placement_spaces_and_closing_stops_do_not_count(one: str, other: str) -> None:
    assert comparable(one) == comparable(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("chưa", "chua"), ("má", "mà"), ("số 12", "số 13"), ("Lưu: VT", "Lưu VT"), ("dân", "đân")],
)
def test_tones_marks_and_inner_stops_count(one: str, other: str) -> None:
    assert comparable(one) != comparable(other)


@pytest.mark.parametrize(
    "word", ["báo", "cáo", "nghiêng", "khuyến", "quyết", "giữ", "ĐOÀN", "ủy", "uỷ", "yêu"]
)
def test_vietnamese_syllables_are_known_by_their_spelling(word: str) -> None:
    assert is_vietnamese_syllable(word)


@pytest.mark.parametrize("word", ["report", "§èi", "strand", "wifi", "bcd", "thừc1", ""])
def test_other_words_are_no_syllables(word: str) -> None:
    assert not is_vietnamese_syllable(word)


def test_vietnamese_text_is_told_from_other_text() -> None:
    syllables, marked = vietnamese_share(VIETNAMESE)
    assert syllables > 0.9
    assert marked > 0.6
    syllables, marked = vietnamese_share(ENGLISH)
    assert syllables < 0.5
    assert marked == 0.0
    assert vietnamese_share(LEGACY_BYTES)[1] < 0.3
    assert vietnamese_share("12 / 5 - x") == (0.0, 0.0)
