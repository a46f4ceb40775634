"""How long typical questions take over a large dataset: ``python -m benchmarks.queries DIR``.

DIR is a run, such as ``python -m benchmarks.synthetic RUN --documents 100000 --out DIR`` makes one. Each question is asked
as ``sohoa query`` asks it, on a fresh connection, three times; the slowest counts.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from pipeline.query.views import ask, connect

QUESTIONS = {
    "documents by province and year": "SELECT province, report_year, count(*) AS n FROM documents GROUP BY ALL ORDER BY ALL",
    "states of every field": "SELECT field, state, count(*) AS n FROM fields GROUP BY ALL ORDER BY ALL",
    "people sent abroad by year": "SELECT year, sum(outbound_people) AS people FROM reports GROUP BY year ORDER BY year",
    "median turnover by province, trusted values": (
        "SELECT province, currency, median(value_number) AS turnover FROM trusted "
        "WHERE field = 'trade.turnover' AND year = 2023 GROUP BY ALL ORDER BY turnover DESC"
    ),
    "twenty districts with the most delegations": (
        "SELECT province, district, sum(value_number) AS n FROM indicators WHERE field = 'inbound.delegations' "
        "AND year = 2023 AND state = 'reported' GROUP BY ALL ORDER BY n DESC LIMIT 20"
    ),
    "for review by group": (
        'SELECT n."group", count(*) AS rows, avg(needs_review::INT) AS share FROM fields JOIN field_names n USING (field) '
        "GROUP BY ALL ORDER BY share DESC"
    ),
    "findings by check": 'SELECT "check", severity, count(*) AS n FROM findings GROUP BY ALL ORDER BY n DESC',
    "a hundred pages read worst": (
        "SELECT source, page, p.mean_confidence FROM pages p JOIN documents USING (doc_id) WHERE NOT blank "
        "ORDER BY p.mean_confidence LIMIT 100"
    ),
    "countries of delegations": (
        "SELECT country, sum(people) AS people FROM (SELECT unnest(countries) AS country, people FROM delegations) "
        "GROUP BY country ORDER BY people DESC LIMIT 30"
    ),
    "legal documents cited most": (
        'SELECT doc_type, number, symbol, count(*) AS n FROM "references" GROUP BY ALL ORDER BY n DESC LIMIT 30'
    ),
    "everything on one document": "SELECT * FROM fields WHERE doc_id = (SELECT max(doc_id) FROM documents)",
}


def main() -> None:
    """Ask all questions and print what each cost."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("run", type=Path)
    run = parser.parse_args().run
    with connect(run) as con:
        (documents,) = con.execute("SELECT count(*) FROM documents").fetchall()[0]
        (rows,) = con.execute("SELECT count(*) FROM fields").fetchall()[0]
    print(f"{documents:,} documents, {rows:,} rows of fields\n")
    print("| question | rows | seconds |\n|---|---:|---:|")
    for name, question in QUESTIONS.items():
        spent, found = [], 0
        for _ in range(3):
            started = time.perf_counter()
            with connect(run) as con:
                found = ask(con, question).read_all().num_rows
            spent.append(time.perf_counter() - started)
        print(f"| {name} | {found} | {max(spent):.2f} |", flush=True)


if __name__ == "__main__":
    main()
