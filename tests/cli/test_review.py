from pathlib import Path

from typer.testing import CliRunner

from pipeline.cli.main import app
from pipeline.review.trail import Entry, Trail
from tests.review.trails import tamper


def test_verify_says_whether_the_trail_is_whole_and_knows_its_head(tmp_path: Path) -> None:
    trail = Trail(tmp_path)
    head = trail.append(Entry("lan", "a" * 64, "doc.type", "set", new={"state": "absent"}), seen="").hash
    told = CliRunner().invoke(app, ["review", "verify", str(tmp_path)])
    assert told.exit_code == 0
    assert head in told.output
    assert CliRunner().invoke(app, ["review", "verify", str(tmp_path), "--head", head]).exit_code == 0
    assert CliRunner().invoke(app, ["review", "verify", str(tmp_path), "--head", "b" * 64]).exit_code == 1
    tamper(tmp_path, "UPDATE sohoa_trail SET line = replace(line, 'absent', 'blank')")
    refused = CliRunner().invoke(app, ["review", "verify", str(tmp_path)])
    assert refused.exit_code == 1
    assert "line 1: the trail was changed here" in " ".join(refused.output.split())


def test_a_folder_without_tables_is_wrong_usage(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["review", str(tmp_path), "--no-browser"]).exit_code == 2
