from itertools import combinations
from pathlib import Path

import pytest

from samples.generator.generate import SPLITS
from samples.generator.nouns import Split
from samples.generator.pools.__main__ import HIDDEN, _told
from samples.generator.wording import reach
from samples.generator.wording.check import problems
from samples.generator.wording.pools import PoolError, Pools, load, load_folder
from samples.generator.wording.shared import shared

ODA = """
headings: [Công tác quản lý viện trợ]
frames:
  - say: Trong {period} có [oda.projects dự án] với tổng vốn [oda.value].
    levels: [district]
    from: 2010
  - {say: "Số dự án: [oda.projects]", style: label}
empties: ["[oda.projects! Không có]."]
rows: {oda.projects: [Dự án ODA]}
"""


def pool(folder: Path, split: str, **files: str) -> Pools:
    (folder / split).mkdir(parents=True)
    for name, text in files.items():
        (folder / split / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_folder(folder / split)


def test_a_topic_is_read_with_limits_file_and_line(tmp_path: Path) -> None:
    topic = pool(tmp_path, "train", oda=ODA).topic("oda")
    first, second = topic.frames
    assert (first.file, first.line, first.limits.first_year) == ("train/oda.yaml", 4, 2010)
    assert first.limits.levels == ("district",)
    assert second.style == "label"
    assert topic.headings[0].source == "Công tác quản lý viện trợ"


def test_a_missing_topic_is_told_of_only_when_asked_for(tmp_path: Path) -> None:
    pools = pool(tmp_path, "train", oda=ODA)
    with pytest.raises(PoolError, match=r"train/fdi\.yaml is missing"):
        pools.topic("fdi")
    with pytest.raises(PoolError, match=r"train/names\.yaml is missing"):
        _ = pools.names


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("frames:\n  - say: Có [oda.project dự án].\n", 2, "unknown field oda.project"),
        ("frames:\n  - Đoàn: có [oda.projects dự án].\n", 2, "quotes"),
        ("fillers:\n  - Một câu.\nframs: []\n", 0, "Extra inputs"),
        ("frames:\n  - {say: Có., levels: [village]}\n", 2, "village"),
        ("fillers: [Một câu.]\nfillers: [Hai câu.]\n", 1, "twice"),
        ("fillers:\n  - {period} có.\n", 2, "quotes"),
        ("items:\n  fdi.projects: [Một]\n", 0, "belongs to fdi.yaml"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, text: str, line: int, what: str) -> None:
    (problem,) = pool(tmp_path, "train", oda=text).problems
    assert problem.file == "train/oda.yaml"
    assert what in problem.what
    assert line in (0, problem.line)


def test_an_outline_holds_topics_groups_and_runs(tmp_path: Path) -> None:
    text = """
templates:
  - numbering: none
    levels: [province]
    outline:
      - context
      - say: [Kết quả]
        sub: [outbound, {say: [Hai đoàn], run: [inbound, oda]}]
"""
    (template,) = pool(tmp_path, "train", structure=text).structure.templates
    assert template.limits.levels == ("province",)
    assert [node.topics for node in template.outline] == [("context",), ("outbound", "inbound", "oda")]


def test_the_check_counts_states_and_wants_stops(tmp_path: Path) -> None:
    text = "headings: [2. Viện trợ]\nframes:\n  - say: Có [oda.projects dự án]\n"
    what = [problem.what for problem in problems(pool(tmp_path, "train", oda=text)) if "oda" in problem.file]
    assert "oda.projects reported: 1 frames; 2 wanted" in what
    assert "oda.value none: 0 frames; 2 wanted" in what
    assert any("number or digits" in one for one in what)
    assert any("ends with its stop" in one for one in what)


@pytest.mark.parametrize(
    ("train", "dev", "sort"),
    [
        ("headings: [Vốn ODA]", "headings: [Vốn ODA.]", "heading"),
        (
            "frames: [{say: 'Trong {period} có [oda.projects dự án] mới được ký.'}]",
            "frames: [{say: 'Trong {year}, có [oda.value] mới được ký.'}]",
            "sentence",
        ),
        (
            "fillers: [Công tác giải ngân vốn được thực hiện đúng tiến độ đề ra.]",
            "fillers: [Công tác giải ngân vốn được thực hiện đúng với tiến độ đề ra.]",
            "sentence",
        ),
    ],
)
def test_what_two_splits_share_is_found(tmp_path: Path, train: str, dev: str, sort: str) -> None:
    (pair,) = shared(pool(tmp_path, "train", oda=train), pool(tmp_path, "dev", oda=dev))
    assert pair.sort == sort


def test_shared_outlines_and_names_are_found(tmp_path: Path) -> None:
    outline = "templates:\n  - {{numbering: {}, outline: [oda, {{say: [{}], sub: [plan]}}]}}"
    train = pool(tmp_path, "train", structure=outline.format("none", "Một"), names="cities: [Pakse]")
    dev = pool(tmp_path, "dev", structure=outline.format("roman-dash", "Hai"), names="partners: [PAKSE]")
    assert [pair.sort for pair in shared(train, dev)] == ["name", "template"]


def test_short_denials_are_everybodys(tmp_path: Path) -> None:
    say = 'empties: ["[oda.projects! Không phát sinh]."]'
    assert not shared(pool(tmp_path, "train", oda=say), pool(tmp_path, "dev", oda=say))


@pytest.mark.parametrize("split", HIDDEN)
def test_texts_of_splits_that_the_rules_may_not_know_are_hidden(tmp_path: Path, split: Split) -> None:
    say = "fillers: [Một câu bí mật của riêng mình thôi.]"
    (pair,) = shared(pool(tmp_path, "train", oda=say), pool(tmp_path, split, oda=say))
    assert _told(pair, show_hidden=False).count("bí mật") == 1
    assert _told(pair, show_hidden=True).count("bí mật") == 2


@pytest.mark.parametrize("split", SPLITS)
def test_a_pool_is_whole(split: Split) -> None:
    found = [f"{problem.file}:{problem.line}: {problem.what}" for problem in problems(load(split))]
    assert not found, "python -m samples.generator.pools tells more"


@pytest.mark.parametrize(("one", "other"), list(combinations(SPLITS, 2)))
def test_two_pools_share_nothing(one: Split, other: Split) -> None:
    found = len(shared(load(one), load(other)))
    assert found == 0, "python -m samples.generator.pools names them"


def test_what_some_document_has_no_words_for_is_found(tmp_path: Path) -> None:
    text = """
frames:
  - {say: "Có [oda.projects dự án].", levels: [district, province]}
  - {say: "Không rõ [oda.projects dự án], [oda.value]."}
"""
    outline = "templates: [{numbering: none, habit: state, outline: [oda]}]"
    what = [problem.what for problem in reach.problems(pool(tmp_path, "train", oda=text, structure=outline))]
    assert any(
        one.startswith("oda.projects reported: no frame that marks it alone fits commune") for one in what
    )
    assert any(
        one.startswith("oda.value reported: no frame that marks it alone fits province") for one in what
    )
    assert any(one.startswith("no template fits province, year, 2005, Party") for one in what)
