"""An order gives whole folders or nothing, and the same bytes every time."""

import json
from pathlib import Path

import pikepdf
import pytest
from typer.testing import CliRunner

from pipeline.evaluation.truth import load_truths
from samples.generator import generate as generating
from samples.generator.__main__ import app
from samples.generator.problems import ProblemError

RUN = CliRunner()


def order(out: Path, *more: str, count: int = 2) -> list[str]:
    return ["--count", str(count), "--seed", "5", "--out", str(out), "--workers", "1", *more]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def problem(arguments: list[str]) -> str:
    result = RUN.invoke(app, arguments)
    assert isinstance(result.exception, ProblemError)
    return str(result.exception)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("generated") / "out"
    result = RUN.invoke(app, order(out, "--preset", "digital", "--preset", "fax"))
    assert result.exit_code == 0, result.output
    assert "on the clock" in result.output
    return out


def test_each_report_has_scan_truth_and_page_texts(made: Path) -> None:
    truths = load_truths(made / "truth")
    assert [truth.name for truth in truths] == [path.stem for path in sorted((made / "scans").iterdir())]
    for truth in truths:
        assert len(truth.fields) == 72
        assert all(truth.text_of(page).strip() for page in truth.page_text)


def test_presets_are_dealt_in_turn_and_every_page_is_on_record(made: Path) -> None:
    for path, preset in zip(sorted((made / "truth").glob("*.json")), ("digital", "fax"), strict=True):
        truth = json.loads(path.read_text("utf-8"))
        with pikepdf.open(made / "scans" / f"{path.stem}.pdf") as pdf:
            assert len(pdf.pages) == len(truth["pages"]) == len(truth["words"])
            assert "MẪU THỬ" in str(pdf.docinfo["/Title"])
        assert truth["preset"] == preset
        if preset == "fax":
            assert all(page["mode"] == "bilevel" and page["dpi"] >= 200 for page in truth["pages"])


def test_every_word_and_place_lies_on_its_page(made: Path) -> None:
    for path in (made / "truth").glob("*.json"):
        truth = json.loads(path.read_text("utf-8"))
        words = [word for page in truth["words"].values() for word in page]
        assert len(words) > 200
        places = [place["box"] for row in truth["fields"].values() for place in row.get("places", ())]
        assert len(places) > 8
        for x0, y0, x1, y1 in (*(word[1:] for word in words), *places):
            assert 0 <= x0 < x1 <= 1
            assert 0 <= y0 < y1 <= 1


def test_the_same_seed_gives_the_same_bytes_with_any_number_of_workers_and_reports(
    made: Path, tmp_path: Path
) -> None:
    arguments = order(tmp_path / "again", "--preset", "digital", "--preset", "fax", count=3)
    arguments[arguments.index("--workers") + 1] = "2"
    assert RUN.invoke(app, arguments).exit_code == 0
    again = contents(tmp_path / "again")
    before = contents(made)
    del before["order.json"]
    assert {name: again[name] for name in before} == before


def test_another_seed_gives_another_report(made: Path, tmp_path: Path) -> None:
    arguments = order(tmp_path / "other", "--preset", "digital", count=1)
    arguments[arguments.index("--seed") + 1] = "6"
    assert RUN.invoke(app, arguments).exit_code == 0
    one, two = ((f / "truth").glob("*p1.txt") for f in (made, tmp_path / "other"))
    assert sorted(one)[0].read_text("utf-8") != sorted(two)[0].read_text("utf-8")


def test_an_unknown_preset_or_split_is_refused_by_name(tmp_path: Path) -> None:
    assert "unknown preset 'polaroid'; there are: digital, clean300" in problem(
        order(tmp_path / "out", "--preset", "polaroid")
    )
    assert "unknown split 'exam'" in problem(order(tmp_path / "out", "--split", "exam"))
    assert "at least one" in problem(order(tmp_path / "out", count=0))
    assert not list(tmp_path.iterdir())


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    assert "is in use" in problem(order(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_missing_font_is_named_with_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generating, "missing_fonts", lambda: [("Tinos", "fonts-croscore")])
    message = problem(order(tmp_path / "out"))
    assert "Tinos" in message
    assert "apt-get install fonts-croscore" in message
    assert not list(tmp_path.iterdir())


def test_what_fails_half_way_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(generating.truth, "write", full)
    result = RUN.invoke(app, order(tmp_path / "out", "--preset", "digital"))
    assert isinstance(result.exception, OSError)
    assert not list(tmp_path.iterdir())
