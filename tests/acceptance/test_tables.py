"""A list of delegations on a page that lies on its side, from scan to rows."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.evaluation.row_rules import _delegation_key
from tests.acceptance.finished import finish

SAMPLES = Path(__file__).parents[2] / "samples"


def test_rows_of_an_annex_become_delegations(tmp_path: Path, tesseract: None) -> None:
    finished = finish(tmp_path, [SAMPLES / "scans" / "turned.pdf"], workers=2)
    truth = json.loads((SAMPLES / "truth" / "turned.json").read_text("utf-8"))["delegations"]
    wanted = {_delegation_key(row["direction"], row["people"], row["countries"]) for row in truth}
    found = {
        _delegation_key(row["direction"], row["people"], row["countries"] or ())
        for row in finished.rows("delegations")
    }
    assert len(found & wanted) >= 0.85 * len(wanted)
    assert len(found - wanted) <= 1
