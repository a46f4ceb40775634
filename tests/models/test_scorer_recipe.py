"""The recipe of the scorers, made small: what a report teaches, and that learning it works."""

import json
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from models.scorer import written as teaching
from models.scorer.examples import lesson
from models.scorer.headings import headings
from models.scorer.learn import learn
from models.scorer.noise import misread
from models.scorer.reports import report, reports
from pipeline.extraction.profile import load_profile
from pipeline.extraction.scorer import load_scorer
from samples.written.make import written


def test_a_report_set_on_plain_pages_keeps_its_words_and_their_marks() -> None:
    one = report("train", 1, 0)
    assert one.pages[0].lines
    words = {(page.number, word.box) for page in one.pages for word in page.words}
    assert one.marks.keys() <= words
    assert any(mark.kind == "field" for marks in one.marks.values() for mark in marks)


def test_the_marked_figures_of_reports_are_mentions_that_answer_their_fields() -> None:
    profile = load_profile("doi_ngoai")
    lessons = [lesson(one, profile) for one in reports("train", 3, 4)]
    answered = {name for one in lessons for example in one.mentions for name in example.fields}
    assert {"outbound.delegations", "inbound.delegations"} & answered
    assert {example.role for one in lessons for example in one.mentions} >= {"own", "other"}
    assert sum(len(one.lost) for one in lessons) <= len(lessons)


def test_headings_of_the_pools_name_topics_that_the_profile_knows() -> None:
    known = {topic.name for topic in load_profile("doi_ngoai").topics}
    for (text, topics), above in islice(headings("train", np.random.default_rng(1), 1), 400):
        assert text
        assert {*topics, *above} <= known


def test_misreading_changes_letters_but_not_all_of_them() -> None:
    rng = np.random.default_rng(2)
    texts = [misread("Công tác quản lý đoàn ra, đoàn vào", rng) for _ in range(200)]
    assert 40 < sum(text == "Công tác quản lý đoàn ra, đoàn vào" for text in texts) < 160
    assert all(len(text) > 20 for text in texts)


def test_a_written_report_teaches_where_its_values_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    few = written("worked")[:2]
    monkeypatch.setattr(teaching, "written", lambda which: few)
    about, role = load_scorer("doi_ngoai.about"), load_scorer("doi_ngoai.role")
    assert about is not None
    assert role is not None
    told = list(teaching.told_in_written("worked", load_profile("doi_ngoai"), about, role))
    truths = [json.loads(page.with_suffix(".json").read_text("utf-8"))["fields"] for page in few]
    stated = {name for truth in truths for name, row in truth.items() if row["state"] != "absent"}
    taught = {name for one in told for name in one.fields}
    assert len(taught & stated) >= 20
    assert {one.role for one in told if one.fields} >= {"own", "none"}
    assert any(not one.fields for one in told)


def test_the_recipe_made_small_learns_and_writes_scorers_that_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teaching, "written", lambda which: written(which)[:2])
    learn(count=12, dev=6, share=0.1, workers=2, out=tmp_path / "weights")
    names = {path.name for path in (tmp_path / "weights").iterdir()}
    assert names == {f"doi_ngoai.{n}.npz" for n in ("about", "role", "silence", "headings", "items", "words")}
    figures = json.loads((tmp_path / "doi_ngoai.json").read_text("utf-8"))
    assert figures["headings"][0] > 0.5
    assert figures["silence"][1] > 0.8
