"""``make entities``, ``python -m models.entities``: train the net that finds entities and record what it is."""

from __future__ import annotations

import argparse
import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from spacy.language import Language

from benchmarks.entities.scoring import Tallies, count_exact, total
from models.entities.train import train
from samples.generator.compose.lines import Marked, all_lines, body_lines, composed_reports

WEIGHTS = Path(__file__).with_name("weights")
_DEV_SEED = 2


def main() -> None:
    """Train on reports of the train split, measure on those of the dev split, write weights and record."""
    options = argparse.ArgumentParser(description=main.__doc__)
    options.add_argument("--reports", type=int, default=900, help="reports of the train split to learn from")
    options.add_argument("--steps", type=int, default=5500, help="batches of 24 lines")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    lines = [
        line for one in composed_reports("train", chosen.seed, chosen.reports) for line in all_lines(one)
    ]
    dev = [line for one in composed_reports("dev", _DEV_SEED, 100) for line in body_lines(one)]
    print(
        f"{len(lines)} lines of {chosen.reports} reports to learn from, {len(dev)} to measure on", flush=True
    )

    def report(nlp: Language, step: int, loss: float) -> None:
        print(
            f"step {step:6d}  loss {loss:7.2f}  dev F1 {total(measured(nlp, dev[:800])).f1:.4f}", flush=True
        )

    nlp = train(lines, chosen.steps, chosen.seed, report)
    net: Any = nlp.get_pipe("ner")
    net.to_disk(WEIGHTS / "ner", exclude=["vocab"])
    tallies = measured(nlp, dev)
    record = {
        "made_by": f"python -m models.entities --reports {chosen.reports} --steps {chosen.steps} --seed {chosen.seed}",
        "spacy": version("spacy"),
        "thinc": version("thinc"),
        "dev_f1": {name: round(one.f1, 4) for name, one in sorted(tallies.items())},
        "dev_f1_all": round(total(tallies).f1, 4),
        "sha256": {path.name: _hash(path) for path in sorted((WEIGHTS / "ner").iterdir())},
    }
    (WEIGHTS / "record.json").write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", "utf-8")


def measured(nlp: Language, lines: list[Marked]) -> Tallies:
    """Return how many entities the net alone finds with the right label and borders."""
    tallies: Tallies = {}
    for (_, true), doc in zip(lines, nlp.pipe((text for text, _ in lines), batch_size=256), strict=True):
        count_exact(
            tallies,
            (((ent.start_char, ent.end_char), ent.label_) for ent in doc.ents),
            (((start, end), label) for start, end, label in true),
        )
    return tallies


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
