from pipeline.document import Box, Layout, Line, Mark, Page, ZoneKind
from pipeline.layout import lay_out
from tests.layout.printed import (
    BODY,
    LEFT,
    MOTTO,
    PITCH,
    ending,
    letterhead,
    middle,
    printed,
    row,
    running,
    width_of,
)


def texts(layout: Layout, kind: ZoneKind) -> list[str]:
    return [line.text for zone in layout.zones if zone.kind == kind for line in zone.lines]


def report(
    *, left: tuple[str, ...] = ("ỦY BAN NHÂN DÂN", "HUYỆN HOA LƯ"), extra: tuple[Line, ...] = ()
) -> Page:
    lines = letterhead(left)
    lines += [
        row(0.16, middle("BÁO CÁO")),
        row(0.182, middle("Kết quả công tác đối ngoại năm 2021")),
        row(0.204, middle("trên địa bàn huyện")),
    ]
    lines += running(BODY, 0.25)
    lines += extra
    lines += ending(["- Như trên;", "- Lưu: VT."], ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], "Đinh Văn Khâm", 0.5)
    return printed(lines)


def test_columns_that_share_their_rows_are_parted() -> None:
    layout = lay_out([report()])
    assert texts(layout, "issuer") == ["ỦY BAN NHÂN DÂN", "HUYỆN HOA LƯ"]
    assert texts(layout, "number") == ["Số: 12/BC-UBND"]
    assert texts(layout, "place_date") == ["Hoa Lư, ngày 15 tháng 11 năm 2021"]
    assert texts(layout, "national_title")[1] == MOTTO
    assert texts(layout, "type") == ["BÁO CÁO"]
    assert texts(layout, "subject") == ["Kết quả công tác đối ngoại năm 2021", "trên địa bàn huyện"]


def test_a_page_that_could_not_be_read_leaves_the_others_as_they_are() -> None:
    failed = Page(2, 0, 0, 300, "scan", status="failed", error="the process that worked on it died")
    assert lay_out([report(), failed]) == lay_out([report()])
    assert lay_out([failed]) == Layout((), ())


def test_end_block_is_parted_and_leaves_the_body() -> None:
    layout = lay_out([report()])
    assert texts(layout, "recipients") == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert texts(layout, "authority") == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert texts(layout, "signer_name") == ["Đinh Văn Khâm"]
    assert [paragraph.text for paragraph in layout.paragraphs] == [BODY]


def test_a_distribution_list_that_lost_its_label_is_still_found() -> None:
    page = report()
    lines = [Line(line.words[2:]) if line.text.startswith("Nơi nhận:") else line for line in page.lines]
    layout = lay_out([printed(lines)])
    assert texts(layout, "recipients") == ["- Như trên;", "- Lưu: VT."]


def test_no_word_is_lost() -> None:
    page = report(extra=(*running("- " + BODY, 0.35), row(0.96, middle("2"))))
    layout = lay_out([page])
    found = [w for zone in layout.zones for line in zone.lines for w in line.words]
    found += [w for paragraph in layout.paragraphs for w in paragraph.words]
    assert sorted(w.text for w in found) == sorted(w.text for w in page.words)


def test_national_title_over_two_lines_keeps_the_issuer_clean() -> None:
    lines = [
        row(0.06, middle("ỦY BAN NHÂN DÂN", 0.25), middle("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", 0.69)),
        row(0.082, middle("HUYỆN HOA LƯ", 0.25), middle("VIỆT NAM", 0.69)),
        row(0.104, middle("Số: 12/BC-UBND", 0.25), middle(MOTTO, 0.69)),
        row(0.126, middle("Hoa Lư, ngày 15 tháng 11 năm 2021", 0.69)),
        row(0.17, middle("BÁO CÁO")),
        *running(BODY, 0.25),
    ]
    layout = lay_out([printed(lines)])
    assert texts(layout, "issuer") == ["ỦY BAN NHÂN DÂN", "HUYỆN HOA LƯ"]
    assert texts(layout, "national_title") == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "VIỆT NAM", MOTTO]


def test_bruised_anchors_are_still_found() -> None:
    lines = [
        row(0.06, middle("ÙY BAN NHÀN DÂN", 0.25), middle("CỌNG HÒA XÃ HỌI CHÙ NGHIA VIÊT NAM", 0.69)),
        row(0.082, middle("HUYỆN HOA LƯ", 0.25), middle("Đôc lâp - Tư do - Hanh phúc", 0.69)),
        row(0.104, middle("Sô: 12/BC-UBND", 0.25), middle("Hoa Lư, ngảy 15 thảng 11 nãm 2021", 0.69)),
        row(0.17, middle("BÀO CAO")),
        *running(BODY, 0.25),
        *ending(["- Nhu trên;", "- Luu: VT."], ["KT. CHU TICH", "PHO CHỦ TỊCH"], "Đinh Văn Khâm", 0.5),
    ]
    layout = lay_out([printed(lines)])
    assert texts(layout, "type") == ["BÀO CAO"]
    assert texts(layout, "number") == ["Sô: 12/BC-UBND"]
    assert texts(layout, "authority") == ["KT. CHU TICH", "PHO CHỦ TỊCH"]
    assert len(texts(layout, "recipients")) == 3


def test_official_letter_has_its_subject_under_the_number() -> None:
    lines = letterhead(["UBND TỈNH NINH BÌNH", "SỞ NGOẠI VỤ"], "Số: 45/SNgV-HTQT")
    lines += [row(0.15, middle("V/v báo cáo công tác", 0.25)), row(0.172, middle("đối ngoại năm 2021", 0.25))]
    lines += [row(0.22, (0.3, "Kính gửi: Ủy ban nhân dân tỉnh Ninh Bình."))]
    lines += running(BODY, 0.27)
    layout = lay_out([printed(lines)])
    assert texts(layout, "type") == []
    assert texts(layout, "subject") == ["V/v báo cáo công tác", "đối ngoại năm 2021"]
    assert texts(layout, "addressees") == ["Kính gửi: Ủy ban nhân dân tỉnh Ninh Bình."]
    assert [paragraph.text for paragraph in layout.paragraphs] == [BODY]


def test_party_letterhead_without_national_title() -> None:
    lines = [
        row(0.06, middle("ĐẢNG BỘ TỈNH NINH BÌNH", 0.25), middle("ĐẢNG CỘNG SẢN VIỆT NAM", 0.69)),
        row(0.082, middle("HUYỆN ỦY HOA LƯ", 0.25)),
        row(0.104, middle("*", 0.25), middle("Hoa Lư, ngày 15 tháng 11 năm 2021", 0.69)),
        row(0.126, middle("Số 152-BC/HU", 0.25)),
        row(0.17, middle("BÁO CÁO")),
        *running(BODY, 0.25),
    ]
    layout = lay_out([printed(lines)])
    assert texts(layout, "national_title") == ["ĐẢNG CỘNG SẢN VIỆT NAM"]
    assert texts(layout, "issuer") == ["ĐẢNG BỘ TỈNH NINH BÌNH", "HUYỆN ỦY HOA LƯ"]
    assert texts(layout, "number") == ["Số 152-BC/HU"]
    assert texts(layout, "place_date") == ["Hoa Lư, ngày 15 tháng 11 năm 2021"]


def test_legal_basis_after_the_subject_is_body() -> None:
    lines = letterhead(["ỦY BAN NHÂN DÂN", "TỈNH NINH BÌNH"], "Số: 12/2021/QĐ-UBND")
    lines += [
        row(0.16, middle("QUYẾT ĐỊNH")),
        row(0.182, middle("Ban hành Quy chế quản lý hoạt động đối ngoại")),
        row(0.23, middle("ỦY BAN NHÂN DÂN TỈNH NINH BÌNH")),
        *running(
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015 và các văn bản liên quan;",
            0.26,
        ),
        row(0.33, middle("QUYẾT ĐỊNH:")),
        *running(
            "Điều 1. Ban hành kèm theo Quyết định này Quy chế quản lý thống nhất các hoạt động đối ngoại.",
            0.36,
        ),
    ]
    layout = lay_out([printed(lines)])
    assert texts(layout, "type") == ["QUYẾT ĐỊNH"]
    assert texts(layout, "subject") == ["Ban hành Quy chế quản lý hoạt động đối ngoại"]
    assert [p.text.split()[0] for p in layout.paragraphs] == ["ỦY", "Căn", "QUYẾT", "Điều"]


def test_signature_captions_and_page_numbers_leave_the_text() -> None:
    first = [
        row(0.01, (0.7, "Ký bởi: Ủy ban nhân dân huyện")),
        row(0.025, (0.7, "Thời gian ký: 16/11/2021 08:15:24 +07:00")),
        *letterhead(["ỦY BAN NHÂN DÂN", "HUYỆN HOA LƯ"]),
        row(0.16, middle("BÁO CÁO")),
        *running(BODY, 0.25),
    ]
    second = [row(0.03, middle("2"), page=2), *running(BODY, 0.07, page=2)]
    layout = lay_out([printed(first), printed(second, 2)])
    assert len(texts(layout, "caption")) == 2
    assert texts(layout, "furniture") == ["2"]
    assert [paragraph.text for paragraph in layout.paragraphs] == [BODY, BODY]


def test_running_heads_are_furniture() -> None:
    pages = [
        printed([row(0.03, middle("Báo cáo của huyện Hoa Lư"), page=n), *running(BODY, 0.09, page=n)], n)
        for n in (1, 2, 3)
    ]
    layout = lay_out(pages)
    assert texts(layout, "furniture") == ["Báo cáo của huyện Hoa Lư"] * 3
    assert len(layout.paragraphs) == 3


def test_words_under_a_stamp_leave_the_subject() -> None:
    page = report()
    stamp = row(0.182, (0.01, "CV ĐẾN Số: 52"))
    lines = [Line(stamp.words + line.words) if "Kết quả" in line.text else line for line in page.lines]
    marked = printed(lines, marks=[Mark("stamp", Box(0.0, 0.17, 0.2, 0.22), 0.9)])
    layout = lay_out([marked])
    assert texts(layout, "stamp") == ["CV ĐẾN Số: 52"]
    assert texts(layout, "subject")[0] == "Kết quả công tác đối ngoại năm 2021"


def test_a_stamp_without_mark_is_known_by_its_labels() -> None:
    box = (
        row(0.215, (0.6, "CÔNG VĂN ĐẾN")),
        row(0.237, (0.6, "Số: 52")),
        row(0.259, (0.6, "Ngày: 16/11/2021")),
    )
    page = report()
    layout = lay_out([printed(sorted([*page.lines, *box], key=lambda line: line.box.y0))])
    assert texts(layout, "stamp")[0] == "CÔNG VĂN ĐẾN"
    assert texts(layout, "number") == ["Số: 12/BC-UBND"]


def test_from_day_to_day_in_the_body_is_no_stamp() -> None:
    text = (
        "Hội nghị được tổ chức tại trung tâm huyện với nhiều đại biểu, từ ngày 15/7/2019 đến ngày 18/7/2019."
    )
    layout = lay_out([report(extra=tuple(running(text, 0.35)))])
    assert layout.paragraphs[-1].text == text


def test_scraps_of_an_unmarked_stamp_leave_the_subject() -> None:
    page = report()
    scraps = row(0.182, (0.01, "[nene tho Ãi"), confidence=0.1)
    lines = [Line(scraps.words + line.words) if "Kết quả" in line.text else line for line in page.lines]
    layout = lay_out([printed(lines)])
    assert texts(layout, "subject")[0] == "Kết quả công tác đối ngoại năm 2021"


def test_addressees_are_a_list_set_deep() -> None:
    lines = letterhead(["ỦY BAN NHÂN DÂN", "HUYỆN HOA LƯ"])
    lines += [
        row(0.16, middle("BÁO CÁO")),
        row(0.182, middle("Công tác đối ngoại năm 2021")),
        row(0.22, (0.3, "Kính gửi:")),
        row(0.242, (0.4, "- Sở Ngoại vụ tỉnh;")),
        row(0.264, (0.4, "- Sở Kế hoạch và")),
        row(0.286, (0.4, "Đầu tư tỉnh.")),
        *running(BODY, 0.32),
    ]
    layout = lay_out([printed(lines)])
    assert texts(layout, "addressees") == [
        "Kính gửi:",
        "- Sở Ngoại vụ tỉnh;",
        "- Sở Kế hoạch và",
        "Đầu tư tỉnh.",
    ]
    assert [paragraph.text for paragraph in layout.paragraphs] == [BODY]


def test_annex_after_the_signature_is_body_again() -> None:
    annex = [
        row(0.06, middle("PHỤ LỤC I"), page=2),
        row(0.082, middle("DANH SÁCH ĐOÀN RA"), page=2),
        *running(BODY, 0.13, page=2),
    ]
    layout = lay_out([report(), printed(annex, 2)])
    assert [p.text for p in layout.paragraphs][1:3] == ["PHỤ LỤC I", "DANH SÁCH ĐOÀN RA"]
    assert texts(layout, "signer_name") == ["Đinh Văn Khâm"]


def test_recipients_named_in_running_text_are_no_end_block() -> None:
    text = "Nơi nhận báo cáo là Sở Ngoại vụ, đơn vị tổng hợp của tỉnh, các cơ quan khác gửi qua hệ thống chung của tỉnh."
    lines = [
        *letterhead(["ỦY BAN NHÂN DÂN", "HUYỆN HOA LƯ"]),
        row(0.16, middle("BÁO CÁO")),
        *running(BODY, 0.25),
    ]
    lines += running(text, 0.33)
    layout = lay_out([printed(lines)])
    assert texts(layout, "recipients") == []
    assert layout.paragraphs[-1].text == text


def test_a_document_without_letterhead_is_all_body() -> None:
    lines = [*running(BODY, 0.1), *running(BODY, 0.1 + 4 * PITCH)]
    layout = lay_out([printed(lines)])
    assert layout.zones == ()
    assert len(layout.paragraphs) == 2


def test_nothing_gives_nothing() -> None:
    assert lay_out([]) == Layout((), ())
    assert lay_out([printed([])]) == Layout((), ())


def test_post_alone_in_the_left_margin_is_no_signature() -> None:
    lines = [*letterhead(["ỦY BAN NHÂN DÂN", "HUYỆN HOA LƯ"]), row(0.16, middle("BÁO CÁO"))]
    lines += [row(0.25, (LEFT, "CHỦ TỊCH UBND")), *running(BODY, 0.28)]
    assert texts(lay_out([printed(lines)]), "authority") == []


def test_a_signature_pushed_to_the_next_page_is_found() -> None:
    first = [
        *letterhead(["ỦY BAN NHÂN DÂN", "HUYỆN HOA LƯ"]),
        row(0.16, middle("BÁO CÁO")),
        *running(BODY, 0.25),
    ]
    first += [
        row(0.9 + i * PITCH, (LEFT, text))
        for i, text in enumerate(["Nơi nhận:", "- Như trên;", "- Lưu: VT."])
    ]
    second = [row(0.03, middle("2"), page=2)]
    second += [
        row(0.08 + i * PITCH, middle(text, 0.72), page=2)
        for i, text in enumerate(["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"])
    ]
    second += [row(0.2, middle("Đinh Văn Khâm", 0.72), page=2)]
    layout = lay_out([printed(first), printed(second, 2)])
    assert texts(layout, "recipients") == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert texts(layout, "authority") == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert texts(layout, "signer_name") == ["Đinh Văn Khâm"]
    assert [paragraph.text for paragraph in layout.paragraphs] == [BODY]


def test_posts_in_small_letters_and_short_names_of_bodies_sign_too() -> None:
    for signature in (["KT. Giám đốc", "Phó Giám đốc"], ["TM. UBND XÃ", "CHỦ TỊCH"]):
        lines = [
            *letterhead(["UBND TỈNH NINH BÌNH", "SỞ NGOẠI VỤ"]),
            row(0.16, middle("BÁO CÁO")),
            *running(BODY, 0.25),
        ]
        lines += ending(["- Như trên;", "- Lưu: VT."], signature, "Đinh Văn Khâm", 0.5)
        assert texts(lay_out([printed(lines)]), "authority") == signature


def test_a_translation_under_the_title_leaves_the_columns_whole() -> None:
    lines = [
        row(0.06, middle("UBND TỈNH NINH BÌNH", 0.25), middle("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.69)),
        row(0.082, middle("SỞ NGOẠI VỤ", 0.25), middle("SOCIALIST REPUBLIC OF VIET NAM", 0.69)),
        row(0.104, middle("Số: 12/SNgV-LS", 0.25), middle(MOTTO, 0.69)),
        row(0.126, middle("Ninh Bình, ngày 15 tháng 11 năm 2021", 0.69)),
        *running(BODY, 0.25),
    ]
    layout = lay_out([printed(lines)])
    assert texts(layout, "issuer") == ["UBND TỈNH NINH BÌNH", "SỞ NGOẠI VỤ"]
    assert len(texts(layout, "national_title")) == 3


def test_a_long_issuer_is_parted_from_the_national_title_by_little_more_than_a_space() -> None:
    lines = letterhead(("UBND TỈNH THỪA THIÊN HUẾ", "SỞ NGOẠI VỤ"))
    issuer, nation = "UBND TỈNH THỪA THIÊN HUẾ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    close = row(0.06, (0.14, issuer), (0.14 + width_of(issuer) + 0.013, nation))
    layout = lay_out([printed([close, *lines[1:], *running(BODY, 0.25)])])
    assert texts(layout, "issuer") == ["UBND TỈNH THỪA THIÊN HUẾ", "SỞ NGOẠI VỤ"]
    assert texts(layout, "national_title")[0] == nation


def test_a_long_issuer_in_capitals_is_parted_from_place_and_date() -> None:
    left = ("ỦY BAN NHÂN DÂN", "TỈNH NINH BÌNH", "HỘI HỮU NGHỊ VIỆT NAM")
    issuer, date = left[2], "Thành phố Hoa Lư, ngày 15 tháng 11 năm 2021"
    rows = letterhead(left, date=date)
    close = row(0.06 + 2 * PITCH, (0.14, issuer), (0.14 + width_of(issuer) + 0.009, date))
    layout = lay_out(
        [printed([*rows[:2], close, *rows[3:], row(0.17, middle("BÁO CÁO")), *running(BODY, 0.25)])]
    )
    assert texts(layout, "place_date") == [date]
    assert texts(layout, "issuer") == list(left)


def test_names_of_the_highlands_with_a_particle_joined_to_them_sign_too() -> None:
    for name in ("Rơ Mah H’Lan", "Siu H'Bia"):
        lines = [*letterhead(["HUYỆN ỦY HOA LƯ"]), row(0.16, middle("BÁO CÁO")), *running(BODY, 0.25)]
        lines += ending(["- Như trên;"], ["T.M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"], name, 0.5)
        layout = lay_out([printed(lines)])
        assert texts(layout, "signer_name") == [name]
        assert texts(layout, "authority") == ["T.M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"]


def test_a_number_under_the_type_is_no_subject() -> None:
    lines = [row(0.06, middle("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")), row(0.082, middle(MOTTO))]
    heading = ("HỢP ĐỒNG MUA BÁN", "Số: 07/2014/HĐ-MB", "Về việc mua thiết bị văn phòng")
    lines += [row(0.13 + index * PITCH, middle(text)) for index, text in enumerate(heading)]
    layout = lay_out([printed([*lines, *running(BODY, 0.25)])])
    assert texts(layout, "number") == ["Số: 07/2014/HĐ-MB"]
    assert texts(layout, "subject") == ["Về việc mua thiết bị văn phòng"]
    assert " ".join(texts(layout, "type")) == "HỢP ĐỒNG MUA BÁN"


def test_a_dash_within_a_post_is_kept_and_one_beside_it_is_not() -> None:
    lines = [
        *letterhead(("ỦY BAN NHÂN DÂN", "HUYỆN HOA LƯ")),
        row(0.16, middle("BÁO CÁO")),
        *running(BODY, 0.25),
    ]
    lines += ending(["- Lưu: VT."], ["TRƯỞNG BAN KINH TẾ - XÃ HỘI -"], "Đinh Văn Khâm", 0.5)
    assert texts(lay_out([printed(lines)]), "authority") == ["TRƯỞNG BAN KINH TẾ - XÃ HỘI"]


def test_a_printed_line_that_runs_through_the_box_of_a_stamp_stays_whole() -> None:
    page = report()
    subject = next(line for line in page.lines if line.text.startswith("Kết quả"))
    first = subject.words[0].box
    over = Mark(
        "stamp", Box(first.x0 - 0.2, first.y0 - 0.03, first.x1 + 0.005, first.y1 + 0.01), 0.9, "CV ĐẾN"
    )
    scrap = row(0.15, (first.x0 - 0.12, "V144"))
    layout = lay_out([printed(sorted([*page.lines, scrap], key=lambda line: line.box.y0), marks=[over])])
    assert texts(layout, "subject")[0] == "Kết quả công tác đối ngoại năm 2021"
    assert "V144" in " ".join(texts(layout, "stamp"))
