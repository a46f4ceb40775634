"""Profiles: what a kind of report speaks of, as data.

A profile is a YAML file: topics with the headings they stand under, and fields with the wordings, units and patterns by
which their values are found. A new kind of report is a new file. The letterhead fields, shared by every administrative
document, come from ``letterhead.yaml`` and need not be repeated.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import ConfigDict, Field, ValidationError, model_validator

from pipeline.errors import UsageError
from pipeline.extraction.profile_checks import DeclaredCheck
from pipeline.extraction.strict import Strict as _Strict
from pipeline.extraction.strict import Wordings
from pipeline.extraction.table_spec import Tables

OPENING = "opening"
"""The topic of everything that stands before the first heading of results; profiles may name it as a parent."""

FieldType = Literal["count", "money", "percent", "length", "text", "date", "choice", "flag"]


class Topic(_Strict):
    """Something a report has a heading for."""

    name: str
    group: str
    headings: Wordings
    not_headings: Wordings = ()
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
    take: Literal["organisation", "post", "countries", "names", "period", "words"]
    side: Literal["after", "before"] = "after"
    stop: Wordings = ()
    until: Wordings = ()
    not_values: Wordings = ()
    """Names that are passed over, such as the issuer that assigns the task."""
    max_words: int = 14
    known: bool = False
    """Whether the value must begin with one of the words of ``stop``."""


class FieldSpec(_Strict):
    """One field: its place in the dataset and how it is found."""

    name: str
    group: str
    type: FieldType
    unit: str = ""
    is_list: bool = Field(default=False, alias="list")
    label_vi: str
    label_en: str = ""
    meaning: str = ""
    topics: tuple[str, ...] = ()
    """Topics in which the field is at home; in the field's own sections, weaker wordings (cues) count."""
    main: bool = False
    """Whether the field answers its topic as a whole: "ODA: Không" makes the main field ``none``."""
    only_in_topic: bool = False
    labels: Wordings = ()
    """Wordings that name the field wherever they stand."""
    cues: Wordings = ()
    """Wordings that name it within its topics only."""
    except_in: Wordings = ()
    """Longer phrases in which the labels and cues do not count: "nhập khẩu" in "xuất nhập khẩu"."""
    implied: bool = False
    """Whether a quantity of the field's units needs no wording at all within its topic."""
    units: tuple[str, ...] = ()
    """Families of unit nouns that the value may have."""
    bare: bool = True
    """Whether a number without unit is accepted right after a label."""
    anti: Wordings = ()
    """Wordings near the value that make it another field's."""
    base: Literal["", "last_year", "plan"] = ""
    """For percentages: what they are a percentage of."""
    rules: tuple[TextRule, ...] = ()
    asks: Wordings = ()
    """For texts: labels that ask for the field within its topics ("Nước đến:"), whatever answers them."""
    denied: Wordings = ()
    """For texts: wordings that deny the field in a sentence ("chưa có đơn vị đầu mối")."""
    items: bool = False
    """Whether the value is the list of items of the field's sections."""
    trend: bool = False
    """Whether the value is up, down or same."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Recognition(_Strict):
    """How a document of the profile is told from others."""

    types: tuple[str, ...]
    subject: Wordings
    min_topics: int = 3


class AntiCues(_Strict):
    """Wordings that make a figure another period's or another thing's, shared by all fields."""

    plan: Wordings = ()
    past: Wordings = ()
    running: Wordings = ()
    standing: Wordings = ()
    """Wordings of what stands at the time of the report, weaker than a running total."""
    part: Wordings = ()
    total: Wordings = ()
    remark: Wordings = ()
    """Openings of paragraphs that are no items of a list (closing formulas)."""


class Profile(_Strict):
    """A kind of report."""

    name: str
    title_vi: str
    title_en: str
    recognise: Recognition
    anti: AntiCues
    closed_topics: tuple[str, ...] = ()
    """Topics under which, however deep, nothing is a result (plans, recommendations)."""
    quiet_topics: tuple[str, ...] = ()
    """Topics whose own text is no result, though other topics may stand under them (the context)."""
    tables: Tables = Tables()
    topics: tuple[Topic, ...]
    fields: tuple[FieldSpec, ...]
    checks: tuple[DeclaredCheck, ...] = ()
    """What must agree between fields."""
    digest: str = ""

    @model_validator(mode="after")
    def _refers_to_what_exists(self) -> Profile:
        names = {OPENING, *(topic.name for topic in self.topics)}
        for owner, used in [
            *((f"field {field.name}", field.topics) for field in self.fields),
            *(
                (f"topic {topic.name}", (*topic.parents, *topic.outside, *topic.after, *topic.not_after))
                for topic in self.topics
            ),
            ("closed_topics", self.closed_topics),
            ("quiet_topics", self.quiet_topics),
        ]:
            unknown = set(used) - names
            if unknown:
                raise ValueError(f"{owner} names unknown topics: {', '.join(sorted(unknown))}")
        doubled = {field.name for field in self.fields if [f.name for f in self.fields].count(field.name) > 1}
        if doubled:
            raise ValueError(f"fields given twice: {', '.join(sorted(doubled))}")
        unknown = {used for declared in self.checks for used in declared.fields} - {
            f.name for f in self.fields
        }
        if unknown:
            raise ValueError(f"checks name unknown fields: {', '.join(sorted(unknown))}")
        return self

    @cached_property
    def topic_of(self) -> dict[str, Topic]:
        """Topics by name."""
        return {topic.name: topic for topic in self.topics}

    def field(self, name: str) -> FieldSpec:
        """Return the field called ``name``; KeyError when there is none."""
        for spec in self.fields:
            if spec.name == name:
                return spec
        raise KeyError(name)


def _shipped(name: str) -> str | None:
    file = resources.files("pipeline.profiles").joinpath(f"{name}.yaml")
    return file.read_text(encoding="utf-8") if file.is_file() else None


def shipped_profiles() -> list[str]:
    """Return the names of the profiles that come with sohoa."""
    names = (entry.name for entry in resources.files("pipeline.profiles").iterdir())
    return sorted(
        n.removesuffix(".yaml") for n in names if n.endswith(".yaml") and not n.startswith("letterhead")
    )


def load_profile(name_or_path: str) -> Profile:
    """Return the profile shipped under a name, or the one in a YAML file.

    Raises UsageError, naming the file and what is wrong where, when it does not exist or is not a valid profile.
    """
    source = (
        _shipped(name_or_path) if "/" not in name_or_path and not name_or_path.endswith(".yaml") else None
    )
    if source is None:
        path = Path(name_or_path)
        if not path.is_file():
            known = ", ".join(shipped_profiles())
            raise UsageError(
                f"there is no profile {name_or_path!r}; shipped are: {known}; or give a YAML file"
            )
        source = path.read_text(encoding="utf-8")
    letterhead = _shipped("letterhead_fields") or ""
    digest = hashlib.sha256((source + letterhead).encode()).hexdigest()
    try:
        data: dict[str, Any] = yaml.safe_load(source)
        shared: list[dict[str, Any]] = yaml.safe_load(letterhead)["fields"]
        return Profile.model_validate({**data, "fields": [*shared, *data["fields"]], "digest": digest})
    except yaml.YAMLError as error:
        raise UsageError(f"profile {name_or_path}: not valid YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"profile {name_or_path}: {where or 'profile'}: {first['msg']}") from error
    except (KeyError, TypeError) as error:
        raise UsageError(f"profile {name_or_path}: it has no list of fields ({error})") from error
