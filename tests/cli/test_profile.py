"""``sohoa profile`` as a user meets it, and ``--profile`` of the other commands."""

import html
import json
import warnings
from pathlib import Path

import pytest

from pipeline.cli.profile_of import profile_of
from pipeline.dataset.writing import write_dataset
from pipeline.document import Document
from pipeline.errors import UsageError
from pipeline.extraction.profile import load_profile, profile_file
from tests.conftest import SCANS, Sohoa

WRITTEN = Path(__file__).parents[1] / "extraction" / "giam_ngheo"
WRONG = "name: wrong\ntitle_vi: x\ntitle_en: x\nrecognise: {types: [Báo cáo], subject: [x y]}\ntopics: []\nfelder: []\n"


def test_check_says_what_is_wrong_where_and_exits_with_2(sohoa: Sohoa, tmp_path: Path) -> None:
    (tmp_path / "wrong.yaml").write_text(WRONG, encoding="utf-8")
    answer = sohoa("profile", "check", tmp_path / "wrong.yaml", "doi_ngoai")
    assert answer.returncode == 2
    assert f"{tmp_path}/wrong.yaml:6:1: unknown key 'felder'; did you mean 'fields'?" in answer.stdout
    assert "doi_ngoai.yaml: in order" in answer.stdout
    assert sohoa("profile", "check", "cai_cach_hanh_chinh").returncode == 0


def test_a_run_with_a_wrong_profile_says_the_same(sohoa: Sohoa, tmp_path: Path) -> None:
    (tmp_path / "wrong.yaml").write_text(WRONG, encoding="utf-8")
    answer = sohoa(
        "run", SCANS / "report.png", "--out", tmp_path / "out", "--profile", tmp_path / "wrong.yaml"
    )
    assert answer.returncode == 2
    assert "wrong.yaml:6:1: unknown key 'felder'" in answer.stderr
    assert not (tmp_path / "out").exists()


def test_list_names_the_shipped_profiles(sohoa: Sohoa) -> None:
    answer = sohoa("profile", "list")
    assert "doi_ngoai: Báo cáo kết quả công tác đối ngoại" in answer.stdout
    assert "cai_cach_hanh_chinh: Báo cáo công tác cải cách hành chính" in answer.stdout


def test_schema_is_json(sohoa: Sohoa) -> None:
    assert json.loads(sohoa("profile", "schema").stdout)["title"] == "sohoa profile"


def print_pdf(name: str, target: Path) -> Path:
    """Print the written report ``name`` as a PDF with a text layer."""
    with warnings.catch_warnings():  # it warns at its import of what later versions will need
        warnings.simplefilter("ignore", DeprecationWarning)
        from weasyprint import HTML  # noqa: PLC0415
    head, _, body = (WRITTEN / f"{name}.txt").read_text("utf-8").partition("=== truth")[0].partition("---\n")
    keys = dict(line.split(": ", 1) for line in head.strip().splitlines())
    issuer = "<br>".join(f"<b>{line}</b>" for line in keys["issuer"].split(" / "))
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in body.splitlines() if line.strip())
    HTML(
        string="<style>@page{size:A4;margin:20mm}body{font:13pt serif}td{text-align:center;width:50%}p{margin:4pt 0}</style>"
        f"<table width=100%><tr><td>{issuer}<br>{keys['number']}</td><td><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b>"
        f"<br><b>Độc lập - Tự do - Hạnh phúc</b><br><i>{keys['place_date']}</i></td></tr></table>"
        f"<center><b>BÁO CÁO</b><br><b>{keys['subject']}</b></center>{paragraphs}"
    ).write_pdf(target)
    return target


@pytest.mark.usefixtures("tesseract")
def test_new_drafts_a_profile_from_scans_that_passes_check(sohoa: Sohoa, tmp_path: Path) -> None:
    scans = [print_pdf(name, tmp_path / f"{name}.pdf") for name in ("huyen_a", "xa_c")]
    out = tmp_path / "giam_ngheo.yaml"
    answer = sohoa("profile", "new", "giam_ngheo", *scans, "--out", out)
    assert answer.returncode == 0, answer.stderr
    file = profile_file(str(out))
    assert file.errors == []
    assert file.profile is not None
    labels = {label for spec in file.profile.fields for label in spec.labels}
    assert "tỷ lệ hộ nghèo" in labels
    assert len([spec for spec in file.profile.fields if spec.group not in ("letterhead", "report")]) >= 10
    again = sohoa("profile", "new", "giam_ngheo", *scans, "--out", out)
    assert again.returncode == 2
    assert "there is such a file already" in again.stderr


def test_new_refuses_a_name_that_is_none(sohoa: Sohoa, tmp_path: Path) -> None:
    answer = sohoa("profile", "new", "Giảm nghèo", SCANS / "report.png", "--out", tmp_path / "x.yaml")
    assert answer.returncode == 2
    assert "small letters, digits and _" in answer.stderr


def a_run(folder: Path, label: str, fields: str) -> Path:
    document = Document("a" * 64, "a.pdf", (), 1, "failed", "broken", profile=label)
    write_dataset([document], folder, load_profile(fields).fields)
    return folder


def test_the_profile_of_a_run_need_not_be_told(tmp_path: Path) -> None:
    run = a_run(tmp_path, "cai_cach_hanh_chinh@0123456789ab", "cai_cach_hanh_chinh")
    assert profile_of(run, None) == "cai_cach_hanh_chinh"
    assert profile_of(run, "doi_ngoai") == "doi_ngoai"
    assert profile_of(tmp_path / "nothing", None) == "doi_ngoai"


def test_the_profile_of_a_run_that_was_a_file_must_be_told(tmp_path: Path) -> None:
    run = a_run(tmp_path, "moi_truong@0123456789ab", "doi_ngoai")
    with pytest.raises(UsageError, match="moi_truong; say its file with --profile FILE"):
        profile_of(run, None)
