import json
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli.main import app
from pipeline.dataset.writing import write_dataset
from pipeline.document import Document, FieldValue, Layout
from pipeline.evaluation import evaluate
from pipeline.extraction.extract import extract
from pipeline.extraction.profile import load_profile, profile_file
from pipeline.outline import outline
from pipeline.review.decisions import Key
from pipeline.review.desk import Desk
from pipeline.review.lessons import Suggestion, lessons, suggestions
from pipeline.review.pictures import Pictures
from pipeline.review.profile_lines import with_lines
from tests.extraction.reports import body, letterhead, pages_of

PROFILE = """\
name: moi_truong
title_vi: Báo cáo môi trường
title_en: Report on the environment
recognise:
  types: [Báo cáo]
  subject: [bảo vệ môi trường]
  min_topics: 1
anti:
  plan: [kế hoạch năm]
topics:
  - name: inspections
    group: inspections
    headings:
      - thanh tra [về] môi trường  # the heading of the department
fields:
  - name: inspections.count
    group: inspections
    type: count
    unit: cuộc
    label_vi: Số cuộc thanh tra
    topics: [inspections]
    units: [events]
    labels:
      - số cuộc thanh tra

  - name: inspections.violations
    group: inspections
    type: count
    unit: trường hợp
    label_vi: Số trường hợp vi phạm
    topics: [inspections]
    labels: [trường hợp vi phạm]
  - {name: inspections.fines, group: inspections, type: money, label_vi: Phạt, topics: [inspections], labels: [tiền xử phạt]}
  - name: inspections.team
    group: inspections
    type: text
    label_vi: Đoàn thanh tra
    topics: [inspections]
    rules:
      - {cue: [trưởng đoàn là], take: words}
"""
BODY = """
I. KẾT QUẢ THANH TRA MÔI TRƯỜNG
Lượt kiểm tra cơ sở trong kỳ: 12 cuộc.
Năm trước phát hiện 09 trường hợp vi phạm.
Trong kỳ đã lập biên bản 04 trường hợp sai phạm.
Phạt tiền nộp ngân sách: 250 triệu đồng.
"""


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    path = tmp_path / "moi_truong.yaml"
    path.write_text(PROFILE, encoding="utf-8")
    return path


def extracted(text: str, profile: Path, name: str = "a", folder: str = "in") -> Document:
    layout = Layout(letterhead(subject=("Kết quả công tác bảo vệ môi trường năm 2021",)), body(text))
    pages = tuple(pages_of(layout))
    extraction = extract(layout, outline(layout), list(pages), load_profile(str(profile)))
    doc_id = sha256(f"{folder}/{name}{text}".encode()).hexdigest()
    return Document(doc_id, f"{folder}/{name}.pdf", (), 5, "ok", "", pages, extraction, "moi_truong")


def found(document: Document, field: str) -> FieldValue:
    assert document.extraction is not None
    row = document.extraction.first(field)
    assert row is not None
    return row


def opened(root: Path, profile: Path, *documents: Document) -> Desk:
    write_dataset(documents, root, load_profile(str(profile)).fields)
    return Desk(root, str(profile), Pictures())


def accepted(document: Document) -> Document:
    """Return the document with nothing flagged."""
    assert document.extraction is not None
    rows = tuple(replace(row, confidence=0.99, needs_review=False) for row in document.extraction.fields)
    return replace(document, extraction=replace(document.extraction, fields=rows))


def put_right(desk: Desk, key: Key, who: str = "lan", **value: str) -> None:
    new = {"state": "reported", **value}
    desk.decide(who, *key, seen=desk.trail.seen(*key), action="set", new=new)


def test_a_wording_that_the_profile_lacks_is_suggested_and_once_pasted_the_value_is_found(
    tmp_path: Path, profile: Path
) -> None:
    before = extracted(BODY, profile)
    assert found(before, "inspections.count").state != "reported"
    assert found(before, "inspections.fines").state != "reported"
    desk = opened(tmp_path / "out", profile, before)
    put_right(desk, (before.doc_id, "inspections.count"), number="12", unit="cuộc")
    put_right(desk, (before.doc_id, "inspections.fines"), number="250000000", currency="VND")
    drafted = tmp_path / "draft.yaml"
    told = CliRunner().invoke(
        app, ["review", "lessons", str(tmp_path / "out"), "--profile", str(profile), "--draft", str(drafted)]
    )
    assert told.exit_code == 0, told.output
    assert "có trong văn bản mà máy không lấy / stands in the text and was not taken" in told.output
    assert "a.pdf: " in told.output and "→ 12 cuộc" in told.output
    assert CliRunner().invoke(app, ["profile", "check", str(drafted)]).exit_code == 0
    after = extracted(BODY, drafted)
    assert found(after, "inspections.count").value_number == 12
    assert found(after, "inspections.fines").value_number == 250_000_000


def test_what_is_printed_as_suggestion_is_valid_where_it_is_pasted_by_hand(
    tmp_path: Path, profile: Path
) -> None:
    document = extracted(BODY, profile)
    desk = opened(tmp_path / "out", profile, document)
    put_right(desk, (document.doc_id, "inspections.count"), number="12", unit="cuộc")
    told = (
        CliRunner()
        .invoke(app, ["review", "lessons", str(tmp_path / "out"), "--profile", str(profile)])
        .output
    )
    (line,) = [line for line in told.splitlines() if line.strip().startswith("- '")]
    source = PROFILE.replace("      - số cuộc thanh tra\n", f"      - số cuộc thanh tra\n{line}\n")
    profile.write_text(source, encoding="utf-8")
    assert not profile_file(str(profile)).mistakes
    assert found(extracted(BODY, profile), "inspections.count").value_number == 12


def test_corrections_are_told_apart_by_what_had_happened(tmp_path: Path, profile: Path) -> None:
    text = "I. KẾT QUẢ THANH TRA MÔI TRƯỜNG\nSố cuộc thanh tra: 15 cuộc. Thanh tra đột xuất 07 cuộc.\n"
    one, two = extracted(text, profile, "a"), extracted(text + " ", profile, "b")
    three, four = extracted(text + "  ", profile, "c"), extracted(BODY, profile, "d")
    desk = opened(tmp_path / "out", profile, one, two, three, four)
    name = "inspections.count"
    assert found(one, name).value_number == 15
    put_right(desk, (one.doc_id, name), number="7", unit="cuộc")
    put_right(desk, (two.doc_id, name), number="16", unit="cuộc")
    desk.decide("lan", three.doc_id, name, seen="", action="set", new={"state": "unreadable"})
    put_right(desk, (four.doc_id, name), number="12", unit="cuộc")
    put_right(desk, (four.doc_id, "inspections.violations"), number="9", unit="trường hợp")
    kinds = {(lesson.field, lesson.what): [c.source for c in lesson.corrections] for lesson in lessons(desk)}
    assert kinds[name, "other_taken"] == ["a.pdf"]
    assert kinds[name, "misread"] == ["b.pdf"]
    assert kinds[name, "state"] == ["c.pdf"]
    assert kinds[name, "not_taken"] == ["d.pdf"]


def test_what_people_confirmed_teaches_nothing(tmp_path: Path, profile: Path) -> None:
    document = extracted("I. KẾT QUẢ THANH TRA MÔI TRƯỜNG\nSố cuộc thanh tra: 15 cuộc.", profile)
    desk = opened(tmp_path / "out", profile, document)
    put_right(desk, (document.doc_id, "inspections.count"), number="15", unit="cuộc")
    assert lessons(desk) == []
    told = (
        CliRunner()
        .invoke(app, ["review", "lessons", str(tmp_path / "out"), "--profile", str(profile)])
        .output
    )
    assert "Nothing was corrected yet" in told


def test_a_heading_that_no_topic_knows_is_suggested_for_the_fields_topic(
    tmp_path: Path, profile: Path
) -> None:
    document = extracted("I. HOẠT ĐỘNG HẬU KIỂM CƠ SỞ XẢ THẢI\nĐã tiến hành 12 cuộc trong năm.\n", profile)
    desk = opened(tmp_path / "out", profile, document)
    put_right(desk, (document.doc_id, "inspections.count"), number="12", unit="cuộc")
    lines = suggestions(lessons(desk), load_profile(str(profile)))
    assert ("inspections", "headings", "hoạt động hậu kiểm cơ sở xả thải") in {
        (s.of, s.part, s.wording) for s in lines
    }


def test_the_words_of_a_figure_taken_wrongly_keep_it_from_being_taken_again(
    tmp_path: Path, profile: Path
) -> None:
    text = (
        "I. KẾT QUẢ THANH TRA MÔI TRƯỜNG\n"
        "Các xã kê khai số cuộc thanh tra: 31 cuộc. Toàn huyện tiến hành 15 cuộc.\n"
    )
    document = extracted(text, profile)
    desk = opened(tmp_path / "out", profile, document)
    name = "inspections.count"
    assert found(document, name).value_number == 31
    put_right(desk, (document.doc_id, name), number="15", unit="cuộc")
    lines = suggestions(lessons(desk), load_profile(str(profile)))
    assert [s.wording for s in lines if (s.of, s.part) == (name, "except_in")] == [
        "kê khai số cuộc thanh tra"
    ]
    profile.write_text(with_lines(PROFILE, lines)[0], encoding="utf-8")
    assert found(extracted(text, profile), name).value_number == 15


def test_words_before_a_wrong_figure_that_no_label_named_become_an_anti_cue(
    tmp_path: Path, profile: Path
) -> None:
    text = "I. KẾT QUẢ THANH TRA MÔI TRƯỜNG\nNước ngoài tài trợ 31 cuộc. Số cuộc thanh tra: 15 cuộc.\n"
    document = extracted(text, profile)
    wrong = replace(found(document, "inspections.count"), value_number=Decimal(31))
    extraction = replace(document.extraction, fields=(wrong,))  # type: ignore[type-var]
    desk = opened(tmp_path / "other", profile, replace(document, extraction=extraction))
    put_right(desk, (document.doc_id, "inspections.count"), number="15", unit="cuộc")
    lines = suggestions(lessons(desk), load_profile(str(profile)))
    assert [(s.part, s.wording) for s in lines] == [("anti", "nước ngoài tài trợ")]


def test_lines_go_where_they_belong_and_comments_stay() -> None:
    lines = [
        Suggestion("inspections.count", "labels", "lượt kiểm tra", 2, ("a.pdf", "b.pdf")),
        Suggestion("inspections.count", "cues", "đợt kiểm tra", 1, ("a.pdf",)),
        Suggestion("inspections.violations", "labels", "'trường hợp' sai: phạm", 1, ("a.pdf",)),
        Suggestion("inspections.fines", "labels", "phạt tiền", 1, ("a.pdf",)),
        Suggestion("inspections.fines", "anti", "đề nghị phạt", 1, ("a.pdf",)),
        Suggestion("inspections", "headings", "hậu kiểm", 1, ("a.pdf",)),
        Suggestion("inspections.count", "labels", "số cuộc thanh tra", 1, ("a.pdf",)),
        Suggestion("no.such", "labels", "gì đó", 1, ("a.pdf",)),
    ]
    text, taken = with_lines(PROFILE, lines)
    assert taken == lines[:6], "one stands there already, one is of no field"
    assert "# the heading of the department" in text
    assert "- 'lượt kiểm tra'  # 2 corrections: a.pdf, b.pdf" in text
    removed = [line for line in PROFILE.splitlines() if line not in text.splitlines()]
    assert len(removed) == 2, "only the lines with lists on one line are changed"


def test_a_line_that_would_break_the_profile_is_left_out() -> None:
    lines = [
        Suggestion("inspections.count", "labels", "((", 1, ("a.pdf",)),
        Suggestion("inspections.count", "labels", "lượt kiểm tra", 1, ("a.pdf",)),
    ]
    text, taken = with_lines(PROFILE, lines)
    assert taken == lines[1:]
    assert "((" not in text


# ---- truth files ----------------------------------------------------------------------------------------------------


def exported(root: Path, profile: Path, out: Path) -> str:
    told = CliRunner().invoke(
        app, ["review", "export", str(root), "--truth", str(out), "--profile", str(profile)]
    )
    assert told.exit_code == 0, told.output
    return told.output


def test_what_people_decided_measures_another_run_and_nothing_else_is_judged(
    tmp_path: Path, profile: Path
) -> None:
    document = extracted(BODY, profile)
    desk = opened(tmp_path / "out", profile, document)
    put_right(desk, (document.doc_id, "inspections.count"), number="12", unit="cuộc")
    put_right(desk, (document.doc_id, "inspections.fines"), number="250000000.5", currency="VND")
    desk.decide("lan", document.doc_id, "inspections.team", seen="", action="set", new={"state": "absent"})
    told = exported(tmp_path / "out", profile, tmp_path / "truth")
    assert "1 truth files with 3 fields" in told
    truth = json.loads((tmp_path / "truth" / "a.json").read_text("utf-8"))
    assert truth["doc_id"] == document.doc_id
    assert truth["fields"]["inspections.count"] == {"state": "reported", "value_number": 12, "unit": "cuộc"}
    assert truth["fields"]["inspections.fines"]["value_number"] == 250000000.5
    result = evaluate(tmp_path / "out", tmp_path / "truth")
    assert {field.field: field.outcome for field in result.fields} == {
        "inspections.count": "wrong", "inspections.fines": "wrong", "inspections.team": "right",
    }  # fmt: skip


def test_two_scans_of_one_name_are_told_apart(tmp_path: Path, profile: Path) -> None:
    first = extracted(
        "I. KẾT QUẢ THANH TRA MÔI TRƯỜNG\nSố cuộc thanh tra: 15 cuộc.", profile, folder="in/2020"
    )
    second = extracted(
        "I. KẾT QUẢ THANH TRA MÔI TRƯỜNG\nSố cuộc thanh tra: 16 cuộc.", profile, folder="in/2021"
    )
    desk = opened(tmp_path / "out", profile, first, second)
    put_right(desk, (first.doc_id, "inspections.count"), number="15", unit="cuộc")
    put_right(desk, (second.doc_id, "inspections.count"), number="16", unit="cuộc")
    exported(tmp_path / "out", profile, tmp_path / "truth")
    result = evaluate(tmp_path / "out", tmp_path / "truth")
    assert [(field.document, field.outcome) for field in result.fields] == [
        ("in/2020/a.pdf", "right"), ("in/2021/a.pdf", "right"),
    ]  # fmt: skip


def test_a_dispute_is_no_truth_until_somebody_rules(tmp_path: Path, profile: Path) -> None:
    document = extracted(BODY, profile)
    desk = opened(tmp_path / "out", profile, document)
    key = document.doc_id, "inspections.count"
    put_right(desk, key, number="12", unit="cuộc")
    other = {"state": "reported", "number": "13", "unit": "cuộc"}
    desk.decide("minh", *key, seen=desk.trail.seen(*key), action="second", new=other)
    assert "Left out: 1 fields, two people disagree" in exported(
        tmp_path / "out", profile, tmp_path / "truth"
    )
    desk.decide("hoa", *key, seen=desk.trail.seen(*key), action="adjudicate", new=other)
    exported(tmp_path / "out", profile, tmp_path / "ruled")
    truth = json.loads((tmp_path / "ruled" / "a.json").read_text("utf-8"))
    assert truth["fields"]["inspections.count"]["value_number"] == 13
    refused = CliRunner().invoke(
        app,
        [
            "review",
            "export",
            str(tmp_path / "out"),
            "--truth",
            str(tmp_path / "ruled"),
            "--profile",
            str(profile),
        ],
    )
    assert refused.exit_code == 2, "an export is not mixed with another"


def test_what_an_audit_found_right_is_truth_as_well(tmp_path: Path, profile: Path) -> None:
    document = extracted("I. KẾT QUẢ THANH TRA MÔI TRƯỜNG\nSố cuộc thanh tra: 15 cuộc.", profile)
    desk = opened(tmp_path / "out", profile, accepted(document))
    told = CliRunner().invoke(
        app, ["review", "audit", str(tmp_path / "out"), "--profile", str(profile), "--name", "hoa"]
    )
    assert told.exit_code == 0, told.output
    desk.follow()
    key = next(item.key for item in desk.control.draws[-1].items)
    desk.decide("hoa", *key, seen="", action="audit", new=desk.value(*key).to_json())
    assert "1 truth files with 1 fields" in exported(tmp_path / "out", profile, tmp_path / "truth")


def test_restricted_documents_give_no_truth_unless_asked(tmp_path: Path, profile: Path) -> None:
    document = extracted(BODY, profile)
    desk = opened(tmp_path / "out", profile, document)
    put_right(desk, (document.doc_id, "inspections.count"), number="12", unit="cuộc")
    secret = Document(document.doc_id, document.source, (), 5, "restricted", "", (), None, "moi_truong")
    write_dataset([secret], tmp_path / "out", load_profile(str(profile)).fields)
    assert "1 fields, their documents are restricted" in exported(
        tmp_path / "out", profile, tmp_path / "truth"
    )
    assert not list((tmp_path / "truth").glob("*.json"))
    told = CliRunner().invoke(
        app,
        [
            "review",
            "export",
            str(tmp_path / "out"),
            "--truth",
            str(tmp_path / "all"),
            "--profile",
            str(profile),
            "--allow-restricted",
        ],
    )
    assert "1 truth files with 1 fields" in told.output
