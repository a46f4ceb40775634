"""Run by an interpreter that has underthesea: JSON strings on stdin, a line each, to JSON lists of (start, end, label)."""

from __future__ import annotations

import json
import re
import sys

LABELS = {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"}


def main() -> None:
    """Answer every line of stdin with one line."""
    from underthesea import ner  # noqa: PLC0415 - only where it is installed

    for line in sys.stdin:
        text = json.loads(line)
        spans: list[list[object]] = []
        at = 0
        for word, *_, tag in ner(text) if text.strip() else ():
            place = re.compile(r"\s*".join(map(re.escape, "".join(word.split())))).search(text, at)
            if place is None:
                continue
            at = place.end()
            label = LABELS.get(tag[2:])
            if label and tag.startswith("I-") and spans and spans[-1][2] == label:
                spans[-1][1] = place.end()
            elif label:
                spans.append([place.start(), place.end(), label])
        print(json.dumps(spans))


if __name__ == "__main__":
    main()
