"""A large dataset from a small one: the stored rows of a run, many times over, with other units, years and numbers.

    python -m benchmarks.synthetic DIR --documents 5000 --out OUT

Each document of OUT is one of DIR told by another province or district for another year: its numbers are multiplied by
a factor of the unit and the year, everything else stays as it was read. The tables keep their schemas, so that OUT is
good for measuring queries, reports and exports, and for nothing else. The same seed gives the same tables.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.gazetteers.units import districts, is_valid_on, province_of, provinces
from pipeline.query.views import TABLES, dataset_folder

YEARS = range(2010, 2026)
_PROVINCES_SHARE = 0.2
_PLACED = (
    "report.province",
    "report.district",
    "report.admin_level",
    "report.year",
    "report.period",
    "doc.issued_on",
    "doc.issuer",
)
_MEMORY = "1500MB"
"""What sorting may take; the rest goes to the disk."""
_SCALED = ("count", "money", "length")


def plan(documents: int, templates: list[str], seed: int) -> list[dict[str, Any]]:
    """Return for each new document its template, place, year, day of issue and factor."""
    chance = random.Random(seed)
    sizes: dict[tuple[str, str], float] = {}
    made: list[dict[str, Any]] = []
    for number in range(documents):
        year = chance.choice(YEARS)
        issued = date(year, 11, 15) + timedelta(days=chance.randrange(75))
        if year == YEARS[-1]:
            issued = date(year, 7, 1) + timedelta(days=chance.randrange(150))
        provincial = year == YEARS[-1] or chance.random() < _PROVINCES_SHARE
        unit = chance.choice(
            [u for u in (provinces() if provincial else districts()) if is_valid_on(u, issued)]
        )
        province = province_of(unit, issued) if not provincial else unit
        assert province is not None
        size = sizes.setdefault((unit.level, unit.code), chance.lognormvariate(0, 0.7))
        made.append(
            {
                "new_id": sha256(f"{seed}/{number}".encode()).hexdigest(),
                "old_id": templates[number % len(templates)],
                "source": f"scans/{year}/{province.code}/{number:06d}.pdf",
                "year": year,
                "issued": issued,
                "province": province.name,
                "province_code": province.code,
                "district": None if provincial else unit.name,
                "district_code": None if provincial else unit.code,
                "level": "province" if provincial else "district",
                "issuer": f"Ủy ban nhân dân {unit.full_name}",
                "factor": size * (5 if provincial else 1) * 1.06 ** (year - YEARS[0]) * chance.lognormvariate(0, 0.2),
            }
        )  # fmt: skip
    return sorted(made, key=lambda row: row["source"])


def multiply(run: Path, out: Path, documents: int, seed: int) -> None:
    """Write the dataset of ``documents`` documents made from those of ``run`` to ``out``."""
    old, new = dataset_folder(run), out / "dataset"
    new.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect()
    con.execute(f"SET memory_limit = '{_MEMORY}'")
    con.execute("SET temp_directory = ?", [str(out / "spill")])
    names = con.execute(
        f"SELECT doc_id FROM '{old}/documents.parquet' "
        "WHERE status IN ('ok', 'partial') AND report_year IS NOT NULL ORDER BY source"
    ).fetchall()
    con.register("planned", pa.Table.from_pylist(plan(documents, [name for (name,) in names], seed)))
    con.execute("CREATE TABLE copies AS SELECT *, row_number() OVER () AS place FROM planned")
    package = json.loads((old / "datapackage.json").read_text("utf-8"))
    scaled = [
        spec["field"]
        for spec in package["sohoa"]["fields"]
        if spec["type"] in _SCALED and not spec["field"].startswith(("doc.", "report."))
    ]
    for table in TABLES:
        columns = [
            row[0] for row in con.execute(f"DESCRIBE SELECT * FROM '{old}/{table}.parquet'").fetchall()
        ]
        told = ", ".join(f'{_column(table, name, scaled)} AS "{name}"' for name in columns)
        order = "place" + "".join(
            f", t.{name}"
            for name in ("page", "field", "item", "section")
            if name in columns and table != "findings"
        )
        con.execute(
            f"COPY (SELECT {told} FROM copies c JOIN '{old}/{table}.parquet' t ON t.doc_id = c.old_id ORDER BY {order}) "
            f"TO '{new}/{table}.parquet' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 50000)"
        )
    con.close()
    shutil.rmtree(out / "spill", ignore_errors=True)
    (new / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")


def _column(table: str, name: str, scaled: list[str]) -> str:
    """Return the SQL of a column of ``table`` for a new document."""
    own = f't."{name}"'
    if name == "doc_id":
        return "c.new_id"
    if table in ("documents", "reports"):
        places = {
            "source": "c.source", "copies": "[]::VARCHAR[]", "province": "c.province", "district": "c.district",
            "province_code": "c.province_code", "district_code": "c.district_code", "issuer": "c.issuer",
            "issued_on": "c.issued", "report_year": "c.year", "year": "c.year", "doc_issuer": "c.issuer",
            "doc_issued_on": "c.issued", "report_province": "c.province", "report_district": "c.district",
            "report_admin_level": "c.level", "report_period": "'year'",
        }  # fmt: skip
        if table == "reports" and name in {field.replace(".", "_") for field in scaled}:
            return f"round({own} * c.factor)"
        return places.get(name, own)
    if table == "fields":
        return _of_field(name, own, ", ".join(f"'{field}'" for field in scaled))
    return own


def _of_field(name: str, own: str, scaled: str) -> str:
    """Return the SQL of a column of the table fields: the place, the year and the scaled numbers."""
    placed = ", ".join(f"'{field}'" for field in _PLACED)
    cases = {
        "value_number": f"WHEN t.field = 'report.year' THEN c.year WHEN t.field IN ({scaled}) THEN round({own} * c.factor)",
        "value_text": "WHEN t.field = 'report.province' THEN c.province WHEN t.field = 'report.district' THEN c.district "
        "WHEN t.field = 'report.admin_level' THEN c.level WHEN t.field = 'report.period' THEN 'year' "
        "WHEN t.field = 'doc.issuer' THEN c.issuer",
        "value_date": "WHEN t.field = 'doc.issued_on' THEN c.issued",
        "state": "WHEN t.field = 'report.district' AND c.district IS NULL THEN 'absent' "
        f"WHEN t.field IN ({placed}) THEN 'reported'",
    }
    return f"CASE {cases[name]} ELSE {own} END" if name in cases else own


def main() -> None:
    """Read the arguments and make the dataset."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("run", type=Path)
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    multiply(given.run, given.out, given.documents, given.seed)
    print(f"{given.documents} documents in {given.out / 'dataset'}")


if __name__ == "__main__":
    main()
