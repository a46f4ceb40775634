"""From scans and truth to figures: run the pipeline, judge what it wrote, count."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.accuracy.figures import Figures
from benchmarks.accuracy.tally import tally
from pipeline.batch.options import RunOptions
from pipeline.batch.progress import Progress
from pipeline.batch.run import Summary, run
from pipeline.evaluation import Evaluation, evaluate
from pipeline.extraction.profile import load_profile


@dataclass(frozen=True)
class Measured:
    """A measurement with what it was made of; ``presets`` by document as the evaluation names it."""

    figures: Figures
    evaluation: Evaluation
    summary: Summary
    presets: dict[str, str]


def measure(work: Path, about: dict[str, Any], workers: int, reader: str, progress: Progress) -> Measured:
    """Run over ``work/scans`` into ``work/run``, judge against ``work/truth``, and count.

    ``about`` says what was measured and names the ``presets`` in order. Pages that an earlier run has read are not
    read again, so a change of rules is measured in seconds.
    """
    options = RunOptions(
        (work / "scans",), work / "run", workers=workers, reader=reader, allow_restricted=True
    )
    summary = run(options, progress)
    profile = load_profile(options.profile)
    evaluation = evaluate(work / "run", work / "truth", {field.name: field.group for field in profile.fields})
    truths = {
        path.stem: json.loads(path.read_text("utf-8")) for path in sorted((work / "truth").glob("*.json"))
    }
    names = {name: Path(name).stem for name in (*evaluation.documents, *evaluation.missing)}
    presets = {name: truths[stem]["preset"] for name, stem in names.items()}
    kinds = {field.name: "list" if field.is_list else field.type for field in profile.fields}
    tallies = tally(evaluation, presets, kinds)
    for one in tallies:
        one.document = names[one.document]
    pages = {stem: len(truth["pages"]) for stem, truth in truths.items()}
    figures = Figures({**about, "pages": pages}, tuple(tallies))
    return Measured(figures, evaluation, summary, presets)
