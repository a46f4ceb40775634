"""Lists told in running prose: hardships, their causes, requests."""

import pytest

from pipeline.document import Extraction
from pipeline.extraction.list_cues import cue_of, denied_in, joint_length, lacks, turns
from tests.extraction.reports import understood
from tests.linear import assert_linear

RESULTS = "I. KẾT QUẢ\n1. Đoàn ra: 02 đoàn\n2. Đoàn vào: 01 đoàn\n"


def texts(extraction: Extraction, name: str) -> list[str | None]:
    return [row.value_text for row in extraction.rows(name) if row.state == "reported"]


def test_an_assessment_turns_to_hardships_and_then_to_their_causes() -> None:
    found = understood(
        RESULTS
        + "II. ĐÁNH GIÁ CHUNG\nNhìn chung nhiệm vụ được hoàn thành. Tuy vậy, việc phối hợp giữa các phòng còn chậm. "
        "Ngoài ra, kinh phí cấp cho đối ngoại quá ít. Tình trạng trên chủ yếu do huyện chưa tự cân đối được ngân sách."
    )
    assert texts(found, "issues.difficulties") == [
        "việc phối hợp giữa các phòng còn chậm",
        "kinh phí cấp cho đối ngoại quá ít",
    ]
    assert texts(found, "issues.causes") == [
        "Tình trạng trên chủ yếu do huyện chưa tự cân đối được ngân sách"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Công tác đối ngoại được thực hiện nghiêm. Tuy nhiên, nhờ chủ động nên mọi chỉ tiêu đều đạt.",
        "Nhìn chung tốt. Mặc dù kinh phí hạn hẹp nhưng các chỉ tiêu đều đạt.",
        "Tuy nhiên công tác đối ngoại vẫn còn một số hạn chế nhất định.",
    ],
)
def test_an_assessment_without_a_want_has_no_hardships(text: str) -> None:
    assert texts(understood(f"{RESULTS}II. ĐÁNH GIÁ CHUNG\n{text}"), "issues.difficulties") == []


def test_hardships_under_a_heading_of_both_end_where_the_causes_begin() -> None:
    found = understood(
        RESULTS
        + "II. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN\nMột số đơn vị gửi hồ sơ chậm.\nViệc nắm hộ khẩu chưa sát.\n"
        "Nguyên nhân khách quan là địa bàn rộng; nguyên nhân chủ quan là cán bộ kiêm nhiệm."
    )
    assert texts(found, "issues.difficulties") == [
        "Một số đơn vị gửi hồ sơ chậm",
        "Việc nắm hộ khẩu chưa sát",
    ]
    assert texts(found, "issues.causes") == ["địa bàn rộng", "cán bộ kiêm nhiệm"]


def test_a_sentence_that_announces_hardships_heads_the_paragraphs_after_it() -> None:
    found = understood(
        RESULTS + "II. NHẬN XÉT\nCông tác đối ngoại đi vào nề nếp. Tuy vậy vẫn còn khó khăn, đó là:\n"
        "Chi phí đi lại quá cao so với khả năng của hộ nghèo.\nPhiên dịch tiếng Hàn còn thiếu.\n"
        "Nguyên nhân chủ yếu là do ngân sách hạn hẹp."
    )
    assert texts(found, "issues.difficulties") == [
        "Chi phí đi lại quá cao so với khả năng của hộ nghèo",
        "Phiên dịch tiếng Hàn còn thiếu",
    ]
    assert texts(found, "issues.causes") == ["ngân sách hạn hẹp"]


def test_several_hardships_after_one_cue_are_items_without_it() -> None:
    found = understood(
        RESULTS
        + "3. Kiều bào: 20 lượt người về thăm.\nKhó khăn lớn nhất là xã không có cán bộ biết ngoại ngữ; kinh phí "
        "không có. Đề nghị phòng Nội vụ quan tâm bố trí."
    )
    assert texts(found, "issues.difficulties") == ["xã không có cán bộ biết ngoại ngữ", "kinh phí không có"]
    assert texts(found, "recommendations.items") == ["Đề nghị phòng Nội vụ quan tâm bố trí"]


def test_a_context_names_what_helped_and_what_hindered() -> None:
    found = understood(
        "I. TÌNH HÌNH CHUNG\nHuyện có cửa khẩu phụ. Thuận lợi cơ bản là được tỉnh quan tâm. Khó khăn chủ yếu là cửa khẩu "
        "đóng cửa dài ngày.\nII. KẾT QUẢ\n1. Đoàn ra: 02 đoàn\n2. Đoàn vào: 01 đoàn"
    )
    assert texts(found, "context.difficulties") == [
        "Thuận lợi cơ bản là được tỉnh quan tâm",
        "Khó khăn chủ yếu là cửa khẩu đóng cửa dài ngày",
    ]
    assert texts(found, "issues.difficulties") == []


def test_a_request_after_the_tasks_is_no_task() -> None:
    found = understood(
        RESULTS + "II. NHIỆM VỤ NĂM 2022\n- Đón 05 đoàn khách.\n- Mở lớp tiếng Anh.\n"
        "Để làm tốt các nhiệm vụ trên, UBND huyện đề nghị UBND tỉnh bố trí thêm kinh phí."
    )
    assert texts(found, "plan.items") == ["Đón 05 đoàn khách", "Mở lớp tiếng Anh"]
    assert texts(found, "recommendations.items") == [
        "Để làm tốt các nhiệm vụ trên, UBND huyện đề nghị UBND tỉnh bố trí thêm kinh phí"
    ]


def test_tasks_and_requests_under_one_heading_are_two_lists() -> None:
    found = understood(
        RESULTS + "II. PHƯƠNG HƯỚNG VÀ KIẾN NGHỊ\n- Đón 05 đoàn khách đến tìm hiểu đầu tư.\n"
        "- Đề nghị UBND tỉnh cấp kinh phí tuyên truyền."
    )
    assert texts(found, "plan.items") == ["Đón 05 đoàn khách đến tìm hiểu đầu tư"]
    assert texts(found, "recommendations.items") == ["Đề nghị UBND tỉnh cấp kinh phí tuyên truyền"]


def test_what_was_asked_for_in_the_period_is_no_request() -> None:
    found = understood(
        RESULTS
        + "II. KẾT QUẢ KHÁC\nSở đã đề nghị UBND tỉnh cho phép 02 đoàn. Theo đề nghị của Sở Ngoại vụ, tỉnh đã đón 01 đoàn."
    )
    assert texts(found, "recommendations.items") == []


def test_what_closes_the_report_is_no_text_of_its_last_item() -> None:
    found = understood(
        RESULTS + "II. KIẾN NGHỊ\n1) Đề nghị tỉnh cấp kinh phí\n2) Đề nghị hằng năm mở lớp tập huấn\n"
        "Trên đây là báo cáo của UBND huyện, gửi Sở Ngoại vụ tổng hợp./."
    )
    assert texts(found, "recommendations.items") == [
        "Đề nghị tỉnh cấp kinh phí",
        "Đề nghị hằng năm mở lớp tập huấn",
    ]


@pytest.mark.parametrize(
    "closing",
    [
        "Sở Ngoại vụ trân trọng gửi báo cáo này tới quý cơ quan.",
        "Những số liệu trên được chốt đến hết kỳ báo cáo.",
        "Báo cáo này thay cho các báo cáo đã gửi trong năm.",
    ],
)
def test_closing_formulas_of_many_kinds_are_no_items(closing: str) -> None:
    found = understood(
        f"{RESULTS}II. KIẾN NGHỊ\nĐề nghị tỉnh cấp kinh phí.\nĐề nghị Sở Ngoại vụ mở lớp tập huấn.\n{closing}"
    )
    assert texts(found, "recommendations.items") == [
        "Đề nghị tỉnh cấp kinh phí",
        "Đề nghị Sở Ngoại vụ mở lớp tập huấn",
    ]


def test_a_long_first_item_belongs_to_the_list() -> None:
    long = (
        "Tổ chức tốt các hoạt động kỷ niệm ngày thành lập quan hệ ngoại giao gắn với chương trình gặp gỡ các cơ quan đại "
        "diện, các tổ chức quốc tế và bạn bè của huyện ở trong nước và ngoài nước"
    )
    found = understood(
        f"{RESULTS}II. NHIỆM VỤ NĂM 2022\n1. {long}.\n2. Mở lớp tiếng Anh cho cán bộ xã.\n3. Rà soát quy chế."
    )
    assert texts(found, "plan.items") == [long, "Mở lớp tiếng Anh cho cán bộ xã", "Rà soát quy chế"]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Sở dĩ còn những tồn tại trên là vì chưa có chế tài xử lý.", "cause"),
        ("Những khó khăn nêu trên bắt nguồn từ địa bàn rộng.", "cause"),
        ("Các tồn tại, hạn chế này có phần do khách quan là dịch bệnh.", "cause"),
        ("Về nguyên nhân, chủ yếu là do thiếu người.", "cause"),
        ("Nguyên nhân của tình trạng trên là do thiếu kinh phí.", "cause"),
        ("Khó khăn, vướng mắc lớn nhất hiện nay là thiếu phiên dịch.", "hardship"),
        ("Một trong những hạn chế nổi lên là thu hồi hộ chiếu chậm.", "hardship"),
        ("Tuy nhiên, khó khăn chung là giá cả tăng.", "hardship"),
        ("Về tồn tại, việc báo cáo chưa đều.", "hardship"),
        ("Kính đề nghị Sở Ngoại vụ mở lớp.", "request"),
        ("Nhân dịp này, UBND xã kiến nghị UBND huyện hỗ trợ.", "request"),
        ("Ban Thường vụ Huyện ủy đề nghị Ban Thường vụ Tỉnh ủy quan tâm.", "request"),
        ("Vụ việc trên do Công an huyện xử lý.", None),
        ("Những khó khăn trên đã được tháo gỡ.", None),
        ("Khó khăn của bà con được chia sẻ.", None),
        ("Tiếp tục đề nghị Bộ Ngoại giao phối hợp.", None),
        ("UBND huyện đã đề nghị UBND tỉnh cho phép.", None),
        ("Hồ sơ đề nghị UBND tỉnh phê duyệt đang hoàn thiện.", None),
        ("Theo đề nghị của Sở Ngoại vụ, huyện đón đoàn.", None),
    ],
)
def test_a_sentence_says_what_it_tells(sentence: str, told: str | None) -> None:
    cue = cue_of(sentence)
    assert (cue.told if cue else None) == told


@pytest.mark.parametrize(
    ("sentence", "listed"),
    [
        ("Chưa có gì để kiến nghị.", "request"),
        ("Qua rà soát, Sở không có vấn đề nào cần đề xuất với cấp trên", "request"),
        ("Trong kỳ, huyện không phát sinh tồn tại, yếu kém.", "hardship"),
        ("Đến nay đơn vị chưa gặp khó khăn nào trong quản lý đoàn ra", "hardship"),
        ("Không có nguyên nhân chủ quan.", "cause"),
        ("Không có cán bộ chuyên trách nên còn nhiều hạn chế", None),
        ("Không tồn tại cơ chế phối hợp giữa các ngành", None),
        ("Một số xã chưa đề xuất kịp thời", None),
        ("Không có khó khăn lớn, nhưng kinh phí còn ít", None),
    ],
)
def test_a_sentence_denies_a_list_or_says_something(sentence: str, listed: str | None) -> None:
    assert denied_in(sentence) == listed


def test_a_list_denied_in_a_sentence_is_none() -> None:
    text = f"{RESULTS}II. KIẾN NGHỊ\nVề phía huyện, hiện chưa có ý kiến đề nghị gì thêm."
    assert [row.state for row in understood(text).rows("recommendations.items")] == ["none"]


def test_many_is_not_but() -> None:
    assert turns("Nhưng kinh phí còn thiếu.")
    assert not turns("Những kết quả trên là đáng kể.")
    assert joint_length("Những hạn chế trên") == 0
    assert joint_length("Tuy nhiên, còn chậm") == len("Tuy nhiên, ")
    assert lacks("Tuy đã cố gắng nhưng số liệu còn chậm.")
    assert not lacks("Tuy kinh phí còn thiếu nhưng mọi việc đều xong.")


@pytest.mark.parametrize(
    "piece",
    [
        "khó khăn, ",
        "những khó khăn trên ",
        "sở đề nghị ",
        "không có ",
        "tuy ",
        "nguyên nhân ",
        "để làm ",
        "xin kính ",
        "còn gặp ",
        "thời gian tới ",
    ],
)
def test_hostile_sentences_take_no_longer_than_their_length(piece: str) -> None:
    def read(text: str) -> None:
        cue_of(text)
        denied_in(text)
        lacks(text)
        turns(text)

    assert_linear(read, piece, 20_000)


def test_hardships_and_causes_behind_results_are_no_circumstances() -> None:
    report = understood(
        "I. KẾT QUẢ CHỦ YẾU\nCả năm tỉnh cử 12 đoàn đi nước ngoài.\nII. TỒN TẠI VÀ NGUYÊN NHÂN\nĐoàn vào tuy tăng nhưng "
        "phần nhiều là khảo sát ban đầu.\nNguyên nhân chủ yếu là bộ máy làm công tác ngoại vụ của tỉnh còn mỏng.\n"
        "III. NHIỆM VỤ NĂM 2022\nMở lớp tiếng Anh cho cán bộ."
    )
    for name in ("issues.difficulties", "issues.causes"):
        assert [row.state for row in report.rows(name)] == ["reported"]
