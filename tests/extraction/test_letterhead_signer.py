import pytest

from pipeline.document import Box, Layout, Mark, Page, Zone
from pipeline.extraction.letterhead_signer import power_text, signer_fields
from pipeline.layout.columns import around
from tests.layout.printed import middle, row


def signer(
    *power: str, name: str = "Đinh Văn Khâm", marks: tuple[Mark, ...] = ()
) -> list[tuple[str, str | None]]:
    lines = tuple(row(0.5 + i * 0.022, middle(text, 0.72)) for i, text in enumerate(power))
    zones = [Zone("authority", 1, around(lines), lines)] if lines else []
    if name:
        line = row(0.64, middle(name, 0.72))
        zones.append(Zone("signer_name", 1, line.box, (line,)))
    layout = Layout(tuple(zones), ())
    pages = [Page(1, 2480, 3508, 300, "scan", marks=marks)]
    return [(value.state, value.value_text) for value in signer_fields(layout, pages)]


@pytest.mark.parametrize(
    ("power", "authority", "position"),
    [
        (("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        (("CHỦ TỊCH",), None, "CHỦ TỊCH"),
        (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        (
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
            "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH",
            "PHÓ CHỦ TỊCH",
        ),
        (("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"), "TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
        (("TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ NGOẠI VỤ"), "TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ NGOẠI VỤ"),
        (("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"), "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"),
        (("K/T GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "K/T GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        (("T.M ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "T.M ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        (("KT.GIÁM ĐỐC", "PHO GIAM ĐÓC"), "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        (("Q. GIÁM ĐỐC",), None, "Q. GIÁM ĐỐC"),
    ],
)
def test_authority_and_post(power: tuple[str, ...], authority: str | None, position: str) -> None:
    states = signer(*power)
    assert states[0] == (("reported", authority) if authority else ("absent", None))
    assert states[1] == ("reported", position)
    assert states[2] == ("reported", "Đinh Văn Khâm")


def test_a_half_covered_post_under_kt_is_the_deputy() -> None:
    assert signer("KT. GIÁM ĐỐC", "HO GLAM ĐOC")[1] == ("reported", "PHÓ GIÁM ĐỐC")


def test_a_name_cut_by_the_seal_is_doubted() -> None:
    line = row(0.64, middle("Thế Bảo Hoà", 0.72))
    layout = Layout((Zone("signer_name", 1, line.box, (line,)),), ())
    assert signer_fields(layout, [])[2].doubts == ("odd_text",)


def test_a_covered_post_is_implied_by_kt_and_doubted() -> None:
    line = row(0.5, middle("KT. CHỦ TỊCH", 0.72))
    layout = Layout((Zone("authority", 1, line.box, (line,)),), ())
    position = signer_fields(layout, [])[1]
    assert (position.value_text, position.doubts) == ("PHÓ CHỦ TỊCH", ("implied",))
    assert position.score < 0.5


def test_a_covered_block_is_unreadable_and_not_invented() -> None:
    assert [state for state, _ in signer()] == ["unreadable", "unreadable", "reported"]


def test_a_name_under_the_seal_is_unreadable() -> None:
    seal = Mark("seal", Box(0.6, 0.53, 0.8, 0.68), 0.9)
    assert signer("CHỦ TỊCH", name="", marks=(seal,))[2][0] == "unreadable"


def test_an_unknown_post_stays_as_printed() -> None:
    assert power_text("TRƯỞNG PHÒNG LÃNH SỰ") == "TRƯỞNG PHÒNG LÃNH SỰ"


@pytest.mark.parametrize(
    ("read", "post"),
    [
        ("V CHỦ TICH", "CHỦ TỊCH"),
        ("i PHÓ CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("BÍ THƯ", "BÍ THƯ"),
        ("XÃ ĐỘI TRƯỞNG", "XÃ ĐỘI TRƯỞNG"),
    ],
)
def test_scraps_of_a_seal_before_a_post_are_none_of_it(read: str, post: str) -> None:
    assert power_text(read) == post
