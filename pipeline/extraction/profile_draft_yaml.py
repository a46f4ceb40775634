"""A drafted profile as YAML, with comments that say where everything was seen and what a person has to look at."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import regex

from pipeline.extraction.profile_draft import Draft, DraftField, DraftTopic, closed_names
from pipeline.extraction.profile_draft_words import ANTI, FIGURE_COLUMNS, TOTALS

_PLAIN = regex.compile(r"^\p{L}[\p{L}\d _()|*%-]*+(?<! )")
_RESERVED = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
_SHOWN = 3
"""So many places are quoted for a topic or field."""


def draft_yaml(draft: Draft, name: str) -> str:
    """Return ``draft`` as the text of a profile called ``name``."""
    return "\n".join(_lines(draft, name)) + "\n"


def _lines(draft: Draft, name: str) -> Iterator[str]:
    title = draft.subjects[0] if draft.subjects else name
    yield f"# Drafted by sohoa profile new from: {', '.join(_comment(s) for s in draft.sources)}"
    yield "# Go through it from top to bottom: what is marked CHECK was guessed. Then try: sohoa inspect FILE --profile THIS"
    yield "# The language: docs/profiles.md. In wordings (a|b) are alternatives, [x] optional, * up to six words between."
    yield f"name: {name}"
    yield f"title_vi: {_text(f'Báo cáo {title}')}  # CHECK: how people call such a report"
    yield f"title_en: {_text(f'Report: {name}')}  # CHECK"
    yield ""
    yield "recognise:  # CHECK: the subjects by which such a report is told from others"
    yield f"  types: {_list(draft.types)}"
    yield f"  subject: {_list(draft.subjects)}"
    yield f"  min_topics: {min(2, len(draft.topics))}"
    yield ""
    yield "anti:  # wordings that make a figure another period's or another thing's"
    yield from (f"  {key}: {_list(wordings)}" for key, wordings in ANTI.items())
    yield ""
    yield f"closed_topics: {_list(closed_names(draft))}  # CHECK: nothing said under these headings is a result"
    if draft.nouns:
        yield ""
        yield "nouns:  # CHECK: what is counted in these reports and nowhere else; put nouns that count the same together"
        yield f"  own: {_list(draft.nouns)}"
    yield ""
    yield "tables:"
    yield f"  totals: {_list(TOTALS)}"
    yield "  figures:"
    yield from (f"    {key}: {_list(wordings)}" for key, wordings in FIGURE_COLUMNS.items())
    yield ""
    yield "topics:  # CHECK: join those that mean the same; give parents where a heading means something under another only"
    for topic in draft.topics:
        yield from _topic(topic)
    yield ""
    yield "fields:  # CHECK: names, labels, and whether two of them are one"
    for spec in draft.fields:
        yield from _field(spec)
    for topic in draft.topics:
        if topic.closed:
            yield from _items(topic)


def _topic(topic: DraftTopic) -> Iterator[str]:
    yield from _seen(topic.printed)
    yield f"  - name: {topic.name}"
    yield f"    group: {topic.name}"
    yield "    headings:"
    yield from (f"      - {_text(wording)}" for wording in topic.wordings)


def _field(spec: DraftField) -> Iterator[str]:
    yield from _seen(spec.printed)
    yield f"  - name: {spec.name}"
    yield f"    group: {spec.name.partition('.')[0]}"
    yield f"    type: {spec.kind}"
    if spec.unit and spec.kind in ("count", "number"):
        yield f"    unit: {_text(spec.unit)}"
    yield f"    label_vi: {_text(spec.label[:1].upper() + spec.label[1:])}"
    if spec.topic:
        yield f"    topics: [{spec.topic}]"
    if spec.units:
        yield f"    units: {_list(spec.units)}"
        yield "    bare: false"
    for key, wordings in (("labels", spec.labels), ("cues", spec.cues)):
        if wordings:
            yield f"    {key}:"
            yield from (f"      - {_text(wording)}" for wording in wordings)


def _items(topic: DraftTopic) -> Iterator[str]:
    yield f"  - name: {topic.name}.items"
    yield f"    group: {topic.name}"
    yield "    type: text"
    yield "    list: true"
    yield "    items: true  # the items of the list under the heading"
    heading = topic.printed[0][1]
    yield f"    label_vi: {_text(heading[:1].upper() + heading[1:].lower())}"
    yield f"    topics: [{topic.name}]"


def _seen(printed: Sequence[tuple[str, str]]) -> Iterator[str]:
    shown = list(dict.fromkeys(printed))[:_SHOWN]
    yield from (f"  # {_comment(source)}: {_comment(text)}" for source, text in shown)
    if len(printed) > len(shown):
        yield f"  # and in {len(printed) - len(shown)} more places"


def _comment(text: str) -> str:
    """Return ``text`` on one line without signs that YAML allows in no comment."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _text(text: str) -> str:
    """Return a text as YAML has it; quoted as JSON, which is YAML as well, where it would mean something else."""
    plain = _PLAIN.fullmatch(text) and text.lower() not in _RESERVED
    return text if plain else json.dumps(text, ensure_ascii=False)


def _list(texts: Sequence[str]) -> str:
    return "[" + ", ".join(_text(text) for text in texts) + "]"
