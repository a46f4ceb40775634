"""Facts agree with themselves, with their day and with their split."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta
from functools import cache
from itertools import combinations

import pytest

from pipeline.gazetteers.units import TWO_LEVELS_FROM, districts, provinces, provinces_on
from samples.generator.facts import communes_of, draw, foreign_countries, places, spans
from samples.generator.facts.money import rates
from samples.generator.facts.references import laws
from samples.generator.generate import SPLITS
from samples.generator.nouns import Facts, Split
from samples.generator.wording.topics import KINDS

PEOPLE = {"outbound.people": "outbound.delegations", "inbound.people": "inbound.delegations"}
PEOPLE |= {"press.reporters": "press.delegations"}


@cache
def drawn(split: Split) -> tuple[Facts, ...]:
    return tuple(draw(split, 11, index) for index in range(2000))


def reports() -> Iterator[Facts]:
    return (facts for split in SPLITS for facts in drawn(split) if facts.kind == "report")


def number(facts: Facts, field: str) -> int | float | None:
    fact = facts.fields[field]
    return fact.number if fact.state == "reported" else None


def both(facts: Facts, one: str, other: str) -> tuple[float, float] | None:
    left, right = number(facts, one), number(facts, other)
    return None if left is None or right is None else (left, right)


def test_the_same_arguments_give_the_same_facts() -> None:
    assert all(draw(split, 5, index) == draw(split, 5, index) for split in SPLITS for index in range(20))
    assert asdict(draw("train", 5, 1)) != asdict(draw("train", 6, 1))
    assert draw("train", 5, 1).office != draw("dev", 5, 1).office


def test_every_fact_has_what_its_state_wants() -> None:
    for facts in reports():
        for field, fact in facts.fields.items():
            assert fact.field == field
            kind = KINDS.get(field)
            if fact.state != "reported":
                assert fact.number is None
                assert not fact.items
            elif kind in {"count", "money", "percent", "length", "bullets"}:
                assert fact.number is not None
                assert fact.number >= 0
                assert kind != "money" or (fact.currency and isinstance(fact.number, int) and fact.number > 0)
            elif kind == "places":
                assert fact.items
            elif kind == "choice":
                assert fact.text in {"up", "down", "same"}


def test_people_are_as_many_as_delegations_at_least() -> None:
    for facts in reports():
        for field, of in PEOPLE.items():
            people, groups = facts.fields[field], facts.fields[of]
            if pair := both(facts, field, of):
                assert pair[0] >= pair[1]
            for decoy in ("last", "plan", "running"):
                if getattr(people, decoy) is not None and getattr(groups, decoy) is not None:
                    assert getattr(people, decoy) >= getattr(groups, decoy)
        if pair := both(facts, "outbound.people", "outbound.managed_officials"):
            assert pair[0] >= pair[1]


def test_exports_and_imports_make_the_turnover() -> None:
    complete = 0
    for facts in reports():
        figures = [facts.fields[f"trade.{name}"] for name in ("turnover", "export", "import")]
        told = [fact for fact in figures if fact.state == "reported"]
        assert len({fact.currency for fact in told}) <= 1
        if len(told) == 3:
            complete += 1
            assert told[0].number == (told[1].number or 0) + (told[2].number or 0)
    assert complete > 100


def test_percentages_agree_with_the_figures_they_compare() -> None:
    seen = 0
    for facts in reports():
        main = next(
            (f for n in ("turnover", "export") if (f := facts.fields[f"trade.{n}"]).state == "reported"), None
        )
        for name, decoy in (("vs_last_year", "last"), ("vs_plan", "plan")):
            fact = facts.fields[f"trade.{name}"]
            if fact.state == "reported":
                seen += 1
                assert main is not None
                digits = len(str(fact.number).partition(".")[2])
                base = getattr(main, decoy)
                assert abs(100 * (main.number or 0) / base - (fact.number or 0)) <= 0.5 * 10**-digits + 1e-9
                assert fact.number != 100
    assert seen > 200


def test_parts_sum_and_decoys_differ_unless_a_contradiction_is_planted() -> None:
    for facts in reports():
        wrong = {c.field: c for c in facts.contradictions if c.kind == "parts"}
        for field, fact in facts.fields.items():
            if fact.parts:
                assert len(fact.parts) in {2, 3}
                assert min(fact.parts) > 0
                assert sum(fact.parts) == (wrong[field].echo if field in wrong else fact.number)
            if fact.state == "reported":
                assert fact.number not in {fact.last, fact.plan, fact.running} - {None}
                assert fact.running is None or fact.running > (fact.number or 0)


def test_contradictions_differ_from_the_figure_and_its_decoys() -> None:
    share = Counter(len(facts.contradictions) for facts in reports())
    assert set(share) == {0, 1}
    assert 0.06 < share[1] / sum(share.values()) < 0.1
    for facts in reports():
        for planted in facts.contradictions:
            fact = facts.fields[planted.field]
            assert fact.state == "reported"
            assert fact.qualifier == "exact"
            assert planted.echo not in {fact.number, fact.last, fact.plan, fact.running}
            assert planted.kind == "echo" or fact.parts


def test_aid_and_protection_are_consistent() -> None:
    for facts in reports():
        value, disbursed = facts.fields["ngo.value"], facts.fields["ngo.disbursed"]
        if both(facts, "ngo.disbursed", "ngo.value"):
            assert disbursed.currency == value.currency
            assert (disbursed.number or 0) <= (value.number or 0)
        if pair := both(facts, "protection.arrested", "protection.illegal_workers"):
            assert pair[0] <= pair[1]
        if (cases := number(facts, "protection.cases")) is not None:
            told = [number(facts, f"protection.{name}") or 0 for name in ("arrested", "deaths")]
            assert cases >= sum(told)


def test_the_second_currency_is_worth_the_same() -> None:
    shares = Counter()
    for facts in reports():
        for field, kind in KINDS.items():
            fact = facts.fields[field]
            if kind != "money" or fact.state != "reported":
                continue
            shares[fact.second is not None] += 1
            if fact.second:
                rate = rates()[facts.span.year]
                in_usd = {"USD": 1.0, "VND": 1 / rate["VND"], "JPY": 1 / rate["JPY"]}
                in_usd |= {c: rate[c] for c in ("EUR", "AUD", "GBP")}
                amount, currency = fact.second
                worth = amount * in_usd[currency]
                assert fact.currency != currency
                assert worth == pytest.approx((fact.number or 0) * in_usd[fact.currency], rel=0.01)
    assert 0.1 < shares[True] / shares.total() < 0.2


def test_the_trend_of_visits_agrees_with_last_year() -> None:
    for facts in reports():
        visitors, trend = facts.fields["diaspora.visitors"], facts.fields["diaspora.trend"]
        if trend.state == "reported" and visitors.last is not None:
            ratio = (visitors.number or 0) / visitors.last
            assert {"up": ratio > 1, "down": ratio < 1, "same": 0.96 < ratio < 1.04}[str(trend.text)]


def test_borders_and_coasts_are_told_only_of_units_that_have_them() -> None:
    for facts in reports():
        office, communes = facts.office, facts.fields["border.communes"]
        here = {place.name for place in communes_of(office, facts.issued_on)}
        assert set(communes.items) <= here
        if communes.items and facts.fields["border.commune_count"].state == "reported":
            assert facts.fields["border.commune_count"].number == len(communes.items)
        if office.level == "commune":
            continue
        place = office.district or office.province
        level = "district" if office.district else "province"
        shores = places.shores_of(level, place.code, place.name, facts.issued_on)
        for field, length in (("coastline", shores.coastline), ("land_border", shores.land_border)):
            told = number(facts, f"border.{field}")
            assert told is None or told == pytest.approx(length, rel=0.15, abs=0.6)
            assert (told is None) or length > 0


def test_annexes_sum_to_the_totals_and_described_delegations_fit_into_them() -> None:
    listed = 0
    for facts in reports():
        for direction, topic in (("out", "outbound"), ("in", "inbound")):
            rows = [d for d in facts.delegations if d.direction == direction]
            groups, people = facts.fields[f"{topic}.delegations"], facts.fields[f"{topic}.people"]
            if direction in facts.annexed:
                listed += 1
                assert 3 <= len(rows) <= 15
                assert sum(row.delegations for row in rows) == groups.number
                assert sum(row.people or 0 for row in rows) == people.number
            elif rows:
                assert len(rows) <= 4
                assert len(rows) <= (groups.number or 0)
                if people.number:
                    told = sum(row.people or 1 for row in rows)
                    assert told + (groups.number or 0) - len(rows) <= people.number
                    assert len(rows) < (groups.number or 0) or told == people.number
    assert listed > 300


def test_delegations_travel_within_the_period_and_before_the_issue() -> None:
    known = set(foreign_countries())
    for facts in reports():
        first, last = spans.bounds(facts.span)
        for row in facts.delegations:
            assert set(row.countries) <= known
            assert row.purpose == ""
            if row.started_on and row.ended_on:
                assert first <= row.started_on <= row.ended_on <= last
                assert row.ended_on < facts.issued_on


def test_places_existed_on_the_day_of_issue() -> None:
    for split in SPLITS:
        for facts in drawn(split):
            office, day = facts.office, facts.issued_on
            assert places.exists(office.province, "province", day)
            assert places.split_of_province()[office.province.name] == split
            if day >= TWO_LEVELS_FROM:
                assert office.district is None
                assert office.level != "district"
            if office.district is not None:
                assert places.exists(office.district, "district", day)
            assert date(2005, 1, 1) < day <= date(2025, 12, 31)
            assert day.weekday() < 5


def test_the_issue_day_fits_the_period() -> None:
    for facts in reports():
        first, last = spans.bounds(facts.span)
        assert first + timedelta(days=10) < facts.issued_on <= last + timedelta(days=33)
        if facts.span.period == "year":
            assert facts.issued_on.month in {10, 11, 12, 1}


def test_no_name_of_a_place_occurs_in_two_splits() -> None:
    names: dict[Split, set[str]] = {}
    for split in SPLITS:
        own = {name for name, of in places.split_of_province().items() if of == split}
        own |= {
            u.name for year in range(2005, 2026) for m in (1, 6) for u in places.districts_of(split, year, m)
        }
        own |= {commune.place.name for commune in places.all_communes_of(split)}
        for facts in drawn(split):
            office = facts.office
            units = (office.province, office.district, office.commune)
            own |= {
                office.place,
                *(unit.name for unit in units if unit),
                *facts.fields["border.communes"].items,
            }
        names[split] = {places.key(name) for name in own}
    assert not any(names[one] & names[other] for one, other in combinations(SPLITS, 2))


def test_the_splits_cover_the_country() -> None:
    assert {unit.name for unit in provinces()} == set(places.split_of_province())
    day = date(2019, 6, 1)
    sizes = {split: len(places.districts_of(split, 2019, 6)) for split in SPLITS}
    assert 0.45 < sizes["train"] / sum(sizes.values()) < 0.55
    assert 0.08 < sizes["calibration"] / sum(sizes.values()) < 0.12
    assert all(0.17 < sizes[split] / sum(sizes.values()) < 0.24 for split in ("dev", "test"))
    assert len(provinces_on(day)) == sum(len(places.provinces_of(split, day)) for split in SPLITS) == 63
    late = date(2025, 7, 1)
    assert sum(len(places.provinces_of(split, late)) for split in SPLITS) == 34
    for split in SPLITS:
        assert {places.region_of(u.name) for u in places.provinces_of(split, day)} >= {
            "north",
            "centre",
            "south",
        }


def test_communes_lie_in_known_units() -> None:
    codes = {unit.code for unit in districts()} | {unit.code for unit in provinces()}
    assert {commune.area for commune in places.communes()} <= codes
    assert len({commune.area for commune in places.communes() if len(commune.area) == 3}) >= 120


def test_a_law_is_cited_by_one_split_only_and_after_its_day() -> None:
    cited = {split: {(law.cited.number, law.cited.symbol) for law in laws(split)} for split in SPLITS}
    assert all(cited.values())
    assert not any(cited[one] & cited[other] for one, other in combinations(SPLITS, 2))
    assert all(r.issued_on and r.issued_on < facts.issued_on for facts in reports() for r in facts.references)
    assert max(len(facts.references) for facts in reports()) <= 6


def test_negatives_tell_of_their_letterhead_alone() -> None:
    everything = [facts for split in SPLITS for facts in drawn(split)]
    others = [facts for facts in everything if facts.kind == "negative"]
    assert 0.04 < len(others) / len(everything) < 0.08
    for facts in others:
        assert all(
            fact.state == "absent" for name, fact in facts.fields.items() if not name.startswith("doc.")
        )
        assert not facts.delegations
        assert facts.fields["doc.number"].state == "reported"


def test_levels_periods_and_marks_come_as_often_as_in_archives() -> None:
    everything = [facts for split in SPLITS for facts in drawn(split)]
    count = len(everything)
    levels = Counter(facts.office.level for facts in everything)
    periods = Counter(facts.span.period for facts in everything)
    expected = {"province": 0.22, "district": 0.55, "commune": 0.08, "department": 0.15}
    assert all(levels[level] / count == pytest.approx(share, abs=0.025) for level, share in expected.items())
    expected = {"year": 0.6, "half": 0.16, "nine_months": 0.1, "quarter": 0.09, "month": 0.05}
    assert all(
        periods[period] / count == pytest.approx(share, abs=0.03) for period, share in expected.items()
    )
    assert sum(facts.office.party for facts in everything) / count == pytest.approx(0.1, abs=0.02)
    assert sum(facts.signed for facts in everything) / count == pytest.approx(0.85, abs=0.02)
    assert sum(facts.sealed for facts in everything) / count == pytest.approx(0.8, abs=0.02)
    assert sum(bool(facts.handwritten) for facts in everything) / count == pytest.approx(0.3, abs=0.03)
    assert sum(bool(facts.secrecy) for facts in everything) / count == pytest.approx(0.03, abs=0.01)
    qualifiers = Counter(
        f.qualifier
        for facts in reports()
        for f in facts.fields.values()
        if f.state == "reported" and KINDS.get(f.field) in {"count", "money"}
    )
    assert 0.84 < qualifiers["exact"] / qualifiers.total() < 0.94


@pytest.mark.parametrize("split", SPLITS)
def test_every_field_meets_every_state_that_it_can_have(split: Split) -> None:
    seen: dict[str, set[str]] = {}
    for facts in (*drawn(split), *(draw(split, 12, index) for index in range(1000))):
        for name, fact in facts.fields.items():
            seen.setdefault(name, set()).add(fact.state)
    possible = {
        "count": {"none", "blank"},
        "money": {"none", "blank"},
        "length": {"none", "blank"},
        "places": {"none", "blank"},
        "bullets": {"none", "blank"},
        "percent": {"blank"},
        "text": {"blank"},
        "choice": set(),
    }
    for name, kind in KINDS.items():
        assert seen[name] == {"reported", "absent"} | possible[kind], name


def test_symbols_and_names_follow_the_office() -> None:
    for split in SPLITS:
        for facts in drawn(split):
            office = facts.office
            if office.party:
                assert "/" in facts.symbol
                assert " ủy " in office.name
                assert facts.signer_authority.startswith("T/")
            elif facts.doc_type == "Báo cáo":
                assert facts.symbol.startswith("BC-")
            assert 3 <= len(facts.signer_name.split()) + 1 <= 6
            assert facts.fields["doc.issuer"].state == "reported"
