"""List fields whose value is the items of a section: difficulties, causes, tasks, recommendations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex

from pipeline.document import FieldValue, Outline, Paragraph, Passage, Section, evidence_of, join
from pipeline.extraction.list_cues import denied_in
from pipeline.extraction.profile import FieldSpec, Profile
from pipeline.extraction.statements import Head, topics_in, within
from pipeline.extraction.values.negation import Denial, find_denials
from pipeline.extraction.wording import find_wordings, fold_words
from pipeline.outline.numbering import read_numeral
from pipeline.text import fold

TRAILING = regex.compile(r"(?<![\s.;,:/])[\s.;,:/]++$")
_SPOKEN_NUMBER = regex.compile(
    r"(?:(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười) là|Thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười))\s?[:,]\s"
)
_LABEL = regex.compile(r"[-–+*]?\s?\p{Lu}[^:.;]{3,60}:\s?")
_LEAST_LIST = 2
"""So many paragraphs with a bullet or number are a list."""
_LONGEST_DENIED = 6
"""Words; who denies more than that has something to say."""
_CLOSES = regex.compile(
    r"(?:(?:nhung|cac|moi)\s)?so lieu (?:(?:neu|bao cao)\s)?tren(?!\p{L})|bao cao nay(?!\p{L})"
    r"|(?:[^.;:,]{0,70}\s)?(?:(?:tran trong|kinh|xin)\s){1,3}(?:gui|trinh|bao cao|cam on)(?!\p{L})"
)
"""How a report closes: "Sở Ngoại vụ trân trọng gửi báo cáo …", "Những số liệu trên …"; in folded text."""
_LONGEST_CLOSING = 40
"""Words; a longer paragraph has something else to say."""
BRACKETED = regex.compile(r"^\(.*\)[\s.;]*$", regex.DOTALL)


def stripped(passage: Passage) -> Passage:
    """Return ``passage`` without the bullet or number that opens it."""
    numeral = read_numeral(passage.text)
    spoken = _SPOKEN_NUMBER.match(passage.text)
    end = numeral.end if numeral else spoken.end() if spoken else 0
    return passage.span(end, len(passage.text)) if end else passage


def is_remark(passage: Passage, profile: Profile) -> bool:
    """Return whether the paragraph is a closing formula rather than an item ("Trên đây là báo cáo …")."""
    folded = fold_words(passage.text)
    hits = find_wordings(profile.anti.remark, folded)
    closes = folded.rstrip().endswith(("./.", ". /.", "./", "/.")) and "bao cao" in folded
    if _CLOSES.match(fold(passage.text)) and len(passage.words) <= _LONGEST_CLOSING:
        return "de nghi" not in folded and "kien nghi" not in folded
    return closes or (bool(hits) and hits[0].start < 12)


def _home_sections(outline: Outline, heads: Mapping[str, tuple[Head, ...]], spec: FieldSpec) -> list[Section]:
    """Return the outermost sections whose heading names one of the field's topics."""
    homes: list[Section] = []
    for section in outline.sections:
        own = heads.get(section.path, ())
        if not own or not section.heading.words or own[0].passage != section.heading:
            continue
        if not any(topic in spec.topics for topic in own[0].topics):
            continue
        if not any(section.path.startswith(home.path + ".") for home in homes):
            homes.append(section)
    return homes


def _belongs(
    section: Section,
    home: Section,
    heads: Mapping[str, tuple[Head, ...]],
    spec: FieldSpec,
    rivals: frozenset[str],
) -> bool:
    """Return whether a section under ``home`` still speaks of the field: no head between names another list's topic."""
    for head in heads[section.path]:
        if head.passage == home.heading:
            return True
        named = rivals.intersection(head.topics[:1])
        if named and not any(topic in spec.topics for topic in head.topics):
            return False
    return True


def _own_part(
    body: Sequence[Paragraph], spec: FieldSpec, profile: Profile, rivals: frozenset[str]
) -> list[Paragraph]:
    """Return the paragraphs that speak of the field where a label inside the section turns to another list.

    Under "Hạn chế", "Nguyên nhân chủ yếu: …" opens the causes; they last until the end of the section.
    """
    for index, paragraph in enumerate(body):
        label = _LABEL.match(paragraph.text)
        found = topics_in(label.group(), profile, frozenset(), fuzzy=False) if label else ()
        named = rivals.intersection(found)
        if named and not named.intersection(spec.topics):
            return list(body[:index])
    return list(body)


def _labelled_part(
    outline: Outline,
    spec: FieldSpec,
    profile: Profile,
    rivals: frozenset[str],
    heads: Mapping[str, tuple[Head, ...]],
) -> tuple[Section, Passage, list[Passage]] | None:
    """Return a section of another list, the paragraph in it with a label ("Nguyên nhân: …"), and its items, or None."""
    for section in outline.sections:
        own = heads.get(section.path, ())
        if not own or not rivals.intersection(own[0].topics):
            continue
        for index, paragraph in enumerate(section.body):
            label = _LABEL.match(paragraph.text)
            if label and set(spec.topics).intersection(
                topics_in(label.group(), profile, frozenset(), fuzzy=False)
            ):
                rest = paragraph.span(label.end(), len(paragraph.text))
                after = [p for p in section.body[index + 1 :] if not is_remark(p, profile)]
                return section, paragraph, [p for p in (rest, *_paragraph_items(after)) if p.words]
    return None


def _items_of(
    home: Section, sections: Sequence[Section], spec: FieldSpec, profile: Profile, rivals: frozenset[str]
) -> list[Passage]:
    """Return the items under ``home``: paragraphs, and sub-sections that are sentences with a number."""
    items: list[Passage] = []
    for section in sections:
        body = [p for p in section.body if not is_remark(p, profile)]
        children = any(other.path.startswith(section.path + ".") for other in sections)
        is_home = section.path == home.path
        if is_home:
            body = _own_part(body, spec, profile, rivals)
        if (
            is_home
            or not section.heading.words
            or children
            or len(body) > 1
            or (body and read_numeral(body[0].text))
        ):
            items.extend(_paragraph_items(body))
        else:
            # "1. Tiếp tục triển khai …" or "- Đề nghị UBND tỉnh: quan tâm …": heading and text are one item.
            items.append(join([section.heading, *body]))
    return [item for item in items if item.words and any(c.isalpha() for c in item.text)]


def _paragraph_items(body: Sequence[Paragraph]) -> list[Passage]:
    """Return the paragraphs as items; a lead-in that ends with a colon and remarks in brackets are none.

    Where what follows is a list with bullets or numbers, plain sentences before it lead to it.
    """
    bare = [stripped(paragraph) for paragraph in body]
    opened = [one.words != paragraph.words for one, paragraph in zip(bare, body, strict=True)]
    if sum(opened) >= _LEAST_LIST and all(opened[opened.index(True) :]):
        bare = bare[opened.index(True) :]
    kept = [
        p for index, p in enumerate(bare) if not (p.text.rstrip().endswith(":") and index + 1 < len(bare))
    ]
    plain = [p for p in kept if not BRACKETED.match(p.text)]
    return plain or kept


def _row(spec: FieldSpec, index: int, item: Passage, section: Section, rule: str, score: float) -> FieldValue:
    return FieldValue(
        spec.name,
        "reported",
        item=index,
        value_text=TRAILING.sub("", item.text),
        rule=rule,
        evidence=evidence_of(item),
        section=section.path,
        score=score,
    )


def _denies_topic(text: str, denial: Denial, spec: FieldSpec, profile: Profile) -> bool:
    """Return whether the item says no more than that the section has nothing to say: "Không có kiến nghị gì"."""
    denied = text[denial.end : denial.clause_end]
    short = len(denied.split()) <= _LONGEST_DENIED and not text[denial.clause_end :].strip(" .;/")
    named = topics_in(denied, profile, frozenset(), fuzzy=False) if denial.opens and short else ()
    return bool(set(named).intersection(spec.topics))


def list_items(
    spec: FieldSpec, outline: Outline, heads: Mapping[str, tuple[Head, ...]], profile: Profile
) -> list[FieldValue]:
    """Return one row an item of the field's sections; one row ``none``, ``blank`` or ``absent`` when there is none."""
    homes = _home_sections(outline, heads, spec)
    rivals = frozenset(topic for field in profile.fields if field.items for topic in field.topics)
    rows: list[FieldValue] = []
    if not homes:
        labelled = _labelled_part(outline, spec, profile, rivals, heads)
        if labelled is None:
            return [FieldValue(spec.name, "absent", rule="no section")]
        section, label, items = labelled
        if not items:
            evidence = evidence_of(label)
            return [
                FieldValue(
                    spec.name, "blank", rule="empty label", evidence=evidence, section=section.path, score=0.7
                )
            ]
        return [
            _row(spec, index, item, section, "items after label", 0.8) for index, item in enumerate(items)
        ]
    for home in homes:
        sections = [s for s in within(outline.sections, home.path) if _belongs(s, home, heads, spec, rivals)]
        items = _items_of(home, sections, spec, profile, rivals)
        denials = find_denials(items[0].text) if len(items) == 1 else []
        says_none = len(items) == 1 and denied_in(items[0].text) is not None
        if says_none or (
            denials and (denials[0].whole or _denies_topic(items[0].text, denials[0], spec, profile))
        ):
            evidence = evidence_of(items[0])
            state = "none" if says_none else denials[0].state
            return [
                FieldValue(
                    spec.name, state, rule="section denied", evidence=evidence, section=home.path, score=0.9
                )
            ]
        for item in items:
            rows.append(_row(spec, len(rows), item, home, "items of section", 0.85))
    if rows:
        return rows
    heading = homes[0].heading
    if any(s.path.startswith(homes[0].path + ".") for s in outline.sections):
        return [FieldValue(spec.name, "absent", rule="section speaks of other topics")]
    return [
        FieldValue(
            spec.name,
            "blank",
            rule="empty section",
            evidence=evidence_of(heading),
            section=homes[0].path,
            score=0.7,
        )
    ]
