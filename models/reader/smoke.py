"""Does the recipe still learn? ``python -m models.reader.smoke`` trains a tiny reader for a minute and a half.

Exits 1 unless the share of wrong characters on held-out lines fell clearly, in training and in the exported file.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from models.reader.export import export
from models.reader.train import Plan, train

OUT = Path("out/reader-smoke")
PLAN = Plan(minutes=1.6, pixels=6000, lines=3000, workers=1, reports=4, check_every=0.8, held_out=4)
_MOST = 0.85
"""Greatest error at the end: a network that learnt nothing has 1 and more."""


def main() -> int:
    """Train, export, compare; return the exit code."""
    shutil.rmtree(OUT, ignore_errors=True)
    train(PLAN, OUT)
    rates = [json.loads(line)["cer"] for line in (OUT / "curve.jsonl").read_text("utf-8").splitlines()]
    written = export(OUT, OUT / "weights")
    print(
        f"wrong characters: {rates[0]:.3f} at first, {rates[-1]:.3f} at last, {written:.3f} from the exported file"
    )
    fell = max(rates[-1], written) < min(_MOST, rates[0])
    print("the error falls: the recipe works" if fell else "the error does not fall: the recipe is broken")
    return 0 if fell else 1


if __name__ == "__main__":
    sys.exit(main())
