from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli.export import To
from pipeline.cli.main import app
from pipeline.export.formats import FORMATS

from ..export.conftest import own_run, run, shared  # noqa: F401  (fixtures)


def sohoa(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, " ".join(result.output.split())


def test_help_says_of_every_format_what_it_is() -> None:
    _, shown = sohoa("export", "--help")
    assert [to.value for to in To] == [form.name for form in FORMATS]
    for form in FORMATS:
        assert f"{form.name} {form.says}" in shown


def test_what_was_made_and_what_was_left_out_is_told(run: Path, tmp_path: Path) -> None:  # noqa: F811
    code, shown = sohoa("export", run, "--to", "csv-vn", "--out", tmp_path / "csv")
    assert code == 0
    assert "2 documents, 11 files." in shown
    assert "1 restricted document left out." in shown


def test_documents_left_out_make_exit_code_3(own_run: Path, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "scans" / "b#2 100%.pdf").unlink()
    code, shown = sohoa("export", own_run, "--to", "pdf", "--out", tmp_path / "pdf")
    assert code == 3
    assert "the scan is not where the run found it; say where with --scans DIR" in shown
    assert len(list((tmp_path / "pdf").iterdir())) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--to", "docx"), "docx"),
        (("--to", "csv-vn", "--doc", "nothing.pdf"), "no such document"),
        (("--to", "csv-vn", "--doc", "mat.png"), "restricted"),
    ],
)
def test_wrong_usage_is_told_and_nothing_is_written(
    run: Path,  # noqa: F811
    tmp_path: Path,
    arguments: tuple[str, ...],
    told: str,
) -> None:
    code, shown = sohoa("export", run, "--out", tmp_path / "made", *arguments)
    assert code == 2
    assert told in shown
    assert not (tmp_path / "made").exists()
