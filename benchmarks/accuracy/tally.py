"""What is counted: each figure is a sum over documents divided by another, so that documents can be drawn again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.evaluation import Evaluation
from pipeline.evaluation.result import FieldResult, Score

Ratio = tuple[float, float]
"""Numerator and denominator that one document adds to a figure."""

ABSENT = "absent"
LETTERHEAD = "letterhead"


@dataclass
class Tally:
    """One document: its preset, and what it adds to each figure."""

    document: str
    preset: str
    ratios: dict[str, Ratio] = field(default_factory=dict)
    judged: list[tuple[float, bool]] = field(default_factory=list)
    """The confidence of each row, and whether it is right."""

    def add(self, figure: str, part: float, whole: float) -> None:
        """Add ``part`` of ``whole`` to ``figure``."""
        before = self.ratios.get(figure, (0.0, 0.0))
        self.ratios[figure] = (before[0] + part, before[1] + whole)


def tally(evaluation: Evaluation, presets: Mapping[str, str], kinds: Mapping[str, str]) -> list[Tally]:
    """Return one tally a document; ``presets`` by document as evaluation names it, ``kinds`` by field.

    Fields that are excused (handwritten, and the run says so) count in no share of right ones.
    """
    tallies = {name: Tally(name, presets[name]) for name in evaluation.documents}
    for name in evaluation.missing:
        tallies[name] = Tally(name, presets[name])
    for result in evaluation.fields:
        _add_field(tallies[result.document], result, kinds[result.field])
    for row in evaluation.judged:
        one = tallies[row.document]
        one.judged.append((row.confidence, row.right))
        one.add("accepted", not row.review, 1)
        if not row.review:
            one.add("right if accepted", row.right, 1)
    for page in evaluation.pages:
        tallies[page.document].add("characters wrong", page.character_edits, page.characters)
        tallies[page.document].add("words wrong", page.word_edits, page.words)
    for scores in evaluation.rows:
        for name in ("delegations", "references", "sections"):
            score: Score | None = getattr(scores, name)
            if score is not None:
                tallies[scores.document].add(f"{name} F1", 2 * score.matched, score.expected + score.found)
    return list(tallies.values())


def _add_field(one: Tally, result: FieldResult, kind: str) -> None:
    one.add("wrong and sure", result.wrong_and_sure, 1)
    one.add("to review", result.review, 1)
    if result.outcome == "excused":
        return
    right = result.outcome == "right"
    one.add("fields right", right, 1)
    one.add("states right", right or result.expected_state == result.got_state, 1)
    if result.group == LETTERHEAD:
        one.add("letterhead right", right, 1)
    if {result.expected_state, result.got_state} <= {ABSENT}:
        return  # neither the page nor the run speaks of it
    if result.group != LETTERHEAD:
        one.add("body right", right, 1)
    one.add(f"group {result.group}", right, 1)
    one.add(f"kind {kind}", right, 1)
    one.add(f"state {result.expected_state}", right, 1)


def missed_fields(evaluation: Evaluation, presets: Mapping[str, str]) -> dict[str, Counter[str]]:
    """Return for each preset how often each field is wrong."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for miss in evaluation.misses:
        counts[presets[miss.document]][miss.field] += 1
    return counts
