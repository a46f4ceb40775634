"""From an order to files: every report by itself, with its own random numbers, on as many cores as one likes."""

from __future__ import annotations

import json
import shutil
import time
import unicodedata
import zlib
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track

from samples.generator import truth
from samples.generator.compose import compose
from samples.generator.facts import draw
from samples.generator.finish import Finished, finish
from samples.generator.nouns import Facts, Split
from samples.generator.problems import ProblemError
from samples.generator.scanning import PRESETS
from samples.generator.seconds import Seconds
from samples.generator.typeset import missing_fonts, typeset
from samples.generator.wording.pools import load

DIGITAL = "digital"
"""Not scanned at all: the typesetter's PDF with its text layer, nothing written by hand, no ink."""
PRESET_NAMES: tuple[str, ...] = (DIGITAL, *PRESETS)
SPLITS: tuple[Split, ...] = ("train", "dev", "test", "calibration")


@dataclass(frozen=True)
class Order:
    """``count`` reports of a split; report i gets the i-th preset in turn. ``out`` must not exist yet."""

    split: Split
    count: int
    seed: int
    presets: tuple[str, ...]
    out: Path


@dataclass(frozen=True)
class Made:
    """One report made: pages, bytes, and seconds by stage."""

    name: str
    pages: int
    size: int
    seconds: Seconds


def generate(order: Order, workers: int, console: Console) -> list[Made]:
    """Make all reports of ``order``; ``out`` appears whole at the end, or not at all.

    The bytes depend on split, seed and presets alone, not on ``count`` or the number of workers. Raises ProblemError.
    """
    check(order)
    part = order.out.with_name(f".{order.out.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        for folder in ("scans", "truth"):
            (part / folder).mkdir(parents=True)
    except OSError as error:
        raise ProblemError(
            f"{order.out}: cannot be written ({error.strerror}); choose another --out"
        ) from error
    try:
        made = _make_all(order, part, workers, console)
        (part / "order.json").write_text(
            json.dumps({**asdict(order), "out": None}, ensure_ascii=False, indent=1) + "\n", "utf-8"
        )
        part.replace(order.out)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return made


def check(order: Order) -> None:
    """Raise ProblemError for what would stop the work: an unknown preset, a folder in use, a missing font."""
    for preset in order.presets:
        if preset not in PRESET_NAMES:
            raise ProblemError(f"unknown preset {preset!r}; there are: {', '.join(PRESET_NAMES)}")
    if order.count < 1:
        raise ProblemError(f"--count {order.count}: at least one report must be made")
    if order.out.exists():
        raise ProblemError(
            f"{order.out} is in use; name a folder that does not exist yet, or remove it first"
        )
    if missing := missing_fonts():
        faces = ", ".join(sorted({face for face, _ in missing}))
        packages = " ".join(sorted({package for _, package in missing}))
        raise ProblemError(f"fonts are missing: {faces}. Install them: apt-get install {packages}")


def name_of(order: Order, index: int, facts: Facts) -> str:
    """Return the name of the report's files: "train-3-00003-na-ri-2022"."""
    letters = unicodedata.normalize("NFD", facts.office.place.lower().replace("đ", "d"))
    place = "-".join(
        "".join(c if c.isascii() and c.isalnum() else " " * c.isspace() for c in letters).split()
    )
    return f"{order.split}-{order.seed}-{index:05d}-{place}-{facts.issued_on.year}"


def _make_all(order: Order, folder: Path, workers: int, console: Console) -> list[Made]:
    jobs = [(order, index, folder) for index in range(order.count)]
    if workers == 1:
        return list(_shown(map(_make_job, jobs), order.count, console))
    # Forked children would share the parent's OpenCV threads.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return list(_shown(pool.map(_make_job, jobs, chunksize=1), order.count, console))


def _shown(made: Iterable[Made], count: int, console: Console) -> Iterable[Made]:
    return track(made, "Reports", total=count, console=console, disable=not console.is_terminal)


def _make_job(job: tuple[Order, int, Path]) -> Made:
    order, index, folder = job
    try:
        return make(order, index, folder)
    except Exception as error:
        error.add_note(f"in report {index} of {order.split}, seed {order.seed}")
        raise


def make(order: Order, index: int, folder: Path) -> Made:
    """Make report ``index`` into ``folder/scans`` and ``folder/truth``."""
    preset = order.presets[index % len(order.presets)]
    seconds = Seconds(float)
    clock = time.perf_counter

    def rng(stage: str) -> np.random.Generator:
        return np.random.default_rng(
            [SPLITS.index(order.split), order.seed, index, zlib.crc32(stage.encode())]
        )

    began = clock()
    facts = draw(order.split, order.seed, index)
    facts = replace(facts, name=name_of(order, index, facts))
    if preset == DIGITAL:
        facts = _without_ink(facts)
    composed = compose(facts, load(order.split), rng("compose"))
    seconds["compose"] += clock() - began
    began = clock()
    laid = typeset(composed.text, rng("typeset"))
    seconds["typeset"] += clock() - began
    finished: Finished = finish(composed, laid, PRESETS.get(preset), rng, seconds)
    began = clock()
    target = folder / "scans" / f"{facts.name}.pdf"
    target.write_bytes(finished.pdf)
    answers, texts = truth.truth(composed, finished.pages, preset)
    answers["look"] = laid.look
    truth.write(answers, texts, finished.pages, folder / "truth")
    seconds["write"] += clock() - began
    return Made(facts.name, len(finished.pages), len(finished.pdf), seconds)


def _without_ink(facts: Facts) -> Facts:
    """Return ``facts`` as a document that never left the computer: nothing by hand, no signature, no seal."""
    return replace(facts, handwritten=(), signed=False, sealed=False)
