from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.confidence import assess
from pipeline.confidence.assess import CAPS, CEILING, REVIEW_BELOW
from pipeline.document import Delegation, Evidence, Extraction, FieldValue, Line, Page, Reference
from tests.extraction.reports import words


def page(confidence: float = 0.95) -> Page:
    return Page(1, 2480, 3508, 300, "scan", (Line(words("một hai ba bốn", confidence=confidence)),))


def evidence(confidence: float = 0.95) -> Evidence:
    return Evidence(words("05 đoàn", confidence=confidence))


def row(score: float = 0.95, *doubts: str, read: float = 0.95) -> FieldValue:
    return FieldValue(
        "outbound.delegations",
        "reported",
        value_number=Decimal(5),
        evidence=evidence(read),
        score=score,
        doubts=doubts,
    )


def judged(value: FieldValue, *pages: Page) -> FieldValue:
    (found,) = assess(Extraction((value,)), pages or (page(),)).fields
    return found


def test_a_well_read_value_of_a_strong_rule_needs_no_review() -> None:
    found = judged(row())
    assert REVIEW_BELOW <= found.confidence <= CEILING
    assert not found.needs_review
    assert found.reasons == ()


@given(st.floats(0, 1), st.floats(0, 1), st.lists(st.sampled_from([*CAPS, "something_new"]), max_size=3))
def test_nothing_claims_more_than_the_ceiling_its_score_or_its_doubts_allow(
    score: float, read: float, doubts: list[str]
) -> None:
    found = judged(row(score, *doubts, read=read))
    assert 0 < found.confidence <= max(0.01, round(min(CEILING, score), 4))
    for doubt in doubts:
        assert found.confidence <= CAPS.get(doubt, 0.7)
        assert doubt in found.reasons
    assert found.needs_review == (found.confidence < REVIEW_BELOW or bool(doubts))


@pytest.mark.parametrize("doubt", [*CAPS, "something_new"])
def test_every_doubt_sends_the_row_to_review(doubt: str) -> None:
    found = judged(row(1.0, doubt))
    assert found.needs_review
    assert found.confidence < REVIEW_BELOW
    assert found.reasons == (doubt,)


def test_handwriting_and_contradictions_count_for_more_than_a_runner_up() -> None:
    of = {doubt: judged(row(1.0, doubt)).confidence for doubt in ("handwriting", "contradicted", "runner_up")}
    assert of["handwriting"] < of["contradicted"] < of["runner_up"]


def test_one_badly_read_word_of_the_value_is_enough_to_doubt_it() -> None:
    weak = Evidence((*words("05"), *words("đoàn", confidence=0.3)))
    found = judged(replace(row(), evidence=weak))
    assert found.needs_review
    assert "low_reading_confidence" in found.reasons


def test_a_poor_page_makes_all_that_stands_on_it_less_sure() -> None:
    good, poor = judged(row(), page(0.95)), judged(row(), page(0.5))
    assert poor.confidence < good.confidence
    assert "poor_page" in poor.reasons


def test_a_weak_match_says_so() -> None:
    found = judged(row(0.5))
    assert "weak_match" in found.reasons
    assert found.needs_review


def test_silence_on_a_poor_page_is_less_sure_than_on_a_good_one() -> None:
    silent = FieldValue("oda.value", "absent", score=0.97)
    good, poor = judged(silent, page(0.95)), judged(silent, page(0.4))
    assert not good.needs_review
    assert poor.confidence < REVIEW_BELOW
    assert poor.needs_review
    assert judged(silent, replace(page(), lines=())).needs_review  # nothing was read at all


def test_what_could_not_be_read_is_always_for_review() -> None:
    found = judged(FieldValue("doc.number", "unreadable", page=1, score=0.9))
    assert found.needs_review
    assert "unreadable" in found.reasons


def test_delegations_and_references_are_judged_too() -> None:
    sure = Delegation("out", evidence(), score=0.9)
    doubtful = Reference("Công văn", "15", "SNgV", evidence(0.2), score=0.9)
    found = assess(Extraction((), delegations=(sure,), references=(doubtful,)), (page(),))
    assert not found.delegations[0].needs_review
    assert found.references[0].needs_review
    assert found.references[0].confidence < found.delegations[0].confidence


def test_values_are_left_as_they_are() -> None:
    found = judged(row())
    assert replace(found, confidence=0.0, needs_review=True, reasons=()) == row()
