"""Profiles: what a kind of report speaks of, as data.

A profile is a YAML file: topics with the headings they stand under, and fields with the wordings, units and patterns by
which their values are found. A new kind of report is a new file. The fields of the letterhead and of the period and place
reported on, shared by every report, come from ``letterhead_fields.yaml`` and are not repeated.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, ValidationError
from pydantic.json_schema import SkipJsonSchema

from pipeline.errors import UsageError
from pipeline.extraction.own_nouns import OwnNouns, own_nouns
from pipeline.extraction.profile_checks import DeclaredCheck
from pipeline.extraction.profile_form import form_mistakes
from pipeline.extraction.profile_sense import FIGURES, OPENING, sense_mistakes
from pipeline.extraction.profile_yaml import Marked, Mistake, UnreadableError, read_marked
from pipeline.extraction.strict import Strict as _Strict
from pipeline.extraction.strict import Wordings
from pipeline.extraction.table_spec import Tables
from pipeline.extraction.wording import WordIndex, key_words

__all__ = [
    "FIGURES", "OPENING", "FieldSpec", "FieldType", "Profile", "ProfileFile", "Topic", "load_profile", "profile_file",
    "profile_schema", "profile_text", "shipped_profiles",
]  # fmt: skip

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Label = Annotated[str, Field(min_length=1)]
Group = Annotated[str, Field(pattern=r"^([a-z][a-z0-9_]*)?$")]
FieldName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$")]

FieldType = Literal["count", "money", "percent", "length", "number", "rank", "text", "date", "choice", "flag"]
"""``number`` is a count with decimals (a score), ``rank`` a place among others ("xếp thứ 12/63")."""


class Topic(_Strict):
    """Something a report has a heading for."""

    name: Name
    """By which fields and other topics refer to it."""
    group: Group
    """The key of its sections in the table sections; usually that of its fields."""
    headings: Wordings
    """Wordings of headings, and of labels and openings of sentences, that name it."""
    not_headings: Wordings = ()
    """Wordings that a heading of it never holds."""
    parents: tuple[str, ...] = ()
    """Topics under which a heading must stand to have this one; empty: anywhere."""
    outside: tuple[str, ...] = ()
    """Topics under which a heading is never of this one."""
    after: tuple[str, ...] = ()
    """Topics of the heading just before it, on its level, that do for a parent."""
    not_after: tuple[str, ...] = ()
    """Topics of the heading just before it that make it another's."""


class TextRule(_Strict):
    """How a text value stands in a sentence: a cue, and what follows or precedes it.

    ``take`` says what the value is: an organisation, a post, a list of countries or names, a period, or the words up to
    the next stop.
    """

    cue: Wordings
    """What the value stands beside."""
    take: Literal["organisation", "post", "countries", "names", "period", "words"]
    """What is taken as the value."""
    side: Literal["after", "before"] = "after"
    """On which side of the cue."""
    stop: Wordings = ()
    """Wordings that the value ends before; with ``known``, those that it begins with."""
    until: Wordings = ()
    """Wordings that end it in any case."""
    not_values: Wordings = ()
    """Names that are passed over, such as the issuer that assigns the task."""
    max_words: int = Field(default=14, ge=1)
    """Words of a value taken as words."""
    known: bool = False
    """Whether the value must begin with one of the words of ``stop``."""
    kinds: tuple[str, ...] = ()
    """Of which kinds of place the names are ("xã"); names that the sentence says to be of others are passed over."""
    anywhere: bool = False
    """Whether the cue names the field so plainly that it holds outside its topics, too."""
    goes_on: Wordings = ()
    """Words that go on with the value after a comma, beside those of ``stop``."""
    in_label: bool = False
    """Whether the value stands in the label itself, between the cue and the colon ("Kiều bào về thăm thân: 12 lượt")."""
    uncounted: bool = False
    """Whether a clause that asks how many there were ("Số kiều bào về thăm thân là 12") names no value."""


class FieldSpec(_Strict):
    """One field: its place in the dataset and how it is found."""

    name: FieldName
    """group.what, such as trade.export; the column of the table reports is named after it."""
    group: Group
    """Under which heading of the documentation, and in which figure of an evaluation, it stands."""
    type: FieldType
    """What kind of value it has."""
    unit: str = ""
    """The noun it is counted in, as shown where the report prints none."""
    is_list: bool = Field(default=False, alias="list")
    """Whether it has several values, a row each."""
    label_vi: Label
    """What people call it, in Vietnamese."""
    label_en: str = ""
    """What people call it, in English."""
    meaning: str = ""
    """What exactly it says, in English."""
    topics: tuple[str, ...] = ()
    """Topics in which the field is at home; in the field's own sections, weaker wordings (cues) count."""
    main: bool = False
    """Whether the field answers its topic as a whole: "ODA: Không" makes the main field ``none``."""
    only_in_topic: bool = False
    """Whether labels, too, count within its topics only."""
    elsewhere: Wordings = ()
    """Where labels count within its topics only: words that make a sentence under another heading one of those."""
    part: bool = False
    """Whether the field is by nature a part of another's total: that its figure is one in a sum takes nothing from it."""
    one_by_one: bool = False
    """Whether the people of a single delegation that is told of may be the field's own figure."""
    labels: Wordings = ()
    """Wordings that name the field wherever they stand."""
    cues: Wordings = ()
    """Wordings that name it within its topics only."""
    except_in: Wordings = ()
    """Longer phrases in which the labels and cues do not count: "nhập khẩu" in "xuất nhập khẩu"."""
    except_printed: tuple[str, ...] = ()
    """As except_in, but told apart by their marks: no "đường biên" is a coast, though "biên" and "biển" fold alike."""
    implied: bool = False
    """Whether a quantity of the field's units needs no wording at all within its topic."""
    units: tuple[str, ...] = ()
    """Unit nouns, or families of them, that the value may have."""
    columns: Wordings = ()
    """Headers of table columns whose total, or only, row is the value, besides what labels name."""
    timeless: bool = False
    """Whether the period plays no part: what stands at the time of the report ("hiện có …"), an index of the year before."""
    bare: bool = True
    """Whether a number without unit is accepted right after a label."""
    anti: Wordings = ()
    """Wordings near the value that make it another field's."""
    base: Literal["", "last_year", "plan"] = ""
    """For percentages: what they are a percentage of."""
    rules: tuple[TextRule, ...] = ()
    """For texts: how the value stands in a sentence; earlier rules first."""
    asks: Wordings = ()
    """For texts: labels that ask for the field within its topics ("Nước đến:"), whatever answers them."""
    denied: Wordings = ()
    """For texts: wordings that deny the field in a sentence ("chưa có đơn vị đầu mối")."""
    items: bool = False
    """Whether the value is the list of items of the field's sections."""
    trend: bool = False
    """Whether the value is up, down or same."""
    period_of: tuple[str, ...] = ()
    """For texts: the value is the period of these figures, that of the first which is told with one."""

    model_config = ConfigDict(populate_by_name=True)


class Recognition(_Strict):
    """How a document of the profile is told from others."""

    types: tuple[str, ...] = Field(min_length=1)
    """Document types, such as Báo cáo."""
    subject: Wordings
    """Wordings of the subject line."""
    hints: Wordings = ()
    """Wordings of subject lines that other documents have too; with two topics among the headings they settle it."""
    min_topics: int = Field(default=3, ge=0)
    """Where the type was not read, so many topics among the headings make up for it; two more where the subject fits not."""


class AntiCues(_Strict):
    """Wordings that make a figure another period's or another thing's, shared by all fields."""

    plan: Wordings = ()
    """Plans and targets."""
    past: Wordings = ()
    """Last year and earlier."""
    running: Wordings = ()
    """Running totals over more than the period."""
    standing: Wordings = ()
    """Wordings of what stands at the time of the report, weaker than a running total."""
    part: Wordings = ()
    """Parts of a total just said."""
    total: Wordings = ()
    """The whole, which is preferred."""
    remark: Wordings = ()
    """Openings of paragraphs that are no items of a list (closing formulas)."""


class Profile(_Strict):
    """A kind of report."""

    name: Name
    """The name of the file without .yaml."""
    title_vi: Label
    """What such a report is called, in Vietnamese."""
    title_en: Label
    """What such a report is called, in English."""
    recognise: Recognition
    anti: AntiCues = AntiCues()
    closed_topics: tuple[str, ...] = ()
    """Topics under which, however deep, nothing is a result (plans, recommendations)."""
    quiet_topics: tuple[str, ...] = ()
    """Topics whose own text is no result, though other topics may stand under them (the context)."""
    tables: Tables = Tables()
    nouns: dict[Name, tuple[Label, ...]] = Field(default={})
    """Families of unit nouns that only this kind of report counts in; ``units`` of fields name a family or a noun."""
    topics: tuple[Topic, ...]
    """What there are headings for."""
    fields: tuple[FieldSpec, ...] = Field(min_length=1)
    """What is found. The fields of the letterhead and of the period and place come by themselves."""
    checks: tuple[DeclaredCheck, ...] = ()
    """What must agree between fields."""
    digest: SkipJsonSchema[str] = ""

    @cached_property
    def topic_of(self) -> dict[str, Topic]:
        """Topics by name."""
        return {topic.name: topic for topic in self.topics}

    @cached_property
    def field_of(self) -> dict[str, FieldSpec]:
        """Fields by name; of two with one name the first."""
        return {spec.name: spec for spec in reversed(self.fields)}

    @cached_property
    def topic_index(self) -> WordIndex:
        """The topics by the words of their headings."""
        return WordIndex({topic.name: topic.headings for topic in self.topics})

    @cached_property
    def field_index(self) -> WordIndex:
        """The fields by the words that name them."""
        return WordIndex({spec.name: (*spec.labels, *spec.cues) for spec in self.fields})

    @cached_property
    def cue_index(self) -> WordIndex:
        """The rules of text values ("field number") by the words of their cues."""
        return WordIndex(
            {f"{spec.name} {at}": rule.cue for spec in self.fields for at, rule in enumerate(spec.rules)}
        )

    @cached_property
    def text_words(self) -> dict[str, frozenset[str] | None]:
        """Of each field the words of which a text needs one to name it or to have its text value beside them."""
        beside = {spec.name: [cue for rule in spec.rules for cue in rule.cue] for spec in self.fields}
        return {spec.name: key_words((*spec.labels, *beside[spec.name])) for spec in self.fields}

    @cached_property
    def own_nouns(self) -> OwnNouns | None:
        """The unit nouns that only this profile knows."""
        return own_nouns(self.nouns)

    def field(self, name: str) -> FieldSpec:
        """Return the field called ``name``; KeyError when there is none."""
        return self.field_of[name]


MOST_SHOWN = 20
"""More mistakes than this in one message help nobody."""


@dataclass(frozen=True)
class ProfileFile:
    """A profile as a file: ``profile`` is None where there are mistakes that are no mere warnings."""

    name: str
    profile: Profile | None
    mistakes: tuple[Mistake, ...]

    @property
    def errors(self) -> list[Mistake]:
        """The mistakes that keep the profile from being used."""
        return [mistake for mistake in self.mistakes if not mistake.warning]


def _shipped(name: str) -> str | None:
    file = resources.files("pipeline.profiles").joinpath(f"{name}.yaml")
    return file.read_text(encoding="utf-8") if file.is_file() else None


def shipped_profiles() -> list[str]:
    """Return the names of the profiles that come with sohoa."""
    names = (entry.name for entry in resources.files("pipeline.profiles").iterdir())
    return sorted(
        n.removesuffix(".yaml") for n in names if n.endswith(".yaml") and not n.startswith("letterhead")
    )


@cache
def all_shipped() -> tuple[Profile, ...]:
    """Return all profiles that come with sohoa, in order of their names."""
    return tuple(load_profile(name) for name in shipped_profiles())


@cache
def _shared() -> tuple[str, list[dict[str, Any]]]:
    """Return the text and the fields of the file that every profile shares."""
    text = _shipped("letterhead_fields") or ""
    fields: list[dict[str, Any]] = read_marked(text).data["fields"]
    return text, fields


def shared_fields() -> list[str]:
    """Return the names of the fields that come with every profile."""
    return [str(field["name"]) for field in _shared()[1]]


def profile_text(name_or_path: str) -> tuple[str, str]:
    """Return the text of the profile shipped under a name, or of the one in a YAML file, and what the file is called.

    Raises UsageError where there is no such profile or its file cannot be read.
    """
    by_name = "/" not in name_or_path and not name_or_path.endswith((".yaml", ".yml"))
    source = _shipped(name_or_path) if by_name and not name_or_path.startswith("letterhead") else None
    if source is not None:
        return source, f"{name_or_path}.yaml"
    path = Path(name_or_path)
    if not path.is_file():
        known = ", ".join(shipped_profiles())
        raise UsageError(f"there is no profile {name_or_path!r}; shipped are: {known}; or give a YAML file")
    try:
        return path.read_text(encoding="utf-8"), str(path)
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8") from error


def profile_file(name_or_path: str) -> ProfileFile:
    """Return the profile shipped under a name, or the one in a YAML file, with all its mistakes in order of lines.

    Raises UsageError where there is no such profile or its file cannot be read.
    """
    return _read(*profile_text(name_or_path))


def _read(source: str, name: str) -> ProfileFile:
    shared_text, shared = _shared()
    try:
        marked = read_marked(source)
    except UnreadableError as error:
        return ProfileFile(name, None, tuple(sorted(error.mistakes)))
    if not isinstance(marked.data, dict):
        return ProfileFile(
            name, None, (Mistake(1, 1, "a profile consists of keys with values, the first is name:"),)
        )
    mistakes = sense_mistakes(marked, shared_fields())
    profile = _validated(marked, shared, mistakes)
    if profile is not None and any(not mistake.warning for mistake in mistakes):
        profile = None
    if profile is not None:
        digest = hashlib.sha256((source + shared_text).encode()).hexdigest()
        profile = profile.model_copy(update={"digest": digest, "fields": _with_own_units(profile)})
    return ProfileFile(name, profile, tuple(sorted(set(mistakes))))


def _with_own_units(profile: Profile) -> tuple[FieldSpec, ...]:
    """Return the fields, each counted in a family of the profile's own nouns with the nouns as its units."""
    fields = []
    for spec in profile.fields:
        own = [noun for unit in spec.units for noun in profile.nouns.get(unit, ())]
        fields.append(spec.model_copy(update={"units": (*spec.units, *own)}) if own else spec)
    return tuple(fields)


def _validated(marked: Marked, shared: list[dict[str, Any]], mistakes: list[Mistake]) -> Profile | None:
    """Return the profile of valid data, or None, with what is wrong added to ``mistakes``."""
    own = marked.data.get("fields")
    data = {**marked.data, "fields": [*shared, *own]} if isinstance(own, list) else marked.data
    if "digest" in data:
        mistakes.append(marked.mistake(("digest",), "unknown key 'digest'", of_key=True))
    try:
        return Profile.model_validate(data)
    except ValidationError as error:
        mistakes += form_mistakes(error, marked, profile_schema(), len(shared))
        return None


def load_profile(name_or_path: str) -> Profile:
    """Return the profile shipped under a name, or the one in a YAML file.

    Raises UsageError, with file, line and remedy of every mistake, when it does not exist or is not a valid profile.
    """
    file = profile_file(name_or_path)
    if file.profile is not None:
        return file.profile
    raise UsageError(described(file.name, file.errors))


def described(name: str, mistakes: Sequence[Mistake]) -> str:
    """Return mistakes as one message, a line each."""
    count = f"{len(mistakes)} mistakes" if len(mistakes) > 1 else "1 mistake"
    lines = [mistake.describe(name) for mistake in mistakes[:MOST_SHOWN]]
    if len(mistakes) > MOST_SHOWN:
        lines.append(f"… and {len(mistakes) - MOST_SHOWN} more; sohoa profile check shows all")
    return "\n".join([f"{count} in the profile", *lines])


def profile_schema() -> dict[str, Any]:
    """Return the JSON Schema of a profile's file, for editors and validators."""
    schema = Profile.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "sohoa profile"}
