"""Train the net that finds entities, on one thread and one seed: ``python -m models.entities``."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from random import Random
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import filter_spans, fix_random_seed, minibatch
from thinc.api import Adam

from models.entities.corpus import LABELS, one_pass
from models.entities.noise import Marked
from pipeline.extraction.entity_tokens import NER, blank

_WARM_UP, _TOP_RATE, _LAST_RATE = 200, 0.002, 0.0001


def example(nlp: Language, line: Marked) -> Example:
    """Return a line to learn from; an entity whose border fell within a word takes the whole word."""
    text, entities = line
    predicted, reference = nlp.make_doc(text), nlp.make_doc(text)
    spans = [reference.char_span(start, end, label, alignment_mode="expand") for start, end, label in entities]
    reference.set_ents(filter_spans([span for span in spans if span is not None]))
    return Example(predicted, reference)


def untrained(seed: int) -> Language:
    """Return the pipeline with a fresh net."""
    fix_random_seed(seed)
    nlp = blank()
    ner = nlp.add_pipe("ner", config=NER)
    for label in LABELS:
        ner.add_label(label)  # type: ignore[attr-defined]  # spaCy types components as callables only
    return nlp


def train(
    lines: list[Marked], seconds: float, seed: int, report: Callable[[Language, str], None]
) -> Language:
    """Return the pipeline trained on ``lines`` for about so many passes as fit into ``seconds`` of process time.

    ``report`` is called with the averaged net after each tenth of the time.
    """
    spacy.require_cpu()
    nlp = untrained(seed)
    rng = Random(seed)
    stream = _endless(lines, rng)
    nlp.initialize(lambda: [example(nlp, line) for line in islice(stream, 200)])
    ner: Any = nlp.get_pipe("ner")
    optimizer = Adam(learn_rate=_TOP_RATE, L2=0.001, grad_clip=1.0, use_averages=True)
    began = time.process_time()
    step, losses, told = 0, {"ner": 0.0}, 1
    for batch in minibatch(stream, 24):
        done = (time.process_time() - began) / seconds
        if done >= 1:
            break
        optimizer.learn_rate = _LAST_RATE + (_TOP_RATE - _LAST_RATE) * (1 - done) * min(1, (step + 1) / _WARM_UP)
        ner.update([example(nlp, line) for line in batch], sgd=optimizer, losses=losses, drop=0.1)
        step += 1
        if done * 10 >= told:
            told += 1
            with nlp.use_params(optimizer.averages):
                report(nlp, f"{done:4.0%} {step:6d} steps  loss {losses['ner'] / step:8.2f}")
    with nlp.use_params(optimizer.averages):
        data = ner.to_bytes(exclude=["vocab"])
    ner.from_bytes(data, exclude=["vocab"])
    return nlp


def _endless(lines: list[Marked], rng: Random) -> Iterator[Marked]:
    while True:
        yield from one_pass(lines, rng)


def found(nlp: Language, texts: Iterable[str]) -> list[Doc]:
    """Return the texts with what the net finds."""
    return list(nlp.pipe(texts, batch_size=256))


def scores(docs: Sequence[Doc], lines: Sequence[Marked]) -> dict[str, tuple[int, int, int]]:
    """Return for each label how many spans are right, found and true; exact span, by the words of the text."""
    tally = {label: [0, 0, 0] for label in LABELS}
    for doc, (_, entities) in zip(docs, lines, strict=True):
        truth = {(start, end, label) for start, end, label in entities}
        seen = {(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents}
        for column, spans in ((0, truth & seen), (1, seen), (2, truth)):
            for *_, label in spans:
                tally[label][column] += 1
    return {label: (right, said, true) for label, (right, said, true) in tally.items()}


def f1(right: int, said: int, true: int) -> float:
    """Return the harmonic mean of precision and recall; 1 where there was nothing to find and nothing was found."""
    return 2 * right / (said + true) if said + true else 1.0
