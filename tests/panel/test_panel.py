import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipeline.cli.main import app
from pipeline.errors import UsageError
from pipeline.panel import panel
from pipeline.query.views import ask, connect

from .reports import Told, run

PEOPLE = "outbound.people"


def cells(folder: Path, *, field: str = PEOPLE, **how: Any) -> dict[tuple[str, int], dict[str, Any]]:
    """Return the rows of the panel by unit and year."""
    with connect(folder) as con:
        panel(con, fields=(field,), **how)
        rows = ask(con, "SELECT * FROM panel").read_all().to_pylist()
    return {(row["unit"], row["year"]): row for row in rows}


def people(name: str, year: int, value: object, **more: Any) -> Told:
    return Told(name, year, values=((PEOPLE, value),), **more)


def test_a_renamed_unit_is_one_unit_under_its_latest_name(tmp_path: Path) -> None:
    out = run(
        tmp_path,
        people("a", 2018, 3, province="Thanh Hóa", district="Tĩnh Gia", issued=date(2018, 12, 3)),
        people("b", 2021, 4, province="Thanh Hóa", district="Nghi Sơn", issued=date(2021, 12, 3)),
    )
    found = cells(out)
    assert {unit for unit, _ in found} == {"thị xã Nghi Sơn"}
    assert [found["thị xã Nghi Sơn", year]["value_number"] for year in (2018, 2021)] == [3, 4]
    assert found["thị xã Nghi Sơn", 2019]["state"] == "no document"
    assert not found["thị xã Nghi Sơn", 2018]["aggregated"]
    assert {unit for unit, _ in cells(out, units_of=None)} == {"thị xã Nghi Sơn"}
    assert {unit for unit, _ in cells(out, units_of=date(2018, 1, 1))} == {"huyện Tĩnh Gia"}


def test_reports_of_merged_provinces_add_up_to_the_new_one_and_say_so(tmp_path: Path) -> None:
    out = run(
        tmp_path,
        people("bd", 2023, 10, province="Bình Dương", issued=date(2023, 12, 3)),
        people("vt", 2023, 20, province="Bà Rịa - Vũng Tàu", issued=date(2023, 12, 3)),
        people("sg", 2023, 300, province="Hồ Chí Minh", issued=date(2023, 12, 3)),
        people("new", 2025, 500, province="Hồ Chí Minh", issued=date(2025, 12, 3)),
    )
    found = cells(out)
    old, new = found["thành phố Hồ Chí Minh", 2023], found["thành phố Hồ Chí Minh", 2025]
    assert (old["value_number"], old["aggregated"], old["parts_missing"]) == (330, True, [])
    assert set(old["parts"]) == {"tỉnh Bình Dương", "tỉnh Bà Rịa - Vũng Tàu", "thành phố Hồ Chí Minh"}
    assert len(old["doc_ids"]) == 3
    assert (new["value_number"], new["aggregated"]) == (500, False)


def test_a_part_without_document_or_value_is_named(tmp_path: Path) -> None:
    out = run(
        tmp_path,
        people("ht", 2007, 7, province="Hà Tây", issued=date(2007, 12, 3)),
        people("bg", 2020, 1, province="Bắc Giang", issued=date(2020, 12, 3)),
        people("bn", 2020, "absent", province="Bắc Ninh", issued=date(2020, 12, 3)),
    )
    found = cells(out)
    assert found["thành phố Hà Nội", 2007]["parts_missing"] == ["thành phố Hà Nội (no document)"]
    assert found["tỉnh Bắc Ninh", 2020]["parts_missing"] == ["tỉnh Bắc Ninh (absent)"]
    assert found["tỉnh Bắc Ninh", 2020]["value_number"] == 1


def test_shares_and_mixed_currencies_are_never_added(tmp_path: Path) -> None:
    where = {"issued": date(2020, 12, 3)}
    out = run(
        tmp_path,
        Told("a", 2020, "Hà Nam", **where, values=(("trade.turnover", (5, "USD")), ("trade.vs_plan", 90))),  # type: ignore[arg-type]
        Told("b", 2020, "Nam Định", **where, values=(("trade.turnover", (7, "VND")), ("trade.vs_plan", 80))),  # type: ignore[arg-type]
    )
    for field in ("trade.turnover", "trade.vs_plan"):
        row = cells(out, field=field)["tỉnh Ninh Bình", 2020]
        assert (row["state"], row["value_number"], row["currency"]) == ("not additive", None, None)


def test_each_unit_stands_for_itself_when_asked(tmp_path: Path) -> None:
    out = run(
        tmp_path,
        people("a", 2020, 1, province="Hà Nam", issued=date(2020, 12, 3)),
        people("b", 2025, 9, province="Ninh Bình", issued=date(2025, 12, 3)),
    )
    found = cells(out, units_of=None)
    assert found["tỉnh Hà Nam", 2020]["value_number"] == 1
    assert found["tỉnh Ninh Bình", 2025]["value_number"] == 9
    assert found["tỉnh Hà Nam", 2025]["state"] == "no document"  # it existed until 30 June


def test_a_divided_unit_is_told_whole_on_an_earlier_day(tmp_path: Path) -> None:
    where = {"province": "Hà Nội", "issued": date(2015, 12, 1)}
    out = run(
        tmp_path,
        people("old", 2012, 5, province="Hà Nội", district="Từ Liêm", issued=date(2012, 12, 1)),
        people("n", 2015, 2, district="Nam Từ Liêm", **where),
        people("b", 2015, 4, district="Bắc Từ Liêm", **where),
    )
    earlier = cells(out, units_of=date(2012, 1, 1))
    assert earlier["huyện Từ Liêm", 2015]["value_number"] == 6
    latest = cells(out)
    assert latest["huyện Từ Liêm", 2012]["value_number"] == 5
    assert latest["huyện Từ Liêm", 2015]["state"] == "no unit"
    assert latest["quận Nam Từ Liêm", 2012]["state"] == "no unit"


def test_one_document_speaks_for_a_unit_and_year_and_the_others_are_listed(tmp_path: Path) -> None:
    where = {"province": "Kon Tum"}
    out = run(
        tmp_path,
        people("half", 2020, 1, period="half", issued=date(2020, 6, 20), **where),
        people("annual", 2020, 2, issued=date(2020, 12, 20), **where),
        people("department", 2020, 3, issued=date(2020, 12, 28), level="department", **where),
        Told("empty", 2020, issued=date(2020, 12, 30), **where),
    )
    row = cells(out, units_of=date(2020, 12, 31))["tỉnh Kon Tum", 2020]
    assert (row["value_number"], row["sources"]) == (2, ["in/annual.pdf"])
    assert row["other_sources"] == ["in/department.pdf", "in/empty.pdf", "in/half.pdf"]


def test_what_has_no_place_or_year_is_left_out_with_the_reason(tmp_path: Path) -> None:
    out = run(
        tmp_path,
        Told("noyear", None, "Kon Tum"),
        Told("noplace", 2020),
        Told("secret", 2020, "Kon Tum", status="restricted"),
        people("good", 2020, 1, province="Kon Tum"),
    )
    with connect(out) as con:
        made = panel(con)
    assert dict(made.left_out) == {
        "in/noyear.pdf": "the year reported on is not known",
        "in/noplace.pdf": "neither its province nor its district is known",
    }
    assert made.units == 1


def test_a_commune_and_an_unknown_district_keep_their_printed_names(tmp_path: Path) -> None:
    out = run(
        tmp_path,
        people("c", 2025, 1, province="Lào Cai", level="commune", issuer="Ủy ban nhân dân xã Bát Xát",
               issued=date(2025, 12, 1)),
        people("d", 2020, 2, province="Lào Cai", district="Hư Vô", issued=date(2020, 12, 1)),
    )  # fmt: skip
    found = cells(out)
    assert {(row["unit"], row["level"], row["matched"], row["province"]) for row in found.values()} == {
        ("xã Bát Xát", "commune", False, "Lào Cai"),
        ("Hư Vô", "district", False, "Lào Cai"),
    }


def test_the_command_writes_every_cell_and_says_what_it_left_out(tmp_path: Path) -> None:
    out = run(tmp_path / "out", people("a", 2020, "none", province="Kon Tum"), Told("b", None, "Kon Tum"))
    file = tmp_path / "panel.csv"
    told = CliRunner().invoke(
        app,
        ["panel", str(out), "--field", PEOPLE, "--years", "2019-2021", "--format", "csv", "--out", str(file)],
    )
    assert told.exit_code == 0 and "in/b.pdf: the year reported on is not known" in told.output
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [(row["year"], row["state"], row["value_number"]) for row in rows] == [
        ("2019", "no document", ""), ("2020", "none", "0"), ("2021", "no document", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "begins"), [("p.parquet", b"PAR1"), ("p.json", b"["), ("p.csv", b"\xef\xbb\xbflevel,")]
)
def test_the_ending_of_the_file_says_its_form(tmp_path: Path, name: str, begins: bytes) -> None:
    out = run(tmp_path / "out", people("a", 2020, 1, province="Kon Tum"))
    told = CliRunner().invoke(app, ["panel", str(out), "--out", str(tmp_path / name)])
    assert told.exit_code == 0 and (tmp_path / name).read_bytes().startswith(begins)


@pytest.mark.parametrize("wrong", [["--field", "no.such"], ["--years", "abc"], ["--units-of", "today"]])
def test_wrong_usage_says_what_to_give(tmp_path: Path, wrong: list[str]) -> None:
    out = run(tmp_path / "out", people("a", 2020, 1, province="Kon Tum"))
    told = CliRunner().invoke(app, ["panel", str(out), *wrong])
    assert told.exit_code == 2 and wrong[-1] in told.output


def test_a_list_field_has_no_place_in_a_panel(tmp_path: Path) -> None:
    out = run(tmp_path, Told("a", 2020, "Kon Tum"))
    with connect(out) as con, pytest.raises(UsageError, match=r"doc\.number"):
        panel(con, fields=("doc.number",))
