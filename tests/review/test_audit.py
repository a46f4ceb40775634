from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from pipeline.dataset.writing import write_dataset
from pipeline.document import Document, Extraction, FieldValue, Page
from pipeline.review.audit import DRAWS, Draw, Drawn, Outcome, Stratum, allocated, chosen, estimates
from pipeline.review.auditing import DrawError, draw_sample
from pipeline.review.decisions import Key
from pipeline.review.desk import Desk, NotAskedError
from pipeline.review.intervals import exact
from pipeline.review.pictures import Pictures
from pipeline.review.quality import figures_of
from pipeline.review.trail import Trail
from pipeline.review.values import Value
from tests.review.conftest import FIELDS, evidence

ABSENT = {"state": "absent"}


def report(number: int, turnover: int = 5, **more: object) -> Document:
    """Return a document with two accepted fields, one that is flagged, and otherwise nothing."""
    rows = (
        FieldValue("trade.turnover", "reported", value_number=Decimal(turnover), currency="USD",
                   evidence=evidence(f"{turnover} USD"), confidence=0.9 + number / 1000, needs_review=False),
        FieldValue("trade.export", "absent", confidence=0.99, needs_review=False),
        FieldValue("outbound.people", "reported", value_number=Decimal(4), confidence=0.4),
    )  # fmt: skip
    doc_id = sha256(str(number).encode()).hexdigest()
    kind = "text_layer" if number % 2 else "scan"
    page = Page(1, 200, 280, 150, kind)  # type: ignore[arg-type]
    made = Document(doc_id, f"in/{number}.pdf", (), 5, "ok", "", (page,), Extraction(rows), "doi_ngoai")
    return replace(made, **more)  # type: ignore[arg-type]


def written(root: Path, *documents: Document) -> Desk:
    write_dataset(documents, root, FIELDS)
    return Desk(root, "doi_ngoai", Pictures())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    secret = report(99, status="restricted", extraction=None)
    yield written(tmp_path, *(report(number) for number in range(10)), secret)


def audit(desk: Desk, key: Key, new: dict[str, object] | None = None) -> None:
    value = new or desk.value(*key).to_json()
    desk.decide("hoa", *key, seen=desk.trail.seen(*key), action="audit", new=value)


def error(desk: Desk, of: str = "all") -> tuple[int, int, float | None]:
    found = next(one for one in figures_of(desk.control).estimates if one.of == of)
    return found.audited, found.wrong, found.error


def test_only_what_was_accepted_unseen_is_drawn_and_nothing_restricted(desk: Desk) -> None:
    decided = desk.queue.key(0)
    desk.decide("lan", *decided, seen="", action="set", new=ABSENT)
    draw = draw_sample(desk, "hoa", size=200)
    keys = {item.key for item in draw.items}
    assert len(keys) == draw.population == len(draw.items)
    assert {field for _, field in keys} >= {"trade.turnover", "trade.export"}
    assert "outbound.people" not in {field for _, field in keys}
    assert decided not in keys
    assert sha256(b"99").hexdigest() not in {doc_id for doc_id, _ in keys}


def test_the_same_seed_draws_the_same_sample_and_the_trail_keeps_it(desk: Desk, tmp_path: Path) -> None:
    first = draw_sample(desk, "hoa", size=12, seed="2024")
    again = draw_sample(desk, "hoa", size=12, seed="2024", again=True)
    assert [item.key for item in first.items] == [item.key for item in again.items]
    other = draw_sample(desk, "hoa", size=12, seed="2025", again=True)
    assert other.items != first.items
    kept = Desk(tmp_path, "doi_ngoai", Pictures())
    kept.follow()
    assert kept.control.draws == [first, again, other], "none of the draws can be hidden"
    assert [entry.key for entry in Trail(tmp_path).entries] == [DRAWS] * 3


def test_a_second_sample_is_drawn_only_when_asked_for(desk: Desk) -> None:
    draw_sample(desk, "hoa", size=12)
    with pytest.raises(DrawError, match="drawn"):
        draw_sample(desk, "hoa", size=12)


def test_right_changes_nothing_and_wrong_becomes_a_decision(desk: Desk) -> None:
    draw = draw_sample(desk, "hoa", size=1000)
    right, wrong = [item.key for item in draw.items if item.key[1] == "trade.turnover"][:2]
    audit(desk, right)
    audit(desk, wrong, {"state": "reported", "number": "7", "currency": "USD"})
    assert right not in desk.decisions
    assert desk.decisions[wrong].value.number == "7"
    assert error(desk) == (2, 1, 0.5)
    assert desk.open_to("hoa")["audit"] == len(draw.items) - 2
    with pytest.raises(NotAskedError, match="not_drawn"):
        audit(desk, right)


def test_what_is_no_part_of_the_sample_is_not_audited(desk: Desk) -> None:
    draw_sample(desk, "hoa", size=1)
    flagged = next(desk.queue.key(int(n)) for n in desk.queue.flagged.nonzero()[0])
    with pytest.raises(NotAskedError, match="not_drawn"):
        audit(desk, flagged)


def test_what_somebody_corrects_in_review_counts_as_found_wrong(desk: Desk) -> None:
    draw = draw_sample(desk, "hoa", size=1000)
    key = next(item.key for item in draw.items if item.key[1] == "trade.turnover")
    desk.decide("lan", *key, seen="", action="set", new=ABSENT)
    assert error(desk) == (1, 1, 1.0)
    desk.decide("lan", *key, seen=desk.trail.seen(*key), action="undo")
    assert error(desk)[0] == 0


def test_rows_that_a_later_run_changed_are_left_out_and_counted(desk: Desk, tmp_path: Path) -> None:
    draw = draw_sample(desk, "hoa", size=1000)
    for item in draw.items:
        if item.key[1] == "trade.turnover":
            audit(desk, item.key)
    desk = written(tmp_path, *(report(number, turnover=6 if number < 3 else 5) for number in range(9)))
    desk.follow()
    stated = next(one for one in figures_of(desk.control).estimates if one.of == "stated")
    assert (stated.audited, stated.changed, stated.wrong) == (6, 4, 0), "three changed, one document is gone"


def test_what_the_audit_itself_corrected_stays_in_the_estimate_after_the_next_run(
    desk: Desk, tmp_path: Path
) -> None:
    draw = draw_sample(desk, "hoa", size=1000)
    key = next(item.key for item in draw.items if item.key[1] == "trade.turnover")
    audit(desk, key, {"state": "reported", "number": "7", "currency": "USD"})
    desk = written(
        tmp_path,
        *(
            report(number, turnover=7 if sha256(str(number).encode()).hexdigest() == key[0] else 5)
            for number in range(10)
        ),
    )
    desk.follow()
    assert error(desk, "stated") == (1, 1, 1.0)


def test_strata_are_drawn_in_proportion_with_two_of_each_at_least() -> None:
    assert allocated([800, 150, 49, 1], 100) == [80, 15, 4, 1]
    assert allocated([5, 5], 100) == [5, 5]
    assert sum(allocated([997, 2, 2], 20)) == 20
    assert allocated([997, 2, 2], 20)[1:] == [2, 2]


def test_a_stratified_sample_has_its_strata_from_source_state_and_certainty(desk: Desk) -> None:
    draw = draw_sample(desk, "hoa", size=12, design="stratified")
    assert {(s.source, s.stated) for s in draw.strata} == {
        ("scan", True), ("scan", False), ("text_layer", True), ("text_layer", False),
    }  # fmt: skip
    assert draw.population == sum(stratum.size for stratum in draw.strata)
    assert (len(draw.items), draw.population) == (12, 20)


def with_errors(
    sizes: list[int], wrong: list[int], design: str, size: int, seed: str
) -> tuple[Draw, dict[Key, Outcome]]:
    """Return a sample of strata of which the first so many are wrong, all audited."""
    strata = [[(f"{at}", f"{n}") for n in range(count)] for at, count in enumerate(sizes)]
    drawn = chosen(seed, design, strata, size)  # type: ignore[arg-type]
    draw = Draw(
        seed,
        design,  # type: ignore[arg-type]
        tuple(Stratum(at == 0, size=count) for at, count in enumerate(sizes)),
        tuple(Drawn(key, at, Value("absent")) for key, at in drawn),
    )
    outcomes: dict[Key, Outcome] = {key: "wrong" if int(key[1]) < wrong[at] else "right" for key, at in drawn}
    return draw, outcomes


def test_the_estimate_of_a_simple_sample_is_the_share_with_its_exact_interval() -> None:
    draw, outcomes = with_errors([3000, 2000], [60, 10], "simple", 200, "s")
    found, stated, unstated = estimates(draw, outcomes)
    assert (found.audited, found.population) == (200, 5000)
    assert found.error == found.wrong / 200
    assert (found.low, found.high) == exact(found.wrong, 200)
    assert stated.audited + unstated.audited == 200
    assert stated.wrong + unstated.wrong == found.wrong


@pytest.mark.parametrize("design", ["simple", "stratified"])
def test_both_designs_hit_the_true_error_on_average_and_their_intervals_cover_it(design: str) -> None:
    sizes, wrong = [900, 3000, 100], [9, 6, 40]  # the small stratum is the bad one
    truth = sum(wrong) / sum(sizes)
    held = []
    for seed in range(300):
        found = estimates(*with_errors(sizes, wrong, design, 200, f"{seed}"))[0]
        assert found.error is not None and found.low is not None and found.high is not None
        held.append((found.error, found.low <= truth <= found.high))
    assert sum(error for error, _ in held) / 300 == pytest.approx(truth, abs=0.0015)
    assert sum(covered for _, covered in held) >= 0.93 * 300


def test_weights_are_those_of_the_strata_not_of_the_sample() -> None:
    draw = Draw(
        "s",
        "stratified",
        (Stratum(True, size=990), Stratum(False, size=10)),
        tuple(Drawn(("a", f"{n}"), 0, Value("absent")) for n in range(10))
        + tuple(Drawn(("b", f"{n}"), 1, Value("absent")) for n in range(10)),
    )
    outcomes: dict[Key, Outcome] = {
        item.key: "wrong" if item.key[0] == "b" else "right" for item in draw.items
    }
    assert estimates(draw, outcomes)[0].error == pytest.approx(0.01)


def test_there_is_no_estimate_before_every_stratum_was_looked_at() -> None:
    draw, outcomes = with_errors([900, 100], [0, 0], "stratified", 20, "s")
    first = {item.key: "open" if item.stratum else "right" for item in draw.items}
    assert estimates(draw, first)[0].error is None  # type: ignore[arg-type]
    assert estimates(draw, outcomes)[0].error == 0.0


def test_where_all_were_looked_at_nothing_is_estimated() -> None:
    draw, outcomes = with_errors([10, 10], [1, 1], "simple", 20, "s")
    found = estimates(draw, outcomes)[0]
    assert (found.error, found.low, found.high) == (0.1, 0.1, 0.1)


def test_the_order_of_a_sample_is_random_so_that_part_of_it_is_one_too() -> None:
    draw, _ = with_errors([500, 500], [0, 0], "stratified", 100, f"{Random(1).random()}")
    first = [item.stratum for item in draw.items[:40]]
    assert 8 < sum(first) < 32
