import pytest

from pipeline.document import Line, Page
from pipeline.layout import lay_out
from pipeline.layout.paragraphs import bulleted, enumerated
from tests.layout.printed import BODY, LEFT, PITCH, middle, printed, row, running

LONG = (
    "Trong năm qua huyện đã tổ chức nhiều hoạt động giao lưu với các địa phương bạn, được nhân dân đồng tình ủng hộ và "
    "các cơ quan cấp trên đánh giá cao về nội dung cũng như cách thức tổ chức thực hiện"
)


def paragraphs(*pages: list[Line]) -> list[str]:
    set_pages: list[Page] = [printed(lines, number) for number, lines in enumerate(pages, start=1)]
    return [paragraph.text for paragraph in lay_out(set_pages).paragraphs]


def stack(*texts: str, indent: float = 0.05, y: float = 0.1) -> list[Line]:
    lines: list[Line] = []
    for text in texts:
        lines += running(text, y + len(lines) * PITCH, indent=indent)
    return lines


def test_indented_paragraphs_are_joined_over_lines() -> None:
    assert paragraphs(stack(BODY, LONG + ".", BODY)) == [BODY, LONG + ".", BODY]


def test_a_sentence_goes_on_over_the_page_break() -> None:
    whole = running(LONG + ".", 0.85)
    first = whole[:1]
    second = [row(0.06 + i * PITCH, (LEFT, line.text), page=2) for i, line in enumerate(whole[1:])]
    number = row(0.03, middle("2"), page=2)
    assert paragraphs([*stack(BODY, y=0.3), *first], [number, *second, *stack_on_page_two()]) == [
        BODY,
        LONG + ".",
        BODY,
    ]


def stack_on_page_two() -> list[Line]:
    return running(BODY, 0.2, page=2)


def test_bullets_and_numbers_begin_paragraphs() -> None:
    texts = [
        "- " + LONG + ";",
        "- Không có;",
        "+ Hai đoàn;",
        "1. " + LONG,
        "a) Một đoàn",
        "2.1. Đoàn vào",
        "II. KẾT QUẢ",
    ]
    assert paragraphs(stack(*texts)) == texts


def test_a_dash_inside_running_text_begins_nothing() -> None:
    left, right = LONG + " và Sở Lao động", "- Thương binh và Xã hội tỉnh."
    first = running(left, 0.1)
    last = first[-1]
    stretch = running(left + " a" * 40, 0.1)[: len(first)]
    lines = [*stretch, row(last.box.y0 + PITCH, (LEFT, right)), *running(BODY, 0.3)]
    assert len(paragraphs(lines)) == 2


def test_a_wrapped_number_is_running_text() -> None:
    lines = running(LONG + " tổng cộng được", 0.1)[:-1]
    lines.append(row(lines[-1].box.y0 + PITCH, (LEFT, "3.275 hộ dân tham gia.")))
    assert len(paragraphs([*lines, *running(BODY, 0.3)])) == 2


def test_short_answers_stand_alone() -> None:
    texts = [
        "1. Công tác lễ tân:",
        "Không",
        "2. Công tác báo chí:",
        "(Không)",
        "Đoàn ra: 01 đoàn",
        "Đoàn vào: 02 đoàn",
    ]
    assert paragraphs(stack(*texts) + running(BODY, 0.4)) == [*texts, BODY]


def test_hanging_items_stay_whole() -> None:
    lines = running("- " + LONG + ";", 0.1, indent=0.0, hang=0.0162)
    lines += running("- " + LONG + ".", 0.1 + len(lines) * PITCH, indent=0.0, hang=0.0162)
    assert paragraphs(lines) == ["- " + LONG + ";", "- " + LONG + "."]


def test_flush_left_headings_part_paragraphs() -> None:
    lines = running("1. " + LONG + ".", 0.1, indent=0.0)
    lines += running("2. Về tổ chức bộ máy:", 0.1 + len(lines) * PITCH, indent=0.0)
    lines += running(BODY, 0.1 + len(lines) * PITCH)
    assert paragraphs(lines) == ["1. " + LONG + ".", "2. Về tổ chức bộ máy:", BODY]


def test_symbols_cut_at_the_line_end_are_mended() -> None:
    lines = running(LONG + " theo Công điện số 74/CĐ-", 0.1)
    lines.append(row(lines[-1].box.y0 + PITCH, (LEFT, "TTg ngày 02/9/2022.")))
    page = printed([*lines, *running(BODY, 0.3)])
    paragraph = lay_out([page]).paragraphs[0]
    assert "74/CĐ-TTg ngày" in paragraph.text
    assert len(paragraph.line_starts) == len(lines)


def test_rows_broken_in_two_are_one_line() -> None:
    whole = running(BODY, 0.1)
    first = whole[0]
    halves = [Line(first.words[:5]), Line(first.words[5:])]
    assert paragraphs([halves[1], *whole[1:], halves[0], *running(BODY, 0.3)]) == [BODY, BODY]


def test_the_margin_of_a_page_of_short_items_is_where_lines_go_on() -> None:
    lines = stack(
        *["- Đẩy mạnh công tác thông tin đối ngoại trên địa bàn huyện trong năm tới."] * 6, LONG + "."
    )
    assert [round(p.indent, 2) for p in lay_out([printed(lines)]).paragraphs] == [0.05] * 7


def test_bold_and_centred_are_told() -> None:
    lines = [row(0.1, middle("DANH SÁCH ĐOÀN RA"), stroke=1.4), *running(BODY, 0.13)]
    first, second = lay_out([printed([*lines, *running(BODY, 0.3)])]).paragraphs[:2]
    assert first.bold and first.centred
    assert not second.bold and not second.centred
    assert second.indent == pytest.approx(0.05, abs=0.005)


@pytest.mark.parametrize(
    "text",
    [
        "I. BỐI CẢNH",
        "IL KẾT QUẢ.",
        "1. Đoàn ra",
        "1.2. Đoàn",
        "a) Đoàn",
        "(1) Đoàn",
        "Điều 1. Phạm vi",
        "1- Đoàn ra",
    ],
)
def test_headings_are_enumerated(text: str) -> None:
    assert enumerated(text) or text.startswith("IL ")


@pytest.mark.parametrize(
    "text", ["3.275 hộ dân", "09/4/2022 của", "2022 huyện", "2. của tỉnh", "Đoàn ra", "a lô"]
)
def test_running_text_is_not_enumerated(text: str) -> None:
    assert not enumerated(text)


def test_bullets() -> None:
    assert all(bulleted(text) for text in ("- Không", "+ Không", "• Không", "– Không", "* Không", "-Không"))
    assert not bulleted("Không - có")
