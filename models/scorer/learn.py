"""Learns the scorers of a profile from generated reports, measures them, and keeps their weights."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track

from models.scorer.examples import ROLES, SILENCES, Example, lesson
from models.scorer.fit import Sample, fit
from models.scorer.headings import headings
from models.scorer.reports import report
from models.scorer.written import told_in_written
from pipeline.extraction.heading_topics import heading_features
from pipeline.extraction.profile import Profile, load_profile
from pipeline.extraction.scorer import Scorer, load_scorer, rows_of
from pipeline.extraction.statements import topics_in
from samples.generator.nouns import Split

WEIGHTS = Path(__file__).parent / "weights"
NOTHING = "-"
_SEED, _DEV_SEED = 7, 5
_CHUNK = 10
_WRITTEN = "worked"
"""The set of written reports that teaches besides; no other may."""
_COPIES = 6
"""How often a mention of a written report counts: they are few, and worded as no generated one is."""
_FIRST_SHARE = 0.25
"""Share of the goes after which the scorers label the written reports."""


@dataclass(frozen=True)
class Labelled:
    """Rows of features and the classes that hold (none: the class of nothing)."""

    rows: NDArray[np.uint32]
    classes: tuple[str, ...]


Lessons = dict[str, list[Labelled]]
Job = tuple[list[Labelled], tuple[str, ...]]
"""Examples to learn from, and the classes."""


def _labelled(example: Example, classes: tuple[str, ...]) -> Labelled:
    return Labelled(example.rows, classes)


def _learn_from(job: tuple[str, Split, int, int, int]) -> Lessons:
    """Return what reports ``first`` to ``first + count`` teach, by scorer."""
    name, split, seed, first, count = job
    profile = load_profile(name)
    found: Lessons = {"about": [], "role": [], "silence": [], "items": [], "words": []}
    for index in range(first, first + count):
        learned = lesson(report(split, seed, index), profile)
        found["about"] += [_labelled(e, e.fields) for e in learned.mentions]
        found["role"] += [_labelled(e, (e.role,)) for e in learned.mentions if e.kind == "quantity"]
        silent = [e for e in learned.mentions if e.kind == "denial" and e.fields]
        found["silence"] += [_labelled(e, (e.role,)) for e in silent]
        found["items"] += [_labelled(e, e.fields) for e in learned.paragraphs]
        found["words"] += [_labelled(e, e.fields) for e in learned.words]
    return found


def _lessons(name: str, split: Split, seed: int, count: int, workers: int, console: Console) -> Lessons:
    jobs = [(name, split, seed, first, min(_CHUNK, count - first)) for first in range(0, count, _CHUNK)]
    total: Lessons = {"about": [], "role": [], "silence": [], "items": [], "words": []}
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        done = pool.map(_learn_from, jobs)
        for part in track(done, f"Reading {split} reports", total=len(jobs), console=console):
            for key, examples in part.items():
                total[key] += examples
    return total


def _written_lessons(profile: Profile, train: Lessons, share: float) -> Lessons:
    """Return what written reports teach ``about``, ``role`` and ``silence``, labelled by scorers of generated ones."""
    first = {
        name: _fitted(train[name], _classes(name, train[name]), COURSES[name], share * _FIRST_SHARE)
        for name in ("about", "role")
    }
    found: Lessons = {"about": [], "role": [], "silence": []}
    for told in told_in_written(_WRITTEN, profile, first["about"], first["role"]):
        found["about"].append(Labelled(told.rows, told.fields))
        if told.kind == "quantity" and told.role is not None:
            found["role"].append(Labelled(told.rows, (told.role,)))
        elif told.kind == "denial" and told.role in SILENCES:
            found["silence"].append(Labelled(told.rows, (told.role,)))
    return found


def _classes(name: str, examples: Sequence[Labelled]) -> tuple[str, ...]:
    fixed = {"role": ROLES, "silence": SILENCES}
    return fixed.get(name, (NOTHING, *sorted({c for e in examples for c in e.classes})))


def _heading_lessons(name: str, split: Split, copies: int) -> list[Labelled]:
    profile, rng = load_profile(name), np.random.default_rng(_SEED)
    found = []
    for (text, topics), above in headings(split, rng, copies):
        ruled = topics_in(text, profile, frozenset(above), fuzzy=False)
        found.append(Labelled(rows_of("", heading_features(text, above, ruled)), topics))
    return found


@dataclass(frozen=True)
class Course:
    """How a scorer learns: epochs, the share of features dropped, the first step, the share of empty examples kept.

    Found on dev. Headings learn little and slowly, so that they overrule the wordings only where they are sure.
    """

    epochs: int
    drop: float
    rate: float = 2.0
    empty: float = 1.0


COURSES = {
    "headings": Course(16, 0.5, rate=0.35),
    "about": Course(60, 0.65),
    "role": Course(60, 0.65),
    "silence": Course(60, 0.65),
    "items": Course(60, 0.65),
    "words": Course(24, 0.55, empty=0.35),
}


def _fitted(examples: Sequence[Labelled], classes: tuple[str, ...], course: Course, share: float) -> Scorer:
    at = {name: index for index, name in enumerate(classes)}
    rng = np.random.default_rng(_SEED)
    kept = [e for e in examples if e.classes or rng.random() < course.empty]
    samples = [Sample(e.rows, tuple(at[c] for c in e.classes) or (0,)) for e in kept]
    return fit(samples, classes, max(2, round(course.epochs * share)), course.drop, _SEED, course.rate)


_jobs: dict[str, Job] = {}
"""What a process that fits has inherited: the examples are too many to be sent."""


def _fit_all(jobs: dict[str, Job], share: float, workers: int) -> Iterator[tuple[str, Scorer]]:
    """Yield the scorers of ``jobs`` by name, several fitted at once."""
    with ProcessPoolExecutor(workers, get_context("fork"), _jobs.update, (jobs,)) as pool:
        longest_first = sorted(jobs, key=lambda name: -len(jobs[name][0]) * COURSES[name].epochs)
        fitted = {name: pool.submit(_fit_inherited, name, share) for name in longest_first}
        for name in jobs:
            yield name, fitted[name].result()


def _fit_inherited(name: str, share: float) -> Scorer:
    examples, classes = _jobs[name]
    return _fitted(examples, classes, COURSES[name], share)


def _accuracy(scorer: Scorer, examples: Sequence[Labelled]) -> tuple[float, float, float]:
    """Return (share right of all, of those that answer something, of those that answer nothing)."""
    right: dict[bool, list[bool]] = {True: [], False: []}
    for example in examples:
        best = scorer.classes[int(scorer.of_rows([example.rows]).argmax())]
        right[bool(example.classes)].append(best in (example.classes or (NOTHING,)))
    both = right[True] + right[False]
    return tuple(float(np.mean(part)) if part else 1.0 for part in (both, right[True], right[False]))  # type: ignore[return-value]


def store(scorer: Scorer, path: Path) -> None:
    """Write a scorer as plain arrays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        classes=np.array(json.dumps(scorer.classes)),
        weights=scorer.weights,
        scale=scorer.scale,
        bias=scorer.bias,
    )


def learn(
    profile: Annotated[
        str, typer.Option(help="The profile whose reports the generator makes.")
    ] = "doi_ngoai",
    count: Annotated[int, typer.Option(help="Train reports to learn from.")] = 1200,
    dev: Annotated[int, typer.Option(help="Dev reports to measure on.")] = 100,
    share: Annotated[float, typer.Option(help="Share of the usual goes over all examples.")] = 1.0,
    workers: Annotated[int, typer.Option(help="Processes.")] = 2,
    out: Annotated[Path, typer.Option(help="Folder of the weights.")] = WEIGHTS,
) -> None:
    """Learn from ``count`` train reports and the written ones, print what is right on ``dev`` reports, write the weights."""
    console, began = Console(), time.perf_counter()
    figures: dict[str, object] = {"train_reports": count, "dev_reports": dev, "share": share, "seed": _SEED}
    named = _heading_lessons(profile, "train", 4)
    topics = (NOTHING, *sorted({c for e in named for c in e.classes}))
    of_headings = _fitted(named, topics, COURSES["headings"], share)
    figures["headings"] = _accuracy(of_headings, _heading_lessons(profile, "dev", 1))
    store(of_headings, out / f"{profile}.headings.npz")
    load_scorer.cache_clear()
    train = _lessons(profile, "train", _SEED, count, workers, console)
    tried = _lessons(profile, "dev", _DEV_SEED, dev, workers, console)
    written = _written_lessons(load_profile(profile), train, share)
    jobs = {
        name: ([*generated, *_COPIES * written.get(name, [])], _classes(name, generated))
        for name, generated in train.items()
    }
    for name, scorer in _fit_all(jobs, share, workers):
        figures[name] = _accuracy(scorer, tried[name])
        console.print(name, len(jobs[name][0]), figures[name])
        store(scorer, out / f"{profile}.{name}.npz")
    hashes = {
        path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(out.glob(f"{profile}.*.npz"))
    }
    figures |= {"seconds": round(time.perf_counter() - began), "sha256": hashes}
    (out.parent / f"{profile}.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    console.print_json(data=figures)
