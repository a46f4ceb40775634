"""The linear scorer: features by hash, probabilities that sum to one, weights that can be looked up."""

import numpy as np
import pytest

from models.scorer.fit import Sample, fit
from pipeline.extraction.scorer import NO_FEATURE, hashes_of, load_scorer, rows_of, rows_of_table


def test_the_rows_of_features_do_not_depend_on_their_order_or_number() -> None:
    once = rows_of("doan", ["B:cu", "A:nguoi"])
    assert np.array_equal(once, rows_of("doan", ["A:nguoi", "B:cu", "B:cu"]))
    assert not np.array_equal(once, rows_of("nguoi", ["B:cu", "A:nguoi"]))


def test_what_was_learned_is_told_apart_though_half_the_features_are_new() -> None:
    out, into = ["B:cu", "B:can", "B:bo", "A:ra"], ["B:don", "B:tiep", "B:khach", "A:vao"]
    samples = [
        Sample(rows_of("doan", words), (at,)) for at, words in ((0, out), (1, into)) for _ in range(40)
    ]
    scorer = fit(samples, ("out", "in"), epochs=20, drop=0.5, seed=1, rate=0.5)
    shares = scorer.scores("doan", ["B:phai", "B:can", "B:bo", "A:khac"])
    assert scorer.classes[int(shares.argmax())] == "out"
    assert shares.sum() == pytest.approx(1.0, abs=1e-5)
    assert scorer.weight("doan", "B:don", "in") > 0 > scorer.weight("doan", "B:don", "out")


def test_the_same_seed_learns_the_same_weights() -> None:
    samples = [Sample(rows_of("", [f"W:{at % 3}"]), (at % 3,)) for at in range(60)]
    one, other = (fit(samples, ("a", "b", "c"), epochs=3, drop=0.3, seed=5, rate=0.5) for _ in range(2))
    assert np.array_equal(one.weights, other.weights)


def test_a_profile_without_scorers_has_none() -> None:
    assert load_scorer("no_such_profile.about") is None


@pytest.mark.parametrize("name", ["about", "role", "silence", "headings", "items", "words"])
def test_the_scorers_of_foreign_affairs_ship(name: str) -> None:
    scorer = load_scorer(f"doi_ngoai.{name}")
    assert scorer is not None
    assert scorer.weights.dtype == np.int8
    assert scorer.weights.shape[1] == len(scorer.classes) == len(scorer.scale) == len(scorer.bias)


def test_many_examples_are_weighed_as_each_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    scorer = load_scorer("doi_ngoai.about")
    assert scorer is not None
    examples = [rows_of("doan", [f"B:{at}", "A:di", f"C:{at % 3}"]) for at in range(9)]
    alone = np.concatenate([scorer.of_rows([rows]) for rows in examples])
    monkeypatch.setattr("pipeline.extraction.scorer._AT_ONCE", 20)
    assert np.allclose(scorer.of_rows(examples), alone, atol=1e-6)
    assert scorer.of_rows([]).shape == (0, len(scorer.classes))


def test_a_table_of_hashes_gives_the_rows_of_its_features() -> None:
    features = [["W:di", "W:ve"], ["W:o"], ["W:di", "W:di"]]
    table = np.full((3, 2), NO_FEATURE, np.int64)
    for row, own in zip(table, features, strict=True):
        row[: len(own)] = hashes_of(own)
    for rows, own in zip(rows_of_table("doan", table), features, strict=True):
        assert np.array_equal(rows, rows_of("doan", own))
