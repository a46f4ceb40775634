from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from models.confidence.__main__ import _of_runs
from models.confidence.examples import (
    CALIBRATION,
    Example,
    _known,
    _true,
    examples_of,
    of_plain,
    plain_examples,
)
from models.confidence.fit import Judged, curve, fitted, foreseen, usual_of
from models.confidence.slips import with_slips
from models.confidence.wordings import HALVES, half_of
from models.scorer.reports import report
from pipeline.confidence.features import HEADS, Head
from pipeline.confidence.model import Model, read_model, save_model, shipped_model
from pipeline.confidence.reasons import reasons_of
from pipeline.evaluation.calibration import auroc, expected_calibration_error
from pipeline.extraction.profile import load_profile
from pipeline.review.trail import Entry
from pipeline.review.values import value_from_json
from samples.generator.wording import reach
from samples.generator.wording.topics import TOPICS

pytest.importorskip("sklearn")


def synthetic(count: int, head: Head, seed: int = 1) -> list[Example]:
    """Rows that are right as often as their worst-read word and their score say, in two folds."""
    rng = np.random.default_rng(seed)
    found = []
    for at in range(count):
        read, score, peak = (float(value) for value in rng.random(3))
        chance = (1 - peak) ** 0.5 if head == "absent" else read**0.5 * (0.3 + 0.7 * score)
        features = {"read_min": read, "score": score, "peak": peak, "noise": float(rng.random())}
        right = bool(rng.random() < chance)
        found.append(Example(f"{at // 10}", "made up", "oda.value", head, features, right, at // 10 % 2))
    return found


@pytest.fixture(scope="module")
def model() -> Model:
    return fitted([one for head in HEADS for one in synthetic(3000, head)])


@pytest.mark.parametrize("head", HEADS)
def test_every_head_is_calibrated_on_rows_it_has_not_seen(model: Model, head: Head) -> None:
    rows = synthetic(6000, head, seed=2)
    chances = model.heads[head].chances([one.features for one in rows]).tolist()
    right = [one.right for one in rows]
    # Trees of half of the rows draw the curve for trees of all: it is a little cautious where rows are few.
    assert expected_calibration_error(chances, right) < 0.06
    assert auroc(chances, right) > 0.65


def test_more_than_chance_is_foreseen_from_the_other_fold_alone() -> None:
    judged = foreseen(synthetic(3000, "stated"))
    assert len(judged) == 3000
    assert auroc([chance for chance, _ in judged], [right for _, right in judged]) > 0.65


def test_a_better_read_row_is_never_less_sure_and_a_likelier_overlooked_one_never_surer(model: Model) -> None:
    steps = np.linspace(0, 1, 41)
    for other in (0.2, 0.8):
        stated = [{"read_min": float(step), "score": other, "peak": 0.5, "noise": 0.5} for step in steps]
        assert (np.diff(model.heads["stated"].chances(stated)) >= 0).all()
        absent = [{"read_min": 1.0, "score": other, "peak": float(step), "noise": 0.5} for step in steps]
        assert (np.diff(model.heads["absent"].chances(absent)) <= 0).all()


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    rows = [one for head in HEADS for one in synthetic(400, head)]
    for name in ("one.npz", "two.npz"):
        save_model(fitted(rows), tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_a_model_is_read_back_as_it_was_written(model: Model, tmp_path: Path) -> None:
    save_model(model, tmp_path / "model.npz")
    again = read_model(tmp_path / "model.npz")
    rows = [one.features for one in synthetic(50, "stated", seed=3)]
    assert (again.heads["stated"].chances(rows) == model.heads["stated"].chances(rows)).all()
    assert again.typical == model.typical


def test_the_reason_is_what_lowered_the_probability(model: Model) -> None:
    badly_read = {"read_min": 0.05, "score": 0.95, "peak": 0.5, "noise": 0.5}
    weakly_named = {"read_min": 0.97, "score": 0.02, "peak": 0.5, "noise": 0.5}
    head = model.heads["stated"]
    told = reasons_of(head.weigh([badly_read, weakly_named]), [0, 1], head)
    assert "low_reading_confidence" in told[0]
    assert "low_reading_confidence" not in told[1]
    assert "weak_match" in told[1]


def test_the_curve_pools_what_is_out_of_order_and_promises_no_certainty() -> None:
    log_odds = np.linspace(-3, 3, 800)
    right = log_odds > 0
    knots, heights = curve(Judged(log_odds, right))
    assert (np.diff(knots) > 0).all()
    assert (np.diff(heights) >= 0).all()
    assert 0 < heights[0] < 0.01
    assert 0.99 < heights[-1] < 1


def test_the_curve_puts_right_what_is_much_too_sure() -> None:
    rng = np.random.default_rng(5)
    log_odds = rng.normal(0, 1.5, 8000)
    right = rng.random(8000) < 1 / (1 + np.exp(-log_odds))
    claimed = 3 * log_odds
    knots, heights = curve(Judged(claimed[:4000], right[:4000]))
    raw = 1 / (1 + np.exp(-claimed[4000:]))
    assert expected_calibration_error(raw.tolist(), right[4000:].tolist()) > 0.1
    mended = np.interp(claimed[4000:], knots, heights)
    assert expected_calibration_error(mended.tolist(), right[4000:].tolist()) < 0.035


def test_where_nothing_is_wrong_the_head_says_how_often_it_was_right() -> None:
    sure = [replace(one, right=True) for one in synthetic(100, "reference")]
    found = fitted([*sure, *(one for head in HEADS[:3] for one in synthetic(300, head))])
    (chance,) = found.heads["reference"].chances([sure[0].features])
    assert chance == pytest.approx(100.5 / 101)


def test_what_is_usual_is_learned_from_right_values_alone() -> None:
    rows = [
        replace(one, value=value, right=right)
        for one, (value, right) in zip(
            synthetic(20, "stated"), [(9.0, True)] * 16 + [(1e9, False)] * 4, strict=True
        )
    ]
    assert usual_of(rows)["oda.value"].middle == pytest.approx(1.0)


@pytest.mark.parametrize("topic", TOPICS)
def test_the_halves_of_the_wordings_share_no_sentence(topic: str) -> None:
    one, other = (set(half_of(CALIBRATION, half).topic(topic).frames) for half in HALVES)
    assert one
    assert other
    assert not one & other


@pytest.mark.parametrize("half", HALVES)
def test_either_half_can_say_every_field_in_every_state(half: int) -> None:
    found = [f"{problem.file}: {problem.what}" for problem in reach.problems(half_of(CALIBRATION, half))]
    assert not found


def test_plain_reports_are_worded_by_the_calibration_split_and_judged_by_the_other_half() -> None:
    found = [one for half in HALVES for one in plain_examples((half, 0))]
    assert {one.document.split("-")[0] for one in found} == {CALIBRATION}
    assert {one.fold for one in found} == set(HALVES)


def test_of_scans_those_of_the_calibration_split_alone_are_judged_for_the_curve(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reports = [of_plain("train", 0, at, load_profile("doi_ngoai")) for at in range(6)]
    monkeypatch.setattr("models.confidence.__main__.of_run", lambda *_: iter(reports))
    for folder, folds in (("out/calibration-5", {0, 1}), ("out/train-5", {None}), ("out/dev-5", {None})):
        assert {one.fold for one in _of_runs([Path(folder)], Console(quiet=True))} == folds


def test_a_report_delivered_in_several_ways_is_in_one_fold(monkeypatch: pytest.MonkeyPatch) -> None:
    report = of_plain("train", 0, 0, load_profile("doi_ngoai"))
    monkeypatch.setattr("models.confidence.__main__.of_run", lambda *_: iter([report]))
    ways = [Path("out/calibration-held-digital"), Path("out/calibration-held-low")]
    assert len({one.fold for one in _of_runs(ways, Console(quiet=True))}) == 1


def test_slips_are_as_frequent_as_the_confidences_say() -> None:
    right, sure = [], []
    for seed in range(12):
        pages = report(CALIBRATION, 31, 0).pages
        slipped = with_slips(pages, np.random.default_rng(seed))
        words = [word for page in pages for word in page.words]
        again = [word for page in slipped for word in page.words]
        right += [a.text == b.text for a, b in zip(words, again, strict=True)]
        sure += [word.confidence for word in again]
    assert np.mean(right) == pytest.approx(np.mean(sure), abs=0.01)


def test_a_plain_report_is_judged_field_by_field() -> None:
    profile = load_profile("doi_ngoai")
    found = list(examples_of(of_plain(CALIBRATION, 0, 0, profile), 0, profile))
    assert {one.head for one in found} >= {"stated", "absent"}
    assert not any(one.name.startswith("doc.") for one in found)
    chances = shipped_model().heads["stated"].chances([one.features for one in found if one.head == "stated"])
    assert ((chances > 0) & (chances < 1)).all()


def test_what_a_person_said_is_true() -> None:
    money = _true(value_from_json({"state": "reported", "number": "80200000", "currency": "USD"}))
    assert money.value_number == 80_200_000
    assert money.currency == "USD"
    assert _true(value_from_json({"state": "absent"})).state == "absent"
    listed = _true(value_from_json({"state": "reported", "items": ["Mở lớp", "Đón đoàn"]}))
    assert listed.items == ("Mở lớp", "Đón đoàn")


def test_what_people_said_teaches_and_what_they_differ_on_does_not() -> None:
    five, six = ({"state": "reported", "number": n} for n in ("5", "6"))
    said = [
        Entry("lan", "d", "corrected", "set", five, six),
        Entry("lan", "d", "found right", "audit", five, five),
        Entry("lan", "d", "differed on", "set", five, five),
        Entry("minh", "d", "differed on", "second", {}, six),
        Entry("lan", "d", "taken back", "set", five, six),
        Entry("lan", "d", "taken back", "undo"),
        Entry("lan", "d", "talked of", "comment"),
    ]
    known = _known(said)["d"]
    assert {name: truth.value_number for name, truth in known.items()} == {"corrected": 6, "found right": 5}
