"""Lists that run on inside one paragraph: "Một là, …. Hai là, …", "(1) …; (2) …", "các nội dung sau: …; …; …"."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.document import Passage
from pipeline.extraction.statements import sentences
from pipeline.text import fold

_TENTHS = ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi")
_RANKS = {word: at for at, word in enumerate(_TENTHS, 1)} | {"nhat": 1, "tu": 4}
_LETTERS = "abcdeghiklmnopq"
_BEFORE = r"(?:^|(?<=[.;:,)–-]\s{0,2})|(?<=(?:;|,)\sva\s))"
_MARKS = (
    regex.compile(
        _BEFORE
        + r"(?:(?P<n>mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi)\sla|thu\s(?P<n>nhat|hai|ba|tu|nam|sau|bay|tam|chin|muoi))"
        r"(?:\s?[,:]\s|\s(?!nam|nhat|hai|ba|la))"
    ),
    regex.compile(r"(?<!\S)\((?P<n>\d{1,2})\)\s(?=\p{L})"),
    regex.compile(r"(?:^|(?<=[.;:,]\s))(?P<n>\d{1,2})\)\s(?=\p{L})"),
    regex.compile(r"(?:^|(?<=[.;:,]\s))\(?(?P<n>[a-q])\)\s(?=\p{L})"),
)
"""What numbers the parts of a list in a sentence."""
_LEAD = regex.compile(
    r"(?<!\p{L})(?:sau|day|gom|cu the|nhu|la|(?:cac|mot so|nhung|nhieu)(?:\s\p{L}{1,7}){1,4})\s?:\s"
)
_LINK = regex.compile(r"(?:va|cung)\s")


def parts_in(passage: Passage) -> tuple[Passage, list[Passage]]:
    """Return what leads to the list in ``passage`` and the list's parts without their numbers; no parts when it has none.

    Numbers must run 1, 2, …, of which the first may have been taken off; without numbers, what a lead announces ("… các
    nội dung sau:") is parted by semicolons, and sentences that all begin alike ("Đề nghị …. Đề nghị …") are parts.
    """
    folded = fold(passage.text)
    for mark in _MARKS:
        found = _in_order(list(mark.finditer(folded)))
        if len(found) > 1 and _value(found[0]) == 1:
            ends = [*(one.start() for one in found[1:]), len(folded)]
            parts = [passage.span(one.end(), end) for one, end in zip(found, ends, strict=True)]
            return passage.span(0, found[0].start()), parts
        if found and found[0].start() > 0 and _value(found[0]) == 2:
            starts, ends = [0, *(one.end() for one in found)], [*(one.start() for one in found), len(folded)]
            return Passage(()), [passage.span(start, end) for start, end in zip(starts, ends, strict=True)]
    return _announced(passage, folded) or (Passage(()), _alike(passage))


def _announced(passage: Passage, folded: str) -> tuple[Passage, list[Passage]] | None:
    """Return the lead and the parts of what it announces, between semicolons; None where nothing is announced so."""
    lead = _LEAD.search(folded)
    if lead is None:
        return None
    cuts = [at for at in range(lead.end(), len(folded)) if folded[at] == ";"]
    if not cuts or not folded[cuts[-1] + 1 :].strip(" ./"):
        cuts = cuts[:-1]
    if not cuts:
        parts = sentences(passage.span(lead.end(), len(folded)))
        return (passage.span(0, lead.end()), parts) if len(parts) > 1 else None
    parts = []
    for start, end in zip([lead.end(), *(at + 2 for at in cuts)], [*cuts, len(folded)], strict=True):
        link = _LINK.match(folded, start)
        parts.append(passage.span(link.end() if link else start, end))
    return passage.span(0, lead.end()), parts


def _alike(passage: Passage) -> list[Passage]:
    """Return the sentences of ``passage`` when it has several that begin with the same two words; else nothing."""
    parts = sentences(passage)
    openings = {fold(" ".join(word.text for word in part.words[:2])) for part in parts}
    return parts if len(parts) > 1 and len(openings) == 1 else []


def _value(mark: regex.Match[str]) -> int:
    """Return the number that a mark prints."""
    printed = mark["n"]
    if printed.isdigit():
        return int(printed)
    return _RANKS.get(printed, _LETTERS.find(printed) + 1 if len(printed) == 1 else 0)


def _in_order(found: Sequence[regex.Match[str]]) -> list[regex.Match[str]]:
    """Return the marks that count on by one from the first, which is a 1 or a 2."""
    run: list[regex.Match[str]] = []
    for one in found:
        value = _value(one)
        if (run and value == _value(run[-1]) + 1) or (not run and value in (1, 2)):
            run.append(one)
    return run
