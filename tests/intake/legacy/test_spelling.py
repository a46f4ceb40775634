import pytest

from pipeline.intake.legacy.spelling import is_spelt_right


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "khuỷu",
        "quý",
        "Thuở",
        "xoong",
        "đoàn",
        "NGOẠI",
        "giếng",
        "yêu",
        "uyển",
        "gì",
        "ngoằn",
        "lượt",
        "ý",
    ],
)
def test_syllables_are_accepted(word: str) -> None:
    assert is_spelt_right(word)


@pytest.mark.parametrize(
    "word", ["caùc", "nhat", "kết́", "report", "huyÖn", "tàc", "ng", "", "caoc", "12", "b¸o"]
)
def test_what_no_syllable_can_be_is_refused(word: str) -> None:
    assert not is_spelt_right(word)
