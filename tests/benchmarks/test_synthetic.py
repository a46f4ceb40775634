from datetime import date
from pathlib import Path

from benchmarks.queries import QUESTIONS
from benchmarks.synthetic import multiply
from pipeline.panel import panel
from pipeline.query.views import ask, connect
from tests.panel.reports import Told, run

FROM = (
    Told(
        "a",
        2020,
        "Kon Tum",
        issued=date(2020, 12, 1),
        values=(("outbound.people", 100), ("trade.vs_plan", 90)),
    ),
    Told("b", 2020, "Thanh Hóa", "Nga Sơn", issued=date(2020, 12, 1), values=(("outbound.people", "none"),)),
)


def test_a_small_run_becomes_a_large_one_that_answers_every_question(tmp_path: Path) -> None:
    multiply(run(tmp_path / "small", *FROM), tmp_path / "large", 60, seed=3)
    with connect(tmp_path / "large") as con:
        assert con.execute("SELECT count(*), count(DISTINCT doc_id) FROM documents").fetchall() == [(60, 60)]
        for question in QUESTIONS.values():
            ask(con, question).read_all()
        assert panel(con, fields=("outbound.people",)).units > 10


def test_numbers_places_and_years_differ_and_agree_between_the_tables(tmp_path: Path) -> None:
    multiply(run(tmp_path / "small", *FROM), tmp_path / "large", 60, seed=3)
    with connect(tmp_path / "large") as con:
        rows = con.execute(
            """SELECT r.outbound_people, f.value_number, r.year, d.report_year, r.province, p.value_text, r.trade_vs_plan
               FROM reports r JOIN documents d USING (doc_id)
               JOIN fields f ON f.doc_id = r.doc_id AND f.field = 'outbound.people'
               JOIN fields p ON p.doc_id = r.doc_id AND p.field = 'report.province'"""
        ).fetchall()
    assert all(
        wide == long and year == told and place == said for wide, long, year, told, place, said, _ in rows
    )
    assert len({row[1] for row in rows}) > 20 and len({row[2] for row in rows}) > 8
    assert {row[6] for row in rows} == {90, None}  # shares are no sizes


def test_the_same_seed_gives_the_same_tables(tmp_path: Path) -> None:
    small = run(tmp_path / "small", *FROM)
    for name in ("one", "two"):
        multiply(small, tmp_path / name, 20, seed=5)
    for file in (tmp_path / "one" / "dataset").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / "dataset" / file.name).read_bytes()
