"""The heading tree as the tables give it: a line that answers its own label is text, and no heading.

Extraction reads "- Số đoàn: 03 đoàn" as a heading with its answer, and a numbered paragraph without a heading as a
section of its own. In ``sections`` both are text of the section that they stand in, where they are printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from pipeline.document import Entity, Extraction, Paragraph, Section, join


@dataclass(frozen=True, slots=True)
class _Moved:
    """Where a paragraph came from, and how many characters of a label stand before its text now."""

    path: str
    at: int
    label: int
    paragraph: Paragraph


def with_heading_tree(extraction: Extraction) -> Extraction:
    """Return ``extraction`` with headings alone as its sections; what lay in other sections lies in those around them."""
    homes = _homes(extraction.sections)
    if all(path == home for path, home in homes.items()):
        return extraction
    held: dict[str, list[_Moved]] = {}
    for section in extraction.sections:
        held.setdefault(homes[section.path], []).extend(
            _paragraphs(section, homes[section.path] != section.path)
        )
    starts: dict[tuple[str, int], int] = {}
    sections = []
    for section in extraction.sections:
        if homes[section.path] != section.path:
            continue
        body = held[section.path]
        if any(one.path != section.path for one in body):
            body.sort(key=_place)
        lengths = [len(one.paragraph.text) + 1 for one in body]
        for one, start in zip(body, accumulate(lengths, initial=0), strict=False):
            starts[one.path, one.at] = start + one.label
        sections.append(replace(section, body=tuple(one.paragraph for one in body)))
    by_path = {section.path: section for section in extraction.sections}
    return replace(
        extraction,
        sections=tuple(sections),
        fields=tuple(replace(row, section=homes.get(row.section, row.section)) for row in extraction.fields),
        entities=tuple(_moved(entity, by_path, homes, starts) for entity in extraction.entities),
    )


def _homes(sections: Sequence[Section]) -> dict[str, str]:
    """Return for the path of each section that of the heading whose text it is."""
    headings: set[str] = set()
    for section in reversed(sections):
        if not _is_answer(section) or any(path.startswith(f"{section.path}.") for path in headings):
            headings.add(section.path)
    homes: dict[str, str] = {}
    for section in sections:
        above = section.path.rpartition(".")[0] or "0"
        homes[section.path] = section.path if section.path in headings else homes.get(above, above)
    return homes


def _is_answer(section: Section) -> bool:
    """Return whether a section is a bullet with a label and its answer, or a numbered paragraph without a heading."""
    if section.path == "0":
        return False
    if not section.heading.words:
        return True
    return section.style == "bullet" and (not section.body or _runs_on(section))


def _runs_on(section: Section) -> bool:
    """Return whether the text goes on in the last line of the heading."""
    last, first = section.heading.words[-1], section.body[0].words[:1]
    if not first or last.page != first[0].page:
        return False
    return last.box.y0 <= (first[0].box.y0 + first[0].box.y1) / 2 <= last.box.y1


def _paragraphs(section: Section, moves: bool) -> list[_Moved]:
    """Return the paragraphs of ``section``; of one that ``moves``, the heading opens the first."""
    found = [_Moved(section.path, at, 0, paragraph) for at, paragraph in enumerate(section.body)]
    if not moves or not section.heading.words:
        return found
    label = Paragraph(section.heading.words)
    if not found:
        return [_Moved(section.path, 0, 0, label)]
    words = join([label, found[0].paragraph]).words
    first = _Moved(section.path, 0, len(label.text) + 1, replace(found[0].paragraph, words=words))
    return [first, *found[1:]]


def _place(one: _Moved) -> tuple[int, float]:
    words = one.paragraph.words
    return (words[0].page, words[0].box.y0) if words else (0, 0.0)


def _moved(
    entity: Entity, by_path: dict[str, Section], homes: dict[str, str], starts: dict[tuple[str, int], int]
) -> Entity:
    """Return ``entity`` with its offsets in the text of the section in which it stands now."""
    section = by_path.get(entity.section)
    if section is None:
        return entity
    begun = 0
    for at, paragraph in enumerate(section.body):
        if entity.start <= begun + len(paragraph.text):
            shift = starts[section.path, at] - begun
            return replace(
                entity, section=homes[section.path], start=entity.start + shift, end=entity.end + shift
            )
        begun += len(paragraph.text) + 1
    return entity
