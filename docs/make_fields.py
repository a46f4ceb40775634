"""Writes the pages on the fields of the shipped profiles: ``python docs/make_fields.py`` after every change of them."""

from itertools import groupby
from pathlib import Path

from pipeline.extraction.profile import FieldSpec, load_profile, shipped_profiles

PROFILE = "doi_ngoai"
"""The profile whose page is ``fields.md``; those of the others bear their names."""

_HEAD = """# Fields of the profile `{name}`

{title_vi} ({title_en}): {count} fields. This page is generated from the profile by `docs/make_fields.py`; edit the
profile, not this page. States, tables and units are explained in the [README](../README.md).

A field marked *list* has one row an item in the table `fields`, and no column in `reports`.
"""


def path_of(name: str) -> Path:
    """Return the page on the fields of the profile ``name``."""
    return Path(__file__).with_name("fields.md" if name == PROFILE else f"fields_{name}.md")


def page(name: str = PROFILE) -> str:
    """Return the page on the fields of the profile ``name`` as Markdown."""
    profile = load_profile(name)
    parts = [
        _HEAD.format(
            name=profile.name,
            title_vi=profile.title_vi,
            title_en=profile.title_en,
            count=len(profile.fields),
        )
    ]
    for group, fields in groupby(profile.fields, key=lambda field: field.group):
        parts.append(
            f"\n## {group}\n\n| field | nhãn | label | type | unit | meaning |\n|---|---|---|---|---|---|\n"
        )
        parts.extend(map(_row, fields))
    return "".join(parts)


def _row(field: FieldSpec) -> str:
    kind = f"{field.type}, list" if field.is_list else field.type
    cells = (f"`{field.name}`", field.label_vi, field.label_en, kind, field.unit, field.meaning)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


if __name__ == "__main__":
    for shipped in shipped_profiles():
        path_of(shipped).write_text(page(shipped), encoding="utf-8")
        print(f"written: {path_of(shipped)}")
