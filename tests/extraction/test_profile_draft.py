"""A profile drafted from reports of a kind that sohoa does not know."""

from functools import cache
from pathlib import Path

import pytest

from pipeline.document import Extraction
from pipeline.extraction.profile import Profile, load_profile, profile_file
from pipeline.extraction.profile_draft import Draft, Example, draft_profile
from pipeline.extraction.profile_draft_yaml import draft_yaml
from pipeline.outline import outline
from tests.extraction.written_reports import read_report, understood

FOLDER = Path(__file__).with_name("giam_ngheo")
EXAMPLES = ("huyen_a", "huyen_b", "xa_c")


def example(name: str) -> Example:
    layout = read_report(FOLDER / f"{name}.txt").layout
    subject = " ".join(line.text for z in layout.zones if z.kind == "subject" for line in z.lines)
    return Example(f"{name}.pdf", layout, outline(layout), "Báo cáo", subject)


@cache
def draft() -> Draft:
    return draft_profile([example(name) for name in EXAMPLES])


@pytest.fixture
def drafted(tmp_path: Path) -> Profile:
    path = tmp_path / "giam_ngheo.yaml"
    path.write_text(draft_yaml(draft(), "giam_ngheo"), encoding="utf-8")
    return load_profile(str(path))


def values(extraction: Extraction) -> list[int]:
    own = [r for r in extraction.fields if not r.field.startswith(("doc.", "report.")) and r.value_number]
    return sorted(int(row.value_number) for row in own if row.value_number == int(row.value_number or 0))


def test_headings_that_recur_become_topics_and_those_of_plans_are_closed() -> None:
    closed = {topic.name for topic in draft().topics if topic.closed}
    assert closed == {"issues", "plan", "recommendations"}
    wordings = {wording for topic in draft().topics for wording in topic.wordings}
    assert {"rà soát hộ nghèo", "tín dụng ưu đãi", "hỗ trợ nhà ở"} <= wordings


def test_nouns_that_the_number_grammar_does_not_know_are_found() -> None:
    assert draft().nouns == ["con bò giống", "căn nhà"]


def test_a_draft_has_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "giam_ngheo.yaml"
    path.write_text(draft_yaml(draft(), "giam_ngheo"), encoding="utf-8")
    assert profile_file(str(path)).mistakes == ()


def test_a_draft_reads_a_report_that_was_no_example(drafted: Profile) -> None:
    extraction = understood(read_report(FOLDER / "xa_unseen.txt"), drafted)
    assert values(extraction) == [1, 3, 11, 35, 61, 143, 204, 377, 910_000_000, 5_750_000_000]
    assert [row.value_text for row in extraction.rows("issues.items")] == ["Đường giao thông khó khăn"]
    assert extraction.findings == ()


def test_it_reads_its_examples_and_nothing_of_their_plans(drafted: Profile) -> None:
    extraction = understood(read_report(FOLDER / "huyen_a.txt"), drafted)
    found = values(extraction)
    assert {2314, 1870, 12, 340, 1205, 64, 14, 420} <= set(found)
    assert 70 not in found


def test_it_reads_no_report_of_another_kind(drafted: Profile) -> None:
    path = FOLDER.parent / "cai_cach_hanh_chinh/tuned/xa_2024.txt"
    extraction = understood(read_report(path), drafted)
    assert [finding.check for finding in extraction.findings] == ["not_of_profile"]


def test_a_single_example_gives_its_headings_and_labels() -> None:
    alone = draft_profile([example("huyen_b")])
    assert any("hộ nghèo" in label for spec in alone.fields for label in spec.labels)


def test_the_yaml_says_where_everything_was_seen() -> None:
    text = draft_yaml(draft(), "giam_ngheo")
    assert "# xa_c.pdf: Tín dụng ưu đãi" in text
    assert "CHECK" in text


def test_hostile_words_of_an_example_do_not_break_the_yaml(tmp_path: Path) -> None:
    source = (FOLDER / "huyen_b.txt").read_text("utf-8")
    hostile = source.replace("Hỗ trợ nhà ở", "Hỗ trợ: #\"nhà' ở | [x] (y * &a !!z").replace(
        "hộ nghèo:", "hộ nghèo (a|b) *:"
    )
    path = tmp_path / "report.txt"
    path.write_text(hostile, encoding="utf-8")
    layout = read_report(path).layout
    broken = Example("a\nname: b.pdf", layout, outline(layout), "Báo cáo", "việc: [nhỏ")
    text = draft_yaml(draft_profile([broken]), "hostile")
    (tmp_path / "hostile.yaml").write_text(text, encoding="utf-8")
    assert profile_file(str(tmp_path / "hostile.yaml")).errors == []
