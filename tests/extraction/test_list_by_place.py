"""Items of lists in words that no one has heard of: the heading over them says what they are."""

import pytest

from pipeline.document import Extraction
from pipeline.extraction.list_cues import cue_of, only_announces
from tests.extraction.reports import understood

RESULTS = "I. KẾT QUẢ\n1. Đoàn ra: 02 đoàn\n2. Đoàn vào: 01 đoàn\n"


def texts(extraction: Extraction, name: str) -> list[str | None]:
    return [row.value_text for row in extraction.rows(name) if row.state == "reported"]


def test_requests_that_open_with_who_is_asked() -> None:
    found = understood(
        RESULTS + "II. NHIỆM VỤ\n- Họp giao ban 02 lần với huyện bạn.\nIII. ĐỀ NGHỊ\n"
        "- UBND tỉnh: nâng cấp lối mở thành cửa khẩu phụ.\n- Sở Ngoại vụ: mở 01 lớp tiếng Lào.\n- Sở Y tế: cấp thuốc."
    )
    assert texts(found, "recommendations.items") == [
        "UBND tỉnh: nâng cấp lối mở thành cửa khẩu phụ",
        "Sở Ngoại vụ: mở 01 lớp tiếng Lào",
        "Sở Y tế: cấp thuốc",
    ]


def test_tasks_by_field_of_work_stay_in_the_order_of_the_page() -> None:
    found = understood(
        RESULTS + "II. KẾ HOẠCH 6 THÁNG CUỐI NĂM\n- Rà soát lao động, xong trước 30/11.\n"
        "- Chợ phiên biên giới: tổ chức 02 phiên.\n- Sửa 2,3 km đường tuần tra."
    )
    assert texts(found, "plan.items") == [
        "Rà soát lao động, xong trước 30/11",
        "Chợ phiên biên giới: tổ chức 02 phiên",
        "Sửa 2,3 km đường tuần tra",
    ]


def test_a_plain_sentence_is_all_that_stands_under_the_heading() -> None:
    found = understood(
        RESULTS + "II. Khó khăn\nKinh phí ít.\nIII. Đề nghị\nUBND huyện cấp thêm xăng xe.\n"
        "UBND xã báo cáo để UBND huyện tổng hợp./."
    )
    assert texts(found, "issues.difficulties") == ["Kinh phí ít"]
    assert texts(found, "recommendations.items") == ["UBND huyện cấp thêm xăng xe"]


@pytest.mark.parametrize(
    ("under", "state"),
    [
        ("Không có ý kiến gì.", "none"),
        ("UBND huyện Hoa Lư trân trọng báo cáo./.", "blank"),
        ("", "blank"),
    ],
)
def test_a_heading_with_no_requests_under_it(under: str, state: str) -> None:
    found = understood(
        f"{RESULTS}II. KHÓ KHĂN\n- Thiếu phiên dịch.\n- Thiếu kinh phí.\nIII. ĐỀ NGHỊ\n{under}"
    )
    assert [row.state for row in found.rows("recommendations.items")] == [state]


def test_a_label_that_counts_requests_made_heads_no_list() -> None:
    found = understood(
        RESULTS + "3. Bảo hộ công dân\n- Số vụ việc đã đề nghị Sở Ngoại vụ hỗ trợ: 06 vụ việc."
    )
    assert texts(found, "recommendations.items") == []


def test_a_heading_without_number_parts_tasks_and_requests() -> None:
    found = understood(
        RESULTS
        + "II. NHIỆM VỤ QUÝ TỚI\n1. Đón 02 đoàn khách của tỉnh kết nghĩa sang thăm, làm việc tại địa phương.\n"
        "2. Mở lớp tiếng Anh.\nĐề xuất, kiến nghị\n- Với UBND tỉnh: bổ sung biên chế.\n- Với Sở Ngoại vụ: mở lớp lễ tân."
    )
    assert len(texts(found, "plan.items")) == 2
    assert texts(found, "recommendations.items") == [
        "Với UBND tỉnh: bổ sung biên chế",
        "Với Sở Ngoại vụ: mở lớp lễ tân",
    ]


def test_the_next_quarter_after_the_hardships_heads_its_tasks() -> None:
    found = understood(
        RESULTS + "3. Vướng mắc\n- Dữ liệu lao động chưa ghép được.\n- Cán bộ chưa được tập huấn.\n"
        "4. Quý IV/2021\n- Rà soát lao động trái phép.\n- Sửa đường tuần tra."
    )
    assert texts(found, "plan.items") == ["Rà soát lao động trái phép", "Sửa đường tuần tra"]


def test_a_lead_to_the_causes_of_what_stands_above() -> None:
    found = understood(
        RESULTS + "II. HẠN CHẾ VÀ NGUYÊN NHÂN\nMột số phòng gửi báo cáo chậm.\nViệc theo dõi còn phân tán.\n"
        "Những hạn chế trên do các nguyên nhân chủ yếu sau đây:\nQuy chế phối hợp không còn phù hợp.\n"
        "Cán bộ đều kiêm nhiệm."
    )
    assert len(texts(found, "issues.difficulties")) == 2
    assert texts(found, "issues.causes") == ["Quy chế phối hợp không còn phù hợp", "Cán bộ đều kiêm nhiệm"]


def test_a_report_without_headings_tells_hardships_tasks_and_requests_in_turn() -> None:
    found = understood(
        RESULTS + "Công tác đối ngoại của xã còn gặp một số khó khăn như kinh phí hạn hẹp.\n"
        "Sang năm 2022, UBND xã tập trung tuyên truyền Luật Biên giới; tổ chức 02 buổi giao lưu với bạn.\n"
        "Đề nghị UBND huyện hỗ trợ kinh phí."
    )
    assert len(texts(found, "issues.difficulties")) == 1
    assert len(texts(found, "plan.items")) == 1
    assert texts(found, "recommendations.items") == ["Đề nghị UBND huyện hỗ trợ kinh phí"]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Tuy nhiên, vẫn còn những vướng mắc, đó là cửa khẩu quá đơn sơ.", "hardship"),
        ("Công tác quản lý còn gặp nhiều khó khăn, nhất là thiếu phiên dịch.", "hardship"),
        ("Huyện còn khó khăn là do thiếu kinh phí.", None),
        ("Các khó khăn như trên đã được tháo gỡ.", None),
        ("Trong thời gian tới, Sở tiếp tục rà soát quy chế.", "task"),
        ("Bước sang năm 2022, tỉnh sẽ đón 10 đoàn.", "task"),
        ("Năm 2021, huyện tiếp tục đón nhiều đoàn.", None),
        ("Trong quý III, xã tập trung tuyên truyền.", None),
    ],
)
def test_a_sentence_says_what_remains_or_is_to_come(sentence: str, told: str | None) -> None:
    cue = cue_of(sentence)
    assert (cue.told if cue else None) == told


def test_a_sentence_that_only_announces_hardships() -> None:
    assert only_announces("Trong năm, huyện còn gặp một số khó khăn nhất định.")
    assert not only_announces("Trong năm, huyện còn thiếu phiên dịch.")
