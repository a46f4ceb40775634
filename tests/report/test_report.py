import json
import shlex
from datetime import date
from html import unescape
from pathlib import Path

import pytest
import regex
from typer.testing import CliRunner

from pipeline.cli.main import app
from pipeline.dataset.writing import write_dataset
from pipeline.extraction.profile import load_profile
from pipeline.report import write_report
from pipeline.report.numbers import share, told
from pipeline.report.run_log import slowest_pages
from tests.panel.reports import Told, document, run

HOSTILE = "</style><script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"
DOI_NGOAI = load_profile("doi_ngoai")


def page(out: Path, profile: str | None = "doi_ngoai") -> str:
    file = out / "report.html"
    write_report(out, file, load_profile(profile) if profile else None)
    return file.read_text("utf-8")


def reports() -> list[Told]:
    """Return four years of two provinces, with a denial, a foreign currency and a half-year report besides."""
    made = []
    for year in range(2016, 2020):
        for at, province in enumerate(("Kon Tum", "Gia Lai")):
            people = (
                ("outbound.delegations", (year - 2010) * (at + 1)),
                ("trade.turnover", (1_500_000_000_000, "VND")),
            )
            made.append(Told(f"{province}-{year}", year, province, issued=date(year, 12, 1), values=people))
    made.append(
        Told(
            "half",
            2019,
            "Kon Tum",
            issued=date(2019, 6, 1),
            period="half",
            values=(("outbound.delegations", 9_999),),
        )
    )
    made.append(Told("secret", None, status="restricted"))
    return made


def test_the_report_is_one_file_that_runs_and_loads_nothing(tmp_path: Path) -> None:
    html = page(run(tmp_path, *reports()))
    assert "<script" not in html and "javascript:" not in html
    assert not regex.findall(r"""(?:src|href|url)\s*[=(]\s*["']?(?:https?:)?//""", html)
    assert "default-src 'none'" in html
    assert html.count("<svg") >= 6


def test_its_figures_are_those_of_the_dataset_with_each_unit_and_year_counted_once(tmp_path: Path) -> None:
    html = page(run(tmp_path, *reports()))
    block = html[html.index('id="f-outbound.delegations"') :]
    block = block[: block.index("</tbody>")]
    totals = regex.findall(
        r"<td>(\d{4})</td><td class=\"n first\">(\d+)</td><td class=\"n\">([\d.]+)</td>", block
    )
    assert totals == [("2016", "2", "18"), ("2017", "2", "21"), ("2018", "2", "24"), ("2019", "2", "27")]


def test_every_row_behind_a_figure_has_its_query_its_words_and_its_scan(tmp_path: Path) -> None:
    out = run(tmp_path, *reports())
    html = page(out)
    block = html[html.index('id="f-outbound.delegations"') :]
    block = block[: block.index('<div class="block" id=')]
    assert block.count("in/Kon Tum-") == 4 and "in/half.pdf" in block
    shown = [
        shlex.split(unescape(command)) for command in regex.findall(r"<code>(.*?)</code>", html, regex.S)
    ]
    assert ["sohoa", "panel", str(out), "--field", "outbound.delegations"] in [words[:5] for words in shown]
    for words in shown:
        if words[1] == "query":
            told_ = CliRunner().invoke(app, [*words[1:], "--format", "json"])
            assert told_.exit_code == 0 and isinstance(json.loads(told_.output), list), told_.output


def test_a_sum_of_merged_units_that_lacks_a_part_says_so_in_chart_and_table(tmp_path: Path) -> None:
    told_ = Told("a", 2020, "Bình Dương", issued=date(2020, 12, 1), values=(("outbound.delegations", 33),))
    html = page(run(tmp_path, told_))
    assert ">≥ 33 (2020)</text>" in html
    assert '<td class="n review sum less">33</td>' in html


def test_text_from_scans_is_shown_and_never_markup(tmp_path: Path) -> None:
    told = Told(
        HOSTILE.replace("/", "∕"),
        2020,
        "Kon Tum",
        HOSTILE,
        issuer=HOSTILE,
        values=(("outbound.delegations", 5),),
    )
    html = page(run(tmp_path, told))
    assert (
        "<script" not in html and "<img" not in html and "49" not in regex.findall(r"onerror.{0,60}", html)[0]
    )
    assert "&lt;script&gt;" in html


def test_a_restricted_document_is_counted_and_not_named(tmp_path: Path) -> None:
    html = page(run(tmp_path, *reports()))
    assert "secret" not in html and "văn bản mật" in html


def test_another_kind_of_report_has_its_own_main_indicators(tmp_path: Path) -> None:
    profile = load_profile("cai_cach_hanh_chinh")
    field = next(spec for spec in profile.fields if spec.main and spec.type == "count")
    told = Told("a", 2020, "Kon Tum", values=((field.name, 37),))
    write_dataset([document(told)], tmp_path, profile.fields)
    html = page(tmp_path, "cai_cach_hanh_chinh")
    assert profile.title_vi in html and f'id="f-{field.name}"' in html
    assert "outbound" not in html


def test_without_the_profile_the_first_number_of_each_group_stands_in(tmp_path: Path) -> None:
    html = page(run(tmp_path, *reports()), None)
    assert 'id="f-outbound.delegations"' in html


def test_a_dataset_without_figures_or_documents_has_a_report_too(tmp_path: Path) -> None:
    assert "Chưa có số liệu" in page(run(tmp_path / "a", Told("a", None)))
    assert "Chưa có số liệu" in page(run(tmp_path / "b"))


def test_the_same_tables_give_the_same_report(tmp_path: Path) -> None:
    out = run(tmp_path, *reports())
    assert page(out) == page(out)


def test_a_scan_that_is_there_is_linked_with_its_page_whatever_it_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/javascript:alert(1) #.pdf").write_bytes(b"")
    out = run(
        tmp_path / "out",
        Told("javascript:alert(1) #", 2020, "Kon Tum", values=(("outbound.delegations", 5),)),
    )
    assert 'href="../in/javascript%3Aalert%281%29%20%23.pdf"' in page(out)


def test_the_command_writes_the_report_beside_the_tables(tmp_path: Path) -> None:
    out = run(tmp_path / "out", *reports())
    told_ = CliRunner().invoke(app, ["report", str(out)])
    assert told_.exit_code == 0 and (out / "report.html").is_file()
    assert DOI_NGOAI.title_vi in (out / "report.html").read_text("utf-8")


def test_the_slowest_pages_come_from_the_logs_and_broken_lines_are_passed_over(tmp_path: Path) -> None:
    def line(source: str, page: int, seconds: float) -> str:
        stages = {"intake": 0.1, "tesseract": seconds}
        return json.dumps({"event": "page", "source": source, "page": page, "seconds": stages})

    (tmp_path / "log").mkdir()
    first = [line("a.pdf", 1, 9.0), line("b.pdf", 1, 2.0), "{cut sho", "[]", line("secret.pdf", 1, 50.0)]
    (tmp_path / "log" / "run-1.jsonl").write_text("\n".join(first))
    (tmp_path / "log" / "run-2.jsonl").write_text(line("a.pdf", 1, 1.0))  # read again, faster
    found = slowest_pages(tmp_path, 5, frozenset({"secret.pdf"}))
    assert [(one.source, one.seconds, one.stage) for one in found] == [
        ("b.pdf", 2.1, "tesseract"), ("a.pdf", 1.1, "tesseract"),
    ]  # fmt: skip
    assert slowest_pages(tmp_path / "none", 5) == []


def test_numbers_are_told_the_vietnamese_way() -> None:
    assert [told(v) for v in (0, 7, 9.5, 12.34, 1_234_567, 2.256, None)] == [
        "0",
        "7",
        "9,5",
        "12,3",
        "1.234.567",
        "2,26",
        "",
    ]
    assert (share(1, 8), share(1, 0)) == ("12,5\N{NO-BREAK SPACE}%", "–")
