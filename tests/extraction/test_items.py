"""Lists of difficulties, causes, tasks and recommendations."""

from dataclasses import replace

import pytest

from pipeline.document import Layout
from pipeline.extraction.items import list_items
from pipeline.extraction.statements import section_heads
from pipeline.outline import outline as find_outline
from tests.extraction.reports import body, letterhead, paragraph, profile, understood

RESULTS = "I. KẾT QUẢ\n1. Đoàn ra: 02 đoàn\n2. Đoàn vào: 01 đoàn\n"


def items(text: str, name: str) -> list[str | None]:
    return [row.value_text for row in understood(RESULTS + text).rows(name)]


def states(text: str, name: str) -> list[str]:
    return [row.state for row in understood(RESULTS + text).rows(name)]


def test_bullets_are_items_without_mark_and_closing_stop() -> None:
    text = "II. KHÓ KHĂN, VƯỚNG MẮC\n- Thiếu cán bộ chuyên trách;\n- Kinh phí hạn hẹp./."
    assert items(text, "issues.difficulties") == ["Thiếu cán bộ chuyên trách", "Kinh phí hạn hẹp"]


def test_numbered_sentences_are_items() -> None:
    text = "II. KIẾN NGHỊ, ĐỀ XUẤT\n1. Đề nghị Sở Ngoại vụ tập huấn.\n2. Đề nghị Sở Tài chính cấp kinh phí."
    assert items(text, "recommendations.items") == [
        "Đề nghị Sở Ngoại vụ tập huấn",
        "Đề nghị Sở Tài chính cấp kinh phí",
    ]
    rows = understood(RESULTS + text).rows("recommendations.items")
    assert [row.item for row in rows] == [0, 1]


def test_a_plain_paragraph_is_one_item() -> None:
    text = "II. KIẾN NGHỊ\nĐề nghị tỉnh quan tâm bố trí kinh phí cho công tác đối ngoại."
    assert items(text, "recommendations.items") == [
        "Đề nghị tỉnh quan tâm bố trí kinh phí cho công tác đối ngoại"
    ]


def test_a_lead_in_is_no_item() -> None:
    text = "II. NHIỆM VỤ TRỌNG TÂM NĂM 2022\nTập trung các việc như sau:\n- Quản lý đoàn ra.\n- Kêu gọi viện trợ."
    assert items(text, "plan.items") == ["Quản lý đoàn ra", "Kêu gọi viện trợ"]


def test_the_closing_formula_is_no_item() -> None:
    text = "II. KIẾN NGHỊ\n- Đề nghị tỉnh cấp kinh phí.\nTrên đây là báo cáo kết quả công tác đối ngoại của huyện./."
    assert items(text, "recommendations.items") == ["Đề nghị tỉnh cấp kinh phí"]


def test_difficulties_and_their_causes_are_two_lists() -> None:
    text = (
        "II. KHÓ KHĂN VÀ NGUYÊN NHÂN\n1. Khó khăn\n- Thiếu cán bộ chuyên trách.\n"
        "2. Nguyên nhân\n- Chưa được giao biên chế.\n- Ít kinh phí."
    )
    assert items(text, "issues.difficulties") == ["Thiếu cán bộ chuyên trách"]
    assert items(text, "issues.causes") == ["Chưa được giao biên chế", "Ít kinh phí"]


def test_hardships_of_the_context_are_not_those_of_the_work() -> None:
    text = (
        "I. TÌNH HÌNH CHUNG\n1. Thuận lợi\n- Được cấp trên quan tâm.\n2. Khó khăn\n- Địa bàn rộng.\n"
        "II. KẾT QUẢ\n1. Đoàn ra: 02 đoàn\n2. Đoàn vào: 01 đoàn\n"
        "III. KHÓ KHĂN, VƯỚNG MẮC\n- Thiếu cán bộ."
    )
    extraction = understood(text)
    assert [r.value_text for r in extraction.rows("context.difficulties")] == [
        "Được cấp trên quan tâm",
        "Địa bàn rộng",
    ]
    assert [r.value_text for r in extraction.rows("issues.difficulties")] == ["Thiếu cán bộ"]


@pytest.mark.parametrize(
    "heading",
    [
        "Nguyên nhân của khó khăn, hạn chế",
        "Lý do của những hạn chế nêu trên",
        "Vì sao còn vướng mắc",
        "Nguồn gốc của các tồn tại",
        "Những điều dẫn tới khó khăn, bất cập",
    ],
)
def test_what_a_hardship_comes_from_is_no_hardship(heading: str) -> None:
    causes = f"III. {heading.upper()}\n- Biên chế bị cắt giảm.\n- Ít kinh phí."
    text = f"II. KHÓ KHĂN, VƯỚNG MẮC\n- Thiếu cán bộ chuyên trách.\n{causes}"
    assert items(text, "issues.difficulties") == ["Thiếu cán bộ chuyên trách"]
    assert items(text, "issues.causes") == ["Biên chế bị cắt giảm", "Ít kinh phí"]


def test_hardships_and_their_causes_under_one_heading_are_still_both_named() -> None:
    text = "II. HẠN CHẾ VÀ NGUYÊN NHÂN\n1. Hạn chế\n- Thiếu cán bộ.\n2. Nguyên nhân\n- Ít kinh phí."
    assert items(text, "issues.difficulties") == ["Thiếu cán bộ"]
    assert items(text, "issues.causes") == ["Ít kinh phí"]


def test_the_beginning_of_a_period_is_no_question_for_causes() -> None:
    text = (
        "II. HOẠT ĐỘNG TỪ ĐẦU NĂM\n1. Báo chí\nTrong năm có 03 đoàn phóng viên với 07 người đến tác nghiệp."
    )
    found = understood(RESULTS + text).first("press.delegations")
    assert found is not None
    assert found.value_number == 3


def test_plain_paragraphs_of_one_list_are_all_its_items() -> None:
    text = (
        "II. NHỮNG VIỆC SẼ LÀM TRONG THỜI GIAN TỚI\n"
        "Mở lớp tiếng Lào cho cán bộ các xã vùng cao.\n"
        "Vẽ bản đồ du lịch bằng ba thứ tiếng.\n"
        "Tiếp tục củng cố quan hệ với huyện bạn.\n"
        "Làm phim ngắn giới thiệu chè Shan.\n"
    )
    assert items(text, "plan.items") == [
        "Mở lớp tiếng Lào cho cán bộ các xã vùng cao",
        "Vẽ bản đồ du lịch bằng ba thứ tiếng",
        "Tiếp tục củng cố quan hệ với huyện bạn",
        "Làm phim ngắn giới thiệu chè Shan",
    ]


def test_a_list_denied_is_none() -> None:
    assert states("II. KIẾN NGHỊ: Không", "recommendations.items") == ["none"]
    assert states("II. KHÓ KHĂN, VƯỚNG MẮC\nKhông có.", "issues.difficulties") == ["none"]


def test_an_empty_section_is_blank_and_no_section_is_absent() -> None:
    text = "II. KHÓ KHĂN, VƯỚNG MẮC\nIII. KIẾN NGHỊ\n- Đề nghị tỉnh cấp kinh phí."
    assert states(text, "issues.difficulties") == ["blank"]
    assert states(text, "plan.items") == ["absent"]


def test_plain_sentences_before_a_bulleted_list_lead_to_it() -> None:
    text = "II. KHÓ KHĂN\nCác đơn vị đang tập trung tháo gỡ từng bước.\n- Thiếu cán bộ chuyên trách.\n- Kinh phí hạn hẹp."
    assert items(text, "issues.difficulties") == ["Thiếu cán bộ chuyên trách", "Kinh phí hạn hẹp"]


def test_a_sentence_that_turns_to_its_cause_is_an_item_of_two_lists() -> None:
    text = (
        "II. KHÓ KHĂN, VƯỚNG MẮC\nCán bộ làm công tác đối ngoại chủ yếu là kiêm nhiệm, nguyên nhân là do biên chế "
        "được giao còn thiếu."
    )
    assert items(text, "issues.difficulties") == ["Cán bộ làm công tác đối ngoại chủ yếu là kiêm nhiệm"]
    assert items(text, "issues.causes") == ["biên chế được giao còn thiếu"]


def test_a_list_in_one_paragraph_is_read_by_its_parts() -> None:
    text = "II. TỒN TẠI\nMột là, chất lượng tham mưu chưa cao. Hai là, quảng bá hình ảnh địa phương còn ít."
    assert items(text, "issues.difficulties") == [
        "chất lượng tham mưu chưa cao",
        "quảng bá hình ảnh địa phương còn ít",
    ]


def test_a_labelled_bullet_of_a_list_is_one_item() -> None:
    text = (
        "II. KIẾN NGHỊ\n- Với Tỉnh ủy: Ban hành chỉ thị về đối ngoại nhân dân.\n"
        "- Với UBND tỉnh: Phê duyệt đề án hội nhập quốc tế."
    )
    assert items(text, "recommendations.items") == [
        "Với Tỉnh ủy: Ban hành chỉ thị về đối ngoại nhân dân",
        "Với UBND tỉnh: Phê duyệt đề án hội nhập quốc tế",
    ]


def test_a_labelled_part_of_a_list_heads_its_own_items() -> None:
    text = (
        "II. NGUYÊN NHÂN\na) Khách quan: Luật liên quan thay đổi nhiều.\n"
        "b) Chủ quan: Một số đơn vị chưa chủ động báo cáo."
    )
    assert items(text, "issues.causes") == [
        "Luật liên quan thay đổi nhiều",
        "Một số đơn vị chưa chủ động báo cáo",
    ]


def test_the_sentence_that_announces_a_list_heads_no_other() -> None:
    text = (
        "II. KIẾN NGHỊ\nĐể làm tốt công tác đối ngoại trong thời gian tới, UBND huyện đề nghị các nội dung sau:\n"
        "- Bổ sung biên chế cho huyện.\n- Hướng dẫn lập kế hoạch đoàn ra, đoàn vào."
    )
    assert items(text, "recommendations.items") == [
        "Bổ sung biên chế cho huyện",
        "Hướng dẫn lập kế hoạch đoàn ra, đoàn vào",
    ]
    assert states(text, "plan.items") == ["absent"]


def test_a_context_among_the_hardships_is_still_the_context() -> None:
    text = (
        "II. VƯỚNG MẮC\n1. Về bối cảnh chung\n- Giá nguyên liệu thế giới tăng cao.\n- Một số nước siết thị thực.\n"
        "2. Về khó khăn, hạn chế\n- Thiếu cán bộ.\n- Ít kinh phí."
    )
    assert items(text, "issues.difficulties") == ["Thiếu cán bộ", "Ít kinh phí"]
    assert items(text, "context.difficulties") == [
        "Giá nguyên liệu thế giới tăng cao",
        "Một số nước siết thị thực",
    ]


def test_what_closes_the_report_leaves_its_last_heading_open() -> None:
    text = "II. KIẾN NGHỊ\nCác số liệu nêu trên tính đến hết kỳ; UBND huyện sẽ bổ sung nếu có thay đổi./."
    assert states(text, "recommendations.items") == ["blank"]


def test_labels_on_lines_of_their_own_head_the_lists_under_them() -> None:
    text = (
        "II. ĐÁNH GIÁ\nƯu điểm: Công tác lễ tân chu đáo.\nHạn chế: Chưa chủ động tìm kiếm đối tác.\n"
        "Nguyên nhân: Năng lực ngoại ngữ yếu."
    )
    assert items(text, "issues.difficulties") == ["Chưa chủ động tìm kiếm đối tác"]
    assert items(text, "issues.causes") == ["Năng lực ngoại ngữ yếu"]


def test_topics_under_a_plan_sort_its_tasks() -> None:
    text = (
        "II. CHƯƠNG TRÌNH CÔNG TÁC NĂM 2022\n1. Công tác lãnh đạo, chỉ đạo\n- Ban hành kế hoạch đối ngoại năm 2022.\n"
        "2. Công tác kiều bào\n- Tổ chức gặp mặt kiều bào dịp Tết."
    )
    assert items(text, "plan.items") == [
        "Ban hành kế hoạch đối ngoại năm 2022",
        "Tổ chức gặp mặt kiều bào dịp Tết",
    ]


def test_an_unknown_heading_under_a_plan_may_be_that_of_requests() -> None:
    text = (
        "II. PHƯƠNG HƯỚNG, NHIỆM VỤ\n1. Bước tiếp theo\n- Tổ chức đoàn xúc tiến thương mại tại Pháp.\n"
        "- Xây dựng chương trình hoạt động đối ngoại.\n2. Đề đạt\n- Đề nghị bổ sung vốn đối ứng cho các dự án ODA.\n"
        "- Đề nghị các cơ quan đại diện thông báo sớm về công dân gặp nạn."
    )
    assert items(text, "plan.items") == [
        "Tổ chức đoàn xúc tiến thương mại tại Pháp",
        "Xây dựng chương trình hoạt động đối ngoại",
    ]
    assert items(text, "recommendations.items") == [
        "Đề nghị bổ sung vốn đối ứng cho các dự án ODA",
        "Đề nghị các cơ quan đại diện thông báo sớm về công dân gặp nạn",
    ]


def test_a_label_alone_in_another_lists_section_leaves_its_list_open() -> None:
    text = (
        "**II. KHÓ KHĂN, HẠN CHẾ**\n- Thiếu cán bộ chuyên trách.\n**III. KIẾN NGHỊ**\nĐề nghị cấp kinh phí."
    )
    outline = find_outline(Layout(letterhead(), body(RESULTS + text)))
    at = next(i for i, s in enumerate(outline.sections) if "HẠN CHẾ" in s.heading.text)
    label = paragraph("NGUYÊN NHÂN CỦA HẠN CHẾ:")
    sections = list(outline.sections)
    sections[at] = replace(sections[at], body=(label,))
    outline = replace(outline, sections=tuple(sections))
    heads = section_heads(outline, profile())
    spec = next(field for field in profile().fields if field.name == "issues.causes")
    (row,) = list_items(spec, outline, heads, profile())
    assert (row.state, row.section) == ("blank", sections[at].path)
    assert row.evidence is not None
    assert row.evidence.words == label.words


def test_a_request_made_with_respect_is_a_request_and_a_closing_is_none() -> None:
    said = (
        "V. ĐỀ XUẤT\nKính đề nghị Ủy ban nhân dân tỉnh xem xét bổ sung 01 biên chế làm công tác đối ngoại.\n"
        "Đề nghị Sở Ngoại vụ mở thêm lớp bồi dưỡng nghiệp vụ.\nKính đề nghị Sở Ngoại vụ tổng hợp, theo dõi."
    )
    rows = understood(said).rows("recommendations.items")
    assert [(row.value_text or "").split()[0] for row in rows] == ["Kính", "Đề"]
