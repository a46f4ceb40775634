import pytest

from pipeline.extraction.values.negation import find_denials
from tests.linear import assert_linear


@pytest.mark.parametrize(
    "text",
    [
        "Không.",
        "không",
        "(Không)",
        "Không có.",
        "chưa có",
        "Không phát sinh",
        "không có trường hợp nào",
        "Trong năm 2021, không có.",
        "Khen thưởng: Không",
        "Không xảy ra.",
        "Không có phát sinh",
        "chưa ghi nhận",
        "chưa tiếp nhận dự án nào",
        "Không kiến nghị.",
        "chưa thành lập",
    ],
)
def test_a_denial_that_is_the_whole_answer_says_so(text: str) -> None:
    (denial,) = find_denials(text)
    assert (denial.state, denial.whole) == ("none", True)


@pytest.mark.parametrize(
    "text",
    [
        "Không có phóng viên nước ngoài tác nghiệp",
        "Không tổ chức hội nghị nào có yếu tố nước ngoài",
        "chưa ký kết thỏa thuận nào",
        "Không đón đoàn vào",
        "chưa thu hút được dự án FDI nào",
        "Không có khiếu kiện, tố cáo",
        "Không có sự kiện nào",
        "không để xảy ra trường hợp vi phạm nào",
        "không gặp khó khăn, vướng mắc",
        "chưa lập chương trình cho kỳ sau",
    ],
)
def test_a_denial_of_something_opens_its_clause(text: str) -> None:
    (denial,) = find_denials(text)
    assert (denial.state, denial.opens, denial.whole) == ("none", True, False)
    assert text[denial.end : denial.clause_end].strip()


@pytest.mark.parametrize(
    "text",
    [
        "không những",
        "không ngừng nâng cao",
        "không chỉ",
        "không chỉ đón đoàn nào mà còn cử đoàn đi",
        "không phải đoàn nào cũng báo cáo",
        "không để xảy ra sai sót",
        "không để xảy ra mất an ninh trật tự",
        "không dưới 5 đoàn",
        "chất lượng chưa cao",
        "không gian",
        "không khí",
        "ngành hàng không",
        "chưa đáp ứng được yêu cầu",
        "chưa được quan tâm",
        "không quá 5 người",
        "không phải",
        "chưa thu hút được nhiều dự án",
        "chưa tổ chức thường xuyên",
        "không có điều kiện",
        "công trình chứa nước",
        "chùa có nhiều khách",
        "có hay không",
        "0 đoàn",
        "00",
    ],
)
def test_degree_and_other_words_deny_nothing(text: str) -> None:
    assert find_denials(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Chưa có số liệu",
        "chưa thống kê được",
        "Không thống kê được.",
        "Số lượng: .................",
        "……",
        "Số đoàn: …",
        "…",
        "đang rà soát",
        "đang tổng hợp",
        "chưa báo cáo",
        "chưa rõ số lượng",
        "Sẽ có báo cáo riêng.",
        "(chờ số liệu)",
    ],
)
def test_what_is_not_known_is_blank(text: str) -> None:
    assert [denial.state for denial in find_denials(text)] == ["blank"]


def test_a_list_that_trails_off_is_not_blank() -> None:
    assert find_denials("thăm thân, du lịch, đầu tư...") == []


@pytest.mark.parametrize("piece", ["không có ", "chưa ", "nay ", ": ", "không có nào "])
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    assert_linear(find_denials, piece, 100_000)


@pytest.mark.parametrize(
    "text", ["Nhập khẩu k/có.", "Hội thảo: k/ có", "Đoàn ra k có đoàn nào", "ko/có", "k/phát sinh"]
)
def test_a_shortened_no_denies(text: str) -> None:
    (denial,) = find_denials(text)
    assert denial.state == "none"


@pytest.mark.parametrize(
    "text", ["5 k có", "Văn bản số 12/K có hiệu lực", "Đồn K. Có 3 cán bộ", "Huyện Đắk có 3 xã"]
)
def test_a_letter_that_is_no_shortened_no_denies_nothing(text: str) -> None:
    assert not find_denials(text)


def test_nothing_was_given_whoever_might_have_given_it() -> None:
    (denial,) = find_denials("Các đơn vị chưa được phía nước ngoài tặng thưởng.")
    assert denial.state == "none"
    assert not find_denials("Đơn vị được phía nước ngoài tặng thưởng, nhiều năm chưa đổi.")


@pytest.mark.parametrize("piece", ["chua duoc phia ban ", "k/ c k / ", "khong duoc a b c d e "])
def test_denials_of_hostile_text_take_linear_time(piece: str) -> None:
    assert_linear(find_denials, piece, 40_000)
