from datetime import date, timedelta

import pytest

from pipeline.gazetteers.crosswalk import Stage, at, changes, exists_on, parts_on, stage_on, unit_of
from pipeline.gazetteers.units import Level, districts, is_valid_on, provinces

REFORM = date(2025, 7, 1)
DAY = timedelta(days=1)


def name_on(level: Level, code: str, day: date) -> set[str]:
    units = provinces() if level == "province" else districts()
    return {unit.full_name for unit in units if unit.code == code and is_valid_on(unit, day)}


def test_every_change_names_units_that_the_gazetteers_know_on_its_day_and_the_day_before() -> None:
    for change in changes():
        if change.before == ("*",) or not change.before:
            continue
        for code, name in zip(change.before, change.before_names, strict=True):
            assert name_on(change.level, code, change.on - DAY) == {name}, change
        for code, name in zip(change.after, change.after_names, strict=True):
            assert name_on(change.level, code, change.on) == {name}, change


def test_every_beginning_and_end_of_a_unit_in_the_gazetteers_is_a_change() -> None:
    known = {
        (change.level, code, change.on) for change in changes() for code in (*change.before, *change.after)
    }
    for unit in (*provinces(), *districts()):
        if unit.valid_from is not None:
            assert (unit.level, unit.code, unit.valid_from) in known, unit
        if unit.valid_to is not None and unit.valid_to + DAY != REFORM:
            assert (unit.level, unit.code, unit.valid_to + DAY) in known, unit


def test_the_63_provinces_become_34() -> None:
    eve = [
        stage_on("province", unit.code, REFORM - DAY)
        for unit in provinces()
        if is_valid_on(unit, REFORM - DAY)
    ]
    after = {at(stage, REFORM) for stage in eve}
    assert (len(eve), len(after)) == (63, 34)
    assert {unit_of(stage, REFORM) for stage in after} == {u for u in provinces() if is_valid_on(u, REFORM)}


@pytest.mark.parametrize("target", [date(2005, 1, 1), date(2015, 1, 1), REFORM])
def test_every_unit_is_a_part_of_what_it_is_told_as(target: date) -> None:
    for unit in (*provinces(), *districts()):
        for day in (unit.valid_from or date(2004, 1, 2), unit.valid_to or date(2025, 12, 1)):
            stage = stage_on(unit.level, unit.code, day)
            assert exists_on(stage, day)
            assert stage in parts_on(at(stage, target), target, day)


def test_mergers_are_followed_forwards_and_divisions_backwards_only() -> None:
    tay = stage_on("province", "28", date(2007, 1, 1))
    assert unit_of(at(tay, REFORM), REFORM).full_name == "thành phố Hà Nội"
    hanoi = stage_on("province", "01", date(2020, 1, 1))
    assert at(hanoi, date(2007, 1, 1)) == hanoi
    north = stage_on("district", "021", date(2015, 1, 1))
    assert unit_of(at(north, date(2010, 1, 1)), date(2010, 1, 1)).full_name == "huyện Từ Liêm"
    old = stage_on("district", "019", date(2012, 1, 1))
    assert at(old, REFORM) == old


def test_a_unit_that_gave_land_away_stays_itself_and_takes_the_new_one_in_when_told_earlier() -> None:
    early, late = date(2005, 1, 1), date(2010, 1, 1)
    tuan_giao = stage_on("district", "099", late)
    assert at(tuan_giao, early) == tuan_giao == Stage("district", "099", 0)
    parts = parts_on(tuan_giao, early, late)
    assert {unit_of(part, late).full_name for part in parts} == {"huyện Tuần Giáo", "huyện Mường Ảng"}
