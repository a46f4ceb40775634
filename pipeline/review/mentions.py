"""Where the text of a document says a value, and in what words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from pipeline.extraction.profile_draft_words import spoken, trimmed, without_periods
from pipeline.extraction.scope import clause_before
from pipeline.extraction.values.dates import find_dates
from pipeline.extraction.values.numbers import find_quantities
from pipeline.extraction.wording import fold_words
from pipeline.outline.numbering import read_numeral
from pipeline.review.tables import Row
from pipeline.review.values import Value
from pipeline.text import fold

_SENTENCE_END = regex.compile(r"[.;]\s|\n")
_LABEL_END = regex.compile(r":\s*(?:là\s)?[\s\-–+]*$")
_STOP = regex.compile(r"[,;.:()\d\n]")
_LEAD_WORDS = 5
_LONGEST_LABEL = 9
"""Words; what is longer is a sentence."""


@dataclass(frozen=True)
class Mention:
    """A place where a value is printed: the sentence, and what in it names the value.

    ``label`` is what stands before a colon right before the value, ``lead`` and ``tail`` the words before and after it
    otherwise, all as wordings of a profile; ``unit`` is the noun that it is counted in, ``before`` what of the sentence
    stands before it, as printed.
    """

    sentence: str
    before: str
    label: str
    lead: str
    tail: str
    unit: str
    heading: str
    group: str
    """The profile's group of the section, "" where its heading was not known."""
    page_first: int
    page_last: int


def mentions(value: Value, sections: Sequence[Row], pages: Sequence[Row]) -> list[Mention]:
    """Return where the sections of a document say ``value``; failing that, where the lines of its pages do."""
    found = [
        _mention(section["text"], start, end, unit, section)
        for section in sections
        for start, end, unit in _places(value, section["text"] or "")
    ]
    if found:
        return found
    nowhere = {"heading": "", "key": ""}
    return [
        _mention(
            page["text"], start, end, unit, {**nowhere, "page_first": page["page"], "page_last": page["page"]}
        )
        for page in pages
        for start, end, unit in _places(value, page["text"] or "")
    ]


def _places(value: Value, text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start and end of each place of ``text`` that says ``value``, and the noun it is counted in."""
    if value.decimal is not None:
        for quantity in find_quantities(text):
            money = not (value.currency and quantity.currency) or value.currency == quantity.currency
            if quantity.value == value.decimal and money:
                yield quantity.start, quantity.unit_end, quantity.unit if quantity.kind != "money" else ""
    elif value.day:
        for span in find_dates(text):
            if span.value is not None and span.value.isoformat() == value.day:
                yield span.start, span.end, ""
    else:
        folded = fold(text)
        for wanted in filter(None, (fold(one).strip(" .,;:") for one in value.items or (value.text,))):
            at = folded.find(wanted)
            if at >= 0:
                yield at, at + len(wanted), ""


def _mention(text: str, start: int, end: int, unit: str, section: Row) -> Mention:
    ends = [found.end() for found in _SENTENCE_END.finditer(text, 0, start)]
    begin = ends[-1] if ends else 0
    stop = _SENTENCE_END.search(text, end)
    sentence = text[begin : stop.start() if stop else len(text)]
    before = text[begin:start]
    label = _label(before)
    lead = "" if label else _lead(sentence, before)
    tail = "" if label else trimmed(_STOP.split(text[end:], maxsplit=1)[0].split()[:_LEAD_WORDS])
    return Mention(
        " ".join(sentence.split()), before, label, lead, tail, unit, section["heading"] or "", section["key"] or "",
        section["page_first"] or 0, section["page_last"] or 0,
    )  # fmt: skip


def _label(before: str) -> str:
    """Return what stands before the colon that ends ``before``, as a wording; "" where none does."""
    match = _LABEL_END.search(before)
    if match is None:
        return ""
    name = before[: match.start()]
    numeral = read_numeral(name)
    name = spoken(without_periods(name[numeral.end :] if numeral else name).strip(" -–+"))
    return name if len(name.split()) <= _LONGEST_LABEL else ""


def _lead(sentence: str, before: str) -> str:
    clause = clause_before(fold_words(sentence), len(before))
    return last_words(before[max(0, len(before) - len(clause)) :])


def last_words(text: str) -> str:
    """Return the last words of ``text`` as a wording, without periods and without words that say nothing at its ends."""
    return trimmed(without_periods(text).split()[-_LEAD_WORDS:])
