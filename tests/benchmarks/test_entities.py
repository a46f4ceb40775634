from benchmarks.entities.scoring import Tallies, count_exact, count_touching, total


def test_an_entity_is_right_with_the_same_borders_and_label_only() -> None:
    tallies: Tallies = {}
    count_exact(tallies, [((0, 4), "ORG"), ((6, 9), "PLACE")], [((0, 4), "ORG"), ((6, 10), "PLACE")])
    assert (tallies["ORG"].f1, tallies["PLACE"].f1) == (1.0, 0.0)
    assert total(tallies).f1 == 0.5


def test_touching_entities_count_one_for_one() -> None:
    tallies: Tallies = {}
    count_touching(tallies, [((0, 4), "ORG"), ((2, 9), "ORG")], [((3, 5), "ORG")])
    assert (tallies["ORG"].right, tallies["ORG"].found, tallies["ORG"].true) == (1, 2, 1)
