import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.legacy.convert import convert, from_tcvn3, from_vni
from pipeline.text import MARKED_LETTERS, VIETNAMESE_LETTERS

from .encode import tcvn3, vni

SMALL = "".join(c for c in VIETNAMESE_LETTERS if c.islower())
PUNCTUATION = " .,;:/()0123456789%+\"'–“”…"


def as_shown(codes: bytes) -> str:
    """What a PDF gives for the bytes of a font that claims to be Western."""
    return codes.decode("cp1252")


@pytest.mark.parametrize("letter", [c for c in MARKED_LETTERS if c.islower()])
def test_every_small_letter_survives_tcvn3_and_its_capital_the_h_fonts(letter: str) -> None:
    assert convert(as_shown(tcvn3(letter)), "TCVN3") == letter
    assert convert(as_shown(tcvn3(letter)), "TCVN3", capitals=True) == letter.upper()


@pytest.mark.parametrize("letter", "ĂÂÊÔƠƯĐ")
def test_the_seven_capitals_of_tcvn3_have_bytes_of_their_own(letter: str) -> None:
    assert convert(as_shown(tcvn3(letter)), "TCVN3") == letter


@pytest.mark.parametrize("letter", MARKED_LETTERS)
def test_every_letter_survives_vni(letter: str) -> None:
    assert convert(as_shown(vni(letter)), "VNI") == letter


@given(st.text(SMALL + PUNCTUATION.replace("–", "").replace("“", "").replace("”", "").replace("…", "")))
def test_text_survives_tcvn3(text: str) -> None:
    assert from_tcvn3(as_shown(tcvn3(text))) == text


@given(st.text(VIETNAMESE_LETTERS + PUNCTUATION))
def test_text_survives_vni(text: str) -> None:
    assert from_vni(as_shown(vni(text))) == text


@given(st.text())
def test_no_text_breaks_the_conversion(text: str) -> None:
    assert isinstance(convert(text, "TCVN3"), str)
    assert isinstance(convert(text, "VNI"), str)


def test_the_bytes_are_those_of_the_standard() -> None:
    assert tcvn3("ủy ban nhân dân đã báo cáo") == b"\xf1y ban nh\xa9n d\xa9n \xae\xb7 b\xb8o c\xb8o"
    assert as_shown(vni("ủy ban nhân dân ĐỐI")) == "uûy ban nhaân daân ÑOÁI"


def test_a_soft_hyphen_that_became_a_hyphen_is_read_as_the_letter_it_was() -> None:
    hyphens = as_shown(tcvn3("được nước tư vấn ưu tiên")).replace("\u00ad", "-")
    assert from_tcvn3(hyphens) == "được nước tư vấn ưu tiên"
    assert from_tcvn3("Hµ Néi-Hµ Nam - 12-2020 BC-UBND") == "Hà Nội-Hà Nam - 12-2020 BC-UBND"


@pytest.mark.parametrize(("shown", "meant"), [("c\u03bcn", "càn"), ("\uf0aebo", "đbo"), ("h\u2219y", "hãy")])
def test_characters_that_look_like_the_western_one_count_as_it(shown: str, meant: str) -> None:
    assert from_tcvn3(shown) == meant


def test_a_mark_in_the_other_case_is_still_the_mark() -> None:
    assert from_vni("Uûy Aùnh") == "Ủy Ánh"
