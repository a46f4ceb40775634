"""The notebook runs from the first cell to the last, on a small dataset with a scan."""

import json
from pathlib import Path
from typing import Any

import matplotlib
import pandas as pd
import pytest
from PIL import Image

from pipeline.dataset.writing import write_dataset
from tests.query.test_query import FIELDS, scan

NOTEBOOK = Path(__file__).parents[2] / "docs" / "analyse.ipynb"


def code_cells() -> list[str]:
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def last_value(source: str, names: dict[str, Any]) -> Any:
    """Run a cell as a notebook does, and return the value of its last line (None where that is a statement)."""
    lines = source.splitlines()
    for at in range(len(lines) - 1, -1, -1):
        try:
            value = compile("\n".join(lines[at:]), "cell", "eval")
        except SyntaxError:
            continue
        exec(compile("\n".join(lines[:at]), "cell", "exec"), names)
        return eval(value, names)
    exec(compile(source, "cell", "exec"), names)
    return None


def test_every_cell_runs_and_the_evidence_is_a_crop_of_the_scan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    matplotlib.use("Agg")
    monkeypatch.chdir(tmp_path)
    write_dataset([scan(tmp_path / f"{shade}.png", shade) for shade in (200, 210)], tmp_path / "out", FIELDS)
    names: dict[str, Any] = {}
    shown = [last_value(cell, names) for cell in code_cells()]
    assert sum(isinstance(value, pd.DataFrame) and not value.empty for value in shown) >= 5
    (crop,) = [value for value in shown if isinstance(value, Image.Image)]
    assert 0 < crop.width < 400 and crop.getextrema()[0] == 0  # the black square that stands for the number
    assert names["axes"].collections
    matplotlib.pyplot.close("all")
