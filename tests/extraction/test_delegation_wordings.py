"""Delegations in the wordings of officials that no generator pool has."""

from datetime import date

import pytest

from pipeline.document import Delegation
from pipeline.extraction.delegations import find_delegations
from tests.extraction.outlines import outline
from tests.linear import assert_linear


def told(text: str, key: str = "") -> list[Delegation]:
    return find_delegations(outline(text, heading="KẾT QUẢ", key=key), {}, 2019)


@pytest.mark.parametrize(
    ("text", "key", "direction", "people", "countries", "organisation", "purpose", "days"),
    [
        (
            "Đoàn của Sở Công Thương gồm 05 người do đồng chí Nguyễn Văn An, Phó Giám đốc Sở làm trưởng đoàn đi "
            "công tác tại Lào từ ngày 12/5/2019 đến ngày 16/5/2019 để xúc tiến thương mại; kinh phí do ngân sách "
            "tỉnh cấp.",
            "",
            "out",
            5,
            ("Lào",),
            "Sở Công Thương",
            "xúc tiến thương mại",
            (date(2019, 5, 12), date(2019, 5, 16)),
        ),
        (
            "Từ ngày 12 đến 16/5/2019, đoàn công tác của UBND tỉnh (06 người) đã sang thăm, làm việc tại Nhật Bản.",
            "outbound",
            "out",
            6,
            ("Nhật Bản",),
            "UBND tỉnh",
            "thăm, làm việc",
            (date(2019, 5, 12), date(2019, 5, 16)),
        ),
        (
            "Đón đoàn Đại sứ quán Hàn Quốc gồm 4 người do ông Kim Min Su dẫn đầu đến thăm và làm việc với tỉnh "
            "ngày 03/4/2019.",
            "",
            "in",
            4,
            ("Hàn Quốc",),
            "Đại sứ quán Hàn Quốc",
            "thăm và làm việc với tỉnh",
            (date(2019, 4, 3), date(2019, 4, 3)),
        ),
        (
            "Ngày 20/9/2021, đồng chí Chủ tịch UBND huyện đã tiếp đoàn công tác của Tổ chức Tầm nhìn Thế giới "
            "(Hoa Kỳ), gồm 03 thành viên, đến khảo sát dự án phát triển vùng.",
            "inbound",
            "in",
            3,
            ("Hoa Kỳ",),
            "Tổ chức Tầm nhìn Thế giới",
            "khảo sát dự án phát triển vùng",
            (date(2021, 9, 20), date(2021, 9, 20)),
        ),
        (
            "Trung tâm Khuyến nông cử 02 cán bộ sang Israel học tập kỹ thuật tưới nhỏ giọt trong tháng 8/2018.",
            "outbound",
            "out",
            2,
            ("Israel",),
            "Trung tâm Khuyến nông",
            "học tập kỹ thuật tưới nhỏ giọt",
            (None, None),
        ),
        (
            "Tháng 6/2018, 07 cán bộ của Sở Tài chính tham gia khóa đào tạo về quản lý ngân sách tại Singapore.",
            "outbound",
            "out",
            7,
            ("Singapore",),
            "Sở Tài chính",
            "tham gia khóa đào tạo về quản lý ngân sách",
            (None, None),
        ),
        (
            "Công ty Samsung (Hàn Quốc) cử đoàn gồm 09 người đến tìm hiểu cơ hội đầu tư vào khu công nghiệp ngày "
            "5/7/2018.",
            "inbound",
            "in",
            9,
            ("Hàn Quốc",),
            "Công ty Samsung",
            "tìm hiểu cơ hội đầu tư vào khu công nghiệp",
            (date(2018, 7, 5), date(2018, 7, 5)),
        ),
        (
            "Hội Hữu nghị Nhật - Việt tỉnh Kanagawa (Nhật Bản) có đoàn 12 người thăm tỉnh từ 02-04/11/2017 để "
            "trao tặng sách.",
            "inbound",
            "in",
            12,
            ("Nhật Bản",),
            "Hội Hữu nghị Nhật - Việt tỉnh Kanagawa",
            "trao tặng sách",
            (date(2017, 11, 2), date(2017, 11, 4)),
        ),
        (
            "Thực hiện Kế hoạch số 15/KH-UBND, Đoàn đại biểu cấp cao tỉnh do đồng chí Bí thư Tỉnh ủy dẫn đầu (10 "
            "người) đã thăm hữu nghị chính thức Lào, Thái Lan từ ngày 01 đến ngày 07 tháng 3 năm 2018.",
            "outbound",
            "out",
            10,
            ("Lào", "Thái Lan"),
            "Đoàn đại biểu cấp cao tỉnh",
            "thăm hữu nghị chính thức",
            (date(2018, 3, 1), date(2018, 3, 7)),
        ),
        (
            "Đoàn doanh nghiệp Đài Loan (Trung Quốc) gồm 15 doanh nhân đã đến khảo sát thị trường gỗ vào ngày "
            "9/8/2016.",
            "inbound",
            "in",
            15,
            ("Đài Loan (Trung Quốc)",),
            "Đoàn doanh nghiệp Đài Loan (Trung Quốc)",
            "khảo sát thị trường gỗ",
            (date(2016, 8, 9), date(2016, 8, 9)),
        ),
        (
            "01 đoàn của Trường Đại học Hồng Đức, số lượng 06 người, đi Đức dự hội thảo khoa học, thời gian từ "
            "15/10/2019 đến 22/10/2019.",
            "outbound",
            "out",
            6,
            ("Đức",),
            "Trường Đại học Hồng Đức",
            "dự hội thảo khoa học",
            (date(2019, 10, 15), date(2019, 10, 22)),
        ),
        (
            "Trong hai ngày 11 và 12/10/2019, đoàn cán bộ tỉnh Hủa Phăn (Lào) gồm 20 người đã sang trao đổi kinh "
            "nghiệm về xây dựng nông thôn mới.",
            "inbound",
            "in",
            20,
            ("Lào",),
            "tỉnh Hủa Phăn",
            "trao đổi kinh nghiệm về xây dựng nông thôn mới",
            (date(2019, 10, 11), date(2019, 10, 12)),
        ),
        (
            "Đoàn ra: 01 đoàn gồm 04 người của Hội Nông dân huyện đi tham quan mô hình sản xuất rau sạch ở Thái "
            "Lan, thời gian 5 ngày từ ngày 10/4/2022.",
            "outbound",
            "out",
            4,
            ("Thái Lan",),
            "Hội Nông dân huyện",
            "tham quan mô hình sản xuất rau sạch",
            (date(2022, 4, 10), date(2022, 4, 10)),
        ),
        (
            "Theo thư mời của chính quyền thành phố Seongnam, ngày 18/9/2017 đoàn 08 người do đồng chí Phó Chủ "
            "tịch Thường trực UBND tỉnh làm trưởng đoàn đã lên đường sang Hàn Quốc dự Tuần lễ văn hóa.",
            "outbound",
            "out",
            8,
            ("Hàn Quốc",),
            "",
            "dự Tuần lễ văn hóa",
            (date(2017, 9, 18), date(2017, 9, 18)),
        ),
        (
            "Huyện đã đón 01 đoàn khách của Tổ chức JICA (Nhật Bản) gồm 5 người đến kiểm tra tiến độ dự án cấp "
            "nước, thời gian làm việc từ 03/6 đến 05/6/2015.",
            "inbound",
            "in",
            5,
            ("Nhật Bản",),
            "Tổ chức JICA",
            "kiểm tra tiến độ dự án cấp nước",
            (date(2015, 6, 3), date(2015, 6, 5)),
        ),
        (
            "Mục đích: nghiên cứu thị trường lao động; nước đến: Nhật Bản; thời gian: 12-18/6/2018; thành phần: "
            "05 người; đơn vị: Sở Lao động - Thương binh và Xã hội.",
            "outbound",
            "out",
            5,
            ("Nhật Bản",),
            "Sở Lao động - Thương binh và Xã hội",
            "nghiên cứu thị trường lao động",
            (date(2018, 6, 12), date(2018, 6, 18)),
        ),
        (
            "Nhóm tình nguyện viên Tổ chức Peace Trees (Hoa Kỳ), 14 người, đến trồng cây và giao lưu với nhân "
            "dân xã từ ngày 5-8/3/2014.",
            "inbound",
            "in",
            14,
            ("Hoa Kỳ",),
            "Nhóm tình nguyện viên Tổ chức Peace Trees",
            "trồng cây và giao lưu với nhân dân xã",
            (date(2014, 3, 5), date(2014, 3, 8)),
        ),
        (
            "UBND thành phố tổ chức đoàn công tác 11 người đi học tập kinh nghiệm quản lý đô thị thông minh tại "
            "Singapore và Malaysia (từ ngày 20 đến 27/11/2018), nguồn kinh phí: ngân sách thành phố.",
            "outbound",
            "out",
            11,
            ("Singapore", "Malaysia"),
            "UBND thành phố",
            "học tập kinh nghiệm quản lý đô thị thông minh",
            (date(2018, 11, 20), date(2018, 11, 27)),
        ),
        (
            "Trong tháng 10/2019 có đoàn bác sĩ Tổ chức Operation Smile gồm 22 người mang quốc tịch Mỹ vào khám "
            "và phẫu thuật miễn phí cho trẻ em.",
            "inbound",
            "in",
            22,
            ("Hoa Kỳ",),
            None,
            "khám và phẫu thuật miễn phí cho trẻ em",
            (None, None),
        ),
        (
            "Đoàn giáo viên, sinh viên Trường Đại học Chiang Mai, Thái Lan (18 người) giao lưu văn hóa với học "
            "sinh Trường THPT Lê Lợi, ngày 6/12/2018.",
            "inbound",
            "in",
            18,
            ("Thái Lan",),
            None,
            None,
            (date(2018, 12, 6), date(2018, 12, 6)),
        ),
        (
            "Đồng chí Trần Văn Bình, Trưởng phòng Nội vụ tham gia đoàn công tác của tỉnh gồm 9 người đi Pháp từ "
            "ngày 3/9/2013 đến ngày 10/9/2013 tìm hiểu công tác đào tạo công chức.",
            "outbound",
            "out",
            9,
            ("Pháp",),
            None,
            "tìm hiểu công tác đào tạo công chức",
            (date(2013, 9, 3), date(2013, 9, 10)),
        ),
        (
            "Phối hợp với Hội Chữ thập đỏ tỉnh đón đoàn Hội Chữ thập đỏ Thụy Sĩ (04 người) đến đánh giá dự án "
            "phòng ngừa thảm họa từ 9 đến 11/5/2011.",
            "inbound",
            "in",
            4,
            ("Thụy Sĩ",),
            "Hội Chữ thập đỏ Thụy Sĩ",
            "đánh giá dự án phòng ngừa thảm họa",
            (date(2011, 5, 9), date(2011, 5, 11)),
        ),
        (
            "Sở Y tế - đi Cuba - 03 người - từ 10/6/2016 đến 20/6/2016 - trao đổi kinh nghiệm y tế cộng đồng.",
            "outbound",
            "out",
            3,
            ("Cuba",),
            "Sở Y tế",
            "trao đổi kinh nghiệm y tế cộng đồng",
            (date(2016, 6, 10), date(2016, 6, 20)),
        ),
        (
            "Có 06 người thuộc Văn phòng Tỉnh ủy đi Trung Quốc nghiên cứu công tác văn phòng cấp ủy, chuyến đi "
            "kéo dài từ ngày 2 đến ngày 9/8/2009, do Đồng chí Chánh Văn phòng làm trưởng đoàn.",
            "outbound",
            "out",
            6,
            ("Trung Quốc",),
            "Văn phòng Tỉnh ủy",
            "nghiên cứu công tác văn phòng cấp ủy",
            (date(2009, 8, 2), date(2009, 8, 9)),
        ),
        (
            "Ban Quản lý Khu kinh tế: 01 đoàn, 05 người, đi Hà Lan, xúc tiến đầu tư cảng biển, ngày 7/5/2019 - "
            "14/5/2019.",
            "outbound",
            "out",
            5,
            ("Hà Lan",),
            "Ban Quản lý Khu kinh tế",
            "xúc tiến đầu tư cảng biển",
            (date(2019, 5, 7), date(2019, 5, 14)),
        ),
        (
            "Thường trực Huyện ủy tiếp xã giao đoàn huyện Viêng Xay (Lào) do đồng chí Bí thư Huyện ủy làm trưởng "
            "đoàn cùng 11 thành viên sang chúc Tết Nguyên đán (ngày 20/01/2020).",
            "inbound",
            "in",
            11,
            ("Lào",),
            "huyện Viêng Xay",
            "chúc Tết Nguyên đán",
            (date(2020, 1, 20), date(2020, 1, 20)),
        ),
        (
            "Nhận lời mời của Ủy ban nhân dân tỉnh Xiêng Khoảng, từ ngày 05/3/2019 đến 09/3/2019, đồng chí Chủ "
            "tịch UBND tỉnh dẫn đầu đoàn công tác 15 người của tỉnh thăm và làm việc tại Lào.",
            "outbound",
            "out",
            15,
            ("Lào",),
            None,
            "thăm và làm việc",
            (date(2019, 3, 5), date(2019, 3, 9)),
        ),
        (
            "Trong quý II, huyện cử 01 đoàn (Phòng Nông nghiệp và PTNT) 04 người sang Trung Quốc tìm hiểu công "
            "nghệ giống cây trồng, kinh phí tự túc.",
            "outbound",
            "out",
            4,
            ("Trung Quốc",),
            "Phòng Nông nghiệp và PTNT",
            "tìm hiểu công nghệ giống cây trồng",
            (None, None),
        ),
        (
            "Đại học Kyoto (Nhật Bản) cử 03 giáo sư sang nghiên cứu đa dạng sinh học tại Vườn quốc gia Bến En từ "
            "10/4 đến 25/4/2018.",
            "inbound",
            "in",
            3,
            ("Nhật Bản",),
            "Đại học Kyoto",
            "nghiên cứu đa dạng sinh học tại Vườn quốc gia Bến En",
            (date(2018, 4, 10), date(2018, 4, 25)),
        ),
        (
            "Hội Liên hiệp Phụ nữ tỉnh được phía Thái Lan mời tham dự diễn đàn phụ nữ ASEAN; thành phần đoàn: 06 "
            "người; thời gian: 21-25/8/2017; kinh phí do phía bạn đài thọ.",
            "outbound",
            "out",
            6,
            ("Thái Lan",),
            "Hội Liên hiệp Phụ nữ tỉnh",
            "tham dự diễn đàn phụ nữ ASEAN",
            (date(2017, 8, 21), date(2017, 8, 25)),
        ),
        (
            "- 05 cán bộ Chi cục Kiểm lâm đi Nam Phi dự Hội nghị CITES (24/9 - 05/10/2016).",
            "outbound",
            "out",
            5,
            ("Nam Phi",),
            "Chi cục Kiểm lâm",
            "dự Hội nghị CITES",
            (date(2016, 9, 24), date(2016, 10, 5)),
        ),
        (
            "Chuyến công tác Ấn Độ của Sở Khoa học và Công nghệ diễn ra từ ngày 3 đến ngày 8 tháng 12 năm 2018 "
            "với 04 thành viên, tập trung vào việc học hỏi mô hình khởi nghiệp.",
            "outbound",
            "out",
            4,
            ("Ấn Độ",),
            "Sở Khoa học và Công nghệ",
            None,
            (date(2018, 12, 3), date(2018, 12, 8)),
        ),
        (
            "Ngày 14 tháng 6 năm 2019, Tổng Lãnh sự quán Nga tại Đà Nẵng cử đoàn 3 người đến chào xã giao lãnh "
            "đạo tỉnh.",
            "inbound",
            "in",
            3,
            ("Nga",),
            "Tổng Lãnh sự quán Nga tại Đà Nẵng",
            "chào xã giao lãnh đạo tỉnh",
            (date(2019, 6, 14), date(2019, 6, 14)),
        ),
        (
            "Sở Du lịch: cử 02 người tham gia Hội chợ ITB Berlin, Đức (6-10/3/2019).",
            "outbound",
            "out",
            2,
            ("Đức",),
            "Sở Du lịch",
            "tham gia Hội chợ ITB Berlin",
            (date(2019, 3, 6), date(2019, 3, 10)),
        ),
        (
            "Công an tỉnh đón 07 sĩ quan Bộ An ninh Lào sang học tập nghiệp vụ, thời gian tháng 5/2019.",
            "inbound",
            "in",
            7,
            ("Lào",),
            None,
            "học tập nghiệp vụ",
            (None, None),
        ),
        (
            "Đoàn gồm 08 người do bà Lê Thị Hoa, Chủ tịch Hội LHPN huyện dẫn đầu, đi Campuchia giao lưu với phụ "
            "nữ tỉnh Kampot, từ ngày 15 đến hết ngày 18/10/2019.",
            "outbound",
            "out",
            8,
            ("Campuchia",),
            None,
            "giao lưu với phụ nữ tỉnh Kampot",
            (date(2019, 10, 15), date(2019, 10, 18)),
        ),
        (
            "Số lượng: 01 đoàn/05 người. Nước đến: Hàn Quốc. Thời gian: từ 12/5 đến 18/5/2019. Nội dung: ký kết "
            "hợp tác lao động thời vụ. Đơn vị: Sở LĐTBXH.",
            "outbound",
            "out",
            5,
            ("Hàn Quốc",),
            None,
            "ký kết hợp tác lao động thời vụ",
            (date(2019, 5, 12), date(2019, 5, 18)),
        ),
        (
            "Cử đồng chí Trưởng phòng Lao động cùng 03 cán bộ tham gia đoàn của tỉnh đi khảo sát thị trường lao "
            "động tại Hàn Quốc từ ngày 12/5/2019 đến 17/5/2019.",
            "outbound",
            "out",
            3,
            ("Hàn Quốc",),
            None,
            "khảo sát thị trường lao động",
            (date(2019, 5, 12), date(2019, 5, 17)),
        ),
        (
            "Tiếp và làm việc với đoàn chuyên gia Viện Goethe (Đức) gồm 2 người về chương trình dạy tiếng Đức, "
            "ngày 22/11/2019.",
            "inbound",
            "in",
            2,
            ("Đức",),
            None,
            None,
            (date(2019, 11, 22), date(2019, 11, 22)),
        ),
        (
            "Văn phòng UBND tỉnh phối hợp đón đoàn phóng viên Hãng NHK (Nhật Bản) 4 người đến ghi hình phim tài "
            "liệu về di sản, từ 3-7/9/2019.",
            "inbound",
            "in",
            4,
            ("Nhật Bản",),
            None,
            "ghi hình phim tài liệu về di sản",
            (date(2019, 9, 3), date(2019, 9, 7)),
        ),
        (
            "Đoàn Thanh niên huyện cử 03 đoàn viên tham gia trại hè thanh niên Việt Nam - Lào tại Viêng Chăn "
            "(Lào) từ 10-20/7/2019.",
            "outbound",
            "out",
            3,
            ("Lào",),
            None,
            None,
            (date(2019, 7, 10), date(2019, 7, 20)),
        ),
    ],
)
def test_a_delegation_is_read_whole(
    text: str,
    key: str,
    direction: str,
    people: int | None,
    countries: tuple[str, ...],
    organisation: str | None,
    purpose: str | None,
    days: tuple[date | None, date | None],
) -> None:
    (found,) = told(text, key)
    assert (found.direction, found.people, found.countries) == (direction, people, countries)
    assert organisation is None or found.organisation == organisation
    assert purpose is None or found.purpose == purpose
    assert (found.started_on, found.ended_on) == days


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (
            "Ông John Smith, chuyên gia của Ngân hàng Thế giới, cùng 02 cộng sự từ Anh đến làm việc về dự án "
            "thủy lợi (14/02/2020).",
            "inbound",
        ),
        ("Lãnh đạo Sở Ngoại vụ tháp tùng đoàn Quốc hội đi Nga.", "outbound"),
        ("Năm 2019, có 25 lượt người đi Lào thăm thân.", "outbound"),
        ("Trên địa bàn có 15 công dân lao động tại Hàn Quốc về nước trong tháng 5/2019.", "outbound"),
        (
            "Trong tháng 4/2019 đã cấp giấy phép lao động cho 12 chuyên gia Trung Quốc làm việc tại Nhà máy xi măng.",
            "inbound",
        ),
        ("Kết nạp 12 hội viên Hội hữu nghị Việt - Lào ngày 5/6/2019.", ""),
        ("Ngày 5/6/2019, UBND huyện tổ chức hội nghị gặp mặt 45 doanh nhân Hàn Quốc.", "inbound"),
        ("Trao 20 suất học bổng của tổ chức KOICA (Hàn Quốc) cho 20 học sinh nghèo ngày 5/9/2019.", ""),
        ("Ngày 5/9/2019, lực lượng Bộ đội Biên phòng bắt giữ 03 đối tượng người Lào vận chuyển ma túy.", ""),
    ],
)
def test_what_only_sounds_like_a_delegation_is_none(text: str, key: str) -> None:
    assert told(text, key) == []


def test_what_follows_a_semicolon_goes_on_about_the_same_delegation() -> None:
    (found,) = told(
        "Đoàn nhà báo đến từ Pháp để viết về di sản; đoàn gồm 03 thành viên; tháng 5/2019.", "inbound"
    )
    assert (found.people, found.period_text) == (3, "tháng 5/2019")


def test_a_line_names_the_country_of_the_list_under_it() -> None:
    text = "Đoàn của Sở Y tế gồm 05 người trao đổi kinh nghiệm khám chữa bệnh, từ ngày 3/6 đến ngày 9/6/2019."
    found = find_delegations(outline("Các đoàn đi Lào:", text, heading="KẾT QUẢ", key="outbound"), {}, 2019)
    assert [(d.countries, d.organisation) for d in found] == [(("Lào",), "Sở Y tế")]


def test_a_delegation_that_is_told_twice_is_one() -> None:
    text = "Sở Y tế gồm 05 người đi Lào để trao đổi kinh nghiệm, từ ngày 3/6 đến ngày 9/6/2019."
    assert len(find_delegations(outline(text, text, heading="KẾT QUẢ", key="outbound"), {}, 2019)) == 1


@pytest.mark.parametrize(
    "piece",
    [
        "đoàn 05 người của Sở Y tế đi Lào, ",
        "do ông An dẫn đầu, ",
        "kinh phí do ",
        "Đoàn gồm 03 người (",
        "; tháng 5/2019",
        "Lào, ",
        "để tham dự ",
        "từ ngày 3 đến ",
    ],
)
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    assert_linear(lambda text: find_delegations(outline(text), {}), piece, 50_000)


def read_of(text: str, key: str = "") -> list[tuple[str, int | None, tuple[str, ...]]]:
    return [(d.direction, d.people, d.countries) for d in find_delegations(outline(text, key=key), {})]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Trong các đoàn đó, đoàn do đồng chí Phó Chủ tịch UBND tỉnh làm trưởng đoàn, gồm 08 thành viên, đã sang "
            "Nhật Bản xúc tiến đầu tư từ ngày 22/4.",
            [("out", 8, ("Nhật Bản",))],
        ),
        (
            "Chủ yếu là doanh nghiệp Nhật Bản, Hàn Quốc vào tìm hiểu, trong đó có đoàn của Tập đoàn Foxlink (Đài Loan) "
            "15 người làm việc với huyện về dự án linh kiện.",
            [("in", 15, ("Đài Loan",))],
        ),
        (
            "Đoàn vào 9 đoàn/83 người, chủ yếu của Lào, riêng Tổ chức Bánh mì thế giới (Đức) 3 người vào kiểm tra dự án.",
            [("in", 3, ("Đức",))],
        ),
        (
            "Đã đón đoàn của Đại học Toyama (Nhật Bản) gồm 06 người thăm bệnh viện, các đoàn còn lại đến "
            "trao đổi về đào tạo.",
            [("in", 6, ("Nhật Bản",))],
        ),
        (
            "Giữa tháng 5, đồng chí Phó Bí thư Tỉnh ủy dẫn đầu đoàn 15 người sang Nam Ninh (Trung Quốc) dự lễ khai mạc.",
            [("out", 15, ("Trung Quốc",))],
        ),
        (
            "Từ ngày 10 đến ngày 13/4/2019, đoàn đại biểu của huyện gồm 12 đồng chí đã sang chúc Tết tại huyện Nhọt Ú, tỉnh "
            "Phông Sa Lỳ (Lào).",
            [("out", 12, ("Lào",))],
        ),
        (
            "Huyện cử 6 đoàn sang Lào, tổng 60 lượt người. Gồm đoàn lãnh đạo huyện đi chúc Tết Bunpimay 14 người; đoàn Sở "
            "Y tế 10 người thăm bệnh viện trong tháng 5.",
            [("out", 14, ("Lào",)), ("out", 10, ("Lào",))],
        ),
        (
            "Huyện đã đón bốn đoàn khách nước ngoài gồm 31 người. Đó là đoàn doanh nghiệp Hàn Quốc 12 người khảo sát vùng "
            "nguyên liệu tháng 3; đoàn thương nhân Trung Quốc 09 người tìm hiểu vùng trồng vào tháng 8.",
            [("in", 12, ("Hàn Quốc",)), ("in", 9, ("Trung Quốc",))],
        ),
        (
            "Tháng 7, tỉnh tiếp đoàn Ủy ban Mặt trận Lào (14 người) và việc tiếp đoàn Giáo hội Công giáo Hàn Quốc gồm 11 "
            "linh mục thăm giáo xứ.",
            [("in", 14, ("Lào",)), ("in", 11, ("Hàn Quốc",))],
        ),
        (
            "Nổi bật có đoàn của huyện gồm 15 người do Chủ tịch UBND huyện dẫn đầu, dự diễn đàn tại Hàn Quốc và làm việc "
            "tại Nhật Bản từ ngày 07 đến ngày 15/4.",
            [("out", 15, ("Hàn Quốc", "Nhật Bản"))],
        ),
        (
            "Đoàn đại biểu Hội Nông dân tỉnh với 08 thành viên thăm hữu nghị tỉnh Champasak (Lào) vào trung tuần tháng 7.",
            [("out", 8, ("Lào",))],
        ),
        (
            "Đoàn vào: 01 đoàn/15 lượt người (quý III/2015: 02 đoàn/22 lượt người): Đoàn cán bộ huyện bạn (Lào) sang chúc "
            "mừng Quốc khánh.",
            [("in", 15, ("Lào",))],
        ),
        (
            "Xã đã tiếp 02 đoàn với 17 lượt người, đều từ Campuchia, gồm đoàn chính quyền xã bạn 10 người sang dự lễ khánh "
            "thành nhà rông và đoàn Công an huyện bạn 07 người đến trao trả công dân.",
            [("in", 10, ("Campuchia",)), ("in", 7, ("Campuchia",))],
        ),
    ],
)
def test_one_told_of_among_others(text: str, found: list[tuple[str, int | None, tuple[str, ...]]]) -> None:
    assert read_of(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Huyện cử 6 đoàn sang Lào, tổng 60 lượt người. Trong kỳ cấp 12 hộ chiếu công vụ cho cán bộ.",
        "Đã đón 9 đoàn khách của Lào, 83 người. Các đoàn còn lại đến trao đổi về đào tạo.",
        "Đã đón 05 đoàn khách của Lào/31 lượt người (năm 2018: 01 đoàn/6 lượt người).",
        "Tập đoàn Foxlink (Đài Loan) tuyển dụng 15 người làm việc tại khu công nghiệp.",
    ],
)
def test_a_sum_lends_its_country_to_delegations_alone(text: str) -> None:
    assert read_of(text) == []


def test_a_line_with_country_people_and_day_is_an_item_of_its_list() -> None:
    (one,) = told("Thăm Tết cụm bản Noọng Ma (Lào): 06 người, 11/4", "outbound")
    assert (one.direction, one.people, one.countries, one.started_on) == (
        "out",
        6,
        ("Lào",),
        date(2019, 4, 11),
    )
    assert told("Thăm Tết cụm bản Noọng Ma (Lào): 06 người", "outbound") == []
