"""Plain words that a cue announces: those behind it, those between it and the colon of its label."""

from __future__ import annotations

import regex

from pipeline.extraction.profile import TextRule
from pipeline.extraction.purposes import closes_pair
from pipeline.extraction.statements import Statement
from pipeline.extraction.wording import Hit, find_wordings

_TOLD = regex.compile(
    r"\s(?:trong (?:năm|quý|kỳ|tháng)|ngày càng|có|đạt|là|gồm|khoảng|tăng|giảm)(?!\p{L})|\s\d"
)
"""What follows the words of a value and is no part of it: a period, a figure, a verb."""
_STOP = regex.compile(r"[;:()]|[.](?=\s|$)|,\s")
_NUMBER_ASKED = regex.compile(r"(?<!\p{L})(?:(?:tong )?so|so (?:luot|luong|nguoi)|luong|tong|ty le)(?!\p{L})")
_FIGURE = regex.compile(r"\s{0,8}(?:(?:khoảng|gần|hơn|trên|ước(?: tính)?|có)\s){0,2}\d")
"""What follows a label whose answer is a figure."""


def words_after(rule: TextRule, hit: Hit, statement: Statement) -> tuple[int, int] | None:
    """Return the words after the cue up to a stop; a comma is passed while known words of the rule follow it.

    A rule with ``until`` wants the words before the last of those in the clause.
    """
    text, folded = statement.text, statement.folded
    start = hit.end
    while start < len(text) and not text[start].isalnum():
        if text[start] in ".;":
            return None
        start += 1
    end = start
    if rule.until:
        clause = regex.split(r"[,.;:()]", folded[start:])[0]
        closing = [h for h in find_wordings(rule.until, clause) if h.start > 0]
        return (start, start + closing[-1].start) if closing else None
    if hit.end <= statement.opening:  # the label asks for it: all that is said is the answer
        stop = regex.compile(r"[;()]|[.](?=\s|$)").search(text, statement.opening)
        start, end = statement.opening, stop.start() if stop else len(text)
    while end < len(text) and hit.end > statement.opening:
        stop = _STOP.search(text, end)
        end = stop.start() if stop else len(text)
        if stop is None or not text[stop.start()].startswith(","):
            break
        segment = regex.split(r"[,.;:()]", folded[stop.end() : stop.end() + 60])[0]
        hits = find_wordings((*rule.stop, *rule.goes_on), segment)
        goes_on = bool(hits) and hits[0].start <= 2 and len(segment.split()) <= 14
        if not goes_on and not (rule.known and closes_pair(text, stop.end())):
            break
        end = stop.end() + len(segment)
    told = _TOLD.search(text, start, end)
    end = told.start() if told else end
    words = text[start:end].split()
    if not words or not words[0][0].isalpha():
        return None
    if len(words) > rule.max_words:
        end = start + len(" ".join(words[: rule.max_words]))
    return start, end


def words_in_label(rule: TextRule, hit: Hit, statement: Statement) -> tuple[int, int] | None:
    """Return the words between the cue and the end of a label that a figure answers; none where it asks for a number.

    "Số kiều bào về thăm thân: 12" asks for how many came, in the words of a form; "Kiều bào về thăm thân, du lịch: 12
    lượt người" tells what for.
    """
    text, opening = statement.text, statement.opening
    label = text[:opening].rstrip(" :")
    if not statement.heading <= hit.start < hit.end <= len(label):
        return None
    if statement.cell is not None or _NUMBER_ASKED.search(statement.folded, statement.heading, hit.start):
        return None
    if not _FIGURE.match(text, opening):
        return None
    start, end = hit.end, len(label)
    while start < end and text[start].isspace():
        start += 1
    return (start, end) if 0 < len(text[start:end].split()) <= rule.max_words else None


def asks_number(statement: Statement, hit: Hit) -> bool:
    """Return whether the clause that the cue stands in asks for a number before it."""
    begun = max(statement.folded.rfind(mark, 0, hit.start) for mark in (",", ";", ":", ".")) + 1
    return _NUMBER_ASKED.search(statement.folded, begun, hit.end) is not None


def opens_known(rule: TextRule, folded: str) -> bool:
    """Return whether folded words begin as the rule knows that values do."""
    hits = find_wordings(rule.stop, folded)
    return bool(hits) and hits[0].start == 0
