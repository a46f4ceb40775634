"""Training the net that finds entities: one thread, one seed, so many steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from random import Random
from typing import Any

from spacy.language import Language
from spacy.training import Example
from spacy.util import filter_spans
from thinc.api import Adam, fix_random_seed, require_cpu

from models.entities.corpus import one_pass
from pipeline.extraction.entity_tokens import LABELS, NER, blank
from samples.generator.compose.lines import Marked

_BATCH = 24
"""Lines a step."""
_WARM_UP, _TOP_RATE, _LAST_RATE = 200, 0.002, 0.0001
_DROPOUT = 0.1


def example(nlp: Language, line: Marked) -> Example:
    """Return a line to learn from; an entity whose border fell within a word takes the whole word."""
    text, entities = line
    predicted, reference = nlp.make_doc(text), nlp.make_doc(text)
    spans = [
        reference.char_span(start, end, label, alignment_mode="expand") for start, end, label in entities
    ]
    reference.set_ents(filter_spans([span for span in spans if span is not None]))
    return Example(predicted, reference)


def untrained(seed: int) -> Language:
    """Return the pipeline with a fresh net."""
    fix_random_seed(seed)
    nlp = blank()
    net: Any = nlp.add_pipe("ner", config=NER)
    for label in LABELS:
        net.add_label(label)
    return nlp


def train(
    lines: list[Marked], steps: int, seed: int, report: Callable[[Language, int, float], None]
) -> Language:
    """Return the pipeline trained on ``lines``, whose order, names and misreadings are drawn anew in every pass.

    ``report`` is called ten times with the averaged net, the step and the mean loss. The rate rises over the first
    steps and falls evenly to the last; the weights are the average over the steps.
    """
    require_cpu()
    nlp = untrained(seed)
    net: Any = nlp.get_pipe("ner")
    stream = _endless(lines, Random(seed))
    nlp.initialize(lambda: [example(nlp, line) for line in islice(stream, 200)])
    optimizer = Adam(learn_rate=_TOP_RATE, L2=0.001, grad_clip=1.0, use_averages=True)
    losses = {"ner": 0.0}
    for step in range(steps):
        batch = islice(stream, _BATCH)
        left = 1 - step / steps
        optimizer.learn_rate = (_LAST_RATE + (_TOP_RATE - _LAST_RATE) * left) * min(1, (step + 1) / _WARM_UP)
        net.update([example(nlp, line) for line in batch], sgd=optimizer, losses=losses, drop=_DROPOUT)
        if (step + 1) % max(1, steps // 10) == 0:
            with nlp.use_params(optimizer.averages):
                report(nlp, step + 1, losses["ner"] / (step + 1))
    with nlp.use_params(optimizer.averages):
        averaged = net.to_bytes(exclude=["vocab"])
    net.from_bytes(averaged, exclude=["vocab"])
    return nlp


def _endless(lines: list[Marked], rng: Random) -> Iterator[Marked]:
    while True:
        yield from one_pass(lines, rng)
