"""Named entities with spaCy: own tokens, a trained net, an entity ruler with the gazetteers.

The net (``models/entities``) reads every paragraph; the ruler adds names of the gazetteers that it passed over. What is
found gets its normal form from the gazetteers and value grammar (``entity_forms.py``), valid on the report's day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from spacy.language import Language
from spacy.tokens import Span

from pipeline.document import Entity, Outline, Passage, Section, evidence_of
from pipeline.extraction.entity_forms import normal_form
from pipeline.extraction.entity_tokens import NER, blank
from pipeline.gazetteers.tables import rows, several
from pipeline.gazetteers.units import districts, provinces
from pipeline.weights import weights_of

_SHORTEST_OFFICE = 3
"""Syllables from which a name of the gazetteer of offices stands for itself: "Văn phòng" alone names nobody."""
_BATCH = 256


@cache
def pipeline() -> Language:
    """Return the spaCy pipeline, built once a process; raise FileNotFoundError when its weights are missing."""
    nlp = blank()
    net = nlp.add_pipe("ner", config=NER)
    net.from_disk(weights_of("entities") / "ner", exclude=["vocab"])  # type: ignore[attr-defined]  # spaCy types components as callables
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "ORTH", "overwrite_ents": False})
    ruler.add_patterns(list(_gazetteer()))  # type: ignore[attr-defined]
    return nlp


def _gazetteer() -> Iterator[dict[str, str]]:
    """Yield the names that are entities wherever they stand, as patterns of the ruler."""
    for row in rows("countries"):
        guarded = several(row["guarded"])
        for name in (row["name"], *several(row["aliases"])):
            if row["code"] and name not in guarded and " " in name:
                yield {"label": "COUNTRY", "pattern": name}
    for unit in (*provinces(), *districts()):
        yield {"label": "PLACE", "pattern": unit.full_name}
    for row in rows("organisations"):
        if row["name"][:1].isupper() and len(row["name"].split()) >= _SHORTEST_OFFICE:
            yield {"label": "ORG", "pattern": row["name"]}


def find_entities(outline: Outline, day: date | None = None, province: str = "") -> list[Entity]:
    """Return the entities of every section's text, in order; offsets are those of ``Section.text``.

    Each paragraph is read on its own, so that no entity runs over two of them. Units of the gazetteers are those of
    ``day``, the report's date; ``province`` is the code of its province, where that is known.
    """
    nlp = pipeline()
    found: list[Entity] = []
    located = [
        (section, paragraph, offset)
        for section in outline.sections
        for paragraph, offset in _offsets(section)
    ]
    with nlp.memory_zone():  # words met once are forgotten: an archive is longer than any vocabulary
        docs = nlp.pipe((paragraph.text for _, paragraph, _ in located), batch_size=_BATCH)
        for doc, (section, paragraph, offset) in zip(docs, located, strict=True):
            for ent in doc.ents:
                entity = _entity(ent, paragraph, section, offset, day, province)
                if entity is not None:
                    found.append(entity)
    return found


def _entity(
    ent: Span, paragraph: Passage, section: Section, offset: int, day: date | None, province: str
) -> Entity | None:
    evidence = evidence_of(paragraph.span(ent.start_char, ent.end_char))
    if evidence is None or not any(map(str.isalnum, ent.text)):
        return None
    return Entity(
        ent.label_,
        ent.text,
        normal_form(ent.label_, ent.text, day, province),
        ent.start_char + offset,
        ent.end_char + offset,
        section.path,
        evidence,
    )


def _offsets(section: Section) -> Iterator[tuple[Passage, int]]:
    position = 0
    for paragraph in section.body:
        yield paragraph, position
        position += len(paragraph.text) + 1
