import json
from pathlib import Path

import pytest

from pipeline.errors import OutputError, UsageError
from pipeline.review import trail_moving
from pipeline.review.trail import Trail, TrailError
from pipeline.review.trail_moving import move_trail
from pipeline.review.trail_places import place_of_trail
from tests.review.trails import DOC, said, tamper


def test_a_team_goes_on_with_every_entry_of_the_file(tmp_path: Path, database: str) -> None:
    one = Trail(tmp_path)
    for number in range(3):
        one.append(said(str(number)), seen=one.seen(DOC, "outbound.people"))
    told = move_trail(tmp_path, database)
    assert "3 entries were moved" in told
    trail = Trail(tmp_path)
    assert (trail.entries, trail.head) == (one.entries, one.head)
    assert trail.place.file is None
    trail.append(said("4", field="other"), seen="")
    assert len(Trail(tmp_path).entries) == 4
    assert move_trail(tmp_path, database) == "", "it lies there already"


def test_who_still_has_the_old_place_open_cannot_add_to_it(tmp_path: Path, database: str) -> None:
    late = Trail(tmp_path)
    late.append(said("1"), seen="")
    move_trail(tmp_path, database)
    with pytest.raises(TrailError, match="goes on at postgresql"):
        late.append(said("2", field="other"), seen="")
    assert len(Trail(tmp_path).entries) == 1


def test_the_way_back_into_the_folder_is_open(tmp_path: Path, database: str) -> None:
    Trail(tmp_path).append(said("1"), seen="")
    move_trail(tmp_path, database)
    Trail(tmp_path).append(said("2", field="other"), seen="")
    move_trail(tmp_path, "sqlite")
    back = Trail(tmp_path)
    assert (back.place.file, len(back.entries)) == (tmp_path / "review" / "trail.sqlite", 2)
    back.append(said("3", field="third"), seen="")


def test_a_move_that_was_cut_short_is_finished_by_moving_again(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Trail(tmp_path).append(said("1"), seen="")

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(trail_moving, "remember", cut)
        move_trail(tmp_path, database)
    with pytest.raises(TrailError, match="give --store postgresql"):
        Trail(tmp_path).append(said("2", field="other"), seen="")
    move_trail(tmp_path, database)
    Trail(tmp_path).append(said("2", field="other"), seen="")
    assert len(Trail(tmp_path).entries) == 2


def test_a_broken_chain_is_not_moved(tmp_path: Path, database: str) -> None:
    trail = Trail(tmp_path)
    trail.append(said("1"), seen="")
    tamper(tmp_path, "UPDATE sohoa_trail SET line = replace(line, 'lan', 'nam')")
    with pytest.raises(TrailError, match="line 1"):
        move_trail(tmp_path, database)
    assert place_of_trail(tmp_path).file is not None


def test_workspaces_in_one_database_do_not_see_each_other(tmp_path: Path, database: str) -> None:
    for name in "ab":
        move_trail(tmp_path / name, database)
        Trail(tmp_path / name).append(said("1", who=name), seen="")
    assert [entry.who for entry in Trail(tmp_path / "a").entries] == ["a"]


@pytest.mark.parametrize(
    ("store", "told"),
    [
        ("postgresql+psycopg://lan:secret@host/db", "PGPASSWORD"),
        ("postgresql://host/db?password=secret", "PGPASSWORD"),
        ("mysql://host/db", "no such kind of store"),
        ("sqlite:////etc/passwd", "no such kind of store"),
        ("somewhere", "is no store"),
    ],
)
def test_what_is_no_store_or_tells_a_secret_is_refused_and_not_kept(
    tmp_path: Path, store: str, told: str
) -> None:
    with pytest.raises(UsageError, match=told) as refused:
        move_trail(tmp_path, store)
    assert "secret" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_does_not_answer_is_said_plainly_and_nothing_is_sealed(tmp_path: Path) -> None:
    Trail(tmp_path).append(said("1"), seen="")
    with pytest.raises(OutputError, match="Check address"):
        move_trail(tmp_path, f"postgresql://nobody@/none?host={tmp_path}")
    Trail(tmp_path).append(said("2", field="other"), seen="")


@pytest.mark.parametrize("held", ["", "[]", '{"store": 1, "workspace": "x"}', '{"store": "sqlite"}'])
def test_a_marker_that_makes_no_sense_begins_no_new_trail(tmp_path: Path, held: str) -> None:
    (tmp_path / "review").mkdir()
    (tmp_path / "review" / "store.json").write_text(held)
    with pytest.raises(OutputError, match="does not say where"):
        Trail(tmp_path)


def test_the_folder_remembers_no_secret(tmp_path: Path, database: str) -> None:
    move_trail(tmp_path, database)
    assert set(json.loads((tmp_path / "review" / "store.json").read_text())) == {"store", "workspace"}
