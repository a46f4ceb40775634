from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.confidence import assess, with_findings, with_threshold
from pipeline.confidence.assess import AT_MOST, SOFT, must_show
from pipeline.confidence.dial import NEVER
from pipeline.confidence.reasons import REASONS
from pipeline.document import (
    Delegation,
    Evidence,
    Extraction,
    FieldValue,
    Finding,
    Line,
    Page,
    Reference,
    Word,
)
from pipeline.extraction.profile import load_profile
from pipeline.extraction.weighing import WeighedExtraction, Weighing
from pipeline.review.words import words as texts
from tests.extraction.reports import words

SPECS = {spec.name: spec for spec in load_profile("doi_ngoai").fields}
CLEAR = Weighing(peak=0.99, likeliest=0.96, left=0.96, ruled=0.93, options=1, headed=2, alike=1, labelled=1)
SILENT = Weighing(peak=0.01)


def page(confidence: float = 0.999, quality: float = 0.98) -> Page:
    lines = (Line(words("một hai ba bốn năm sáu bảy", confidence=confidence)),)
    return Page(1, 2480, 3508, 300, "scan", lines, quality=quality)


def row(score: float = 0.96, *doubts: str, read: float = 0.999) -> FieldValue:
    return FieldValue(
        "outbound.delegations",
        "reported",
        value_number=Decimal(5),
        unit="đoàn",
        rule="label|learned",
        evidence=Evidence(words("05 đoàn", confidence=read)),
        score=score,
        doubts=doubts,
    )


def extraction(value: FieldValue, weighing: Weighing = CLEAR) -> WeighedExtraction:
    return WeighedExtraction((value,), weighed={value.field: weighing}, specs=SPECS)


def judged(value: FieldValue, weighing: Weighing = CLEAR, *pages: Page) -> FieldValue:
    (found,) = assess(extraction(value, weighing), pages or (page(),)).fields
    return found


def disputed(word: Word) -> Word:
    return replace(word, other=word.text + "1")


def test_a_well_read_value_of_a_strong_rule_is_surer_than_a_badly_read_one() -> None:
    confidences = [judged(row(read=read)).confidence for read in (0.3, 0.6, 0.9, 0.999)]
    assert confidences == sorted(confidences)
    assert confidences[-1] > confidences[0]


def test_two_readers_that_disagree_never_make_a_value_surer() -> None:
    one = row(read=0.8)
    assert one.evidence is not None
    other = replace(one, evidence=Evidence(tuple(map(disputed, one.evidence.words))))
    assert judged(other).confidence <= judged(one).confidence


def test_an_absent_field_that_something_speaks_for_is_less_sure_than_a_silent_one() -> None:
    silent = FieldValue("oda.value", "absent", rule="nothing found")
    spoken_for = Weighing(
        peak=0.9, likeliest=0.8, headed=3, idle=2, unclaimed=2, labelled=1, labelled_unclaimed=1
    )
    quiet, doubtful = judged(silent, SILENT), judged(silent, spoken_for)
    assert doubtful.confidence < quiet.confidence
    assert doubtful.needs_review
    assert "may_be_overlooked" in doubtful.reasons


@pytest.mark.parametrize(
    "doubt", ["handwriting", "contradicted", "words_disagree", "out_of_bounds", "something_new"]
)
def test_what_a_person_must_see_is_for_review_however_low_the_threshold(doubt: str) -> None:
    found = judged(row(1.0, doubt))
    assert doubt in found.reasons
    low = with_threshold(Extraction((found,)), 0.0)
    assert low.fields[0].needs_review


@pytest.mark.parametrize("doubt", sorted(SOFT))
def test_a_soft_doubt_is_weighed_and_told_but_decides_nothing_alone(doubt: str) -> None:
    found = judged(row(1.0, doubt))
    assert doubt in found.reasons
    assert not must_show(found)


def test_what_could_not_be_read_is_always_for_review() -> None:
    found = judged(FieldValue("doc.number", "unreadable", page=1, score=0.9))
    assert found.needs_review
    assert "unreadable" in found.reasons


def test_the_threshold_alone_decides_over_the_rest() -> None:
    found = Extraction((judged(row()),))
    (accepted,) = with_threshold(found, found.fields[0].confidence).fields
    (sent,) = with_threshold(found, NEVER).fields
    assert not accepted.needs_review
    assert sent.needs_review
    assert sent.confidence == accepted.confidence


def test_a_row_for_review_always_says_why() -> None:
    (sent,) = with_threshold(Extraction((replace(judged(row()), reasons=()),)), NEVER).fields
    assert sent.reasons == ("low_confidence",)


def test_what_people_decided_is_left_alone() -> None:
    decided = replace(row(), method="review", confidence=1.0, needs_review=False, reasons=())
    assert with_threshold(Extraction((decided,)), NEVER).fields == (decided,)


def test_a_finding_lowers_the_confidence_and_sends_the_field_to_review() -> None:
    found = Extraction((judged(row()),))
    finding = Finding("number_twice", "error", ("outbound.delegations",), "vi", "en")
    (doubted,) = with_findings(found, [finding]).fields
    assert doubted.confidence <= AT_MOST
    assert doubted.needs_review
    assert "number_twice" in doubted.reasons
    assert must_show(doubted)
    note = replace(finding, severity="note")
    assert with_findings(found, [note]).fields == found.fields


def test_a_list_stands_or_falls_as_a_whole() -> None:
    items = tuple(
        FieldValue(
            "plan.items",
            "reported",
            item=at,
            value_text=text,
            evidence=Evidence(words(text, confidence=sure)),
        )
        for at, (text, sure) in enumerate((("Mở lớp", 0.999), ("Đón đoàn", 0.4)))
    )
    found = assess(WeighedExtraction(items, specs=SPECS), (page(),)).fields
    assert found[0].confidence == found[1].confidence


def test_delegations_and_references_are_judged_too() -> None:
    trip = Delegation("out", Evidence(words("05 đoàn đi Lào")), score=0.9)
    cited = Reference("Công văn", "15", "SNgV", Evidence(words("Công văn 15/SNgV")), score=0.9)
    found = assess(Extraction((), delegations=(trip,), references=(cited,)), (page(),))
    assert 0 < found.delegations[0].confidence < 1
    assert 0 < found.references[0].confidence < 1


def test_values_are_left_as_they_are() -> None:
    found = judged(row())
    assert replace(found, confidence=0.0, needs_review=True, reasons=()) == row()


def test_an_extraction_that_tells_nothing_of_its_choices_is_judged_nonetheless() -> None:
    (found,) = assess(Extraction((row(),)), (page(),)).fields
    assert 0 < found.confidence < 1


def test_every_reason_has_words_in_both_languages() -> None:
    told = {*REASONS, "low_confidence", "unreadable", *SOFT}
    for language in ("vi", "en"):
        assert not [code for code in told if not texts(language).get(f"reason.{code}")]
