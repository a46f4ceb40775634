"""Text fields: who, where to, which communes, to what purpose."""

import pytest

from tests.extraction.reports import answers, understood


def texts(text: str, name: str) -> list[str | None]:
    return [row.value_text for row in understood(text).rows(name)]


def test_the_unit_and_the_person_in_charge() -> None:
    row = answers(
        "1. Tổ chức bộ máy\nVăn phòng HĐND và UBND huyện được giao làm đầu mối công tác đối ngoại, do đồng chí Phó "
        "Chánh Văn phòng phụ trách."
    )
    assert row("organisation.focal_unit").value_text == "Văn phòng HĐND và UBND huyện"
    assert row("organisation.focal_head").value_text == "Phó Chánh Văn phòng"
    assert row("organisation.focal_unit").method == "entity"


def test_a_ministry_is_no_districts_office() -> None:
    row = answers(
        "1. Tổ chức bộ máy\nCán bộ được dự lớp bồi dưỡng do Bộ Ngoại giao tổ chức.\n"
        "Phòng Nội vụ huyện được giao làm đầu mối công tác đối ngoại."
    )
    assert row("organisation.focal_unit").value_text == "Phòng Nội vụ huyện"
    alone = answers("1. Tổ chức bộ máy\nCán bộ được dự lớp bồi dưỡng do Bộ Ngoại giao tổ chức.")
    assert alone("organisation.focal_unit").state == "absent"


def test_an_office_of_an_office_is_one_name() -> None:
    row = answers("1. Tổ chức bộ máy\nĐơn vị đầu mối về đối ngoại là Tổ Ngoại vụ của UBND huyện.")
    assert row("organisation.focal_unit").value_text == "Tổ Ngoại vụ của UBND huyện"


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("Đầu mối tham mưu công tác đối ngoại là Thanh tra và Văn phòng.", "Thanh tra và Văn phòng"),
        ("Công tác đối ngoại do Ban Tuyên giáo cấp ủy làm đầu mối.", "Ban Tuyên giáo cấp ủy"),
        ("Từ tháng 3, đầu mối ngoại vụ của huyện chuyển về Phòng Tư pháp.", "Phòng Tư pháp"),
        ("Công tác đối ngoại của huyện nay đặt tại Văn phòng Huyện ủy.", "Văn phòng Huyện ủy"),
    ],
)
def test_an_office_is_named_to_its_end(said: str, unit: str) -> None:
    assert texts(f"1. Tổ chức bộ máy\n{said}", "organisation.focal_unit") == [unit]


def test_the_words_after_a_post_are_none_of_it() -> None:
    said = "1. Tổ chức bộ máy\nCông tác đối ngoại do Trưởng Ban Dân vận trực tiếp chịu trách nhiệm."
    assert texts(said, "organisation.focal_head") == ["Trưởng Ban Dân vận"]


@pytest.mark.parametrize(
    ("said", "head"),
    [
        ("Công tác đối ngoại do Văn phòng theo dõi, đ/c Phó Chánh VP phụ trách.", "Phó Chánh VP"),
        ("Đồng chí Phó Giám đốc phụ trách thương mại trực tiếp chỉ đạo.", "Phó Giám đốc phụ trách thương mại"),
        ("Công tác đối ngoại do Phó Chủ tịch UBND xã phụ trách kinh tế chỉ đạo.", "Phó Chủ tịch UBND xã phụ trách kinh tế"),
        ("- Phụ trách: PCT UBND thị xã.", "PCT UBND thị xã"),
        ("Công tác ĐN do đ/c Phó CT UBND xã trực tiếp theo dõi.", "Phó CT UBND xã"),
        (
            "- Người phụ trách: Phó Chủ tịch UBND đặc khu phụ trách khối văn hóa - xã hội.",
            "Phó Chủ tịch UBND đặc khu phụ trách khối văn hóa - xã hội",
        ),
        ("Đoàn do đồng chí Phó Chủ tịch UBND tỉnh phụ trách kinh tế làm trưởng đoàn đã sang Nhật Bản.", None),
    ],
)  # fmt: skip
def test_the_head_is_named_with_the_field_he_is_in_charge_of(said: str, head: str | None) -> None:
    assert texts(f"1. Tổ chức bộ máy\n{said}", "organisation.focal_head") == [head]


@pytest.mark.parametrize(
    "said", ["Bà con giữ gìn đường biên, cột mốc.", "Phong trào tự quản đường biên được duy trì."]
)
def test_a_word_that_opens_a_sentence_is_no_commune(said: str) -> None:
    assert texts(f"1. Biên giới\n{said}", "border.communes") == [None]


def test_that_nobody_misuses_a_passport_does_not_say_who_keeps_them() -> None:
    said = "1. Quản lý hộ chiếu\nKhông có trường hợp nào sử dụng hộ chiếu công vụ sai mục đích."
    assert understood(said).rows("passports.manager")[0].state == "absent"


def test_an_office_may_be_said_by_its_kind() -> None:
    said = "1. Quản lý hộ chiếu\n- Nơi giữ hộ chiếu công vụ: cơ quan cử cán bộ đi."
    assert texts(said, "passports.manager") == ["cơ quan cử cán bộ đi"]


@pytest.mark.parametrize(
    "said",
    [
        "Hộ chiếu công vụ do Phòng Nội vụ huyện quản lý.",
        "Việc quản lý hộ chiếu công vụ được giao cho Phòng Nội vụ huyện.",
        "Phòng Nội vụ huyện chịu trách nhiệm lưu giữ hộ chiếu công vụ.",
    ],
)
def test_who_keeps_the_passports(said: str) -> None:
    assert texts(f"1. Quản lý hộ chiếu\n{said}", "passports.manager") == ["Phòng Nội vụ huyện"]


def test_countries_are_listed_by_their_names() -> None:
    said = "1. Bảo hộ công dân\nCó 12 lao động đi làm việc trái phép tại Thái Lan, Lào và Trung Quốc."
    assert texts(said, "protection.destinations") == ["Thái Lan", "Lào", "Trung Quốc"]
    rows = understood(said).rows("protection.destinations")
    assert [row.item for row in rows] == [0, 1, 2]
    assert [row.evidence.text if row.evidence else "" for row in rows] == ["Thái Lan,", "Lào", "Trung Quốc."]


def test_communes_are_listed_by_their_names() -> None:
    said = "1. Biên giới\nHuyện có 03 xã ven biển: Yên Hải, Bình Sơn và Tân Lập."
    assert texts(said, "border.communes") == ["Yên Hải", "Bình Sơn", "Tân Lập"]


def test_purpose_and_trend_of_visits() -> None:
    row = answers(
        "1. Người Việt Nam ở nước ngoài\nTrong năm có 215 lượt kiều bào về thăm thân, du lịch, tăng so với năm trước."
    )
    assert row("diaspora.purpose").value_text == "thăm thân, du lịch"
    assert row("diaspora.trend").value_text == "up"


@pytest.mark.parametrize(
    ("said", "trend"), [("giảm so với năm trước", "down"), ("tương đương so với năm trước", "same")]
)
def test_a_trend_is_up_down_or_same(said: str, trend: str) -> None:
    text = f"1. Kiều bào\nSố lượng kiều bào về nước {said}."
    assert texts(text, "diaspora.trend") == [trend]


def test_the_period_of_the_turnover_is_as_printed() -> None:
    said = "1. Kim ngạch xuất nhập khẩu\nKim ngạch xuất nhập khẩu 10 tháng năm 2021 đạt 12 triệu USD."
    assert texts(said, "trade.period") == ["10 tháng năm 2021"]


def test_nothing_said_is_absent() -> None:
    row = answers("1. Đoàn vào: 02 đoàn khách đến thăm.")
    for name in ("organisation.focal_unit", "passports.manager", "border.communes", "diaspora.trend"):
        assert row(name).state == "absent"


def test_a_label_with_nothing_after_it_is_blank() -> None:
    assert answers("1. Quản lý hộ chiếu:\n2. Đoàn vào: 02 đoàn")("passports.manager").state == "blank"


@pytest.mark.parametrize(
    ("said", "keeper"),
    [
        ("Hộ chiếu công vụ do cơ quan chủ quản quản lý.", "cơ quan chủ quản"),
        ("Hộ chiếu sau chuyến đi nộp lại cho bộ phận tổ chức cán bộ.", "bộ phận tổ chức cán bộ"),
        ("Hộ chiếu do đơn vị trực tiếp quản lý cán bộ lưu giữ.", "đơn vị trực tiếp quản lý cán bộ"),
    ],
)
def test_who_keeps_passports_may_be_named_in_small_letters(said: str, keeper: str) -> None:
    row = answers(f"1. Quản lý hộ chiếu\n{said}")("passports.manager")
    assert (row.state, row.value_text) == ("reported", keeper)


def test_an_office_under_another_heading_keeps_no_passports() -> None:
    row = answers(
        "1. Đoàn đi, đoàn đến và giấy tờ xuất cảnh\na) Hoạt động đoàn vào\n"
        "Được Công an huyện và các ngành phối hợp quản lý, 06 đoàn cùng 40 lượt người đã vào địa bàn.\n"
        "b) Đoàn ra\n- Số đoàn: 02"
    )
    assert row("passports.manager").state == "absent"


@pytest.mark.parametrize(
    "said",
    [
        "799 triệu USD là trị giá hàng hóa xuất nhập khẩu, trong khi năm 2020 là 764 triệu USD.",
        "Kim ngạch đạt 12 triệu USD, bằng 107% so với thực hiện năm 2020.",
        "Phấn đấu năm 2022 kim ngạch xuất khẩu đạt 20 triệu USD.",
    ],
)
def test_a_period_that_is_compared_or_aimed_at_is_not_the_turnover_s(said: str) -> None:
    assert answers(f"1. Xuất nhập khẩu\n{said}")("trade.period").state == "absent"


@pytest.mark.parametrize(
    "post",
    [
        "Trưởng phòng Kinh tế, Hạ tầng và Đô thị",
        "Phó Giám đốc thường trực",
        "Chủ tịch UBND xã",
        "Phó Chủ tịch UBND phường phụ trách khối văn hóa - xã hội",
    ],
)
@pytest.mark.parametrize(
    "said",
    [
        "Nhiệm vụ này hiện do {} đảm nhiệm.",
        "Đứng đầu bộ phận đối ngoại là {} (kiêm nhiệm).",
        "UBND huyện phân công {} theo dõi, chỉ đạo mảng đối ngoại.",
    ],
)
def test_a_post_is_named_to_its_end_and_no_further(said: str, post: str) -> None:
    text = f"1. Tổ chức bộ máy\n{said.format(post)}"
    assert texts(text, "organisation.focal_head") == [post]


@pytest.mark.parametrize(
    "unit", ["Phòng Kinh tế, Hạ tầng và Đô thị", "Trung tâm Phục vụ hành chính công", "Phòng Nội vụ"]
)
def test_a_unit_is_named_to_its_end_and_no_further(unit: str) -> None:
    said = f"1. Tổ chức bộ máy\nCông tác đối ngoại được giao cho {unit} chủ trì."
    assert texts(said, "organisation.focal_unit") == [unit]


def test_who_holds_a_course_is_not_in_charge() -> None:
    said = (
        "1. Tổ chức bộ máy\nHằng năm, huyện đều cử cán bộ tham dự các lớp tập huấn do Sở Ngoại vụ tổ chức, qua đó "
        "năng lực cán bộ được nâng lên."
    )
    assert understood(said).rows("organisation.focal_unit")[0].state == "absent"


def test_the_office_of_a_post_answers_no_heading() -> None:
    said = "1. Hoạt động của cơ quan đầu mối:\nTrách nhiệm chỉ đạo chung thuộc về Trưởng Ban Dân vận."
    assert understood(said).rows("organisation.focal_unit")[0].state == "absent"


@pytest.mark.parametrize(
    "said",
    [
        "Người phụ trách cụ thể sẽ được phân công lại sau khi kiện toàn nhân sự.",
        "Người phụ trách: ......",
    ],
)
def test_who_is_in_charge_may_be_left_open(said: str) -> None:
    assert understood(f"1. Tổ chức bộ máy\n{said}").rows("organisation.focal_head")[0].state == "blank"


def test_the_purpose_begins_with_what_people_come_to_do() -> None:
    said = "1. Kiều bào\nBà con trở về với mong muốn thăm quê, chữa bệnh, cưới hỏi."
    assert texts(said, "diaspora.purpose") == ["thăm quê, chữa bệnh, cưới hỏi"]


def test_a_label_of_the_purpose_left_open_is_blank() -> None:
    row = answers("1. Kiều bào\n- Mục đích chuyến về của bà con: ……")
    assert row("diaspora.purpose").state == "blank"


@pytest.mark.parametrize(
    ("said", "trend"),
    [("nhiều lên", "up"), ("ít đi", "down"), ("không tăng, không giảm so với năm trước", "same")],
)
def test_a_trend_may_be_said_in_everyday_words(said: str, trend: str) -> None:
    assert texts(f"1. Kiều bào\nXu hướng kiều bào về: {said}.", "diaspora.trend") == [trend]


def test_what_rises_beside_the_visits_is_no_trend_of_theirs() -> None:
    said = "1. Kiều bào\nKiều hối ước đạt 2 triệu USD, tăng 10% so với năm trước."
    assert understood(said).rows("diaspora.trend")[0].state == "absent"


@pytest.mark.parametrize(
    "said",
    [
        "1. Đoàn vào\nKhách chủ yếu đến từ Ấn Độ và Thái Lan.",
        "1. Bảo hộ công dân\nCấp 120 hộ chiếu cho công dân đi lao động hợp pháp tại Nhật Bản và Hàn Quốc.",
    ],
)
def test_countries_of_others_are_no_destinations_of_unlawful_workers(said: str) -> None:
    assert understood(said).rows("protection.destinations")[0].state == "absent"


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("Sở giao Phòng Kế hoạch - Tổng hợp chủ trì tổng hợp.", "Phòng Kế hoạch - Tổng hợp"),
        (
            "Ban Tuyên giáo Huyện ủy được giao làm đầu mối tham mưu công tác đối ngoại.",
            "Ban Tuyên giáo Huyện ủy",
        ),
    ],
)
def test_who_gives_the_task_has_it_not(said: str, unit: str) -> None:
    assert texts(f"1. Tổ chức bộ máy\n{said}", "organisation.focal_unit") == [unit]


def test_livelier_than_last_year_is_more() -> None:
    said = "1. Kiều bào\nNhìn chung, dòng kiều bào hồi hương nhộn nhịp hơn năm trước."
    assert texts(said, "diaspora.trend") == ["up"]


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("Hộ chiếu công vụ: UBND xã không quản lý.", "none"),
        ("Hộ chiếu công vụ: Phòng Nội vụ quản lý.", "reported"),
    ],
)
def test_an_office_that_keeps_no_passports_is_not_their_keeper(said: str, state: str) -> None:
    assert answers(f"1. Quản lý đoàn ra, đoàn vào\n- {said}")("passports.manager").state == state
