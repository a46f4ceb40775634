import pytest

from pipeline.intake.legacy.detect import Encoding, declared, encoding_of

from .encode import tcvn3, vni

TEXT = "ủy ban nhân dân huyện báo cáo kết quả công tác đối ngoại trong năm"
IN_TCVN3 = tcvn3(TEXT).decode("cp1252").split()
IN_VNI = vni(TEXT).decode("cp1252").split()


@pytest.mark.parametrize(
    ("font", "expected"),
    [
        (".VnTime", Encoding("TCVN3")),
        ("ABCDEF+.VnTimeH", Encoding("TCVN3", capitals=True)),
        ("ABCDEF+.VnArialH,Bold", Encoding("TCVN3", capitals=True)),
        (".VnTime-BoldItalic", Encoding("TCVN3")),
        ("VNI-Times", Encoding("VNI")),
        ("ABCDEF+VNI-Times,Italic", Encoding("VNI")),
        ("TimesNewRomanPSMT", Encoding("")),
        ("Vnu-Sans", Encoding("")),
    ],
)
def test_the_name_of_a_font_tells_its_encoding(font: str, expected: Encoding) -> None:
    assert declared(font) == expected


@pytest.mark.parametrize("font", ["", "F1", "TT12Eo00"])
def test_the_letters_tell_where_the_name_does_not(font: str) -> None:
    assert encoding_of(IN_TCVN3, font).name == "TCVN3"
    assert encoding_of(IN_VNI, font).name == "VNI"
    assert encoding_of(TEXT.split(), font).name == ""


def test_an_old_font_whose_text_is_already_unicode_is_left_alone() -> None:
    assert encoding_of(TEXT.split(), ".VnTime") == Encoding("")


def test_plain_capitals_of_an_h_font_are_capitals() -> None:
    assert encoding_of(["ban", "doanh"], ".VnTimeH") == Encoding("TCVN3", capitals=True)


def test_few_words_of_a_nameless_font_follow_the_page_and_those_of_a_western_font_do_not() -> None:
    assert encoding_of(["Sè", "12"], "F2", "TCVN3").name == "TCVN3"
    assert encoding_of(["Cà", "Mau"], "ArialMT", "TCVN3").name == ""


@pytest.mark.parametrize("words", ["Un café à Genève, près d'où naître", "Über Größe schön für Öl"])
def test_western_languages_are_no_old_encoding(words: str) -> None:
    assert encoding_of(words.split(), "Garamond").name == ""
