"""Mentions: every place that may answer a field, and what is seen around it."""

from pipeline.document import Box, Passage, Word
from pipeline.extraction.candidates import Said
from pipeline.extraction.mentions import Mention, Surroundings, features, mentions
from pipeline.extraction.profile import load_profile
from pipeline.extraction.scope import ReportPeriod
from pipeline.extraction.statements import Head, Statement

OWN = ReportPeriod(2021, "year")


def passage(text: str) -> Passage:
    return Passage(
        tuple(Word(w, Box(0.01 * i, 0.1, 0.01 * i + 0.009, 0.12), 1.0, 1) for i, w in enumerate(text.split()))
    )


def said(text: str, opening: int = 0, heads: tuple[Head, ...] = ()) -> Said:
    return Said(Statement(passage(text), opening, heads, "1", True, True, 0))


def found(text: str, opening: int = 0) -> list[Mention]:
    return list(mentions(said(text, opening)))


def test_figures_denials_and_open_labels_are_mentions() -> None:
    kinds = [m.kind for m in found("Huyện cử 05 đoàn với 21 lượt người, chưa có đoàn nào đi Lào.")]
    assert kinds == ["quantity", "quantity", "denial"]
    text = "Lượng kiều hối:"
    assert [m.kind for m in found(text, len(text))] == ["open"]


def test_a_negation_that_no_rule_knows_is_a_mention_too() -> None:
    (mention,) = [
        m for m in found("Dù trao đổi nhiều lần, hai bên chưa đi đến ký kết.") if m.kind == "denial"
    ]
    assert mention.said.statement.text[mention.start : mention.end].startswith("chưa đi đến")
    assert [m.kind for m in found("Con số cụ thể đang chờ cơ quan thống kê.")] == ["denial"]
    assert found("Cho phép các đơn vị tự tổ chức.") == []


def test_what_stands_around_a_figure_is_seen() -> None:
    one = said("So với 03 đoàn của năm 2020, năm 2021 huyện cử 05 đoàn đi nước ngoài.")
    first, second = [m for m in mentions(one) if m.kind == "quantity"]
    around = Surroundings(one, OWN, load_profile("doi_ngoai"))
    assert "period:after:own:earlier" in features(first, around)
    seen = features(second, around)
    assert {"B0:cu", "A0:di", "A2:nuoc_ngoai", "than_prior:1"} <= set(seen)
    assert any(feature.startswith("period:before:own:own") for feature in seen)


def test_a_sum_and_its_parts_are_seen() -> None:
    one = said("Tổng số 09 đoàn, gồm 04 đoàn do tỉnh cử và 05 đoàn do huyện cử.")
    total, part, _ = [m for m in mentions(one) if m.kind == "quantity"]
    around = Surroundings(one, OWN, load_profile("doi_ngoai"))
    assert "sum_of_next" in features(total, around)
    assert "part_of_prior" in features(part, around)
