"""Named entities with spaCy: a blank Vietnamese pipeline, its own tokenizer rules, an entity ruler and gazetteers.

The default tokenizer of spaCy's ``vi`` joins syllables and loses offsets; this one splits at spaces and punctuation
only, so that every entity maps back to words on the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import regex
import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, Span
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, filter_spans

from pipeline.document import Entity, Outline, Passage, Section, evidence_of
from pipeline.extraction.organisations import find_organisations, find_posts
from pipeline.extraction.values.dates import find_dates
from pipeline.extraction.values.numbers import find_quantities
from pipeline.gazetteers.countries import find_countries
from pipeline.gazetteers.unit_spans import find_units
from pipeline.text import squeeze

_PUNCTUATION = [r"[\(\)\[\]\{\}\"“”'‘’«»]", r"[.,;:!?…/&]", r"[-–—+*•]"]

# Phrases that are entities wherever they stand; the rest comes from gazetteers and forms.
_PATTERNS: list[dict[str, object]] = [
    {"label": "ORG", "pattern": [{"LOWER": {"IN": ["ubnd", "hđnd"]}}, {"LOWER": {"IN": ["tỉnh", "huyện", "xã", "quận"]}}]},
    {"label": "ORG", "pattern": [{"LOWER": "chính"}, {"LOWER": "phủ"}]},
    {"label": "ORG", "pattern": [{"LOWER": "bộ"}, {"LOWER": "chính"}, {"LOWER": "trị"}]},
    {"label": "ORG", "pattern": [{"LOWER": "bộ"}, {"LOWER": "ngoại"}, {"LOWER": "giao"}]},
    {"label": "ORG", "pattern": [{"LOWER": "thủ"}, {"LOWER": "tướng"}, {"LOWER": "chính"}, {"LOWER": "phủ"}]},
]  # fmt: skip


@Language.component("sohoa_forms")
def _forms(doc: Doc) -> Doc:
    """Add what is known by its form or from a gazetteer to the entities of the ruler."""
    text = doc.text
    found: list[tuple[str, int, int, str]] = []
    found += [("POST", p.start, p.end, p.text) for p in find_posts(text)]
    found += [("ORG", o.start, o.end, o.text) for o in find_organisations(text)]
    found += [("COUNTRY", c.start, c.end, c.name) for c in find_countries(text)]
    found += [("PLACE", u.start, u.end, u.unit.name) for u in find_units(text)]
    found += [("DATE", d.start, d.end, d.value.isoformat() if d.value else "") for d in find_dates(text)]
    found += [
        ("MONEY", q.start, q.unit_end, f"{q.value} {q.currency}".strip())
        for q in find_quantities(text)
        if q.kind == "money"
    ]
    spans = [
        span
        for label, start, end, normalised in found
        if (span := _span(doc, label, start, end, normalised)) is not None
    ]
    doc.ents = filter_spans([*spans, *doc.ents])
    return doc


def _span(doc: Doc, label: str, start: int, end: int, normalised: str) -> Span | None:
    return doc.char_span(start, end, label=label, kb_id=normalised, alignment_mode="expand")


@cache
def pipeline() -> Language:
    """Return the spaCy pipeline, built once a process."""
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "spacy.Tokenizer.v1"}}})
    nlp.tokenizer = Tokenizer(
        nlp.vocab,
        prefix_search=compile_prefix_regex(_PUNCTUATION).search,
        suffix_search=compile_suffix_regex(_PUNCTUATION).search,
        infix_finditer=compile_infix_regex([r"(?<=[^\W\d_])[&/\-–](?=[^\W\d_])"]).finditer,
    )
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns(_PATTERNS)  # type: ignore[attr-defined]  # spaCy types components as callables only
    nlp.add_pipe("sohoa_forms")
    return nlp


def find_entities(outline: Outline) -> list[Entity]:
    """Return the entities of every section's text, in order; offsets are those of ``Section.text``.

    Each paragraph is read on its own, so that no entity runs over two of them.
    """
    nlp = pipeline()
    found: list[Entity] = []
    located = [
        (section, paragraph, offset)
        for section in outline.sections
        for paragraph, offset in _offsets(section)
    ]
    docs = nlp.pipe(paragraph.text for _section, paragraph, _offset in located)
    for doc, (section, paragraph, offset) in zip(docs, located, strict=True):
        for ent in doc.ents:
            evidence = evidence_of(paragraph.span(ent.start_char, ent.end_char))
            if evidence is None:
                continue
            normalised = ent.kb_id_ or squeeze(regex.sub(r"\bUBND\b", "Ủy ban nhân dân", ent.text))
            found.append(
                Entity(
                    ent.label_,
                    ent.text,
                    normalised,
                    ent.start_char + offset,
                    ent.end_char + offset,
                    section.path,
                    evidence,
                )
            )
    return found


def _offsets(section: Section) -> Iterable[tuple[Passage, int]]:
    position = 0
    for paragraph in section.body:
        yield paragraph, position
        position += len(paragraph.text) + 1
