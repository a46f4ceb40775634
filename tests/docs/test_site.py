"""The documentation builds as a site without a warning, loads nothing from elsewhere, and its commands run."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
import regex
import trustme
from typer.testing import CliRunner

from pipeline.cli.main import app
from tests.docs.test_docs import ROOT, sohoa_commands

DOCS = ROOT / "docs"
PAGES = ("tutorial", "howto_archives", "howto_reviewers", "howto_analysts")
SCAN = "samples/scans/digital.pdf"
"""A report with a text layer, read without OCR; its first page will do."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    built = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


def test_every_page_of_docs_is_in_the_site_and_those_made_from_code_too(site: Path) -> None:
    names = {page.stem for page in site.glob("*.html")}
    assert names >= {page.stem for page in DOCS.glob("*.md")} | {"commands", "tables", "readme", "readme.vi"}
    commands = (site / "commands.html").read_text("utf-8")
    assert all(
        f">sohoa {name}<" in commands for name in ("run", "panel", "report", "search", "review verify")
    )
    assert "--units-of" in commands


def test_the_site_loads_nothing_from_the_network(site: Path) -> None:
    for page in site.rglob("*.html"):
        loaded = regex.findall(
            r"<(?:script|img|link|iframe|source)\b[^>]*(?:src|href)=\"([^\"]+)\"", page.read_text("utf-8")
        )
        assert not [target for target in loaded if target.startswith(("http", "//"))], page.name


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a newcomer has it, with one scan in the place of twelve."""
    folder = tmp_path_factory.mktemp("newcomer")
    (folder / SCAN).parent.mkdir(parents=True)
    with pikepdf.open(ROOT / SCAN) as whole:
        del whole.pages[1:]
        whole.save(folder / SCAN)
    certificate = trustme.CA().issue_cert("may-chu.xa.vn")
    certificate.cert_chain_pems[0].write_to_path(folder / "cert.pem")
    certificate.private_key_pem.write_to_path(folder / "key.pem")
    return folder


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_the_page_runs_in_its_order(
    page: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    served: list[dict[str, object]] = []
    monkeypatch.setattr("pipeline.review.serve.serve", lambda root, **how: served.append(how))
    commands = [
        shown
        for shown in sohoa_commands(DOCS / f"{page}.md")
        if shlex.split(shown)[1:2] and " COMMAND" not in shown
    ]
    if not (folder / "out").exists():
        commands.insert(0, "sohoa run samples/scans --out out --workers 1")
    for shown in commands:
        words = shlex.split(shown)[1:]
        if words[0] == "run":
            words += ["--workers", "1"]
        ran = CliRunner().invoke(app, words)
        assert ran.exit_code == 0, f"{shown}\n{ran.output}"
    assert len(served) == sum(shown.startswith("sohoa review out") for shown in commands)


def test_the_python_example_for_analysts_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    if not (folder / "out").exists():
        assert (
            CliRunner().invoke(app, ["run", "samples/scans", "--out", "out", "--workers", "1"]).exit_code == 0
        )
    (example,) = regex.findall(
        r"```python\n(.*?)```", (DOCS / "howto_analysts.md").read_text("utf-8"), regex.S
    )
    names: dict[str, object] = {}
    exec(compile(example, "howto_analysts.md", "exec"), names)
    assert list(names["people"].columns) == ["province", "year", "value_number"]  # type: ignore[attr-defined]
