"""Named entities with spaCy: own tokens, a trained net, an entity ruler with the gazetteers.

The net (``models/entities``) reads every paragraph; the ruler adds names of the gazetteers that it passed over. What is
found gets its normal form from the gazetteers and value grammar (``entity_forms.py``), valid on the report's day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import cache

import regex
from spacy.language import Language
from spacy.tokens import Span

from pipeline.document import Entity, Outline, Passage, Section, evidence_of
from pipeline.extraction.entity_forms import normal_form
from pipeline.extraction.entity_net import EntityNet
from pipeline.extraction.entity_tokens import NER, blank
from pipeline.gazetteers.tables import rows, several
from pipeline.gazetteers.units import districts, provinces
from pipeline.weights import weights_of

_SHORTEST_OFFICE = 3
"""Syllables from which a name of the gazetteer of offices stands for itself: "Văn phòng" alone names nobody."""
_BATCH = 256
_MAY_NAME = regex.compile(
    r"\d|(?<=[^\s.:;…!?)*•+–-]\s[(“\"]?)\p{Lu}|\p{Lu}\p{Lu}|Công an|[ỦUƯ][ỷỶyYỳ]|^.{0,24}$"
    r"|(?<!\p{L})(?i:hai|ba|bốn|sáu|bảy|tám|chín|mười)\s|(?<!\p{L})(?i:một|năm)\s(?:đoàn|dự án|lượt|trường hợp|vụ|hoạt)"
)
"""What a text must have to name anything: a digit, a number word, a capital that does not only begin a sentence.

Two fifths of the words of a report stand in paragraphs without; half a per cent of its entities do.
"""


@cache
def pipeline() -> Language:
    """Return the spaCy pipeline, built once a process; raise FileNotFoundError when its weights are missing."""
    nlp = blank()
    net = nlp.add_pipe("ner", config=NER)
    net.from_disk(weights_of("entities") / "ner", exclude=["vocab"])  # type: ignore[attr-defined]  # spaCy types components as callables
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "ORTH", "overwrite_ents": False})
    ruler.add_patterns(list(_gazetteer()))  # type: ignore[attr-defined]
    return nlp


@cache
def _net() -> EntityNet:
    return EntityNet(pipeline().get_pipe("ner"))


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


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch ``text[start:end]`` that names something of the kind ``label``."""

    label: str
    start: int
    end: int


def named(texts: Sequence[str]) -> list[list[Named]]:
    """Return what each text names, left to right; texts that cannot name anything are not put before the net."""
    nlp = pipeline()
    found: list[list[Named]] = [[] for _ in texts]
    asked = [at for at, text in enumerate(texts) if _MAY_NAME.search(text)]
    _remember_words(nlp)
    ruler = nlp.get_pipe("entity_ruler")
    for first in range(0, len(asked), _BATCH):
        batch = asked[first : first + _BATCH]
        docs = [nlp.make_doc(texts[at]) for at in batch]
        for at, doc, spans in zip(batch, docs, _net().spans(docs), strict=True):
            doc.set_ents([Span(doc, start, end, label) for start, end, label in spans])
            found[at] = [Named(ent.label_, ent.start_char, ent.end_char) for ent in ruler(doc).ents]
    return found


_MOST_WORDS = 20_000
"""Words that are kept with their looks; documents of one archive share most of theirs."""


@cache
def _met() -> ExitStack:
    """Return what holds the zone of memory with the words that this process met."""
    return ExitStack()


def _remember_words(nlp: Language) -> None:
    """Keep the words of a document for the next ones; when they are too many, begin anew: an archive has no end."""
    if len(nlp.vocab) > _MOST_WORDS:
        _met().close()
    if not nlp.vocab.in_memory_zone:  # type: ignore[attr-defined]  # missing in spaCy's stubs
        _met().enter_context(nlp.memory_zone())


def find_entities(outline: Outline, day: date | None = None, province: str = "") -> list[Entity]:
    """Return the entities of every section's text, in order; offsets are those of ``Section.text``.

    Each paragraph is read on its own, so that no entity runs over two of them. Units of the gazetteers are those of
    ``day``, the report's date; ``province`` is the code of its province, where that is known.
    """
    located = [
        (section, paragraph, offset)
        for section in outline.sections
        for paragraph, offset in _offsets(section)
    ]
    found: list[Entity] = []
    spans = named([paragraph.text for _, paragraph, _ in located])
    for (section, paragraph, offset), own in zip(located, spans, strict=True):
        for one in own:
            text = paragraph.text[one.start : one.end]
            evidence = evidence_of(paragraph.span(one.start, one.end))
            if evidence is not None and any(map(str.isalnum, text)):
                normal = normal_form(one.label, text, day, province)
                place = one.start + offset, one.end + offset
                found.append(Entity(one.label, text, normal, *place, section.path, evidence))
    return found


def _offsets(section: Section) -> Iterator[tuple[Passage, int]]:
    position = 0
    for paragraph in section.body:
        yield paragraph, position
        position += len(paragraph.text) + 1
